//! Which columns of a table play which role, and why.

use std::collections::{BTreeMap, BTreeSet};

use super::facts::Facts;
use super::formats::{self, Signature};
use super::handles::is_damaged_id;
use super::table::Table;
use super::{ImportError, ImportSettings, Role};
use crate::people::TieKind;

/// What any header of follower counts has in it, as tools and their customers word it.
const FOLLOWERS: [&str; 8] = [
    "followers",
    "followercount",
    "subscribers",
    "seguidores",
    "abonnenten",
    "abonnés",
    "フォロワー",
    "متابع",
];

/// Columns by role. A column plays one role; a role may have several columns that fill each other's gaps.
#[derive(Debug, Clone, Default)]
pub(super) struct Roles {
    /// By the place of the role in [`Role::ALL`]: asked for each row.
    by_role: [Vec<usize>; Role::ALL.len()],
    why: BTreeMap<usize, (Role, String)>,
    /// The time of day beside a date.
    pub clock: Option<usize>,
    /// Whether ties have a direction, cell by cell.
    pub directed: Option<usize>,
    /// The author stands only in the address of the post.
    pub author_in_url: bool,
    /// The kind of all ties that have no kind of their own, where the header tells.
    pub kind: Option<TieKind>,
}

impl Roles {
    /// The columns of a role, most trusted first.
    pub(super) fn of(&self, role: Role) -> &[usize] {
        &self.by_role[role as usize]
    }

    /// The most trusted column of a role.
    pub(super) fn first(&self, role: Role) -> Option<usize> {
        self.of(role).first().copied()
    }

    /// True when some column plays the role.
    pub(super) fn has(&self, role: Role) -> bool {
        !self.of(role).is_empty()
    }

    /// The role of a column, and why.
    pub(super) fn role_of(&self, column: usize) -> Option<(Role, &str)> {
        self.why
            .get(&column)
            .map(|(role, why)| (*role, why.as_str()))
    }

    /// Gives a column a role.
    pub(super) fn give(&mut self, role: Role, column: usize, why: impl Into<String>) {
        self.by_role[role as usize].push(column);
        self.why.insert(column, (role, why.into()));
    }

    /// Takes a role from all its columns.
    pub(super) fn take(&mut self, role: Role) -> Vec<usize> {
        let columns = std::mem::take(&mut self.by_role[role as usize]);
        for column in &columns {
            self.why.remove(column);
        }
        columns
    }

    fn is_free(&self, column: usize) -> bool {
        !self.why.contains_key(&column)
    }
}

/// Gives the columns of one table their roles, one question at a time.
#[derive(Debug)]
pub(super) struct Casting<'t> {
    /// The table.
    pub table: &'t Table<'t>,
    /// What its columns look like.
    pub facts: Vec<Facts>,
    /// The roles given so far.
    pub roles: Roles,
    /// What the person should know.
    pub warnings: Vec<String>,
    /// Columns that the person wants left alone.
    unused: BTreeSet<usize>,
    decided: BTreeSet<Role>,
}

impl<'t> Casting<'t> {
    /// Begins with the choices of the person.
    pub(super) fn new(table: &'t Table<'t>, settings: &ImportSettings) -> Self {
        let facts = (0..table.columns.len())
            .map(|i| Facts::of(&table.sample, i))
            .collect();
        let mut casting = Self {
            table,
            facts,
            roles: Roles::default(),
            warnings: Vec::new(),
            unused: BTreeSet::new(),
            decided: BTreeSet::new(),
        };
        let own = settings.by_header.iter();
        let own = own.filter(|c| c.header == table.columns);
        for name in own.clone().flat_map(|c| &c.unused) {
            casting.leave_alone(name);
        }
        let choices = own.flat_map(|c| &c.roles).chain(&settings.columns);
        for choice in choices {
            if choice.column.is_empty() {
                casting.decided.insert(choice.role);
                continue;
            }
            let column = find_column(&table.columns, &choice.column);
            if let Some(column) = column.filter(|i| casting.is_free(*i)) {
                casting.decided.insert(choice.role);
                casting.roles.give(choice.role, column, "you chose it");
            }
        }
        casting
    }

