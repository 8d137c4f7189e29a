//! The only room that opens and saves files: read whole, written beside the target and renamed into place.

use std::collections::HashSet;
use std::fs;
#[cfg(unix)]
use std::io::Seek as _;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

#[cfg(unix)]
use rayon::prelude::*;

use crate::import::Source;
use crate::problem::Problem;

/// The largest file that is read at all, in bytes: beyond this the memory of common machines would not do.
const LARGEST_BYTES: u64 = 8 << 30;

/// The most files of one folder, those of folders inside included.
const MOST_FILES: usize = 10_000;

/// Bytes of one piece of a large file.
const PIECE: usize = 8 << 20;

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// Nothing is there.
    #[error("there is no such file")]
    Missing,
    /// A folder where a file was meant.
    #[error("this is a folder, not a file")]
    Folder,
    /// A device of the system or a socket.
    #[error("this is a device, not a file")]
    Device,
    /// A folder without any file to read.
    #[error("there is no file to read in this folder")]
    NoFiles,
    /// A folder with more files than are read.
    #[error("there are more than {0} files in this folder")]
    TooManyFiles(usize),
    /// Too large to be read.
    #[error("the file has {0} GB, more than can be read")]
    TooLarge(u64),
    /// The system does not let us read it.
    #[error("the file cannot be read ({0})")]
    Unreadable(io::Error),
    /// The folder to write into is not there.
    #[error("the folder to write into does not exist")]
    NoFolder,
    /// The system does not let us write there.
    #[error("the file cannot be written ({0})")]
    Unwritable(io::Error),
}

impl FileError {
    /// What the person can do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Missing => "Check the name and the folder",
            Self::Folder => "Choose a file inside it",
            Self::Device => "Choose the file that your monitoring tool exported",
            Self::NoFiles => "Choose the folder that holds the export",
            Self::TooManyFiles(_) => "Choose a folder inside it that holds the posts",
            Self::TooLarge(_) => "Export a shorter time range, or several files",
            Self::Unreadable(_) => "Check that you may read it and that the disk is still there",
            Self::NoFolder => "Make the folder first, or choose another one",
            Self::Unwritable(_) => "Choose a folder where you may write and that has room",
        }
    }

    fn about(self, path: &Path) -> Problem {
        Problem::new(self.to_string(), self.advice()).about(path.display().to_string())
    }
}

/// Reads a file whole.
///
/// # Errors
/// A [`Problem`] that names the file.
pub fn read(path: &Path) -> Result<Source, Problem> {
    read_bytes(path)
        .map_err(|error| error.about(path))
        .map(|bytes| Source {
            name: path.file_name().map_or_else(
                || path.display().to_string(),
                |name| name.to_string_lossy().into_owned(),
            ),
            bytes,
        })
}

/// Reads files, and of folders every file in them and in the folders below, by name. Hidden files are no part of an export
/// and stay out, as do links that lead back to a folder above. Files from a folder keep the folder in their name
/// ("export/posts.csv").
///
/// # Errors
/// A [`Problem`] that names the file or folder, also when a folder holds more than 10,000 files or 8 GiB.
pub fn read_all(paths: &[PathBuf]) -> Result<Vec<Source>, Problem> {
    let mut sources = Vec::new();
    for path in paths {
        if !path.is_dir() {
            sources.push(read(path)?);
            continue;
        }
        let mut found = Found::default();
        let name = path.file_name().map_or_else(
            || "folder".to_owned(),
            |name| name.to_string_lossy().into_owned(),
        );
        found.look_into(path, &name)?;
        if found.files.is_empty() {
            return Err(FileError::NoFiles.about(path));
        }
        let mut bytes_left = LARGEST_BYTES;
        for (path_of_file, name) in found.files {
            let bytes = read_bytes(&path_of_file).map_err(|error| error.about(&path_of_file))?;
            bytes_left = bytes_left
                .checked_sub(bytes.len() as u64)
                .ok_or_else(|| FileError::TooLarge(LARGEST_BYTES >> 30).about(path))?;
            sources.push(Source { name, bytes });
        }
    }
    Ok(sources)
}

/// The files of a folder.
#[derive(Debug, Default)]
struct Found {
    /// Where each is and what it is called.
    files: Vec<(PathBuf, String)>,
    /// The folders looked into, by their true place, so that no circle of links is walked twice.
    folders: HashSet<PathBuf>,
}

