//! Which accounts are one person, as somebody says who knows them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Account, Person, PersonId, Posts};

/// Accounts that are one person: by the key of each account that goes by another one, the key of that other one. Keys of accounts
/// that are not there say nothing until they are.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SameAccounts {
    of: BTreeMap<String, String>,
}

impl SameAccounts {
    /// No account goes by another one.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// Makes the accounts `others` one person with `keeps`, whose key and name count from now on; whoever was one person with any of
    /// them is so too. O(accounts that are joined).
    pub fn join<'a>(&mut self, keeps: &str, others: impl IntoIterator<Item = &'a str>) {
        self.of.remove(keeps);
        for other in others {
            if other == keeps {
                continue;
            }
            for person in self.of.values_mut().filter(|person| *person == other) {
                keeps.clone_into(person);
            }
            self.of.insert(other.to_owned(), keeps.to_owned());
        }
    }

    /// Every account that goes by `person` is a person of its own again.
    pub fn take_apart(&mut self, person: &str) {
        self.of.retain(|_, by| by != person);
    }

    /// The accounts that go by another one, with the one they go by, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.of.iter().map(|(key, by)| (key.as_str(), by.as_str()))
    }

    /// The same without these accounts; those who went by one of them go by the first of themselves.
    #[must_use]
    pub fn without(&self, gone: &BTreeSet<String>) -> Self {
        let mut first: BTreeMap<&str, &str> = BTreeMap::new();
        let mut left = Self::default();
        for (key, by) in self.iter().filter(|(key, _)| !gone.contains(*key)) {
            let by = if gone.contains(by) {
                *first.entry(by).or_insert(key)
            } else {
                by
            };
            if by != key {
                left.of.insert(key.to_owned(), by.to_owned());
            }
        }
        left
    }

    /// By account the one whose person it is: itself, but for those that go by another one. O(joined · log accounts).
    pub(super) fn heads(&self, posts: &Posts) -> BTreeMap<u32, u32> {
        let mut stand_in: BTreeMap<&str, u32> = BTreeMap::new();
        let mut heads = BTreeMap::new();
        for (key, by) in self.iter() {
            let Some(account) = posts.find(key) else {
                continue;
            };
            // Where the one they go by is not in these posts, the first of them stands in.
            let known = posts.find(by);
            let head = known.unwrap_or_else(|| *stand_in.entry(by).or_insert(account));
            if head != account {
                heads.insert(account, head);
            }
        }
        // A file that was edited by hand may say that one goes by another who goes by a third, or in a circle.
        let last = |account: &u32| {
            let mut head = heads.get(account).copied()?;
            for _ in 0..heads.len() {
                match heads.get(&head) {
                    Some(next) => head = *next,
                    None => return Some((*account, head)),
                }
            }
            None
        };
        heads.keys().filter_map(last).collect()
    }
}

/// An account that is one person with another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JoinedAccount {
    /// Its key.
    pub key: Box<str>,
    /// Its handle, as written.
    pub handle: Box<str>,
    /// Who it is.
    pub person: PersonId,
}

/// The accounts that do not go by their own key, in order of the keys; none where the person of each account is not known. O(accounts).
pub(crate) fn joined_accounts(
    accounts: &[Account],
    people: &[Person],
    person_of_account: &[PersonId],
) -> Vec<JoinedAccount> {
    if accounts.len() == people.len() {
        return Vec::new(); // each is a person
    }
    let pairs = accounts.iter().zip(person_of_account);
    let goes_by_another = |(account, person): (&Account, &PersonId)| {
        let by = people.get(person.index())?;
        (by.key != account.key).then(|| JoinedAccount {
            key: account.key.clone(),
            handle: account.handle.clone(),
            person: *person,
        })
    };
    let mut joined: Vec<JoinedAccount> = pairs.filter_map(goes_by_another).collect();
    joined.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(same: &SameAccounts) -> Vec<(&str, &str)> {
        same.iter().collect()
    }

    #[test]
    fn whoever_was_joined_before_comes_along() {
        let mut same = SameAccounts::default();
        same.join("ana", ["ana2"]);
        same.join("ben", ["ana", "ben"]);
        assert_eq!(pairs(&same), [("ana", "ben"), ("ana2", "ben")]);
        same.join("ana2", ["ben"]);
        assert_eq!(pairs(&same), [("ana", "ana2"), ("ben", "ana2")]);
        same.take_apart("ana2");
        assert!(same.is_empty());
    }

    #[test]
    fn those_of_somebody_who_is_gone_stay_together() {
        let mut same = SameAccounts::default();
        same.join("ana", ["ana2", "ana3", "ana4"]);
        let gone = BTreeSet::from(["ana".to_owned(), "ana3".to_owned()]);
        assert_eq!(pairs(&same.without(&gone)), [("ana4", "ana2")]);
    }
}
