//! What has changed from one file to the next: small worlds made by hand, with what they must give told beforehand.

mod properties;
mod update;
mod worlds;

use isthmus::campaign::{Campaign, CommunityLook, Edit, Entry, MapChoices, Status};
use isthmus::changes::{
    BridgeChange, Changes, CommunityThen, Fate, Listed, changes, looks_carried,
};

use worlds::World;

fn of(before: &World, after: &World) -> Changes {
    changes(&before.snapshot(), &after.snapshot(), &Campaign::default())
}

fn keys(all: &[Box<str>]) -> Vec<&str> {
    all.iter().map(|key| &**key).collect()
}

/// Fate, name before, name after, people in both.
fn rows(changes: &Changes) -> Vec<(Fate, &str, &str, u64)> {
    let rows = changes.matched.iter();
    rows.map(|row| {
        let name = |then: &Option<CommunityThen>| then.as_ref().map(|then| then.name.len());
        let before = row.before.as_ref().map_or("", |then| then.name.as_str());
        let after = row.after.as_ref().map_or("", |then| then.name.as_str());
        assert_ne!((name(&row.before), name(&row.after)), (None, None));
        (row.fate, before, after, row.shared)
    })
    .collect()
}

const FOODIES: &[&str] = &["f1", "f2", "f3", "f4", "f5", "f6"];
const BARS: &[&str] = &["b1", "b2", "b3", "b4"];

#[test]
fn people_come_go_and_stay_by_their_keys() {
    let before = World::new(&[("Foodies", FOODIES), ("Bars", BARS)], &["old"], &[]);
    let now: &[&str] = &["f1", "f2", "f3", "f4", "f5", "zoe"];
    let after = World::new(&[("Foodies", now), ("Bars", BARS)], &["alone"], &[]);
    let changes = of(&before, &after);
    assert_eq!((changes.people.before, changes.people.after), (11, 11));
    assert_eq!(changes.stayed, 9);
    assert_eq!(keys(&changes.new.keys), ["alone", "zoe"]);
    assert_eq!(keys(&changes.gone.keys), ["f6", "old"]);
    let first: Vec<(&str, &str, u32)> = changes
        .new
        .first
        .iter()
        .map(|who| (who.name.as_str(), who.community.as_str(), who.connections))
        .collect();
    assert_eq!(first, [("ZOE", "Foodies", 2), ("ALONE", "No ties", 0)]);
    assert!(changes.is_new("zoe") && !changes.is_new("f1") && !changes.is_new("f6"));
    assert_eq!(
        changes.words(),
        "9 people stayed, 2 new, 2 gone; 0 new bridges, 0 lost"
    );
}

#[test]
fn somebody_moved_where_both_files_are_sure_of_it_and_the_old_community_is_still_there() {
    let before = World::new(&[("Foodies", FOODIES), ("Bars", BARS)], &[], &[]);
    let left: &[&str] = &["f1", "f2", "f3", "f4", "f5"];
    let came: &[&str] = &["b1", "b2", "b3", "b4", "f6"];
    let after = World::new(&[("Foodies", left), ("Bars", came)], &[], &[]);
    let changes = of(&before, &after);
    let moved = changes.moved.iter();
    let moved: Vec<_> = moved
        .map(|m| (&*m.person, &*m.community.before, &*m.community.after))
        .collect();
    assert_eq!(moved, [("f6", "Foodies", "Bars")]);
    assert_eq!(changes.was_in("f6"), Some("Foodies"));
    assert_eq!(changes.was_in("f1"), None);
    for sure in [(0.6, 1.0), (1.0, 0.6)] {
        let before = before.clone().unsure("f6", sure.0);
        let after = after.clone().unsure("f6", sure.1);
        assert_eq!(of(&before, &after).moved, [], "{sure:?}");
    }
    let sure_enough = of(&before.unsure("f6", 0.8), &after.unsure("f6", 0.8));
    assert_eq!(sure_enough.moved.len(), 1);
}

#[test]
fn a_community_is_the_same_by_its_members_whatever_it_is_called_and_whoever_came() {
    // Of 6 foodies 3 stayed, among 12 newcomers: all who can be compared are together.
    let before = World::new(&[("Foodies", FOODIES), ("Bars", BARS)], &[], &[]);
    let grown: Vec<String> = (0..12).map(|i| format!("n{i:02}")).collect();
    let mut members: Vec<&str> = grown.iter().map(String::as_str).collect();
    members.extend(["f1", "f2", "f3"]);
    let after = World::new(&[("Ramen", &members), ("Bars", BARS)], &[], &[]);
    assert_eq!(
        rows(&of(&before, &after)),
        [
            (Fate::Same, "Foodies", "Ramen", 3),
            (Fate::Same, "Bars", "Bars", 4),
        ]
    );
}

