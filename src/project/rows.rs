//! Rows of what people edit, each with a sum over its cells, so that a changed bit is found where the database sees none.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, ToSql, params_from_iter};
use serde::de::DeserializeOwned;

/// The cells of a row, without its place and its sum.
pub(super) type Row = Vec<Value>;

/// A table of rows by place, from 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: &'static [&'static str],
}

impl Table {
    /// Writes the row at `place`.
    pub(super) fn put(self, db: &Connection, place: usize, row: &Row) -> rusqlite::Result<()> {
        let marks: Vec<String> = (1..=self.columns.len() + 2)
            .map(|i| format!("?{i}"))
            .collect();
        let sql = format!(
            "INSERT OR REPLACE INTO {} (place, {}, sum) VALUES ({})",
            self.name,
            self.columns.join(", "),
            marks.join(", ")
        );
        let (place, sum) = (place as i64, sum_of(place as i64, row));
        let cells = row.iter().map(|cell| cell as &dyn ToSql);
        let ends = [&place as &dyn ToSql, &sum as &dyn ToSql];
        let all = [ends[0]].into_iter().chain(cells).chain([ends[1]]);
        db.prepare_cached(&sql)?
            .execute(params_from_iter(all))
            .map(drop)
    }

    /// Takes the rows from `place` on out.
    pub(super) fn cut(self, db: &Connection, place: usize) -> rusqlite::Result<()> {
        let sql = format!("DELETE FROM {} WHERE place >= ?1", self.name);
        db.prepare_cached(&sql)?.execute([place as i64]).map(drop)
    }

    /// Puts `now` in the place of `before`, which is what stands there: only rows that are not the same are written.
    pub(super) fn change(
        self,
        db: &Connection,
        before: &[Row],
        now: &[Row],
    ) -> rusqlite::Result<()> {
        for (place, row) in now.iter().enumerate() {
            if before.get(place) != Some(row) {
                self.put(db, place, row)?;
            }
        }
        if now.len() < before.len() {
            self.cut(db, now.len())?;
        }
        Ok(())
    }

    /// Every row that is whole, in order, and how many are damaged or missing.
    pub(super) fn read(self, db: &Connection) -> (Vec<Row>, u64) {
        let sql = format!(
            "SELECT place, {}, sum FROM {} ORDER BY place",
            self.columns.join(", "),
            self.name
        );
        let (mut rows, mut n_lost, mut next) = (Vec::new(), 0u64, 0i64);
        let Ok(mut select) = db.prepare(&sql) else {
            return (rows, 1);
        };
        let Ok(mut cursor) = select.query([]) else {
            return (rows, 1);
        };
        loop {
            let row = match cursor.next() {
                Ok(Some(row)) => row,
                Ok(None) => break,
                Err(_) => {
                    n_lost += 1;
                    break;
                }
            };
            let place: i64 = row.get(0).unwrap_or(-1);
            let width = self.columns.len();
            let cells: rusqlite::Result<Row> = (1..=width).map(|i| row.get(i)).collect();
            let sum: i64 = row.get(width + 1).unwrap_or_default();
            n_lost += u64::try_from(place.saturating_sub(next))
                .unwrap_or(0)
                .min(1);
            next = place.saturating_add(1);
            match cells {
                Ok(cells) if sum == sum_of(place, &cells) => rows.push(cells),
                _ => n_lost += 1,
            }
        }
        (rows, n_lost)
    }
}

/// Writes a value of the table `about`.
pub(super) fn tell(db: &Connection, name: &str, value: &str) -> rusqlite::Result<()> {
    let sum = about_sum(name, value);
    let mut put =
        db.prepare_cached("INSERT OR REPLACE INTO about (name, value, sum) VALUES (?1, ?2, ?3)")?;
    put.execute(rusqlite::params![name, value, sum]).map(drop)
}

/// Takes a value out of the table `about`.
pub(super) fn untell(db: &Connection, name: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM about WHERE name = ?1", [name])
        .map(drop)
}

/// What a value of the table `about` is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// This.
    Value(String),
    /// There is none.
    Nothing,
    /// It cannot be read, or has changed since it was written.
    Damaged,
}

impl Told {
    pub(super) fn value(self) -> Option<String> {
        match self {
            Self::Value(value) => Some(value),
            Self::Nothing | Self::Damaged => None,
        }
    }
}

/// The value with this name. The few rows are gone through: where a bit of the index over them has changed, a row that is there would
/// not be found, and the checks of the database's pages do not see that.
pub(super) fn told(db: &Connection, name: &str) -> Told {
    let row = db.query_row(
        "SELECT value, sum FROM about NOT INDEXED WHERE name = ?1",
        [name],
        |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)),
    );
    match row.optional() {
        Ok(Some((value, sum))) if sum == about_sum(name, &value) => Told::Value(value),
        Ok(None) => Told::Nothing,
        _ => Told::Damaged,
    }
}

/// The value with this name; where it is damaged or missing, that is told as `what`.
pub(super) fn told_or_damage(
    db: &Connection,
    name: &str,
    what: &str,
    damage: &mut Vec<String>,
) -> Option<String> {
    let found = told(db, name);
    if found == Told::Damaged || found == Told::Nothing {
        damage.push(format!("{what} could not be read"));
    }
    found.value()
}

/// The value that `text` holds, where it is one.
pub(super) fn from_json<T: DeserializeOwned>(text: Option<String>) -> Option<T> {
    serde_json::from_str(&text?).ok()
}

/// How many values of the table `about` are damaged, their names included.
pub(super) fn n_damaged(db: &Connection) -> u64 {
    let Ok(mut select) = db.prepare("SELECT name, value, sum FROM about") else {
        return 1;
    };
    let rows = select.query_map([], |row| {
        let (name, value): (String, String) = (row.get(0)?, row.get(1)?);
        Ok(row.get::<_, i64>(2)? == about_sum(&name, &value))
    });
    let Ok(rows) = rows else { return 1 };
    rows.filter(|is_right| !matches!(is_right, Ok(true)))
        .count() as u64
}

fn about_sum(name: &str, value: &str) -> i64 {
    sum_of(
        0,
        &vec![Value::Text(name.to_owned()), Value::Text(value.to_owned())],
    )
}

/// The 64-bit FNV-1a hash of a row, as `docs/project-file.md` tells it: of the place, then of each cell a letter for its type and its
/// bytes, with the length before those of a text.
#[allow(clippy::ptr_arg, reason = "a row is what is summed")]
pub(super) fn sum_of(place: i64, row: &Row) -> i64 {
    let mut hash = Fnv::new();
    hash.add(&place.to_le_bytes());
    for cell in row {
        match cell {
            Value::Null => hash.add(b"n"),
            Value::Integer(number) => {
                hash.add(b"i");
                hash.add(&number.to_le_bytes());
            }
            Value::Real(number) => {
                hash.add(b"r");
                hash.add(&number.to_bits().to_le_bytes());
            }
            Value::Text(text) => {
                hash.add(b"t");
                hash.add(&(text.len() as u64).to_le_bytes());
                hash.add(text.as_bytes());
            }
            Value::Blob(bytes) => {
                hash.add(b"b");
                hash.add(&(bytes.len() as u64).to_le_bytes());
                hash.add(bytes);
            }
        }
    }
    hash.0 as i64
}

struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
