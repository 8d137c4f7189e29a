//! Questions about ways between people: who stands as somebody else does, how two are connected, who answers whom.

use std::collections::BTreeMap;

use super::{
    About, AnswerColumn, Found, Ground, ROWS, Row, column, keep_best, largest_first, percent, whole,
};
use crate::analysis::CommunityId;
use crate::people::{PersonId, TieKind, counted, thousands};
use crate::progress::{Cancelled, Progress};

/// People gone through between two looks at the stop sign.
const PEOPLE_AT_A_TIME: usize = 1 << 10;
/// Contacts that somebody must share to stand as another does.
const LEAST_SHARED: u32 = 2;

/// How many contacts `person` has in each community, `except` one of them.
fn communities_of(
    ground: &Ground<'_>,
    person: PersonId,
    except: Option<PersonId>,
) -> BTreeMap<CommunityId, u32> {
    let mut counts = BTreeMap::new();
    for other in ground.graph.ties.row(person.index()).0 {
        let other = PersonId(*other);
        if let (true, Some(home)) = (Some(other) != except, ground.home(other)) {
            *counts.entry(home).or_insert(0) += 1;
        }
    }
    counts
}

/// Who could stand where `person` stands: tied to the same people in the same communities.
///
/// For the contacts `N(x)` and the communities `C(x)` in which those are, the likeness of y to x is
/// `|N(x) ∩ N(y)| / √(|N(x)|·|N(y)|) · |C(x) ∩ C(y)| / |C(x)|`, in 0..=1, of those who share at least 2 contacts with x; x and y do not count as
/// contacts of each other. The cosine is Salton's (Salton and `McGill`, *Introduction to Modern Information Retrieval*, 1983).
///
/// Cost: O(ties of the contacts).
pub(super) fn replaces(
    ground: &Ground<'_>,
    person: PersonId,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    const HOW: &str = "By shared contacts (shared / √(own · theirs)) times the share of the communities of those contacts in which \
        they have contacts too; at least 2 shared";
    const SHARED: AnswerColumn = column("Shared contacts", "People to whom both are tied");
    const SAME: AnswerColumn = column(
        "Same communities",
        "Of the communities in which the other has contacts",
    );
    const LIKE: AnswerColumn = column(
        "Likeness",
        "Shared contacts and same communities taken together; 100 % is the same",
    );
    let (name, ties) = (ground.name(person), &ground.graph.ties);
    if !ground.is_tied(person) {
        return Ok(Found::nothing(format!("{name} is tied to nobody"), HOW));
    }
    let mut shared: BTreeMap<u32, u32> = BTreeMap::new();
    let (contacts, _) = ties.row(person.index());
    for contact in contacts {
        progress.check()?;
        for other in ties.row(*contact as usize).0 {
            if *other != person.0 {
                *shared.entry(*other).or_insert(0) += 1;
            }
        }
    }
    let own = communities_of(ground, person, None);
    let mut all = Vec::new();
    for (at, (other, n)) in shared.into_iter().enumerate() {
        if at.is_multiple_of(PEOPLE_AT_A_TIME) {
            progress.check()?;
        }
        if n < LEAST_SHARED {
            continue;
        }
        let other = PersonId(other);
        let tied = usize::from(ties.between(person, other).is_some());
        let sizes = [person, other].map(|id| (ties.connections(id.index()) - tied) as f64);
        let cosine = f64::from(n) / libm::sqrt(sizes[0] * sizes[1]);
        // The other is no contact of theirs here: a community in which they are alone is none.
        let alone = tied == 1 && ground.home(other).is_some_and(|c| own.get(&c) == Some(&1));
        let without = ground.home(other).filter(|_| alone);
        let n_own = own.len() - usize::from(alone);
        let theirs = communities_of(ground, other, Some(person));
        let same = theirs
            .keys()
            .filter(|c| own.contains_key(*c) && Some(**c) != without);
        let same = same.count();
        let likeness = cosine * same as f64 / n_own.max(1) as f64;
        all.push((other, n, (same, n_own), likeness));
    }
    let n_sharing = all.len();
    keep_best(&mut all, ROWS, |(other, n, _, likeness)| {
        (largest_first(*likeness), std::cmp::Reverse(*n), *other)
    });
    let Some((best, n, ..)) = all.first() else {
        let sentence = format!("Nobody shares two or more contacts with {name}");
        return Ok(Found::nothing(sentence, HOW));
    };
    let sentence = format!(
        "{} stands most as {name} does: tied to {} of the same {}; {} share two or more",
        ground.name(*best),
        whole(*n),
        counted(contacts.len() as u64, "person", "people"),
        whole(n_sharing as u64),
    );
    let rows = all.iter().map(|(other, n, (same, n_own), likeness)| {
        let cells = vec![whole(*n), format!("{same} of {n_own}"), percent(*likeness)];
        ground.row(*other, cells)
    });
    Ok(Found::people(
        sentence,
        HOW,
        &[SHARED, SAME, LIKE],
        rows.collect(),
    ))
}

