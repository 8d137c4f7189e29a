//! How many people are touched, as words, as a bar and as a small table: the plan and the list's meter show the same.

use eframe::egui::{
    Align, CollapsingHeader, Color32, Rect, RichText, Sense, TextStyle, Ui, WidgetInfo, WidgetType,
    pos2, vec2,
};

use super::figures;
use super::shown::Shown;
use super::widgets::{bar, cell};
use crate::app::planning::TouchCounts;
use crate::app::words::{Measure, measure_tip};
use crate::campaign::plan::{Choice, Touched};

/// Height of a line of the table, in points.
const LINE: f32 = 31.0;
/// Height of a bar, in points.
const BAR: f32 = 6.0;
/// So many communities are shown unasked; more would push what stands below them out of sight.
const FEW: usize = 12;
/// Width of a column of numbers, in points.
const NUMBER: f32 = 48.0;

/// "once", "twice", "three times".
pub(super) fn times(n: u32) -> &'static str {
    const TIMES: [&str; 10] = [
        "never",
        "once",
        "twice",
        "three times",
        "four times",
        "five times",
        "six times",
        "seven times",
        "eight times",
        "nine times",
    ];
    TIMES.get(n as usize).copied().unwrap_or("often enough")
}

/// "412 people touched, 96 at least twice".
pub(super) fn sentence(touched: Touched, touchpoints: u32) -> String {
    let people = figures::people(u64::from(touched.touched()));
    match touchpoints {
        1 => format!("{people} touched"),
        m => format!(
            "{people} touched, {} at least {}",
            figures::whole(u64::from(touched.enough)),
            times(m)
        ),
    }
}

/// What somebody would add, in a few letters: "+17 twice".
pub(super) fn adds(choice: &Choice, touchpoints: u32) -> String {
    if touchpoints == 1 || choice.enough > 0 {
        gains(choice.enough, touchpoints)
    } else {
        format!("+{} once", figures::whole(u64::from(choice.first)))
    }
}

/// People who are touched often enough besides, in a few letters: "+23 twice", "−2 twice".
pub(super) fn gains(enough: i64, touchpoints: u32) -> String {
    let sign = if enough < 0 { "−" } else { "+" };
    let n = figures::whole(enough.unsigned_abs());
    match touchpoints {
        1 => format!("{sign}{n}"),
        m => format!("{sign}{n} {}", times(m)),
    }
}

/// The same in words, for a tooltip.
pub(super) fn adds_words(choice: &Choice, touchpoints: u32) -> String {
    let more = |n: u64| figures::counted(n, "more person", "more people");
    let first = u64::from(choice.first);
    if touchpoints == 1 {
        return format!("{} would be touched", more(first));
    }
    let enough = match u64::try_from(choice.enough) {
        Ok(n) => format!("{} at least {}", more(n), times(touchpoints)),
        Err(_) => format!("nobody more at least {}", times(touchpoints)),
    };
    format!(
        "Touches {enough}, and {} for the first time",
        figures::people(first)
    )
}

/// A slim bar of those who are touched often enough, then those who are touched.
pub(super) fn touched_bar(ui: &Ui, rect: Rect, touched: Touched, colour: Color32, empty: Color32) {
    let people = touched.people().max(1) as f32;
    let share = |n: u32| n as f32 / people;
    let some = colour.gamma_multiply(0.45);
    bar(ui, rect, share(touched.touched()), some, empty);
    if touched.enough > 0 {
        bar(
            ui,
            rect,
            share(touched.enough),
            colour,
            Color32::TRANSPARENT,
        );
    }
}

/// The titles of the three columns: touched by nobody, by too few, by enough. The middle one is left out where one touch is enough.
fn titles(touchpoints: u32) -> [Option<String>; 3] {
    let some = match touchpoints {
        0 | 1 => None,
        2 => Some("1".to_owned()),
        m => Some(format!("1–{}", m - 1)),
    };
    [Some("0".to_owned()), some, Some(format!("{touchpoints}+"))]
}

