//! One grouping of people into communities, numbered by size.

use crate::people::PersonId;

/// Who belongs where in one grouping: the communities of one run, of the file, or of a test.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Partition {
    /// The community of each person, from 0; [`Partition::NOWHERE`] for people without ties.
    pub of: Vec<u32>,
    /// Members of each community.
    pub sizes: Vec<u32>,
}

impl Partition {
    /// The community of people who belong to none.
    pub const NOWHERE: u32 = u32::MAX;

    /// Numbers communities by size, largest first, ties by smallest member.
    ///
    /// `labels` holds one label under `n_labels` a person, or [`Partition::NOWHERE`]; labels nobody has vanish.
    /// O(n + k log k).
    pub fn numbered(labels: &[u32], n_labels: usize) -> Self {
        let mut size = vec![0u32; n_labels];
        let mut first = vec![u32::MAX; n_labels];
        for (i, &label) in labels.iter().enumerate() {
            if let Some(size) = size.get_mut(label as usize) {
                *size += 1;
                first[label as usize] = first[label as usize].min(i as u32);
            }
        }
        let mut order: Vec<u32> = (0..n_labels as u32)
            .filter(|&label| size[label as usize] > 0)
            .collect();
        order.sort_unstable_by_key(|&label| {
            let label = label as usize;
            (std::cmp::Reverse(size[label]), first[label])
        });
        let mut number = vec![Self::NOWHERE; n_labels];
        for (new, &old) in order.iter().enumerate() {
            number[old as usize] = new as u32;
        }
        Self {
            of: labels
                .iter()
                .map(|&label| number.get(label as usize).copied())
                .map(|new| new.unwrap_or(Self::NOWHERE))
                .collect(),
            sizes: order.iter().map(|&old| size[old as usize]).collect(),
        }
    }

    /// This grouping, where the communities of the two people of each pair are one; people without a community join nothing.
    /// O(n + pairs · k).
    pub(super) fn joined(&self, pairs: &[[PersonId; 2]]) -> Self {
        let mut label: Vec<u32> = (0..self.n() as u32).collect();
        let of = |person: PersonId| self.of.get(person.index()).copied();
        for [a, b] in pairs {
            let labels =
                [a, b].map(|person| of(*person).and_then(|c| label.get(c as usize).copied()));
            let [Some(a), Some(b)] = labels else {
                continue;
            };
            let (kept, gone) = (a.min(b), a.max(b));
            for label in label.iter_mut().filter(|label| **label == gone) {
                *label = kept;
            }
        }
        let new = |c: &u32| label.get(*c as usize).copied().unwrap_or(Self::NOWHERE);
        let labels: Vec<u32> = self.of.iter().map(new).collect();
        Self::numbered(&labels, self.n())
    }

    /// Number of communities.
    pub fn n(&self) -> usize {
        self.sizes.len()
    }

    /// Whether each community is a small group: fewer members than 0.5 % of the people who belong somewhere, where that
    /// bound is kept between 5 and 50.
    pub fn small(&self) -> Vec<bool> {
        let people: u64 = self.sizes.iter().map(|&s| u64::from(s)).sum();
        let small = |&size: &u32| Self::is_small(size, people);
        self.sizes.iter().map(small).collect()
    }

    /// As [`Partition::small`], for a community of `size` where so many people belong somewhere.
    pub(super) fn is_small(size: u32, people: u64) -> bool {
        f64::from(size) < (people as f64 * 0.005).clamp(5.0, 50.0)
    }

    /// The members of each community as rows: offsets, and people in ascending order.
    pub(super) fn members(&self) -> (Vec<usize>, Vec<u32>) {
        grouped(&self.of, self.n())
    }
}

/// The places of `labels` by label: `n + 1` offsets, and places in ascending order within each label; labels ≥ n are left out.
pub(super) fn grouped(labels: &[u32], n: usize) -> (Vec<usize>, Vec<u32>) {
    let mut offsets = vec![0usize; n + 1];
    for &label in labels {
        if let Some(count) = offsets.get_mut((label as usize).saturating_add(1)) {
            *count += 1;
        }
    }
    for c in 0..n {
        offsets[c + 1] += offsets[c];
    }
    let mut next = offsets.clone();
    let mut places = vec![0u32; offsets[n]];
    for (i, &label) in labels.iter().enumerate() {
        if (label as usize) < n {
            places[next[label as usize]] = i as u32;
            next[label as usize] += 1;
        }
    }
    (offsets, places)
}
