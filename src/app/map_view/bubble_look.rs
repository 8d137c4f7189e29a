//! How bubbles and flows are painted: bands that fade from one colour to the other, discs, and names where they find room.

use eframe::egui::{
    Align, Color32, FontId, Mesh, Painter, Rect, Shape, Stroke, Ui, Vec2, pos2, text::LayoutJob,
};

use super::super::model::{Model, OpenMap};
use super::bubbles::{Band, Disc, Lit};
use super::look;
use crate::analysis::{Communities, CommunityId};
use crate::render::{Palette, Rgb, palette, shorten, thousands};

/// How opaque a band is while all are shown, while it is lit, and while others are.
const BAND: [u8; 3] = [120, 215, 22];
/// The same of discs.
const DISC: [u8; 3] = [245, 255, 70];
/// The longest name, in graphemes.
const LONGEST: usize = 34;
/// Points of a name.
const NAME: f32 = 14.0;
/// Points of a count.
const COUNT: f32 = 11.5;
/// The share of a bubble's width that what is written in it may take.
const INSIDE: f32 = 1.72;
/// Lines of a name in a bubble, at most.
const MOST_ROWS: usize = 3;
/// Points between a bubble and its name.
const GAP: f32 = 4.0;
/// Where the ground shows round the letters beside a bubble.
const HALO: [Vec2; 4] = [
    Vec2::new(-1.2, -0.7),
    Vec2::new(1.2, -0.7),
    Vec2::new(-1.2, 0.7),
    Vec2::new(1.2, 0.7),
];

/// Where the names stood in the last picture: they do not hop about.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    sides: Vec<(CommunityId, usize)>,
}

/// One picture's way of painting.
pub(super) struct Look<'a> {
    painter: Painter,
    model: &'a Model,
    communities: &'a Communities,
    colours: &'static Palette,
    lit: Lit,
    /// By bubble: whether it stands out while something is lit: what is lit, and whatever a lit band leads to.
    bright: Vec<bool>,
    /// How far dots have become bubbles.
    share: f32,
}

impl<'a> Look<'a> {
    pub(super) fn new(ui: &Ui, model: &'a Model, map: &'a OpenMap, lit: Lit, share: f32) -> Self {
        Self {
            painter: ui.painter().clone(),
            model,
            communities: &map.results.analysis.communities,
            colours: palette(model.theme),
            lit,
            bright: Vec::new(),
            share,
        }
    }

    fn colour(&self, id: CommunityId) -> Rgb {
        self.colours.community(self.communities, id)
    }

    /// One of three strengths: as usual, lit, behind.
    fn alpha(&self, [plain, lit, behind]: [u8; 3], is_lit: bool) -> u8 {
        let alpha = match (self.lit, is_lit) {
            (Lit::All, _) => plain,
            (_, true) => lit,
            (_, false) => behind,
        };
        (f32::from(alpha) * self.share) as u8
    }

    fn is_lit(&self, band: &Band) -> bool {
        match self.lit {
            Lit::All => true,
            Lit::Bubble(at) => band.bubbles.contains(&at),
            Lit::Flow(flow) => band.flow == flow,
        }
    }

    /// Bands, those that are lit above the others.
    pub(super) fn bands(&mut self, bands: &[Band], discs: &[Disc]) {
        let mut bright: Vec<bool> = (0..discs.len())
            .map(|at| self.lit == Lit::Bubble(at))
            .collect();
        for band in bands.iter().filter(|band| self.is_lit(band)) {
            for at in band.bubbles {
                if let Some(bright) = bright.get_mut(at) {
                    *bright = true;
                }
            }
        }
        self.bright = bright;
        for lit in [false, true] {
            for band in bands.iter().filter(|band| self.is_lit(band) == lit) {
                let ends = band.bubbles.map(|at| discs.get(at));
                let [Some(from), Some(to)] = ends else {
                    continue;
                };
                let alpha = self.alpha(BAND, lit);
                let colours = [from, to].map(|disc| self.colour(disc.community));
                self.band(band, colours, alpha);
            }
        }
    }

