//! What the picture means, in words.

use super::scene::Cast;
use super::words::round_number;
use super::{
    Dot, Legend, LegendCommunity, Picture, Touch, TouchedPeople, palette, shorten, thousands,
};
use crate::analysis::{DotSizes, SizeBy};
use crate::people::PersonId;

/// So many communities have a line of their own, and so has every other one that was given a colour.
const NAMED: usize = 12;
/// Where the colour of a tie comes from.
const TIE_COLOUR: &str = "tie colour: within a community its colour, across a blend";
/// The longest name of a community in the legend, in graphemes.
const LONGEST: usize = 40;
/// What a part is called at most, in graphemes.
const LONGEST_PART: usize = 90;

/// The legend of what is shown: hidden communities are not in its lines, but a note says how many people they hold.
pub(super) fn legend(cast: &Cast<'_>, dots: &[Dot], sizes: &DotSizes) -> Legend {
    Legend {
        communities: match &cast.style.touches {
            Some(touches) => touched(cast, touches),
            None => communities(cast),
        },
        size: size(cast, sizes),
        sizes: sizes
            .examples
            .iter()
            .map(|&(value, radius)| (round_number(value), radius))
            .collect(),
        notes: notes(cast, dots, sizes),
    }
}

/// A line for each kind of touch.
fn touched(cast: &Cast<'_>, touches: &TouchedPeople) -> Vec<LegendCommunity> {
    let colours = palette(cast.style.theme);
    let count = |kind: Touch| {
        let people = cast.lights.iter().enumerate();
        let of_kind = people
            .filter(|(i, light)| light.is_some() && touches.of_person(PersonId(*i as u32)) == kind);
        of_kind.count() as u32
    };
    let enough = match touches.touchpoints {
        1 => "touched".to_owned(),
        2 => "touched at least twice".to_owned(),
        m => format!("touched at least {m} times"),
    };
    let some = match touches.touchpoints {
        2 => "touched once",
        _ => "touched less often",
    };
    let lines = [
        (Touch::Enough, enough, colours.fire),
        (Touch::Some, some.to_owned(), colours.ember),
        (Touch::Not, "touched by nobody".to_owned(), colours.small),
    ];
    let lines = lines
        .into_iter()
        .map(|(kind, name, colour)| LegendCommunity {
            community: None,
            colour,
            name,
            people: count(kind),
        });
    lines.filter(|line| line.people > 0).collect()
}

fn communities(cast: &Cast<'_>) -> Vec<LegendCommunity> {
    let colours = palette(cast.style.theme);
    let hidden = cast.hidden_flags();
    let in_part = in_part(cast);
    let (mut lines, mut other, mut small) = (Vec::new(), 0u32, 0u32);
    for (i, community) in cast.analysis.communities.list.iter().enumerate() {
        let people = match &in_part {
            Some(in_part) => in_part.get(i).copied().unwrap_or(0),
            None => community.people,
        };
        if hidden.get(i).copied().unwrap_or(false) || people == 0 && in_part.is_some() {
            continue;
        }
        if community.small {
            small += people;
        } else if i < NAMED || community.colour.is_some() {
            let id = crate::analysis::CommunityId(i as u32);
            lines.push(LegendCommunity {
                community: Some(id),
                colour: colours.community(&cast.analysis.communities, id),
                name: shorten(&community.name, LONGEST),
                people,
            });
        } else {
            other += people;
        }
    }
    let rest = [
        (other, "Other communities", colours.other),
        (small, "Small groups", colours.small),
    ];
    for (people, name, colour) in rest {
        if people > 0 {
            lines.push(LegendCommunity {
                community: None,
                colour,
                name: name.to_owned(),
                people,
            });
        }
    }
    lines
}

/// By community: its people in the part that is shown; `None` where all of the map is.
fn in_part(cast: &Cast<'_>) -> Option<Vec<u32>> {
    cast.style.part.as_ref()?;
    let mut people = vec![0; cast.analysis.communities.list.len()];
    for (i, home) in cast.analysis.communities.of.iter().enumerate() {
        let count = home.and_then(|home| people.get_mut(home.index()));
        if let Some(count) = count.filter(|_| cast.in_part(i)) {
            *count += 1;
        }
    }
    Some(people)
}

fn size(cast: &Cast<'_>, sizes: &DotSizes) -> String {
    let with_ties = cast.graph.n_people().saturating_sub(no_ties(cast));
    let mostly_unknown = sizes.unknown as usize * 2 > with_ties;
    let words = match sizes.by {
        SizeBy::Reach => "size: followers",
        SizeBy::ReachArea => "size: followers (true areas)",
        SizeBy::Same => "size: the same for everybody",
        SizeBy::Connections if mostly_unknown => {
            "size: connections (followers are unknown for most)"
        }
        SizeBy::Connections => "size: connections",
        SizeBy::BridgeScore => "size: bridge score",
    };
    words.to_owned()
}

fn notes(cast: &Cast<'_>, dots: &[Dot], sizes: &DotSizes) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(shown) = &cast.style.part {
        let counts = shown.part.counts;
        let words = shorten(&shown.words, LONGEST_PART);
        notes.push(format!("Part: {words}"));
        notes.push(format!(
            "{} of {} shown",
            thousands(counts.people),
            people(counts.all_people)
        ));
    }
    if let Some(touches) = &cast.style.touches {
        let chosen = dots.iter().filter(|d| d.ringed).count() as u64;
        notes.push(format!("ring: {} ({})", touches.name, people(chosen)));
    } else if matches!(cast.style.picture, Picture::Bridges(_)) {
        match dots.iter().filter(|d| d.ringed).count() as u64 {
            0 => notes.push("no bridges here".to_owned()),
            1 => notes.push("ring: the best bridge".to_owned()),
            n => notes.push(format!("ring: one of the {} best bridges", thousands(n))),
        }
    }
    let hollow = dots.iter().filter(|d| d.hollow).count() as u64;
    if hollow > 0 && matches!(sizes.by, SizeBy::Reach | SizeBy::ReachArea) {
        notes.push(format!("hollow: followers unknown ({})", thousands(hollow)));
    }
    let hidden: u64 = cast
        .hidden_flags()
        .iter()
        .zip(&cast.analysis.communities.list)
        .filter(|(hidden, _)| **hidden)
        .map(|(_, community)| u64::from(community.people))
        .sum();
    // Of a part it is told above how many are shown.
    if hidden > 0 && cast.style.part.is_none() {
        let are = if hidden == 1 { "is" } else { "are" };
        notes.push(format!("{} {are} hidden", people(hidden)));
    }
    let alone = no_ties(cast) as u64;
    if alone > 0 && cast.style.part.is_none() {
        let are = if alone == 1 { "is" } else { "are" };
        notes.push(format!("{} without ties {are} not drawn", people(alone)));
    }
    if cast.graph.ties.n_ties() > 0 && cast.style.touches.is_none() {
        notes.push(TIE_COLOUR.to_owned());
    }
    notes
}

fn people(n: u64) -> String {
    match n {
        1 => "1 person".to_owned(),
        n => format!("{} people", thousands(n)),
    }
}

fn no_ties(cast: &Cast<'_>) -> usize {
    (0..cast.graph.n_people())
        .filter(|&i| cast.connections(i) == 0 && cast.in_part(i))
        .count()
}
