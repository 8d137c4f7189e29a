//! What lies above the map: the legend in its corner, the overview, arrows to people out of sight, marks.

use eframe::egui::{Event, Modifiers, MouseWheelUnit, Pos2, Rect, TouchPhase, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{Command, Corner};
use isthmus::campaign::{Edit, Entry, Status};
use isthmus::people::PersonId;
use isthmus::render::MapStyle;

use super::gestures::{asked, click, drag};
use super::made_up::{Window, archipelago, builder, model, place, settle, two_islands, window};

/// Points a map unit in the overview of two islands: 210 units with their dots, in 150 points less margins.
const SMALL: f32 = 134.0 / 210.0;

/// Flies to `person`, so that most of the map is out of sight.
fn look_closely(harness: &mut Harness<'_, Window>, person: u32) {
    let window = harness.state_mut();
    let map = window.model.map.clone().expect("a map is open");
    window.view.fly_to(&[PersonId(person)], &map);
    settle(harness);
}

fn overview(harness: &Harness<'_, Window>) -> Option<Rect> {
    harness.query_by_label("Overview").map(|node| node.rect())
}

fn room() -> Rect {
    Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0))
}

#[test]
fn the_overview_is_there_while_the_map_is_not_all_in_sight() {
    let mut harness = window(two_islands());
    assert_eq!(overview(&harness), None);
    look_closely(&mut harness, 2);
    let rect = overview(&harness).expect("only a part is in sight");
    assert!(room().contains_rect(rect));
    assert!(
        rect.center().x > 600.0 && rect.center().y > 450.0,
        "{rect:?}"
    );
    harness.state_mut().view.fit_all();
    settle(&mut harness);
    assert_eq!(overview(&harness), None);
}

#[test]
fn a_click_in_the_overview_looks_there_and_a_drag_moves_what_is_seen() {
    let mut harness = window(two_islands());
    look_closely(&mut harness, 2);
    let middle = overview(&harness).expect("shown").center();
    click(
        &mut harness,
        middle + vec2(100.0 * SMALL, 0.0),
        Modifiers::NONE,
    );
    harness.step();
    let shown = place(&harness, 4);
    assert!((shown - room().center()).length() < 3.0, "{shown:?}");
    assert_eq!(asked(&mut harness), [], "nobody was selected through it");

    let zoom = (place(&harness, 4).y - place(&harness, 3).y) / 60.0;
    let from = middle + vec2(100.0 * SMALL, 2.0);
    let way = [from, from + vec2(0.0, 12.0), from + vec2(0.0, 24.0)];
    drag(&mut harness, &way, Modifiers::NONE);
    harness.step();
    let by = (shown.y - place(&harness, 4).y) / zoom;
    assert!((by - 24.0 / SMALL).abs() < 1.0, "{by} map units");
}

#[test]
fn the_overview_can_be_closed_and_stays_closed() {
    let mut harness = window(two_islands());
    look_closely(&mut harness, 2);
    harness.get_by_label("Close the overview").click();
    harness.run_steps(2);
    assert_eq!(asked(&mut harness), [Command::ShowOverview(false)]);
    harness.state_mut().model.map_cards.overview_closed = true;
    harness.run_steps(2);
    assert_eq!(overview(&harness), None);
}

#[test]
fn with_overview_and_selection_a_map_at_rest_asks_for_no_frame() {
    let mut harness = window(two_islands());
    look_closely(&mut harness, 2);
    harness.state_mut().model.selected = vec![PersonId(2), PersonId(4)].into();
    harness.hover_at(Pos2::new(300.0, 100.0));
    harness.run_steps(60);
    for viewport in harness.output().viewport_output.values() {
        assert!(viewport.repaint_delay > std::time::Duration::from_hours(1));
    }
}

#[test]
fn arrows_point_to_selected_people_out_of_sight_and_lead_there() {
    let mut harness = window(two_islands());
    harness.state_mut().model.selected = vec![PersonId(2), PersonId(3)].into();
    settle(&mut harness);
    assert!(harness.query_by_label_contains("Fly to").is_none());
    look_closely(&mut harness, 2);
    let arrow = harness.get_by_label("Fly to Dmitri Silva");
    // They stand to the upper right.
    let at = arrow.rect().center();
    assert!(at.x > 500.0 && at.y < 300.0, "{at:?}");
    assert!(room().contains_rect(arrow.rect()));
    arrow.click();
    harness.run_steps(3);
    settle(&mut harness);
    assert!((place(&harness, 3) - room().center()).length() < 12.0);
    assert_eq!(asked(&mut harness), [], "the selection stays");
    harness.get_by_label("Fly to Chloé Okafor");
}

#[test]
fn there_are_at_most_twelve_arrows() {
    let mut harness = window(archipelago(500, 2_000, &MapStyle::default()));
    harness.state_mut().model.selected = (0..500).map(PersonId).collect();
    look_closely(&mut harness, 400);
    let arrows = harness.get_all_by_label_contains("Fly to").count();
    assert!((4..=12).contains(&arrows), "{arrows}");
}

