//! The words that set some people apart from everybody else.

use crate::analysis::{WordUse, words_that_set_apart};
use crate::people::{ConversationGraph, PersonId, Posts};
use crate::progress::{Cancelled, Progress};

/// Of more people on either side only so many are read, evenly among them by number.
const READ: usize = 60_000;

/// The words that set `people` apart from everybody else, best first, at most ten; none where fewer than five of them wrote. They are
/// found as where communities are named, in posts and in what people say of themselves. Of more than 60,000 people who wrote
/// inside, or outside, every k-th is read.
///
/// # Errors
/// [`Cancelled`] only.
/// # Cost
/// O(posts + words of those who are read, log of those), on all cores.
pub fn words_of(
    graph: &ConversationGraph,
    posts: &Posts,
    people: &[PersonId],
    progress: &Progress,
) -> Result<Vec<WordUse>, Cancelled> {
    let mut is_inside = vec![false; graph.n_people()];
    for person in people {
        if let Some(inside) = is_inside.get_mut(person.index()) {
            *inside = true;
        }
    }
    let mut wrote: Vec<bool> = graph.people.iter().map(|person| person.posts > 0).collect();
    let homes = posts.accounts.iter().zip(&graph.person_of_account);
    for (_, person) in homes.filter(|(account, _)| account.bio.is_some()) {
        if let Some(wrote) = wrote.get_mut(person.index()) {
            *wrote = true;
        }
    }
    let (inside, outside): (Vec<u32>, Vec<u32>) = (0u32..)
        .zip(wrote)
        .filter_map(|(number, wrote)| wrote.then_some(number))
        .partition(|i| is_inside.get(*i as usize).copied().unwrap_or(false));
    let (inside, outside) = (some_of(inside), some_of(outside));
    words_that_set_apart(graph, posts, [&inside, &outside], progress)
}

/// All of them, or, of very many, every k-th.
fn some_of(people: Vec<u32>) -> Vec<u32> {
    let step = people.len().div_ceil(READ).max(1);
    people.into_iter().step_by(step).collect()
}

#[cfg(test)]
mod tests {
    use super::some_of;

    #[test]
    fn of_very_many_some_are_read_evenly() {
        assert_eq!(some_of((0..5).collect()), [0, 1, 2, 3, 4]);
        let some = some_of((0..130_000).collect());
        assert_eq!(some.len(), 43_334);
        assert!(some.windows(2).all(|pair| pair[1] - pair[0] == 3));
    }
}
