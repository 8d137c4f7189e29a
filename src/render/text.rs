//! Text on pictures: any script, shaped, with a halo so that it reads over anything.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use cosmic_text::skrifa::{FontRef, MetadataProvider as _};
use cosmic_text::{
    Attrs, Buffer, Family, FontSystem, LayoutGlyph, Metrics, Shaping, SwashCache, SwashContent,
    SwashImage, Weight, Wrap, fontdb,
};
use epaint_default_fonts::{EMOJI_ICON, HACK_REGULAR, NOTO_EMOJI_REGULAR, UBUNTU_LIGHT};
use unicode_segmentation::UnicodeSegmentation as _;

use super::surface::HALO;
use super::{Pixels, Rgb};

/// Family and file, in the order in which they are asked for a letter; the first one is the face of all text.
const BUNDLED: [(&str, &[u8]); 4] = [
    ("Ubuntu", UBUNTU_LIGHT),
    ("Hack", HACK_REGULAR),
    ("Noto Emoji", NOTO_EMOJI_REGULAR),
    ("emoji", EMOJI_ICON),
];
/// Height of a line, in sizes of its letters.
const LINE_HEIGHT: f32 = 1.25;

/// How a text is drawn. Lengths in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextInk {
    pub(super) colour: Rgb,
    /// Colour and width of what surrounds the letters.
    pub(super) halo: Option<(Rgb, f32)>,
    /// How much thicker than the font has them the letters are; the bundled font is a light one.
    pub(super) weight: f32,
}

/// Measures and draws lines of text. The system's fonts are looked for only once a letter is in none of the bundled ones:
/// that takes some hundred milliseconds on a machine with many fonts.
pub(super) struct Typesetter {
    fonts: FontSystem,
    glyphs: SwashCache,
    bundled: Vec<(&'static str, FontRef<'static>)>,
    system_fonts: bool,
    /// Looked up, never walked through. By text and size.
    lines: HashMap<(String, u32), Rc<Line>>,
}

/// One shaped line.
struct Line {
    glyphs: Vec<LayoutGlyph>,
    /// Leftmost x of a letter.
    left: f32,
    width: f32,
    height: f32,
    /// From the top of the line.
    baseline: f32,
}

/// One line as letters of fonts. Lengths in pixels.
pub(super) struct Letters {
    /// From the top of the line.
    pub(super) baseline: f32,
    pub(super) runs: Vec<Run>,
}

/// Letters beside each other of one font and one direction.
pub(super) struct Run {
    pub(super) font: fontdb::ID,
    /// Read from right to left.
    pub(super) leftwards: bool,
    /// From left to right.
    pub(super) letters: Vec<Letter>,
}

/// One letter as its font draws it.
pub(super) struct Letter {
    pub(super) glyph: u16,
    /// The bytes of the text that it stands for.
    pub(super) text: std::ops::Range<usize>,
    /// From the left edge of the line.
    pub(super) x: f32,
    pub(super) width: f32,
    /// To the right and up from where it stands, in sizes of its letters.
    pub(super) offset: [f32; 2],
}

impl Typesetter {
    /// With the bundled fonts. About a millisecond.
    pub(super) fn new() -> Self {
        let mut db = fontdb::Database::new();
        for (_, font) in BUNDLED {
            load_as_regular(&mut db, font);
        }
        Self {
            fonts: FontSystem::new_with_locale_and_db("en-US".to_owned(), db),
            glyphs: SwashCache::new(),
            bundled: BUNDLED
                .iter()
                .filter_map(|(family, data)| Some((*family, FontRef::from_index(data, 0).ok()?)))
                .collect(),
            system_fonts: false,
            lines: HashMap::new(),
        }
    }

    /// Width and height of `text` in letters of `size` pixels.
    pub(super) fn measure(&mut self, text: &str, size: f32) -> [f32; 2] {
        let line = self.line(text, size);
        [line.width, line.height]
    }

