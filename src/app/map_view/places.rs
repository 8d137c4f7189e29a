//! Who stands where in the picture that is shown now, and who is under the pointer.

use std::sync::Arc;

use eframe::egui::Pos2;

use super::super::model::OpenMap;
use super::sight::Sight;
use super::view::Bounds;
use crate::analysis::Analysis;
use crate::layout::Positions;
use crate::people::PersonId;
use crate::render::{Dot, LabelOf, Land, MapScene, islands};

/// Marks a person who is not in the scene.
const NOWHERE: u32 = u32::MAX;
/// People a grid cell holds on average.
const PER_CELL: f32 = 2.0;
/// Cells a side at most: bounds the memory when one person stands far away from all others.
const MOST_CELLS: f32 = 2048.0;
/// Up to so many dots, places are made at once.
const AT_ONCE: usize = 5_000;
/// People whose places are told at most.
const MOST_TOLD: usize = 2_000;
/// How far from its centre a pointer still means a small dot, in points.
const TOLERANCE: f32 = 6.0;

/// The scene with the newest positions, and a grid over them. Made again only when one of them changes.
pub(super) struct Places {
    pub(super) scene: Arc<MapScene>,
    positions: Arc<Positions>,
    /// Whose communities the scene names.
    analysis: Arc<Analysis>,
    versions: (u64, u64),
    /// Counts up with every change, so that a picture knows what it shows.
    pub(super) revision: u64,
    /// Counts up with every change of the scene alone.
    pub(super) scene_revision: u64,
    /// Where each dot of the scene stands: the newest position, else where the scene has it.
    pub(super) at: Arc<Vec<[f32; 2]>>,
    dot_of: Arc<Vec<u32>>,
    /// Where some of the people stand, with their radius: enough to know what a card would cover.
    pub(super) some: Arc<Vec<[f32; 3]>>,
    /// The land under the dots where they are now.
    pub(super) land: Arc<Land>,
    /// Dots and labels of the scene where they are now, without its ties: for the names.
    pub(super) named: Arc<MapScene>,
    /// What holds every person who has a place.
    pub(super) bounds: Bounds,
    /// Smallest and largest radius of a dot.
    pub(super) radii: (f32, f32),
    grid: Grid,
}

/// What places are to be made from.
pub(super) struct PlacesOrder {
    scene: Arc<MapScene>,
    positions: Arc<Positions>,
    analysis: Arc<Analysis>,
    versions: (u64, u64),
    /// Of the places before, where they show the same scene.
    dot_of: Option<Arc<Vec<u32>>>,
    last: (u64, u64),
}

impl PlacesOrder {
    /// Where each dot of the scene stands.
    fn at(&self) -> Vec<[f32; 2]> {
        let place = |dot: &Dot| self.positions.of(dot.person.index()).unwrap_or(dot.at);
        self.scene.dots.iter().map(place).collect()
    }

    /// Whether making them takes less than a millisecond: few people, and no new land under them.
    pub(super) fn is_quick(&self) -> bool {
        self.scene.dots.len() <= AT_ONCE && Land::stays(&self.scene.dots, &self.at())
    }

    /// Makes them. O(n), and the land where somebody has moved.
    pub(super) fn make(self) -> Places {
        let at = self.at();
        let Self {
            scene,
            positions,
            analysis,
            versions,
            dot_of,
            last: (revision, scene_revision),
        } = self;
        let same_scene = dot_of.is_some();
        let dot_of = dot_of.unwrap_or_else(|| Arc::new(numbers(&scene)));
        Places {
            bounds: with_dots(positions.bounds().unwrap_or(scene.bounds), &scene, &at),
            named: named(&scene, &at, &dot_of, &analysis),
            grid: Grid::new(&at),
            land: Arc::new(scene.land.under(&scene.dots, &at)),
            some: Arc::new(some(&scene, &at)),
            at: Arc::new(at),
            dot_of,
            radii: radii(&scene),
            scene,
            positions,
            analysis,
            versions,
            revision: revision + 1,
            scene_revision: scene_revision + u64::from(!same_scene),
        }
    }
}

