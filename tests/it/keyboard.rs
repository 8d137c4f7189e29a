//! The whole way from the empty window to the file on disk with nothing but keys, as somebody goes it who uses no pointer.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use isthmus::app::App;

use super::window::window;

/// A window of which only the keys and what a screen reader says are known.
struct Keys {
    window: Harness<'static, App>,
}

impl Keys {
    fn press(&mut self, key: Key) {
        self.window.key_press(key);
        self.window.run_steps(3);
    }

    fn chord(&mut self, key: Key) {
        self.window.key_press_modifiers(Modifiers::COMMAND, key);
        self.window.run_steps(3);
    }

    fn types(&mut self, text: &str) {
        self.window.event(Event::Text(text.to_owned()));
        self.window.run_steps(2);
    }

    /// In the palette: what is typed, and the best line of it.
    fn palette(&mut self, text: &str) {
        self.chord(Key::K);
        assert_eq!(self.focused(), "Command, person or question");
        self.types(text);
        self.press(Key::Enter);
    }

    /// What a screen reader calls the thing that has the keys.
    fn focused(&self) -> String {
        let has_keys = By::new().predicate(|node| node.is_focused() && node.label().is_some());
        let node = self.window.query(has_keys);
        node.and_then(|node| node.accesskit_node().label())
            .unwrap_or_default()
    }

    /// Presses Tab until this has the keys.
    fn tab_to(&mut self, label: &str) {
        for _ in 0..30 {
            self.press(Key::Tab);
            if self.focused() == label {
                return;
            }
        }
        panic!(
            "Tab never comes to {label:?}; it is on {:?}",
            self.focused()
        );
    }

    fn says(&self, words: &str) -> bool {
        let mut said = self.window.query_all_by_label_contains(words);
        said.next().is_some()
    }

    fn wait_for(&mut self, what: &str, done: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !done(self) {
            assert!(start.elapsed() < Duration::from_mins(2), "never: {what}");
            self.window.step();
            std::thread::sleep(Duration::from_millis(5));
        }
        self.window.run_steps(2);
    }

    /// The name in the row with this place among the bridges.
    fn bridge(&self, rank: u32) -> String {
        let ending = format!(", bridge {rank}");
        let rows = self.window.query_all_by_label_contains(&ending);
        rows.filter_map(|row| row.accesskit_node().label())
            .find_map(|label| Some(label.strip_suffix(&ending)?.to_owned()))
            .expect("the row is in sight")
    }
}

fn sample(data: &Path) -> Keys {
    let mut keys = Keys {
        window: window(data, Vec::new()),
    };
    keys.window.run_steps(2);
    keys.tab_to("Try the sushi sample");
    keys.press(Key::Enter);
    keys.wait_for("the map", |keys| keys.says("Map ready"));
    keys
}

#[test]
fn from_the_empty_window_to_the_exported_list_with_keys_alone() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut keys = sample(data.path());
    let [first, second, third] = [5, 2, 3].map(|rank| keys.bridge(rank));

    // Somebody in particular.
    keys.chord(Key::F);
    assert_eq!(keys.focused(), "Find a person");
    keys.types(&first.to_uppercase());
    keys.press(Key::Enter);
    keys.press(Key::A);
    assert!(keys.says("List (1)"));

    // The best bridges, row by row.
    keys.palette("best bridges");
    assert!(keys.focused().ends_with(", bridge 1"), "{}", keys.focused());
    keys.press(Key::ArrowDown);
    assert_eq!(keys.focused(), format!("{second}, bridge 2"));
    keys.press(Key::Enter);
    keys.press(Key::A);
    keys.press(Key::ArrowDown);
    assert_eq!(keys.focused(), format!("{third}, bridge 3"));
    keys.press(Key::Plus);
    assert!(keys.says("List (3)"));

    // The list: how far the talk is, and a note.
    keys.palette("list tab");
    assert_eq!(keys.focused(), format!("{first}, place 1 on the list"));
    keys.press(Key::ArrowDown);
    assert_eq!(keys.focused(), format!("{second}, place 2 on the list"));
    keys.tab_to(&format!("Status of {second}, to contact"));
    keys.press(Key::Enter);
    assert_eq!(keys.focused(), "To contact");
    keys.press(Key::ArrowDown);
    assert_eq!(keys.focused(), "Contacted");
    keys.press(Key::Enter);
    assert_eq!(keys.focused(), format!("Status of {second}, contacted"));
    keys.press(Key::Tab);
    assert_eq!(keys.focused(), format!("Note on {second}"));
    keys.types("likes eel, and ? too");
    keys.press(Key::Enter);

    // Onto the disk.
    keys.palette("export list");
    assert_eq!(keys.focused(), "Path");
    let path = data.path().join("mine.csv");
    keys.types(&path.display().to_string());
    keys.press(Key::Enter);
    keys.wait_for("the export", |keys| keys.says("3 people exported to"));
    let text = fs::read_to_string(&path).expect("written where it was typed");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|h| h == name).expect("a column");
    let (name, status, note) = (column("name"), column("status"), column("note"));
    let rows: Vec<[String; 3]> = reader
        .records()
        .map(|row| row.expect("a row"))
        .map(|row| [name, status, note].map(|at| row[at].to_owned()))
        .collect();
    let row = |name: &str, status: &str, note: &str| [name, status, note].map(str::to_owned);
    assert_eq!(
        rows,
        [
            row(&first, "to contact", ""),
            row(&second, "contacted", "likes eel, and ? too"),
            row(&third, "to contact", ""),
        ]
    );
}

#[test]
fn the_layout_is_paused_only_while_it_runs() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut keys = sample(data.path());
    let offered = |keys: &mut Keys| {
        keys.chord(Key::K);
        keys.types("the layout");
        let offered = ["Pause the layout", "Go on with the layout"].map(|line| keys.says(line));
        keys.press(Key::Escape);
        offered
    };
    assert_eq!(offered(&mut keys), [false, false]);
    keys.press(Key::P);
    assert_eq!(offered(&mut keys), [false, false], "nothing to pause");

    // So small a map may be laid out before the key is there: then it is asked for again.
    let rests = |keys: &Keys| keys.window.state().model().working.is_none();
    let paused = (0..50).any(|_| {
        keys.palette("lay out again");
        keys.press(Key::P);
        let offered = offered(&mut keys);
        assert!(!offered[0] || !offered[1], "one of both: {offered:?}");
        let paused = offered == [false, true];
        if !paused {
            keys.wait_for("the end", rests);
        }
        paused
    });
    assert!(paused, "the layout stood still");
    keys.press(Key::P);
    keys.wait_for("the end", rests);
    assert!(keys.says("Map laid out again"));
    assert_eq!(offered(&mut keys), [false, false]);
}

#[test]
fn text_grows_by_a_step_a_press_and_the_communities_panel_closes_and_opens_by_keys() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut keys = sample(data.path());
    let zoom = |keys: &Keys| (keys.window.ctx.zoom_factor() * 10.0).round() as u32;
    keys.palette("larger text");
    assert_eq!(zoom(&keys), 11);
    keys.chord(Key::Plus);
    assert_eq!(zoom(&keys), 12);
    keys.chord(Key::Minus);
    assert_eq!(zoom(&keys), 11);
    keys.chord(Key::Num0);
    assert_eq!(zoom(&keys), 10);

    assert!(keys.window.query_by_label("Communities").is_some());
    keys.palette("close communities");
    assert!(keys.window.query_by_label("Communities").is_none());
    keys.palette("open communities");
    assert!(keys.window.query_by_label("Communities").is_some());
}
