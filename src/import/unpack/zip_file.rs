//! Members of ZIP archives: which there are, in which order they are read, and their bytes.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::Budget;
use super::streams::{Poured, pour};
use crate::import::workbook::Kind;
use crate::import::{ImportError, decode};
use crate::progress::Progress;

/// A file in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    /// Its name as the archive has it, folders included.
    pub name: String,
    index: usize,
}

/// An open archive.
#[derive(Debug)]
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Archive<'a> {
    /// Reads the list of members.
    ///
    /// # Errors
    /// [`ImportError::Damaged`] and [`ImportError::TooManyInside`].
    pub(super) fn open(
        file: &str,
        bytes: &'a [u8],
        budget: &mut Budget,
    ) -> Result<Self, ImportError> {
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| ImportError::damaged("archive", &error, file))?;
        budget.take_files(zip.len())?;
        Ok(Self { zip })
    }

    /// The members worth reading: those that explain others (people, accounts) first, then by name. What systems put into
    /// archives for themselves is none.
    pub(super) fn members(&self) -> Vec<Member> {
        let mut members: Vec<Member> = (0..self.zip.len())
            .filter_map(|index| {
                let entry = self.zip.by_index_data(index).ok()?;
                let name = match entry.name() {
                    Ok(name) => name.into_owned(),
                    Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
                };
                let is_file = !entry.is_dir() && !entry.is_symlink() && !is_clutter(&name);
                is_file.then(|| Member {
                    name: shown(&name),
                    index,
                })
            })
            .collect();
        members.sort_by_cached_key(|m| (rank(&m.name), m.name.to_lowercase(), m.index));
        members
    }

    /// The bytes of a member. Of pictures and films only the first are read.
    ///
    /// # Errors
    /// [`ImportError::Locked`], [`ImportError::Damaged`], [`ImportError::NotText`], [`ImportError::TooMuchInside`],
    /// [`ImportError::Cancelled`].
    pub(super) fn read(
        &mut self,
        member: &Member,
        shown: &str,
        budget: &mut Budget,
        progress: &Progress,
    ) -> Result<Poured, ImportError> {
        let entry = self.zip.by_index_data(member.index);
        if entry.is_ok_and(|entry| entry.encrypted()) {
            return Err(ImportError::Locked {
                file: shown.to_owned(),
            });
        }
        let mut entry = self
            .zip
            .by_index(member.index)
            .map_err(|error| ImportError::damaged("archive", &error, shown))?;
        let mut start = Vec::new();
        // An error here comes again below, with what could be read.
        let looked = entry.by_ref().take(64).read_to_end(&mut start).is_ok();
        if let Some(what) = decode::by_signature(&start).filter(|what| !what.is_opened()) {
            return Err(ImportError::NotText {
                what,
                file: shown.to_owned(),
            });
        }
        budget.take(start.len() as u64)?;
        if !looked {
            let cut_off = true;
            return Ok(Poured {
                bytes: start,
                cut_off,
            });
        }
        let mut poured = pour(entry, shown, budget, progress).or_else(|error| match error {
            ImportError::Damaged { .. } if !start.is_empty() => Ok(Poured {
                bytes: Vec::new(),
                cut_off: true,
            }),
            error => Err(error),
        })?;
        start.append(&mut poured.bytes);
        poured.bytes = start;
        Ok(poured)
    }
}

/// Which workbook an archive is, if it is one.
pub(super) fn workbook_kind(bytes: &[u8]) -> Option<Kind> {
    let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let has = |name: &str| zip.index_for_name(name).is_some();
    if has("xl/workbook.xml") {
        Some(Kind::Xlsx)
    } else if has("xl/workbook.bin") {
        Some(Kind::Xlsb)
    } else if has("content.xml") && has("META-INF/manifest.xml") {
        Some(Kind::Ods)
    } else {
        // Some programs name the parts of a workbook in capitals or from another folder; the list of parts is always there.
        let names: Vec<String> = zip
            .file_names()
            .flatten()
            .map(|n| n.to_lowercase())
            .collect();
        let is_xlsx = names.iter().any(|n| n == "[content_types].xml")
            && names.iter().any(|n| n.ends_with("workbook.xml"));
        is_xlsx.then_some(Kind::Xlsx)
    }
}

/// What systems put into archives for themselves.
fn is_clutter(name: &str) -> bool {
    let parts = || name.split(['/', '\\']);
    parts().any(|part| part == "__MACOSX" || (part.starts_with('.') && part != "." && part != ".."))
        || parts()
            .next_back()
            .is_some_and(|last| matches!(last, "Thumbs.db" | "desktop.ini" | ""))
}

/// A name without signs that cannot be seen, at most 200 letters of its end.
fn shown(name: &str) -> String {
    let clean: Vec<char> = name.chars().filter(|c| !c.is_control()).collect();
    let from = clean.len().saturating_sub(200);
    clean.iter().skip(from).collect()
}

/// Files that say who is behind the ids of other files come first.
fn rank(name: &str) -> u8 {
    let last = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let stem = last.split('.').next().unwrap_or(&last);
    match stem {
        "users" | "account" | "accounts" | "people" | "nodes" | "vertices" | "members" => 0,
        "channels" | "profile" => 1,
        _ => 2,
    }
}
