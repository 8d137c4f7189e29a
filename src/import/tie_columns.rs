//! Which columns of a table are the two ends of ties, their weight, kind and direction.

use std::collections::HashSet;

use super::columns::Casting;
use super::{Role, formats};

/// The columns whose headers name the two ends of ties.
pub(super) fn ends_by_alias(casting: &mut Casting<'_>) -> Option<(usize, usize)> {
    let source = casting.matches(formats::aliases(Role::Source), Role::Source);
    let target = casting.matches(formats::aliases(Role::Target), Role::Target);
    let &target = target.first()?;
    let &source = source.iter().find(|i| **i != target)?;
    Some((source, target))
}

/// Gives the ends of ties the columns whose headers name them.
pub(super) fn cast_ends_by_alias(casting: &mut Casting<'_>) {
    for role in [Role::Source, Role::Target] {
        casting.by_alias(role, false);
    }
}

/// Weight, kind and direction of a list of ties; `by_values` also where no header names them.
pub(super) fn cast_tie_extras(casting: &mut Casting<'_>, by_values: bool) {
    for role in [Role::Weight, Role::Kind] {
        casting.by_alias(role, false);
    }
    let names: Vec<String> = formats::aliases_of("directed")
        .iter()
        .map(|a| formats::plain(a))
        .collect();
    casting.roles.directed = (0..casting.table.columns.len()).find(|&i| {
        casting
            .table
            .columns
            .get(i)
            .is_some_and(|c| names.contains(&formats::plain(c)))
            && casting
                .table
                .sample
                .iter()
                .filter_map(|r| r.get(i))
                .any(|c| super::tie_list::direction(c).is_some())
    });
    if by_values || !casting.table.has_header {
        cast_tie_extras_by_values(casting);
    }
}

/// Behind the ends of ties without a header: a weight right there unless it is a time, and words for kinds anywhere.
fn cast_tie_extras_by_values(casting: &mut Casting<'_>) {
    let ends = [Role::Source, Role::Target];
    let Some(last) = ends.iter().filter_map(|r| casting.roles.first(*r)).max() else {
        return;
    };
    let n = casting.table.columns.len();
    let table = casting.table;
    let cells = |i: usize| {
        table
            .sample
            .iter()
            .filter_map(move |r| r.get(i))
            .map(|c| c.trim())
    };
    // networkx writes {'weight': 2} behind the ends.
    let is_key = cells(last + 1).next().is_some() && cells(last + 1).all(|c| c == "{'weight':");
    let weight = last + 1 + usize::from(is_key);
    let can = weight < n && casting.facts_of(weight).filled > 0;
    if can
        && casting.is_open(Role::Weight)
        && casting.fits(Role::Weight, weight)
        && !is_clock(cells(weight))
    {
        casting
            .roles
            .give(Role::Weight, weight, "numbers behind the two ends");
    }
    let kind = (last + 1..n).find(|&i| cells(i).any(|c| super::tie_list::kind_of(c).is_some()));
    let kind = kind.filter(|i| casting.roles.role_of(*i).is_none());
    if let (Some(kind), false) = (kind, !casting.is_open(Role::Kind)) {
        casting
            .roles
            .give(Role::Kind, kind, "its values are kinds of ties");
    }
}

/// Whole numbers that only grow and hardly repeat: seconds since the first tie, not weights.
fn is_clock<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let (mut n, mut steps, mut before) = (0usize, 0usize, -1i64);
    for cell in cells {
        match cell.parse::<i64>() {
            Ok(now) if now >= before => {
                steps += usize::from(now > before);
                n += 1;
                before = now;
            }
            _ => return false,
        }
    }
    n >= 20 && before > 1000 && steps * 2 > n
}

/// The two columns of a table without known headers that hold the ends of ties.
pub(super) fn ends_by_values(casting: &Casting<'_>) -> Option<(usize, usize)> {
    let narrow = casting.table.columns.len() <= 4;
    let can = |i: usize| {
        let f = casting.facts_of(i);
        f.filled > 0
            && f.filled * 10 >= f.rows * 9
            && f.mean_chars() <= 60
            && !f.mostly(f.dates - f.unix.min(f.dates), 50)
            && (narrow || !f.mostly(f.flags, 100))
            && !f.is_prose()
    };
    let candidates: Vec<usize> = (0..casting.table.columns.len().min(8))
        .filter(|&i| can(i))
        .collect();
    let values = |i: usize| -> HashSet<&str> {
        casting
            .table
            .sample
            .iter()
            .filter_map(|r| r.get(i))
            .map(|c| c.trim())
            .filter(|c| !c.is_empty())
            .collect()
    };
    let is_same_kind = |a: usize, b: usize| {
        let (a, b) = (casting.facts_of(a), casting.facts_of(b));
        (a.mostly(a.numeric, 95) == b.mostly(b.numeric, 95))
            && (a.mostly(a.at_signs, 50) == b.mostly(b.at_signs, 50))
    };
    let are_numbers = |i: usize| casting.facts_of(i).mostly(casting.facts_of(i).numeric, 95);
    let mut best: Option<(usize, (usize, usize))> = None;
    for (n, &a) in candidates.iter().enumerate() {
        for &b in candidates.iter().skip(n + 1) {
            if !is_same_kind(a, b) {
                continue;
            }
            let (of_a, of_b) = (values(a), values(b));
            let shared = of_a.intersection(&of_b).count() * 100 / of_a.len().min(of_b.len()).max(1);
            if best.is_none_or(|(most, _)| shared > most) {
                best = Some((shared, (a, b)));
            }
        }
    }
    match (best, candidates.as_slice()) {
        // Small whole numbers overlap by chance: the first two columns are meant.
        (Some((_, (a, b))), [first, second, ..])
            if narrow
                && are_numbers(*first)
                && (a, b) != (*first, *second)
                && is_same_kind(*first, *second) =>
        {
            Some((*first, *second))
        }
        (Some((shared, ends)), _) if shared >= 20 || narrow => Some(ends),
        _ => None,
    }
}
