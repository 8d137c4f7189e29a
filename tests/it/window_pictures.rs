//! The window's states as pictures: what stands where, that nothing is cut or covers something else, and that it is painted.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use eframe::egui::{Event, Key, Modifiers, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use image::RgbaImage;
use isthmus::app::{App, Command, Surroundings, Tab, ThemeChoice};
use isthmus::files::DataFolder;
use isthmus::render::{Picture, Rgb, Theme, palette};

use super::screenshots::{SIZE, ask, settle, window};

/// A window as it is now, with the picture of it.
pub(super) struct Look<'w> {
    pub(super) window: &'w Harness<'static, App>,
    pub(super) picture: RgbaImage,
    /// Pixels a point.
    scale: f32,
}

pub(super) fn look<'w>(window: &'w mut Harness<'static, App>) -> Look<'w> {
    let picture = window.render().expect("a picture");
    let scale = window.ctx.pixels_per_point();
    Look {
        window,
        picture,
        scale,
    }
}

impl Look<'_> {
    /// Where this stands: whole inside the window.
    pub(super) fn place(&self, label: &str) -> Rect {
        let rect = self.window.get_by_label(label).rect();
        assert!(rect.is_positive(), "{label}: {rect:?}");
        assert!(self.room().contains_rect(rect), "{label} is cut: {rect:?}");
        rect
    }

    pub(super) fn room(&self) -> Rect {
        let (width, height) = (self.picture.width(), self.picture.height());
        let size = eframe::egui::vec2(width as f32, height as f32) / self.scale;
        Rect::from_min_size(eframe::egui::Pos2::ZERO, size).expand(0.5)
    }

    /// All of these are there, whole, beside each other, and painted.
    pub(super) fn apart(&self, labels: &[&str]) -> Vec<Rect> {
        let places: Vec<Rect> = labels.iter().map(|label| self.place(label)).collect();
        for (i, (label, rect)) in labels.iter().zip(&places).enumerate() {
            for (other, beside) in labels.iter().zip(&places).skip(i + 1) {
                let common = rect.intersect(*beside);
                let apart = common.width() < 1.0 || common.height() < 1.0;
                assert!(apart, "{label} {rect:?} covers {other} {beside:?}");
            }
            let ink = self.ink(*rect);
            assert!((0.01..0.75).contains(&ink), "{label}: {ink} of it is ink");
        }
        places
    }

    pub(super) fn pixels(&self, rect: Rect) -> impl Iterator<Item = [u8; 3]> + '_ {
        let at = |points: f32| (points * self.scale).max(0.0) as u32;
        let (left, right) = (at(rect.left()), at(rect.right()).min(self.picture.width()));
        let (top, bottom) = (at(rect.top()), at(rect.bottom()).min(self.picture.height()));
        let rows = (top..bottom).flat_map(move |y| (left..right).map(move |x| (x, y)));
        rows.map(|(x, y)| {
            let [r, g, b, _] = self.picture.get_pixel(x, y).0;
            [r, g, b]
        })
    }

    /// The colour that most of `rect` has.
    pub(super) fn ground(&self, rect: Rect) -> [u8; 3] {
        let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
        for pixel in self.pixels(rect) {
            *counts.entry(pixel).or_default() += 1;
        }
        let most = counts.into_iter().max_by_key(|(colour, n)| (*n, *colour));
        most.expect("a rectangle with pixels in it").0
    }

    /// Share of `rect` that stands out from its ground.
    pub(super) fn ink(&self, rect: Rect) -> f64 {
        let ground = self.ground(rect);
        let all: Vec<bool> = self.pixels(rect).map(|p| differ(p, ground) > 40).collect();
        all.iter().filter(|inked| **inked).count() as f64 / all.len() as f64
    }

    /// Share of `rect` that has this colour, give or take a shade.
    pub(super) fn share(&self, rect: Rect, Rgb(r, g, b): Rgb) -> f64 {
        let all: Vec<bool> = self
            .pixels(rect)
            .map(|p| differ(p, [r, g, b]) < 30)
            .collect();
        all.iter().filter(|near| **near).count() as f64 / all.len() as f64
    }
}

pub(super) fn differ(a: [u8; 3], b: [u8; 3]) -> u32 {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b))).sum()
}

/// Compares what a screen reader finds in the window, line by line, with `snapshots/`: every control with its kind, name and
/// state. `INSTA_UPDATE=always` writes what is there now, to be read before it is kept.
fn told(window: &Harness<'_, App>, state: &str) {
    let mut lines = String::new();
    tell(&window.root(), 0, &mut lines);
    insta::assert_snapshot!(state, lines);
}

