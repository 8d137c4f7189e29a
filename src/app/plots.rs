//! Everybody in two scatter plots: reach against bridge score, connections against communities reached.

use std::collections::BTreeSet;

use egui_plot::PlotPoint;

use crate::analysis::{Communities, CommunityId};
use crate::people::PersonId;
use crate::progress::{Cancelled, Progress};
use crate::session::Results;

/// People drawn of each end of a plot, whoever they are.
const EXTREME: usize = 500;
/// People drawn of all the others.
const SAMPLED: usize = 2000;
/// The share of people who are below what is called high.
const HIGH: f64 = 0.9;
/// Fewer people than this are not divided into regions.
const LEAST: usize = 10;
/// Layers of dots, each with people of every community.
const LAYERS: u32 = 6;
/// Room above everybody for the name of a region, as a share of the height.
const NAMED: f64 = 0.1;
/// How far equal values are spread, in units of the axis, to either side.
const SPREAD: f64 = 0.3;

/// A named part of a plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// What it is called.
    pub name: &'static str,
    /// What that means.
    pub tip: &'static str,
    /// Its lower left corner, which belongs to it.
    pub from: [f64; 2],
    /// Its upper right corner, which does not.
    pub to: [f64; 2],
    /// People in it.
    pub people: usize,
}

/// Some of the people of one community who are drawn.
#[derive(Debug, Clone)]
pub struct Series {
    /// The community.
    pub community: Option<CommunityId>,
    /// Who.
    pub people: Vec<PersonId>,
    /// Where, in the same order.
    pub points: Vec<PlotPoint>,
}

/// One plot.
#[derive(Debug, Clone)]
pub struct Scatter {
    /// Where everybody stands, by [`PersonId`]; not a number for people without ties.
    pub at: Vec<[f32; 2]>,
    /// Who is drawn: those at the ends, and a fair sample of the others.
    pub series: Vec<Series>,
    /// People who stand in it.
    pub people: usize,
    /// People drawn.
    pub drawn: usize,
    /// The least and the largest of both axes, with room around.
    pub bounds: [[f64; 2]; 2],
    /// Named parts.
    pub regions: Vec<Region>,
    /// Where the strip of those ends who have no value on the axis to the right; `None`: everybody has one.
    pub strip: Option<f64>,
}

impl Scatter {
    /// Everybody who stands from `from` on and before `to`. O(people).
    pub fn people_in(&self, from: [f64; 2], to: [f64; 2]) -> Vec<PersonId> {
        let inside = |at: &[f32; 2]| {
            let [x, y] = at.map(f64::from);
            (from[0]..to[0]).contains(&x) && (from[1]..to[1]).contains(&y)
        };
        let all = self.at.iter().enumerate();
        all.filter(|(_, at)| inside(at))
            .map(|(i, _)| PersonId(i as u32))
            .collect()
    }
}

/// Both plots.
#[derive(Debug, Clone)]
pub struct Plots {
    /// Reach (its logarithm to the base of ten) against bridge score (its square root: few scores are large).
    pub reach: Scatter,
    /// Connections (its logarithm to the base of ten) against communities reached, equal ones spread a little.
    pub connections: Scatter,
}

impl Plots {
    /// Makes both. O(people).
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn of(results: &Results, progress: &Progress) -> Result<Self, Cancelled> {
        plots(results, progress)
    }
}

/// Makes both plots. O(people).
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn plots(results: &Results, progress: &Progress) -> Result<Plots, Cancelled> {
    let reach = by_reach(results, progress)?;
    let connections = by_connections(results, progress)?;
    Ok(Plots { reach, connections })
}

/// A share of one for each number, evenly spread and always the same; two of them for two axes.
fn spread(i: usize) -> [f64; 2] {
    // Shares of whole numbers by the two best of all ratios for it.
    [0.754_877_666_246_692_8, 0.569_840_290_998_053_3].map(|ratio| (i as f64 * ratio).fract())
}

