//! Whatever happened to a graph file: no panic, no row lost.

use super::*;

fn survives(bytes: &[u8]) {
    if let Ok((posts, report)) = read_bytes(bytes) {
        adds_up(&posts, &report);
        for tie in &posts.given_ties {
            assert!(tie.count.is_finite() && tie.count > 0.0);
        }
        let places = posts.accounts.iter().filter_map(|a| a.given_place);
        assert!(places.flatten().all(f32::is_finite));
    }
}

#[test]
fn samples_cut_at_every_tenth() {
    for (_, bytes, _) in samples() {
        for tenth in 0..10 {
            survives(&bytes[..bytes.len() * tenth / 10]);
        }
    }
}

#[test]
fn long_lines_deep_nesting_and_many_columns() {
    let wide: Vec<String> = (0..50_000).map(|i| format!("c{i} VARCHAR,")).collect();
    let wide = wide.concat();
    survives(format!("nodedef>name VARCHAR,{wide}\na,b\n").as_bytes());
    survives(format!("*Vertices 2\n1 \"{}\"\n", "a".repeat(5_000_000)).as_bytes());
    survives(format!("<gexf>{}", "<node id='a'>".repeat(200_000)).as_bytes());
    survives(format!("<graphml><graph>{}", "<node id='a'><graph>".repeat(100_000)).as_bytes());
    survives("[".repeat(1_000_000).as_bytes());
    survives(format!("dl n=9{}", " n=9".repeat(100_000)).as_bytes());
    survives(format!("graph {{ a [b={}", "<".repeat(200_000)).as_bytes());
    survives(format!("strict graph {{ {} }}", "a--".repeat(50_000)).as_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_sample_is_read_or_refused(
        which in 0usize..12,
        at in proptest::collection::vec((0usize..20_000, any::<u8>()), 0..12),
        cut in 20usize..20_000,
    ) {
        let mut bytes = samples().swap_remove(which).1;
        for (place, byte) in at {
            let n = bytes.len();
            bytes[place % n] = byte;
        }
        bytes.truncate(cut);
        survives(&bytes);
    }

    #[test]
    fn any_text_behind_a_first_word_is_read_or_refused(
        which in 0usize..14,
        text in "[ab12 <>/=\"'{}\\[\\];,:*%\n.-]{0,120}",
    ) {
        let begin = [
            "<gexf>", "<graphml><graph>", "graph [ ", "*Vertices 3\n", "digraph { ", "dl n=3 ", "*node data\n", "nodedef>name,x\n",
            "3 2\n", "%%MatrixMarket matrix coordinate real general\n3 3 2\n", "{\"nodes\": [", "{\"elements\": {\"nodes\": [",
            "[{\"CXVersion\": \"2.0\"}, ", "*Matrix\n",
        ][which];
        survives(format!("{begin}{text}").as_bytes());
    }
}
