//! Every state of exploring as a picture, in both themes and at both sizes of text: whole, apart, readable, and as it was kept.
//!
//! Kept are where all words stand (`snapshots/*.snap`, once a size: both themes have the same) and, half as large, the
//! pictures (`tests/snapshots/explored`). `INSTA_UPDATE=always UPDATE_SNAPSHOTS=1 cargo test --release --test it
//! window_explored` writes what is there now, to be looked at before it is kept; `WHOLE_PICTURES=FOLDER` writes them as large
//! as they are. The map has pictures of its own and is left out of these: its names are in many scripts, whose fonts are
//! other ones on other machines.

use eframe::egui::accesskit::Role;
use eframe::egui::{
    Event, Key, Modifiers, MouseWheelUnit, Pos2, Rect, TouchPhase, Vec2, pos2, vec2,
};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use image::{Rgba, RgbaImage};
use isthmus::analysis::CommunityId;
use isthmus::app::{
    App, Command, Drawer, FilterCommand, GuideCommand, MotionChoice, Tab, ThemeChoice,
};
use isthmus::campaign::Filter;
use isthmus::people::TieKind;

use super::screenshots::{SIZE, ask, settle, window};
use super::window_kept::{as_kept, halved};
use super::window_painted::{Painted, painted};
use super::window_pictures::{Look, look, press};

type Window = Harness<'static, App>;

/// Of words and their ground: what can be read without effort.
const CONTRAST: f64 = 4.5;
/// Points at the lower end of what scrolls in which it fades.
const FADE: f32 = 24.0;
/// Points of the smallest thing that is clicked, across.
const TARGET: f32 = 17.0;

/// A state of the window.
struct State {
    name: &'static str,
    /// Brings the window there.
    bring: fn(&mut Window),
    /// Makes it show what it is about where text has another size.
    show: fn(&mut Window),
    /// Words that are seen whole at either size.
    whole: &'static [&'static str],
    /// More of them, where the window has room for all at once.
    whole_at_once: &'static [&'static str],
    /// The table below the map has more columns than fit.
    scrolls_aside: bool,
}

/// All of a state: both sizes of text in both themes.
fn look_at(state: &State) {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = window(data.path(), ThemeChoice::Light);
    ask(&mut window, [Command::SetMotion(MotionChoice::Reduced)]);
    (state.bring)(&mut window);
    let mut faults = Vec::new();
    let mut told = Vec::new();
    for zoom in [1.0, 2.0] {
        window.ctx.set_zoom_factor(zoom);
        settle(&mut window);
        (state.show)(&mut window);
        settle(&mut window);
        let name = format!("{}-{}", state.name, zoom * 100.0);
        let [light, dark] =
            [(ThemeChoice::Light, "light"), (ThemeChoice::Dark, "dark")].map(|(choice, theme)| {
                ask(&mut window, [Command::SetTheme(choice)]);
                let said = format!("{name}-{theme}");
                let mut own = Vec::new();
                let told = picture(&mut window, (state, zoom, choice, &said), &mut own);
                faults.extend(own.into_iter().map(|fault| format!("{said}: {fault}")));
                told
            });
        if light != dark {
            faults.push(format!("{name}: the themes differ in more than colours"));
        }
        told.push((name, light));
    }
    assert!(faults.is_empty(), "{faults:#?}");
    for (name, told) in told {
        insta::assert_snapshot!(name, told);
    }
}

/// One picture of a state. Returns its words.
fn picture(
    window: &mut Window,
    (state, zoom, choice, said): (&State, f32, ThemeChoice, &str),
    faults: &mut Vec<String>,
) -> String {
    let seen = look(window);
    if let Some(folder) = std::env::var_os("WHOLE_PICTURES") {
        let path = std::path::Path::new(&folder).join(format!("{said}.png"));
        seen.picture.save(path).expect("the folder is there");
    }
    let painted = painted(seen.window);
    let map = map_of(&seen);
    room_is_right(&seen, map, zoom, faults);
    painted.stand_apart(map, below(&seen, state, map), faults);
    words_are_whole(&painted, map, state.whole, faults);
    if zoom < 1.5 {
        words_are_whole(&painted, map, state.whole_at_once, faults);
    }
    words_are_readable(&seen, &painted, map, faults);
    targets_are_large(seen.window, faults);
    theme_is_right(&seen, choice, faults);
    as_kept(&kept(&seen, &painted, map), said, faults);
    painted.told(map)
}

