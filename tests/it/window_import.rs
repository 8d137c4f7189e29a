//! Files on their way to a map, in the whole window: roles that are kept, own handles, several files, the report afterwards.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::{FontId, Key};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{App, Command, PendingImport, fonts_for};
use isthmus::import::{Preview, Role};

use super::window::{ask, is_ready, until, window};

/// Posts under headers that say nothing.
const ODD: &str = "\
Alpha,Beta,Gamma
ana,hello there my friends of rice,10
ben,another long text with words in it,20
cleo,and a third one that is long enough,30
";

fn written(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).expect("writable");
    path
}

fn pending<'a>(window: &'a Harness<'_, App>) -> &'a PendingImport {
    let model = window.state().model();
    model.import.as_ref().expect("the import window is open")
}

fn roles(preview: &Preview) -> Vec<Option<Role>> {
    preview.columns.iter().map(|c| c.role).collect()
}

fn choose(header: &[&str], column: &str, role: Option<Role>) -> Command {
    Command::ChooseColumn {
        header: header.iter().map(|&name| name.to_owned()).collect(),
        column: column.to_owned(),
        role,
    }
}

/// Asks, and waits until everything was looked at and counted again.
fn settle(window: &mut Harness<'_, App>, commands: impl IntoIterator<Item = Command>) {
    ask(window, commands);
    until(window, "the import window at rest", |app| {
        let model = app.model();
        model.working.is_none() && model.import.is_some()
    });
}

/// As when a person closes the window.
fn close(mut window: Harness<'_, App>) {
    eframe::App::on_exit(window.state_mut(), None);
}

#[test]
fn chosen_roles_are_used_again_for_the_same_header_until_they_are_taken_back() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let first = written(data.path(), "march.csv", ODD);
    let second = written(data.path(), "april.csv", &ODD.replace("ana", "zoe"));
    let other = written(data.path(), "other.csv", &ODD.replace("Gamma", "Delta"));
    let header = ["Alpha", "Beta", "Gamma"];
    let chosen = [Some(Role::Author), Some(Role::Text), Some(Role::Reach)];
    let mut one = window(data.path(), Vec::new());
    settle(&mut one, [Command::OpenPaths(vec![first])]);
    assert_eq!(
        pending(&one).previews[0].people,
        0,
        "nobody can tell the author"
    );
    settle(
        &mut one,
        [
            choose(&header, "Alpha", Some(Role::Author)),
            choose(&header, "Gamma", Some(Role::Reach)),
        ],
    );
    assert_eq!(roles(&pending(&one).previews[0]), chosen);
    ask(&mut one, [Command::BuildMap]);
    until(&mut one, "the map", is_ready);
    close(one);

    let mut two = window(data.path(), Vec::new());
    settle(&mut two, [Command::OpenPaths(vec![second.clone()])]);
    assert_eq!(roles(&pending(&two).previews[0]), chosen);
    two.get_by_label_contains("that you chose last time");
    two.get_by_label("Back to the guess").click();
    two.step();
    until(&mut two, "the guess", |app| {
        let model = app.model();
        let pending = model.import.as_ref().expect("open");
        model.working.is_none() && pending.previews[0].people == 0
    });
    assert!(two.query_by_label("Back to the guess").is_none());
    settle(&mut two, [Command::OpenPaths(vec![other])]);
    assert_eq!(
        pending(&two).previews[0].people,
        0,
        "another header has nothing to do with it"
    );
    // What was only tried and never built is not kept either.
    settle(&mut two, [Command::OpenPaths(vec![second])]);
    assert_eq!(roles(&pending(&two).previews[0]), chosen);
}

#[test]
fn roles_of_one_file_leave_those_of_another_alone() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let first = written(data.path(), "a.csv", ODD);
    let text = ODD.replace("Alpha", "One").replace("Beta", "Two");
    let second = written(data.path(), "b.csv", &text.replace("ana", "zoe"));
    let mut window = window(data.path(), Vec::new());
    settle(&mut window, [Command::OpenPaths(vec![first, second])]);
    settle(
        &mut window,
        [
            choose(&["Alpha", "Beta", "Gamma"], "Alpha", Some(Role::Author)),
            choose(&["One", "Two", "Gamma"], "One", Some(Role::Author)),
            choose(&["One", "Two", "Gamma"], "Gamma", Some(Role::Reach)),
        ],
    );
    let shown = pending(&window);
    assert_eq!(
        roles(&shown.previews[0]),
        [Some(Role::Author), Some(Role::Text), None]
    );
    assert_eq!(
        roles(&shown.previews[1]),
        [Some(Role::Author), Some(Role::Text), Some(Role::Reach)]
    );
    // Ben and Cleo are in both files.
    let together = shown.together.as_ref().expect("counted");
    assert_eq!(together.as_ref().expect("readable").people, 4);
    window.get_by_label("4 people and 0 ties to come, from 2 files together");
}