#[test]
fn two_people_who_stayed_are_no_community_that_goes_on() {
    let before = World::new(&[("Foodies", FOODIES)], &[], &[]);
    let now: &[&str] = &["f1", "f2", "x1", "x2", "x3", "x4"];
    let after = World::new(&[("Strangers", now)], &[], &[]);
    assert_eq!(
        rows(&of(&before, &after)),
        [
            (Fate::New, "", "Strangers", 0),
            (Fate::Gone, "Foodies", "", 0)
        ]
    );
}

#[test]
fn one_that_falls_into_two_goes_on_as_the_larger_and_the_other_split_off() {
    let all: &[&str] = &["a1", "a2", "a3", "a4", "a5", "a6", "a7"];
    let before = World::new(&[("All", all)], &[], &[]);
    let after = World::new(&[("Large", &all[..4]), ("Less", &all[4..])], &[], &[]);
    let split = of(&before, &after);
    // 4 of 7 and 3 of 7 members: both over 0.3, the larger comes first.
    assert_eq!(
        rows(&split),
        [
            (Fate::Same, "All", "Large", 4),
            (Fate::SplitOff, "All", "Less", 3)
        ]
    );
    assert_eq!(split.moved, [], "nobody moves who goes with their part");
    let merged = of(&after, &before);
    assert_eq!(
        rows(&merged),
        [
            (Fate::Same, "Large", "All", 4),
            (Fate::Merged, "Less", "All", 3)
        ]
    );
    assert_eq!(merged.moved, []);
}

#[test]
fn one_that_falls_into_four_equal_parts_is_gone_and_the_parts_split_off() {
    let names: Vec<String> = (0..16).map(|i| format!("p{i:02}")).collect();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let before = World::new(&[("All", &all)], &[], &[]);
    let parts = [&all[..4], &all[4..8], &all[8..12], &all[12..]];
    let groups: Vec<(&str, &[&str])> = ["A", "B", "C", "D"].into_iter().zip(parts).collect();
    let after = World::new(&groups, &[], &[]);
    // A quarter each: under 0.3.
    let fates: Vec<Fate> = of(&before, &after).matched.iter().map(|r| r.fate).collect();
    let off = Fate::SplitOff;
    assert_eq!(fates, [off, off, off, off, Fate::Gone]);
}

#[test]
fn the_most_alike_are_matched_first_and_each_once() {
    // Foodies: 4 went to Ramen (4 of 7), 2 to Bars (2 of 8 would not do). Bars: all 4 stayed (4 of 6).
    let before = World::new(&[("Foodies", FOODIES), ("Bars", BARS)], &[], &[]);
    let ramen: &[&str] = &["f1", "f2", "f3", "f4"];
    let bars: &[&str] = &["b1", "b2", "b3", "b4", "f5", "f6"];
    let after = World::new(&[("Ramen", ramen), ("Bars", bars)], &[], &[]);
    let changes = of(&before, &after);
    assert_eq!(
        rows(&changes),
        [
            (Fate::Same, "Bars", "Bars", 4),
            (Fate::Same, "Foodies", "Ramen", 4),
        ]
    );
    let moved: Vec<&str> = changes.moved.iter().map(|m| &*m.person).collect();
    assert_eq!(moved, ["f5", "f6"]);
}

/// 60 people in one community, of whom the first are bridges, the best first.
fn with_bridges(best: &[&str]) -> World {
    let names: Vec<String> = (0..60).map(|i| format!("p{i:02}")).collect();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let scores: Vec<(&str, f64)> = best
        .iter()
        .copied()
        .zip((1..=99).rev().map(f64::from))
        .collect();
    World::new(&[("All", &all)], &[], &scores)
}

#[test]
fn a_bridge_is_new_or_lost_only_where_the_rank_in_the_other_file_is_far_off() {
    let names: Vec<String> = (0..60).map(|i| format!("p{i:02}")).collect();
    let order: Vec<&str> = names.iter().map(String::as_str).collect();
    let before = with_bridges(&order);
    // The last becomes the best: everybody else goes one down. Rank 25 and rank 26 change places by that, which says nothing.
    let mut turned = order.clone();
    turned.rotate_right(1);
    let after = with_bridges(&turned);
    let changes = of(&before, &after);
    let new = &changes.new_bridges;
    assert_eq!(new.len(), 1);
    assert_eq!(new[0].who.person, "p59");
    assert_eq!((new[0].rank.before, new[0].rank.after), (Some(60), Some(1)));
    assert_eq!(changes.lost_bridges, []);
    let back = of(&after, &before);
    assert_eq!(back.lost_bridges.len(), 1);
    assert_eq!(back.lost_bridges[0].who.person, "p59");
    assert_eq!(back.new_bridges, []);
}

