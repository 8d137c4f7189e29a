//! What stands in the middle of the map while nobody is drawn: why, and the way out.

use eframe::egui::{Align, Layout, Rect, RichText, Ui, UiBuilder, vec2};

use crate::app::command::{Command, FilterCommand};
use crate::app::model::Model;
use crate::explore::PartCounts;
use crate::people::counted;

/// Says that nobody is there, and why, with the button that lifts the filter.
pub(super) fn nobody_ui(
    ui: &mut Ui,
    rect: Rect,
    model: &Model,
    counts: PartCounts,
    inbox: &mut Vec<Command>,
) {
    let (title, sentence) = if counts.people == 0 {
        let all = counted(counts.all_people, "person", "people");
        let title = "Nobody matches the filter";
        (
            title.to_owned(),
            format!("None of {all} meets every condition"),
        )
    } else {
        let people = counted(counts.people, "person matches", "people match");
        let title = format!("{people}, and none has a tie that is shown");
        (title, "Only people with ties are drawn".to_owned())
    };
    let room = Rect::from_center_size(rect.center(), vec2(rect.width().min(420.0), 110.0));
    let layout = Layout::top_down(Align::Center);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(room).layout(layout));
    inside.label(RichText::new(title).size(18.0));
    inside.label(RichText::new(sentence).weak());
    inside.add_space(8.0);
    let lift = Command::Filter(FilterCommand::Lift);
    let button = inside.button(lift.title(model));
    if button.on_hover_text(lift.words().tooltip).clicked() {
        inbox.push(lift);
    }
}
