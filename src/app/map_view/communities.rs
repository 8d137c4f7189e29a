//! The map of communities in the room of the map: dots that become bubbles, bubbles, and the cards above them.

use eframe::egui::{self, CornerRadius, Rect, Response, Vec2};

use super::super::command::{Command, MapOf, Tab, TourStep};
use super::super::model::{Model, OpenMap};
use super::super::panels::tour;
use super::places::Places;
use super::said::quiet;
use super::{MapView, bubbles, look};
use crate::render::palette;

impl MapView {
    /// How far dots have become bubbles: 0 while people are shown, 1 while communities are.
    pub(super) fn communities_share(&mut self, ui: &egui::Ui, model: &Model) -> f32 {
        let share = bubbles::changed(ui, model.flow_view.of == MapOf::Communities);
        if share <= 0.0 {
            self.bubbles.rest();
        }
        share
    }

    /// Draws the map of communities; while dots still become bubbles, over what the map of people looked like.
    pub(super) fn communities(
        &mut self,
        ui: &mut egui::Ui,
        response: &Response,
        (model, map): (&Model, &OpenMap),
        (places, share): (&Places, f32),
        inbox: &mut Vec<Command>,
    ) {
        let room = response.rect;
        let before = self.sight.filter(|sight| sight.rect == room);
        if let Some(sight) = before.filter(|_| share < 1.0) {
            self.picture(ui, model, places, &sight);
            let ground = look::veil(palette(model.theme).ground, (share * 255.0) as u8);
            ui.painter_at(room)
                .rect_filled(room, CornerRadius::ZERO, ground);
        }
        self.newest = share >= 1.0 && model.flows.is_some();
        let Some(flows) = &model.flows else {
            if share >= 1.0 {
                quiet(ui, room, "Counting what flows between communities…");
            }
            return;
        };
        if flows.bubbles.is_empty() {
            quiet(ui, room, "No community is shown that has a name");
        }
        let keep_out: [Rect; 2] = [
            self.flow_cards.legend_rect(room, model),
            self.flow_cards.switch_rect(room, model),
        ];
        let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room));
        inside.set_clip_rect(room.intersect(ui.clip_rect()));
        if response.has_focus() {
            response.surrender_focus(); // the bubbles take the keys
        }
        let people = before.map(|sight| sight.camera);
        self.bubbles.ui(
            &mut inside,
            (model, map),
            flows,
            (room, &keep_out),
            (share, people),
            inbox,
        );
        self.flow_cards.legend_ui(ui, model, flows, room, inbox);
        if response.clicked() && model.community.is_some() {
            inbox.push(Command::ShowCommunity(None));
        }
    }

    /// Tells the tour where a person is whom it may ask to click: the selected one, else the best bridge in sight, where no table shows them.
    pub(super) fn mark_for_tour(&self, ctx: &egui::Context, model: &Model, map: &OpenMap) {
        let (Some(tour), Some(sight)) = (&model.tour, &self.sight) else {
            return;
        };
        let step = tour.step;
        let chosen = model.selected.iter().filter(|_| step == TourStep::List);
        let candidates = chosen.chain(map.ranking.iter().take(25)).copied();
        let mut places = candidates.filter_map(|person| self.place_of(person));
        let in_sight = places.find(|(at, _)| sight.rect.shrink(12.0).contains(*at));
        if let Some((at, radius)) = in_sight
            && step == TourStep::List
            && model.tab != Tab::Bridges
        {
            let rect = Rect::from_center_size(at, Vec2::splat(2.0 * radius + 14.0));
            tour::here(ctx, model, step, rect);
        }
    }
}
