//! The Plan tab and the list's meter in the whole window: proposed, swapped, undone, counted.

use std::path::Path;

use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{Among, App, Command, OpenMap, PlanCommand, Tab};
use isthmus::campaign::plan::{Audience, Limit, Plan, PlanSettings, Touched, outcome};
use isthmus::campaign::{Campaign, Edit, Entry, Status};
use isthmus::people::{PersonId, thousands};

use super::window::{ask, is_ready, until, window};

fn with_sample(data: &Path) -> Harness<'static, App> {
    let mut window = window(data, vec![Command::OpenSample]);
    until(&mut window, "the finished map", is_ready);
    window
}

fn map(app: &App) -> &OpenMap {
    app.model().map.as_ref().expect("a map")
}

fn set(window: &mut Harness<'_, App>, change: impl FnOnce(&mut PlanSettings)) {
    let mut settings = window.state().model().campaign.plan.clone();
    change(&mut settings);
    let edit = Edit::SetPlan(Box::new(settings));
    ask(
        window,
        [Command::CloseStep, Command::Edit(edit), Command::CloseStep],
    );
}

fn plan(app: &App) -> &Plan {
    &app.model().plan.as_ref().expect("a plan").plan
}

fn propose(window: &mut Harness<'_, App>) {
    ask(window, [Command::Plan(PlanCommand::Propose)]);
    assert!(window.state().model().advice.proposing.is_some());
    until(window, "the plan", |app| {
        app.model().advice.proposing.is_none() && app.model().working.is_none()
    });
    window.run_ok();
}

/// What the people of `campaign`'s list bring who have still to be contacted.
fn outcome_of(app: &App, campaign: &Campaign) -> Plan {
    let results = &map(app).results;
    let audience = Audience::new(&results.graph, &results.analysis, campaign);
    let entries = campaign.outreach_list.entries().iter();
    let open = entries.filter(|e| e.status == Status::ToContact);
    let people: Vec<PersonId> = open
        .filter_map(|entry| results.graph.find(&entry.person))
        .collect();
    outcome(&audience, &people)
}

fn sentence(touched: Touched) -> String {
    let people = thousands(u64::from(touched.touched()));
    let enough = thousands(u64::from(touched.enough));
    format!("{people} people touched, {enough} at least twice")
}

fn key(app: &App, person: PersonId) -> String {
    map(app).results.graph.people[person.index()]
        .key
        .to_string()
}

fn name(app: &App, person: PersonId) -> String {
    map(app).results.graph.people[person.index()]
        .name
        .to_string()
}

fn listed(app: &App) -> Vec<String> {
    let entries = app.model().campaign.outreach_list.entries().iter();
    entries.map(|entry| entry.person.clone()).collect()
}

/// Brings what has this label into sight and clicks it.
pub(super) fn click_shown(window: &mut Harness<'_, App>, label: &str) {
    window.get_by_label(label).scroll_to_me();
    window.run_ok();
    window.get_by_label(label).click();
    window.run_ok();
}

#[test]
fn a_plan_of_fifteen_is_proposed_with_the_counts_that_its_people_have() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    set(&mut window, |settings| settings.limit = Limit::People(15));
    ask(&mut window, [Command::ShowTab(Tab::Plan)]);
    window.run_ok();
    window.get_by_label("No plan yet");
    window.get_by_label("Propose").click();
    window.step();
    until(&mut window, "the plan", |app| app.model().plan.is_some());
    window.run();

    let app = window.state();
    let people = plan(app).people();
    assert_eq!(people.len(), 15);
    let results = &map(app).results;
    let campaign = &app.model().campaign;
    let audience = Audience::new(&results.graph, &results.analysis, campaign);
    let expected = outcome(&audience, &people);
    assert_eq!(plan(app).touched, expected.touched);
    window.get_by_label(&expected.words());
    let all = expected.touched;
    window.get_by_label(&format!(
        "Everybody: {} not touched, {} less often, {} at least twice",
        thousands(u64::from(all.not)),
        thousands(u64::from(all.some)),
        thousands(u64::from(all.enough)),
    ));
    let first = name(app, people[0]);
    window.get_by_label(&format!("{first}, pick 1"));

    click_shown(&mut window, "Add all to list");
    let keys: Vec<String> = people.iter().map(|p| key(window.state(), *p)).collect();
    assert_eq!(listed(window.state()), keys);
    // What stands below the picks covers none of them.
    window.get_by_label("Suggest swaps").scroll_to_me();
    window.run_ok();
    let last = name(window.state(), people[14]);
    let last = window.get_by_label(&format!("{last}, pick 15")).rect();
    let below = window.get_by_label("The people on the list").rect();
    assert!(below.top() >= last.bottom(), "{below:?} below {last:?}");
    click_shown(&mut window, "Show all on the map");
    assert_eq!(window.state().model().selected, people);
}

