//! The conversation graph: people by number, their ties as compressed sparse rows.

use std::sync::Arc;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::build::ROWS_AT_A_TIME;
use super::{JoinedAccount, TieKind};
use crate::progress::{Cancelled, Progress};

/// Number of a person in a [`ConversationGraph`]: people are numbered by key, byte by byte, so that the order of the
/// posts in a file changes nothing. Valid for that graph only; what is kept on disk names people by key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonId(pub u32);

impl PersonId {
    /// The place in vectors that hold one value a person.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Whom we score and write to.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Handle in lower case without @, or the file's id. All different.
    pub key: Box<str>,
    /// The handle as written, without @.
    pub handle: Box<str>,
    /// The display name; the handle where the file tells none.
    pub name: Box<str>,
    /// Followers, or the audience figure of the export; `None` when unknown (never 0 for unknown).
    pub reach: Option<f64>,
    /// Posts in the file.
    pub posts: u32,
    /// The community that the file itself gives, where it does.
    pub given_community: Option<Box<str>>,
    /// Where the file itself draws the person, in units of the file, x to the right and y downwards; finite.
    pub given_place: Option<[f32; 2]>,
    /// The colour in which the file itself draws the person: red, green, blue.
    pub given_colour: Option<[u8; 3]>,
}

/// One direction and kind between two people: a row of `ties.csv`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interaction {
    /// Who addressed.
    pub from: PersonId,
    /// Who was addressed. For undirected ties the end that the file writes second, where it first lists them.
    pub to: PersonId,
    /// How.
    pub kind: TieKind,
    /// How often, or the weight in the file.
    pub count: f64,
    /// Whether the direction means something.
    pub directed: bool,
}

/// Two people and a weight or strength.
type Pair = (u32, u32, f64);

/// Undirected ties as compressed sparse rows: each tie stands in both rows, rows are sorted by neighbour, no self ties.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Ties {
    /// n + 1 offsets into `neighbours` and `strength`.
    pub offsets: Vec<u32>,
    /// 2m person numbers.
    pub neighbours: Vec<u32>,
    /// 2m damped strengths `log2(1 + w)`, w = interactions in both directions; > 0.
    pub strength: Vec<f64>,
}

impl Ties {
    /// From pairs `(a, b, w)`: w interactions or weight between a and b in either direction. Pairs may repeat (w adds up, in
    /// the order given), self ties are dropped. `n` people. O(n + m log m).
    pub fn from_pairs(n: usize, pairs: &[(u32, u32, f64)]) -> Self {
        let sorted = pairs
            .iter()
            .filter(|p| p.0 != p.1)
            .map(|&(a, b, w)| (a.min(b), a.max(b), w));
        Self::from_ordered(n, &sorted.collect::<Vec<_>>(), &Progress::new())
            .expect("nobody else knows this progress, so nobody cancels it")
    }

    /// From interactions, which name nobody twice in one row, and nobody from `n` on.
    pub(crate) fn of_interactions(
        n: usize,
        interactions: &[Interaction],
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let pairs: Vec<(u32, u32, f64)> = interactions
            .par_iter()
            .map(|i| (i.from.0.min(i.to.0), i.from.0.max(i.to.0), i.count))
            .collect();
        Self::from_ordered(n, &pairs, progress)
    }

    /// From pairs of which the first is the smaller person.
    fn from_ordered(
        n: usize,
        pairs: &[(u32, u32, f64)],
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let (starts, mut sorted) = by_first(n, &[pairs], |pair| pair.0, progress)?;
        let mut lists: Vec<&mut [(u32, u32, f64)]> = Vec::with_capacity(n);
        let mut rest = sorted.as_mut_slice();
        for a in 0..n {
            let (list, behind) = rest.split_at_mut((starts[a + 1] - starts[a]) as usize);
            lists.push(list);
            rest = behind;
        }
        let parts: Result<Vec<Vec<Pair>>, Cancelled> = lists
            .par_chunks_mut(1 << 14)
            .map(|lists| {
                progress.check()?;
                let mut kept = Vec::new();
                for list in lists {
                    list.sort_by_key(|&(_, b, _)| b); // stable: weights add up in the order given
                    add_up(list, &mut kept);
                }
                Ok(kept)
            })
            .collect();
        let parts = parts?;
        progress.check()?;
        Self::from_sorted(n, &parts.concat(), progress)
    }