/// Where a table is that scrolls to the side too.
fn below(seen: &Look<'_>, state: &State, map: Rect) -> Rect {
    if !state.scrolls_aside {
        return Rect::NOTHING;
    }
    let room = seen.window.ctx.content_rect();
    Rect::from_x_y_ranges(0.0..=map.right() + 1.0, map.bottom()..=room.bottom())
}

/// Where the map is.
fn map_of(seen: &Look<'_>) -> Rect {
    seen.window.get_by_label_contains("Conversation map").rect()
}

/// The window has the size that the text leaves it, and the map has room in it.
fn room_is_right(seen: &Look<'_>, map: Rect, zoom: f32, faults: &mut Vec<String>) {
    let window = seen.window.ctx.content_rect();
    let expected = Vec2::from(SIZE) / zoom;
    if (window.size() - expected).length() > 1.0 {
        faults.push(format!("the text has another size: {window:?}"));
    }
    let least = vec2(250.0, 90.0);
    if !window.contains_rect(map) || map.width() < least.x || map.height() < least.y {
        faults.push(format!("no room for the map, {map:?}"));
    }
    seen.apart(&["File", "Edit", "View", "Help"]);
}

/// These are seen, whole and uncut.
fn words_are_whole(painted: &Painted, map: Rect, wanted: &[&str], faults: &mut Vec<String>) {
    for wanted in wanted {
        let mut found = painted.words.iter().filter(|words| {
            !words.is_behind && words.text.starts_with(wanted) && {
                words.clip.expand(0.6).contains_rect(words.rect)
            }
        });
        if !found.any(|words| !words.is_cut) {
            let others = painted.words.iter().filter(|words| !words.is_on(map));
            let all: Vec<&str> = others.map(|words| words.text.as_str()).collect();
            faults.push(format!("“{wanted}” is not seen whole among {all:?}"));
        }
    }
}

/// Words stand out from what is behind them. What is greyed out need not; those on the map have a rim instead.
fn words_are_readable(seen: &Look<'_>, painted: &Painted, map: Rect, faults: &mut Vec<String>) {
    let greyed: Vec<Rect> = (seen.window.root().query_all(By::new().predicate(is_greyed)))
        .map(|node| node.rect())
        .collect();
    for words in &painted.words {
        let faint = words.is_behind || !words.colour.is_opaque() || words.is_on(map);
        let at = words.seen();
        // What can be scrolled fades out at the end of its room.
        let scrolls = words.clip.height() > 5.0 * FADE;
        let fades = scrolls && at.bottom() > words.clip.bottom() - FADE;
        let faint = faint || fades;
        if faint || greyed.iter().any(|rect| rect.contains(at.center())) || at.height() < 8.0 {
            continue;
        }
        let ground = seen.ground(at);
        let [r, g, b, _] = words.colour.to_array();
        let contrast = contrast([r, g, b], ground);
        if contrast < CONTRAST {
            faults.push(format!("contrast {contrast:.2} to {ground:?}: {words:?}"));
        }
    }
}

fn is_greyed(node: &egui_kittest::kittest::AccessKitNode<'_>) -> bool {
    node.is_disabled()
}

/// From 1, no contrast, to 21, black on white: the ratio that the accessibility guidelines of the web ask for.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let light = |colour: [u8; 3]| {
        let linear = colour.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The bars at the top and at the bottom have the theme's light.
