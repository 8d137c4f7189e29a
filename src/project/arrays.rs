//! Large columns in the database: numbers and letters in parts, each packed with zstd and its checksum.

use rayon::prelude::*;
use rusqlite::{Connection, params};

/// Rows of numbers in one part: few enough that nobody waits long for the disk while one is written.
const ROWS_IN_PART: usize = 1 << 18;
/// Bytes of letters in one part, about.
pub(super) const BYTES_IN_PART: usize = 4 << 20;
/// No part unpacks to more than this, or than [`MOST_TIMES`] its packed size: a file may come from anybody.
const MOST_BYTES: usize = 64 << 20;
const MOST_TIMES: usize = 2000;
/// How hard zstd tries: letters shrink to a third, and it is several times faster than the disk.
const LEVEL: i32 = 3;

/// One part of a column, packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) number: u32,
    /// Rows in it; of letters: bytes.
    pub(super) n: u64,
    pub(super) data: Vec<u8>,
}

/// A number of fixed width, little end first.
pub(super) trait Plain: Copy + Send + Sync {
    /// Bytes of one.
    const WIDTH: usize;
    fn put(self, out: &mut Vec<u8>);
    /// From [`Plain::WIDTH`] bytes.
    fn get(bytes: &[u8]) -> Self;
}

macro_rules! plain {
    ($($number:ty),*) => { $(
        impl Plain for $number {
            const WIDTH: usize = size_of::<$number>();
            fn put(self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            fn get(bytes: &[u8]) -> Self {
                let mut number = [0; size_of::<$number>()];
                number.copy_from_slice(bytes);
                Self::from_le_bytes(number)
            }
        }
    )* };
}

plain!(u8, u16, u32, i64, f32, f64);

impl Plain for [f32; 2] {
    const WIDTH: usize = 8;
    fn put(self, out: &mut Vec<u8>) {
        self[0].put(out);
        self[1].put(out);
    }
    fn get(bytes: &[u8]) -> Self {
        let (x, y) = bytes.split_at(4);
        [f32::get(x), f32::get(y)]
    }
}

/// `values` as parts of the column `name`.
pub(super) fn pack<T: Plain>(name: &str, values: &[T]) -> Vec<Part> {
    let pieces: Vec<&[T]> = values.chunks(ROWS_IN_PART).collect();
    let packed = pieces.par_iter().enumerate().map(|(part, piece)| {
        let mut raw = Vec::with_capacity(piece.len() * T::WIDTH);
        piece.iter().for_each(|value| value.put(&mut raw));
        packed(name, part as u32, piece.len() as u64, &raw)
    });
    packed.collect()
}

/// Strings as two columns: `name/len`, where `u32::MAX` says that there is none, and `name/text`, one behind the other.
pub(super) fn pack_strings<'a>(
    name: &str,
    strings: impl Iterator<Item = Option<&'a str>>,
) -> Vec<Part> {
    let (mut lens, mut text) = (Vec::new(), Vec::new());
    for string in strings {
        lens.push(string.map_or(u32::MAX, |s| s.len() as u32));
        text.extend_from_slice(string.unwrap_or_default().as_bytes());
    }
    let mut parts = pack(&format!("{name}/len"), &lens);
    let name = format!("{name}/text");
    let pieces: Vec<&[u8]> = text.chunks(BYTES_IN_PART).collect();
    let texts = pieces.par_iter().enumerate();
    parts.par_extend(
        texts.map(|(part, piece)| packed(&name, part as u32, piece.len() as u64, piece)),
    );
    parts
}

/// One part of raw bytes.
pub(super) fn packed(name: &str, part: u32, n: u64, raw: &[u8]) -> Part {
    let data = pack_bytes(raw).expect("packing into memory knows no disk and no limits");
    Part {
        name: name.to_owned(),
        number: part,
        n,
        data,
    }
}

fn pack_bytes(raw: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = zstd::bulk::Compressor::new(LEVEL)?;
    packer.set_parameter(zstd::zstd_safe::CParameter::ChecksumFlag(true))?;
    packer.compress(raw)
}

