//! The rows of the table of everybody: in which order they stand, and who is left of them.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::fold::{fold, place};
use super::table::{Column, Everybody, Value};
use crate::people::PersonId;
use crate::progress::{Cancelled, Progress};

/// People gone through between two looks at the stop sign.
const AT_A_TIME: usize = 1 << 13;
/// First bytes of a name that are compared before all of it is.
const FIRST: usize = 16;

/// Everybody, by `column`: the least first, or, where `down`, the largest. Whoever has nothing there stands at the end either way;
/// equal ones stand by key.
///
/// Numbers are compared as such, names without case and accents, communities and languages by name, statuses in the order of work.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(n log n), on all cores.
pub fn order(
    everybody: &Everybody<'_>,
    column: Column,
    down: bool,
    progress: &Progress,
) -> Result<Vec<u32>, Cancelled> {
    let n = everybody.graph.n_people() as u32;
    if column == Column::Person {
        // People are numbered by key.
        return Ok(if down {
            (0..n).rev().collect()
        } else {
            (0..n).collect()
        });
    }
    if column == Column::Name {
        return by_name(everybody, down, progress);
    }
    let places = places(everybody, column, progress)?;
    let key = |id: u32| {
        let value = match everybody.value(column, PersonId(id)) {
            Value::Nothing => None,
            Value::Number(value) => (!value.is_nan()).then(|| in_order(value)),
            Value::Text(text) => places.get(text).map(|place| u64::from(*place)),
        };
        // The last of all numbers is that of people who have nothing.
        value.map_or(
            u64::MAX,
            |value| if down { u64::MAX - 1 - value } else { value },
        )
    };
    let mut keys = of_all(n, |id| (key(id), id), progress)?;
    keys.par_sort_unstable();
    progress.check()?;
    Ok(keys.into_iter().map(|(_, id)| id).collect())
}

/// A number for `value` that is larger for larger values, and never one of the two largest numbers; `value` is a number.
fn in_order(value: f64) -> u64 {
    let bits = (value + 0.0).to_bits(); // so that no zero is below another
    let ordered = if bits >> 63 == 1 {
        !bits
    } else {
        bits | 1 << 63
    };
    ordered.min(u64::MAX - 2)
}

/// What `of` says of each of `n` people, in their order.
fn of_all<T: Send>(
    n: u32,
    of: impl Fn(u32) -> T + Sync,
    progress: &Progress,
) -> Result<Vec<T>, Cancelled> {
    let parts = (0..n as usize).into_par_iter().step_by(AT_A_TIME);
    let parts: Vec<Vec<T>> = parts
        .map(|start| {
            progress.check()?;
            let end = n.min((start + AT_A_TIME) as u32);
            Ok((start as u32..end).map(&of).collect())
        })
        .collect::<Result<_, Cancelled>>()?;
    let mut all = Vec::with_capacity(n as usize);
    for part in parts {
        all.extend(part);
    }
    Ok(all)
}

/// The place of each word that stands in a column of few words.
fn places<'a>(
    everybody: &Everybody<'a>,
    column: Column,
    progress: &Progress,
) -> Result<BTreeMap<&'a str, u32>, Cancelled> {
    progress.check()?;
    let mut words: Vec<&str> = match column {
        Column::Community => {
            let list = &everybody.analysis.communities.list;
            let named = list.iter().filter(|c| !c.small).map(|c| &*c.name);
            named.chain(["Small groups"]).collect()
        }
        Column::Language => everybody.posts.languages().iter().map(|l| &**l).collect(),
        Column::Status => {
            let all = crate::campaign::Status::ALL.map(crate::campaign::Status::words);
            return Ok(all.into_iter().zip(0..).collect());
        }
        _ => Vec::new(),
    };
    words.sort_by_cached_key(|word| (fold(word), *word));
    words.dedup();
    // People without ties have no community: they stand at the end.
    Ok(words.into_iter().zip(0..).collect())
}

/// Everybody by name. Names are folded once for their first letters, and again only where those are equal.
fn by_name(
    everybody: &Everybody<'_>,
    down: bool,
    progress: &Progress,
) -> Result<Vec<u32>, Cancelled> {
    let people = &everybody.graph.people;
    let name = |id: u32| people.get(id as usize).map_or("", |person| &*person.name);
    let first = |id: u32| {
        let mut bytes = [0; FIRST];
        for (to, from) in bytes.iter_mut().zip(fold(name(id)).bytes()) {
            *to = from;
        }
        (u128::from_be_bytes(bytes), id)
    };
    let mut keys = of_all(people.len() as u32, first, progress)?;
    let rest = |a: u32, b: u32| {
        let (a, b) = (name(a), name(b));
        if a.len() < FIRST && b.len() < FIRST || a == b {
            return Ordering::Equal;
        }
        fold(a).cmp(&fold(b))
    };
    keys.par_sort_unstable_by(|a, b| {
        let order = a.0.cmp(&b.0).then_with(|| rest(a.1, b.1));
        let order = if down { order.reverse() } else { order };
        order.then(a.1.cmp(&b.1))
    });
    progress.check()?;
    Ok(keys.into_iter().map(|(_, id)| id).collect())
}

/// Those of `order` whom `keeps` lets through and whose name or key holds `text`, case and accents aside, in their order. An empty text
/// stands in every name.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(letters of all names), on all cores.
pub fn rows(
    everybody: &Everybody<'_>,
    order: &[u32],
    text: &str,
    keeps: impl Fn(PersonId) -> bool + Sync,
    progress: &Progress,
) -> Result<Vec<PersonId>, Cancelled> {
    let wanted = fold(text.trim().trim_start_matches('@'));
    let people = &everybody.graph.people;
    let stays = |id: u32| {
        keeps(PersonId(id))
            && (wanted.is_empty()
                || people.get(id as usize).is_some_and(|person| {
                    place(&person.key, &wanted).is_some() || place(&person.name, &wanted).is_some()
                }))
    };
    let stays = of_all(people.len() as u32, stays, progress)?;
    let left = order.iter().copied();
    let left = left.filter(|id| stays.get(*id as usize).copied().unwrap_or(false));
    let left = left.map(PersonId).collect();
    progress.check()?;
    Ok(left)
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn numbers_keep_their_order_and_zeros_are_equal() {
        let values = [
            f64::NEG_INFINITY,
            -3.5,
            -1e-300,
            0.0,
            1e-300,
            2.0,
            2.5,
            f64::INFINITY,
        ];
        for pair in values.windows(2) {
            assert!(in_order(pair[0]) < in_order(pair[1]), "{pair:?}");
        }
        assert_eq!(in_order(0.0), in_order(-0.0));
        assert!(in_order(f64::INFINITY) < u64::MAX - 1);
    }
}