    /// The column `name` plays no role: it looks empty to every guess.
    fn leave_alone(&mut self, name: &str) {
        let Some(column) = find_column(&self.table.columns, name) else {
            return;
        };
        self.unused.insert(column);
        if let Some(facts) = self.facts.get_mut(column) {
            *facts = Facts {
                rows: facts.rows,
                ..Facts::default()
            };
        }
    }

    fn is_free(&self, column: usize) -> bool {
        self.roles.is_free(column) && !self.unused.contains(&column)
    }

    /// True when the person gave any column of this table a role.
    pub(super) fn has_choices(&self) -> bool {
        Role::ALL.into_iter().any(|role| self.is_chosen(role))
    }

    /// True when the person gave this role to a column of this table.
    pub(super) fn is_chosen(&self, role: Role) -> bool {
        self.decided.contains(&role) && self.roles.has(role)
    }

    /// True when the role has no column yet and the person did not decide that it has none.
    pub(super) fn is_open(&self, role: Role) -> bool {
        !self.decided.contains(&role) && !self.roles.has(role)
    }

    /// What column `i` looks like.
    pub(super) fn facts_of(&self, i: usize) -> &Facts {
        self.facts.get(i).expect("facts were made for every column")
    }

    /// Gives `role` the columns that the format's signature names.
    pub(super) fn by_signature(&mut self, role: Role, signature: &Signature) {
        if self.decided.contains(&role) {
            return;
        }
        let columns = self.matches(signature.columns_of(role), role);
        let (filled, hollow): (Vec<_>, Vec<_>) = columns
            .into_iter()
            .partition(|&i| self.facts_of(i).filled > 0);
        for column in filled.into_iter().chain(hollow) {
            self.roles
                .give(role, column, format!("as in {}", signature.title));
        }
    }

    /// Gives `role` the best column known under one of its aliases. With `all`, every such column.
    pub(super) fn by_alias(&mut self, role: Role, all: bool) {
        if !self.is_open(role) {
            return;
        }
        let columns = self.matches(formats::aliases(role), role);
        let taken = if all { columns.len() } else { 1 };
        let better = |i: &usize| {
            let facts = self.facts_of(*i);
            let constant = role == Role::Author && facts.is_constant();
            (facts.filled == 0, constant)
        };
        let mut ordered = columns;
        if ordered.is_empty() && role == Role::Reach {
            ordered = self.by_word(&FOLLOWERS, role);
        }
        ordered.sort_by_key(better); // stable: otherwise in the order of the aliases
        for column in ordered.into_iter().take(taken) {
            self.roles.give(role, column, "its header and its values");
        }
    }

    /// The free columns whose header has one of `words` in it and whose values fit `role`.
    fn by_word(&self, words: &[&str], role: Role) -> Vec<usize> {
        let named = |i: &usize| {
            let header = self.table.columns.get(*i).map(|c| formats::plain(c));
            header.is_some_and(|header| words.iter().any(|word| header.contains(word)))
        };
        let columns = 0..self.table.columns.len();
        columns
            .filter(|i| self.table.has_header && self.is_free(*i))
            .filter(named)
            .filter(|i| self.facts_of(*i).filled > 0 && self.fits(role, *i))
            .collect()
    }

