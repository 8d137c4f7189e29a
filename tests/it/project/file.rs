//! What is saved comes back: to the last bit, also after changes, for every way of keeping posts.

use std::fs;
use std::sync::{Arc, Mutex};

use isthmus::campaign::{Edit, Entry, Happened};
use isthmus::progress::Progress;
use isthmus::project::{
    Change, Kept, LogEntry, Opened, Project, ProjectError, ReadOnly, Store, View, WithStore,
    is_project, lock_of, open, save,
};

use super::made_up::{difference, few, first, project, sample};

fn opened(path: &std::path::Path) -> Opened {
    let opened = open(path, true, &Progress::new()).expect("a project");
    assert_eq!(opened.warnings, Vec::<String>::new());
    opened
}

#[test]
fn a_project_comes_back_as_it_was_saved() {
    for walked in [few(), sample()] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("odd name %3f?#.isthmus");
        let project = project(walked);
        save(&path, &project, &Progress::new()).expect("room");
        assert!(is_project(&path));
        let opened = opened(&path);
        assert_eq!(difference(&opened.project, &project), None);
        assert!(!opened.ended_unexpectedly);
        assert!(opened.read_only.is_none());
    }
}

#[test]
fn saving_leaves_nothing_beside_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.isthmus");
    save(&path, &project(few()), &Progress::new()).expect("room");
    let opened = opened(&path);
    let mut store = opened.store.expect("nobody else has it");
    assert!(lock_of(&path).exists());
    store.commit(&Change::View(View::default())).expect("room");
    store.close().expect("room");
    let names = fs::read_dir(folder.path()).expect("a folder");
    let names: Vec<_> = names
        .map(|entry| entry.expect("a file").file_name())
        .collect();
    assert_eq!(names, ["a.isthmus"]);
}

#[test]
fn changes_are_there_after_reopening() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.isthmus");
    let mut project = project(few());
    save(&path, &project, &Progress::new()).expect("room");
    let mut store = opened(&path).store.expect("nobody else has it");
    let mut do_both = |change: Change| {
        store.commit(&change).expect("room");
        match change {
            Change::Happened(happened) => {
                let repeated = project.history.repeat(&mut project.campaign, &happened);
                repeated.expect("an edit that can be made");
            }
            Change::Layout(number, positions) => {
                project.layouts.insert(number, positions);
            }
            Change::Selection(slot, people) if people.is_empty() => {
                project.selections.remove(&slot);
            }
            Change::Selection(slot, people) => {
                project.selections.insert(slot, people);
            }
            Change::SelectionNames(names) => project.selection_names = names,
            Change::View(view) => project.view = view,
            Change::Log(entry) => project.log.push(entry),
            Change::DropBase => project.results = None,
            Change::Sources(title, paths) => (project.title, project.paths) = (title, paths),
            Change::Changes(changes) => project.changes = changes,
            Change::DeleteAfter(day) => project.delete_after = day,
            Change::Analysis(results) => project.results = Some(results),
        }
    };
    let note = |note: &str| Edit::SetNote {
        person: first(&few().0).to_owned(),
        note: note.to_owned(),
    };
    do_both(Change::Happened(Happened::Undo));
    do_both(Change::Happened(Happened::Redo));
    do_both(Change::Happened(Happened::Run(note("t"))));
    do_both(Change::Happened(Happened::Run(note("ty"))));
    do_both(Change::Happened(Happened::Run(note("typ"))));
    do_both(Change::Happened(Happened::CloseStep));
    do_both(Change::Happened(Happened::Run(Edit::add(Entry::new(
        "new", "New",
    )))));
    do_both(Change::Happened(Happened::Run(Edit::add(Entry::new(
        "newer", "Newer",
    )))));
    do_both(Change::Happened(Happened::TakeBack));
    do_both(Change::Happened(Happened::Undo));
    let mut other = (*few().1).clone();
    other.xy[1] = [3.0, 4.0];
    do_both(Change::Layout(1, Arc::new(other.clone())));
    other.xy[0] = [5.0, 6.0];
    do_both(Change::Layout(7, Arc::new(other)));
    let names = [(3, "Cooks".to_owned()), (9, "Ana's".to_owned())];
    do_both(Change::SelectionNames(names.into()));
    do_both(Change::Selection(1, Vec::new()));
    do_both(Change::Selection(
        3,
        vec!["ana".to_owned(), "ben".to_owned()],
    ));
    do_both(Change::View(View {
        camera: Some(([9.0, 8.0], 7.0)),
    }));
    do_both(Change::Log(LogEntry {
        at: 5,
        what: "Exported 3 people".to_owned(),
        seconds: Some(0.25),
    }));
    let paths = vec![std::path::PathBuf::from("/somewhere/april.csv")];
    do_both(Change::Sources("april.csv".to_owned(), paths));
    do_both(Change::Changes(None));
    do_both(Change::DeleteAfter(Some("2030-01-01".to_owned())));
    drop(store);
    assert_eq!(difference(&opened(&path).project, &project), None);
}

