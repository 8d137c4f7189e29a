//! Bytes become text: byte order marks, UTF-16 without one, UTF-8, and older encodings by their look.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::error::{Foreign, ImportError};
use crate::progress::{Cancelled, Progress};

/// The text of a file and how it was written.
#[derive(Debug, Clone)]
pub(super) struct Decoded<'a> {
    /// The text, without byte order mark and NULs.
    pub text: Cow<'a, str>,
    /// The encoding in words.
    pub encoding: &'static str,
    /// Whether some bytes were no text in that encoding and became U+FFFD.
    pub damaged: bool,
}

/// How many bytes the guess of the encoding looks at.
const LOOK_AT: usize = 1 << 20;

/// Bytes that are decoded at a time.
const PIECE: usize = 1 << 20;

/// Decodes a whole file.
///
/// # Errors
/// [`ImportError::Empty`], [`ImportError::NotText`] and [`ImportError::Cancelled`].
pub(super) fn decode<'a>(
    bytes: &'a [u8],
    file: &str,
    progress: &Progress,
) -> Result<Decoded<'a>, ImportError> {
    let not_text = |what| ImportError::NotText {
        what,
        file: file.to_owned(),
    };
    let empty = || ImportError::Empty {
        file: file.to_owned(),
    };
    if bytes.is_empty() {
        return Err(empty());
    }
    if let Some(what) = by_signature(bytes) {
        return Err(not_text(what));
    }
    let has_nul = |bytes| memchr::memchr(0, bytes).is_some();
    let (decoded, nul) = rayon::join(|| decoded(bytes, progress), || has_nul(bytes));
    let mut decoded = decoded?;
    // Each sign of UTF-16 may hold a NUL byte and be none.
    if nul && has_nul(decoded.text.as_bytes()) {
        decoded.text = Cow::Owned(decoded.text.replace('\0', ""));
    }
    let start: String = decoded.text.chars().take(4096).collect();
    if start.trim().is_empty() && decoded.text.trim().is_empty() {
        return Err(empty());
    }
    let controls = start
        .chars()
        .filter(|c| (c.is_control() && !matches!(c, '\t' | '\r' | '\n')) || *c == '\u{fffd}')
        .count();
    if controls * 10 > start.chars().count() {
        return Err(not_text(Foreign::Bytes));
    }
    match by_first_words(&start) {
        Some(what) => Err(not_text(what)),
        None => Ok(decoded),
    }
}

/// Formats that begin with bytes of their own, as far as `bytes`, the beginning of a file, tell.
pub(super) fn by_signature(bytes: &[u8]) -> Option<Foreign> {
    const SIGNATURES: [(&[u8], Foreign); 23] = [
        (b"\x89PNG", Foreign::Picture),
        (b"\xff\xd8\xff", Foreign::Picture),
        (b"GIF8", Foreign::Picture),
        (b"II*\0", Foreign::Picture),
        (b"MM\0*", Foreign::Picture),
        (b"%PDF-", Foreign::Picture),
        (b"ID3", Foreign::Picture),
        (b"OggS", Foreign::Picture),
        (b"RIFF", Foreign::Picture),
        (b"\0\0\x01\0", Foreign::Picture),
        (b"\xd0\xcf\x11\xe0", Foreign::Workbook),
        (b"\x1f\x8b", Foreign::Archive),
        (b"BZh", Foreign::Archive),
        (b"\x28\xb5\x2f\xfd", Foreign::Archive),
        (b"\xfd7zXZ", Foreign::Archive),
        (b"7z\xbc\xaf", Foreign::Archive),
        (b"Rar!", Foreign::Archive),
        (b"PAR1", Foreign::Database),
        (b"ARROW1", Foreign::Database),
        (b"FEA1", Foreign::Database),
        (b"SQLite format 3", Foreign::Database),
        (b"\x7fELF", Foreign::Bytes),
        (b"MZ\x90\0", Foreign::Bytes),
    ];
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let start = bytes.get(..bytes.len().min(8192)).unwrap_or_default();
        let names = [
            &b"xl/"[..],
            b"[Content_Types].xml",
            b"opendocument.spreadsheet",
        ];
        let is_workbook = names
            .iter()
            .any(|name| start.windows(name.len()).any(|w| w == *name));
        return Some(if is_workbook {
            Foreign::Workbook
        } else {
            Foreign::Archive
        });
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(Foreign::Archive);
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(Foreign::Picture);
    }
    SIGNATURES
        .iter()
        .find(|(start, _)| bytes.starts_with(start))
        .map(|(_, what)| *what)
}

/// True when `text` begins with a JSON list and goes on with nothing or another value, as no row of a table does.
fn is_values(text: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    let is_list = text.starts_with('[') && matches!(values.next(), Some(Ok(_)));
    let rest = text.get(values.byte_offset()..).unwrap_or_default();
    let next = rest.trim_start().chars().next();
    is_list && matches!(next, None | Some('[' | '{'))
}

