//! The plain-text formats: Pajek, UCINET, METIS, Matrix Market, GML, DOT, VNA, GDF.

use super::*;

/// What, text, people, ties.
const TEXTS: [(&str, &str, usize, &[&str]); 26] = [
    (
        "pajek",
        "*Vertices 4\n% who\n1 \"Ana\"\n*Arcs\n1 2\n1 2 2 c Red\n*Edges\n2 3 1.5\n",
        4,
        &["1>2 tie 3", "2-3 tie 1.5"],
    ),
    (
        "pajek lists",
        "*network x\r\n*vertices 5\r\n\r\n*arcslist\r\n1 2 3\r\n*edgeslist\r\n4 5\r\n",
        5,
        &["1>2 tie 1", "1>3 tie 1", "4-5 tie 1"],
    ),
    (
        "pajek relations",
        "*Vertices 3\n*Arcs :1 \"reply\"\n1 2 1\n*Arcs :2 \"retweet\"\n1 2 1\n",
        3,
        &["1>2 reply 1", "1>2 repost 1"],
    ),
    (
        "pajek matrix",
        "*Vertices 3\n*Matrix\n0 1 0\n0 0 2.5\n0 0 0\n",
        3,
        &["1>2 tie 1", "2>3 tie 2.5"],
    ),
    (
        "pajek mirror",
        "*Vertices 2\n*Matrix\n0 2\n2 0\n",
        2,
        &["1-2 tie 2"],
    ),
    (
        "pajek two modes",
        "*Vertices 5 2\n*Matrix\n1 0 1\n0 1 0\n",
        5,
        &["1>3 tie 1", "1>5 tie 1", "2>4 tie 1"],
    ),
    (
        "dl full",
        "dl n=3 format=fullmatrix\nlabels:\nAna,\"Ben B\",Cy\ndata:\n0 1 0\n0 0 2\n0 0 0\n",
        3,
        &["ana>ben b tie 1", "ben b>cy tie 2"],
    ),
    (
        "dl embedded",
        "DL N = 3\nLABELS EMBEDDED\nDATA:\n ana ben cy\nana 0 1 0\nben 1 0 0\ncy 0 0 0\n",
        3,
        &["ana-ben tie 1"],
    ),
    (
        "dl lists of names",
        "dl n=4, format = nodelist1\nlabels embedded:\ndata:\nana ben cy\nben dan\n",
        4,
        &["ana>ben tie 1", "ana>cy tie 1", "ben>dan tie 1"],
    ),
    (
        "dl pairs of names",
        "DL\nN=2\nFORMAT=EDGELIST1\nLABELS EMBEDDED\nDATA:\nana ben 4\n",
        2,
        &["ana>ben tie 4"],
    ),
    (
        "dl halves",
        "dl n=3 format=lowerhalf diagonal=absent\ndata:\n1\n0 2\n",
        3,
        &["1-2 tie 1", "2-3 tie 2"],
    ),
    (
        "dl two modes",
        "dl nr=2 nc=2 format=edgelist2\nrow labels:\nana\nben\ncolumn labels:\nsushi\nrice\ndata:\n1 1\n2 2 3\n",
        4,
        &["ana-sushi tie 1", "ben-rice tie 3"],
    ),
    (
        "metis weights",
        "3 2 001\n2 5\n1 5 3 7\n2 7\n",
        3,
        &["1-2 tie 5", "2-3 tie 7"],
    ),
    (
        "metis own numbers",
        "% c\n3 1 110 2\n9 9 9 2\n9 9 9 1\n9 9 9\n",
        3,
        &["1-2 tie 1"],
    ),
    ("metis empty lines", "4 1\n\n3\n2\n\n", 4, &["2-3 tie 1"]),
    (
        "mtx symmetric",
        "%%MatrixMarket matrix coordinate pattern symmetric\n3 3 3\n2 1\n3 2\n2 2\n",
        3,
        &["1-2 tie 1", "2-3 tie 1"],
    ),
    (
        "mtx both halves",
        "%%MatrixMarket matrix coordinate real symmetric\n2 2 2\n1 2 3.0\n2 1 3.0\n",
        2,
        &["1-2 tie 3"],
    ),
    (
        "mtx array",
        "%%MatrixMarket matrix array real general\n2 2\n0\n1\n2\n0\n",
        2,
        &["1>2 tie 2", "2>1 tie 1"],
    ),
    (
        "mtx array symmetric",
        "%%MatrixMarket matrix array integer symmetric\n2 2\n0\n4\n0\n",
        2,
        &["1-2 tie 4"],
    ),
    (
        "mtx rows and columns",
        "%%MatrixMarket matrix coordinate integer general\n2 3 1\n2 3 1\n",
        5,
        &["r2>c3 tie 1"],
    ),
    (
        "gml",
        "Version 1\ngraph [ node [ id 1 label \"A&#127800;\" ] node [ id 2 ] edge [ source 1 target 2 weight 2 ] edge [ source 2 target 1 value 3 ] ]",
        2,
        &["1-2 tie 5"],
    ),
    (
        "gml no ids",
        "graph [ directed 1 node [ label \"x\" ] node [ label \"x\" ] node [ ] ]",
        3,
        &[],
    ),
    (
        "dot",
        "/* c */ strict digraph \"g\" { // x\n a -> b -> c [weight=2]; a -> b; edge [label=retweet] c:p:n -> \"Ana \\\"L\\\"\" }",
        4,
        &["a>b tie 2", "b>c tie 2", "c>ana \"l\" repost 1"],
    ),
    (
        "dot groups",
        "graph { node [followers=3]; { a b } -- { c; d }; subgraph cluster_1 { e } e -- a; rankdir=LR }",
        5,
        &[
            "a-c tie 1",
            "a-d tie 1",
            "a-e tie 1",
            "b-c tie 1",
            "b-d tie 1",
        ],
    ),
    (
        "vna",
        "*Node data\nID followers name\nana 5 \"Ana L\"\nben 6 Ben\n*Node properties\nana x\n*Tie data\nfrom to friends\nana ben 2\n",
        2,
        &["ana>ben tie 2"],
    ),
    (
        "gdf",
        "nodedef> name VARCHAR,label VARCHAR(32),color VARCHAR\na,'Ana, L','255,0,0'\nb,\"Ben\",\nedgedef> node1 VARCHAR,node2 VARCHAR,directed BOOLEAN,weight DOUBLE\na,b,true,2\na,b,false,1\n",
        2,
        &["a-b tie 1", "a>b tie 2"],
    ),
];

