//! What gzip, zstd and bzip2 packed becomes bytes again, a block at a time.

use std::io::{self, Read};

use super::{Budget, Packing};
use crate::import::ImportError;
use crate::progress::Progress;

/// Bytes between two looks at the stop sign: a few milliseconds of the slowest decoder.
const BLOCK: usize = 256 << 10;
/// Reddit's dumps need windows of 2 GiB, the most that zstd has.
const LARGEST_WINDOW_LOG: u32 = 31;

/// What came out of a stream.
#[derive(Debug)]
pub(super) struct Poured {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The stream ended in an error after these bytes.
    pub cut_off: bool,
}

/// Unpacks `bytes`, all frames or members of them.
///
/// # Errors
/// [`ImportError::Damaged`] when nothing comes out, [`ImportError::TooMuchInside`], [`ImportError::Cancelled`].
pub(super) fn unpack(
    packing: Packing,
    file: &str,
    bytes: &[u8],
    budget: &mut Budget,
    progress: &Progress,
) -> Result<Poured, ImportError> {
    let damaged = |error: io::Error| ImportError::damaged("archive", &error, file);
    match packing {
        Packing::Gzip => pour(
            flate2::bufread::MultiGzDecoder::new(bytes),
            file,
            budget,
            progress,
        ),
        Packing::Bzip2 => pour(
            bzip2::bufread::MultiBzDecoder::new(bytes),
            file,
            budget,
            progress,
        ),
        _ => {
            let mut decoder = zstd::stream::read::Decoder::with_buffer(bytes).map_err(damaged)?;
            decoder
                .window_log_max(LARGEST_WINDOW_LOG)
                .map_err(damaged)?;
            pour(decoder, file, budget, progress)
        }
    }
}

/// Reads `from` to its end or to where it breaks.
///
/// # Errors
/// As [`unpack`].
pub(super) fn pour(
    mut from: impl Read,
    file: &str,
    budget: &mut Budget,
    progress: &Progress,
) -> Result<Poured, ImportError> {
    let mut bytes = Vec::new();
    let mut block = vec![0; BLOCK];
    loop {
        progress.check()?;
        match from.read(&mut block) {
            Ok(0) => {
                let cut_off = false;
                return Ok(Poured { bytes, cut_off });
            }
            Ok(n) => {
                budget.take(n as u64)?;
                bytes.extend_from_slice(block.get(..n).unwrap_or_default());
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if bytes.is_empty() => {
                return Err(ImportError::damaged("archive", &error, file));
            }
            Err(_broken) => {
                let cut_off = true;
                return Ok(Poured { bytes, cut_off });
            }
        }
    }
}

/// What the file inside is called: the name without the ending of its packing.
pub(super) fn name_inside(name: &str) -> &str {
    let own = name.rsplit_once("› ").map_or(name, |(_, own)| own);
    let own = own.rsplit('/').next().unwrap_or(own);
    let lower = own.to_ascii_lowercase();
    let endings = [".gz", ".zst", ".bz2", ".zstd", ".gzip"];
    match endings.iter().find(|ending| lower.ends_with(*ending)) {
        Some(ending) => own
            .get(..own.len() - ending.len())
            .filter(|rest| !rest.is_empty())
            .unwrap_or(own),
        None => own,
    }
}
