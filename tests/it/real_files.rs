//! Real files of other projects, where they lie beside this one: as many people and ties as an independent reader counts.

use std::fs;
use std::path::{Path, PathBuf};

use isthmus::files;
use isthmus::import::{self, ImportError, ImportSettings};
use isthmus::people::{self, TieSettings};
use isthmus::progress::Progress;

use crate::import::adds_up;

/// File, people, ties: different pairs and kinds in the file, self ties aside. Counted with the XML, JSON and regular
/// expressions of Python, not with this program.
const COUNTED: [(&str, usize, usize); 100] = [
    ("cugraph-datasets/dolphins.csv", 62, 318),
    ("cugraph-datasets/dolphins.mtx", 62, 159),
    ("cugraph-datasets/dolphins_multi_edge.csv", 62, 318),
    ("cugraph-datasets/dolphins_s_loop.csv", 62, 318),
    ("cugraph-datasets/email-Eu-core.csv", 1005, 24929),
    ("cugraph-datasets/karate-asymmetric.csv", 34, 78),
    ("cugraph-datasets/karate-data.csv", 34, 156),
    ("cugraph-datasets/karate-disjoint-sequential.csv", 37, 158),
    ("cugraph-datasets/karate-disjoint.csv", 68, 312),
    ("cugraph-datasets/karate.csv", 34, 156),
    ("cugraph-datasets/karate.mtx", 34, 78),
    ("cugraph-datasets/karate_mod.mtx", 37, 78),
    ("cugraph-datasets/karate_multi_edge.csv", 34, 156),
    ("cugraph-datasets/karate_s_loop.csv", 34, 156),
    ("cugraph-datasets/karate_str.mtx", 34, 78),
    ("cugraph-datasets/karate_undirected.csv", 34, 78),
    ("cugraph-datasets/negative-vertex-id.csv", 3, 2),
    ("cugraph-datasets/netscience.csv", 1461, 5484),
    ("cugraph-datasets/netscience.mtx", 1589, 2742),
    ("cugraph-datasets/polbooks.csv", 105, 882),
    ("cugraph-datasets/polbooks.mtx", 105, 441),
    ("cugraph-datasets/small_line.csv", 10, 9),
    ("cugraph-datasets/small_tree.csv", 9, 11),
    ("cugraph-datasets/toy_graph.csv", 6, 16),
    ("cugraph-datasets/toy_graph_undirected.csv", 6, 8),
    (
        "graphology-fixtures/canvas/test/resources/arctic.gexf",
        1715,
        6228,
    ),
    (
        "graphology-fixtures/communities-leiden/test/resources/arctic.json",
        1715,
        6228,
    ),
    (
        "graphology-fixtures/communities-louvain/test/datasets/1898.gexf",
        328,
        2189,
    ),
    (
        "graphology-fixtures/communities-louvain/test/datasets/clique3.json",
        12,
        21,
    ),
    (
        "graphology-fixtures/communities-louvain/test/datasets/complex500.json",
        500,
        4180,
    ),
    (
        "graphology-fixtures/communities-louvain/test/datasets/directed1000.json",
        1000,
        9685,
    ),
    (
        "graphology-fixtures/communities-louvain/test/datasets/directed500.json",
        500,
        4744,
    ),
    (
        "graphology-fixtures/communities-louvain/test/datasets/eurosis.json",
        1285,
        7524,
    ),
    (
        "graphology-fixtures/communities-louvain/test/datasets/random10k.json",
        10000,
        25415,
    ),
    (
        "graphology-fixtures/communities-louvain/test/datasets/undirected1000.json",
        1000,
        9672,
    ),
    (
        "graphology-fixtures/communities-louvain/test/datasets/undirected500.json",
        500,
        4740,
    ),
    (
        "graphology-fixtures/gexf/test/resources/arctic.gexf",
        1715,
        6676,
    ),
    ("graphology-fixtures/gexf/test/resources/basic.gexf", 2, 2),
    (
        "graphology-fixtures/gexf/test/resources/basic_formatted.gexf",
        2,
        2,
    ),
    ("graphology-fixtures/gexf/test/resources/case.gexf", 10, 20),
    (
        "graphology-fixtures/gexf/test/resources/celegans.gexf",
        306,
        2148,
    ),
    ("graphology-fixtures/gexf/test/resources/data.gexf", 4, 5),
    (
        "graphology-fixtures/gexf/test/resources/edge_data.gexf",
        4,
        5,
    ),
    (
        "graphology-fixtures/gexf/test/resources/edge_viz.gexf",
        2,
        1,
    ),
    (
        "graphology-fixtures/gexf/test/resources/les_miserables.gexf",
        77,
        254,
    ),
    (
        "graphology-fixtures/gexf/test/resources/liststring.gexf",
        4,
        5,
    ),
    ("graphology-fixtures/gexf/test/resources/minimal.gexf", 2, 1),
    (
        "graphology-fixtures/gexf/test/resources/missing_nodes.gexf",
        6,
        4,
    ),
    ("graphology-fixtures/gexf/test/resources/mixed.gexf", 3, 3),
    (
        "graphology-fixtures/gexf/test/resources/rio.gexf",
        366,
        1096,
    ),
    (
        "graphology-fixtures/gexf/test/resources/undeclared_attribute.gexf",
        2,
        1,
    ),
    ("graphology-fixtures/gexf/test/resources/v1_3.gexf", 2, 1),
    (
        "graphology-fixtures/gexf/test/resources/v1_3_writer.gexf",
        2,
        1,
    ),
    (
        "graphology-fixtures/gexf/test/resources/yeast.gexf",
        2361,
        6646,
    ),
    (
        "graphology-fixtures/graphml/test/resources/attributes.graphml",
        6,
        7,
    ),
    (
        "graphology-fixtures/graphml/test/resources/basic.graphml",
        11,
        12,
    ),
    (
        "graphology-fixtures/graphml/test/resources/miserables.graphml",
        77,
        254,
    ),
    (
        "graphology-fixtures/graphml/test/resources/miserables_broken.graphml",
        77,
        254,
    ),
    (
        "graphology-fixtures/graphml/test/resources/missing_nodes.graphml",
        51,
        37,
    ),
    (
        "graphology-fixtures/graphml/test/resources/mixed_multigraph.graphml",
        6,
        7,
    ),
    (
        "graphology-fixtures/graphml/test/resources/multigraph.graphml",
        6,
        7,
    ),
    (
        "graphology-fixtures/metrics/test/datasets/celegans.json",
        306,
        2345,
    ),
    (
        "graphology-fixtures/metrics/test/datasets/clique3.json",
        12,
        21,
    ),
    (
        "graphology-fixtures/metrics/test/datasets/directed500.json",
        500,
        4845,
    ),
    (
        "graphology-fixtures/metrics/test/datasets/rio-bundle.json",
        366,
        1096,
    ),
    (
        "graphology-fixtures/metrics/test/datasets/rio.json",
        366,
        1096,
    ),
    (
        "graphology-fixtures/metrics/test/datasets/undirected500.json",
        500,
        4740,
    ),
    (
        "graphology-fixtures/minivan/test/resources/arctic.gexf",
        1715,
        6676,
    ),
    (
        "graphology-fixtures/minivan/test/resources/data-school-edge-attributes.json",
        236,
        5899,
    ),
    (
        "graphology-fixtures/minivan/test/resources/nordic-design.json",
        254,
        1201,
    ),
    (
        "graphology-fixtures/svg/test/resources/arctic.gexf",
        1715,
        6228,
    ),
    ("sigma-graphs/storybook/public/arctic.gexf", 1715, 6228),
    (
        "sigma-graphs/storybook/stories/2-advanced-usecases/cluster-label/euroSIS.json",
        1285,
        6462,
    ),
    ("sigma-graphs/test/datasets/arctic.json", 1715, 6228),
    ("sigma-graphs/test/datasets/large-graph.json", 10000, 19995),
    ("sigma-graphs/test/datasets/les-miserables.json", 77, 254),
    ("sigma-graphs/demo/public/dataset.json", 2085, 5409),
    ("networkx-examples/graph/football.zip", 115, 613),
    ("twarc-csv-v2-jsonl/2sets.jsonl", 272, 188),
    ("twarc-csv-v2-jsonl/brexit.jsonl", 166, 109),
    ("twarc-csv-v2-jsonl/cashtags.jsonl", 1, 0),
    ("twarc-csv-v2-jsonl/cotweet.jsonl", 1, 0),
    ("twarc-csv-v2-jsonl/edited.jsonl", 1, 0),
    ("twarc-csv-v2-jsonl/edited_after.jsonl", 1, 0),
    ("twarc-csv-v2-jsonl/edited_before.jsonl", 1, 0),
    ("twarc-csv-v2-jsonl/entities_test.jsonl", 609, 465),
    ("twarc-csv-v2-jsonl/flat.jsonl", 171, 103),
    ("twarc-csv-v2-jsonl/geo_tweets.jsonl", 4, 2),
    ("twarc-csv-v2-jsonl/kpop.jsonl", 106, 79),
    ("twarc-csv-v2-jsonl/many_urls.jsonl", 1, 0),
    (
        "twarc-csv-v2-jsonl/media_policy_violation_off.jsonl",
        51,
        54,
    ),
    ("twarc-csv-v2-jsonl/media_policy_violation_on.jsonl", 46, 47),
    ("twarc-csv-v2-jsonl/media_tweet.jsonl", 1, 0),
    ("twarc-csv-v2-jsonl/mentions_tweet.jsonl", 2, 1),
    ("twarc-csv-v2-jsonl/noflat.jsonl", 171, 103),
    ("twarc-csv-v2-jsonl/quoted_edit.jsonl", 2, 1),
    (
        "twarc-csv-v2-jsonl/streaming_output_with_error.jsonl",
        11,
        4,
    ),
    ("twarc-csv-v2-jsonl/two_tweets.jsonl", 2, 1),
    ("twarc-csv-v2-jsonl/verified_type.jsonl", 1, 0),
    ("twarc-csv-v2-jsonl/withheld.jsonl", 219, 155),
];