#[test]
fn settings_that_have_changed_since_are_told_until_they_are_taken_back() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    propose(&mut window);
    let told = |window: &Harness<'_, App>| {
        let mut said = window.query_all_by_label_contains("have changed since this plan was made");
        said.next().is_some()
    };
    assert!(!told(&window));
    set(&mut window, |settings| settings.touchpoints = 3);
    window.run_ok();
    assert!(told(&window));
    ask(&mut window, [Command::Undo]);
    window.run_ok();
    assert!(!told(&window));
    // Somebody was contacted: the plan counted on asking others.
    let first = plan(window.state()).people()[0];
    let key = key(window.state(), first);
    ask(&mut window, [Command::AddToList(vec![first])]);
    window.run_ok();
    assert!(!told(&window), "the list alone changes no plan");
    let status = Status::Contacted;
    let edit = Edit::SetStatus {
        person: key,
        status,
    };
    ask(&mut window, [Command::Edit(edit)]);
    window.run_ok();
    assert!(told(&window));
}

#[test]
fn a_plan_that_may_pick_few_says_how_few_and_why() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let results = &map(window.state()).results;
    let connections = |i: usize| results.graph.ties.connections(i);
    let n = results.graph.n_people();
    let mut most: Vec<usize> = (0..n).map(connections).collect();
    most.sort_unstable();
    let least = most[n - 4];
    let may = (0..n).filter(|i| connections(*i) >= least).count();
    set(&mut window, |settings| {
        settings.least_connections = u32::try_from(least).expect("few");
    });
    propose(&mut window);
    assert!(plan(window.state()).picks.len() <= may);
    let people = if may == 1 { "person" } else { "people" };
    window.get_by_label_contains(&format!("Only {may} {people} may be picked"));
    let others = thousands((n - may) as u64);
    window.get_by_label_contains(&format!(
        "{others} with too few connections (fewer than {least})"
    ));
}

#[test]
fn somebody_who_is_never_picked_or_must_be_in_is_so_in_the_next_plan() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    set(&mut window, |settings| settings.limit = Limit::People(3));
    propose(&mut window);
    let people = plan(window.state()).people();
    let names: Vec<String> = people.iter().map(|p| name(window.state(), *p)).collect();
    let results = &map(window.state()).results;
    let outside = (0..results.graph.n_people() as u32).map(PersonId);
    let other = outside
        .filter(|p| !people.contains(p) && results.graph.ties.connections(p.index()) > 0)
        .min_by_key(|p| results.graph.ties.connections(p.index()))
        .expect("somebody with few connections");
    click_shown(&mut window, &format!("Never pick {}", names[0]));
    let never = &window.state().model().campaign.plan.excluded;
    assert!(never.contains(&key(window.state(), people[0])));
    let undo = window
        .state()
        .model()
        .history
        .undo_words()
        .map(str::to_owned);
    assert_eq!(undo.as_deref(), Some("change the plan's settings"));

    // Through the Person tab.
    ask(
        &mut window,
        [Command::Select(vec![other]), Command::ShowTab(Tab::Person)],
    );
    window.run_ok();
    let who = name(window.state(), other);
    let label = format!("In a plan: {who} may be picked");
    window.get_all_by_label(&label).for_each(|menu| {
        if menu.rect().left() > 900.0 {
            menu.click(); // in the Person tab, not in the map's card
        }
    });
    window.run_ok();
    window.get_by_label("Must be in").click();
    window.run_ok();
    propose(&mut window);
    let now = plan(window.state()).people();
    assert!(now.contains(&other) && !now.contains(&people[0]), "{now:?}");
}

