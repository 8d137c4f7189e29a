//! Random edits of a list, the same for the same number and list: what `edit_until_killed` does and the tests of undo repeat.

use isthmus::campaign::{Campaign, Edit, Entry, MapChoices, Status};

/// A few people to put on lists, by key.
pub(crate) const PEOPLE: u64 = 40;

/// Numbers that look like chance, from a seed: SplitMix64 (Steele, Lea, Flood 2014).
#[derive(Debug, Clone)]
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// A number below `n`, which is not 0.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % n
    }
}

fn person(number: u64) -> (String, String) {
    (format!("person{number:02}"), format!("Person {number} 🍣"))
}

/// Edit number `number` of a campaign that looks like this: one that can be made.
pub(crate) fn random_edit(number: u64, campaign: &Campaign) -> Edit {
    let mut chance = Chance(number);
    let entries = campaign.outreach_list.entries();
    let kind = chance.below(12);
    if entries.len() < 3 || kind < 3 {
        let new = (0..PEOPLE).map(person);
        let mut absent: Vec<_> = new
            .filter(|(key, _)| !campaign.outreach_list.has(key))
            .collect();
        if !absent.is_empty() {
            let (key, name) = absent.swap_remove(chance.below(absent.len() as u64) as usize);
            let at = chance.below(entries.len() as u64 + 1) as usize;
            return Edit::Insert(vec![(at, Entry::new(key, name))]);
        }
    }
    let mut pick = || {
        entries[chance.below(entries.len() as u64) as usize]
            .person
            .clone()
    };
    let (one, other) = (pick(), pick());
    match kind {
        3 => Edit::Remove(vec![one]),
        4 => Edit::Move {
            person: one,
            to: chance.below(entries.len() as u64) as usize,
        },
        5 | 6 => Edit::SetStatus {
            person: one,
            status: Status::ALL[chance.below(6) as usize],
        },
        7 if one != other => Edit::Order(vec![other, one]),
        8 => {
            let mut plan = campaign.plan.clone();
            plan.touchpoints = 1 + chance.below(5) as u32;
            plan.excluded.insert(one);
            plan.spread = 0.25 + 0.75 * chance.below(1000) as f64 / 1000.0;
            Edit::SetPlan(Box::new(plan))
        }
        9 | 10 => {
            let map = changed_map(&campaign.map, &mut chance, one, other);
            let words = format!("change the map {number}");
            Edit::SetMap {
                map: Box::new(map),
                words,
            }
        }
        _ => Edit::SetNote {
            person: one,
            note: format!("note {number} \u{1F3A3} \"quoted\"\nsecond line"),
        },
    }
}

fn changed_map(map: &MapChoices, chance: &mut Chance, one: String, other: String) -> MapChoices {
    let mut map = map.clone();
    match chance.below(5) {
        0 => {
            let look = map.looks.entry(one).or_default();
            look.name = Some(format!("Name {}", chance.below(100)));
            look.colour = Some(chance.below(12) as u8);
        }
        1 => {
            if !map.filter.hidden.remove(&one) {
                map.filter.hidden.insert(one);
            }
        }
        2 => {
            map.joined.insert([one, other]);
        }
        3 => {
            let place = [0, 1].map(|_| chance.below(100_000) as f32 / 7.0 - 5000.0);
            map.pinned.insert(one, place);
            map.layout += 1;
        }
        _ => map.filter.isolated = Some(one).filter(|_| chance.below(2) == 0),
    }
    map
}
