//! The small picture of how one person connects: drawn once by `egui_graphs` off screen, then shown as it is.
//!
//! `GraphView::show` asks for a repaint every time it runs, so it runs in an egui context of its own, whose wishes nobody
//! hears; its shapes are kept and painted into the card. An idle window stays idle.

use std::f32::consts::TAU;

use eframe::egui::{
    self, Align2, Color32, FontId, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo,
    WidgetType, epaint::CircleShape, pos2, vec2,
};
use egui_graphs::{
    DisplayEdge, DisplayNode, DrawContext, EdgeProps, Graph, GraphView, Layout, LayoutState,
    MetadataFrame, Node, NodeProps, SettingsInteraction, SettingsNavigation,
};
use petgraph::Undirected;
use petgraph::stable_graph::{DefaultIx, NodeIndex};

use super::figures;
use super::shown::Shown;
use crate::app::command::Command;
use crate::people::PersonId;
use crate::render::Theme;

/// Distance of the farthest contact from the person in the middle, in units of the picture.
const FAR_OUT: f32 = 100.0;
/// People with their name beside them, besides the one in the middle.
const NAMED: usize = 6;

/// The picture as drawn for one size and theme.
#[derive(Debug)]
pub(super) struct Picture {
    size: Vec2,
    theme: Theme,
    /// Whether a scene had given the communities their colours.
    coloured: bool,
    shapes: Vec<Shape>,
    /// Where everybody stands, from the picture's left top corner; the person in the middle first, then by strength.
    spots: Vec<(PersonId, Pos2)>,
}

/// What `egui_graphs` is to draw of a person.
#[derive(Debug, Clone)]
struct Spot {
    colour: Color32,
    radius: f32,
    ring: Option<Color32>,
}

/// A person as `egui_graphs` draws them: a plain dot, as on the map.
#[derive(Debug, Clone)]
struct PersonShape {
    spot: Spot,
    at: Pos2,
}

impl From<NodeProps<Spot>> for PersonShape {
    fn from(props: NodeProps<Spot>) -> Self {
        Self {
            at: props.location(),
            spot: props.payload,
        }
    }
}

impl DisplayNode<Spot, Stroke, Undirected, DefaultIx> for PersonShape {
    fn closest_boundary_point(&self, dir: Vec2) -> Pos2 {
        self.at + dir.normalized() * self.spot.radius
    }

    fn shapes(&mut self, ctx: &DrawContext<'_>) -> Vec<Shape> {
        let centre = ctx.meta.canvas_to_screen_pos(self.at);
        let dot = CircleShape::filled(centre, self.spot.radius, self.spot.colour);
        let ring = self.spot.ring.map(|colour| {
            CircleShape::stroke(centre, self.spot.radius + 3.0, Stroke::new(1.5, colour))
        });
        std::iter::once(dot).chain(ring).map(Shape::from).collect()
    }

    fn update(&mut self, state: &NodeProps<Spot>) {
        self.at = state.location();
    }

    fn is_inside(&self, pos: Pos2) -> bool {
        self.at.distance(pos) <= self.spot.radius
    }
}

/// A tie as `egui_graphs` draws it: a straight line.
#[derive(Debug, Clone)]
struct TieShape(Stroke);

impl From<EdgeProps<Stroke>> for TieShape {
    fn from(props: EdgeProps<Stroke>) -> Self {
        Self(props.payload)
    }
}

type End = Node<Spot, Stroke, Undirected, DefaultIx, PersonShape>;

impl DisplayEdge<Spot, Stroke, Undirected, DefaultIx, PersonShape> for TieShape {
    fn shapes(&mut self, start: &End, end: &End, ctx: &DrawContext<'_>) -> Vec<Shape> {
        let ends = [start.location(), end.location()];
        let ends = ends.map(|at| ctx.meta.canvas_to_screen_pos(at));
        vec![Shape::line_segment(ends, self.0)]
    }

