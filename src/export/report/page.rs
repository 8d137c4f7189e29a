//! The page as text: elements open and close in pairs, and everything that comes from files is escaped on its way in.

use crate::people::{Person, thousands};
use crate::render::{Rgb, shorten};

/// The longest name on the page, in letters.
const LONGEST_NAME: usize = 60;

/// HTML that is XML too, so that any reader of either can check it.
#[derive(Debug, Default)]
pub(super) struct Page {
    out: String,
    open: Vec<&'static str>,
}

impl Page {
    /// Opens an element. `attributes` are ours, never from a file.
    pub(super) fn open(&mut self, tag: &'static str, attributes: &str) {
        self.tag(tag, attributes, ">");
        self.open.push(tag);
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(tag) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(tag);
            self.out.push('>');
            if !matches!(tag, "bdi" | "span" | "strong" | "b" | "a") {
                self.out.push('\n');
            }
        }
    }

    /// An element without content.
    pub(super) fn empty(&mut self, tag: &str, attributes: &str) {
        self.tag(tag, attributes, "/>");
    }

    fn tag(&mut self, tag: &str, attributes: &str, end: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        if !attributes.is_empty() {
            self.out.push(' ');
            self.out.push_str(attributes);
        }
        self.out.push_str(end);
    }

    /// Words, escaped.
    pub(super) fn text(&mut self, text: &str) {
        self.out.push_str(&escaped(text));
    }

    /// An element with nothing but words in it.
    pub(super) fn line(&mut self, tag: &'static str, attributes: &str, text: &str) {
        self.open(tag, attributes);
        self.text(text);
        self.close();
    }

    /// A paragraph.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.line("p", "", text);
    }

    /// A name from the files, set apart so that its direction turns nothing around it.
    pub(super) fn name(&mut self, name: &str, class: &str) {
        let class = if class.is_empty() {
            String::new()
        } else {
            attribute("class", class)
        };
        self.line("bdi", &class, &shorten(name, LONGEST_NAME));
    }

    /// What a person is called, and the handle where that is another word.
    pub(super) fn person(&mut self, person: &Person) {
        if same_word(&person.name, &person.handle) {
            self.name(&format!("@{}", person.handle), "who");
        } else {
            self.name(&person.name, "who");
            self.out.push(' ');
            self.name(&format!("@{}", person.handle), "handle");
        }
    }

    /// A sentence in which `names` from the files stand, each set apart. Longer names go first, so that none is taken for a
    /// part of another.
    pub(super) fn sentence(&mut self, sentence: &str, names: &[&str]) {
        let mut rest = sentence;
        while !rest.is_empty() {
            let found = names
                .iter()
                .filter(|name| !name.is_empty())
                .filter_map(|name| Some((rest.find(name)?, *name)))
                .min_by_key(|&(at, name)| (at, std::cmp::Reverse(name.len())));
            let Some((at, name)) = found else { break };
            self.text(&rest[..at]);
            self.name(name, "");
            rest = &rest[at + name.len()..];
        }
        self.text(rest);
    }

    /// The head of a table: `true` for a column of numbers.
    pub(super) fn head(&mut self, columns: &[(&str, bool)]) {
        self.open("thead", "");
        self.open("tr", "");
        for (title, is_number) in columns {
            let class = if *is_number { r#" class="n""# } else { "" };
            self.line("th", &format!(r#"scope="col"{class}"#), title);
        }
        self.close();
        self.close();
    }

    /// A cell with a number.
    pub(super) fn number(&mut self, n: u64) {
        self.line("td", r#"class="n""#, &thousands(n));
    }

    /// A cell with a figure as it is written.
    pub(super) fn figure(&mut self, text: &str) {
        self.line("td", r#"class="n""#, text);
    }

    /// A cell with a number over a bar as long as its share of `most`.
    pub(super) fn bar(&mut self, text: &str, value: f64, most: f64, colour: Option<Rgb>) {
        let share = if most > 0.0 { value / most } else { 0.0 };
        self.open("td", r#"class="n""#);
        self.text(text);
        self.open("span", r#"class="bar" aria-hidden="true""#);
        let percent = (share.clamp(0.0, 1.0) * 1000.0).round() / 10.0;
        let ink = colour.map_or_else(String::new, |c| format!(";background:{}", c.hex()));
        self.line("span", &format!(r#"style="width:{percent}%{ink}""#), "");
        self.close();
        self.close();
    }

    /// A small square of a community's colour.
    pub(super) fn swatch(&mut self, colour: Rgb) {
        let style = format!(
            r#"class="swatch" aria-hidden="true" style="background:{}""#,
            colour.hex()
        );
        self.line("span", &style, "");
    }

    /// The whole text.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    /// Adds what is markup already, and ours.
    pub(super) fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }
}

/// `name="value"`, escaped.
pub(super) fn attribute(name: &str, value: &str) -> String {
    let value = clean(value);
    format!(
        r#"{name}="{}""#,
        html_escape::encode_double_quoted_attribute(&value)
    )
}

/// `n` of `of` in hundredths, as people say it: "12 of 100".
pub(super) fn of_100(n: u64, of: u64) -> String {
    let rounded = (n * 100 + of / 2) / of.max(1);
    match (n, rounded) {
        (0, _) => "none".to_owned(),
        (_, 0) => "fewer than 1 of 100".to_owned(),
        _ => format!("{rounded} of 100"),
    }
}

fn escaped(text: &str) -> String {
    html_escape::encode_text(&clean(text)).into_owned()
}

/// Without the letters that no page may hold.
fn clean(text: &str) -> String {
    let kept = |c: char| match c {
        '\n' | '\t' => c,
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c if c.is_control() => ' ',
        c => c,
    };
    text.chars().map(kept).collect()
}

fn same_word(a: &str, b: &str) -> bool {
    a.trim_start_matches('@').to_lowercase() == b.to_lowercase()
}
