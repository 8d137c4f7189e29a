//! Rows of posts become posts: author, time, text, and whom each addresses.
//!
//! Blocks of rows are read by all cores into [`Batch`]es; [`take_in`] adds these to the posts in the order of the file.

use std::borrow::Cow;

use memchr::memchr;

use super::Role;
use super::batch::{Batch, Row, take_in};
use super::blocks;
use super::dates::{self, Moment};
use super::detect::Reading;
use super::handles::{self, clean_id};
use super::learn::{Author, Lessons, Meaning, TableLessons, first_filled};
use super::numbers::{self, is_missing};
use super::post_facts::FactReader;
use super::report::ImportReport;
use super::scan::{Next, Record, Scanner};
pub(super) use super::seen::Seen;
use super::seen::print_of_post;
use super::table::Table;
use super::tie_list::{kind_of, warn_of_repaired};
use crate::people::{Address, Posts, Print, Printing, TieKind};
use crate::progress::{Cancelled, Progress};

/// Different words of a column of kinds that are remembered.
const N_KINDS: usize = 16;

/// Reads one table of posts.
///
/// # Errors
/// [`Cancelled`] only.
pub(super) fn read(
    table: &Table<'_>,
    reading: &Reading,
    (lessons, of_table): (&Lessons, &TableLessons),
    seen: &mut Seen,
    (posts, report): (&mut Posts, &mut ImportReport),
    progress: &Progress,
) -> Result<(), Cancelled> {
    let n = table.likely_rows();
    posts.expect(n);
    if reading.roles.has(Role::PostId) || reading.roles.has(Role::Url) {
        seen.expect(n);
    }
    let (printing, of_keys) = (seen.printing().clone(), posts.printing().clone());
    let keeps_texts = posts.keeps_texts();
    let mut lost = 0;
    let facts = FactReader::of(table, &reading.roles);
    let read_block = |scanner: &mut Scanner<'_>| {
        let batch = Batch::new(&of_keys, keeps_texts);
        let mut reader = Reader {
            facts: facts.clone(),
            ..Reader::new(table, reading, (lessons, of_table), &printing, batch)
        };
        reader.block(scanner, progress)
    };
    let take = |batches: Vec<Batch>| {
        for batch in batches {
            lost += take_in(batch, seen, posts, report);
        }
    };
    let repaired = blocks::in_order(&table.rows(), (progress, true), read_block, take)?;
    warn_of_repaired(repaired, table.file, report);
    say_what_was_lost(lost, table.file, report);
    warn_of_dates(of_table, table.file, report);
    Ok(())
}

struct Reader<'t> {
    table: &'t Table<'t>,
    reading: &'t Reading,
    lessons: &'t Lessons,
    of_table: &'t TableLessons,
    printing: &'t Printing,
    /// What addressing columns hold, by column.
    meanings: Vec<Meaning>,
    kinds: Vec<(String, Option<TieKind>)>,
    clock: String,
    facts: FactReader,
    batch: Batch,
}

impl<'t> Reader<'t> {
    fn new(
        table: &'t Table<'t>,
        reading: &'t Reading,
        (lessons, of_table): (&'t Lessons, &'t TableLessons),
        printing: &'t Printing,
        batch: Batch,
    ) -> Self {
        let meaning = |i| of_table.meanings.get(&i).copied();
        Self {
            meanings: (0..table.columns.len())
                .map(|i| meaning(i).unwrap_or(Meaning::Handles))
                .collect(),
            table,
            reading,
            lessons,
            of_table,
            printing,
            kinds: Vec::new(),
            clock: String::new(),
            facts: FactReader::default(),
            batch,
        }
    }

    /// Reads the rows of one block; several batches where one would grow too large.
    fn block(&mut self, scanner: &mut Scanner<'_>, progress: &Progress) -> Vec<Batch> {
        let mut full = Vec::new();
        let mut record = Record::default();
        let mut rows = 0u32;
        loop {
            match scanner.next(&mut record) {
                Next::End => break,
                Next::Unbalanced => self.leave_out("a quote that never closes", &record),
                Next::Row if self.table.repeats_header(&record) => {}
                Next::Row => self.row(&record),
            }
            rows += 1;
            if rows.is_multiple_of(500) && progress.is_cancelled() {
                break;
            }
            if self.batch.is_full() {
                full.push(self.batch.take());
            }
        }
        full.push(self.batch.take());
        full
    }

    fn leave_out(&mut self, reason: &str, record: &Record<'_>) {
        self.batch.leave_out(reason, self.table.file, record.line);
    }

    fn row(&mut self, record: &Record<'_>) {
        let (reading, lessons) = (self.reading, self.lessons);
        let roles = &reading.roles;
        let author = Author::of(record, roles);
        let text = first_filled(record, roles.of(Role::Text)).unwrap_or_default();
        if let Some(reason) = self.no_post(record, &author, text) {
            return self.leave_out(reason, record);
        }
        let Some(handle) = lessons.key_text(&author) else {
            return self.leave_out("no author", record);
        };
        let Some(number) = self.batch.handle(handle) else {
            return self.leave_out("no author", record);
        };
        let time = self.time(record);
        let mut row = Row {
            author: number,
            time,
            print: self.print(record, number, (time, text)),
            ..Row::default()
        };
        self.tell(record, (&author, handle), &mut row);
        let text = unescaped(text);
        row.lost = self.address(record, &text);
        self.batch.push(row, &text);
    }