#[test]
fn another_takes_the_place_of_a_pick_in_the_plan_and_on_the_list_as_one_step() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    set(&mut window, |settings| settings.limit = Limit::People(5));
    propose(&mut window);
    let people = plan(window.state()).people();
    ask(&mut window, [Command::AddToList(people.clone())]);
    let before = listed(window.state());
    let (out, out_name) = (people[1], name(window.state(), people[1]));
    click_shown(&mut window, &format!("Who instead of {out_name}…"));
    until(&mut window, "five who could", |app| {
        let instead = app.model().advice.instead.as_ref();
        instead.is_some_and(|i| i.choices.is_some())
    });
    window.run_ok();
    let instead = window
        .state()
        .model()
        .advice
        .instead
        .clone()
        .expect("asked");
    let choices = instead.choices.expect("found");
    assert_eq!(choices.len(), 5);
    assert!(choices.iter().all(|c| !people.contains(&c.person)));
    let new = choices[0].person;
    let line = format!("{} instead of {out_name}", name(window.state(), new));
    window.get_by_label_contains(&line).click();
    window.step();
    until(&mut window, "the other plan", |app| {
        plan(app).people() != people
    });

    let app = window.state();
    let mut expected = people.clone();
    expected[1] = new;
    assert_eq!(plan(app).people(), expected);
    let results = &map(app).results;
    let audience = Audience::new(&results.graph, &results.analysis, &app.model().campaign);
    assert_eq!(plan(app).touched, outcome(&audience, &expected).touched);
    let keys: Vec<String> = expected.iter().map(|p| key(app, *p)).collect();
    assert_eq!(listed(app), keys);
    assert!(app.model().advice.instead.is_none());
    let words = format!("swap {out_name} for {}", name(app, new));
    assert_eq!(app.model().history.undo_words(), Some(words.as_str()));
    ask(&mut window, [Command::Undo]);
    assert_eq!(listed(window.state()), before);
    assert!(listed(window.state()).contains(&key(window.state(), out)));
}

#[test]
fn for_whoever_declined_another_is_found_and_one_undo_takes_that_back() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let people: Vec<PersonId> = map(window.state()).ranking[..4].to_vec();
    ask(
        &mut window,
        [
            Command::AddToList(people.clone()),
            Command::ShowTab(Tab::List),
        ],
    );
    window.run_ok();
    let (out, out_name) = (
        key(window.state(), people[1]),
        name(window.state(), people[1]),
    );
    let button = format!("Who instead of {out_name}…");
    assert!(window.query_by_label(&button).is_none());
    let edit = Edit::SetStatus {
        person: out.clone(),
        status: Status::Declined,
    };
    ask(&mut window, [Command::Edit(edit)]);
    let declined = window.state().model().campaign.clone();
    window.run_ok();
    window.get_by_label(&button).click();
    window.step();
    until(&mut window, "those who could", |app| {
        let instead = app.model().advice.instead.as_ref();
        instead.is_some_and(|i| i.choices.is_some())
    });
    window.run_ok();
    let instead = window
        .state()
        .model()
        .advice
        .instead
        .clone()
        .expect("asked");
    assert_eq!((instead.among, instead.out), (Among::List, people[1]));
    let new = instead.choices.expect("found")[0];
    // What the line promises is what the list then has.
    let app = window.state();
    let before = outcome_of(app, &declined);
    let mut with_new = declined.clone();
    with_new
        .apply(Edit::add(Entry::new(key(app, new.person), "New")))
        .expect("not on the list");
    let after = outcome_of(app, &with_new);
    let more = i64::from(after.touched.enough) - i64::from(before.touched.enough);
    assert_eq!(new.enough, more);
    let line = format!("{} instead of {out_name}", name(app, new.person));
    window.get_by_label_contains(&line).click();
    window.run_ok();

    let app = window.state();
    let new = key(app, new.person);
    let keys: Vec<String> = people.iter().map(|p| key(app, *p)).collect();
    let expected = [&keys[0], &new, &out, &keys[2], &keys[3]].map(String::clone);
    assert_eq!(listed(app), expected, "whoever declined stays known");
    ask(&mut window, [Command::Undo]);
    assert_eq!(window.state().model().campaign, declined);
}

#[test]
fn the_meter_counts_in_the_picture_of_the_edit_what_the_list_brings() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let people: Vec<PersonId> = map(window.state()).ranking[..6].to_vec();
    ask(
        &mut window,
        [
            Command::AddToList(people[..3].to_vec()),
            Command::ShowTab(Tab::List),
        ],
    );
    until(&mut window, "the meter", |app| app.model().meter.is_some());
    let says = |window: &Harness<'_, App>, what: &str| {
        let app = window.state();
        let expected = outcome_of(app, &app.model().campaign).touched;
        let meter = app.model().meter.as_ref().expect("a meter");
        assert_eq!(meter.counts.all, expected, "{what}");
        let words = sentence(expected);
        assert!(window.query_by_label(&words).is_some(), "{what}: {words}");
    };
    says(&window, "three people");
    let status = |at: usize, status| {
        Command::Edit(Edit::SetStatus {
            person: key(window.state(), people[at]),
            status,
        })
    };
    let remove = Command::Edit(Edit::Remove(vec![key(window.state(), people[1])]));
    let edits = [
        ("one more", Command::AddToList(vec![people[3]])),
        ("one contacted", status(0, Status::Contacted)),
        ("one declined", status(2, Status::Declined)),
        ("one gone", remove),
        ("taken back", Command::Undo),
        ("two more", Command::AddToList(people[4..].to_vec())),
    ];
    for (what, edit) in edits {
        ask(&mut window, [edit]);
        says(&window, what);
    }
    // Beside the window the audience is made again: the counts stay.
    until(&mut window, "the newest meter and the next best", |app| {
        let meter = app.model().meter.as_ref().expect("a meter");
        std::sync::Arc::ptr_eq(&meter.basis, &app.model().basis) && !meter.next_is_old
    });
    window.run();
    says(&window, "at rest");
}

