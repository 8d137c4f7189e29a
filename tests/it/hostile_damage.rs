//! Damaged copies of every sample: whatever happens to a file, each of its rows is used, a duplicate, or left out.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use super::hostile::{fixtures, noise, try_it, zipped};

/// Damaged copies made of each sample in each way.
const COPIES: u64 = 6;

/// Numbers that look like chance but are the same in every run.
struct Chance(u64);

impl Chance {
    /// A number below `n`, or 0.
    fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

/// One way of damaging bytes.
type Damage = fn(&[u8], &mut Chance) -> Vec<u8>;

const WAYS: [Damage; 6] = [
    flipped,
    cut_out,
    cut_off,
    row_twice,
    garbage_between,
    rows_swapped,
];

/// Signs that mean something to some reader.
const SIGNS: &[u8] = b"\0\"',;\t\n{}[]<>&\\-9@";

/// Some bytes are others.
fn flipped(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    for _ in 0..=chance.below(12) {
        let at = chance.below(copy.len());
        let other = if chance.below(2) == 0 {
            chance.below(256) as u8
        } else {
            SIGNS[chance.below(SIGNS.len())]
        };
        if let Some(byte) = copy.get_mut(at) {
            *byte = other;
        }
    }
    copy
}

/// A piece is missing in the middle.
fn cut_out(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let from = chance.below(bytes.len());
    let to = (from + chance.below(300)).min(bytes.len());
    [&bytes[..from], &bytes[to..]].concat()
}

/// The end is missing.
fn cut_off(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    bytes[..chance.below(bytes.len())].to_vec()
}

/// Where a line begins, by chance.
fn line_start(bytes: &[u8], chance: &mut Chance) -> usize {
    let at = chance.below(bytes.len());
    bytes[at..]
        .iter()
        .position(|b| *b == b'\n')
        .map_or(0, |n| at + n + 1)
}

/// One line, with its end.
fn line_at(bytes: &[u8], from: usize) -> &[u8] {
    let rest = &bytes[from..];
    let end = rest.iter().position(|b| *b == b'\n');
    &rest[..end.map_or(rest.len(), |n| n + 1)]
}

/// Some rows stand there twice.
fn row_twice(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    for _ in 0..3 {
        let from = line_start(&copy, chance);
        let line = line_at(&copy, from).to_vec();
        let to = line_start(&copy, chance);
        copy.splice(to..to, line);
    }
    copy
}

/// Rows that mean nothing stand between the others.
fn garbage_between(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    for _ in 0..3 {
        let to = line_start(&copy, chance);
        let mut row = match chance.below(5) {
            0 => noise(40, chance.0),
            1 => b",;\t,,\"".to_vec(),
            2 => b"total,1,2,3,4,5,6,7,8,9".to_vec(),
            3 => b"{\"x\":[1,{}]},".to_vec(),
            _ => b"0 -1 99999999999 NaN".to_vec(),
        };
        row.push(b'\n');
        copy.splice(to..to, row);
    }
    copy
}

/// Two rows have changed places.
fn rows_swapped(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut copy = bytes.to_vec();
    let from = line_start(&copy, chance);
    let line = line_at(&copy, from).to_vec();
    copy.drain(from..from + line.len());
    let to = line_start(&copy, chance);
    copy.splice(to..to, line);
    copy
}

fn samples() -> Vec<PathBuf> {
    let mut all = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    fixtures(&folder, &mut all);
    assert!(all.len() > 15);
    all
}

fn name_of(path: &Path) -> String {
    let name = path.file_name().expect("a file");
    name.to_string_lossy().into_owned()
}

#[test]
fn no_row_of_a_damaged_sample_is_lost() {
    let mut read = 0;
    for (i, path) in samples().iter().enumerate() {
        let bytes = fs::read(path).expect("a fixture");
        for (way, damage) in WAYS.iter().enumerate() {
            for copy in 0..COPIES {
                let mut chance = Chance(((i as u64) << 16) | ((way as u64) << 8) | copy);
                let damaged = damage(&bytes, &mut chance);
                let name = name_of(path);
                read += u64::from(try_it(&name, &damaged).is_ok());
            }
        }
    }
    // Most damage is small: a reader that refused everything would lose no row either.
    assert!(read > 500, "{read}");
}

#[test]
fn no_row_of_a_damaged_sheet_is_lost() {
    let packed = |p: &PathBuf| p.extension().is_some_and(|e| e == "xlsx" || e == "ods");
    let mut read = 0;
    for path in samples().into_iter().filter(packed) {
        let bytes = fs::read(&path).expect("a fixture");
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook");
        let mut parts = Vec::new();
        for i in 0..archive.len() {
            let mut part = archive.by_index(i).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("its bytes");
            let name = part.name().expect("a name").into_owned();
            parts.push((name, content));
        }
        for damaged_part in 0..parts.len() {
            for copy in 0..8 {
                let mut chance = Chance(((damaged_part as u64) << 8) | copy);
                let way = WAYS[copy as usize % 3];
                let members: Vec<(&str, Vec<u8>)> = parts
                    .iter()
                    .enumerate()
                    .map(|(i, (name, content))| {
                        let content = if i == damaged_part {
                            way(content, &mut chance)
                        } else {
                            content.clone()
                        };
                        (name.as_str(), content)
                    })
                    .collect();
                let members: Vec<(&str, &[u8])> =
                    members.iter().map(|(n, c)| (*n, c.as_slice())).collect();
                read += u64::from(try_it(&name_of(&path), &zipped(&members)).is_ok());
            }
        }
    }
    assert!(read > 20, "{read}");
}

/// What once went wrong: each file in `tests/fixtures/hostile` was found by a fuzz target or by hand.
#[test]
fn what_once_went_wrong_stays_mended() {
    let mut all = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/hostile");
    fixtures(&folder, &mut all);
    assert!(!all.is_empty());
    for path in all {
        drop(try_it(
            &name_of(&path),
            &fs::read(&path).expect("a fixture"),
        ));
    }
}
