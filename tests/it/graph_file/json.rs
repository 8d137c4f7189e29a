//! Graphs as JSON, in the words of many programs.

use super::*;

#[test]
fn ties_of_every_shape() {
    for (what, text, people, expected) in [
        (
            "networkx links",
            r#"{"directed": true, "multigraph": false, "graph": {}, "nodes": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "links": [{"weight": 2, "source": "a", "target": "b"}]}"#,
            3,
            vec!["a>b tie 2"],
        ),
        (
            "networkx edges",
            r#"{"edges": [{"source": 1, "target": 2, "key": 0}], "nodes": [{"id": 1}, {"id": 2}], "directed": false}"#,
            2,
            vec!["1-2 tie 1"],
        ),
        (
            "d3 by place",
            r#"{"nodes": [{"name": "Ana", "group": 1}, {"name": "Ben", "group": 2}], "links": [{"source": 1, "target": 0, "value": 3}]}"#,
            2,
            vec!["ana-ben tie 3"],
        ),
        (
            "d3 same names",
            r#"{"nodes": [{"name": "Ana"}, {"name": "Ana"}], "links": [{"source": 0, "target": 1}]}"#,
            2,
            vec!["ana-ana (1) tie 1"],
        ),
        (
            "d3 drawn",
            r#"{"nodes": [{"id": "a", "x": 1, "y": 2}, {"id": "b"}], "links": [{"source": {"id": "a"}, "target": {"id": "b"}}]}"#,
            2,
            vec!["a-b tie 1"],
        ),
        (
            "numbers as words",
            r#"{"nodes": [{"id": "1"}, {"id": "2"}], "links": [{"source": 1, "target": 2}]}"#,
            2,
            vec!["1-2 tie 1"],
        ),
        (
            "vis.js",
            r#"{"nodes": [{"id": 1, "label": "A"}], "edges": [{"from": 1, "to": 7}]}"#,
            2,
            vec!["1-7 tie 1"],
        ),
        (
            "graphology mixed",
            r#"{"options": {"type": "mixed"}, "nodes": [{"key": "a"}, {"key": "b", "attributes": {"followers": 4}}], "edges": [{"source": "a", "target": "b"}, {"source": "a", "target": "b", "undirected": true, "attributes": {"kind": "quote"}}]}"#,
            2,
            vec!["a-b quote 1", "a>b tie 1"],
        ),
        (
            "graphology settings",
            r#"{"title": "x", "settings": {"type": "undirected"}, "graph": {"nodes": [{"key": "a", "attributes": {}}], "edges": [{"source": "a", "target": "b"}]}}"#,
            2,
            vec!["a-b tie 1"],
        ),
        (
            "pairs",
            r#"{"nodes": [{"key": "a"}, {"key": "b"}], "edges": [["a", "b"], ["b", "a", 2]]}"#,
            2,
            vec!["a>b tie 1", "b>a tie 2"],
        ),
        (
            "cytoscape.js list",
            r#"[{"data": {"id": "a"}}, {"data": {"id": "b"}}, {"data": {"id": "ab", "source": "a", "target": "b"}}]"#,
            2,
            vec!["a>b tie 1"],
        ),
        (
            "cytoscape elements list",
            r#"{"elements": [{"group": "nodes", "data": {"id": "a"}}, {"group": "edges", "data": {"source": "a", "target": "c", "interaction": "a (reply) c"}}]}"#,
            2,
            vec!["a>c reply 1"],
        ),
        (
            "cx2",
            r#"[{"CXVersion": "2.0", "hasFragments": false}, {"attributeDeclarations": [{"nodes": {"name": {"a": "n", "d": "string"}, "followers": {"d": "integer", "v": 9}}, "edges": {"interaction": {"a": "i"}, "weight": {"a": "q"}}}]}, {"nodes": [{"id": 0, "x": 1.5, "y": 2.5, "v": {"n": "Ana"}}, {"id": 1, "v": {"n": "Ben", "followers": 5}}]}, {"edges": [{"id": 0, "s": 0, "t": 1, "v": {"i": "reply", "q": 2}}]}, {"status": [{"success": true}]}]"#,
            2,
            vec!["0>1 reply 2"],
        ),
        (
            "cx",
            r#"[{"numberVerification": [{"longNumber": 1}]}, {"nodes": [{"@id": 1, "n": "Ana"}, {"@id": 2, "n": "Ben"}]}, {"edges": [{"@id": 3, "s": 1, "t": 2, "i": "mention"}]}, {"nodeAttributes": [{"po": 1, "n": "followers", "v": "12"}]}]"#,
            2,
            vec!["1>2 mention 1"],
        ),
        (
            "JSON Graph Format",
            r#"{"graph": {"directed": true, "nodes": {"a": {"label": "Ana", "metadata": {"followers": 3}}, "b": {}}, "edges": [{"source": "a", "target": "b", "relation": "retweet"}]}}"#,
            2,
            vec!["a>b repost 1"],
        ),
    ] {
        let (posts, report) = read(text);
        assert_eq!(posts.accounts.len(), people, "{what}: {:?}", keys(&posts));
        assert_eq!(ties(&posts), expected, "{what}");
        assert_eq!(report.rows_left_out(), 0, "{what}");
    }
}

