//! What the window keeps between two starts: the outreach list of each file, roles given to columns, recent files, the theme, what lies where on the map.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::command::{MotionChoice, ThemeChoice};
use super::model::{MapCards, PanelWidths};
use super::timing::ZoneChoice;
use crate::campaign::{Campaign, from_json};
use crate::files::DataFolder;
use crate::import::HeaderChoices;
use crate::problem::Problem;

/// Recent files kept, at most.
const RECENT: usize = 8;

/// The file of small choices, in the folder of settings.
const SETTINGS: &str = "settings.json";

/// The file they were kept in by earlier versions, in the folder of lists.
const EARLIER: &str = "preferences.json";

/// Sizes of text, in percent, that can be chosen.
const TEXT: std::ops::RangeInclusive<u16> = 20..=500;

/// Small choices that outlive the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Preferences {
    pub(super) recent: Vec<PathBuf>,
    pub(super) theme: ThemeChoice,
    pub(super) motion: MotionChoice,
    /// The size of text, in percent.
    pub(super) text: u16,
    pub(super) panel_widths: PanelWidths,
    pub(super) map_cards: MapCards,
    /// The columns of the table of everybody, by their names in files; none: the usual ones.
    pub(super) table_columns: Vec<String>,
    pub(super) zone: ZoneChoice,
    /// The tour was taken or declined.
    pub(super) knows_tour: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            recent: Vec::new(),
            theme: ThemeChoice::default(),
            motion: MotionChoice::default(),
            text: 100,
            panel_widths: PanelWidths::default(),
            map_cards: MapCards::default(),
            table_columns: Vec::new(),
            zone: ZoneChoice::default(),
            knows_tour: false,
        }
    }
}

/// What was kept, as it is found at the start.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) preferences: Preferences,
    /// They come from the file of an earlier version, and belong into one of their own.
    pub(super) taken_over: bool,
    /// What was wrong with the file.
    pub(super) problem: Option<Problem>,
}

impl Preferences {
    /// What was kept in `config`, or by an earlier version in `data`; the default where nothing was. A file that cannot be read
    /// is put aside, so that it is not written over.
    pub(super) fn load(config: &DataFolder, data: &DataFolder) -> Loaded {
        let settings = Path::new(SETTINGS);
        let mut loaded = match config.kept(settings) {
            Ok(Some(bytes)) => match serde_json::from_slice(&bytes) {
                Ok(preferences) => Loaded {
                    preferences,
                    ..Loaded::default()
                },
                Err(_) => put_aside(config),
            },
            Ok(None) => {
                let earlier = data.kept(Path::new(EARLIER)).ok().flatten();
                let earlier = earlier.and_then(|bytes| serde_json::from_slice(&bytes).ok());
                Loaded {
                    taken_over: earlier.is_some(),
                    preferences: earlier.unwrap_or_default(),
                    problem: None,
                }
            }
            Err(_) => put_aside(config),
        };
        let preferences = &mut loaded.preferences;
        preferences.recent.retain(|path| path.exists());
        preferences.text = preferences.text.clamp(*TEXT.start(), *TEXT.end());
        loaded
    }

    /// Puts `paths` first among the recent files.
    pub(super) fn opened(&mut self, paths: &[PathBuf]) {
        self.recent.retain(|known| !paths.contains(known));
        self.recent.splice(0..0, paths.iter().cloned());
        self.recent.truncate(RECENT);
    }

    /// Forgets files that bear the name of `key`.
    pub(super) fn forget(&mut self, key: &str) {
        let bears = |path: &PathBuf| path.to_string_lossy().to_lowercase().contains(key);
        self.recent.retain(|path| !bears(path));
    }

    /// Writes them into `config`. The file of an earlier version in `data` goes: it may name files that were forgotten since.
    pub(super) fn save(&self, config: &DataFolder, data: &DataFolder) -> Result<(), Problem> {
        let text = serde_json::to_vec_pretty(self).expect("paths and words become JSON");
        config.keep(Path::new(SETTINGS), &text)?;
        data.remove(Path::new(EARLIER))
    }
}