    /// From pairs `(a, b, t)` with a < b and t damped, sorted, all different.
    fn from_sorted(
        n: usize,
        sorted: &[(u32, u32, f64)],
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        progress.check()?;
        let mut offsets = vec![0u32; n + 1];
        for &(a, b, _) in sorted {
            offsets[a as usize + 1] += 1;
            offsets[b as usize + 1] += 1;
        }
        for i in 0..n {
            offsets[i + 1] += offsets[i];
        }
        progress.check()?;
        let mut fill: Vec<u32> = offsets.clone();
        let (mut neighbours, mut strength) =
            (vec![0u32; sorted.len() * 2], vec![0f64; sorted.len() * 2]);
        // First the smaller neighbours of everybody, then the larger: each row comes out sorted.
        for part in sorted.chunks(ROWS_AT_A_TIME) {
            progress.check()?;
            for &(a, b, t) in part {
                put(&mut fill, &mut neighbours, &mut strength, (b, a, t));
            }
        }
        for part in sorted.chunks(ROWS_AT_A_TIME) {
            progress.check()?;
            for &(a, b, t) in part {
                put(&mut fill, &mut neighbours, &mut strength, (a, b, t));
            }
        }
        Ok(Self {
            offsets,
            neighbours,
            strength,
        })
    }

    /// Number of people.
    pub fn n_people(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Number of ties, each counted once.
    pub fn n_ties(&self) -> usize {
        self.neighbours.len() / 2
    }

    /// Number of different people that person `i` is tied to.
    pub fn connections(&self, i: usize) -> usize {
        (self.offsets[i + 1] - self.offsets[i]) as usize
    }

    /// The neighbours of person `i` and the strengths of those ties, by number.
    pub fn row(&self, i: usize) -> (&[u32], &[f64]) {
        let range = self.offsets[i] as usize..self.offsets[i + 1] as usize;
        (&self.neighbours[range.clone()], &self.strength[range])
    }

    /// Iterates over person `i`'s ties as `(neighbour, strength)`.
    pub fn of(&self, i: usize) -> impl Iterator<Item = (u32, f64)> + '_ {
        let (neighbours, strength) = self.row(i);
        neighbours.iter().copied().zip(strength.iter().copied())
    }

    /// How strong the tie between `a` and `b` is; `None` where they are not tied. O(log n).
    pub fn between(&self, a: PersonId, b: PersonId) -> Option<f64> {
        if a.index().max(b.index()) >= self.n_people() {
            return None;
        }
        let (neighbours, strength) = self.row(a.index());
        let at = neighbours.binary_search(&b.0).ok()?;
        strength.get(at).copied()
    }

    /// People who are tied to both `a` and `b`, with the strength of the weaker of the two ties; strongest first, then by
    /// number. O(ties of both).
    pub fn tied_to_both(&self, a: PersonId, b: PersonId) -> Vec<(PersonId, f64)> {
        if a.index().max(b.index()) >= self.n_people() {
            return Vec::new();
        }
        let mut others = self.of(b.index()).peekable();
        let mut both: Vec<(PersonId, f64)> = self
            .of(a.index())
            .filter_map(|(person, strength)| {
                while others.next_if(|(other, _)| *other < person).is_some() {}
                let (_, other) = others.next_if(|(other, _)| *other == person)?;
                Some((PersonId(person), strength.min(other)))
            })
            .collect();
        both.sort_unstable_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        both
    }

    /// Each tie once, as `(a, b, strength)` with a < b, by a then b.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32, f64)> + '_ {
        (0..self.n_people()).flat_map(move |a| {
            self.of(a)
                .filter(move |&(b, _)| (a as u32) < b)
                .map(move |(b, t)| (a as u32, b, t))
        })
    }
}

fn put(
    fill: &mut [u32],
    neighbours: &mut [u32],
    strength: &mut [f64],
    (row, other, t): (u32, u32, f64),
) {
    let at = fill[row as usize] as usize;
    neighbours[at] = other;
    strength[at] = t;
    fill[row as usize] += 1;
}

