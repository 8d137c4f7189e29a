//! The whole picture for export as PDF: lines and discs, text that can be selected, fonts inside.

use std::collections::HashMap;

use cosmic_text::fontdb;
use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Size};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{
    Fill, LineJoin, Paint, RadialGradient, SpreadMethod, Stop, Stroke, StrokeDash,
};
use krilla::surface::Surface as Page;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::sheet::{PictureStyle, Sheet, SheetDot, SheetTie};
use super::surface::{CARD, HALO, Surface, TextStyle};
use super::svg::{MOST_LINES, dashes, halo_stops, land_image, tie_image};
use super::text::{Letter, Run, Typesetter};
use super::{DotInk, Light, MapScene, Pixels, Rgb};
use crate::progress::{Cancelled, Progress};

/// How far the handles of a quarter circle reach, in radii, as Bézier curves have it.
const QUARTER: f32 = 0.552_284_8;

/// Why there is no PDF.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// Nobody waits any more.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// A size without area.
    #[error("a page needs a width and a height")]
    NoArea,
    /// The writer refused something, a font as a rule.
    #[error("{0}")]
    Refused(String),
}

/// Draws the whole picture for export as a PDF of one page, in points: 2400 × 1600 pixels are 1200 × 800 points unless
/// [`PictureStyle::scale`] says otherwise.
///
/// Names can be selected and searched; of the fonts only the letters that are used are inside. More than 100,000 ties become
/// one image. The same picture gives the same bytes.
///
/// # Errors
/// [`PdfError`].
pub fn pdf(
    scene: &MapScene,
    style: &PictureStyle,
    progress: &Progress,
) -> Result<Vec<u8>, PdfError> {
    progress.check()?;
    let mut type_setter = Typesetter::new();
    let sheet = Sheet::new(scene, style, &mut type_setter);
    let [width, height] = sheet.points;
    let settings = PageSettings::from_wh(width, height).ok_or(PdfError::NoArea)?;
    let mut document = Document::new();
    document.set_metadata(metadata(style));
    draw(&mut document, settings, &sheet, &mut type_setter, progress)?;
    progress.check()?;
    let refused = |error: krilla::error::KrillaError| PdfError::Refused(error.to_string());
    document.finish().map_err(refused)
}

fn metadata(style: &PictureStyle) -> Metadata {
    let title = if style.title.is_empty() {
        "Conversation map"
    } else {
        &style.title
    };
    let metadata = Metadata::new().title(title.to_owned());
    metadata.creator("Isthmus".to_owned())
}

/// Draws the one page.
fn draw(
    document: &mut Document,
    settings: PageSettings,
    sheet: &Sheet<'_>,
    type_setter: &mut Typesetter,
    progress: &Progress,
) -> Result<(), PdfError> {
    let mut page = document.start_page_with(settings);
    let mut surface = OnPdf {
        page: page.surface(),
        scale: sheet.scale,
        type_setter,
        fonts: HashMap::new(),
    };
    surface.map(sheet, progress)?;
    sheet.draw_selection(&mut surface);
    for (label, at) in sheet.names() {
        sheet.draw_name(label, at, &mut surface);
    }
    sheet.draw_furniture(&mut surface);
    Ok(())
}

struct OnPdf<'a> {
    page: Page<'a>,
    /// Pixels a point.
    scale: f32,
    type_setter: &'a mut Typesetter,
    /// Looked up, never walked through.
    fonts: HashMap<fontdb::ID, Option<Font>>,
}

