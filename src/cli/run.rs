//! Carries out a request: reads, walks, and writes everything at the end, so that nothing is half-written.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::request::{ExportRequest, MapRequest, SummaryTo};
use crate::export::{csv, list, map, summary};
use crate::files;
use crate::import::{self, ImportSettings, Source};
use crate::layout::Positions;
use crate::problem::Problem;
use crate::progress::{Progress, Stage};
use crate::render;
use crate::session::{self, Results, Start};

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
    let sources = read_files(&request.files)?;
    let conversation = session::read(&sources, &request.settings.import, progress)?;
    drop(sources);
    let mut results = session::analyse(&Arc::new(conversation), &request.settings, progress)?;
    let wants_positions =
        request.people.is_some() || request.map.is_some() || request.summary.is_some();
    let positions = if wants_positions {
        session::arrange(&mut results, &Start::default(), progress, &|_| {})?
    } else {
        Positions::default()
    };

    let mut written: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let render_start = Instant::now();
    if let Some(map) = &request.map {
        written.push((
            map.path.clone(),
            map_file(&results, &positions, map, progress)?,
        ));
    }
    let render_seconds = if request.map.is_some() {
        render_start.elapsed().as_secs_f64()
    } else {
        0.0
    };

    let write_start = Instant::now();
    progress.begin(Stage::Write, 0)?;
    tables(request, &results, &positions, &mut written)?;
    files::write_all(&written)?;
    let write_seconds = write_start.elapsed().as_secs_f64();

    if let Some(to) = &request.summary {
        let seconds = stage_seconds(&results, render_seconds, write_seconds, start);
        write_summary(to, request, &results, seconds)?;
    }
    Ok(())
}

/// Every table that was asked for, as bytes.
fn tables(
    request: &ExportRequest,
    results: &Results,
    positions: &Positions,
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
    if let Some(wanted) = &request.list {
        let campaign = session::top_list(graph, analysis, wanted.top);
        let posts = &results.conversation.posts;
        written.push(bytes_of(&wanted.path, |out| {
            *out = list::file(wanted.format, &campaign, (graph, analysis, posts))?;
            Ok(())
        })?);
    }
    Ok(())
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

fn stage_seconds(results: &Results, render: f64, write: f64, start: Instant) -> StageSeconds {
    let s = results.seconds;
    vec![
        ("read", s.read),
        ("build", s.build),
        ("communities", s.analysis.communities),
        ("bridges", s.analysis.bridges),
        ("betweenness", s.analysis.betweenness),
        ("layout", s.layout),
        ("plan", 0.0),
        ("render", render),
        ("write", write),
        ("total", start.elapsed().as_secs_f64()),
    ]
}

fn write_summary(
    to: &SummaryTo,
    request: &ExportRequest,
    results: &Results,
    seconds: StageSeconds,
) -> Result<(), Problem> {
    let name = |path: &PathBuf| {
        path.file_name().map_or_else(
            || path.display().to_string(),
            |n| n.to_string_lossy().into_owned(),
        )
    };
    let run = summary::Run {
        files: request.files.iter().map(name).collect(),
        seed: request.settings.analysis.seed,
        seconds,
        peak_memory_mb: files::peak_memory_mb(),
    };
    let value = summary::summary(
        &results.graph,
        &results.analysis,
        &results.conversation.report,
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
