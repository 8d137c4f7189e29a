//! Which communities are called so, or have such a word.

use super::fold::fold;
use super::words::begins_word;
use crate::analysis::{Communities, CommunityId};

/// A community that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCommunity {
    /// Which.
    pub community: CommunityId,
    /// The word of it by which it was found, where its name does not tell.
    pub word: Option<String>,
}

/// The communities in whose name, or in one of whose words, words begin with all that is typed; first those whose name is it, then those
/// whose name begins with it, then those whose name has it, then by words; among equals the larger first. Small groups have no names.
///
/// # Cost
/// O(letters of names and words).
pub fn communities_called(communities: &Communities, text: &str) -> Vec<FoundCommunity> {
    let typed = fold(text);
    let words: Vec<&str> = typed.split_whitespace().collect();
    if words.is_empty() {
        return Vec::new();
    }
    let phrase = words.join(" ");
    let mut found: Vec<(u8, FoundCommunity)> = Vec::new();
    for (at, community) in communities.list.iter().enumerate() {
        if community.small {
            continue;
        }
        let name = fold(&community.name);
        let (class, word) = if name == phrase {
            (0, None)
        } else if name.starts_with(&phrase) {
            (1, None)
        } else if words.iter().all(|word| begins_word(&name, word)) {
            (2, None)
        } else if phrase.chars().count() > 1 && words.iter().all(|word| name.contains(word)) {
            (3, None)
        } else {
            let has = |word: &&String| fold(word).starts_with(&phrase);
            match community.words.iter().find(has) {
                Some(word) => (4, Some(word.clone())),
                None => continue,
            }
        };
        let community = CommunityId(at as u32);
        found.push((class, FoundCommunity { community, word }));
    }
    found.sort_by_key(|(class, _)| *class); // stable: the larger first among equals
    found.into_iter().map(|(_, found)| found).collect()
}
