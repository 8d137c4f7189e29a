//! The ranked table of bridges: one row a person, virtual, each row one button with a name.

use eframe::egui::{
    Align, Button, Id, Label, Layout, Rect, Response, RichText, ScrollArea, Sense, TextStyle, Ui,
    WidgetInfo, WidgetType, pos2, vec2,
};

use super::PanelState;
use super::figures;
use super::icons::{Icon, paint};
use super::pairs::pairs_ui;
use super::rows::Rows;
use super::shown::{Shown, figure};
use super::widgets::{
    bar, cell, half, halves, icon_button_at, menu_button, menu_choice, nothing_here, notice,
    row_ground,
};

use crate::app::command::{Command, Drawer, RankBy};
use crate::app::words::{self, Measure, measure_tip};
use crate::people::PersonId;

/// Height of a row, in points.
const ROW: f32 = 42.0;
/// Room for "± 80" behind a value, in points.
const ERROR: f32 = 44.0;
/// Room for the + at the end of a row, in points.
const ADD: f32 = 32.0;

/// A column besides place, person and +.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// What the table is ranked by, with a bar.
    Value,
    /// Connections across of all connections.
    Across,
    /// Communities reached.
    Communities,
    /// Reach.
    Reach,
    /// Share of the runs in which the person is a top bridge.
    Stability,
}

impl Column {
    /// From the one that is never left out to the first that is when the panel is narrow; with widths in points.
    const BY_NEED: [(Self, f32); 5] = [
        (Self::Value, 66.0),
        (Self::Across, 62.0),
        (Self::Communities, 52.0),
        (Self::Reach, 54.0),
        (Self::Stability, 52.0),
    ];

    fn title(self, by: RankBy) -> &'static str {
        match self {
            Self::Value => match by {
                RankBy::BridgeScore => "Score",
                RankBy::ConnectionsAcross => "Across",
                RankBy::CommunitiesReached => "Reached",
                RankBy::Connections => "Ties",
                RankBy::Betweenness => "Between",
                RankBy::Reach => "Reach",
            },
            Self::Across => "Across",
            Self::Communities => "Comm.",
            Self::Reach => "Reach",
            Self::Stability => "Steady",
        }
    }

    fn tip(self, by: RankBy) -> &'static str {
        match self {
            Self::Value => words::rank_words(by),
            Self::Across => measure_tip(Measure::ConnectionsAcross),
            Self::Communities => measure_tip(Measure::CommunitiesReached),
            Self::Reach => measure_tip(Measure::Reach),
            Self::Stability => measure_tip(Measure::Stability),
        }
    }
}

/// Draws the people, or the pairs of communities that they join.
pub(super) fn bridges_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    views_ui(ui, shown, inbox);
    if shown.model.pairs_shown {
        pairs_ui(ui, shown, &mut state.chosen_pair, inbox);
    } else {
        people_ui(ui, shown, &mut state.rows, inbox);
    }
}

/// People or pairs; and the way to the scatter plots.
fn views_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        halves(ui, shown.colours, |ui| {
            for (label, pairs) in [("People", false), ("Pairs", true)] {
                let command = Command::ShowPairs(pairs);
                let chosen = shown.model.pairs_shown == pairs;
                let response = half(ui, shown.colours, chosen, label);
                if response.on_hover_text(command.words().tooltip).clicked() {
                    inbox.push(command);
                }
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let open = shown.model.drawer == Some(Drawer::Plots);
            let command = Command::ShowDrawer((!open).then_some(Drawer::Plots));
            let response = ui.add(Button::new("Scatter plots").selected(open));
            let kind = WidgetType::Button;
            response.widget_info(|| WidgetInfo::selected(kind, true, open, "Scatter plots"));
            if response.on_hover_text(command.words().tooltip).clicked() {
                inbox.push(command);
            }
        });
    });
}

