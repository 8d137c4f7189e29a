//! The legend in a corner of the map: what colours, sizes and marks mean.

use eframe::egui::text::LayoutJob;
use eframe::egui::{
    self, Align2, Color32, FontId, Frame, Pos2, Rect, RichText, Sense, Stroke, UiBuilder, Vec2,
    WidgetInfo, WidgetType,
};

use super::super::command::{Command, Corner};
use super::super::model::Model;
use super::corners::{OFF, in_corner, nearest};
use super::look;
use super::marks::Mark;
use super::sight::Sight;
use crate::render::{Legend, LegendCommunity, Palette, Theme, palette, thousands};

const WIDTH: f32 = 196.0;
const ROW: f32 = 19.0;
const MARK_ROW: f32 = 15.0;
const MARGIN: i8 = 10;
/// Points of the largest example of a size.
const LARGEST_EXAMPLE: f32 = 13.0;
/// Under this width the map needs the room more: the legend begins folded.
const NARROW: f32 = 860.0;
/// Under this height too: there the open legend would cover most of it. Who opens it there has it open there alone.
const LOW: f32 = 400.0;

/// Whether the legend is open, and how high it was.
#[derive(Debug, Clone)]
pub(super) struct LegendBox {
    /// `None` until a person decides: open where there is room.
    open: Option<bool>,
    /// The same for rooms that are low.
    open_low: bool,
    height: f32,
    /// Where it was shown in the last frame.
    shown: Option<Rect>,
    /// How far it was dragged out of its corner.
    dragged: Vec2,
}

impl LegendBox {
    pub(super) fn new() -> Self {
        Self {
            open: None,
            open_low: false,
            height: 0.0,
            shown: None,
            dragged: Vec2::ZERO,
        }
    }

    /// Whether it is open in a room of this size.
    fn is_open(&self, room: Vec2) -> bool {
        if room.y < LOW {
            self.open_low
        } else {
            self.open.unwrap_or(room.x >= NARROW)
        }
    }

    /// Points at the left and at the bottom that the open legend takes of a room this large, below 0 at the right and at the
    /// top: the whole map should leave free either.
    pub(super) fn inset(&self, room: Vec2, legend: &Legend, corner: Corner) -> [f32; 2] {
        if is_empty(legend) || !self.is_open(room) {
            return [0.0; 2];
        }
        let (w, h) = (WIDTH + 2.0 * f32::from(MARGIN) + OFF, self.height + OFF);
        match corner {
            Corner::LowerLeft => [w, h],
            Corner::LowerRight => [-w, h],
            Corner::UpperLeft => [w, -h],
            Corner::UpperRight => [-w, -h],
        }
    }

    /// The room the legend takes.
    pub(super) fn rect(&self) -> Option<Rect> {
        self.shown
    }

    /// Draws the legend; clicks on it ask for what they mean. `marks`: those that are on the map.
    pub(super) fn ui(
        &mut self,
        ui: &mut egui::Ui,
        model: &Model,
        legend: &Legend,
        marks: &[Mark],
        sight: &Sight,
        inbox: &mut Vec<Command>,
    ) {
        let before = self.shown.take();
        if is_empty(legend) {
            return;
        }
        let room = sight.rect;
        let open = self.is_open(room.size());
        let width = if open { WIDTH } else { 64.0 } + 2.0 * f32::from(MARGIN);
        let size = Vec2::new(width, self.height);
        let rect = in_corner(room, size, model.map_cards.legend).translate(self.dragged);
        let rect = Align2::LEFT_TOP.anchor_size(rect.min.min(room.max - size).max(room.min), size);
        // Clicks on the legend are not clicks on the map below it.
        ui.interact(rect, ui.id().with("legend"), Sense::click_and_drag());
        // As high as it likes: where the last frame was too low, the next one is right.
        let tall = Rect::from_min_size(rect.min, Vec2::new(width, room.height()));
        let mut inside = ui.new_child(UiBuilder::new().id_salt("legend").max_rect(tall));
        inside.set_clip_rect(room.intersect(ui.clip_rect()));
        let colours = palette(model.theme);
        let fill = look::veil(colours.card, 235);
        let line = look::opaque(colours.hairline);
        let shown = Frame::new()
            .fill(fill)
            .stroke(Stroke::new(1.0, line))
            .corner_radius(6)
            .inner_margin(MARGIN)
            .show(&mut inside, |ui| {
                ui.set_width(width - 2.0 * f32::from(MARGIN));
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.visuals_mut().override_text_color = Some(look::opaque(colours.text));
                let dropped = self.head(ui, room, colours);
                if open {
                    egui::ScrollArea::vertical()
                        .max_height((room.height() * 0.75 - 40.0).max(60.0))
                        .show(ui, |ui| body(ui, model, (legend, marks), sight, inbox));
                }
                dropped
            });
        if shown.inner {
            inbox.push(Command::PutLegend(nearest(room, rect.center())));
        }
        let now = shown.response.rect;
        self.shown = Some(now);
        self.height = now.height();
        let far = |a: Pos2, b: Pos2| a.distance(b) > 0.5;
        if before.is_none_or(|before| far(before.min, now.min) || far(before.max, now.max)) {
            // The names make way.
            ui.ctx().request_repaint();
        }
    }

