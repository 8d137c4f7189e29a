//! Archives, workbooks and columnar tables become the plain files inside them, in memory: nothing is ever written.
//!
//! What a file is packed in is told by its first bytes, never by its name. Names inside an archive are only shown, so
//! `../` and absolute names do no harm.

mod budget;
mod streams;
mod zip_file;

pub(super) use budget::Budget;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::rows::Rows;
use super::{ImportError, Source, columnar, workbook};
use crate::progress::Progress;

/// How many containers may be wrapped round a file: an archive in an archive is read, a third one is not.
const DEEPEST: usize = 2;

/// One file that is packed in nothing.
#[derive(Debug)]
pub(super) struct Plain<'a> {
    /// Its name, behind that of whatever it stood in: "export.zip › posts.csv".
    pub name: String,
    /// What it holds.
    pub content: Content<'a>,
    /// The person chose this very file; false for what stood in a folder, an archive or a workbook, which may be left out.
    pub chosen: bool,
    /// The sheets of one workbook share a number.
    pub workbook: Option<usize>,
}

/// What a plain file holds.
#[derive(Debug)]
pub(super) enum Content<'a> {
    /// Its bytes, whatever they are.
    Bytes(Cow<'a, [u8]>),
    /// A sheet of a workbook or a columnar table, already written as rows.
    Rows(Rows),
}

/// Everything that was found in the sources.
#[derive(Debug, Default)]
pub(super) struct Unpacked<'a> {
    /// The plain files, in the order in which they are to be read.
    pub plain: Vec<Plain<'a>>,
    /// What was left out.
    pub passed: Passed,
    /// What the person should know, a sentence each.
    pub notes: Vec<String>,
    n_workbooks: usize,
}

/// Files that were left out without being fatal, by reason.
#[derive(Debug, Default)]
pub(super) struct Passed {
    by_reason: BTreeMap<String, (u64, String)>,
    /// Why the first of them was left out: what to tell when nothing else is left.
    pub first: Option<ImportError>,
}

impl Passed {
    /// Leaves `name` out.
    pub(super) fn add(&mut self, name: &str, error: ImportError) {
        let (count, _) = self
            .by_reason
            .entry(error.to_string())
            .or_insert_with(|| (0, name.to_owned()));
        *count += 1;
        self.first.get_or_insert(error);
    }

    /// One sentence for each reason.
    pub(super) fn sentences(&self) -> Vec<String> {
        let sentence = |(reason, (count, first)): (&String, &(u64, String))| {
            if *count == 1 {
                format!("{first} was left out: {reason}")
            } else {
                format!("{count} files were left out, the first of them {first}: {reason}")
            }
        };
        self.by_reason.iter().map(sentence).collect()
    }
}

/// What a file is packed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Zip,
    Gzip,
    Zstd,
    Bzip2,
    OldWorkbook,
    Columnar,
}

impl Packing {
    fn of(bytes: &[u8]) -> Option<Self> {
        let begins = |start: &[u8]| bytes.starts_with(start);
        if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
            Some(Self::Zip)
        } else if begins(b"\x1f\x8b") {
            Some(Self::Gzip)
        } else if begins(b"\x28\xb5\x2f\xfd") || is_skippable_frame(bytes) {
            Some(Self::Zstd)
        } else if begins(b"BZh")
            && bytes
                .get(4..7)
                .is_some_and(|b| b == b"1AY" || b == b"\x17rE")
        {
            Some(Self::Bzip2)
        } else if begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            Some(Self::OldWorkbook)
        } else if columnar::is_columnar(bytes) {
            Some(Self::Columnar)
        } else {
            None
        }
    }
}

/// zstd allows frames of other programs before the first of its own.
fn is_skippable_frame(bytes: &[u8]) -> bool {
    bytes.get(1..4) == Some(b"\x2a\x4d\x18") && bytes.first().is_some_and(|b| b >> 4 == 5)
}

/// Unpacks all `sources`.
///
/// # Errors
/// [`ImportError`] for a source that the person chose and that is damaged, protected, or holds more than the bounds of
/// [`Budget`]; [`ImportError::Cancelled`].
pub(super) fn unpack<'a>(
    sources: &'a [Source],
    progress: &Progress,
) -> Result<Unpacked<'a>, ImportError> {
    let mut unpacked = Unpacked::default();
    for source in sources {
        progress.check()?;
        let chosen = !source.name.contains('/');
        let mut budget = Budget::new(source);
        let opened = unpacked.open(
            &source.name,
            Cow::Borrowed(&source.bytes),
            Level { depth: 0, chosen },
            &mut budget,
            progress,
        );
        match opened {
            Err(error @ ImportError::Cancelled(_)) => return Err(error),
            Err(error) if chosen => return Err(error),
            Err(error) => unpacked.passed.add(&source.name, error),
            Ok(()) => {}
        }
    }
    Ok(unpacked)
}

