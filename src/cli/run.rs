//! Carries out a request: reads, walks, and writes everything at the end, so that nothing is half-written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::from_project;
use super::request::{ExportRequest, MapRequest, PlanRequest, ReportRequest, SummaryTo};
use crate::campaign::plan::Plan;
use crate::campaign::{Campaign, PlanSettings, handles_in};
use crate::export::{csv, list, map, summary};
use crate::files;
use crate::import::{self, ImportSettings, Source};
use crate::layout::Positions;
use crate::problem::Problem;
use crate::progress::{Progress, Stage};
use crate::project;
use crate::render;
use crate::session::{self, NameMask, Planned, ReportOrder, Results, Start};

/// People on a list of the best bridges, where nothing else is said.
const TOP: usize = 25;

/// What a page is called that may not say which files it is about.
const HIDDEN: &str = "Conversation, names hidden";

/// Seconds of each stage by name, in the summary's order.
type StageSeconds = Vec<(&'static str, f64)>;

/// `isthmus export`.
pub(super) fn export(request: &ExportRequest, progress: &Progress) -> Result<(), Problem> {
    let start = Instant::now();
    for target in request.targets() {
        files::check_target(target)?;
        if request.files.iter().any(|f| files::is_same_file(f, target)) {
            return Err(Problem::new(
                "This file is to be read and written over",
                "Give what is written a name of its own",
            )
            .about(target.display().to_string()));
        }
    }
    let plan_wishes = (request.plan.as_ref())
        .map(|plan| plan_wishes(plan, progress))
        .transpose()?;
    let (results, positions, decided) = match from_project::read(request, progress)? {
        Some(there) => (there.results, there.positions, Some(there.campaign)),
        None => {
            let (results, positions) = walk(request, progress)?;
            (results, positions, None)
        }
    };

    let planned = plan_wishes
        .map(|wishes| session::plan(&results, &wishes, progress).map(|planned| (wishes, planned)))
        .transpose()?;

    let mut written: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let render_start = Instant::now();
    let shown = session::masked(&results, request.mask);
    let in_public = |campaign: &Campaign| in_public(campaign, &results, request.mask);
    if let Some(map) = &request.map {
        written.push((
            map.path.clone(),
            map_file(&shown, &positions, map, progress)?,
        ));
    }
    let list = request.list.as_ref().map(|list| match &planned {
        Some((wishes, planned)) => {
            session::plan_list(&results.graph, &planned.plan, wishes.plan.clone())
        }
        None => {
            let own = decided.as_ref().filter(|own| !own.outreach_list.is_empty());
            let own = own.filter(|_| list.top.is_none()).cloned();
            let top = list.top.unwrap_or(TOP);
            own.unwrap_or_else(|| session::top_list(&results.graph, &results.analysis, top))
        }
    });
    if let Some(report) = &request.report {
        let wishes = planned.as_ref().map(|(wishes, _)| wishes);
        let campaign = list.as_ref().or(wishes).or(decided.as_ref());
        let campaign = campaign.map(in_public).unwrap_or_default();
        let walked = (&shown, &positions);
        let proposed = planned.as_ref().map(|(_, planned)| &planned.plan);
        let page = report_file(request, report, walked, (&campaign, proposed), progress)?;
        written.push((report.path.clone(), page));
    }
    let render_seconds = if request.map.is_some() || request.report.is_some() {
        render_start.elapsed().as_secs_f64()
    } else {
        0.0
    };

    let write_start = Instant::now();
    progress.begin(Stage::Write, 0)?;
    let listed = list.as_ref().map(in_public);
    tables(request, &shown, &positions, listed.as_ref(), &mut written)?;
    files::write_all(&written)?;
    if let Some(path) = &request.save {
        let campaign = decided.or_else(|| list.clone()).unwrap_or_default();
        let walked = (&results, &positions);
        from_project::save(path, &request.files, walked, (campaign, now()), progress)?;
    }
    let write_seconds = write_start.elapsed().as_secs_f64();

    if let Some(to) = &request.summary {
        let plan_seconds = planned.as_ref().map_or(0.0, |(_, p)| p.seconds);
        let rest = [plan_seconds, render_seconds, write_seconds];
        let seconds = stage_seconds(&results, rest, start);
        let planned = planned.as_ref().map(|(_, planned)| planned);
        write_summary(to, request, (&shown, planned), seconds)?;
    }
    Ok(())
}

/// `campaign` as it may be shown.
fn in_public(campaign: &Campaign, results: &Results, mask: NameMask) -> Campaign {
    if !mask.hides() {
        return campaign.clone();
    }
    session::masked_campaign(campaign, &results.graph, mask, &BTreeMap::new()).campaign
}

/// Reads the files, analyses them, and lays them out where somebody wants to know where people stand.
fn walk(request: &ExportRequest, progress: &Progress) -> Result<(Results, Positions), Problem> {
    let sources = read_files(&request.files)?;
    let conversation = session::read(&sources, &request.settings.import, progress)?;
    drop(sources);
    let mut results = session::analyse(&Arc::new(conversation), &request.settings, progress)?;
    let wants_positions = request.people.is_some()
        || request.map.is_some()
        || request.report.is_some()
        || request.save.is_some()
        || request.summary.is_some();
    let positions = if wants_positions {
        session::arrange(&mut results, &Start::default(), progress, &|_| {})?
    } else {
        Positions::default()
    };
    Ok((results, positions))
}

/// Seconds since 1970 UTC, for the log of a project; nothing that is computed knows it.
fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs() as i64)
}

