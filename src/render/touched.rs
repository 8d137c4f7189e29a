//! Whom a set of people touches, for a map coloured by touches.

use crate::campaign::plan::{Audience, Plan, Touches};
use crate::people::PersonId;

/// How a person stands to a set of people on the map of touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Touch {
    /// Tied to nobody of the set.
    Not,
    /// Tied to some of the set, but fewer than asked for.
    Some,
    /// Tied to at least as many as asked for.
    Enough,
    /// In the set, or contacted already.
    Chosen,
}

/// Whom a set of people touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchedPeople {
    /// By person.
    pub of: Vec<Touch>,
    /// Touches asked for.
    pub touchpoints: u32,
    /// What the set is called: "Plan", "Top reach".
    pub name: String,
}

impl TouchedPeople {
    /// The people of `plan`, and those contacted already, with whom they touch. O(n + their connections).
    pub fn of_plan(audience: &Audience, plan: &Plan, name: &str) -> Self {
        let mut touches = Touches::new(audience);
        for person in plan.people() {
            touches.add(audience, person);
        }
        let touch = |i: usize| {
            let person = PersonId(i as u32);
            match touches.of(person) {
                _ if touches.has(person) || audience.lit[i] => Touch::Chosen,
                0 => Touch::Not,
                n if n < audience.touchpoints => Touch::Some,
                _ => Touch::Enough,
            }
        };
        Self {
            of: (0..audience.lit.len()).map(touch).collect(),
            touchpoints: audience.touchpoints,
            name: name.to_owned(),
        }
    }

    /// How `person` stands to the set.
    pub fn of_person(&self, person: PersonId) -> Touch {
        self.of.get(person.index()).copied().unwrap_or(Touch::Not)
    }
}
