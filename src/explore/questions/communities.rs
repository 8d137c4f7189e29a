//! Questions about pairs of communities: who links two, which talk and which never do.

use rayon::prelude::*;

use super::{
    About, AnswerColumn, Found, Ground, ROWS, Row, amount, column, keep_best, largest_first,
    n_people, whole,
};
use crate::analysis::{CommunityId, Pair, bridge_parts, pairs};
use crate::people::{PersonId, counted};
use crate::progress::{Cancelled, Progress};

/// People that one core goes through at a time.
const PEOPLE_AT_A_TIME: usize = 1 << 11;
/// From this surplus on somebody joins two communities: that of "communities reached".
const JOINS: f64 = 1.0;

/// Somebody tied to both communities.
struct Joining {
    person: PersonId,
    /// Of a member of one, into the other; of anybody else the lesser of the two.
    surplus: f64,
    connections: [u32; 2],
}

/// What `person` has in both of `pair`; `None` where they are not tied to both.
fn joining(ground: &Ground<'_>, pair: [CommunityId; 2], person: PersonId) -> Option<Joining> {
    let ties = &ground.graph.ties;
    let (mut tied, home) = ([false; 2], ground.home(person));
    for other in ties.row(person.index()).0 {
        let there = ground.home(PersonId(*other));
        tied = [
            tied[0] || there == Some(pair[0]),
            tied[1] || there == Some(pair[1]),
        ];
    }
    // A member is part of their own community without a tie there.
    let counts = |at: usize| tied[at] || home == Some(pair[at]);
    if !(counts(0) && counts(1)) || !(tied[0] || tied[1]) {
        return None;
    }
    let parts = bridge_parts(ground.graph, ground.analysis, person);
    let part = |at: usize| parts.iter().find(|part| part.community == pair[at]);
    let surplus = |at: usize| match part(at) {
        _ if home == Some(pair[at]) => f64::INFINITY,
        Some(part) => part.surplus,
        None => 0.0,
    };
    Some(Joining {
        person,
        surplus: surplus(0).min(surplus(1)),
        connections: [0, 1].map(|at| part(at).map_or(0, |part| part.connections)),
    })
}

