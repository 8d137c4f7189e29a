//! One post in a list: who wrote it, when and where, whom it addresses, and what it says.

use eframe::egui::{
    Align, CursorIcon, Galley, Id, Rect, RichText, Sense, TextStyle, Ui, UiBuilder, WidgetInfo,
    WidgetType, pos2, vec2,
};
use std::sync::Arc;

use super::figures;
use super::person::person_link;
use super::post_text::{excerpt, marked, whole};
use super::shown::Shown;
use super::widgets::{cell, row_ground};
use crate::app::command::{Command, ReadCommand};
use crate::app::theme;
use crate::explore::Wanted;
use crate::people::{PersonId, Post, Sentiment, TieKind, strongest};

/// Height of a post that is not opened, in points.
pub(super) const ROW: f32 = 62.0;
/// Height of its first line.
const HEAD: f32 = 20.0;
/// Room at the sides of a row.
const SIDE: f32 = 8.0;
/// Under this width a row has no room for all that the file tells, in points.
const NARROW: f32 = 360.0;
/// People that a post addresses who are named in its row.
const NAMED: usize = 3;
/// The same in an opened post.
const LINKED: usize = 12;
/// Letters of a text that a screen reader is told with the row.
const SPOKEN: usize = 140;

/// A post of the open map.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    shown: Shown<'a>,
    /// Its place in [`crate::people::Posts::posts`].
    at: u32,
    post: &'a Post,
    author: Option<PersonId>,
}

impl<'a> Told<'a> {
    pub(super) fn new(shown: Shown<'a>, at: u32) -> Option<Self> {
        let results = &shown.map.results;
        let post = results.conversation.posts.posts.get(at as usize)?;
        let of = &results.graph.person_of_account;
        Some(Self {
            shown,
            at,
            post,
            author: of.get(post.author as usize).copied(),
        })
    }

    pub(super) fn text(self) -> &'a str {
        self.shown
            .map
            .results
            .conversation
            .posts
            .text(self.post)
            .trim()
    }

    fn name(self) -> &'a str {
        self.author.map_or("?", |author| self.shown.name(author))
    }

    /// When: `28 May 2026, 14:03`.
    fn moment(self) -> String {
        self.post.time().map_or_else(
            || "no time".to_owned(),
            |time| self.shown.model.timing.moment(time),
        )
    }

    /// When, and what else the file tells: `28 May 2026, 14:03 · X · en`.
    fn facts(self) -> String {
        let posts = &self.shown.map.results.conversation.posts;
        let at = self.at as usize;
        let time = self.moment();
        let others = [posts.platform(at), posts.language(at)];
        let others = others.into_iter().flatten().map(str::to_owned);
        std::iter::once(time)
            .chain(others)
            .collect::<Vec<_>>()
            .join(" · ")
    }

    fn sentiment(self) -> Option<Sentiment> {
        let posts = &self.shown.map.results.conversation.posts;
        posts.sentiment(self.at as usize)
    }

    /// Whom it addresses and how, each person once, with the strongest kind.
    fn addressed(self) -> Vec<(TieKind, PersonId)> {
        let results = &self.shown.map.results;
        let mut targets = Vec::new();
        strongest(
            results.conversation.posts.addressed(self.post),
            &mut targets,
        );
        let of = &results.graph.person_of_account;
        let person = |account: u32| of.get(account as usize).copied();
        let known = targets.iter();
        known
            .filter_map(|target| Some((target.kind, person(target.account)?)))
            .collect()
    }

    /// The same in words: `answers Ben, names Cleo and 2 more`.
    fn addressed_words(self) -> String {
        let all = self.addressed();
        let mut words = String::new();
        let mut last = None;
        for (kind, person) in all.iter().take(NAMED) {
            if !words.is_empty() {
                words.push_str(", ");
            }
            if last != Some(*kind) {
                words.push_str(verb(*kind));
                words.push(' ');
            }
            last = Some(*kind);
            words.push_str(self.shown.name(*person));
        }
        if all.len() > NAMED {
            words.push_str(" and ");
            words.push_str(&figures::whole((all.len() - NAMED) as u64));
            words.push_str(" more");
        }
        words
    }

    /// What a screen reader says of the row.
    pub(super) fn spoken(self) -> String {
        let text: String = self.text().chars().take(SPOKEN).collect();
        let mut words = format!("{}, {}", self.name(), self.facts());
        let addressed = self.addressed_words();
        for part in [addressed.as_str(), text.as_str()] {
            if !part.is_empty() {
                words.push_str(", ");
                words.push_str(part);
            }
        }
        words
    }
}

