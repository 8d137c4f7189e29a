//! The scatter plots below the map: everybody by two figures, to be brushed, pointed at and clicked.

use eframe::egui::{
    self, Align, Align2, Layout, Pos2, Rect, Response, RichText, Sense, Stroke, StrokeKind,
    TextStyle, Tooltip, Ui, UiBuilder, WidgetInfo, WidgetType, pos2, vec2,
};
use egui_plot::{GridInput, GridMark, Plot, PlotBounds, PlotPoint, PlotPoints, PlotTransform};

use super::figures;
use super::shown::{Shown, figure};
use super::widgets::{named, one_line};
use crate::app::command::Command;
use crate::app::plots::{Plots, Scatter};
use crate::app::theme;
use crate::app::words::{Measure, measure_tip};
use crate::people::PersonId;

/// Two plots stand side by side from this width on, in points.
const TWO: f32 = 560.0;
/// Room for the numbers beside and below a plot, in points.
const AXES: [f32; 2] = [44.0, 32.0];
/// A dot, in points.
const DOT: f32 = 2.2;
/// The pointer is at a dot within this distance, in points.
const NEAR: f32 = 9.0;
/// So many selected people are ringed, and none where there are more.
const RINGED: usize = 60;
/// A drag that is shorter is a click, in points.
const DRAG: f32 = 4.0;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Which {
    /// Reach against bridge score.
    #[default]
    Reach,
    /// Connections against communities reached.
    Connections,
}

impl Which {
    const ALL: [Self; 2] = [Self::Reach, Self::Connections];

    /// What the axes mean: across, upwards.
    fn axes(self) -> [&'static str; 2] {
        match self {
            Self::Reach => ["Reach", "Bridge score"],
            Self::Connections => ["Connections", "Communities reached"],
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Reach => "Reach and bridge score",
            Self::Connections => "Connections and communities reached",
        }
    }

    /// What both measures mean.
    fn tip(self) -> String {
        let measures = match self {
            Self::Reach => [Measure::Reach, Measure::BridgeScore],
            Self::Connections => [Measure::Connections, Measure::CommunitiesReached],
        };
        measures
            .map(|measure| format!("{}: {}", measure.title(), measure_tip(measure)))
            .join("\n")
    }

    fn of(self, plots: &Plots) -> &Scatter {
        match self {
            Self::Reach => &plots.reach,
            Self::Connections => &plots.connections,
        }
    }
}

/// What is being done with the plots.
#[derive(Debug, Default)]
pub(super) struct Brush {
    /// The one shown where there is room for one only.
    which: Which,
    /// The plot in which a rectangle is being drawn, and where that began.
    began: Option<(Which, Pos2)>,
}

/// Draws the plots.
pub(super) fn plots_ui(ui: &mut Ui, shown: Shown<'_>, brush: &mut Brush, inbox: &mut Vec<Command>) {
    let two = ui.available_width() >= TWO;
    let Some(plots) = shown.map.closer.plots.as_deref() else {
        ui.label(RichText::new("Placing everybody…").weak());
        return;
    };
    if !two {
        choice_ui(ui, plots, &mut brush.which);
    }
    let room = ui.available_rect_before_wrap();
    let gap = theme::FAR;
    let (left, right) = room.split_left_right_at_fraction(0.5);
    let rooms = if two {
        let left = left.with_max_x(left.right() - gap / 2.0);
        [Some(left), Some(right.with_min_x(right.left() + gap / 2.0))]
    } else {
        Which::ALL.map(|which| (which == brush.which).then_some(room))
    };
    for (which, room) in Which::ALL.into_iter().zip(rooms) {
        if let Some(room) = room {
            let about = (which, which.of(plots), two);
            ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
                scatter_ui(ui, shown, about, &mut brush.began, inbox);
            });
        }
    }
}

