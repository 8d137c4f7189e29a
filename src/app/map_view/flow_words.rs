//! What is said of bubbles and flows: tooltips, and what screen readers call them.

use eframe::egui::{self, Color32, RichText, Sense, Ui, vec2};

use super::super::model::{Model, OpenMap};
use super::look;
use crate::analysis::CommunityId;
use crate::explore::{Flow, FlowMap, NotDrawn};
use crate::people::{PersonId, counted};
use crate::render::{palette, shorten, thousands};

/// Flows told of one bubble.
const TOLD: usize = 5;
/// Bridges told of one flow.
const BRIDGES: usize = 3;
/// The longest name, in graphemes.
const LONGEST: usize = 26;

fn whole_name(map: &OpenMap, id: CommunityId) -> &str {
    let list = &map.results.analysis.communities.list;
    list.get(id.index()).map_or("", |community| &community.name)
}

fn name(map: &OpenMap, id: CommunityId) -> String {
    shorten(whole_name(map, id), LONGEST)
}

fn person(map: &OpenMap, id: PersonId) -> String {
    let people = &map.results.graph.people;
    let name = people.get(id.index()).map_or("?", |person| &person.name);
    shorten(name, LONGEST)
}

/// A number of interactions; those of files with weights may have fractions.
fn amount(value: f64) -> String {
    if (value - value.round()).abs() < 0.05 {
        thousands(value.round().max(0.0) as u64)
    } else {
        format!("{value:.1}")
    }
}

/// The other end of a flow, seen from bubble `at`; `None` where it is not of that bubble.
fn other_end(flow: &Flow, at: usize) -> Option<usize> {
    match flow.bubbles {
        [a, b] if a == at => Some(b),
        [a, b] if b == at => Some(a),
        _ => None,
    }
}

/// What screen readers call a bubble: its name, people, and with whom most is talked.
pub(super) fn of_bubble(map: &OpenMap, flows: &FlowMap, at: usize) -> String {
    let Some(bubble) = flows.bubbles.get(at) else {
        return String::new();
    };
    let people = counted(u64::from(bubble.people), "person", "people");
    let strongest = flows.flows.iter().find_map(|flow| other_end(flow, at));
    let strongest = strongest.and_then(|other| flows.bubbles.get(other));
    let most = strongest.map_or_else(
        || "tied to no other community".to_owned(),
        |other| format!("tied most to {}", whole_name(map, other.community)),
    );
    let name = whole_name(map, bubble.community);
    format!("{name}, {people}, {most}")
}

/// A dot of a community's colour before its name.
fn community_ui(ui: &mut Ui, (model, map): (&Model, &OpenMap), id: CommunityId) {
    let communities = &map.results.analysis.communities;
    let colour = look::opaque(palette(model.theme).community(communities, id));
    spot(ui, colour);
    ui.label(name(map, id));
}

fn spot(ui: &mut Ui, colour: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(11.0, 11.0), Sense::hover());
    ui.painter().circle_filled(rect.center(), 4.5, colour);
}

fn small(words: impl Into<String>) -> RichText {
    RichText::new(words.into()).small().weak()
}

/// The tooltip of a bubble: its strongest flows, and what a click does.
pub(super) fn bubble_ui(ui: &mut Ui, (model, map): (&Model, &OpenMap), flows: &FlowMap, at: usize) {
    let Some(bubble) = flows.bubbles.get(at) else {
        return;
    };
    ui.spacing_mut().interact_size.y = 16.0;
    ui.spacing_mut().item_spacing.y = 3.0;
    ui.horizontal(|ui| community_ui(ui, (model, map), bubble.community));
    ui.label(small(counted(u64::from(bubble.people), "person", "people")));
    let of = flows.flows.iter();
    let of: Vec<(&Flow, usize)> = of
        .filter_map(|flow| Some((flow, other_end(flow, at)?)))
        .collect();
    for (flow, other) in of.iter().take(TOLD) {
        if let Some(other) = flows.bubbles.get(*other) {
            ui.horizontal(|ui| {
                community_ui(ui, (model, map), other.community);
                ui.label(small(ties(flow)));
            });
        }
    }
    if of.len() > TOLD {
        let more = (of.len() - TOLD) as u64;
        let words = counted(more, "more community", "more communities");
        ui.label(small(format!("and {words}")));
    }
    ui.label(small("Click for its card, double-click to open it"));
}

fn ties(flow: &Flow) -> String {
    counted(flow.ties, "tie", "ties")
}

/// The tooltip of a flow: both directions, people and ties, and who bridges it best.
pub(super) fn flow_ui(
    ui: &mut egui::Ui,
    (model, map): (&Model, &OpenMap),
    flows: &FlowMap,
    flow: &Flow,
) {
    let ends = flow.bubbles.map(|at| flows.bubbles.get(at));
    let [Some(one), Some(other)] = ends else {
        return;
    };
    let both = [one.community, other.community];
    ui.spacing_mut().interact_size.y = 16.0;
    ui.spacing_mut().item_spacing.y = 3.0;
    for (from, to, n) in directions(both, flow) {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 5.0;
            community_ui(ui, (model, map), from);
            ui.label("→");
            community_ui(ui, (model, map), to);
            ui.label(RichText::new(amount(n)).strong());
        });
    }
    let undirected = flow.undirected;
    if undirected > 0.0 {
        let n = amount(undirected);
        ui.label(format!("{n} interactions without a direction"));
    } else {
        ui.label(small("Interactions in either direction"));
    }
    let people = counted(u64::from(flow.people), "person", "people");
    ui.label(small(format!("{people}, {}", ties(flow))));
    let bridges = flow.bridges.iter().take(BRIDGES);
    let bridges: Vec<String> = bridges.map(|(id, _)| person(map, *id)).collect();
    if bridges.is_empty() {
        ui.label(small("Nobody has more ties here than expected"));
    } else {
        ui.label(small(format!("Best bridges {}", bridges.join(", "))));
        ui.label(small("Click to select them"));
    }
}

/// From, to, and how many interactions: there and back, where they have a direction.
fn directions([one, other]: [CommunityId; 2], flow: &Flow) -> Vec<(CommunityId, CommunityId, f64)> {
    let [there, back] = flow.interactions;
    if there + back > 0.0 {
        vec![(one, other, there), (other, one, back)]
    } else {
        Vec::new()
    }
}

/// Who is in no bubble: one line each.
pub(super) fn not_drawn(left: NotDrawn) -> Vec<String> {
    let people = |n: u32| counted(u64::from(n), "person", "people");
    let mut lines = Vec::new();
    if left.communities > 0 {
        let n = counted(
            u64::from(left.communities),
            "smaller community",
            "smaller communities",
        );
        lines.push(format!("Not drawn: {n}, {}", people(left.in_communities)));
    }
    if left.small_groups > 0 {
        let n = counted(u64::from(left.small_groups), "small group", "small groups");
        lines.push(format!("Not drawn: {n}, {}", people(left.in_small_groups)));
    }
    if left.without_ties > 0 {
        lines.push(format!(
            "Not drawn: {} without ties",
            people(left.without_ties)
        ));
    }
    lines
}