impl Places {
    /// What the places of `map` with people at `positions` are to be made from; `None` where `before` are those. Revisions go on
    /// from `last`, those of the newest places there were.
    pub(super) fn order(
        before: Option<&Self>,
        map: &OpenMap,
        scene: &Arc<MapScene>,
        positions: &Arc<Positions>,
        last: (u64, u64),
    ) -> Option<PlacesOrder> {
        let versions = (map.positions_version, map.scene_version);
        let same_scene =
            before.filter(|b| Arc::ptr_eq(&b.scene, scene) && b.versions.1 == versions.1);
        let same = same_scene
            .is_some_and(|b| b.versions == versions && Arc::ptr_eq(&b.positions, positions));
        (!same).then(|| PlacesOrder {
            scene: Arc::clone(scene),
            positions: Arc::clone(positions),
            // While better facts are on their way into a new scene, this one goes on naming the communities it was made of.
            analysis: Arc::clone(same_scene.map_or(&map.results.analysis, |b| &b.analysis)),
            versions,
            dot_of: same_scene.map(|b| Arc::clone(&b.dot_of)),
            last,
        })
    }

    /// Number of the positions shown.
    pub(super) fn positions_version(&self) -> u64 {
        self.versions.0
    }

    /// The places of a scene by itself.
    #[cfg(test)]
    pub(super) fn made_of(
        scene: &Arc<MapScene>,
        positions: &Arc<Positions>,
        analysis: Analysis,
    ) -> Self {
        let order = PlacesOrder {
            scene: Arc::clone(scene),
            positions: Arc::clone(positions),
            analysis: Arc::new(analysis),
            versions: (0, 0),
            dot_of: None,
            last: (0, 0),
        };
        order.make()
    }

    /// The dot of `person`; `None` for those who are not shown.
    pub(super) fn dot_of(&self, person: PersonId) -> Option<usize> {
        let dot = *self.dot_of.get(person.index())?;
        (dot != NOWHERE).then_some(dot as usize)
    }

    /// Where dot `i` stands.
    pub(super) fn of(&self, i: usize) -> Option<[f32; 2]> {
        self.at.get(i).copied()
    }

    /// The dot at `pos` of the screen: the topmost whose disc covers it, else the nearest within reach.
    pub(super) fn pick(&self, sight: &Sight, pos: Pos2) -> Option<usize> {
        let here = sight.map_from_screen(pos);
        let zoom = sight.camera.zoom;
        let reach = sight.radius(self.radii.1).max(TOLERANCE) / zoom;
        let mut covering: Option<usize> = None;
        let mut nearest: Option<(f32, usize)> = None;
        self.grid.near(
            [here[0] - reach, here[1] - reach],
            [here[0] + reach, here[1] + reach],
            |i| {
                let (Some(at), Some(dot)) = (self.of(i), self.scene.dots.get(i)) else {
                    return;
                };
                let off = distance(at, here) * zoom;
                let radius = sight.radius(dot.radius);
                if off <= radius {
                    covering = covering.max(Some(i));
                } else if off <= radius.max(TOLERANCE) {
                    let better =
                        nearest.is_none_or(|(d, j)| off.total_cmp(&d).then(j.cmp(&i)).is_lt());
                    if better {
                        nearest = Some((off, i));
                    }
                }
            },
        );
        covering.or(nearest.map(|(_, i)| i))
    }

    /// People whose centres are in the box between two map points, by number.
    pub(super) fn in_box(&self, a: [f32; 2], b: [f32; 2]) -> Vec<PersonId> {
        let low = [a[0].min(b[0]), a[1].min(b[1])];
        let high = [a[0].max(b[0]), a[1].max(b[1])];
        self.people_where(low, high, |_| true)
    }

    /// People in the grid cells between two map points; of more than `most`, every so manieth, from everywhere.
    pub(super) fn some_in_box(&self, a: [f32; 2], b: [f32; 2], most: usize) -> Vec<PersonId> {
        let low = [a[0].min(b[0]), a[1].min(b[1])];
        let high = [a[0].max(b[0]), a[1].max(b[1])];
        let dots = &self.scene.dots;
        let near = self.grid.some_near(low, high, most);
        near.filter_map(|dot| Some(dots.get(dot)?.person)).collect()
    }