#[test]
fn ties_of_the_plain_text_formats() {
    for (what, text, people, expected) in TEXTS {
        let (posts, report) = read(text);
        assert_eq!(posts.accounts.len(), people, "{what}: {:?}", keys(&posts));
        assert_eq!(report.rows_left_out(), 0, "{what}: {report:?}");
        assert_eq!(ties(&posts), expected, "{what}");
    }
}

#[test]
fn numbers_of_nobody_are_told_with_their_place() {
    for (text, expected) in [
        (
            "*Vertices 2\n1 a\n*Arcs\n1 3\n-1 2\n0 1\n1 x\n1 2 -1\n1 2\n",
            vec![
                ("the number of a person is out of range", 2, 4),
                ("the number of a person is negative", 1, 5),
                ("the number of a person is not a number", 1, 7),
                ("weight is negative", 1, 8),
            ],
        ),
        (
            "%%MatrixMarket matrix coordinate real general\n3 3 4\n1 9 1\n-1 2 1\n1 2 nan\n1 2 inf\n1 2 1\n",
            vec![
                ("the number of a person is negative", 1, 4),
                ("the number of a person is out of range", 1, 3),
                ("weight is infinite", 1, 6),
                ("weight is not a number", 1, 5),
            ],
        ),
        (
            "dl n=2 format=edgelist1\ndata:\n1 2\n1 3\n-5 1\n2 1 0\n",
            vec![
                ("the number of a person is negative", 1, 5),
                ("the number of a person is out of range", 1, 4),
                ("weight is 0", 1, 6),
            ],
        ),
        (
            "3 3\n2 3\n1 3 9\n1 2\n",
            vec![("the number of a person is out of range", 1, 3)],
        ),
    ] {
        let (posts, report) = read(text);
        assert_eq!(left_out(&report), expected, "{text}");
        assert!(!posts.given_ties.is_empty(), "{text}");
    }
}

