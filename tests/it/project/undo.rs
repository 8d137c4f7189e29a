//! Undo everything, redo everything, with a restart in between: the same project.

use isthmus::campaign::Campaign;
use isthmus::export::csv;
use isthmus::progress::Progress;
use isthmus::project::{Change, Project, Store, open};

use super::kill::random_edits::{Chance, random_edit};
use super::made_up::{campaign_text, few, quick_folder};

const SEQUENCES: u64 = 1000;

/// The project in its exported form: the list as CSV, and everything else that was decided.
fn exported(campaign: &Campaign) -> (Vec<u8>, String) {
    let (results, _) = few();
    let mut list = Vec::new();
    let (graph, analysis) = (&results.graph, &results.analysis);
    csv::outreach_list(campaign, graph, analysis, false, &mut list).expect("memory");
    (list, campaign_text(campaign))
}

/// Puts on the disk what happened to `project`.
fn commit(store: &mut Store, project: &mut Project) {
    for happened in project.history.take_happened() {
        store.commit(&Change::Happened(happened)).expect("room");
    }
}

/// The project as it stands in the file.
fn reopened(path: &std::path::Path, store: Store) -> (Store, Project) {
    drop(store);
    let opened = open(path, true, &Progress::new()).expect("a project");
    assert_eq!(opened.warnings, Vec::<String>::new());
    (opened.store.expect("nobody else has it"), opened.project)
}

#[test]
fn undo_all_then_redo_all_gives_the_same_project_also_after_a_restart() {
    let folder = quick_folder();
    for sequence in 0..SEQUENCES {
        let path = folder.path().join("a.isthmus");
        let mut store = Store::create(&path, &Project::default()).expect("room");
        let mut chance = Chance(sequence);
        let n_edits = 4 + chance.below(20);
        let restart = chance.below(n_edits);
        let mut project = Project::default();
        for number in 0..n_edits {
            if number == restart {
                let there;
                (store, there) = reopened(&path, store);
                assert_eq!(
                    exported(&there.campaign),
                    exported(&project.campaign),
                    "{sequence}"
                );
                assert_eq!(there.history.undo_words(), project.history.undo_words());
                project = there;
            }
            let edit = random_edit(chance.below(u64::MAX), &project.campaign);
            project
                .history
                .run(&mut project.campaign, edit)
                .expect("fits");
            commit(&mut store, &mut project);
            if chance.below(3) > 0 {
                project.history.close_step();
                commit(&mut store, &mut project);
            }
        }
        let end = exported(&project.campaign);
        let n_steps = project.history.mark().0;
        let half = chance.below(n_steps as u64) as usize;
        for step in 0..n_steps {
            if step == half {
                (store, project) = reopened(&path, store);
            }
            project.history.undo(&mut project.campaign).expect("fits");
            commit(&mut store, &mut project);
        }
        assert_eq!(project.history.undo_words(), None);
        assert_eq!(
            exported(&project.campaign),
            exported(&Campaign::default()),
            "{sequence}"
        );
        (store, project) = reopened(&path, store);
        assert_eq!(
            exported(&project.campaign),
            exported(&Campaign::default()),
            "{sequence}"
        );
        for _ in 0..n_steps {
            project.history.redo(&mut project.campaign).expect("fits");
            commit(&mut store, &mut project);
        }
        assert_eq!(exported(&project.campaign), end, "{sequence}");
        let (store, there) = reopened(&path, store);
        assert_eq!(exported(&there.campaign), end, "{sequence}");
        drop(store);
    }
}