/// The bytes of a part; `None` where it is damaged or claims too much.
pub(super) fn unpacked(data: &[u8]) -> Option<Vec<u8>> {
    let claimed = zstd::zstd_safe::get_frame_content_size(data)
        .ok()
        .flatten()?;
    let claimed = usize::try_from(claimed).ok()?;
    if claimed > MOST_BYTES.max(data.len().saturating_mul(MOST_TIMES)) {
        return None;
    }
    let raw = zstd::bulk::decompress(data, claimed).ok()?;
    (raw.len() == claimed).then_some(raw)
}

/// Puts parts into the database.
pub(super) fn put(db: &Connection, parts: &[Part]) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT OR REPLACE INTO array (name, part, n, data) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for part in parts {
        insert.execute(params![part.name, part.number, part.n as i64, part.data])?;
    }
    Ok(())
}

/// Takes the columns whose names begin with `start` out of the database.
pub(super) fn remove(db: &Connection, start: &str) -> rusqlite::Result<()> {
    let mut delete =
        db.prepare_cached("DELETE FROM array WHERE substr(name, 1, length(?1)) = ?1")?;
    delete.execute([start]).map(drop)
}

/// The parts of a column as they stand in the database, in order: rows and packed bytes. `None` where one is missing.
pub(super) fn parts(db: &Connection, name: &str) -> Option<Vec<(u64, Vec<u8>)>> {
    let mut select = db
        .prepare_cached("SELECT part, n, data FROM array WHERE name = ?1 ORDER BY part")
        .ok()?;
    let rows = select.query_map([name], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, Vec<u8>>(2)?,
        ))
    });
    let mut parts = Vec::new();
    for row in rows.ok()? {
        let (part, n, data) = row.ok()?;
        if part != parts.len() as i64 {
            return None;
        }
        parts.push((u64::try_from(n).ok()?, data));
    }
    Some(parts)
}

/// A column of numbers; `None` where it is damaged or not there. An empty column has no parts, so it cannot be told from one that
/// is not there: whoever asks knows how long it must be.
pub(super) fn numbers<T: Plain>(db: &Connection, name: &str) -> Option<Vec<T>> {
    let parts = parts(db, name)?;
    let read: Option<Vec<Vec<T>>> = parts
        .par_iter()
        .map(|(n, data)| decoded(*n, data))
        .collect();
    Some(read?.concat())
}

/// The numbers of one part.
pub(super) fn decoded<T: Plain>(n: u64, data: &[u8]) -> Option<Vec<T>> {
    let raw = unpacked(data)?;
    if raw.len() as u64 != n.checked_mul(T::WIDTH as u64)? {
        return None;
    }
    Some(raw.chunks_exact(T::WIDTH).map(T::get).collect())
}

/// Strings that were packed by [`pack_strings`].
pub(super) struct Strings {
    lens: Vec<u32>,
    text: String,
}

impl Strings {
    pub(super) fn read(db: &Connection, name: &str) -> Option<Self> {
        let lens: Vec<u32> = numbers(db, &format!("{name}/len"))?;
        let parts = parts(db, &format!("{name}/text"))?;
        let read: Option<Vec<Vec<u8>>> = parts.par_iter().map(|(_, data)| unpacked(data)).collect();
        let text = String::from_utf8(read?.concat()).ok()?;
        let strings = Self { lens, text };
        let mut at = 0usize;
        for len in strings.lens.iter().filter(|len| **len != u32::MAX) {
            at = at.checked_add(*len as usize)?;
            if !strings.text.is_char_boundary(at) {
                return None;
            }
        }
        (at == strings.text.len()).then_some(strings)
    }

    /// Each string, or none, in order.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = Option<&str>> {
        let mut at = 0usize;
        self.lens.iter().map(move |&len| {
            if len == u32::MAX {
                return None;
            }
            let from = at;
            at += len as usize;
            self.text.get(from..at)
        })
    }
}
