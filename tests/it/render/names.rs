//! Names are cut where a reader would cut them and never stand over one another.

use isthmus::analysis::CommunityId;
use isthmus::people::PersonId;
use isthmus::render::{
    Camera, Label, LabelOf, MapScene, Placed, Placing, Rgb, Side, place, shorten, thousands,
};
use proptest::prelude::*;

use super::{CAMERA, dot, one_dot, placing};

fn rectangle(p: &Placed) -> [f32; 4] {
    [p.at[0], p.at[1], p.at[0] + p.size[0], p.at[1] + p.size[1]]
}

fn overlap(a: [f32; 4], b: [f32; 4]) -> bool {
    a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3]
}

proptest! {
    #[test]
    fn names_never_overlap(
        subjects in prop::collection::vec(
            (-400f32..400.0, -300f32..300.0, 1f32..7.0, 5f32..160.0, 8f32..24.0, 0u32..5), 0..150),
        zoom in 0.2f32..6.0,
        budget in 0usize..80,
    ) {
        let colour = Rgb(1, 2, 3);
        let dots = (0u32..).zip(&subjects).map(|(i, s)| dot(i, [s.0, s.1], s.2, colour)).collect();
        let labels = (0u32..).zip(&subjects).map(|(i, s)| Label {
            text: format!("{i}"),
            at: [s.0, s.1],
            clear: s.2,
            of: if s.5 == 0 { LabelOf::Community(CommunityId(i)) } else { LabelOf::Person(PersonId(i)) },
        }).collect();
        let map = MapScene { dots, labels, ..MapScene::default() };
        let camera = Camera { centre: [3.0, -2.0], zoom };
        let card = ([0.0, 250.0], [150.0, 400.0]);
        let limits = Placing { people: budget, keep_out: &[card], ..placing(&[]) };
        let measure = |label: &Label| {
            let s = &subjects[label.text.parse::<usize>().expect("a number")];
            [s.3, s.4]
        };
        let placed = place(&map, camera, &limits, measure);
        for (i, one) in placed.iter().enumerate() {
            let r = rectangle(one);
            prop_assert!(r[0] >= 0.0 && r[1] >= 0.0 && r[2] <= 640.0 && r[3] <= 400.0);
            prop_assert!(!overlap(r, [card.0[0], card.0[1], card.1[0], card.1[1]]));
            for other in &placed[..i] {
                prop_assert!(!overlap(r, rectangle(other)));
            }
        }
        let people = placed.iter().filter(|p| matches!(p.of, LabelOf::Person(_))).count();
        prop_assert!(people <= budget);
        // Asked again, with what is there already: nothing moves.
        let again = place(&map, camera, &Placing { previous: &placed, ..limits }, measure);
        for name in &placed {
            prop_assert!(again.iter().any(|a| a.of == name.of));
        }
    }

    #[test]
    fn shortened_names_are_short(text in "\\PC{0,60}", most in 1usize..30) {
        use unicode_segmentation::UnicodeSegmentation as _;
        let short = shorten(&text, most);
        prop_assert!(short.graphemes(true).count() <= most, "{short:?}");
    }
}

#[test]
fn a_placed_name_keeps_its_side() {
    let mut map = one_dot();
    map.labels = vec![Label {
        text: "Ana".to_owned(),
        at: [0.0, 0.0],
        clear: 5.0,
        of: LabelOf::Person(PersonId(0)),
    }];
    let first = place(&map, CAMERA, &placing(&[]), |_| [30.0, 12.0]);
    assert_eq!(first[0].side, Side::Right);
    assert!(
        (first[0].at[0] - (320.0 + 10.0 + 3.0)).abs() < 1e-3,
        "clear of the dot"
    );
    let left = [Placed {
        side: Side::Left,
        ..first[0]
    }];
    let second = place(&map, CAMERA, &placing(&left), |_| [30.0, 12.0]);
    assert_eq!(second[0].side, Side::Left);
}

#[test]
fn names_are_cut_between_letters_a_reader_sees() {
    assert_eq!(shorten("Ana", 3), "Ana");
    assert_eq!(shorten("Anastasia", 4), "Ana…");
    assert_eq!(shorten("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 2), "👩‍👩‍👧‍👦…");
    assert_eq!(shorten(" Ana\n\tMaria ", 20), "Ana Maria");
    assert_eq!(shorten("a\u{202e}b", 20), "ab");
    assert_eq!(thousands(0), "0");
    assert_eq!(thousands(999), "999");
    assert_eq!(thousands(1_204), "1,204");
    assert_eq!(thousands(12_345_678), "12,345,678");
}
