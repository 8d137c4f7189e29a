//! The outreach list, its edits, and taking them back.

use isthmus::analysis::Resolution;
use isthmus::campaign::plan::{Limit, PlanSettings};
use isthmus::campaign::{
    Campaign, CommunityLook, Edit, EditError, Entry, Filter, History, MapChoices, Status,
    from_json, to_json,
};
use proptest::prelude::*;

fn with(people: &[&str]) -> Campaign {
    let mut campaign = Campaign::default();
    let entries = people
        .iter()
        .map(|p| (usize::MAX, Entry::new(*p, p.to_uppercase())))
        .collect();
    campaign
        .apply(Edit::Insert(entries))
        .expect("all different");
    campaign
}

fn order(campaign: &Campaign) -> Vec<&str> {
    campaign
        .outreach_list
        .entries()
        .iter()
        .map(|e| e.person.as_str())
        .collect()
}

#[test]
fn a_person_removed_and_put_back_keeps_place_status_and_note() {
    let mut campaign = with(&["ana", "ben", "cleo"]);
    let mut history = History::default();
    history
        .run(
            &mut campaign,
            Edit::SetStatus {
                person: "ben".into(),
                status: Status::Ambassador,
            },
        )
        .expect("on the list");
    history
        .run(
            &mut campaign,
            Edit::SetNote {
                person: "ben".into(),
                note: "met in Lisbon".into(),
            },
        )
        .expect("on the list");
    let before = campaign.clone();
    let words = history
        .run(&mut campaign, Edit::Remove(vec!["ben".into()]))
        .expect("on the list");
    assert_eq!(words, "remove BEN");
    assert_eq!(order(&campaign), ["ana", "cleo"]);
    assert_eq!(
        history
            .undo(&mut campaign)
            .expect("can be taken back")
            .as_deref(),
        Some("remove BEN")
    );
    assert_eq!(campaign, before);
}

#[test]
fn typing_a_note_is_one_step_until_the_focus_leaves() {
    let mut campaign = with(&["ana"]);
    let mut history = History::default();
    for text in ["h", "he", "hey"] {
        history
            .run(
                &mut campaign,
                Edit::SetNote {
                    person: "ana".into(),
                    note: text.into(),
                },
            )
            .expect("on the list");
    }
    history.close_step();
    history
        .run(
            &mut campaign,
            Edit::SetNote {
                person: "ana".into(),
                note: "hey you".into(),
            },
        )
        .expect("on the list");
    history.undo(&mut campaign).expect("step");
    assert_eq!(campaign.outreach_list.entries()[0].note, "hey");
    history.undo(&mut campaign).expect("step");
    assert_eq!(campaign.outreach_list.entries()[0].note, "");
    assert_eq!(history.undo(&mut campaign).expect("nothing left"), None);
    history.redo(&mut campaign).expect("step");
    assert_eq!(campaign.outreach_list.entries()[0].note, "hey");
}

#[test]
fn nobody_stands_on_the_list_twice() {
    let mut campaign = with(&["ana"]);
    let before = campaign.clone();
    let again = campaign.apply(Edit::add(Entry::new("ana", "Ana")));
    assert_eq!(again, Err(EditError::AlreadyOnList("ana".into())));
    let twice = Edit::Insert(vec![
        (0, Entry::new("ben", "Ben")),
        (1, Entry::new("ben", "Ben")),
    ]);
    assert_eq!(
        campaign.apply(twice),
        Err(EditError::AlreadyOnList("ben".into()))
    );
    assert_eq!(campaign, before);
}

