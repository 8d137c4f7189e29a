//! The picture of the map, by GPU (software Vulkan) and by CPU.

use eframe::egui::{Pos2, Vec2, vec2};
use egui_kittest::Harness;
use isthmus::analysis::CommunityId;
use isthmus::app::MapView;
use isthmus::people::PersonId;
use isthmus::render::{MapStyle, Picture, Rgb, Theme, palette};

use super::made_up::{
    Window, archipelago, builder, model, place, settle, two_islands, two_islands_in,
};

pub(super) fn drawn(
    map: isthmus::app::OpenMap,
    theme: Theme,
    gpu: bool,
    size: [f32; 2],
) -> Harness<'static, Window> {
    let mut harness = builder().with_size(size).wgpu().build_eframe(|cc| Window {
        view: if gpu {
            MapView::drawn_by_gpu(cc)
        } else {
            MapView::drawn_by_cpu(cc)
        },
        model: model(map, theme),
        asked: Vec::new(),
    });
    assert_eq!(harness.state().view.uses_gpu(), gpu);
    settle(&mut harness);
    harness
}

/// Rows of red, green, blue, and the width; kept as a file in the folder `ISTHMUS_TEST_PICTURES` names, to be looked at.
pub(super) fn pixels(harness: &mut Harness<'_, Window>, name: &str) -> (Vec<Rgb>, usize) {
    let picture = harness.render().expect("software Vulkan draws");
    if let Some(folder) = std::env::var_os("ISTHMUS_TEST_PICTURES") {
        let path = std::path::Path::new(&folder).join(name);
        picture.save(path).expect("the folder can be written");
    }
    let width = picture.width() as usize;
    let pixels = picture.pixels().map(|p| Rgb(p[0], p[1], p[2])).collect();
    (pixels, width)
}

pub(super) fn at(pixels: &(Vec<Rgb>, usize), pos: Pos2) -> Rgb {
    pixels.0[pos.y as usize * pixels.1 + pos.x as usize]
}

/// The largest difference of a channel.
pub(super) fn apart(a: Rgb, b: Rgb) -> u8 {
    a.0.abs_diff(b.0)
        .max(a.1.abs_diff(b.1))
        .max(a.2.abs_diff(b.2))
}

#[test]
fn dots_have_their_communitys_colour_where_they_are_and_the_ground_is_elsewhere() {
    for gpu in [true, false] {
        for theme in [Theme::Dark, Theme::Light] {
            let mut map = two_islands();
            let style = MapStyle {
                theme,
                ..MapStyle::default()
            };
            let results = &map.results;
            let positions = map.positions.as_ref().expect("laid out");
            let mut scene = isthmus::render::scene(
                &results.graph,
                &results.analysis,
                positions,
                &map.sizes,
                &style,
            );
            // Names would lie over the dots that are looked at.
            scene.labels.clear();
            map.scene = Some(std::sync::Arc::new(scene));
            let mut harness = drawn(map, theme, gpu, [800.0, 600.0]);
            let shown = pixels(&mut harness, &format!("dots-{gpu}-{theme:?}.png"));
            let colours = palette(theme);
            for person in 0..6 {
                // 4 has no known reach and is hollow.
                if person == 4 {
                    continue;
                }
                let found = at(&shown, place(&harness, person));
                let wanted = colours.communities[person as usize / 3];
                assert!(apart(found, wanted) <= 3, "{person}: {found:?} {wanted:?}");
            }
            let water = place(&harness, 1).lerp(place(&harness, 4), 0.5);
            assert!(apart(at(&shown, water), colours.ground) <= 2);
        }
    }
}

#[test]
fn the_gpu_and_the_cpu_draw_the_same_map() {
    for picture in [Picture::Everyone, Picture::Bridges(20)] {
        let style = MapStyle {
            picture,
            ..MapStyle::default()
        };
        let map = archipelago(1_000, 4_000, &style);
        let [gpu, cpu] = [true, false].map(|gpu| {
            let mut harness = drawn(map.clone(), Theme::Dark, gpu, [1200.0, 800.0]);
            pixels(&mut harness, &format!("archipelago-{gpu}-{picture:?}.png")).0
        });
        let sum: u64 = gpu
            .iter()
            .zip(&cpu)
            .map(|(a, b)| u64::from(apart(*a, *b)))
            .sum();
        let mean = sum as f64 / gpu.len() as f64;
        assert!(mean < 1.5, "{picture:?}: {mean}");
        let far = gpu
            .iter()
            .zip(&cpu)
            .filter(|(a, b)| apart(**a, **b) > 48)
            .count();
        assert!(far * 200 < gpu.len(), "{picture:?}: {far} pixels far apart");
    }
}