/// What to do with them, where `width` points have room for both.
pub(super) fn head_ui(ui: &mut Ui, shown: Shown<'_>, width: f32) {
    if width >= TWO && shown.map.closer.plots.is_some() {
        let how = "Drag a rectangle to select people, click a dot to show one";
        one_line(ui, RichText::new(how).small().weak());
    }
}

/// Which of the two is shown where only one has room.
fn choice_ui(ui: &mut Ui, plots: &Plots, chosen: &mut Which) {
    ui.horizontal(|ui| {
        for (choice, words) in Which::ALL.into_iter().zip(["Reach", "Connections"]) {
            let label = ui.selectable_label(*chosen == choice, words);
            let tip = format!("{}\n{}", choice.title(), choice.tip());
            if label.on_hover_text(tip).clicked() {
                *chosen = choice;
            }
        }
        drawn_ui(ui, chosen.of(plots));
    });
}

/// One plot with its title, regions and axes.
fn scatter_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (which, scatter, titled): (Which, &Scatter, bool),
    began: &mut Option<(Which, Pos2)>,
    inbox: &mut Vec<Command>,
) {
    if titled {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                drawn_ui(ui, scatter);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    one_line(ui, RichText::new(which.title()).small()).on_hover_text(which.tip());
                });
            });
        });
    }
    let room = ui.available_rect_before_wrap();
    let inner = Rect::from_min_max(
        room.min + vec2(AXES[0], 2.0),
        pos2(room.right() - 4.0, room.bottom() - AXES[1]),
    );
    if inner.width() < 40.0 || inner.height() < 30.0 {
        return;
    }
    let (response, transform) = dots_ui(ui, shown, (which, scatter), inner);
    axes_ui(ui, shown, (which, scatter), &transform);
    let name = format!(
        "Scatter plot of {}, {}",
        which.title().to_lowercase(),
        figures::people(scatter.people as u64)
    );
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, &name));
    rings_ui(ui, shown, scatter, &transform);
    regions_ui(ui, shown, scatter, &transform, inbox);
    brush_ui(
        ui,
        shown,
        (which, scatter),
        (&response, &transform),
        began,
        inbox,
    );
    if began.is_none() {
        pointer_ui(ui, shown, (which, scatter), (&response, &transform), inbox);
    }
}

/// How many of how many are drawn, where these are not all.
fn drawn_ui(ui: &mut Ui, scatter: &Scatter) {
    let (words, tip) = if scatter.drawn < scatter.people {
        let [drawn, all] = [scatter.drawn, scatter.people].map(|n| figures::whole(n as u64));
        (
            format!("{drawn} of {all} drawn"),
            "Everybody at the ends, and a fair sample of the others; a rectangle selects from all",
        )
    } else {
        let people = figures::people(scatter.people as u64);
        (people, "Everybody who has ties")
    };
    ui.label(RichText::new(words).small().weak())
        .on_hover_text(tip);
}

/// A button in the corner of each region, which selects the people in it.
fn regions_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    scatter: &Scatter,
    transform: &PlotTransform,
    inbox: &mut Vec<Command>,
) {
    for region in &scatter.regions {
        let n = figures::whole(region.people as u64);
        let words = RichText::new(format!("{} ({n})", region.name)).small();
        let corner = |[x, y]: [f64; 2]| transform.position_from_point(&PlotPoint::new(x, y));
        let room = Rect::from_two_pos(corner(region.from), corner(region.to));
        let is_low = region.to[1] < scatter.bounds[1][1];
        let align = if is_low { Align::Max } else { Align::Min };
        let layout = Layout::top_down(align);
        let room = room.intersect(*transform.frame()).shrink(4.0);
        let people = figures::people(region.people as u64);
        ui.scope_builder(UiBuilder::new().max_rect(room).layout(layout), |ui| {
            let button = egui::Button::new(words)
                .small()
                .wrap_mode(egui::TextWrapMode::Extend)
                .fill(shown.colours.button.gamma_multiply(0.85));
            let response = ui.add_enabled(region.people > 0, button);
            named(&response, &format!("Select {people}: {}", region.name));
            let tip = format!("{}\nClick to select them", region.tip);
            if response.on_hover_text(tip).clicked() {
                inbox.push(Command::Select(scatter.people_in(region.from, region.to)));
            }
        });
    }
}

