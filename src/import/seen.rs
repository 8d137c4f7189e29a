//! Fingerprints: the same post, person or name is known again without keeping its letters.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher as _, BuildHasherDefault, Hash, Hasher, RandomState};

/// 128 bits that stand for something. Two different things share one with a chance of 1 in 10^26 for a million of them.
pub(super) type Print = u128;

/// Values by fingerprint.
pub(super) type ByPrint<V> = HashMap<Print, V, BuildHasherDefault<OfPrint>>;

/// Makes fingerprints. Different ones in every program run, so that no file can be made to collide.
#[derive(Debug, Clone, Default)]
pub(super) struct Printing(RandomState, RandomState);

impl Printing {
    /// The fingerprint of `what`.
    pub(super) fn of(&self, what: impl Hash) -> Print {
        let (one, other) = (self.0.hash_one(&what), self.1.hash_one(&what));
        u128::from(one) << 64 | u128::from(other)
    }
}

/// A fingerprint is as good as a hash.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OfPrint(u64);

impl Hasher for OfPrint {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u128(&mut self, print: u128) {
        self.0 = print as u64;
    }
}

/// Posts already used, by all that tells the same post again.
#[derive(Debug, Default)]
pub(super) struct Seen {
    printing: Printing,
    prints: HashSet<Print, BuildHasherDefault<OfPrint>>,
}

impl Seen {
    /// What makes the fingerprints.
    pub(super) fn printing(&self) -> &Printing {
        &self.printing
    }

    /// False when the same was met before.
    pub(super) fn is_new(&mut self, print: Print) -> bool {
        self.prints.insert(print)
    }
}