#[test]
fn the_gpu_keeps_nothing_of_the_map_before() {
    let after = archipelago(1_000, 4_000, &MapStyle::default());
    let size = [800.0, 600.0];
    let mut harness = drawn(two_islands(), Theme::Dark, true, size);
    // A map that is still being laid out has no picture yet.
    harness.state_mut().model.map = Some(isthmus::app::OpenMap {
        positions: None,
        scene: None,
        ..after.clone()
    });
    harness.step();
    harness.state_mut().model.map = Some(after.clone());
    settle(&mut harness);
    let shown = pixels(&mut harness, "second-map.png").0;
    let mut fresh = drawn(after, Theme::Dark, true, size);
    let expected = pixels(&mut fresh, "second-map-alone.png").0;
    // Names may stand elsewhere; dots and ties of another map would change far more.
    let far = shown
        .iter()
        .zip(&expected)
        .filter(|(a, b)| apart(**a, **b) > 48);
    let far = far.count();
    assert!(
        far * 50 < expected.len(),
        "{far} pixels of {}",
        expected.len()
    );
}

#[test]
fn pointing_at_a_person_lights_their_ties_and_dims_the_rest() {
    let mut harness = drawn(two_islands(), Theme::Dark, true, [800.0, 600.0]);
    let before = pixels(&mut harness, "rest.png");
    harness.hover_at(place(&harness, 1));
    harness.run_steps(2);
    let after = pixels(&mut harness, "hover.png");
    let colours = palette(Theme::Dark);
    // 5 is tied to no one on this island: dimmed. 0 is tied to 1: as bright as before.
    let far = place(&harness, 5);
    assert!(apart(at(&after, far), colours.ground) < apart(at(&before, far), colours.ground) / 2);
    let near = place(&harness, 0);
    assert!(apart(at(&after, near), at(&before, near)) <= 3);
}

#[test]
fn one_selected_person_keeps_their_ties_lit_and_the_rest_half_as_dim_as_under_the_pointer() {
    let mut harness = drawn(two_islands(), Theme::Dark, true, [800.0, 600.0]);
    let before = pixels(&mut harness, "selection-rest.png");
    harness.state_mut().model.selected = vec![PersonId(1)].into();
    settle(&mut harness);
    let selected = pixels(&mut harness, "selection-one.png");
    let ground = palette(Theme::Dark).ground;
    let far = place(&harness, 3);
    let bright = |picture: &(Vec<Rgb>, usize)| apart(at(picture, far), ground);
    assert!(bright(&selected) < bright(&before) / 5 * 4);
    assert!(bright(&selected) > bright(&before) / 2);
    let near = place(&harness, 2);
    assert!(apart(at(&selected, near), at(&before, near)) <= 3);
    // Pointing at somebody else takes over while it lasts.
    let friend = place(&harness, 5);
    harness.hover_at(friend);
    harness.run_steps(2);
    let pointed = pixels(&mut harness, "selection-and-hover.png");
    assert!(apart(at(&pointed, far), at(&before, far)) <= 3);
    assert!(apart(at(&pointed, near), ground) < apart(at(&before, near), ground) / 2);
    harness.hover_at(friend.lerp(near, 0.2));
    harness.run_steps(2);
    let again = pixels(&mut harness, "selection-again.png");
    assert!(apart(at(&again, far), at(&selected, far)) <= 3);
}

#[test]
fn two_selected_people_light_and_name_whoever_is_tied_to_both() {
    let mut harness = drawn(two_islands(), Theme::Dark, true, [800.0, 600.0]);
    let before = pixels(&mut harness, "two-rest.png");
    // 1 is tied to both. 3 is tied to 0 alone.
    harness.state_mut().model.selected = vec![PersonId(0), PersonId(2)].into();
    settle(&mut harness);
    let after = pixels(&mut harness, "two-selected.png");
    let both = place(&harness, 1);
    assert!(apart(at(&after, both), at(&before, both)) <= 3);
    let ground = palette(Theme::Dark).ground;
    let one = place(&harness, 3);
    assert!(apart(at(&after, one), ground) < apart(at(&before, one), ground) / 5 * 4);
    // The name stands on a plate beside the dot.
    let (_, radius) = harness.state().view.place_of(PersonId(1)).expect("shown");
    let plate = both + vec2(radius + 9.0, 0.0);
    let card = palette(Theme::Dark).card;
    assert!(apart(at(&after, plate), card) <= 6);
    assert!(apart(at(&before, plate), card) > 6);
}

#[test]
fn the_ties_among_three_selected_people_are_lit() {
    let mut harness = drawn(two_islands(), Theme::Dark, true, [800.0, 600.0]);
    let before = pixels(&mut harness, "three-rest.png");
    harness.state_mut().model.selected = vec![PersonId(0), PersonId(1), PersonId(3)].into();
    settle(&mut harness);
    let after = pixels(&mut harness, "three-selected.png");
    let ground = palette(Theme::Dark).ground;
    // So few ties are gentle curves: half way they stand off to the left by 6 % of their length.
    let middle = |harness: &Harness<'_, Window>, a, b| {
        let (from, to) = (place(harness, a), place(harness, b));
        from.lerp(to, 0.5) + (to - from).rot90() * -0.06
    };
    let strength = |picture: &(Vec<Rgb>, usize), pos| apart(at(picture, pos), ground);
    for (a, b, lit) in [(0, 1, true), (0, 3, true), (4, 5, false), (1, 2, false)] {
        let pos = middle(&harness, a, b);
        let (now, then) = (strength(&after, pos), strength(&before, pos));
        assert_eq!(now > then, lit, "{a} and {b}: {then} became {now}");
    }
}

