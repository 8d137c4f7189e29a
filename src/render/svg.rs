//! The whole picture for export as SVG: text as text, one group for each community.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use base64::Engine as _;

use super::raster::{Canvas, MAX_SIDE};
use super::sheet::{PictureStyle, Sheet, SheetDot, SheetTie};
use super::surface::{CARD, HALO, Surface, TextStyle};
use super::text::Typesetter;
use super::{DotInk, Light, MapScene, Pixels, Rgb, encode_png};
use crate::analysis::CommunityId;
use crate::progress::{Cancelled, Progress};

/// With more ties than this they are one image: a page of so many lines opens slowly anywhere, and nobody edits them.
pub(super) const MOST_LINES: usize = 100_000;
/// Pixels a point of that image, at least.
const FINE: f32 = 2.0;
/// The faces of all text, where they are installed; else whatever stands in.
const FACES: &str = "Ubuntu, 'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/// Draws the whole picture for export as an SVG file, in points: 2400 × 1600 pixels are 1200 × 800 points unless
/// [`PictureStyle::scale`] says otherwise.
///
/// Text stays text, in faces of the system that shows it, as wide as it was measured here. Dots stand in one group for each
/// community and light, with the community's name as title. More than 100,000 ties become one image.
///
/// # Errors
/// [`Cancelled`] only.
pub fn svg(
    scene: &MapScene,
    style: &PictureStyle,
    progress: &Progress,
) -> Result<Vec<u8>, Cancelled> {
    progress.check()?;
    let mut type_setter = Typesetter::new();
    let sheet = Sheet::new(scene, style, &mut type_setter);
    let mut writer = Writer {
        out: String::new(),
        n_halos: 0,
    };
    // Writing to memory never fails.
    let written = writer.picture(&sheet, &mut type_setter, progress);
    progress.check()?;
    debug_assert!(written.is_ok());
    Ok(writer.out.into_bytes())
}

/// The ties of one light as pixels on nothing, for a picture that has too many of them for lines.
pub(super) fn tie_image(
    sheet: &Sheet<'_>,
    light: Light,
    progress: &Progress,
) -> Result<Pixels, Cancelled> {
    let most = MAX_SIDE as f32 / sheet.points[0].max(sheet.points[1]).max(1.0);
    let scale = sheet.scale.max(FINE).min(most);
    let canvas = Canvas {
        size: sheet.points.map(|v| (v * scale).round() as u32),
        scale,
        ground: None,
        ..sheet.canvas()
    };
    canvas.paint(sheet.scene, [(light, false)], false, progress)
}

/// The land as pixels on nothing, one a point: it has no edges that finer ones would show. `None` where there is none.
pub(super) fn land_image(
    sheet: &Sheet<'_>,
    progress: &Progress,
) -> Result<Option<Pixels>, Cancelled> {
    if sheet.scene.land.is_empty() {
        return Ok(None);
    }
    let canvas = Canvas {
        size: sheet.points.map(|v| (v.round() as u32).min(MAX_SIDE)),
        scale: 1.0,
        ground: None,
        ..sheet.canvas()
    };
    canvas.paint(sheet.scene, [], true, progress).map(Some)
}

struct Writer {
    out: String,
    n_halos: usize,
}

