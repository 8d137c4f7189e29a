//! Which names could stand on the map, most important first.

use std::cmp::Ordering;

use super::scene::Cast;
use super::{Dot, Label, LabelOf, Picture, shorten};
use crate::analysis::{Communities, CommunityId};

/// The longest name of a person, in graphemes.
const LONGEST_PERSON: usize = 28;
/// The longest name of a community, in graphemes.
const LONGEST_COMMUNITY: usize = 40;
/// More people than this are never candidates: a screen has room for a few hundred names, and each costs shaping.
const MOST_PEOPLE: usize = 2_000;
/// Two names of communities, then one person: islands are named before the crowd is.
const COMMUNITIES_IN_TURN: usize = 2;

/// Candidates: in the picture of bridges these come first, then everybody's communities interleaved with people by
/// importance: size of the dot, reach, connections.
pub(super) fn candidates(cast: &Cast<'_>, dots: &[Dot]) -> Vec<Label> {
    // Of a part only its people are named, and the communities that have some there.
    let in_part: Vec<Dot> = match cast.style.part {
        Some(_) => (dots.iter().copied())
            .filter(|dot| cast.in_part(dot.person.index()))
            .collect(),
        None => Vec::new(),
    };
    let dots = if cast.style.part.is_some() {
        &in_part
    } else {
        dots
    };
    let mut people: Vec<&Dot> = dots.iter().collect();
    let bridges = matches!(cast.style.picture, Picture::Bridges(_)) || cast.style.touches.is_some();
    if bridges {
        people.retain(|dot| dot.ringed);
        people.sort_by_key(|dot| cast.analysis.bridges.rank.get(dot.person.index()).copied());
        let mut labels: Vec<Label> = people.iter().map(|dot| person(cast, dot)).collect();
        labels.extend(communities(cast, dots));
        return labels;
    }
    people.sort_by(|a, b| by_importance(cast, a, b));
    people.truncate(MOST_PEOPLE);
    let mut communities = communities(cast, dots).into_iter();
    let mut labels = Vec::with_capacity(people.len() + communities.len());
    for dot in people {
        labels.extend(communities.by_ref().take(COMMUNITIES_IN_TURN));
        labels.push(person(cast, dot));
    }
    labels.extend(communities);
    labels
}

/// Lit before plain before dimmed, so that an isolated community is named first.
fn by_importance(cast: &Cast<'_>, a: &Dot, b: &Dot) -> Ordering {
    let facts = |dot: &Dot| {
        let i = dot.person.index();
        let reach = cast.graph.people.get(i).and_then(|p| p.reach);
        (reach.unwrap_or(-1.0), cast.connections(i))
    };
    let ((reach_a, ties_a), (reach_b, ties_b)) = (facts(a), facts(b));
    (b.light as u8)
        .cmp(&(a.light as u8))
        .then(b.radius.total_cmp(&a.radius))
        .then(reach_b.total_cmp(&reach_a))
        .then(ties_b.cmp(&ties_a))
        .then(a.person.cmp(&b.person))
}

fn person(cast: &Cast<'_>, dot: &Dot) -> Label {
    let text = cast
        .graph
        .people
        .get(dot.person.index())
        .map_or_else(String::new, |p| {
            let name = shorten(&p.name, LONGEST_PERSON);
            if name.is_empty() {
                shorten(&p.handle, LONGEST_PERSON)
            } else {
                name
            }
        });
    Label {
        text,
        at: dot.at,
        clear: dot.radius,
        of: LabelOf::Person(dot.person),
    }
}

/// The middle of each community's island: the median in x and in y, since a few members far out would pull the mean into the
/// water. `None` for those of whom nobody is among `dots`. O(n).
pub fn islands(dots: &[Dot], communities: &Communities) -> Vec<Option<[f32; 2]>> {
    let list = &communities.list;
    let mut members: Vec<(Vec<f32>, Vec<f32>)> =
        vec![<(Vec<f32>, Vec<f32>)>::default(); list.len()];
    for dot in dots {
        let of = communities.of.get(dot.person.index()).copied().flatten();
        let place = of.and_then(|c| members.get_mut(c.index()));
        if let Some((x, y)) = place {
            x.push(dot.at[0]);
            y.push(dot.at[1]);
        }
    }
    let middle = |(mut x, mut y): (Vec<f32>, Vec<f32>)| Some([median(&mut x)?, median(&mut y)?]);
    members.into_iter().map(middle).collect()
}

/// Large communities that are on the map, largest first, each at the middle of its island.
fn communities(cast: &Cast<'_>, dots: &[Dot]) -> Vec<Label> {
    let communities = &cast.analysis.communities;
    communities
        .list
        .iter()
        .zip(islands(dots, communities))
        .enumerate()
        .filter(|(_, (community, _))| !community.small)
        .filter_map(|(i, (community, middle))| {
            Some(Label {
                text: shorten(&community.name, LONGEST_COMMUNITY),
                at: middle?,
                clear: 0.0,
                of: LabelOf::Community(CommunityId(i as u32)),
            })
        })
        .collect()
}

fn median(values: &mut [f32]) -> Option<f32> {
    let middle = values.len() / 2;
    (!values.is_empty()).then(|| *values.select_nth_unstable_by(middle, f32::total_cmp).1)
}
