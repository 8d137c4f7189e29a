//! One large component: forces find who stands near whom, then everybody gets room, and communities are islands in a sea.

use libm::{atan2f, cosf, sinf, sqrtf};
use std::ops::Range;

use super::crowd::{Crowd, FEW, TOUCH};
use super::flow::{Crowding, Flow};
use super::force::{Heat, Motion, cooled, ln};
use super::fresh::ROUNDS;
use super::ground::Ground;
use super::isles::Isles;
use super::levels::bundles;
use super::plane::Plane;
use super::random::Random;
use super::repulsion::{bounds, in_space};
use super::web::{Web, by_label};
use crate::progress::{Cancelled, Progress};

/// Below this many bodies a web is laid out from random places at once.
const COARSEST: usize = 40;
/// A level that keeps more than this share of its bodies is not worth having.
const STALLED: f32 = 0.8;
/// Layouts of the coarsest level of which the best is kept, and the most bodies it may have for that.
const STARTS: usize = 6;
const TRIED: usize = 400;
/// Steps of a coarse level: so many body-steps in all, within the range below.
const BODY_STEPS: usize = 600_000;
/// Fewest and most steps of a coarse level.
const STEPS: (usize, usize) = (20, 600);
/// Share of the picture that is land, once everybody has room.
const LAND: f32 = 0.308;
/// Passes of the flow, at least and at most.
const FEWEST: usize = 2;
const PASSES: usize = 12;
/// People from whom on fewer rounds of parting have to do.
const MANY: usize = 300_000;
const ROUNDS_OF_MANY: usize = 32;
/// Rounds of parting between two pictures.
const ROUNDS_SHOWN: usize = 4;
/// Room over the land's own density: what is left to part are single dots.
const SLACK: f32 = 1.2;
/// Width over height of the picture: screens are wider than high.
const LANDSCAPE: f32 = 4.0 / 3.0;
/// The picture is stretched no more than this to get there.
const STRETCH: f32 = 1.6;
/// Share of the people who stand no farther out than single ones are drawn in to.
const NEAR: f32 = 0.99;

/// People in a component, and cells of the grids along the width.
const GRIDS: [(usize, usize); 4] = [
    (2_000, 128),
    (30_000, 256),
    (300_000, 512),
    (usize::MAX, 1024),
];

/// A finer web that waits for its turn, and the body of the coarser one that each of its bodies belongs to.
type Finer = (Web, Vec<u32>);

/// A component while it is laid out. Places are relative to its own middle.
pub(super) struct Sea {
    /// Place in the component of each body of the finest web.
    order: Vec<u32>,
    /// Finer webs than the one that moves, the next one last.
    finer: Vec<Finer>,
    web: Web,
    motion: Motion,
    heat: f32,
    /// Room that each body of the finest web needs, in square map units.
    room: Vec<f32>,
    /// How far from the middle of each body of the finest web others shall stay.
    reach: Vec<f32>,
    random: Random,
    stage: Stage,
}

/// What has been done to the places.
enum Stage {
    /// Forces move bodies.
    Forces,
    /// People flow to where there is room; so many passes were made.
    Flow(Isles, Box<Flow>, usize),
    /// Places are map units; single dots that still overlap are pushed apart, so many rounds long. With the body of each dot.
    Parting(Box<Crowd>, Vec<u32>, usize),
    /// Everybody has room.
    Spread,
}

