//! People and ties as a graph file states them, before they become accounts: ids stay as written until all are known.

use std::collections::{BTreeMap, HashMap};

use super::super::told::{Into, Told};
use super::super::{CREATOR, ImportError, PreviewColumn, Role, tie_list};
use super::attributes::{Meaning, Ranked, TieFacts, meaning};
use crate::people::{AccountId, GivenTie, TieKind, key_of};
use crate::progress::Progress;

/// People that are made because a header promises them, whatever the file's size.
const ALWAYS_PROMISED: u64 = 100_000;
/// People that a file of this size may promise: a person who is tied to anybody takes some bytes.
pub(super) fn most_promised(file_bytes: usize) -> u64 {
    ALWAYS_PROMISED.max(file_bytes as u64 / 4)
}

/// Letters of a value shown.
const N_LETTERS: usize = 60;
/// Rows shown.
const N_ROWS: usize = 8;

/// What the file says of one person.
#[derive(Debug, Default)]
struct Gatherer {
    id: Box<str>,
    handle: Ranked<Box<str>>,
    name: Ranked<Box<str>>,
    reach: Ranked<f64>,
    community: Ranked<Box<str>>,
    x: Option<f32>,
    y: Option<f32>,
    colour: [Option<u8>; 3],
    hidden: bool,
}

#[derive(Debug, Clone, Copy)]
struct Tie {
    from: u32,
    to: u32,
    kind: TieKind,
    directed: bool,
    count: f64,
}

/// Everything that one graph file says.
#[derive(Debug)]
pub(super) struct Gathered<'f> {
    /// The file's name.
    pub file: &'f str,
    /// True where y grows upwards in this format.
    pub y_up: bool,
    /// True where the file says that this program wrote it.
    by_us: bool,
    people: Vec<Gatherer>,
    by_id: HashMap<Box<str>, u32>,
    ties: Vec<Tie>,
    left_out: Vec<(&'static str, u64, u64)>,
    warnings: Vec<String>,
    /// The name in the file of what played each role.
    fields: BTreeMap<Role, String>,
}

impl<'f> Gathered<'f> {
    /// Nothing yet, of `file`.
    pub(super) fn new(file: &'f str) -> Self {
        Self {
            file,
            y_up: false,
            by_us: false,
            people: Vec::new(),
            by_id: HashMap::new(),
            ties: Vec::new(),
            left_out: Vec::new(),
            warnings: Vec::new(),
            fields: BTreeMap::new(),
        }
    }

    /// The person with this id, made where it is new; `None` for an id of which nothing would be left as a key.
    pub(super) fn person(&mut self, id: &str) -> Option<usize> {
        let id = id.trim();
        if let Some(&known) = self.by_id.get(id) {
            return Some(known as usize);
        }
        if key_of(id).is_empty() {
            return None;
        }
        let number = self.people.len();
        self.by_id.insert(id.into(), number as u32);
        self.people.push(Gatherer {
            id: id.into(),
            ..Gatherer::default()
        });
        Some(number)
    }

    /// As [`Gathered::person`], for a person whom the file lists; without an id the row is left out.
    pub(super) fn listed(&mut self, id: &str, line: u64) -> Option<usize> {
        let person = self.person(id);
        if person.is_none() {
            self.leave_out("no id", line);
        }
        person
    }

