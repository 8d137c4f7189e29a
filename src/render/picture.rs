//! The whole picture for export as pixels: the map, its names, its legend and its heading, fitted to any size.

use super::sheet::{PictureStyle, Sheet};
use super::surface::OnPixels;
use super::text::Typesetter;
use super::{Light, MapScene, Pixels};
use crate::progress::{Cancelled, Progress};

/// Draws the whole picture for export: dots, ties, labels that do not overlap, legend and heading.
///
/// Letters, lines and the smallest dots grow with the picture unless [`PictureStyle::scale`] says otherwise: 2400 × 1600 shows
/// the same as 1200 × 800, finer. The map gives way to the legend where it would cover people.
///
/// # Errors
/// [`Cancelled`] only.
pub fn picture(
    scene: &MapScene,
    style: &PictureStyle,
    progress: &Progress,
) -> Result<Pixels, Cancelled> {
    progress.check()?;
    let mut type_setter = Typesetter::new();
    let sheet = Sheet::new(scene, style, &mut type_setter);
    let lights = Light::ALL.map(|light| (light, true));
    let mut pixels = sheet.canvas().paint(scene, lights, true, progress)?;
    let mut surface = OnPixels {
        pixels: &mut pixels,
        scale: sheet.scale,
        type_setter: &mut type_setter,
    };
    sheet.draw_selection(&mut surface);
    for (label, at) in sheet.names() {
        progress.check()?;
        sheet.draw_name(label, at, &mut surface);
    }
    sheet.draw_furniture(&mut surface);
    Ok(pixels)
}
