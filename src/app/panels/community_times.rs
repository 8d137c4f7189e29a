//! When a community posted, as bars by day or week.

use eframe::egui::{Align, Rect, RichText, Sense, Ui, WidgetInfo, WidgetType, pos2, vec2};
use egui_plot::{Bar, BarChart, Plot, PlotBounds};

use super::figures;
use super::shown::Shown;
use super::widgets::{cell, explained_section, section};
use crate::explore::CommunityFacts;

/// Height of the bars, in points.
const HEIGHT: f32 = 84.0;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// Draws the section, where posts have times.
pub(super) fn times_ui(ui: &mut Ui, shown: Shown<'_>, facts: &CommunityFacts) {
    let activity = &facts.activity;
    let title = match activity.days {
        1 => "Posts by day (UTC)",
        7 => "Posts by week (UTC)",
        28 => "Posts by four weeks (UTC)",
        _ => "Posts by year (UTC)",
    };
    if facts.posts == 0 {
        return;
    }
    let Some(most) = activity.counts.iter().max() else {
        section(ui, "Posts over time");
        ui.label(RichText::new("These posts have no dates").weak());
        return;
    };
    explained_section(ui, title, "Days begin at midnight UTC, weeks on Monday");
    let day_of = |bar: usize| activity.first_day + bar as i64 * activity.days;
    let day = |bar: usize| figures::day(day_of(bar).saturating_mul(DAY));
    let n = activity.counts.len();
    let colour = shown.community_colour(Some(facts.community));
    let bars: Vec<Bar> = (activity.counts.iter().enumerate())
        .map(|(at, count)| Bar::new(at as f64, f64::from(*count)).width(0.82))
        .collect();
    let drawn = Plot::new("posts over time")
        .width(ui.available_width())
        .height(HEIGHT)
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .show_crosshair(false)
        .sense(Sense::HOVER)
        .show(ui, |plot| {
            let top = f64::from(*most) * 1.05;
            plot.set_plot_bounds(PlotBounds::from_min_max([-0.6, 0.0], [n as f64 - 0.4, top]));
            plot.bar_chart(
                BarChart::new("posts", bars)
                    .color(colour)
                    .allow_hover(false),
            );
            plot.pointer_coordinate().map(|at| at.x)
        });
    let all: u64 = activity.counts.iter().map(|n| u64::from(*n)).sum();
    let (first, last) = (day(0), day(n.saturating_sub(1)));
    let posts = figures::counted(all, "post", "posts");
    let busiest = activity.counts.iter().position(|n| n == most).unwrap_or(0);
    let spoken = format!(
        "{title}: {posts} from {first} to {last}, most of them, {most}, {} {}",
        if activity.days == 1 { "on" } else { "from" },
        day(busiest)
    );
    let response = drawn.response;
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, &spoken));
    let pointed = drawn.inner.filter(|_| response.hovered());
    if let Some(bar) = pointed.map(|x| x.round().max(0.0) as usize)
        && let Some(count) = activity.counts.get(bar)
    {
        let count = figures::counted(u64::from(*count), "post", "posts");
        let words = if activity.days == 1 {
            format!("{count} on {}", day(bar))
        } else {
            format!("{count} in the {} days from {}", activity.days, day(bar))
        };
        response.on_hover_text_at_pointer(words);
    }
    axis_ui(ui, shown, [&first, &last], *most);
    if activity.left_out > 0 {
        let words = figures::counted(activity.left_out, "much older post", "much older posts");
        ui.label(RichText::new(format!("{words} left out")).small().weak());
    }
}

/// The first and the last day below the bars, and between them how high the highest is.
fn axis_ui(ui: &mut Ui, shown: Shown<'_>, [first, last]: [&str; 2], most: u32) {
    let size = vec2(ui.available_width(), 16.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let colour = shown.colours.weak;
    let line = eframe::egui::Stroke::new(1.0, shown.colours.line);
    ui.painter().hline(rect.x_range(), rect.top() - 1.0, line);
    let third = rect.width() / 3.0;
    let room = |at: f32| {
        let left = rect.left() + third * at;
        Rect::from_min_max(pos2(left, rect.top()), pos2(left + third, rect.bottom()))
    };
    let small = |words: &str| RichText::new(words).small();
    cell(ui, room(0.0), small(first), colour, Align::Min);
    let highest = format!("most {}", figures::whole(u64::from(most)));
    cell(ui, room(1.0), small(&highest), colour, Align::Center);
    if first != last {
        cell(ui, room(2.0), small(last), colour, Align::Max);
    }
}
