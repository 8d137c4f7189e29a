//! A map from nothing: every component laid out, all packed, everybody parted.

use rayon::prelude::*;

use super::archipelago::Archipelago;
use super::crowd::{AT_SEA, Crowd, Home};
use super::ground::Ground;
use super::pack::pack;
use super::small::{known_shape, small};
use super::spread::GAP;
use super::stream::Stream;
use super::web::Web;
use crate::progress::{Cancelled, Progress};

/// Components up to this size show the shape of their ties; larger ones become islands.
const SMALL: usize = 60;
/// Steps of the forces on every island's people, in turns of [`TURN`]: pictures are sent between turns.
const STEPS: usize = 60;
const TURN: usize = 10;
/// Rounds of parting, at most.
pub(super) const ROUNDS: usize = 100;
/// Deepest overlap that may stay, in map units: half of the gap between two dots is still water.
const TOUCH: f32 = 0.5 * GAP;
/// One person in so many may be left with a deeper overlap: some corners never come to rest.
const FEW: usize = 2000;
/// People in the water make way for people on land.
const EASE_IN_WATER: f32 = 4.0;
/// Units of progress: sea, coarse levels, steps, rounds.
pub(super) const UNITS: u64 = 40 + 40 + STEPS as u64 + ROUNDS as u64;

/// A component with its own middle.
pub(super) enum Piece {
    /// Finished: a known shape, or a small one.
    Shape(Vec<[f32; 2]>),
    /// Laid out island by island.
    Islands(Box<Archipelago>),
}

/// Pieces in their places in the map.
pub(super) struct Chart {
    /// Component of each piece.
    of: Vec<usize>,
    pieces: Vec<Piece>,
    offset: Vec<[f32; 2]>,
}

impl Chart {
    /// Lays out the components `of` as far as the middles of their islands, and packs them round 0,0.
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
                piece(ground, c, ground.web(c), progress)
            })
            .collect();
        let pieces = pieces?;
        let boxes: Vec<([f32; 2], [f32; 2])> = pieces
            .iter()
            .zip(&of)
            .map(|(piece, &c)| piece.bounds(&ground.radii(c)))
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
        let offset = middles
            .iter()
            .zip(&boxes)
            .map(|(m, (low, high))| {
                [
                    m[0] - (low[0] + high[0]) * 0.5 - middle[0],
                    m[1] - (low[1] + high[1]) * 0.5 - middle[1],
                ]
            })
            .collect();
        Ok(Self { of, pieces, offset })
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
                Piece::Islands(archipelago) => archipelago.places(put),
            }
        }
    }

    /// Lays out the people of every island, sending pictures on the way.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn people(
        &mut self,
        progress: &Progress,
        mut offer: impl FnMut(&Self),
    ) -> Result<(), Cancelled> {
        self.each_archipelago(|archipelago| archipelago.settle(progress))?;
        progress.advance(40)?;
        offer(self);
        for from in (0..STEPS).step_by(TURN) {
            let turn = (from, from + TURN, STEPS);
            self.each_archipelago(|archipelago| archipelago.refine(turn, progress))?;
            progress.advance(TURN as u64)?;
            offer(self);
        }
        Ok(())
    }

    fn each_archipelago(
        &mut self,
        work: impl Fn(&mut Archipelago) -> Result<(), Cancelled> + Sync,
    ) -> Result<(), Cancelled> {
        let done: Result<Vec<()>, Cancelled> = self
            .pieces
            .par_iter_mut()
            .map(|piece| match piece {
                Piece::Shape(_) => Ok(()),
                Piece::Islands(archipelago) => work(archipelago),
            })
            .collect();
        done.map(|_| ())
    }

    /// All islands as homes in the map, and everybody's home, by person.
    fn homes(&self, ground: &Ground<'_>) -> (Vec<Home>, Vec<u32>) {
        let (mut homes, mut home_of) = (Vec::new(), vec![AT_SEA; ground.n_people()]);
        for ((&c, piece), offset) in self.of.iter().zip(&self.pieces).zip(&self.offset) {
            let Piece::Islands(archipelago) = piece else {
                continue;
            };
            let (islands, island_of) = archipelago.homes();
            let first = homes.len() as u32;
            homes.extend(islands.map(|home| Home {
                centre: [home.centre[0] + offset[0], home.centre[1] + offset[1]],
                ..home
            }));
            for (&i, &island) in ground.components[c].iter().zip(island_of) {
                if island != AT_SEA {
                    home_of[i as usize] = first + island;
                }
            }
        }
        (homes, home_of)
    }
}

