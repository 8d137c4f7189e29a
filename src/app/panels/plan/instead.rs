//! *Who instead…*: the people who could stand in for somebody, with what each would bring.

use eframe::egui::{
    Align, Id, Popup, PopupCloseBehavior, Rect, Response, RichText, Sense, Ui, WidgetInfo,
    WidgetType, pos2, vec2,
};

use crate::app::command::{Among, Command, PlanCommand};
use crate::app::panels::icons::Icon;
use crate::app::panels::shown::Shown;
use crate::app::panels::touched::{adds, adds_words};
use crate::app::panels::widgets::{cell, icon_button, row_ground};
use crate::app::planning::Instead;
use crate::app::theme;
use crate::campaign::plan::Choice;
use crate::campaign::{Entry, Status};
use crate::people::PersonId;

/// Width of the popup, in points.
const WIDTH: f32 = 286.0;

/// Behind the status of somebody on the list who said no: who else.
pub(in crate::app::panels) fn instead_of_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    entry: &Entry,
    inbox: &mut Vec<Command>,
) {
    let no = matches!(entry.status, Status::Declined | Status::DoNotContact);
    let person = shown.map.results.graph.find(&entry.person);
    if let Some(person) = person.filter(|_| no) {
        let about = (Among::List, person);
        instead_button(ui, shown, about, &entry.name, inbox);
    }
}

/// The button, and below it who could stand in for `name`, while that is shown.
pub(super) fn instead_button(
    ui: &mut Ui,
    shown: Shown<'_>,
    (among, out): (Among, PersonId),
    name: &str,
    inbox: &mut Vec<Command>,
) {
    let label = format!("Who instead of {name}…");
    let button = icon_button(ui, Icon::Swap, &label, shown.colours.weak);
    let asked = shown.model.advice.instead.as_ref();
    let asked = asked.filter(|i| (i.among, i.out) == (among, out));
    if button.clicked() {
        let ask = asked.is_none().then_some((among, out));
        inbox.push(Command::Plan(PlanCommand::AskInstead(ask)));
    }
    let Some(instead) = asked else { return };
    let mut open = true;
    Popup::from_response(&button)
        .id(Id::new(("instead", among == Among::Plan, out.0)))
        .width(WIDTH)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .open_bool(&mut open)
        .show(|ui| choices_ui(ui, shown, (instead, name), &button, inbox));
    if !open && !button.clicked() {
        inbox.push(Command::Plan(PlanCommand::AskInstead(None)));
    }
}

fn choices_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (instead, name): (&Instead, &str),
    button: &Response,
    inbox: &mut Vec<Command>,
) {
    ui.set_width(WIDTH);
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.label(RichText::new(format!("Instead of {name}")).small().weak());
    let Some(choices) = &instead.choices else {
        ui.label("Looking for people who would add most…");
        return;
    };
    if choices.is_empty() {
        ui.label("Nobody else would add anything");
    }
    let model = shown.model;
    let plan = model.plan.as_ref().filter(|_| instead.among == Among::Plan);
    let asked = model.campaign.plan.touchpoints;
    let touchpoints = plan.map_or(asked, |plan| plan.audience.touchpoints);
    for choice in choices {
        let response = choice_ui(ui, shown, (choice, touchpoints), name);
        if button.has_focus() {
            response.request_focus(); // whoever came with the keys goes on from the first line
        }
        if response.clicked() {
            inbox.push(Command::Plan(PlanCommand::PutInstead {
                among: instead.among,
                out: instead.out,
                new: choice.person,
            }));
        }
    }
}

/// One of them: who, and what they would bring.
fn choice_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (choice, touchpoints): (&Choice, u32),
    out: &str,
) -> Response {
    let size = vec2(ui.available_width(), theme::CONTROL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let name = shown.name(choice.person);
    let adds = adds(choice, touchpoints);
    response.widget_info(|| {
        let label = format!("{name} instead of {out}, {adds}");
        WidgetInfo::labeled(WidgetType::Button, true, label)
    });
    row_ground(ui, rect, &response, false, shown.colours);
    let colour = shown.person_colour(choice.person);
    let left = rect.left() + 8.0;
    ui.painter()
        .circle_filled(pos2(left + 4.0, rect.center().y), 4.0, colour);
    let middle = rect.right() - 110.0;
    let room = Rect::from_x_y_ranges(left + 16.0..=middle - 6.0, rect.y_range());
    cell(ui, room, name, shown.colours.text, Align::Min);
    let room = Rect::from_x_y_ranges(middle..=rect.right() - 8.0, rect.y_range());
    let text = RichText::new(&adds).size(13.0);
    cell(ui, room, text, shown.colours.weak, Align::Max);
    let community = shown.community_name(shown.community_of(choice.person));
    response.on_hover_ui(|ui| {
        ui.label(format!(
            "{name}\n{community}\n{}",
            adds_words(choice, touchpoints)
        ));
    })
}