#[test]
fn headers_are_not_believed() {
    for text in [
        "*Vertices 1000000000000\n*Edges\n1 999999999\n",
        "%%MatrixMarket matrix coordinate pattern general\n1000000000000 1000000000000 1\n1 999999999999\n",
        "%%MatrixMarket matrix coordinate pattern general\n1000000000000 3 1\n999999999 1\n",
        "dl n=1000000000000 format=edgelist1\nlabels embedded\ndata:\na b\n",
    ] {
        let (posts, _) = read(text);
        assert_eq!(posts.given_ties.len(), 1, "{text}");
        assert_eq!(posts.accounts.len(), 2, "{text}");
    }
    // Numbers that have no label and no room: nothing is made for them.
    let (posts, report) = read("dl n=1000000000000 format=edgelist1\ndata:\n1 2\n1 999999999999\n");
    assert_eq!(posts.given_ties.len(), 1);
    assert_eq!(report.rows_left_out(), 1);
}

#[test]
fn files_that_break_off_are_refused() {
    for (text, sentence) in [
        (
            "graph [\n node [ id 1",
            "the GML file cannot be read to its end: it breaks off in the middle (line 2 of file)",
        ),
        (
            "graph [ ] ]",
            "the GML file cannot be read to its end: a bracket closes that was never opened (line 1 of file)",
        ),
        (
            "digraph {\n a -> b",
            "the DOT file cannot be read to its end: it breaks off in the middle (line 2 of file)",
        ),
        (
            "digraph {\n a -> ]\n }",
            "the DOT file cannot be read to its end: a sign stands where a name was expected (line 2 of file)",
        ),
        (
            "%%MatrixMarket matrix coordinate real general\nx\n",
            "the Matrix Market file cannot be read to its end: the size of the matrix cannot be read (line 2 of file)",
        ),
        (
            "%%MatrixMarket matrix coordinate complex general\n1 1 1\n1 1 1 1\n",
            "the Matrix Market file cannot be read to its end: its weights are complex numbers (line 1 of file)",
        ),
        (
            "nodedef>name VARCHAR\n",
            "the GDF file holds no people and no ties",
        ),
    ] {
        assert_eq!(refused(text), sentence);
    }
    let groups: Vec<String> = (0..1500).map(|i| format!("a{i} ")).collect();
    let groups = groups.concat();
    assert!(
        refused(&format!("graph {{ {{ {groups} }} -- {{ {groups} }} }}"))
            .contains("more than a million ties")
    );
    assert!(refused(&format!("graph {}", "{".repeat(100_000))).contains("nested too deep"));
    assert!(refused(&format!("graph [{}", " a [".repeat(100_000))).contains("nested too deep"));
}

#[test]
fn lists_of_ties_are_no_graph_files() {
    for text in [
        "source,target\na,b\n",
        "1 2\n2 3\n3 1\n",
        "graph,value\na,b\n",
        "% comment\n1 2\n2 3\n",
        "dl,ul\na,b\nb,c\n",
    ] {
        let (_, report) = read(text);
        assert!(report.format.contains("list"), "{text}: {}", report.format);
    }
}

#[test]
fn handles_that_everybody_has_are_the_keys() {
    let (posts, _) = read(
        "graph [ node [ id 0 handle \"@Ana\" ] node [ id 1 handle \"ben\" ] edge [ source 0 target 1 ] ]",
    );
    assert_eq!(keys(&posts), ["ana", "ben"]);
    for not_all in [
        "graph [ node [ id 0 handle \"@Ana\" ] node [ id 1 ] ]",
        "graph [ node [ id 0 handle \"@Ana\" ] node [ id 1 handle \"ana\" ] ]",
    ] {
        assert_eq!(keys(&read(not_all).0), ["0", "1"]);
    }
}

#[test]
fn pajek_projects_bring_communities() {
    let (posts, report) = read(
        "*Network one\n*Vertices 2\n1 \"Ana\" ic Blue\n2 \"Ben\"\n*Edges\n1 2\n*Partition p\n*Vertices 2\n 4\n 5\n*Network two\n*Vertices 9\n",
    );
    assert_eq!(account(&posts, "1").given_community.as_deref(), Some("4"));
    assert_eq!(account(&posts, "2").given_community.as_deref(), Some("5"));
    assert_eq!(account(&posts, "1").given_colour, Some([0, 0, 255]));
    assert_eq!(posts.accounts.len(), 2);
    assert!(
        report
            .warnings
            .iter()
            .any(|w| w.contains("several networks"))
    );
}