impl Sea {
    /// Bundles the people of component `c`, groups apart, and lays out the coarsest level.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn new(
        ground: &Ground<'_>,
        c: usize,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let seed = ground.seed ^ (c as u64) << 32;
        let people = &ground.components[c];
        let (mut order, mut ranges) = by_group(people.iter().map(|&i| ground.group[i as usize]));
        let mut web = ground.web_in(c, &order, progress)?;
        let mut finer: Vec<Finer> = Vec::new();
        while web.len() > COARSEST {
            let (mut bundle_of, found) = bundles(&web, &ranges, seed, progress)?;
            let n = found.last().map_or(0, |last| last.end);
            if n as f32 > STALLED * web.len() as f32 {
                break;
            }
            if finer.is_empty() {
                // Those who are bundled lie side by side in memory.
                let (_, members) = by_label(&bundle_of, n);
                web = web.in_order(&members, progress)?;
                order = members.iter().map(|&k| order[k as usize]).collect();
                bundle_of.sort_unstable();
            }
            let coarser = web.bundled(&bundle_of, n, progress)?;
            finer.push((web, bundle_of));
            (web, ranges) = (coarser, found);
        }
        let mut random = Random::new(seed, 1);
        let motion = best_start(&web, &mut random, progress)?;
        let room = |&k: &u32| ground.room[people[k as usize] as usize];
        let reach = |&k: &u32| ground.reach(people[k as usize] as usize);
        let mut sea = Self {
            room: order.iter().map(room).collect(),
            reach: order.iter().map(reach).collect(),
            order,
            finer,
            web,
            motion,
            heat: Heat::SCATTERED,
            random,
            stage: Stage::Forces,
        };
        if sea.is_coarse() && sea.web.len() > TRIED {
            sea.rest(progress)?;
        }
        Ok(sea)
    }

    /// True while a coarser web than that of the people moves.
    pub(super) fn is_coarse(&self) -> bool {
        !self.finer.is_empty()
    }

    /// Goes on to the next finer level; all but the finest are laid out at once.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn refine(&mut self, progress: &Progress) -> Result<(), Cancelled> {
        let Some((finer, bundle_of)) = self.finer.pop() else {
            return Ok(());
        };
        let random = &mut self.random;
        self.motion = self.motion.refined(&self.web, &finer, &bundle_of, random);
        self.web = finer;
        self.heat = Heat::REFINED;
        progress.check()?;
        if self.is_coarse() {
            self.rest(progress)?;
        }
        Ok(())
    }

    fn rest(&mut self, progress: &Progress) -> Result<(), Cancelled> {
        let steps = (BODY_STEPS / self.web.len().max(1)).clamp(STEPS.0, STEPS.1);
        self.motion.rest(&self.web, steps, self.heat, progress)
    }

    /// Part number `turn` of `turns` of the people's own steps.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn settle(
        &mut self,
        (turn, turns): (usize, usize),
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let steps = match self.web.len() {
            0..=1_000 => 200,
            1_001..=20_000 => 60,
            20_001..=300_000 => 36,
            _ => 24,
        };
        for step in steps * turn / turns..steps * (turn + 1) / turns {
            let heat = cooled(self.heat, step, steps);
            self.motion.step(&self.web, heat, progress);
            progress.check()?;
        }
        Ok(())
    }

    /// True once everybody has room.
    pub(super) fn is_spread(&self) -> bool {
        matches!(self.stage, Stage::Spread)
    }

    /// Gives everybody more room: one pass, after which a picture can be shown. To be called until [`Sea::is_spread`].
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn spread(&mut self, progress: &Progress) -> Result<(), Cancelled> {
        let stage = std::mem::replace(&mut self.stage, Stage::Forces);
        let at = &mut self.motion.at;
        let (isles, mut flow, pass) = match stage {
            Stage::Spread => {
                self.stage = Stage::Spread;
                return Ok(());
            }
            Stage::Parting(crowd, body, round) => {
                self.stage = part(crowd, body, round, at, progress)?;
                return Ok(());
            }
            Stage::Flow(isles, flow, pass) => {
                isles.round(at, &self.room);
                progress.check()?;
                (isles, flow, pass)
            }
            Stage::Forces => {
                let cells = GRIDS.iter().find(|(n, _)| self.order.len() <= *n);
                let width = cells.map_or(1024, |g| g.1);
                // Among few people the finest grain is chance.
                let for_isles = if width == 128 { 64 } else { width };
                draw_in(at);
                progress.check()?;
                let mut isles = Isles::find(at, &self.room, &mut Plane::new(for_isles, for_isles));
                progress.check()?;
                isles.land(at, &self.web);
                progress.check()?;
                lie_down(at);
                progress.check()?;
                (isles, Box::new(Flow::new(width, width * 3 / 4)), 0)
            }
        };
        let crowding = Crowding::of(at, &self.room);
        progress.check()?;
        if (crowding.land >= LAND && pass >= FEWEST) || pass == PASSES {
            self.take_room();
            self.stage = self.crowd();
            return Ok(());
        }
        let part = match crowding.land / LAND {
            ..0.5 => 1.0,
            0.85.. if pass >= FEWEST => 0.25,
            _ => 0.5,
        };
        flow.pass(at, &self.room, part, progress)?;
        self.stage = Stage::Flow(isles, flow, pass + 1);
        Ok(())
    }

    /// Everybody with the room they keep free, in an order in which neighbours lie side by side in memory.
    fn crowd(&self) -> Stage {
        let mut keys = Vec::new();
        in_space(&self.motion.at, &mut keys);
        let body: Vec<u32> = keys.iter().map(|key| key.1).collect();
        let wide: Vec<f32> = body.iter().map(|&b| self.reach[b as usize]).collect();
        let ease = wide.iter().map(|r| 1.0 / (r * r)).collect();
        let places = body.iter().map(|&b| self.motion.at[b as usize]).collect();
        Stage::Parting(Box::new(Crowd::new(places, wide, ease)), body, 0)
    }

    fn has_room(&self) -> bool {
        matches!(self.stage, Stage::Parting(..) | Stage::Spread)
    }

    /// Scales the picture so that those on land have the room they need.
    fn take_room(&mut self) {
        let crowding = Crowding::of(&self.motion.at, &self.room);
        let scale = sqrtf(crowding.here * SLACK);
        let middle = middle(&self.motion.at);
        for p in &mut self.motion.at {
            *p = [(p[0] - middle[0]) * scale, (p[1] - middle[1]) * scale];
        }
    }

    /// Smallest and largest corner of the box round everybody: as it is, or as it will be about.
    pub(super) fn bounds(&self, radius: impl Fn(u32) -> f32) -> ([f32; 2], [f32; 2]) {
        if !self.has_room() {
            let half = self.half();
            return ([-half[0], -half[1]], half);
        }
        let (mut low, mut high) = ([f32::MAX; 2], [f32::MIN; 2]);
        for (p, &k) in self.motion.at.iter().zip(&self.order) {
            let r = radius(k);
            low = [low[0].min(p[0] - r), low[1].min(p[1] - r)];
            high = [high[0].max(p[0] + r), high[1].max(p[1] + r)];
        }
        (low, high)
    }

    /// Half of the size that the picture will have, about.
    fn half(&self) -> [f32; 2] {
        let area = self.room.iter().sum::<f32>() * SLACK / LAND * 1.2;
        let height = sqrtf(area / LANDSCAPE);
        [height * LANDSCAPE * 0.5, height * 0.5]
    }

    /// Says where everybody of the component stands: at their body's place while a coarser level moves, scaled to the size that
    /// the picture will have.
    pub(super) fn places(&self, mut put: impl FnMut(u32, [f32; 2])) {
        if self.has_room() {
            for (&k, &p) in self.order.iter().zip(&self.motion.at) {
                put(k, p);
            }
            return;
        }
        let (low, high) = bounds(&self.motion.at);
        let half = self.half();
        let size = [(high[0] - low[0]).max(1e-6), (high[1] - low[1]).max(1e-6)];
        let scale = (2.0 * half[0] / size[0]).min(2.0 * half[1] / size[1]);
        let middle = [(low[0] + high[0]) * 0.5, (low[1] + high[1]) * 0.5];
        let share = self.motion.area_of_mass(&self.web);
        let mut random = self.random.clone();
        for (body, &k) in self.order.iter().enumerate() {
            let mut at = body;
            for (_, bundle_of) in &self.finer {
                at = bundle_of[at] as usize;
            }
            let mut p = self.motion.at[at];
            if self.is_coarse() {
                let radius = 0.35 * sqrtf(share * self.web.mass[at]);
                let [dx, dy] = random.in_disc();
                p = [p[0] + dx * radius, p[1] + dy * radius];
            }
            put(k, [(p[0] - middle[0]) * scale, (p[1] - middle[1]) * scale]);
        }
    }
}

