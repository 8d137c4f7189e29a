//! The whole window without a screen: open, cancel, edit, keep, export.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{App, Command, RankBy, Surroundings};
use isthmus::campaign::{Edit, Status};
use isthmus::files::DataFolder;
use isthmus::people::PersonId;
use isthmus::render::Picture;

/// A window over `data`, with what it shall do first. No GPU: what is tested here needs none.
pub(super) fn window(data: &Path, first: Vec<Command>) -> Harness<'static, App> {
    let around = Surroundings {
        data_folder: DataFolder::at(data),
        config_folder: DataFolder::at(data.join("config")),
        file_dialogs: false,
    };
    Harness::builder()
        .with_size([1440.0, 900.0])
        .build_eframe(move |cc| App::new(cc, first, around))
}

/// Steps until `done`, and says what was waited for when it never comes.
pub(super) fn until(window: &mut Harness<'_, App>, what: &str, done: impl Fn(&App) -> bool) {
    let start = Instant::now();
    while !done(window.state()) {
        assert!(
            start.elapsed() < Duration::from_mins(2),
            "never came: {what}; {:?}",
            window.state().model().problems
        );
        window.step();
        std::thread::sleep(Duration::from_millis(2));
    }
    window.step();
}

pub(super) fn ask(window: &mut Harness<'_, App>, commands: impl IntoIterator<Item = Command>) {
    for command in commands {
        window.state_mut().ask(command);
    }
    window.step();
}

fn with_sample(data: &Path) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    window
}

/// The layout is done and the scene is drawn from its last positions.
pub(super) fn is_ready(app: &App) -> bool {
    let model = app.model();
    model.working.is_none()
        && model
            .map
            .as_ref()
            .is_some_and(|map| map.scene.is_some() && map.positions.is_some())
}

fn best(app: &App, n: usize) -> Vec<PersonId> {
    app.model()
        .map
        .as_ref()
        .expect("a map")
        .ranking
        .iter()
        .copied()
        .take(n)
        .collect()
}

fn list(app: &App) -> Vec<String> {
    app.model()
        .campaign
        .outreach_list
        .entries()
        .iter()
        .map(|e| e.person.clone())
        .collect()
}

#[test]
fn the_sample_opens_and_then_the_window_rests() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let map = window.state().model().map.as_ref().expect("a map");
    assert!(map.results.graph.n_people() > 500);
    assert_eq!(
        map.scene.as_ref().expect("a scene").dots.len(),
        map.results.graph.n_people() - map.results.graph.n_isolates()
    );
    // Everything is there: a window at rest asks for no picture. `run` panics when it goes on asking.
    window.run();
    assert_eq!(window.state().model().problems, []);
}

#[test]
fn a_closed_map_leaves_the_empty_window_nothing_of_it_in_memory_and_its_list_on_disk() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let person = best(window.state(), 1)[0];
    ask(&mut window, [Command::ToggleOnList(person)]);
    let listed = list(window.state());
    assert_eq!(listed.len(), 1);
    let map = window.state().model().map.as_ref().expect("a map");
    let (results, scene) = (
        Arc::downgrade(&map.results),
        Arc::downgrade(map.scene.as_ref().expect("a scene")),
    );
    let positions = Arc::downgrade(map.positions.as_ref().expect("positions"));

    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::W);
    until(&mut window, "the empty window", |app| {
        app.model().map.is_none()
    });
    window.get_by_label("Try the sushi sample");
    assert_eq!(list(window.state()), Vec::<String>::new());
    until(&mut window, "freed memory", |_| {
        results.strong_count() + scene.strong_count() + positions.strong_count() == 0
    });

    ask(&mut window, [Command::OpenSample]);
    until(&mut window, "the map again", is_ready);
    assert_eq!(list(window.state()), listed);
}

#[test]
fn the_list_is_kept_across_a_restart_and_every_edit_can_be_taken_back() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let people = best(window.state(), 3);
    ask(
        &mut window,
        [
            Command::AddToList(people[..2].to_vec()),
            Command::ToggleOnList(people[2]),
        ],
    );
    let added = list(window.state());
    assert_eq!(added.len(), 3);
    let (first, second) = (added[0].clone(), added[1].clone());
    ask(
        &mut window,
        [
            Command::Edit(Edit::SetStatus {
                person: first.clone(),
                status: Status::Contacted,
            }),
            Command::Edit(Edit::SetNote {
                person: first.clone(),
                note: "likes eel".into(),
            }),
            Command::CloseStep,
            Command::Edit(Edit::Remove(vec![second.clone()])),
        ],
    );
    assert_eq!(
        window
            .state()
            .model()
            .history
            .undo_words()
            .map(|w| w.starts_with("remove ")),
        Some(true)
    );
    ask(&mut window, [Command::Undo]);
    assert_eq!(list(window.state()), added);
    ask(&mut window, [Command::Redo, Command::Undo]);
    until(&mut window, "the list on disk", |app| app.model().saved);
    let before = window.state().model().campaign.clone();
    drop(window);

    let window = with_sample(data.path());
    assert_eq!(window.state().model().campaign, before);
}

