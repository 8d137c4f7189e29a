//! The words of a community, and the way from its page to what its people wrote.

use eframe::egui::{
    self, CursorIcon, Id, Label, Rect, RichText, Sense, Ui, WidgetInfo, WidgetType,
};

use super::community::bar_row_ui;
use super::figures;
use super::shown::Shown;
use super::widgets::{explained_section, named, section};
use crate::analysis::{Community, CommunityId};
use crate::app::command::{Command, Drawer, ReadCommand};
use crate::app::reading::PostScope;

/// Opens the posts of the community whose page is shown: all, or those with `word`.
fn read(word: &str) -> [Command; 3] {
    [
        Command::Read(ReadCommand::SetScope(PostScope::Community)),
        Command::Read(ReadCommand::Search(word.to_owned())),
        Command::ShowDrawer(Some(Drawer::Posts)),
    ]
}

/// The button that opens what its people wrote.
pub(super) fn read_ui(ui: &mut Ui, shown: Shown<'_>, id: CommunityId, inbox: &mut Vec<Command>) {
    if shown.map.results.conversation.posts.posts.is_empty() {
        return;
    }
    let response = ui.button("Read posts");
    let name = shown.community_name(Some(id));
    named(&response, &format!("Read posts of {name}"));
    let tip = "What its people wrote, below the map";
    if response.on_hover_text(tip).clicked() {
        inbox.extend(read(""));
    }
}

/// The words by which it was named, with the people who use them; a click on one shows the posts that have it.
pub(super) fn words_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (id, community): (CommunityId, &Community),
    inbox: &mut Vec<Command>,
) {
    let colour = shown.community_colour(Some(id));
    if community.evidence.is_empty() {
        section(ui, "Words that set it apart");
        let words = if shown.model.name_mask.hides() {
            "Not shown while names are hidden"
        } else if !community.words.is_empty() {
            ui.add(Label::new(community.words.join(", ")).wrap());
            return;
        } else {
            "No words stand out: few members wrote, or all write alike"
        };
        ui.add(Label::new(RichText::new(words).weak()).wrap());
        return;
    }
    explained_section(
        ui,
        "Words that set it apart",
        "Members who use the word, in posts or where they tell of themselves, and other people who do; a click shows the posts",
    );
    let readable = shown.map.results.conversation.posts.keeps_texts();
    let most = community.evidence.iter().map(|word| word.members).max();
    let most = f64::from(most.unwrap_or(1).max(1));
    for (at, word) in community.evidence.iter().enumerate() {
        let share = f64::from(word.members) / most;
        let behind = format!(
            "{} here, {} others",
            figures::short(f64::from(word.members)),
            figures::short(f64::from(word.others))
        );
        let spoken = format!(
            "{}, used by {} here and {} elsewhere",
            word.word,
            figures::people(u64::from(word.members)),
            figures::whole(u64::from(word.others))
        );
        let before = ui.cursor().min;
        bar_row_ui(ui, shown, (&word.word, &behind), (share, colour), &spoken);
        if !readable {
            continue;
        }
        let row = Rect::from_min_max(before, egui::pos2(ui.max_rect().right(), ui.cursor().top()));
        let label = format!("Read posts with {}", word.word);
        let response = ui.interact(
            row,
            Id::new(("word of community", id.0, at)),
            Sense::click(),
        );
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Link, true, &label));
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        if response
            .on_hover_text(format!("{spoken}\nClick to read the posts"))
            .clicked()
        {
            inbox.extend(read(&word.word));
        }
    }
}
