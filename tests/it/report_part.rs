//! The report about a part of a conversation: it says which, and draws nobody else.

use std::sync::Arc;

use isthmus::campaign::Campaign;
use isthmus::progress::Progress;
use isthmus::session::{self, ReportOrder, Results, Start, WalkSettings};

/// The sample, with everybody in their place.
fn walked() -> (Results, isthmus::layout::Positions) {
    let progress = Progress::new();
    let settings = WalkSettings::default();
    let conversation = session::read(&[session::sample()], &settings.import, &progress);
    let conversation = Arc::new(conversation.expect("the sample"));
    let results = session::analyse(&conversation, &settings, &progress);
    let mut results = results.expect("nobody cancels");
    let positions = session::arrange(&mut results, &Start::default(), &progress, &|_| {});
    (results, positions.expect("nobody cancels"))
}

#[test]
fn a_page_about_a_part_says_which_and_draws_nobody_else() {
    let (results, positions) = walked();
    let n = results.graph.n_people();
    let mut shown = isthmus::explore::ShownPart {
        people: vec![true; n],
        ..Default::default()
    };
    let best = session::by_bridge_rank(&results.analysis)[0];
    shown.people[best.index()] = false;
    shown.counts.people = n as u64 - 1;
    shown.counts.all_people = n as u64;
    let part = isthmus::export::report::ReportedPart {
        style: isthmus::render::PartStyle {
            part: Arc::new(shown),
            dims: true,
            words: "contains “<rice>”".to_owned(),
        },
        is_analysed: true,
    };
    let page = |part: Option<&isthmus::export::report::ReportedPart>| {
        let order = ReportOrder {
            results: &results,
            positions: &positions,
            campaign: &Campaign::default(),
            title: "Sushi",
            proposed: None,
            log: &[],
            changes: None,
            part,
        };
        let bytes = session::report(&order, &Progress::new()).expect("nobody cancels");
        String::from_utf8(bytes).expect("text")
    };
    let whole = page(None);
    let analysed = page(Some(&part));
    assert!(
        analysed.contains("about a part of the conversation: contains “&lt;rice>”")
            || analysed.contains("about a part of the conversation: contains “&lt;rice&gt;”")
    );
    assert!(analysed.contains(&format!("{} of {n} people are in it", n - 1)));
    assert_ne!(
        pictures(&analysed),
        pictures(&whole),
        "somebody is not drawn"
    );
    let beside = isthmus::export::report::ReportedPart {
        is_analysed: false,
        ..part.clone()
    };
    let beside = page(Some(&beside));
    assert!(beside.contains("this page is about the whole conversation"));
    assert_eq!(pictures(&beside), pictures(&whole));
}

/// The pictures of a page, as they stand in it.
fn pictures(page: &str) -> Vec<&str> {
    let parts = page.split("src=\"data:image/").skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}
