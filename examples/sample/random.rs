//! A small random generator of our own: the same numbers on every machine and with every version of every crate.

/// `SplitMix64` (Steele, Lea, Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number in `0..n`, `n > 0`.
    pub(super) fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// A number in `0.0..1.0`.
    pub(super) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of `items`, which must not be empty.
    pub(super) fn pick<'a, T: ?Sized>(&mut self, items: &[&'a T]) -> &'a T {
        items[self.below(items.len())]
    }

    /// A place in `weights`, drawn in proportion; the last one where rounding leaves nothing.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut total = 0.0;
        for w in weights {
            total += w;
        }
        let mut rest = self.unit() * total;
        for (i, w) in weights.iter().enumerate() {
            rest -= w;
            if rest < 0.0 {
                return i;
            }
        }
        weights.len() - 1
    }

    /// Heavy-tailed, from 1 up to `most`: a few have much, most have little.
    pub(super) fn pareto(&mut self, alpha: f64, most: f64) -> f64 {
        libm::pow(1.0 - self.unit(), -1.0 / alpha).min(most)
    }

    /// Log-normal around `median` with `sigma` (natural logarithm); twelve uniform numbers stand in for a normal one.
    pub(super) fn log_normal(&mut self, median: f64, sigma: f64) -> f64 {
        let mut normal = -6.0;
        for _ in 0..12 {
            normal += self.unit();
        }
        median * libm::exp(sigma * normal)
    }

    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
