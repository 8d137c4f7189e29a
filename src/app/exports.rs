//! Files and pictures that leave the program: what belongs into each, as it was when the person asked, and how it is made.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::changed::Changed;
use super::selection::Selection;
use super::tabled::PeopleRows;
use super::work::{Finished, SceneOrder, scene_of};
use crate::analysis::DotSizes;
use crate::campaign::{Campaign, LogEntry, Status};
use crate::explore::{Column, Everybody, Statuses, TableFacts};
use crate::export::changes as changes_table;
use crate::export::csv;
use crate::export::graph::{self, DrawnGraph, GraphFormat};
use crate::export::list::{self, ListFormat};
use crate::export::map::{self, MapFormat};
use crate::export::people_table;
use crate::export::report::ReportedPart;
use crate::files;
use crate::layout::Positions;
use crate::people::{PersonId, counted, thousands};
use crate::problem::Problem;
use crate::progress::{Progress, Stage};
use crate::render::{self, Camera, PictureStyle, Theme};
use crate::session::{self, ReportOrder, Results};

/// What a person chose for the next picture of the map.
#[derive(Debug, Clone, PartialEq)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a box that the person ticks or not"
)]
pub struct MapExport {
    /// PNG, SVG or PDF.
    pub format: MapFormat,
    /// The part of the map that the window shows, as large as there; else the whole map.
    pub as_shown: bool,
    /// Width and height of the whole map in pixels, before `scale`.
    pub size: [u32; 2],
    /// This many times as large and as fine, 1 to 4.
    pub scale: u8,
    /// Light or dark; `None`: as the window.
    pub theme: Option<Theme>,
    /// Without the ground.
    pub transparent: bool,
    /// With the legend.
    pub legend: bool,
    /// With names.
    pub names: bool,
    /// On top; empty: none.
    pub title: String,
    /// Below the title: people, posts, days, seed.
    pub caption: bool,
}

impl Default for MapExport {
    fn default() -> Self {
        Self {
            format: MapFormat::Png,
            as_shown: false,
            size: Self::SIZES[0].1,
            scale: 1,
            theme: None,
            transparent: false,
            legend: true,
            names: true,
            title: String::new(),
            caption: false,
        }
    }
}

impl MapExport {
    /// Sizes of the whole map in pixels, with what they are for.
    pub const SIZES: [(&'static str, [u32; 2]); 5] = [
        ("Picture", [2400, 1600]),
        ("Slide", [1920, 1080]),
        ("Square", [1600, 1600]),
        ("A4 page, 200 dpi", [2339, 1654]),
        ("Poster", [4096, 2731]),
    ];
    /// The largest scale.
    pub const MOST_SCALE: u8 = 4;
}

/// What the window shows of the map.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Shown {
    /// In points.
    pub(super) camera: Camera,
    /// Width and height of the map's room, in points.
    pub(super) size: [f32; 2],
    /// People named there, at most.
    pub(super) names: u32,
}

/// A file to be written.
pub(super) enum Export {
    /// The outreach list.
    List {
        path: PathBuf,
        campaign: Box<Campaign>,
        results: Arc<Results>,
        for_excel: bool,
    },
    /// Rows of the table of everybody, as a file or for the clipboard.
    People(Box<PeopleTable>),
    /// Rows for the clipboard.
    Table {
        rows: TableRows,
        campaign: Box<Campaign>,
        results: Arc<Results>,
    },
    /// The picture, as a file.
    Map {
        path: PathBuf,
        format: MapFormat,
        picture: Box<MapPicture>,
    },
    /// People and ties for other programs.
    Graph(Box<GraphFile>),
    /// The report for a client.
    Report(Box<ReportPage>),
    /// The picture, for the clipboard.
    Copy(Box<MapPicture>),
}

/// Where a graph goes, and what it is of.
pub(super) struct GraphFile {
    pub(super) path: PathBuf,
    pub(super) format: GraphFormat,
    pub(super) results: Arc<Results>,
    pub(super) positions: Arc<Positions>,
    /// As large as the dots are drawn.
    pub(super) sizes: Arc<DotSizes>,
}

/// Where a report goes, and what it is about.
pub(super) struct ReportPage {
    pub(super) path: PathBuf,
    pub(super) results: Arc<Results>,
    pub(super) positions: Arc<Positions>,
    pub(super) campaign: Campaign,
    pub(super) title: String,
    pub(super) log: Vec<LogEntry>,
    pub(super) changes: Option<Arc<Changed>>,
    pub(super) part: Option<ReportedPart>,
}

