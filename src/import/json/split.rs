//! Where the records of a JSON file begin and end: its lines, or the items of the list that holds the posts.

use super::node::{Names, Node};

/// A record on its way to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'a> {
    /// The record as it stands in the file.
    pub text: &'a str,
    /// Its first line, from 1.
    pub line: u64,
    /// What it belongs to.
    pub part: Part,
    /// The id of the chat it is of, where the file tells.
    pub group: &'a str,
    /// Its list ends in the middle of it.
    pub cut_off: bool,
}

/// Which list of a document a record stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Posts, or whatever the file is made of.
    Main,
    /// Accounts that the posts speak of.
    People,
    /// Posts that the posts speak of, no posts of the file themselves.
    Others,
}

/// A file in pieces.
#[derive(Debug, Clone, Default)]
pub(super) struct Pieces<'a> {
    /// The records, in file order.
    pub records: Vec<Piece<'a>>,
    /// Where the records stand, as in `data.children`; empty when they are lines or the root is a list.
    pub path: String,
    /// One record a line.
    pub is_lines: bool,
}

/// Names under which exports keep their posts, most trusted first.
const LISTS: [&str; 18] = [
    "messages",
    "feed",
    "statuses",
    "tweets",
    "posts",
    "data",
    "items",
    "children",
    "orderedItems",
    "comments",
    "results",
    "result",
    "documents",
    "hits",
    "mentions",
    "records",
    "rows",
    "list",
];

static NONE: Names = Names::new(&[]);
/// What pages have beside their posts.
static PAGE: Names = Names::new(&["includes", "meta"]);

/// Takes a file apart. Cost: one pass over the bytes, no recursion.
pub(super) fn pieces(text: &str) -> Pieces<'_> {
    if is_lines(text) {
        return Pieces {
            records: lines(text),
            is_lines: true,
            ..Pieces::default()
        };
    }
    let start = text.len() - text.trim_start().len();
    let mut lines = Lines::default();
    if text.as_bytes().get(start) == Some(&b'[') {
        return Pieces {
            records: items(text, start, Part::Main, &mut lines),
            ..Pieces::default()
        };
    }
    document(text, start, Level::File)
}

/// True when the file holds one record a line: more than one line, and most of the first ones are whole values.
fn is_lines(text: &str) -> bool {
    let filled = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first: Vec<&str> = filled.take(12).collect();
    let is_whole =
        |line: &&&str| line.starts_with(['{', '[']) && serde_json_accepts(line) && line.len() > 2;
    let whole = first.iter().filter(is_whole).count();
    // A document over several lines may hold small objects in lines of their own, but those end with a comma.
    let is_single = first.len() == 1 && first.first().is_some_and(|line| line.starts_with('{'));
    (first.len() > 1 && whole * 2 >= first.len()) || (is_single && whole == 1 && is_page(&first))
}

fn serde_json_accepts(line: &str) -> bool {
    Node::read(line, Some(&NONE)).is_some()
}

/// A single line that is one page or one post, not a document with a list of posts.
fn is_page(first: &[&str]) -> bool {
    let Some(line) = first.first().filter(|line| line.len() < 4 << 20) else {
        return false;
    };
    let Some(node) = Node::read(line, Some(&PAGE)) else {
        return false;
    };
    if node.has("includes") || node.has("meta") {
        return true;
    }
    let mut lists = Vec::new();
    search(line, 0, "", 0, &mut lists, &mut Vec::new());
    let of_posts = |found: &Found| {
        let mut names = found.path.rsplit('.');
        let is_known = names.next().is_some_and(|name| LISTS.contains(&name));
        is_known && names.count() <= 1
    };
    !lists.iter().any(of_posts)
}

fn lines(text: &str) -> Vec<Piece<'_>> {
    let mut found = Vec::with_capacity(text.len() / 2000);
    let mut from = 0;
    let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
    for (number, end) in ends.enumerate() {
        let line = text.get(from..end).unwrap_or_default().trim();
        from = end + 1;
        let line = line.strip_prefix('\u{1e}').unwrap_or(line); // records of JSON text sequences
        if !line.is_empty() {
            found.push(Piece {
                text: line,
                line: number as u64 + 1,
                part: Part::Main,
                group: "",
                cut_off: false,
            });
        }
    }
    found
}

