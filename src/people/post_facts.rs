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
    /// The number of `text` for [`FewTexts::put`], made where it is new; 0 for nothing. Of more than 65,534 different texts the later
    /// ones are not kept. O(log texts).
    fn number_of(&mut self, text: &str) -> u16 {
        let text = text.trim();
        if text.is_empty() {
            return 0;
        }
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let Ok(number) = u16::try_from(self.texts.len() + 1) else {
            return 0;
        };
        if number == u16::MAX {
            return 0;
        }
        self.texts.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }

    /// Says that post number `post` has the text of this number; the last said counts. O(1), spread over all posts.
    fn put(&mut self, post: usize, number: u16) {
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

    /// Says that post number `post` has `text`; the last said counts. As [`FewTexts::number_of`].
    fn tell(&mut self, post: usize, text: &str) {
        let number = self.number_of(text);
        self.put(post, number);
    }

    /// The texts of these posts alone, which are numbered anew in this order. O(posts).
    fn of_those(&self, posts: &[usize]) -> Self {
        let mut new = Self::default();
        if self.of.is_empty() {
            return new;
        }
        let mut new_number: Vec<Option<u16>> = vec![None; self.texts.len()];
        for (at, post) in posts.iter().enumerate() {
            let Some(number) = self.number(*post).map(usize::from) else {
                continue;
            };
            let Some(slot) = new_number.get_mut(number) else {
                continue;
            };
            let number = if let Some(known) = *slot {
                known
            } else {
                let text = self.texts.get(number).map_or("", |text| text);
                *slot.insert(new.number_of(text))
            };
            new.put(at, number);
        }
        new
    }

    /// Texts and numbers as they were kept: by post the place in `texts` from 1, or 0. `None` where they do not fit together.
    fn restored(texts: &[Box<str>], of: Vec<u16>) -> Option<Self> {
        let mut new = Self::default();
        for (text, at) in texts.iter().zip(1u16..) {
            if new.number_of(text) != at {
                return None; // one that is empty, or there twice
            }
        }
        let fits = of.iter().all(|number| usize::from(*number) <= texts.len());
        new.of = of;
        fits.then_some(new)
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

    /// How these posts alone sound. O(posts).
    fn of_those(&self, posts: &[usize]) -> Self {
        let mut new = Self::default();
        for (at, post) in posts.iter().enumerate() {
            if let Some(sentiment) = self.get(*post) {
                new.tell(at, sentiment);
            }
        }
        new
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

impl PostFacts {
    /// What is told of these posts alone, in this order; by place in [`Posts::posts`]. O(posts).
    pub(super) fn of_those(&self, posts: &[usize]) -> Self {
        Self {
            languages: self.languages.of_those(posts),
            platforms: self.platforms.of_those(posts),
            sounds: self.sounds.of_those(posts),
        }
    }

    /// Puts together what was kept, for so many posts; `None` where it does not fit.
    pub(super) fn restored(kept: FactColumns, n_posts: usize) -> Option<Self> {
        let lens = [
            kept.language.len(),
            kept.platform.len(),
            kept.sentiment.len(),
        ];
        let sounds = kept
            .sentiment
            .iter()
            .all(|s| usize::from(*s) <= Sentiment::ALL.len());
        if !sounds || lens.iter().any(|len| *len > n_posts) {
            return None;
        }
        Some(Self {
            languages: FewTexts::restored(&kept.languages, kept.language)?,
            platforms: FewTexts::restored(&kept.platforms, kept.platform)?,
            sounds: Sounds { of: kept.sentiment },
        })
    }
}

/// What is told of posts, as columns by place in [`Posts::posts`]; posts behind the end of a column have nothing of its kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct FactColumns {
    /// The different languages.
    pub(crate) languages: Vec<Box<str>>,
    /// By post: 0, or the place of its language from 1.
    pub(crate) language: Vec<u16>,
    /// The different platforms.
    pub(crate) platforms: Vec<Box<str>>,
    /// By post: 0, or the place of its platform from 1.
    pub(crate) platform: Vec<u16>,
    /// By post: 0, or the place in [`Sentiment::ALL`] from 1.
    pub(crate) sentiment: Vec<u8>,
}

impl Posts {
    /// What is told of the posts, to be kept.
    pub(crate) fn fact_columns(&self) -> FactColumns {
        let facts = &self.facts;
        FactColumns {
            languages: facts.languages.texts.clone(),
            language: facts.languages.of.clone(),
            platforms: facts.platforms.texts.clone(),
            platform: facts.platforms.of.clone(),
            sentiment: facts.sounds.of.clone(),
        }
    }

    /// The number of a language for [`Posts::put_facts`]; 0 for nothing.
    pub(crate) fn number_of_language(&mut self, language: &str) -> u16 {
        self.facts.languages.number_of(language)
    }

    /// The number of a platform for [`Posts::put_facts`]; 0 for nothing.
    pub(crate) fn number_of_platform(&mut self, platform: &str) -> u16 {
        self.facts.platforms.number_of(platform)
    }

    /// Says what is told of post number `post`, languages and platforms by number. O(1), spread over all posts.
    pub(crate) fn put_facts(
        &mut self,
        post: usize,
        (language, platform): (u16, u16),
        sentiment: Option<Sentiment>,
    ) {
        let facts = &mut self.facts;
        facts.languages.put(post, language);
        facts.platforms.put(post, platform);
        if let Some(sentiment) = sentiment {
            facts.sounds.tell(post, sentiment);
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_stays_with_those_who_stay() {
        let mut facts = PostFacts::default();
        facts.languages.tell(0, "en");
        facts.languages.tell(2, "ja");
        facts.languages.tell(3, "en");
        facts.sounds.tell(2, Sentiment::Positive);
        let left = facts.of_those(&[2, 3]);
        assert_eq!(
            [0, 1].map(|post| left.languages.get(post)),
            [Some("ja"), Some("en")]
        );
        assert_eq!(left.sounds.get(0), Some(Sentiment::Positive));
        assert_eq!(left.sounds.get(1), None);
        let without = facts.of_those(&[1]);
        assert!(without.languages.texts().is_empty() && without.sounds.is_empty());
    }

    #[test]
    fn what_does_not_fit_together_is_not_taken_back() {
        let kept = |language: Vec<u16>| FactColumns {
            languages: vec!["en".into()],
            language,
            ..FactColumns::default()
        };
        let read = PostFacts::restored(kept(vec![0, 1]), 2).expect("they fit");
        assert_eq!(
            [0, 1].map(|post| read.languages.get(post)),
            [None, Some("en")]
        );
        assert_eq!(PostFacts::restored(kept(vec![2]), 2), None);
        assert_eq!(PostFacts::restored(kept(vec![1, 1, 1]), 2), None);
    }

    #[test]
    fn more_texts_than_there_is_room_for_are_left_out() {
        let mut few = FewTexts::default();
        for number in 0..70_000 {
            few.tell(number, &number.to_string());
        }
        assert_eq!(few.get(65_533), Some("65533"));
        assert_eq!(few.get(65_534), None);
        assert_eq!(few.texts().len(), 65_534);
    }
}
