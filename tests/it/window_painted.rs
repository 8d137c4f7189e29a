//! What words a picture of the window shows, read off the shapes it was painted from: where, in which colour, cut or whole.

use std::fmt::Write as _;

use eframe::egui::epaint::{ClippedShape, RectShape, Shape, TextShape};
use eframe::egui::{Color32, Pos2, Rect};
use egui_kittest::Harness;
use isthmus::app::App;

/// A ground this large, in points, is a sheet, a menu or a card that lies over others.
const SHEET: [f32; 2] = [150.0, 90.0];

/// Words as they were painted.
#[derive(Debug)]
pub(super) struct Words {
    /// What stands there, with `…` where it was cut to fit.
    pub(super) text: String,
    /// Where, in points.
    pub(super) rect: Rect,
    /// What of the window it was allowed to paint in.
    pub(super) clip: Rect,
    pub(super) colour: Color32,
    /// It had no room, and ends with `…`.
    pub(super) is_cut: bool,
    /// Something translucent lies over it, or a part of it is covered.
    pub(super) is_behind: bool,
}

/// What of a picture is known without looking at its pixels.
pub(super) struct Painted {
    /// All words that can be seen, in the order in which they were painted.
    pub(super) words: Vec<Words>,
    /// Grounds of sheets, menus and cards.
    pub(super) sheets: Vec<Rect>,
}

impl Words {
    /// What of it is seen.
    pub(super) fn seen(&self) -> Rect {
        self.rect.intersect(self.clip)
    }

    /// Every letter is in the fonts that the program brings along: others look different from machine to machine.
    pub(super) fn is_of_our_fonts(&self) -> bool {
        let ours = |c: char| (c as u32) < 0x250 || ('\u{2000}'..'\u{2300}').contains(&c);
        self.text.chars().all(ours)
    }
}

/// Reads the picture that was painted last; what a later ground covers is not seen.
pub(super) fn painted(window: &Harness<'_, App>) -> Painted {
    let mut all = Painted {
        words: Vec::new(),
        sheets: Vec::new(),
    };
    let room = window.ctx.content_rect();
    for ClippedShape { clip_rect, shape } in &window.output().shapes {
        all.take_in(shape, clip_rect.intersect(room));
    }
    all
}

impl Painted {
    fn take_in(&mut self, shape: &Shape, clip: Rect) {
        match shape {
            Shape::Vec(shapes) => {
                for shape in shapes {
                    self.take_in(shape, clip);
                }
            }
            Shape::Rect(RectShape { rect, fill, .. }) => self.ground(rect.intersect(clip), *fill),
            Shape::Text(text) => {
                let words = words(text, clip);
                let seen = words.seen();
                let any = words.text.chars().any(|c| !c.is_whitespace());
                if any && seen.width() > 1.0 && seen.height() > 1.0 {
                    self.words.push(words);
                }
            }
            _ => {}
        }
    }

    fn ground(&mut self, ground: Rect, fill: Color32) {
        let is_sheet = ground.width() >= SHEET[0] && ground.height() >= SHEET[1];
        if fill.is_opaque() {
            self.words
                .retain(|words| !ground.expand(0.5).contains_rect(words.seen()));
        }
        // What shades all but one thing is made of strips.
        let [r, g, b, a] = fill.to_array();
        let shades = a > 40 && a < 255 && r.max(g).max(b) == 0 && ground.width() >= SHEET[0];
        if fill.a() > 0 && (is_sheet || shades) {
            for words in &mut self.words {
                let over = ground.intersect(words.seen());
                words.is_behind |= over.width() > 1.0 && over.height() > 1.0;
            }
            if fill.is_opaque() {
                self.sheets.push(ground);
            }
        }
    }

    /// The words outside `map`, which has words of its own: each with its place, to the point.
    pub(super) fn told(&self, map: Rect) -> String {
        let mut told = String::new();
        for words in self.words.iter().filter(|words| !words.is_on(map)) {
            if words.is_behind || !words.is_of_our_fonts() {
                continue;
            }
            let Pos2 { x, y } = words.rect.min.round();
            let width = words.rect.width().round();
            writeln!(told, "{x:>4} {y:>4} {width:>4}  {}", words.text).expect("memory takes all");
        }
        told
    }

    /// Words that stand side by side and not over each other, from the edge of their panel to the other. Those in `aside` may
    /// go on behind the right edge, where one scrolls to.
    pub(super) fn stand_apart(&self, map: Rect, aside: Rect, faults: &mut Vec<String>) {
        let own: Vec<&Words> = (self.words.iter())
            .filter(|words| !words.is_behind && !words.is_on(map))
            .collect();
        for (at, words) in own.iter().enumerate() {
            let (left, right) = (words.clip.left() - 1.0, words.clip.right() + 1.0);
            let scrolls = aside.contains_rect(words.clip);
            let whole = words.rect.left() >= left && (scrolls || words.rect.right() <= right);
            if !whole {
                faults.push(format!("cut: {words:?}"));
            }
            for other in own.iter().skip(at + 1) {
                let common = words.seen().intersect(other.seen());
                let apart = common.width() < 1.5 || common.height() < 5.0;
                if !apart {
                    faults.push(format!("over each other: {words:?} and {other:?}"));
                }
            }
        }
    }
}

impl Words {
    /// Whether the map painted them, or something on it that lies under its edges.
    pub(super) fn is_on(&self, map: Rect) -> bool {
        map.expand(1.0).contains_rect(self.clip)
    }
}

fn words(text: &TextShape, clip: Rect) -> Words {
    let galley = &text.galley;
    let first = galley.job.sections.first();
    let own = first.map(|section| section.format.color);
    let own = own.filter(|colour| *colour != Color32::PLACEHOLDER);
    let colour = text
        .override_text_color
        .or(own)
        .unwrap_or(text.fallback_color);
    let rows: Vec<String> = galley.rows.iter().map(|row| row.text()).collect();
    let lines = galley.rows.iter().filter_map(|row| {
        // What goes on behind other words begins with their room.
        let mut letters = row.glyphs.iter().filter(|glyph| !glyph.chr.is_whitespace());
        let first = letters.next()?;
        let last = letters.next_back().unwrap_or(first);
        let across = row.pos.x + first.pos.x..=row.pos.x + last.max_x();
        Some(Rect::from_x_y_ranges(across, row.rect().y_range()))
    });
    let ink = lines.fold(Rect::NOTHING, Rect::union);
    let ink = if ink.is_positive() { ink } else { galley.rect };
    Words {
        text: rows.join(" ").trim().to_owned(),
        rect: ink.translate(text.pos.to_vec2()),
        clip,
        colour: colour.gamma_multiply(text.opacity_factor),
        is_cut: galley.elided,
        is_behind: false,
    }
}