/// The dots, with the lines of the grid and between the regions below them.
fn dots_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (which, scatter): (Which, &Scatter),
    inner: Rect,
) -> (Response, PlotTransform) {
    let colours = shown.colours;
    let [from, to] = scatter.bounds;
    let left = scatter.strip.unwrap_or(from[0]);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(inner));
    let drawn = Plot::new(("scatter", which as u8))
        .width(inner.width())
        .height(inner.height())
        .allow_zoom(false)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .show_axes(false)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .show_crosshair(false)
        .sense(Sense::CLICK | Sense::DRAG) // nothing for the keys: the regions are buttons
        .grid_color(colours.line)
        .x_grid_spacer(move |input| tens(&input, left, inner.width()))
        .y_grid_spacer(move |input| upwards(which, &input, inner.height()))
        .show(&mut ui, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max(from, to));
            for region in &scatter.regions {
                let [x, y] = corner(region.from, region.to, scatter.bounds);
                let line = |name| (name, colours.weak.gamma_multiply(0.6));
                let (name, colour) = line(region.name);
                plot.vline(
                    egui_plot::VLine::new(name, x)
                        .color(colour)
                        .width(1.0)
                        .allow_hover(false),
                );
                plot.hline(
                    egui_plot::HLine::new(name, y)
                        .color(colour)
                        .width(1.0)
                        .allow_hover(false),
                );
            }
            if let Some(strip) = scatter.strip {
                let line = egui_plot::VLine::new("strip", strip).color(colours.line);
                plot.vline(line.width(1.0).allow_hover(false));
            }
            for series in &scatter.series {
                let colour = shown.community_colour(series.community);
                let points = PlotPoints::Borrowed(&series.points);
                let points = egui_plot::Points::new("", points)
                    .color(colour.gamma_multiply(0.85))
                    .radius(DOT)
                    .allow_hover(false);
                plot.points(points);
            }
        });
    (drawn.response, drawn.transform)
}

/// The corner of a region that is inside the plot.
fn corner(from: [f64; 2], to: [f64; 2], bounds: [[f64; 2]; 2]) -> [f64; 2] {
    if from[1] <= bounds[0][1] {
        [from[0], to[1]]
    } else {
        [to[0], from[1]]
    }
}

/// Marks at powers of ten from `left` on, no closer than a number needs.
fn tens(input: &GridInput, left: f64, width: f32) -> Vec<GridMark> {
    let (from, to) = input.bounds;
    let each = f64::from(width) / (to - from).max(f64::MIN_POSITIVE);
    let step = (42.0 / each).ceil().max(1.0);
    marks(left.max(from).ceil(), to, step)
}

/// The marks of the axis to the top.
fn upwards(which: Which, input: &GridInput, height: f32) -> Vec<GridMark> {
    match which {
        Which::Reach => roots(input, height),
        Which::Connections => even(input, height),
    }
}

/// A bridge score beside the axis: `0.02`, `0.5`, `20`.
fn score_words(score: f64) -> String {
    if score < 0.095 && score > 0.0 {
        format!("{score:.2}")
    } else if score < 0.95 && score > 0.0 {
        format!("{score:.1}")
    } else {
        figures::short(score)
    }
}

/// Marks at the square roots of round numbers, no closer than a number needs.
fn roots(input: &GridInput, height: f32) -> Vec<GridMark> {
    let (from, to) = input.bounds;
    let least = 24.0 * (to - from) / f64::from(height).max(1.0);
    let rounds =
        (-2..7).flat_map(|ten| [1.0, 2.0, 5.0].map(|n| n * libm::pow(10.0, f64::from(ten))));
    let mut marks = Vec::new();
    let mut free = from;
    for score in std::iter::once(0.0).chain(rounds) {
        let value = libm::sqrt(score);
        if value >= free && value <= to {
            marks.push(GridMark {
                value,
                step_size: least,
            });
            free = value + least;
        }
    }
    marks
}

