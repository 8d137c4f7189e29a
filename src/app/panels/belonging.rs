//! Which accounts somebody has, and to which community they are counted, with the ways to change that.

use eframe::egui::{Button, RichText, ScrollArea, Ui};

use super::shown::Shown;
use super::widgets::{dot, named, one_line};
use crate::analysis::CommunityId;
use crate::app::command::{Command, GroupCommand};
use crate::people::PersonId;

/// The communities to choose from take no more height than this, in points.
const TALLEST: f32 = 320.0;

/// Other accounts that are named; of more there is a number.
const NAMED: usize = 4;

/// The other accounts of a person: "also @ana2".
pub(super) fn also_ui(ui: &mut Ui, shown: Shown<'_>, id: PersonId) {
    let handles: Vec<String> = shown
        .map
        .results
        .graph
        .also(id)
        .map(|account| format!("@{}", account.handle))
        .collect();
    if handles.is_empty() {
        return;
    }
    let first = handles.get(..NAMED).unwrap_or(&handles).join(", ");
    let more = handles.len().saturating_sub(NAMED);
    let words = if more > 0 {
        format!("also {first} and {more} more")
    } else {
        format!("also {first}")
    };
    one_line(ui, RichText::new(words).weak()).on_hover_text(handles.join("\n"));
}

/// The ways to count a person to another community, and to take their accounts apart.
pub(super) fn belonging_ui(ui: &mut Ui, shown: Shown<'_>, id: PersonId, inbox: &mut Vec<Command>) {
    let others = others(shown, id);
    if !others.is_empty() {
        let (_, tip) = GroupCommand::Move(id, CommunityId(0)).words();
        let opens = ui.menu_button("Move to…", |ui| {
            ScrollArea::vertical().max_height(TALLEST).show(ui, |ui| {
                for (other, name) in others {
                    ui.horizontal(|ui| {
                        dot(ui, shown.community_colour(Some(other)), 5.0);
                        let button = ui.button(name);
                        named(&button, &format!("Move to {name}"));
                        if button.clicked() {
                            inbox.push(Command::Group(GroupCommand::Move(id, other)));
                            ui.close();
                        }
                    });
                }
            });
        });
        named(&opens.response, "Move to another community");
        opens.response.on_hover_text(tip);
    }
    for asked in [GroupCommand::MoveBack(id), GroupCommand::TakeApart(id)] {
        if asked.is_possible(shown.model) {
            let (label, tip) = asked.words();
            if ui.add(Button::new(label)).on_hover_text(tip).clicked() {
                inbox.push(Command::Group(asked));
            }
        }
    }
}

/// The communities to which the person may be counted instead; none for people without ties.
fn others(shown: Shown<'_>, id: PersonId) -> Vec<(CommunityId, &str)> {
    let Some(own) = shown.community_of(id) else {
        return Vec::new();
    };
    let list = shown.analysis().communities.list.iter().zip(0..);
    let others = list.map(|(community, at)| (CommunityId(at), community));
    let others = others.filter(|(other, community)| *other != own && !community.small);
    others
        .map(|(other, community)| (other, community.name.as_str()))
        .collect()
}
