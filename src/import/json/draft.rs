//! What one record says before anybody knows who is behind its ids: a post to be, an account, or nothing.

use std::borrow::Cow;

use super::super::dates::{self, DateOrder, Moment};
use super::super::handles::{self, HandleMarks};
use super::node::Node;
use crate::people::TieKind;

/// A string of the file, borrowed where it stands there without escapes.
pub(super) type Words<'a> = Cow<'a, str>;

/// An account as one record tells of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Who<'a> {
    /// Its handle.
    pub handle: Option<Words<'a>>,
    /// The platform's id of it.
    pub id: Option<Words<'a>>,
    /// Its display name.
    pub name: Option<Words<'a>>,
    /// Its followers.
    pub reach: Option<f64>,
    /// What it says of itself.
    pub bio: Option<Words<'a>>,
    /// The handle stands as its owner writes it.
    pub by_owner: bool,
}

impl Who<'_> {
    /// True when nothing tells who it is.
    pub(super) fn is_nobody(&self) -> bool {
        self.handle.is_none() && self.id.is_none() && self.name.is_none()
    }
}

/// How a post names whom it addresses.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum To<'a> {
    /// By handle.
    Handle(Words<'a>),
    /// By the platform's id of the account.
    Person(Words<'a>),
    /// By one of their posts.
    Post(Words<'a>),
    /// By display name.
    Name(Words<'a>),
    /// Found out already: the number among those known.
    Number(u32),
}

/// One thing that a post does to another: reply, repost, quote. The first way that leads to somebody counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Aim<'a> {
    /// What it does.
    pub kind: TieKind,
    /// Ways to name whom, best first.
    pub ways: Vec<To<'a>>,
}

/// A post to be.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Draft<'a> {
    /// Who wrote it.
    pub author: Who<'a>,
    /// Seconds since 1970 UTC.
    pub time: Option<i64>,
    /// Its text, without markup and entities.
    pub text: Words<'a>,
    /// Its id, unique on its platform.
    pub id: Option<Words<'a>>,
    /// Its language, as the record writes it.
    pub language: Option<Words<'a>>,
    /// Replies, reposts, quotes.
    pub aims: Vec<Aim<'a>>,
    /// Whom it names.
    pub mentions: Vec<To<'a>>,
    /// The number of the author among those known, once learned.
    pub number: Option<u32>,
}

/// What a record turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item<'a> {
    /// A post, and its line.
    Post(Box<Draft<'a>>, u64),
    /// An account that posts may speak of, and as of when.
    Person(Who<'a>, Option<i64>),
    /// The author of a post that is no post of this file.
    Author(Words<'a>, Who<'a>),
    /// A row that is no post, why, and its line.
    LeftOut(&'static str, u64),
}

/// Where a reader of records puts what it finds.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    /// Everything found, in file order.
    pub items: Vec<Item<'a>>,
    /// The line of the record that is being read.
    pub line: u64,
}

impl<'a> Found<'a> {
    /// A post.
    pub(super) fn post(&mut self, draft: Draft<'a>) {
        if draft.author.is_nobody() {
            return self.leave_out("no author");
        }
        self.items.push(Item::Post(Box::new(draft), self.line));
    }

    /// An account.
    pub(super) fn person(&mut self, who: Who<'a>, time: Option<i64>) {
        if !who.is_nobody() {
            self.items.push(Item::Person(who, time));
        }
    }

    /// Who wrote a post that is no post of this file.
    pub(super) fn author_of(&mut self, post: Option<Words<'a>>, who: Who<'a>) {
        if let (Some(post), false) = (post, who.is_nobody()) {
            self.items.push(Item::Author(post, who));
        }
    }

    /// A row that is no post.
    pub(super) fn leave_out(&mut self, reason: &'static str) {
        self.items.push(Item::LeftOut(reason, self.line));
    }
}

impl<'a> Draft<'a> {
    /// Adds a reply, repost or quote, where any way is given.
    pub(super) fn aim(&mut self, kind: TieKind, ways: impl IntoIterator<Item = Option<To<'a>>>) {
        let ways: Vec<To<'a>> = ways.into_iter().flatten().collect();
        if !ways.is_empty() {
            self.aims.push(Aim { kind, ways });
        }
    }

    /// Adds everybody whom the text names with an @.
    pub(super) fn name_those_in_text(&mut self, marks: HandleMarks) {
        let found = &mut self.mentions;
        match &self.text {
            Cow::Borrowed(text) => handles::mentions_in(text, marks, |handle| {
                found.push(To::Handle(Cow::Borrowed(handle)));
            }),
            Cow::Owned(text) => handles::mentions_in(text, marks, |handle| {
                found.push(To::Handle(Cow::Owned(handle.to_owned())));
            }),
        }
    }

    /// The handle with which the text begins.
    pub(super) fn first_named(&self, marks: HandleMarks) -> Option<To<'a>> {
        handles::addressed_first(&self.text, marks).map(|h| To::Handle(Cow::Owned(h.to_owned())))
    }
}

/// A moment as a number or in words, seconds since 1970 UTC.
pub(super) fn time_of(node: &Node<'_>) -> Option<i64> {
    let read = |text: &str| match dates::parse(text)? {
        Moment::At(at) => Some(at),
        Moment::Numeric(date) => date.at(DateOrder::Dmy),
    };
    match node {
        Node::Text(text) => read(text),
        Node::Real(secs) => read(&format!("{secs:.0}")),
        _ => read(&node.id()?),
    }
}

/// `&amp;` and its kin as the signs they stand for.
pub(super) fn unescaped(text: Words<'_>) -> Words<'_> {
    if text.contains('&') {
        Cow::Owned(html_escape::decode_html_entities(&text).into_owned())
    } else {
        text
    }
}

/// The words of a piece of HTML: tags gone, line breaks and paragraphs kept, entities read.
pub(super) fn without_tags(html: Words<'_>) -> Words<'_> {
    if !html.contains('<') {
        return unescaped(html);
    }
    let mut text = String::with_capacity(html.len());
    let mut rest: &str = &html;
    while let Some(at) = rest.find('<') {
        text.push_str(rest.get(..at).unwrap_or_default());
        let tag = rest.get(at + 1..).unwrap_or_default();
        let opens = tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!'));
        let Some(end) = tag.find('>').filter(|_| opens) else {
            text.push('<');
            rest = tag;
            continue;
        };
        let name: String = tag
            .chars()
            .take_while(char::is_ascii_alphabetic)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if matches!(name.as_str(), "br" | "p" | "div" | "li" | "blockquote") && !text.is_empty() {
            text.push('\n');
        }
        rest = tag.get(end + 1..).unwrap_or_default();
    }
    text.push_str(rest);
    Cow::Owned(unescaped(Cow::Borrowed(text.trim())).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_words() {
        for (html, words) in [
            ("<p>a &amp; b<br />c</p><p>d</p>", "a & b\nc\nd"),
            ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
            ("I <3 sushi", "I <3 sushi"),
            ("@<span>ana</span> hi", "@ana hi"),
            ("<", "<"),
            ("a<p>b", "a\nb"),
        ] {
            assert_eq!(without_tags(html.into()), words);
        }
    }

    #[test]
    fn times_as_numbers_and_words() {
        let time = |json: &'static str| time_of(&Node::read(json, None).expect("JSON"));
        assert_eq!(time("1763107200"), Some(1_763_107_200));
        assert_eq!(time("1763107200.5"), Some(1_763_107_200));
        assert_eq!(time("1763107200123"), Some(1_763_107_200));
        assert_eq!(time("\"1763107200.000001\""), Some(1_763_107_200));
        assert_eq!(time("\"2025-11-14T08:00:00.000Z\""), Some(1_763_107_200));
        assert_eq!(
            time("\"Fri Nov 14 08:00:00 +0000 2025\""),
            Some(1_763_107_200)
        );
        assert_eq!(time("null"), None);
    }
}