#[test]
fn whoever_joins_nothing_is_no_bridge_whatever_the_rank() {
    let before = with_bridges(&["p00", "p01"]);
    let after = with_bridges(&["p01", "p02"]);
    let changes = of(&before, &after);
    let who = |bridges: &[BridgeChange]| -> Vec<String> {
        bridges.iter().map(|b| b.who.person.clone()).collect()
    };
    assert_eq!(who(&changes.new_bridges), ["p02"]);
    assert_eq!(who(&changes.lost_bridges), ["p00"]);
    // In that file p00 still has a rank, but a score of 0.
    assert_eq!(changes.lost_bridges[0].rank.after, None);
    let words = changes.rank_words(&changes.lost_bridges[0]);
    assert_eq!((&*words.before, &*words.after), ("1", "none"));
}

#[test]
fn the_list_is_told_before_and_after_with_sums_of_those_in_both() {
    let before = World::new(&[("Foodies", FOODIES)], &[], &[("f1", 5.0), ("f2", 3.0)]);
    let now: &[&str] = &["f1", "f3", "f4", "f5", "f6"];
    let after = World::new(&[("Foodies", now)], &[], &[("f1", 8.0)]);
    let mut campaign = Campaign::default();
    let entries = ["f1", "f2", "nobody"].map(|p| (usize::MAX, Entry::new(p, p)));
    campaign
        .apply(Edit::Insert(entries.to_vec()))
        .expect("all different");
    campaign
        .apply(Edit::SetStatus {
            person: "f1".into(),
            status: Status::Ambassador,
        })
        .expect("on the list");
    let changes = changes(&before.snapshot(), &after.snapshot(), &campaign);
    let [one, two, none] = &changes.list[..] else {
        panic!("three people: {:?}", changes.list)
    };
    assert_eq!((&*one.person, one.status), ("f1", Status::Ambassador));
    let rank = |l: &Listed| {
        (
            l.standing.before.map(|s| s.rank),
            l.standing.after.map(|s| s.rank),
        )
    };
    assert_eq!(rank(one), (Some(1), Some(1)));
    assert_eq!(rank(two), (Some(2), None), "gone");
    assert_eq!(rank(none), (None, None));
    let sums = changes.sums();
    assert_eq!(sums.people, 1);
    let across = sums.connections_across;
    assert_eq!((across.before, across.after), (5, 8));
    assert_eq!((sums.score.before, sums.score.after), (5.0, 8.0));
    assert_eq!(
        changes.list_words().as_deref(),
        Some(
            "Of 3 people on the list, 1 is in the new file; those in both have 8 connections across communities, 5 before"
        )
    );
}

#[test]
fn a_changed_query_is_told_as_one() {
    let names: Vec<String> = (0..100).map(|i| format!("p{i:03}")).collect();
    let all: Vec<&str> = names.iter().map(String::as_str).collect();
    let before = World::new(&[("All", &all[..50])], &[], &[]).at(0, 10);
    // 6 of 50 are in both: 12 %.
    let after = World::new(&[("All", &all[44..94])], &[], &[]).at(10, 20);
    assert_eq!(
        of(&before, &after).warnings(),
        [
            "Only 12 % of last time's people are in the new file: this looks like another query, so compare with care"
        ]
    );
    // Fewer people, all of them known: that is no other query, but a narrower one.
    let few = World::new(&[("All", &all[..10])], &[], &[]).at(10, 20);
    let warnings = of(&before, &few).warnings();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert!(warnings[0].starts_with("The new file has 10 people, the one before 50"));
    // Of few people, few known.
    let others = World::new(&[("All", &all[49..69])], &[], &[]).at(10, 20);
    let warnings = of(&before, &others).warnings();
    assert!(
        warnings[0].starts_with("Only 5 % of the people in the new file were there last time"),
        "{warnings:?}"
    );
}

#[test]
fn times_that_make_a_comparison_odd_are_told() {
    let world = || World::new(&[("Foodies", FOODIES)], &[], &[]);
    let told = |before: World, after: World| of(&before, &after).warnings();
    assert_eq!(told(world().at(0, 10), world().at(10, 20)), [""; 0]);
    let older = told(world().at(10, 20), world().at(0, 10));
    assert_eq!(
        older,
        [
            "The new file is older than the one before: its posts end on 11 Jan 1970, those before on 21 Jan 1970, so new and \
             gone may have to be read the other way round"
        ]
    );
    let same = told(world().at(0, 10), world().at(4, 14));
    assert!(
        same.len() == 1 && same[0].starts_with("Both files cover the same days for 60 %"),
        "{same:?}"
    );
    let longer = told(world().at(0, 7), world().at(7, 37));
    assert_eq!(
        longer,
        [
            "The new file covers 30 days, the one before 7 days: a longer time alone brings more people"
        ]
    );
    let mut timeless = world();
    timeless.time_range = None;
    let without = told(world(), timeless);
    assert!(
        without.len() == 1 && without[0].starts_with("Not both files say when people posted"),
        "{without:?}"
    );
}

