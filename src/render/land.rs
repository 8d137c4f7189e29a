//! The soft land of each community behind its dots: where its people stand close, the ground has a breath of its colour.

use rayon::prelude::*;

use super::{Dot, Light, Rgb, Theme};

/// Cells of the longer side; the drawer takes what is between them.
const CELLS: f32 = 240.0;
/// Cells round the map, so that land fades out before the edge.
const ROUND: f32 = 6.0;
/// How much of the map's square the people fill, about.
const FILLED: f32 = 0.35;
/// The blur in distances between neighbours.
const BLUR: f32 = 1.1;
/// The blur in cells is at least and at most this.
const LEAST_BLUR: f32 = 2.0;
const MOST_BLUR: f32 = 11.0;
/// People a neighbour's square at which land begins, and at which it is whole. One person alone makes none.
const SHORE: [f32; 2] = [0.22, 0.8];
/// How opaque whole land is, on dark and on light ground.
const OPACITY: [f32; 2] = [0.17, 0.15];
/// The same for what is dimmed, in shares.
const DIMMED: f32 = 0.4;
/// Fewer people than this make no islands.
const FEWEST: usize = 12;

/// Land on a grid over the map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Land {
    /// The map point in the middle of the first cell.
    pub low: [f32; 2],
    /// Side of a cell in map units.
    pub cell: f32,
    /// Columns and rows.
    pub size: [u32; 2],
    /// By row: red, green, blue and how opaque, 0..=255.
    pub rgba: Vec<[u8; 4]>,
    /// The colour of those who have no land.
    without: Option<Rgb>,
    theme: Theme,
}

impl Land {
    /// The land under `dots`, who stand at `at`; those of the colour `without` have none.
    ///
    /// Each community's people are counted in cells, blurred by about the distance between neighbours, and where they stand
    /// as close as people in the middle of an island do, the land is whole. O(n + cells · communities with a colour).
    pub fn of(dots: &[Dot], at: &[[f32; 2]], without: Option<Rgb>, theme: Theme) -> Self {
        let on_land = |dot: &Dot| Some(dot.colour) != without;
        let people: Vec<(&Dot, [f32; 2])> = dots
            .iter()
            .zip(at.iter().copied())
            .filter(|(dot, at)| on_land(dot) && at.iter().all(|v| v.is_finite()))
            .collect();
        if people.len() < FEWEST {
            return Self {
                without,
                theme,
                ..Self::default()
            };
        }
        let grid = Grid::over(&people);
        let mut colours: Vec<Rgb> = people.iter().map(|(dot, _)| dot.colour).collect();
        colours.sort_unstable_by_key(|c| (c.0, c.1, c.2));
        colours.dedup();
        let fields: Vec<Field> = colours
            .into_par_iter()
            .map(|colour| {
                let mut field = grid.count(&people, colour);
                field.blur(grid.boxes);
                field
            })
            .collect();
        let opacity = OPACITY[usize::from(theme == Theme::Light)];
        Self {
            low: grid.low,
            cell: grid.cell,
            size: grid.size.map(|s| s as u32),
            rgba: (0..grid.size[1])
                .into_par_iter()
                .flat_map_iter(|row| {
                    let fields = &fields;
                    (0..grid.size[0]).map(move |column| mixed(fields, [column, row], opacity))
                })
                .collect(),
            without,
            theme,
        }
    }

    /// Whether the land under `dots` is the same when they stand `at` these places: nobody moved, or there are too few for any.
    /// Otherwise making it takes milliseconds.
    pub fn stays(dots: &[Dot], at: &[[f32; 2]]) -> bool {
        dots.len() < FEWEST || dots.iter().zip(at).all(|(dot, at)| same(dot.at, *at))
    }

    /// This land under the same dots where they stand now.
    #[must_use]
    pub fn under(&self, dots: &[Dot], at: &[[f32; 2]]) -> Self {
        // Where there was none there is none: colours may mean something else than communities.
        if self.rgba.is_empty() || Self::stays(dots, at) {
            self.clone()
        } else {
            Self::of(dots, at, self.without, self.theme)
        }
    }

