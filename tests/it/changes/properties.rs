//! What is true of the changes between any two files.

use isthmus::campaign::MapChoices;
use isthmus::changes::{BridgeChange, Changes, CommunityThen, Fate, looks_carried};
use proptest::prelude::*;

use super::of;
use super::worlds::World;

/// Who is where: by person a community of a file, or none.
type Where = Vec<Option<u8>>;

fn made_up(of: &Where, scores: &[u8]) -> World {
    let names: Vec<String> = (0..of.len()).map(|i| format!("p{i:02}")).collect();
    let group = |c: Option<u8>| -> Vec<&str> {
        let people = names.iter().zip(of);
        let people = people.filter(|(_, of)| **of == c);
        people.map(|(name, _)| name.as_str()).collect()
    };
    let groups: Vec<Vec<&str>> = (0..5).map(|c| group(Some(c))).collect();
    let groups: Vec<(&str, &[&str])> = (groups.iter())
        .filter(|g| !g.is_empty())
        .map(|g| ("c", &g[..]))
        .collect();
    let mut best: Vec<(&str, f64)> = (names.iter().zip(of).zip(scores))
        .filter(|((_, of), _)| of.is_some_and(|c| c < 5))
        .map(|((name, _), score)| (name.as_str(), f64::from(*score)))
        .collect();
    best.sort_by(|a, b| b.1.total_cmp(&a.1));
    World::new(&groups, &[], &best)
}

/// Communities 0 to 4; whoever has none is not in the file.
fn anywhere() -> impl Strategy<Value = (Where, Vec<u8>)> {
    let of = prop::collection::vec(prop::option::weighted(0.85, 0..5u8), 70);
    (of, prop::collection::vec(0..4u8, 70))
}

proptest! {
    #[test]
    fn nothing_has_changed_from_a_file_to_itself((of_all, scores) in anywhere()) {
        let world = made_up(&of_all, &scores);
        let changes = of(&world, &world);
        prop_assert!(changes.is_empty(), "{changes:?}");
        for row in &changes.matched {
            prop_assert_eq!(&row.before, &row.after);
            prop_assert_eq!(row.before.as_ref().map(|c| u64::from(c.people)), Some(row.shared));
        }
        prop_assert_eq!(changes.matched.len(), world.analysis.communities.n_large());
        let looks = looks_carried(&world.snapshot(), &world.snapshot(), &MapChoices::default());
        prop_assert!(looks.is_empty());
    }

    #[test]
    fn the_other_way_round_new_and_gone_change_places(
        (then, scores) in anywhere(),
        (now, new_scores) in anywhere(),
    ) {
        let (before, after) = (made_up(&then, &scores), made_up(&now, &new_scores));
        let (there, back) = (of(&before, &after), of(&after, &before));
        prop_assert_eq!(&there.new, &back.gone);
        prop_assert_eq!(&there.gone, &back.new);
        prop_assert_eq!(there.stayed, back.stayed);
        let who = |bridges: &[BridgeChange]| -> Vec<(String, Option<u32>, Option<u32>)> {
            bridges.iter().map(|b| (b.who.person.clone(), b.rank.before, b.rank.after)).collect()
        };
        let turned = |bridges: &[BridgeChange]| -> Vec<_> {
            who(bridges).into_iter().map(|(p, b, a)| (p, a, b)).collect()
        };
        prop_assert_eq!(who(&there.new_bridges), turned(&back.lost_bridges));
        prop_assert_eq!(who(&there.lost_bridges), turned(&back.new_bridges));
        let set = |changes: &Changes, turn: bool| {
            let mut rows: Vec<_> = changes.matched.iter().map(|row| {
                let member = |c: &Option<CommunityThen>| c.as_ref().map(|c| c.member.clone());
                let (b, a) = (member(&row.before), member(&row.after));
                let fate = match row.fate {
                    _ if !turn => row.fate,
                    Fate::New => Fate::Gone,
                    Fate::Gone => Fate::New,
                    Fate::SplitOff => Fate::Merged,
                    Fate::Merged => Fate::SplitOff,
                    Fate::Same => Fate::Same,
                };
                (if turn { (a, b) } else { (b, a) }, fate.words(), row.shared)
            }).collect();
            rows.sort();
            rows
        };
        prop_assert_eq!(set(&there, false), set(&back, true));
    }
}
