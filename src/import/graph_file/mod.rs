//! Files of graph programs: people and ties that stand in the file itself.
//!
//! One file a format. All say what they find to [`gathered::Gathered`], which makes accounts and ties of it: the key of a
//! person is the id in the file (or the handle, where the file gives everybody one), so that joined files fit together.

mod attributes;
mod dot;
mod dot_tokens;
mod gathered;
mod gdf;
mod gexf;
mod gml;
mod graphml;
mod json;
mod json_rows;
mod json_scan;
mod matrix_market;
mod metis;
mod pajek;
mod text;
mod ucinet;
mod vna;
mod xml;

use std::borrow::Cow;

use super::ImportError;
use super::decode;
use super::told::{Into, Told};
use crate::progress::Progress;
use gathered::Gathered;
use json_scan::Shape;

/// How this program calls itself, before its version, in the graph files that it writes: by this word they are known again.
pub const CREATOR: &str = "Isthmus";

/// The formats, as their first words tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Gexf,
    GraphMl,
    Gml,
    Pajek,
    Dot,
    Ucinet,
    Vna,
    Gdf,
    Metis,
    MatrixMarket,
    Json(Shape),
}

impl Format {
    /// What it is called, its title in the window, and by what it is known.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Gexf => ("GEXF", "GEXF", "its first element is <gexf>"),
            Self::GraphMl => ("GraphML", "GraphML", "its first element is <graphml>"),
            Self::Gml => ("GML", "GML", "it begins with a graph in square brackets"),
            Self::Pajek => (
                "Pajek",
                "Pajek network",
                "it begins with a section of Pajek",
            ),
            Self::Dot => ("DOT", "DOT (Graphviz)", "it begins with a graph in braces"),
            Self::Ucinet => (
                "UCINET DL",
                "UCINET DL",
                "it begins with DL and the number of people",
            ),
            Self::Vna => (
                "VNA",
                "VNA (NetDraw)",
                "it begins with a section of NetDraw",
            ),
            Self::Gdf => ("GDF", "GDF", "it begins with nodedef>"),
            Self::Metis => (
                "METIS",
                "METIS graph",
                "its first line counts the lines and numbers that follow",
            ),
            Self::MatrixMarket => (
                "Matrix Market",
                "Matrix Market",
                "it begins with %%MatrixMarket",
            ),
            Self::Json(shape) => (
                "JSON",
                shape.title(),
                "it holds lists of people and of ties between them",
            ),
        }
    }
}

/// Reads one file; `None` when it is none of the shapes known here.
///
/// What the file says is gathered first: a file that is refused has added nothing. Rows of the report are ties, and people
/// or ties that were left out.
///
/// # Errors
/// [`ImportError`] when it is one of them but cannot be used as a whole.
///
/// # Cost
/// O(bytes); memory about as much as the names and ties in the file. No header is believed: what is made is bounded by the
/// size of the file.
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    into: &mut Into<'_>,
    progress: &Progress,
) -> Result<Option<Told>, ImportError> {
    progress.check()?;
    let Some((format, text)) = recognise(bytes) else {
        return Ok(None);
    };
    let mut graph = Gathered::new(file);
    let text = text.as_ref();
    let is_xml = matches!(format, Format::Gexf | Format::GraphMl);
    if let Some(at) = text.find("<!ENTITY").filter(|_| is_xml) {
        let line = text::Places::of(text).line(at);
        graph.warn(format!(
            "{file} makes entities of its own (line {line}): they are left as they are written, and nothing is fetched"
        ));
    }
    match format {
        Format::Gexf => gexf::read(&mut graph, text, progress),
        Format::GraphMl => graphml::read(&mut graph, text, progress),
        Format::Gml => gml::read(&mut graph, text, progress),
        Format::Pajek => pajek::read(&mut graph, text, progress),
        Format::Dot => dot::read(&mut graph, text, progress),
        Format::Ucinet => ucinet::read(&mut graph, text, progress),
        Format::Vna => vna::read(&mut graph, text, progress),
        Format::Gdf => gdf::read(&mut graph, text, progress),
        Format::Metis => metis::read(&mut graph, text, progress),
        Format::MatrixMarket => matrix_market::read(&mut graph, text, progress),
        Format::Json(shape) => json::read(&mut graph, (text, shape), progress),
    }?;
    graph.deliver(format.words(), into, progress).map(Some)
}