#[test]
fn a_damaged_kept_list_is_put_aside_and_said() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let people = best(window.state(), 1);
    ask(&mut window, [Command::AddToList(people)]);
    until(&mut window, "the list on disk", |app| app.model().saved);
    drop(window);
    let lists = data.path().join("unnamed");
    let kept = fs::read_dir(&lists)
        .expect("a folder")
        .next()
        .expect("a project")
        .expect("readable")
        .path();
    fs::write(&kept, "{ half").expect("writable");

    let window = with_sample(data.path());
    assert_eq!(window.state().model().problems.len(), 1);
    assert!(list(window.state()).is_empty());
    let aside = fs::read_to_string(lists.join(format!(
        "{}.damaged",
        kept.file_name().expect("a name").to_string_lossy()
    )));
    assert_eq!(aside.expect("put aside"), "{ half");
}

#[test]
fn a_file_is_looked_at_first_and_built_when_the_person_says_so() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let file = data.path().join("posts.csv");
    fs::write(
        &file,
        "Author,Full Text\nana,hi @ben\nben,hi @cleo\ncleo,hi @ana\n",
    )
    .expect("writable");
    let mut window = window(data.path(), vec![Command::OpenPaths(vec![file.clone()])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    let preview = window
        .state()
        .model()
        .import
        .as_ref()
        .expect("a preview")
        .previews[0]
        .clone();
    assert_eq!((preview.people, preview.ties), (3, 3));
    assert!(
        window.state().model().map.is_none(),
        "nothing is built before the person says so"
    );
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the map", is_ready);
    assert_eq!(window.state().model().recent, [file]);
}

#[test]
fn what_cannot_be_opened_is_a_message_and_the_open_map_stays() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let empty = data.path().join("empty.csv");
    fs::write(&empty, "").expect("writable");
    for path in [
        empty,
        data.path().join("missing.csv"),
        data.path().to_owned(),
    ] {
        ask(&mut window, [Command::OpenPaths(vec![path])]);
        until(&mut window, "a message", |app| {
            !app.model().problems.is_empty()
        });
        let problem = window.state().model().problems[0].clone();
        assert!(!problem.what.is_empty() && !problem.advice.is_empty() && problem.file.is_some());
        assert!(window.state().model().map.is_some() && window.state().model().import.is_none());
        ask(&mut window, [Command::DismissProblem(0)]);
        assert_eq!(window.state().model().problems, []);
    }
}

/// A conversation large enough that every stage can be caught at work.
fn large_file(folder: &Path) -> std::path::PathBuf {
    use std::fmt::Write as _;
    let mut text = String::from("Author,Full Text,X Followers\n");
    for i in 0..150_000u64 {
        let author = i * 7919 % 30_011;
        let block = author / 300;
        let friend = block * 300 + (i * i + 17 * i) % 300;
        let other = i.wrapping_mul(2_654_435_761) % 30_011;
        let target = if i % 9 == 0 { other } else { friend };
        writeln!(
            text,
            "p{author},hello @p{target} and good morning,{}",
            author % 977
        )
        .expect("memory");
    }
    let path = folder.join("large.csv");
    fs::write(&path, text).expect("writable");
    path
}

