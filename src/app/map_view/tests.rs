//! The map view's private maths: camera, budget, card, picking, samples.

use std::sync::Arc;

use eframe::egui::{Pos2, Rect, pos2, vec2};

use super::budget::TieBudget;
use super::card::{Around, beside};
use super::instances::sample;
use super::sight::Sight;
use super::view::{FLIGHT_SECS, GLIDE_SECS, View};
use crate::render::{Camera, Light, Rgb, TieLine};

const BOUNDS: ([f32; 2], [f32; 2]) = ([-100.0, -50.0], [100.0, 50.0]);
const SIZE: [f32; 2] = [800.0, 600.0];

fn at(view: &mut View, now: f64) -> Camera {
    view.step(BOUNDS, SIZE, now, true).0
}

#[test]
fn a_new_map_is_shown_whole_without_a_flight() {
    let mut view = View::new();
    let (camera, flies) = view.step(BOUNDS, SIZE, 0.0, true);
    assert!(!flies);
    for corner in [BOUNDS.0, BOUNDS.1] {
        let [x, y] = camera.screen_from_map(corner, SIZE);
        assert!((0.0..=SIZE[0]).contains(&x) && (0.0..=SIZE[1]).contains(&y));
    }
}

#[test]
fn while_nobody_moved_it_the_camera_keeps_up_with_a_growing_map() {
    let mut view = View::new();
    at(&mut view, 0.0);
    let wider = ([-300.0, -50.0], [300.0, 50.0]);
    let (grown, flies) = view.step(wider, SIZE, 0.1, true);
    assert!(!flies);
    assert!(grown.screen_from_map([300.0, 0.0], SIZE)[0] <= SIZE[0]);
    view.pan([10.0, 0.0], 0.2);
    let panned = view.step(wider, SIZE, 0.2, true).0;
    let still = view.step(BOUNDS, SIZE, 0.3, true).0;
    assert_eq!(panned, still);
}

#[test]
fn the_map_makes_way_for_the_legend_only_as_far_as_somebody_would_be_behind_it() {
    let bounds = ([-100.0, -100.0], [100.0, 100.0]);
    let size = [1000.0, 800.0];
    let camera_for = |people: Vec<[f32; 3]>, inset: [f32; 2]| {
        let mut view = View::new();
        view.leave_free(inset, &Arc::new(people));
        view.step(bounds, size, 0.0, false).0
    };
    let full = camera_for(Vec::new(), [0.0; 2]);
    let legend = [220.0, 300.0];
    // In the lower left corner of the map; in the upper right.
    let (near, far) = ([-95.0, 95.0, 2.0], [95.0, -95.0, 2.0]);
    assert_eq!(camera_for(vec![far], legend), full, "nobody is behind it");
    let moved = camera_for(vec![near, far], legend);
    assert_ne!(moved, full);
    let at = moved.screen_from_map([near[0], near[1]], size);
    let radius = moved.radius_px(near[2]);
    assert!(at[0] - radius >= 220.0 || at[1] + radius <= 500.0, "{at:?}");
    // In the upper right corner it is the other one.
    assert_eq!(camera_for(vec![near], [-220.0, -300.0]), full);
    assert_ne!(camera_for(vec![far], [-220.0, -300.0]), full);
}

#[test]
fn zooming_keeps_what_is_under_the_pointer_and_stops_at_the_limits() {
    let mut view = View::new();
    let before = at(&mut view, 0.0);
    let limits = View::zoom_limits(BOUNDS, SIZE);
    let pointer = [650.0, 120.0];
    let under = before.map_from_screen(pointer, SIZE);
    view.zoom_at(2.0, pointer, SIZE, limits, 0.1);
    let after = at(&mut view, 0.1);
    assert!((after.zoom / before.zoom - 2.0).abs() < 1e-4);
    let now = after.screen_from_map(under, SIZE);
    assert!((now[0] - pointer[0]).abs() < 0.01 && (now[1] - pointer[1]).abs() < 0.01);
    view.zoom_at(1e9, pointer, SIZE, limits, 0.2);
    assert!((at(&mut view, 0.2).zoom - limits.1).abs() < 1e-3);
    view.zoom_at(1e-9, pointer, SIZE, limits, 0.3);
    assert!((at(&mut view, 0.3).zoom - limits.0).abs() < 1e-3);
    view.zoom_at(f32::NAN, pointer, SIZE, limits, 0.4);
    assert!(at(&mut view, 0.4).zoom.is_finite());
}