#[test]
fn what_is_said_of_people() {
    let (posts, _) = read(
        r#"{"nodes": [{"id": "a", "label": "Ana", "x": 1, "y": 2, "color": "rgb(1, 2, 3)", "attributes": {"Modularity Class": "4", "followers": "1.2K"}}], "edges": []}"#,
    );
    let a = account(&posts, "a");
    assert_eq!(a.name.as_deref(), Some("Ana"));
    assert_eq!(a.reach, Some(1200.0));
    assert_eq!(a.given_community.as_deref(), Some("4"));
    assert_eq!(
        (a.given_place, a.given_colour),
        (Some([1.0, 2.0]), Some([1, 2, 3]))
    );
    let (posts, _) = read(
        r#"[{"CXVersion": "2.0"}, {"attributeDeclarations": [{"nodes": {"name": {"a": "n"}, "followers": {"v": 9}}}]}, {"nodes": [{"id": 0, "x": 1.5, "y": 2.5, "v": {"n": "Ana"}}, {"id": 1, "v": {"n": "Ben", "followers": 5}}]}]"#,
    );
    let (ana, ben) = (account(&posts, "0"), account(&posts, "1"));
    assert_eq!(
        (ana.name.as_deref(), ana.reach, ana.given_place),
        (Some("Ana"), Some(9.0), Some([1.5, 2.5]))
    );
    assert_eq!((ben.name.as_deref(), ben.reach), (Some("Ben"), Some(5.0)));
}

#[test]
fn rows_that_make_no_tie_are_told_with_their_line() {
    let (posts, report) = read(
        "{\"nodes\": [\n{\"id\": \"a\"},\n{\"x\": 1},\n{\"id\": \"b\"}],\n\"links\": [\n{\"source\": \"a\", \"target\": \"b\", \"weight\": -1},\n{\"source\": \"a\"},\n{\"source\": \"a\", \"target\": \"b\"}]}",
    );
    assert_eq!(ties(&posts), ["a-b tie 1"]);
    assert_eq!(
        left_out(&report),
        [
            ("no id", 1, 3),
            ("one end of the tie is empty", 1, 7),
            ("weight is negative", 1, 6)
        ]
    );
    let (_, report) = read(
        "{\"nodes\": [{\"name\": \"a\"}, {\"name\": \"b\"}],\n\"links\": [{\"source\": 0, \"target\": 1},\n{\"source\": 0, \"target\": 2},\n{\"source\": -1, \"target\": 1}]}",
    );
    assert_eq!(
        left_out(&report),
        [
            ("the number of a person is negative", 1, 4),
            ("the number of a person is out of range", 1, 3)
        ]
    );
}

#[test]
fn broken_json_is_refused_with_its_place() {
    for (text, sentence) in [
        (
            "{\"nodes\": [{\"id\": \"a\"}],\n\"links\": [{\"source\": \"a\", \"target\": \"b\"},\n",
            "the JSON file cannot be read to its end: it breaks off in the middle (line 3 of file)",
        ),
        (
            "{\"nodes\": [{\"id\": \"a\"}],\n\"links\": [{\"source\": \"a\" \"target\": \"b\"}]}",
            "no valid JSON (line 2 of file)",
        ),
        (
            "{\"nodes\": [], \"links\": []}",
            "the JSON file holds no people and no ties",
        ),
    ] {
        let refused = refused(text);
        assert!(
            refused.contains(sentence) || refused.contains("JSON"),
            "{refused}"
        );
    }
    let deep = format!(
        "{{\"nodes\": [{{\"id\": \"a\", \"x\": {}",
        "[".repeat(1_000_000)
    );
    assert!(refused(&deep).contains("nested too deep"));
}

#[test]
fn other_json_is_no_graph() {
    for text in [
        r#"{"data": [{"id": "1", "text": "hi"}], "includes": {"users": []}}"#,
        "{\"id\": 1, \"by\": \"ana\"}\n{\"id\": 2, \"by\": \"ben\"}\n",
        r#"[{"kind": "t1", "data": {"id": "a", "author": "ana"}}]"#,
        r#"[{"id": "1", "account": {"acct": "ana"}}]"#,
        r#"[{"data": {"id": "1", "text": "hi", "author_id": "2"}}]"#,
        r#"{"nodes": [{"shortcode": "x", "owner": {"id": "1"}}], "edges": [{"node": {"id": "1"}}]}"#,
    ] {
        match read_bytes(text.as_bytes()) {
            Ok((posts, report)) => {
                assert!(posts.given_ties.is_empty(), "{text}: {}", report.format);
                assert_eq!(report.rows_read, report.posts + report.rows_left_out());
            }
            Err(error) => assert!(
                !matches!(
                    error,
                    ImportError::Broken { .. } | ImportError::NoPeople { .. }
                ),
                "{text}: {error}"
            ),
        }
    }
}