/// Draws ranking switch, header and rows.
fn people_ui(ui: &mut Ui, shown: Shown<'_>, rows: &mut Rows, inbox: &mut Vec<Command>) {
    ranking_ui(ui, shown, inbox);
    if shown.analysis().thin_data {
        notice(
            ui,
            "Thin data: most people here have one or two ties, so the bridge ranking is weak; take this ranking as a hint, \
             a longer time range gives a better one",
            shown.colours,
        );
    }
    if shown.map.ranking.is_empty() {
        nothing_here(
            ui,
            "No bridges yet",
            "People who join communities stand here as soon as they are found",
        );
        return;
    }
    let columns = columns(shown, ui.available_width());
    header_ui(ui, shown, &columns);
    ui.spacing_mut().item_spacing.y = 1.0;
    let best = shown
        .map
        .ranking
        .first()
        .and_then(|&person| value(shown, person))
        .unwrap_or(0.0);
    let n = shown.map.ranking.len();
    rows.begin();
    let pitch = ROW + ui.spacing().item_spacing.y;
    let area = ScrollArea::vertical()
        .auto_shrink([false, false])
        .show_rows(ui, ROW, n, |ui, places| {
            for place in places {
                if let Some(&person) = shown.map.ranking.get(place) {
                    let about = (place, person);
                    let response = row_ui(ui, shown, about, (&columns, best), inbox);
                    rows.row(ui, &response, (place, n), Some(person));
                }
            }
        });
    rows.end(ui.ctx(), &area, pitch);
}

/// The row in this place, whoever stands in it: another ranking leaves the keys where they are.
fn row_id(place: usize) -> Id {
    Id::new(("bridge", place))
}

fn ranking_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Ranked by").weak());
        let by = shown.model.rank_by;
        let name = format!("Ranked by {}", by.words().to_lowercase());
        let width = (ui.available_width() - 8.0).min(172.0);
        menu_button(ui, width, by.words(), &name, |ui| {
            for choice in RankBy::ALL {
                rank_choice_ui(ui, shown, choice, inbox);
            }
        })
        .on_hover_text(words::rank_words(by));
        let n = figures::people(shown.map.ranking.len() as u64);
        if ui.available_width() > 90.0 {
            ui.label(RichText::new(n).weak());
        }
    });
    let finds = RichText::new(words::rank_finds(shown.model.rank_by)).small();
    ui.add(Label::new(finds.weak()).wrap());
}

fn rank_choice_ui(ui: &mut Ui, shown: Shown<'_>, choice: RankBy, inbox: &mut Vec<Command>) {
    let unmeasured = choice == RankBy::Betweenness && shown.analysis().betweenness.is_none();
    let label = if unmeasured {
        format!("{} (measure)", choice.words())
    } else {
        choice.words().to_owned()
    };
    let mut tip = words::rank_words(choice).to_owned();
    if unmeasured {
        tip.push_str("\nNot measured yet: a click measures it in the background");
    }
    let response = menu_choice(ui, shown.model.rank_by == choice, &label);
    if response.on_hover_text(tip).clicked() {
        inbox.push(Command::RankBy(choice));
    }
}

/// The columns that `width` has room for while the person's name keeps enough of it, in the order shown.
fn columns(shown: Shown<'_>, width: f32) -> Vec<(Column, f32)> {
    let mut left = width - ADD - 34.0 - 128.0;
    let sampled = shown.model.rank_by == RankBy::Betweenness && is_sampled(shown);
    Column::BY_NEED
        .into_iter()
        .map(|(column, needed)| match column {
            Column::Value if sampled => (column, needed + ERROR),
            _ => (column, needed),
        })
        .take_while(|(column, needed)| {
            left -= needed;
            *column == Column::Value || left >= 0.0
        })
        .collect()
}

/// The room of each column of a row in `rect`, and of the person.
fn rooms(rect: Rect, columns: &[(Column, f32)]) -> (Rect, Vec<Rect>) {
    let total: f32 = columns.iter().map(|(_, width)| width).sum();
    let mut x = rect.right() - ADD - total;
    let person = Rect::from_x_y_ranges(rect.left() + 34.0..=x - 8.0, rect.y_range());
    let places = columns.iter().map(|(_, width)| {
        let room = Rect::from_x_y_ranges(x + 6.0..=x + width - 4.0, rect.y_range());
        x += width;
        room
    });
    (person, places.collect())
}