/// Some rounds of parting; when nobody is to be parted any more, everybody has room.
fn part(
    mut crowd: Box<Crowd>,
    body: Vec<u32>,
    round: usize,
    at: &mut [[f32; 2]],
    progress: &Progress,
) -> Result<Stage, Cancelled> {
    let mut is_done = false;
    for _ in 0..ROUNDS_SHOWN {
        is_done = crowd.part(TOUCH, progress) <= body.len() / FEW;
        progress.check()?;
        if is_done {
            break;
        }
    }
    for (&b, &p) in body.iter().zip(&crowd.xy) {
        at[b as usize] = p;
    }
    let round = round + ROUNDS_SHOWN;
    let most = if body.len() > MANY {
        ROUNDS_OF_MANY
    } else {
        ROUNDS
    };
    Ok(if is_done || round >= most {
        Stage::Spread
    } else {
        Stage::Parting(crowd, body, round)
    })
}

/// The best of several layouts of a small web from random places: from one alone the picture may come out tangled, and nothing
/// untangles it later. Only scattered where the web is large.
fn best_start(web: &Web, random: &mut Random, progress: &Progress) -> Result<Motion, Cancelled> {
    let mut best = Motion::scattered(web, random);
    if web.len() > TRIED || web.len() < 3 {
        return Ok(best);
    }
    let mut least = f64::INFINITY;
    for _ in 0..STARTS {
        let mut motion = Motion::scattered(web, random);
        motion.rest(web, STEPS.1, Heat::SCATTERED, progress)?;
        let energy = motion.energy(web);
        if energy < least {
            (best, least) = (motion, energy);
        }
    }
    Ok(best)
}