/// Marks at whole numbers, no closer than a number needs.
fn even(input: &GridInput, height: f32) -> Vec<GridMark> {
    let (from, to) = input.bounds;
    let least = 24.0 * (to - from) / f64::from(height).max(1.0);
    marks(0.0, to, least.ceil().max(1.0))
}

fn marks(from: f64, to: f64, step: f64) -> Vec<GridMark> {
    let n = ((to - from) / step).clamp(0.0, 64.0) as usize;
    let mark = |i: usize| GridMark {
        value: from + i as f64 * step,
        step_size: step,
    };
    (0..=n).map(mark).filter(|mark| mark.value <= to).collect()
}

/// The numbers along both axes, and what they mean.
fn axes_ui(
    ui: &Ui,
    shown: Shown<'_>,
    (which, scatter): (Which, &Scatter),
    transform: &PlotTransform,
) {
    let (colours, painter) = (shown.colours, ui.painter());
    let frame = *transform.frame();
    let font = TextStyle::Small.resolve(ui.style());
    let write = |at: Pos2, align: Align2, text: String| {
        painter.text(at, align, text, font.clone(), colours.weak);
    };
    let [from, to] = scatter.bounds;
    let input = |axis: usize| GridInput {
        bounds: (from[axis], to[axis]),
        base_step_size: 1.0,
    };
    let left = scatter.strip.unwrap_or(from[0]);
    for mark in tens(&input(0), left, frame.width()) {
        let x = transform.position_from_point_x(mark.value);
        let number = figures::short(libm::pow(10.0, mark.value));
        if x < frame.right() - 8.0 {
            write(pos2(x, frame.bottom() + 2.0), Align2::CENTER_TOP, number);
        }
    }
    if let Some(strip) = scatter.strip {
        let end = transform.position_from_point_x(strip);
        let middle = f32::midpoint(frame.left(), end);
        let at = pos2(middle, frame.bottom() + 15.0);
        write(at, Align2::CENTER_TOP, "reach unknown".to_owned());
    }
    for mark in upwards(which, &input(1), frame.height()) {
        let y = transform.position_from_point_y(mark.value);
        let number = match which {
            Which::Reach => score_words(mark.value * mark.value),
            Which::Connections => figures::short(mark.value),
        };
        write(pos2(frame.left() - 5.0, y), Align2::RIGHT_CENTER, number);
    }
    let [across, upwards] = which.axes();
    let below = pos2(frame.right(), frame.bottom() + 15.0);
    write(below, Align2::RIGHT_TOP, across.to_owned());
    let galley = painter.layout_no_wrap(upwards.to_owned(), font.clone(), colours.weak);
    let room = frame.height();
    if galley.size().x <= room + AXES[1] {
        let at = pos2(
            frame.left() - AXES[0],
            frame.top() + galley.size().x.max(room * 0.5),
        );
        let text = egui::epaint::TextShape::new(at, galley, colours.weak);
        painter.add(text.with_angle(-std::f32::consts::FRAC_PI_2));
    }
    let line = Stroke::new(1.0, colours.line);
    painter.hline(frame.x_range(), frame.bottom(), line);
    painter.vline(frame.left(), frame.y_range(), line);
}

fn place(scatter: &Scatter, transform: &PlotTransform, person: PersonId) -> Option<Pos2> {
    let [x, y] = scatter.at.get(person.index())?.map(f64::from);
    let at = transform.position_from_point(&PlotPoint::new(x, y));
    (at.x.is_finite() && at.y.is_finite()).then_some(at)
}

