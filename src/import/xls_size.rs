//! How large the sheets of an old Excel workbook are, before its reader makes room for them.
//!
//! The reader of `.xls` makes a dense table from the first to the last cell of each sheet and trusts the sizes that the file
//! states: two cells in far corners, or one wrong number, would take more memory than any machine has. So the records are
//! walked here first. Sources: MS-CFB (the container), MS-XLS 2.4 (the records).

use std::collections::HashSet;

/// The most cells of one sheet: 65,536 rows of 256 columns, which is all that the format has.
const MOST_CELLS: u64 = 65_536 * 256;

const FAR: Refused = Refused::Damaged("its cells lie too far apart");

/// Why a workbook is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is protected by a password.
    Locked,
    /// What is wrong with it.
    Damaged(&'static str),
}

/// Looks through the records of a workbook.
///
/// # Errors
/// [`Refused`] when it is protected, not to be followed, or its cells lie too far apart.
pub(super) fn check(bytes: &[u8]) -> Result<(), Refused> {
    let container = Container::open(bytes).ok_or(Refused::Damaged("its sectors are missing"))?;
    if container.find("EncryptedPackage").is_some() {
        return Err(Refused::Locked);
    }
    let entry = ["Workbook", "Book"]
        .iter()
        .find_map(|name| container.find(name))
        .ok_or(Refused::Damaged("there is no workbook in it"))?;
    let stream = container
        .stream(entry)
        .ok_or(Refused::Damaged("its sectors are missing"))?;
    check_records(&stream, MOST_CELLS + 2 * bytes.len() as u64)
}

/// Record by record: first the workbook's own, which say where its sheets begin, then those of each sheet.
/// All sheets together may have `most` cells, empty ones between others included: a cell takes ten bytes or more in the file.
fn check_records(stream: &[u8], most: u64) -> Result<(), Refused> {
    const SHEET: u16 = 0x0085;
    const PASSWORD: u16 = 0x002f;
    const MOST_SHEETS: usize = 1000;
    let mut sheets = Vec::new();
    for (kind, data, _) in records(stream, 0) {
        match kind {
            PASSWORD if u16_at(stream, data).is_some_and(|v| v != 0) => {
                return Err(Refused::Locked);
            }
            SHEET => sheets.extend(u32_at(stream, data)),
            _ => {}
        }
        if sheets.len() > MOST_SHEETS {
            return Err(Refused::Damaged("it has more than 1000 sheets"));
        }
    }
    let mut cells = 0;
    for begin in sheets {
        cells += check_sheet(stream, begin as usize)?;
        if cells > most {
            return Err(FAR);
        }
    }
    Ok(())
}

/// The sizes that one sheet states, and the cells that it has, which are returned.
fn check_sheet(stream: &[u8], begin: usize) -> Result<u64, Refused> {
    const DIMENSIONS: u16 = 0x0200;
    const CELLS: [u16; 10] = [
        0x0006, 0x00bd, 0x00be, 0x00d6, 0x00fd, 0x0201, 0x0203, 0x0204, 0x0205, 0x027e,
    ];
    let (mut rows, mut columns) = (0, 0);
    for (kind, data, length) in records(stream, begin) {
        if kind == DIMENSIONS {
            let (first_row, last_row, first, last) = dimensions(stream, data, length);
            if last_row < first_row || last < first {
                return Err(Refused::Damaged("its sizes are wrong"));
            }
            if (last_row - first_row + 1) * (last - first + 1) > MOST_CELLS * 2 {
                return Err(FAR);
            }
        } else if CELLS.contains(&kind) {
            let place = |at| u16_at(stream, at).map_or(0, u64::from) + 1;
            rows = place(data).max(rows);
            columns = place(data + 2).max(columns);
            if rows * columns > MOST_CELLS {
                return Err(FAR);
            }
        }
    }
    Ok(rows * columns)
}

/// Kind, place of the data, and length of each record from `begin` on.
fn records(stream: &[u8], begin: usize) -> impl Iterator<Item = (u16, usize, u16)> {
    let mut at = begin;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(stream, at)?, u16_at(stream, at.checked_add(2)?)?);
        let data = at + 4;
        at = data + usize::from(length);
        Some((kind, data, length))
    })
}

/// First row, row behind the last, first column, column behind the last.
fn dimensions(stream: &[u8], at: usize, length: u16) -> (u64, u64, u64, u64) {
    let long = |at| u32_at(stream, at).map_or(0, u64::from);
    let short = |at| u16_at(stream, at).map_or(0, u64::from);
    if length >= 14 {
        (long(at), long(at + 4), short(at + 8), short(at + 10))
    } else {
        (short(at), short(at + 2), short(at + 4), short(at + 6))
    }
}