fn by_reach(results: &Results, progress: &Progress) -> Result<Scatter, Cancelled> {
    let (graph, bridges) = (&results.graph, &results.analysis.bridges);
    let tied = |i: usize| bridges.connections.get(i).is_some_and(|n| *n > 0);
    let score = |i: usize| bridges.score.get(i).copied().unwrap_or(0.0);
    let log = |reach: f64| libm::log10(reach.max(1.0)) as f32;
    let known: Vec<Option<f32>> = (graph.people.iter())
        .map(|person| person.reach.map(log))
        .collect();
    progress.check()?;
    let of_tied = (0..known.len()).filter(|i| tied(*i));
    let values: Vec<f32> = of_tied.clone().filter_map(|i| known[i]).collect();
    let unknown = of_tied.clone().any(|i| known[i].is_none());
    let least = values.iter().copied().fold(f32::INFINITY, f32::min);
    let left = if least.is_finite() {
        f64::from(least).floor()
    } else {
        0.0
    };
    let strip = unknown.then_some(left - 0.1);
    let at: Vec<[f32; 2]> = (0..known.len())
        .map(|i| {
            if !tied(i) {
                return [f32::NAN; 2];
            }
            // Those without a value stand side by side to the left of all others.
            let aside = || (left - 0.8 + 0.6 * spread(i)[0]) as f32;
            [
                known[i].unwrap_or_else(aside),
                libm::sqrt(score(i).max(0.0)) as f32,
            ]
        })
        .collect();
    progress.check()?;
    let scores: Vec<f32> = (at.iter().map(|at| at[1])).filter(|y| *y > 0.0).collect();
    let mut scatter = scatter(at, &results.analysis.communities, strip, progress)?;
    if values.len() >= LEAST && scores.len() >= LEAST {
        let (x, y) = (quantile(values), quantile(scores));
        scatter.bounds[1][1] += (scatter.bounds[1][1] - scatter.bounds[0][1]) * NAMED;
        let [[_, bottom], [right, top]] = scatter.bounds;
        let region = |name, tip, from, to| Region {
            name,
            tip,
            from,
            to,
            people: scatter.people_in(from, to).len(),
        };
        let middle = strip.unwrap_or(scatter.bounds[0][0]);
        scatter.regions = vec![
            region(
                "Quiet bridges",
                "A bridge score among the highest tenth, without a reach among the highest tenth",
                [middle, y],
                [x, top],
            ),
            region(
                "Big mouths",
                "A reach among the highest tenth, without a bridge score among the highest tenth",
                [x, bottom],
                [right, y],
            ),
        ];
    }
    Ok(scatter)
}

fn by_connections(results: &Results, progress: &Progress) -> Result<Scatter, Cancelled> {
    let bridges = &results.analysis.bridges;
    let reached = |i: usize| bridges.communities_reached.get(i).copied().unwrap_or(0);
    let place = |(i, connections): (usize, &u32)| {
        if *connections == 0 {
            return [f32::NAN; 2];
        }
        let [x, y] = spread(i).map(|share| SPREAD * (2.0 * share - 1.0));
        let across = libm::log10(f64::from(*connections) + x);
        [across as f32, (f64::from(reached(i)) + y) as f32]
    };
    let at = bridges.connections.iter().enumerate().map(place).collect();
    scatter(at, &results.analysis.communities, None, progress)
}

/// The value under which nine in ten of `values` lie; there must be one.
fn quantile(mut values: Vec<f32>) -> f64 {
    let at = ((values.len() as f64 * HIGH) as usize).min(values.len().saturating_sub(1));
    let (_, value, _) = values.select_nth_unstable_by(at, f32::total_cmp);
    f64::from(*value)
}

/// Puts a plot together: who is drawn, and how much room there is.
fn scatter(
    at: Vec<[f32; 2]>,
    communities: &Communities,
    strip: Option<f64>,
    progress: &Progress,
) -> Result<Scatter, Cancelled> {
    progress.check()?;
    let all: Vec<u32> = (0..at.len() as u32)
        .filter(|&i| at[i as usize].iter().all(|v| v.is_finite()))
        .collect();
    let chosen = chosen(&at, &all);
    progress.check()?;
    let mut series: Vec<Series> = Vec::new();
    let of = |i: u32| communities.of.get(i as usize).copied().flatten();
    let mut by_community: Vec<u32> = chosen;
    // In layers: else one community would lie above all others where many dots meet.
    let kind = |i: u32| (i % LAYERS, of(i).is_none(), of(i));
    by_community.sort_unstable_by_key(|&i| (kind(i), i));
    for run in by_community.chunk_by(|a, b| kind(*a) == kind(*b)) {
        let point = |&i: &u32| PlotPoint::from(at[i as usize].map(f64::from));
        series.push(Series {
            community: run.first().and_then(|&i| of(i)),
            people: run.iter().map(|&i| PersonId(i)).collect(),
            points: run.iter().map(point).collect(),
        });
    }
    let bounds = bounds(&at, &all, strip);
    Ok(Scatter {
        people: all.len(),
        drawn: by_community.len(),
        series,
        bounds,
        regions: Vec::new(),
        strip,
        at,
    })
}

