//! The outreach list as CSV, workbook and rows for the clipboard, and how it is read again.

use std::fs;
use std::io::{Cursor, Read as _};
use std::sync::Arc;

use calamine::{Data, Reader as _, Xlsx};
use isthmus::campaign::{Campaign, Edit, Entry, Status};
use isthmus::export::csv::{outreach_list, tab_separated};
use isthmus::export::list::{self, HEADER, ListFormat};
use isthmus::import::{ImportSettings, Source};
use isthmus::progress::Progress;
use isthmus::session::{self, Results, WalkSettings};

use super::cli::{errors, isthmus, rows, with_posts};

fn results(posts: &str) -> Results {
    let source = Source {
        name: "posts.csv".into(),
        bytes: posts.as_bytes().to_vec(),
    };
    let progress = Progress::new();
    let read = session::read(&[source], &ImportSettings::default(), &progress).expect("posts");
    session::analyse(&Arc::new(read), &WalkSettings::default(), &progress).expect("goes on")
}

const POSTS: &str = "\
Author,Author Name,Full Text,X Followers,URL
Ana,=1+1,hello @ben and @cleo,120,https://x.com/Ana/status/1
ben,+49,@ana thanks,90.5,https://x.com/somebody_else/status/2
cleo,@x,@ana and @dan,,https://bsky.app/profile/cleo/post/3
";

/// Four people: three whose names look like formulas, one who is not in the file.
fn campaign() -> Campaign {
    let mut campaign = Campaign::default();
    let entry = |person: &str, name: &str, status, note: &str| Entry {
        person: person.into(),
        name: name.into(),
        status,
        note: note.into(),
    };
    let entries = [
        entry("ana", "=1+1", Status::ToContact, "-2 emails"),
        entry("ben", "+49", Status::Ambassador, "said \"yes\",\nat last"),
        entry("cleo", "@x", Status::DoNotContact, ""),
        entry("gone", "Gone 寿司", Status::Declined, "\ttabs"),
    ];
    let entries = entries.into_iter().map(|entry| (usize::MAX, entry));
    let insert = Edit::Insert(entries.collect());
    campaign.apply(insert).expect("all different");
    campaign
}

fn written(format: ListFormat, campaign: &Campaign, results: &Results) -> Vec<u8> {
    let of = (
        &*results.graph,
        &*results.analysis,
        &results.conversation.posts,
    );
    list::file(format, campaign, of).expect("a list of four")
}

fn cells_of_workbook(bytes: &[u8]) -> Vec<Vec<Data>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
    let sheet = book.worksheet_range("Outreach list").expect("its sheet");
    sheet.rows().map(<[Data]>::to_vec).collect()
}

fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).expect("an archive");
    let mut text = String::new();
    let mut part = archive.by_name(name).expect("this part");
    part.read_to_string(&mut text).expect("text");
    text
}

#[test]
fn a_workbook_has_the_rows_of_the_csv_with_numbers_as_numbers_and_the_rest_as_text() {
    let (results, campaign) = (results(POSTS), campaign());
    let book = written(ListFormat::Workbook, &campaign, &results);
    let cells = cells_of_workbook(&book);
    let mut csv = Vec::new();
    outreach_list(
        &campaign,
        &results.graph,
        &results.analysis,
        false,
        &mut csv,
    )
    .expect("memory");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(&csv[..]);
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!((cells.len(), rows.len()), (5, 5));
    let numbers = [
        "position",
        "reach",
        "connections",
        "connections_across",
        "communities_reached",
        "bridge_score",
    ];
    for (i, (sheet, text)) in cells.iter().zip(&rows).enumerate() {
        assert_eq!(sheet.len(), 12);
        for ((cell, text), column) in sheet.iter().zip(text).zip(HEADER) {
            let as_meant = text
                .strip_prefix('\'')
                .filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t']));
            match cell {
                Data::Empty => assert_eq!(text, "", "{column}"),
                Data::Float(value) => {
                    assert!(i > 0 && numbers.contains(&column), "{column}: {value}");
                    assert_eq!(text.parse(), Ok(*value));
                }
                Data::String(cell) => {
                    assert!(i == 0 || !numbers.contains(&column), "{column}: {cell}");
                    assert_eq!(cell, as_meant.unwrap_or(text), "{column}");
                }
                other => panic!("{column}: {other:?}"),
            }
        }
    }
    let names: Vec<String> = cells[1..].iter().map(|row| row[2].to_string()).collect();
    assert_eq!(names, ["=1+1", "+49", "@x", "Gone 寿司"]);
    assert_eq!(cells[2][4], Data::Float(90.5), "reach");
    assert_eq!(cells[3][4], Data::Empty, "nobody knows this reach");
    assert_eq!(cells[1][11], Data::String("-2 emails".into()));
}