/// What a post does that makes a tie of this kind.
fn verb(kind: TieKind) -> &'static str {
    match kind {
        TieKind::Repost => "passes on",
        TieKind::Quote => "quotes",
        TieKind::Reply => "answers",
        TieKind::Mention => "names",
        TieKind::Tie => "to",
    }
}

fn sentiment_words(sentiment: Sentiment) -> &'static str {
    match sentiment {
        Sentiment::Negative => "negative",
        Sentiment::Neutral => "neutral",
        Sentiment::Positive => "positive",
    }
}

/// The first line: dot, name, whom it addresses; at the end when and what the file tells.
fn head_ui(ui: &mut Ui, told: Told<'_>, rect: Rect, id: Id, inbox: &mut Vec<Command>) {
    let shown = told.shown;
    let small = |text: &str| RichText::new(text.to_owned()).text_style(TextStyle::Small);
    let size = |ui: &Ui, text: &str| -> Arc<Galley> {
        let font = TextStyle::Small.resolve(ui.style());
        ui.painter()
            .layout_no_wrap(text.to_owned(), font, shown.colours.weak)
    };
    let mut right = rect.right();
    // Without room for all, the name comes first, then when; the rest is told by the opened post.
    let is_narrow = rect.width() < NARROW;
    if let Some(sentiment) = told.sentiment().filter(|_| !is_narrow) {
        let colour = match sentiment {
            Sentiment::Negative => shown.colours.warn,
            Sentiment::Neutral => shown.colours.weak,
            Sentiment::Positive => shown.colours.good,
        };
        let words = sentiment_words(sentiment);
        let width = size(ui, words).size().x;
        let room = rect.with_min_x(right - width);
        cell(
            ui,
            room.with_max_x(right + 1.0),
            small(words),
            colour,
            Align::Max,
        );
        right -= width + 8.0;
    }
    let facts = if is_narrow {
        told.moment()
    } else {
        told.facts()
    };
    let width = size(ui, &facts).size().x.min(rect.width() * 0.5);
    let room = rect.with_min_x(right - width).with_max_x(right + 1.0);
    cell(ui, room, small(&facts), shown.colours.weak, Align::Max);
    right -= width + 10.0;

    let colour = told
        .author
        .map_or(shown.colours.grey, |author| shown.person_colour(author));
    let dot = pos2(rect.left() + 4.0, rect.center().y);
    ui.painter().circle_filled(dot, 4.0, colour);
    let left = rect.left() + 14.0;
    let font = TextStyle::Body.resolve(ui.style());
    let name = told.name();
    let full = ui
        .painter()
        .layout_no_wrap(name.to_owned(), font, shown.colours.text);
    let share = if is_narrow { 1.0 } else { 0.6 };
    let most = ((right - left) * share).max(40.0);
    let width = full.size().x.min(most) + 1.0;
    let room = rect.with_min_x(left).with_max_x((left + width).min(right));
    let link = ui.interact(room, id.with("author"), Sense::click());
    let link = link.on_hover_cursor(CursorIcon::PointingHand);
    let label = format!("Show {name}, the author");
    link.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &label));
    let colour = if link.hovered() || link.has_focus() {
        shown.colours.accent
    } else {
        shown.colours.text
    };
    cell(ui, room, RichText::new(name).strong(), colour, Align::Min);
    if let Some(author) = told.author.filter(|_| link.clicked()) {
        inbox.push(Command::ShowPerson(author));
    }
    let addressed = told.addressed_words();
    let room = rect.with_min_x(room.right() + 8.0).with_max_x(right);
    if !addressed.is_empty() && room.width() > 40.0 {
        cell(ui, room, small(&addressed), shown.colours.weak, Align::Min);
    }
}

