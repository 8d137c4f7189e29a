//! Colours, type and spacing of the window, in one place, light and dark.

use eframe::egui::{
    self, Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, TextStyle, epaint::Shadow,
    vec2,
};

use crate::render::{Rgb, Theme};

/// What each colour is for. Text on every ground it stands on reaches a contrast of 4.5 : 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Colours {
    /// Behind fields to type in.
    pub(super) field: Color32,
    /// Panels and bars.
    pub(super) panel: Color32,
    /// Windows, menus and notes that lie above panels.
    pub(super) raised: Color32,
    /// Buttons at rest.
    pub(super) button: Color32,
    /// Rows and buttons under the pointer.
    pub(super) hovered: Color32,
    /// Rows and buttons held down.
    pub(super) pressed: Color32,
    /// Separators and outlines: just visible.
    pub(super) line: Color32,
    /// What is read.
    pub(super) text: Color32,
    /// What is read second.
    pub(super) weak: Color32,
    /// The one colour that says "here": main buttons, selection, links.
    pub(super) accent: Color32,
    /// Text on the accent.
    pub(super) on_accent: Color32,
    /// A breath of the accent: selected rows.
    pub(super) accent_soft: Color32,
    /// Something went well.
    pub(super) good: Color32,
    /// Something needs a look.
    pub(super) warn: Color32,
    /// Communities without a colour of their own, small groups, no ties.
    pub(super) grey: Color32,
    /// The empty part of a bar.
    pub(super) bar: Color32,
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place where the window's colours are made"
)]
const fn rgb(r: u8, g: u8, b: u8) -> Color32 {
    Color32::from_rgb(r, g, b)
}

/// The window's type for a colour of the map.
pub(super) fn colour(Rgb(r, g, b): Rgb) -> Color32 {
    rgb(r, g, b)
}

const DARK: Colours = Colours {
    field: rgb(14, 17, 22),
    panel: rgb(23, 26, 33),
    raised: rgb(31, 35, 43),
    button: rgb(38, 43, 52),
    hovered: rgb(46, 52, 63),
    pressed: rgb(56, 63, 76),
    line: rgb(47, 53, 64),
    text: rgb(230, 234, 240),
    weak: rgb(157, 167, 181),
    accent: rgb(77, 195, 178),
    on_accent: rgb(6, 28, 26),
    accent_soft: rgb(27, 58, 58),
    good: rgb(106, 203, 138),
    warn: rgb(240, 183, 84),
    grey: rgb(126, 134, 147),
    bar: rgb(46, 52, 63),
};

const LIGHT: Colours = Colours {
    field: rgb(255, 255, 255),
    panel: rgb(247, 248, 250),
    raised: rgb(255, 255, 255),
    button: rgb(255, 255, 255),
    hovered: rgb(234, 238, 243),
    pressed: rgb(221, 227, 234),
    line: rgb(216, 221, 228),
    text: rgb(27, 33, 43),
    weak: rgb(91, 101, 116),
    accent: rgb(11, 114, 104),
    on_accent: rgb(255, 255, 255),
    accent_soft: rgb(217, 239, 235),
    good: rgb(24, 122, 62),
    warn: rgb(166, 96, 0),
    grey: rgb(140, 148, 160),
    bar: rgb(223, 228, 235),
};

/// The colours of `theme`.
pub(super) fn colours(theme: Theme) -> &'static Colours {
    match theme {
        Theme::Light => &LIGHT,
        Theme::Dark => &DARK,
    }
}

/// Height of a button or a field, in points: large enough for a finger.
pub(super) const CONTROL: f32 = 28.0;
/// Height of a button beside words, in points.
pub(super) const SMALL: f32 = 22.0;
/// Space between things that belong together, in points.
pub(super) const NEAR: f32 = 6.0;
/// Space between groups, in points.
pub(super) const FAR: f32 = 16.0;
/// Inner margin of panels, in points.
pub(super) const MARGIN: i8 = 12;
/// Rounding of buttons, fields and rows, in points.
pub(super) const ROUND: u8 = 6;

/// The style for names of people and windows: between body and heading.
pub(super) fn title() -> TextStyle {
    TextStyle::Name("Title".into())
}

