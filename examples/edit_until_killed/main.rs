//! Edits the list of a project until it has 500 steps or somebody kills it, and says of each step when it is on the disk.
//!
//! `cargo run --example edit_until_killed -- PROJECT.isthmus`; the test `project::kill` does that two hundred times.

use std::io::Write as _;
use std::path::PathBuf;

use isthmus::progress::Progress;
use isthmus::project::{Change, open};

mod random_edits;

/// Steps after which it ends by itself.
const STEPS: usize = 500;

fn main() {
    let path = PathBuf::from(std::env::args().nth(1).expect("the path of a project"));
    let opened = open(&path, true, &Progress::new()).expect("a project that can be opened");
    let mut store = opened.store.expect("a project that nobody else has open");
    let (mut campaign, mut history) = (opened.project.campaign, opened.project.history);
    let mut out = std::io::stdout();
    for number in history.mark().0..STEPS {
        let edit = random_edits::random_edit(number as u64, &campaign);
        history
            .run(&mut campaign, edit)
            .expect("an edit that can be made");
        history.close_step();
        for happened in history.take_happened() {
            let change = Change::Happened(happened);
            store.commit(&change).expect("room on the disk");
        }
        writeln!(out, "{}", number + 1).expect("somebody who reads");
        out.flush().expect("somebody who reads");
    }
    store.close().expect("a disk that still works");
}
