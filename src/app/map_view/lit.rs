//! Whose ties are lit: those of the person under the pointer, or of the selection. Looked up once, kept until it would differ.

use std::sync::{Arc, Weak};

use super::super::model::OpenMap;
use super::places::Places;
use crate::people::{PersonId, Ties};
use crate::render::Rgb;
use crate::session::Results;

/// More ties than this are not told apart anyway, and would cost the window its smoothness. The strongest are shown.
const MOST_TIES: usize = 1200;
/// The ties among more people than this are the map itself: nothing is lit.
const MOST_PEOPLE: usize = 2000;
/// Neighbours looked at for the ties among a selection: longer than this would be seen as a pause.
const MOST_LOOKS: usize = 400_000;

/// A tie that is lit, by the dots at its ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LitTie {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) strength: f64,
    pub(super) colour: Rgb,
}

/// What is lit, and for whom.
#[derive(Debug, Default)]
pub(super) struct Lit {
    about: Vec<PersonId>,
    of: Weak<Results>,
    scene_revision: u64,
    /// The dots of those it is about.
    pub(super) centres: Vec<usize>,
    /// Strongest first.
    pub(super) ties: Vec<LitTie>,
    /// The people that the ties lead to, and their dots; strongest tie first.
    pub(super) others: Vec<(PersonId, usize)>,
}

/// What may be lit: around the selection, and around the person under the pointer.
#[derive(Debug, Default)]
pub(super) struct Lights {
    selection: Lit,
    pointed_at: Lit,
}

/// What is lit in this frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lighting<'a> {
    pub(super) lit: &'a Lit,
    /// Lit by the pointer: all else fades deeper.
    pub(super) by_pointer: bool,
}

impl Lights {
    /// What is lit now: around the person under the pointer, else around the selection.
    pub(super) fn renew(
        &mut self,
        selected: &[PersonId],
        pointed_at: Option<PersonId>,
        map: &OpenMap,
        places: &Places,
    ) -> Option<Lighting<'_>> {
        let any = self.selection.renew(selected, map, places);
        let by_pointer = pointed_at.is_some();
        let lit = if let Some(person) = pointed_at {
            self.pointed_at.renew(&[person], map, places);
            &self.pointed_at
        } else {
            &self.selection
        };
        (any || by_pointer).then_some(Lighting { lit, by_pointer })
    }

    /// Whom the selection's lit ties lead to, and their dots; strongest first.
    pub(super) fn tied_to_selection(&self) -> &[(PersonId, usize)] {
        &self.selection.others
    }
}

/// How strong the tie between `a` and `b` is where it is shown.
fn strength(ties: &Ties, places: &Places, a: PersonId, b: PersonId) -> Option<f64> {
    match places.scene.part.as_deref() {
        Some(part) => part.between(ties, a, b),
        None => ties.between(a, b),
    }
}

impl Lit {
    /// Looks up what is lit for `people`: all ties of one; the tie between two, and whoever is tied to both; the ties of more
    /// among each other. Returns whether anything is.
    fn renew(&mut self, people: &[PersonId], map: &OpenMap, places: &Places) -> bool {
        let people = if people.len() > MOST_PEOPLE {
            &[]
        } else {
            people
        };
        let same = self.about == people
            && self.scene_revision == places.scene_revision
            && std::ptr::eq(self.of.as_ptr(), Arc::as_ptr(&map.results));
        if !same {
            *self = Self {
                about: people.to_vec(),
                of: Arc::downgrade(&map.results),
                scene_revision: places.scene_revision,
                centres: people.iter().filter_map(|&p| places.dot_of(p)).collect(),
                ..Self::default()
            };
            let ties = &map.results.graph.ties;
            match *people {
                [] => {}
                [one] => self.ties_of(one, ties, places),
                [a, b] => self.between(a, b, ties, places),
                _ => self.among(people, ties, places),
            }
        }
        !self.centres.is_empty()
    }