/// Who is tied to both of two communities, those with the largest surplus first.
pub(super) fn joins(
    ground: &Ground<'_>,
    pair: [CommunityId; 2],
    progress: &Progress,
) -> Result<Found, Cancelled> {
    const HOW: &str = "By how much stronger somebody's ties into the other community are than chance would give, of people from \
        elsewhere the lesser of the two; from 1 damped tie on they count as joining";
    const FIRST: AnswerColumn = column("In the first", "People of the first community tied to");
    const SECOND: AnswerColumn = column("In the second", "People of the second community tied to");
    const SURPLUS: AnswerColumn = column(
        "Above chance",
        "Damped ties into the other community beyond what chance would give",
    );
    let [a, b] = pair.map(|id| ground.community(id));
    if pair[0] == pair[1] {
        return Ok(Found::nothing(
            format!("{a} is one community: name two"),
            HOW,
        ));
    }
    let n = ground.graph.ties.n_people().min(ground.graph.n_people());
    let parts: Vec<Vec<Joining>> = (0..n.div_ceil(PEOPLE_AT_A_TIME))
        .into_par_iter()
        .map(|part| {
            progress.check()?;
            let people = part * PEOPLE_AT_A_TIME..n.min((part + 1) * PEOPLE_AT_A_TIME);
            let people = people.map(|at| PersonId(at as u32));
            Ok(people.filter_map(|id| joining(ground, pair, id)).collect())
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut all: Vec<Joining> = parts.into_iter().flatten().collect();
    if all.is_empty() {
        return nobody_joins(ground, pair, HOW, progress);
    }
    let (n, n_joins) = (all.len(), all.iter().filter(|j| j.surplus >= JOINS).count());
    keep_best(&mut all, ROWS, |j| {
        (largest_first(j.surplus), ground.rank(j.person))
    });
    let best = all.first().map_or(String::new(), |best| {
        format!(
            "{} is tied to {} in {a} and {} in {b}",
            ground.name(best.person),
            whole(best.connections[0]),
            whole(best.connections[1]),
        )
    });
    let join = if n_joins == 1 { "joins" } else { "join" };
    let sentence = format!(
        "{} {join} {a} and {b} by a tie or more beyond chance, of {} tied to both: {best}",
        n_people(n_joins),
        whole(n as u64),
    );
    let rows = all.iter().map(|j| {
        let [first, second] = j.connections.map(whole);
        ground.row(j.person, vec![first, second, amount(j.surplus)])
    });
    Ok(Found::people(
        sentence,
        HOW,
        &[FIRST, SECOND, SURPLUS],
        rows.collect(),
    ))
}

/// Nobody is tied to both: who is nearest, where that is known.
fn nobody_joins(
    ground: &Ground<'_>,
    pair: [CommunityId; 2],
    how: &'static str,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    const TO: AnswerColumn = column(
        "Contacts tied there",
        "Contacts who are tied to the other community",
    );
    let all = pairs(&ground.graph.ties, ground.analysis, progress)?;
    let mut sorted = pair;
    sorted.sort_unstable();
    let gap = all.list.iter().find(|gap| {
        let mut of = gap.communities;
        of.sort_unstable();
        of == sorted
    });
    let [a, b] = pair.map(|id| ground.community(id));
    let nearest = gap.map(|gap| gap.nearest.as_slice()).unwrap_or_default();
    let Some(first) = nearest.first() else {
        let sentence = format!("Nobody is tied to both {a} and {b}, and nobody is near it");
        return Ok(Found::nothing(sentence, how));
    };
    let sentence = format!(
        "Nobody is tied to both {a} and {b}; nearest is {}, of whom {} tied to the other",
        ground.name(first.person),
        match first.connections {
            1 => "1 contact is".to_owned(),
            n => format!("{} contacts are", whole(n)),
        },
    );
    let rows = nearest.iter();
    let rows = rows.map(|near| ground.row(near.person, vec![whole(near.connections)]));
    Ok(Found::people(sentence, how, &[TO], rows.collect()))
}

const TIES: AnswerColumn = column("Ties", "Between members of the one and of the other");
const CHANCE: AnswerColumn = column(
    "Times chance",
    "The strength of those ties as a multiple of what chance would give communities as talkative as these",
);
const JOINED: AnswerColumn = column(
    "Joined by",
    "Members of either whose ties into the other are stronger than chance",
);
/// Pairs are looked at for so many communities, as under Bridges.
const AMONG: &str = "Among the 20 largest communities";

fn pair_row(ground: &Ground<'_>, pair: &Pair, below: String, cells: Vec<String>) -> Row {
    let [a, b] = pair.communities.map(|id| ground.community(id));
    Row {
        about: About::Communities(pair.communities),
        title: format!("{a} – {b}"),
        below,
        cells,
    }
}

/// The answer that tells of `pairs`, with the person of each whom `of_pair` names, after some words, under it and on the map.
fn found_pairs(
    ground: &Ground<'_>,
    (sentence, how): (String, &'static str),
    pairs: &[&Pair],
    (words, of_pair): (&str, impl Fn(&Pair) -> Option<PersonId>),
) -> Found {
    let mut people: Vec<PersonId> = Vec::new();
    let rows = pairs.iter().map(|pair| {
        let person = of_pair(pair);
        people.extend(person.filter(|id| !people.contains(id)));
        let below = person.map_or(String::new(), |id| format!("{words} {}", ground.name(id)));
        let cells = vec![
            whole(pair.ties),
            amount(pair.times_chance),
            whole(pair.joined_by),
        ];
        pair_row(ground, pair, below, cells)
    });
    let rows = rows.collect();
    Found {
        sentence,
        how,
        of: "Communities",
        columns: &[TIES, CHANCE, JOINED],
        rows,
        people,
        posts: Vec::new(),
    }
}

/// Pairs without a tie, the largest first; where there is none, those with the weakest ties.
pub(super) fn never_talk(ground: &Ground<'_>, progress: &Progress) -> Result<Found, Cancelled> {
    const HOW: &str = "Pairs of the 20 largest communities without a tie, else those whose ties are weakest beside what chance \
        would give; the map shows who is nearest to joining each";
    let pairs = pairs(&ground.graph.ties, ground.analysis, progress)?;
    if pairs.list.is_empty() {
        return Ok(Found::nothing("There are fewer than two communities", HOW));
    }
    let size = |id: CommunityId| {
        let community = ground.analysis.communities.list.get(id.index());
        community.map_or(0, |community| u64::from(community.people))
    };
    let n = pairs.list.iter().filter(|pair| pair.ties == 0).count();
    let mut all: Vec<&Pair> = pairs
        .list
        .iter()
        .filter(|pair| n == 0 || pair.ties == 0)
        .collect();
    keep_best(&mut all, ROWS, |pair| {
        let [a, b] = pair.communities;
        (
            pair.times_chance.max(0.0).to_bits(),
            std::cmp::Reverse(size(a) * size(b)),
            pair.communities,
        )
    });
    let first = all.first().map_or(String::new(), |pair| {
        let [a, b] = pair.communities.map(|id| ground.community(id));
        format!("{a} and {b}")
    });
    let of = counted(pairs.list.len() as u64, "pair", "pairs");
    let sentence = if n == 0 {
        format!("Every one of {of} of communities is tied; {first} least for their size")
    } else {
        let talk = if n == 1 { "has" } else { "have" };
        format!(
            "{} of {of} of communities {talk} no tie at all; the largest are {first}",
            whole(n as u64)
        )
    };
    let nearest = |pair: &Pair| pair.nearest.first().map(|near| near.person);
    Ok(found_pairs(
        ground,
        (sentence, HOW),
        &all,
        ("nearest:", nearest),
    ))
}

/// Pairs with the strongest ties beside what chance would give.
pub(super) fn talk_most(ground: &Ground<'_>, progress: &Progress) -> Result<Found, Cancelled> {
    const HOW: &str = "Pairs of the 20 largest communities by the strength of their ties as a multiple of what chance would \
        give; the map shows who joins each most";
    let pairs = pairs(&ground.graph.ties, ground.analysis, progress)?;
    let mut all: Vec<&Pair> = pairs.list.iter().filter(|pair| pair.ties > 0).collect();
    keep_best(&mut all, ROWS, |pair| {
        (
            largest_first(pair.times_chance),
            std::cmp::Reverse(pair.ties),
            pair.communities,
        )
    });
    let Some(first) = all.first() else {
        return Ok(Found::nothing(format!("{AMONG} no two are tied"), HOW));
    };
    let [a, b] = first.communities.map(|id| ground.community(id));
    let sentence = format!(
        "{a} and {b} talk most for their size: {} between them, {} times what chance would give",
        counted(first.ties, "tie", "ties"),
        amount(first.times_chance),
    );
    let most = |pair: &Pair| pair.connectors.first().map(|most| most.person);
    Ok(found_pairs(
        ground,
        (sentence, HOW),
        &all,
        ("joined most by", most),
    ))
}
