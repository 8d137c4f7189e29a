//! Fonts for the scripts that names are written in: egui's own first, then faces of the system that fill the gaps.

use std::collections::BTreeSet;
use std::sync::Arc;

use cosmic_text::{fontdb, skrifa};
use eframe::egui::{FontData, FontDefinitions, FontFamily};
use skrifa::MetadataProvider as _;

/// Characters looked at; names of large files repeat themselves long before.
const MOST_CHARACTERS: usize = 4000;
/// Faces added; a file in ten scripts is well served by these.
const MOST_FACES: usize = 8;
/// Bytes of all faces added together: what the window keeps in memory for them.
const MOST_BYTES: usize = 96 << 20;

/// egui's fonts plus faces of this system for the characters of `text_sample` that egui's fonts lack.
///
/// Colour-only faces are left out, since egui draws outlines. `None` when nothing is missing, or nothing on this system
/// fills the gap: then the fonts in use stay as they are.
///
/// # Cost
/// Reads the system's fonts: tenths of a second, so call it in background work.
pub fn fonts_for(text_sample: &str) -> Option<FontDefinitions> {
    let mut letters = Letters::default();
    letters.add(text_sample);
    letters.fonts().0
}

/// Every letter beyond ASCII that the window had to write so far. The fonts are made for all of them: a second file must not
/// take away the letters of the map that is open.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Letters(BTreeSet<char>);

impl Letters {
    /// Adds the letters of `text`; true when one of them is new.
    pub(super) fn add(&mut self, text: &str) -> bool {
        let before = self.0.len();
        for c in text.chars().filter(|c| !c.is_ascii() && !c.is_control()) {
            if self.0.len() == MOST_CHARACTERS {
                break;
            }
            self.0.insert(c);
        }
        self.0.len() > before
    }

    /// Fonts for all of them, as [`fonts_for`], and how many letters (signs and emoji aside) nothing on this system can draw.
    pub(super) fn fonts(&self) -> (Option<FontDefinitions>, usize) {
        let fonts = FontDefinitions::default();
        let missing = missing_from(&fonts, &self.0);
        if missing.is_empty() {
            return (None, 0);
        }
        let (fonts, missing) = with_system_faces(fonts, missing);
        let letters = missing.iter().filter(|c| c.is_alphabetic());
        (fonts, letters.count())
    }
}

/// `fonts` with faces of this system behind them, if any draws one of the `missing` characters; and what is missing still.
fn with_system_faces(
    mut fonts: FontDefinitions,
    mut missing: BTreeSet<char>,
) -> (Option<FontDefinitions>, BTreeSet<char>) {
    let mut system = fontdb::Database::new();
    system.load_system_fonts();
    let mut faces = candidates(&system, &missing);
    let mut bytes = 0;
    let mut added = 0;
    while added < MOST_FACES && !missing.is_empty() {
        let Some(at) = best(&faces, &missing) else {
            break;
        };
        let face = faces.swap_remove(at);
        let Some((data, index)) =
            system.with_face_data(face.id, |data, index| (data.to_vec(), index))
        else {
            continue;
        };
        if bytes + data.len() > MOST_BYTES {
            continue;
        }
        bytes += data.len();
        added += 1;
        missing.retain(|c| !face.covers.contains(c));
        append(&mut fonts, &format!("system {added}"), data, index);
    }
    ((added > 0).then_some(fonts), missing)
}

/// One face that knows some of the missing characters.
struct Candidate {
    id: fontdb::ID,
    covers: BTreeSet<char>,
    /// Smaller is better: upright, regular, not monospaced; then by name, so that the choice never depends on the disk.
    taste: (bool, u16, bool, String),
}

/// The characters of `wanted` that none of `fonts` can draw.
fn missing_from(fonts: &FontDefinitions, wanted: &BTreeSet<char>) -> BTreeSet<char> {
    let known: Vec<_> = fonts
        .font_data
        .values()
        .filter_map(|data| skrifa::FontRef::from_index(&data.font, data.index).ok())
        .map(|face| face.charmap())
        .collect();
    let mut missing = wanted.clone();
    missing.retain(|&c| known.iter().all(|charmap| charmap.map(c).is_none()));
    missing
}

fn candidates(system: &fontdb::Database, missing: &BTreeSet<char>) -> Vec<Candidate> {
    let look = |face: &fontdb::FaceInfo| {
        let covers = system.with_face_data(face.id, |data, index| {
            let font = skrifa::FontRef::from_index(data, index).ok()?;
            font.outline_glyphs().format()?;
            let charmap = font.charmap();
            let covers = missing.iter().copied();
            Some(covers.filter(|&c| charmap.map(c).is_some()).collect())
        })??;
        let name = face
            .families
            .first()
            .map_or_else(String::new, |(name, _)| name.clone());
        Some(Candidate {
            id: face.id,
            covers,
            taste: (
                face.style != fontdb::Style::Normal,
                face.weight.0.abs_diff(fontdb::Weight::NORMAL.0),
                face.monospaced,
                name,
            ),
        })
    };
    system.faces().filter_map(look).collect()
}

/// The place of the face that fills most of `missing`; among equals the one that suits text best.
fn best(faces: &[Candidate], missing: &BTreeSet<char>) -> Option<usize> {
    let fills = |face: &Candidate| face.covers.intersection(missing).count();
    (0..faces.len())
        .filter_map(|at| faces.get(at).map(|face| (at, fills(face), &face.taste)))
        .filter(|(_, filled, _)| *filled > 0)
        .min_by(|a, b| b.1.cmp(&a.1).then_with(|| a.2.cmp(b.2)))
        .map(|(at, _, _)| at)
}

/// Puts a face behind all others, so that Latin text keeps its look.
fn append(fonts: &mut FontDefinitions, name: &str, data: Vec<u8>, index: u32) {
    let mut data = FontData::from_owned(data);
    data.index = index;
    fonts.font_data.insert(name.to_owned(), Arc::new(data));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        fonts
            .families
            .entry(family)
            .or_default()
            .push(name.to_owned());
    }
}
