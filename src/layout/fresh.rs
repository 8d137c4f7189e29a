//! A map from nothing: every component laid out, all packed, everybody parted.

use rayon::prelude::*;

use super::crowd::{Crowd, FEW, TOUCH};
use super::ground::Ground;
use super::pack::pack;
use super::random::Random;
use super::request::Positions;
use super::sea::Sea;
use super::small::{known_shape, small};
use super::stream::Stream;
use crate::progress::{Cancelled, Progress};

/// Components up to this size show the shape of their ties; larger ones become islands.
const SMALL: usize = 60;
/// Parts into which the steps of all people are divided: pictures are sent between them.
const TURNS: usize = 6;
/// Rounds of parting, at most.
pub(super) const ROUNDS: usize = 44;
/// Units of progress: coarse levels, the people's steps, room for everybody, rounds.
pub(super) const UNITS: u64 = 40 + 20 * TURNS as u64 + SPREADS + ROUNDS as u64;
/// Times that seas are given more room, at most: each is a unit of progress.
const SPREADS: u64 = 26;

/// A component with its own middle.
pub(super) enum Piece {
    /// Finished: a known shape, or a small one.
    Shape(Vec<[f32; 2]>),
    /// Laid out by forces, communities as islands.
    Sea(Box<Sea>),
}

/// Pieces in their places in the map.
pub(super) struct Chart {
    /// Component of each piece.
    of: Vec<usize>,
    pieces: Vec<Piece>,
    offset: Vec<[f32; 2]>,
}

impl Chart {
    /// Lays out the components `of` as far as their shape or the coarsest level, and packs them round 0,0.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn new(
        ground: &Ground<'_>,
        of: Vec<usize>,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let pieces: Result<Vec<Piece>, Cancelled> = of
            .par_iter()
            .map(|&c| {
                progress.check()?;
                piece(ground, c, progress)
            })
            .collect();
        let pieces = pieces?;
        let mut chart = Self {
            offset: vec![[0.0; 2]; of.len()],
            of,
            pieces,
        };
        chart.pack(ground);
        Ok(chart)
    }

    /// Gives every piece its place, by the size that it has or will have.
    fn pack(&mut self, ground: &Ground<'_>) {
        let boxes: Vec<([f32; 2], [f32; 2])> = self
            .pieces
            .iter()
            .zip(&self.of)
            .map(|(piece, &c)| piece.bounds(ground, c))
            .collect();
        let sizes: Vec<[f32; 2]> = boxes
            .iter()
            .map(|(low, high)| [high[0] - low[0], high[1] - low[1]])
            .collect();
        let margin = sizes.first().map_or(0.0, |s| {
            if sizes.len() > 1 {
                2.0 + 0.02 * s[0].max(s[1])
            } else {
                0.0
            }
        });
        let (middles, all) = pack(&sizes, margin);
        let middle = [(all.0[0] + all.1[0]) * 0.5, (all.0[1] + all.1[1]) * 0.5];
        for ((offset, m), (low, high)) in self.offset.iter_mut().zip(&middles).zip(&boxes) {
            *offset = [
                m[0] - (low[0] + high[0]) * 0.5 - middle[0],
                m[1] - (low[1] + high[1]) * 0.5 - middle[1],
            ];
        }
    }

    /// Moves the whole chart by `by`.
    pub(super) fn shift(&mut self, by: [f32; 2]) {
        for offset in &mut self.offset {
            *offset = [offset[0] + by[0], offset[1] + by[1]];
        }
    }

    /// Writes the places of all pieces' people into `xy`, by person.
    pub(super) fn write(&self, ground: &Ground<'_>, xy: &mut [[f32; 2]]) {
        for ((&c, piece), offset) in self.of.iter().zip(&self.pieces).zip(&self.offset) {
            let people = &ground.components[c];
            let mut put = |k: u32, p: [f32; 2]| {
                xy[people[k as usize] as usize] = [p[0] + offset[0], p[1] + offset[1]];
            };
            match piece {
                Piece::Shape(places) => {
                    for (k, &p) in places.iter().enumerate() {
                        put(k as u32, p);
                    }
                }
                Piece::Sea(sea) => sea.places(put),
            }
        }
    }

    /// Lays out everybody, sending pictures on the way.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn people(
        &mut self,
        ground: &Ground<'_>,
        progress: &Progress,
        mut offer: impl FnMut(&Self),
    ) -> Result<(), Cancelled> {
        while self.seas().any(Sea::is_coarse) {
            self.each_sea(|sea| sea.refine(progress))?;
            offer(self);
        }
        progress.advance(40)?;
        for turn in 0..TURNS {
            self.each_sea(|sea| sea.settle((turn, TURNS), progress))?;
            progress.advance(20)?;
            offer(self);
        }
        let mut left = SPREADS;
        while self.seas().any(|sea| !sea.is_spread()) {
            self.each_sea(|sea| sea.spread(progress))?;
            let unit = left.min(1);
            left -= unit;
            progress.advance(unit)?;
            offer(self);
        }
        progress.advance(left)?;
        self.pack(ground);
        Ok(())
    }

    fn seas(&self) -> impl Iterator<Item = &Sea> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Shape(_) => None,
            Piece::Sea(sea) => Some(&**sea),
        })
    }

    fn each_sea(
        &mut self,
        work: impl Fn(&mut Sea) -> Result<(), Cancelled> + Sync,
    ) -> Result<(), Cancelled> {
        let done: Result<Vec<()>, Cancelled> = self
            .pieces
            .par_iter_mut()
            .filter_map(|piece| match piece {
                Piece::Shape(_) => None,
                Piece::Sea(sea) => Some(work(sea)),
            })
            .collect();
        done.map(|_| ())
    }
}