    /// The letters of `text` in size `size`, in the order in which they stand, each run of one font together; with the
    /// font's file and number in it.
    pub(super) fn letters(&mut self, text: &str, size: f32) -> Letters {
        let line = self.line(text, size);
        let mut runs: Vec<Run> = Vec::new();
        let mut glyphs: Vec<&LayoutGlyph> = line.glyphs.iter().collect();
        // What is read leftwards comes in the order in which it is read.
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        for glyph in glyphs {
            let letter = Letter {
                glyph: glyph.glyph_id,
                text: glyph.start..glyph.end,
                x: glyph.x - line.left,
                width: glyph.w,
                offset: [glyph.x_offset, glyph.y_offset],
            };
            match runs.last_mut() {
                Some(run) if (run.font, run.leftwards) == (glyph.font_id, glyph.level.is_rtl()) => {
                    run.letters.push(letter);
                }
                _ => runs.push(Run {
                    font: glyph.font_id,
                    leftwards: glyph.level.is_rtl(),
                    letters: vec![letter],
                }),
            }
        }
        Letters {
            baseline: line.baseline,
            runs,
        }
    }

    /// The file of a font, and which of its fonts it is.
    pub(super) fn font_file(&self, font: fontdb::ID) -> Option<(Vec<u8>, u32)> {
        let copy = |data: &[u8], number| (data.to_vec(), number);
        self.fonts.db().with_face_data(font, copy)
    }

    /// `text` cut to `width` pixels, with `…` where something was cut.
    pub(super) fn fit(&mut self, text: &str, size: f32, width: f32) -> String {
        if self.measure(text, size)[0] <= width {
            return text.to_owned();
        }
        let graphemes: Vec<&str> = text.graphemes(true).collect();
        let cut = |n: usize| graphemes[..n].concat().trim_end().to_owned() + "…";
        let (mut fits, mut too_long) = (0, graphemes.len());
        while fits + 1 < too_long {
            let middle = usize::midpoint(fits, too_long);
            if self.measure(&cut(middle), size)[0] <= width {
                fits = middle;
            } else {
                too_long = middle;
            }
        }
        cut(fits)
    }