/// Draws a post of a list into `rect`. Returns the row's response, and how high an opened one wants to be.
pub(super) fn post_ui(
    ui: &mut Ui,
    told: Told<'_>,
    (rect, id): (Rect, Id),
    (wanted, opened): (&Wanted, bool),
    inbox: &mut Vec<Command>,
) -> (eframe::egui::Response, f32) {
    let shown = told.shown;
    let response = ui.interact(rect, id, Sense::click());
    let spoken = told.spoken();
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, opened, &spoken));
    if opened {
        let fill = shown.colours.hovered.gamma_multiply(0.7);
        ui.painter().rect_filled(rect, theme::ROUND, fill);
    } else {
        row_ground(ui, rect, &response, false, shown.colours);
    }
    let inner = rect.shrink2(vec2(SIDE, 3.0));
    let head = inner.with_max_y(inner.top() + HEAD);
    head_ui(ui, told, head, id, inbox);
    let below = inner.with_min_y(head.bottom() + 1.0);
    if opened {
        let builder = UiBuilder::new().max_rect(below.with_max_y(f32::INFINITY));
        let mut ui = ui.new_child(builder);
        if head.width() < NARROW {
            rest_ui(&mut ui, told);
        }
        opened_ui(&mut ui, told, wanted, inbox);
        let height = ui.min_rect().bottom() + 6.0 - rect.top();
        return (response, height.max(ROW));
    }
    let text = told.text();
    if text.is_empty() {
        let words = RichText::new("no text").text_style(TextStyle::Small);
        let line = below.with_max_y(below.top() + HEAD);
        cell(ui, line, words, shown.colours.weak, Align::Min);
    } else {
        let job = marked(
            ui,
            &excerpt(text, wanted),
            wanted,
            (below.width(), 2),
            shown.colours,
        );
        let galley = ui.painter().layout_job(job);
        let clip = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        clip.galley(below.min, galley, shown.colours.text);
    }
    (response, ROW)
}

/// What the first line of a narrow row leaves out.
fn rest_ui(ui: &mut Ui, told: Told<'_>) {
    let sentiment = told.sentiment().map(sentiment_words);
    let all = std::iter::once(told.facts()).chain(sentiment.map(str::to_owned));
    let words = all.collect::<Vec<_>>().join(" · ");
    ui.label(RichText::new(words).small().weak());
}

/// All of the text, everybody it addresses, and what can be done with it.
fn opened_ui(ui: &mut Ui, told: Told<'_>, wanted: &Wanted, inbox: &mut Vec<Command>) {
    let shown = told.shown;
    let text = whole(told.text());
    if !text.is_empty() {
        let width = ui.available_width();
        let job = marked(ui, &text, wanted, (width, usize::MAX), shown.colours);
        ui.add(eframe::egui::Label::new(job).selectable(true));
    }
    let addressed = told.addressed();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(theme::NEAR, 2.0);
        let copy = Command::Read(ReadCommand::CopyText(told.at));
        let words = copy.words();
        if !told.text().is_empty()
            && ui
                .add(super::widgets::small_button(words.label))
                .on_hover_text(words.tooltip)
                .clicked()
        {
            inbox.push(copy);
        }
        for (kind, person) in addressed.iter().take(LINKED) {
            ui.label(RichText::new(verb(*kind)).small().weak());
            let name = shown.name(*person);
            let label = format!("Show {name}, whom the post {}", verb(*kind));
            person_link(ui, shown, (*person, name, &label), inbox);
        }
        if addressed.len() > LINKED {
            let more = figures::whole((addressed.len() - LINKED) as u64);
            ui.label(RichText::new(format!("and {more} more")).small().weak());
        }
    });
}