/// Rows of the table of everybody, and where they go.
pub(super) struct PeopleTable {
    /// `None`: to the clipboard.
    pub(super) path: Option<PathBuf>,
    pub(super) results: Arc<Results>,
    pub(super) rows: Arc<PeopleRows>,
    pub(super) columns: Vec<Column>,
    pub(super) facts: Option<Arc<TableFacts>>,
    pub(super) statuses: Statuses,
    /// Of the rows, only these go to the clipboard, where any of them is among the rows.
    pub(super) selected: Selection,
}

/// Which rows go to the clipboard.
pub(super) enum TableRows {
    /// Those of the list, with this status where one is given.
    List(Option<Status>),
    /// These people as a table of bridges.
    Bridges(Vec<PersonId>),
    /// Everybody who is told of in what has changed.
    Changes(Arc<Changed>),
}

/// A scene and how its picture looks.
pub(super) struct MapPicture {
    pub(super) order: SceneOrder,
    pub(super) style: PictureStyle,
}

/// How the picture looks that `chosen` asks for; `shown`: what the window shows, `theme`: its own.
pub(super) fn picture_style(
    chosen: &MapExport,
    results: &Results,
    shown: Option<Shown>,
    theme: Theme,
) -> PictureStyle {
    let theme = chosen.theme.unwrap_or(theme);
    let scale = f32::from(chosen.scale.clamp(1, MapExport::MOST_SCALE));
    let mut style = PictureStyle::new(theme, chosen.size.map(|side| scaled(side as f32, scale)));
    if let Some(shown) = shown.filter(|_| chosen.as_shown) {
        style.size = shown.size.map(|side| scaled(side, scale));
        style.scale = Some(scale);
        style.camera = Some(shown.camera);
        style.names = Some(shown.names);
    }
    style.legend = chosen.legend;
    style.transparent = chosen.transparent;
    style.title.clone_from(&chosen.title);
    if chosen.caption {
        let report = &results.conversation.report;
        style.caption = map::caption(&results.graph, report, results.settings.analysis.seed);
    }
    if !chosen.names {
        style.names = Some(0);
    }
    style
}

fn scaled(side: f32, scale: f32) -> u32 {
    ((side * scale).round() as u32).clamp(1, render::MAX_SIDE)
}

/// Does what was asked for.
pub(super) fn export(export: &Export, progress: &Progress) -> Result<Finished, Problem> {
    match export {
        Export::List {
            path,
            campaign,
            results,
            for_excel,
        } => export_list(path, campaign, results, *for_excel, progress),
        Export::People(table) => people(table, progress),
        Export::Table {
            rows,
            campaign,
            results,
        } => copied_table(rows, campaign, results),
        Export::Map {
            path,
            format,
            picture,
        } => export_map(path, *format, picture, progress),
        Export::Graph(file) => export_graph(file, progress),
        Export::Report(page) => export_report(page, progress),
        Export::Copy(picture) => {
            let (scene, _) = scene_of(&picture.order, progress)?;
            let pixels = render::picture(&scene, &picture.style, progress)?;
            Ok(Finished::Copied(pixels))
        }
    }
}

/// Writes the outreach list.
fn export_list(
    path: &Path,
    campaign: &Campaign,
    results: &Results,
    for_excel: bool,
    progress: &Progress,
) -> Result<Finished, Problem> {
    let format = match ListFormat::of(path) {
        Some(ListFormat::Workbook) => ListFormat::Workbook,
        _ if for_excel => ListFormat::CsvForExcel,
        _ => ListFormat::Csv,
    };
    let posts = &results.conversation.posts;
    let bytes = list::file(format, campaign, (&results.graph, &results.analysis, posts)).map_err(
        |error| {
            let mut problem = not_put_together(&error);
            if format == ListFormat::Workbook {
                "Export it as CSV: a workbook holds about a million people"
                    .clone_into(&mut problem.advice);
            }
            problem
        },
    )?;
    progress.check()?;
    files::write(path, &bytes)?;
    let n = campaign.outreach_list.len();
    let people = if n == 1 {
        "1 person".to_owned()
    } else {
        format!("{n} people")
    };
    Ok(Finished::Exported(format!(
        "{people} exported to {}",
        path.display()
    )))
}

fn not_put_together(error: &io::Error) -> Problem {
    Problem::new(
        format!("The list could not be put together ({error})"),
        "Try again",
    )
}