    /// `text` in lines of at most `width` pixels, broken between words.
    pub(super) fn wrap(&mut self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            let longer = lines.last().map(|line| format!("{line} {word}"));
            match longer {
                Some(longer) if self.measure(&longer, size)[0] <= width => {
                    if let Some(last) = lines.last_mut() {
                        *last = longer;
                    }
                }
                _ => {
                    let word = self.fit(word, size, width);
                    lines.push(word);
                }
            }
        }
        lines
    }

    /// Draws `text` with its left upper corner at `at`.
    pub(super) fn draw(
        &mut self,
        pixels: &mut Pixels,
        text: &str,
        at: [f32; 2],
        size: f32,
        ink: TextInk,
    ) {
        let line = self.line(text, size);
        let pad = ink.halo.map_or(0.0, |(_, width)| width).ceil() + ink.weight.ceil() + 2.0;
        let origin = [(at[0] - pad).floor(), (at[1] - pad).floor()];
        if !origin.iter().all(|v| v.is_finite()) {
            return;
        }
        let mut stencil = Stencil::new(
            [origin[0] as i32, origin[1] as i32],
            (line.width + 2.0 * pad + 2.0).ceil() as usize,
            (line.height + 2.0 * pad + 2.0).ceil() as usize,
        );
        for glyph in &line.glyphs {
            let pen = (at[0] - line.left, at[1] + line.baseline);
            let place = glyph.physical(pen, 1.0);
            if let Some(image) = self.glyphs.get_image(&mut self.fonts, place.cache_key) {
                stencil.add(image, [place.x, place.y]);
            }
        }
        stencil.thicken(ink.weight);
        if let Some((colour, width)) = ink.halo {
            stencil.paint_halo(pixels, colour, width);
        }
        stencil.paint(pixels, ink.colour);
    }

    fn line(&mut self, text: &str, size: f32) -> Rc<Line> {
        let size = size.clamp(1.0, 512.0);
        let key = (text.to_owned(), size.to_bits());
        if let Some(line) = self.lines.get(&key) {
            return Rc::clone(line);
        }
        self.load_system_fonts_for(text);
        let line = Rc::new(self.shape(text, size));
        self.lines.insert(key, Rc::clone(&line));
        line
    }

    fn shape(&mut self, text: &str, size: f32) -> Line {
        let height = size * LINE_HEIGHT;
        let mut buffer = Buffer::new(&mut self.fonts, Metrics::new(size, height));
        buffer.set_wrap(Wrap::None);
        buffer.set_size(None, None);
        let attrs = |family| Attrs::new().family(Family::Name(family));
        let spans = self.spans(text);
        let spans = spans.iter().map(|&(part, family)| (part, attrs(family)));
        buffer.set_rich_text(spans, &attrs(BUNDLED[0].0), Shaping::Advanced, None);
        buffer.shape_until_scroll(&mut self.fonts, false);
        let run = buffer.layout_runs().next();
        let glyphs = run
            .as_ref()
            .map_or_else(Vec::new, |run| run.glyphs.to_vec());
        let left = glyphs.iter().map(|g| g.x).reduce(f32::min).unwrap_or(0.0);
        let right = glyphs
            .iter()
            .map(|g| g.x + g.w)
            .reduce(f32::max)
            .unwrap_or(0.0);
        Line {
            left,
            width: right - left,
            height,
            baseline: run.map_or(0.0, |run| run.line_y),
            glyphs,
        }
    }

    /// `text` in pieces with the bundled font that has all letters of each; so installed fonts change no letter that the
    /// bundled ones know. Letters that none has stay with the first, and the system's fonts stand in.
    fn spans<'t>(&self, text: &'t str) -> Vec<(&'t str, &'static str)> {
        let mut spans: Vec<(usize, usize, &'static str)> = Vec::new();
        for (at, grapheme) in text.grapheme_indices(true) {
            let has_all = |font: &FontRef<'_>| {
                let mut drawn = grapheme.chars().filter(|c| !draws_nothing(*c));
                drawn.all(|c| font.charmap().map(c).is_some())
            };
            let family = self
                .bundled
                .iter()
                .find(|(_, font)| has_all(font))
                .map_or(BUNDLED[0].0, |(family, _)| *family);
            let end = at + grapheme.len();
            match spans.last_mut() {
                Some(last) if last.2 == family => last.1 = end,
                _ => spans.push((at, end, family)),
            }
        }
        spans
            .into_iter()
            .filter_map(|(start, end, family)| Some((text.get(start..end)?, family)))
            .collect()
    }

    fn load_system_fonts_for(&mut self, text: &str) {
        if !self.system_fonts && text.chars().any(|c| !self.is_bundled(c)) {
            self.fonts.db_mut().load_system_fonts();
            self.system_fonts = true;
        }
    }

    fn is_bundled(&self, c: char) -> bool {
        c.is_ascii()
            || draws_nothing(c)
            || self
                .bundled
                .iter()
                .any(|(_, font)| font.charmap().map(c).is_some())
    }
}