/// File and the beginning of the sentence with which it is refused.
const REFUSED: [(&str, &str); 9] = [
    (
        "graphology-fixtures/gexf/test/resources/pedantic.gexf",
        "the GEXF file holds no people and no ties",
    ),
    (
        "graphology-fixtures/gexf/test/resources/sanitized.gexf",
        "the GEXF file holds no people and no ties",
    ),
    (
        "networkx-examples/graph/words_dat.txt.gz",
        "the file holds text but no columns",
    ),
    (
        "twarc-csv-v2-jsonl/counts.jsonl",
        "the file holds counts of posts over time, not posts",
    ),
    ("twarc-csv-v2-jsonl/empty.json", "the file is empty"),
    (
        "twarc-csv-v2-jsonl/lists.jsonl",
        "the file holds lists that people made of others, not posts",
    ),
    (
        "twarc-csv-v2-jsonl/tweets_compliance.jsonl",
        "the file holds notes on which posts or accounts were deleted",
    ),
    (
        "twarc-csv-v2-jsonl/users.jsonl",
        "the file holds accounts, not posts",
    ),
    (
        "twarc-csv-v2-jsonl/users_compliance.jsonl",
        "the file holds notes on which posts or accounts were deleted",
    ),
];

/// The folder with the files; `None`, and it says so, where it is missing.
fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    eprintln!("not tested: the real files (../shared/data) are not here");
    None
}