    /// Why a row is no post at all, before its author is known.
    fn no_post(
        &self,
        record: &Record<'_>,
        author: &Author<'_>,
        text: &str,
    ) -> Option<&'static str> {
        let roles = &self.reading.roles;
        let who = author.handle.or(author.name).unwrap_or_default();
        let has_own = |role| roles.of(role).iter().any(|&i| !is_missing(record.get(i)));
        let names_total = || {
            let first = record.cells().map(str::trim).find(|c| !c.is_empty());
            is_total(who) || first.is_some_and(is_total)
        };
        if text.is_empty() && !has_own(Role::Url) && !has_own(Role::PostId) && names_total() {
            return Some("totals row");
        }
        if matches!(who, "[deleted]" | "[removed]") {
            return Some("deleted author");
        }
        if author.handle.is_none() && author.id.is_none() && author.name.is_none() {
            return Some("no author");
        }
        None
    }

    /// The time of a row; a date that cannot be read is no reason to leave the post out.
    fn time(&mut self, record: &Record<'_>) -> Option<i64> {
        let roles = &self.reading.roles;
        let order = self.of_table.dates;
        let read = |cell: &str| match dates::parse(cell)? {
            Moment::At(at) => Some(at),
            Moment::Numeric(date) => date.at(order),
        };
        let columns = roles.of(Role::Time);
        if let Some(clock) = roles.clock {
            let date = first_filled(record, columns)?;
            if !dates::has_clock(date) {
                self.clock.clear();
                self.clock.push_str(date);
                self.clock.push(' ');
                self.clock.push_str(record.get(clock).trim());
                return read(&self.clock).or_else(|| read(date));
            }
        }
        columns.iter().find_map(|&i| read(record.get(i)))
    }

    /// By what the same post is known again, in this file or another.
    fn print(&self, record: &Record<'_>, author: u32, said: (Option<i64>, &str)) -> Option<Print> {
        let roles = &self.reading.roles;
        let mut ids = roles.of(Role::PostId).iter();
        let id = ids.find_map(|&i| clean_id(record.get(i)));
        let key = id.or_else(|| first_filled(record, roles.of(Role::Url)))?;
        let is_letter = roles.kind == Some(TieKind::Tie);
        let to = first_filled(record, roles.of(Role::ReplyTo)).filter(|_| is_letter);
        let author = self.batch.key(author);
        Some(print_of_post(
            self.printing,
            (key, id.is_some()),
            author,
            said,
            to,
        ))
    }

    /// What the row says about its author.
    fn tell(&mut self, record: &Record<'_>, (author, handle): (&Author<'_>, &str), row: &mut Row) {
        let roles = &self.reading.roles;
        if let Some(name) = author.name {
            let name = unescaped(name);
            let bare = bare_handle(handle);
            // Brandwatch writes "handle (Name)".
            let inner = name
                .strip_prefix(bare)
                .and_then(|rest| rest.strip_prefix(" (")?.strip_suffix(')'));
            (row.name, row.named) = self.batch.name(inner.unwrap_or(&name));
        }
        let mut reach = roles.of(Role::Reach).iter();
        row.reach = reach
            .find_map(|&i| numbers::count(record.get(i)))
            .unwrap_or(f64::NAN);
        if let Some(community) = first_filled(record, roles.of(Role::Community)) {
            row.community = self.batch.word(community);
        }
        if let Some(bio) = first_filled(record, roles.of(Role::Bio)) {
            self.batch.bio(row.author, &unescaped(bio));
        }
        let few = (&mut self.batch.languages, &mut self.batch.platforms);
        row.facts = self.facts.read(record, roles, few);
        let own = first_filled(record, roles.of(Role::Url)).and_then(handles::address);
        if let Some(Address {
            handle: Some(in_address),
            site,
            ..
        }) = own
            && in_address.eq_ignore_ascii_case(bare_handle(handle))
        {
            row.site = site;
        }
    }

    /// Notes whom the row addresses, by its columns and its text. True when it addresses somebody whom nothing in the files
    /// names, and nobody else in such a way.
    fn address(&mut self, record: &Record<'_>, text: &str) -> bool {
        let row_kind = self.kind_of_row(record);
        let (lessons, marks) = (self.lessons, self.lessons.marks);
        let (reposted, repost_lost) = self.target(record, Role::RepostOf, row_kind);
        let reposted = reposted.or_else(|| handles::reposted_in(text, marks));
        if let Some(handle) = reposted {
            self.batch.address(handle, TieKind::Repost);
            return false;
        }
        let (quoted, quote_lost) = self.target(record, Role::QuoteOf, row_kind);
        let quoted = quoted.is_some_and(|handle| self.batch.address(handle, TieKind::Quote));
        let (answered, reply_lost) = self.target(record, Role::ReplyTo, row_kind);
        // Who answers begins with whom; where the column tells only an id that the files do not hold, the text still does.
        let answered = answered.or_else(|| {
            reply_lost
                .then(|| handles::addressed_first(text, marks))
                .flatten()
        });
        let kind = match row_kind {
            Some(kind @ (TieKind::Repost | TieKind::Quote | TieKind::Mention)) => kind,
            _ => self.reading.roles.kind.unwrap_or(TieKind::Reply),
        };
        let answered = answered.is_some_and(|handle| self.batch.address(handle, kind));
        let lost = (repost_lost || quote_lost || reply_lost) && !quoted && !answered;
        if row_kind == Some(TieKind::Repost) || repost_lost {
            return lost; // the names in the text belong to whoever wrote it first
        }
        for &column in self.reading.roles.of(Role::Mentions) {
            let (meaning, by_id) = (self.meaning(column), self.of_table.keyed_by_id);
            handles::handles_in_cell(record.get(column), |item| {
                if let Some(handle) = lessons.resolve(item, meaning, by_id) {
                    self.batch.address(handle, TieKind::Mention);
                }
            });
        }
        handles::mentions_in(text, marks, |handle| {
            self.batch.address(handle, TieKind::Mention);
        });
        lost
    }

    /// Whom the columns of `role` name, and whether they named somebody whom nothing in the files knows.
    fn target<'a>(
        &self,
        record: &'a Record<'_>,
        role: Role,
        row_kind: Option<TieKind>,
    ) -> (Option<&'a str>, bool)
    where
        't: 'a,
    {
        let mut lost = false;
        for (rank, &column) in self.reading.roles.of(role).iter().enumerate() {
            let cell = record.get(column);
            if is_missing(cell) {
                continue;
            }
            let is_reply = row_kind == Some(TieKind::Reply);
            if rank > 0 && role == Role::ReplyTo && self.of_table.kinds_tell_replies && !is_reply {
                continue; // such columns name the thread's author in every row
            }
            let (lessons, by_id) = (self.lessons, self.of_table.keyed_by_id);
            match lessons.resolve(cell, self.meaning(column), by_id) {
                Some(handle) => return (Some(handle), false),
                None => lost = true,
            }
        }
        (None, lost)
    }

    fn meaning(&self, column: usize) -> Meaning {
        let known = self.meanings.get(column).copied();
        known.unwrap_or(Meaning::Handles)
    }

    /// What the row says it is: a word, or a flag in a column such as `isRetweet`.
    fn kind_of_row(&mut self, record: &Record<'_>) -> Option<TieKind> {
        let column = self.reading.roles.first(Role::PostKind)?;
        let cell = record.get(column).trim();
        if let Some((_, kind)) = self.kinds.iter().find(|(known, _)| known == cell) {
            return *kind;
        }
        let is_flag = ["true", "1", "yes"]
            .iter()
            .any(|yes| cell.eq_ignore_ascii_case(yes));
        let kind = if is_flag {
            let header = self.table.columns.get(column);
            header.and_then(|header| kind_of(header))
        } else {
            kind_of(cell)
        };
        if self.kinds.len() < N_KINDS {
            self.kinds.push((cell.to_owned(), kind));
        }
        kind
    }
}

