//! How much two groupings of the same people agree.

use std::collections::BTreeMap;

use super::Partition;

/// Adjusted mutual information of two groupings: 1 when they are equal, about 0 when they agree only by chance.
///
/// People who belong nowhere in either are left out. Adjusted by the mean of the two entropies; 1 when both put everybody
/// into one community, or each person into their own.
///
/// # Cost
/// O(n log n) and about 500 steps for each pair of different community sizes: terms of the expected value further than 12
/// standard deviations from their mean are under 10⁻³⁰ and left out.
/// # Source
/// Vinh, Epps, Bailey (2010).
pub fn adjusted_mutual_information(a: &Partition, b: &Partition) -> f64 {
    let mut pairs: Vec<(u32, u32)> = (a.of.iter().copied())
        .zip(b.of.iter().copied())
        .filter(|&(a, b)| a != Partition::NOWHERE && b != Partition::NOWHERE)
        .collect();
    let n = pairs.len();
    if n == 0 {
        return 1.0;
    }
    let (mut size_a, mut size_b) = (vec![0u32; a.n()], vec![0u32; b.n()]);
    for &(a, b) in &pairs {
        size_a[a as usize] += 1;
        size_b[b as usize] += 1;
    }
    pairs.sort_unstable();
    let mutual = pairs
        .chunk_by(|x, y| x == y)
        .map(|same| {
            let both = same.len() as f64;
            let (x, y) = same[0];
            let (x, y) = (f64::from(size_a[x as usize]), f64::from(size_b[y as usize]));
            both / n as f64 * libm::log(n as f64 * both / (x * y))
        })
        .sum::<f64>();
    let (entropy_a, entropy_b) = (entropy(&size_a, n), entropy(&size_b, n));
    let chance = expected(&size_a, &size_b, n);
    let room = f64::midpoint(entropy_a, entropy_b) - chance;
    if room.abs() < 1e-12 {
        return 1.0;
    }
    (mutual - chance) / room
}

fn entropy(sizes: &[u32], n: usize) -> f64 {
    let shares = sizes
        .iter()
        .filter(|&&s| s > 0)
        .map(|&s| f64::from(s) / n as f64);
    -shares.map(|p| p * libm::log(p)).sum::<f64>()
}

/// How many communities there are of each size.
fn by_size(sizes: &[u32]) -> BTreeMap<u32, u32> {
    let mut count = BTreeMap::new();
    for &size in sizes.iter().filter(|&&s| s > 0) {
        *count.entry(size).or_insert(0) += 1;
    }
    count
}

/// Mutual information expected of random groupings with these sizes.
fn expected(size_a: &[u32], size_b: &[u32], n: usize) -> f64 {
    // ln k! for every k up to n.
    let mut factorial = vec![0.0f64; n + 1];
    for k in 1..=n {
        factorial[k] = factorial[k - 1] + libm::log(k as f64);
    }
    let (by_a, by_b) = (by_size(size_a), by_size(size_b));
    let mut sum = 0.0;
    for (&x, &times_x) in &by_a {
        for (&y, &times_y) in &by_b {
            let times = f64::from(times_x) * f64::from(times_y);
            sum += times * expected_pair(x as usize, y as usize, n, &factorial);
        }
    }
    sum
}

/// What two communities of `x` and `y` people add to the expected value: the overlap is hypergeometric.
fn expected_pair(x: usize, y: usize, n: usize, factorial: &[f64]) -> f64 {
    let (xf, yf, nf) = (x as f64, y as f64, n as f64);
    let mean = xf * yf / nf;
    let reach = 12.0 * libm::sqrt(mean * (1.0 - xf / nf).max(0.0)) + 30.0;
    let least = (x + y).saturating_sub(n).max(1);
    let low = least.max((mean - reach).max(0.0) as usize);
    let high = x.min(y).min((mean + reach) as usize + 1);
    let fixed = factorial[x] + factorial[y] + factorial[n - x] + factorial[n - y] - factorial[n];
    let mut sum = 0.0;
    for both in low..=high {
        let overlap = both as f64;
        let chance = fixed
            - factorial[both]
            - factorial[x - both]
            - factorial[y - both]
            - factorial[n + both - x - y];
        sum += overlap / nf * libm::log(nf * overlap / (xf * yf)) * libm::exp(chance);
    }
    sum
}