impl Found {
    fn look_into(&mut self, folder: &Path, name: &str) -> Result<(), Problem> {
        let unreadable = |error| FileError::Unreadable(error).about(folder);
        // Folders are walked from a list rather than by recursion: their depth is up to whoever made them.
        let mut waiting = vec![(folder.to_owned(), name.to_owned())];
        while let Some((folder, name)) = waiting.pop() {
            let place = fs::canonicalize(&folder).map_err(unreadable)?;
            if !self.folders.insert(place) {
                continue;
            }
            let mut entries = Vec::new();
            for entry in
                fs::read_dir(&folder).map_err(|e| FileError::Unreadable(e).about(&folder))?
            {
                let entry = entry.map_err(unreadable)?;
                entries.push((
                    entry.file_name().to_string_lossy().into_owned(),
                    entry.path(),
                ));
            }
            entries.retain(|(own, _)| !own.starts_with('.'));
            entries.sort();
            for (own, path) in entries {
                let name = format!("{name}/{own}");
                // A link that leads nowhere, a pipe, a device: nothing that an export holds.
                match fs::metadata(&path) {
                    Ok(about) if about.is_dir() => waiting.push((path, name)),
                    Ok(about) if about.is_file() => self.files.push((path, name)),
                    _ => {}
                }
                if self.files.len() > MOST_FILES || waiting.len() > MOST_FILES {
                    return Err(FileError::TooManyFiles(MOST_FILES).about(&folder));
                }
            }
        }
        self.files.sort_by(|a, b| a.1.cmp(&b.1));
        Ok(())
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    let about = fs::metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => FileError::Missing,
        _ => FileError::Unreadable(error),
    })?;
    if about.is_dir() {
        return Err(FileError::Folder);
    }
    if is_device(&about) {
        return Err(FileError::Device);
    }
    if about.len() > LARGEST_BYTES {
        return Err(FileError::TooLarge(about.len() >> 30));
    }
    if about.is_file() && about.len() >= 2 * PIECE as u64 {
        return read_pieces(path, about.len() as usize).map_err(FileError::Unreadable);
    }
    // Files shrink and grow while they are read, and pipes tell no length: what comes is what counts, up to the bound.
    let mut bytes = Vec::new();
    bytes
        .try_reserve_exact(about.len() as usize)
        .map_err(|error| FileError::Unreadable(error.into()))?;
    let file = fs::File::open(path).map_err(FileError::Unreadable)?;
    file.take(LARGEST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(FileError::Unreadable)?;
    if bytes.len() as u64 > LARGEST_BYTES {
        return Err(FileError::TooLarge(LARGEST_BYTES >> 30));
    }
    Ok(bytes)
}

/// Whether it is a device, which may go on for ever, or wait for somebody to type.
#[cfg(unix)]
fn is_device(about: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    let kind = about.file_type();
    kind.is_char_device() || kind.is_block_device() || kind.is_socket()
}

#[cfg(not(unix))]
fn is_device(_about: &fs::Metadata) -> bool {
    false
}

