//! The command line as typed: flags, help and defaults.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::campaign::PlanSettings;
use crate::render::MAX_SIDE;

/// Turns a conversation exported from a social-media monitoring tool into a map of who talks with whom, and finds the people
/// who bridge its communities.
///
/// Without a command it opens the window.
#[derive(Debug, Parser)]
#[command(name = "isthmus", version, args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<CommandTyped>,
    #[command(flatten)]
    pub(super) window: WindowArguments,
}

/// What the window opens with.
#[derive(Debug, Args)]
pub(super) struct WindowArguments {
    /// Files to open in the window
    pub(super) files: Vec<PathBuf>,
    /// Open the built-in sushi conversation
    #[arg(long, conflicts_with = "files")]
    pub(super) sample: bool,
    /// Who draws
    #[arg(long, value_enum, value_name = "WHO", default_value = "auto")]
    pub(super) renderer: RendererTyped,
}

/// Who draws the window.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum RendererTyped {
    /// The GPU where there is one, else whatever can
    Auto,
    /// The GPU by wgpu, the map too
    Gpu,
    /// The GPU by OpenGL; the processor draws the map
    Gl,
    /// The processor draws the map
    Cpu,
}

#[derive(Debug, Subcommand)]
pub(super) enum CommandTyped {
    /// The whole walk without a window: read, analyse, lay out, write
    Export(Box<ExportArguments>),
    /// Tell what a file is, which column plays which role and why, and what would be left out
    Inspect(InspectArguments),
    /// Write the built-in sushi conversation to a file
    Sample {
        /// Where to write it
        out: PathBuf,
    },
}

/// Light or dark ground.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ThemeTyped {
    Light,
    Dark,
}

/// How betweenness is measured.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum BetweennessTyped {
    /// The column stays empty
    None,
    /// From a sample of people
    Sampled,
    /// From everybody; slow on large files
    Exact,
}

/// What people are called where their names are hidden.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum HideNamesTyped {
    /// By the first letters of their names
    Initials,
    /// By a number
    Numbers,
}

#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// Files to read; several are joined into one conversation
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,

    /// Write one row a person
    #[arg(long, value_name = "P.csv", help_heading = "What to write")]
    pub(super) people: Option<PathBuf>,
    /// Write one row a tie and kind
    #[arg(long, value_name = "T.csv", help_heading = "What to write")]
    pub(super) ties: Option<PathBuf>,
    /// Write one row a community
    #[arg(long, value_name = "C.csv", help_heading = "What to write")]
    pub(super) communities: Option<PathBuf>,
    /// Write the outreach list: the best bridges, or the people of the plan; the ending tells whether CSV or a workbook
    #[arg(long, value_name = "L.csv|.xlsx", help_heading = "What to write")]
    pub(super) list: Option<PathBuf>,
    /// Write the map as a picture; the ending tells whether PNG, SVG or PDF
    #[arg(long, value_name = "M.png|.svg|.pdf", help_heading = "What to write")]
    pub(super) map: Option<PathBuf>,
    /// Write people and ties for Gephi and other programs, with places, colours and figures; G.csv writes two tables,
    /// G-nodes.csv and G-edges.csv
    #[arg(
        long,
        value_name = "G.gexf|.graphml|.json|.csv",
        help_heading = "What to write"
    )]
    pub(super) graph: Option<PathBuf>,
    /// Write one page for a client: map, communities, bridges, the list (with --list) or a plan, scenarios, method
    #[arg(long, value_name = "R.html", help_heading = "What to write")]
    pub(super) report: Option<PathBuf>,
    /// Write a project file: everything, to go on with in the window or to export from
    #[arg(long, value_name = "P.isthmus", help_heading = "What to write")]
    pub(super) save: Option<PathBuf>,
    /// Compare with this file of last time: people stand where they stood, communities keep their colours, and the report
    /// tells what has changed; several are joined
    #[arg(long, value_name = "OLD", help_heading = "What to write")]
    pub(super) since: Vec<PathBuf>,
    /// Write counts, settings, quality and seconds as JSON; - for standard output
    #[arg(long, value_name = "S.json", help_heading = "What to write")]
    pub(super) summary: Option<PathBuf>,

    /// People on the outreach list [default: 25; of a project with a list: its list]
    #[arg(long, value_name = "N")]
    pub(super) top: Option<usize>,
    /// The planner's K people instead: those who together touch most others often enough
    #[arg(long, value_name = "K", conflicts_with = "top", value_parser = clap::value_parser!(u32).range(1..=i64::from(PlanSettings::MOST_PEOPLE)), help_heading = "The plan")]
    pub(super) plan: Option<u32>,
    /// By how many people of the plan somebody has to be touched
    #[arg(long, value_name = "M", default_value_t = 2, requires = "plan", value_parser = clap::value_parser!(u32).range(1..=i64::from(PlanSettings::MOST_TOUCHPOINTS)), help_heading = "The plan")]
    pub(super) touchpoints: u32,
    /// 1 touches most people, wherever they are; down to 0.25 spreads them more evenly over the communities
    #[arg(long, value_name = "BETA", default_value_t = 0.75, requires = "plan", value_parser = spread, help_heading = "The plan")]
    pub(super) spread: f64,
    /// Pick nobody with more reach than this
    #[arg(long, value_name = "N", requires = "plan", value_parser = clap::value_parser!(u64), help_heading = "The plan")]
    pub(super) reach_cap: Option<u64>,
    /// Never pick the people whose handles stand in this file, one a line
    #[arg(
        long,
        value_name = "HANDLES.txt",
        requires = "plan",
        help_heading = "The plan"
    )]
    pub(super) exclude: Option<PathBuf>,
    /// These people were contacted already: they touch others, and are not picked again
    #[arg(
        long,
        value_name = "HANDLES.txt",
        requires = "plan",
        help_heading = "The plan"
    )]
    pub(super) contacted: Option<PathBuf>,

    /// Hide the names of people and communities, handles, notes and files in all that is written, but for the project
    #[arg(long, value_enum, value_name = "HOW")]
    pub(super) hide_names: Option<HideNamesTyped>,

    /// Begin the list with the bytes by which Excel knows UTF-8; only for CSV
    #[arg(long)]
    pub(super) excel: bool,

    /// Size of the picture in pixels
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "2400x1600", value_parser = size)]
    pub(super) size: [u32; 2],
    /// The picture this many times as large and as fine, 1 to 4
    #[arg(long, value_name = "S", default_value_t = 1.0, value_parser = scale)]
    pub(super) scale: f32,
    /// Pixels an inch that a PNG says of itself, for printing
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(10..=2400))]
    pub(super) dpi: Option<u32>,
    /// Leave out the ground of the picture: what nothing covers is see-through
    #[arg(long)]
    pub(super) transparent: bool,
    /// Leave out the legend
    #[arg(long)]
    pub(super) no_legend: bool,
    /// Write this on top of the picture and of the report
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub(super) title: String,
    /// Write this below the title; auto: people, posts, days and seed
    #[arg(long, value_name = "TEXT|auto", default_value = "")]
    pub(super) caption: String,
    /// Ground of the picture
    #[arg(long, value_enum, default_value = "dark")]
    pub(super) theme: ThemeTyped,
    /// Draw the bridges picture with the N best ringed
    #[arg(long, value_name = "N")]
    pub(super) bridges: Option<u32>,
    /// People named in the picture, at most
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub(super) labels: u32,

    #[command(flatten)]
    pub(super) walk: WalkArguments,
}