/// People and ties of a file.
fn counted(path: &Path) -> Result<(usize, usize), ImportError> {
    let sources = files::read_all(&[path.to_owned()]).expect("a file that can be read");
    let (posts, report) = import::read(&sources, &ImportSettings::default(), &Progress::new())?;
    adds_up(&posts, &report);
    let graph = people::build(&posts, &TieSettings::default(), &Progress::new())?;
    let others = graph.interactions.iter().filter(|tie| tie.from != tie.to);
    Ok((graph.people.len(), others.count()))
}

#[test]
fn real_files_hold_as_many_people_and_ties_as_others_count() {
    let Some(folder) = folder() else { return };
    let wrong: Vec<String> = COUNTED
        .iter()
        .filter_map(|(name, people, ties)| match counted(&folder.join(name)) {
            Ok(got) if got == (*people, *ties) => None,
            got => Some(format!(
                "{name}: {got:?}, counted {people} people and {ties} ties"
            )),
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn real_files_without_posts_or_ties_are_refused_with_a_sentence() {
    let Some(folder) = folder() else { return };
    for (name, sentence) in REFUSED {
        assert!(fs::metadata(folder.join(name)).is_ok(), "{name}");
        let error = counted(&folder.join(name)).expect_err(name);
        assert!(error.to_string().starts_with(sentence), "{name}: {error}");
        assert!(!error.advice().is_empty());
    }
}
