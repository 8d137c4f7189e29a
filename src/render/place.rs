//! Names find their places: greedily, most important first, never over one another.

use super::{Camera, DotInk, Label, LabelOf, MapScene};
use crate::people::PersonId;

/// Points between a dot and its name.
const GAP: f32 = 3.0;
/// Points that must stay free round a placed name.
const AIR: f32 = 2.0;
/// This many dots in view, bridges before others and large before small, keep their centres free of other people's names.
const LANDMARKS: usize = 200;
/// Dots smaller than this many points are no landmarks.
const SMALLEST_LANDMARK: f32 = 4.0;

/// Where a name stands relative to its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Over the subject: communities.
    Centre,
    /// To the right of the dot.
    Right,
    /// To the left.
    Left,
    /// Above the dot; for communities a line above the middle.
    Above,
    /// Below the dot; for communities a line below the middle.
    Below,
    /// Communities: two lines above the middle.
    FarAbove,
    /// Communities: two lines below the middle.
    FarBelow,
}

const PERSON: [Side; 4] = [Side::Right, Side::Left, Side::Above, Side::Below];
const COMMUNITY: [Side; 5] = [
    Side::Centre,
    Side::Above,
    Side::Below,
    Side::FarAbove,
    Side::FarBelow,
];

/// A name and its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Which of [`MapScene::labels`].
    pub label: usize,
    /// Whose name it is: the same person keeps place and priority in the next picture.
    pub of: LabelOf,
    /// Relative to its subject.
    pub side: Side,
    /// Left upper corner in the picture.
    pub at: [f32; 2],
    /// Width and height, as measured.
    pub size: [f32; 2],
}

/// What limits the placing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placing<'a> {
    /// Size of the picture.
    pub size: [f32; 2],
    /// At most this many people are named; communities come on top.
    pub people: usize,
    /// Rectangles (left upper, right lower corner) that names keep out of: the legend, a panel.
    pub keep_out: &'a [([f32; 2], [f32; 2])],
    /// What was placed in the picture before: those names come first and stay on their side, so that panning does not
    /// make them flicker.
    pub previous: &'a [Placed],
}

/// Places the names of `scene`. All lengths are in the units of `camera` (points in the window).
///
/// `measure` gives width and height of a label's text; it is called at most once a label, and only for labels in view.
/// Names never overlap each other, nor `keep_out`, nor the edge of the picture, nor the centres of the largest dots.
/// Cost: O(labels · (placed + landmarks)).
pub fn place(
    scene: &MapScene,
    camera: Camera,
    placing: &Placing<'_>,
    mut measure: impl FnMut(&Label) -> [f32; 2],
) -> Vec<Placed> {
    if !camera.is_sound() || !placing.size.iter().all(|s| s.is_finite()) {
        return Vec::new();
    }
    let landmarks = landmarks(scene, camera, placing.size);
    let mut ringed: Vec<PersonId> = scene
        .dots
        .iter()
        .filter(|dot| dot.ringed)
        .map(|dot| dot.person)
        .collect();
    ringed.sort_unstable();
    let mut placed: Vec<Placed> = Vec::new();
    let mut people = 0;
    // Each name that finds no room costs as much as one that does; past this many the rest would find none either.
    let mut tries = placing.people.saturating_mul(6).saturating_add(60);
    for index in in_turn(scene, placing.previous) {
        let Some(label) = scene.labels.get(index) else {
            continue;
        };
        let is_person = matches!(label.of, LabelOf::Person(_));
        if label.text.is_empty() || (is_person && (people >= placing.people || tries == 0)) {
            continue;
        }
        let at = camera.screen_from_map(label.at, placing.size);
        if !inside(at, ([0.0; 2], placing.size)) {
            continue;
        }
        tries -= usize::from(is_person);
        let size = measure(label);
        let clear = match label.of {
            LabelOf::Person(person) if ringed.binary_search(&person).is_ok() => {
                camera.radius_px(label.clear) + DotInk::RING_GAP_PT + DotInk::RING_PT
            }
            LabelOf::Person(_) => camera.radius_px(label.clear),
            LabelOf::Community(_) => size[1] / 2.0,
        };
        let before = placing.previous.iter().find(|p| p.of == label.of);
        let free = |side| {
            let corner = corner(at, clear, size, side);
            fits(corner, size, label.of, placing, &placed, &landmarks).then_some((side, corner))
        };
        // A community's name covers none of its large dots where it need not.
        let bare = |(_, corner): &(Side, [f32; 2])| !covers_a_dot(*corner, size, &landmarks);
        let all = || sides(label.of, before).filter_map(free);
        let found = if is_person {
            all().next()
        } else {
            all().find(bare).or_else(|| all().next())
        };
        if let Some((side, at)) = found {
            people += usize::from(is_person);
            placed.push(Placed {
                label: index,
                of: label.of,
                side,
                at,
                size,
            });
        }
    }
    placed
}

