//! The graph on its way out, for other programs.

use std::path::PathBuf;

use super::App;
use super::list::no_map;
use crate::app::exports::{Export, GraphFile};
use crate::export::graph::GraphFormat;
use crate::problem::Problem;

impl App {
    /// Writes the graph to `path`, as its ending says; without one it becomes GEXF.
    pub(super) fn export_graph(&mut self, path: PathBuf) -> Result<(), Problem> {
        let Some(map) = &self.model.map else {
            return Err(no_map());
        };
        let Some(positions) = map.positions.clone() else {
            return Err(Problem::new(
                "The map is not laid out yet, and the graph has its places",
                "Try again in a moment",
            ));
        };
        let path = if path.extension().is_some() {
            path
        } else {
            path.with_extension(GraphFormat::default().ending())
        };
        let Some(format) = GraphFormat::of(&path) else {
            let problem = Problem::new(
                "The ending of this name is no graph format that Isthmus writes",
                "Let the name end in .gexf, .graphml, .json or .csv",
            );
            return Err(problem.about(path.display().to_string()));
        };
        for file in format.files(&path) {
            self.must_not_be_read(&file)?;
        }
        let file = GraphFile {
            path,
            format,
            results: self.shown_results().ok_or_else(no_map)?,
            positions,
            sizes: map.sizes.clone(),
        };
        self.exports.push_back(Export::Graph(Box::new(file)));
        Ok(())
    }
}