#[derive(Debug, Args)]
pub(super) struct InspectArguments {
    /// Files to look at
    #[arg(required = true)]
    pub(super) files: Vec<PathBuf>,
    /// Tell it as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Give a column a role: author="Author Handle" (repeatable; an empty column switches the role off)
    #[arg(long, value_name = "ROLE=COLUMN")]
    pub(super) column: Vec<String>,
    /// Leave out your own brand: what this handle posts and every tie to it (repeatable)
    #[arg(long, value_name = "HANDLE", value_delimiter = ',')]
    pub(super) leave_out: Vec<String>,
}

#[derive(Debug, Args)]
#[command(next_help_heading = "How to read and analyse")]
pub(super) struct WalkArguments {
    /// Everything random starts here
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
    /// Fewer, larger communities below 1, more, smaller ones above; or auto
    #[arg(long, value_name = "R|auto", default_value = "1")]
    pub(super) resolution: String,
    /// Which ties count: repost, quote, reply, mention, tie
    #[arg(long, value_name = "KIND,…", value_delimiter = ',')]
    pub(super) tie_kinds: Vec<String>,
    /// Give a column a role: author="Author Handle" (repeatable; an empty column switches the role off)
    #[arg(long, value_name = "ROLE=COLUMN")]
    pub(super) column: Vec<String>,
    /// Keep no texts: less memory for very large files; communities are then named after their people
    #[arg(long)]
    pub(super) no_texts: bool,
    /// Leave out your own brand: what this handle posts and every tie to it (repeatable)
    #[arg(long, value_name = "HANDLE", value_delimiter = ',')]
    pub(super) leave_out: Vec<String>,
    /// Take the communities from this column instead of finding them
    #[arg(long, value_name = "COLUMN")]
    pub(super) communities_from: Option<String>,
    /// Leiden runs: the best is shown, all make the scores steady
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(super) runs: u32,
    /// Measure betweenness
    #[arg(long, value_enum, default_value = "none")]
    pub(super) betweenness: BetweennessTyped,
}

/// Reads a factor from 1 to 4.
fn scale(text: &str) -> Result<f32, String> {
    let factor = text.trim().parse::<f32>().ok();
    factor
        .filter(|f| (1.0..=4.0).contains(f))
        .ok_or_else(|| "write a number from 1 to 4".to_owned())
}

/// Reads a spread from 0.25 to 1.
fn spread(text: &str) -> Result<f64, String> {
    let spread = text.trim().parse::<f64>().ok();
    spread
        .filter(|beta| (0.25..=1.0).contains(beta))
        .ok_or_else(|| "write a number from 0.25 to 1".to_owned())
}

/// Reads `2400x1600`; both sides 100 to 16,384 pixels.
fn size(text: &str) -> Result<[u32; 2], String> {
    let sides = text
        .split_once(['x', 'X', '×'])
        .and_then(|(w, h)| Some([w.trim().parse().ok()?, h.trim().parse().ok()?]));
    match sides {
        Some(sides) if sides.iter().all(|side| (100..=MAX_SIDE).contains(side)) => Ok(sides),
        _ => Err("write it as 2400x1600, each side from 100 to 16,384 pixels".to_owned()),
    }
}
