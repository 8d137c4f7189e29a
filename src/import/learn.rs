//! What has to be known of all rows before the first is used: who wrote which post, who bears which id, how dates are written.

use std::collections::{BTreeMap, HashMap};

use super::Role;
use super::blocks;
use super::columns::Roles;
use super::dates::{self, DateEvidence, DateOrder};
use super::detect::{ADDRESSING, Reading};
use super::formats;
use super::handles::{self, HandleMarks, address, clean_id};
use super::numbers::{is_missing, trimmed};
use super::scan::{Next, Record, Scanner};
use super::seen::ByPrint;
use super::table::Table;
use crate::people::{Print, Printing, key_of};
use crate::progress::{Cancelled, Progress};

/// What the cells of a column that names somebody addressed hold. Addresses and `@ana` speak for themselves in any.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Handles.
    Handles,
    /// Ids of posts in the same files.
    PostIds,
    /// Ids of people.
    PersonIds,
    /// Display names.
    Names,
}

/// What one table taught.
#[derive(Debug, Clone, Default)]
pub(super) struct TableLessons {
    /// How its dates are written.
    pub dates: DateOrder,
    /// Whether that had to be guessed.
    pub dates_ambiguous: bool,
    /// What its addressing columns hold, by column.
    pub meanings: HashMap<usize, Meaning>,
    /// Whether its kind column tells replies from other posts.
    pub kinds_tell_replies: bool,
    /// Whether people are told apart by id: there is no column of handles.
    pub keyed_by_id: bool,
}

/// What all tables of posts taught.
#[derive(Debug, Clone, Default)]
pub(super) struct Lessons {
    printing: Printing,
    handles: Vec<Box<str>>,
    by_key: ByPrint<u32>,
    by_person_id: ByPrint<u32>,
    by_post_id: ByPrint<u32>,
    /// `None` for a name that several people bear.
    by_name: ByPrint<Option<u32>>,
    /// Which marks handles may hold.
    pub marks: HandleMarks,
}

/// Who wrote a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Author<'r> {
    /// The handle, where the row tells one.
    pub handle: Option<&'r str>,
    /// The id.
    pub id: Option<&'r str>,
    /// The display name.
    pub name: Option<&'r str>,
}

impl<'r> Author<'r> {
    /// Reads the author of a row.
    pub(super) fn of(record: &'r Record<'_>, roles: &Roles) -> Self {
        let in_column = first_filled(record, roles.of(Role::Author)).and_then(|cell| {
            // The address of a profile that tells no handle still tells people apart.
            handles::handle_in_cell(cell).or(address(cell).map(|_| cell))
        });
        let handle = if roles.author_in_url {
            first_filled(record, roles.of(Role::Url)).and_then(|url| address(url)?.handle)
        } else {
            in_column
        };
        let mut ids = roles.of(Role::AuthorId).iter();
        Self {
            handle,
            id: ids.find_map(|&i| clean_id(record.get(i))),
            name: first_filled(record, roles.of(Role::Name)),
        }
    }
}

/// The first of `columns` that holds something.
pub(super) fn first_filled<'r>(record: &'r Record<'_>, columns: &[usize]) -> Option<&'r str> {
    columns
        .iter()
        .map(|&i| trimmed(record.get(i)))
        .find(|cell| !is_missing(cell))
}

impl Lessons {
    /// What to call the author of a row: handle, else the handle that the id has elsewhere, else id, else name.
    pub(super) fn key_text<'a>(&'a self, author: &Author<'a>) -> Option<&'a str> {
        if author.handle.is_some() {
            return author.handle;
        }
        match author.id {
            Some(id) => Some(self.by_person_id(id).unwrap_or(id)),
            None => author.name,
        }
    }

    fn handle_of(&self, number: Option<u32>) -> Option<&str> {
        self.handles.get(number? as usize).map(|h| &**h)
    }

    /// The handle that a person's id stands for.
    fn by_person_id(&self, id: &str) -> Option<&str> {
        if self.by_person_id.is_empty() {
            return None;
        }
        self.handle_of(self.by_person_id.get(&self.printing.of(id)).copied())
    }

    fn by_name(&self, name: &str) -> Option<&str> {
        let print = self.printing.of(key_of(name).as_str());
        self.handle_of(self.by_name.get(&print).copied().flatten())
    }

