//! What lies above the map of communities, and the switch between people and communities in a corner of either map.

use eframe::egui::{
    self, Align, Frame, Id, Layout, Rect, RichText, Sense, Slider, Stroke, UiBuilder, Vec2,
    WidgetInfo,
};

use super::super::command::{Command, Corner, FlowCommand, MapOf};
use super::super::model::Model;
use super::super::panels::widgets::{half, halves, named};
use super::super::shortcuts::keys_of;
use super::super::theme;
use super::bubbles::n_flows;
use super::corners::in_corner;
use super::{flow_words, look};
use crate::explore::FlowMap;
use crate::render::palette;

/// Points.
const WIDTH: f32 = 216.0;
/// The same where the map has little room: only how many flows there are.
const SMALL: f32 = 150.0;
/// Rooms narrower or lower than this have little.
const NARROW: f32 = 520.0;
const MARGIN: i8 = 10;

/// How large the two were in the last picture, in points.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct FlowCards {
    switch: Vec2,
    legend: Vec2,
}

impl FlowCards {
    /// The room of the switch: the upper right corner, or the upper left one where the legend lies there.
    pub(super) fn switch_rect(&self, room: Rect, model: &Model) -> Rect {
        let corner = match model.map_cards.legend {
            Corner::UpperRight => Corner::UpperLeft,
            _ => Corner::UpperRight,
        };
        in_corner(room, self.switch, corner)
    }

    /// Draws the switch between people and communities.
    pub(super) fn switch_ui(
        &mut self,
        ui: &mut egui::Ui,
        model: &Model,
        room: Rect,
        inbox: &mut Vec<Command>,
    ) {
        let rect = self.switch_rect(room, model);
        ui.interact(rect, Id::new("map switch ground"), Sense::click_and_drag());
        let colours = theme::colours(model.theme);
        let builder = UiBuilder::new()
            .id_salt("map switch")
            .max_rect(Rect::from_min_size(
                rect.min,
                Vec2::new(room.width(), theme::CONTROL),
            ))
            .layout(Layout::left_to_right(Align::Center));
        let mut inside = ui.new_child(builder);
        halves(&mut inside, colours, |ui| {
            for of in [MapOf::People, MapOf::Communities] {
                let command = Command::Flow(FlowCommand::Show(of));
                let words = command.words();
                let chosen = model.flow_view.of == of;
                let response = half(ui, colours, chosen, words.label);
                let name = format!("Map of {}", words.label.to_lowercase());
                named(&response, &name);
                let keys = keys_of(ui.ctx(), &command);
                let tip = format!("{} ({keys})", words.tooltip);
                if response.on_hover_text(tip).clicked() && !chosen {
                    inbox.push(command);
                }
            }
        });
        let size = inside.min_rect().size();
        if (size - self.switch).length() > 0.5 {
            self.switch = size;
            ui.ctx().request_repaint();
        }
    }

    /// The room of the legend of the map of communities.
    pub(super) fn legend_rect(&self, room: Rect, model: &Model) -> Rect {
        in_corner(room, self.legend, model.map_cards.legend)
    }

    /// Draws the legend: what area and width mean, how many flows there are, who is not drawn.
    pub(super) fn legend_ui(
        &mut self,
        ui: &mut egui::Ui,
        model: &Model,
        flows: &FlowMap,
        room: Rect,
        inbox: &mut Vec<Command>,
    ) {
        let rect = self.legend_rect(room, model);
        ui.interact(rect, Id::new("flow legend ground"), Sense::click_and_drag());
        let colours = palette(model.theme);
        let is_small = room.width().min(room.height()) < NARROW;
        let width = if is_small { SMALL } else { WIDTH };
        let builder = UiBuilder::new()
            .id_salt("flow legend")
            .max_rect(Rect::from_min_size(
                rect.min,
                Vec2::new(width, room.height()),
            ));
        let mut inside = ui.new_child(builder);
        let frame = Frame::new()
            .fill(look::veil(colours.card, 235))
            .stroke(Stroke::new(1.0, look::opaque(colours.hairline)))
            .corner_radius(6)
            .inner_margin(MARGIN);
        let shown = frame.show(&mut inside, |ui| {
            ui.set_width(width - 2.0 * f32::from(MARGIN));
            ui.spacing_mut().item_spacing.y = 4.0;
            ui.visuals_mut().override_text_color = Some(look::opaque(colours.text));
            legend(ui, model, (flows, is_small), inbox);
        });
        let size = shown.response.rect.size();
        if (size - self.legend).length() > 0.5 {
            self.legend = size;
            ui.ctx().request_repaint();
        }
    }
}

fn legend(
    ui: &mut egui::Ui,
    model: &Model,
    (flows, is_small): (&FlowMap, bool),
    inbox: &mut Vec<Command>,
) {
    let dim = look::opaque(palette(model.theme).dim_text);
    let line = |ui: &mut egui::Ui, words: &str| {
        let text = RichText::new(words).size(11.5).color(dim);
        ui.add(egui::Label::new(text).wrap());
    };
    if !is_small {
        line(
            ui,
            "Area: people · Width: strength of the ties in both directions",
        );
    }
    let all = flows.flows.len();
    let n = n_flows(model, flows);
    if all == 0 {
        line(ui, "Nobody is tied to anybody in another community");
    } else {
        ui.label(RichText::new(format!("Strongest {n} of {all} flows")).size(12.5));
    }
    if all > 1 {
        let mut wanted = n;
        ui.spacing_mut().slider_width = ui.available_width();
        let rail = theme::colours(model.theme).bar;
        ui.visuals_mut().widgets.inactive.bg_fill = rail;
        let slider = ui.add(
            Slider::new(&mut wanted, 1..=all)
                .show_value(false)
                .trailing_fill(true)
                .logarithmic(all > 40),
        );
        slider.widget_info(|| WidgetInfo::slider(true, wanted as f64, "Strongest flows"));
        let tip = Command::Flow(FlowCommand::ShowStrongest(None))
            .words()
            .tooltip;
        if slider.on_hover_text(tip).changed() {
            let most = u16::try_from(wanted).ok();
            inbox.push(Command::Flow(FlowCommand::ShowStrongest(most)));
        }
    }
    if !is_small {
        for words in flow_words::not_drawn(flows.not_drawn) {
            line(ui, &words);
        }
    }
}