#[test]
fn a_flight_arrives_exactly_and_then_rests() {
    let mut view = View::new();
    let start = at(&mut view, 0.0);
    view.fly_to(([60.0, 20.0], [60.0, 20.0]));
    let (first, flies) = view.step(BOUNDS, SIZE, 1.0, true);
    assert!(flies);
    assert_eq!(first, start);
    let half = at(&mut view, 1.0 + FLIGHT_SECS / 2.0);
    assert!(half.zoom > start.zoom);
    let (end, flies) = view.step(BOUNDS, SIZE, 1.0 + FLIGHT_SECS, true);
    assert!(!flies);
    assert!(is_near(end.centre, [60.0, 20.0]), "{:?}", end.centre);
    assert!(end.zoom > half.zoom);
    assert_eq!(at(&mut view, 9.0), end);
    assert_eq!(view.rests_in(9.0), None);
}

#[test]
fn without_animations_a_flight_is_a_jump() {
    let mut view = View::new();
    view.step(BOUNDS, SIZE, 0.0, false);
    view.fly_to(([60.0, 20.0], [60.0, 20.0]));
    let (camera, flies) = view.step(BOUNDS, SIZE, 1.0, false);
    assert!(!flies);
    assert!(is_near(camera.centre, [60.0, 20.0]), "{:?}", camera.centre);
}

#[test]
fn a_quick_pan_glides_out_and_stands() {
    let mut view = View::new();
    let start = at(&mut view, 0.0);
    view.let_go([900.0, 0.0], 1.0);
    assert_eq!(view.step(BOUNDS, SIZE, 1.0, true), (start, true));
    let moved = |camera: Camera| (start.centre[0] - camera.centre[0]) * camera.zoom;
    let half = moved(at(&mut view, 1.0 + GLIDE_SECS / 2.0));
    let (end, goes_on) = view.step(BOUNDS, SIZE, 1.0 + GLIDE_SECS, true);
    assert!(!goes_on);
    // It slows down: more than half the way in half the time, and less than at full speed.
    let all = moved(end);
    assert!(half > all / 2.0 && all < 900.0 * 0.3, "{half} {all}");
    assert!((end.centre[1] - start.centre[1]).abs() < 1e-6);
    assert_eq!(view.step(BOUNDS, SIZE, 5.0, true), (end, false));
}

#[test]
fn a_slow_pan_and_one_without_animations_stay_where_they_are_let_go() {
    let mut view = View::new();
    let start = at(&mut view, 0.0);
    view.let_go([60.0, 60.0], 1.0);
    assert_eq!(view.step(BOUNDS, SIZE, 1.1, true), (start, false));
    view.let_go([900.0, 0.0], 2.0);
    assert_eq!(view.step(BOUNDS, SIZE, 2.1, false), (start, false));
    assert_eq!(view.step(BOUNDS, SIZE, 2.2, true), (start, false));
}

#[test]
fn a_press_and_a_wheel_end_a_glide() {
    for wheel in [false, true] {
        let mut view = View::new();
        at(&mut view, 0.0);
        view.let_go([900.0, 300.0], 1.0);
        let here = at(&mut view, 1.1);
        if wheel {
            view.zoom_at(1.0, [0.0, 0.0], SIZE, View::zoom_limits(BOUNDS, SIZE), 1.1);
        } else {
            view.hold();
        }
        let (camera, goes_on) = view.step(BOUNDS, SIZE, 1.2, true);
        assert!(!goes_on);
        assert!(is_near(camera.centre, here.centre));
    }
}

