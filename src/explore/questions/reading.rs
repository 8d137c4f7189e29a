//! What somebody means who types a question: the templates that may be meant, and what was typed into their room.

use super::shapes::{ASKING, BETWEEN, Room, SHAPES, SMALL, Shape, is_among};
use super::wording::Names;
use crate::analysis::{Communities, CommunityId};
use crate::explore::alike::is_one_off;
use crate::explore::fold::fold;

/// Shorter words are not taken for misspelt.
const LEAST_MISSPELT: usize = 5;

/// A word that was typed, or the name of a community.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Word(String),
    Community(CommunityId),
}

/// What a shape makes of a text.
pub(super) struct Reading {
    score: i32,
    /// What was typed into each room.
    pub(super) rooms: Vec<Vec<Token>>,
}

/// `text` in words; the names of communities in it as one, the longest first.
fn tokens(text: &str, communities: &Communities) -> Vec<Token> {
    let mut text = format!(
        " {} ",
        fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
    );
    let mut names: Vec<(String, u32)> = communities
        .list
        .iter()
        .enumerate()
        .filter(|(_, community)| !community.small)
        .map(|(at, community)| (fold(&community.name), at as u32))
        .filter(|(name, at)| !name.trim().is_empty() && MARKS.contains(&(MARKS.start() + at)))
        .collect();
    names.sort_by_key(|(name, at)| (std::cmp::Reverse(name.len()), *at));
    for (name, at) in names {
        let is_end = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        let mut from = 0;
        while let Some(found) = text.get(from..).and_then(|rest| rest.find(&name)) {
            let (start, end) = (from + found, from + found + name.len());
            let before = text
                .get(..start)
                .and_then(|before| before.chars().next_back());
            let behind = text.get(end..).and_then(|behind| behind.chars().next());
            if is_end(before) && is_end(behind) {
                text.replace_range(start..end, &format!(" {} ", mark_of(at)));
            }
            from = start + 1;
            while !text.is_char_boundary(from) {
                from += 1;
            }
        }
    }
    let marks =
        |letter: char| matches!(letter, '?' | '!' | '.' | ',' | ';' | ':' | '"' | '“' | '”');
    (text.split_whitespace())
        .map(|word| match word.chars().next().and_then(marked) {
            Some(community) => Token::Community(community),
            None => Token::Word(word.trim_matches(marks).to_owned()),
        })
        .filter(|token| !matches!(token, Token::Word(word) if word.is_empty()))
        .collect()
}

/// Letters for private use stand for communities that were found.
const MARKS: std::ops::RangeInclusive<u32> = 0xf_0000..=0xf_fffd;

fn mark_of(community: u32) -> char {
    char::from_u32(MARKS.start() + community).unwrap_or(' ')
}

fn marked(letter: char) -> Option<CommunityId> {
    let number = u32::from(letter);
    MARKS
        .contains(&number)
        .then(|| CommunityId(number - MARKS.start()))
}

/// A word without the ending of its form.
fn stem(word: &str) -> &str {
    let word = word.strip_suffix("'s").unwrap_or(word);
    for ending in ["ing", "ed", "es", "s", "e"] {
        let stem = word.strip_suffix(ending);
        if let Some(stem) = stem.filter(|stem| stem.len() >= 3 && !word.ends_with("ss")) {
            return stem;
        }
    }
    word
}

/// Whether `word` means `idea`; `is_open`: it may not be typed to its end.
fn means(word: &str, idea: &str, is_open: bool) -> bool {
    if word == idea || stem(word) == stem(idea) {
        return true;
    }
    if is_open && word.len() >= 3 && idea.starts_with(word) {
        return true;
    }
    let is_misspelt = |a: &[u8], b: &[u8]| {
        a.len().min(b.len()) >= LEAST_MISSPELT && is_one_off(a, b) && is_one_off(b, a)
    };
    is_misspelt(word.as_bytes(), idea.as_bytes())
        || is_misspelt(stem(word).as_bytes(), stem(idea).as_bytes())
}

impl Shape {
    /// What it makes of `tokens`; `None` where it is not meant. `open`: the last word may not be typed to its end.
    fn read(&self, tokens: &[Token], open: bool) -> Option<Reading> {
        let mut met = vec![false; self.ideas.len()];
        let mut rooms: Vec<Vec<Token>> = vec![Vec::new()];
        let two = matches!(self.room, Room::TwoPeople | Room::TwoCommunities);
        for (at, token) in tokens.iter().enumerate() {
            let Token::Word(word) = token else {
                if two
                    && matches!(self.room, Room::TwoCommunities)
                    && rooms.last().is_some_and(|r| !r.is_empty())
                {
                    rooms.push(Vec::new());
                }
                rooms.last_mut()?.push(token.clone());
                continue;
            };
            let word = word.as_str();
            if at == 0 && is_among(word, ASKING) {
                if !is_among(word, self.begins) {
                    return None;
                }
                // Nothing else that can be asked begins so.
                met[0] |= word == "how";
                continue;
            }
            if two && is_among(word, BETWEEN) {
                if rooms.last().is_some_and(|room| !room.is_empty()) {
                    rooms.push(Vec::new());
                }
                continue;
            }
            let is_small = is_among(word, SMALL) || is_among(word, ASKING);
            let is_open = open && !is_small && at + 1 == tokens.len();
            let idea = (self.ideas.iter())
                .position(|ideas| ideas.split(' ').any(|idea| means(word, idea, is_open)));
            match idea {
                // What is said twice may be what is asked about.
                Some(place) if !met[place] || self.room != Room::Words => met[place] = true,
                _ if is_small => {}
                _ => rooms.last_mut()?.push(token.clone()),
            }
        }
        if !met.iter().take(self.needed).all(|met| *met) {
            return None;
        }
        rooms.retain(|room| !room.is_empty());
        let most = match self.room {
            Room::Nothing => 0,
            Room::TwoPeople | Room::TwoCommunities => 2,
            _ => 1,
        };
        if rooms.len() > most {
            return None;
        }
        let n_met = met.iter().filter(|met| **met).count() as i32;
        let score = 3 * n_met - (met.len() as i32 - n_met) + 2 * rooms.len() as i32;
        Some(Reading { score, rooms })
    }
}

/// Every shape that may be meant with what it makes of `text`, the likeliest first.
pub(super) fn readings(text: &str, names: &Names<'_>) -> Vec<(&'static Shape, Reading)> {
    let tokens = tokens(text, names.communities);
    let open = !text.ends_with([' ', '?']);
    let mut all: Vec<(&'static Shape, Reading)> = (SHAPES.iter())
        .filter_map(|shape| Some((shape, shape.read(&tokens, open)?)))
        .collect();
    all.sort_by_key(|(_, reading)| std::cmp::Reverse(reading.score));
    all
}