#[test]
fn the_header_of_the_workbook_stays_and_filters_and_the_same_list_gives_the_same_bytes() {
    let (results, campaign) = (results(POSTS), campaign());
    let book = written(ListFormat::Workbook, &campaign, &results);
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    for wanted in [
        r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#,
        r#"<autoFilter ref="A1:L5"/>"#,
        r#"<col min="10" max="10" width="70."#,
    ] {
        assert!(sheet.contains(wanted), "{wanted} in {sheet}");
    }
    assert!(!sheet.contains("<f>"), "no formula");
    // Another second would show in the date, were it the clock's.
    assert!(part(&book, "docProps/core.xml").contains("2000-01-01T00:00:00Z"));
    assert_eq!(book, written(ListFormat::Workbook, &campaign, &results));
}

#[test]
fn a_profile_is_linked_only_where_the_addresses_of_own_posts_tell_it() {
    let (results, campaign) = (results(POSTS), campaign());
    let book = written(ListFormat::Workbook, &campaign, &results);
    let links = part(&book, "xl/worksheets/_rels/sheet1.xml.rels");
    assert!(links.contains("\"https://x.com/Ana\""), "{links}");
    assert!(links.contains("\"https://bsky.app/profile/cleo\""));
    // What stands above Ben's post is somebody else's address, and Gone has none.
    assert_eq!(links.matches("<Relationship ").count(), 2, "{links}");
    assert_eq!(
        cells_of_workbook(&book)[1][1],
        Data::String("ana".into()),
        "the cell still shows the key"
    );
}

#[test]
fn a_note_longer_than_a_cell_is_cut_in_the_workbook_alone() {
    let results = results(POSTS);
    let mut campaign = campaign();
    let note = "n".repeat(40_000);
    let edit = Edit::SetNote {
        person: "ana".into(),
        note: note.clone(),
    };
    campaign.apply(edit).expect("on the list");
    let book = written(ListFormat::Workbook, &campaign, &results);
    let cut = cells_of_workbook(&book)[1][11].to_string();
    assert_eq!(cut.chars().count(), 32_767);
    assert!(cut.ends_with("n…"));
    let csv = written(ListFormat::Csv, &campaign, &results);
    assert!(String::from_utf8_lossy(&csv).contains(&note));
}

#[test]
fn the_ending_of_the_list_tells_its_format_on_the_command_line() {
    let (folder, _) = with_posts();
    let export = |name: &str| {
        let arguments = ["export", "posts.csv", "--list", name, "--excel"];
        isthmus(folder.path(), &arguments)
    };
    for name in ["list.csv", "list.XLSX"] {
        let output = export(name);
        assert!(output.status.success(), "{}", errors(&output));
    }
    let csv = fs::read(folder.path().join("list.csv")).expect("written");
    assert!(csv.starts_with(b"\xef\xbb\xbf"));
    let (_, rows) = rows(&folder.path().join("list.csv"));
    let book = fs::read(folder.path().join("list.XLSX")).expect("written");
    let cells = cells_of_workbook(&book);
    assert_eq!(cells[0][1], Data::String("person".into()));
    assert_eq!(cells.len(), rows.len() + 1);
    let output = export("list.pdf");
    assert_eq!(output.status.code(), Some(2));
    assert!(errors(&output).contains("--list list.pdf: let the name end in .csv or .xlsx"));
}

