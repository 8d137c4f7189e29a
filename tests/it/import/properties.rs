//! Whatever the bytes: no panic, no row lost, and the order of rows changes nothing.

use super::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok((posts, report)) = read_all(&[source("f", &bytes)]) {
            adds_up(&posts, &report);
        }
    }

    #[test]
    fn any_text_of_the_signs_of_tables_is_read_or_refused(text in "[ab@\",;\t\r\n0-9. #é]{0,200}") {
        if let Ok((posts, report)) = read_all(&[source("f", text.as_bytes())]) {
            adds_up(&posts, &report);
        }
        let preview = import::preview(&[source("f", text.as_bytes())], &ImportSettings::default(), &Progress::new());
        prop_assert!(preview.is_err() || preview.is_ok_and(|p| p.len() == 1));
    }

    #[test]
    fn a_damaged_export_is_read_or_refused(
        at in proptest::collection::vec((0usize..20_000, any::<u8>()), 1..20),
        cut in 100usize..20_000,
        which in 0usize..4,
    ) {
        let file = [
            "brandwatch-csv/Sushi_mentions_2025-11-16.csv",
            "meltwater-classic/Sushi - Nov 16, 2025 - 5 12 53 PM.csv",
            "twarc-csv/tweets.csv",
            "gephi-tables/edges.csv",
        ][which];
        let mut bytes = fs::read(fixtures().join(file)).expect("a fixture");
        for (place, byte) in at {
            let n = bytes.len();
            bytes[place % n] = byte;
        }
        bytes.truncate(cut);
        if let Ok((posts, report)) = read_all(&[source("f", &bytes)]) {
            adds_up(&posts, &report);
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(rows in Just((0..12).collect::<Vec<usize>>()).prop_shuffle()) {
        let all: Vec<String> = (0..12)
            .map(|i| format!("{}, p{i} hello @P{} , 2025-11-{:02}, {}", ["Ana", "ben", "ana", "Cara"][i % 4], (i * 5) % 12, i + 1, i * 10))
            .collect();
        let build = |order: &[usize]| {
            let lines: Vec<&str> = order.iter().map(|&i| all[i].as_str()).collect();
            graph(&read(&format!("author,text,date,followers\n{}\n", lines.join("\n"))).0)
        };
        let straight = build(&(0..12).collect::<Vec<_>>());
        let shuffled = build(&rows);
        prop_assert_eq!(straight.people, shuffled.people);
        prop_assert_eq!(straight.interactions, shuffled.interactions);
    }
}