    /// The title: a click folds and unfolds, a drag moves the legend. Returns whether it was dropped somewhere.
    fn head(&mut self, ui: &mut egui::Ui, room: Rect, colours: &Palette) -> bool {
        let open = self.is_open(room.size());
        let size = Vec2::new(ui.available_width(), ROW);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        if response.dragged() {
            ui.set_cursor_icon(egui::CursorIcon::Grabbing);
            self.dragged += response.drag_delta();
        }
        let dropped = response.drag_stopped();
        if dropped {
            self.dragged = Vec2::ZERO;
        }
        response.widget_info(|| {
            WidgetInfo::selected(WidgetType::CollapsingHeader, true, open, "Legend")
        });
        if response.clicked() {
            if room.height() < LOW {
                self.open_low = !open;
            } else {
                self.open = Some(!open);
            }
        }
        let colour = look::opaque(colours.text);
        let painter = ui.painter();
        let font = FontId::proportional(12.5);
        painter.text(
            rect.left_center(),
            Align2::LEFT_CENTER,
            "Legend",
            font,
            colour,
        );
        let tip = rect.right_center() - Vec2::new(6.0, 0.0);
        let down = if open { 2.0 } else { -2.0 };
        let arrow = [
            tip + Vec2::new(-4.0, -down),
            tip + Vec2::new(0.0, down),
            tip + Vec2::new(4.0, -down),
        ];
        painter.line(arrow.to_vec(), Stroke::new(1.5, colour));
        dropped
    }
}

fn is_empty(legend: &Legend) -> bool {
    legend.communities.is_empty() && legend.notes.is_empty()
}

fn body(
    ui: &mut egui::Ui,
    model: &Model,
    (legend, marks): (&Legend, &[Mark]),
    sight: &Sight,
    inbox: &mut Vec<Command>,
) {
    let dim = look::opaque(palette(model.theme).dim_text);
    ui.add_space(4.0);
    for line in &legend.communities {
        community(ui, model, line, inbox);
    }
    if !legend.size.is_empty() {
        ui.add_space(6.0);
        ui.label(RichText::new(&legend.size).size(11.0).color(dim));
        sizes(ui, &legend.sizes, sight, palette(model.theme));
    }
    if !marks.is_empty() {
        ui.add_space(6.0);
        for mark in marks {
            mark_row(ui, *mark, model.theme);
        }
    }
    if !legend.notes.is_empty() {
        ui.add_space(6.0);
    }
    for note in &legend.notes {
        ui.label(RichText::new(note).size(11.0).color(dim));
    }
}

/// A mark, drawn as on the map, and what it means.
fn mark_row(ui: &mut egui::Ui, mark: Mark, theme: Theme) {
    let size = Vec2::new(ui.available_width(), MARK_ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, mark.words()));
    mark.draw(
        ui.painter(),
        rect.left_center() + Vec2::new(6.0, 0.0),
        theme,
    );
    ui.painter().text(
        Pos2::new(rect.left() + 18.0, rect.center().y),
        Align2::LEFT_CENTER,
        mark.words(),
        FontId::proportional(11.0),
        look::opaque(palette(theme).dim_text),
    );
}