#[test]
fn the_map_cannot_be_panned_out_of_sight() {
    for by in [[1e5, 0.0], [-1e5, 0.0], [0.0, 1e5], [-1e5, -1e5]] {
        let mut view = View::new();
        at(&mut view, 0.0);
        view.pan(by, 1.0);
        let camera = at(&mut view, 1.0);
        let (low, high) = (
            camera.screen_from_map(BOUNDS.0, SIZE),
            camera.screen_from_map(BOUNDS.1, SIZE),
        );
        for axis in 0..2 {
            let seen = high[axis].min(SIZE[axis]) - low[axis].max(0.0);
            assert!(seen > 59.0, "{by:?} leaves {seen} points");
        }
        view.pan([-by[0], -by[1]], 2.0);
        assert_ne!(at(&mut view, 2.0), camera, "the way back is free");
    }
}

#[test]
fn a_step_in_and_a_step_out_lead_back_also_at_the_limits() {
    let limits = View::zoom_limits(BOUNDS, SIZE);
    let pointer = [700.0, 90.0];
    for (near_limit, step) in [(limits.1 / 1.1, 1.2), (limits.0 * 1.1, 1.0 / 1.2)] {
        let mut view = View::new();
        let whole = at(&mut view, 0.0);
        // So near to the limit that half of the step is lost.
        view.zoom_at(near_limit / whole.zoom, pointer, SIZE, limits, 0.1);
        let near = at(&mut view, 0.1);
        for factor in [step, 1.0 / step, step, 1.0 / step] {
            view.zoom_at(factor, pointer, SIZE, limits, 0.2);
        }
        let back = at(&mut view, 0.2);
        assert!(
            (back.zoom / near.zoom - 1.0).abs() < 1e-3,
            "{near:?} {back:?}"
        );
        let apart = near.screen_from_map(back.centre, SIZE);
        assert!((apart[0] - 400.0).abs() < 0.5 && (apart[1] - 300.0).abs() < 0.5);
    }
}

#[test]
fn zooming_as_a_flight_keeps_its_point_still_all_the_way() {
    let mut view = View::new();
    let start = at(&mut view, 0.0);
    let limits = View::zoom_limits(BOUNDS, SIZE);
    let pointer = [620.0, 130.0];
    let under = start.map_from_screen(pointer, SIZE);
    view.fly_zoom(2.0, pointer, SIZE, limits);
    assert_eq!(view.step(BOUNDS, SIZE, 1.0, true), (start, true));
    for share in [0.2, 0.5, 0.9, 1.0] {
        let camera = at(&mut view, 1.0 + FLIGHT_SECS * share);
        let there = camera.screen_from_map(under, SIZE);
        let off = (there[0] - pointer[0]).abs() + (there[1] - pointer[1]).abs();
        assert!(off < 0.1, "{off} points off after {share}");
    }
    let end = at(&mut view, 2.0);
    assert!((end.zoom / start.zoom - 2.0).abs() < 1e-4);
    // Two wishes before the first has arrived add up.
    view.fly_zoom(1.25, [400.0, 300.0], SIZE, limits);
    at(&mut view, 3.0);
    view.fly_zoom(1.25, [400.0, 300.0], SIZE, limits);
    at(&mut view, 3.05);
    let both = at(&mut view, 4.0).zoom / end.zoom;
    assert!((both - 1.5625).abs() < 1e-3, "{both}");
}

#[test]
fn slow_pictures_get_fewer_ties_and_quick_ones_more() {
    let mut budget = TieBudget::new();
    let first = budget.ties(usize::MAX, false);
    budget.learn(first, 0.2);
    let fewer = budget.ties(usize::MAX, false);
    assert!(fewer < first && fewer > 0);
    budget.learn(fewer, 0.005);
    assert!(budget.ties(usize::MAX, false) > fewer);
    for _ in 0..1000 {
        budget.learn(usize::MAX, 0.9);
    }
    assert!(budget.ties(usize::MAX, false) >= 1000);
    assert_eq!(budget.ties(500, false), 500);
    assert_eq!(budget.ties(150_000, true), 150_000);
}

#[test]
fn a_sample_has_every_lit_tie_and_an_equal_share_of_the_others() {
    let tie = |light| TieLine {
        a: 0,
        b: 1,
        strength: 1.0,
        colour: Rgb(0, 0, 0),
        across: false,
        light,
    };
    let mut ties = vec![tie(Light::Dimmed); 400];
    ties.extend(vec![tie(Light::Plain); 200]);
    ties.extend(vec![tie(Light::Lit); 10]);
    assert_eq!(sample(&ties, 305), [0..200, 400..500, 600..610]);
    assert_eq!(sample(&ties, 610), [0..400, 400..600, 600..610]);
    assert_eq!(sample(&[], 10), [0..0, 0..0, 0..0]);
}

