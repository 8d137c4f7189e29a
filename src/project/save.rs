//! A whole project into a new file: written beside its target, then renamed into place.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::arrays::{self, Part};
use super::held::{Held, remove_companions};
use super::rows::{Told, tell, told, untell};
use super::{Project, ProjectError, base, post_facts, posts, schema, tables};
use crate::analysis::ByHand;
use crate::campaign::MapChoices;
use crate::people::SameAccounts;
use crate::progress::{Progress, Stage};
use crate::session::Results;

/// What of the posts goes into a project file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Posts with their texts.
    #[default]
    Everything,
    /// Who wrote when and to whom, without texts.
    WithoutTexts,
    /// No posts, and nobody by name: people, the list included, go by numbers that nothing leads back from.
    Nameless,
}

impl Kept {
    /// Every choice, in the order of the window.
    pub const ALL: [Self; 3] = [Self::Everything, Self::WithoutTexts, Self::Nameless];

    /// The words in the window.
    pub fn words(self) -> &'static str {
        match self {
            Self::Everything => "With posts",
            Self::WithoutTexts => "Without the texts of posts",
            Self::Nameless => "Without posts, and people as numbers only",
        }
    }
}

/// Writes `project` to `path`, whole or not at all; a project that is there is replaced.
///
/// With [`Kept::WithoutTexts`] and [`Kept::Nameless`] what is left out is not in the file at all.
///
/// # Errors
/// [`ProjectError`]: somebody has it open, no room, no right to write; `path` is as it was then.
/// # Cost
/// O(posts + people + ties), packed by all cores.
pub fn save(path: &Path, project: &Project, progress: &Progress) -> Result<(), ProjectError> {
    let held = Held::take(path)?;
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".isthmus-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // The rights the file has already, or those of any new file; the system takes the user's mask off.
        let mode = fs::metadata(path).map_or(0o666, |about| about.permissions().mode());
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let file = builder.tempfile_in(folder)?;
    let nameless;
    let project = if project.kept == Kept::Nameless {
        nameless = super::nameless::nameless(project);
        &nameless
    } else {
        project
    };
    {
        let mut db = Connection::open(file.path())?;
        // Nothing to go back to, and the whole file is synced before it gets its name.
        db.pragma_update(None, "page_size", 8192)?;
        db.pragma_update(None, "journal_mode", "OFF")?;
        db.pragma_update(None, "synchronous", "OFF")?;
        schema::create(&db)?;
        let changes = db.transaction()?;
        write_edited(&changes, project)?;
        if let Some(results) = &project.results {
            let groups = groups(results, project.kept == Kept::Everything);
            progress.begin(Stage::Write, groups.len() as u64)?;
            for group in groups {
                arrays::put(&changes, &group.parts(results))?;
                progress.advance(1)?;
            }
            write_figures(&changes, results)?;
            tell(&changes, WHOLE, "yes")?;
        }
        write_layouts(&changes, project)?;
        changes.commit()?;
        db.close().map_err(|(_, error)| error)?;
    }
    file.as_file().sync_all()?;
    progress.check()?;
    // What lies beside an older file of this name belongs to that one.
    remove_companions(path)?;
    file.persist(path)
        .map_err(|error| ProjectError::from(error.error))?;
    #[cfg(unix)]
    fs::File::open(folder)
        .and_then(|folder| folder.sync_all())
        .ok();
    drop(held);
    Ok(())
}

/// Says in `about` that posts, people and ties are all there.
pub(super) const WHOLE: &str = "whole";

/// Some columns that are written together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Group {
    Graph,
    Analysis,
    Accounts,
    /// What accounts say of themselves.
    Bios,
    /// What is told of posts beside who, when and what.
    Facts,
    Stretch(std::ops::Range<usize>, u32, bool),
}

impl Group {
    pub(super) fn parts(&self, results: &Results) -> Vec<Part> {
        let all = &results.conversation.posts;
        match self {
            Self::Graph => base::graph_parts(&results.graph),
            Self::Analysis => base::analysis_parts(&results.analysis),
            Self::Accounts => posts::account_parts(all),
            Self::Bios => post_facts::bio_parts(all),
            Self::Facts => post_facts::fact_parts(all),
            Self::Stretch(range, number, texts) => {
                posts::stretch_parts(all, range.clone(), *number, *texts)
            }
        }
    }
}

/// The columns of `results`, piece by piece.
pub(super) fn groups(results: &Results, texts: bool) -> Vec<Group> {
    let posts = &results.conversation.posts;
    let starts = posts::stretches(posts, texts);
    let stretches = starts.windows(2).zip(0u32..);
    let stretches = stretches.map(|(ends, number)| Group::Stretch(ends[0]..ends[1], number, texts));
    // What people say of themselves are texts.
    let bios = texts.then_some(Group::Bios);
    [Group::Graph, Group::Analysis, Group::Accounts, Group::Facts]
        .into_iter()
        .chain(bios)
        .chain(stretches)
        .collect()
}

