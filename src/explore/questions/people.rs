//! Questions about people as they are: who connects, who is large or small, who speaks for others, who is to be asked.

use super::{
    AnswerColumn, Found, Ground, ROWS, amount, column, keep_best, largest_first, n_people, percent,
    reach, whole,
};
use crate::analysis::{CommunityId, why};
use crate::people::{PersonId, counted};
use crate::progress::{Cancelled, Progress};

/// Fewer people with a known reach than this say nothing of who is large.
const LEAST_KNOWN: usize = 10;
/// The share of people, from the largest, who are large.
const LARGE: f64 = 0.1;
/// People gone through between two looks at the stop sign.
const PEOPLE_AT_A_TIME: usize = 1 << 14;

const CONNECTIONS: AnswerColumn = column("Connections", "Different people tied to");
const REACHED: AnswerColumn = column(
    "Communities reached",
    "Other communities into which the ties are stronger than chance",
);
const SCORE: AnswerColumn = column(
    "Bridge score",
    "How much somebody joins communities, in damped ties",
);
const ACROSS: AnswerColumn = column("Across", "Different people tied to in other communities");
const REACH: AnswerColumn = column("Reach", "Followers, or the audience of the export");

fn figure<T: Copy + Default>(column: &[T], id: PersonId) -> T {
    column.get(id.index()).copied().unwrap_or_default()
}

/// The people for whom `is_so` says so, in order.
fn those(
    ground: &Ground<'_>,
    progress: &Progress,
    is_so: impl Fn(PersonId) -> bool,
) -> Result<Vec<PersonId>, Cancelled> {
    let mut found = Vec::new();
    for id in ground.people() {
        if id.index().is_multiple_of(PEOPLE_AT_A_TIME) {
            progress.check()?;
        }
        if is_so(id) {
            found.push(id);
        }
    }
    Ok(found)
}

/// Those who reach most communities, the better bridge first among equals.
pub(super) fn connects(ground: &Ground<'_>, progress: &Progress) -> Result<Found, Cancelled> {
    const HOW: &str = "By communities reached: those into which somebody's ties are stronger by at least 1 than chance would \
        give; then by bridge rank";
    let bridges = &ground.analysis.bridges;
    let reached = |id: PersonId| figure(&bridges.communities_reached, id);
    let mut all = those(ground, progress, |id| reached(id) > 0)?;
    let (n_any, n_two) = (all.len(), all.iter().filter(|id| reached(**id) > 1).count());
    keep_best(&mut all, ROWS, |id| {
        (std::cmp::Reverse(reached(*id)), ground.rank(*id))
    });
    let Some(best) = all.first() else {
        let sentence =
            "Nobody reaches a community besides their own: all ties across are as weak as chance";
        return Ok(Found::nothing(sentence, HOW));
    };
    let communities = counted(reached(*best).into(), "community", "communities");
    let sentence = format!(
        "{} reaches {communities} besides their own; {} {} at least one, {} two or more",
        ground.name(*best),
        n_people(n_any),
        if n_any == 1 { "reaches" } else { "reach" },
        whole(n_two as u64),
    );
    let rows = all.iter().map(|id| {
        let across = figure(&bridges.connections_across, *id);
        let cells = vec![
            whole(reached(*id)),
            whole(across),
            amount(figure(&bridges.score, *id)),
        ];
        ground.row(*id, cells)
    });
    Ok(Found::people(
        sentence,
        HOW,
        &[REACHED, ACROSS, SCORE],
        rows.collect(),
    ))
}

/// Known reaches, the largest first.
fn reaches(ground: &Ground<'_>) -> Vec<f64> {
    let known = ground.graph.people.iter().filter_map(|person| person.reach);
    let mut known: Vec<f64> = known.filter(|reach| reach.is_finite()).collect();
    known.sort_unstable_by(|a, b| b.total_cmp(a));
    known
}

/// The value in the middle of `values`, of an even number the smaller one.
fn median(values: &mut [u32]) -> u32 {
    if values.is_empty() {
        return 0;
    }
    let at = (values.len() - 1) / 2;
    *values.select_nth_unstable(at).1
}

fn few_reaches(n: usize, how: &'static str) -> Found {
    let sentence = format!(
        "The reach of only {} is known: too few to tell who is large",
        n_people(n)
    );
    Found::nothing(sentence, how)
}