fn theme_is_right(seen: &Look<'_>, choice: ThemeChoice, faults: &mut Vec<String>) {
    let window = seen.window.ctx.content_rect();
    for y in [window.top() + 4.0, window.bottom() - 4.0] {
        let strip = Rect::from_min_size(pos2(window.center().x, y - 2.0), vec2(60.0, 4.0));
        let sum: u32 = seen.ground(strip).into_iter().map(u32::from).sum();
        let right = match choice {
            ThemeChoice::Light => sum > 450, // a sheet may lie over the window
            _ => sum < 150,
        };
        if !right {
            faults.push(format!("not the theme: {:?}", seen.ground(strip)));
        }
    }
}

/// What is clicked is large enough to be hit.
fn targets_are_large(window: &Window, faults: &mut Vec<String>) {
    let room = window.ctx.content_rect();
    let is_target = By::new().predicate(|node| {
        matches!(
            node.role(),
            Role::Button | Role::CheckBox | Role::ComboBox | Role::Slider
        )
    });
    for node in window.query_all(is_target) {
        let rect = node.rect();
        let label = node.accesskit_node().label().unwrap_or_default();
        let small = rect.width().min(rect.height()) < TARGET;
        if small && room.contains_rect(rect) {
            faults.push(format!("hard to hit: {label}, {rect:?}"));
        }
    }
}

/// The picture as it is kept: half as large, without the map, and without words whose letters other machines may draw
/// differently.
fn kept(seen: &Look<'_>, painted: &Painted, map: Rect) -> RgbaImage {
    let mut half = halved(&seen.picture);
    let scale = seen.window.ctx.pixels_per_point() / 2.0;
    let map = map.shrink(1.0);
    // The map's own ground is none.
    let sheets = painted.sheets.iter();
    let sheets = sheets.filter(|sheet| !sheet.contains_rect(map));
    // Without their rims, at which the map can be seen.
    let sheets: Vec<Rect> = sheets.map(|sheet| sheet.shrink(6.0)).collect();
    let on_sheet = |at: Pos2| sheets.iter().any(|sheet| sheet.contains(at));
    let strange = painted
        .words
        .iter()
        .filter(|words| !words.is_of_our_fonts() && !words.is_on(map));
    let strange: Vec<Rect> = strange.map(|words| words.seen().expand(1.0)).collect();
    for (x, y, pixel) in half.enumerate_pixels_mut() {
        let at = pos2(x as f32 + 0.5, y as f32 + 0.5) / scale;
        let of_map = map.contains(at) && !on_sheet(at);
        if of_map || strange.iter().any(|words| words.contains(at)) {
            *pixel = Rgba([128, 128, 128, 255]);
        }
    }
    half
}

/// Turns the wheel over `at` by so many points.
fn scroll(window: &mut Window, at: Pos2, by: f32) {
    window.hover_at(at);
    window.run_steps(2);
    window.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, by),
        phase: TouchPhase::Move,
        modifiers: Modifiers::NONE,
    });
    window.run_steps(2);
    settle(window);
    window.remove_cursor();
    window.run_steps(2);
}

fn stay(_: &mut Window) {}

#[test]
fn the_card_of_a_community() {
    look_at(&State {
        name: "community",
        bring: |window| ask(window, [Command::ShowCommunity(Some(CommunityId(1)))]),
        show: stay,
        whole: &["homemade, recipe", "Isolate", "Close", "103", "14 % of all"],
        whole_at_once: &[
            "Could also be called",
            "Words that set it apart",
            "Hashtags",
        ],
        scrolls_aside: false,
    });
}