/// Puts a file of settings that cannot be read aside, and begins anew.
fn put_aside(config: &DataFolder) -> Loaded {
    let problem = match config.put_aside(Path::new(SETTINGS)) {
        Ok(aside) => Problem::new(
            "Your settings could not be read and are as at first again",
            "Choose theme and text size anew; the file was put aside untouched",
        )
        .about(aside.display().to_string()),
        Err(problem) => problem,
    };
    Loaded {
        problem: Some(problem),
        ..Loaded::default()
    }
}

/// The file of roles that the person gave to columns.
const COLUMNS: &str = "columns.json";
/// Headers whose choices are kept, at most: the oldest go first.
const HEADERS: usize = 200;
/// The longest header whose choices are kept, in bytes: longer ones are no export that comes again.
const HEADER_BYTES: usize = 1 << 16;

/// What the person chose for columns, by the header of the table, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct KeptColumns {
    pub(super) tables: Vec<HeaderChoices>,
}

impl KeptColumns {
    /// What was kept; nothing where that cannot be read: it is put aside then, so that it is not written over.
    pub(super) fn load(folder: &DataFolder) -> Self {
        let Ok(Some(bytes)) = folder.kept(Path::new(COLUMNS)) else {
            return Self::default();
        };
        serde_json::from_slice(&bytes).unwrap_or_else(|_| {
            // Where even that fails, the next choice says what is wrong with the disk.
            folder.put_aside(Path::new(COLUMNS)).ok();
            Self::default()
        })
    }

    /// Keeps `choices` for tables with `header`, or forgets what was kept where there are none. True when that is new.
    pub(super) fn remember(&mut self, header: &[String], choices: Option<&HeaderChoices>) -> bool {
        let at = self.tables.iter().position(|kept| kept.header == header);
        let before = at.map(|at| self.tables.remove(at));
        let choices = choices.filter(|c| {
            !c.is_empty() && c.header.iter().map(String::len).sum::<usize>() <= HEADER_BYTES
        });
        if let Some(choices) = choices {
            self.tables.insert(0, choices.clone());
            self.tables.truncate(HEADERS);
        }
        before.as_ref() != choices
    }

    pub(super) fn save(&self, folder: &DataFolder) -> Result<(), Problem> {
        let text = serde_json::to_vec_pretty(self).expect("words become JSON");
        folder.keep(Path::new(COLUMNS), &text)
    }
}

/// Where the list made from these files is kept: `lists/NAME-HASH.json`, the hash over the full paths, so that two files of
/// the same name in two folders have two lists.
pub(super) fn list_name(paths: &[PathBuf], title: &str) -> PathBuf {
    let full: Vec<PathBuf> = paths
        .iter()
        .map(|p| p.canonicalize().unwrap_or_else(|_| p.clone()))
        .collect();
    let joined = full
        .iter()
        .map(|p| p.to_string_lossy())
        .collect::<Vec<_>>()
        .join("\n");
    let stem: String = title
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .take(40)
        .collect();
    PathBuf::from("lists").join(format!("{stem}-{:016x}.json", fnv1a(joined.as_bytes())))
}

/// The 64-bit FNV-1a hash: short, fixed for ever, and good enough to tell paths apart.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The list kept under `name`, and what went wrong with it; one that cannot be read, or is damaged or newer, is put aside
/// untouched, since the next change writes a new one.
pub(super) fn load_list(folder: &DataFolder, name: &Path) -> (Campaign, Option<Problem>) {
    let bytes = match folder.kept(name) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return (Campaign::default(), None),
        Err(problem) => {
            let problem = folder.put_aside(name).err().unwrap_or(problem);
            return (Campaign::default(), Some(problem));
        }
    };
    match from_json(&String::from_utf8_lossy(&bytes)) {
        Ok(campaign) => (campaign, None),
        Err(error) => {
            let problem =
                Problem::new(error.to_string(), error.advice()).about(name.display().to_string());
            (
                Campaign::default(),
                Some(folder.put_aside(name).err().unwrap_or(problem)),
            )
        }
    }
}
