//! Fingerprints: the same handle, post or name is known again without comparing its letters.

use std::hash::{BuildHasher as _, Hash};

use foldhash::quality::RandomState;

/// 96 bits that stand for something; never all zero. Among a million different things two share one with a chance of 1 in 10^17.
pub(crate) type Print = [u32; 3];

/// Makes fingerprints. Different ones in every program run, so that no file can be made to collide.
#[derive(Debug, Clone, Default)]
pub(crate) struct Printing(RandomState, RandomState);

impl Printing {
    /// The fingerprint of `what`.
    pub(crate) fn of(&self, what: impl Hash) -> Print {
        let (one, other) = (self.0.hash_one(&what), self.1.hash_one(&what));
        [(one >> 32) as u32, one as u32, other as u32 | 1]
    }

    /// A shorter one, for telling whether something changed; never 0.
    pub(crate) fn short(&self, what: &str) -> u64 {
        self.0.hash_one(what) | 1
    }
}

/// The first 64 bits, which serve as a hash.
pub(super) fn hash_of(print: Print) -> u64 {
    u64::from(print[0]) << 32 | u64::from(print[1])
}
