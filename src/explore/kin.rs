//! Words that people use for the communities they know, and words by which those may be found in a conversation.

use super::find_communities::{FoundCommunity, communities_called};
use super::fold::fold;
use crate::analysis::{Communities, CommunityId};

/// Words for one kind of people: whoever types one of them may mean a community with another one of them.
const KINDS: [&str; 8] = [
    "media press news journalist reporter magazine newspaper editor outlet podcast broadcast newsroom",
    "foodie gourmet eater diner restaurant dining tasting omakase cuisine brunch",
    "homecook homemade recipe baking",
    "chef restaurateur kitchen",
    "vegan vegetarian plantbased",
    "activist campaigner sustainable climate protest environment",
    "politics politician party government election parliament",
    "fan supporter lover enthusiast",
];
/// Shorter words are in too many others.
const LEAST: usize = 4;

/// Other words for the same people, in the order in which they are looked for; none where `word` is no word for people.
pub fn kin_words(word: &str) -> impl Iterator<Item = &'static str> {
    let word = fold(word.trim());
    let alone = move |known: &str| {
        word == known || word.strip_suffix('s').is_some_and(|word| word == known)
    };
    let kinds = KINDS.iter().filter(move |kind| kind.split(' ').any(&alone));
    kinds
        .flat_map(|kind| kind.split(' '))
        .filter(|kin| kin.len() >= LEAST)
}

/// The communities that may be meant by words of another kind than theirs, at most `most`: no more than a guess, to be offered and
/// not to be taken.
///
/// # Cost
/// O(kinds · letters of names and words).
pub fn kin_communities(communities: &Communities, text: &str, most: usize) -> Vec<CommunityId> {
    let mut found: Vec<CommunityId> = Vec::new();
    for word in text.split_whitespace() {
        for kin in kin_words(word) {
            for called in communities_called(communities, kin) {
                if !found.contains(&called.community) {
                    found.push(called.community);
                }
            }
        }
    }
    found.truncate(most);
    found
}

/// The communities that somebody may mean who looks for `text`: first those called so ([`communities_called`]); where each word of it is
/// one for people, then those with other words for the same people.
///
/// # Cost
/// O(kinds · letters of names and words).
pub fn communities_meant(communities: &Communities, text: &str) -> Vec<FoundCommunity> {
    let mut found = communities_called(communities, text);
    let words = || text.split_whitespace();
    if words().all(|word| kin_words(word).next().is_some()) {
        for kin in words().flat_map(kin_words) {
            for called in communities_called(communities, kin) {
                if found
                    .iter()
                    .all(|known| known.community != called.community)
                {
                    found.push(called);
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_for_people_leads_to_the_others_and_no_other_word_does() {
        assert!(kin_words("press").any(|kin| kin == "news"));
        assert!(kin_words("Journalists").any(|kin| kin == "magazine"));
        assert!(kin_words("foodies").any(|kin| kin == "restaurant"));
        assert!(kin_words("foodies").any(|kin| kin == "omakase"));
        assert_eq!(kin_words("rice").count(), 0);
        assert_eq!(kin_words("").count(), 0);
    }
}