fn header_ui(ui: &mut Ui, shown: Shown<'_>, columns: &[(Column, f32)]) {
    let size = vec2(ui.available_width(), 22.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let (person, places) = rooms(rect, columns);
    let colour = shown.colours.weak;
    let by = shown.model.rank_by;
    let small = |text: &str| RichText::new(text).small();
    cell(ui, person, small("Person"), colour, Align::Min);
    for ((column, _), room) in columns.iter().zip(places) {
        cell(ui, room, small(column.title(by)), colour, Align::Max);
        ui.interact(room, ui.id().with(column.title(by)), Sense::hover())
            .on_hover_text(column.tip(by));
    }
    let line = ui.visuals().widgets.noninteractive.bg_stroke;
    ui.painter().hline(rect.x_range(), rect.bottom(), line);
}

/// The person's value of what the table is ranked by.
fn value(shown: Shown<'_>, person: PersonId) -> Option<f64> {
    let bridges = &shown.analysis().bridges;
    match shown.model.rank_by {
        RankBy::BridgeScore => figure(&bridges.score, person),
        RankBy::ConnectionsAcross => {
            let across = figure(&bridges.connections_across, person);
            across.map(f64::from)
        }
        RankBy::CommunitiesReached => {
            let reached = figure(&bridges.communities_reached, person);
            reached.map(f64::from)
        }
        RankBy::Connections => figure(&bridges.connections, person).map(f64::from),
        RankBy::Betweenness => {
            let measured = shown.analysis().betweenness.as_ref()?;
            figure(&measured.value, person)
        }
        RankBy::Reach => shown.person(person)?.reach,
    }
}

/// Whether betweenness comes from a sample, so that it has an error.
fn is_sampled(shown: Shown<'_>) -> bool {
    let measured = shown.analysis().betweenness.as_ref();
    let n = shown.map.results.graph.n_people();
    measured.is_some_and(|measured| (measured.sources as usize) < n)
}

/// The standard error of what the table is ranked by, where that is measured from a sample.
fn error(shown: Shown<'_>, person: PersonId) -> Option<f64> {
    let measured = shown.analysis().betweenness.as_ref()?;
    let error = figure(&measured.error, person)?;
    (shown.model.rank_by == RankBy::Betweenness && error > 0.0).then_some(error)
}

fn value_text(by: RankBy, value: Option<f64>) -> String {
    match (by, value) {
        (RankBy::Reach, None) => "unknown".to_owned(),
        (_, None) => "–".to_owned(),
        (RankBy::BridgeScore, Some(value)) => figures::amount(value),
        (_, Some(value)) => figures::short(value),
    }
}

/// Everything the row cannot show, for its tooltip.
fn tip(shown: Shown<'_>, person: PersonId) -> String {
    let bridges = &shown.analysis().bridges;
    let whole = |column: &[u32]| {
        let value = figure(column, person).unwrap_or(0);
        figures::whole(u64::from(value))
    };
    let Some(who) = shown.person(person) else {
        return String::new();
    };
    let reach = who.reach.map_or_else(
        || "Reach unknown: the export does not tell it".to_owned(),
        |_| format!("Reach {}", figures::reach(who.reach)),
    );
    let error = error(shown, person).map_or_else(String::new, |error| {
        let error = figures::short(error);
        format!("\nBetweenness from a sample, standard error {error}")
    });
    let steady = shown
        .steady(person)
        .map(|steady| format!("\n{}", steady.words));
    format!(
        "{} @{}\n{}\nBridge rank {}, score {}\n{} connections, {} across, {} reached\n{reach}{error}{}",
        who.name,
        who.handle,
        shown.community_name(shown.community_of(person)),
        whole(&bridges.rank),
        figures::amount(figure(&bridges.score, person).unwrap_or(0.0)),
        whole(&bridges.connections),
        whole(&bridges.connections_across),
        figures::counted(
            u64::from(figure(&bridges.communities_reached, person).unwrap_or(0)),
            "community",
            "communities"
        ),
        steady.unwrap_or_default(),
    )
}

fn row_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (place, person): (usize, PersonId),
    (columns, best): (&[(Column, f32)], f64),
    inbox: &mut Vec<Command>,
) -> Response {
    let colours = shown.colours;
    let size = vec2(ui.available_width(), ROW);
    let (_, rect) = ui.allocate_space(size);
    let response = ui.interact(rect, row_id(place), Sense::click());
    let rank = figure(&shown.analysis().bridges.rank, person);
    let name = shown.name(person);
    let unsteady = shown.steady(person).is_some_and(|s| s.is_unsteady);
    response.widget_info(|| {
        let sign = if unsteady { ", unsteady" } else { "" };
        let label = format!("{name}, bridge {}{sign}", rank.unwrap_or(0));
        WidgetInfo::selected(
            WidgetType::Button,
            true,
            shown.model.is_selected(person),
            label,
        )
    });
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    let selected = shown.model.is_selected(person);
    row_ground(ui, rect, &response, selected, colours);
    let number = Rect::from_x_y_ranges(rect.left()..=rect.left() + 26.0, rect.y_range());
    let text = RichText::new(figures::whole(place as u64 + 1)).small();
    cell(ui, number, text, colours.weak, Align::Max);
    if unsteady {
        let at = pos2(number.right() - 6.0, number.center().y + 13.0);
        let place = Rect::from_center_size(at, vec2(10.0, 10.0));
        paint(ui.painter(), place, Icon::Warning, colours.warn);
    }
    let (room, places) = rooms(rect, columns);
    person_cell(ui, shown, room, person);
    for ((column, _), room) in columns.iter().zip(places) {
        column_ui(ui, shown, (*column, room), person, best);
    }
    if response.clicked() {
        inbox.push(Command::ShowPerson(person));
    }
    let response = response.on_hover_ui(|ui| {
        ui.label(tip(shown, person));
    });
    add_ui(ui, shown, rect, person, inbox);
    response
}