impl Piece {
    fn bounds(&self, radius: &[f32]) -> ([f32; 2], [f32; 2]) {
        match self {
            Self::Islands(archipelago) => archipelago.bounds(),
            Self::Shape(places) => places.iter().zip(radius).fold(
                ([f32::MAX; 2], [f32::MIN; 2]),
                |(low, high), (p, r)| {
                    (
                        [low[0].min(p[0] - r), low[1].min(p[1] - r)],
                        [high[0].max(p[0] + r), high[1].max(p[1] + r)],
                    )
                },
            ),
        }
    }
}

fn piece(ground: &Ground<'_>, c: usize, web: Web, progress: &Progress) -> Result<Piece, Cancelled> {
    let radius = ground.radii(c);
    if let Some(places) = known_shape(&web, &radius) {
        return Ok(Piece::Shape(places));
    }
    // The largest component is the map: it becomes islands however small, where there is more than one to show.
    let mut groups = ground.components[c]
        .iter()
        .map(|&i| ground.group[i as usize]);
    let first = groups.next();
    if web.len() <= SMALL && (c > 0 || groups.all(|g| Some(g) == first)) {
        return Ok(Piece::Shape(small(&web, &radius, ground.seed, progress)?));
    }
    Ok(Piece::Islands(Box::new(Archipelago::new(
        ground, c, web, progress,
    )?)))
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
    progress.advance(40)?;
    let picture = |chart: &Chart| {
        let mut xy = vec![[f32::NAN; 2]; ground.n_people()];
        chart.write(ground, &mut xy);
        for &(i, p) in pinned {
            xy[i as usize] = p;
        }
        xy
    };
    stream.offer(|| picture(&chart));
    chart.people(progress, |chart| stream.offer(|| picture(chart)))?;
    let (homes, home_of) = chart.homes(ground);
    part(
        ground,
        picture(&chart),
        (&homes, &home_of),
        pinned,
        progress,
        stream,
    )
}

/// Parts everybody who stands somewhere until no dot covers another; pinned people stay.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn part(
    ground: &Ground<'_>,
    mut xy: Vec<[f32; 2]>,
    (homes, home_of): (&[Home], &[u32]),
    pinned: &[(u32, [f32; 2])],
    progress: &Progress,
    stream: &mut Stream<'_>,
) -> Result<Vec<[f32; 2]>, Cancelled> {
    let here: Vec<u32> = (0..xy.len() as u32)
        .filter(|&i| xy[i as usize][0].is_finite())
        .collect();
    let wide: Vec<f32> = here
        .iter()
        .map(|&i| ground.radius[i as usize] + GAP * 0.5)
        .collect();
    let home: Vec<u32> = here
        .iter()
        .map(|&i| home_of.get(i as usize).copied().unwrap_or(AT_SEA))
        .collect();
    let mut ease: Vec<f32> = wide
        .iter()
        .zip(&home)
        .map(|(r, &home)| {
            let at_sea = home == AT_SEA && !homes.is_empty();
            (if at_sea { EASE_IN_WATER } else { 1.0 }) / (r * r)
        })
        .collect();
    for (i, _) in pinned {
        if let Ok(k) = here.binary_search(i) {
            ease[k] = 0.0;
        }
    }
    let places = here.iter().map(|&i| xy[i as usize]).collect();
    let mut crowd = Crowd::new(places, &wide, &ease, &home, homes);
    let write = |xy: &mut [[f32; 2]], places: &[[f32; 2]]| {
        for (&i, &p) in here.iter().zip(places) {
            xy[i as usize] = p;
        }
    };
    let few = here.len() / FEW;
    for _ in 0..ROUNDS {
        progress.advance(1)?;
        if crowd.part(TOUCH) <= few {
            break;
        }
        stream.offer(|| {
            let mut picture = xy.clone();
            write(&mut picture, &crowd.xy);
            picture
        });
    }
    write(&mut xy, &crowd.xy);
    Ok(xy)
}