    fn update(&mut self, _state: &EdgeProps<Stroke>) {}

    fn is_inside(&self, _start: &End, _end: &End, _pos: Pos2) -> bool {
        false
    }

    /// The same bounds for every tie, so that few contacts are drawn no larger than many.
    fn extra_bounds(&self, _start: &End, _end: &End) -> Option<(Pos2, Pos2)> {
        let corner = vec2(FAR_OUT, FAR_OUT);
        Some((Pos2::ZERO - corner, Pos2::ZERO + corner))
    }
}

/// The layout that leaves everybody where we put them.
#[derive(Debug, Default)]
struct Still;

/// What [`Still`] remembers: nothing.
#[derive(Debug, Default, Clone, serde::Serialize, serde::Deserialize)]
struct StillState;

impl LayoutState for StillState {}

impl Layout<StillState> for Still {
    fn from_state(_state: StillState) -> impl Layout<StillState> {
        Self
    }

    fn next<N, E, Ty, Ix, Dn, De>(&mut self, _: &mut Graph<N, E, Ty, Ix, Dn, De>, _: &Ui)
    where
        N: Clone,
        E: Clone,
        Ty: petgraph::EdgeType,
        Ix: petgraph::stable_graph::IndexType,
        Dn: DisplayNode<N, E, Ty, Ix>,
        De: DisplayEdge<N, E, Ty, Ix, Dn>,
    {
    }

    fn state(&self) -> StillState {
        StillState
    }
}

