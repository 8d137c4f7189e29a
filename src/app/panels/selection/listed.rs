//! Who of the selection is on the outreach list, and how far the talk is: counted again only where either has changed.

use std::sync::{Arc, Weak};

use super::super::figures;
use super::super::shown::Shown;
use crate::app::selection::Mark;
use crate::campaign::{OutreachList, Status};
use crate::session::Results;

/// How many of the selection are on the list.
#[derive(Debug, Default)]
pub(super) struct Listed {
    of: Mark,
    on: Weak<Results>,
    list: OutreachList,
    /// By place in [`Status::ALL`].
    counts: [usize; Status::ALL.len()],
}

impl Listed {
    /// Counts, where selection, map or list are other ones. O(list · log n) then, else O(list).
    pub(super) fn renew(&mut self, shown: Shown<'_>) {
        let (selected, results) = (&shown.model.selected, &shown.map.results);
        let list = &shown.model.campaign.outreach_list;
        let same_map = std::ptr::eq(self.on.as_ptr(), Arc::as_ptr(results));
        if same_map && self.of.is_of(selected) && self.list == *list {
            return;
        }
        let known = list.entries().iter();
        let known = known.filter(|entry| {
            let person = results.graph.find(&entry.person);
            person.is_some_and(|person| selected.has(person))
        });
        self.counts = [0; Status::ALL.len()];
        for entry in known {
            if let Some(count) = self.counts.get_mut(entry.status as usize) {
                *count += 1;
            }
        }
        self.of = selected.mark();
        self.on = Arc::downgrade(results);
        self.list.clone_from(list);
    }

    /// How many are.
    pub(super) fn len(&self) -> usize {
        self.counts.iter().sum()
    }

    /// `3 on the list: 2 to contact, 1 answered`.
    pub(super) fn words(&self) -> String {
        let counts = Status::ALL.into_iter().zip(self.counts);
        let counts = counts.filter(|(_, n)| *n > 0);
        let parts =
            counts.map(|(status, n)| format!("{} {}", figures::whole(n as u64), status.words()));
        let parts: Vec<String> = parts.collect();
        let n = figures::whole(self.len() as u64);
        format!("{n} on the list: {}", parts.join(", "))
    }
}