#[test]
fn a_pinned_dot_has_a_pin_where_it_is_large_enough_or_selected() {
    let mut harness = drawn(two_islands(), Theme::Dark, true, [800.0, 600.0]);
    let shoulder = |harness: &Harness<'_, Window>, person| {
        let (at, radius) = harness.state().view.place_of(person).expect("shown");
        at - Vec2::splat((radius + 8.0) * std::f32::consts::FRAC_1_SQRT_2) + vec2(-0.8, -1.4)
    };
    let before = pixels(&mut harness, "pins-before.png");
    harness.state_mut().model.pinned = vec![(PersonId(2), [-100.0, 60.0])];
    settle(&mut harness);
    let after = pixels(&mut harness, "pins.png");
    let ink = palette(Theme::Dark).dim_text;
    let pin = shoulder(&harness, PersonId(2));
    assert!(apart(at(&after, pin), ink) <= 8);
    assert!(apart(at(&before, pin), ink) > 60);
    let none = shoulder(&harness, PersonId(0));
    assert!(apart(at(&after, none), ink) > 60);

    let map = archipelago(1_000, 4_000, &MapStyle::default());
    let mut harness = drawn(map, Theme::Dark, true, [800.0, 600.0]);
    // The topmost of the small ones: no name lies over it.
    let view = &harness.state().view;
    let small = (0..1_000).map(PersonId).filter_map(|person| {
        let (at, radius) = view.place_of(person)?;
        (radius < 3.0).then_some((at.y, person))
    });
    let (_, small) = small
        .min_by(|a, b| a.0.total_cmp(&b.0))
        .expect("most dots are small");
    harness.state_mut().model.pinned = vec![(small, [0.0; 2])];
    settle(&mut harness);
    let pin = shoulder(&harness, small);
    let unmarked = pixels(&mut harness, "pin-small.png");
    harness.state_mut().model.selected = vec![small, PersonId(0)].into();
    settle(&mut harness);
    let marked = pixels(&mut harness, "pin-selected.png");
    assert!(apart(at(&unmarked, pin), ink) > 30);
    assert!(apart(at(&marked, pin), ink) <= 8);
}

#[test]
fn the_names_of_others_are_faint_while_a_community_is_shown_alone() {
    let brightest = |isolated: Option<CommunityId>| {
        let style = MapStyle {
            isolated,
            ..MapStyle::default()
        };
        let map = two_islands_in(&style);
        let mut harness = drawn(map, Theme::Dark, true, [800.0, 600.0]);
        harness.state_mut().model.isolated = isolated;
        settle(&mut harness);
        let picture = pixels(&mut harness, &format!("names-{isolated:?}.png"));
        // The name of 3 stands to the left of the dot, that of 0 to the right.
        let ground = palette(Theme::Dark).ground;
        [(3, -1.0), (0, 1.0)].map(|(person, side)| {
            let (dot, radius) = harness
                .state()
                .view
                .place_of(PersonId(person))
                .expect("shown");
            let across = (6..60).flat_map(|x| (-6..=6).map(move |y| (x, y)));
            across
                .map(|(x, y)| dot + vec2(side * (radius + x as f32), y as f32))
                .map(|pos| apart(at(&picture, pos), ground))
                .max()
                .expect("some pixels")
        })
    };
    let [other, own] = brightest(None);
    let [other_behind, own_alone] = brightest(Some(CommunityId(0)));
    assert!(other_behind < other / 2, "{other} became {other_behind}");
    assert!(own_alone > own / 10 * 9, "{own} became {own_alone}");
}

#[test]
fn selection_card_and_list_marks_are_drawn_over_the_map() {
    let style = MapStyle {
        picture: Picture::Everyone,
        ..MapStyle::default()
    };
    let map = archipelago(1_000, 4_000, &style);
    let mut harness = drawn(map, Theme::Dark, true, [1200.0, 800.0]);
    let clean = pixels(&mut harness, "overlay-before.png");
    let (on_list, selected) = (PersonId(10), PersonId(500));
    let window = harness.state_mut();
    let edit = isthmus::campaign::Edit::Insert(
        (10..14)
            .map(|i| {
                let key = format!("person{i:06}");
                (0, isthmus::campaign::Entry::new(key, "Ana"))
            })
            .collect(),
    );
    window.model.campaign.apply(edit).expect("an empty list");
    window.model.selected = vec![selected].into();
    settle(&mut harness);
    let marked = pixels(&mut harness, "overlay.png");
    for person in [on_list, selected] {
        let (centre, radius) = harness.state().view.place_of(person).expect("shown");
        let changed = (-12..=12).any(|dx| {
            (-12..=12).any(|dy| {
                let pos = centre + vec2(dx as f32, dy as f32);
                apart(at(&clean, pos), at(&marked, pos)) > 60
            })
        });
        assert!(changed, "{person:?} of radius {radius} is not marked");
    }
}