    /// True when there is a person with this id already.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.by_id.contains_key(id.trim())
    }

    /// Makes the people `1..=n` of a header, without trusting it: more than the file could hold are made only by their ties.
    pub(super) fn promised(&mut self, n: u64, file_bytes: usize) {
        if n <= most_promised(file_bytes) {
            for k in 1..=n {
                self.person(&k.to_string());
            }
        } else {
            self.warn(format!(
                "The header of {} promises {n} people, more than such a file holds; only people with ties were read",
                self.file
            ));
        }
    }

    /// Says who wrote the file.
    pub(super) fn created_by(&mut self, creator: &str) {
        let rest = creator.trim().strip_prefix(CREATOR);
        self.by_us |= rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    }

    /// Says what attribute `field` of a person is.
    pub(super) fn tell(&mut self, person: usize, field: &str, value: &str) {
        let Some(meaning) = meaning(field) else {
            return;
        };
        self.tell_meaning(person, meaning, field, value);
    }

    /// As [`Gathered::tell`], where the format itself says that the value is a number: then a point is a decimal point.
    pub(super) fn tell_number(&mut self, person: usize, field: &str, value: &str) {
        let number = value.trim().parse::<f64>();
        match (meaning(field), number, self.people.get_mut(person)) {
            (Some(Meaning::Reach(rank)), Ok(reach), Some(known)) => {
                if reach >= 0.0 && reach.is_finite() && known.reach.tell(rank, reach) {
                    let field = || field.to_owned();
                    self.fields.entry(Role::Reach).or_insert_with(field);
                }
            }
            _ => self.tell(person, field, value),
        }
    }

    /// As [`Gathered::tell`], where the format itself says what the value means.
    pub(super) fn tell_meaning(
        &mut self,
        person: usize,
        meaning: Meaning,
        field: &str,
        value: &str,
    ) {
        let Some(known) = self.people.get_mut(person) else {
            return;
        };
        let value = value.trim();
        if value.is_empty() {
            return;
        }
        let role = match meaning {
            Meaning::Handle(rank) => {
                known.handle.tell(rank, value.into());
                return;
            }
            Meaning::Name(rank) => known.name.tell(rank, value.into()).then_some(Role::Label),
            Meaning::Reach(rank) => super::super::numbers::count(value)
                .and_then(|reach| known.reach.tell(rank, reach).then_some(Role::Reach)),
            Meaning::Community(rank) => (!super::super::numbers::is_missing(value)
                && known.community.tell(rank, value.into()))
            .then_some(Role::Community),
            Meaning::X => {
                known.x = coordinate(value);
                None
            }
            Meaning::Y => {
                known.y = coordinate(value);
                None
            }
            Meaning::Part(which) => {
                if let (Some(part), Ok(amount)) =
                    (known.colour.get_mut(which), value.parse::<f64>())
                {
                    *part = Some(amount.clamp(0.0, 255.0) as u8);
                }
                None
            }
            Meaning::Hidden => {
                known.hidden = value.eq_ignore_ascii_case("true");
                None
            }
            Meaning::Colour => {
                if let Some(colour) = super::attributes::colour(value) {
                    known.colour = colour.map(Some);
                }
                None
            }
        };
        if let Some(role) = role {
            self.fields.entry(role).or_insert_with(|| field.to_owned());
        }
    }

    /// Adds a tie between two ids; see [`Gathered::tie_between`].
    pub(super) fn tie(
        &mut self,
        (from, to): (&str, &str),
        facts: &TieFacts,
        directed: bool,
        line: u64,
    ) {
        // Both are made only where both can be, so that a broken row leaves nobody behind.
        if key_of(from).is_empty() || key_of(to).is_empty() {
            return self.leave_out("one end of the tie is empty", line);
        }
        if let Err(reason) = facts.count() {
            return self.leave_out(reason, line);
        }
        if let (Some(from), Some(to)) = (self.person(from), self.person(to)) {
            self.tie_between((from, to), facts, directed, line);
        }
    }

    /// Adds a tie between two people; a weight that makes none leaves the row out.
    ///
    /// `directed` is what the format says where the tie itself does not.
    pub(super) fn tie_between(
        &mut self,
        (from, to): (usize, usize),
        facts: &TieFacts,
        directed: bool,
        line: u64,
    ) {
        match facts.count() {
            Ok(count) => self.ties.push(Tie {
                from: from as u32,
                to: to as u32,
                kind: facts.kind(),
                directed: facts.directed.unwrap_or(directed),
                count,
            }),
            Err(reason) => self.leave_out(reason, line),
        }
        for (role, field) in facts.fields() {
            self.fields.entry(role).or_insert_with(|| field.to_owned());
        }
    }

    /// Counts a row as read and left out.
    pub(super) fn leave_out(&mut self, reason: &'static str, line: u64) {
        match self.left_out.iter_mut().find(|l| l.0 == reason) {
            Some(known) => known.1 += 1,
            None => self.left_out.push((reason, 1, line)),
        }
    }

    /// Adds a warning once.
    pub(super) fn warn(&mut self, sentence: String) {
        if !self.warnings.contains(&sentence) {
            self.warnings.push(sentence);
        }
    }

    /// Hands everything over: people first, in file order, then ties.
    ///
    /// # Errors
    /// [`ImportError::NoPeople`] where there is nothing, [`ImportError::Cancelled`].
    pub(super) fn deliver(
        self,
        (format, title, why): (&'static str, &str, &str),
        into: &mut Into<'_>,
        progress: &Progress,
    ) -> Result<Told, ImportError> {
        if self.people.is_empty() && self.left_out.is_empty() {
            return Err(ImportError::NoPeople {
                format,
                file: self.file.to_owned(),
            });
        }
        let told = Told {
            title: title.to_owned(),
            why: why.to_owned(),
            columns: self.columns(),
            first_rows: self.first_rows(),
        };
        into.posts.exported_here |= self.by_us;
        let by_handle = self.handles_are_keys();
        let mut accounts: Vec<Option<AccountId>> = Vec::with_capacity(self.people.len());
        for (i, person) in self.people.iter().enumerate() {
            if i.is_multiple_of(4096) {
                progress.check()?;
            }
            accounts.push(person.deliver(by_handle, self.y_up, into));
        }
        for (i, tie) in self.ties.iter().enumerate() {
            if i.is_multiple_of(4096) {
                progress.check()?;
            }
            let account = |i: u32| accounts.get(i as usize).copied().flatten();
            if let (Some(from), Some(to)) = (account(tie.from), account(tie.to)) {
                into.report.rows_read += 1;
                into.posts.given_ties.push(GivenTie {
                    from,
                    to,
                    kind: tie.kind,
                    count: tie.count,
                    directed: tie.directed,
                });
            }
        }
        for (reason, count, line) in self.left_out {
            for _ in 0..count {
                into.report.leave_out(reason, self.file, line);
            }
        }
        for warning in self.warnings {
            into.report.warn(warning);
        }
        Ok(told)
    }

    /// True when the file gives everybody a handle and no two are the same: then people go by their handles, not by the
    /// numbers that some program gave them.
    fn handles_are_keys(&self) -> bool {
        let mut keys = std::collections::HashSet::new();
        self.people.iter().all(|p| {
            let key = p.handle.get().map(|handle| key_of(handle));
            key.is_some_and(|key| !key.is_empty() && keys.insert(key))
        })
    }

    fn columns(&self) -> Vec<PreviewColumn> {
        self.shown()
            .into_iter()
            .map(|role| PreviewColumn {
                name: self.field(role),
                role: Some(role),
                why: "as the format says".to_owned(),
                samples: self.samples(role),
            })
            .collect()
    }

    /// The roles that have values, ties first.
    fn shown(&self) -> Vec<Role> {
        let mut roles = Vec::new();
        if !self.ties.is_empty() {
            roles.extend([Role::Source, Role::Target]);
            roles.extend(
                [Role::Weight, Role::Kind]
                    .iter()
                    .filter(|r| self.fields.contains_key(r)),
            );
        }
        roles.push(Role::Id);
        let told = [Role::Label, Role::Reach, Role::Community];
        roles.extend(told.iter().filter(|r| self.fields.contains_key(r)));
        roles
    }

    fn field(&self, role: Role) -> String {
        self.fields
            .get(&role)
            .cloned()
            .unwrap_or_else(|| role.word().to_owned())
    }

    fn samples(&self, role: Role) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let n = self.ties.len().max(self.people.len()).min(1000);
        for row in 0..n {
            let cell = self.cell(role, row);
            if !cell.is_empty() && !found.contains(&cell) {
                found.push(cell);
            }
            if found.len() == 3 {
                break;
            }
        }
        found
    }

    /// Ties side by side with people: the first of each, as the file has them.
    fn first_rows(&self) -> Vec<Vec<String>> {
        let roles = self.shown();
        let n = self.ties.len().max(self.people.len()).min(N_ROWS);
        (0..n)
            .map(|row| roles.iter().map(|role| self.cell(*role, row)).collect())
            .collect()
    }

    fn cell(&self, role: Role, row: usize) -> String {
        let id = |i: u32| self.people.get(i as usize).map(|p| p.id.to_string());
        let tie = self.ties.get(row);
        let person = self.people.get(row);
        let cell = match role {
            Role::Source => tie.and_then(|t| id(t.from)),
            Role::Target => tie.and_then(|t| id(t.to)),
            Role::Weight => tie.map(|t| t.count.to_string()),
            Role::Kind => tie.map(|t| t.kind.word().to_owned()),
            Role::Id => person.map(|p| p.id.to_string()),
            Role::Label => person.and_then(|p| p.name.get().map(ToString::to_string)),
            Role::Reach => person.and_then(|p| p.reach.get().map(ToString::to_string)),
            Role::Community => person.and_then(|p| p.community.get().map(ToString::to_string)),
            _ => None,
        };
        cell.unwrap_or_default().chars().take(N_LETTERS).collect()
    }
}