    /// The free columns that `aliases` name and whose values fit `role`, in the order of the aliases.
    pub(super) fn matches(&mut self, aliases: &[String], role: Role) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        if !self.table.has_header {
            return found;
        }
        let columns = &self.table.columns;
        let plain: Vec<String> = columns.iter().map(|c| formats::plain(c)).collect();
        let mut damaged = None;
        for exact in [true, false] {
            for alias in aliases {
                let loose = formats::plain(alias);
                let hit = (0..columns.len()).find(|&i| {
                    let same = if exact {
                        columns.get(i) == Some(alias)
                    } else {
                        plain.get(i) == Some(&loose)
                    };
                    same && self.is_free(i) && !found.contains(&i)
                });
                let Some(i) = hit else { continue };
                if is_id(role) && self.facts_of(i).mostly(self.facts_of(i).damaged, 50) {
                    damaged.get_or_insert(i);
                } else if self.fits(role, i) {
                    found.push(i);
                }
            }
        }
        if let Some(i) = damaged.filter(|_| found.is_empty()) {
            self.warn_of_damage(role, i);
        }
        found
    }

    fn warn_of_damage(&mut self, role: Role, i: usize) {
        let column = self.table.columns.get(i).cloned().unwrap_or_default();
        let sample = self.table.sample.iter().filter_map(|row| row.get(i));
        let example = sample
            .filter(|cell| is_damaged_id(cell))
            .map(|cell| cell.trim())
            .next()
            .unwrap_or("zeros at the end");
        let instead = if role == Role::PostId {
            "the same post is recognised by its address instead"
        } else {
            "people are told apart by handle instead"
        };
        let sentence = format!(
            "The ids in \"{column}\" were damaged by a spreadsheet ({example}), so {instead}"
        );
        if !self.warnings.contains(&sentence) {
            self.warnings.push(sentence);
        }
    }

    /// Whether the values of column `i` can play `role`. A column without values may play any.
    pub(super) fn fits(&self, role: Role, i: usize) -> bool {
        let f = self.facts_of(i);
        if f.filled == 0 {
            return !matches!(role, Role::Author | Role::Source | Role::Target | Role::Id);
        }
        let is_flag = f.mostly(f.flags, 100);
        match role {
            Role::Author => {
                f.filled * 2 >= f.rows
                    && f.mean_chars() <= 80
                    && !f.mostly(f.written_dates, 80)
                    && !(is_flag && f.rows > 2)
            }
            Role::Name => {
                f.mean_chars() <= 100 && !f.mostly(f.written_dates, 80) && !f.mostly(f.sites, 80)
            }
            Role::Label => f.mean_chars() <= 100 && !f.mostly(f.written_dates, 80),
            Role::AuthorId => f.mean_chars() <= 100 && !is_flag,
            Role::Id => f.mean_chars() <= 100 && f.filled * 2 >= f.rows,
            Role::Reach => f.mostly(f.numeric, 80) && !f.mostly(f.written_dates, 50),
            Role::Text => !f.mostly(f.numeric, 90) && !is_flag && !f.mostly(f.written_dates, 80),
            Role::Time => f.mostly(f.dates, 50),
            Role::ReplyTo | Role::RepostOf | Role::QuoteOf => {
                !is_flag && !f.mostly(f.written_dates, 80) && f.mean_chars() <= 2000
            }
            Role::Mentions => !f.mostly(f.numeric, 90) && !is_flag,
            Role::Url => f.mean_chars() >= 8 && !f.mostly(f.numeric, 90),
            Role::PostId => {
                f.distinct * 10 >= f.filled * 3 && !(is_flag && f.rows > 2) && f.mean_chars() <= 300
            }
            Role::Source | Role::Target => {
                f.filled * 2 >= f.rows && f.mean_chars() <= 200 && !f.mostly(f.written_dates, 80)
            }
            Role::Weight => {
                f.mostly(f.numeric, 50) && !f.mostly(f.unix, 90) && !f.mostly(f.written_dates, 50)
            }
            Role::Kind => !f.mostly(f.numeric, 50) && f.distinct <= 20,
            Role::Language | Role::Platform | Role::PostKind => f.mean_chars() <= 60,
            Role::Sentiment => f.mean_chars() <= 40,
            Role::Bio => !f.mostly(f.numeric, 80) && !is_flag && !f.mostly(f.written_dates, 80),
            Role::Community => f.mean_chars() <= 80 && !f.mostly(f.written_dates, 50),
        }
    }

    /// The error for a table that tells no author or nothing about what they said.
    pub(super) fn not_understood(&self, has_author: bool) -> ImportError {
        let (columns, file) = (self.table.columns.clone(), self.table.file.to_owned());
        if has_author {
            ImportError::NoText { columns, file }
        } else {
            ImportError::NoAuthor { columns, file }
        }
    }
}

fn is_id(role: Role) -> bool {
    matches!(role, Role::AuthorId | Role::PostId)
}

/// The column that a person means by `name`: exactly, else without regard to case and marks.
pub(super) fn find_column(columns: &[String], name: &str) -> Option<usize> {
    let loose = formats::plain(name);
    columns
        .iter()
        .position(|c| c.trim() == name.trim())
        .or_else(|| columns.iter().position(|c| formats::plain(c) == loose))
}