    /// Whom a cell of an addressing column means, as a handle or key; `None` when that is nobody known.
    pub(super) fn resolve<'a>(
        &'a self,
        cell: &'a str,
        meaning: Meaning,
        keyed_by_id: bool,
    ) -> Option<&'a str> {
        let cell = trimmed(cell);
        if is_missing(cell) {
            return None;
        }
        if let Some(told) = address(cell) {
            return match (told.handle, told.post_id) {
                (Some(did), _) if did.starts_with("did:") => self.person(did, keyed_by_id),
                (Some(handle), _) => Some(handle),
                (None, Some(post)) => self.author_of(post),
                (None, None) => self.author_of(cell),
            };
        }
        if cell.starts_with(['@', '＠']) || handles::holds_names(cell) {
            return handles::handle_in_cell(cell);
        }
        match meaning {
            Meaning::Handles if handles::is_damaged_id(cell) => None,
            Meaning::Handles => Some(cell),
            Meaning::PostIds => self.author_of(clean_id(cell)?),
            Meaning::PersonIds => self.person(clean_id(cell)?, keyed_by_id),
            Meaning::Names => self.by_name(cell),
        }
    }

    fn person<'a>(&'a self, id: &'a str, keyed_by_id: bool) -> Option<&'a str> {
        self.by_person_id(id).or(keyed_by_id.then_some(id))
    }

    fn author_of(&self, post_id: &str) -> Option<&str> {
        if self.by_post_id.is_empty() {
            return None;
        }
        let number = |id: &str| self.by_post_id.get(&self.printing.of(id));
        let number = number(post_id).or_else(|| {
            // Reddit writes the kind before the id: t1_abc.
            let (kind, id) = post_id.split_once('_')?;
            matches!(kind, "t1" | "t3").then(|| number(id))?
        });
        self.handle_of(number.copied())
    }

    /// Learns from one table.
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub(super) fn learn(
        &mut self,
        table: &Table<'_>,
        reading: &Reading,
        progress: &Progress,
    ) -> Result<Pupil, Cancelled> {
        let roles = &reading.roles;
        let mut pupil = Pupil::new(table, reading);
        self.learn_marks(table, roles);
        if !pupil.has_to_read {
            return Ok(pupil);
        }
        let (joins, printing) = (pupil.joins, self.printing.clone());
        let listen = |scanner: &mut Scanner<'_>| {
            let mut heard = Heard::new(&printing);
            let mut record = Record::default();
            let mut rows = 0u32;
            loop {
                match scanner.next(&mut record) {
                    Next::End => break heard,
                    Next::Unbalanced => continue,
                    Next::Row => {}
                }
                rows += 1;
                if rows.is_multiple_of(1000) && progress.is_cancelled() {
                    break heard;
                }
                heard.dates(&record, roles);
                if joins {
                    heard.author(&record, roles);
                    heard.targets(&record, roles);
                }
            }
        };
        let note = |heard: Heard<'_>| {
            pupil.note(&heard);
            self.note(&heard);
        };
        blocks::in_order(&table.rows(), (progress, false), listen, note)?;
        Ok(pupil)
    }

    /// Notes what was heard in a block of rows, behind all blocks before it.
    fn note(&mut self, heard: &Heard<'_>) {
        let numbers: Vec<u32> = heard.authors.iter().map(|a| self.number(a)).collect();
        for (learnt, told) in [
            (&mut self.by_person_id, &heard.person_ids),
            (&mut self.by_post_id, &heard.post_ids),
        ] {
            for &(id, author) in told {
                learnt.entry(id).or_insert(numbers[author as usize]);
            }
        }
        for &(name, author) in &heard.names {
            let number = numbers[author as usize];
            self.by_name
                .entry(name)
                .and_modify(|known| {
                    if *known != Some(number) {
                        *known = None;
                    }
                })
                .or_insert(Some(number));
        }
    }

    fn number(&mut self, (key, handle): &(Print, Box<str>)) -> u32 {
        *self.by_key.entry(*key).or_insert_with(|| {
            self.handles.push(handle.clone());
            self.handles.len() as u32 - 1
        })
    }

    /// Platforms differ in the marks that handles may hold: the authors of the file show which.
    fn learn_marks(&mut self, table: &Table<'_>, roles: &Roles) {
        let Some(column) = roles.first(Role::Author) else {
            return;
        };
        let cells = table.sample.iter().filter_map(|row| row.get(column));
        let words: Vec<&str> = cells
            .map(|c| c.trim())
            .filter(|c| !c.is_empty() && !c.contains(char::is_whitespace) && address(c).is_none())
            .collect();
        let with = |mark: char| {
            words
                .iter()
                .filter(|w| w.trim_end_matches(mark).contains(mark))
                .count()
        };
        self.marks.dots |= with('.') * 25 > words.len();
        self.marks.dashes |= with('-') * 25 > words.len();
        let beyond = |w: &&&str| w.chars().any(|c| !c.is_ascii() && handles::is_cased(c));
        self.marks.letters |= words.iter().filter(beyond).count() * 25 > words.len();
    }
}