#[test]
fn the_card_never_covers_the_dot_and_stays_in_the_room() {
    let room = Rect::from_min_size(pos2(0.0, 0.0), vec2(600.0, 400.0));
    let size = vec2(236.0, 130.0);
    for x in [0.0, 30.0, 300.0, 570.0, 600.0] {
        for y in [0.0, 200.0, 399.0] {
            let dot = Pos2::new(x, y);
            let (card, _) = beside(room, (dot, 9.0), size, &NOTHING, None);
            assert!(!card.expand(9.0).contains(dot), "{dot:?} {card:?}");
            assert!(room.contains_rect(card), "{dot:?} {card:?}");
        }
    }
}

const NOTHING: Around<'static> = Around {
    keep_out: &[],
    near: Vec::new(),
};

#[test]
fn the_card_keeps_clear_of_legend_and_overview_also_in_their_corners() {
    let room = Rect::from_min_size(pos2(0.0, 0.0), vec2(600.0, 400.0));
    let size = vec2(236.0, 130.0);
    let keep_out = [
        Rect::from_min_max(pos2(10.0, 200.0), pos2(226.0, 390.0)),
        Rect::from_min_max(pos2(440.0, 280.0), pos2(590.0, 390.0)),
    ];
    let around = Around {
        keep_out: &keep_out,
        near: Vec::new(),
    };
    for x in [5.0, 150.0, 300.0, 450.0, 595.0] {
        for y in [5.0, 130.0, 270.0, 395.0] {
            let dot = Pos2::new(x, y);
            if keep_out.iter().any(|card| card.contains(dot)) {
                continue;
            }
            let (card, _) = beside(room, (dot, 9.0), size, &around, None);
            assert!(!card.expand(9.0).contains(dot), "{dot:?} {card:?}");
            assert!(room.contains_rect(card), "{dot:?} {card:?}");
            let over = keep_out.iter().filter(|other| other.intersects(card));
            // Between both there is too little room for a card beside the lowest dots.
            let beside_both = y > 390.0 && x > 226.0 && x < 440.0;
            assert!(beside_both || over.count() == 0, "{dot:?} {card:?}");
        }
    }
}

#[test]
fn the_card_goes_where_it_covers_no_lit_neighbour_and_stays_there() {
    let room = Rect::from_min_size(pos2(0.0, 0.0), vec2(900.0, 600.0));
    let (dot, size) = ((pos2(450.0, 300.0), 9.0), vec2(236.0, 130.0));
    let (alone, right) = beside(room, dot, size, &NOTHING, None);
    assert!(alone.left() > 450.0, "first of all to the right");
    let around = |near: &[Pos2]| Around {
        keep_out: &[],
        near: near.to_vec(),
    };
    let neighbour = pos2(520.0, 300.0);
    let (card, side) = beside(room, dot, size, &around(&[neighbour]), Some(right));
    assert!(!card.contains(neighbour));
    // The neighbour is gone: nothing is won by going back.
    assert_eq!(beside(room, dot, size, &NOTHING, Some(side)), (card, side));
    // Neighbours all round: the nearest stays clear.
    let ring = [
        pos2(450.0, 275.0),
        pos2(490.0, 300.0),
        pos2(450.0, 350.0),
        pos2(390.0, 300.0),
    ];
    let (card, _) = beside(room, dot, size, &around(&ring), None);
    assert!(!card.contains(ring[0]), "{card:?}");
}

#[test]
fn a_dot_that_fills_the_room_has_its_card_in_a_corner() {
    let room = Rect::from_min_size(pos2(0.0, 0.0), vec2(300.0, 200.0));
    let size = vec2(236.0, 130.0);
    let (card, _) = beside(room, (pos2(20.0, 20.0), 190.0), size, &NOTHING, None);
    assert!(room.contains_rect(card));
    assert!(!card.contains(pos2(20.0, 20.0)));
}