fn tell(node: &egui_kittest::Node<'_>, depth: usize, lines: &mut String) {
    let facts = node.accesskit_node();
    let mut words = vec![format!("{:?}", facts.role())];
    words.extend(facts.label().map(|label| format!("\"{label}\"")));
    words.extend(facts.value().map(|value| format!("= \"{value}\"")));
    words.extend(facts.toggled().map(|on| format!("{on:?}")));
    words.extend(facts.is_disabled().then(|| "disabled".to_owned()));
    let silent = words.len() == 1;
    if !silent {
        writeln!(lines, "{}{}", "  ".repeat(depth), words.join(" ")).expect("memory takes all");
    }
    for child in node.children() {
        tell(&child, depth + usize::from(!silent), lines);
    }
}

/// The window without a map.
fn empty(data: &Path, first: Vec<Command>) -> Harness<'static, App> {
    let around = Surroundings {
        data_folder: DataFolder::at(data),
        config_folder: DataFolder::at(data.join("config")),
        file_dialogs: false,
    };
    let mut window = Harness::builder()
        .with_size(SIZE)
        .wgpu()
        .build_eframe(move |cc| App::new(cc, first, around));
    window.run_steps(4);
    window
}

/// The map's room between the panels.
fn map_room(look: &Look<'_>) -> Rect {
    let left = look.window.get_by_label("Communities").rect().left() + 250.0;
    let right = look.window.get_by_label("Person").rect().left() - 100.0;
    Rect::from_x_y_ranges(left..=right, 120.0..=960.0)
}

pub(super) fn press(window: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(4);
}

const MENUS: [&str; 4] = ["File", "Edit", "View", "Help"];
const TOOLS: [&str; 5] = [
    "Open…",
    "Undo",
    "Redo",
    "Size of dots, Reach",
    "Find a person",
];

#[test]
fn the_empty_window_and_the_import_window() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = empty(data.path(), vec![Command::SetTheme(ThemeChoice::Light)]);
    told(&window, "empty");
    let seen = look(&mut window);
    seen.apart(&MENUS);
    let places = seen.apart(&[
        "Who brings the conversation together?",
        "Drop files or a folder here",
        "Open a file…",
        "Try the sushi sample",
        "Path of a file",
        "What file do I need?",
        "Everything stays on this computer",
    ]);
    assert!(
        (places[1].center().x - SIZE[0] / 2.0).abs() < 4.0,
        "{places:?}"
    );
    let (main, other) = (seen.ground(places[2]), seen.ground(places[3]));
    assert!(differ(main, other) > 150, "one button is the main one");
    let corner = Rect::from_min_size(eframe::egui::pos2(4.0, 500.0), [60.0, 60.0].into());
    let bright = seen.ground(corner);

    let file = data.path().join("posts.csv");
    let posts = "Author,Full Text\nana,hi @ben\nben,hi @cleo\ncleo,hi @ana\n";
    fs::write(&file, posts).expect("writable");
    window.state_mut().ask(Command::OpenPaths(vec![file]));
    while window.state().model().import.is_none() {
        window.step();
    }
    window.run_steps(6);
    told(&window, "import");
    let seen = look(&mut window);
    let places = seen.apart(&["Before the map is built", "Build the map", "Cancel"]);
    assert!(places[0].bottom() < places[1].top(), "{places:?}");
    let dimmed = seen.ground(corner);
    assert!(dimmed < bright, "what lies behind steps back: {dimmed:?}");
}

