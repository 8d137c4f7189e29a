//! Graphs for other programs: what is in the files, and that what was written is read back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, LazyLock};

use isthmus::analysis::{AnalysisSettings, Communities};
use isthmus::export::graph::{self, DrawnGraph, GraphFormat};
use isthmus::import::Source;
use isthmus::layout::Positions;
use isthmus::people::{ConversationGraph, Interaction};
use isthmus::progress::Progress;
use isthmus::render::{Theme, palette};
use isthmus::session::{self, Results, WalkSettings};

mod again;
mod names;
mod shape;
mod window;

/// The formats that hold places and colours.
const DRAWN: [GraphFormat; 3] = [GraphFormat::Gexf, GraphFormat::GraphMl, GraphFormat::Json];

/// A conversation that was walked through to the end.
struct Walked {
    results: Results,
    positions: Positions,
}

impl Walked {
    fn new(sources: &[Source], settings: &WalkSettings) -> Self {
        let progress = Progress::new();
        let read = session::read(sources, &settings.import, &progress).expect("readable");
        let mut results =
            session::analyse(&Arc::new(read), settings, &progress).expect("nobody cancels");
        let start = session::start_in_file(&results).unwrap_or_default();
        let positions =
            session::arrange(&mut results, &start, &progress, &|_| {}).expect("nobody cancels");
        Self { results, positions }
    }

    fn of(text: &str) -> Self {
        Self::new(&[source("file", text.as_bytes())], &WalkSettings::default())
    }

    fn graph(&self) -> &ConversationGraph {
        &self.results.graph
    }

    fn communities(&self) -> &Communities {
        &self.results.analysis.communities
    }

    /// The files as sources, as if somebody opened them.
    fn exported(&self, format: GraphFormat) -> Vec<Source> {
        let drawn = DrawnGraph {
            graph: self.graph(),
            analysis: &self.results.analysis,
            positions: &self.positions,
            sizes: &self.results.sizes,
            seed: self.results.settings.analysis.seed,
        };
        let path = Path::new("graph").with_extension(format.ending());
        let files = graph::files(&drawn, format, &path, &Progress::new()).expect("nobody cancels");
        let files = files.into_iter();
        files
            .map(|(path, bytes)| source(&path.to_string_lossy(), &bytes))
            .collect()
    }

    fn text(&self, format: GraphFormat) -> String {
        let files = self.exported(format);
        let texts = files.into_iter().map(|file| String::from_utf8(file.bytes));
        texts.map(|text| text.expect("UTF-8")).collect()
    }
}

fn source(name: &str, bytes: &[u8]) -> Source {
    Source {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    }
}

/// The sample, walked through once for all tests.
static SAMPLE: LazyLock<Walked> =
    LazyLock::new(|| Walked::new(&[session::sample()], &WalkSettings::default()));

/// `ana>ben reply 2`, undirected ones with `-`, in the order of the graph.
fn ties(graph: &ConversationGraph) -> Vec<String> {
    let key = |end: isthmus::people::PersonId| &graph.people[end.index()].key;
    let row = |tie: &Interaction| {
        let arrow = if tie.directed { '>' } else { '-' };
        let (from, to, kind) = (key(tie.from), key(tie.to), tie.kind.word());
        format!("{from}{arrow}{to} {kind} {}", tie.count)
    };
    graph.interactions.iter().map(row).collect()
}

/// Who is in a community with whom, and what it is called.
fn groups(walked: &Walked) -> BTreeMap<String, BTreeSet<String>> {
    let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let people = walked.graph().people.iter();
    for (person, community) in people.zip(&walked.communities().of) {
        if let Some(community) = community {
            let name = &walked.communities().list[community.index()].name;
            let members = groups.entry(name.clone()).or_default();
            members.insert(person.key.to_string());
        }
    }
    groups
}
