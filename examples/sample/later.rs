//! The same made-up world a month later: who came, who went, who sits elsewhere, and which bridges changed hands.

use super::people::{Part, Person, known};
use super::random::Random;
use super::voices::{FOODIES, OCEAN, SAKE, TRADE, VOICES};

/// Every so many members one is gone.
const ONE_IN: usize = 12;
/// People who are new.
const NEW: usize = 30;
/// First names of those who are new.
const FIRST: [&str; 10] = [
    "abe", "bo", "cy", "dot", "ed", "fay", "gil", "hal", "ike", "jo",
];
/// What stands behind them.
const BEHIND: [&str; 3] = ["_came_in", "_joined", "_is_new"];
/// The bridge that is lost: talks at home only from now on.
const LOST_BRIDGE: &str = "chef_ines";

/// One thing that is other than a month before: what, and whom or which it is about.
pub(crate) type Planted = (&'static str, String);

/// Changes `people`, and tells what was changed.
pub(super) fn a_month_later(people: &mut Vec<Person>, random: &mut Random) -> Vec<Planted> {
    let mut planted = Vec::new();
    let host = most_active(people, OCEAN, 0);
    let mover = most_active(people, FOODIES, 0);
    people[mover].community = OCEAN;
    people[mover].activity = 14.0;
    planted.push(("moved", people[mover].handle.clone()));
    planted.push(("moved into the community of", people[host].handle.clone()));
    // Of middling activity, so that this person was no bridge before.
    let bridge = most_active(people, FOODIES, 14);
    people[bridge].part = Part::Ambassador;
    people[bridge].also = &[TRADE, OCEAN];
    (people[bridge].activity, people[bridge].popularity) = (20.0, 7.0);
    planted.push(("new bridge", people[bridge].handle.clone()));
    let was = people.iter().position(|p| p.handle == LOST_BRIDGE);
    if let Some(lost) = was {
        people[lost].part = Part::Member;
        people[lost].also = &[];
        planted.push(("lost bridge", people[lost].handle.clone()));
    }
    let written = most_active(people, FOODIES, 0);
    people[written].handle = people[written].handle.to_uppercase();
    planted.push(("other letter case", people[written].handle.clone()));
    let followed = most_active(people, FOODIES, 1);
    people[followed].reach *= 3.0;
    planted.push(("three times the reach", people[followed].handle.clone()));
    let merged = [SAKE, TRADE].map(|community| most_active(people, community, 0));
    // From now on they talk as one: the first among those of the second.
    for person in people.iter_mut().filter(|p| p.community == SAKE) {
        person.community = TRADE;
    }
    planted.extend(merged.map(|member| ("merged", people[member].handle.clone())));
    let mut at = 0;
    let kept = [host, mover, bridge, written, followed, merged[0], merged[1]];
    let kept = kept.map(|i| people[i].handle.clone());
    people.retain(|person| {
        let is_member = person.part == Part::Member && !kept.contains(&person.handle);
        at += usize::from(is_member);
        let goes = is_member && person.handle != LOST_BRIDGE && at.is_multiple_of(ONE_IN);
        if goes {
            planted.push(("gone", person.handle.clone()));
        }
        !goes
    });
    for i in 0..NEW {
        let handle = format!("{}{}", FIRST[i % FIRST.len()], BEHIND[i / FIRST.len()]);
        let community = loop {
            let community = random.below(VOICES.len());
            if community != SAKE {
                break community;
            }
        };
        let mut person = known(&handle, &handle, community, Part::Member, 300);
        person.activity = 2.0;
        person.popularity = 2.0;
        planted.push(("new", handle));
        people.push(person);
    }
    planted
}

/// The member of `community` who writes most, but for the first `skipped`.
fn most_active(people: &[Person], community: usize, skipped: usize) -> usize {
    let mut members: Vec<usize> = (0..people.len())
        .filter(|&i| people[i].community == community && people[i].part == Part::Member)
        .collect();
    members.sort_by(|&a, &b| people[b].activity.total_cmp(&people[a].activity));
    members[skipped]
}