#[test]
fn sight_goes_to_the_screen_and_back() {
    let sight = Sight {
        rect: Rect::from_min_size(pos2(200.0, 50.0), vec2(800.0, 600.0)),
        camera: Camera {
            centre: [7.0, -3.0],
            zoom: 2.5,
        },
        pixels_per_point: 2.0,
    };
    assert_eq!(sight.screen_from_map([7.0, -3.0]), sight.rect.center());
    let there = sight.map_from_screen(sight.screen_from_map([31.0, 12.0]));
    assert!((there[0] - 31.0).abs() < 1e-3 && (there[1] - 12.0).abs() < 1e-3);
}

mod picking {
    //! Who is under the pointer, in the box, in the lasso.

    use super::{Arc, Camera, Rect, Rgb, Sight, pos2, vec2};
    use crate::analysis::{Analysis, Communities, Community, CommunityId};
    use crate::app::map_view::overlay::thinned;
    use crate::app::map_view::places::Places;
    use crate::layout::Positions;
    use crate::people::PersonId;
    use crate::render::{Dot, Label, LabelOf, Light, MapScene};

    fn places(dots: &[([f32; 2], f32)]) -> Places {
        let dots = dots.iter().enumerate().map(|(i, (at, radius))| Dot {
            person: PersonId(i as u32),
            at: *at,
            radius: *radius,
            colour: Rgb(1, 2, 3),
            hollow: false,
            ringed: false,
            light: Light::Plain,
        });
        let scene = MapScene {
            dots: dots.collect(),
            ..MapScene::default()
        };
        let xy = scene.dots.iter().map(|dot| dot.at).collect();
        let positions = Arc::new(Positions { xy });
        Places::made_of(&Arc::new(scene), &positions, Analysis::default())
    }

    fn sight(zoom: f32) -> Sight {
        Sight {
            rect: Rect::from_min_size(pos2(0.0, 0.0), vec2(400.0, 400.0)),
            camera: Camera {
                centre: [0.0, 0.0],
                zoom,
            },
            pixels_per_point: 1.0,
        }
    }

    fn island() -> Community {
        Community {
            name: "sake".to_owned(),
            words: Vec::new(),
            alternatives: Vec::new(),
            evidence: Vec::new(),
            people: 3,
            reach: 0.0,
            ties_inside: 0,
            ties_outside: 0,
            small: false,
            member: PersonId(0),
            colour: None,
        }
    }

    #[test]
    fn names_follow_people_and_islands_while_the_layout_moves_them() {
        let dots = [([0.0, 0.0], 1.0), ([10.0, 0.0], 1.0), ([50.0, 5.0], 1.0)];
        let label = |of| Label {
            text: "name".to_owned(),
            at: [10.0, 0.0],
            clear: 0.0,
            of,
        };
        let mut scene = (*places(&dots).scene).clone();
        scene.labels = vec![
            label(LabelOf::Community(CommunityId(0))),
            label(LabelOf::Person(PersonId(1))),
        ];
        let analysis = Analysis {
            communities: Communities {
                of: vec![Some(CommunityId(0)); 3],
                list: vec![island()],
                ..Communities::default()
            },
            ..Analysis::default()
        };
        // Everybody goes 100 to the right, and the one in the middle 7 down besides.
        let xy = vec![[100.0, 0.0], [110.0, 7.0], [150.0, 5.0]];
        let moved = Places::made_of(&Arc::new(scene), &Arc::new(Positions { xy }), analysis);
        let at: Vec<[f32; 2]> = moved.named.labels.iter().map(|label| label.at).collect();
        // The island's middle is the median in x and in y.
        assert_eq!(at, [[110.0, 5.0], [110.0, 7.0]]);
    }

    #[test]
    fn the_topmost_dot_that_covers_the_pointer_wins() {
        let places = places(&[([0.0, 0.0], 30.0), ([5.0, 0.0], 8.0), ([90.0, 0.0], 5.0)]);
        let sight = sight(1.0);
        assert_eq!(places.pick(&sight, pos2(204.0, 200.0)), Some(1));
        assert_eq!(places.pick(&sight, pos2(180.0, 200.0)), Some(0));
        assert_eq!(places.pick(&sight, pos2(290.0, 201.0)), Some(2));
        assert_eq!(places.pick(&sight, pos2(250.0, 300.0)), None);
    }