/// Among the tenth with the largest known reach: those who have no more connections than half of all people with ties, and reach
/// no community besides their own. The largest first.
pub(super) fn big_but_isolated(
    ground: &Ground<'_>,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    const HOW: &str = "Big: among the tenth with the largest known reach. Isolated: no more connections than the middle one of \
        all people with ties, and no community reached besides their own";
    let known = reaches(ground);
    if known.len() < LEAST_KNOWN {
        return Ok(few_reaches(known.len(), HOW));
    }
    progress.check()?;
    let at = ((known.len() as f64 * LARGE).ceil() as usize).clamp(1, known.len());
    let least = known.get(at - 1).copied().unwrap_or(f64::INFINITY);
    let bridges = &ground.analysis.bridges;
    let connections = |id: PersonId| figure(&bridges.connections, id);
    let mut tied: Vec<u32> = bridges
        .connections
        .iter()
        .copied()
        .filter(|n| *n > 0)
        .collect();
    let middle = median(&mut tied);
    let of = |id: PersonId| ground.person(id).and_then(|person| person.reach);
    let big = those(ground, progress, |id| {
        of(id).is_some_and(|reach| reach >= least)
    })?;
    let n_big = big.len();
    let isolated = |id: &PersonId| {
        connections(*id) <= middle && figure(&bridges.communities_reached, *id) == 0
    };
    let mut all: Vec<PersonId> = big.into_iter().filter(isolated).collect();
    let n = all.len();
    keep_best(&mut all, ROWS, |id| {
        (largest_first(of(*id).unwrap_or(0.0)), ground.rank(*id))
    });
    let bounds = format!(
        "a reach of {} or more, at most {}, no other community reached",
        reach(Some(least)),
        counted(middle.into(), "connection", "connections"),
    );
    if all.is_empty() {
        let sentence = format!(
            "None of the {} with the largest reach is isolated ({bounds})",
            n_people(n_big)
        );
        return Ok(Found::nothing(sentence, HOW));
    }
    let sentence = format!(
        "{} of the {} with the largest reach {} isolated: {bounds}",
        whole(n as u64),
        n_people(n_big),
        if n == 1 { "is" } else { "are" },
    );
    let rows = all.iter().map(|id| {
        let cells = vec![reach(of(*id)), whole(connections(*id))];
        ground.row(*id, cells)
    });
    Ok(Found::people(
        sentence,
        HOW,
        &[REACH, CONNECTIONS],
        rows.collect(),
    ))
}

/// The best bridges among those whose known reach is no larger than the middle one.
pub(super) fn small_but_connected(
    ground: &Ground<'_>,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    const HOW: &str = "Small: a known reach no larger than the middle one. Of those, the best by bridge rank who reach at least \
        one community besides their own";
    let known = reaches(ground);
    if known.len() < LEAST_KNOWN {
        return Ok(few_reaches(known.len(), HOW));
    }
    // The largest stand first: of an even number the smaller of the two in the middle.
    let most = known.get(known.len() / 2).copied().unwrap_or(0.0);
    let bridges = &ground.analysis.bridges;
    let of = |id: PersonId| ground.person(id).and_then(|person| person.reach);
    let reached = |id: PersonId| figure(&bridges.communities_reached, id);
    let mut all = those(ground, progress, |id| {
        reached(id) > 0 && of(id).is_some_and(|reach| reach <= most)
    })?;
    let n = all.len();
    keep_best(&mut all, ROWS, |id| ground.rank(*id));
    let bound = reach(Some(most));
    let Some(best) = all.first() else {
        let sentence =
            format!("Nobody with a reach of {bound} or less reaches a community besides their own");
        return Ok(Found::nothing(sentence, HOW));
    };
    let sentence = format!(
        "{} with a reach of {bound} or less {} to other communities: {} best, with {} in all",
        n_people(n),
        if n == 1 { "connects" } else { "connect" },
        ground.name(*best),
        counted(
            figure(&bridges.connections, *best).into(),
            "connection",
            "connections"
        ),
    );
    let rows = all.iter().map(|id| {
        let cells = vec![
            reach(of(*id)),
            whole(reached(*id)),
            amount(figure(&bridges.score, *id)),
        ];
        ground.row(*id, cells)
    });
    Ok(Found::people(
        sentence,
        HOW,
        &[REACH, REACHED, SCORE],
        rows.collect(),
    ))
}