#[test]
fn cancel_at_any_stage_is_quick_and_the_earlier_map_stays() {
    use isthmus::progress::Stage;
    let data = tempfile::tempdir().expect("a temporary folder");
    let file = large_file(data.path());
    let mut window = with_sample(data.path());
    let people = best(window.state(), 2);
    ask(&mut window, [Command::AddToList(people)]);
    let (title, kept) = (
        window
            .state()
            .model()
            .map
            .as_ref()
            .expect("a map")
            .title
            .clone(),
        list(window.state()),
    );

    ask(&mut window, [Command::OpenPaths(vec![file.clone()])]);
    until(&mut window, "reading", |app| {
        app.model()
            .working
            .is_some_and(|w| w.standing.stage == Stage::Read)
    });
    ask(&mut window, [Command::Cancel]);
    assert!(window.state().model().working.is_none());
    assert!(window.state().model().import.is_none());

    ask(&mut window, [Command::OpenPaths(vec![file])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    let import = window.state().model().import.clone().expect("a preview");
    for stage in [Stage::Communities, Stage::Layout] {
        // The import window closes when the map is built: look at the file again for the second stage.
        if window.state().model().import.is_none() {
            ask(&mut window, [Command::OpenPaths(import.paths.clone())]);
            until(&mut window, "the import window", |app| {
                app.model().import.is_some()
            });
        }
        ask(&mut window, [Command::BuildMap]);
        until(&mut window, "the stage", |app| {
            app.model()
                .working
                .is_some_and(|w| w.standing.stage == stage)
        });
        ask(&mut window, [Command::Cancel]);
        let model = window.state().model();
        assert!(model.working.is_none(), "{stage:?}");
        assert_eq!(
            model.map.as_ref().map(|m| m.title.clone()),
            Some(title.clone()),
            "{stage:?}"
        );
        assert_eq!(list(window.state()), kept, "{stage:?}");
        assert_eq!(window.state().model().problems, [], "{stage:?}");
    }
    until(&mut window, "the earlier map drawn again", is_ready);
}

#[test]
fn the_list_is_exported_with_the_rows_that_are_shown() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let people = best(window.state(), 3);
    ask(&mut window, [Command::AddToList(people)]);
    let shown = list(window.state());
    let path = data.path().join("list.csv");
    ask(
        &mut window,
        [Command::ExportList {
            path: path.clone(),
            for_excel: true,
        }],
    );
    until(&mut window, "the export", |app| {
        app.model().said.contains("exported")
    });
    let bytes = fs::read(&path).expect("written");
    assert!(
        bytes.starts_with(b"\xef\xbb\xbf"),
        "Excel knows UTF-8 by these bytes"
    );
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!(
        rows.iter().map(|r| r[1].to_owned()).collect::<Vec<_>>(),
        shown
    );
    assert!(rows.iter().all(|r| !r[9].is_empty()));

    ask(
        &mut window,
        [Command::ExportList {
            path: data.path().join("no-folder/list.csv"),
            for_excel: false,
        }],
    );
    until(&mut window, "a message", |app| {
        !app.model().problems.is_empty()
    });
    assert!(window.state().model().problems[0].what.contains("folder"));
}

#[test]
fn rankings_switch_and_betweenness_is_measured_when_first_asked_for() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    ask(&mut window, [Command::RankBy(RankBy::Reach)]);
    let by_reach = |app: &App| {
        let map = app.model().map.as_ref().expect("a map");
        let reach: Vec<f64> = map
            .ranking
            .iter()
            .map(|p| map.results.graph.people[p.index()].reach.unwrap_or(-1.0))
            .collect();
        reach.is_sorted_by(|a, b| a >= b)
    };
    until(&mut window, "the table by reach", by_reach);
    ask(&mut window, [Command::RankBy(RankBy::Betweenness)]);
    until(&mut window, "the table by betweenness", |app| {
        let map = app.model().map.as_ref().expect("a map");
        map.results.analysis.betweenness.as_ref().is_some_and(|b| {
            map.ranking
                .iter()
                .map(|p| b.value[p.index()])
                .is_sorted_by(|a, b| a >= b)
        })
    });
}

#[test]
fn the_two_pictures_are_one_key_apart() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let ringed = |app: &App| {
        app.model()
            .map
            .as_ref()
            .and_then(|m| m.scene.clone())
            .map_or(0, |s| s.dots.iter().filter(|d| d.ringed).count())
    };
    assert_eq!(ringed(window.state()), 0);
    window.key_press(eframe::egui::Key::B);
    until(&mut window, "the bridges picture", |app| ringed(app) == 25);
    assert_eq!(window.state().model().picture(), Picture::Bridges(25));
    window.key_press(eframe::egui::Key::B);
    until(&mut window, "everyone", |app| ringed(app) == 0);
}

#[test]
fn a_list_that_the_disk_refuses_is_told_once_and_tried_again_with_the_next_change() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let people = best(window.state(), 2);
    let lists = data.path().join("unnamed");
    fs::write(&lists, "a file where the folder should be").expect("writable");
    ask(&mut window, [Command::AddToList(vec![people[0]])]);
    until(&mut window, "a message", |app| {
        !app.model().problems.is_empty()
    });
    for _ in 0..100 {
        window.step();
        std::thread::sleep(Duration::from_millis(1));
    }
    assert_eq!(window.state().model().problems.len(), 1);
    assert!(!window.state().model().saved);

    fs::remove_file(&lists).expect("writable");
    ask(&mut window, [Command::AddToList(vec![people[1]])]);
    until(&mut window, "the list on disk", |app| app.model().saved);
    drop(window);
    let again = with_sample(data.path());
    assert_eq!(list(again.state()).len(), 2, "both people are on the list");
}

