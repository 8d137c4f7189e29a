//! Rows of posts become posts: author, time, text, and whom each addresses.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::Role;
use super::dates::{self, Moment};
use super::detect::Reading;
use super::handles::{self, clean_id};
use super::learn::{Author, Lessons, Meaning, TableLessons, first_filled};
use super::numbers::{self, is_missing};
use super::report::ImportReport;
use super::scan::Record;
use super::table::Table;
use super::tie_list::{for_each_row, kind_of};
use crate::people::{AccountId, Addressed, Posts, TieKind, key_of};
use crate::progress::{Cancelled, Progress};

/// Posts already used, by all that tells the same post again.
#[derive(Debug, Default)]
pub(super) struct Seen(HashSet<(Box<str>, u64)>);

impl Seen {
    /// False when the post with this id was used before, from this file or another.
    ///
    /// Ids alone do not prove it: platforms count alike. The author has to be the same too, and for short ids also what was
    /// said, by the same rules as for tables, so that an export as CSV and one as JSON are known for the same.
    pub(super) fn is_new(&mut self, id: &str, author: &str, time: Option<i64>, text: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        author.hash(&mut hasher);
        if id.len() < 10 {
            if text.is_empty() {
                time.hash(&mut hasher);
            }
            text.hash(&mut hasher);
        }
        self.0.insert((id.into(), hasher.finish()))
    }
}

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
    let mut reader = Reader {
        table,
        reading,
        lessons,
        of_table,
        addressed: Vec::new(),
        clock: String::new(),
        lost: 0,
    };
    for_each_row(table, report, progress, |record, report| {
        reader.row(record, seen, posts, report);
    })?;
    reader.say_what_was_lost(report);
    Ok(())
}

struct Reader<'t> {
    table: &'t Table<'t>,
    reading: &'t Reading,
    lessons: &'t Lessons,
    of_table: &'t TableLessons,
    addressed: Vec<Addressed>,
    clock: String,
    /// Cells that address somebody whom nothing in the files names.
    lost: u64,
}