/// Those with most connections inside the community.
pub(super) fn speaks_for(
    ground: &Ground<'_>,
    community: CommunityId,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    const HOW: &str = "By how many members of the community somebody of it is tied to; then by the strength of those ties";
    const INSIDE: AnswerColumn = column(
        "Members tied to",
        "Different people of the community tied to",
    );
    const SHARE: AnswerColumn = column("Share", "Of all other members");
    let ties = &ground.graph.ties;
    let members = those(ground, progress, |id| ground.home(id) == Some(community))?;
    let n_others = members.len().saturating_sub(1).max(1) as f64;
    let mut all = Vec::with_capacity(members.len());
    for (at, id) in members.iter().copied().enumerate() {
        if at.is_multiple_of(1 << 10) {
            progress.check()?;
        }
        if id.index() >= ties.n_people() {
            continue;
        }
        let inside = ties.of(id.index());
        let inside = inside.filter(|(other, _)| ground.home(PersonId(*other)) == Some(community));
        let (n, strength) = inside.fold((0u32, 0.0), |(n, s), (_, strength)| (n + 1, s + strength));
        if n > 0 {
            all.push((id, n, strength));
        }
    }
    keep_best(&mut all, ROWS, |(id, n, strength)| {
        (std::cmp::Reverse(*n), largest_first(*strength), *id)
    });
    let name = ground.community(community);
    let Some((best, n, _)) = all.first() else {
        let sentence = format!("Nobody in {name} is tied to another member");
        return Ok(Found::nothing(sentence, HOW));
    };
    let sentence = format!(
        "{} is tied to {} of the {} other members of {name}, more than anybody there",
        ground.name(*best),
        whole(*n),
        whole(members.len() as u64 - 1),
    );
    let row = |(id, n, _): &(PersonId, u32, f64)| {
        let person = ground.person(*id);
        let cells = vec![
            whole(*n),
            percent(f64::from(*n) / n_others),
            reach(person.and_then(|person| person.reach)),
        ];
        ground.row(*id, cells)
    };
    let rows = all.iter().map(row).collect();
    Ok(Found::people(sentence, HOW, &[INSIDE, SHARE, REACH], rows))
}

/// The people of the plan in its order, else the best bridges; without those who are on the list or never to be asked.
pub(super) fn ask_first(ground: &Ground<'_>, progress: &Progress) -> Result<Found, Cancelled> {
    const BY_PLAN: &str = "The people of the plan in its order, without those who are on the list or shall not be asked";
    const BY_RANK: &str = "By bridge rank, without those who are on the list or shall not be asked; with a plan, by its order";
    let is_open = |id: &PersonId| !ground.settled.contains(id);
    let planned = !ground.planned.is_empty();
    let how = if planned { BY_PLAN } else { BY_RANK };
    let mut all: Vec<PersonId> = if planned {
        let open = ground.planned.iter().copied().filter(is_open);
        open.take(ROWS).collect()
    } else {
        let score = &ground.analysis.bridges.score;
        those(ground, progress, |id| {
            is_open(&id) && figure(score, id) > 0.0
        })?
    };
    if !planned {
        keep_best(&mut all, ROWS, |id| ground.rank(*id));
    }
    let Some(first) = all.first() else {
        let sentence = if planned {
            "Everybody of the plan is on the list already"
        } else {
            "Nobody who is not on the list yet joins communities"
        };
        return Ok(Found::nothing(sentence, how));
    };
    let sentence = format!(
        "{} first: {}",
        ground.name(*first),
        lower_first(&why(ground.graph, ground.analysis, *first))
    );
    let bridges = &ground.analysis.bridges;
    let rows = all.iter().map(|id| {
        let cells = vec![
            whole(figure(&bridges.communities_reached, *id)),
            amount(figure(&bridges.score, *id)),
            reach(ground.person(*id).and_then(|person| person.reach)),
        ];
        ground.row(*id, cells)
    });
    Ok(Found::people(
        sentence,
        how,
        &[REACHED, SCORE, REACH],
        rows.collect(),
    ))
}

/// `sentence` as it goes on behind a colon.
fn lower_first(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(char::to_lowercase);
    first.into_iter().flatten().chain(letters).collect()
}