fn say_what_was_lost(lost: u64, file: &str, report: &mut ImportReport) {
    if lost == 0 {
        return;
    }
    let (posts, verb) = if lost == 1 {
        ("post", "answers")
    } else {
        ("posts", "answer")
    };
    report.warn(format!(
        "{lost} {posts} of {file} {verb} or pass on somebody whom the file names only by a number that it does not explain; they make no tie"
    ));
}

fn warn_of_dates(of_table: &TableLessons, file: &str, report: &mut ImportReport) {
    if of_table.dates_ambiguous {
        let order = match of_table.dates {
            dates::DateOrder::Mdy => "month first",
            _ => "day first",
        };
        report.warn(format!(
            "The dates of {file} could be read with the day or the month first; they were read with the {order}"
        ));
    }
}

/// `&amp;` and its kin as the signs they stand for.
fn unescaped(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_some() {
        html_escape::decode_html_entities(text)
    } else {
        Cow::Borrowed(text)
    }
}

/// A handle as a cell of authors has it, without spaces and @.
fn bare_handle(cell: &str) -> &str {
    cell.trim().trim_start_matches('@')
}

fn is_total(cell: &str) -> bool {
    let cell = cell.trim().trim_end_matches(':').to_lowercase();
    matches!(
        cell.as_str(),
        "total"
            | "totals"
            | "grand total"
            | "sum"
            | "summe"
            | "gesamt"
            | "gesamtsumme"
            | "totaux"
            | "totale"
            | "totales"
            | "somme"
            | "suma"
    )
}
