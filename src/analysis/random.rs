//! Numbers that look random and are the same on every machine.

/// A `SplitMix64` generator (Steele, Lea, Flood 2014): 64 bits of state, passes `BigCrush`, two multiplications a number.
#[derive(Debug, Clone)]
pub(super) struct Random(u64);

impl Random {
    /// The generator number `stream` that grows from `seed`; different streams are independent for all we do.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut mixer = Self(seed);
        let start = mixer.next();
        let mut mixer = Self(start ^ stream.wrapping_mul(0xD134_2543_DE82_EF95));
        Self(mixer.next())
    }

    /// 64 random bits.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..n`, 0 when n is 0. Multiply-shift: its bias is under n / 2⁶⁴.
    pub(super) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// A number in `0.0..1.0`.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Fills `order` with `0..n` in random order: blocks of neighbours at random, and at random within each block.
    ///
    /// Whoever visits places in this order stays in one part of memory for a while; a full shuffle of a million people
    /// waits for memory at every step.
    pub(super) fn order(&mut self, n: usize, order: &mut Vec<u32>) {
        const BLOCK: usize = 1 << 12;
        let mut blocks: Vec<usize> = (0..n.div_ceil(BLOCK)).collect();
        self.shuffle(&mut blocks);
        order.clear();
        for block in blocks {
            let start = order.len();
            order.extend(((block * BLOCK)..n.min((block + 1) * BLOCK)).map(|i| i as u32));
            self.shuffle(&mut order[start..]);
        }
    }

    /// Puts `items` into random order (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