    /// Whether `person` is lit: one of those it is about, or tied to them.
    pub(super) fn has(&self, person: PersonId) -> bool {
        self.about.contains(&person) || self.others.iter().any(|(other, _)| *other == person)
    }

    /// Who is tied to both of two people, strongest first; nobody where it is not about two.
    pub(super) fn common(&self) -> &[(PersonId, usize)] {
        if self.about.len() == 2 {
            &self.others
        } else {
            &[]
        }
    }

    fn ties_of(&mut self, person: PersonId, ties: &Ties, places: &Places) {
        let Some(a) = places.dot_of(person) else {
            return;
        };
        if person.index() >= ties.n_people() {
            return;
        }
        let part = places.scene.part.as_deref();
        let of_part = part.map(|part| part.ties_of(ties, person.index()));
        let of_all = part.is_none().then(|| ties.of(person.index()));
        let shown = of_part.into_iter().flatten();
        let mut strongest: Vec<(PersonId, usize, f64)> = shown
            .chain(of_all.into_iter().flatten())
            .filter_map(|(other, strength)| {
                let other = PersonId(other);
                Some((other, places.dot_of(other)?, strength))
            })
            .collect();
        strongest.sort_unstable_by(|x, y| y.2.total_cmp(&x.2).then(x.0.cmp(&y.0)));
        strongest.truncate(MOST_TIES);
        for (other, b, strength) in strongest {
            self.tie(a, b, strength, places);
            self.others.push((other, b));
        }
    }

    fn between(&mut self, one: PersonId, other: PersonId, ties: &Ties, places: &Places) {
        let (Some(a), Some(b)) = (places.dot_of(one), places.dot_of(other)) else {
            return;
        };
        if let Some(strength) = strength(ties, places, one, other) {
            self.tie(a, b, strength, places);
        }
        let both = ties.tied_to_both(one, other).into_iter();
        let shown = both.filter_map(|(person, _)| {
            let strengths = [
                strength(ties, places, one, person)?,
                strength(ties, places, other, person)?,
            ];
            Some((person, places.dot_of(person)?, strengths))
        });
        for (person, dot, strengths) in shown.take(MOST_TIES / 2) {
            for (strength, centre) in strengths.into_iter().zip([a, b]) {
                self.tie(centre, dot, strength, places);
            }
            self.others.push((person, dot));
        }
    }

    fn among(&mut self, people: &[PersonId], ties: &Ties, places: &Places) {
        let mut sorted = people.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let mut looks = 0;
        let mut found: Vec<(f64, usize, usize)> = Vec::new();
        for (i, &one) in sorted.iter().enumerate() {
            let Some(a) = places.dot_of(one).filter(|_| one.index() < ties.n_people()) else {
                continue;
            };
            // Each tie once, from its smaller person; in whichever of both lists is shorter.
            let later = sorted.get(i + 1..).unwrap_or_default();
            let (neighbours, _) = ties.row(one.index());
            let shared: Vec<PersonId> = if neighbours.len() < later.len() {
                looks += neighbours.len();
                let all = neighbours.iter().map(|&other| PersonId(other));
                all.filter(|other| later.binary_search(other).is_ok())
                    .collect()
            } else {
                looks += later.len();
                let all = later.iter().copied();
                all.filter(|other| neighbours.binary_search(&other.0).is_ok())
                    .collect()
            };
            found.extend(shared.into_iter().filter_map(|other| {
                let strength = strength(ties, places, one, other)?;
                Some((strength, a, places.dot_of(other)?))
            }));
            if looks > MOST_LOOKS {
                break;
            }
        }
        found.sort_unstable_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        for (strength, a, b) in found.into_iter().take(MOST_TIES) {
            self.tie(a, b, strength, places);
        }
    }

    /// Lights the tie from the person at dot `a` to the one at `b`, in the colour of the one it leads to.
    fn tie(&mut self, a: usize, b: usize, strength: f64, places: &Places) {
        if let Some(dot) = places.scene.dots.get(b) {
            self.ties.push(LitTie {
                a,
                b,
                strength,
                colour: dot.colour,
            });
        }
    }
}