    /// Red, green, blue and how opaque (all 0..=255) at each of the points that stand `step` apart from `from` on in one row
    /// of the map; nothing where there is no land.
    pub(super) fn row(&self, from: [f32; 2], step: f32, out: &mut [Option<[f32; 4]>]) {
        out.fill(None);
        let [columns, rows] = self.size.map(|s| s as usize);
        if columns < 2 || rows < 2 || self.cell <= 0.0 {
            return;
        }
        let v = (from[1] - self.low[1]) / self.cell;
        if !(v >= 0.0 && v < (rows - 1) as f32) {
            return;
        }
        let (top, down) = (v as usize, v.fract());
        let (u0, du) = ((from[0] - self.low[0]) / self.cell, step / self.cell);
        let line = |row: usize| self.rgba.get(row * columns..(row + 1) * columns);
        let (Some(above), Some(below)) = (line(top), line(top + 1)) else {
            return;
        };
        for (i, out) in out.iter_mut().enumerate() {
            let u = u0 + du * i as f32;
            if !(u >= 0.0 && u < (columns - 1) as f32) {
                continue;
            }
            let (left, right) = (u as usize, u.fract());
            let corners = [above[left], above[left + 1], below[left], below[left + 1]];
            if corners.iter().all(|c| c[3] == 0) {
                continue;
            }
            let shares = [
                (1.0 - right) * (1.0 - down),
                right * (1.0 - down),
                (1.0 - right) * down,
                right * down,
            ];
            let mut sum = [0.0f32; 4];
            for (corner, share) in corners.iter().zip(shares) {
                let opaque = f32::from(corner[3]) * share;
                for k in 0..3 {
                    sum[k] += f32::from(corner[k]) * opaque;
                }
                sum[3] += opaque;
            }
            let whole = 1.0 / sum[3].max(1e-6);
            *out = Some([sum[0] * whole, sum[1] * whole, sum[2] * whole, sum[3]]);
        }
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.rgba.is_empty()
    }
}

/// The colour of one cell: that of the communities there, each by how close its people stand.
fn mixed(fields: &[Field], cell: [usize; 2], opacity: f32) -> [u8; 4] {
    let (mut sum, mut weight, mut density) = ([0.0f32; 3], 0.0, 0.0);
    for field in fields {
        let here = field.at(cell);
        let w = here * here;
        for (sum, part) in sum.iter_mut().zip(field.colour.floats()) {
            *sum += part * w;
        }
        weight += w;
        density += here;
    }
    let rise = ((density - SHORE[0]) / (SHORE[1] - SHORE[0])).clamp(0.0, 1.0);
    let share = rise * rise * (3.0 - 2.0 * rise) * opacity;
    if weight <= 0.0 {
        return [0; 4];
    }
    let [r, g, b] = sum.map(|v| (v / weight + 0.5) as u8);
    [r, g, b, (share * 255.0 + 0.5) as u8]
}

struct Grid {
    low: [f32; 2],
    cell: f32,
    size: [usize; 2],
    /// What one person adds to their cell, so that the middle of an island comes to about 1.
    one: f32,
    /// Cells to each side of a box; three of them make the blur.
    boxes: usize,
}

impl Grid {
    fn over(people: &[(&Dot, [f32; 2])]) -> Self {
        let (mut low, mut high) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
        for (_, at) in people {
            for k in 0..2 {
                low[k] = low[k].min(at[k]);
                high[k] = high[k].max(at[k]);
            }
        }
        let sides = [0, 1].map(|k| (high[k] - low[k]).max(1e-3));
        let cell = sides[0].max(sides[1]) / CELLS;
        let area = sides[0].max(0.2 * sides[1]) * sides[1].max(0.2 * sides[0]);
        let spacing = (area * FILLED / people.len() as f32).sqrt() / cell;
        let blur = (BLUR * spacing).clamp(LEAST_BLUR, MOST_BLUR);
        let round = ROUND + 2.0 * blur;
        Self {
            low: low.map(|v| v - round * cell),
            cell,
            size: sides.map(|side| (side / cell + 2.0 * round).ceil() as usize + 1),
            one: spacing * spacing,
            // Three boxes of 2 b + 1 cells spread as much as a bell of b (b + 1) variance.
            boxes: ((0.25 + blur * blur).sqrt() - 0.5).round().max(1.0) as usize,
        }
    }

