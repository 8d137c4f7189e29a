//! Selections made from selections: everybody, everybody else, neighbours, whole communities; always among those who are shown.

use std::collections::BTreeSet;

use super::ShownPart;
use crate::analysis::{Communities, CommunityId};
use crate::people::{ConversationGraph, PersonId};
use crate::progress::{Cancelled, Progress};

/// People gone through between two looks at the stop sign.
const AT_A_TIME: usize = 1 << 14;

/// Who may be selected.
#[derive(Clone, Copy)]
pub struct Selectable<'a> {
    /// Who there is.
    pub graph: &'a ConversationGraph,
    /// Who belongs where.
    pub communities: &'a Communities,
    /// What the filter lets through; `None`: everybody.
    pub part: Option<&'a ShownPart>,
    /// Communities that are not shown.
    pub hidden: &'a BTreeSet<CommunityId>,
}

impl Selectable<'_> {
    /// Whether `person` is shown. O(log hidden).
    pub fn has(&self, person: PersonId) -> bool {
        let let_through = self
            .part
            .is_none_or(|part| part.people.get(person.index()).copied().unwrap_or(false));
        let community = self.communities.of.get(person.index());
        let_through
            && (self.hidden.is_empty()
                || community.is_none_or(|of| of.is_none_or(|id| !self.hidden.contains(&id))))
    }

    /// Everybody who is shown, by number. O(n).
    ///
    /// # Errors
    /// [`Cancelled`] only, as of all that follow.
    pub fn all(&self, progress: &Progress) -> Result<Vec<PersonId>, Cancelled> {
        self.whoever(progress, |_| true)
    }

    /// Everybody who is shown and not in `selected`, by number. O(n).
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn others(
        &self,
        selected: &[PersonId],
        progress: &Progress,
    ) -> Result<Vec<PersonId>, Cancelled> {
        let flags = self.flags(selected);
        self.whoever(progress, |i| !flags[i])
    }

    /// `selected` in their order, then everybody who is shown and tied to one of them, by number. O(n + ties of the selected).
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn with_neighbours(
        &self,
        selected: &[PersonId],
        progress: &Progress,
    ) -> Result<Vec<PersonId>, Cancelled> {
        let flags = self.flags(selected);
        let mut tied = vec![false; flags.len()];
        let ties = &self.graph.ties;
        for part in selected.chunks(AT_A_TIME / 8) {
            progress.check()?;
            let known = part.iter().filter(|p| p.index() < ties.n_people());
            for person in known {
                let (neighbours, _) = ties.row(person.index());
                for other in neighbours {
                    if let Some(tied) = tied.get_mut(*other as usize) {
                        *tied = true;
                    }
                }
            }
        }
        let more = self.whoever(progress, |i| tied[i] && !flags[i])?;
        Ok(selected.iter().copied().chain(more).collect())
    }

    /// `selected` in their order, then everybody who is shown and in a community of one of them, by number. O(n).
    ///
    /// # Errors
    /// [`Cancelled`] only.
    pub fn with_communities(
        &self,
        selected: &[PersonId],
        progress: &Progress,
    ) -> Result<Vec<PersonId>, Cancelled> {
        let flags = self.flags(selected);
        let of = &self.communities.of;
        let mut wanted = vec![false; self.communities.list.len()];
        for community in selected.iter().filter_map(|p| of.get(p.index()).copied()?) {
            if let Some(wanted) = wanted.get_mut(community.index()) {
                *wanted = true;
            }
        }
        let same = |i: usize| {
            let community = of.get(i).copied().flatten();
            community.is_some_and(|id| wanted.get(id.index()).copied().unwrap_or(false))
        };
        let more = self.whoever(progress, |i| !flags[i] && same(i))?;
        Ok(selected.iter().copied().chain(more).collect())
    }

    fn flags(&self, selected: &[PersonId]) -> Vec<bool> {
        let mut flags = vec![false; self.graph.n_people()];
        for person in selected {
            if let Some(flag) = flags.get_mut(person.index()) {
                *flag = true;
            }
        }
        flags
    }

    /// Everybody who is shown and `wanted`, a number below n.
    fn whoever(
        &self,
        progress: &Progress,
        wanted: impl Fn(usize) -> bool,
    ) -> Result<Vec<PersonId>, Cancelled> {
        let n = self.graph.n_people();
        let mut found = Vec::new();
        for start in (0..n).step_by(AT_A_TIME) {
            progress.check()?;
            let part = start..n.min(start + AT_A_TIME);
            let ids = part.filter(|i| wanted(*i)).map(|i| PersonId(i as u32));
            found.extend(ids.filter(|person| self.has(*person)));
        }
        Ok(found)
    }
}
