//! Arguments as typed become a request that can be carried out, or a sentence on what is wrong with them.

use std::path::{Path, PathBuf};

use super::arguments::{
    BetweennessTyped, ExportArguments, HideNamesTyped, ThemeTyped, WalkArguments,
};
use crate::analysis::{AnalysisSettings, BetweennessMode, Resolution};
use crate::campaign::PlanSettings;
use crate::campaign::plan::Limit;
use crate::export::graph::GraphFormat;
use crate::export::list::ListFormat;
use crate::export::map::MapFormat;
use crate::import::{ColumnChoice, ImportSettings, Role};
use crate::people::{TieKind, TieKinds, TieSettings, key_of};
use crate::project::ENDING;
use crate::render::{MAX_SIDE, MapStyle, Picture, PictureStyle, Theme};
use crate::session::{NameMask, WalkSettings};

/// What `isthmus export` shall do.
#[derive(Debug)]
pub(super) struct ExportRequest {
    pub(super) files: Vec<PathBuf>,
    /// The files of last time; empty: there is nothing to compare with.
    pub(super) since: Vec<PathBuf>,
    pub(super) settings: WalkSettings,
    pub(super) people: Option<PathBuf>,
    pub(super) ties: Option<PathBuf>,
    pub(super) communities: Option<PathBuf>,
    pub(super) list: Option<ListRequest>,
    pub(super) plan: Option<PlanRequest>,
    pub(super) map: Option<MapRequest>,
    pub(super) graph: Option<GraphRequest>,
    pub(super) report: Option<ReportRequest>,
    pub(super) save: Option<PathBuf>,
    pub(super) summary: Option<SummaryTo>,
    /// What people are called in all of it, but for the project.
    pub(super) mask: NameMask,
}

#[derive(Debug)]
pub(super) struct ListRequest {
    pub(super) path: PathBuf,
    /// `None`: not said.
    pub(super) top: Option<usize>,
    pub(super) format: ListFormat,
}

/// What the plan shall do, but for the people whom files name.
#[derive(Debug)]
pub(super) struct PlanRequest {
    pub(super) settings: PlanSettings,
    pub(super) exclude: Option<PathBuf>,
    pub(super) contacted: Option<PathBuf>,
}

#[derive(Debug)]
pub(super) struct MapRequest {
    pub(super) path: PathBuf,
    pub(super) format: MapFormat,
    pub(super) dpi: Option<u32>,
    pub(super) style: MapStyle,
    pub(super) picture: PictureStyle,
    /// The caption says what the picture is of.
    pub(super) own_caption: bool,
}

#[derive(Debug)]
pub(super) struct GraphRequest {
    pub(super) path: PathBuf,
    pub(super) format: GraphFormat,
    /// What will be written for `path`: of two tables neither has its name.
    pub(super) files: Vec<PathBuf>,
}

#[derive(Debug)]
pub(super) struct ReportRequest {
    pub(super) path: PathBuf,
    /// On top of the page; empty: the name of the first file.
    pub(super) title: String,
}

/// Where the summary goes.
#[derive(Debug)]
pub(super) enum SummaryTo {
    File(PathBuf),
    StandardOutput,
}

/// What is wrong with the arguments: exit status 2.
#[derive(Debug, thiserror::Error)]
pub(super) enum UsageError {
    #[error(
        "nothing to write: name at least one of --people, --ties, --communities, --list, --map, --graph, --report, --save, --summary"
    )]
    NothingToWrite,
    #[error("--since goes into --people, --map and --report: name at least one of them")]
    SinceForNothing,
    #[error("--plan goes into --list, --report, --save and --summary: name at least one of them")]
    PlanForNothing,
    #[error("--column {0}: write it as ROLE=COLUMN, for example author=\"Author Handle\"")]
    ColumnForm(String),
    #[error("--column {0}: there is no such role; the roles are {1}")]
    NoSuchRole(String, String),
    #[error("--leave-out {0:?}: write a handle, for example @our_brand")]
    NoHandle(String),
    #[error(
        "--tie-kinds {0}: there is no such kind; the kinds are repost, quote, reply, mention, tie"
    )]
    NoSuchKind(String),
    #[error("--resolution {0}: write auto, or a number from 0.01 to 100")]
    Resolution(String),
    #[error("--list {0}: let the name end in .csv or .xlsx")]
    ListEnding(String),
    #[error("--save {0}: let the name end in .isthmus")]
    SaveEnding(String),
    #[error("--report {0}: let the name end in .html")]
    ReportEnding(String),
    #[error("--graph {0}: let the name end in .gexf, .graphml, .json or .csv")]
    GraphEnding(String),
    #[error("--map {0}: let the name end in .png, .svg or .pdf")]
    MapEnding(String),
    #[error(
        "--size and --scale: together they ask for {0} x {1} pixels; pictures have at most {MAX_SIDE} a side"
    )]
    TooLarge(u32, u32),
    #[error("{0} is to be written twice; give each file a name of its own")]
    Twice(String),
}