#[test]
fn a_column_that_is_not_used_stays_so_whatever_its_name_says() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let text = "Author,Full Text,X Followers\nana,hi @ben,5\nben,hi @cleo,6\n";
    let file = written(data.path(), "posts.csv", text);
    let header = ["Author", "Full Text", "X Followers"];
    let mut window = window(data.path(), Vec::new());
    settle(&mut window, [Command::OpenPaths(vec![file])]);
    settle(&mut window, [choose(&header, "X Followers", None)]);
    assert_eq!(
        roles(&pending(&window).previews[0]),
        [Some(Role::Author), Some(Role::Text), None]
    );
    settle(
        &mut window,
        [choose(&header, "X Followers", Some(Role::Reach))],
    );
    assert_eq!(roles(&pending(&window).previews[0])[2], Some(Role::Reach));
}

#[test]
fn the_own_brand_stays_out_of_the_map_and_a_map_of_nobody_brings_the_import_back() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let text = "Author,Full Text\nana,hi @ben\nben,hi @sushibar\nsushibar,hi @ana\n";
    let file = written(data.path(), "posts.csv", text);
    let mut window = window(data.path(), Vec::new());
    settle(&mut window, [Command::OpenPaths(vec![file])]);
    assert_eq!(pending(&window).previews[0].people, 3);
    let field = window.get_by_label("Handles to leave out");
    field.focus();
    window.step();
    window
        .get_by_label("Handles to leave out")
        .type_text("@SushiBar @nobody");
    window.step();
    window.key_press(Key::Enter);
    until(&mut window, "two people", |app| {
        let pending = app.model().import.as_ref().expect("open");
        app.model().working.is_none() && pending.previews[0].people == 2
    });
    window.get_by_label("Nobody here is called @nobody, so nobody was left out by that name");
    window.get_by_label("1 × own brand, first in posts.csv");
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    let map = window.state().model().map.as_ref().expect("a map");
    assert!(map.results.graph.find("sushibar").is_none());
    assert_eq!(map.results.graph.n_people(), 2);
    let title = map.title.clone();

    let everybody = ["ana", "ben", "sushibar"].map(str::to_owned).to_vec();
    let again = window.state().model().recent.clone();
    settle(&mut window, [Command::OpenPaths(again)]);
    ask(
        &mut window,
        [Command::LeaveOut(everybody.clone()), Command::BuildMap],
    );
    until(&mut window, "a message", |app| {
        !app.model().problems.is_empty()
    });
    assert_eq!(
        pending(&window).settings.left_out_handles,
        everybody,
        "what was chosen is still there"
    );
    let map = window.state().model().map.as_ref();
    assert_eq!(map.map(|m| m.title.clone()), Some(title));
}

#[test]
fn the_report_can_be_read_when_the_map_is_there() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let text = "Author,Full Text,Date\nana,hi @ben,2026-03-01\n,nobody,2026-03-02\nben,@ana yes,2026-03-04\n";
    let file = written(data.path(), "posts.csv", text);
    let mut window = window(data.path(), Vec::new());
    settle(&mut window, [Command::OpenPaths(vec![file])]);
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    assert!(window.query_by_label("What was read").is_none());
    window.get_by_label("1 row left out").click();
    window.step();
    window.step();
    window.get_by_label("What was read");
    window.get_by_label("1 × no author, first in line 3 of posts.csv");
    window.get_by_label("1 Mar 2026 to 4 Mar 2026");
    window.get_by_label("2 mentions");
    window.get_by_label("Close").click();
    window.step();
    window.step();
    assert!(window.query_by_label("What was read").is_none());
}

#[test]
fn a_folder_is_opened_with_everything_in_it() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let folder = data.path().join("export");
    fs::create_dir(&folder).expect("writable");
    written(&folder, "a.csv", "Author,Full Text\nana,hi @ben\n");
    written(&folder, "b.csv", "Author,Full Text\nben,hi @cleo\n");
    let mut window = window(data.path(), vec![Command::OpenFolderDialog]);
    until(&mut window, "the field for a path", |app| {
        app.model().path_prompt.is_some()
    });
    window.get_by_label("Which folder?");
    settle(&mut window, [Command::TakePath(folder)]);
    let together = pending(&window).together.as_ref().expect("counted");
    assert_eq!(together.as_ref().expect("readable").people, 3);
}

#[test]
fn letters_of_a_file_have_a_font_before_there_is_a_map() {
    if fonts_for("投稿者返信先").is_none() {
        return; // a system without Japanese letters
    }
    let data = tempfile::tempdir().expect("a temporary folder");
    let text = "投稿者,本文,返信先\nhanako,昨日の寿司はとても美味しかった,@taro\ntaro,そうですね、また行きましょう,\n";
    let file = written(data.path(), "投稿.csv", text);
    let mut window = window(data.path(), Vec::new());
    let can_write = |window: &Harness<'_, App>| {
        window
            .ctx
            .fonts_mut(|fonts| fonts.has_glyphs(&FontId::proportional(14.0), "投稿者返信先"))
    };
    assert!(!can_write(&window));
    settle(&mut window, [Command::OpenPaths(vec![file])]);
    window.step();
    assert!(can_write(&window));
    assert_eq!(
        roles(&pending(&window).previews[0]),
        [Some(Role::Author), Some(Role::Text), Some(Role::ReplyTo)]
    );
}
