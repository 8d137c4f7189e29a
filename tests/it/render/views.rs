//! Names on real maps, from wherever a person may look: never over one another, and steady while the map is moved.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use isthmus::import::Source;
use isthmus::progress::Progress;
use isthmus::render::{
    Camera, Label, LabelOf, MapScene, MapStyle, Picture, Placed, Placing, place, scene,
};
use isthmus::session::{self, Start, WalkSettings};

const SIZE: [f32; 2] = [1000.0, 700.0];
const PEOPLE: usize = 60;

/// A number in 0..1 from a fixed sequence.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f32 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 40) as f32 / (1u64 << 24) as f32
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.next() * n as f32) as usize).min(n - 1)
    }
}

/// The map that the whole walk makes of a table.
fn map_of(name: &str, bytes: Vec<u8>, picture: Picture) -> MapScene {
    let source = Source {
        name: name.to_owned(),
        bytes,
    };
    let (settings, progress) = (WalkSettings::default(), Progress::new());
    let read = session::read(&[source], &settings.import, &progress).expect("a sound table");
    let mut results =
        session::analyse(&Arc::new(read), &settings, &progress).expect("nobody cancels");
    let positions = session::arrange(&mut results, &Start::default(), &progress, &|_| {});
    let style = MapStyle {
        picture,
        ..MapStyle::default()
    };
    scene(
        &results.graph,
        &results.analysis,
        &positions.expect("nobody cancels"),
        &results.sizes,
        &style,
    )
}

/// `groups` groups of `size` people; each is tied to `within` of their own and now and then to somebody else's.
fn made_up(groups: usize, size: usize, within: usize, across: f32, name: &str) -> Vec<u8> {
    let mut dice = Dice(groups as u64 * 31 + size as u64);
    let mut table = "source,target\n".to_owned();
    let n = groups * size;
    for i in 0..n {
        for _ in 0..within {
            let group = i / size * size;
            let j = if dice.next() < across {
                dice.below(n)
            } else {
                group + dice.below(size)
            };
            writeln!(table, "{name}{i},{name}{j}").expect("memory takes all");
        }
    }
    table.into_bytes()
}

fn maps() -> [(&'static str, MapScene); 5] {
    let sample = || session::SAMPLE.to_vec();
    [
        (
            "sample, everyone",
            map_of(session::SAMPLE_NAME, sample(), Picture::Everyone),
        ),
        (
            "sample, bridges",
            map_of(session::SAMPLE_NAME, sample(), Picture::Bridges(25)),
        ),
        (
            "one crowd",
            map_of(
                "a.csv",
                made_up(1, 700, 6, 0.0, "someone"),
                Picture::Everyone,
            ),
        ),
        (
            "forty islands",
            map_of(
                "b.csv",
                made_up(40, 50, 4, 0.05, "寿司の人"),
                Picture::Everyone,
            ),
        ),
        (
            "a few",
            map_of(
                "c.csv",
                made_up(3, 8, 3, 0.1, "a very long name of number "),
                Picture::Everyone,
            ),
        ),
    ]
}

/// As wide as such letters are, about.
fn measure(label: &Label) -> [f32; 2] {
    let size: f32 = match label.of {
        LabelOf::Person(_) => 12.5,
        LabelOf::Community(_) => 17.0,
    };
    let width = |c: char| if c.is_ascii() { 0.52 } else { 1.0 };
    let width: f32 = label.text.chars().map(width).sum();
    [width * size, 1.2 * size]
}

fn placed(map: &MapScene, camera: Camera, previous: &[Placed]) -> Vec<Placed> {
    let limits = Placing {
        size: SIZE,
        people: PEOPLE,
        keep_out: &[([10.0, 450.0], [220.0, 690.0])],
        previous,
    };
    place(map, camera, &limits, measure)
}

/// Anywhere on the map, from the whole of it to a few people.
fn view(map: &MapScene, dice: &mut Dice) -> Camera {
    let whole = Camera::fit(map.bounds, SIZE, 36.0);
    let (low, high) = map.bounds;
    let zoom = whole.zoom * libm::powf(2.0, dice.next() * 4.5 - 0.5);
    Camera {
        centre: [0, 1].map(|k| low[k] + (high[k] - low[k]) * dice.next()),
        zoom,
    }
}

fn lie_over_each_other(a: &Placed, b: &Placed) -> bool {
    (0..2).all(|k| a.at[k] < b.at[k] + b.size[k] && b.at[k] < a.at[k] + a.size[k])
}

#[test]
fn names_never_overlap_and_stay_while_the_map_moves_by_a_pixel() {
    let mut dice = Dice(11);
    for (name, map) in maps() {
        let (mut shown, mut changed, mut worst) = (0usize, 0usize, 0usize);
        for _ in 0..200 {
            let camera = view(&map, &mut dice);
            let before = placed(&map, camera, &[]);
            for (i, one) in before.iter().enumerate() {
                for other in &before[..i] {
                    assert!(
                        !lie_over_each_other(one, other),
                        "{name}: {one:?} {other:?}"
                    );
                }
            }
            let step = [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]][dice.below(4)];
            let moved = Camera {
                centre: [0, 1].map(|k| camera.centre[k] + step[k] / camera.zoom),
                ..camera
            };
            let after = placed(&map, moved, &before);
            let set = |all: &[Placed]| -> BTreeSet<String> {
                let word = |p: &Placed| format!("{:?} {:?}", p.of, p.side);
                all.iter().map(word).collect()
            };
            let (old, new) = (set(&before), set(&after));
            let differ = old.symmetric_difference(&new).count();
            shown += old.len();
            changed += differ;
            worst = worst.max(differ);
        }
        assert!(shown > 200, "{name} has names to look at: {shown}");
        assert!(
            changed * 50 <= shown,
            "{name}: {changed} of {shown} names changed, {worst} at once"
        );
    }
}
