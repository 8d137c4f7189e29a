//! The Answer tab: the sentence, how it was found, the table behind it, and what to do with its people.

use eframe::egui::{
    Align, Id, Label, Rect, Response, RichText, ScrollArea, Sense, TextStyle, Ui, WidgetInfo,
    WidgetType, pos2, vec2,
};

use super::PanelState;
use super::figures;
use super::found::show_posts;
use super::posts::read_all;
use super::shown::Shown;
use super::widgets::{cell, command_button, headline, main_button, one_line, row_ground, section};
use crate::app::command::{AskCommand, Command, FilterCommand, TimeCommand};
use crate::app::theme;
use crate::explore::{About, Answer, AnswerColumn, Question, Row};
use crate::people::PersonId;

/// Height of a row, in points.
const LINE: f32 = 40.0;
/// Width of a column of figures, in points.
const FIGURE: f32 = 76.0;
/// Letters of a post that are shown.
const LETTERS: usize = 280;

/// Draws the tab.
pub(super) fn answer_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let Some(answer) = shown.model.answer.as_deref() else {
        return;
    };
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            ui.add_space(2.0);
            let asked = RichText::new(&answer.asked).text_style(theme::title());
            ui.add(Label::new(asked).wrap());
            ui.add_space(2.0);
            headline(ui, &answer.sentence, shown.colours);
            buttons_ui(ui, shown, answer, inbox);
            if !answer.rows.is_empty() {
                table_ui(ui, shown, answer, state, inbox);
            }
            posts_ui(ui, shown, answer, inbox);
            section(ui, "How it was found");
            let how = RichText::new(answer.how).small().weak();
            ui.add(Label::new(how).wrap());
            ui.add_space(theme::FAR);
        });
}

fn buttons_ui(ui: &mut Ui, shown: Shown<'_>, answer: &Answer, inbox: &mut Vec<Command>) {
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        if let Some(span) = answer.span {
            let read = main_button(ui, "Read these posts", shown.colours);
            let tip = "Show only what was written then, and list it";
            if read.on_hover_text(tip).clicked() {
                inbox.push(Command::Time(TimeCommand::Show(Some(span))));
                inbox.extend(read_all());
            }
        }
        let people = &answer.people;
        if !people.is_empty() {
            let new = people
                .iter()
                .filter(|id| !shown.model.is_on_list(**id))
                .count();
            ui.add_enabled_ui(new > 0, |ui| {
                let response = match answer.span {
                    None => main_button(ui, "Add to list", shown.colours),
                    Some(_) => ui.button("Add to list"),
                };
                let response = response
                    .on_hover_text(format!(
                        "{} of the answer not on the list yet",
                        figures::people(new as u64)
                    ))
                    .on_disabled_hover_text("All of them are on the list");
                if response.clicked() {
                    inbox.push(Command::AddToList(people.clone()));
                }
            });
            command_button(ui, true, Command::Ask(AskCommand::SelectAnswer), inbox);
        }
        if !answer.rows.is_empty() {
            command_button(ui, true, Command::Ask(AskCommand::CopyAnswer), inbox);
        }
        command_button(ui, true, Command::Ask(AskCommand::CloseAnswer), inbox);
    });
}

/// Where the columns of figures stand in a row, from the left.
fn columns_in(rect: Rect, n: usize) -> impl Iterator<Item = Rect> {
    let width = FIGURE.min((rect.width() * 0.5) / n.max(1) as f32);
    (0..n).map(move |at| {
        let right = rect.right() - 6.0 - width * (n - 1 - at) as f32;
        Rect::from_x_y_ranges(right - width + 6.0..=right, rect.y_range())
    })
}