impl OnPdf<'_> {
    fn map(&mut self, sheet: &Sheet<'_>, progress: &Progress) -> Result<(), PdfError> {
        let [width, height] = sheet.points;
        if !sheet.style.transparent {
            let page = Rect::from_xywh(0.0, 0.0, width, height);
            self.fill(sheet.colours.ground, 1.0);
            self.draw(page.and_then(rectangle));
        }
        if let Some(pixels) = land_image(sheet, progress)? {
            self.image(sheet, pixels)?;
        }
        for light in Light::ALL {
            progress.check()?;
            if sheet.scene.ties.len() > MOST_LINES {
                self.image(sheet, tie_image(sheet, light, progress)?)?;
            } else {
                for (i, tie) in sheet.ties(light).enumerate() {
                    if i % 1000 == 0 {
                        progress.check()?;
                    }
                    self.tie(&tie);
                }
            }
            for dot in sheet.dots(light) {
                self.dot(&dot);
            }
        }
        Ok(())
    }

    /// A picture as large as the page.
    fn image(&mut self, sheet: &Sheet<'_>, pixels: Pixels) -> Result<(), PdfError> {
        let [width, height] = sheet.points;
        let image = Image::from_rgba8(pixels.rgba, pixels.width, pixels.height);
        let size = Size::from_wh(width, height).ok_or(PdfError::NoArea)?;
        self.page.draw_image(image, size);
        Ok(())
    }

    fn fill(&mut self, colour: Rgb, opacity: f32) {
        self.page.set_stroke(None);
        self.page.set_fill(Some(Fill {
            paint: paint(colour),
            opacity: share(opacity),
            ..Fill::default()
        }));
    }

    fn line(&mut self, colour: Rgb, opacity: f32, width: f32) {
        self.page.set_fill(None);
        self.page.set_stroke(Some(Stroke {
            paint: paint(colour),
            width,
            opacity: share(opacity),
            ..Stroke::default()
        }));
    }

    fn draw(&mut self, path: Option<Path>) {
        if let Some(path) = path {
            self.page.draw_path(&path);
        }
    }

    fn tie(&mut self, tie: &SheetTie) {
        // Few different opacities: each is an object of the file.
        let opacity = (tie.opacity * 100.0).ceil() / 100.0;
        self.line(tie.colour, opacity, tie.width);
        let [a, b] = tie.ends;
        let mut path = PathBuilder::new();
        path.move_to(a[0], a[1]);
        match tie.control {
            Some(c) => path.quad_to(c[0], c[1], b[0], b[1]),
            None => path.line_to(b[0], b[1]),
        }
        self.draw(path.finish());
    }

    fn dot(&mut self, dot: &SheetDot) {
        let ink = &dot.ink;
        if dot.ring.is_some() {
            self.halo(dot);
        }
        let radius = (dot.radius - ink.rim_pt / 2.0).max(0.1);
        self.fill(ink.fill, (dot.opacity * 100.0).ceil() / 100.0);
        if ink.rim_pt > 0.05 {
            let dash = dashes(dot).map(|(dash, gap)| StrokeDash {
                array: vec![dash, gap],
                offset: 0.0,
            });
            self.page.set_stroke(Some(Stroke {
                paint: paint(ink.rim),
                width: ink.rim_pt,
                dash,
                ..Stroke::default()
            }));
        }
        self.draw(circle(dot.at, radius));
        if let Some(ring) = dot.ring {
            self.line(ring, 1.0, DotInk::RING_PT);
            let radius = dot.radius + DotInk::RING_GAP_PT + DotInk::RING_PT / 2.0;
            self.draw(circle(dot.at, radius));
        }
    }

    fn halo(&mut self, dot: &SheetDot) {
        let ([x, y], reach) = (dot.at, dot.radius + dot.ink.halo_pt);
        let stops = halo_stops(dot).map(|(offset, opacity)| Stop {
            offset: share(offset),
            color: colour(dot.ink.fill).into(),
            opacity: share(opacity),
        });
        let light = RadialGradient {
            fx: x,
            fy: y,
            fr: 0.0,
            cx: x,
            cy: y,
            cr: reach,
            transform: krilla::geom::Transform::identity(),
            spread_method: SpreadMethod::Pad,
            stops: stops.to_vec(),
            anti_alias: true,
        };
        self.page.set_stroke(None);
        self.page.set_fill(Some(Fill {
            paint: light.into(),
            ..Fill::default()
        }));
        self.draw(circle(dot.at, reach));
    }

    /// Letters of one font, `text` being the line they are of. As outlines they can't be selected.
    fn letters(&mut self, text: &str, (at, size): ([f32; 2], f32), run: &Run, as_outlines: bool) {
        let type_setter = &*self.type_setter;
        let font = self.fonts.entry(run.font).or_insert_with(|| {
            let (file, number) = type_setter.font_file(run.font)?;
            Font::new(file.into(), number)
        });
        let Some(font) = font.clone() else {
            return;
        };
        // Readers of PDF turn what is read leftwards around themselves, letter by letter as they lie there.
        let by_letter = |one: &Letter, next: &Letter| !run.leftwards || one.text == next.text;
        for letters in run.letters.chunk_by(by_letter) {
            let glyphs: Vec<KrillaGlyph> = letters
                .iter()
                .map(|l| glyph(l, size * self.scale))
                .collect();
            let x = letters.first().map_or(0.0, |first| first.x);
            let start = Point::from_xy(at[0] + x / self.scale, at[1]);
            self.page
                .draw_glyphs(start, &glyphs, font.clone(), text, size, as_outlines);
        }
    }
}