/// Bodies in order of their groups, those without one last, and the range of each group.
fn by_group(group: impl Iterator<Item = u32>) -> (Vec<u32>, Vec<Range<usize>>) {
    let group: Vec<u32> = group.collect();
    let mut groups = group.clone();
    groups.sort_unstable();
    groups.dedup();
    let rank = |g: &u32| groups.binary_search(g).unwrap_or(0) as u32;
    let rank: Vec<u32> = group.iter().map(rank).collect();
    let (starts, members) = by_label(&rank, groups.len());
    let ranges = starts.windows(2).map(|w| w[0] as usize..w[1] as usize);
    (members, ranges.collect())
}

fn middle(at: &[[f32; 2]]) -> [f32; 2] {
    let n = at.len().max(1) as f64;
    let sum = at.iter().fold([0f64; 2], |s, p| {
        [s[0] + f64::from(p[0]), s[1] + f64::from(p[1])]
    });
    sum.map(|s| (s / n) as f32)
}

/// Draws single people who stand far out nearer to the others.
fn draw_in(at: &mut [[f32; 2]]) {
    let middle = middle(at);
    let mut distance: Vec<f32> = at
        .iter()
        .map(|p| libm::hypotf(p[0] - middle[0], p[1] - middle[1]))
        .collect();
    let last = ((at.len() as f32 * NEAR) as usize).min(at.len().saturating_sub(1));
    let far = 1.15
        * *distance
            .clone()
            .select_nth_unstable_by(last, f32::total_cmp)
            .1;
    for (p, d) in at.iter_mut().zip(&mut distance) {
        if *d > far && far > 0.0 {
            let nearer = far * (1.0 + 0.3 * ln(*d / far)) / *d;
            *p = [
                middle[0] + (p[0] - middle[0]) * nearer,
                middle[1] + (p[1] - middle[1]) * nearer,
            ];
        }
    }
}

/// Turns the picture's longest extent level and stretches it towards the shape of a screen; areas stay.
fn lie_down(at: &mut [[f32; 2]]) {
    let middle = middle(at);
    let (mut xx, mut xy, mut yy) = (0f64, 0f64, 0f64);
    for p in at.iter() {
        let (dx, dy) = (f64::from(p[0] - middle[0]), f64::from(p[1] - middle[1]));
        xx += dx * dx;
        xy += dx * dy;
        yy += dy * dy;
    }
    let angle = 0.5 * atan2f(2.0 * xy as f32, (xx - yy) as f32);
    let (sin, cos) = (sinf(angle), cosf(angle));
    for p in at.iter_mut() {
        let (dx, dy) = (p[0] - middle[0], p[1] - middle[1]);
        *p = [dx * cos + dy * sin, dy * cos - dx * sin];
    }
    let (low, high) = bounds(at);
    let is = (high[0] - low[0]) / (high[1] - low[1]).max(1e-6);
    let stretch = sqrtf((LANDSCAPE / is.max(1e-6)).clamp(1.0 / STRETCH, STRETCH));
    for p in at.iter_mut() {
        *p = [p[0] * stretch, p[1] / stretch];
    }
}
