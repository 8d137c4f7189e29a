//! One window at a time: who works on a project file holds a lock beside it, which the system lets go when a program ends.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::ProjectError;

/// The right to write a project file. While it lives, no other program gets it.
#[derive(Debug)]
pub struct Held {
    /// Locked; the system lets go of it when the program ends, however that is.
    _file: File,
    lock: PathBuf,
    /// The lock lay there already: whoever had it ended without closing the project.
    was_left: bool,
}

impl Held {
    /// Takes the lock of the project at `path`.
    ///
    /// # Errors
    /// [`ProjectError::InUse`] when somebody else has it, [`ProjectError::Unwritable`] where none can be made.
    pub fn take(path: &Path) -> Result<Self, ProjectError> {
        let lock = lock_of(path);
        let was_left = fs::symlink_metadata(&lock).is_ok();
        let mut options = File::options();
        let file = options.create(true).truncate(false).write(true).open(&lock);
        let file = file.map_err(ProjectError::Unwritable)?;
        match file.try_lock() {
            Ok(()) => Ok(Self {
                _file: file,
                lock,
                was_left,
            }),
            Err(TryLockError::WouldBlock) => Err(ProjectError::InUse),
            Err(TryLockError::Error(error)) => Err(ProjectError::Unwritable(error)),
        }
    }

    /// Whether the program that had the project open before ended unexpectedly.
    pub fn was_left(&self) -> bool {
        self.was_left
    }

    /// Whether the project at `path` was left by a program that ended unexpectedly, and nobody has it open now. Takes nothing.
    pub fn is_left(path: &Path) -> bool {
        let lock = lock_of(path);
        fs::symlink_metadata(&lock).is_ok()
            && File::options()
                .write(true)
                .open(&lock)
                .is_ok_and(|file| file.try_lock().is_ok())
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Gone before it is let go: whoever finds it finds it locked. Where it cannot be removed, the next one asks once too often.
        fs::remove_file(&self.lock).ok();
    }
}

/// Where the lock of the project at `path` lies.
pub fn lock_of(path: &Path) -> PathBuf {
    beside(path, ".", ".lock")
}

/// Where the copy lies that is made before a project of version `version` is brought up to date.
pub fn backup_of(path: &Path, version: i32) -> PathBuf {
    beside(path, "", &format!(".version-{version}"))
}

/// The files that the database keeps beside the one at `path` while it is open.
pub(super) fn companions(path: &Path) -> [PathBuf; 2] {
    [beside(path, "", "-wal"), beside(path, "", "-shm")]
}

/// Takes away what the database kept beside the file at `path`, which nobody has open.
pub(super) fn remove_companions(path: &Path) -> io::Result<()> {
    for companion in companions(path) {
        match fs::remove_file(&companion) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn beside(path: &Path, before: &str, after: &str) -> PathBuf {
    let mut name = OsString::from(before);
    name.push(path.file_name().unwrap_or_default());
    name.push(after);
    path.with_file_name(name)
}