    /// A strip along the line, from the one colour to the other.
    fn band(&self, band: &Band, [from, to]: [Rgb; 2], alpha: u8) {
        let n = band.line.len();
        let mut mesh = Mesh::default();
        for (i, at) in band.line.iter().enumerate() {
            let before = band.line[i.saturating_sub(1)];
            let after = band.line[(i + 1).min(n - 1)];
            let side = (after - before).normalized().rot90() * band.width / 2.0;
            let share = i as f32 / (n - 1).max(1) as f32;
            let colour = look::veil(from.mix(to, share), alpha);
            let clear = Color32::TRANSPARENT;
            // A point of see-through colour at either edge makes it smooth.
            let edge = side + side.normalized();
            mesh.colored_vertex(*at + edge, clear);
            mesh.colored_vertex(*at + side, colour);
            mesh.colored_vertex(*at - side, colour);
            mesh.colored_vertex(*at - edge, clear);
            if i > 0 {
                let first = (4 * (i - 1)) as u32;
                for k in 0..3 {
                    let (a, b) = (first + k, first + k + 4);
                    mesh.add_triangle(a, a + 1, b);
                    mesh.add_triangle(a + 1, b, b + 1);
                }
            }
        }
        self.painter.add(Shape::mesh(mesh));
    }

    /// Bubbles with names and counts: inside where they fit, else beside where there is room.
    pub(super) fn discs(&self, discs: &[Disc], names: &mut Names, room: Rect, keep_out: &[Rect]) {
        for (at, disc) in discs.iter().enumerate() {
            let alpha = self.alpha(DISC, self.disc_is_lit(at));
            let colour = self.colour(disc.community);
            // The ground below, so that no band shines through.
            let ground = look::veil(self.colours.ground, (255.0 * self.share) as u8);
            self.painter.circle_filled(disc.at, disc.radius, ground);
            self.painter
                .circle_filled(disc.at, disc.radius, look::veil(colour, alpha));
            if self.model.community == Some(disc.community) {
                let line = Stroke::new(2.5, look::opaque(self.colours.text));
                self.painter.circle_stroke(disc.at, disc.radius + 3.5, line);
            }
        }
        if self.share >= 1.0 {
            self.names(discs, names, room, keep_out);
        }
    }

    fn disc_is_lit(&self, at: usize) -> bool {
        self.lit == Lit::All || self.bright.get(at).copied().unwrap_or(true)
    }

    /// Larger bubbles write first.
    fn names(&self, discs: &[Disc], names: &mut Names, room: Rect, keep_out: &[Rect]) {
        let mut order: Vec<usize> = (0..discs.len()).collect();
        order.sort_by_key(|&at| std::cmp::Reverse(discs[at].people));
        let mut taken: Vec<Rect> = keep_out.to_vec();
        let bubbles: Vec<Rect> = discs.iter().map(bounding).collect();
        let mut sides = Vec::with_capacity(discs.len());
        for at in order {
            let disc = &discs[at];
            let faint = self.lit != Lit::All && !self.disc_is_lit(at);
            if self.inside(disc, faint) {
                continue;
            }
            let before = names.sides.iter().find(|(id, _)| *id == disc.community);
            let before = before.map(|(_, side)| *side);
            let others = bubbles.iter().enumerate().filter(|(i, _)| *i != at);
            let others: Vec<Rect> = others.map(|(_, rect)| *rect).collect();
            let side = self.beside(disc, (before, faint), room, &others, &mut taken);
            sides.extend(side.map(|side| (disc.community, side)));
        }
        names.sides = sides;
    }

    fn words(&self, disc: &Disc) -> (String, String) {
        let list = &self.communities.list;
        let name = list.get(disc.community.index()).map_or("", |c| &c.name);
        let people = if disc.people == 1 { "person" } else { "people" };
        let count = format!("{} {people}", thousands(u64::from(disc.people)));
        (shorten(name, LONGEST), count)
    }

    /// Writes name and count into the bubble where there is room for both. Returns whether there was.
    fn inside(&self, disc: &Disc, faint: bool) -> bool {
        let (name, count) = self.words(disc);
        let fill = self.colour(disc.community);
        let ink = ink_on(fill);
        // What is behind is hardly coloured, so it is written as on the ground.
        let (ink, alpha) = if faint {
            (self.colours.text, 150)
        } else {
            (ink, 255)
        };
        let colour = look::veil(ink, alpha);
        let wide = disc.radius * INSIDE;
        let count = self
            .painter
            .layout_no_wrap(count, FontId::proportional(COUNT), colour);
        let font = FontId::proportional(NAME);
        let width = |word: &str| {
            let word = self
                .painter
                .layout_no_wrap(word.to_owned(), font.clone(), colour);
            word.size().x
        };
        if name.split_whitespace().any(|word| width(word) > wide) {
            return false; // it would be broken inside a word
        }
        let mut job = LayoutJob::simple(name, font.clone(), colour, wide);
        job.halign = Align::Center;
        let name = self.painter.layout_job(job);
        let high = name.size().y + count.size().y;
        let fits = |width: f32, off: f32| {
            let half = width / 2.0 + 3.0;
            half * half + off * off <= disc.radius * disc.radius
        };
        let off = high / 2.0;
        if name.rows.len() > MOST_ROWS || !fits(name.size().x, off) || !fits(count.size().x, off) {
            return false;
        }
        let top = disc.at.y - off;
        let below = pos2(disc.at.x - count.size().x / 2.0, top + name.size().y);
        // What is laid out in the middle is drawn from its middle.
        self.painter.galley(pos2(disc.at.x, top), name, colour);
        self.painter.galley(below, count, colour);
        true
    }

