//! The map in the window: drawing, camera, pointing, gestures.
//!
//! Ties and dots are a picture that the GPU or the CPU draws only when it would differ ([`layer`]); the pointer's light, names,
//! card and legend are drawn over it in every frame. At rest nothing asks for another frame.
//!
//! Normally the GPU draws where there is a real one, else the CPU; [`Renderer`] says otherwise.

mod bubble_look;
mod bubbles;
mod budget;
mod card;
mod communities;
mod corners;
mod edges;
mod flow_cards;
mod flow_words;
mod gestures;
mod gpu;
mod gpu_land;
mod instances;
mod layer;
mod legend;
mod lit;
mod look;
mod marks;
mod motion;
mod names;
mod nobody;
mod overlay;
mod overview;
mod places;
mod places_worker;
mod plates;
mod playing;
mod raster_worker;
mod said;
mod shot;
mod sight;
#[cfg(test)]
mod tests;
mod view;

use std::sync::Arc;

use eframe::egui::{self, CursorIcon, Rect, Sense, WidgetInfo, WidgetType};

use self::bubbles::Bubbles;
use self::card::{Around, Card};
use self::edges::Arrow;
use self::flow_cards::FlowCards;
use self::gestures::{Drag, Gestures};
use self::layer::{Drawer, Layer};
use self::legend::LegendBox;
use self::lit::Lights;
use self::marks::OnList;
use self::motion::Motion;
use self::names::Names;
use self::overlay::Overlay;
use self::overview::Overview;
use self::places::Places;
use self::places_worker::PlacesWorker;
use self::said::{described, quiet};
use self::shot::{Shot, shot_of};
use self::sight::Sight;
use self::view::{REST_SECS, View};
use super::Renderer;
use super::command::Command;
use super::exports::Shown;
use super::model::{LayoutNow, Model, OpenMap};
use crate::people::PersonId;
use crate::progress::Stage;
use crate::render::palette;
use crate::session::Conversation;

/// So few ties are drawn in no time anywhere: nothing is to be learned from them.
const FEW_TIES: usize = 3_000;

/// The map's own view state: camera, what the pointer is on, cached pictures.
pub struct MapView {
    layer: Layer,
    view: View,
    places: Option<Places>,
    /// Revisions of the newest places there were. They never start again: what the GPU holds of another map must not pass for
    /// this one's.
    revisions: (u64, u64),
    /// Whose map the camera belongs to.
    conversation: Option<Arc<Conversation>>,
    gestures: Gestures,
    names: Names,
    card: Card,
    legend: LegendBox,
    overview: Overview,
    on_list: OnList,
    lights: Lights,
    bubbles: Bubbles,
    flow_cards: FlowCards,
    /// A dot that was let go but whose new place has not come back yet, with the version of the positions before.
    held: Option<(PersonId, [f32; 2], u64)>,
    /// When positions or scene changed last, and to which revision.
    changed: (f64, u64),
    motion: Motion,
    coming: PlacesWorker,
    /// The places are those of the map as it is now.
    current: bool,
    /// The last frame moved the map, so that the time to this one says how long a picture takes.
    moved: bool,
    sight: Option<Sight>,
    newest: bool,
}

impl MapView {
    /// Makes the GPU's pipelines where eframe runs on wgpu; elsewhere the map is drawn by the CPU.
    pub fn new(cc: &eframe::CreationContext<'_>) -> Self {
        Self::drawn_by(cc, None)
    }

    /// Has whom `renderer` names draw the map.
    pub fn with_renderer(cc: &eframe::CreationContext<'_>, renderer: Renderer) -> Self {
        match renderer {
            Renderer::Auto => Self::new(cc),
            Renderer::Gpu => Self::drawn_by_gpu(cc),
            Renderer::Gl | Renderer::Cpu => Self::drawn_by_cpu(cc),
        }
    }

    /// Has the GPU draw, even one that the CPU imitates; the CPU where there is none at all.
    pub fn drawn_by_gpu(cc: &eframe::CreationContext<'_>) -> Self {
        Self::drawn_by(cc, Some(Drawer::Gpu))
    }

    /// Has the CPU draw.
    pub fn drawn_by_cpu(cc: &eframe::CreationContext<'_>) -> Self {
        Self::drawn_by(cc, Some(Drawer::Cpu))
    }