#[test]
fn the_next_best_adds_what_the_meter_promised() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    let people: Vec<PersonId> = map(window.state()).ranking[..3].to_vec();
    ask(
        &mut window,
        [Command::AddToList(people), Command::ShowTab(Tab::List)],
    );
    let found = |app: &App| app.model().meter.as_ref().is_some_and(|m| !m.next_is_old);
    until(&mut window, "the next best", found);
    window.run();
    let meter = window.state().model().meter.as_ref().expect("a meter");
    let (next, before) = (meter.next[0], meter.counts.all.enough);
    let who = name(window.state(), next.person);
    window.get_by_label(&format!("Next best: {who}"));
    window.get_by_label(&format!("+{} twice", next.enough));
    window.get_by_label(&format!("Add {who} to list")).click();
    window.run_ok();
    let app = window.state();
    assert!(listed(app).contains(&key(app, next.person)));
    let meter = app.model().meter.as_ref().expect("a meter");
    let now = i64::from(meter.counts.all.enough);
    assert_eq!(now, i64::from(before) + next.enough);
    until(&mut window, "the one after", found);
    let meter = window.state().model().meter.as_ref().expect("a meter");
    assert_ne!(meter.next[0].person, next.person);
}

#[test]
fn a_suggested_swap_helps_the_list_as_much_as_it_says() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    // People with few connections: others would do better.
    let results = &map(window.state()).results;
    let mut people: Vec<PersonId> = map(window.state()).ranking.to_vec();
    people.retain(|p| results.graph.ties.connections(p.index()) >= 3);
    people.reverse();
    people.truncate(4);
    ask(
        &mut window,
        [Command::AddToList(people), Command::ShowTab(Tab::Plan)],
    );
    window.run_ok();
    window.get_by_label("Suggest swaps").click();
    window.step();
    until(&mut window, "swaps", |app| {
        app.model().advice.swaps.is_some()
    });
    window.run_ok();
    let app = window.state();
    let swap = app.model().advice.swaps.as_ref().expect("swaps")[0];
    let before = outcome_of(app, &app.model().campaign).touched.enough;
    let words = format!("Swap {} for {}", name(app, swap.out), name(app, swap.new));
    window.get_by_label(&words).click();
    window.run_ok();
    let app = window.state();
    let after = outcome_of(app, &app.model().campaign).touched.enough;
    assert_eq!(i64::from(after) - i64::from(before), swap.enough);
    assert!(
        app.model().advice.swaps.is_none(),
        "they were about another list"
    );
    let undo = app.model().history.undo_words().expect("a step").to_owned();
    assert_eq!(undo, words.replacen("Swap", "swap", 1));
}

#[test]
fn another_map_has_no_plan_and_a_cancelled_plan_leaves_the_one_that_is_shown() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_sample(data.path());
    propose(&mut window);
    let shown = window.state().model().plan.clone().expect("a plan");
    ask(
        &mut window,
        [Command::Plan(PlanCommand::Propose), Command::Cancel],
    );
    let model = window.state().model();
    assert!(model.advice.proposing.is_none() && model.working.is_none());
    let still = model.plan.as_ref().expect("a plan");
    assert!(std::sync::Arc::ptr_eq(still, &shown));

    // Another map that is cancelled while it is laid out brings back the one before with its plan. So small a map may be ready
    // before: then it is built again.
    let caught = (0..50).any(|_| {
        propose(&mut window);
        let before = map(window.state()).results.clone();
        ask(&mut window, [Command::OpenSample]);
        until(&mut window, "the other map", |app| {
            app.model().plan.is_none()
        });
        ask(&mut window, [Command::Cancel]);
        std::sync::Arc::ptr_eq(&map(window.state()).results, &before)
    });
    assert!(caught && window.state().model().plan.is_some());
    ask(&mut window, [Command::OpenSample]);
    until(&mut window, "the map", is_ready);
    assert!(window.state().model().plan.is_none());
    ask(&mut window, [Command::CloseMap]);
    assert!(window.state().model().plan.is_none() && window.state().model().meter.is_none());
}