#[test]
fn the_map_its_legend_and_the_bridges_in_both_themes() {
    for (choice, theme) in [
        (ThemeChoice::Dark, Theme::Dark),
        (ThemeChoice::Light, Theme::Light),
    ] {
        let data = tempfile::tempdir().expect("a temporary folder");
        let mut window = window(data.path(), choice);
        let names: Vec<String> = {
            let map = window.state().model().map.as_ref().expect("a map");
            let legend = &map.scene.as_ref().expect("a scene").legend;
            let lines = legend.communities.iter().take(6);
            lines
                .map(|c| format!("{}, {} people", c.name, c.people))
                .collect()
        };
        let colours = palette(theme);
        told(&window, "map");
        let seen = look(&mut window);
        seen.apart(&MENUS);
        seen.apart(&TOOLS);
        let room = map_room(&seen);
        let ground = seen.share(room, colours.ground);
        assert!((0.3..0.97).contains(&ground), "{ground}");
        let legend = seen.place("Legend");
        assert!(room.contains_rect(legend), "{legend:?} in {room:?}");
        // It begins folded where the map has little room.
        window.get_by_label("Legend").click();
        window.run_steps(4);
        settle(&mut window);
        told(&window, "legend");
        let seen = look(&mut window);
        let legend = seen.place("Legend");
        let labels: Vec<&str> = names.iter().map(String::as_str).collect();
        for (row, colour) in seen.apart(&labels).into_iter().zip(colours.communities) {
            assert!(
                room.contains_rect(row) && row.top() > legend.top(),
                "{row:?}"
            );
            let dot =
                Rect::from_center_size(row.left_center() + [6.0, 0.0].into(), [4.0; 2].into());
            assert!(seen.share(dot, colour) > 0.9, "{row:?}");
        }
        let lit: f64 = colours
            .communities
            .iter()
            .take(6)
            .map(|c| seen.share(room, *c))
            .sum();

        ask(&mut window, [Command::SetPicture(Picture::Bridges(25))]);
        told(&window, "bridges");
        let seen = look(&mut window);
        let now: f64 = colours
            .communities
            .iter()
            .take(6)
            .map(|c| seen.share(room, *c))
            .sum();
        assert!(now < 0.7 * lit, "most people step back: {now} of {lit}");
        assert!(
            seen.share(room, colours.ring) > 0.0005,
            "the best are ringed"
        );
    }
}

#[test]
fn the_card_the_list_the_sheet_of_keys_and_the_palette() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), ThemeChoice::Dark);
    let map = window.state().model().map.as_ref().expect("a map");
    let best = map.ranking[..4].to_vec();
    let name = |at: usize| map.results.graph.people[best[at].index()].name.to_string();
    let names: Vec<String> = (0..4).map(name).collect();
    ask(
        &mut window,
        [
            Command::AddToList(best[..3].to_vec()),
            Command::ShowPerson(best[3]),
            Command::ShowTab(Tab::Person),
        ],
    );
    told(&window, "person");
    let seen = look(&mut window);
    let right = seen.place("Person").left() - 80.0;
    let facts = [
        "Bridge rank",
        "Bridge score",
        "Steady",
        "Communities reached",
    ];
    for rect in seen.apart(&[&facts[..], &["Connections"]].concat()[..4]) {
        assert!(rect.left() > right, "{rect:?}");
    }
    let add: Vec<Rect> = seen
        .window
        .query_all_by_label("Add to list")
        .map(|button| button.rect())
        .collect();
    assert!(add.iter().any(|rect| rect.left() > right), "{add:?}");

    ask(&mut window, [Command::ShowTab(Tab::List)]);
    told(&window, "list");
    let seen = look(&mut window);
    for name in &names[..3] {
        let parts = [
            format!("Status of {name}, to contact"),
            format!("Note on {name}"),
            format!("Remove {name} from list"),
        ];
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let places = seen.apart(&parts);
        assert!(places[2].bottom() <= places[1].top() + 1.0, "{places:?}");
        assert!(places[0].right() <= places[1].left(), "{places:?}");
    }
    seen.apart(&["Export CSV…", "for Excel", "Clear"]);

    press(&mut window, Modifiers::NONE, Key::Questionmark);
    settle(&mut window);
    told(&window, "keys");
    let seen = look(&mut window);
    let places = seen.apart(&["Map", "Selection", "Double-click", "Window", "Close"]);
    let (map, list) = (places[0], places[2]);
    assert!(
        map.right() < SIZE[0] / 2.0 && list.left() > SIZE[0] / 2.0,
        "two columns"
    );
    let gestures = ["Wheel, pinch", "Shift drag", "Drop", "Tab, Enter"];
    let beside = ["Zoom to the pointer", "Select everybody in a box"];
    seen.apart(&[&gestures[..], &beside[..]].concat());

    // One line first: the palette grows again.
    for text in ["whole map", "show"] {
        press(&mut window, Modifiers::NONE, Key::Escape);
        press(&mut window, Modifiers::COMMAND, Key::K);
        window.event(Event::Text(text.to_owned()));
        window.run_steps(3);
        settle(&mut window);
    }
    told(&window, "palette");
    let seen = look(&mut window);
    let field = seen.place("Command, person or question");
    assert!((field.center().x - SIZE[0] / 2.0).abs() < 2.0, "{field:?}");
    assert!(field.top() < SIZE[1] * 0.2, "{field:?}");
    let below = |node: &egui_kittest::Node<'_>| {
        let label = node.accesskit_node().label().unwrap_or_default();
        let rect = node.rect();
        label.starts_with("Show")
            && rect.top() >= field.bottom()
            && field.x_range().contains(rect.center().x)
    };
    let mut lines: Vec<Rect> = seen
        .window
        .query_all_by_label_contains("Show")
        .filter(below)
        .map(|node| node.rect())
        .collect();
    lines.sort_by(|a, b| a.top().total_cmp(&b.top()));
    assert!((4..=10).contains(&lines.len()), "{lines:?}");
    assert!(
        lines.windows(2).all(|two| two[0].bottom() <= two[1].top()),
        "{lines:?}"
    );
    assert!(lines.iter().all(|line| seen.ink(*line) > 0.005), "painted");
    let grounds: Vec<[u8; 3]> = lines.iter().map(|line| seen.ground(*line)).collect();
    assert!(
        differ(grounds[0], grounds[1]) > 20,
        "the line that Enter takes is lit"
    );
    assert_eq!(grounds[1], grounds[2]);
}

