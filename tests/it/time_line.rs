//! Posts by time, beside what a plain count gives.

use std::collections::{BTreeMap, BTreeSet};

use isthmus::analysis::{Communities, Community, CommunityId};
use isthmus::explore::{ShownPart, TimeLine, TimeStep, time_line};
use isthmus::people::{PersonId, Posts, TieSettings, build};
use isthmus::progress::Progress;
use jiff::tz::TimeZone;

use super::posts_found::{World, world};

const DAY: i64 = 86_400;

fn with_list(mut world: World, small: &[usize]) -> World {
    world.communities.list = (0..5)
        .map(|i| Community {
            alternatives: Vec::new(),
            evidence: Vec::new(),
            name: format!("C{i}"),
            words: Vec::new(),
            people: 5,
            reach: 0.0,
            ties_inside: 0,
            ties_outside: 0,
            small: small.contains(&i),
            member: PersonId(0),
            colour: None,
        })
        .collect();
    world
}

fn line(world: &World, part: Option<&ShownPart>, step: Option<TimeStep>) -> TimeLine {
    time_line(
        (&world.posts, &world.graph),
        &world.communities,
        part,
        (step, &TimeZone::UTC),
        &Progress::new(),
    )
    .expect("nobody cancels")
    .expect("posts with times")
}

/// What is counted by hand of one day.
#[derive(Default, PartialEq, Debug)]
struct Day {
    all: BTreeMap<Option<CommunityId>, u32>,
    shown: BTreeMap<Option<CommunityId>, u32>,
    people: BTreeSet<PersonId>,
}

#[test]
fn days_hold_the_posts_and_people_that_a_plain_count_finds() {
    let world = with_list(world(60, 50_000), &[4]);
    let part = ShownPart {
        people: (0..world.graph.n_people()).map(|i| i % 7 > 0).collect(),
        posts: Some((0..world.rows.len()).map(|at| at % 3 > 0).collect()),
        ..ShownPart::default()
    };
    let mut days: BTreeMap<i64, Day> = BTreeMap::new();
    for (at, (author, time, to, _)) in world.rows.iter().enumerate() {
        let Some(time) = time else { continue };
        let day = days.entry(time.div_euclid(DAY)).or_default();
        // Communities 0 to 3 have colours of their own; nobody is in 0; 4 is small.
        let home = (author.index() % 5) as u32;
        let series = (1..4).contains(&home).then_some(CommunityId(home));
        *day.all.entry(series).or_default() += 1;
        if author.index() % 7 > 0 && at % 3 > 0 {
            *day.shown.entry(series).or_default() += 1;
            day.people.insert(*author);
            day.people.extend(to);
        }
    }
    let line = line(&world, Some(&part), Some(TimeStep::Day));
    assert_eq!(line.series, [0, 1, 2, 3].map(CommunityId));
    let first = *days.keys().next().expect("days");
    assert_eq!(
        line.n_steps() as i64,
        days.keys().last().expect("days") - first + 1
    );
    let counted = |counts: &[u32]| -> BTreeMap<Option<CommunityId>, u32> {
        let names = line.series.iter().copied().map(Some).chain([None]);
        let all = names.zip(counts.iter().copied());
        all.filter(|(_, n)| *n > 0).collect()
    };
    let shown = line.shown.as_ref().expect("a filter is on");
    for step in 0..line.n_steps() {
        let day = first + step as i64;
        assert_eq!(line.bounds(step), Some((day * DAY, (day + 1) * DAY)));
        let expected = days.remove(&day).unwrap_or_default();
        assert_eq!(counted(line.all.at(step)), expected.all, "day {step}");
        assert_eq!(counted(shown.at(step)), expected.shown, "day {step}");
        let people: Vec<PersonId> = expected.people.into_iter().collect();
        assert!(line.people(step) == people, "day {step}");
        let total: u64 = expected.all.values().map(|n| u64::from(*n)).sum();
        assert_eq!(line.all.total(step), total);
    }
    assert!(days.is_empty());
    let timeless = world.rows.iter().filter(|row| row.1.is_none()).count();
    assert_eq!((line.n_posts, line.n_timeless), (50_000, timeless as u64));
    let sum: u64 = (0..line.n_steps()).map(|step| shown.total(step)).sum();
    assert_eq!(line.n_shown, sum);
    assert!(line.people(line.n_steps()).is_empty());
}

#[test]
fn few_people_in_long_steps_and_many_in_short_ones_are_found_alike() {
    // A month of posts names everybody again and again; an hour names few: both ways of gathering people are walked.
    let world = with_list(world(400, 20_000), &[]);
    for step in [TimeStep::Hour, TimeStep::Month] {
        let line = line(&world, None, Some(step));
        assert_eq!(line.step, step);
        assert!(line.shown.is_none());
        let mut expected: Vec<BTreeSet<PersonId>> = vec![BTreeSet::new(); line.n_steps()];
        for (author, time, to, _) in &world.rows {
            let Some(time) = time else { continue };
            let at = line
                .starts
                .iter()
                .rposition(|start| start <= time)
                .expect("in it");
            expected[at].insert(*author);
            expected[at].extend(to);
        }
        for (at, people) in expected.iter().enumerate() {
            assert!(line.people(at).iter().eq(people), "{step:?} {at}");
        }
    }
}

#[test]
fn the_length_of_a_bar_follows_from_the_span_and_is_bounded() {
    let of = |times: &[Option<i64>], step| {
        let mut posts = Posts::default();
        let ana = posts.account("ana").expect("a handle");
        for time in times {
            posts.push(ana, *time, "hello", &[]);
        }
        let graph =
            build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
        let communities = Communities::default();
        let zone = (step, &TimeZone::UTC);
        time_line((&posts, &graph), &communities, None, zone, &Progress::new())
            .expect("nobody cancels")
    };
    assert_eq!(of(&[], None), None);
    assert_eq!(of(&[None, None], None), None);
    // Moments outside every calendar count as none at all.
    assert_eq!(of(&[Some(i64::MAX), Some(i64::MIN + 1)], None), None);
    let one = of(&[Some(5 * DAY), None, Some(i64::MAX)], None).expect("one post");
    assert_eq!(
        (one.step, one.n_steps(), one.n_timeless),
        (TimeStep::Hour, 1, 2)
    );
    // A post of 1970 beside those of now: hours would be half a million.
    let far = [Some(0), Some(20_000 * DAY)];
    let wide = of(&far, Some(TimeStep::Hour)).expect("two posts");
    assert_eq!(wide.step, TimeStep::Year);
    assert_eq!(wide.n_steps(), 55, "1970 to 2024");
    let weeks = of(&far, Some(TimeStep::Week)).expect("two posts");
    assert_eq!((weeks.step, weeks.all.most()), (TimeStep::Week, 1));
}

#[test]
fn a_moment_has_its_place_within_its_step() {
    let world = with_list(world(20, 2_000), &[]);
    let line = line(&world, None, Some(TimeStep::Week));
    let (from, until) = line.bounds(3).expect("a fourth week");
    assert_eq!(line.place(from), 3.0);
    assert_eq!(line.place(from + (until - from) / 2), 3.5);
    assert_eq!(line.place(i64::MIN), 0.0);
    assert_eq!(line.place(i64::MAX), line.n_steps() as f64);
}