impl Gatherer {
    fn deliver(&self, by_handle: bool, y_up: bool, into: &mut Into<'_>) -> Option<AccountId> {
        let handle = self.handle.get().filter(|_| by_handle);
        let account = into.posts.own_account(handle.unwrap_or(&self.id))?;
        if let Some(name) = self.name.get() {
            into.posts.tell_name(account, name, None);
        }
        if let Some(reach) = self.reach.get() {
            into.posts.tell_reach(account, *reach, None);
        }
        if let Some(community) = self.community.get() {
            into.posts.tell_community(account, community);
        }
        if let (Some(x), Some(y), false) = (self.x, self.y, self.hidden) {
            let y = if y_up { 0.0 - y } else { y }; // not -y: 0 stays 0
            into.posts.tell_place(account, [x, y]);
        }
        if let [Some(r), Some(g), Some(b)] = self.colour {
            into.posts.tell_colour(account, [r, g, b]);
        }
        Some(account)
    }
}

fn coordinate(value: &str) -> Option<f32> {
    value.parse::<f32>().ok().filter(|v| v.is_finite())
}

/// The number of a person as a file writes it, within `1..=n`.
///
/// # Errors
/// Why it names nobody.
pub(super) fn number(token: &str, n: u64) -> Result<u64, &'static str> {
    match token.parse::<i128>() {
        Ok(k) if k < 0 => Err("the number of a person is negative"),
        Ok(k) if k < 1 || k > i128::from(n) => Err("the number of a person is out of range"),
        Ok(k) => Ok(k as u64),
        Err(_) => Err("the number of a person is not a number"),
    }
}