/// Draws the picture of `person` and their strongest `contacts`, made anew only when size or theme changed.
pub(super) fn connections_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (person, contacts): (PersonId, &[(PersonId, f64)]),
    kept: &mut Option<Picture>,
    inbox: &mut Vec<Command>,
) {
    let size = vec2(ui.available_width().floor(), 210.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let coloured = shown.map.scene.is_some();
    let fresh = kept.as_ref().is_some_and(|picture| {
        picture.size == size && picture.theme == shown.model.theme && picture.coloured == coloured
    });
    if !fresh {
        *kept = Some(draw(shown, person, contacts, size));
    }
    let Some(picture) = kept else { return };
    response.widget_info(|| {
        let people = figures::people(contacts.len() as u64);
        let label = format!("Picture of {} and {people}", shown.name(person));
        WidgetInfo::labeled(WidgetType::Image, true, label)
    });
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.rect_filled(rect, 8.0, shown.colours.field);
    painter.extend(picture.shapes.iter().cloned().map(|mut shape| {
        shape.translate(rect.min.to_vec2());
        shape
    }));
    names(&painter, shown, rect, &picture.spots);
    pointing(ui, shown, rect, &response, (person, &picture.spots), inbox);
}

/// Whom the pointer is on: told, ringed, and shown on a click.
fn pointing(
    ui: &Ui,
    shown: Shown<'_>,
    rect: Rect,
    response: &egui::Response,
    (person, spots): (PersonId, &[(PersonId, Pos2)]),
    inbox: &mut Vec<Command>,
) {
    let Some(pointer) = response.hover_pos() else {
        return;
    };
    let distance = |at: &Pos2| (*at + rect.min.to_vec2()).distance(pointer);
    let nearest = spots
        .iter()
        .min_by(|a, b| distance(&a.1).total_cmp(&distance(&b.1)));
    let Some(&(who, at)) = nearest.filter(|(_, at)| distance(at) < 10.0) else {
        return;
    };
    let ring = Stroke::new(1.5, shown.colours.text);
    ui.painter()
        .circle_stroke(at + rect.min.to_vec2(), 8.0, ring);
    ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    let community = shown.community_name(shown.community_of(who));
    response.show_tooltip_text(format!("{}\n{community}", shown.name(who)));
    if response.clicked() && who != person {
        inbox.push(Command::ShowPerson(who));
    }
}

/// Names of the strongest contacts, where they do not cover each other.
fn names(painter: &egui::Painter, shown: Shown<'_>, rect: Rect, spots: &[(PersonId, Pos2)]) {
    let mut taken: Vec<Rect> = spots
        .iter()
        .map(|(_, at)| Rect::from_center_size(*at + rect.min.to_vec2(), vec2(9.0, 9.0)))
        .collect();
    for (person, at) in spots.iter().skip(1).take(NAMED) {
        let name: String = shown.name(*person).chars().take(22).collect();
        let galley = painter.layout_no_wrap(name, FontId::proportional(11.0), shown.colours.text);
        let at = *at + rect.min.to_vec2();
        let (w, h) = (galley.size().x, galley.size().y);
        let places = [
            pos2(at.x + 8.0, at.y - h / 2.0),
            pos2(at.x - 8.0 - w, at.y - h / 2.0),
            pos2(at.x - w / 2.0, at.y - 8.0 - h),
            pos2(at.x - w / 2.0, at.y + 8.0),
        ];
        let room = places
            .into_iter()
            .map(|corner| Rect::from_min_size(corner, galley.size()))
            .find(|room| {
                rect.shrink(4.0).contains_rect(*room) && !taken.iter().any(|t| t.intersects(*room))
            });
        if let Some(room) = room {
            painter.rect_filled(
                room.expand2(vec2(2.0, 0.0)),
                3.0,
                shown.colours.field.gamma_multiply(0.8),
            );
            painter.galley(room.min, galley, shown.colours.text);
            taken.push(room);
        }
    }
    if spots.len() == 1 {
        let text = "No ties to anybody in this file";
        let font = FontId::proportional(12.0);
        let at = rect.center() + vec2(0.0, 24.0);
        painter.text(at, Align2::CENTER_CENTER, text, font, shown.colours.weak);
    }
}

/// Lets `egui_graphs` draw the picture, off screen.
fn draw(shown: Shown<'_>, person: PersonId, contacts: &[(PersonId, f64)], size: Vec2) -> Picture {
    let mut graph: Graph<Spot, Stroke, Undirected, DefaultIx, PersonShape, TieShape> = Graph::new();
    let people = places(shown, person, contacts, size.x / size.y);
    let numbers: Vec<NodeIndex> = people
        .iter()
        .map(|&(who, at)| graph.add_node_with_location(spot(shown, who, person), at))
        .collect();
    add_ties(shown, &mut graph, &people, &numbers, contacts);
    let mut from_canvas: Option<MetadataFrame> = None;
    let input = egui::RawInput {
        screen_rect: Some(Rect::from_min_size(Pos2::ZERO, size)),
        ..egui::RawInput::default()
    };
    let mut output = egui::Context::default().run_ui(input, |ui| {
        let still = SettingsInteraction::new()
            .with_dragging_enabled(false)
            .with_hover_enabled(false);
        let fitted = SettingsNavigation::new().with_fit_to_screen_padding(0.12);
        GraphView::<StillState, Still>::new()
            .with_interactions(&still)
            .with_navigations(&fitted)
            .show(ui, &mut graph);
        from_canvas = Some(MetadataFrame::new(None).load(ui));
    });
    let shapes = std::mem::take(&mut output.shapes);
    output.drop_without_applying_deltas();
    let to_screen = |at: Pos2| {
        let frame = from_canvas.as_ref();
        frame.map_or(at, |frame| frame.canvas_to_screen_pos(at))
    };
    Picture {
        size,
        theme: shown.model.theme,
        coloured: shown.map.scene.is_some(),
        shapes: shapes.into_iter().map(|clipped| clipped.shape).collect(),
        spots: people
            .into_iter()
            .map(|(who, at)| (who, to_screen(at)))
            .collect(),
    }
}

fn spot(shown: Shown<'_>, who: PersonId, middle: PersonId) -> Spot {
    let size = shown.map.sizes.radius.get(who.index()).copied();
    let radius = size.unwrap_or(3.0).clamp(2.0, 7.0) * 0.7 + 1.6;
    Spot {
        colour: shown.person_colour(who),
        radius,
        ring: (who == middle).then_some(shown.colours.text),
    }
}

/// Ties of the person in the middle, stronger ones wider; and, faintly, ties among the contacts.
fn add_ties(
    shown: Shown<'_>,
    graph: &mut Graph<Spot, Stroke, Undirected, DefaultIx, PersonShape, TieShape>,
    people: &[(PersonId, Pos2)],
    numbers: &[NodeIndex],
    contacts: &[(PersonId, f64)],
) {
    let ties = &shown.map.results.graph.ties;
    let faint = Stroke::new(1.0, shown.colours.weak.gamma_multiply(0.22));
    for (i, (a, _)) in people.iter().enumerate().skip(1) {
        if a.index() >= ties.n_people() {
            continue;
        }
        let (row, _) = ties.row(a.index());
        for (j, (b, _)) in people.iter().enumerate().skip(i + 1) {
            if row.binary_search(&b.0).is_ok()
                && let (Some(&x), Some(&y)) = (numbers.get(i), numbers.get(j))
            {
                graph.add_edge(x, y, faint);
            }
        }
    }
    let strongest = contacts.first().map_or(1.0, |(_, strength)| *strength);
    for (i, (who, _)) in people.iter().enumerate().skip(1) {
        let strength = contacts
            .iter()
            .find(|(contact, _)| contact == who)
            .map_or(0.0, |(_, strength)| *strength);
        let share = (strength / strongest.max(f64::MIN_POSITIVE)) as f32;
        let colour = shown.person_colour(*who).gamma_multiply(0.35 + 0.4 * share);
        if let (Some(&x), Some(&y)) = (numbers.first(), numbers.get(i)) {
            graph.add_edge(x, y, Stroke::new(0.8 + 2.0 * share, colour));
        }
    }
}

/// The person in the middle, each community in a sector of its own, stronger contacts nearer; then everybody by strength.
fn places(
    shown: Shown<'_>,
    person: PersonId,
    contacts: &[(PersonId, f64)],
    width_by_height: f32,
) -> Vec<(PersonId, Pos2)> {
    let mut order: Vec<usize> = (0..contacts.len()).collect();
    let community = |at: &usize| {
        let who = contacts.get(*at).map(|(who, _)| *who);
        who.and_then(|who| shown.community_of(who))
            .map_or(u32::MAX, |c| c.0)
    };
    order.sort_by_key(|at| (community(at), *at));
    let sectors = {
        let mut of: Vec<u32> = order.iter().map(community).collect();
        of.dedup();
        of.len()
    };
    let gap = if sectors > 1 { 0.22 } else { 0.0 };
    let step = (TAU - gap * sectors as f32) / contacts.len().max(1) as f32;
    // A little wider than high, as its room is.
    let stretch = (width_by_height * 0.9).clamp(1.0, 2.1);
    let mut out = vec![(person, Pos2::ZERO)];
    let mut angle = -TAU / 4.0;
    let mut before = None;
    let mut placed: Vec<(usize, (PersonId, Pos2))> = Vec::with_capacity(order.len());
    for at in &order {
        let here = community(at);
        if before.is_some_and(|before| before != here) {
            angle += gap;
        }
        before = Some(here);
        if let Some((who, _)) = contacts.get(*at) {
            let share = *at as f32 / contacts.len().max(2) as f32;
            // Neighbours in a sector stand at different distances, so that their names find room.
            let far = FAR_OUT * (0.55 + 0.35 * share + if at % 2 == 0 { 0.0 } else { 0.1 });
            let middle = angle + step / 2.0;
            let spot = pos2(far * libm::cosf(middle) * stretch, far * libm::sinf(middle));
            placed.push((*at, (*who, spot)));
        }
        angle += step;
    }
    placed.sort_by_key(|(at, _)| *at);
    out.extend(placed.into_iter().map(|(_, spot)| spot));
    out
}
