//! One large component: its islands, the people on them, and the people in the water between.

use rayon::prelude::*;

use super::crowd::{AT_SEA, Home};
use super::force::{GRAVITY, REPULSION, cooled, ln};
use super::ground::Ground;
use super::islands::{Between, WATER, between, number};
use super::levels::{Settled, settle};
use super::random::Random;
use super::sea::{place, stand};
use super::spread::{disc_radius, fill_disc, room, sunflower};
use super::web::{Web, by_label};
use crate::progress::{Cancelled, Progress};

/// Share of a far tie's pull that reaches people within an island: enough to turn them to the right shore.
const OUTWARD: f32 = 0.5;
/// Largest outward pull, as a share of what holds a person inside.
const HELD: f32 = 0.6;

/// One island and its people.
#[derive(Debug)]
struct Island {
    home: Home,
    /// Places of its people in the component.
    people: Vec<u32>,
    room: Vec<f32>,
    settled: Option<Settled>,
}

/// A component as islands, while it is laid out. Places are relative to its own middle.
#[derive(Debug)]
pub(super) struct Archipelago {
    web: Web,
    islands: Vec<Island>,
    island_of: Vec<u32>,
    /// Place of each person on their island, or among those in the water.
    place_of: Vec<u32>,
    water: Vec<(u32, [f32; 2])>,
    seed: u64,
}