/// One table on its way to [`TableLessons`].
#[derive(Debug)]
pub(super) struct Pupil {
    evidence: DateEvidence,
    targets: HashMap<usize, Vec<Box<str>>>,
    id_headers: Vec<(usize, Option<Meaning>)>,
    lessons: TableLessons,
    has_to_read: bool,
    joins: bool,
}

/// Values of an addressing column that decide what it holds.
const N_TARGETS: usize = 2000;

impl Pupil {
    fn new(table: &Table<'_>, reading: &Reading) -> Self {
        let roles = &reading.roles;
        let cells = |i: usize| table.sample.iter().filter_map(move |row| row.get(i));
        let numeric_dates = roles
            .of(Role::Time)
            .iter()
            .flat_map(|&i| cells(i))
            .any(|c| matches!(dates::parse(c), Some(dates::Moment::Numeric(_))));
        let columns: Vec<usize> = ADDRESSING
            .iter()
            .flat_map(|r| roles.of(*r))
            .copied()
            .collect();
        let header = |i: usize| {
            table
                .columns
                .get(i)
                .map(|c| formats::plain(c))
                .unwrap_or_default()
        };
        let joins = columns.iter().any(|&i| {
            let with_handle = cells(i)
                .filter(|c| {
                    c.trim().starts_with('@') || address(c).is_some_and(|a| a.handle.is_some())
                })
                .count();
            let filled = reading.facts.get(i).map_or(0, |f| f.filled);
            let digits = reading.facts.get(i).map_or(0, |f| f.digits);
            with_handle < filled && (digits > 0 || !names_handles(&header(i)))
                || filled == 0 && !names_handles(&header(i))
        });
        let ids_beside = roles.has(Role::AuthorId)
            && roles
                .of(Role::Author)
                .iter()
                .all(|&i| cells(i).any(|c| is_missing(c)));
        let kinds = roles.of(Role::PostKind).iter().flat_map(|&i| cells(i));
        let tells = |c: &String| super::tie_list::kind_of(c) == Some(crate::people::TieKind::Reply);
        Self {
            evidence: DateEvidence::default(),
            targets: HashMap::new(),
            id_headers: columns
                .iter()
                .map(|&i| (i, meaning_of_header(&header(i))))
                .collect(),
            lessons: TableLessons {
                kinds_tell_replies: kinds.into_iter().any(tells),
                keyed_by_id: !roles.has(Role::Author)
                    && !roles.author_in_url
                    && roles.has(Role::AuthorId),
                ..TableLessons::default()
            },
            has_to_read: numeric_dates || joins || ids_beside,
            joins: joins || ids_beside,
        }
    }

    fn note(&mut self, heard: &Heard<'_>) {
        self.evidence.add_all(&heard.evidence);
        for (column, cells) in &heard.targets {
            let known = self.targets.entry(*column).or_default();
            for cell in cells {
                if known.len() < N_TARGETS {
                    known.extend(cell.iter().cloned());
                }
            }
        }
    }

    /// What the table taught, once all tables were read.
    pub(super) fn finish(mut self, lessons: &Lessons) -> TableLessons {
        (self.lessons.dates, self.lessons.dates_ambiguous) = self.evidence.order();
        for (column, of_header) in &self.id_headers {
            let values = self.targets.get(column).map_or(&[][..], Vec::as_slice);
            let meaning = meaning_of_values(values, *of_header, lessons);
            self.lessons.meanings.insert(*column, meaning);
        }
        self.lessons
    }
}

/// What one block of rows tells.
struct Heard<'p> {
    printing: &'p Printing,
    evidence: DateEvidence,
    /// Keys and handles of authors, each once.
    authors: Vec<(Print, Box<str>)>,
    by_key: ByPrint<u32>,
    /// Ids of people, ids of posts and names, with the author in `authors`.
    person_ids: Vec<(Print, u32)>,
    post_ids: Vec<(Print, u32)>,
    names: Vec<(Print, u32)>,
    /// By column, the values of each cell.
    targets: BTreeMap<usize, Vec<Vec<Box<str>>>>,
}

impl<'p> Heard<'p> {
    fn new(printing: &'p Printing) -> Self {
        Self {
            printing,
            evidence: DateEvidence::default(),
            authors: Vec::new(),
            by_key: ByPrint::default(),
            person_ids: Vec::new(),
            post_ids: Vec::new(),
            names: Vec::new(),
            targets: BTreeMap::new(),
        }
    }