/// Steps from one person to everybody nearer than `to`: how far each is, and by how many shortest ways.
fn walk(
    ground: &Ground<'_>,
    [from, to]: [PersonId; 2],
    progress: &Progress,
) -> Result<(Vec<u32>, Vec<u64>), Cancelled> {
    let ties = &ground.graph.ties;
    let n = ties.n_people();
    let (mut far, mut ways) = (vec![u32::MAX; n], vec![0u64; n]);
    (far[from.index()], ways[from.index()]) = (0, 1);
    let (mut ring, mut steps) = (vec![from.0], 0);
    while !ring.is_empty() && far[to.index()] == u32::MAX {
        steps += 1;
        let mut next = Vec::new();
        for (at, person) in ring.iter().enumerate() {
            if at.is_multiple_of(PEOPLE_AT_A_TIME) {
                progress.check()?;
            }
            let so_far = ways[*person as usize];
            for other in ties.row(*person as usize).0 {
                let other_at = *other as usize;
                if far[other_at] == u32::MAX {
                    far[other_at] = steps;
                    next.push(*other);
                }
                if far[other_at] == steps {
                    ways[other_at] = ways[other_at].saturating_add(so_far);
                }
            }
        }
        ring = next;
    }
    Ok((far, ways))
}

/// The shortest way between two people; of several, from the end on always the strongest tie back.
pub(super) fn way(
    ground: &Ground<'_>,
    [from, to]: [PersonId; 2],
    progress: &Progress,
) -> Result<Found, Cancelled> {
    const HOW: &str = "The fewest ties from one to the other, in whichever direction people addressed each other; of several such ways \
        the one whose ties are stronger towards the end";
    const STEP: AnswerColumn = column("Step", "Ties from the first");
    const EXCHANGED: AnswerColumn =
        column("Interactions", "With the one before, in both directions");
    let [a, b] = [from, to].map(|id| ground.name(id));
    if from == to {
        return Ok(Found::nothing(format!("{a} is one person: name two"), HOW));
    }
    let ties = &ground.graph.ties;
    let lonely = [from, to].into_iter().find(|id| !ground.is_tied(*id));
    if let Some(lonely) = lonely {
        let sentence = format!("{} is tied to nobody", ground.name(lonely));
        return Ok(Found::nothing(sentence, HOW));
    }
    let (far, ways) = walk(ground, [from, to], progress)?;
    let (steps, n_ways) = (far[to.index()], ways[to.index()]);
    if steps == u32::MAX {
        let sentence = format!(
            "No chain of ties leads from {a} to {b}: they are in different parts of the conversation"
        );
        return Ok(Found::nothing(sentence, HOW));
    }
    let (mut way, mut last) = (vec![to], to);
    while last != from {
        let nearer = far[last.index()] - 1;
        let back = ties.of(last.index());
        let back = back.filter(|(other, _)| far[*other as usize] == nearer);
        let best = back.min_by_key(|(other, strength)| (largest_first(*strength), *other));
        let Some((before, _)) = best else { break };
        last = PersonId(before);
        way.push(last);
    }
    way.reverse();
    let between = way.get(1..way.len() - 1).unwrap_or_default();
    let through: Vec<&str> = between.iter().map(|id| ground.name(*id)).collect();
    let sentence = if between.is_empty() {
        format!("{a} and {b} are tied to each other")
    } else {
        format!(
            "{a} and {b} are {} apart, through {}; {}",
            counted(steps.into(), "tie", "ties"),
            through.join(", "),
            match n_ways {
                1 => "no other way is as short".to_owned(),
                n => format!("one of {} ways as short", thousands(n)),
            },
        )
    };
    let mut before: Option<PersonId> = None;
    let mut rows = Vec::with_capacity(way.len());
    for (step, id) in way.iter().enumerate() {
        let exchanged = before.map(|before| ground.graph.interactions_between(before, *id));
        let exchanged = exchanged.map_or(String::new(), |n| whole(n.round() as u64));
        rows.push(ground.row(*id, vec![whole(step as u64), exchanged]));
        before = Some(*id);
    }
    Ok(Found::people(sentence, HOW, &[STEP, EXCHANGED], rows))
}

