//! Encodings, separators, quotes, and which rows are posts.

use super::*;

const SIMPLE: &str = "author,text,followers\nJosé,hello @ben,12\nben,café @José,7\n";

#[test]
fn any_encoding_gives_the_same_posts() {
    let expected = ties(SIMPLE);
    let utf16 = |big: bool, mark: bool| -> Vec<u8> {
        let units = mark
            .then_some(0xfeff)
            .into_iter()
            .chain(SIMPLE.encode_utf16());
        units
            .flat_map(|u: u16| {
                if big {
                    u.to_be_bytes()
                } else {
                    u.to_le_bytes()
                }
            })
            .collect()
    };
    let latin: Vec<u8> = SIMPLE.chars().map(|c| c as u8).collect();
    let marked = [b"\xef\xbb\xbf".as_slice(), SIMPLE.as_bytes()].concat();
    let with_nuls = SIMPLE.replace("hello", "he\0llo");
    for (what, bytes) in [
        ("UTF-8 with mark", marked),
        ("UTF-16 LE with mark", utf16(false, true)),
        ("UTF-16 BE with mark", utf16(true, true)),
        ("UTF-16 LE", utf16(false, false)),
        ("UTF-16 BE", utf16(true, false)),
        ("Windows-1252", latin),
        ("NULs", with_nuls.into_bytes()),
    ] {
        assert_eq!(ties_of(&read_bytes(&bytes).0), expected, "{what}");
    }
}

#[test]
fn any_separator_and_line_break_gives_the_same_posts() {
    let expected = vec![
        "ana>ben mention 1".to_owned(),
        "ben>ana mention 1".to_owned(),
    ];
    let base = "author,text,followers\nana,hello @ben,12\nben,thanks @ana,7\n";
    for separator in [",", ";", "\t", "|"] {
        for line_break in ["\n", "\r\n", "\r\r\n", "\r", "\n\n"] {
            let text = base.replace(',', separator).replace('\n', line_break);
            let (posts, report) = read(&text);
            assert_eq!(ties_of(&posts), expected, "{text:?}");
            assert_eq!(report.rows_read, 2, "{text:?}");
        }
    }
    assert_eq!(
        ties(&format!("sep=;\n{}", base.replace(',', ";"))),
        expected
    );
}

#[test]
fn line_breaks_inside_quotes_belong_to_the_text_and_count_as_lines() {
    let (posts, report) =
        read("author,text\nana,\"one\n\ntwo \"\"x\"\" @ben\"\n,nobody wrote this\nben,yes\n");
    assert_eq!(posts.text(&posts.posts[0]), "one\n\ntwo \"x\" @ben");
    assert_eq!(left_out(&report), [("no author".to_owned(), 1, 5)]);
    adds_up(&posts, &report);
}

#[test]
fn a_quote_that_never_closes_swallows_nothing() {
    let (posts, report) = read(
        "author,text,likes\nana,\"hello @ben,1\nben,hi @ana,2\ncara,\"quoted, @ana\",3\ndan,hey @cara,4\n",
    );
    assert_eq!(report.posts, 4);
    assert_eq!(
        ties_of(&posts),
        [
            "ana>ben mention 1",
            "ben>ana mention 1",
            "cara>ana mention 1",
            "dan>cara mention 1"
        ]
    );
    assert!(
        report.warnings.iter().any(|w| w.contains("never closed")),
        "{:?}",
        report.warnings
    );
    let (posts, report) = read("author,text,likes\nana,\"hello, @ben,1\nben,hi @ana,2\n");
    assert_eq!(
        left_out(&report),
        [("a quote that never closes".to_owned(), 1, 2)]
    );
    assert_eq!(ties_of(&posts), ["ben>ana mention 1"]);
    adds_up(&posts, &report);
}

#[test]
fn quotes_inside_quotes_that_nobody_doubled_stay_in_the_text() {
    let (posts, _) = read(
        "author,text,likes\n\"ana\",\"he said \"hi, there\" to me\",\"1\"\n\"ben\",\"x y\",\"2\"\n",
    );
    assert_eq!(posts.text(&posts.posts[0]), "he said \"hi, there\" to me");
}

#[test]
fn label_rows_totals_and_blank_lines_are_no_posts() {
    let (posts, report) = read(
        "Report,Sushi weekend\nFrom,2025-11-14\n\nAuthor,Full Text,Followers,Date\nana,hi @ben,5,2025-11-14\n,,,\nben,yo,7,2025-11-15\nTotal,,12,\n",
    );
    assert_eq!((report.posts, report.rows_read), (2, 3));
    assert_eq!(left_out(&report), [("totals row".to_owned(), 1, 8)]);
    assert_eq!(ties_of(&posts), ["ana>ben mention 1"]);
    assert_eq!(report.time_range, Some((1_763_078_400, 1_763_164_800)));
}

#[test]
fn the_same_post_counts_once_in_one_file_and_in_several() {
    let first = source("a.csv", b"id,author,text\n1990000000000000001,ana,hi @ben\n1990000000000000001,ana,hi @ben\n1990000000000000002,ben,yo\n");
    let second = source(
        "b.csv",
        b"author,text,id\nben,yo,1990000000000000002\ncara,@ana,1990000000000000003\n",
    );
    let (posts, report) = read_all(&[first, second]).expect("two files");
    assert_eq!(
        (report.rows_read, report.posts, report.duplicates_removed),
        (5, 3, 2)
    );
    assert_eq!(ties_of(&posts), ["ana>ben mention 1", "cara>ana mention 1"]);
    let (_, report) = read(
        "Author,Text,Url\nana,hi,https://x.com/ana/status/1\nana,hi,https://x.com/ana/status/1\n",
    );
    assert_eq!(report.duplicates_removed, 1);
}

#[test]
fn row_numbers_are_no_proof_that_posts_are_the_same() {
    let first = source("a.csv", b"id,author,text\n1,ana,hi @ben\n2,ben,yo there\n");
    let second = source(
        "b.csv",
        b"id,author,text\n1,ana,something else\n2,cara,yo there\n",
    );
    assert_eq!(read_all(&[first, second]).expect("two files").1.posts, 4);
}
