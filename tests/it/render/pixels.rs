//! Dots and ties as pixels.

use isthmus::progress::Progress;
use isthmus::render::{
    Camera, Light, MapScene, PictureStyle, Pixels, Rgb, Theme, palette, picture, place, raster,
    raster_scaled,
};

use super::{CAMERA, crowd, dot, one_dot, placing, tie};

fn pixel(pixels: &Pixels, x: usize, y: usize) -> Rgb {
    let at = (y * pixels.width as usize + x) * 4;
    Rgb(pixels.rgba[at], pixels.rgba[at + 1], pixels.rgba[at + 2])
}

#[test]
fn a_dot_lies_where_the_camera_says() {
    let map = one_dot();
    let pixels =
        raster(&map, CAMERA, Theme::Dark, [100, 60], &Progress::new()).expect("nobody cancels");
    assert_eq!(pixels.rgba.len(), 100 * 60 * 4);
    assert!(pixels.rgba.chunks(4).all(|p| p[3] == 255));
    let ground = palette(Theme::Dark).ground;
    for (x, y) in [(50, 30), (44, 30), (50, 24), (55, 35)] {
        assert_eq!(pixel(&pixels, x, y), Rgb(200, 30, 90), "inside, {x} {y}");
    }
    for (x, y) in [(50, 18), (38, 30), (61, 30), (0, 0), (99, 59)] {
        assert_eq!(pixel(&pixels, x, y), ground, "outside, {x} {y}");
    }
    let finer = raster_scaled(&map, CAMERA, Theme::Dark, [200, 120], 2.0, &Progress::new())
        .expect("nobody cancels");
    assert_eq!(pixel(&finer, 100, 46), Rgb(200, 30, 90));
    assert_eq!(pixel(&finer, 100, 38), ground);
}

#[test]
fn bridges_get_a_ring_and_unknown_reach_is_hollow() {
    let mut map = one_dot();
    map.dots[0].ringed = true;
    let ringed =
        raster(&map, CAMERA, Theme::Light, [100, 60], &Progress::new()).expect("nobody cancels");
    let ring = palette(Theme::Light).ring;
    // Radius 10 pixels, then a gap, then the ring: somewhere right of the dot is a pixel of the ring's own colour.
    assert!((60..64).any(|x| pixel(&ringed, x, 30) == ring));
    map.dots[0].ringed = false;
    map.dots[0].hollow = true;
    let hollow =
        raster(&map, CAMERA, Theme::Light, [100, 60], &Progress::new()).expect("nobody cancels");
    assert!((60..64).all(|x| pixel(&hollow, x, 30) != ring));
    assert_ne!(pixel(&hollow, 50, 30), Rgb(200, 30, 90), "not filled");
    let on_the_line = (0..100)
        .flat_map(|x| (0..60).map(move |y| (x, y)))
        .filter(|&(x, y)| {
            let Rgb(r, g, b) = pixel(&hollow, x, y);
            r.abs_diff(200) < 12 && g.abs_diff(30) < 25 && b.abs_diff(90) < 25
        });
    assert!(on_the_line.count() > 10, "dashes in the dot's colour");
}

#[test]
fn lit_ties_lie_over_dimmed_dots_and_under_lit_ones() {
    let mut map = one_dot();
    map.dots[0].light = Light::Dimmed;
    map.dots.push(dot(1, [-20.0, 0.0], 4.0, Rgb(255, 255, 255)));
    map.dots.push(dot(2, [20.0, 0.0], 4.0, Rgb(255, 255, 255)));
    for end in &mut map.dots[1..] {
        end.light = Light::Lit;
    }
    let draw = |map: &MapScene| {
        raster(map, CAMERA, Theme::Dark, [100, 60], &Progress::new()).expect("nobody cancels")
    };
    let before = draw(&map);
    map.ties = vec![tie(1, 2, Light::Lit)];
    map.n_ties = 100_000; // one of so many that all are straight
    let after = draw(&map);
    assert!(
        pixel(&after, 50, 30).1 > pixel(&before, 50, 30).1,
        "over the dimmed dot"
    );
    assert_eq!(
        pixel(&after, 90, 30),
        Rgb(255, 255, 255),
        "under the lit one"
    );
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let map = crowd();
    let draw = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        pool.install(|| {
            raster(&map, CAMERA, Theme::Dark, [640, 401], &Progress::new()).expect("nobody cancels")
        })
    };
    let one = draw(1);
    let ground = palette(Theme::Dark).ground;
    let drawn = one
        .rgba
        .chunks(4)
        .filter(|p| Rgb(p[0], p[1], p[2]) != ground)
        .count();
    assert!(drawn > 100_000, "{drawn} pixels");
    assert!(one == draw(2) && one == draw(8));
}