/// How often, in words.
fn times(n: f64) -> String {
    match n.round() as u64 {
        1 => "once".to_owned(),
        n => format!("{} times", thousands(n)),
    }
}

/// Who answers whom most, or who answers one person most. Where the file tells of no answers, all kinds of ties count.
pub(super) fn answers_most(
    ground: &Ground<'_>,
    whom: Option<PersonId>,
    progress: &Progress,
) -> Result<Found, Cancelled> {
    const BY_ANSWERS: &str = "By the number of answers from the one to the other";
    const BY_ALL: &str =
        "By the number of interactions of every kind, since the file tells of no answers";
    const ANSWERS: AnswerColumn = column("Answers", "From the first to the second");
    const BACK: AnswerColumn = column("Answers back", "From the second to the first");
    const TIMES: AnswerColumn = column("Times", "Interactions from the first to the second");
    const TIMES_BACK: AnswerColumn =
        column("Times back", "Interactions from the second to the first");
    let interactions = &ground.graph.interactions;
    let has_answers = interactions.iter().any(|i| i.kind == TieKind::Reply);
    let counts = |kind| !has_answers || kind == TieKind::Reply;
    let mut all: Vec<(PersonId, PersonId, f64)> = Vec::new();
    for rows in interactions.chunks(1 << 15) {
        progress.check()?;
        for row in rows.iter().filter(|row| counts(row.kind)) {
            if whom.is_some_and(|whom| row.to != whom) {
                continue;
            }
            match all.last_mut() {
                // Kinds of one direction stand one behind the other.
                Some((from, to, n)) if (*from, *to) == (row.from, row.to) => *n += row.count,
                _ => all.push((row.from, row.to, row.count)),
            }
        }
    }
    let (how, verb) = if has_answers {
        (BY_ANSWERS, "answered")
    } else {
        (BY_ALL, "addressed")
    };
    let n_pairs = all.len();
    keep_best(&mut all, ROWS, |(from, to, n)| {
        (largest_first(*n), *from, *to)
    });
    let Some((from, to, n)) = all.first().copied() else {
        let sentence = match whom {
            Some(whom) => format!("Nobody {verb} {}", ground.name(whom)),
            None => "Nobody addressed anybody".to_owned(),
        };
        return Ok(Found::nothing(sentence, how));
    };
    let back = |from: PersonId, to: PersonId| -> f64 {
        let first = interactions.partition_point(|i| (i.from, i.to) < (to, from));
        let rows = interactions.get(first..).unwrap_or_default().iter();
        let rows = rows.take_while(|i| (i.from, i.to) == (to, from));
        rows.filter(|i| counts(i.kind)).map(|i| i.count).sum()
    };
    let [one, other] = [from, to].map(|id| ground.name(id));
    let sentence = match whom {
        Some(_) => format!(
            "{one} {verb} {other} {}, more than anybody; {} did",
            times(n),
            counted(n_pairs as u64, "person", "people"),
        ),
        None => format!(
            "{one} {verb} {other} {}, and was {verb} {} in return",
            times(n),
            times(back(from, to)),
        ),
    };
    let columns: &[AnswerColumn] = if has_answers {
        &[ANSWERS, BACK]
    } else {
        &[TIMES, TIMES_BACK]
    };
    let cells = |from, to, n: f64| {
        let back: f64 = back(from, to);
        vec![whole(n.round() as u64), whole(back.round() as u64)]
    };
    if whom.is_some() {
        let rows = all
            .iter()
            .map(|(from, to, n)| ground.row(*from, cells(*from, *to, *n)));
        return Ok(Found::people(sentence, how, columns, rows.collect()));
    }
    let mut people: Vec<PersonId> = Vec::new();
    let rows = all.iter().map(|(from, to, n)| {
        for id in [*from, *to] {
            if !people.contains(&id) {
                people.push(id);
            }
        }
        Row {
            about: About::People([*from, *to]),
            title: format!("{} → {}", ground.name(*from), ground.name(*to)),
            below: ground.home_name(*from).to_owned(),
            cells: cells(*from, *to, *n),
        }
    });
    let rows = rows.collect();
    Ok(Found {
        sentence,
        how,
        of: "People",
        columns,
        rows,
        people,
        posts: Vec::new(),
    })
}