    fn dates(&mut self, record: &Record<'_>, roles: &Roles) {
        if let Some(moment) = roles
            .of(Role::Time)
            .iter()
            .find_map(|&i| dates::parse(record.get(i)))
        {
            self.evidence.add(moment);
        }
    }

    fn author(&mut self, record: &Record<'_>, roles: &Roles) {
        let author = Author::of(record, roles);
        let called = author.handle.or(author.id).or(author.name);
        let Some(number) = called.and_then(|called| self.number(called)) else {
            return;
        };
        if let (Some(id), true) = (author.id, author.handle.is_some()) {
            self.person_ids.push((self.printing.of(id), number));
        }
        for &i in roles.of(Role::PostId) {
            if let Some(id) = clean_id(record.get(i)) {
                self.post_ids.push((self.printing.of(id), number));
            }
        }
        for &i in roles.of(Role::Url) {
            if let Some(id) = address(record.get(i)).and_then(|a| a.post_id) {
                self.post_ids.push((self.printing.of(id), number));
            }
        }
        if let Some(name) = author
            .name
            .filter(|_| author.handle.is_none() || author.id.is_some())
        {
            let print = self.printing.of(key_of(name).as_str());
            self.names.push((print, number));
        }
    }

    fn number(&mut self, called: &str) -> Option<u32> {
        let key = key_of(called);
        if key.is_empty() {
            return None;
        }
        let print = self.printing.of(key.as_str());
        let authors = &mut self.authors;
        Some(*self.by_key.entry(print).or_insert_with(|| {
            authors.push((print, called.trim().into()));
            authors.len() as u32 - 1
        }))
    }

    fn targets(&mut self, record: &Record<'_>, roles: &Roles) {
        for role in ADDRESSING {
            for &i in roles.of(role) {
                let cell = record.get(i).trim();
                if is_missing(cell) {
                    continue;
                }
                let known = self.targets.entry(i).or_default();
                if known.len() >= N_TARGETS {
                    continue;
                }
                if role == Role::Mentions {
                    let mut items = Vec::new();
                    handles::handles_in_cell(cell, |item| items.push(item.into()));
                    if !items.is_empty() {
                        known.push(items);
                    }
                } else if address(cell).is_none() && !cell.starts_with('@') {
                    known.push(vec![cell.into()]);
                }
            }
        }
    }
}

/// True for headers that speak of handles: `in_reply_to_screen_name`, `retweeted_user`.
fn names_handles(plain: &str) -> bool {
    [
        "name", "user", "sn", "handle", "author", "acct", "mentions", "authors", "names",
        "handles", "users",
    ]
    .iter()
    .any(|end| plain.ends_with(end))
}

/// What a header says that its column holds, where it says so.
fn meaning_of_header(plain: &str) -> Option<Meaning> {
    if names_handles(plain) {
        return None;
    }
    let is_id = ["id", "ids", "idstr", "uid", "did", "sid", "parent", "uri"]
        .iter()
        .any(|end| plain.ends_with(end));
    let of_person = ["user", "account", "author", "uid", "did"]
        .iter()
        .any(|w| plain.contains(w));
    is_id.then_some(if of_person {
        Meaning::PersonIds
    } else {
        Meaning::PostIds
    })
}

/// What the values of a column are, by what they are found among.
fn meaning_of_values(
    values: &[Box<str>],
    of_header: Option<Meaning>,
    lessons: &Lessons,
) -> Meaning {
    let n = values.len();
    let count = |is: &dyn Fn(&str) -> bool| values.iter().filter(|v| is(v)).count();
    let posts = count(&|v| clean_id(v).is_some_and(|id| lessons.author_of(id).is_some()));
    let people = count(&|v| clean_id(v).is_some_and(|id| lessons.by_person_id(id).is_some()));
    let handles = count(&|v| {
        let print = lessons.printing.of(key_of(v).as_str());
        lessons.by_key.contains_key(&print)
    });
    let names = count(&|v| lessons.by_name(v).is_some());
    if n > 0 && posts.max(people).max(handles).max(names) * 20 >= n {
        if posts >= people && posts > handles && posts >= names {
            return Meaning::PostIds;
        }
        if people > handles && people >= names {
            return Meaning::PersonIds;
        }
        return if names > handles {
            Meaning::Names
        } else {
            Meaning::Handles
        };
    }
    let numbers = count(&|v| v.len() >= 5 && v.bytes().all(|b| b.is_ascii_digit() || b == b'.'));
    match of_header {
        Some(meaning) => meaning,
        None if n > 0 && numbers * 10 >= n * 8 => Meaning::PostIds,
        None => Meaning::Handles,
    }
}