#[test]
fn at_twice_the_size_nothing_is_cut_and_every_control_is_reached() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), ThemeChoice::Light);
    let person = window.state().model().map.as_ref().expect("a map").ranking[0];
    ask(&mut window, [Command::AddToList(vec![person])]);
    window.ctx.set_zoom_factor(2.0);
    settle(&mut window);
    told(&window, "zoom-200");
    let seen = look(&mut window);
    assert!(
        (seen.room().width() - 801.0).abs() < 1.0,
        "{:?}",
        seen.room()
    );
    seen.apart(&MENUS);
    seen.apart(&["Open…", "Size of dots, Reach", "Find a person", "Everyone"]);
    seen.apart(&["Ranked by bridge score", "Person", "List (1)"]);
    // What has no room beside the tools is in a menu.
    window.get_by_label("File").click();
    window.run_steps(4);
    let seen = look(&mut window);
    seen.apart(&["Open… Ctrl+O", "Export ⏵", "Quit Ctrl+Q"]);
    window.get_by_label("Export ⏵").click();
    window.run_steps(4);
    let seen = look(&mut window);
    seen.apart(&["Export list for Excel…", "Export map…", "Export a report…"]);
    press(&mut window, Modifiers::NONE, Key::Escape);

    ask(&mut window, [Command::ShowTab(Tab::List)]);
    let seen = look(&mut window);
    seen.apart(&["Export CSV…", "Clear"]);
    press(&mut window, Modifiers::NONE, Key::Questionmark);
    let seen = look(&mut window);
    seen.apart(&["Map", "Close"]);
    press(&mut window, Modifiers::NONE, Key::Escape);
    press(&mut window, Modifiers::COMMAND, Key::K);
    let seen = look(&mut window);
    let field = seen.place("Command, person or question");
    assert!(field.width() > 500.0, "{field:?}");
}

#[test]
fn what_has_the_keys_is_ringed_and_a_pointer_needs_no_ring() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), ThemeChoice::Light);
    let beside = |rect: Rect| {
        Rect::from_center_size(rect.right_center() + [1.0, 0.0].into(), [2.0, 6.0].into())
    };
    let before = look(&mut window).picture;
    let mut rings = Vec::new();
    for _ in 0..12 {
        press(&mut window, Modifiers::NONE, Key::Tab);
        let mut seen = look(&mut window);
        let has_keys = By::new().predicate(|node| node.is_focused() && node.label().is_some());
        let Some(node) = seen.window.query(has_keys) else {
            continue;
        };
        let (rect, label) = (node.rect(), node.accesskit_node().label());
        if label.as_deref() == Some("Find a person") {
            continue; // fields have a frame of their own
        }
        let painted: Vec<[u8; 3]> = seen.pixels(beside(rect)).collect();
        seen.picture.clone_from(&before);
        let bare = seen.ground(beside(rect));
        let ring = painted.into_iter().max_by_key(|p| differ(*p, bare));
        let ring = ring.expect("room beside it");
        assert!(differ(ring, bare) > 200, "{label:?}: {ring:?}, {bare:?}");
        rings.push(ring);
    }
    assert!(rings.len() > 8, "{rings:?}");
    let same = |ring: &[u8; 3]| differ(*ring, rings[0]) < 60;
    assert!(rings.iter().all(same), "{rings:?}");

    // On the map a press takes the keys, but nothing is ringed.
    let middle = map_room(&look(&mut window)).center();
    window.drag_at(middle);
    window.run_steps(2);
    window.drop_at(middle);
    settle(&mut window);
    let seen = look(&mut window);
    let map = seen.window.get_by_label_contains("Conversation map").rect();
    assert!(!seen.pixels(beside(map)).any(|pixel| same(&pixel)));
}