impl Reader<'_> {
    fn row(
        &mut self,
        record: &Record,
        seen: &mut Seen,
        posts: &mut Posts,
        report: &mut ImportReport,
    ) {
        let roles = &self.reading.roles;
        let author = Author::of(record, roles);
        let text = first_filled(record, roles.of(Role::Text)).unwrap_or_default();
        if let Some(reason) = self.no_post(record, &author, text) {
            return report.leave_out(reason, self.table.file, record.line);
        }
        let lessons = self.lessons;
        let Some(handle) = lessons.key_text(&author) else {
            return report.leave_out("no author", self.table.file, record.line);
        };
        let key = key_of(handle);
        if key.is_empty() {
            return report.leave_out("no author", self.table.file, record.line);
        }
        let time = self.time(record);
        if !self.is_new(record, &key, (time, text), seen) {
            report.rows_read += 1;
            report.duplicates_removed += 1;
            return;
        }
        let id = posts
            .own_account(handle)
            .expect("a key that is not empty makes an account");
        self.tell(record, &author, (id, handle), time, posts);
        let text = unescaped(text);
        self.address(record, &text, posts);
        posts.push(id, time, &text, &self.addressed);
        report.rows_read += 1;
        report.posts += 1;
        report.widen_time(time);
    }

    /// Why a row is no post at all, before its author is known.
    fn no_post(&self, record: &Record, author: &Author<'_>, text: &str) -> Option<&'static str> {
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
    fn time(&mut self, record: &Record) -> Option<i64> {
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

    /// False when the same post was used before, from this file or another.
    ///
    /// Ids alone do not prove it: files number their rows. The author has to be the same too, and for short ids and for
    /// addresses (which some tools fill with the page that was commented on) also what was said.
    fn is_new(
        &self,
        record: &Record,
        author: &str,
        said: (Option<i64>, &str),
        seen: &mut Seen,
    ) -> bool {
        let roles = &self.reading.roles;
        let mut hasher = DefaultHasher::new();
        author.hash(&mut hasher);
        let id = roles
            .of(Role::PostId)
            .iter()
            .find_map(|&i| clean_id(record.get(i)));
        let Some(key) = id.or_else(|| first_filled(record, roles.of(Role::Url))) else {
            return true;
        };
        if id.is_none() || key.len() < 10 {
            if said.1.is_empty() {
                said.0.hash(&mut hasher);
            }
            said.1.hash(&mut hasher);
        }
        if roles.kind == Some(TieKind::Tie) {
            // Letters: one row for each person addressed.
            first_filled(record, roles.of(Role::ReplyTo)).hash(&mut hasher);
        }
        seen.0.insert((key.into(), hasher.finish()))
    }

    /// What the row says about its author.
    fn tell(
        &self,
        record: &Record,
        author: &Author<'_>,
        (id, handle): (AccountId, &str),
        time: Option<i64>,
        posts: &mut Posts,
    ) {
        let roles = &self.reading.roles;
        if let Some(name) = author.name {
            let name = unescaped(name);
            let bare = handle.trim().trim_start_matches('@');
            // Brandwatch writes "handle (Name)".
            let inner = name
                .strip_prefix(bare)
                .and_then(|rest| rest.strip_prefix(" (")?.strip_suffix(')'));
            posts.tell_name(id, inner.unwrap_or(&name), time);
        }
        let mut reach = roles.of(Role::Reach).iter();
        if let Some(reach) = reach.find_map(|&i| numbers::count(record.get(i))) {
            posts.tell_reach(id, reach, time);
        }
        if let Some(community) = first_filled(record, roles.of(Role::Community)) {
            posts.tell_community(id, community);
        }
    }

    /// Fills `addressed` with whom the row addresses, by its columns and its text.
    fn address(&mut self, record: &Record, text: &str, posts: &mut Posts) {
        self.addressed.clear();
        let row_kind = self.kind_of_row(record);
        let (reposted, repost_lost) = self.target(record, Role::RepostOf, row_kind);
        let marks = self.lessons.marks;
        let reposted = reposted.or_else(|| handles::reposted_in(text, marks));
        if let Some(handle) = reposted {
            return self.add(posts, handle, TieKind::Repost);
        }
        let (quoted, quote_lost) = self.target(record, Role::QuoteOf, row_kind);
        if let Some(handle) = quoted {
            self.add(posts, handle, TieKind::Quote);
        }
        let (answered, reply_lost) = self.target(record, Role::ReplyTo, row_kind);
        // Who answers begins with whom; where the column tells only an id that the files do not hold, the text still does.
        let answered = answered.or_else(|| {
            reply_lost
                .then(|| handles::addressed_first(text, marks))
                .flatten()
        });
        if let Some(handle) = answered {
            let kind = match row_kind {
                Some(kind @ (TieKind::Repost | TieKind::Quote | TieKind::Mention)) => kind,
                _ => self.reading.roles.kind.unwrap_or(TieKind::Reply),
            };
            self.add(posts, handle, kind);
        }
        self.lost +=
            u64::from((repost_lost || quote_lost || reply_lost) && self.addressed.is_empty());
        if row_kind == Some(TieKind::Repost) || repost_lost {
            return; // the names in the text belong to whoever wrote it first
        }
        self.add_mentions(record, posts);
        handles::mentions_in(text, marks, |handle| {
            if let Some(account) = posts.account(handle) {
                self.addressed.push(Addressed {
                    account,
                    kind: TieKind::Mention,
                });
            }
        });
    }

    fn add(&mut self, posts: &mut Posts, handle: &str, kind: TieKind) {
        if let Some(account) = posts.account(handle) {
            self.addressed.push(Addressed { account, kind });
        }
    }

    /// Whom the columns of `role` name, and whether they named somebody whom nothing in the files knows.
    fn target<'a>(
        &self,
        record: &'a Record,
        role: Role,
        row_kind: Option<TieKind>,
    ) -> (Option<&'a str>, bool)
    where
        Self: 'a,
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
            match self.resolve(cell, column) {
                Some(handle) => return (Some(handle), false),
                None => lost = true,
            }
        }
        (None, lost)
    }

    fn resolve<'a>(&self, cell: &'a str, column: usize) -> Option<&'a str>
    where
        Self: 'a,
    {
        let meaning = self.of_table.meanings.get(&column).copied();
        self.lessons.resolve(
            cell,
            meaning.unwrap_or(Meaning::Handles),
            self.of_table.keyed_by_id,
        )
    }

    fn add_mentions(&mut self, record: &Record, posts: &mut Posts) {
        let roles = &self.reading.roles;
        for &column in roles.of(Role::Mentions) {
            let meaning = self.of_table.meanings.get(&column).copied();
            let (lessons, keyed_by_id) = (self.lessons, self.of_table.keyed_by_id);
            handles::handles_in_cell(record.get(column), |item| {
                let handle =
                    lessons.resolve(item, meaning.unwrap_or(Meaning::Handles), keyed_by_id);
                if let Some(account) = handle.and_then(|h| posts.account(h)) {
                    self.addressed.push(Addressed {
                        account,
                        kind: TieKind::Mention,
                    });
                }
            });
        }
    }

    /// What the row says it is: a word, or a flag in a column such as `isRetweet`.
    fn kind_of_row(&self, record: &Record) -> Option<TieKind> {
        let column = self.reading.roles.first(Role::PostKind)?;
        let cell = record.get(column).trim();
        if ["true", "1", "yes"]
            .iter()
            .any(|yes| cell.eq_ignore_ascii_case(yes))
        {
            return self
                .table
                .columns
                .get(column)
                .and_then(|header| kind_of(header));
        }
        kind_of(cell)
    }

    fn say_what_was_lost(&self, report: &mut ImportReport) {
        if self.lost > 0 {
            let (posts, verb) = if self.lost == 1 {
                ("post", "answers")
            } else {
                ("posts", "answer")
            };
            report.warn(format!(
                "{} {posts} of {} {verb} or pass on somebody whom the file names only by a number that it does not explain; they make no tie",
                self.lost, self.table.file
            ));
        }
        if self.of_table.dates_ambiguous {
            let order = match self.of_table.dates {
                dates::DateOrder::Mdy => "month first",
                _ => "day first",
            };
            report.warn(format!(
                "The dates of {} could be read with the day or the month first; they were read with the {order}",
                self.table.file
            ));
        }
    }
}

/// `&amp;` and its kin as the signs they stand for.
fn unescaped(text: &str) -> Cow<'_, str> {
    if text.contains('&') {
        html_escape::decode_html_entities(text)
    } else {
        Cow::Borrowed(text)
    }
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
