//! Odd names: everything that a person may call themselves survives, but for what a format has no letters for.

use proptest::prelude::*;

use super::*;

/// Names with everything that has a meaning in XML, JSON, CSV or spreadsheets, and letters of many scripts.
fn names() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("<b>&amp;\"'</b>".to_owned()),
        Just("=SUM(A1)".to_owned()),
        Just("@@".to_owned()),
        Just("🍣👩\u{200d}🍳".to_owned()),
        Just("مريم".to_owned()),
        Just("]]>".to_owned()),
        Just("a\tb\nc\r\nd".to_owned()),
        Just("\u{1}\u{8}\u{c}\u{1f}\u{7f}\u{85}\u{fffe}".to_owned()),
        Just("'-1".to_owned()),
        "\\PC{1,6}",
    ];
    proptest::collection::vec(part, 1..4).prop_map(|parts| parts.concat())
}

/// A graph of people with these handles and names; each is tied to the next.
fn graph_of(people: &[(String, String)]) -> Walked {
    let rows: Vec<_> = (people.iter())
        .map(|(handle, name)| {
            serde_json::json!({"key": handle, "attributes": {"label": name, "followers": 12.345}})
        })
        .collect();
    let ties: Vec<_> = (people.windows(2))
        .map(|two| serde_json::json!({"source": two[0].0, "target": two[1].0}))
        .collect();
    Walked::of(&serde_json::json!({"nodes": rows, "edges": ties}).to_string())
}

/// `text` as XML 1.0 can hold it.
fn in_xml(text: &str) -> String {
    let is_char = |c: &char| matches!(*c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_char).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn odd_names_come_back(people in proptest::collection::vec((names(), names()), 2..6)) {
        let walked = graph_of(&people);
        // Somebody whom nothing is left of is nobody; the rest is what has to come back.
        let expected = |held: &dyn Fn(&str) -> String| -> BTreeMap<String, String> {
            let people = walked.graph().people.iter();
            people.map(|p| (held(&p.key).trim().to_owned(), held(&p.name).trim().to_owned())).collect()
        };
        for format in DRAWN {
            let again = Walked::new(&walked.exported(format), &WalkSettings::default());
            let got: BTreeMap<String, String> = (again.graph().people.iter())
                .map(|p| (p.key.to_string(), p.name.to_string()))
                .collect();
            if format == GraphFormat::Json {
                prop_assert_eq!(&got, &expected(&str::to_owned));
            } else if walked.graph().people.iter().all(|p| in_xml(&p.key) == *p.key) {
                let names = |map: &BTreeMap<String, String>| -> Vec<String> { map.keys().cloned().collect() };
                prop_assert_eq!(names(&got), names(&expected(&str::to_owned)));
                for person in &walked.graph().people {
                    let name = in_xml(&person.name);
                    if !name.trim().is_empty() {
                        prop_assert_eq!(&got[&*person.key], name.trim());
                    }
                }
            }
            // Nobody is lost, and nobody becomes one with somebody else.
            prop_assert_eq!(again.graph().n_people(), walked.graph().n_people());
            prop_assert_eq!(again.graph().ties.n_ties(), walked.graph().ties.n_ties());
            prop_assert!(again.graph().people.iter().all(|p| p.reach == Some(12.345)));
        }
    }

    #[test]
    fn no_cell_of_the_tables_is_a_formula(people in proptest::collection::vec((names(), names()), 2..6)) {
        for file in graph_of(&people).exported(GraphFormat::Csv) {
            let mut table = csv::Reader::from_reader(&*file.bytes);
            let header = table.headers().expect("a header").clone();
            for row in table.records() {
                let row = row.expect("as long as the header");
                for (column, cell) in header.iter().zip(&row) {
                    let is_figure = cell.parse::<f64>().is_ok();
                    let is_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
                    prop_assert!(is_figure || !is_formula, "{column}: {cell:?}");
                }
            }
        }
    }
}

#[test]
fn two_people_who_are_one_in_xml_stay_two() {
    let people = [("ana\u{1}x", "Ana"), ("anax", "Anax"), ("ana\u{2}x", "Ann")];
    let people = people.map(|(handle, name)| (handle.to_owned(), name.to_owned()));
    let walked = graph_of(&people);
    for format in [GraphFormat::Gexf, GraphFormat::GraphMl] {
        let again = Walked::new(&walked.exported(format), &WalkSettings::default());
        let mut names: Vec<_> = again.graph().people.iter().map(|p| &*p.name).collect();
        names.sort_unstable();
        assert_eq!(names, ["Ana", "Anax", "Ann"], "{format:?}");
        assert_eq!(again.graph().ties.n_ties(), 2, "{format:?}");
    }
}

#[test]
fn handles_that_a_spreadsheet_would_compute_come_back_from_tables() {
    let people = [("=ana", "=Ana"), ("-ben", "+Ben"), ("chris", "'Chris")];
    let people = people.map(|(handle, name)| (handle.to_owned(), name.to_owned()));
    let walked = graph_of(&people);
    assert!(walked.text(GraphFormat::Csv).contains("'=ana,'=Ana"));
    let again = Walked::new(&walked.exported(GraphFormat::Csv), &WalkSettings::default());
    let of = |walked: &Walked| -> Vec<(String, String)> {
        let people = walked.graph().people.iter();
        people
            .map(|p| (p.key.to_string(), p.name.to_string()))
            .collect()
    };
    assert_eq!(of(&again), of(&walked));
    assert_eq!(ties(again.graph()), ties(walked.graph()));
}