/// Reads a large file of about `len` bytes in pieces by all cores: most of the time goes into getting memory from the system,
/// which they can share. A file that shrinks meanwhile ends where it first has nothing more.
#[cfg(unix)]
fn read_pieces(path: &Path, len: usize) -> io::Result<Vec<u8>> {
    use std::os::unix::fs::FileExt as _;
    let mut file = fs::File::open(path)?;
    let mut bytes = vec![0; len];
    let read = |(i, piece): (usize, &mut [u8])| {
        let mut n = 0;
        while let Some(rest) = piece.get_mut(n..).filter(|rest| !rest.is_empty()) {
            match file.read_at(rest, (i * PIECE + n) as u64) {
                Ok(0) => break,
                Ok(more) => n += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok((i * PIECE + n, n == piece.len()))
    };
    let pieces: Vec<(usize, bool)> = bytes
        .par_chunks_mut(PIECE)
        .enumerate()
        .map(read)
        .collect::<io::Result<_>>()?;
    if let Some((end, _)) = pieces.into_iter().find(|(_, whole)| !whole) {
        bytes.truncate(end);
    } else {
        // What was added since.
        file.seek(io::SeekFrom::Start(len as u64))?;
        file.take(LARGEST_BYTES).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

#[cfg(not(unix))]
fn read_pieces(path: &Path, _len: usize) -> io::Result<Vec<u8>> {
    fs::read(path)
}

/// Writes a file whole: into a temporary file in the same folder, synced, then renamed over `path`. On an error `path` is
/// as it was before.
///
/// # Errors
/// A [`Problem`] that names the file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Problem> {
    prepare(path, bytes)
        .and_then(Ready::put_in_place)
        .map_err(|error| error.about(path))
}

/// Writes several files so that either all are there afterwards or, as far as the disk allows, none: everything is written
/// beside the targets first, and only when nothing can go wrong any more are they renamed.
///
/// # Errors
/// A [`Problem`] that names the file that could not be written; no target was touched then, unless a rename itself failed.
pub fn write_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), Problem> {
    let mut ready = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        ready.push((
            path,
            prepare(path, bytes).map_err(|error| error.about(path))?,
        ));
    }
    for (path, file) in ready {
        file.put_in_place().map_err(|error| error.about(path))?;
    }
    Ok(())
}

/// A file written beside its target.
struct Ready {
    file: tempfile::NamedTempFile,
    target: PathBuf,
}

impl Ready {
    fn put_in_place(self) -> Result<(), FileError> {
        self.file
            .persist(&self.target)
            .map_err(|error| FileError::Unwritable(error.error))?;
        // The new name is on disk only when the folder is. Some systems cannot sync a folder: then it comes by itself.
        #[cfg(unix)]
        if let Some(folder) = self.target.parent() {
            let folder = if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            };
            fs::File::open(folder).and_then(|f| f.sync_all()).ok();
        }
        Ok(())
    }
}

/// Looks whether `path` can be written, before long work is done for it. Writes nothing.
///
/// # Errors
/// A [`Problem`] that names the file.
pub fn check_target(path: &Path) -> Result<(), Problem> {
    writable(path).map(drop).map_err(|error| error.about(path))
}

/// Whether both paths lead to the same file, however they are written. False where one of them is not there.
pub fn is_same_file(a: &Path, b: &Path) -> bool {
    matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
}

/// The folder that `path` would be written into, if nothing speaks against it.
fn writable(path: &Path) -> Result<&Path, FileError> {
    let refused =
        |what| FileError::Unwritable(io::Error::new(io::ErrorKind::PermissionDenied, what));
    if path.is_dir() {
        return Err(FileError::Folder);
    }
    // A file or folder that was made read-only stays as it is, even for those whom the system would let through.
    if fs::metadata(path).is_ok_and(|about| about.permissions().readonly()) {
        return Err(refused("it is read-only"));
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match fs::metadata(folder) {
        Ok(about) if !about.is_dir() => Err(FileError::NoFolder),
        Ok(about) if about.permissions().readonly() => Err(refused("its folder is read-only")),
        Ok(_) => Ok(folder),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(FileError::NoFolder),
        Err(error) => Err(FileError::Unwritable(error)),
    }
}

fn prepare(path: &Path, bytes: &[u8]) -> Result<Ready, FileError> {
    let folder = writable(path)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".isthmus-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // The rights the file has already, or those of any new file; the system takes the user's mask off.
        let mode = fs::metadata(path).map_or(0o666, |about| about.permissions().mode());
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    let mut file = builder.tempfile_in(folder).map_err(FileError::Unwritable)?;
    file.write_all(bytes).map_err(FileError::Unwritable)?;
    file.as_file().sync_all().map_err(FileError::Unwritable)?;
    Ok(Ready {
        file,
        target: path.to_owned(),
    })
}

/// A folder where the program keeps what it keeps for the person: lists and projects in one, settings in another. May be none:
/// then nothing is kept, and keeping says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFolder {
    at: Option<PathBuf>,
    /// What names another one.
    variable: &'static str,
}

/// Names the folder of lists and projects.
const DATA: &str = "ISTHMUS_DATA_DIR";

/// Names the folder of settings.
const CONFIG: &str = "ISTHMUS_CONFIG_DIR";

impl DataFolder {
    /// This folder; made when something is first kept.
    pub fn at(folder: impl Into<PathBuf>) -> Self {
        Self {
            at: Some(folder.into()),
            variable: DATA,
        }
    }