#[test]
fn the_same_file_opened_again_has_the_list_of_the_window_also_when_that_is_cancelled() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let people = best(window.state(), 2);
    ask(&mut window, [Command::AddToList(vec![people[0]])]);
    // Paused, so that the layout waits for us after its first picture.
    ask(&mut window, [Command::OpenSample, Command::PauseLayout]);
    let before = window.state().model().map.as_ref().expect("a map").clone();
    until(&mut window, "the new map", |app| {
        let map = app.model().map.as_ref().expect("a map");
        !std::sync::Arc::ptr_eq(&map.results, &before.results)
    });
    assert!(window.state().model().working.is_some());
    ask(&mut window, [Command::AddToList(vec![people[1]])]);
    let both = list(window.state());
    assert_eq!(both.len(), 2);
    ask(&mut window, [Command::Cancel]);
    let model = window.state().model();
    let map = model.map.as_ref().expect("a map");
    assert!(std::sync::Arc::ptr_eq(&map.results, &before.results));
    assert_eq!(list(window.state()), both);
    assert!(window.state().model().history.undo_words().is_some());
}

#[test]
fn two_choices_in_the_import_window_both_count_and_a_closed_one_stays_closed() {
    use isthmus::import::Role;
    let data = tempfile::tempdir().expect("a temporary folder");
    let file = data.path().join("posts.csv");
    fs::write(
        &file,
        "Author,Full Text,Left,Right\nana,hi @ben,ben,10\nben,hi @cleo,cleo,20\ncleo,hi @ana,ana,30\n",
    )
    .expect("writable");
    let mut window = window(data.path(), vec![Command::OpenPaths(vec![file])]);
    until(&mut window, "the import window", |app| {
        app.model().import.is_some()
    });
    let choice = |role, column: &str| Command::ChooseColumn {
        header: ["Author", "Full Text", "Left", "Right"]
            .map(str::to_owned)
            .to_vec(),
        column: column.to_owned(),
        role: Some(role),
    };
    ask(
        &mut window,
        [choice(Role::ReplyTo, "Left"), choice(Role::Reach, "Right")],
    );
    until(&mut window, "the new preview", |app| {
        app.model().working.is_none()
    });
    let pending = window.state().model().import.as_ref().expect("a preview");
    let roles: Vec<Option<Role>> = pending.previews[0].columns.iter().map(|c| c.role).collect();
    assert_eq!(roles[2..], [Some(Role::ReplyTo), Some(Role::Reach)]);

    ask(
        &mut window,
        [choice(Role::Reach, "Left"), Command::CloseImport],
    );
    for _ in 0..50 {
        window.step();
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(window.state().model().import.is_none());
    assert!(window.state().model().working.is_none());
}

#[test]
fn a_second_export_leaves_the_first_alone_and_pictures_have_the_sizes_asked_for() {
    use isthmus::analysis::SizeBy;
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let people = best(window.state(), 3);
    let [early, list, late] = ["early.png", "list.csv", "late.png"].map(|n| data.path().join(n));
    ask(
        &mut window,
        [
            Command::AddToList(people),
            Command::SetSizeBy(SizeBy::Same),
            Command::ExportMap(early.clone()),
            Command::ExportList {
                path: list.clone(),
                for_excel: false,
            },
        ],
    );
    until(&mut window, "both files", |app| {
        app.model().working.is_none()
    });
    assert!(early.exists() && list.exists());
    until(&mut window, "the dots in their new sizes", |app| {
        let map = app.model().map.as_ref().expect("a map");
        map.sizes.by == SizeBy::Same
    });
    ask(&mut window, [Command::ExportMap(late.clone())]);
    until(&mut window, "the picture", |app| {
        app.model().working.is_none()
    });
    let bytes = |path| fs::read(path).expect("written");
    assert!(bytes(&early) == bytes(&late), "the same picture twice");
}

#[test]
fn betweenness_that_is_cancelled_leaves_the_ranking_that_is_shown() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    ask(&mut window, [Command::RankBy(RankBy::Connections)]);
    let shown = best(window.state(), 50);
    until(&mut window, "the table by connections", |app| {
        best(app, 50) != shown
    });
    ask(
        &mut window,
        [Command::RankBy(RankBy::Betweenness), Command::Cancel],
    );
    assert_eq!(window.state().model().rank_by, RankBy::Connections);
}

#[test]
fn a_list_put_aside_is_not_lost_when_another_one_is() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let folder = DataFolder::at(data.path());
    let name = Path::new("list.json");
    for words in ["first", "second"] {
        folder.keep(name, words.as_bytes()).expect("writable");
        folder.put_aside(name).expect("writable");
    }
    let aside = |name: &str| fs::read_to_string(data.path().join(name)).expect("put aside");
    assert_eq!(aside("list.json.damaged"), "first");
    assert_eq!(aside("list.json.damaged-2"), "second");
}