#[test]
fn the_card_of_a_person_with_posts() {
    look_at(&State {
        name: "person",
        bring: |window| {
            let best = window.state().model().map.as_ref().expect("a map").ranking[2];
            ask(
                window,
                [Command::ShowPerson(best), Command::ShowTab(Tab::Person)],
            );
            for part in ["Connections", "Given and received", "Strongest contacts"] {
                let head = By::new().label(part).role(Role::Button);
                window.get(head).click_accesskit();
                window.run_steps(3);
            }
        },
        show: |window| {
            let head = |window: &Window| window.get_by_label_contains(" to them").rect();
            let tabs = window.get_by_label("Person").rect();
            let by = tabs.bottom() + 20.0 - head(window).top();
            let room = window.ctx.content_rect();
            if head(window).bottom() > room.bottom() - 200.0 {
                scroll(window, pos2(room.right() - 150.0, room.center().y), by);
            }
        },
        whole: &["All", "Written", "Received", "Search"],
        whole_at_once: &[],
        scrolls_aside: false,
    });
}

/// Shows replies and mentions of people with two connections or more.
fn filter(window: &mut Window) {
    let filter = Filter {
        kinds: Some([TieKind::Reply, TieKind::Mention].into_iter().collect()),
        least_connections: Some(2),
        ..Filter::default()
    };
    let set = FilterCommand::Set(Box::new(filter), "show a part".to_owned());
    ask(window, [Command::Filter(set)]);
}

#[test]
fn filters() {
    look_at(&State {
        name: "filters",
        bring: filter,
        show: stay,
        whole: &[
            "Replies and mentions",
            "≥ 2 connections",
            "Add filter…",
            "549 of 749 people shown",
            "Hide",
            "Dim",
            "what is shown",
            "Keep as…",
            "Lift all",
        ],
        whole_at_once: &[],
        scrolls_aside: false,
    });
}

#[test]
fn what_a_filter_asks() {
    look_at(&State {
        name: "filter",
        bring: |window| {
            filter(window);
            window.get_by_label("Add filter…").click();
            window.run_steps(3);
            window
                .get(By::new().role(Role::Button).label("Reach"))
                .click();
            window.run_steps(3);
            window.remove_cursor();
            settle(window);
        },
        show: stay,
        whole: &[
            "Reach…",
            "Reach",
            "At least",
            "At most",
            "any",
            "Unknown reach too",
            "32",
        ],
        whole_at_once: &[],
        scrolls_aside: false,
    });
}

#[test]
fn the_time_line() {
    look_at(&State {
        name: "time",
        bring: |window| ask(window, [Command::ShowDrawer(Some(Drawer::Time))]),
        show: stay,
        whole: &[
            "Time",
            "Plots",
            "6 hours",
            "UTC",
            "3,018 posts, 2 Mar 2026 to 22 Mar 2026",
            "2 Mar 2026",
        ],
        whole_at_once: &[],
        scrolls_aside: false,
    });
}

#[test]
fn the_table_of_everybody() {
    look_at(&State {
        name: "table",
        bring: |window| {
            let best = window.state().model().map.as_ref().expect("a map").ranking[1..4].to_vec();
            ask(
                window,
                [
                    Command::Select(best),
                    Command::ShowDrawer(Some(Drawer::People)),
                ],
            );
        },
        show: stay,
        whole: &[
            "Plots",
            "Columns",
            "Name",
            "Handle",
            "Community",
            "Priya Raghavan",
        ],
        whole_at_once: &[],
        scrolls_aside: true,
    });
}

#[test]
fn the_palette_with_questions() {
    look_at(&State {
        name: "palette",
        bring: |window| {
            press(window, Modifiers::COMMAND, Key::K);
            window.event(Event::Text("who".to_owned()));
            window.run_steps(3);
            settle(window);
        },
        show: stay,
        whole: &[
            "who",
            "Who connects the most communities?",
            "Who is big but isolated?",
        ],
        whole_at_once: &[],
        scrolls_aside: false,
    });
}

#[test]
fn a_step_of_the_tour() {
    look_at(&State {
        name: "tour",
        bring: |window| ask(window, [Command::Guide(GuideCommand::StartTour)]),
        show: stay,
        whole: &[
            "Step 1 of 5",
            "Islands are communities",
            "Skip",
            "Next",
            "Communities",
        ],
        whole_at_once: &[],
        scrolls_aside: false,
    });
}