#[test]
fn the_legend_is_dragged_by_its_title_into_another_corner() {
    for (to, corner) in [
        (Pos2::new(720.0, 60.0), Corner::UpperRight),
        (Pos2::new(90.0, 90.0), Corner::UpperLeft),
        (Pos2::new(690.0, 500.0), Corner::LowerRight),
    ] {
        let mut harness = window(two_islands());
        let title = harness.get_by_label("Legend").rect().center();
        drag(
            &mut harness,
            &[title, title.lerp(to, 0.5), to],
            Modifiers::NONE,
        );
        assert_eq!(asked(&mut harness), [Command::PutLegend(corner)]);
        harness.state_mut().model.map_cards.legend = corner;
        settle(&mut harness);
        let title = harness.get_by_label("Legend").rect();
        let (right, upper) = (title.center().x > 400.0, title.center().y < 300.0);
        let wanted = (
            matches!(corner, Corner::UpperRight | Corner::LowerRight),
            matches!(corner, Corner::UpperLeft | Corner::UpperRight),
        );
        assert_eq!((right, upper), wanted);
        assert!(room().contains_rect(title));
        // Still folded, and the title still unfolds it.
        assert!(harness.query_by_label("knives, steel, 3 people").is_none());
        harness.get_by_label("Legend").click();
        settle(&mut harness);
        let line = harness.get_by_label("knives, steel, 3 people").rect();
        assert!(room().contains_rect(line));
    }
}

#[test]
fn the_wheel_over_legend_and_overview_leaves_the_map_as_it_is() {
    let mut harness = window(two_islands());
    look_closely(&mut harness, 2);
    let before = place(&harness, 2);
    let overview = overview(&harness)
        .expect("only a part is in sight")
        .center();
    for pos in [harness.get_by_label("Legend").rect().center(), overview] {
        harness.hover_at(pos);
        harness.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: vec2(0.0, 60.0),
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
        });
        harness.run_steps(40);
        assert_eq!(place(&harness, 2), before);
    }
}

#[test]
fn legend_and_overview_never_overlap() {
    for size in [[381.0, 500.0], [800.0, 600.0], [300.0, 260.0]] {
        for corner in [
            Corner::LowerLeft,
            Corner::LowerRight,
            Corner::UpperLeft,
            Corner::UpperRight,
        ] {
            let mut harness = builder().with_size(size).build_eframe(|cc| Window {
                view: isthmus::app::MapView::drawn_by_cpu(cc),
                model: model(two_islands(), isthmus::render::Theme::Light),
                asked: Vec::new(),
            });
            harness.state_mut().model.map_cards.legend = corner;
            settle(&mut harness);
            harness.get_by_label("Legend").click();
            settle(&mut harness);
            look_closely(&mut harness, 2);
            let title = harness.get_by_label("Legend").rect();
            let last = harness.get_by_label_contains("tie colour").rect();
            if let Some(overview) = overview(&harness) {
                let legend = title.union(last);
                assert!(!overview.intersects(legend), "{size:?} {corner:?}");
            } else {
                assert!(size[0] < 380.0, "there is room for both in {size:?}");
            }
        }
    }
}

#[test]
fn the_legend_tells_what_the_marks_mean_that_are_on_the_map() {
    let mut harness = window(two_islands());
    harness.get_by_label("Legend").click();
    settle(&mut harness);
    harness.get_by_label("tie colour: within a community its colour, across a blend");
    for status in Status::ALL {
        assert!(harness.query_by_label(status.words()).is_none());
    }
    let entry = |i: u32, status| {
        let key = format!("person{i:06}");
        let entry = Entry {
            status,
            ..Entry::new(key, "Ana")
        };
        (0, entry)
    };
    let edit = Edit::Insert(vec![
        entry(0, Status::Ambassador),
        entry(3, Status::ToContact),
        // Nobody of this map.
        entry(99, Status::Declined),
    ]);
    let model = &mut harness.state_mut().model;
    model.campaign.apply(edit).expect("an empty list");
    settle(&mut harness);
    harness.get_by_label("ambassador");
    harness.get_by_label("to contact");
    assert!(harness.query_by_label("declined").is_none());
    assert!(harness.query_by_label("pinned").is_none());
    harness.state_mut().model.pinned = vec![(PersonId(5), [100.0, 60.0])];
    settle(&mut harness);
    harness.get_by_label("pinned");
}

#[test]
fn the_card_stays_clear_of_its_dot_the_legend_and_the_overview() {
    let mut harness = window(two_islands());
    harness.get_by_label("Legend").click();
    settle(&mut harness);
    for person in 0..6 {
        harness.state_mut().model.selected = vec![PersonId(person)].into();
        // The person in the middle, then near each edge.
        look_closely(&mut harness, person);
        for by in [[0.0, 0.0], [330.0, 0.0], [-660.0, 230.0], [330.0, -460.0]] {
            let from = Pos2::new(400.0, 40.0);
            let way = [from, from + vec2(by[0], 0.0), from + vec2(by[0], by[1])];
            if by[0] > 0.0 || by[1] > 0.0 {
                drag(&mut harness, &way, Modifiers::NONE);
            }
            settle(&mut harness);
            let Some(button) = harness.query_by_label("Add to list") else {
                continue;
            };
            let close = harness.get_by_label("Close card").rect();
            let card = button.rect().union(close);
            assert!(!card.contains(place(&harness, person)), "{person} {by:?}");
            assert!(room().contains_rect(card), "{person} {by:?}");
            let legend = harness.get_by_label("Legend").rect();
            assert!(!card.intersects(legend), "{person} {by:?}");
            if let Some(overview) = overview(&harness) {
                assert!(!card.intersects(overview), "{person} {by:?}");
            }
        }
        asked(&mut harness);
    }
}
