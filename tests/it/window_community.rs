//! The card of a community in the whole window: it is made beside it, follows its people, and tells nothing while names are hidden.

use egui_kittest::kittest::Queryable as _;
use isthmus::app::{Command, Tab};
use isthmus::session::NameMask;

use super::window::{ask, is_ready, until, window};

#[test]
fn a_card_is_made_follows_its_people_and_hides_their_words() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    let map = window.state().model().map.as_ref().expect("a map");
    let list = &map.results.analysis.communities.list;
    let id = isthmus::analysis::CommunityId(1);
    let (name, member) = (list[1].name.clone(), list[1].member);
    assert!(
        list.iter()
            .filter(|c| !c.small)
            .all(|c| c.alternatives.len() == 2)
    );
    assert!(list.iter().all(|c| c.evidence.len() == c.words.len()));
    ask(&mut window, [Command::ShowCommunity(Some(id))]);
    assert_eq!(window.state().model().tab, Tab::Community);
    let facts = |app: &isthmus::app::App| {
        let map = app.model().map.as_ref();
        map.and_then(|map| map.closer.community.clone())
    };
    until(&mut window, "the card", |app| facts(app).is_some());
    let made = facts(window.state()).expect("there");
    assert!(!made.hashtags.is_empty() && made.posts > 0);
    let tag = made.hashtags[0].what.clone();
    window.run();
    window.get_by_label_contains(&format!("Copy {tag}, "));
    window.get_by_label_contains("Posts by day (UTC): ");

    // What is lit is what is read about.
    let other = isthmus::analysis::CommunityId(2);
    ask(&mut window, [Command::Isolate(Some(other))]);
    assert_eq!(window.state().model().community, Some(other));
    ask(&mut window, [Command::Isolate(None)]);
    assert_eq!(window.state().model().community, Some(other));
    ask(&mut window, [Command::ShowCommunity(Some(id))]);

    // Under another name it is the same card.
    ask(
        &mut window,
        [Command::NameCommunity(id, "Cooks".to_owned())],
    );
    until(&mut window, "the name", |app| {
        let map = app.model().map.as_ref().expect("a map");
        map.results.analysis.communities.list[1].name == "Cooks"
    });
    window.run_steps(4);
    window.get_by_label(&format!("Call it {name}"));

    // Merged with the largest, the card is about the community that its people are in now.
    let largest = isthmus::analysis::CommunityId(0);
    ask(&mut window, [Command::MergeCommunities(largest, id)]);
    until(&mut window, "the merge", |app| {
        let map = app.model().map.as_ref().expect("a map");
        let of = &map.results.analysis.communities.of;
        app.model().community == of[member.index()]
            && facts(app).is_some()
            && of[member.index()] == Some(largest)
    });

    // While names are hidden nothing of the posts is told.
    ask(&mut window, [Command::SetNameMask(NameMask::Numbers)]);
    until(&mut window, "hidden names", is_ready);
    window.run_steps(10);
    assert!(window.query_by_label_contains("Copy #").is_none());
    assert!(window.query_by_label_contains(", used by ").is_none());
    window.get_by_label_contains("Not shown while names are hidden: they come from posts");

    // Closed, the tab goes back to another one.
    ask(&mut window, [Command::ShowCommunity(None)]);
    assert_ne!(window.state().model().tab, Tab::Community);
    ask(&mut window, [Command::CloseMap]);
    assert_eq!(window.state().model().community, None);
}