    fn drawn_by(cc: &eframe::CreationContext<'_>, wanted: Option<Drawer>) -> Self {
        Self {
            layer: Layer::new(cc.wgpu_render_state.as_ref(), wanted),
            view: View::new(),
            places: None,
            revisions: (0, 0),
            conversation: None,
            gestures: Gestures::default(),
            names: Names::default(),
            card: Card::new(),
            legend: LegendBox::new(),
            overview: Overview::default(),
            on_list: OnList::default(),
            lights: Lights::default(),
            bubbles: Bubbles::default(),
            flow_cards: FlowCards::default(),
            held: None,
            changed: (f64::NEG_INFINITY, 0),
            motion: Motion::default(),
            coming: PlacesWorker::new(),
            current: false,
            moved: false,
            sight: None,
            newest: false,
        }
    }

    /// Forgets the camera: the next picture shows the whole map.
    pub fn fit_all(&mut self) {
        self.view.fit_all();
    }

    /// Goes on with the camera as it is, although the map is another one: its people stand where they stood.
    pub(super) fn go_on_with(&mut self, conversation: &Arc<Conversation>) {
        self.conversation = Some(Arc::clone(conversation));
        self.gestures = Gestures::default();
        self.held = None;
    }

    /// Forgets the map that was shown; returns what is large of it, to be freed elsewhere.
    pub(super) fn forget_map(&mut self) -> impl Send + 'static {
        self.layer.forget();
        self.view.reset();
        self.names = Names::default();
        self.card = Card::new();
        self.overview = Overview::default();
        self.on_list = OnList::default();
        self.lights = Lights::default();
        self.gestures = Gestures::default();
        (self.held, self.sight, self.newest) = (None, None, false);
        self.motion.forget();
        self.coming.forget();
        (self.places.take(), self.conversation.take())
    }

    /// Moves the camera so that these people are in sight, one person with their surroundings.
    pub fn fly_to(&mut self, people: &[PersonId], map: &OpenMap) {
        let Some(positions) = &map.positions else {
            return;
        };
        let mut places = people.iter().filter_map(|p| positions.of(p.index()));
        let Some(first) = places.next() else { return };
        let bounds = places.fold((first, first), |(low, high), p| {
            (
                [low[0].min(p[0]), low[1].min(p[1])],
                [high[0].max(p[0]), high[1].max(p[1])],
            )
        });
        self.view.fly_to(bounds);
    }

    /// What the window shows of the map; `None` before its first picture.
    pub(super) fn shown(&self) -> Option<Shown> {
        let (sight, places) = (self.sight.as_ref()?, self.places.as_ref()?);
        Some(Shown {
            camera: sight.camera,
            size: sight.size(),
            names: names::most_people(places, sight) as u32,
        })
    }

    /// Whether the GPU draws.
    pub fn uses_gpu(&self) -> bool {
        self.layer.drawer() == Drawer::Gpu
    }

    /// Whether what was shown last is the newest picture with all its ties: nothing is on its way.
    pub fn is_settled(&self) -> bool {
        self.newest
    }

    /// Whether the map is on the screen, in whatever state.
    pub(super) fn shows_map(&self) -> bool {
        self.places.is_some() && self.layer.shows_any()
    }

    /// Pictures of ties and dots that were drawn so far.
    pub(super) fn n_drawn(&self) -> u64 {
        self.layer.n_drawn
    }

    /// Whether the newest places of the newest scene are on the screen, with however many ties.
    pub(super) fn shows_newest(&self) -> bool {
        self.places
            .as_ref()
            .is_some_and(|places| self.layer.shows_revision(places.revision))
    }

    /// Where `person` was on the screen in the last frame, in points, and how large; `None` for people not shown.
    pub fn place_of(&self, person: PersonId) -> Option<(egui::Pos2, f32)> {
        let (sight, places) = (self.sight.as_ref()?, self.places.as_ref()?);
        let i = places.dot_of(person)?;
        let dot = places.scene.dots.get(i)?;
        Some((
            sight.screen_from_map(places.of(i)?),
            sight.radius(dot.radius),
        ))
    }

    /// Draws the map into all the room that `ui` has, takes gestures, and asks for what they mean.
    pub fn ui(&mut self, ui: &mut egui::Ui, model: &Model, inbox: &mut Vec<Command>) {
        let rect = ui.available_rect_before_wrap();
        let response = ui.allocate_rect(rect, Sense::click_and_drag());
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0, look::opaque(palette(model.theme).ground));
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, described(model)));
        let Some(map) = &model.map else {
            self.places = None;
            return;
        };
        self.renew(ui, map, model.working.is_none());
        let Some(places) = self.places.take() else {
            self.newest = false;
            quiet(ui, rect, "Laying out the map…");
            return;
        };
        if rect.width() >= 1.0 && rect.height() >= 1.0 {
            let share = self.communities_share(ui, model);
            if share > 0.0 {
                self.communities(ui, &response, (model, map), (&places, share), inbox);
            } else {
                self.frame(ui, &response, model, map, &places, inbox);
            }
            self.flow_cards.switch_ui(ui, model, rect, inbox);
        }
        self.places = Some(places);
        self.mark_for_tour(ui.ctx(), model, map);
    }

    /// Takes in a new map, or new positions of this one; `last`: no others are on their way.
    fn renew(&mut self, ui: &egui::Ui, map: &OpenMap, last: bool) {
        let conversation = &map.results.conversation;
        let same = self
            .conversation
            .as_ref()
            .is_some_and(|held| Arc::ptr_eq(held, conversation));
        if !same {
            self.conversation = Some(Arc::clone(conversation));
            self.view.reset();
            self.motion.forget();
            self.coming.forget();
            self.gestures = Gestures::default();
            self.held = None;
        }
        self.renew_places(ui, map, last);
        if let Some(places) = &self.places {
            self.revisions = (places.revision, places.scene_revision);
        }
        let revision = self.revisions.0;
        if revision != self.changed.1 {
            self.changed = (ui.input(|i| i.time), revision);
        }
        // Let go until its new place is shown.
        let version = self.places.as_ref().map(Places::positions_version);
        self.held = self
            .held
            .filter(|(.., before)| version.is_some_and(|version| version <= *before));
    }

    fn renew_places(&mut self, ui: &egui::Ui, map: &OpenMap, last: bool) {
        let (Some(scene), Some(to)) = (&map.scene, &map.positions) else {
            self.places = None;
            self.coming.forget();
            return;
        };
        let now = ui.input(|i| i.time);
        let moves = ui.style().animation_time > 0.0;
        let shown = self
            .motion
            .step(to, map.positions_version, now, (moves, last));
        if self.motion.goes_on() {
            ui.ctx().request_repaint();
        }
        let mut newest = self.revisions;
        if let Some(made) = self.coming.take() {
            newest = (made.revision, made.scene_revision);
            self.places = Some(made);
        }
        let order = Places::order(self.places.as_ref(), map, scene, &shown, newest);
        if let Some(made) = order.and_then(|order| self.coming.ask(ui.ctx(), order)) {
            self.places = Some(made);
        }
        self.current = self.places.as_ref().is_some_and(|places| {
            Places::order(Some(places), map, scene, &shown, newest).is_none()
        });
    }

    fn frame(
        &mut self,
        ui: &mut egui::Ui,
        response: &egui::Response,
        model: &Model,
        map: &OpenMap,
        places: &Places,
        inbox: &mut Vec<Command>,
    ) {
        let sight = self.look(ui, response, (model, map), places, inbox);
        self.sight = Some(sight);
        self.picture(ui, model, places, &sight);
        let painter = ui.painter_at(sight.rect);
        let hovered = self.hovered(ui, response, places, &sight);
        let overlay = Overlay {
            painter: &painter,
            sight: &sight,
            places,
            theme: model.theme,
            held: self.held_now(),
        };
        let arrows = self.over_map(&overlay, (model, map), hovered);
        let n_in_part = places.scene.part.as_deref().map(|part| part.counts);
        match n_in_part.filter(|counts| counts.tied == 0) {
            Some(counts) => nobody::nobody_ui(ui, sight.rect, model, counts, inbox),
            None if places.scene.dots.is_empty() => {
                quiet(ui, sight.rect, "Nobody here is tied to anybody else");
            }
            None => {}
        }
        self.cards(ui, &overlay, (model, map), arrows, inbox);
    }

    /// Draws what lies on the map itself: lit ties, marks, names. Returns the arrows that the names have made way for.
    fn over_map(
        &mut self,
        overlay: &Overlay<'_>,
        (model, map): (&Model, &OpenMap),
        hovered: Option<usize>,
    ) -> Vec<Arrow> {
        let Overlay {
            painter,
            sight,
            places,
            ..
        } = *overlay;
        let pointed_at = hovered.and_then(|i| Some(places.scene.dots.get(i)?.person));
        let lighting = self.lights.renew(&model.selected, pointed_at, map, places);
        let playing = model.lit_people();
        let lighting = lighting.filter(|lighting| playing.is_none() || lighting.by_pointer);
        let (legend, closed) = (self.legend.rect(), model.map_cards.overview_closed);
        self.overview.find_room(closed, sight, places, legend);
        let mut keep_out: Vec<Rect> = legend.into_iter().chain(self.overview.rect()).collect();
        keep_out.push(self.flow_cards.switch_rect(sight.rect, model));
        let arrows = overlay.arrows(&model.selected, &keep_out);
        keep_out.extend(self.card.rect());
        keep_out.extend(arrows.iter().map(Arrow::rect));
        let people = &map.results.graph.people;
        let mut plates = overlay.plates_of(&model.selected, hovered, people);
        if let Some(lighting) = lighting.filter(|lighting| !lighting.by_pointer) {
            let both = lighting.lit.common();
            overlay.plates_where_free(both, people, &keep_out, &mut plates);
        }
        // Names do not give way to the pointer: they would hop about under it.
        let still = plates.iter().filter(|p| Some(p.person) != pointed_at);
        keep_out.extend(still.map(|plate| plate.rect));
        self.names.renew(painter, sight, places, &keep_out);
        match (lighting, playing) {
            (Some(lighting), _) => overlay.light(lighting),
            (None, Some(people)) => overlay.light_people(people),
            (None, None) => {}
        }
        if let Some(i) = hovered {
            overlay.ring_of(i);
        }
        self.on_list.renew(model, map, places.revision);
        overlay.selection(&model.selected);
        overlay.marks(model, &self.on_list, pointed_at);
        let back = (model.isolated, playing);
        self.names.draw(overlay, &plates, lighting, back);
        for plate in &plates {
            names::plate(painter, model.theme, plate.rect, &plate.text);
        }
        match self.gestures.drag() {
            Some(Drag::Box(from, to)) => overlay.selection_box(*from, *to),
            Some(Drag::Lasso(line)) => overlay.lasso(line),
            _ => {}
        }
        arrows
    }

    /// Draws what lies above the map: legend, overview, arrows, and the card of the selected person.
    fn cards(
        &mut self,
        ui: &mut egui::Ui,
        overlay: &Overlay<'_>,
        (model, map): (&Model, &OpenMap),
        arrows: Vec<Arrow>,
        inbox: &mut Vec<Command>,
    ) {
        let marks = self.on_list.marks(model);
        let legend = &overlay.places.scene.legend;
        self.legend
            .ui(ui, model, legend, &marks, overlay.sight, inbox);
        self.overview.ui(ui, overlay, &mut self.view, inbox);
        if let Some(people) = overlay.arrows_ui(ui, arrows, &map.results.graph.people) {
            self.fly_to(&people, map);
            ui.ctx().request_repaint();
        }
        if self.gestures.drag().is_some() {
            self.card.give_way();
            return;
        }
        let keep_out: Vec<Rect> = self
            .legend
            .rect()
            .into_iter()
            .chain(self.overview.rect())
            .chain([self.flow_cards.switch_rect(overlay.sight.rect, model)])
            .collect();
        let around = Around {
            keep_out: &keep_out,
            near: overlay.nearest(&model.selected, self.lights.tied_to_selection()),
        };
        self.card.ui(ui, model, map, overlay, &around, inbox);
    }

    /// Takes the gestures and says where the map is seen from in this frame.
    fn look(
        &mut self,
        ui: &egui::Ui,
        response: &egui::Response,
        (model, map): (&Model, &OpenMap),
        places: &Places,
        inbox: &mut Vec<Command>,
    ) -> Sight {
        let now = ui.input(|i| i.time);
        let size = response.rect.size().into();
        let flies = ui.style().animation_time > 0.0;
        let (room, legend) = (response.rect.size(), &places.scene.legend);
        let inset = self.legend.inset(room, legend, model.map_cards.legend);
        self.view.leave_free(inset, &places.some);
        let (camera, _) = self.view.step(places.bounds, size, now, flies);
        let mut sight = Sight {
            rect: response.rect,
            camera,
            pixels_per_point: ui.ctx().pixels_per_point(),
        };
        let asked = inbox.len();
        self.gestures
            .take(ui, response, &sight, places, &mut self.view, inbox);
        for command in inbox.iter().skip(asked) {
            if let Command::Pin(person, at) = command {
                self.held = Some((*person, *at, map.positions_version));
            }
        }
        // What the gestures moved is seen in this frame already.
        let (camera, flies_on) = self.view.step(places.bounds, size, now, flies);
        sight.camera = camera;
        if flies_on {
            ui.ctx().request_repaint();
        }
        sight
    }

    /// Shows the picture of ties and dots, and sees to it that a better one follows where there is one.
    fn picture(&mut self, ui: &egui::Ui, model: &Model, places: &Places, sight: &Sight) {
        let now = ui.input(|i| i.time);
        let streams = (self.changed.0 + REST_SECS - now).max(0.0);
        let rests_in = self.view.rests_in(now).unwrap_or(0.0).max(streams);
        // While the layout runs the next positions are on their way: pictures with more ties would only take its time.
        let laying_out = model.layout != LayoutNow::Paused
            && model.working.is_some_and(|w| {
                let stage = w.standing.stage;
                matches!(stage, Stage::Communities | Stage::Bridges | Stage::Layout)
            });
        let rests = rests_in <= 0.0 && !laying_out;
        let all = places.scene.ties.len();
        let most = self.layer.largest_side(ui.ctx());
        let shot = Shot {
            theme: model.theme,
            revision: places.revision,
            ties: self.layer.ties(all, rests),
            ..shot_of(sight, most)
        };
        // Only while a person moves the camera: frames then follow each other without a pause, see below.
        let moves = self.view.rests_in(now).is_some();
        let frame_secs = (self.moved && moves).then(|| ui.input(|i| f64::from(i.unstable_dt)));
        self.moved = moves;
        let waits = laying_out && !moves && !self.motion.goes_on();
        let picture = self
            .layer
            .picture(ui.ctx(), places, shot, waits, frame_secs);
        if let Some((texture, shown)) = picture {
            let [a, b] = shown.corners_in(&shot);
            let corner = |p: [f32; 2]| sight.rect.min + egui::vec2(p[0], p[1]);
            let at = Rect::from_min_max(corner(a), corner(b));
            let whole = Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
            ui.painter_at(sight.rect)
                .image(texture, at, whole, egui::Color32::WHITE);
        }
        let complete = shot.ties == self.layer.ties(all, true);
        self.newest = complete && self.layer.shows(&shot) && !self.motion.goes_on() && self.current;
        if moves && self.uses_gpu() && all > FEW_TIES {
            // Frame after frame until it rests, so that their pace tells how many ties the GPU keeps up with.
            ui.ctx().request_repaint();
        } else if !rests && !complete && !laying_out {
            let wait = std::time::Duration::from_secs_f64(rests_in + 0.001);
            ui.ctx().request_repaint_after(wait);
        }
    }

    /// The dot under the pointer, or the one that is being dragged.
    fn hovered(
        &self,
        ui: &egui::Ui,
        response: &egui::Response,
        places: &Places,
        sight: &Sight,
    ) -> Option<usize> {
        match self.gestures.drag() {
            Some(Drag::Dot { person, .. }) => {
                ui.set_cursor_icon(CursorIcon::Grabbing);
                return places.dot_of(*person);
            }
            Some(Drag::Pan(_)) => {
                ui.set_cursor_icon(CursorIcon::Grabbing);
                return None;
            }
            Some(Drag::Box(..) | Drag::Lasso(_)) => {
                ui.set_cursor_icon(CursorIcon::Crosshair);
                return None;
            }
            None => {}
        }
        let hovered = places.pick(sight, response.hover_pos()?)?;
        ui.set_cursor_icon(CursorIcon::PointingHand);
        Some(hovered)
    }

    fn held_now(&self) -> Option<(PersonId, [f32; 2])> {
        if let Some(Drag::Dot { person, at, .. }) = self.gestures.drag() {
            return Some((*person, *at));
        }
        self.held.map(|(person, at, _)| (person, at))
    }
}
