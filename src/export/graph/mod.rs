//! The graph as a file for other programs: GEXF, GraphML, graphology JSON, two tables; everybody's figures, place, size and colour.

mod gexf;
mod graphml;
mod json;
mod person;
mod tables;
mod xml;

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use crate::analysis::{Analysis, DotSizes};
use crate::import::CREATOR;
use crate::layout::Positions;
use crate::people::{ConversationGraph, Interaction};
use crate::problem::Problem;
use crate::progress::{Progress, Stage};

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum GraphFormat {
    /// GEXF 1.3, for Gephi.
    #[default]
    Gexf,
    /// GraphML, for most others.
    GraphMl,
    /// The JSON of graphology, for sigma and Gephi Lite.
    Json,
    /// Two tables: people, and ties.
    Csv,
}

impl GraphFormat {
    /// Every format, the usual one first.
    pub const ALL: [Self; 4] = [Self::Gexf, Self::GraphMl, Self::Json, Self::Csv];

    /// What it is called.
    pub fn words(self) -> &'static str {
        match self {
            Self::Gexf => "GEXF",
            Self::GraphMl => "GraphML",
            Self::Json => "graphology JSON",
            Self::Csv => "Two tables, CSV",
        }
    }

    /// How the names of such files end.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Gexf => "gexf",
            Self::GraphMl => "graphml",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }

    /// What kind of file a name asks for; `None` where its ending says nothing we write.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        Self::ALL.into_iter().find(|f| f.ending() == ending)
    }

    /// The files that are written for `path`: itself, or of `G.csv` the people in `G-nodes.csv` and the ties in
    /// `G-edges.csv`, as other programs call them.
    pub fn files(self, path: &Path) -> Vec<PathBuf> {
        if self != Self::Csv {
            return vec![path.to_owned()];
        }
        let part = |words: &str| {
            let mut name = OsString::from(path.file_stem().unwrap_or_default());
            name.push(words);
            path.with_file_name(name)
        };
        vec![part("-nodes.csv"), part("-edges.csv")]
    }
}

/// A graph as the map shows it.
#[derive(Debug, Clone, Copy)]
pub struct DrawnGraph<'a> {
    /// People and ties.
    pub graph: &'a ConversationGraph,
    /// Communities and bridges.
    pub analysis: &'a Analysis,
    /// Where everybody stands. People without ties stand nowhere: their place is left out, and in JSON they are hidden.
    pub positions: &'a Positions,
    /// How large the dots are.
    pub sizes: &'a DotSizes,
    /// The seed that analysis and layout began with.
    pub seed: u64,
}

/// The files of [`GraphFormat::files`], each with its bytes: the same for any number of threads. Where the format knows which
/// way is up, y grows upwards there, so that the map looks the same.
///
/// # Errors
/// A [`Problem`] when the work was cancelled.
/// # Cost
/// O(people + interactions); memory as much as the bytes.
pub fn files(
    drawn: &DrawnGraph<'_>,
    format: GraphFormat,
    path: &Path,
    progress: &Progress,
) -> Result<Vec<(PathBuf, Vec<u8>)>, Problem> {
    let rows = drawn.graph.n_people() + drawn.graph.interactions.len();
    progress.begin(Stage::Write, rows as u64)?;
    let parts: &[Part] = match format {
        GraphFormat::Gexf => &[gexf::write],
        GraphFormat::GraphMl => &[graphml::write],
        GraphFormat::Json => &[json::write],
        GraphFormat::Csv => &[tables::people, tables::ties],
    };
    let mut written = Vec::with_capacity(parts.len());
    for (path, part) in format.files(path).into_iter().zip(parts) {
        let mut bytes = Vec::new();
        let wrote = part(drawn, progress, &mut bytes);
        progress.check()?;
        if let Err(error) = wrote {
            let what = format!("The graph could not be put together ({error})");
            let problem = Problem::new(what, "Try again with more free memory");
            return Err(problem.about(path.display().to_string()));
        }
        written.push((path, bytes));
    }
    Ok(written)
}

/// What such files say of who wrote them: the program and its version. Our readers know by it a map that was laid out here.
fn creator() -> String {
    format!("{CREATOR} {}", env!("CARGO_PKG_VERSION"))
}

/// Writes one file.
type Part = fn(&DrawnGraph<'_>, &Progress, &mut Vec<u8>) -> io::Result<()>;

/// Rows between two looks at whether anybody still waits.
const ROWS_AT_A_TIME: usize = 1 << 10;

/// `rows`, each with its number; now and then it is asked whether anybody still waits.
fn counted<'p, T>(
    rows: impl Iterator<Item = T> + 'p,
    progress: &'p Progress,
) -> impl Iterator<Item = io::Result<(usize, T)>> + 'p {
    rows.enumerate().map(|(i, row)| {
        if i.is_multiple_of(ROWS_AT_A_TIME) {
            let told = if i == 0 { 0 } else { ROWS_AT_A_TIME as u64 };
            progress.advance(told).map_err(io::Error::other)?;
        }
        Ok((i, row))
    })
}

/// How strong a row of ties is; added up it may have grown beyond all numbers, which no format can say.
fn weight(tie: &Interaction) -> f64 {
    tie.count.min(f64::MAX)
}

/// Whether ties have a direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Directed,
    Undirected,
    /// Some have.
    Mixed,
}

impl Direction {
    fn of(graph: &ConversationGraph) -> Self {
        let has = |directed: bool| {
            let is_so = |tie: &Interaction| tie.directed == directed;
            graph.interactions.iter().any(is_so)
        };
        match (has(true), has(false)) {
            (true, true) => Self::Mixed,
            (false, true) => Self::Undirected,
            _ => Self::Directed,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Directed => "directed",
            Self::Undirected => "undirected",
            Self::Mixed => "mixed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_tells_the_format() {
        let of = |name: &str| GraphFormat::of(Path::new(name));
        assert_eq!(of("a.b/graph.GEXF"), Some(GraphFormat::Gexf));
        assert_eq!(of("graph.graphml"), Some(GraphFormat::GraphMl));
        assert_eq!(of("graph.json"), Some(GraphFormat::Json));
        assert_eq!(of("graph.csv"), Some(GraphFormat::Csv));
        assert_eq!(of("graph.gml"), None);
        assert_eq!(of("gexf"), None);
    }

    #[test]
    fn two_tables_stand_beside_each_other() {
        let files = GraphFormat::Csv.files(Path::new("out/my.graph.csv"));
        let expected = ["out/my.graph-nodes.csv", "out/my.graph-edges.csv"];
        assert_eq!(files, expected.map(PathBuf::from));
    }
}
