//! A table from hashes to numbers; what the numbers stand for is kept, and compared, elsewhere.

/// Numbers by hash: eight bytes a place, at least a quarter of them free.
///
/// Half of the standard library's table of owned keys, since the keys stand in the accounts already.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index {
    /// The upper half of the hash above the number + 1; 0 where nothing stands.
    slots: Vec<u64>,
    n: usize,
}

impl Index {
    /// Room for `n` numbers at least.
    pub(crate) fn with_room(n: usize) -> Self {
        Self {
            slots: vec![0; n * 4 / 3 + 1],
            n: 0,
        }
    }

    /// Reads the places of many hashes without looking at what stands there, so that the waiting for memory overlaps. The
    /// result means nothing.
    pub(crate) fn touch(&self, hashes: impl Iterator<Item = u64>) -> u64 {
        let slot = |hash| self.slots.get(self.first_slot(hash));
        hashes.filter_map(slot).fold(0, |sum, slot| sum ^ slot)
    }

    /// The number under `hash` for which `is_it` holds. O(1).
    pub(crate) fn find(&self, hash: u64, mut is_it: impl FnMut(u32) -> bool) -> Option<u32> {
        let mut at = self.first_slot(hash);
        while let Some(&slot) = self.slots.get(at).filter(|slot| **slot != 0) {
            let number = slot as u32 - 1;
            if slot >> 32 == hash >> 32 && is_it(number) {
                return Some(number);
            }
            at = self.next_slot(at);
        }
        None
    }

    /// Puts `number`, below `u32::MAX`, under `hash`. O(1) on average.
    pub(crate) fn insert(&mut self, hash: u64, number: u32) {
        if self.n * 4 >= self.slots.len() * 3 {
            let larger = vec![0; (self.slots.len() * 2).max(16)];
            for slot in std::mem::replace(&mut self.slots, larger) {
                if slot != 0 {
                    self.put(slot);
                }
            }
        }
        self.n += 1;
        self.put(hash & !0xffff_ffff | (u64::from(number) + 1));
    }

    fn put(&mut self, slot: u64) {
        let mut at = self.first_slot(slot);
        while self.slots[at] != 0 {
            at = self.next_slot(at);
        }
        self.slots[at] = slot;
    }

    /// Spreads the upper half of a hash over the table, so that larger tables keep the order of smaller ones.
    fn first_slot(&self, hash: u64) -> usize {
        (((hash >> 32) * self.slots.len() as u64) >> 32) as usize
    }

    fn next_slot(&self, at: usize) -> usize {
        if at + 1 == self.slots.len() {
            0
        } else {
            at + 1
        }
    }
}