/// How often everybody is touched, and on demand the people of each community.
pub(super) fn table_ui(ui: &mut Ui, shown: Shown<'_>, counts: &TouchCounts, touchpoints: u32) {
    head_ui(ui, shown, touchpoints);
    let about = ("Everybody", shown.colours.accent);
    let middle = touchpoints > 1;
    line_ui(ui, shown, about, counts.all, (touchpoints, middle));
    if counts.communities.is_empty() && counts.small.is_none() {
        return;
    }
    let few = counts.communities.len() <= FEW;
    CollapsingHeader::new(RichText::new("By community").small())
        .id_salt(("by community", few))
        .default_open(few)
        .show_unindented(ui, |ui| {
            communities_ui(ui, shown, counts, touchpoints);
        });
}

/// The titles of the columns.
pub(super) fn head_ui(ui: &mut Ui, shown: Shown<'_>, touchpoints: u32) {
    let titles = titles(touchpoints);
    let (rect, head) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    let small = |text: &str| RichText::new(text).text_style(TextStyle::Small);
    let weak = shown.colours.weak;
    let name = Rect::from_min_max(rect.min, pos2(rect.right() - 3.0 * NUMBER, rect.bottom()));
    cell(ui, name, small("Touches"), weak, Align::Min);
    for (title, room) in titles.iter().zip(columns(rect)) {
        if let Some(title) = title {
            cell(ui, room, small(title), weak, Align::Max);
        }
    }
    head.on_hover_text(format!(
        "People by how many of those who carry the message they share a tie with; whoever carries it is not counted\n{}\nOften enough: {}",
        measure_tip(Measure::Touches),
        measure_tip(Measure::TouchedEnough)
    ));
}

/// The people of each community: numbers above bars of its colour.
pub(super) fn communities_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    counts: &TouchCounts,
    touchpoints: u32,
) {
    ui.spacing_mut().item_spacing.y = 2.0;
    let middle = touchpoints > 1;
    for (id, touched) in &counts.communities {
        let about = (
            shown.community_name(Some(*id)),
            shown.community_colour(Some(*id)),
        );
        line_ui(ui, shown, about, *touched, (touchpoints, middle));
    }
    if let Some(touched) = counts.small {
        let about = ("Small groups", shown.colours.grey);
        line_ui(ui, shown, about, touched, (touchpoints, middle));
    }
}

fn columns(rect: Rect) -> [Rect; 3] {
    [2.0, 1.0, 0.0].map(|from_right| {
        let right = rect.right() - from_right * NUMBER;
        Rect::from_x_y_ranges(right - NUMBER + 4.0..=right, rect.y_range())
    })
}

fn line_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (name, colour): (&str, Color32),
    touched: Touched,
    (touchpoints, middle): (u32, bool),
) {
    let size = vec2(ui.available_width(), LINE);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    if !ui.is_rect_visible(rect) {
        return;
    }
    let said = || {
        let n = |n: u32| figures::whole(u64::from(n));
        let some = if middle {
            format!("{} less often, ", n(touched.some))
        } else {
            String::new()
        };
        format!(
            "{name}: {} not touched, {some}{} at least {}",
            n(touched.not),
            n(touched.enough),
            times(touchpoints)
        )
    };
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, said()));
    let upper = Rect::from_min_size(rect.min, vec2(rect.width(), 20.0));
    ui.painter()
        .circle_filled(pos2(upper.left() + 5.0, upper.center().y), 4.0, colour);
    let room = upper.left() + 15.0..=upper.right() - 3.0 * NUMBER;
    let room = Rect::from_x_y_ranges(room, upper.y_range());
    let text = |text: &str| RichText::new(text).size(13.0);
    cell(ui, room, text(name), shown.colours.text, Align::Min);
    let numbers = [touched.not, touched.some, touched.enough];
    for (at, (n, room)) in numbers.into_iter().zip(columns(upper)).enumerate() {
        if at != 1 || middle {
            let colour = if at == 2 {
                shown.colours.text
            } else {
                shown.colours.weak
            };
            let n = figures::whole(u64::from(n));
            cell(ui, room, text(&n), colour, Align::Max);
        }
    }
    let y = rect.top() + 21.0;
    let track = Rect::from_x_y_ranges(rect.left()..=rect.right(), y..=y + BAR);
    touched_bar(ui, track, touched, colour, shown.colours.bar);
    response.on_hover_ui(|ui| {
        ui.label(said());
    });
}
