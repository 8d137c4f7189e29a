//! The sample as the GPU and as the CPU draw it: the same picture.

use std::sync::Arc;

use eframe::egui::Pos2;
use isthmus::app::OpenMap;
use isthmus::progress::Progress;
use isthmus::render::{MapStyle, Picture, Rgb, Theme, palette, scene};
use isthmus::session::{self, Start, WalkSettings};

use super::pictures::{apart, at, drawn, pixels};

/// The sample's map without names and legend, which are drawn over either picture in the same way.
fn sample(picture: Picture, theme: Theme) -> OpenMap {
    let (settings, progress) = (WalkSettings::default(), Progress::new());
    let read = session::read(&[session::sample()], &settings.import, &progress);
    let read = Arc::new(read.expect("the sample is sound"));
    let mut results = session::analyse(&read, &settings, &progress).expect("nobody cancels");
    let positions = session::arrange(&mut results, &Start::default(), &progress, &|_| {});
    let positions = positions.expect("nobody cancels");
    let style = MapStyle {
        theme,
        picture,
        ..MapStyle::default()
    };
    let mut scene = scene(
        &results.graph,
        &results.analysis,
        &positions,
        &results.sizes,
        &style,
    );
    (scene.labels, scene.legend) = Default::default();
    let results = Arc::new(results);
    OpenMap {
        sizes: results.sizes.clone(),
        found: Arc::clone(&results),
        looks: std::collections::BTreeMap::default(),
        results,
        positions: Some(Arc::new(positions)),
        positions_version: 1,
        scene: Some(Arc::new(scene)),
        scene_version: 1,
        title: "Sushi sample".to_owned(),
        ranking: Arc::default(),
        closer: isthmus::app::Closer::default(),
    }
}

#[test]
fn the_gpu_and_the_cpu_draw_the_same_sample() {
    for (picture, theme) in [
        (Picture::Everyone, Theme::Dark),
        (Picture::Everyone, Theme::Light),
        (Picture::Bridges(25), Theme::Dark),
    ] {
        let map = sample(picture, theme);
        let people: Vec<_> = map.scene.as_ref().expect("just made").dots.clone();
        let mut places: Vec<Pos2> = Vec::new();
        let [gpu, cpu] = [true, false].map(|gpu| {
            let mut harness = drawn(map.clone(), theme, gpu, [1200.0, 800.0]);
            let view = &harness.state().view;
            let place = |dot: &isthmus::render::Dot| view.place_of(dot.person).expect("shown").0;
            places = people.iter().map(place).collect();
            pixels(
                &mut harness,
                &format!("sample-{gpu}-{picture:?}-{theme:?}.png"),
            )
        });
        let ground = palette(theme).ground;
        let is_drawn = |pixel: &Rgb| apart(*pixel, ground) > 0;
        let (mut sum, mut n) = (0u64, 0u64);
        for (a, b) in gpu.0.iter().zip(&cpu.0) {
            if is_drawn(a) || is_drawn(b) {
                let channels = [a.0.abs_diff(b.0), a.1.abs_diff(b.1), a.2.abs_diff(b.2)];
                sum += channels.iter().map(|d| u64::from(*d)).sum::<u64>();
                n += 3;
            }
        }
        let mean = sum as f64 / n as f64;
        assert!(n > 300_000, "something is drawn: {n}");
        assert!(mean <= 8.0, "{picture:?} {theme:?}: {mean} apart");
        for (dot, place) in people.iter().zip(&places) {
            let (a, b) = (at(&gpu, *place), at(&cpu, *place));
            assert!(
                apart(a, b) <= 16,
                "{picture:?} {theme:?}, {:?}: {a:?} {b:?}",
                dot.person
            );
        }
    }
}