impl TryFrom<ExportArguments> for ExportRequest {
    type Error = UsageError;

    fn try_from(typed: ExportArguments) -> Result<Self, UsageError> {
        let settings = walk_settings(&typed.walk)?;
        let list = list_request(&typed)?;
        let is_page = |path: &PathBuf| path.to_string_lossy().to_lowercase().ends_with(".html");
        if let Some(path) = typed.report.as_ref().filter(|path| !is_page(path)) {
            return Err(UsageError::ReportEnding(path.display().to_string()));
        }
        let is_project = |path: &PathBuf| path.extension().is_some_and(|e| e == ENDING);
        if let Some(path) = typed.save.as_ref().filter(|path| !is_project(path)) {
            return Err(UsageError::SaveEnding(path.display().to_string()));
        }
        let map = map_request(&typed)?;
        let graph = graph_request(&typed)?;
        let plan = plan_request(&typed)?;
        let summary = typed.summary.map(|path| {
            if path.as_os_str() == "-" {
                SummaryTo::StandardOutput
            } else {
                SummaryTo::File(path)
            }
        });
        let request = Self {
            files: typed.files,
            since: typed.since,
            settings,
            people: typed.people,
            ties: typed.ties,
            communities: typed.communities,
            list,
            plan,
            map,
            graph,
            report: typed.report.map(|path| ReportRequest {
                path,
                title: typed.title,
            }),
            save: typed.save,
            summary,
            mask: match typed.hide_names {
                None => NameMask::Shown,
                Some(HideNamesTyped::Initials) => NameMask::Initials,
                Some(HideNamesTyped::Numbers) => NameMask::Numbers,
            },
        };
        let targets = request.targets();
        if targets.is_empty() && request.summary.is_none() {
            return Err(UsageError::NothingToWrite);
        }
        let shows = request.people.is_some() || request.map.is_some() || request.report.is_some();
        if !request.since.is_empty() && !shows {
            return Err(UsageError::SinceForNothing);
        }
        let twice = targets
            .iter()
            .enumerate()
            .find(|(i, path)| targets[..*i].contains(path));
        if let Some((_, path)) = twice {
            return Err(UsageError::Twice(path.display().to_string()));
        }
        Ok(request)
    }
}

impl ExportRequest {
    /// Every file that will be written.
    pub(super) fn targets(&self) -> Vec<&Path> {
        let summary = match &self.summary {
            Some(SummaryTo::File(path)) => Some(path),
            _ => None,
        };
        let list = self.list.as_ref().map(|l| &l.path);
        let map = self.map.as_ref().map(|m| &m.path);
        let graph = self.graph.iter().flat_map(|g| &g.files);
        let report = self.report.as_ref().map(|r| &r.path);
        [
            self.people.as_ref(),
            self.ties.as_ref(),
            self.communities.as_ref(),
            list,
            map,
            report,
            self.save.as_ref(),
            summary,
        ]
        .into_iter()
        .flatten()
        .chain(graph)
        .map(PathBuf::as_path)
        .collect()
    }
}

/// The plan that was asked for; `None` where none was.
fn plan_request(typed: &ExportArguments) -> Result<Option<PlanRequest>, UsageError> {
    let Some(k) = typed.plan else {
        return Ok(None);
    };
    let wanted = [&typed.list, &typed.summary, &typed.report, &typed.save];
    if wanted.iter().all(|file| file.is_none()) {
        return Err(UsageError::PlanForNothing);
    }
    Ok(Some(PlanRequest {
        settings: PlanSettings {
            limit: Limit::People(k),
            touchpoints: typed.touchpoints,
            spread: typed.spread,
            reach_cap: typed.reach_cap.map(|cap| cap as f64),
            ..PlanSettings::default()
        },
        exclude: typed.exclude.clone(),
        contacted: typed.contacted.clone(),
    }))
}

/// The picture that was asked for; `None` where none was.
fn map_request(typed: &ExportArguments) -> Result<Option<MapRequest>, UsageError> {
    let Some(path) = &typed.map else {
        return Ok(None);
    };
    let format =
        MapFormat::of(path).ok_or_else(|| UsageError::MapEnding(path.display().to_string()))?;
    let size = typed.size.map(|s| (s as f32 * typed.scale).round() as u32);
    if size.iter().any(|side| *side > MAX_SIDE) {
        return Err(UsageError::TooLarge(size[0], size[1]));
    }
    let theme = match typed.theme {
        ThemeTyped::Light => Theme::Light,
        ThemeTyped::Dark => Theme::Dark,
    };
    let own_caption = typed.caption.trim().eq_ignore_ascii_case("auto");
    Ok(Some(MapRequest {
        path: path.clone(),
        format,
        dpi: typed.dpi,
        style: MapStyle {
            theme,
            picture: typed.bridges.map_or(Picture::Everyone, Picture::Bridges),
            labels: typed.labels,
            ..MapStyle::default()
        },
        picture: PictureStyle {
            legend: !typed.no_legend,
            transparent: typed.transparent,
            title: typed.title.clone(),
            caption: if own_caption {
                String::new()
            } else {
                typed.caption.clone()
            },
            ..PictureStyle::new(theme, size)
        },
        own_caption,
    }))
}