/// Counts lines while going forward.
#[derive(Debug)]
struct Lines {
    at: usize,
    line: u64,
}

impl Default for Lines {
    fn default() -> Self {
        Self { at: 0, line: 1 }
    }
}

impl Lines {
    fn line_of(&mut self, text: &str, at: usize) -> u64 {
        if at < self.at {
            *self = Self::default();
        }
        let between = text.as_bytes().get(self.at..at).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', between).count() as u64;
        self.at = at;
        self.line
    }
}

/// The position behind the value that begins at `at`, strings and brackets balanced; `Err` when the text ends before it does.
fn end_of(bytes: &[u8], at: usize) -> Result<usize, usize> {
    let mut i = at;
    let mut depth = 0usize;
    while let Some(&byte) = bytes.get(i) {
        match byte {
            b'"' => {
                i = end_of_string(bytes, i)?;
                if depth == 0 {
                    return Ok(i);
                }
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth <= 1 => return Ok(i + usize::from(depth == 1)),
            b'}' | b']' => depth -= 1,
            b',' | b' ' | b'\n' | b'\r' | b'\t' if depth == 0 => return Ok(i),
            _ => {}
        }
        i += 1;
    }
    Err(i)
}

fn end_of_string(bytes: &[u8], at: usize) -> Result<usize, usize> {
    let mut i = at + 1;
    while let Some(&byte) = bytes.get(i) {
        match byte {
            b'"' => return Ok(i + 1),
            b'\\' => i += 2,
            _ => i += 1,
        }
    }
    Err(bytes.len())
}

fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while bytes
        .get(at)
        .is_some_and(|b| b.is_ascii_whitespace() || *b == b',')
    {
        at += 1;
    }
    at
}

/// The items of the list that begins at `at`.
fn items<'a>(text: &'a str, at: usize, part: Part, lines: &mut Lines) -> Vec<Piece<'a>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut i = skip_space(bytes, at + 1);
    while bytes.get(i).is_some_and(|b| *b != b']') {
        let end = end_of(bytes, i);
        let (Ok(stop) | Err(stop)) = end;
        let stop = stop.max(i + 1);
        let Some(item) = text.get(i..stop) else {
            // Stray bytes between items: the next comma or bracket is where a value can begin again.
            i = (i + 1..bytes.len())
                .find(|&j| text.is_char_boundary(j))
                .unwrap_or(bytes.len());
            continue;
        };
        found.push(Piece {
            text: item.trim(),
            line: lines.line_of(text, i),
            part,
            group: "",
            cut_off: end.is_err(),
        });
        i = skip_space(bytes, stop);
    }
    found
}

/// A list inside a document.
#[derive(Debug)]
struct Found {
    path: String,
    at: usize,
    length: usize,
}

/// Levels of objects that are searched for the list of posts.
const DEEPEST: usize = 4;

/// What a document is: chats stand in a file, but no chats in a chat, so that nothing is opened level by level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    File,
    Chat,
}