    /// Where the system wants a program's own data; `ISTHMUS_DATA_DIR` overrides that.
    pub fn of_the_system() -> Self {
        Self::named_by(DATA, directories::ProjectDirs::data_dir)
    }

    /// Where the system wants a program's settings; `ISTHMUS_CONFIG_DIR` overrides that.
    pub fn of_settings() -> Self {
        Self::named_by(CONFIG, directories::ProjectDirs::config_dir)
    }

    fn named_by(
        variable: &'static str,
        of_the_system: fn(&directories::ProjectDirs) -> &Path,
    ) -> Self {
        let named = std::env::var_os(variable).filter(|folder| !folder.is_empty());
        let at = named.map(PathBuf::from).or_else(|| {
            let dirs = directories::ProjectDirs::from("", "", "isthmus")?;
            Some(of_the_system(&dirs).to_owned())
        });
        Self { at, variable }
    }

    /// Writes `bytes` to `name` inside the folder, making folders as needed; on disk when this returns.
    ///
    /// # Errors
    /// A [`Problem`] that names the file.
    pub fn keep(&self, name: &Path, bytes: &[u8]) -> Result<(), Problem> {
        write(&self.place(name)?, bytes)
    }

    /// Takes away what was kept under `name`, where there is anything.
    ///
    /// # Errors
    /// A [`Problem`] when the system does not let us.
    pub fn remove(&self, name: &Path) -> Result<(), Problem> {
        let Some(folder) = &self.at else {
            return Ok(());
        };
        let path = folder.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(FileError::Unwritable(error).about(&path))
            }
            _ => Ok(()),
        }
    }

    /// Where `name` is inside the folder; nothing is made. `None` where there is no such folder.
    pub fn path_of(&self, name: &Path) -> Option<PathBuf> {
        Some(self.at.as_ref()?.join(name))
    }

    /// Where `name` is inside the folder, whose folders are made as needed; for whoever keeps more than bytes there.
    ///
    /// # Errors
    /// As [`DataFolder::keep`].
    pub fn place(&self, name: &Path) -> Result<PathBuf, Problem> {
        let Some(folder) = &self.at else {
            return Err(Problem::new(
                "This system names no folder for what a program keeps",
                format!("Set {} to a folder where you may write", self.variable),
            ));
        };
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .map_err(|error| FileError::Unwritable(error).about(parent))?;
        }
        Ok(path)
    }

    /// The files in the folder `name` inside this folder, by name; none where there is no such folder.
    pub fn files_in(&self, name: &Path) -> Vec<PathBuf> {
        let folder = self
            .at
            .as_ref()
            .and_then(|folder| fs::read_dir(folder.join(name)).ok());
        let entries = folder.into_iter().flatten().filter_map(Result::ok);
        let mut files: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        files.sort_unstable();
        files
    }

    /// What [`DataFolder::keep`] kept under `name`; `None` when there is nothing.
    ///
    /// # Errors
    /// A [`Problem`] when it is there but cannot be read.
    pub fn kept(&self, name: &Path) -> Result<Option<Vec<u8>>, Problem> {
        let Some(folder) = &self.at else {
            return Ok(None);
        };
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(FileError::Unreadable(error).about(&path)),
        }
    }

    /// Puts what was kept under `name` aside as `name.damaged`, or `name.damaged-2` and so on where there is one already:
    /// untouched, and never overwritten. Returns where it is now.
    ///
    /// # Errors
    /// A [`Problem`] when the system does not let us.
    pub fn put_aside(&self, name: &Path) -> Result<PathBuf, Problem> {
        let Some(folder) = &self.at else {
            return Ok(name.to_owned());
        };
        let path = folder.join(name);
        let aside = (1..=u32::MAX)
            .map(|number| {
                let mut aside = path.clone().into_os_string();
                aside.push(".damaged");
                if number > 1 {
                    aside.push(format!("-{number}"));
                }
                PathBuf::from(aside)
            })
            .find(|aside| fs::symlink_metadata(aside).is_err())
            .expect("a folder holds fewer files than there are numbers");
        fs::rename(&path, &aside).map_err(|error| FileError::Unwritable(error).about(&path))?;
        Ok(aside)
    }
}

/// The most memory this process has used so far, in MB; `None` where the system does not tell.
pub fn peak_memory_mb() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024.0)
}