/// One community: click shows it alone, Shift+click hides it.
fn community(ui: &mut egui::Ui, model: &Model, line: &LegendCommunity, inbox: &mut Vec<Command>) {
    let sense = if line.community.is_some() {
        Sense::click()
    } else {
        Sense::hover()
    };
    let size = Vec2::new(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, sense);
    let n_people = thousands(u64::from(line.people));
    response.widget_info(|| {
        let kind = if line.community.is_some() {
            WidgetType::Button
        } else {
            WidgetType::Label
        };
        WidgetInfo::labeled(kind, true, format!("{}, {n_people} people", line.name))
    });
    let hidden = line.community.is_some_and(|c| model.hidden.contains(&c));
    let behind = model.isolated.is_some() && model.isolated != line.community;
    if let Some(id) = line.community {
        if response.clicked() {
            let shift = ui.input(|i| i.modifiers.shift);
            inbox.push(if shift {
                Command::SetCommunityShown(id, hidden)
            } else if model.isolated == Some(id) {
                Command::Isolate(None)
            } else {
                Command::Isolate(Some(id))
            });
        }
        if response.hovered() {
            let light = ui.visuals().widgets.hovered.bg_fill.gamma_multiply(0.35);
            ui.painter()
                .rect_filled(rect.expand2(Vec2::new(4.0, 0.0)), 3, light);
        }
        response.on_hover_text("Click shows it alone, Shift+click hides it");
    }
    let text = if hidden || behind {
        look::opaque(palette(model.theme).dim_text)
    } else {
        look::opaque(palette(model.theme).text)
    };
    row(ui, rect, line, &n_people, (text, hidden, behind));
}

fn row(
    ui: &egui::Ui,
    rect: Rect,
    line: &LegendCommunity,
    n_people: &str,
    (text, hidden, behind): (Color32, bool, bool),
) {
    let painter = ui.painter();
    let colour = look::opaque(line.colour);
    let spot = rect.left_center() + Vec2::new(6.0, 0.0);
    if hidden {
        painter.circle_stroke(spot, 4.5, Stroke::new(1.5, colour));
    } else {
        let colour = if behind {
            colour.gamma_multiply(0.4)
        } else {
            colour
        };
        painter.circle_filled(spot, 5.0, colour);
    }
    let font = FontId::proportional(12.5);
    let count = painter.text(
        rect.right_center(),
        Align2::RIGHT_CENTER,
        n_people,
        font.clone(),
        text.gamma_multiply(0.75),
    );
    let mut job = LayoutJob::simple_singleline(line.name.clone(), font, text);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    job.wrap.max_width = count.left() - rect.left() - 26.0;
    let galley = painter.layout_job(job);
    let at = Pos2::new(rect.left() + 18.0, rect.center().y - galley.size().y / 2.0);
    if hidden {
        let y = rect.center().y;
        painter.hline(at.x..=at.x + galley.size().x, y, Stroke::new(1.0, text));
    }
    painter.galley(at, galley, text);
}

/// Three dots of round numbers, as large as on the map; all smaller by the same factor when they would be too large.
fn sizes(ui: &mut egui::Ui, sizes: &[(String, f32)], sight: &Sight, colours: &Palette) {
    let radii: Vec<f32> = sizes.iter().map(|(_, r)| sight.radius(*r)).collect();
    let largest = radii.iter().copied().fold(1.0, f32::max);
    let scale = (LARGEST_EXAMPLE / largest).min(1.0);
    let height = (largest * scale * 2.0).max(14.0) + 6.0;
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::hover());
    let colour = look::opaque(colours.dim_text);
    let mut x = rect.left() + 1.0;
    for ((words, _), radius) in sizes.iter().zip(radii) {
        let radius = radius * scale;
        let spot = Pos2::new(x + radius, rect.center().y);
        ui.painter().circle_filled(spot, radius, colour);
        let at = Pos2::new(spot.x + radius + 4.0, rect.center().y);
        let font = FontId::proportional(11.0);
        let drawn = ui.painter().text(
            at,
            Align2::LEFT_CENTER,
            words,
            font,
            look::opaque(colours.text),
        );
        x = drawn.right() + 12.0;
    }
}
