//! The tables of a project file, their version, and how older files become this version.

use rusqlite::{Connection, Transaction};

/// Says in the header of the database that it is a project of this program: "Isth" in ASCII.
pub const APPLICATION_ID: i32 = 0x4973_7468;

/// The version of the tables that this program writes; it reads this one and earlier ones.
pub const VERSION: i32 = 1;

/// The tables of [`VERSION`]. What they mean is told in `docs/project-file.md`. Every row of what people edit ends with `sum`, by
/// which damage is found that the database itself does not see.
pub(super) const TABLES: &str = "
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE array (name TEXT NOT NULL, part INTEGER NOT NULL, n INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (name, part));
CREATE TABLE layout (number INTEGER PRIMARY KEY, base INTEGER, sum INTEGER NOT NULL);
CREATE TABLE entry (place INTEGER PRIMARY KEY, person TEXT NOT NULL, name TEXT NOT NULL, status TEXT NOT NULL, note TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE look (place INTEGER PRIMARY KEY, member TEXT NOT NULL, name TEXT, colour INTEGER, sum INTEGER NOT NULL);
CREATE TABLE joined (place INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE hidden (place INTEGER PRIMARY KEY, member TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE pin (place INTEGER PRIMARY KEY, person TEXT NOT NULL, x REAL NOT NULL, y REAL NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE selection (place INTEGER PRIMARY KEY, slot INTEGER NOT NULL, person TEXT NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE step (place INTEGER PRIMARY KEY, words TEXT NOT NULL, done TEXT NOT NULL, back TEXT NOT NULL, undone INTEGER NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE log (place INTEGER PRIMARY KEY, at INTEGER NOT NULL, what TEXT NOT NULL, seconds REAL, sum INTEGER NOT NULL);
";

/// Makes the tables of a new file.
pub(super) fn create(db: &Connection) -> rusqlite::Result<()> {
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    db.pragma_update(None, "user_version", VERSION)?;
    db.execute_batch(TABLES)
}

/// Brings the tables from version `from` to [`VERSION`], step by step.
pub(super) fn migrate(changes: &Transaction<'_>, from: i32) -> rusqlite::Result<()> {
    for version in from..VERSION {
        // There is no earlier version yet: the first step will stand here, as `1 => …`.
        debug_assert!(version >= 1, "version {version} was never written");
    }
    changes.pragma_update(None, "user_version", VERSION)
}