    /// People whose centres a closed line of map points goes round, by number.
    pub(super) fn in_lasso(&self, line: &[[f32; 2]]) -> Vec<PersonId> {
        let mut corners = line.iter().copied();
        let Some(first) = corners.next() else {
            return Vec::new();
        };
        let (low, high) = corners.fold((first, first), |(low, high), p| {
            (
                [low[0].min(p[0]), low[1].min(p[1])],
                [high[0].max(p[0]), high[1].max(p[1])],
            )
        });
        self.people_where(low, high, |at| is_inside(line, at))
    }

    fn people_where(
        &self,
        low: [f32; 2],
        high: [f32; 2],
        wanted: impl Fn([f32; 2]) -> bool,
    ) -> Vec<PersonId> {
        let mut people = Vec::new();
        self.grid.near(low, high, |i| {
            let Some(at) = self.of(i) else { return };
            let boxed = (low[0]..=high[0]).contains(&at[0]) && (low[1]..=high[1]).contains(&at[1]);
            if boxed && wanted(at) {
                people.extend(self.scene.dots.get(i).map(|dot| dot.person));
            }
        });
        people.sort_unstable();
        people
    }
}

/// `bounds` of the places, widened to hold whole dots: a few people may have large ones.
fn with_dots(bounds: Bounds, scene: &MapScene, at: &[[f32; 2]]) -> Bounds {
    let dots = scene.dots.iter().zip(at);
    dots.fold(bounds, |(low, high), (dot, at)| {
        let r = dot.radius;
        (
            [low[0].min(at[0] - r), low[1].min(at[1] - r)],
            [high[0].max(at[0] + r), high[1].max(at[1] + r)],
        )
    })
}

/// Every so manieth dot.
fn some(scene: &MapScene, at: &[[f32; 2]]) -> Vec<[f32; 3]> {
    let every = scene.dots.len().div_ceil(MOST_TOLD).max(1);
    let dots = scene.dots.iter().zip(at).step_by(every);
    dots.map(|(dot, [x, y])| [*x, *y, dot.radius]).collect()
}

fn numbers(scene: &MapScene) -> Vec<u32> {
    let most = scene.dots.iter().map(|d| d.person.index() + 1).max();
    let mut dot_of = vec![NOWHERE; most.unwrap_or(0)];
    for (i, dot) in scene.dots.iter().enumerate() {
        dot_of[dot.person.index()] = i as u32;
    }
    dot_of
}

/// `scene` itself where nobody has moved since it was made.
fn named(
    scene: &Arc<MapScene>,
    at: &[[f32; 2]],
    dot_of: &[u32],
    analysis: &Analysis,
) -> Arc<MapScene> {
    let stands = scene.dots.iter().zip(at);
    if stands.clone().all(|(dot, at)| is_same(dot.at, *at)) {
        return Arc::clone(scene);
    }
    let dots: Vec<Dot> = stands.map(|(dot, &at)| Dot { at, ..*dot }).collect();
    let islands = islands(&dots, &analysis.communities);
    let labels = scene.labels.iter().map(|label| {
        let mut label = label.clone();
        let moved = match label.of {
            LabelOf::Person(person) => dot_of
                .get(person.index())
                .and_then(|&dot| at.get(dot as usize))
                .copied(),
            LabelOf::Community(id) => islands.get(id.index()).copied().flatten(),
        };
        label.at = moved.unwrap_or(label.at);
        label
    });
    Arc::new(MapScene {
        labels: labels.collect(),
        dots,
        bounds: scene.bounds,
        named: scene.named,
        ..MapScene::default()
    })
}

fn radii(scene: &MapScene) -> (f32, f32) {
    let mut radii = scene.dots.iter().map(|dot| dot.radius);
    let first = radii.next().unwrap_or(1.0);
    radii.fold((first, first), |(low, high), r| (low.min(r), high.max(r)))
}

/// Whether two places are the very same numbers.
pub(super) fn is_same(a: [f32; 2], b: [f32; 2]) -> bool {
    a.map(f32::to_bits) == b.map(f32::to_bits)
}