/// Settings, report and figures that belong to the columns.
pub(super) fn write_figures(db: &Connection, results: &Results) -> rusqlite::Result<()> {
    let conversation = &results.conversation;
    tell(db, "settings", &json(&results.settings))?;
    tell(db, "report", &json(&conversation.report))?;
    tell(db, "files", &json(&conversation.files))?;
    tell(db, "figures", &json(&base::Figures::of(results)))
}

/// Everything that people edit.
fn write_edited(db: &Connection, project: &Project) -> rusqlite::Result<()> {
    let campaign = &project.campaign;
    tell(db, "isthmus", env!("CARGO_PKG_VERSION"))?;
    tell(db, "title", &project.title)?;
    tell(db, "paths", &json(&project.paths))?;
    tell(db, "kept", &json(&project.kept))?;
    tell(db, "view", &json(&project.view))?;
    if let Some(changes) = &project.changes {
        tell(db, "changes", changes)?;
    }
    if let Some(day) = &project.delete_after {
        tell(db, "delete_after", day)?;
    }
    if !project.selection_names.is_empty() {
        tell(db, "selection_names", &json(&project.selection_names))?;
    }
    write_settings(db, campaign)?;
    let entries = campaign
        .outreach_list
        .entries()
        .iter()
        .map(tables::entry_row);
    tables::ENTRY.change(db, &[], &entries.collect::<Vec<_>>())?;
    for (table, rows) in tables::map_rows(&campaign.map) {
        table.change(db, &[], &rows)?;
    }
    tables::SELECTION.change(db, &[], &tables::selection_rows(&project.selections))?;
    let (n_done, _) = project.history.mark();
    let steps = project.history.steps().enumerate();
    let steps = steps.map(|(i, step)| tables::step_row(step, i >= n_done));
    tables::STEP.change(db, &[], &steps.collect::<Vec<_>>())?;
    let log = project.log.iter().map(tables::log_row);
    tables::LOG.change(db, &[], &log.collect::<Vec<_>>())
}

/// What of the campaign stands in no rows of its own.
pub(super) fn write_settings(
    db: &Connection,
    campaign: &crate::campaign::Campaign,
) -> rusqlite::Result<()> {
    tell(db, "plan", &json(&campaign.plan))?;
    tell(db, "resolution", &json(&campaign.map.resolution))?;
    let filter = &campaign.map.filter;
    tell(db, "isolated", &json(&filter.isolated))?;
    tell(db, "small_groups_hidden", &json(&filter.small_groups))?;
    let grouping = Grouping::of(&campaign.map);
    if grouping == Grouping::default() {
        untell(db, "grouping")?;
    } else {
        tell(db, "grouping", &json(&grouping))?;
    }
    tell(db, "filter", &json(filter))?;
    tell(db, "kept_filters", &json(&campaign.map.kept_filters))?;
    tell(db, "layout", &campaign.map.layout.to_string())
}

/// Who belongs together, as the person says, besides how finely people are grouped and which communities are one.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Grouping {
    pub(super) by_hand: ByHand,
    pub(super) by_file: bool,
    pub(super) same: SameAccounts,
}

impl Grouping {
    /// What the file says; nothing where it says nothing, and where that is damaged.
    pub(super) fn read(db: &Connection, damage: &mut Vec<String>) -> Self {
        let there = match told(db, "grouping") {
            Told::Nothing => return Self::default(),
            there => there.value(),
        };
        let read = there.and_then(|text| serde_json::from_str(&text).ok());
        read.unwrap_or_else(|| {
            damage.push("Who was grouped by hand could not be read".to_owned());
            Self::default()
        })
    }

    fn of(map: &MapChoices) -> Self {
        Self {
            by_hand: map.by_hand.clone(),
            by_file: map.by_file,
            same: map.same.clone(),
        }
    }
}

fn write_layouts(db: &Connection, project: &Project) -> rusqlite::Result<()> {
    let mut before: Option<(u64, &crate::layout::Positions)> = None;
    for (&number, positions) in &project.layouts {
        write_layout(db, number, positions, before)?;
        before = Some((number, positions));
    }
    Ok(())
}

/// Writes layout `number`, told from `base` where that is shorter.
pub(super) fn write_layout(
    db: &Connection,
    number: u64,
    positions: &crate::layout::Positions,
    base: Option<(u64, &crate::layout::Positions)>,
) -> rusqlite::Result<()> {
    let base = base.filter(|(base, _)| *base < number);
    let (from_base, parts) = base::layout_parts(number, positions, base.map(|(_, xy)| xy));
    arrays::remove(db, &format!("layout/{number}/"))?;
    arrays::put(db, &parts)?;
    let base = base.filter(|_| from_base).map(|(base, _)| base as i64);
    let row = vec![base.map_or(
        rusqlite::types::Value::Null,
        rusqlite::types::Value::Integer,
    )];
    let sum = super::rows::sum_of(number as i64, &row);
    let mut put =
        db.prepare_cached("INSERT OR REPLACE INTO layout (number, base, sum) VALUES (?1, ?2, ?3)")?;
    put.execute(rusqlite::params![number as i64, base, sum])
        .map(drop)
}

pub(super) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("settings are made of texts and numbers")
}
