//! The colours of the map as egui has them, and a quiet line where there is nothing to see.

use eframe::egui::Color32;

use crate::campaign::Status;
use crate::render::{Rgb, Theme, palette};

/// An opaque colour of egui.
pub(super) fn opaque(colour: Rgb) -> Color32 {
    veil(colour, 255)
}

/// `colour` with `alpha` of 255.
pub(super) fn veil(colour: Rgb, alpha: u8) -> Color32 {
    Color32::from_rgba_unmultiplied(colour.0, colour.1, colour.2, alpha)
}

/// The colour of a list mark. Marks differ in shape too, for those who see these colours alike.
pub(super) fn status(status: Status, theme: Theme) -> Rgb {
    match status {
        Status::ToContact => palette(theme).text,
        Status::Contacted => Rgb(240, 173, 52),
        Status::Answered => Rgb(88, 166, 255),
        Status::Ambassador => Rgb(52, 190, 120),
        Status::Declined => Rgb(140, 146, 156),
        Status::DoNotContact => Rgb(226, 84, 84),
    }
}