/// Joiners and variation selectors are in no font and draw nothing.
fn draws_nothing(c: char) -> bool {
    let joins = matches!(c, '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    joins || c.is_whitespace() || c.is_control()
}

/// Ubuntu comes in its light weight only. Told so, the search for missing letters would pass over every regular font, so
/// it is entered as a regular one.
fn load_as_regular(db: &mut fontdb::Database, data: &'static [u8]) {
    let mut own = fontdb::Database::new();
    own.load_font_source(fontdb::Source::Binary(Arc::new(data)));
    for face in own.faces() {
        let mut face = face.clone();
        face.weight = Weight::NORMAL;
        db.push_face_info(face);
    }
}

/// Letters of one line as coverage, before they get their colour.
struct Stencil {
    origin: [i32; 2],
    width: usize,
    height: usize,
    cover: Vec<u8>,
    /// Pixels that bring their own colour (emoji): place and straight RGBA.
    coloured: Vec<(usize, [u8; 4])>,
}

impl Stencil {
    fn new(origin: [i32; 2], width: usize, height: usize) -> Self {
        Self {
            origin,
            width,
            height,
            cover: vec![0; width * height],
            coloured: Vec::new(),
        }
    }

    fn add(&mut self, image: &SwashImage, pen: [i32; 2]) {
        let left = pen[0] + image.placement.left - self.origin[0];
        let top = pen[1] - image.placement.top - self.origin[1];
        let bytes = if image.content == SwashContent::Mask {
            1
        } else {
            4
        };
        let columns = image.placement.width as usize;
        for (i, pixel) in image.data.chunks_exact(bytes).enumerate() {
            let x = left + (i % columns.max(1)) as i32;
            let y = top + (i / columns.max(1)) as i32;
            if x < 0 || y < 0 || x as usize >= self.width || y as usize >= self.height {
                continue;
            }
            let at = y as usize * self.width + x as usize;
            match *pixel {
                [cover] => self.cover[at] = self.cover[at].max(cover),
                [r, g, b, a] => self.coloured.push((at, [r, g, b, a])),
                _ => {}
            }
        }
    }

    /// Makes strokes `by` pixels thicker to the right: the greatest of the letter and itself shifted.
    fn thicken(&mut self, by: f32) {
        if by <= 0.0 {
            return;
        }
        let (whole, part) = (by.floor() as usize, by.fract());
        for row in self.cover.chunks_exact_mut(self.width) {
            let before: Vec<u8> = row.to_vec();
            let value = |x: usize, back: usize| {
                x.checked_sub(back)
                    .and_then(|x| before.get(x))
                    .map_or(0.0, |v| f32::from(*v))
            };
            for (x, pixel) in row.iter_mut().enumerate() {
                let mut most = value(x, 0);
                for back in 1..=whole {
                    most = most.max(value(x, back));
                }
                let between = value(x, whole) * (1.0 - part) + value(x, whole + 1) * part;
                *pixel = most.max(between) as u8;
            }
        }
    }

    /// Everything within `width` of a letter, fading out over the last pixels.
    fn paint_halo(&self, pixels: &mut Pixels, colour: Rgb, width: f32) {
        let reach = width.ceil() as i32;
        let mut kernel: Vec<(i32, i32, f32)> = Vec::new();
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let distance = ((dx * dx + dy * dy) as f32).sqrt();
                let share = ((width - distance) / (0.6 * width) + 0.2).clamp(0.0, 1.0);
                if share > 0.0 {
                    kernel.push((dx, dy, share));
                }
            }
        }
        let mut halo = vec![0f32; self.cover.len()];
        let sources = self.cover.iter().copied().enumerate();
        let own = self.coloured.iter().map(|&(at, [.., a])| (at, a));
        for (at, cover) in sources.chain(own).filter(|(_, cover)| *cover > 0) {
            let (x, y) = ((at % self.width) as i32, (at / self.width) as i32);
            for &(dx, dy, share) in &kernel {
                let (x, y) = (x + dx, y + dy);
                if x >= 0 && y >= 0 && (x as usize) < self.width && (y as usize) < self.height {
                    let there = &mut halo[y as usize * self.width + x as usize];
                    *there = there.max(f32::from(cover) / 255.0 * share);
                }
            }
        }
        for (at, share) in halo.into_iter().enumerate() {
            self.blend(pixels, at, colour, HALO * share);
        }
    }

    fn paint(&self, pixels: &mut Pixels, colour: Rgb) {
        for (at, cover) in self.cover.iter().enumerate() {
            self.blend(pixels, at, colour, f32::from(*cover) / 255.0);
        }
        for &(at, [r, g, b, a]) in &self.coloured {
            self.blend(pixels, at, Rgb(r, g, b), f32::from(a) / 255.0);
        }
    }

    fn blend(&self, pixels: &mut Pixels, at: usize, colour: Rgb, share: f32) {
        if share > 0.0 {
            let x = self.origin[0] + (at % self.width) as i32;
            let y = self.origin[1] + (at / self.width) as i32;
            pixels.blend(x, y, colour, share);
        }
    }
}
