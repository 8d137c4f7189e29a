//! The system's dialogs for files: asked in the background, since they answer when the person does.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::command::PathPurpose;
use super::work::Finished;
use crate::export::graph::GraphFormat;
use crate::export::map::MapFormat;
use crate::project::ENDING;

/// Nobody closes a dialog as fast as this: where it ends sooner, the system has none.
const NO_DIALOG: Duration = Duration::from_millis(250);

/// How the names of files end that are read. What a file is, its content tells: *All files* shows the rest.
const ENDINGS: [&str; 42] = [
    "csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet", "arrow",
    "feather", "json", "jsonl", "ndjson", "js", "gexf", "graphml", "xml", "gml", "net", "paj",
    "dot", "gv", "dl", "vna", "gdf", "graph", "metis", "mtx", "cyjs", "cx", "cx2",
    "edges", // file word
    "edgelist", "ncol", "el", "zip", "gz", "zst", "bz2", "ipc",
];

/// How the names of lists end that are imported.
const LIST_ENDINGS: [&str; 7] = ["csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"];

/// Where the person wants something saved; nowhere when they changed their mind.
fn saved(dialog: rfd::AsyncFileDialog) -> Vec<PathBuf> {
    let file = pollster::block_on(dialog.save_file());
    file.map(|f| f.path().to_owned()).into_iter().collect()
}

/// Shows the system's dialog and waits for the answer.
pub(super) fn ask_for_path(purpose: PathPurpose, suggested: &std::path::Path) -> Finished {
    let start = Instant::now();
    let dialog = rfd::AsyncFileDialog::new();
    let name = suggested
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let chosen: Vec<PathBuf> = match purpose {
        PathPurpose::Open => {
            let dialog = dialog
                .set_title("Open posts or ties")
                .add_filter("Posts, ties and graphs", &ENDINGS)
                .add_filter("All files", &["*"]);
            let files = pollster::block_on(dialog.pick_files()).unwrap_or_default();
            files.into_iter().map(|f| f.path().to_owned()).collect()
        }
        PathPurpose::Update => {
            let dialog = dialog
                .set_title("Update with a new file")
                .add_filter("Posts, ties and graphs", &ENDINGS)
                .add_filter("All files", &["*"]);
            let files = pollster::block_on(dialog.pick_files()).unwrap_or_default();
            files.into_iter().map(|f| f.path().to_owned()).collect()
        }
        PathPurpose::OpenFolder => {
            let dialog = dialog.set_title("Open every file of a folder");
            pollster::block_on(dialog.pick_folder())
                .map(|f| f.path().to_owned())
                .into_iter()
                .collect()
        }
        PathPurpose::SaveList { .. } => {
            let dialog = dialog
                .set_title("Export the outreach list")
                .set_file_name(name)
                .add_filter("CSV", &["csv"]);
            saved(dialog)
        }
        PathPurpose::SaveGraph => {
            let dialog = dialog.set_title("Export the graph").set_file_name(name);
            let dialog = GraphFormat::ALL.into_iter().fold(dialog, |dialog, format| {
                dialog.add_filter(format.words(), &[format.ending()])
            });
            saved(dialog)
        }
        PathPurpose::SaveProject => {
            let dialog = dialog
                .set_title("Save as a project")
                .set_file_name(name)
                .add_filter("Isthmus project", &[ENDING]);
            saved(dialog)
        }
        PathPurpose::SaveReport => {
            let dialog = dialog
                .set_title("Export a report")
                .set_file_name(name)
                .add_filter("Web page", &["html"]);
            saved(dialog)
        }
        PathPurpose::SaveTable => {
            let dialog = dialog
                .set_title("Export people")
                .set_file_name(name)
                .add_filter("CSV", &["csv"]);
            saved(dialog)
        }
        PathPurpose::SaveWorkbook => {
            let dialog = dialog
                .set_title("Export the outreach list")
                .set_file_name(name)
                .add_filter("Excel workbook", &["xlsx"]);
            saved(dialog)
        }
        PathPurpose::OpenList => {
            let dialog = dialog
                .set_title("Import a list")
                .add_filter("Lists", &LIST_ENDINGS)
                .add_filter("All files", &["*"]);
            pollster::block_on(dialog.pick_file())
                .map(|f| f.path().to_owned())
                .into_iter()
                .collect()
        }
        PathPurpose::SaveMap => {
            let ending = MapFormat::of(suggested).unwrap_or_default().ending();
            let dialog = dialog
                .set_title("Export the map")
                .set_file_name(name)
                .add_filter(format!("{} picture", ending.to_uppercase()), &[ending]);
            saved(dialog)
        }
    };
    if chosen.is_empty() && start.elapsed() < NO_DIALOG {
        Finished::NoDialog(purpose)
    } else {
        Finished::Chosen(purpose, chosen)
    }
}