#[test]
fn a_kept_campaign_comes_back_and_a_newer_one_is_refused() {
    let mut campaign = with(&["ana", "寿司太郎"]);
    campaign
        .apply(Edit::SetStatus {
            person: "ana".into(),
            status: Status::DoNotContact,
        })
        .expect("on the list");
    campaign
        .apply(Edit::SetNote {
            person: "ana".into(),
            note: "line 1\n\"line 2\"".into(),
        })
        .expect("on the list");
    assert_eq!(
        from_json(&to_json(&campaign)).expect("our own document"),
        campaign
    );
    let newer = to_json(&campaign).replace("\"isthmus_campaign\": 3", "\"isthmus_campaign\": 9");
    assert!(
        from_json(&newer)
            .expect_err("newer")
            .to_string()
            .contains("version 9")
    );
    assert!(from_json("{").is_err());
    let [first, second] = ["likes eel", "likes tuna"]
        .map(|note| format!(r#"{{ "person": "ana", "name": "Ana", "note": "{note}" }}"#));
    let twice = format!(r#"{{ "isthmus_campaign": 1, "outreach_list": [{first}, {second}] }}"#);
    let kept = from_json(&twice).expect("a document edited by hand");
    let notes: Vec<&str> = (kept.outreach_list.entries().iter().map(|e| &*e.note)).collect();
    assert_eq!(notes, ["likes eel"], "nobody stands on the list twice");
}

/// Any edit on people a to f; many cannot be made, which must change nothing.
fn any_edit() -> impl Strategy<Value = Edit> {
    let person = || "[a-f]";
    prop_oneof![
        prop::collection::vec((0usize..8, person()), 1..4).prop_map(|p| Edit::Insert(
            p.into_iter()
                .map(|(at, p)| (at, Entry::new(p.clone(), p)))
                .collect()
        )),
        prop::collection::vec(person(), 1..4).prop_map(Edit::Remove),
        (person(), 0usize..8).prop_map(|(person, to)| Edit::Move { person, to }),
        (person(), 0usize..6).prop_map(|(person, s)| Edit::SetStatus {
            person,
            status: Status::ALL[s]
        }),
        (person(), "[a-z]{0,3}").prop_map(|(person, note)| Edit::SetNote { person, note }),
        prop::collection::vec(person(), 1..4).prop_map(Edit::Order),
        (1u32..6).prop_map(|touchpoints| Edit::SetPlan(Box::new(PlanSettings {
            touchpoints,
            ..PlanSettings::default()
        }))),
        any_choices().prop_map(|map| Edit::SetMap {
            map: Box::new(map),
            words: "change the map".to_owned(),
        }),
    ]
}

/// Choices about a map of people a to f.
fn any_choices() -> impl Strategy<Value = MapChoices> {
    let people = || prop::collection::btree_set("[a-f]", 0..3);
    let looks = prop::collection::btree_map("[a-f]", (prop::option::of("[A-C]"), 0u8..12), 0..3);
    let pinned = prop::collection::btree_map("[a-f]", [-9.0f32..9.0, -9.0f32..9.0], 0..3);
    let filter = (people(), prop::option::of("[a-f]"), any::<bool>());
    (
        looks,
        pinned,
        filter,
        ["[a-f]", "[a-f]"],
        0u64..4,
        any::<bool>(),
    )
        .prop_map(
            |(looks, pinned, (hidden, isolated, small_groups), pair, layout, auto)| {
                let look = |(member, (name, colour))| {
                    let colour = Some(colour);
                    (member, CommunityLook { name, colour })
                };
                MapChoices {
                    resolution: if auto {
                        Resolution::Auto
                    } else {
                        Resolution::Fixed(1.4)
                    },
                    joined: [pair].into(),
                    looks: looks.into_iter().map(look).collect(),
                    filter: Filter {
                        hidden,
                        small_groups,
                        isolated,
                        ..Filter::default()
                    },
                    pinned,
                    layout,
                    ..MapChoices::default()
                }
            },
        )
}

proptest! {
    #[test]
    fn undoing_everything_leads_back_to_the_start_and_redoing_to_the_end(edits in prop::collection::vec(any_edit(), 0..40)) {
        let start = with(&["a", "b", "c"]);
        let mut campaign = start.clone();
        let mut history = History::default();
        for edit in edits {
            let before = campaign.clone();
            if history.run(&mut campaign, edit).is_err() {
                prop_assert_eq!(&campaign, &before);
            }
        }
        let end = campaign.clone();
        while history.undo(&mut campaign).expect("every step can be taken back").is_some() {}
        prop_assert_eq!(&campaign, &start);
        while history.redo(&mut campaign).expect("every step can be done again").is_some() {}
        prop_assert_eq!(&campaign, &end);
    }
}

#[test]
fn one_person_for_another_is_one_step_that_keeps_the_place_and_gives_the_note_back() {
    let mut campaign = with(&["ana", "ben", "cleo"]);
    let note = Edit::SetNote {
        person: "ben".into(),
        note: "met in Lisbon".into(),
    };
    campaign.apply(note).expect("on the list");
    let before = campaign.clone();
    let mut history = History::default();
    let swap = |by: &str| Edit::Replace {
        person: "ben".into(),
        by: Entry::new(by, by.to_uppercase()),
    };
    let words = history.run(&mut campaign, swap("dora"));
    assert_eq!(words, Ok("swap BEN for DORA".to_owned()));
    assert_eq!(order(&campaign), ["ana", "dora", "cleo"]);
    let after = campaign.clone();
    history.undo(&mut campaign).expect("can be taken back");
    assert_eq!(campaign, before);
    history.redo(&mut campaign).expect("can be done again");
    assert_eq!(campaign, after);

    let gone = Err(EditError::NotOnList("ben".into()));
    assert_eq!(campaign.apply(swap("emil")), gone);
    let twice = Edit::Replace {
        person: "dora".into(),
        by: Entry::new("ana", "ANA"),
    };
    let there = Err(EditError::AlreadyOnList("ana".into()));
    assert_eq!(campaign.apply(twice), there);
    assert_eq!(campaign, after, "nothing has changed then");
}

#[test]
fn the_settings_of_a_plan_are_kept_and_strange_numbers_lose_nothing() {
    let mut campaign = with(&["ana"]);
    let mut plan = PlanSettings {
        limit: Limit::Budget(120.5),
        touchpoints: 3,
        spread: 0.5,
        reach_cap: Some(50_000.0),
        least_connections: 2,
        pick_from: Some(["ana".to_owned(), "eve".to_owned()].into()),
        weights: [("ben".to_owned(), 0.0)].into(),
        ..PlanSettings::default()
    };
    plan.costs.of.insert("ana".into(), 12.0);
    plan.contacted.insert("ben".into());
    plan.excluded.insert("cleo".into());
    plan.pinned.insert("dan".into());
    campaign
        .apply(Edit::SetPlan(Box::new(plan.clone())))
        .expect("any settings");
    let kept = from_json(&to_json(&campaign)).expect("our own document");
    assert_eq!(kept, campaign);

    // A first version had no plan.
    let first =
        r#"{ "isthmus_campaign": 1, "outreach_list": [{ "person": "ana", "name": "Ana" }] }"#;
    let kept = from_json(first).expect("the first version");
    assert_eq!(kept.plan, PlanSettings::default());
    assert!(kept.outreach_list.has("ana"));

    plan.spread = f64::NAN;
    plan.limit = Limit::Budget(f64::INFINITY);
    plan.costs.each = f64::NAN;
    plan.reach_cap = Some(f64::INFINITY);
    plan.weights.insert("cleo".to_owned(), f64::NAN);
    campaign
        .apply(Edit::SetPlan(Box::new(plan)))
        .expect("any settings");
    let kept = from_json(&to_json(&campaign)).expect("still our own document");
    assert!(kept.outreach_list.has("ana"), "the list is not lost");
    assert_eq!(kept.plan.reach_cap, None);
}

proptest! {
    #[test]
    fn what_is_decided_about_the_map_is_kept(map in any_choices()) {
        let mut campaign = with(&["ana"]);
        campaign.map = map;
        let kept = from_json(&to_json(&campaign)).expect("our own document");
        prop_assert_eq!(kept, campaign);
    }
}

#[test]
fn a_list_that_knew_of_no_map_is_read_and_a_resolution_that_cannot_be_is_the_plain_one() {
    let list = r#""outreach_list": [{ "person": "ana", "name": "Ana" }]"#;
    let second = format!(r#"{{ "isthmus_campaign": 2, {list}, "plan": {{ "touchpoints": 3 }} }}"#);
    let kept = from_json(&second).expect("the second version");
    assert_eq!(kept.map, MapChoices::default());
    assert_eq!(kept.plan.touchpoints, 3);
    assert!(kept.outreach_list.has("ana"));

    let map = r#""map": { "resolution": { "fixed": -2.0 } }"#;
    let third = format!(r#"{{ "isthmus_campaign": 3, {list}, {map} }}"#);
    let kept = from_json(&third).expect("a document edited by hand");
    assert_eq!(kept.map, MapChoices::default());
    assert!(kept.outreach_list.has("ana"));
}

#[test]
fn an_order_is_one_step_and_leaves_the_others_where_they_are() {
    let keys = |campaign: &Campaign| -> String {
        let entries = campaign.outreach_list.entries().iter();
        entries.map(|e| e.person.as_str()).collect()
    };
    let mut campaign = with(&["a", "b", "c", "d", "e"]);
    let order = ["e", "a", "c"].map(str::to_owned).to_vec();
    let back = campaign.apply(Edit::Order(order)).expect("all are listed");
    assert_eq!(keys(&campaign), "ebadc", "b and d stay");
    campaign.apply(back).expect("the way back");
    assert_eq!(keys(&campaign), "abcde");
    let unknown = Edit::Order(vec!["a".into(), "x".into()]);
    assert!(campaign.apply(unknown).is_err());
    let twice = Edit::Order(vec!["a".into(), "a".into()]);
    assert!(campaign.apply(twice).is_err());
    assert_eq!(keys(&campaign), "abcde", "nothing has changed");
}
