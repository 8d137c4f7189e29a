//! A project file as what is to be exported: nothing is read, analysed or laid out again.

use std::path::{Path, PathBuf};

use crate::campaign::{Campaign, History};
use crate::layout::Positions;
use crate::problem::Problem;
use crate::progress::Progress;
use crate::project::{self, ENDING, Kept, LogEntry, Opened, Project};
use crate::session::{self, Results, WalkSettings};

/// Results, where everybody stands, and what was decided.
pub(super) struct FromProject {
    pub(super) results: Results,
    pub(super) positions: Positions,
    /// Everything else.
    pub(super) decided: Project,
}

/// Whether `path` is a project, by its content or its name.
pub(super) fn is_project(path: &Path) -> bool {
    let named = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case(ENDING));
    named || project::is_project(path)
}

/// What the project among the files to export holds; `None` where there is none among them.
///
/// # Errors
/// A [`Problem`] where it cannot be opened, stands among other files, or other settings are asked for than it was made with.
pub(super) fn read(
    files: &[PathBuf],
    settings: &WalkSettings,
    progress: &Progress,
) -> Result<Option<FromProject>, Problem> {
    let Some(path) = files.iter().find(|path| is_project(path)) else {
        return Ok(None);
    };
    let about = |problem: Problem| problem.about(path.display().to_string());
    if files.len() > 1 {
        return Err(about(Problem::new(
            "A project cannot be joined with other files",
            "Export it alone, or open the files that it was made from",
        )));
    }
    if *settings != WalkSettings::default() {
        return Err(about(Problem::new(
            "A project brings the settings that it was made with",
            "Leave those flags away, or export from the file that it was made from",
        )));
    }
    let opened = project::open(path, false, progress).map_err(|error| error.about(path))?;
    for warning in &opened.warnings {
        eprintln!("warning: {warning}");
    }
    let project = opened.project;
    let Some(results) = &project.results else {
        return Err(about(Problem::new(
            "The project holds no people and ties, only a list",
            "Export from the file that it was made from",
        )));
    };
    let layout = project.layouts.get(&project.campaign.map.layout);
    let layout = layout.or_else(|| project.layouts.values().next_back());
    Ok(Some(FromProject {
        positions: layout.map_or_else(Positions::default, |positions| (**positions).clone()),
        results: session::dressed(results, &project.campaign.map),
        decided: project,
    }))
}

/// `project` with the people of a plan on its list, where there is one: then nothing that was done to the list before can be undone.
pub(super) fn with_plan(project: Project, plan: Option<Campaign>) -> Project {
    let Some(plan) = plan else {
        return project;
    };
    Project {
        campaign: Campaign {
            map: project.campaign.map,
            ..plan
        },
        history: History::default(),
        ..project
    }
}

/// A new project of what was walked.
pub(super) fn new_project(
    files: &[PathBuf],
    (results, positions): (&Results, &Positions),
    list: Option<&Campaign>,
    at: i64,
) -> Project {
    let name = |file: &PathBuf| {
        file.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let full = |file: &PathBuf| file.canonicalize().unwrap_or_else(|_| file.clone());
    let report = &results.conversation.report;
    let read = LogEntry {
        at,
        what: format!(
            "Read {} rows as {}: {} posts, {} left out",
            report.rows_read,
            report.format,
            report.posts,
            report.rows_left_out()
        ),
        seconds: Some(results.seconds.read),
    };
    let made = LogEntry {
        at,
        what: format!(
            "Found {} communities among {} people, seed {}",
            results.analysis.communities.n_large(),
            results.graph.n_people(),
            results.settings.analysis.seed
        ),
        seconds: Some(results.seconds.analysis.communities + results.seconds.layout),
    };
    let mut campaign = list.cloned().unwrap_or_default();
    campaign.map.resolution = results.settings.analysis.resolution;
    campaign.map.by_file = results.settings.analysis.communities_from_file;
    Project {
        title: files.first().map(name).unwrap_or_default(),
        paths: files.iter().map(full).collect(),
        results: Some(results.clone().into()),
        layouts: [(0, positions.clone().into())].into(),
        campaign,
        log: vec![read, made],
        kept: if results.conversation.posts.keeps_texts() {
            Kept::Everything
        } else {
            Kept::WithoutTexts
        },
        ..Project::default()
    }
}

/// What `isthmus inspect` says of a project.
pub(super) fn words(path: &Path, opened: &Opened) -> String {
    let project = &opened.project;
    let mut lines = vec![format!(
        "{}: project of Isthmus, made from {}",
        path.display(),
        project.title
    )];
    if let Some(results) = &project.results {
        lines.push(format!(
            "  {} people, {} ties, {} posts, {} communities",
            results.graph.n_people(),
            results.graph.ties.n_ties(),
            results.conversation.posts.posts.len(),
            results.analysis.communities.n_large()
        ));
    } else {
        lines.push("  No people and ties".to_owned());
    }
    lines.push(format!("  Kept: {}", project.kept.words()));
    lines.push(format!(
        "  {} people on the outreach list",
        project.campaign.outreach_list.len()
    ));
    lines.push(format!(
        "  {} steps that can be undone",
        project.history.mark().0
    ));
    lines.extend(
        project
            .log
            .iter()
            .map(|entry| format!("  - {}", entry.what)),
    );
    lines.extend(
        opened
            .warnings
            .iter()
            .map(|warning| format!("  warning: {warning}")),
    );
    lines.join("\n") + "\n"
}

/// The same as values.
pub(super) fn json(path: &Path, opened: &Opened) -> serde_json::Value {
    let project = &opened.project;
    let results = project.results.as_ref();
    serde_json::json!({
        "file": path.display().to_string(),
        "format": "Isthmus project",
        "title": project.title,
        "kept": project.kept,
        "people": results.map(|r| r.graph.n_people()),
        "ties": results.map(|r| r.graph.ties.n_ties()),
        "posts": results.map(|r| r.conversation.posts.posts.len()),
        "communities": results.map(|r| r.analysis.communities.n_large()),
        "on_list": project.campaign.outreach_list.len(),
        "steps": project.history.mark().0,
        "log": project.log,
        "warnings": opened.warnings,
    })
}