#[test]
fn rows_for_the_clipboard_are_cells_between_tabs_and_harmless() {
    let (results, campaign) = (results(POSTS), campaign());
    let text = |status| {
        let rows = list::rows(&campaign, &results.graph, &results.analysis, status);
        let mut bytes = Vec::new();
        tab_separated(&HEADER, rows, &mut bytes).expect("memory");
        String::from_utf8(bytes).expect("UTF-8")
    };
    let all = text(None);
    assert!(all.starts_with("position\tperson\tname\t"), "{all}");
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .from_reader(all.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    let names: Vec<&str> = rows.iter().map(|row| &row[2]).collect();
    assert_eq!(names, ["'=1+1", "'+49", "'@x", "Gone 寿司"]);
    assert_eq!(&rows[1][11], "said \"yes\",\nat last");
    // Only those with a status, with the place they have on the whole list.
    let some = text(Some(Status::DoNotContact));
    assert_eq!(some.lines().count(), 2);
    assert!(
        some.lines()
            .nth(1)
            .is_some_and(|row| row.starts_with("3\tcleo\t'@x\t"))
    );
}

fn read(name: &str, bytes: &[u8]) -> session::ListRead {
    let source = Source {
        name: name.into(),
        bytes: bytes.to_vec(),
    };
    session::read_list(&source, &Progress::new()).expect("a list")
}

#[test]
fn a_list_that_was_exported_comes_back_with_status_and_note() {
    let (results, campaign) = (results(POSTS), campaign());
    for format in [
        ListFormat::Csv,
        ListFormat::CsvForExcel,
        ListFormat::Workbook,
    ] {
        let list = read("list", &written(format, &campaign, &results));
        let mut expected = campaign.outreach_list.entries().to_vec();
        // Blanks at the ends of a note are nothing that anybody wrote.
        expected[3].note = "tabs".into();
        assert_eq!(list.entries, expected, "{format:?}");
        assert_eq!(list.without_person, 0);
    }
}

#[test]
fn any_table_with_a_column_of_handles_is_a_list() {
    let table = "\
Row;Handle;Stage;Comments
1;@Ana;Do_Not_Contact;no
2;https://x.com/ben;called twice;on Friday
3;;contacted;nobody
4;ANA;contacted;again
5;cleo;;
";
    let list = read("theirs.csv", table.as_bytes());
    let entries: Vec<(&str, Status, &str)> = list
        .entries
        .iter()
        .map(|e| (e.person.as_str(), e.status, e.note.as_str()))
        .collect();
    assert_eq!(
        entries,
        [
            ("ana", Status::DoNotContact, "no"),
            // A status in words of its own is not lost.
            ("ben", Status::ToContact, "called twice; on Friday"),
            ("cleo", Status::ToContact, ""),
        ]
    );
    assert_eq!(list.without_person, 1);
    // Words that no export has for its columns.
    let list = read("ours.csv", b"person,note\nana,likes eel\nben,likes tuna\n");
    assert_eq!(list.entries.len(), 2);
    assert_eq!(list.entries[1].note, "likes tuna");
}

#[test]
fn one_handle_a_line_is_a_list_too() {
    let keys = |text: &str| -> Vec<String> {
        let list = read("handles.txt", text.as_bytes());
        list.entries.into_iter().map(|e| e.person).collect()
    };
    assert_eq!(keys("@Ana\n\nben\n"), ["ana", "ben"]);
    assert_eq!(keys("Handle\r\nana\r\nben\r\n"), ["ana", "ben"]);
    assert_eq!(keys("# friends\nana\nhttps://x.com/ben\n"), ["ana", "ben"]);
    assert_eq!(keys("ana\n"), ["ana"]);
    // A person whose key has a blank.
    assert_eq!(
        keys("Ana Kim\nBen Ito\nCleo Sakai\n"),
        ["ana kim", "ben ito", "cleo sakai"]
    );
}

#[test]
fn what_is_no_list_is_told_with_place_and_advice() {
    let problem = |name: &str, bytes: &[u8]| {
        let source = Source {
            name: name.into(),
            bytes: bytes.to_vec(),
        };
        session::read_list(&source, &Progress::new()).expect_err("no list")
    };
    let told = problem("colours.csv", b"colour,amount,size\nred,1,2\nblue,2,3\n");
    assert_eq!(
        told.what,
        "No column holds handles; the columns are \"colour\", \"amount\", \"size\""
    );
    assert!(told.advice.contains("\"person\""), "{}", told.advice);
    assert_eq!(told.file.as_deref(), Some("colours.csv"));
    let told = problem("empty.csv", b"");
    assert_eq!(told.what, "The file is empty");
    assert!(told.advice.contains("a list"), "{}", told.advice);
    let told = problem("nobody.csv", b"person,status\n,contacted\n,answered\n");
    assert_eq!(told.what, "Nobody stands on this list");
    for bytes in [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], b"PK\x03\x04broken"] {
        let told = problem("odd.xlsx", bytes);
        assert!(!told.advice.is_empty() && told.file.is_some(), "{told:?}");
    }
}