/// Those with the largest values on either axis, and of the others every so many.
fn chosen(at: &[[f32; 2]], all: &[u32]) -> Vec<u32> {
    if all.len() <= 2 * EXTREME + SAMPLED {
        return all.to_vec();
    }
    let mut drawn: BTreeSet<u32> = BTreeSet::new();
    let mut order = all.to_vec();
    for axis in [0, 1] {
        order.select_nth_unstable_by(EXTREME, |&a, &b| {
            let value = |i: u32| at[i as usize][axis];
            value(b).total_cmp(&value(a)).then(a.cmp(&b))
        });
        drawn.extend(order.iter().take(EXTREME));
    }
    let others: Vec<u32> = (all.iter().copied())
        .filter(|i| !drawn.contains(i))
        .collect();
    let mut chosen: Vec<u32> = all.iter().copied().filter(|i| drawn.contains(i)).collect();
    let n = others.len().min(SAMPLED);
    chosen.extend((0..n).map(|k| others[k * others.len() / n]));
    chosen
}

/// The room that everybody needs, with some around.
fn bounds(at: &[[f32; 2]], all: &[u32], strip: Option<f64>) -> [[f64; 2]; 2] {
    let mut least = [f64::INFINITY; 2];
    let mut most = [f64::NEG_INFINITY; 2];
    for &i in all {
        for axis in [0, 1] {
            let value = f64::from(at[i as usize][axis]);
            least[axis] = least[axis].min(value);
            most[axis] = most[axis].max(value);
        }
    }
    if all.is_empty() {
        return [[0.0; 2], [1.0; 2]];
    }
    let pad = |axis: usize, share: f64| ((most[axis] - least[axis]) * share).max(0.1);
    let left = strip.map_or(least[0] - pad(0, 0.03), |strip| strip - 0.8);
    [
        [left, least[1] - pad(1, 0.04)],
        [most[0] + pad(0, 0.04), most[1] + pad(1, 0.08)],
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{EXTREME, SAMPLED, chosen, quantile};

    #[test]
    fn of_very_many_the_ends_are_drawn_and_of_the_others_every_so_many() {
        let n = 100_000u32;
        // Across they rise with the number; upwards the middle is highest.
        let at: Vec<[f32; 2]> = (0..n)
            .map(|i| [i as f32, -(i as f32 - 50_000.0).abs()])
            .collect();
        let all: Vec<u32> = (0..n).collect();
        let drawn = chosen(&at, &all);
        let set: BTreeSet<u32> = drawn.iter().copied().collect();
        assert_eq!(set.len(), drawn.len(), "nobody twice");
        assert_eq!(drawn.len(), 2 * EXTREME + SAMPLED);
        assert!((n - 500..n).all(|i| set.contains(&i)));
        assert!((49_751..50_250).all(|i| set.contains(&i)));
        // Every tenth of the crowd has its share of the sample.
        for tenth in 0..10 {
            let part = tenth * 10_000..(tenth + 1) * 10_000;
            let n = set.range(part).count();
            assert!(
                (195..=205).contains(&n) || tenth == 9 || tenth == 4 || tenth == 5,
                "{tenth}: {n}"
            );
        }
        let few: Vec<u32> = (0..3000).collect();
        assert_eq!(chosen(&at, &few), few);
    }

    #[test]
    fn nine_in_ten_lie_under_the_bound() {
        let values: Vec<f32> = (0..50).rev().map(|v| v as f32).collect();
        assert!((quantile(values) - 45.0).abs() < 1e-9);
    }
}
