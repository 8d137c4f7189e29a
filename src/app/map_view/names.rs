//! Draws the names on the map, and remembers where they stood.

use std::sync::Arc;

use eframe::egui::{Align2, FontId, Galley, Painter, Pos2, Rect, Vec2};

use super::labels::{Placed, Side, Wish, place};
use super::look;
use super::places::Places;
use super::sight::Sight;
use super::view::View;
use crate::people::PersonId;
use crate::render::{Label, LabelOf, Theme};

/// Names at the zoom that shows the whole map.
const BUDGET: f32 = 28.0;
/// Names at any zoom, at most.
const MOST: f32 = 90.0;
/// Candidates looked at for each name that can be shown.
const TRIES: usize = 5;
const PERSON_PT: f32 = 12.5;
const COMMUNITY_PT: f32 = 17.0;
/// Where the ground shows round the letters.
const HALO: [Vec2; 4] = [
    Vec2::new(-1.2, -0.6),
    Vec2::new(1.2, -0.6),
    Vec2::new(-0.6, 1.2),
    Vec2::new(0.6, 1.2),
];

/// What the names depend on: while this is the same they stay as they are.
#[derive(Debug, Clone, PartialEq)]
struct Standing {
    sight: Sight,
    revision: u64,
    selected: Vec<PersonId>,
}

/// The names that are shown.
#[derive(Default)]
pub(super) struct Names {
    standing: Option<Standing>,
    placed: Vec<Placed>,
    wishes: Vec<(Wish, String)>,
    before: Vec<(LabelOf, Side)>,
}

impl Names {
    /// Finds room for the names again where something has changed.
    pub(super) fn renew(
        &mut self,
        painter: &Painter,
        sight: &Sight,
        places: &Places,
        selected: &[PersonId],
        name_of: &dyn Fn(PersonId) -> Option<String>,
    ) {
        // More than a few selected names would push all others out.
        let selected = if selected.len() <= 12 { selected } else { &[] };
        let standing = Standing {
            sight: *sight,
            revision: places.revision,
            selected: selected.to_vec(),
        };
        if self.standing.as_ref() == Some(&standing) {
            return;
        }
        let fit = View::fit_zoom(places.bounds, sight.size());
        let budget = (BUDGET * (sight.camera.zoom / fit).max(0.5)).min(MOST) as usize;
        let own = selected.iter().filter_map(|&person| {
            let dot = places.scene.dots.get(places.dot_of(person)?)?;
            Some(Label {
                text: name_of(person)?,
                at: dot.at,
                clear: dot.radius,
                of: LabelOf::Person(person),
            })
        });
        let own: Vec<Label> = own.collect();
        let room = sight.rect.shrink(2.0);
        let others = places
            .scene
            .labels
            .iter()
            .filter(|label| !own.iter().any(|mine| mine.of == label.of));
        self.wishes = own
            .iter()
            .chain(others)
            .filter_map(|label| {
                let wish = wish_of(painter, sight, places, label)?;
                room.contains(wish.at).then(|| (wish, label.text.clone()))
            })
            .take(budget.max(1) * TRIES)
            .collect();
        let wishes: Vec<Wish> = self.wishes.iter().map(|(wish, _)| *wish).collect();
        self.placed = place(&wishes, &self.before, room, budget);
        self.before = self
            .placed
            .iter()
            .filter_map(|p| Some((wishes.get(p.wish)?.of, p.side)))
            .collect();
        self.standing = Some(standing);
    }

    /// Draws the names; while somebody's ties are lit, only the names of `lit` stay bright.
    pub(super) fn draw(&self, painter: &Painter, theme: Theme, lit: Option<&[PersonId]>) {
        for placed in &self.placed {
            let Some((wish, text)) = self.wishes.get(placed.wish) else {
                continue;
            };
            let bright = match (lit, wish.of) {
                (None, _) => true,
                (Some(lit), LabelOf::Person(person)) => lit.contains(&person),
                (Some(_), LabelOf::Community(_)) => false,
            };
            if bright {
                let galley = lay_out(painter, wish.of, text);
                outlined(painter, placed.rect.min, galley, theme);
            } else if matches!(wish.of, LabelOf::Community(_)) {
                let galley = lay_out(painter, wish.of, text);
                let ink = look::veil(look::ink(theme), 70);
                painter.galley(placed.rect.min, galley, ink);
            }
        }
    }

    /// Whether `person`'s name is among those shown.
    pub(super) fn shows(&self, person: PersonId) -> bool {
        self.before
            .iter()
            .any(|(of, _)| *of == LabelOf::Person(person))
    }
}

/// Draws one name beside a dot on a plate of ground colour, over everything else.
pub(super) fn plate(
    painter: &Painter,
    theme: Theme,
    room: Rect,
    at: Pos2,
    radius: f32,
    text: &str,
) {
    let galley = lay_out(painter, LabelOf::Person(PersonId(0)), text);
    let size = galley.size() + Vec2::new(10.0, 5.0);
    let off = radius + 8.0;
    let mut rect = Align2::LEFT_CENTER.anchor_size(at + Vec2::new(off, 0.0), size);
    if rect.right() > room.right() {
        rect = Align2::RIGHT_CENTER.anchor_size(at - Vec2::new(off, 0.0), size);
    }
    painter.rect_filled(rect, 4, look::veil(look::ground(theme), 225));
    let ink = look::opaque(look::ink(theme));
    painter.galley(rect.min + Vec2::new(5.0, 2.5), galley, ink);
}

fn wish_of(painter: &Painter, sight: &Sight, places: &Places, label: &Label) -> Option<Wish> {
    let (at, clear) = match label.of {
        LabelOf::Community(_) => (label.at, 0.0),
        LabelOf::Person(person) => {
            let dot = places.dot_of(person)?;
            (places.of(dot)?, sight.radius(label.clear))
        }
    };
    Some(Wish {
        of: label.of,
        at: sight.screen_from_map(at),
        clear,
        size: lay_out(painter, label.of, &label.text).size(),
    })
}

/// egui keeps laid out text from frame to frame, and knows when it has to be laid out again; so we do not keep it.
fn lay_out(painter: &Painter, of: LabelOf, text: &str) -> Arc<Galley> {
    let size = match of {
        LabelOf::Person(_) => PERSON_PT,
        LabelOf::Community(_) => COMMUNITY_PT,
    };
    let any = eframe::egui::Color32::PLACEHOLDER;
    painter.layout_no_wrap(text.to_owned(), FontId::proportional(size), any)
}

fn outlined(painter: &Painter, at: Pos2, galley: Arc<Galley>, theme: Theme) {
    let ground = look::veil(look::ground(theme), 215);
    for off in HALO {
        painter.galley(at + off, Arc::clone(&galley), ground);
    }
    painter.galley(at, galley, look::opaque(look::ink(theme)));
}