/// Rings round selected people, where these are few.
fn rings_ui(ui: &Ui, shown: Shown<'_>, scatter: &Scatter, transform: &PlotTransform) {
    let painter = ui.painter().with_clip_rect(transform.frame().expand(4.0));
    let ring = Stroke::new(1.5, shown.colours.text);
    let selected = shown.model.selected.as_slice();
    for person in selected.iter().filter(|_| selected.len() <= RINGED) {
        if let Some(at) = place(scatter, transform, *person) {
            painter.circle_stroke(at, DOT + 2.5, ring);
        }
    }
}

/// The rectangle that is being drawn; once it is let go, it selects.
fn brush_ui(
    ui: &Ui,
    shown: Shown<'_>,
    (which, scatter): (Which, &Scatter),
    (response, transform): (&Response, &PlotTransform),
    began: &mut Option<(Which, Pos2)>,
    inbox: &mut Vec<Command>,
) {
    if response.drag_started() {
        let origin = ui.input(|input| input.pointer.press_origin());
        *began = origin.map(|at| (which, at));
    }
    let Some((_, start)) = began.filter(|(of, _)| *of == which) else {
        return;
    };
    let end = ui.input(|input| input.pointer.latest_pos());
    let rect = Rect::from_two_pos(start, end.unwrap_or(start)).intersect(*transform.frame());
    if response.dragged() {
        let painter = ui.painter().with_clip_rect(*transform.frame());
        let accent = shown.colours.accent;
        let line = Stroke::new(1.0, accent);
        painter.rect(
            rect,
            0,
            accent.gamma_multiply(0.15),
            line,
            StrokeKind::Inside,
        );
        return;
    }
    *began = None;
    if rect.width().max(rect.height()) < DRAG {
        return;
    }
    let from = transform.value_from_position(rect.left_bottom());
    let to = transform.value_from_position(rect.right_top());
    let people = scatter.people_in([from.x, from.y], [to.x, to.y]);
    inbox.push(Command::Select(people));
}

/// Names the person under the pointer, and shows them when clicked.
fn pointer_ui(
    ui: &Ui,
    shown: Shown<'_>,
    (which, scatter): (Which, &Scatter),
    (response, transform): (&Response, &PlotTransform),
    inbox: &mut Vec<Command>,
) {
    let Some(pointer) = response.hover_pos() else {
        return;
    };
    let Some((person, at)) = nearest(scatter, transform, pointer) else {
        return;
    };
    ui.painter()
        .circle_stroke(at, DOT + 2.5, Stroke::new(2.0, shown.colours.accent));
    let bridges = &shown.analysis().bridges;
    let count = |column: &[u32]| u64::from(figure(column, person).unwrap_or(0));
    let says = match which {
        Which::Reach => format!(
            "Reach {}, bridge score {}",
            figures::reach(shown.person(person).and_then(|who| who.reach)),
            figures::amount(figure(&bridges.score, person).unwrap_or(0.0))
        ),
        Which::Connections => format!(
            "{}, {} reached",
            figures::counted(count(&bridges.connections), "connection", "connections"),
            figures::counted(
                count(&bridges.communities_reached),
                "community",
                "communities"
            )
        ),
    };
    Tooltip::for_widget(response)
        .at_pointer()
        .gap(14.0)
        .show(|ui| {
            ui.label(RichText::new(shown.name(person)).strong());
            let community = shown.community_name(shown.community_of(person));
            ui.label(RichText::new(community).weak());
            ui.label(says);
        });
    if response.clicked() {
        inbox.push(Command::ShowPerson(person));
    }
}

/// The drawn person who is nearest to the pointer, and where.
fn nearest(
    scatter: &Scatter,
    transform: &PlotTransform,
    pointer: Pos2,
) -> Option<(PersonId, Pos2)> {
    let all = scatter.series.iter().flat_map(|series| {
        let people = series.people.iter().copied();
        people.zip(&series.points)
    });
    all.map(|(person, point)| (person, transform.position_from_point(point)))
        .map(|(person, at)| (at.distance_sq(pointer), person, at))
        .filter(|(distance, ..)| *distance <= NEAR * NEAR)
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, person, at)| (person, at))
}