/// Formats that are text, but no table.
fn by_first_words(start: &str) -> Option<Foreign> {
    let bare = start.trim_start();
    if let Some(rest) = bare.strip_prefix(['{', '[']) {
        let next = rest.trim_start().chars().next();
        let is_json = matches!(next, None | Some('{' | '[' | ']' | '}'))
            || (next == Some('"')
                && (bare.starts_with('[') || rest.contains("\":") || rest.contains("\" :")))
            || is_values(bare);
        return is_json.then_some(Foreign::Json);
    }
    let lower = bare
        .get(..bare.len().min(400))
        .unwrap_or(bare)
        .to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|w| lower.starts_with(w));
    if begins(&["<?xml", "<graphml", "<gexf", "<!doctype", "<html"]) {
        let graph =
            lower.contains("<gexf") || lower.contains("<graphml") || lower.contains("graphdrawing");
        return Some(if graph {
            Foreign::Graph
        } else {
            Foreign::Markup
        });
    }
    let first_line = lower.lines().next().unwrap_or_default().trim();
    let is_dot = (first_line.starts_with("digraph")
        || first_line.starts_with("graph")
        || first_line.starts_with("strict "))
        && first_line.ends_with('{');
    let is_gml = (first_line.starts_with("graph") || first_line.starts_with("creator "))
        && lower.contains("graph")
        && lower.contains('[')
        && lower.contains("node");
    let is_graph = is_dot
        || is_gml
        || begins(&[
            "nodedef>",
            "*vertices",
            "*network",
            "%%matrixmarket",
            "*node data",
            "*tie data",
        ])
        || (first_line.starts_with("dl ") && first_line.contains('='));
    is_graph.then_some(Foreign::Graph)
}

/// The text of bytes that are known to be text. NULs stay.
pub(super) fn as_text(bytes: &[u8]) -> Decoded<'_> {
    decoded(bytes, &Progress::new()).expect("nobody cancels this")
}

fn decoded<'a>(bytes: &'a [u8], progress: &Progress) -> Result<Decoded<'a>, Cancelled> {
    // What most files are is checked first, by all the width the processor has.
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let utf16 = utf16_without_mark(bytes);
    if utf16.is_none()
        && let Ok(text) = simdutf8::basic::from_utf8(unmarked)
    {
        return Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: "UTF-8",
            damaged: false,
        });
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return with(encoding, bytes, progress);
    }
    if let Some(encoding) = utf16 {
        return with(encoding, bytes, progress);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: "UTF-8",
            damaged: false,
        }),
        Err(error) if mostly_utf8(bytes, error.valid_up_to()) => with(UTF_8, bytes, progress),
        Err(error) => {
            // What decides stands round the first byte beyond ASCII, which may be far into a large file.
            let from = error.valid_up_to().saturating_sub(LOOK_AT / 2);
            let part = bytes
                .get(from..bytes.len().min(from + LOOK_AT))
                .unwrap_or(bytes);
            let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
            detector.feed(part, true);
            with(detector.guess(None, Utf8Detection::Deny), bytes, progress)
        }
    }
}

/// The encoding of text that is read elsewhere, in words.
pub(super) fn encoding_of(bytes: &[u8]) -> &'static str {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    match marked.or_else(|| utf16_without_mark(bytes)) {
        Some(encoding) => in_words(encoding),
        None => "UTF-8",
    }
}

fn in_words(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "UTF-16LE" => "UTF-16 LE",
        "UTF-16BE" => "UTF-16 BE",
        "windows-1252" => "Windows-1252",
        name => name,
    }
}

/// Decodes piece by piece, so that cancelling is quick in large files too.
fn with(
    encoding: &'static Encoding,
    bytes: &[u8],
    progress: &Progress,
) -> Result<Decoded<'static>, Cancelled> {
    let mut decoder = encoding.new_decoder();
    let mut text = String::with_capacity(bytes.len());
    let mut damaged = false;
    for piece in bytes.chunks(PIECE) {
        progress.check()?;
        text.reserve(decoder.max_utf8_buffer_length(piece.len()).unwrap_or(0));
        damaged |= decoder.decode_to_string(piece, &mut text, false).2;
    }
    text.reserve(decoder.max_utf8_buffer_length(0).unwrap_or(0));
    damaged |= decoder.decode_to_string(&[], &mut text, true).2;
    Ok(Decoded {
        text: Cow::Owned(text),
        encoding: match decoder.encoding().name() {
            "UTF-16LE" => "UTF-16 LE",
            "UTF-16BE" => "UTF-16 BE",
            "windows-1252" => "Windows-1252",
            name => name,
        },
        damaged,
    })
}

/// True when the bytes are UTF-8 with a few broken places, as in a file cut off in the middle.
fn mostly_utf8(bytes: &[u8], valid_up_to: usize) -> bool {
    let from = valid_up_to.saturating_sub(LOOK_AT / 2);
    let mut rest = bytes
        .get(from..bytes.len().min(from + LOOK_AT))
        .unwrap_or(bytes);
    let (mut good, mut bad) = (0usize, 0usize);
    while !rest.is_empty() {
        let (valid, broken) = match std::str::from_utf8(rest) {
            Ok(text) => (text, 0),
            Err(e) => {
                let valid = rest.get(..e.valid_up_to()).unwrap_or_default();
                (
                    std::str::from_utf8(valid).unwrap_or_default(),
                    e.error_len().unwrap_or(rest.len() - valid.len()),
                )
            }
        };
        good += valid.chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(broken > 0);
        rest = rest.get(valid.len() + broken..).unwrap_or_default();
        if bad > 10_000 {
            break;
        }
    }
    good > 4 * bad
}

/// UTF-16 without a byte order mark: in exports every other byte of the header is NUL.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(4096))?;
    if start.len() < 4 {
        return None;
    }
    let zeros = |odd: usize| {
        start
            .iter()
            .skip(odd)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let enough = start.len() / 10;
    if odd > enough && even * 10 < odd {
        Some(UTF_16LE)
    } else if even > enough && odd * 10 < even {
        Some(UTF_16BE)
    } else {
        None
    }
}