    /// How many people of `colour` stand in each cell, with room for the blur round them.
    fn count(&self, people: &[(&Dot, [f32; 2])], colour: Rgb) -> Field {
        let cell = |at: &[f32; 2]| {
            [0, 1].map(|k| {
                let place = ((at[k] - self.low[k]) / self.cell + 0.5) as usize;
                place.min(self.size[k] - 1)
            })
        };
        let of_colour = || people.iter().filter(|(dot, _)| dot.colour == colour);
        let (mut low, mut high) = (self.size, [0; 2]);
        for (_, at) in of_colour() {
            let place = cell(at);
            for k in 0..2 {
                low[k] = low[k].min(place[k]);
                high[k] = high[k].max(place[k]);
            }
        }
        let round = 3 * self.boxes + 1;
        let low = low.map(|v| v.saturating_sub(round));
        let size = [0, 1].map(|k| {
            (high[k] + round + 1)
                .min(self.size[k])
                .saturating_sub(low[k])
        });
        let mut field = Field {
            colour,
            low,
            size,
            people: vec![0.0; size[0] * size[1]],
        };
        for (dot, at) in of_colour() {
            let counts = if dot.light == Light::Dimmed {
                DIMMED
            } else {
                1.0
            };
            let [column, row] = cell(at);
            let place = (row - low[1]) * size[0] + column - low[0];
            if let Some(there) = field.people.get_mut(place) {
                *there += self.one * counts;
            }
        }
        field
    }
}

/// The people of one colour on the part of the grid where there are any.
struct Field {
    colour: Rgb,
    low: [usize; 2],
    size: [usize; 2],
    /// By row.
    people: Vec<f32>,
}

impl Field {
    /// What there is in a cell of the whole grid.
    fn at(&self, cell: [usize; 2]) -> f32 {
        let [x, y] = [0, 1].map(|k| cell[k].wrapping_sub(self.low[k]));
        if x < self.size[0] && y < self.size[1] {
            self.people[y * self.size[0] + x]
        } else {
            0.0
        }
    }

    /// Three boxes of `b` cells to each side, in each direction: nearly a bell.
    fn blur(&mut self, b: usize) {
        let [columns, rows] = self.size;
        let mut line = Vec::new();
        for _ in 0..3 {
            for row in self.people.chunks_exact_mut(columns) {
                line.clear();
                line.extend_from_slice(row);
                slide(&line, b, |i, mean| row[i] = mean);
            }
            for column in 0..columns {
                line.clear();
                line.extend((0..rows).map(|row| self.people[row * columns + column]));
                slide(&line, b, |i, mean| self.people[i * columns + column] = mean);
            }
        }
    }
}

/// The mean of the `b` cells to each side; outside there is nothing.
fn slide(line: &[f32], b: usize, mut put: impl FnMut(usize, f32)) {
    let part = 1.0 / (2 * b + 1) as f32;
    let mut sum: f32 = line.iter().take(b).sum();
    for i in 0..line.len() {
        sum += line.get(i + b).copied().unwrap_or(0.0);
        put(i, (sum * part).max(0.0));
        if let Some(gone) = i.checked_sub(b) {
            sum -= line[gone];
        }
    }
}