fn look(name: Option<&str>, colour: Option<u8>) -> CommunityLook {
    CommunityLook {
        name: name.map(str::to_owned),
        colour,
    }
}

#[test]
fn names_and_colours_stay_with_their_communities_when_numbers_change() {
    let before = World::new(&[("foodies", FOODIES), ("bars", BARS)], &[], &[]);
    // The bars grow past the foodies, who lose the member by whom the person had named them.
    let grown: &[&str] = &["b1", "b2", "b3", "b4", "b5", "b6", "b7"];
    let left: &[&str] = &["f2", "f3", "f4", "f5", "f6"];
    let new: &[&str] = &["x1", "x2", "x3"];
    let after = World::new(
        &[("bars", grown), ("foodies", left), ("new", new)],
        &[],
        &[],
    );
    let mut choices = MapChoices::default();
    choices
        .looks
        .insert("f1".into(), look(Some("Gourmets"), None));
    choices
        .looks
        .insert("away".into(), look(Some("Asleep"), None));
    let looks = looks_carried(&before.snapshot(), &after.snapshot(), &choices);
    let expected = [
        ("away", look(Some("Asleep"), None)),
        ("b1", look(None, Some(1))),
        ("f2", look(Some("Gourmets"), Some(0))),
    ];
    let expected = expected.map(|(key, look)| (key.to_owned(), look));
    assert_eq!(looks, expected.into());
}

#[test]
fn a_new_community_takes_no_colour_that_belongs_to_another_one() {
    let before = World::new(&[("foodies", FOODIES), ("bars", BARS)], &[], &[]);
    let new: &[&str] = &["x1", "x2", "x3", "x4", "x5", "x6", "x7"];
    let after = World::new(
        &[("new", new), ("foodies", FOODIES), ("bars", BARS)],
        &[],
        &[],
    );
    let looks = looks_carried(
        &before.snapshot(),
        &after.snapshot(),
        &MapChoices::default(),
    );
    // Foodies keep place 0 and bars place 1 although they are second and third now: the new one takes the first free place.
    let expected = [
        ("b1", look(None, Some(1))),
        ("f1", look(None, Some(0))),
        ("x1", look(None, Some(2))),
    ];
    let expected = expected.map(|(key, look)| (key.to_owned(), look));
    assert_eq!(looks, expected.into());
}

#[test]
fn places_of_looks_are_those_of_the_palette() {
    // Thirteen communities that come in the other order: place 12 does not exist, so the thirteenth has none to keep.
    let n_places = isthmus::render::palette(isthmus::render::Theme::Light)
        .communities
        .len();
    let names: Vec<Vec<String>> = (0..=n_places)
        .map(|c| (0..20 - c).map(|i| format!("c{c:02}p{i:02}")).collect())
        .collect();
    let groups: Vec<Vec<&str>> = names
        .iter()
        .map(|g| g.iter().map(String::as_str).collect())
        .collect();
    let before: Vec<(&str, &[&str])> = groups.iter().map(|g| ("c", &g[..])).collect();
    // All but three of each are gone, so that they stand by their first member, and the last with four comes first.
    let after: Vec<(&str, &[&str])> = (groups.iter().enumerate())
        .map(|(at, g)| ("c", &g[..if at == n_places { 4 } else { 3 }]))
        .collect();
    let before = World::new(&before, &[], &[]);
    let after = World::new(&after, &[], &[]);
    let looks = looks_carried(
        &before.snapshot(),
        &after.snapshot(),
        &MapChoices::default(),
    );
    let places: Vec<Option<u8>> = looks.values().map(|look| look.colour).collect();
    assert!(
        places
            .iter()
            .flatten()
            .all(|&place| usize::from(place) < n_places)
    );
    assert_eq!(
        looks.len(),
        n_places,
        "each of the first twelve keeps its colour"
    );
    assert_eq!(looks.get("c12p00"), None);
}

#[test]
fn changes_are_kept_as_they_are() {
    let before = World::new(
        &[("Foodies", FOODIES), ("Bars", BARS)],
        &["old"],
        &[("f1", 0.1)],
    );
    let left: &[&str] = &["f1", "f2", "f3", "f4", "f5"];
    let came: &[&str] = &["b1", "b2", "b3", "b4", "f6"];
    let after = World::new(
        &[("Foodies", left), ("Bars", came)],
        &["new"],
        &[("f6", 1.7)],
    );
    let changes = of(&before, &after);
    let text = serde_json::to_string(&changes).expect("plain values become JSON");
    let read: Changes = serde_json::from_str(&text).expect("our own words");
    assert_eq!(read, changes);
    let empty: Changes = serde_json::from_str("{}").expect("what is missing is as at first");
    assert_eq!(empty, Changes::default());
}