fn table_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    answer: &Answer,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    ui.add_space(theme::NEAR);
    heads_ui(ui, shown, answer);
    ui.spacing_mut().item_spacing.y = 1.0;
    state.rows.begin();
    let n = answer.rows.len();
    for (at, row) in answer.rows.iter().enumerate() {
        let size = vec2(ui.available_width(), LINE);
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let person = match row.about {
            About::Person(id) => Some(id),
            _ => None,
        };
        let response = row_ui(ui, shown, (row, &answer.columns), (rect, response));
        if response.clicked() {
            inbox.extend(shows(row, shown));
        }
        let wanted = state.rows.wanted() == Some(at);
        state.rows.row(ui, &response, (at, n), person);
        if wanted {
            response.scroll_to_me(None);
        }
    }
    if state.rows.wanted().is_some() {
        ui.ctx().request_repaint();
    }
}

/// What stands above the columns.
fn heads_ui(ui: &mut Ui, shown: Shown<'_>, answer: &Answer) {
    let colours = shown.colours;
    let tall = TextStyle::Small.resolve(ui.style()).size * 2.6;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), tall), Sense::hover());
    let small = |text: &str| RichText::new(text).small();
    let left = rect
        .with_min_x(rect.left() + 20.0)
        .with_max_x(rect.center().x);
    let lower = left.with_min_y(rect.bottom() - tall / 2.0);
    cell(ui, lower, small(answer.of), colours.weak, Align::Min);
    let places: Vec<Rect> = columns_in(rect, answer.columns.len()).collect();
    for (at, (column, place)) in answer.columns.iter().zip(places).enumerate() {
        let id = Id::new(("answer head", at));
        let response = ui.interact(place, id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, column.title));
        let text = small(column.title).color(colours.weak);
        let mut job = eframe::egui::text::LayoutJob::default();
        text.append_to(
            &mut job,
            ui.style(),
            eframe::egui::FontSelection::Default,
            Align::Max,
        );
        job.wrap.max_width = place.width();
        job.wrap.max_rows = 2;
        job.halign = Align::Max;
        let galley = ui.painter().layout_job(job);
        let (width, line) = (galley.size().x, galley.size().y);
        let corner = pos2(place.right(), place.bottom() - line);
        ui.painter().galley(corner, galley, colours.weak);
        let of = match &answer.question {
            Question::Joins(pair) => pair.get(at).copied(),
            _ => None,
        };
        if let Some(id) = of {
            // "In the first" is told by its colour too.
            let spot = pos2(place.right() - width - 7.0, place.bottom() - line / 2.0);
            let colour = shown.community_colour(Some(id));
            ui.painter().circle_filled(spot, 3.5, colour);
            let name = shown.community_name(Some(id));
            response.on_hover_text(format!("{}: {name}", column.meaning));
        } else {
            response.on_hover_text(column.meaning);
        }
    }
}

/// One row: dot, what it is about, what else is to be said, and the figures.
fn row_ui(
    ui: &Ui,
    shown: Shown<'_>,
    (row, columns): (&Row, &[AnswerColumn]),
    (rect, response): (Rect, Response),
) -> Response {
    let figures = columns.iter().zip(&row.cells);
    let figures =
        figures.map(|(column, figure)| format!("{} {figure}", column.title.to_lowercase()));
    let figures: Vec<String> = figures.collect();
    let label = match row.below.as_str() {
        "" => format!("{}: {}", row.title, figures.join(", ")),
        below => format!("{}, {below}: {}", row.title, figures.join(", ")),
    };
    let selected = match row.about {
        About::Person(id) => shown.model.selected == [id],
        _ => false,
    };
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, selected, &label));
    row_ground(ui, rect, &response, selected, shown.colours);
    let colours = shown.colours;
    dots_ui(ui, shown, row, rect);
    let places: Vec<Rect> = columns_in(rect, columns.len()).collect();
    let end = places
        .first()
        .map_or(rect.right(), |first| first.left() - 4.0);
    let x = rect.left() + 20.0..=end;
    let mut cut = false;
    if row.below.is_empty() {
        let whole = Rect::from_x_y_ranges(x, rect.y_range());
        cut |= cell(ui, whole, &row.title, colours.text, Align::Min);
    } else {
        let (top, bottom) = (rect.top(), rect.bottom());
        let upper = Rect::from_x_y_ranges(x.clone(), top + 2.0..=top + 22.0);
        let lower = Rect::from_x_y_ranges(x, top + 20.0..=bottom - 2.0);
        cut |= cell(ui, upper, &row.title, colours.text, Align::Min);
        let small = RichText::new(&row.below).small();
        cut |= cell(ui, lower, small, colours.weak, Align::Min);
    }
    for (figure, place) in row.cells.iter().zip(places) {
        cell(ui, place, figure, colours.text, Align::Max);
    }
    if cut {
        response.on_hover_text(format!("{}\n{}", row.title, row.below))
    } else {
        response
    }
}

