//! The names on the map: where they stand, and how they are drawn.

use std::sync::Arc;

use eframe::egui::{Color32, FontId, Galley, Painter, Pos2, Rect, Vec2, pos2};

use super::lit::Lighting;
use super::look;
use super::overlay::Overlay;
use super::places::Places;
use super::plates::Plate;
use super::sight::Sight;
use super::view::View;
use crate::analysis::CommunityId;
use crate::people::PersonId;
use crate::render::{Label, LabelOf, Light, Placed, Placing, Theme, palette, place};

/// Names of people at any zoom, at most.
const MOST: f32 = 90.0;
/// Zooming in by this factor brings this many times the names.
const MOST_GROWTH: f32 = 3.0;
const PERSON_PT: f32 = 12.5;
const COMMUNITY_PT: f32 = 17.0;
/// Where the ground shows round the letters.
const HALO: [Vec2; 4] = [
    Vec2::new(-1.2, -0.7),
    Vec2::new(1.2, -0.7),
    Vec2::new(-1.2, 0.7),
    Vec2::new(1.2, 0.7),
];
/// How faint names are while the ties of somebody else are lit by the pointer, of 255.
const FAINT: u8 = 70;
/// The same while the selection's are.
const HALF_FAINT: u8 = 150;
/// Room round the text of a plate.
const PLATE: Vec2 = Vec2::new(5.0, 2.5);

/// The names that are shown, and what they depend on: while that is the same they stay as they are.
#[derive(Default)]
pub(super) struct Names {
    sight: Option<Sight>,
    revision: u64,
    keep_out: Vec<Rect>,
    placed: Vec<Placed>,
}

impl Names {
    /// Finds room for the names again where something has changed. `keep_out`: legend, card, plates.
    pub(super) fn renew(
        &mut self,
        painter: &Painter,
        sight: &Sight,
        places: &Places,
        keep_out: &[Rect],
    ) {
        let same = self.sight == Some(*sight)
            && self.revision == places.revision
            && self.keep_out == keep_out;
        if same {
            return;
        }
        let corner = |p: Pos2| sight.inside(p);
        let rooms: Vec<([f32; 2], [f32; 2])> = keep_out
            .iter()
            .map(|rect| (corner(rect.min), corner(rect.max)))
            .collect();
        let placing = Placing {
            size: sight.size(),
            people: most_people(places, sight),
            keep_out: &rooms,
            previous: &self.placed,
        };
        let measure = |label: &Label| lay_out(painter, label.of, &label.text).size().into();
        self.placed = place(&places.named, sight.camera, &placing, measure);
        self.sight = Some(*sight);
        self.revision = places.revision;
        self.keep_out = keep_out.to_vec();
    }

    /// Draws the names but those on `plates`; while one community is `isolated`, those of the others are faint. While ties are lit by the pointer, only the names of the lit are drawn; while
    /// those of the selection are, the others are faint; while the map plays, all names but those of the people `playing`, by number.
    pub(super) fn draw(
        &self,
        overlay: &Overlay<'_>,
        plates: &[Plate],
        lighting: Option<Lighting<'_>>,
        (isolated, playing): (Option<CommunityId>, Option<&[PersonId]>),
    ) {
        let (sight, places, theme) = (overlay.sight, overlay.places, overlay.theme);
        for placed in &self.placed {
            let Some(label) = places.named.labels.get(placed.label) else {
                continue;
            };
            let faint = match (placed.of, lighting) {
                (LabelOf::Person(person), _) if plates.iter().any(|p| p.person == person) => {
                    continue;
                }
                (LabelOf::Person(person), Some(lighting)) if lighting.lit.has(person) => None,
                (LabelOf::Person(_), Some(lighting)) if lighting.by_pointer => continue,
                (_, Some(lighting)) if lighting.by_pointer => Some(FAINT),
                (LabelOf::Person(person), None)
                    if playing.is_some_and(|lit| lit.binary_search(&person).is_err()) =>
                {
                    Some(FAINT)
                }
                (of, _) if isolated.is_some_and(|id| is_behind(places, of, id)) => Some(FAINT),
                (_, Some(_)) => Some(HALF_FAINT),
                (_, None) => None,
            };
            let galley = lay_out(overlay.painter, placed.of, &label.text);
            let [x, y] = placed.at;
            let at = sight.rect.min + Vec2::new(x, y);
            if let Some(alpha) = faint {
                let ink = look::veil(palette(theme).text, alpha);
                overlay.painter.galley(at, galley, ink);
            } else {
                outlined(overlay.painter, at, galley, theme);
            }
        }
    }
}

/// People named at this zoom, at most.
pub(super) fn most_people(places: &Places, sight: &Sight) -> usize {
    let fit = View::fit_zoom(places.bounds, sight.size());
    let growth = (sight.camera.zoom / fit).clamp(0.5, MOST_GROWTH);
    (places.named.named as f32 * growth).min(MOST) as usize
}

/// Whether a name stands back because community `isolated` is shown alone.
fn is_behind(places: &Places, of: LabelOf, isolated: CommunityId) -> bool {
    match of {
        LabelOf::Community(id) => id != isolated,
        LabelOf::Person(person) => places
            .dot_of(person)
            .and_then(|i| places.scene.dots.get(i))
            .is_some_and(|dot| dot.light == Light::Dimmed),
    }
}

/// Where a plate with `text` beside a dot goes: to the right, or to the left at the room's edge; then the other side.
pub(super) fn plate_rects(
    painter: &Painter,
    room: Rect,
    at: Pos2,
    radius: f32,
    text: &str,
) -> [Rect; 2] {
    let size = lay_out(painter, LabelOf::Person(PersonId(0)), text).size() + 2.0 * PLATE;
    let off = radius + 7.0;
    let top = at.y - size.y / 2.0;
    let right = Rect::from_min_size(pos2(at.x + off, top), size);
    let left = Rect::from_min_size(pos2(at.x - off - size.x, top), size);
    if right.right() > room.right() {
        [left, right]
    } else {
        [right, left]
    }
}

/// Draws a name on a plate, over everything else.
pub(super) fn plate(painter: &Painter, theme: Theme, rect: Rect, text: &str) {
    let colours = palette(theme);
    let galley = lay_out(painter, LabelOf::Person(PersonId(0)), text);
    painter.rect_filled(rect, 4, look::veil(colours.card, 235));
    painter.galley(rect.min + PLATE, galley, look::opaque(colours.text));
}

/// egui keeps laid out text from frame to frame, and knows when it has to be laid out again; so we do not keep it.
fn lay_out(painter: &Painter, of: LabelOf, text: &str) -> Arc<Galley> {
    let size = match of {
        LabelOf::Person(_) => PERSON_PT,
        LabelOf::Community(_) => COMMUNITY_PT,
    };
    let font = FontId::proportional(size);
    painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER)
}

fn outlined(painter: &Painter, at: Pos2, galley: Arc<Galley>, theme: Theme) {
    let colours = palette(theme);
    let ground = look::veil(colours.ground, 210);
    for off in HALO {
        painter.galley(at + off, Arc::clone(&galley), ground);
    }
    painter.galley(at, galley, look::opaque(colours.text));
}
