//! Posts as JSON: one object, a list, a page, or one object a line, of any platform.
//!
//! A file is taken apart into records ([`split`]), the first of them tell what it is ([`shape`]), all of them are read by all
//! cores into drafts of posts ([`draft`], one file for each family of platforms), and the drafts are joined in file order
//! ([`join`]). What no platform here writes is laid out as a table, for the rules of tables ([`any_list`]).

mod aliases;
mod any_list;
mod bluesky;
mod chat;
mod draft;
mod fields;
mod join;
mod mastodon;
mod node;
mod shape;
mod split;
mod threads;
mod twitter;

use std::borrow::Cow;

use rayon::prelude::*;

use super::in_turn::in_turn;
use super::told::{Into, Told};
use super::{ImportError, PreviewColumn, Role};
use crate::people::TieKind;
use crate::progress::Progress;

pub(super) use join::Joins;

use draft::{Draft, Found, Item, To};
use join::Known;
use node::Node;
use shape::Shape;
use split::Piece;

/// Records that one core reads at a time; fixed, so that nothing depends on the number of cores.
const CHUNK: usize = 256;

/// Reads one file; `None` when it is none of the shapes known here. A record that cannot be read is counted with its line.
///
/// After the last file [`finish`] has to be called.
///
/// # Errors
/// [`ImportError`] when it is one of them but cannot be used as a whole: empty, no posts in it, nobody who wrote them.
///
/// # Cost
/// Time O(bytes), over all cores; memory about the text once more, and at most 16 times the longest record (64 MiB).
pub(super) fn read(
    file: &str,
    bytes: &[u8],
    into: &mut Into<'_>,
    progress: &Progress,
) -> Result<Option<Told>, ImportError> {
    progress.check()?;
    let (text, damaged) = as_text(bytes);
    // Archives of Twitter begin as a script: `window.YTD.tweets.part0 = [`.
    let json: &str = match text
        .strip_prefix("window.")
        .and_then(|script| script.split_once('='))
    {
        Some((_, json)) => json,
        None => &text,
    };
    let start = json.trim_start();
    if start.is_empty() {
        return Err(ImportError::Empty {
            file: file.to_owned(),
        });
    }
    if !start.starts_with(['{', '[']) {
        return Ok(None);
    }
    let pieces = split::pieces(json);
    progress.check()?;
    let Some(shape) = shape::shape_of(&pieces.records) else {
        return any_list::read(file, &pieces.records, into, progress);
    };
    if let Shape::Holds(holds) = shape {
        return Err(ImportError::NoPosts {
            holds,
            file: file.to_owned(),
        });
    }
    let mut known = into.joins.known(shape);
    let mut items = items(file, &pieces.records, (shape, &mut known), progress)?;
    if damaged {
        into.report.warn(format!(
            "Some letters of {file} are damaged: they are no UTF-8"
        ));
    }
    into.report.add_format(shape.title());
    let mut joins = std::mem::take(into.joins);
    let told = told(shape, &items, pieces.is_lines, &pieces.path);
    joins.add((file, shape), &mut items, known, into);
    *into.joins = joins;
    items.into_par_iter().for_each(drop); // much memory to give back
    Ok(Some(told))
}

/// Resolves what waited for later files, and says what nothing explained. To be called once, behind the last file.
pub(super) fn finish(into: &mut Into<'_>) {
    std::mem::take(into.joins).finish(into);
}

/// The text of a file, and whether some of it was none.
fn as_text(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let bare = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        let (text, _, damaged) = encoding_rs::UTF_8.decode(bytes);
        return (text, damaged);
    }
    match simdutf8::basic::from_utf8(bare) {
        Ok(text) => (Cow::Borrowed(text), false),
        Err(_) => (String::from_utf8_lossy(bare), true),
    }
}

