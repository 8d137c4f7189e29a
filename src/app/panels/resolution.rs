//! How finely people are grouped: a slider from fewer to more communities, the number as the runs agree best, or those of the file.

use eframe::egui::{Align, Button, Layout, RichText, Slider, Ui, WidgetInfo, WidgetType, vec2};

use super::figures;
use super::shown::Shown;
use super::widgets::{named, small_button};
use crate::analysis::{RESOLUTIONS, Resolution};
use crate::app::command::{Command, GroupCommand};
use crate::app::theme;
use crate::app::words::{Measure, measure_tip};

/// What the two ends do, on the button and for screen readers.
const ENDS: [(bool, &str, &str); 2] = [
    (false, "Fewer", "Fewer, larger communities"),
    (true, "More", "More, smaller communities"),
];

/// Draws them. `step`: where the slider is while it is drawn; people are grouped when it is let go.
pub(super) fn resolution_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    step: &mut Option<usize>,
    inbox: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let [fewer, more] = ENDS;
        end_ui(ui, shown, fewer, inbox);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            end_ui(ui, shown, more, inbox);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                slider_ui(ui, shown, step, inbox);
            });
        });
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let chosen = shown.model.campaign.map.resolution == Resolution::Auto;
        let auto = Command::SetResolution(Resolution::Auto);
        let tip = auto.words().tooltip;
        let words = ("Auto", "Automatic number of communities", tip);
        if chosen_ui(ui, chosen, words) && !chosen {
            inbox.push(auto);
        }
        by_file_ui(ui, shown, inbox);
        count_ui(ui, shown);
    });
}

fn end_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (finer, label, name): (bool, &str, &str),
    inbox: &mut Vec<Command>,
) {
    let next = shown.model.next_resolution(finer).map(Resolution::Fixed);
    let by_file = shown.model.campaign.map.by_file;
    let button = ui.add_enabled(next.is_some() && !by_file, small_button(label));
    named(&button, name);
    if button.on_hover_text(name).clicked() {
        inbox.extend(next.map(Command::SetResolution));
    }
}

fn slider_ui(ui: &mut Ui, shown: Shown<'_>, step: &mut Option<usize>, inbox: &mut Vec<Command>) {
    let now = shown.model.resolution();
    // Between two steps, as a flag of the command line may ask for, the slider stands at the nearest.
    let away = |at: &usize| {
        RESOLUTIONS
            .get(*at)
            .map_or(f64::INFINITY, |r| (r - now).abs())
    };
    let nearest = (0..RESOLUTIONS.len()).min_by(|a, b| away(a).total_cmp(&away(b)));
    let here = nearest.unwrap_or_default();
    let mut at = step.unwrap_or(here);
    ui.visuals_mut().widgets.inactive.bg_fill = shown.colours.bar; // the usual one is hardly seen on a panel
    ui.spacing_mut().slider_width = (ui.available_width() - 2.0).max(24.0);
    let slider = Slider::new(&mut at, 0..=RESOLUTIONS.len() - 1).show_value(false);
    let response = ui.add_enabled(!shown.model.campaign.map.by_file, slider);
    named(&response, "How many communities");
    if response.dragged() {
        *step = Some(at);
    } else if response.changed() || response.drag_stopped() || step.is_some() {
        *step = None;
        let wanted = RESOLUTIONS.get(at).filter(|_| at != here);
        inbox.extend(wanted.map(|wanted| Command::SetResolution(Resolution::Fixed(*wanted))));
    }
    response
        .on_hover_text("To the left fewer, larger communities; to the right more, smaller ones");
}

/// A button that stays pressed while its choice holds. Says whether it was clicked.
fn chosen_ui(ui: &mut Ui, chosen: bool, (label, name, tip): (&str, &str, &str)) -> bool {
    let button = Button::selectable(chosen, label)
        .small()
        .min_size(vec2(0.0, theme::SMALL));
    let response = ui.add(button.frame_when_inactive(true));
    response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, chosen, name));
    response.on_hover_text(tip).clicked()
}

/// The communities of the file, where it gives any.
fn by_file_ui(ui: &mut Ui, shown: Shown<'_>, inbox: &mut Vec<Command>) {
    let chosen = shown.model.campaign.map.by_file;
    let other = GroupCommand::ByFile(!chosen);
    if !other.is_possible(shown.model) {
        return;
    }
    let (name, tip) = GroupCommand::ByFile(true).words();
    if chosen_ui(ui, chosen, ("By the file", name, tip)) {
        inbox.push(Command::Group(other));
    }
}

/// How many communities there are, or that they are being found.
fn count_ui(ui: &mut Ui, shown: Shown<'_>) {
    let words = if shown.model.is_grouping() {
        "grouping…".to_owned()
    } else {
        let n = shown.analysis().communities.n_large() as u64;
        figures::counted(n, "community", "communities")
    };
    let communities = &shown.analysis().communities;
    let tip = format!(
        "Communities, without small groups\nModularity {:.2}: {}\nResolution {}: {}",
        communities.modularity,
        measure_tip(Measure::Modularity),
        communities.resolution,
        measure_tip(Measure::Resolution)
    );
    ui.label(RichText::new(words).weak()).on_hover_text(tip);
}