/// Every table that was asked for, as bytes.
fn tables(
    request: &ExportRequest,
    results: &Results,
    positions: &Positions,
    list: Option<&Campaign>,
    written: &mut Vec<(PathBuf, Vec<u8>)>,
) -> Result<(), Problem> {
    let (graph, analysis) = (&results.graph, &results.analysis);
    if let Some(path) = &request.people {
        written.push(bytes_of(path, |out| {
            csv::people(graph, analysis, positions, out)
        })?);
    }
    if let Some(path) = &request.ties {
        written.push(bytes_of(path, |out| csv::ties(graph, out))?);
    }
    if let Some(path) = &request.communities {
        written.push(bytes_of(path, |out| csv::communities(analysis, out))?);
    }
    if let (Some(to), Some(campaign)) = (&request.list, list) {
        let posts = &results.conversation.posts;
        written.push(bytes_of(&to.path, |out| {
            *out = list::file(to.format, campaign, (graph, analysis, posts))?;
            Ok(())
        })?);
    }
    Ok(())
}

/// A campaign that asks for the plan, with the people whom files name.
fn plan_wishes(request: &PlanRequest, progress: &Progress) -> Result<Campaign, Problem> {
    let keys = |path: &Option<PathBuf>| -> Result<BTreeSet<String>, Problem> {
        let Some(path) = path else {
            return Ok(BTreeSet::new());
        };
        let source = files::read(path)?;
        let text = import::text(&source, progress).map_err(Problem::from)?;
        Ok(handles_in(&text).into_iter().collect())
    };
    Ok(Campaign {
        plan: PlanSettings {
            contacted: keys(&request.contacted)?,
            excluded: keys(&request.exclude)?,
            ..request.settings.clone()
        },
        ..Campaign::default()
    })
}

fn bytes_of(
    path: &Path,
    write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>,
) -> Result<(PathBuf, Vec<u8>), Problem> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|error| {
        Problem::new(
            format!("The table could not be put together ({error})"),
            "Try again with more free memory",
        )
        .about(path.display().to_string())
    })?;
    Ok((path.to_owned(), bytes))
}

fn map_file(
    results: &Results,
    positions: &Positions,
    request: &MapRequest,
    progress: &Progress,
) -> Result<Vec<u8>, Problem> {
    progress.begin(Stage::Render, 0)?;
    let scene = render::scene(
        &results.graph,
        &results.analysis,
        positions,
        &results.sizes,
        &request.style,
    );
    let mut picture = request.picture.clone();
    if request.own_caption {
        let report = &results.conversation.report;
        picture.caption = map::caption(&results.graph, report, results.settings.analysis.seed);
    }
    map::map(&scene, &picture, (request.format, request.dpi), progress)
}