fn distance(a: [f32; 2], b: [f32; 2]) -> f32 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Whether the closed line of `corners` goes round `p`: counts how often a ray to the right crosses it.
fn is_inside(corners: &[[f32; 2]], p: [f32; 2]) -> bool {
    let before = corners.iter().cycle().skip(corners.len().saturating_sub(1));
    corners.iter().zip(before).fold(false, |inside, (a, b)| {
        let spans = (a[1] > p[1]) != (b[1] > p[1]);
        inside ^ (spans && p[0] < (b[0] - a[0]) * (p[1] - a[1]) / (b[1] - a[1]) + a[0])
    })
}

/// Dots by square cell: those of one cell stand next to each other in `dots`.
struct Grid {
    low: [f32; 2],
    cell: f32,
    columns: usize,
    rows: usize,
    /// Cells + 1 offsets into `dots`.
    starts: Vec<u32>,
    dots: Vec<u32>,
}

impl Grid {
    /// O(n) by counting sort.
    fn new(at: &[[f32; 2]]) -> Self {
        let (mut low, mut high) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
        for p in at.iter().filter(|p| p[0].is_finite() && p[1].is_finite()) {
            for axis in 0..2 {
                low[axis] = low[axis].min(p[axis]);
                high[axis] = high[axis].max(p[axis]);
            }
        }
        if low[0] > high[0] {
            (low, high) = ([0.0; 2], [0.0; 2]);
        }
        let (w, h) = ((high[0] - low[0]).max(1.0), (high[1] - low[1]).max(1.0));
        let cell = (w * h * PER_CELL / at.len().max(1) as f32)
            .sqrt()
            .max(w.max(h) / MOST_CELLS);
        let columns = (w / cell) as usize + 1;
        let rows = (h / cell) as usize + 1;
        let mut grid = Self {
            low,
            cell,
            columns,
            rows,
            starts: vec![0; columns * rows + 1],
            dots: Vec::new(),
        };
        let cells: Vec<usize> = at.iter().map(|&p| grid.cell_of(p)).collect();
        for &cell in &cells {
            grid.starts[cell + 1] += 1;
        }
        for cell in 0..columns * rows {
            grid.starts[cell + 1] += grid.starts[cell];
        }
        let mut fill = grid.starts.clone();
        grid.dots = vec![0; at.len()];
        for (i, &cell) in cells.iter().enumerate() {
            grid.dots[fill[cell] as usize] = i as u32;
            fill[cell] += 1;
        }
        grid
    }

    fn column(&self, x: f32) -> usize {
        // A cast of a negative or NaN float gives 0.
        (((x - self.low[0]) / self.cell) as usize).min(self.columns - 1)
    }

    fn row(&self, y: f32) -> usize {
        (((y - self.low[1]) / self.cell) as usize).min(self.rows - 1)
    }

    fn cell_of(&self, p: [f32; 2]) -> usize {
        self.row(p[1]) * self.columns + self.column(p[0])
    }

    /// Dots in the cells that the box touches; of more than `most`, every so manieth. O(rows + those).
    fn some_near(&self, low: [f32; 2], high: [f32; 2], most: usize) -> impl Iterator<Item = usize> {
        let (first, last) = (self.column(low[0]), self.column(high[0]));
        let rows = (self.row(low[1])..=self.row(high[1])).map(move |row| {
            let place = |column: usize| self.starts.get(row * self.columns + column).copied();
            let range = place(first).zip(place(last + 1));
            let dots = range.and_then(|(from, to)| self.dots.get(from as usize..to as usize));
            dots.unwrap_or_default()
        });
        let n: usize = rows.clone().map(<[u32]>::len).sum();
        let every = n.div_ceil(most.max(1)).max(1);
        let mut before = 0;
        rows.flat_map(move |row| {
            // The next of the count that goes on from row to row.
            let skip = (every - before % every) % every;
            before += row.len();
            row.iter()
                .skip(skip)
                .step_by(every)
                .map(|dot| *dot as usize)
        })
    }

    /// Calls `each` with every dot in the cells that the box touches.
    fn near(&self, low: [f32; 2], high: [f32; 2], mut each: impl FnMut(usize)) {
        let (first, last) = (self.column(low[0]), self.column(high[0]));
        for row in self.row(low[1])..=self.row(high[1]) {
            let start = self.starts[row * self.columns + first] as usize;
            let end = self.starts[row * self.columns + last + 1] as usize;
            for &dot in &self.dots[start..end] {
                each(dot as usize);
            }
        }
    }
}