/// Dot and name, the community below.
fn person_cell(ui: &Ui, shown: Shown<'_>, room: Rect, person: PersonId) {
    let colours = shown.colours;
    let middle = room.center().y;
    let colour = shown.person_colour(person);
    ui.painter()
        .circle_filled(pos2(room.left() + 6.0, middle - 8.0), 4.5, colour);
    let x = room.left() + 17.0..=room.right();
    let upper = Rect::from_x_y_ranges(x.clone(), middle - 18.0..=middle + 1.0);
    cell(ui, upper, shown.name(person), colours.text, Align::Min);
    let lower = Rect::from_x_y_ranges(x, middle..=middle + 18.0);
    let community = shown.community_name(shown.community_of(person));
    let community = RichText::new(community).text_style(TextStyle::Small);
    cell(ui, lower, community, colours.weak, Align::Min);
}

fn column_ui(
    ui: &Ui,
    shown: Shown<'_>,
    (column, room): (Column, Rect),
    person: PersonId,
    best: f64,
) {
    let bridges = &shown.analysis().bridges;
    let count = |column: &[u32]| u64::from(figure(column, person).unwrap_or(0));
    let text = match column {
        Column::Value => {
            let value = value(shown, person);
            let share = value.map_or(0.0, |value| (value / best.max(f64::MIN_POSITIVE)) as f32);
            let y = room.center().y + 10.0;
            let track = Rect::from_x_y_ranges(room.x_range(), y..=y + 4.0);
            bar(ui, track, share, shown.colours.accent, shown.colours.bar);
            let mut text = value_text(shown.model.rank_by, value);
            if let Some(error) = error(shown, person) {
                text.push_str(" ± ");
                text.push_str(&figures::short(error));
            }
            let upper = room.translate(vec2(0.0, -4.0));
            cell(ui, upper, text, shown.colours.text, Align::Max);
            return;
        }
        Column::Across => format!(
            "{} / {}",
            figures::short(count(&bridges.connections_across) as f64),
            figures::short(count(&bridges.connections) as f64)
        ),
        Column::Communities => figures::whole(count(&bridges.communities_reached)),
        Column::Reach => {
            let reach = shown.person(person).and_then(|who| who.reach);
            reach.map_or_else(|| "–".to_owned(), figures::short)
        }
        Column::Stability => {
            let share = figure(&bridges.stability, person).unwrap_or(0.0);
            figures::percent(share)
        }
    };
    let colour = shown.colours.text;
    cell(ui, room, RichText::new(text).size(13.0), colour, Align::Max);
}

/// + or ✓ at the end of a row.
fn add_ui(ui: &Ui, shown: Shown<'_>, row: Rect, person: PersonId, inbox: &mut Vec<Command>) {
    let rect = Rect::from_center_size(pos2(row.right() - 16.0, row.center().y), vec2(26.0, 26.0));
    let button = ui.interact(rect, ui.id().with(("add", person.0)), Sense::click());
    let listed = shown.model.is_on_list(person);
    let (icon, colour, command) = if listed {
        (
            Icon::Check,
            shown.colours.accent,
            Command::ToggleOnList(person),
        )
    } else {
        (
            Icon::Plus,
            shown.colours.weak,
            Command::AddToList(vec![person]),
        )
    };
    icon_button_at(ui, rect, &button, icon, colour);
    let name = shown.name(person);
    let label = if listed {
        format!("Remove {name} from list")
    } else {
        format!("Add {name} to list")
    };
    button.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, &label));
    if button.clicked() {
        inbox.push(command);
    }
    button.on_hover_text(label);
}