/// The sectors and the list of files of a compound file.
struct Container<'a> {
    bytes: &'a [u8],
    sector: usize,
    next: Vec<u32>,
    mini_next: Vec<u32>,
    mini: Vec<u8>,
    directory: Vec<u8>,
    mini_below: u32,
}

/// A file in the container.
#[derive(Clone, Copy)]
struct Entry {
    start: u32,
    size: u64,
}

impl<'a> Container<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let shift = u16_at(bytes, 30)?;
        let sector = 1usize
            << if (9..=12).contains(&shift) {
                shift
            } else {
                return None;
            };
        let mut lists: Vec<u32> = (0..109).map_while(|i| u32_at(bytes, 76 + 4 * i)).collect();
        let mut container = Self {
            bytes,
            sector,
            next: Vec::new(),
            mini_next: Vec::new(),
            mini: Vec::new(),
            directory: Vec::new(),
            mini_below: u32_at(bytes, 56)?,
        };
        let (mut more, mut seen) = (u32_at(bytes, 68)?, HashSet::new());
        while let Some(list) = container.sector(more).filter(|_| seen.insert(more)) {
            let words: Vec<u32> = words(list).collect();
            let (last, part) = words.split_last()?;
            lists.extend(part);
            more = *last;
        }
        let tables = lists.iter().filter_map(|&n| container.sector(n));
        container.next = tables.flat_map(words).collect();
        if [48, 60].iter().any(|&at| {
            u32_at(bytes, at).is_some_and(|start| Self::goes_round(start, &container.next))
        }) {
            return None;
        }
        container.directory = container.chain(u32_at(bytes, 48)?, &container.next)?;
        container.mini_next = container
            .chain(u32_at(bytes, 60)?, &container.next)
            .map(|b| words(&b).collect())
            .unwrap_or_default();
        let root = Self::entry(container.directory.get(..128)?)?;
        if Self::goes_round(root.start, &container.next) {
            return None;
        }
        container.mini = container
            .chain(root.start, &container.next)
            .unwrap_or_default();
        Some(container)
    }

    fn sector(&self, n: u32) -> Option<&'a [u8]> {
        let from = (n as usize).checked_add(1)?.checked_mul(self.sector)?;
        let to = from.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(from..to).filter(|part| !part.is_empty())
    }

    /// Whether a chain of sectors comes back to itself: the reader would follow it until the memory is full.
    fn goes_round(start: u32, next: &[u32]) -> bool {
        let (mut at, mut seen) = (start, HashSet::new());
        while let Some(&n) = next.get(at as usize) {
            if !seen.insert(at) {
                return true;
            }
            at = n;
        }
        false
    }

    /// The bytes of a chain of sectors; circles end it.
    fn chain(&self, start: u32, next: &[u32]) -> Option<Vec<u8>> {
        let (mut at, mut seen, mut out) = (start, HashSet::new(), Vec::new());
        while let Some(part) = self.sector(at).filter(|_| seen.insert(at)) {
            out.extend_from_slice(part);
            match next.get(at as usize) {
                Some(&n) => at = n,
                None => break,
            }
        }
        (!out.is_empty()).then_some(out)
    }

    fn entry(record: &[u8]) -> Option<Entry> {
        Some(Entry {
            start: u32_at(record, 116)?,
            size: u64::from(u32_at(record, 120)?),
        })
    }

    fn find(&self, name: &str) -> Option<Entry> {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_it = |record: &&[u8]| {
            let own = record.get(..wide.len()) == Some(wide.as_slice());
            own && record.get(wide.len()..wide.len() + 2) == Some(&[0, 0])
        };
        let record = self.directory.chunks_exact(128).find(is_it)?;
        Self::entry(record)
    }

    fn stream(&self, entry: Entry) -> Option<Vec<u8>> {
        let is_mini = entry.size < u64::from(self.mini_below);
        let next = if is_mini { &self.mini_next } else { &self.next };
        if Self::goes_round(entry.start, next) {
            return None;
        }
        let mut bytes = if entry.size < u64::from(self.mini_below) {
            let (mut at, mut seen, mut out) = (entry.start, HashSet::new(), Vec::new());
            while seen.insert(at) {
                let from = (at as usize).checked_mul(64)?;
                let Some(part) = self.mini.get(from..(from + 64).min(self.mini.len())) else {
                    break;
                };
                out.extend_from_slice(part);
                match self.mini_next.get(at as usize) {
                    Some(&n) => at = n,
                    None => break,
                }
            }
            out
        } else {
            self.chain(entry.start, &self.next)?
        };
        bytes.truncate(usize::try_from(entry.size).unwrap_or(usize::MAX));
        Some(bytes)
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes
        .chunks_exact(4)
        .filter_map(|b| b.try_into().ok().map(u32::from_le_bytes))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let part = bytes.get(at..at.checked_add(2)?)?;
    part.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(4)?)?;
    part.try_into().ok().map(u32::from_le_bytes)
}