/// A square of weights as ties: a square that is its own mirror image states each tie twice and has no direction.
///
/// `cells` are `(row, column, weight, line)` of what is not 0, with `people` by row and column.
pub(super) fn square(
    graph: &mut Gathered<'_>,
    cells: &[(u32, u32, f64, u64)],
    (rows, columns): (&[Option<usize>], &[Option<usize>]),
) {
    let mut mirrored: Vec<_> = cells.iter().map(|c| (c.1, c.0, c.2.to_bits())).collect();
    mirrored.sort_unstable();
    let mut straight: Vec<_> = cells.iter().map(|c| (c.0, c.1, c.2.to_bits())).collect();
    straight.sort_unstable();
    let symmetric = rows == columns && !cells.is_empty() && mirrored == straight;
    for &(row, column, weight, line) in cells {
        if symmetric && row > column {
            continue;
        }
        let ends = (
            rows.get(row as usize).copied().flatten(),
            columns.get(column as usize).copied().flatten(),
        );
        match ends {
            (Some(from), Some(to)) => {
                graph.tie_between((from, to), &TieFacts::of(weight), !symmetric, line);
            }
            _ => graph.leave_out("one end of the tie is empty", line),
        }
    }
}

/// Why a weight makes no tie; the words of tie lists.
pub(super) fn wrong_weight(weight: Option<f64>) -> &'static str {
    tie_list::wrong_weight(weight)
}