/// The format of a file by its content, with its text; names of files are not asked.
fn recognise(bytes: &[u8]) -> Option<(Format, Cow<'_, str>)> {
    let start = bytes.get(..bytes.len().min(4096))?;
    let head = decode::as_text(start).text;
    let bare = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let first = bare.chars().next()?;
    let whole = || {
        let text = decode::as_text(bytes).text;
        if memchr::memchr(0, text.as_bytes()).is_some() {
            Cow::Owned(text.replace('\0', ""))
        } else {
            text
        }
    };
    if first == '<' {
        let text = xml::decoded(bytes);
        let format = match xml::root(&text)?.to_ascii_lowercase().as_str() {
            "gexf" => Format::Gexf,
            "graphml" => Format::GraphMl,
            _ => return None,
        };
        return Some((format, text));
    }
    if matches!(first, '{' | '[') {
        if is_lines(bytes) {
            return None;
        }
        let text = whole();
        return json_scan::recognise(&text).map(|shape| (Format::Json(shape), text));
    }
    if let Some(format) = by_first_words(bare) {
        return Some((format, whole()));
    }
    if first.is_ascii_digit() || first == '%' {
        let text = whole();
        return metis::is_metis(&text).then_some((Format::Metis, text));
    }
    // Comments may fill the first kilobytes.
    if matches!(first, '#' | '/') {
        let text = whole();
        return gml_or_dot(&text).map(|format| (format, text));
    }
    gml_or_dot(bare).map(|format| (format, whole()))
}

/// True for one object a line, as posts come and no graph does: then the file need not be decoded here.
fn is_lines(bytes: &[u8]) -> bool {
    let Some(end) = memchr::memchr(
        b'\n',
        bytes.get(..bytes.len().min(1 << 20)).unwrap_or(bytes),
    ) else {
        return false;
    };
    let (line, rest) = bytes.split_at(end);
    let line = line.trim_ascii();
    line.starts_with(b"{") && line.ends_with(b"}") && rest.trim_ascii_start().starts_with(b"{")
}

fn gml_or_dot(text: &str) -> Option<Format> {
    if gml::is_gml(text) {
        return Some(Format::Gml);
    }
    dot::is_dot(text).then_some(Format::Dot)
}

/// Formats with a first line of their own.
fn by_first_words(start: &str) -> Option<Format> {
    let lower = start.to_lowercase();
    if lower.starts_with("%%matrixmarket") {
        return Some(Format::MatrixMarket);
    }
    if ["nodedef>", "edgedef>", "nodedef >", "edgedef >"]
        .iter()
        .any(|w| lower.starts_with(w))
    {
        return Some(Format::Gdf);
    }
    let mut lines = lower.lines().map(str::trim);
    let line = lines.find(|l| !l.is_empty() && !l.starts_with('%'))?;
    if let Some(section) = line.strip_prefix('*') {
        let word = section.split_whitespace().next().unwrap_or_default();
        return match word {
            "vertices" | "network" | "arcs" | "edges" | "arcslist" | "edgeslist" | "matrix" => {
                Some(Format::Pajek)
            }
            "node" | "tie" => Some(Format::Vna),
            _ => None,
        };
    }
    let header = line.strip_prefix("dl")?;
    let ends_word = header
        .chars()
        .next()
        .is_none_or(|c| c.is_whitespace() || c == ',');
    let counts = |c: char| c == '=' || c.is_ascii_digit() || c.is_whitespace();
    let has_size = lower
        .split(|c: char| !(c.is_ascii_alphanumeric()))
        .any(|w| matches!(w, "n" | "nr"))
        && lower.chars().any(counts);
    (ends_word && has_size).then_some(Format::Ucinet)
}
