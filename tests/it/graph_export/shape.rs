//! The formats themselves: a small graph in each, and what is hard to say in some.

use super::*;

/// Ana and Ben talk; Chris knows both; Dee talks to nobody. Two kinds between Ana and Ben, and Chris's reach is unknown.
const TIES: &str = r#"{"nodes": [
    {"key": "ana", "attributes": {"label": "Ana Lima", "handle": "Ana", "followers": 120}},
    {"key": "ben", "attributes": {"label": "Ben & Söhne", "handle": "ben", "followers": 90.5}},
    {"key": "chris", "attributes": {"label": "=Chris", "handle": "chris"}},
    {"key": "dee", "attributes": {"label": "Dee", "handle": "dee", "followers": 7}}],
  "edges": [
    {"source": "ana", "target": "ben", "attributes": {"kind": "reply", "weight": 2}},
    {"source": "ana", "target": "ben", "attributes": {"kind": "mention"}},
    {"source": "ben", "target": "ana", "attributes": {"kind": "repost"}},
    {"source": "chris", "target": "ana", "undirected": true, "attributes": {"weight": 0.5}},
    {"source": "chris", "target": "ben", "undirected": true}]}"#;

/// The small graph, where it is easy to see where everybody stands.
fn small() -> Walked {
    let mut walked = Walked::of(TIES);
    walked.positions.xy = vec![[-10.0, -5.5], [10.0, -5.0], [0.0, 0.0], [f32::NAN; 2]];
    walked
}

fn without_version(format: GraphFormat) -> String {
    small()
        .text(format)
        .replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn gexf() {
    insta::assert_snapshot!(without_version(GraphFormat::Gexf));
}

#[test]
fn graphml() {
    insta::assert_snapshot!(without_version(GraphFormat::GraphMl));
}

#[test]
fn graphology() {
    insta::assert_snapshot!(without_version(GraphFormat::Json));
}

#[test]
fn two_tables() {
    insta::assert_snapshot!(without_version(GraphFormat::Csv));
}

#[test]
fn betweenness_is_there_where_it_was_measured() {
    let mut walked = small();
    for format in GraphFormat::ALL {
        assert!(!walked.text(format).contains("betweenness"), "{format:?}");
    }
    let settings = WalkSettings {
        analysis: AnalysisSettings {
            betweenness: isthmus::analysis::BetweennessMode::Exact,
            ..AnalysisSettings::default()
        },
        ..WalkSettings::default()
    };
    walked = Walked::new(
        &[source("file", b"Source,Target\nana,ben\nben,chris\n")],
        &settings,
    );
    // Ben lies on the one way between the two others.
    for (format, expected) in [
        (
            GraphFormat::Gexf,
            r#"<attvalue for="betweenness" value="1"/>"#,
        ),
        (GraphFormat::GraphMl, r#"<data key="betweenness">1</data>"#),
        (GraphFormat::Json, r#""betweenness":1.0}"#),
        (GraphFormat::Csv, ",betweenness,x,y"),
    ] {
        let text = walked.text(format);
        assert_eq!(text.matches(expected).count(), 1, "{format:?}");
    }
}

#[test]
fn ties_come_back_with_their_kinds_and_directions() {
    let expected = [
        "ana>ben reply 2",
        "ana>ben mention 1",
        "ben>ana repost 1",
        "chris-ana tie 0.5",
        "chris-ben tie 1",
    ];
    assert_eq!(ties(small().graph()), expected);
    for format in GraphFormat::ALL {
        let again = Walked::new(&small().exported(format), &WalkSettings::default());
        assert_eq!(ties(again.graph()), expected, "{format:?}");
    }
}

#[test]
fn a_graph_without_directions_says_so_once() {
    let walked = Walked::of("graph { ana -- ben; ben -- chris }");
    let says = |format, words: &str| {
        let text = walked.text(format);
        assert!(
            text.contains(words) && !text.contains(" type=\"undirected\""),
            "{text}"
        );
        let again = Walked::new(&walked.exported(format), &WalkSettings::default());
        assert_eq!(ties(again.graph()), ["ana-ben tie 1", "ben-chris tie 1"]);
    };
    says(GraphFormat::Gexf, "<graph defaultedgetype=\"undirected\"");
    says(GraphFormat::GraphMl, "<graph edgedefault=\"undirected\"");
    says(GraphFormat::Json, "\"type\":\"undirected\"");
    says(GraphFormat::Csv, "ben,chris,Undirected,tie,1");
}

#[test]
fn people_without_ties_stand_nowhere() {
    let walked = small();
    for format in DRAWN {
        let again = Walked::new(&walked.exported(format), &WalkSettings::default());
        let place = |key: &str| {
            let person = again.graph().find(key).expect("somebody");
            again.graph().people[person.index()].given_place
        };
        assert_eq!(place("dee"), None, "{format:?}");
        assert_eq!(place("chris"), Some([0.0, 0.0]), "{format:?}");
    }
    // sigma draws nobody without a place, and nobody who is hidden.
    let json: serde_json::Value =
        serde_json::from_str(&walked.text(GraphFormat::Json)).expect("JSON");
    for person in json["nodes"].as_array().expect("people") {
        let attributes = &person["attributes"];
        assert!(attributes["x"].is_number() && attributes["y"].is_number());
        assert_eq!(attributes["hidden"] == true, person["key"] == "dee");
    }
}

#[test]
fn a_point_in_a_number_of_the_format_is_a_decimal_point() {
    let gexf = "<gexf><graph><attributes class='node'><attribute id='0' title='followers' type='double'/>\
        <attribute id='1' title='reach' type='string'/></attributes><nodes><node id='a'><attvalues>\
        <attvalue for='0' value='12.345'/></attvalues></node><node id='b'><attvalues>\
        <attvalue for='1' value='12.345'/></attvalues></node></nodes></graph></gexf>";
    let graphml = "<graphml><key id='0' for='node' attr.name='followers' attr.type='float'/>\
        <key id='1' for='node' attr.name='reach' attr.type='string'/><graph>\
        <node id='a'><data key='0'>12.345</data></node><node id='b'><data key='1'>12.345</data></node></graph></graphml>";
    let json = r#"{"nodes": [{"key": "a", "attributes": {"followers": 12.345}},
        {"key": "b", "attributes": {"followers": "12.345"}}], "edges": []}"#;
    for text in [gexf, graphml, json] {
        let walked = Walked::of(text);
        let reach: Vec<_> = walked.graph().people.iter().map(|p| p.reach).collect();
        assert_eq!(reach, [Some(12.345), Some(12345.0)], "{text}");
    }
}

#[test]
fn the_name_of_a_community_counts_before_its_number() {
    let walked = Walked::of(
        r#"{"nodes": [{"key": "a", "attributes": {"community_name": "sushi", "community": 3}},
        {"key": "b", "attributes": {"community": 3}}], "edges": []}"#,
    );
    let given: Vec<_> = (walked.graph().people.iter())
        .map(|person| person.given_community.as_deref())
        .collect();
    assert_eq!(given, [Some("sushi"), Some("3")]);
}
