//! What some files tell of a post beside who, when and what: its language, its platform, and how it sounds.

use std::collections::BTreeMap;

use super::Posts;

/// How a post sounds, as the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sentiment {
    /// It sounds bad.
    Negative,
    /// Neither.
    Neutral,
    /// It sounds good.
    Positive,
}

impl Sentiment {
    /// All, from bad to good.
    pub const ALL: [Self; 3] = [Self::Negative, Self::Neutral, Self::Positive];
}

/// A short text for each post, most of them the same few: each text is kept once. Empty while no post has one.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct FewTexts {
    /// The different texts, in the order in which they came.
    texts: Vec<Box<str>>,
    numbers: BTreeMap<Box<str>, u16>,
    /// By post: 0, or the place in `texts` from 1. Posts behind its end have none.
    of: Vec<u16>,
}

impl FewTexts {
    /// Says that post number `post` has `text`; the last said counts. Of more than 65,534 different texts the later ones are not
    /// kept. O(log texts).
    pub(super) fn tell(&mut self, post: usize, text: &str) {
        let text = text.trim();
        let number = match self.numbers.get(text) {
            _ if text.is_empty() => 0,
            Some(number) => *number,
            None => {
                let Ok(number) = u16::try_from(self.texts.len() + 1) else {
                    return;
                };
                self.texts.push(text.into());
                self.numbers.insert(text.into(), number);
                number
            }
        };
        if self.of.len() <= post {
            if number == 0 {
                return;
            }
            self.of.resize(post + 1, 0);
        }
        if let Some(slot) = self.of.get_mut(post) {
            *slot = number;
        }
    }

    /// The text of post number `post`.
    pub(super) fn get(&self, post: usize) -> Option<&str> {
        let number = self.number(post)?;
        self.texts.get(usize::from(number)).map(|text| &**text)
    }

    /// The place in `texts` of the text of post number `post`.
    pub(super) fn number(&self, post: usize) -> Option<u16> {
        self.of.get(post)?.checked_sub(1)
    }

    /// The different texts.
    pub(super) fn texts(&self) -> &[Box<str>] {
        &self.texts
    }
}

/// How each post sounds. Empty while nothing is known of any.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sounds {
    /// By post: 0, or the place in [`Sentiment::ALL`] from 1.
    of: Vec<u8>,
}

impl Sounds {
    /// Says how post number `post` sounds.
    pub(super) fn tell(&mut self, post: usize, sentiment: Sentiment) {
        if self.of.len() <= post {
            self.of.resize(post + 1, 0);
        }
        self.of[post] = sentiment as u8 + 1;
    }

    /// How post number `post` sounds.
    pub(super) fn get(&self, post: usize) -> Option<Sentiment> {
        let place = self.of.get(post)?.checked_sub(1)?;
        Sentiment::ALL.get(usize::from(place)).copied()
    }

    /// Nothing is known of any post.
    pub(super) fn is_empty(&self) -> bool {
        self.of.is_empty()
    }
}

/// What files tell of posts beside who, when and what; by place in [`Posts::posts`].
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct PostFacts {
    languages: FewTexts,
    platforms: FewTexts,
    sounds: Sounds,
}

impl Posts {
    /// Says which language post number `post` is in, as the file writes it; kept in lower case.
    pub fn tell_language(&mut self, post: usize, language: &str) {
        let language = language.trim().to_lowercase();
        self.facts.languages.tell(post, &language);
    }

    /// Says on which platform post number `post` stands, as the file writes it.
    pub fn tell_platform(&mut self, post: usize, platform: &str) {
        self.facts.platforms.tell(post, platform);
    }

    /// Says how post number `post` sounds.
    pub fn tell_sentiment(&mut self, post: usize, sentiment: Sentiment) {
        self.facts.sounds.tell(post, sentiment);
    }

    /// The language of post number `post`, in lower case, where the file tells.
    pub fn language(&self, post: usize) -> Option<&str> {
        self.facts.languages.get(post)
    }

    /// The place in [`Posts::languages`] of the language of post number `post`.
    pub fn language_number(&self, post: usize) -> Option<u16> {
        self.facts.languages.number(post)
    }

    /// The different languages of all posts, in the order in which they came; empty where the files tell none.
    pub fn languages(&self) -> &[Box<str>] {
        self.facts.languages.texts()
    }

    /// The platform of post number `post`, where the file tells.
    pub fn platform(&self, post: usize) -> Option<&str> {
        self.facts.platforms.get(post)
    }

    /// The place in [`Posts::platforms`] of the platform of post number `post`.
    pub fn platform_number(&self, post: usize) -> Option<u16> {
        self.facts.platforms.number(post)
    }

    /// The different platforms of all posts, in the order in which they came; empty where the files tell none.
    pub fn platforms(&self) -> &[Box<str>] {
        self.facts.platforms.texts()
    }

    /// How post number `post` sounds, where the file tells.
    pub fn sentiment(&self, post: usize) -> Option<Sentiment> {
        self.facts.sounds.get(post)
    }

    /// Whether the files tell of any post how it sounds.
    pub fn has_sentiment(&self) -> bool {
        !self.facts.sounds.is_empty()
    }
}