/// The colours of those whom a row is about.
fn dots_ui(ui: &Ui, shown: Shown<'_>, row: &Row, rect: Rect) {
    let middle = if row.below.is_empty() {
        rect.center().y
    } else {
        rect.top() + 12.0
    };
    let spot = |at: usize| pos2(rect.left() + 8.0, middle + 12.0 * at as f32);
    let dot = |at, colour| {
        ui.painter().circle_filled(spot(at), 4.5, colour);
    };
    match &row.about {
        About::Person(id) => dot(0, shown.person_colour(*id)),
        About::People(pair) => {
            for (at, id) in pair.iter().enumerate() {
                dot(at, shown.person_colour(*id));
            }
        }
        About::Community(id) => dot(0, shown.community_colour(Some(*id))),
        About::Communities(pair) => {
            for (at, id) in pair.iter().enumerate() {
                dot(at, shown.community_colour(Some(*id)));
            }
        }
        About::Word(_) | About::Time(_) => {}
    }
}

/// What a click on a row asks for.
fn shows(row: &Row, shown: Shown<'_>) -> Vec<Command> {
    match &row.about {
        About::Person(id) => vec![Command::ShowPerson(*id)],
        About::People(pair) => vec![Command::Select(pair.to_vec()), Command::FitSelection],
        About::Community(id) => vec![Command::ShowCommunity(Some(*id))],
        About::Communities(pair) => vec![
            Command::Select(
                pair.iter()
                    .filter_map(|id| shown.community(*id))
                    .map(|c| c.member)
                    .collect(),
            ),
            Command::FitSelection,
        ],
        About::Word(word) => show_posts(shown, word),
        About::Time(span) => {
            let mut filter = shown.model.campaign.map.filter.clone();
            filter.time = Some(*span);
            let step = format!("show posts of {}", row.title);
            vec![Command::Filter(FilterCommand::Set(Box::new(filter), step))]
        }
    }
}

/// Posts that show it.
fn posts_ui(ui: &mut Ui, shown: Shown<'_>, answer: &Answer, inbox: &mut Vec<Command>) {
    let results = &shown.map.results;
    let posts = &results.conversation.posts;
    let quoted = answer.posts.iter().filter_map(|at| {
        let post = posts.posts.get(*at as usize)?;
        let author = *results.graph.person_of_account.get(post.author as usize)?;
        let text = posts.text(post).trim();
        (!text.is_empty()).then_some((author, post.time(), text))
    });
    let quoted: Vec<(PersonId, Option<i64>, &str)> = quoted.collect();
    if quoted.is_empty() {
        return;
    }
    section(ui, "For example");
    for (author, time, text) in quoted {
        ui.add_space(2.0);
        let when = time.map_or(String::new(), |time| format!(" · {}", figures::day(time)));
        let line = one_line(
            ui,
            RichText::new(format!("{}{when}", shown.name(author)))
                .small()
                .weak(),
        )
        .interact(Sense::click());
        if line.clicked() {
            inbox.push(Command::ShowPerson(author));
        }
        let cut: String = text.chars().take(LETTERS).collect();
        let more = if cut.len() < text.len() { "…" } else { "" };
        ui.add(Label::new(format!("{cut}{more}")).wrap());
    }
}