/// Writes the rows as text that a spreadsheet takes in cell by cell.
fn copied_table(
    rows: &TableRows,
    campaign: &Campaign,
    results: &Results,
) -> Result<Finished, Problem> {
    let (graph, analysis) = (&results.graph, &results.analysis);
    let mut bytes = Vec::new();
    let written = match rows {
        TableRows::List(status) => {
            let rows = list::rows(campaign, graph, analysis, *status);
            csv::tab_separated(&list::HEADER, rows, &mut bytes)
        }
        TableRows::Bridges(people) => {
            let rows = list::bridges(people, graph, analysis);
            csv::tab_separated(&list::BRIDGES_HEADER, rows, &mut bytes)
        }
        TableRows::Changes(changed) => {
            let rows = changes_table::rows(&changed.changes);
            csv::tab_separated(&changes_table::HEADER, rows, &mut bytes)
        }
    };
    written.map_err(|error| not_put_together(&error))?;
    let n = match rows {
        TableRows::List(status) => {
            let entries = campaign.outreach_list.entries().iter();
            entries
                .filter(|entry| status.is_none_or(|status| entry.status == status))
                .count()
        }
        TableRows::Bridges(people) => people.len(),
        TableRows::Changes(changed) => changes_table::rows(&changed.changes).count(),
    };
    let rows = if n == 1 { "row" } else { "rows" };
    Ok(Finished::CopiedTable {
        text: String::from_utf8_lossy(&bytes).into_owned(),
        said: format!("{n} {rows} copied, for a spreadsheet"),
    })
}

/// Rows that go to the clipboard, at most: more would choke most programs that they are pasted into.
const MOST_COPIED: usize = 50_000;

/// Writes rows of the table of everybody.
fn people(table: &PeopleTable, progress: &Progress) -> Result<Finished, Problem> {
    let results = &table.results;
    let everybody = Everybody {
        graph: &results.graph,
        analysis: &results.analysis,
        posts: &results.conversation.posts,
        facts: table.facts.as_deref(),
        statuses: &table.statuses,
    };
    let known = table.columns.iter().copied();
    let columns: Vec<Column> = known.filter(|column| everybody.has(*column)).collect();
    let all = &table.rows.people;
    let rows = |n: usize| counted(n as u64, "row", "rows");
    if let Some(path) = &table.path {
        progress.begin(Stage::Write, all.len() as u64)?;
        let bytes = people_table::bytes(&everybody, &columns, all, b',', progress)?;
        files::write(path, &bytes)?;
        let said = format!("{} exported to {}", rows(all.len()), path.display());
        return Ok(Finished::Exported(said));
    }
    let some = all.iter().copied();
    let some: Vec<PersonId> = some.filter(|person| table.selected.has(*person)).collect();
    let wanted = if some.is_empty() { all } else { &some };
    let first = wanted.get(..MOST_COPIED).unwrap_or(wanted);
    progress.begin(Stage::Write, first.len() as u64)?;
    let bytes = people_table::bytes(&everybody, &columns, first, b'\t', progress)?;
    let said = if first.len() < wanted.len() {
        let n = thousands(wanted.len() as u64);
        format!(
            "The first {} of {n} copied; export them as CSV to have all",
            rows(first.len())
        )
    } else {
        format!("{} copied, for a spreadsheet", rows(first.len()))
    };
    Ok(Finished::CopiedTable {
        text: String::from_utf8_lossy(&bytes).into_owned(),
        said,
    })
}

/// Writes the picture.
fn export_map(
    path: &Path,
    format: MapFormat,
    picture: &MapPicture,
    progress: &Progress,
) -> Result<Finished, Problem> {
    let (scene, _) = scene_of(&picture.order, progress)?;
    let bytes = map::map(&scene, &picture.style, (format, None), progress)?;
    progress.begin(Stage::Write, 0)?;
    files::write(path, &bytes)?;
    Ok(Finished::Exported(format!(
        "Map exported to {}",
        path.display()
    )))
}

/// Writes the graph: one file, or two tables.
fn export_graph(file: &GraphFile, progress: &Progress) -> Result<Finished, Problem> {
    let drawn = DrawnGraph {
        graph: &file.results.graph,
        analysis: &file.results.analysis,
        positions: &file.positions,
        sizes: &file.sizes,
        seed: file.results.settings.analysis.seed,
    };
    let written = graph::files(&drawn, file.format, &file.path, progress)?;
    files::write_all(&written)?;
    let paths = written.iter().map(|(path, _)| path.display().to_string());
    let paths = paths.collect::<Vec<_>>().join(" and ");
    Ok(Finished::Exported(format!("Graph exported to {paths}")))
}

/// Writes the report.
fn export_report(page: &ReportPage, progress: &Progress) -> Result<Finished, Problem> {
    let order = ReportOrder {
        results: &page.results,
        positions: &page.positions,
        campaign: &page.campaign,
        title: &page.title,
        proposed: None,
        log: &page.log,
        changes: page.changes.as_ref().map(|changed| &changed.changes),
        part: page.part.as_ref(),
    };
    let bytes = session::report(&order, progress)?;
    progress.begin(Stage::Write, 0)?;
    files::write(&page.path, &bytes)?;
    Ok(Finished::Exported(format!(
        "Report exported to {}",
        page.path.display()
    )))
}