/// The page for a client; `campaign`: the list, and what a plan shall do.
fn report_file(
    request: &ExportRequest,
    report: &ReportRequest,
    (results, positions): (&Results, &Positions),
    (campaign, proposed): (&Campaign, Option<&Plan>),
    progress: &Progress,
) -> Result<Vec<u8>, Problem> {
    let stem = request.files.first().and_then(|file| file.file_stem());
    let stem = stem.unwrap_or_default().to_string_lossy();
    let stem = if request.mask.hides() {
        HIDDEN.into()
    } else {
        stem
    };
    let order = ReportOrder {
        results,
        positions,
        campaign,
        title: if report.title.is_empty() {
            &stem
        } else {
            &report.title
        },
        proposed,
    };
    session::report(&order, progress)
}

fn stage_seconds(
    results: &Results,
    [plan, render, write]: [f64; 3],
    start: Instant,
) -> StageSeconds {
    let s = results.seconds;
    vec![
        ("read", s.read),
        ("build", s.build),
        ("communities", s.analysis.communities),
        ("bridges", s.analysis.bridges),
        ("betweenness", s.analysis.betweenness),
        ("layout", s.layout),
        ("plan", plan),
        ("render", render),
        ("write", write),
        ("total", start.elapsed().as_secs_f64()),
    ]
}

fn write_summary(
    to: &SummaryTo,
    request: &ExportRequest,
    (results, planned): (&Results, Option<&Planned>),
    seconds: StageSeconds,
) -> Result<(), Problem> {
    let name = |path: &PathBuf| {
        path.file_name().map_or_else(
            || path.display().to_string(),
            |n| n.to_string_lossy().into_owned(),
        )
    };
    let files = if request.mask.hides() {
        results.conversation.files.clone()
    } else {
        request.files.iter().map(name).collect()
    };
    let run = summary::Run {
        files,
        seed: request.settings.analysis.seed,
        seconds,
        peak_memory_mb: files::peak_memory_mb(),
    };
    let value = summary::summary(
        &results.graph,
        &results.analysis,
        &results.conversation.report,
        planned.map(|p| (&p.plan, &*p.old_ways)),
        &run,
    );
    let text = format!("{value:#}\n");
    match to {
        SummaryTo::File(path) => files::write(path, text.as_bytes()),
        SummaryTo::StandardOutput => say(&text),
    }
}

/// `isthmus inspect`.
pub(super) fn inspect(
    paths: &[PathBuf],
    settings: &ImportSettings,
    json: bool,
    progress: &Progress,
) -> Result<(), Problem> {
    if let [path] = paths
        && from_project::is_project(path)
    {
        let opened = project::open(path, false, progress).map_err(|error| error.about(path))?;
        return say(&if json {
            format!("{:#}\n", from_project::json(path, &opened))
        } else {
            from_project::words(path, &opened)
        });
    }
    let sources = read_files(paths)?;
    progress.begin(Stage::Read, 0)?;
    let previews = import::preview(&sources, settings, progress)
        .map_err(|error| session::about_sources(error.into(), &sources))?;
    if json {
        let value = serde_json::to_value(&previews).expect("plain values always become JSON");
        return say(&format!("{value:#}\n"));
    }
    let mut parts: Vec<String> = previews.iter().map(super::words::preview).collect();
    if previews.len() > 1 {
        let together = session::outlook(&sources, settings, progress);
        parts.push(super::words::together(&together));
    }
    say(&parts.join("\n"))
}

/// `isthmus sample`.
pub(super) fn sample(out: &Path) -> Result<(), Problem> {
    files::write(out, session::SAMPLE)
}

fn read_files(paths: &[PathBuf]) -> Result<Vec<Source>, Problem> {
    files::read_all(paths)
}

/// Writes to standard output; a reader that went away (`| head`) is no error.
fn say(text: &str) -> Result<(), Problem> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Problem::new(
            format!("Standard output cannot be written ({error})"),
            "Write into a file instead",
        )),
        _ => Ok(()),
    }
}