/// Reads all records, in file order, and learns on the way who is who.
fn items<'a>(
    file: &str,
    records: &[Piece<'a>],
    (shape, known): (Shape, &mut Known),
    progress: &Progress,
) -> Result<Vec<Vec<Item<'a>>>, ImportError> {
    let folder = file
        .rsplit_once(['/', '\\'])
        .map_or("", |(folder, _)| folder);
    let chunks: Vec<&[Piece<'a>]> = records.chunks(CHUNK).collect();
    let read = |number: usize| {
        let mut found = Found::default();
        for piece in chunks.get(number).copied().unwrap_or_default() {
            progress.advance(piece.text.len() as u64)?;
            found.line = piece.line;
            let group = if shape == Shape::Slack {
                folder
            } else {
                piece.group
            };
            match Node::read(piece.text, shape.wanted()) {
                Some(node) => shape::for_each_record(&node, shape, &mut |record| {
                    shape.read(record, piece.part, group, &mut found);
                }),
                None if piece.cut_off => found.leave_out("cut off by the end of the file"),
                None => found.leave_out("no valid JSON"),
            }
        }
        Ok::<_, ImportError>(found.items)
    };
    let mut all = Vec::with_capacity(chunks.len());
    in_turn(chunks.len(), read, |mut items| {
        known.learn_from(&mut items, shape);
        all.push(items);
        Ok(())
    })?;
    Ok(all)
}

/// Posts shown in the preview.
const N_SHOWN: usize = 8;
/// Letters of a value shown.
const N_LETTERS: usize = 60;

const ROLES: [Role; 9] = [
    Role::Author,
    Role::Name,
    Role::Reach,
    Role::Text,
    Role::Time,
    Role::ReplyTo,
    Role::RepostOf,
    Role::QuoteOf,
    Role::Mentions,
];

/// What the preview shows of the file.
fn told(shape: Shape, items: &[Vec<Item<'_>>], is_lines: bool, path: &str) -> Told {
    let drafts = items.iter().flatten().filter_map(|item| match item {
        Item::Post(draft, _) => Some(draft),
        _ => None,
    });
    let rows: Vec<[String; 9]> = drafts.take(N_SHOWN).map(|draft| row(draft)).collect();
    let shown: Vec<usize> = (0..ROLES.len())
        .filter(|&i| shape.fields().get(i).is_some_and(|field| !field.is_empty()))
        .collect();
    let cell = |row: &[String; 9], i: usize| row.get(i).cloned().unwrap_or_default();
    let columns = shown.iter().map(|&i| {
        let mut samples: Vec<String> = Vec::new();
        for row in &rows {
            let value: String = cell(row, i).chars().take(N_LETTERS).collect();
            if samples.len() < 3 && !value.is_empty() && !samples.contains(&value) {
                samples.push(value);
            }
        }
        PreviewColumn {
            name: shape
                .fields()
                .get(i)
                .copied()
                .unwrap_or_default()
                .to_owned(),
            role: ROLES.get(i).copied(),
            why: format!("as in {}", shape.title()),
            samples,
        }
    });
    let place = match (is_lines, path) {
        (true, _) => "one record a line".to_owned(),
        (false, "") => "one list".to_owned(),
        (false, path) => format!("the list \"{path}\""),
    };
    Told {
        title: shape.title().to_owned(),
        why: format!(
            "JSON, {place}, with the members that {} have",
            shape.title()
        ),
        columns: columns.collect(),
        first_rows: rows
            .iter()
            .map(|row| shown.iter().map(|&i| cell(row, i)).collect())
            .collect(),
    }
}

fn row(draft: &Draft<'_>) -> [String; 9] {
    let owned = |text: &Option<Cow<'_, str>>| text.as_deref().unwrap_or_default().to_owned();
    let aim = |kind: TieKind| {
        let aim = draft.aims.iter().find(|aim| aim.kind == kind);
        aim.and_then(|aim| aim.ways.first())
            .map_or_else(String::new, named)
    };
    let author = &draft.author;
    let time = draft
        .time
        .and_then(|t| jiff::Timestamp::from_second(t).ok());
    let mut mentions: Vec<String> = draft.mentions.iter().map(named).collect();
    mentions.dedup();
    [
        owned(if author.handle.is_some() {
            &author.handle
        } else {
            &author.id
        }),
        owned(&author.name),
        author
            .reach
            .map_or_else(String::new, |reach| reach.to_string()),
        draft.text.clone().into_owned(),
        time.map_or_else(String::new, |t| t.to_string()),
        aim(TieKind::Reply),
        aim(TieKind::Repost),
        aim(TieKind::Quote),
        mentions.join(", "),
    ]
}

fn named(to: &To<'_>) -> String {
    match to {
        To::Handle(text) | To::Person(text) | To::Post(text) | To::Name(text) => {
            text.clone().into_owned()
        }
        To::Number(_) => String::new(), // shown before anybody is looked up
    }
}
