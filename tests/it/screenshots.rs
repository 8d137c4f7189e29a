//! The README's pictures: the real window on the built-in sample, at 1600 by 1000.
//!
//! `UPDATE_SCREENSHOTS=1 cargo test --release --test it screenshots` writes them into `screenshots/`; without it the test
//! only looks whether each picture shows what it should.

use std::path::Path;
use std::time::{Duration, Instant};

use egui_kittest::Harness;
use image::RgbaImage;
use isthmus::app::{App, Command, PlanCommand, Surroundings, Tab, ThemeChoice};
use isthmus::files::DataFolder;
use isthmus::render::{Picture, Rgb, Theme, palette};

pub(super) const SIZE: [f32; 2] = [1600.0, 1000.0];

pub(super) fn window(data: &Path, theme: ThemeChoice) -> Harness<'static, App> {
    let around = Surroundings {
        data_folder: DataFolder::at(data),
        config_folder: DataFolder::at(data.join("config")),
        file_dialogs: false,
    };
    let first = vec![Command::SetTheme(theme), Command::OpenSample];
    let mut window = Harness::builder()
        .with_size(SIZE)
        .wgpu()
        .build_eframe(move |cc| App::new(cc, first, around));
    settle(&mut window);
    window
}

/// Steps until nothing runs in the background and the picture rests.
pub(super) fn settle(window: &mut Harness<'_, App>) {
    let start = Instant::now();
    let mut quiet = 0;
    while quiet < 40 {
        assert!(
            start.elapsed() < Duration::from_mins(2),
            "the window never rests"
        );
        window.step();
        std::thread::sleep(Duration::from_millis(10));
        let model = window.state().model();
        let drawn = model.map.as_ref().is_some_and(|map| map.scene.is_some());
        let meter = model.meter.as_ref();
        let counted = model.tab != Tab::List || meter.is_some_and(|meter| !meter.next_is_old);
        quiet = if drawn && counted && model.working.is_none() {
            quiet + 1
        } else {
            0
        };
    }
}

pub(super) fn ask(window: &mut Harness<'_, App>, commands: impl IntoIterator<Item = Command>) {
    for command in commands {
        window.state_mut().ask(command);
    }
    settle(window);
}

/// Takes the picture, keeps it where that was asked for, and gives it back.
fn shot(window: &mut Harness<'_, App>, name: &str) -> RgbaImage {
    let picture = window.render().expect("a picture");
    assert_eq!((picture.width(), picture.height()), (1600, 1000));
    if std::env::var_os("UPDATE_SCREENSHOTS").is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("screenshots")
            .join(name);
        picture
            .save(path)
            .expect("the folder screenshots is writable");
    }
    picture
}

/// Share of the map's middle that is painted in this colour, give or take a shade.
fn share(picture: &RgbaImage, colour: Rgb) -> f64 {
    let near = |a: u8, b: u8| a.abs_diff(b) < 12;
    let (mut painted, mut all) = (0u32, 0u32);
    for (x, y, pixel) in picture.enumerate_pixels() {
        if (280..1050).contains(&x) && (120..940).contains(&y) {
            all += 1;
            let [r, g, b, _] = pixel.0;
            painted += u32::from(near(r, colour.0) && near(g, colour.1) && near(b, colour.2));
        }
    }
    f64::from(painted) / f64::from(all)
}

#[test]
fn the_readmes_pictures_show_both_states_of_the_map_in_both_themes() {
    for (choice, theme, name) in [
        (ThemeChoice::Dark, Theme::Dark, "dark"),
        (ThemeChoice::Light, Theme::Light, "light"),
    ] {
        let data = tempfile::tempdir().expect("a temporary folder");
        let mut window = window(data.path(), choice);
        let everyone = shot(&mut window, &format!("map-everyone-{name}.png"));
        let colours = palette(theme);
        // Every community's island is there in its colour; together they leave water.
        let islands: Vec<f64> = colours
            .communities
            .iter()
            .take(6)
            .map(|c| share(&everyone, *c))
            .collect();
        assert!(islands.iter().all(|share| *share > 0.002), "{islands:?}");
        let ground = share(&everyone, colours.ground);
        assert!((0.3..0.97).contains(&ground), "{ground}");

        ask(&mut window, [Command::SetPicture(Picture::Bridges(25))]);
        let bridges = shot(&mut window, &format!("map-bridges-{name}.png"));
        let dimmed: Vec<f64> = colours
            .communities
            .iter()
            .take(6)
            .map(|c| share(&bridges, *c))
            .collect();
        let (lit, all) = (dimmed.iter().sum::<f64>(), islands.iter().sum::<f64>());
        assert!(lit < all * 0.7, "most people step back: {lit} of {all}");

        let best = window.state().model().map.as_ref().expect("a map").ranking[..4].to_vec();
        ask(
            &mut window,
            [
                Command::AddToList(best[..3].to_vec()),
                Command::ShowPerson(best[3]),
                Command::ShowTab(Tab::Person),
            ],
        );
        let person = shot(&mut window, &format!("person-{name}.png"));
        assert_ne!(person, bridges);
        ask(&mut window, [Command::ShowTab(Tab::List)]);
        let list = shot(&mut window, &format!("list-{name}.png"));
        assert_ne!(list, person);

        ask(&mut window, [Command::Plan(PlanCommand::Propose)]);
        ask(&mut window, [Command::Plan(PlanCommand::Compare)]);
        ask(
            &mut window,
            [
                Command::SetPicture(Picture::Everyone),
                Command::Plan(PlanCommand::ShowTouches(Some(0))),
                Command::Select(Vec::new()),
                Command::FitAll,
            ],
        );
        let plan = shot(&mut window, &format!("plan-{name}.png"));
        let (ember, fire) = (share(&plan, colours.ember), share(&plan, colours.fire));
        assert!(ember > 0.002 && fire > 0.002, "{ember} {fire}");
        assert!(
            share(&everyone, colours.fire) < fire / 2.0,
            "nobody is lit before there is a plan"
        );
    }
}