/// egui's own name of `theme`.
pub(super) fn egui_theme(theme: Theme) -> egui::Theme {
    match theme {
        Theme::Light => egui::Theme::Light,
        Theme::Dark => egui::Theme::Dark,
    }
}

/// Gives `ctx` the window's look, light and dark; which of them is shown stays as it is. Needed once.
pub(super) fn apply(ctx: &egui::Context) {
    for theme in [Theme::Light, Theme::Dark] {
        ctx.style_mut_of(egui_theme(theme), |style| {
            set_type(style);
            set_spacing(&mut style.spacing);
            set_visuals(&mut style.visuals, colours(theme), theme);
            // Names and numbers leave through exports; dragging over labels would take the drags that rows wait for.
            style.interaction.selectable_labels = false;
            style.interaction.tooltip_delay = 0.35;
        });
    }
}

/// Lets things move, or be there at once.
pub(super) fn set_motion(ctx: &egui::Context, reduced: bool) {
    let seconds = if reduced {
        0.0
    } else {
        egui::Style::default().animation_time
    };
    ctx.all_styles_mut(|style| style.animation_time = seconds);
}

fn set_type(style: &mut egui::Style) {
    let font = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, font(12.0)),
        (TextStyle::Body, font(14.0)),
        (TextStyle::Button, font(14.0)),
        (title(), font(17.0)),
        (TextStyle::Heading, font(22.0)),
        (
            TextStyle::Monospace,
            FontId::new(13.0, FontFamily::Monospace),
        ),
    ]
    .into();
}

fn set_spacing(spacing: &mut egui::style::Spacing) {
    spacing.item_spacing = vec2(8.0, 6.0);
    spacing.button_padding = vec2(10.0, 4.0);
    spacing.interact_size = vec2(32.0, CONTROL);
    spacing.menu_margin = Margin::same(6);
    spacing.window_margin = Margin::same(16);
    spacing.icon_width = 16.0;
    spacing.icon_spacing = 6.0;
    spacing.tooltip_width = 360.0;
    spacing.scroll = egui::style::ScrollStyle::floating();
    spacing.scroll.floating_allocated_width = 6.0;
    spacing.scroll.bar_width = 8.0;
}

fn set_visuals(visuals: &mut egui::Visuals, colours: &Colours, theme: Theme) {
    let blink = visuals.text_cursor.blink;
    *visuals = match theme {
        Theme::Light => egui::Visuals::light(),
        Theme::Dark => egui::Visuals::dark(),
    };
    visuals.text_cursor.blink = blink;
    visuals.text_cursor.stroke = Stroke::new(1.5, colours.accent);
    visuals.panel_fill = colours.panel;
    visuals.window_fill = colours.raised;
    visuals.window_stroke = Stroke::new(1.0, colours.line);
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.extreme_bg_color = colours.field;
    visuals.faint_bg_color = colours.hovered.gamma_multiply(0.35);
    visuals.code_bg_color = colours.hovered;
    visuals.hyperlink_color = colours.accent;
    visuals.warn_fg_color = colours.warn;
    visuals.weak_text_color = Some(colours.weak);
    visuals.selection.bg_fill = colours.accent_soft;
    visuals.selection.stroke = Stroke::new(1.0, colours.accent);
    let shade = if theme == Theme::Dark { 120 } else { 38 };
    let shadow = Shadow {
        offset: [0, 6],
        blur: 20,
        spread: 0,
        color: Color32::from_black_alpha(shade),
    };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    set_widgets(&mut visuals.widgets, colours);
}

fn set_widgets(widgets: &mut egui::style::Widgets, colours: &Colours) {
    let round = CornerRadius::same(ROUND);
    let set = |which: &mut egui::style::WidgetVisuals, fill: Color32, line: Color32| {
        which.bg_fill = fill;
        which.weak_bg_fill = fill;
        which.bg_stroke = Stroke::new(1.0, line);
        which.fg_stroke = Stroke::new(1.0, colours.text);
        which.corner_radius = round;
        which.expansion = 0.0;
    };
    set(&mut widgets.noninteractive, colours.panel, colours.line);
    set(&mut widgets.inactive, colours.button, colours.line);
    set(&mut widgets.hovered, colours.hovered, colours.line);
    set(&mut widgets.active, colours.pressed, colours.accent);
    set(&mut widgets.open, colours.hovered, colours.line);
}