impl Piece {
    fn bounds(&self, ground: &Ground<'_>, c: usize) -> ([f32; 2], [f32; 2]) {
        let people = &ground.components[c];
        let radius = |k: u32| ground.radius[people[k as usize] as usize];
        match self {
            Self::Sea(sea) => sea.bounds(radius),
            Self::Shape(places) => {
                (0..)
                    .zip(places)
                    .fold(([f32::MAX; 2], [f32::MIN; 2]), |(low, high), (k, p)| {
                        let r = radius(k);
                        (
                            [low[0].min(p[0] - r), low[1].min(p[1] - r)],
                            [high[0].max(p[0] + r), high[1].max(p[1] + r)],
                        )
                    })
            }
        }
    }
}

fn piece(ground: &Ground<'_>, c: usize, progress: &Progress) -> Result<Piece, Cancelled> {
    // The largest component is the map: it becomes a sea however small, where there is more than one group to show.
    let mut groups = ground.components[c]
        .iter()
        .map(|&i| ground.group[i as usize]);
    let first = groups.next();
    let is_small =
        ground.components[c].len() <= SMALL && (c > 0 || groups.all(|g| Some(g) == first));
    if is_small || ground.may_have_shape(c) {
        let web = ground.web(c, progress)?;
        let radius = ground.radii(c);
        if let Some(places) = known_shape(&web, &radius) {
            return Ok(Piece::Shape(places));
        }
        if is_small {
            return Ok(Piece::Shape(small(&web, &radius, ground.seed, progress)?));
        }
    }
    Ok(Piece::Sea(Box::new(Sea::new(ground, c, progress)?)))
}

/// Everybody as far as their shape or the coarsest level.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn sketch(ground: &Ground<'_>, progress: &Progress) -> Result<Vec<[f32; 2]>, Cancelled> {
    let chart = Chart::new(ground, (0..ground.components.len()).collect(), progress)?;
    let mut xy = vec![[f32::NAN; 2]; ground.n_people()];
    chart.write(ground, &mut xy);
    Ok(centred(xy))
}

