//! A field of people: how many, and on demand their handles, one a line, to type or to paste.

use std::collections::BTreeSet;

use eframe::egui::{Align, Id, Layout, Margin, RichText, ScrollArea, TextEdit, Ui};

use super::settings::field;
use crate::app::command::Command;
use crate::app::panels::figures;
use crate::app::panels::shown::Shown;
use crate::app::panels::widgets::named;
use crate::campaign::plan::PlanSettings;

/// People named who are not on the map.
const NAMED: usize = 3;
/// The height a long field may have, in points.
const HEIGHT: f32 = 132.0;

/// What is typed in one field.
#[derive(Debug, Default)]
pub(super) struct Handles {
    open: bool,
    text: String,
    /// The keys that `text` names.
    keys: BTreeSet<String>,
    /// Of those, people who are not on the map: some of them, and how many.
    unknown: (Vec<String>, usize),
}

impl Handles {
    /// Looks up whom the text names.
    fn look_up(&mut self, shown: Shown<'_>) {
        let graph = &shown.map.results.graph;
        let unknown = self.keys.iter().filter(|key| graph.find(key).is_none());
        let mut named: Vec<String> = unknown.clone().take(NAMED).cloned().collect();
        named.sort_unstable();
        self.unknown = (named, unknown.count());
    }

    /// Shows `keys` in the field.
    fn write(&mut self, shown: Shown<'_>, keys: &BTreeSet<String>) {
        self.keys.clone_from(keys);
        self.text.clear();
        for key in keys {
            self.text.extend(["@", key, "\n"]);
        }
        self.look_up(shown);
    }
}

/// The keys in `text`: handles one a line, or between commas, with or without @.
fn keys_in(text: &str) -> BTreeSet<String> {
    let parts = text.split(['\n', ',', ';']).map(str::trim);
    let keys = parts.map(|part| part.trim_start_matches('@').to_lowercase());
    keys.filter(|key| !key.is_empty()).collect()
}

/// Draws the field of people called `title`, who are `keys`; `put` puts other keys into the settings.
pub(super) fn handles_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (title, tip, keys): (&str, &str, &BTreeSet<String>),
    typed: &mut Handles,
    inbox: &mut Vec<Command>,
    put: impl FnOnce(&mut PlanSettings, BTreeSet<String>),
) {
    ui.horizontal(|ui| {
        ui.label(title).on_hover_text(tip);
        let n = match keys.len() {
            0 => "nobody".to_owned(),
            n => figures::people(n as u64),
        };
        ui.label(RichText::new(n).weak());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let words = if typed.open { "Done" } else { "Edit…" };
            let button = ui.button(words);
            named(&button, &format!("{words} {title}"));
            if button.on_hover_text(tip).clicked() {
                typed.open = !typed.open;
                typed.write(shown, keys);
            }
        });
    });
    if !typed.open {
        return;
    }
    if typed.keys != *keys {
        typed.write(shown, keys); // undone, or changed elsewhere
    }
    ScrollArea::vertical()
        .id_salt(title)
        .max_height(HEIGHT)
        .show(ui, |ui| {
            let edit = TextEdit::multiline(&mut typed.text)
                .id(Id::new(("handles", title)))
                .hint_text("@handles, one a line")
                .margin(Margin::symmetric(8, 5))
                .desired_rows(3)
                .desired_width(ui.available_width());
            let response = ui.add(edit);
            named(&response, &format!("{title}: handles"));
            if response.changed() {
                typed.keys = keys_in(&typed.text);
                typed.look_up(shown);
            }
            let new = || typed.keys.clone();
            field(shown.model, &response, inbox, |settings| {
                put(settings, new());
            });
        });
    unknown_ui(ui, shown, typed);
}

fn unknown_ui(ui: &mut Ui, shown: Shown<'_>, typed: &Handles) {
    let (named, n) = &typed.unknown;
    if *n == 0 {
        return;
    }
    let mut words: Vec<String> = named.iter().map(|key| format!("@{key}")).collect();
    if *n > named.len() {
        words.push(format!(
            "{} more",
            figures::whole((*n - named.len()) as u64)
        ));
    }
    let sentence = format!("Not on this map: {}", words.join(", "));
    ui.label(RichText::new(sentence).small().color(shown.colours.warn))
        .on_hover_text("They are kept, for other files of this conversation");
}

#[cfg(test)]
mod tests {
    use super::keys_in;

    #[test]
    fn handles_are_read_as_people_paste_them() {
        let keys: Vec<String> = keys_in("@Ana_Sushi\r\nben, @CLEO;\n\n @ \n寿司太郎")
            .into_iter()
            .collect();
        assert_eq!(keys, ["ana_sushi", "ben", "cleo", "寿司太郎"]);
        assert!(keys_in(" \n").is_empty());
    }
}