#[test]
fn an_empty_scene_gives_the_ground() {
    for theme in [Theme::Dark, Theme::Light] {
        let ground = palette(theme).ground;
        let empty = MapScene::default();
        for size in [[0, 0], [0, 5], [5, 0], [1, 1], [33, 17]] {
            let pixels =
                raster(&empty, CAMERA, theme, size, &Progress::new()).expect("nobody cancels");
            assert_eq!(pixels.rgba.len(), (size[0] * size[1] * 4) as usize);
            assert!(
                pixels
                    .rgba
                    .chunks(4)
                    .all(|p| p == [ground.0, ground.1, ground.2, 255])
            );
            picture(&empty, &PictureStyle::new(theme, size), &Progress::new())
                .expect("nobody cancels");
        }
    }
}

#[test]
fn no_camera_and_no_number_breaks_the_picture() {
    let mut map = crowd();
    map.dots[5].at = [f32::NAN, 0.0];
    map.dots[6].at = [f32::INFINITY, f32::NEG_INFINITY];
    map.dots[7].radius = f32::MAX;
    map.dots[8].at = [f32::MAX, f32::MIN];
    map.dots[9].radius = f32::NAN;
    map.ties[0].a = 9_999;
    map.ties[1].strength = f32::NAN;
    for zoom in [
        1e-30,
        1e-3,
        1.0,
        1e6,
        1e30,
        f32::INFINITY,
        f32::NAN,
        0.0,
        -1.0,
    ] {
        for centre in [[0.0, 0.0], [1e20, -1e20], [f32::NAN, 0.0]] {
            let camera = Camera { centre, zoom };
            let pixels = raster(&map, camera, Theme::Light, [64, 48], &Progress::new())
                .expect("nobody cancels");
            assert!(pixels.rgba.chunks(4).all(|p| p[3] == 255));
            place(&map, camera, &placing(&[]), |_| [10.0, 5.0]);
        }
    }
}

#[test]
fn cancelled_work_gives_nothing() {
    let progress = Progress::new();
    progress.cancel();
    assert!(raster(&crowd(), CAMERA, Theme::Dark, [64, 48], &progress).is_err());
    assert!(
        picture(
            &crowd(),
            &PictureStyle::new(Theme::Dark, [64, 48]),
            &progress
        )
        .is_err()
    );
}

#[test]
fn dots_grow_with_the_zoom_but_stay_dots() {
    let at = |zoom| Camera {
        centre: [0.0, 0.0],
        zoom,
    };
    let mut before = 0.0;
    for zoom in [0.01, 0.1, 1.0, 3.0, 6.0, 20.0, 100.0, 1_000.0] {
        let (small, large) = (at(zoom).radius_px(1.0), at(zoom).radius_px(7.0));
        assert!(small >= 1.0 && large > small && large >= before);
        before = large;
    }
    assert!((at(3.0).radius_px(7.0) - 21.0).abs() < 1e-4);
    assert!(at(600.0).radius_px(1.0) < 61.0, "not the 600 of the map");
    let two = Camera::fit(([0.0, 0.0], [2.0, 1.0]), [1_200.0, 800.0], 40.0);
    assert!(two.zoom <= Camera::CLOSEST_FIT);
}