/// How far inside the sources a file stands.
#[derive(Debug, Clone, Copy)]
struct Level {
    depth: usize,
    chosen: bool,
}

impl Level {
    fn inside(self) -> Self {
        Self {
            depth: self.depth + 1,
            chosen: false,
        }
    }
}

impl<'a> Unpacked<'a> {
    fn open(
        &mut self,
        name: &str,
        bytes: Cow<'a, [u8]>,
        level: Level,
        budget: &mut Budget,
        progress: &Progress,
    ) -> Result<(), ImportError> {
        let Some(packing) = Packing::of(&bytes) else {
            self.push(name.to_owned(), Content::Bytes(bytes), level.chosen, None);
            return Ok(());
        };
        if packing == Packing::OldWorkbook {
            return self.open_workbook(name, &bytes, workbook::Kind::Xls, budget, progress);
        }
        if packing == Packing::Columnar {
            let rows = columnar::read(name, &bytes, budget, progress)?;
            self.push(name.to_owned(), Content::Rows(rows), level.chosen, None);
            return Ok(());
        }
        let kind = (packing == Packing::Zip)
            .then(|| zip_file::workbook_kind(&bytes))
            .flatten();
        if let Some(kind) = kind {
            return self.open_workbook(name, &bytes, kind, budget, progress);
        }
        if level.depth >= DEEPEST {
            return Err(ImportError::NestedTooDeep {
                file: name.to_owned(),
            });
        }
        if packing == Packing::Zip {
            return self.open_zip(name, &bytes, level, budget, progress);
        }
        let poured = streams::unpack(packing, name, &bytes, budget, progress)?;
        if poured.cut_off {
            self.notes.push(format!(
                "{name} is cut off or damaged towards its end; what could be unpacked was read"
            ));
        }
        let inside = format!("{name} › {}", streams::name_inside(name));
        self.open(
            &inside,
            Cow::Owned(poured.bytes),
            level.inside(),
            budget,
            progress,
        )
    }

    fn open_zip(
        &mut self,
        name: &str,
        bytes: &[u8],
        level: Level,
        budget: &mut Budget,
        progress: &Progress,
    ) -> Result<(), ImportError> {
        let mut archive = zip_file::Archive::open(name, bytes, budget)?;
        let members = archive.members();
        if members.is_empty() {
            return Err(ImportError::NothingInside {
                file: name.to_owned(),
            });
        }
        for member in members {
            progress.check()?;
            let inside = format!("{name} › {}", member.name);
            let read = archive
                .read(&member, &inside, budget, progress)
                .and_then(|poured| {
                    if poured.cut_off {
                        self.notes.push(format!(
                            "{inside} is damaged; what could be unpacked was read"
                        ));
                    }
                    let owned = Cow::Owned(poured.bytes);
                    self.open(&inside, owned, level.inside(), budget, progress)
                });
            match read {
                Err(
                    error @ (ImportError::Cancelled(_)
                    | ImportError::TooMuchInside { .. }
                    | ImportError::TooManyInside { .. }),
                ) => return Err(error),
                Err(error) => self.passed.add(&inside, error),
                Ok(()) => {}
            }
        }
        Ok(())
    }

    fn open_workbook(
        &mut self,
        name: &str,
        bytes: &[u8],
        kind: workbook::Kind,
        budget: &mut Budget,
        progress: &Progress,
    ) -> Result<(), ImportError> {
        let book = workbook::read(name, bytes, kind, budget, progress)?;
        if !book.hidden.is_empty() {
            let listed = book.hidden.join(", ");
            self.notes.push(if book.hidden.len() == 1 {
                format!("The hidden sheet {listed} of {name} was not read")
            } else {
                format!("The hidden sheets {listed} of {name} were not read")
            });
        }
        self.n_workbooks += 1;
        for (sheet, rows) in book.sheets {
            self.push(
                format!("{name} › {sheet}"),
                Content::Rows(rows),
                false,
                Some(self.n_workbooks),
            );
        }
        Ok(())
    }

    fn push(&mut self, name: String, content: Content<'a>, chosen: bool, workbook: Option<usize>) {
        self.plain.push(Plain {
            name,
            content,
            chosen,
            workbook,
        });
    }

    /// Bytes in all plain files.
    pub(super) fn n_bytes(&self) -> u64 {
        let bytes = |plain: &Plain<'_>| match &plain.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::Rows(rows) => rows.text.len() as u64,
        };
        self.plain.iter().map(bytes).sum()
    }
}