    /// Writes name and count below, above, to the right or to the left, where nothing else is; the side of before first. Returns
    /// the side; `None` where there is no room.
    fn beside(
        &self,
        disc: &Disc,
        (before, faint): (Option<usize>, bool),
        room: Rect,
        others: &[Rect],
        taken: &mut Vec<Rect>,
    ) -> Option<usize> {
        let (name, count) = self.words(disc);
        let ink = look::veil(self.colours.text, if faint { 110 } else { 255 });
        let font = |size| FontId::proportional(size);
        let name = self.painter.layout_no_wrap(name, font(NAME), ink);
        let dim = look::veil(self.colours.dim_text, if faint { 110 } else { 255 });
        let count = self.painter.layout_no_wrap(count, font(COUNT), dim);
        let size = Vec2::new(
            name.size().x.max(count.size().x),
            name.size().y + count.size().y,
        );
        let off = disc.radius + GAP;
        let (x, y) = (disc.at.x, disc.at.y);
        let corners = [
            (pos2(x - size.x / 2.0, y + off), 0.5),
            (pos2(x - size.x / 2.0, y - off - size.y), 0.5),
            (pos2(x + off, y - size.y / 2.0), 0.0),
            (pos2(x - off - size.x, y - size.y / 2.0), 1.0),
        ];
        let is_free = |rect: &Rect| {
            room.shrink(2.0).contains_rect(*rect)
                && !taken
                    .iter()
                    .chain(others)
                    .any(|other| other.intersects(*rect))
        };
        let sides = before.into_iter().chain(0..corners.len());
        let found = sides.into_iter().find_map(|side| {
            let (corner, align) = *corners.get(side)?;
            let rect = Rect::from_min_size(corner, size);
            is_free(&rect).then_some((side, rect, align))
        });
        let (side, rect, align) = found?;
        let ground = look::veil(self.colours.ground, if faint { 60 } else { 215 });
        let mut top = rect.top();
        for galley in [name, count] {
            let at = pos2(rect.left() + (size.x - galley.size().x) * align, top);
            top += galley.size().y;
            for by in HALO {
                self.painter
                    .galley_with_override_text_color(at + by, galley.clone(), ground);
            }
            self.painter.galley(at, galley, ink);
        }
        taken.push(rect);
        Some(side)
    }
}

/// Black or white, whichever is read better on `ground`: by relative luminance, as WCAG has it.
fn ink_on(ground: Rgb) -> Rgb {
    let linear = |byte: u8| libm::powf(f32::from(byte) / 255.0, 2.2);
    let Rgb(r, g, b) = ground;
    let luminance = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    let contrast = |ink: f32| (luminance.max(ink) + 0.05) / (luminance.min(ink) + 0.05);
    if contrast(0.007) > contrast(1.0) {
        Rgb(16, 20, 26)
    } else {
        Rgb(255, 255, 255)
    }
}

fn bounding(disc: &Disc) -> Rect {
    // A little less than the square round it: names may reach into its empty corners.
    Rect::from_center_size(disc.at, Vec2::splat(disc.radius * 1.8))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Theme;

    #[test]
    fn names_in_bubbles_are_black_on_bright_and_white_on_dark_colours() {
        let (black, white) = (Rgb(16, 20, 26), Rgb(255, 255, 255));
        assert_eq!(ink_on(Rgb(250, 220, 90)), black);
        assert_eq!(ink_on(Rgb(0, 150, 255)), black);
        assert_eq!(ink_on(Rgb(20, 60, 150)), white);
        assert_eq!(ink_on(Rgb(0, 0, 0)), white);
        for theme in [Theme::Light, Theme::Dark] {
            for colour in palette(theme).communities {
                assert_ne!(ink_on(colour), colour);
            }
        }
    }
}