/// Adds the pairs of `list`, which is sorted, to `kept`: each pair once, with its damped strength.
fn add_up(list: &[(u32, u32, f64)], kept: &mut Vec<(u32, u32, f64)>) {
    for same in list.chunk_by(|x, y| x.1 == y.1) {
        let Some((&(a, b, first), more)) = same.split_first() else {
            continue;
        };
        let w = more.iter().fold(first, |w, pair| w + pair.2);
        kept.push((a, b, libm::log2(1.0 + w)));
    }
}

/// The rows of all `parts` by `first`, a number below n; equal ones stay in their order. With them, where the rows of each number begin, and the
/// end of the last. O(n + rows).
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn by_first<T: Copy>(
    n: usize,
    parts: &[impl AsRef<[T]>],
    first: impl Fn(&T) -> u32,
    progress: &Progress,
) -> Result<(Vec<u32>, Vec<T>), Cancelled> {
    let mut offsets = vec![0u32; n + 1];
    let rows = || {
        let parts = parts.iter().map(AsRef::as_ref);
        parts.flat_map(|part: &[T]| part.chunks(ROWS_AT_A_TIME))
    };
    for rows in rows() {
        progress.check()?;
        for row in rows {
            offsets[first(row) as usize + 1] += 1;
        }
    }
    for i in 0..n {
        offsets[i + 1] += offsets[i];
    }
    let mut fill = offsets.clone();
    let n_rows = parts.iter().map(|part| part.as_ref().len()).sum();
    // In any order first: new memory takes its time, and somebody may cancel meanwhile.
    let mut sorted = Vec::with_capacity(n_rows);
    for rows in rows() {
        progress.check()?;
        sorted.extend_from_slice(rows);
    }
    for rows in rows() {
        progress.check()?;
        for row in rows {
            let at = &mut fill[first(row) as usize];
            sorted[*at as usize] = *row;
            *at += 1;
        }
    }
    Ok((offsets, sorted))
}

/// Who talks with whom.
#[derive(Debug, Clone, Default)]
pub struct ConversationGraph {
    /// Everybody, by [`PersonId`].
    pub people: Vec<Person>,
    /// One row a direction and kind, by (from, to, kind).
    pub interactions: Vec<Interaction>,
    /// The undirected, damped ties; shared, since the layout keeps them while it runs.
    pub ties: Arc<Ties>,
    /// How often somebody addressed themselves: counted, not drawn.
    pub self_ties: u64,
    /// Which person each account of the posts became, by [`super::AccountId`].
    pub person_of_account: Vec<PersonId>,
    /// Accounts that are one person with another one, in order of their keys.
    pub joined: Vec<JoinedAccount>,
}

impl ConversationGraph {
    /// Number of people.
    pub fn n_people(&self) -> usize {
        self.people.len()
    }

    /// The person with this key, also by the key of an account that is one person with another one. O(log n).
    pub fn find(&self, key: &str) -> Option<PersonId> {
        let own = self.people.binary_search_by(|p| (*p.key).cmp(key));
        let own = own.ok().map(|i| PersonId(i as u32));
        own.or_else(|| {
            let at = self.joined.binary_search_by(|a| (*a.key).cmp(key)).ok()?;
            Some(self.joined.get(at)?.person)
        })
    }

    /// The other accounts of a person, in order of their keys. O(joined accounts).
    pub fn also(&self, person: PersonId) -> impl Iterator<Item = &JoinedAccount> {
        self.joined.iter().filter(move |a| a.person == person)
    }

    /// People without any tie.
    pub fn n_isolates(&self) -> usize {
        (0..self.n_people())
            .filter(|&i| self.ties.connections(i) == 0)
            .count()
    }

    /// The interactions between `a` and `b` in both directions, added up. O(log interactions + kinds).
    pub fn interactions_between(&self, a: PersonId, b: PersonId) -> f64 {
        let one_way = |from: PersonId, to: PersonId| {
            let first = self
                .interactions
                .partition_point(|i| (i.from, i.to) < (from, to));
            let rows = self.interactions.get(first..).unwrap_or_default();
            rows.iter()
                .take_while(|i| (i.from, i.to) == (from, to))
                .map(|i| i.count)
                .sum::<f64>()
        };
        if a == b {
            0.0
        } else {
            one_way(a, b) + one_way(b, a)
        }
    }

    /// All interactions added up.
    pub fn n_interactions(&self) -> f64 {
        self.interactions.iter().map(|i| i.count).sum()
    }
}
