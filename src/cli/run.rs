//! Carries out a request: reads, walks, and writes everything at the end, so that nothing is half-written.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::from_project;
use super::request::{ExportRequest, MapRequest, PlanRequest, ReportRequest, SummaryTo};
use crate::campaign::plan::Plan;
use crate::campaign::{Campaign, LogEntry, PlanSettings, handles_in};
use crate::changes::Changes;
use crate::export::graph::DrawnGraph;
use crate::export::{csv, graph, list, map, summary};
use crate::files;
use crate::import::{self, ImportSettings, Source};
use crate::layout::Positions;
use crate::problem::Problem;
use crate::progress::{Progress, Stage};
use crate::project;
use crate::render;
use crate::session::{
    self, Earlier, NameMask, Past, Planned, ReportOrder, Results, Start, WalkSettings,
};

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
        let mut read = request.files.iter().chain(&request.since);
        if read.any(|f| files::is_same_file(f, target)) {
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
    let last_time = last_time(request, progress)?;
    let (results, positions, decided) =
        if let Some(there) = from_project::read(&request.files, &request.settings, progress)? {
            (there.results, there.positions, Some(there.decided))
        } else {
            let (results, positions) = walk(request, last_time.as_ref(), progress)?;
            (results, positions, None)
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
    let list = request.list.as_ref().map(|list| {
        if let Some((wishes, planned)) = &planned {
            return session::plan_list(&results.graph, &planned.plan, wishes.plan.clone());
        }
        let own = decided.as_ref().map(|decided| &decided.campaign);
        let own = own.filter(|own| !own.outreach_list.is_empty());
        let own = own.filter(|_| list.top.is_none()).cloned();
        let top = list.top.unwrap_or(TOP);
        own.unwrap_or_else(|| session::top_list(&results.graph, &results.analysis, top))
    });
    if let Some(report) = &request.report {
        let wishes = planned.as_ref().map(|(wishes, _)| wishes);
        let own = decided.as_ref().map(|decided| &decided.campaign);
        let campaign = list.as_ref().or(wishes).or(own);
        let campaign = campaign.map(in_public).unwrap_or_default();
        let walked = (&shown, &positions);
        let proposed = planned.as_ref().map(|(_, planned)| &planned.plan);
        // What was done names files.
        let named = decided.as_ref().filter(|_| !request.mask.hides());
        let log = named.map_or(&[][..], |decided| &decided.log);
        let title = file_name(&request.files);
        // What has changed names people.
        let told = last_time.as_ref().filter(|_| !request.mask.hides());
        let changes = told.map(|(past, _)| past.changes_to(&results, &title, &campaign));
        let asked = (&campaign, proposed, log, changes.as_ref());
        let page = report_file(request, report, walked, asked, progress)?;
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
    if let Some(to) = &request.graph {
        let drawn = drawn(&shown, &positions);
        written.extend(graph::files(&drawn, to.format, &to.path, progress)?);
    }
    files::write_all(&written)?;
    if let Some(path) = &request.save {
        let walked = (&results, &positions);
        let proposed = planned.as_ref().map(|(wishes, planned)| {
            session::plan_list(&results.graph, &planned.plan, wishes.plan.clone())
        });
        let list = proposed.or(list);
        let decided = match decided {
            Some(decided) => from_project::with_plan(decided, list.filter(|_| planned.is_some())),
            None => from_project::new_project(&request.files, walked, list.as_ref(), now()),
        };
        project::save(path, &decided, progress).map_err(|error| error.about(path))?;
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
fn walk(
    request: &ExportRequest,
    last_time: Option<&(Past, Earlier)>,
    progress: &Progress,
) -> Result<(Results, Positions), Problem> {
    let mut results = analysed(&request.files, request, progress)?;
    if let Some((past, _)) = last_time {
        past.keep_colours(&mut results);
    }
    let wants_positions = request.people.is_some()
        || request.map.is_some()
        || request.graph.is_some()
        || request.report.is_some()
        || request.save.is_some()
        || request.summary.is_some();
    let positions = if wants_positions {
        let earlier = last_time.map(|(_, earlier)| earlier);
        let start = earlier.and_then(|earlier| earlier.start_of_update(&results.graph));
        let start = start.or_else(|| session::start_in_file(&results));
        session::arrange(&mut results, &start.unwrap_or_default(), progress, &|_| {})?
    } else {
        Positions::default()
    };
    Ok((results, positions))
}

/// Files → posts → conversation graph → analysis.
fn analysed(
    files: &[PathBuf],
    request: &ExportRequest,
    progress: &Progress,
) -> Result<Results, Problem> {
    let sources = read_files(files)?;
    let conversation = session::read(&sources, &request.settings.import, progress)?;
    drop(sources);
    Ok(session::analyse(
        &Arc::new(conversation),
        &request.settings,
        progress,
    )?)
}

/// The map of last time, and where everybody stood on it; `None` where nothing is compared.
fn last_time(
    request: &ExportRequest,
    progress: &Progress,
) -> Result<Option<(Past, Earlier)>, Problem> {
    if request.since.is_empty() {
        return Ok(None);
    }
    let usual = WalkSettings::default();
    let there = from_project::read(&request.since, &usual, progress)?;
    let (results, positions) = if let Some(there) = there {
        (there.results, there.positions)
    } else {
        let mut results = analysed(&request.since, request, progress)?;
        let start = Start::default();
        let positions = session::arrange(&mut results, &start, progress, &|_| {})?;
        (results, positions)
    };
    let earlier = Earlier {
        graph: results.graph.clone(),
        positions: Arc::new(positions),
        pinned: Vec::new(),
    };
    let past = Past::of(&results, &file_name(&request.since));
    Ok(Some((past, earlier)))
}

/// The name of the first of `files`.
fn file_name(files: &[PathBuf]) -> String {
    let name = files.first().and_then(|file| file.file_name());
    name.unwrap_or_default().to_string_lossy().into_owned()
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

/// What a graph file shows: what the map does.
fn drawn<'a>(results: &'a Results, positions: &'a Positions) -> DrawnGraph<'a> {
    DrawnGraph {
        graph: &results.graph,
        analysis: &results.analysis,
        positions,
        sizes: &results.sizes,
        seed: results.settings.analysis.seed,
    }
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

/// The page for a client; `campaign`: the list, and what a plan shall do; `changes`: since last time.
fn report_file(
    request: &ExportRequest,
    report: &ReportRequest,
    (results, positions): (&Results, &Positions),
    (campaign, proposed, log, changes): (&Campaign, Option<&Plan>, &[LogEntry], Option<&Changes>),
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
        log,
        changes,
        part: None,
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
        seed: results.settings.analysis.seed,
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
