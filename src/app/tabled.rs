//! The table of everybody: what it shows and in which order, and how its rows are made beside the window.

use std::collections::BTreeSet;
use std::sync::{Arc, Weak};

use super::selection::Selection;
use crate::analysis::CommunityId;
use crate::explore::{self, Column, Everybody, Selectable, ShownPart, Statuses, TableFacts};
use crate::people::PersonId;
use crate::progress::{Cancelled, Progress};
use crate::session::Results;

/// What rows are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    /// By this column.
    pub column: Column,
    /// The largest first.
    pub down: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            column: Column::Score,
            down: true,
        }
    }
}

impl Order {
    /// What a click on the header of `column` asks for.
    pub(super) fn clicked(self, column: Column) -> Self {
        let down = if self.column == column {
            !self.down
        } else {
            column.is_best_largest()
        };
        Self { column, down }
    }
}

/// Rows as they are shown.
#[derive(Debug, Clone)]
pub struct PeopleRows {
    /// What they are sorted by.
    pub order: Order,
    /// Who stands in them, from the top.
    pub people: Vec<PersonId>,
    /// Everybody in this order, shown or not.
    everybody: Arc<Vec<u32>>,
}

/// The table of everybody.
#[derive(Debug, Clone)]
pub struct Tabled {
    /// What the person wants it sorted by; the rows may still be in another order.
    pub order: Order,
    /// Only people with this in their name or handle.
    pub filter: String,
    /// Only people who are selected.
    pub selected_only: bool,
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// The rows; `None` until they are made.
    pub rows: Option<Arc<PeopleRows>>,
    /// What is counted for the table alone; `None` until that is done.
    pub facts: Option<Arc<TableFacts>>,
    /// Other rows are being made.
    pub is_behind: bool,
}

impl Default for Tabled {
    fn default() -> Self {
        Self {
            order: Order::default(),
            filter: String::new(),
            selected_only: false,
            columns: Column::USUAL.to_vec(),
            rows: None,
            facts: None,
            is_behind: false,
        }
    }
}

impl Tabled {
    /// The columns that the names of `headers` stand for, without repeats; the usual ones where that is none.
    pub(super) fn columns_of(headers: &[String]) -> Vec<Column> {
        let mut seen = BTreeSet::new();
        let known = headers.iter().filter_map(|name| Column::of_header(name));
        let columns: Vec<Column> = known.filter(|column| seen.insert(*column)).collect();
        if columns.is_empty() {
            Column::USUAL.to_vec()
        } else {
            columns
        }
    }

    /// Forgets what is about the open map.
    pub(super) fn forget_map(&mut self) {
        self.filter.clear();
        self.selected_only = false;
        self.rows = None;
        self.facts = None;
        self.is_behind = false;
    }
}

/// What rows are made of: two equal ones give the same rows.
pub(super) struct RowsOrder {
    /// The map as it may be shown; whoever keeps this to compare with keeps no map.
    pub(super) on: Weak<Results>,
    pub(super) part: Option<Arc<ShownPart>>,
    pub(super) hidden: BTreeSet<CommunityId>,
    pub(super) order: Order,
    pub(super) filter: String,
    /// Only those, where it is one.
    pub(super) only: Option<Selection>,
    /// Which campaign the statuses are of; 0 where they decide nothing.
    pub(super) campaign: u64,
    pub(super) statuses: Arc<Statuses>,
}

impl RowsOrder {
    /// Whether everybody would stand in the same order.
    pub(super) fn is_same_order(&self, other: &Self) -> bool {
        self.on.ptr_eq(&other.on) && self.order == other.order && self.campaign == other.campaign
    }

    /// Whether the rows would be the same.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let same_part = match (&self.part, &other.part) {
            (None, None) => true,
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            _ => false,
        };
        let same_only = match (&self.only, &other.only) {
            (None, None) => true,
            (Some(a), Some(b)) => a.mark().is_of(b),
            _ => false,
        };
        self.is_same_order(other)
            && same_part
            && same_only
            && self.filter == other.filter
            && self.hidden == other.hidden
    }
}

/// Rows, and what was counted on the way.
pub(super) struct NewRows {
    pub(super) rows: Arc<PeopleRows>,
    pub(super) facts: Arc<TableFacts>,
}

/// Makes the rows of `results`. `known`: the rows there are, where they stand in the right order; `facts`: what was counted before.
pub(super) fn make(
    (wanted, results): (&RowsOrder, &Results),
    known: Option<&PeopleRows>,
    facts: Option<Arc<TableFacts>>,
    progress: &Progress,
) -> Result<NewRows, Cancelled> {
    let posts = &results.conversation.posts;
    let facts = match facts {
        Some(facts) => facts,
        None => Arc::new(TableFacts::of(&results.graph, posts, progress)?),
    };
    let everybody = Everybody {
        graph: &results.graph,
        analysis: &results.analysis,
        posts,
        facts: Some(&facts),
        statuses: &wanted.statuses,
    };
    let Order { column, down } = wanted.order;
    let order = match known {
        Some(known) => known.everybody.clone(),
        None => Arc::new(explore::order(&everybody, column, down, progress)?),
    };
    let shown = Selectable {
        graph: &results.graph,
        communities: &results.analysis.communities,
        part: wanted.part.as_deref(),
        hidden: &wanted.hidden,
    };
    let only = wanted.only.as_ref();
    let keeps = |person| shown.has(person) && only.is_none_or(|only| only.has(person));
    let people = explore::rows(&everybody, &order, &wanted.filter, keeps, progress)?;
    let rows = PeopleRows {
        order: wanted.order,
        people,
        everybody: order,
    };
    Ok(NewRows {
        rows: Arc::new(rows),
        facts,
    })
}