/// `letter` in sizes of its letters, of which one is `pixels`.
fn glyph(letter: &Letter, pixels: f32) -> KrillaGlyph {
    KrillaGlyph::new(
        GlyphId::new(u32::from(letter.glyph)),
        letter.width / pixels,
        letter.offset[0],
        letter.offset[1],
        0.0,
        letter.text.clone(),
        None,
    )
}

impl Surface for OnPdf<'_> {
    fn measure(&mut self, text: &str, size: f32) -> [f32; 2] {
        let s = self.scale;
        self.type_setter.measure(text, size * s).map(|v| v / s)
    }

    fn text(&mut self, text: &str, at: [f32; 2], style: TextStyle) {
        let letters = self.type_setter.letters(text, style.size * self.scale);
        let at = [at[0], at[1] + letters.baseline / self.scale];
        if let Some((colour, width)) = style.halo {
            self.line(colour, HALO, 2.0 * width);
            if let Some(stroke) = self.page.get_stroke().cloned() {
                let line_join = LineJoin::Round;
                self.page.set_stroke(Some(Stroke {
                    line_join,
                    ..stroke
                }));
            }
            for run in &letters.runs {
                self.letters(text, (at, style.size), run, true);
            }
        }
        self.fill(style.colour, 1.0);
        if style.weight > 0.0 {
            self.page.set_stroke(Some(Stroke {
                paint: paint(style.colour),
                width: style.weight * 0.6,
                ..Stroke::default()
            }));
        }
        for run in &letters.runs {
            self.letters(text, (at, style.size), run, false);
        }
    }

    fn disc(&mut self, centre: [f32; 2], radius: f32, colour: Rgb) {
        self.fill(colour, 1.0);
        self.draw(circle(centre, radius));
    }

    fn ring(&mut self, centre: [f32; 2], radius: f32, width: f32, colour: Rgb) {
        self.line(colour, 1.0, width);
        self.draw(circle(centre, radius));
    }

    fn card(
        &mut self,
        [x, y]: [f32; 2],
        [w, h]: [f32; 2],
        corner: f32,
        (fill, hairline): (Rgb, Rgb),
    ) {
        let outline = || rounded([x + 0.5, y + 0.5], [w - 1.0, h - 1.0], corner);
        self.fill(fill, CARD);
        self.draw(outline());
        self.line(hairline, 1.0, 1.0);
        self.draw(outline());
    }

    fn rule(&mut self, [x, y]: [f32; 2], length: f32, colour: Rgb) {
        self.fill(colour, 1.0);
        self.draw(Rect::from_xywh(x, y, length, 1.0).and_then(rectangle));
    }
}

fn colour(Rgb(r, g, b): Rgb) -> rgb::Color {
    rgb::Color::new(r, g, b)
}

fn paint(of: Rgb) -> Paint {
    colour(of).into()
}

fn share(value: f32) -> NormalizedF32 {
    NormalizedF32::new(value.clamp(0.0, 1.0)).unwrap_or(NormalizedF32::ONE)
}

fn rectangle(rect: Rect) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(rect);
    path.finish()
}

fn circle([x, y]: [f32; 2], radius: f32) -> Option<Path> {
    rounded(
        [x - radius, y - radius],
        [2.0 * radius, 2.0 * radius],
        radius,
    )
}

/// A rectangle with round corners.
fn rounded([x, y]: [f32; 2], [w, h]: [f32; 2], corner: f32) -> Option<Path> {
    let (r, far) = (corner, [x + w, y + h]);
    let k = r * (1.0 - QUARTER);
    let mut path = PathBuilder::new();
    path.move_to(x + r, y);
    path.line_to(far[0] - r, y);
    path.cubic_to(far[0] - k, y, far[0], y + k, far[0], y + r);
    path.line_to(far[0], far[1] - r);
    path.cubic_to(far[0], far[1] - k, far[0] - k, far[1], far[0] - r, far[1]);
    path.line_to(x + r, far[1]);
    path.cubic_to(x + k, far[1], x, far[1] - k, x, far[1] - r);
    path.line_to(x, y + r);
    path.cubic_to(x, y + k, x + k, y, x + r, y);
    path.close();
    path.finish()
}