/// Labels by importance, those placed before moved up to half their place: a name in the picture stays unless something
/// clearly more important wants its room.
fn in_turn(scene: &MapScene, previous: &[Placed]) -> Vec<usize> {
    let mut order: Vec<(usize, usize)> = scene
        .labels
        .iter()
        .enumerate()
        .map(|(i, label)| {
            let stays = previous.iter().any(|p| p.of == label.of);
            (if stays { i / 2 } else { i }, i)
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, i)| i).collect()
}

fn sides(of: LabelOf, before: Option<&Placed>) -> impl Iterator<Item = Side> {
    let all: &'static [Side] = match of {
        LabelOf::Person(_) => &PERSON,
        LabelOf::Community(_) => &COMMUNITY,
    };
    before
        .map(|p| p.side)
        .into_iter()
        .chain(all.iter().copied())
}

fn corner(at: [f32; 2], clear: f32, size: [f32; 2], side: Side) -> [f32; 2] {
    let [w, h] = size;
    match side {
        Side::Centre => [at[0] - w / 2.0, at[1] - h / 2.0],
        Side::Right => [at[0] + clear + GAP, at[1] - h / 2.0],
        Side::Left => [at[0] - clear - GAP - w, at[1] - h / 2.0],
        Side::Above => [at[0] - w / 2.0, at[1] - clear - GAP - h],
        Side::Below => [at[0] - w / 2.0, at[1] + clear + GAP],
        Side::FarAbove => [at[0] - w / 2.0, at[1] - clear - 2.0 * (GAP + h)],
        Side::FarBelow => [at[0] - w / 2.0, at[1] + clear + 2.0 * GAP + h],
    }
}

fn fits(
    corner: [f32; 2],
    size: [f32; 2],
    of: LabelOf,
    placing: &Placing<'_>,
    placed: &[Placed],
    landmarks: &[Landmark],
) -> bool {
    let end = [corner[0] + size[0], corner[1] + size[1]];
    let area = (
        [corner[0] - AIR, corner[1] - AIR],
        [end[0] + AIR, end[1] + AIR],
    );
    let picture = ([0.0; 2], placing.size);
    inside(corner, picture)
        && inside(end, picture)
        && !placing.keep_out.iter().any(|room| meet(area, *room))
        && !placed
            .iter()
            .any(|p| meet(area, (p.at, [p.at[0] + p.size[0], p.at[1] + p.size[1]])))
        // A community's name may lie over its people, bar bridges; a person's would be taken for another's.
        && !landmarks.iter().any(|mark| match of {
            LabelOf::Person(person) => person != mark.person && inside(mark.at, (corner, end)),
            LabelOf::Community(_) => mark.ringed && inside(mark.at, area),
        })
}

/// Whether a name there would cover a part of a large dot.
fn covers_a_dot(corner: [f32; 2], size: [f32; 2], landmarks: &[Landmark]) -> bool {
    let end = [corner[0] + size[0], corner[1] + size[1]];
    landmarks.iter().any(|mark| {
        let (low, high) = (
            corner.map(|v| v - mark.radius),
            end.map(|v| v + mark.radius),
        );
        inside(mark.at, (low, high))
    })
}

fn inside(point: [f32; 2], (low, high): ([f32; 2], [f32; 2])) -> bool {
    point[0] >= low[0] && point[0] <= high[0] && point[1] >= low[1] && point[1] <= high[1]
}

fn meet(a: ([f32; 2], [f32; 2]), b: ([f32; 2], [f32; 2])) -> bool {
    a.0[0] < b.1[0] && b.0[0] < a.1[0] && a.0[1] < b.1[1] && b.0[1] < a.1[1]
}

/// A large dot in view.
struct Landmark {
    person: PersonId,
    at: [f32; 2],
    radius: f32,
    ringed: bool,
}

fn landmarks(scene: &MapScene, camera: Camera, size: [f32; 2]) -> Vec<Landmark> {
    // In the picture of bridges it is these that must be seen and named; the crowd behind them gives way.
    let bridges = scene.dots.iter().any(|dot| dot.ringed);
    let mut marks: Vec<Landmark> = scene
        .dots
        .iter()
        .map(|dot| Landmark {
            person: dot.person,
            at: camera.screen_from_map(dot.at, size),
            radius: camera.radius_px(dot.radius),
            ringed: dot.ringed,
        })
        .filter(|mark| {
            (mark.ringed || (!bridges && mark.radius >= SMALLEST_LANDMARK))
                && inside(mark.at, ([0.0; 2], size))
        })
        .collect();
    // Stable, so that equals stay in drawing order.
    marks.sort_by(|a, b| (b.ringed.cmp(&a.ringed)).then(b.radius.total_cmp(&a.radius)));
    marks.truncate(LANDMARKS);
    marks
}