impl Writer {
    fn picture(
        &mut self,
        sheet: &Sheet<'_>,
        type_setter: &mut Typesetter,
        progress: &Progress,
    ) -> fmt::Result {
        let [width, height] = sheet.points;
        writeln!(
            self.out,
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0}" height="{height:.0}" viewBox="0 0 {width:.2} {height:.2}">"#
        )?;
        let title = if sheet.style.title.is_empty() {
            "Conversation map"
        } else {
            &sheet.style.title
        };
        writeln!(self.out, "<title>{}</title>", escaped(title))?;
        if !sheet.style.transparent {
            let ground = sheet.colours.ground.hex();
            writeln!(
                self.out,
                r#"<rect id="ground" width="100%" height="100%" fill="{ground}"/>"#
            )?;
        }
        self.land(sheet, progress)?;
        let lights: Vec<Light> = Light::ALL
            .into_iter()
            .filter(|light| sheet.scene.dots.iter().any(|dot| dot.light == *light))
            .collect();
        for &light in &lights {
            if progress.is_cancelled() {
                return Ok(());
            }
            self.ties(sheet, light, progress)?;
            self.dots(sheet, light, lights.len() > 1)?;
        }
        self.words(sheet, type_setter)?;
        self.out.write_str("</svg>\n")
    }

    /// A picture as large as the page.
    fn image(&mut self, sheet: &Sheet<'_>, pixels: &Pixels) -> fmt::Result {
        let [width, height] = sheet.points;
        write!(
            self.out,
            r#"<image width="{width:.2}" height="{height:.2}" preserveAspectRatio="none" href="data:image/png;base64,"#
        )?;
        let png = encode_png(pixels);
        base64::engine::general_purpose::STANDARD.encode_string(png, &mut self.out);
        writeln!(self.out, r#""/>"#)
    }

    fn land(&mut self, sheet: &Sheet<'_>, progress: &Progress) -> fmt::Result {
        if let Ok(Some(pixels)) = land_image(sheet, progress) {
            writeln!(self.out, r#"<g id="land">"#)?;
            self.image(sheet, &pixels)?;
            writeln!(self.out, "</g>")?;
        }
        Ok(())
    }

    fn ties(&mut self, sheet: &Sheet<'_>, light: Light, progress: &Progress) -> fmt::Result {
        writeln!(self.out, r#"<g id="ties-{}" fill="none">"#, word(light))?;
        if sheet.scene.ties.len() > MOST_LINES {
            if let Ok(pixels) = tie_image(sheet, light, progress) {
                self.image(sheet, &pixels)?;
            }
            return writeln!(self.out, "</g>");
        }
        // What is drawn alike stands together and says so once.
        let mut alike: BTreeMap<(String, u32, u32), Vec<SheetTie>> = BTreeMap::new();
        for tie in sheet.ties(light) {
            let look = (
                tie.colour.hex(),
                (tie.opacity * 200.0).round() as u32,
                (tie.width * 20.0).round() as u32,
            );
            alike.entry(look).or_default().push(tie);
        }
        for ((colour, opacity, width), ties) in alike {
            let (opacity, width) = (opacity as f32 / 200.0, width as f32 / 20.0);
            writeln!(
                self.out,
                r#"<g stroke="{colour}" stroke-opacity="{opacity}" stroke-width="{width}">"#
            )?;
            for tie in ties {
                let SheetTie {
                    ends: [a, b],
                    control,
                    ..
                } = tie;
                write!(self.out, r#"<path d="M{:.1} {:.1}"#, a[0], a[1])?;
                if let Some([x, y]) = control {
                    write!(self.out, "Q{x:.1} {y:.1} ")?;
                } else {
                    self.out.push('L');
                }
                write!(self.out, "{:.1} {:.1}", b[0], b[1])?;
                writeln!(self.out, r#""/>"#)?;
            }
            writeln!(self.out, "</g>")?;
        }
        writeln!(self.out, "</g>")
    }

    fn dots(&mut self, sheet: &Sheet<'_>, light: Light, several: bool) -> fmt::Result {
        let mut of: BTreeMap<Option<CommunityId>, Vec<SheetDot>> = BTreeMap::new();
        for dot in sheet.dots(light) {
            of.entry(dot.community).or_default().push(dot);
        }
        writeln!(self.out, r#"<g id="dots-{}">"#, word(light))?;
        for (community, dots) in of {
            let id = community.map_or("none".to_owned(), |c| c.0.to_string());
            let of_light = if several {
                format!("-{}", word(light))
            } else {
                String::new()
            };
            writeln!(
                self.out,
                r#"<g id="community-{id}{of_light}" class="community">"#
            )?;
            if let Some(name) = community.and_then(|c| sheet.name_of(c)) {
                writeln!(self.out, "<title>{}</title>", escaped(name))?;
            }
            for dot in &dots {
                self.dot(dot)?;
            }
            writeln!(self.out, "</g>")?;
        }
        writeln!(self.out, "</g>")
    }

    fn dot(&mut self, dot: &SheetDot) -> fmt::Result {
        let ([x, y], ink) = (dot.at, &dot.ink);
        if dot.ring.is_some() {
            self.halo(dot)?;
        }
        // The rim lies inside the radius, a line of SVG on both sides of it.
        let radius = (dot.radius - ink.rim_pt / 2.0).max(0.1);
        write!(
            self.out,
            r#"<circle cx="{x:.2}" cy="{y:.2}" r="{radius:.2}" fill="{}""#,
            ink.fill.hex()
        )?;
        if dot.opacity < 1.0 {
            write!(self.out, r#" fill-opacity="{:.2}""#, dot.opacity)?;
        }
        if ink.rim_pt > 0.05 {
            let rim = ink.rim.hex();
            write!(
                self.out,
                r#" stroke="{rim}" stroke-width="{:.2}""#,
                ink.rim_pt
            )?;
            if let Some((dash, gap)) = dashes(dot) {
                write!(self.out, r#" stroke-dasharray="{dash:.2} {gap:.2}""#)?;
            }
        }
        writeln!(self.out, "/>")?;
        if let Some(ring) = dot.ring {
            let radius = dot.radius + DotInk::RING_GAP_PT + DotInk::RING_PT / 2.0;
            writeln!(
                self.out,
                r#"<circle cx="{x:.2}" cy="{y:.2}" r="{radius:.2}" fill="none" stroke="{}" stroke-width="{}"/>"#,
                ring.hex(),
                DotInk::RING_PT
            )?;
        }
        Ok(())
    }

    /// The soft light round a bridge: falls with the square of what is left to its end.
    fn halo(&mut self, dot: &SheetDot) -> fmt::Result {
        let number = self.n_halos;
        self.n_halos += 1;
        let ([x, y], reach) = (dot.at, dot.radius + dot.ink.halo_pt);
        let colour = dot.ink.fill.hex();
        writeln!(self.out, r#"<radialGradient id="halo-{number}">"#)?;
        for (at, opacity) in halo_stops(dot) {
            writeln!(
                self.out,
                r#"<stop offset="{at:.3}" stop-color="{colour}" stop-opacity="{opacity:.3}"/>"#
            )?;
        }
        writeln!(
            self.out,
            r#"</radialGradient><circle cx="{x:.2}" cy="{y:.2}" r="{reach:.2}" fill="url(#halo-{number})"/>"#
        )
    }

    fn words(&mut self, sheet: &Sheet<'_>, type_setter: &mut Typesetter) -> fmt::Result {
        let mut surface = OnSvg {
            out: &mut self.out,
            scale: sheet.scale,
            type_setter,
        };
        writeln!(surface.out, r#"<g id="selection">"#)?;
        sheet.draw_selection(&mut surface);
        writeln!(
            surface.out,
            "</g>\n<g id=\"names\" font-family=\"{FACES}\">"
        )?;
        for (label, at) in sheet.names() {
            sheet.draw_name(label, at, &mut surface);
        }
        writeln!(
            surface.out,
            "</g>\n<g id=\"legend\" font-family=\"{FACES}\">"
        )?;
        sheet.draw_furniture(&mut surface);
        writeln!(surface.out, "</g>")
    }
}

/// The light round a bridge from its middle to its end: share of the way, opacity.
pub(super) fn halo_stops(dot: &SheetDot) -> [(f32, f32); 6] {
    let reach = dot.radius + dot.ink.halo_pt;
    let edge = dot.radius / reach;
    let stop = |share: f32| {
        let left = 1.0 - share;
        (edge + (1.0 - edge) * share, dot.ink.halo * left * left)
    };
    [
        (0.0, dot.ink.halo),
        stop(0.0),
        stop(0.25),
        stop(0.5),
        stop(0.75),
        stop(1.0),
    ]
}

/// Lengths of a dash and a gap of a hollow dot's rim; `None` where the line is whole.
pub(super) fn dashes(dot: &SheetDot) -> Option<(f32, f32)> {
    let pairs = DotInk::dashes(dot.radius);
    let both = std::f32::consts::TAU * (dot.radius - dot.ink.rim_pt / 2.0) / pairs;
    let dash = both * DotInk::DASH;
    (dot.hollow && pairs > 0.0).then_some((dash, both - dash))
}

struct OnSvg<'a> {
    out: &'a mut String,
    scale: f32,
    type_setter: &'a mut Typesetter,
}

impl OnSvg<'_> {
    fn write(&mut self, line: fmt::Arguments<'_>) {
        let written = writeln!(self.out, "{line}");
        debug_assert!(written.is_ok(), "writing to memory never fails");
    }
}

impl Surface for OnSvg<'_> {
    fn measure(&mut self, text: &str, size: f32) -> [f32; 2] {
        let s = self.scale;
        self.type_setter.measure(text, size * s).map(|v| v / s)
    }

    fn text(&mut self, text: &str, at: [f32; 2], style: TextStyle) {
        let width = self.measure(text, style.size)[0];
        if width <= 0.0 {
            return;
        }
        let letters = self.type_setter.letters(text, style.size * self.scale);
        let y = at[1] + letters.baseline / self.scale;
        let halo = style.halo.map_or(String::new(), |(colour, width)| {
            format!(
                r#" stroke="{}" stroke-width="{:.2}" stroke-opacity="{HALO}" stroke-linejoin="round" paint-order="stroke""#,
                colour.hex(),
                2.0 * width
            )
        });
        self.write(format_args!(
            r#"<text x="{:.2}" y="{y:.2}" font-size="{}" textLength="{width:.2}" lengthAdjust="spacingAndGlyphs" fill="{}"{halo}>{}</text>"#,
            at[0],
            style.size,
            style.colour.hex(),
            escaped(text)
        ));
    }

    fn disc(&mut self, [x, y]: [f32; 2], radius: f32, colour: Rgb) {
        let colour = colour.hex();
        self.write(format_args!(
            r#"<circle cx="{x:.2}" cy="{y:.2}" r="{radius:.2}" fill="{colour}"/>"#
        ));
    }

    fn ring(&mut self, [x, y]: [f32; 2], radius: f32, width: f32, colour: Rgb) {
        let colour = colour.hex();
        self.write(format_args!(
            r#"<circle cx="{x:.2}" cy="{y:.2}" r="{radius:.2}" fill="none" stroke="{colour}" stroke-width="{width}"/>"#
        ));
    }

    fn card(&mut self, at: [f32; 2], size: [f32; 2], corner: f32, (fill, line): (Rgb, Rgb)) {
        self.write(format_args!(
            r#"<rect x="{:.2}" y="{:.2}" width="{:.2}" height="{:.2}" rx="{corner}" fill="{}" fill-opacity="{CARD}" stroke="{}"/>"#,
            at[0] + 0.5,
            at[1] + 0.5,
            size[0] - 1.0,
            size[1] - 1.0,
            fill.hex(),
            line.hex()
        ));
    }

    fn rule(&mut self, [x, y]: [f32; 2], length: f32, colour: Rgb) {
        let colour = colour.hex();
        self.write(format_args!(
            r#"<rect x="{x:.2}" y="{y:.2}" width="{length:.2}" height="1" fill="{colour}"/>"#
        ));
    }
}

fn word(light: Light) -> &'static str {
    match light {
        Light::Dimmed => "dimmed",
        Light::Plain => "plain",
        Light::Lit => "lit",
    }
}

/// `text` as XML may hold it: five signs by name, and without what XML has no place for.
fn escaped(text: &str) -> String {
    let allowed = |c: &char| matches!(*c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let text: String = text.chars().filter(allowed).collect();
    quick_xml::escape::escape(text).into_owned()
}
