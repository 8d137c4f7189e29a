//! How large each dot is drawn.

use super::{Analysis, DotSizes, SizeBy};
use crate::people::ConversationGraph;

/// Below this ratio of the largest to the smallest usual value true areas can be read; above it most dots would be smallest.
const AREA_TRUE_BELOW: f64 = 20.0;

/// Sizes of the dots.
///
/// The scale is set by the people with ties whose value is known: from their 5th to their 99.5th percentile (linear between
/// neighbours), as `measures.md` has it. When over half of their reaches are unknown, connections stand in for reach.
/// Unknown reach gives the smallest dot. O(n log n).
pub fn dot_sizes(graph: &ConversationGraph, analysis: &Analysis, by: SizeBy) -> DotSizes {
    let n = graph.n_people();
    let tied = |i: &usize| graph.ties.connections(*i) > 0;
    let reach: Vec<Option<f64>> = graph
        .people
        .iter()
        .map(|p| p.reach.filter(|f| f.is_finite() && *f >= 0.0))
        .collect();
    let n_tied = (0..n).filter(tied).count();
    let unknown = (0..n).filter(tied).filter(|&i| reach[i].is_none()).count();
    let by = match by {
        SizeBy::Reach | SizeBy::ReachArea if unknown * 2 > n_tied => SizeBy::Connections,
        by => by,
    };
    let values = match by {
        SizeBy::Reach | SizeBy::ReachArea => reach,
        SizeBy::Same => {
            return DotSizes {
                radius: vec![SAME; n],
                by,
                unknown: unknown as u32,
                examples: Vec::new(),
            };
        }
        SizeBy::Connections => (0..n)
            .map(|i| Some(graph.ties.connections(i) as f64))
            .collect(),
        SizeBy::BridgeScore => (0..n)
            .map(|i| analysis.bridges.score.get(i).copied())
            .collect(),
    };
    let known = (0..n).filter(tied).filter_map(|i| values[i]).collect();
    let scale = Scale::new(known, by == SizeBy::ReachArea);
    let step = if by == SizeBy::BridgeScore { 0.01 } else { 1.0 };
    DotSizes {
        radius: values
            .iter()
            .map(|v| v.map_or(DotSizes::SMALLEST, |v| scale.radius(v)))
            .collect(),
        by,
        unknown: unknown as u32,
        examples: scale.examples(step),
    }
}

/// The radius of all dots where size means nothing: as most dots are on the other scales.
const SAME: f32 = 2.0;

/// From values to radii.
struct Scale {
    low: f64,
    high: f64,
    area_true: bool,
}

impl Scale {
    fn new(mut known: Vec<f64>, area_true: bool) -> Self {
        known.sort_unstable_by(f64::total_cmp);
        let (low, high) = (percentile(&known, 0.05), percentile(&known, 0.995));
        Self {
            low,
            high,
            area_true: area_true || high < AREA_TRUE_BELOW * low,
        }
    }

    fn radius(&self, value: f64) -> f32 {
        let (least, most) = (f64::from(DotSizes::SMALLEST), f64::from(DotSizes::LARGEST));
        let radius = if self.high <= 0.0 {
            least
        } else if self.area_true {
            most * libm::sqrt(value.max(0.0) / self.high)
        } else {
            let log = |f: f64| libm::log10(1.0 + f.max(0.0));
            let u = (log(value) - log(self.low)) / (log(self.high) - log(self.low));
            let u = u.clamp(0.0, 1.0);
            least + (most - least) * u * u
        };
        radius.clamp(least, most) as f32
    }

    /// The value whose radius stands `share` of the way from smallest to largest.
    fn value_at(&self, share: f64) -> f64 {
        let (least, most) = (f64::from(DotSizes::SMALLEST), f64::from(DotSizes::LARGEST));
        if self.area_true {
            let radius = (least + (most - least) * share) / most;
            self.high * radius * radius
        } else {
            let log = |f: f64| libm::log10(1.0 + f);
            let u = libm::sqrt(share);
            libm::exp10(log(self.low) + u * (log(self.high) - log(self.low))) - 1.0
        }
    }

    /// Three different round values, multiples of `least` or more, for the legend.
    fn examples(&self, least: f64) -> Vec<(f64, f32)> {
        let mut values: Vec<f64> = Vec::with_capacity(3);
        for share in [0.1, 0.4, 1.0] {
            let wanted = self.value_at(share);
            let floor = values.last().map_or(least, |&last| next_round(last));
            values.push(round_below(wanted).max(floor));
        }
        values.iter().map(|&v| (v, self.radius(v))).collect()
    }
}

/// The value below which `share` of the sorted values lie, linear between neighbours; 0 for none.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else {
        return 0.0;
    };
    let place = share * last as f64;
    let (below, part) = (place as usize, place - libm::floor(place));
    let next = sorted[(below + 1).min(last)];
    sorted[below] + part * (next - sorted[below])
}

/// The largest 1, 2 or 5 times a power of ten that is not above `value`; 0 for what is not above 0.
fn round_below(value: f64) -> f64 {
    if value <= 0.0 || !value.is_finite() {
        return 0.0;
    }
    // Tiny surplus: 1000 must not become 500 because its logarithm came out as 2.999….
    let power = libm::floor(libm::log10(value) + 1e-9) as i32;
    let ten = power_of_ten(power);
    let factor = value / ten * (1.0 + 1e-9);
    scaled(
        if factor >= 5.0 {
            5
        } else if factor >= 2.0 {
            2
        } else {
            1
        },
        power,
    )
}

/// The next 1, 2 or 5 times a power of ten above `round`, which is one.
fn next_round(round: f64) -> f64 {
    let power = libm::floor(libm::log10(round) + 1e-9) as i32;
    let factor = libm::round(round / power_of_ten(power)) as u32;
    match factor {
        1 => scaled(2, power),
        2 => scaled(5, power),
        _ => scaled(1, power + 1),
    }
}

/// `factor · 10^power`; dividing keeps 0.02 the nearest number to 0.02.
fn scaled(factor: u32, power: i32) -> f64 {
    if power < 0 {
        f64::from(factor) / power_of_ten(-power)
    } else {
        f64::from(factor) * power_of_ten(power)
    }
}

fn power_of_ten(power: i32) -> f64 {
    libm::exp10(f64::from(power))
}
