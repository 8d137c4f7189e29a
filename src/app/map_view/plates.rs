//! Names on plates: of the person under the pointer, of a few selected people, of those tied to both of two.

use eframe::egui::Rect;

use super::names;
use super::overlay::Overlay;
use crate::people::{Person, PersonId};
use crate::render::shorten;

/// With more people selected than this, plates with their names would hide the map.
const MOST_SELECTED: usize = 12;
/// Plates for people who are tied to both of two, at most.
const MOST_COMMON: usize = 40;
/// The longest name on a plate, in graphemes.
const LONGEST_NAME: usize = 28;
/// The same under the pointer, where the whole name is told.
const WHOLE_NAME: usize = 120;

/// A name that is shown because its person is selected, pointed at, or tied to both who are selected.
pub(super) struct Plate {
    pub(super) person: PersonId,
    pub(super) rect: Rect,
    pub(super) text: String,
}

impl Overlay<'_> {
    /// The names of a few selected people, then of the one under the pointer, wherever the map would not show them.
    pub(super) fn plates_of(
        &self,
        selected: &[PersonId],
        hovered: Option<usize>,
        people: &[Person],
    ) -> Vec<Plate> {
        let few = (2..=MOST_SELECTED).contains(&selected.len());
        let selected = if few { selected } else { &[] };
        let dots = selected.iter().filter_map(|&p| self.places.dot_of(p));
        let mut plates: Vec<Plate> = Vec::new();
        for i in dots.filter(|i| Some(*i) != hovered).chain(hovered) {
            let longest = if Some(i) == hovered {
                WHOLE_NAME
            } else {
                LONGEST_NAME
            };
            let Some([plate, _]) = self.plate((i, longest), people) else {
                continue;
            };
            if Some(i) == hovered || !plates.iter().any(|p| p.rect.intersects(plate.rect)) {
                plates.push(plate);
            }
        }
        plates
    }

    /// Adds the names of these people where they cover neither a plate nor one of `keep_out`.
    pub(super) fn plates_where_free(
        &self,
        dots: &[(PersonId, usize)],
        people: &[Person],
        keep_out: &[Rect],
        plates: &mut Vec<Plate>,
    ) {
        for &(_, i) in dots.iter().take(MOST_COMMON) {
            let Some(both) = self.plate((i, LONGEST_NAME), people) else {
                continue;
            };
            let free = both.into_iter().find(|plate| {
                let taken = plates.iter().map(|p| &p.rect).chain(keep_out);
                self.sight.rect.contains_rect(plate.rect)
                    && !taken.into_iter().any(|r| r.intersects(plate.rect))
            });
            plates.extend(free);
        }
    }

    /// The plate of the person at dot `i`, with at most `longest` graphemes: where it goes first, and on the other side; `None` where the dot is out of sight.
    fn plate(&self, (i, longest): (usize, usize), people: &[Person]) -> Option<[Plate; 2]> {
        let dot = self.places.scene.dots.get(i)?;
        let at = self.pos(i).filter(|at| self.sight.rect.contains(*at))?;
        let text = shorten(&people.get(dot.person.index())?.name, longest);
        let radius = self.sight.radius(dot.radius);
        let rects = names::plate_rects(self.painter, self.sight.rect, at, radius, &text);
        Some(rects.map(|rect| Plate {
            person: dot.person,
            rect,
            text: text.clone(),
        }))
    }
}
