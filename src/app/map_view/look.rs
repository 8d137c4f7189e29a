//! The colours of the map as egui has them, and how numbers are written.

use eframe::egui::Color32;

use crate::campaign::Status;
use crate::render::{Rgb, Theme};

/// The water between the islands.
pub(super) fn ground(theme: Theme) -> Rgb {
    match theme {
        Theme::Light => Rgb(250, 250, 248),
        Theme::Dark => Rgb(17, 20, 26),
    }
}

/// Text, rings, selection: what stands out most against the ground.
pub(super) fn ink(theme: Theme) -> Rgb {
    match theme {
        Theme::Light => Rgb(28, 32, 40),
        Theme::Dark => Rgb(240, 242, 246),
    }
}

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
        Status::ToContact => ink(theme),
        Status::Contacted => Rgb(240, 173, 52),
        Status::Answered => Rgb(88, 166, 255),
        Status::Ambassador => Rgb(52, 190, 120),
        Status::Declined => Rgb(140, 146, 156),
        Status::DoNotContact => Rgb(226, 84, 84),
    }
}

/// `n` with commas between thousands: 1,234,567.
pub(super) fn with_commas(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
