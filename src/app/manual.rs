//! The text of the help page: read once from `assets/help.md` into sections of headings, paragraphs and lines.

use std::sync::LazyLock;

use super::words::{Measure, measure_tip};

/// The text.
const TEXT: &str = include_str!("../../assets/help.md");

/// A part of the help page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Section {
    /// Its heading.
    pub(super) title: String,
    /// What others name it by: the heading in lower case, with lines for spaces.
    pub(super) anchor: String,
    /// What stands in it.
    pub(super) blocks: Vec<Block>,
    /// All of its words in lower case, to search in.
    words: String,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Running text.
    Paragraph(Vec<Span>),
    /// A line of a list.
    Line(Vec<Span>),
    /// Every measure with its sentence.
    Measures,
    /// Every key and gesture.
    Keys,
}

/// A piece of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Span {
    /// As all of it.
    Plain(String),
    /// What matters.
    Strong(String),
    /// What something is called in the window.
    Called(String),
    /// Leads to the section with this anchor.
    Way(String, String),
}

impl Span {
    /// Its words.
    pub(super) fn words(&self) -> &str {
        match self {
            Self::Plain(words)
            | Self::Strong(words)
            | Self::Called(words)
            | Self::Way(words, _) => words,
        }
    }
}

impl Section {
    /// Whether each word of `wanted` (in lower case) stands somewhere in it; all sections have nothing.
    pub(super) fn has(&self, wanted: &str) -> bool {
        wanted
            .split_whitespace()
            .all(|word| self.words.contains(word))
    }
}

/// Every section, in order.
pub(super) fn manual() -> &'static [Section] {
    static SECTIONS: LazyLock<Vec<Section>> = LazyLock::new(|| sections(TEXT));
    &SECTIONS
}

/// The sections of a text: each begins with a line `## Title`; blocks are single lines.
fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(title) = line.strip_prefix("## ") {
            sections.push(Section {
                title: title.to_owned(),
                anchor: anchor(title),
                blocks: Vec::new(),
                words: title.to_lowercase(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.take_in(line);
        }
    }
    sections
}

fn anchor(title: &str) -> String {
    title.to_lowercase().replace(' ', "-")
}

impl Section {
    fn take_in(&mut self, line: &str) {
        let block = match line {
            "{measures}" => Block::Measures,
            "{keys}" => Block::Keys,
            _ => match line.strip_prefix("- ") {
                Some(line) => Block::Line(spans(line)),
                None => Block::Paragraph(spans(line)),
            },
        };
        self.words.push(' ');
        match &block {
            Block::Paragraph(spans) | Block::Line(spans) => {
                let words = spans.iter().map(|span| span.words().to_lowercase());
                self.words.extend(words);
            }
            Block::Measures => {
                for measure in Measure::ALL {
                    let words = [measure.title(), " ", measure_tip(measure), " "];
                    self.words.extend(words.map(str::to_lowercase));
                }
            }
            Block::Keys => {}
        }
        self.blocks.push(block);
    }
}

/// `**strong**`, `*called*` and `[words](#anchor)` in a line; a sign without its end is a sign.
fn spans(line: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut plain = String::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        if let Some((span, behind)) = marked(rest) {
            if !plain.is_empty() {
                spans.push(Span::Plain(std::mem::take(&mut plain)));
            }
            spans.push(span);
            rest = behind;
        } else {
            plain.push(first);
            rest = rest.get(first.len_utf8()..).unwrap_or_default();
        }
    }
    if !plain.is_empty() {
        spans.push(Span::Plain(plain));
    }
    spans
}

/// The marked words that `text` begins with, and what is behind them.
fn marked(text: &str) -> Option<(Span, &str)> {
    if let Some(text) = text.strip_prefix("**") {
        let (words, rest) = text.split_once("**")?;
        return Some((Span::Strong(words.to_owned()), rest));
    }
    if let Some(text) = text.strip_prefix('*') {
        let (words, rest) = text.split_once('*')?;
        return Some((Span::Called(words.to_owned()), rest));
    }
    let text = text.strip_prefix('[')?;
    let (words, rest) = text.split_once("](#")?;
    let (anchor, rest) = rest.split_once(')')?;
    Some((Span::Way(words.to_owned(), anchor.to_owned()), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_spans() -> impl Iterator<Item = &'static Span> {
        let blocks = manual().iter().flat_map(|section| &section.blocks);
        blocks.flat_map(|block| match block {
            Block::Paragraph(spans) | Block::Line(spans) => spans.as_slice(),
            Block::Measures | Block::Keys => &[],
        })
    }

    #[test]
    fn marks_become_spans_and_lonely_signs_stay() {
        let plain = |words: &str| Span::Plain(words.to_owned());
        assert_eq!(
            spans("Press **B** or *Bridges*, see [the score](#score). 2 * 3"),
            [
                plain("Press "),
                Span::Strong("B".to_owned()),
                plain(" or "),
                Span::Called("Bridges".to_owned()),
                plain(", see "),
                Span::Way("the score".to_owned(), "score".to_owned()),
                plain(". 2 * 3"),
            ]
        );
    }

    #[test]
    fn every_way_leads_to_a_section_and_no_mark_is_left() {
        let sections = manual();
        assert!(sections.len() >= 10);
        for span in all_spans() {
            if let Span::Way(words, to) = span {
                let there = sections.iter().any(|section| section.anchor == *to);
                assert!(there, "{words} leads nowhere: {to}");
            }
            assert!(!span.words().contains("**"), "{span:?}");
            assert!(!span.words().contains("]("), "{span:?}");
        }
        let with = |wanted: &Block| sections.iter().any(|s| s.blocks.contains(wanted));
        assert!(with(&Block::Measures) && with(&Block::Keys));
    }

    #[test]
    fn the_search_finds_words_in_headings_texts_and_measures() {
        let found = |wanted: &str| -> Vec<&str> {
            let found = manual().iter().filter(|section| section.has(wanted));
            found.map(|section| section.title.as_str()).collect()
        };
        assert_eq!(found("standard errors"), ["Every measure"]);
        assert_eq!(found("series of matches"), ["The plan"]);
        assert!(found("network").contains(&"Your data stay yours"));
        assert_eq!(found("xyzzy"), Vec::<&str>::new());
        assert_eq!(found("").len(), manual().len());
    }
}
