//! Posts that were used already are known again by their fingerprints.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::people::{Print, Printing};

/// Values by fingerprint.
pub(super) type ByPrint<V> = HashMap<Print, V, BuildHasherDefault<OfPrint>>;

/// By what a post is known again: `id` is its own, or its address where it has none (`is_id` false); `to` tells letters
/// apart, which stand there once for each person addressed.
///
/// Ids alone do not prove it: files number their rows. The author has to be the same too, and for short ids and for
/// addresses (which some tools fill with the page that was commented on) also what was said.
pub(super) fn print_of_post(
    printing: &Printing,
    (id, is_id): (&str, bool),
    author_key: &str,
    (time, text): (Option<i64>, &str),
    to: Option<&str>,
) -> Print {
    let says_little = !is_id || id.len() < 10;
    let said = says_little.then_some((text, text.is_empty().then_some(time)));
    printing.of((id, author_key, said, to))
}

/// A fingerprint is as good as a hash.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OfPrint(u64);

impl Hasher for OfPrint {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // The length of the array comes first, then all its bytes at once.
        self.0 = bytes
            .first_chunk()
            .map_or(0, |first| u64::from_le_bytes(*first));
    }
}

/// Posts already used, by all that tells the same post again. Twelve bytes a place, at least an eighth of them free.
#[derive(Debug, Default)]
pub(super) struct Seen {
    printing: Printing,
    slots: Vec<Print>,
    n: usize,
}

impl Seen {
    /// What makes the fingerprints.
    pub(super) fn printing(&self) -> &Printing {
        &self.printing
    }

    /// Makes room for about `n` more posts at once: growing step by step leaves gaps in memory.
    pub(super) fn expect(&mut self, n: usize) {
        let wanted = (self.n + n).saturating_mul(8) / 7 + 1;
        if wanted > self.slots.len() {
            self.grow(wanted);
        }
    }

    /// False when the post with this id was used before, from this file or another, by the rules of [`print_of_post`]: an
    /// export as CSV and one as JSON are known for the same.
    pub(super) fn is_new(&mut self, id: &str, author: &str, time: Option<i64>, text: &str) -> bool {
        let print = print_of_post(&self.printing, (id, true), author, (time, text), None);
        self.add(print)
    }

    /// False when the same was met before. O(1) on average.
    pub(super) fn add(&mut self, print: Print) -> bool {
        if self.n * 8 >= self.slots.len() * 7 {
            self.grow((self.slots.len() / 2 * 3).max(16));
        }
        let is_new = self.put(print);
        self.n += usize::from(is_new);
        is_new
    }

    /// Reads the places of many posts without looking at what stands there, so that the waiting for memory overlaps.
    pub(super) fn touch(&self, prints: impl Iterator<Item = Print>) {
        let slot = |print| self.slots.get(self.place(print));
        std::hint::black_box(prints.filter_map(slot).fold(0, |sum, slot| sum ^ slot[2]));
    }

    fn place(&self, print: Print) -> usize {
        ((u64::from(print[0]) * self.slots.len() as u64) >> 32) as usize
    }

    fn grow(&mut self, n: usize) {
        for print in std::mem::replace(&mut self.slots, vec![[0; 3]; n]) {
            if print != [0; 3] {
                self.put(print);
            }
        }
    }

    fn put(&mut self, print: Print) -> bool {
        let mut at = self.place(print);
        loop {
            match self.slots[at] {
                [0, 0, 0] => {
                    self.slots[at] = print;
                    return true;
                }
                known if known == print => return false,
                _ if at + 1 == self.slots.len() => at = 0,
                _ => at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_known_again_however_the_table_grew() {
        for expected in [0, 10, 100_000] {
            let mut seen = Seen::default();
            seen.expect(expected);
            let print = seen.printing().clone();
            assert!((0..50_000).all(|i| seen.add(print.of(i))));
            assert!((0..50_000).all(|i| !seen.add(print.of(i))));
            assert!((50_000..60_000).all(|i| seen.add(print.of(i))));
        }
    }
}