#[test]
fn work_without_a_name_begins_with_the_list_and_gets_the_posts_later() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.isthmus");
    let project = project(sample());
    let store = Store::create(&path, &project).expect("room");
    drop(store);
    let light = opened(&path);
    assert!(light.project.results.is_none());
    assert_eq!(light.project.campaign, project.campaign);
    drop(light);
    let store = Mutex::new(Store::create(&path, &project).expect("room"));
    let results = project.results.clone().expect("walked");
    let with: &WithStore<'_> = &|use_it| use_it(&mut store.lock().expect("nobody panicked"));
    Store::put_base(with, &results, &Progress::new()).expect("room");
    drop(store);
    assert_eq!(difference(&opened(&path).project, &project), None);
}

#[test]
fn a_second_window_may_look_but_not_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.isthmus");
    let project = project(few());
    save(&path, &project, &Progress::new()).expect("room");
    let mut first = opened(&path).store.expect("nobody else has it");
    first
        .commit(&Change::Happened(Happened::Run(Edit::add(Entry::new(
            "new", "New",
        )))))
        .expect("room");
    let second = opened(&path);
    assert_eq!(second.read_only, Some(ReadOnly::InUse));
    assert!(second.store.is_none());
    // What the first window committed is seen, although it still stands beside the file.
    assert!(second.project.campaign.outreach_list.has("new"));
    let refused = save(&path, &project, &Progress::new());
    assert!(matches!(refused, Err(ProjectError::InUse)), "{refused:?}");
    drop(first);
    assert!(opened(&path).store.is_some());
}

#[test]
fn without_texts_no_text_is_in_the_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.isthmus");
    let whole = project(few());
    let project = Project {
        kept: Kept::WithoutTexts,
        ..whole.clone()
    };
    save(&path, &project, &Progress::new()).expect("room");
    let opened = opened(&path);
    let (kept, all) = (
        opened.project.results.expect("walked"),
        whole.results.expect("walked"),
    );
    let posts = &kept.conversation.posts;
    assert_eq!(posts.posts.len(), all.conversation.posts.posts.len());
    assert!(posts.posts.iter().all(|post| posts.text(post).is_empty()));
    assert_eq!(kept.graph.people, all.graph.people);
    assert_eq!(kept.analysis, all.analysis);
}

#[test]
fn a_nameless_project_has_the_same_map_and_no_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.isthmus");
    let whole = project(sample());
    let project = Project {
        kept: Kept::Nameless,
        ..whole.clone()
    };
    save(&path, &project, &Progress::new()).expect("room");
    let there = opened(&path).project;
    let (new, old) = (
        there.results.expect("walked"),
        whole.results.expect("walked"),
    );
    let figures = |of: &isthmus::session::Results| {
        let bridges = &of.analysis.bridges;
        let mut figures: Vec<String> = (0..of.graph.n_people())
            .map(|i| {
                let person = &of.graph.people[i];
                let (reach, posts) = (person.reach, person.posts);
                let community = of.analysis.communities.of[i];
                let mut ties: Vec<u64> =
                    of.graph.ties.row(i).1.iter().map(|t| t.to_bits()).collect();
                ties.sort_unstable();
                format!(
                    "{reach:?} {posts} {community:?} {:?} {ties:?}",
                    bridges.score[i]
                )
            })
            .collect();
        figures.sort_unstable();
        figures
    };
    assert_eq!(figures(&new), figures(&old));
    assert_eq!(
        there.campaign.outreach_list.len(),
        whole.campaign.outreach_list.len()
    );
    let bytes = fs::read(&path).expect("a file");
    let text = format!(
        "{:?} {:?} {:?}",
        new.graph.people, there.campaign, new.conversation
    );
    for person in old.graph.people.iter().filter(|p| p.key.len() > 4) {
        assert!(
            !text.contains(&*person.key),
            "{} is still there",
            person.key
        );
        let in_file = bytes
            .windows(person.key.len())
            .any(|window| window == person.key.as_bytes());
        assert!(!in_file, "{} is still in the file", person.key);
    }
}

#[test]
fn somebody_elses_file_is_refused_with_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = |bytes: &[u8]| {
        let path = folder.path().join("a.isthmus");
        fs::write(&path, bytes).expect("room");
        let error = open(&path, true, &Progress::new()).expect_err("not a project");
        assert_eq!(fs::read(&path).expect("a file"), bytes);
        error.to_string()
    };
    assert_eq!(refused(b""), "the project file is empty");
    assert_eq!(
        refused(b"author,text\nana,hello\n"),
        "this is no project file of Isthmus"
    );
    let other = folder.path().join("other.db");
    let db = rusqlite::Connection::open(&other).expect("a database");
    db.execute_batch("CREATE TABLE a (b); INSERT INTO a VALUES (1);")
        .expect("room");
    drop(db);
    let bytes = fs::read(&other).expect("a file");
    assert_eq!(refused(&bytes), "this is no project file of Isthmus");
    let missing = open(&folder.path().join("missing"), true, &Progress::new());
    assert!(matches!(missing, Err(ProjectError::Unreadable(_))));
}
