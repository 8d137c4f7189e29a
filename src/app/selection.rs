//! Who is selected: in the order in which it was done, and beside it a flag for each, so that asking about one person costs nothing.

use std::ops::Deref;
use std::sync::{Arc, Weak};

use crate::people::PersonId;

/// The people, and a bit for each number up to the largest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Chosen {
    people: Vec<PersonId>,
    flags: Vec<u64>,
}

impl Chosen {
    fn has(&self, person: PersonId) -> bool {
        let word = self.flags.get(person.index() / 64);
        word.is_some_and(|word| word >> (person.0 % 64) & 1 == 1)
    }

    /// Flags `person`. Returns whether they were not flagged before.
    fn flag(&mut self, person: PersonId) -> bool {
        let at = person.index() / 64;
        if self.flags.len() <= at {
            self.flags.resize(at + 1, 0);
        }
        let bit = 1 << (person.0 % 64);
        let word = self.flags.get_mut(at);
        word.is_some_and(|word| {
            let is_new = *word & bit == 0;
            *word |= bit;
            is_new
        })
    }
}

/// Who is selected, nobody twice. Reads as a slice of people; copying it shares it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection(Arc<Chosen>);

impl Selection {
    /// Whether `person` is selected. O(1).
    pub fn has(&self, person: PersonId) -> bool {
        self.0.has(person)
    }

    /// The people, in the order in which they were selected.
    pub fn as_slice(&self) -> &[PersonId] {
        &self.0.people
    }

    /// Selects these too, behind those who are. O(people).
    pub fn add(&mut self, people: impl IntoIterator<Item = PersonId>) {
        let chosen = Arc::make_mut(&mut self.0);
        for person in people {
            if chosen.flag(person) {
                chosen.people.push(person);
            }
        }
    }

    /// Takes everybody out. O(1).
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Takes `person` out, or puts them behind the others. O(selected).
    pub fn toggle(&mut self, person: PersonId) {
        if !self.has(person) {
            self.add([person]);
            return;
        }
        let chosen = Arc::make_mut(&mut self.0);
        chosen.people.retain(|other| *other != person);
        if let Some(word) = chosen.flags.get_mut(person.index() / 64) {
            *word &= !(1 << (person.0 % 64));
        }
    }

    /// What is kept beside something that was made about this selection, to know it again.
    pub(super) fn mark(&self) -> Mark {
        Mark(Arc::downgrade(&self.0))
    }
}

/// A selection to be known again. The default is that of none.
#[derive(Debug, Clone, Default)]
pub struct Mark(Weak<Chosen>);

impl Mark {
    /// Whether it is `selection`, unchanged. O(1).
    pub fn is_of(&self, selection: &Selection) -> bool {
        std::ptr::eq(self.0.as_ptr(), Arc::as_ptr(&selection.0))
    }
}

impl PartialEq for Mark {
    fn eq(&self, other: &Self) -> bool {
        self.0.ptr_eq(&other.0)
    }
}

impl Deref for Selection {
    type Target = [PersonId];

    fn deref(&self) -> &[PersonId] {
        &self.0.people
    }
}

impl From<Vec<PersonId>> for Selection {
    fn from(people: Vec<PersonId>) -> Self {
        let mut chosen = Chosen::default();
        let largest = people.iter().map(|person| person.index() / 64 + 1).max();
        chosen.flags = vec![0; largest.unwrap_or(0)];
        chosen.people = people;
        let mut all = std::mem::take(&mut chosen.people);
        all.retain(|person| chosen.flag(*person));
        chosen.people = all;
        Self(Arc::new(chosen))
    }
}

impl FromIterator<PersonId> for Selection {
    fn from_iter<T: IntoIterator<Item = PersonId>>(people: T) -> Self {
        people.into_iter().collect::<Vec<_>>().into()
    }
}

impl<'a> IntoIterator for &'a Selection {
    type Item = &'a PersonId;
    type IntoIter = std::slice::Iter<'a, PersonId>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.people.iter()
    }
}

impl PartialEq<Vec<PersonId>> for Selection {
    fn eq(&self, other: &Vec<PersonId>) -> bool {
        self.as_slice() == other.as_slice()
    }
}

impl<const N: usize> PartialEq<[PersonId; N]> for Selection {
    fn eq(&self, other: &[PersonId; N]) -> bool {
        self.as_slice() == other
    }
}

#[cfg(test)]
mod tests {
    use super::{PersonId, Selection};

    #[test]
    fn nobody_stands_twice_and_the_order_stays() {
        let ids = |numbers: &[u32]| numbers.iter().copied().map(PersonId).collect::<Vec<_>>();
        let mut selection = Selection::from(ids(&[70, 3, 70, 200]));
        assert_eq!(selection, ids(&[70, 3, 200]));
        selection.add(ids(&[3, 64, 64]));
        assert_eq!(selection, ids(&[70, 3, 200, 64]));
        selection.toggle(PersonId(3));
        selection.toggle(PersonId(5));
        assert_eq!(selection, ids(&[70, 200, 64, 5]));
        for person in (0..300).map(PersonId) {
            assert_eq!(selection.has(person), selection.contains(&person));
        }
    }

    #[test]
    fn a_mark_knows_its_selection_until_that_changes() {
        let mut selection = Selection::from(vec![PersonId(1)]);
        let mark = selection.mark();
        let copy = selection.clone();
        assert!(mark.is_of(&selection) && mark.is_of(&copy));
        selection.add([PersonId(2)]);
        assert!(mark.is_of(&copy) && !mark.is_of(&selection));
        drop(copy);
        assert!(!mark.is_of(&Selection::from(vec![PersonId(1)])));
    }
}