impl Archipelago {
    /// Finds the islands of component `c` and places them in the sea.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn new(
        ground: &Ground<'_>,
        c: usize,
        web: Web,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let seed = ground.seed ^ (c as u64) << 32;
        let mut random = Random::new(seed, 1);
        let people = &ground.components[c];
        let group: Vec<u32> = people.iter().map(|&i| ground.group[i as usize]).collect();
        let (mut island_of, n_islands) = number(&web, &group, &mut random, progress)?;
        let sea = web.bundled(&island_of, n_islands);
        progress.check()?;
        let between = between(&web, &island_of, n_islands);
        for b in &between {
            island_of[b.body as usize] = WATER;
        }
        let rooms: Vec<f32> = people
            .iter()
            .map(|&i| room(ground.radius[i as usize]))
            .collect();
        let mut islands = empty_islands(&island_of, n_islands, &rooms);
        let radius: Vec<f32> = islands.iter().map(|i| i.home.radius).collect();
        let centres = place(sea, &radius, &mut random, progress)?;
        for (island, centre) in islands.iter_mut().zip(centres) {
            island.home.centre = centre;
        }
        let mut place_of = vec![0; web.len()];
        for island in &islands {
            for (k, &i) in island.people.iter().enumerate() {
                place_of[i as usize] = k as u32;
            }
        }
        for (k, b) in between.iter().enumerate() {
            place_of[b.body as usize] = k as u32;
        }
        let water = in_water(&between, &islands, &mut random);
        Ok(Self {
            web,
            islands,
            island_of,
            place_of,
            water,
            seed,
        })
    }

    /// Smallest and largest corner of the box round all islands and the people between them.
    pub(super) fn bounds(&self) -> ([f32; 2], [f32; 2]) {
        let (mut low, mut high) = ([f32::MAX; 2], [f32::MIN; 2]);
        let land = self.islands.iter().map(|i| (i.home.centre, i.home.radius));
        for (p, r) in land.chain(self.water.iter().map(|w| (w.1, 8.0))) {
            low = [low[0].min(p[0] - r), low[1].min(p[1] - r)];
            high = [high[0].max(p[0] + r), high[1].max(p[1] + r)];
        }
        (low, high)
    }

    /// Lays out the coarse levels of every island.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn settle(&mut self, progress: &Progress) -> Result<(), Cancelled> {
        let webs: Vec<Option<Web>> = (0..self.islands.len())
            .into_par_iter()
            .map(|a| (self.islands[a].people.len() > 2).then(|| self.web_of(a)))
            .collect();
        let seed = self.seed;
        let settled: Result<Vec<()>, Cancelled> = self
            .islands
            .par_iter_mut()
            .zip(webs)
            .enumerate()
            .map(|(a, (island, web))| {
                if let Some(web) = web {
                    let mut random = Random::new(seed, a as u64 + 2);
                    island.settled = Some(settle(web, &mut random, progress)?);
                }
                Ok(())
            })
            .collect();
        settled.map(|_| ())
    }

    /// Steps `from..to` of `of` of the people on every island.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn refine(
        &mut self,
        (from, to, of): (usize, usize, usize),
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let done: Result<Vec<()>, Cancelled> = self
            .islands
            .par_iter_mut()
            .map(|island| {
                if let Some(Settled { web, motion, heat }) = &mut island.settled {
                    for step in from..to {
                        motion.step(web, cooled(*heat, step, of));
                        progress.check()?;
                    }
                }
                Ok(())
            })
            .collect();
        done.map(|_| ())
    }

    /// Where everybody stands now: `put(k, place)` for the k-th person of the component.
    pub(super) fn places(&self, mut put: impl FnMut(u32, [f32; 2])) {
        let filled: Vec<Vec<[f32; 2]>> = self
            .islands
            .par_iter()
            .map(|island| match &island.settled {
                Some(settled) => fill_disc(&settled.motion.x, &settled.motion.y, &island.room),
                None => sunflower(&island.room),
            })
            .collect();
        for (island, filled) in self.islands.iter().zip(filled) {
            let [cx, cy] = island.home.centre;
            for (&i, p) in island.people.iter().zip(filled) {
                put(i, [p[0] + cx, p[1] + cy]);
            }
        }
        for &(i, p) in &self.water {
            put(i, p);
        }
    }

    /// The islands as homes, and the home of each person of the component.
    pub(super) fn homes(&self) -> (impl Iterator<Item = Home> + '_, &[u32]) {
        debug_assert_eq!(WATER, AT_SEA, "people in the water have no home");
        (self.islands.iter().map(|i| i.home), &self.island_of)
    }

    /// The ties within island `a`, and the pull of all ties that leave it.
    fn web_of(&self, a: usize) -> Web {
        let island = &self.islands[a];
        let mass: f32 = island
            .people
            .iter()
            .map(|&i| self.web.mass[i as usize])
            .sum();
        let far = ln(1.0 + REPULSION * mass);
        let mut web = Web::default();
        for &i in &island.people {
            let (others, strength) = self.web.row(i as usize);
            let (mut pull, mut inside) = ([0f32; 2], 0f32);
            for (&other, &s) in others.iter().zip(strength) {
                let to = self.island_of[other as usize];
                if to == a as u32 {
                    inside += s;
                    continue;
                }
                let there = match self.islands.get(to as usize) {
                    Some(island) => island.home.centre,
                    None => self.water[self.place_of[other as usize] as usize].1,
                };
                let (dx, dy) = (
                    there[0] - island.home.centre[0],
                    there[1] - island.home.centre[1],
                );
                let d = (dx * dx + dy * dy).sqrt().max(1e-3);
                pull = [pull[0] + s * dx / d, pull[1] + s * dy / d];
            }
            let mass = self.web.mass[i as usize];
            let most = HELD * (far * inside + GRAVITY * mass);
            let size = OUTWARD * far * (pull[0] * pull[0] + pull[1] * pull[1]).sqrt();
            let scale = OUTWARD * far * if size > most { most / size } else { 1.0 };
            let threads = others.iter().zip(strength);
            let threads = threads
                .filter(|(o, _)| self.island_of[**o as usize] == a as u32)
                .map(|(&o, &s)| (self.place_of[o as usize], s));
            web.push(mass, pull.map(|p| p * scale), threads);
        }
        web
    }
}

fn empty_islands(island_of: &[u32], n_islands: usize, rooms: &[f32]) -> Vec<Island> {
    // People in the water get the label after the last island.
    let label: Vec<u32> = island_of.iter().map(|&a| a.min(n_islands as u32)).collect();
    let (starts, members) = by_label(&label, n_islands + 1);
    (0..n_islands)
        .map(|a| {
            let people = members[starts[a] as usize..starts[a + 1] as usize].to_vec();
            let room: Vec<f32> = people.iter().map(|&i| rooms[i as usize]).collect();
            Island {
                home: Home {
                    centre: [0.0; 2],
                    radius: disc_radius(room.iter().sum()),
                },
                people,
                room,
                settled: None,
            }
        })
        .collect()
}

fn in_water(between: &[Between], islands: &[Island], random: &mut Random) -> Vec<(u32, [f32; 2])> {
    let homes: Vec<Home> = islands.iter().map(|i| i.home).collect();
    let spots = stand(between, &homes, random);
    between.iter().map(|b| b.body).zip(spots).collect()
}