    #[test]
    fn small_dots_can_be_hit_from_six_points_away_and_the_nearest_wins() {
        let places = places(&[([0.0, 0.0], 1.0), ([9.0, 0.0], 1.0)]);
        let sight = sight(1.0);
        assert_eq!(places.pick(&sight, pos2(195.0, 200.0)), Some(0));
        assert_eq!(places.pick(&sight, pos2(193.0, 200.0)), None);
        assert_eq!(places.pick(&sight, pos2(204.0, 200.0)), Some(0));
        assert_eq!(places.pick(&sight, pos2(205.0, 200.0)), Some(1));
    }

    #[test]
    fn the_grid_finds_what_a_look_at_everybody_finds() {
        let dots: Vec<([f32; 2], f32)> = (0..500)
            .map(|i| {
                let (x, y) = ((i * 37 % 211) as f32, (i * 53 % 197) as f32);
                ([x - 100.0, y - 100.0], 1.0 + (i % 5) as f32)
            })
            .collect();
        let places = places(&dots);
        let (low, high) = ([-31.5, -20.5], [44.5, 63.5]);
        let inside = |at: [f32; 2]| {
            (low[0]..=high[0]).contains(&at[0]) && (low[1]..=high[1]).contains(&at[1])
        };
        let wanted: Vec<PersonId> = (0..500)
            .filter(|i| inside(dots[*i].0))
            .map(|i| PersonId(i as u32))
            .collect();
        assert!(wanted.len() > 20);
        assert_eq!(places.in_box(low, high), wanted);
        assert_eq!(places.in_box(high, low), wanted);
        let corners = [low, [high[0], low[1]], high, [low[0], high[1]]];
        // Nobody stands on the line itself, which belongs to no one.
        assert_eq!(places.in_lasso(&corners), wanted);
    }

    #[test]
    fn some_of_very_many_are_from_everywhere() {
        let dots: Vec<([f32; 2], f32)> = (0..10_000)
            .map(|i| ([(i % 100) as f32, (i / 100) as f32], 0.2))
            .collect();
        let places = places(&dots);
        let some = places.some_in_box([0.0, 0.0], [99.0, 99.0], 400);
        assert!((200..=400).contains(&some.len()), "{}", some.len());
        for quarter in 0..4 {
            // Each quarter of the height has about a fourth of them.
            let rows = quarter * 25..(quarter + 1) * 25;
            let there = some.iter().filter(|p| rows.contains(&(p.0 / 100))).count();
            assert!(there * 6 > some.len(), "{there} of {}", some.len());
        }
        // Fewer than are wanted are all.
        assert_eq!(
            places.some_in_box([0.0, 0.0], [99.0, 99.0], 20_000).len(),
            10_000
        );
        assert_eq!(thinned((0..10).collect(), 4), [0, 3, 6, 9]);
        assert_eq!(thinned((0..4).collect(), 4), [0, 1, 2, 3]);
    }

    #[test]
    fn a_lasso_can_go_round_a_bay() {
        let places = places(&[([0.0, 0.0], 1.0), ([20.0, 0.0], 1.0), ([40.0, 0.0], 1.0)]);
        // A U, open at the top: 1 stands in its opening.
        let line = [
            [-5.0, -5.0],
            [5.0, -5.0],
            [5.0, 20.0],
            [35.0, 20.0],
            [35.0, -5.0],
            [45.0, -5.0],
            [45.0, 30.0],
            [-5.0, 30.0],
        ];
        assert_eq!(places.in_lasso(&line), [PersonId(0), PersonId(2)]);
        assert_eq!(places.in_lasso(&[]), []);
        assert_eq!(places.in_lasso(&[[0.0, 0.0]]), []);
    }
}

/// Within a thousandth of a map unit.
fn is_near(a: [f32; 2], b: [f32; 2]) -> bool {
    (a[0] - b[0]).abs() < 1e-3 && (a[1] - b[1]).abs() < 1e-3
}