/// Lays out everybody from nothing.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn fresh(
    ground: &Ground<'_>,
    pinned: &[(u32, [f32; 2])],
    progress: &Progress,
    stream: &mut Stream<'_>,
) -> Result<Vec<[f32; 2]>, Cancelled> {
    let mut chart = Chart::new(ground, (0..ground.components.len()).collect(), progress)?;
    let picture = |chart: &Chart| {
        let mut xy = vec![[f32::NAN; 2]; ground.n_people()];
        chart.write(ground, &mut xy);
        for &(i, p) in pinned {
            xy[i as usize] = p;
        }
        // Each picture, not the last alone: that would be a jump.
        if pinned.is_empty() { centred(xy) } else { xy }
    };
    stream.offer(|| picture(&chart));
    chart.people(ground, progress, |chart| stream.offer(|| picture(chart)))?;
    let xy = picture(&chart);
    if pinned.is_empty() {
        progress.advance(ROUNDS as u64)?;
        return Ok(xy);
    }
    part(xy, &ground.kept_free(), pinned, progress, stream)
}

/// Moves things a little that stand exactly where another one does: there is no way apart from there. Those that stay (`ease` 0)
/// stay.
fn unstack(places: &mut [[f32; 2]], radius: &[f32], ease: &[f32]) {
    let mut order: Vec<u32> = (0..places.len() as u32).collect();
    let key = |i: u32| {
        let [x, y] = places[i as usize];
        (x.to_bits(), y.to_bits(), ease[i as usize] > 0.0, i)
    };
    order.sort_unstable_by_key(|&i| key(i));
    let stacked: Vec<u32> = order
        .windows(2)
        .filter(|w| {
            let [one, other] = [w[0], w[1]].map(|i| places[i as usize].map(f32::to_bits));
            one == other && ease[w[1] as usize] > 0.0
        })
        .map(|w| w[1])
        .collect();
    let mut random = Random::new(0, 4);
    for i in stacked.into_iter().map(|i| i as usize) {
        let [dx, dy] = random.in_disc();
        let [x, y] = places[i];
        places[i] = [x + dx * radius[i], y + dy * radius[i]];
    }
}

/// The same places round 0,0.
fn centred(xy: Vec<[f32; 2]>) -> Vec<[f32; 2]> {
    let mut positions = Positions { xy };
    if let Some((low, high)) = positions.bounds() {
        let middle = [(low[0] + high[0]) * 0.5, (low[1] + high[1]) * 0.5];
        for p in &mut positions.xy {
            *p = [p[0] - middle[0], p[1] - middle[1]];
        }
    }
    positions.xy
}

/// Parts everybody who stands somewhere until nobody is nearer to others than `reach` says; pinned people stay. A map that was just
/// made is parted already, but for those who make way for pinned people.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn part(
    mut xy: Vec<[f32; 2]>,
    reach: &[f32],
    pinned: &[(u32, [f32; 2])],
    progress: &Progress,
    stream: &mut Stream<'_>,
) -> Result<Vec<[f32; 2]>, Cancelled> {
    let here: Vec<u32> = (0..xy.len() as u32)
        .filter(|&i| xy[i as usize][0].is_finite())
        .collect();
    let wide: Vec<f32> = here.iter().map(|&i| reach[i as usize]).collect();
    let mut ease: Vec<f32> = wide.iter().map(|r| 1.0 / (r * r)).collect();
    let pinned: Vec<u32> = pinned.iter().map(|p| p.0).collect();
    for (i, ease) in here.iter().zip(&mut ease) {
        if pinned.contains(i) {
            *ease = 0.0;
        }
    }
    let mut places: Vec<[f32; 2]> = here.iter().map(|&i| xy[i as usize]).collect();
    unstack(&mut places, &wide, &ease);
    let mut crowd = Crowd::new(places, wide, ease);
    let write = |xy: &mut [[f32; 2]], places: &[[f32; 2]]| {
        for (&i, &p) in here.iter().zip(places) {
            xy[i as usize] = p;
        }
    };
    // Whoever is in a pinned dot's way is seen at once.
    let few = if pinned.is_empty() {
        here.len() / FEW
    } else {
        0
    };
    for _ in 0..ROUNDS {
        progress.advance(1)?;
        if crowd.part(TOUCH, progress) <= few {
            break;
        }
        stream.offer(|| {
            let mut picture = xy.clone();
            write(&mut picture, &crowd.xy);
            picture
        });
    }
    progress.check()?;
    write(&mut xy, &crowd.xy);
    Ok(xy)
}