fn same(a: [f32; 2], b: [f32; 2]) -> bool {
    a.map(f32::to_bits) == b.map(f32::to_bits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::PersonId;

    const BLUE: Rgb = Rgb(20, 60, 200);
    const RED: Rgb = Rgb(200, 40, 30);
    const GREY: Rgb = Rgb(128, 128, 128);

    /// An island of 15 by 15 people who stand 4 apart, its middle at `x`, 0.
    fn island(x: f32, colour: Rgb) -> Vec<Dot> {
        let dot = |i: u32| Dot {
            person: PersonId(i),
            at: [
                x + 4.0 * (i % 15) as f32 - 28.0,
                4.0 * (i / 15) as f32 - 28.0,
            ],
            radius: 1.5,
            colour,
            hollow: false,
            ringed: false,
            light: Light::Plain,
        };
        (0..225).map(dot).collect()
    }

    fn land(dots: &[Dot]) -> Land {
        let at: Vec<[f32; 2]> = dots.iter().map(|dot| dot.at).collect();
        Land::of(dots, &at, Some(GREY), Theme::Dark)
    }

    fn at(land: &Land, x: f32, y: f32) -> Option<[f32; 4]> {
        let mut out = [None];
        land.row([x, y], 1.0, &mut out);
        out[0].filter(|land| land[3] >= 1.0)
    }

    #[test]
    fn islands_have_land_of_their_colour_and_the_water_between_has_none() {
        let mut dots = island(0.0, BLUE);
        dots.extend(island(200.0, RED));
        dots.extend(island(400.0, GREY));
        let land = land(&dots);
        for (x, colour) in [(0.0, BLUE), (200.0, RED)] {
            let [r, g, b, opaque] = at(&land, x, 0.0).expect("land in the middle");
            for (seen, wanted) in [r, g, b].into_iter().zip(colour.floats()) {
                assert!((seen - wanted).abs() < 8.0, "{seen} for {wanted}");
            }
            let whole = OPACITY[0] * 255.0;
            assert!(opaque > 0.6 * whole && opaque <= whole + 1.0, "{opaque}");
        }
        assert_eq!(at(&land, 100.0, 0.0), None, "water");
        assert_eq!(at(&land, 400.0, 0.0), None, "small groups have none");
        assert_eq!(at(&land, 9_000.0, 0.0), None, "off the map");
    }

    #[test]
    fn somebody_alone_in_the_water_has_no_land() {
        let mut dots = island(0.0, BLUE);
        dots[0].at = [90.0, 60.0];
        assert_eq!(at(&land(&dots), 90.0, 60.0), None);
        assert!(land(&dots[..FEWEST - 1]).is_empty(), "nor have very few");
    }

    #[test]
    fn land_moves_with_its_people_and_is_the_same_where_they_stand_still() {
        let dots = island(0.0, BLUE);
        let before = land(&dots);
        let still: Vec<[f32; 2]> = dots.iter().map(|dot| dot.at).collect();
        assert_eq!(before.under(&dots, &still), before);
        let moved: Vec<[f32; 2]> = still.iter().map(|[x, y]| [x + 300.0, *y]).collect();
        let after = before.under(&dots, &moved);
        assert_eq!(at(&after, 0.0, 0.0), None);
        assert!(at(&after, 300.0, 0.0).is_some());
    }

    #[test]
    fn the_blur_keeps_how_many_there_are() {
        let mut field = Field {
            colour: BLUE,
            low: [5, 7],
            size: [60, 50],
            people: vec![0.0; 3_000],
        };
        field.people[25 * 60 + 30] = 8.0;
        field.blur(3);
        let sum: f32 = field.people.iter().sum();
        assert!((sum - 8.0).abs() < 1e-3, "{sum}");
        let most = field.people.iter().copied().fold(0.0, f32::max);
        let near = |x: usize, wanted: f32| (field.at([5 + x, 7 + 25]) - wanted).abs() < 1e-5;
        assert!(near(30, most), "the middle is highest");
        assert!(near(28, field.at([5 + 32, 7 + 25])), "even to both sides");
        assert!(
            field.at([0, 0]) <= 0.0 && field.at([90, 90]) <= 0.0,
            "nothing outside"
        );
    }
}