/// The graph that was asked for; `None` where none was.
fn graph_request(typed: &ExportArguments) -> Result<Option<GraphRequest>, UsageError> {
    let Some(path) = &typed.graph else {
        return Ok(None);
    };
    let format =
        GraphFormat::of(path).ok_or_else(|| UsageError::GraphEnding(path.display().to_string()))?;
    Ok(Some(GraphRequest {
        files: format.files(path),
        path: path.clone(),
        format,
    }))
}

/// The list that was asked for; `None` where none was.
fn list_request(typed: &ExportArguments) -> Result<Option<ListRequest>, UsageError> {
    let Some(path) = &typed.list else {
        return Ok(None);
    };
    let format = match ListFormat::of(path) {
        Some(ListFormat::Csv) if typed.excel => ListFormat::CsvForExcel,
        Some(format) => format,
        None => return Err(UsageError::ListEnding(path.display().to_string())),
    };
    Ok(Some(ListRequest {
        path: path.clone(),
        top: typed.top,
        format,
    }))
}

fn walk_settings(typed: &WalkArguments) -> Result<WalkSettings, UsageError> {
    let mut import = import_settings(&typed.column, &typed.leave_out)?;
    import.keep_texts = !typed.no_texts;
    if let Some(column) = &typed.communities_from {
        import.columns.push(ColumnChoice {
            role: Role::Community,
            column: column.clone(),
        });
    }
    let kinds = typed
        .tie_kinds
        .iter()
        .filter(|word| !word.trim().is_empty())
        .map(|word| TieKind::from_word(word).ok_or_else(|| UsageError::NoSuchKind(word.clone())))
        .collect::<Result<Vec<_>, _>>()?;
    let kinds = if kinds.is_empty() {
        TieKinds::EVERY
    } else {
        kinds.into_iter().collect()
    };
    Ok(WalkSettings {
        import,
        ties: TieSettings { kinds },
        analysis: AnalysisSettings {
            seed: typed.seed,
            resolution: resolution(&typed.resolution)?,
            runs: typed.runs,
            betweenness: match typed.betweenness {
                BetweennessTyped::None => BetweennessMode::None,
                BetweennessTyped::Sampled => BetweennessMode::Sampled,
                BetweennessTyped::Exact => BetweennessMode::Exact,
            },
            communities_from_file: typed.communities_from.is_some(),
            ..AnalysisSettings::default()
        },
        ..WalkSettings::default()
    })
}

fn resolution(text: &str) -> Result<Resolution, UsageError> {
    if text.trim().eq_ignore_ascii_case("auto") {
        return Ok(Resolution::Auto);
    }
    match text.trim().parse::<f64>() {
        Ok(value) if (0.01..=100.0).contains(&value) => Ok(Resolution::Fixed(value)),
        _ => Err(UsageError::Resolution(text.to_owned())),
    }
}

/// `--column` and `--leave-out` as typed, checked. `author_handle`, `author_name` and `followers` are understood too.
pub(super) fn import_settings(
    columns: &[String],
    leave_out: &[String],
) -> Result<ImportSettings, UsageError> {
    if let Some(typed) = leave_out.iter().find(|typed| key_of(typed).is_empty()) {
        return Err(UsageError::NoHandle(typed.clone()));
    }
    let choice = |typed: &String| {
        let (role, column) = typed
            .split_once('=')
            .ok_or_else(|| UsageError::ColumnForm(typed.clone()))?;
        let role = match role.trim().to_lowercase().as_str() {
            "author_handle" => Some(Role::Author),
            "author_name" => Some(Role::Name),
            "followers" => Some(Role::Reach),
            word => Role::from_word(word),
        };
        let role = role.ok_or_else(|| {
            let roles: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
            UsageError::NoSuchRole(typed.clone(), roles.join(", "))
        })?;
        Ok(ColumnChoice {
            role,
            column: column.to_owned(),
        })
    };
    Ok(ImportSettings {
        columns: columns.iter().map(choice).collect::<Result<_, _>>()?,
        left_out_handles: leave_out.to_vec(),
        ..ImportSettings::default()
    })
}