fn document(text: &str, start: usize, level: Level) -> Pieces<'_> {
    let mut lists = Vec::new();
    let mut labels = Vec::new();
    search(text, start, "", 0, &mut lists, &mut labels);
    let mut lines = Lines::default();
    let whole = || Pieces {
        records: vec![Piece {
            text: text.trim(),
            line: 1,
            part: Part::Main,
            group: "",
            cut_off: false,
        }],
        ..Pieces::default()
    };
    let rank = |found: &Found| {
        let name = found.path.rsplit('.').next().unwrap_or_default();
        let known = LISTS.iter().position(|list| *list == name);
        let beside = found.path.starts_with("includes.") || found.path == "errors";
        // Ads, facets and labels are lists too: posts stand high up and take most of the room.
        (
            beside,
            known.is_none(),
            found.path.matches('.').count(),
            known,
            usize::MAX - found.length,
        )
    };
    let Some(best) = lists.iter().min_by_key(|found| rank(found)) else {
        return whole();
    };
    if best.path.starts_with("includes.") {
        return whole();
    }
    let mut records = Vec::new();
    if best.path == "chats.list" && level == Level::File {
        for chat in items(text, best.at, Part::Main, &mut lines) {
            let inside = document(chat.text, 0, Level::Chat);
            records.extend(inside.records.into_iter().map(|piece| Piece {
                line: piece.line + chat.line - 1,
                ..piece
            }));
        }
    } else {
        records = items(text, best.at, Part::Main, &mut lines);
    }
    if let Some((_, id)) = labels.iter().find(|(name, _)| *name == "id") {
        for piece in &mut records {
            piece.group = id;
        }
    }
    for found in &lists {
        let part = match found.path.as_str() {
            "includes.users" => Part::People,
            "includes.tweets" => Part::Others,
            _ => continue,
        };
        records.extend(items(text, found.at, part, &mut lines));
    }
    Pieces {
        records,
        path: best.path.clone(),
        is_lines: false,
    }
}

/// Walks through the members of the object at `at`, noting lists of objects, and single values of the root.
fn search<'a>(
    text: &'a str,
    at: usize,
    path: &str,
    depth: usize,
    lists: &mut Vec<Found>,
    labels: &mut Vec<(&'a str, &'a str)>,
) {
    let bytes = text.as_bytes();
    let mut i = skip_space(bytes, at + 1);
    while bytes.get(i) == Some(&b'"') {
        let Ok(end) = end_of_string(bytes, i) else {
            return;
        };
        let name = text.get(i + 1..end - 1).unwrap_or_default();
        i = skip_space(bytes, end);
        if bytes.get(i) != Some(&b':') {
            return;
        }
        i = skip_space(bytes, i + 1);
        let (Ok(stop) | Err(stop)) = end_of(bytes, i);
        let inner = if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        };
        match bytes.get(i) {
            Some(b'[') if bytes.get(skip_space(bytes, i + 1)) == Some(&b'{') => {
                lists.push(Found {
                    path: inner,
                    at: i,
                    length: stop - i,
                });
            }
            Some(b'{') if depth < DEEPEST => {
                search(text, i, &inner, depth + 1, lists, labels);
            }
            Some(b'[' | b'{') | None => {}
            Some(_) if depth == 0 => {
                if let Some(value) = text.get(i..stop) {
                    labels.push((name, value.trim_matches('"')));
                }
            }
            Some(_) => {}
        }
        i = skip_space(bytes, stop);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(&str, u64, bool)> {
        let found = pieces(text).records;
        found.iter().map(|p| (p.text, p.line, p.cut_off)).collect()
    }

    #[test]
    fn lines_lists_and_documents() {
        assert_eq!(
            texts("{\"a\":1}\r\n\n{\"a\":2}"),
            [("{\"a\":1}", 1, false), ("{\"a\":2}", 3, false)]
        );
        assert_eq!(
            texts("[\n {\"a\":\"]}\"},\n {\"a\":2}\n]"),
            [("{\"a\":\"]}\"}", 2, false), ("{\"a\":2}", 3, false)]
        );
        assert_eq!(
            texts("{\"name\": \"x\",\n\"messages\": [{\"a\":1},\n{\"a\":"),
            [("{\"a\":1}", 2, false), ("{\"a\":", 3, true)]
        );
        assert_eq!(
            pieces("{\"data\":{\"children\":[{\"a\":1}]}}").path,
            "data.children"
        );
        assert_eq!(texts("{\"a\":1,\"b\":\"x\"}").len(), 1);
    }

    #[test]
    fn stray_signs_end() {
        for text in [
            "[}]",
            "[é,é]",
            "[\"",
            "{\"a\"",
            "{\"a\":[{",
            "[{\"a\":1}}}}]",
            "[\u{1f363}{]",
            "{",
            "[",
        ] {
            assert!(pieces(text).records.len() <= 9, "{text}");
        }
    }
}
