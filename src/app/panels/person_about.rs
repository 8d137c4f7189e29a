//! What a person says of themselves, where their profile is, and how often they addressed others and were addressed.

use eframe::egui::{Align, Label, Rect, RichText, Sense, Ui, WidgetInfo, WidgetType, vec2};

use super::figures;
use super::shown::Shown;
use super::widgets::{cell, one_line, small_button};
use crate::analysis::KindCounts;
use crate::app::command::{Command, ReadCommand};
use crate::people::{Person, PersonId, TieKind};

/// Letters of a bio before it is cut.
const BIO: usize = 400;
/// Height of a line of the table, in points.
const LINE: f32 = 19.0;

/// What they say of themselves, and the address of their profile: copied by a click, never opened.
pub(super) fn about_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (id, person): (PersonId, &Person),
    inbox: &mut Vec<Command>,
) {
    let posts = &shown.map.results.conversation.posts;
    let account = posts.find(&person.key);
    let account = account.and_then(|account| posts.accounts.get(account as usize));
    if let Some(bio) = account.and_then(|account| account.bio.as_deref()) {
        let bio = bio.trim();
        let cut: String = bio.chars().take(BIO).collect();
        let sign = if cut.len() < bio.len() { "…" } else { "" };
        ui.add_space(2.0);
        let label = ui.add(Label::new(format!("{cut}{sign}")).wrap());
        if !sign.is_empty() {
            label.on_hover_text(bio);
        }
    }
    if let Some(profile) = posts.profile(&person.key) {
        let copy = Command::Read(ReadCommand::CopyProfile(id));
        let words = copy.words();
        ui.horizontal(|ui| {
            let button = ui.add(small_button("Copy"));
            super::widgets::named(&button, words.label);
            if button.on_hover_text(words.tooltip).clicked() {
                inbox.push(copy);
            }
            one_line(ui, RichText::new(profile).small().weak());
        });
    }
}

/// Interactions by kind, given and received; nothing where there are none.
pub(super) fn kinds_ui(ui: &mut Ui, counts: &KindCounts) {
    if counts.is_empty() {
        ui.label(
            RichText::new("They address nobody, and nobody addresses them")
                .small()
                .weak(),
        );
        return;
    }
    let size = vec2(ui.available_width(), LINE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let [_, given, received] = columns(rect);
    let weak = ui.visuals().weak_text_color();
    cell(ui, given, RichText::new("Given").small(), weak, Align::Max);
    cell(
        ui,
        received,
        RichText::new("Received").small(),
        weak,
        Align::Max,
    );
    response.on_hover_text("How often this person did so, and others did so to this person");
    let ways = counts.given.iter().zip(&counts.received);
    for (kind, (given, received)) in TieKind::ALL.into_iter().zip(ways) {
        if *given > 0.0 || *received > 0.0 {
            row_ui(ui, kind_words(kind), (*given, *received));
        }
    }
    if counts.mutual > 0.0 {
        let both = (counts.mutual, counts.mutual);
        row_ui(ui, "Ties without direction", both);
    }
}

/// The places of a row: what, given, received.
fn columns(rect: Rect) -> [Rect; 3] {
    let width = rect.width().min(360.0);
    let from = |from: f32, to: f32| {
        let x = |share: f32| rect.left() + width * share;
        rect.with_min_x(x(from)).with_max_x(x(to))
    };
    [from(0.0, 0.5), from(0.5, 0.74), from(0.74, 1.0)]
}

fn row_ui(ui: &mut Ui, what: &str, (given, received): (f64, f64)) {
    let size = vec2(ui.available_width(), LINE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let (given, received) = (number(given), number(received));
    let name = format!("{what}, {given} given, {received} received");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, &name));
    let colour = ui.visuals().text_color();
    let words = [what, given.as_str(), received.as_str()];
    let aligned = [Align::Min, Align::Max, Align::Max];
    for ((room, words), align) in columns(rect).into_iter().zip(words).zip(aligned) {
        cell(ui, room, RichText::new(words).small(), colour, align);
    }
}

/// A count: whole numbers whole, weights with their digits.
fn number(count: f64) -> String {
    if count <= 0.0 {
        "0".to_owned()
    } else if count.fract() == 0.0 {
        figures::whole(count as u64)
    } else {
        figures::amount(count)
    }
}

fn kind_words(kind: TieKind) -> &'static str {
    match kind {
        TieKind::Repost => "Reposts",
        TieKind::Quote => "Quotes",
        TieKind::Reply => "Replies",
        TieKind::Mention => "Mentions",
        TieKind::Tie => "Ties",
    }
}
