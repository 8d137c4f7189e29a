//! What a person says of themselves, where their profile is, and how often they addressed others and were addressed.

use eframe::egui::{Grid, Label, Layout, RichText, Ui};

use super::figures;
use super::shown::Shown;
use super::widgets::one_line;
use crate::analysis::KindCounts;
use crate::app::command::{Command, ReadCommand};
use crate::people::{Person, PersonId, TieKind};

/// Letters of a bio before it is cut.
const BIO: usize = 400;

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
            let button = ui.small_button("Copy");
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
            RichText::new("Nobody is addressed, by nobody")
                .small()
                .weak(),
        );
        return;
    }
    Grid::new("interactions by kind")
        .num_columns(3)
        .spacing([18.0, 3.0])
        .show(ui, |ui| {
            ui.label("");
            head_cell(ui, "Given", "How often this person did so");
            head_cell(ui, "Received", "How often others did so to this person");
            ui.end_row();
            let ways = counts.given.iter().zip(&counts.received);
            for (kind, (given, received)) in TieKind::ALL.into_iter().zip(ways) {
                if *given <= 0.0 && *received <= 0.0 {
                    continue;
                }
                ui.label(RichText::new(kind_words(kind)).small());
                number(ui, *given);
                number(ui, *received);
                ui.end_row();
            }
            if counts.mutual > 0.0 {
                ui.label(RichText::new("Ties without direction").small());
                number(ui, counts.mutual);
                number(ui, counts.mutual);
                ui.end_row();
            }
        });
}

fn head_cell(ui: &mut Ui, words: &str, tip: &str) {
    ui.with_layout(Layout::right_to_left(eframe::egui::Align::Center), |ui| {
        ui.label(RichText::new(words).small().weak())
            .on_hover_text(tip);
    });
}

/// A count: whole numbers whole, weights with their digits.
fn number(ui: &mut Ui, count: f64) {
    let words = if count <= 0.0 {
        "–".to_owned()
    } else if count.fract() == 0.0 {
        figures::whole(count as u64)
    } else {
        figures::amount(count)
    };
    ui.with_layout(Layout::right_to_left(eframe::egui::Align::Center), |ui| {
        ui.label(RichText::new(words).small());
    });
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
