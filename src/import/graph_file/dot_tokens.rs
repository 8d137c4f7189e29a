//! The signs of the DOT language.

use std::borrow::Cow;

/// One sign.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'t> {
    /// A name, number, quoted string or HTML string; `bare` where it stood without quotes and may be a keyword.
    Id { text: Cow<'t, str>, bare: bool },
    /// `->`, or `--` for false.
    Tie(bool),
    /// One of `{ } [ ] = ; , : +`.
    Sign(char),
}

/// Reads signs from a text, with one sign ahead.
#[derive(Debug)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    ahead: Option<Token<'t>>,
    /// Where the sign given last began.
    pub start: usize,
    ahead_start: usize,
}

impl<'t> Tokens<'t> {
    /// The signs of `text`.
    pub(super) fn of(text: &'t str) -> Self {
        let mut tokens = Self {
            text,
            at: 0,
            ahead: None,
            start: 0,
            ahead_start: 0,
        };
        tokens.ahead = tokens.read();
        tokens
    }

    /// The sign that comes next; `None` at the end.
    pub(super) fn peek(&self) -> Option<&Token<'t>> {
        self.ahead.as_ref()
    }

    /// True when the next sign is this one.
    pub(super) fn is(&self, sign: char) -> bool {
        self.ahead == Some(Token::Sign(sign))
    }

    /// True when the next sign is this keyword, in any case.
    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(&self.ahead, Some(Token::Id { text, bare: true }) if text.eq_ignore_ascii_case(word))
    }

    /// Takes the next sign.
    pub(super) fn next(&mut self) -> Option<Token<'t>> {
        self.start = self.ahead_start;
        let token = self.ahead.take();
        self.ahead = self.read();
        token
    }

    /// Takes the next sign if it is this one.
    pub(super) fn take(&mut self, sign: char) -> bool {
        let is = self.is(sign);
        if is {
            self.next();
        }
        is
    }

    /// Takes a name, joining `"a" + "b"`.
    pub(super) fn id(&mut self) -> Option<Cow<'t, str>> {
        if !matches!(self.ahead, Some(Token::Id { .. })) {
            return None;
        }
        let Some(Token::Id { mut text, .. }) = self.next() else {
            return None;
        };
        while self.take('+') {
            if let Some(Token::Id { text: more, .. }) = self.next() {
                text.to_mut().push_str(&more);
            }
        }
        Some(text)
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn read(&mut self) -> Option<Token<'t>> {
        self.skip();
        self.ahead_start = self.at;
        let rest = self.rest();
        let first = rest.chars().next()?;
        if rest.starts_with("->") || rest.starts_with("--") {
            self.at += 2;
            return Some(Token::Tie(rest.starts_with("->")));
        }
        match first {
            '"' => Some(self.quoted()),
            '<' => Some(self.html()),
            '{' | '}' | '[' | ']' | '=' | ';' | ',' | ':' | '+' => {
                self.at += 1;
                Some(Token::Sign(first))
            }
            _ => {
                let number = first == '-' || first == '.' || first.is_ascii_digit();
                let belongs = |(i, c): (usize, char)| {
                    c.is_alphanumeric()
                        || c == '_'
                        || (number && (c == '.' || (i == 0 && c == '-')))
                        || (!c.is_ascii() && !c.is_whitespace() && c != '\u{feff}')
                };
                let end = rest
                    .char_indices()
                    .find(|&at| !belongs(at))
                    .map_or(rest.len(), |(i, _)| i);
                // A sign that the language does not know stands alone.
                let end = if end == 0 { first.len_utf8() } else { end };
                self.at += end;
                Some(Token::Id {
                    text: rest.get(..end).unwrap_or_default().into(),
                    bare: true,
                })
            }
        }
    }

    /// Passes spaces and comments.
    fn skip(&mut self) {
        loop {
            let rest = self.rest();
            let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
            self.at += rest.len() - bare.len();
            let line_begins = || {
                let before = self.text.get(..self.at).unwrap_or_default();
                before.is_empty() || before.ends_with(['\n', '\u{feff}'])
            };
            if bare.starts_with("//") || (bare.starts_with('#') && line_begins()) {
                self.at += bare.find('\n').unwrap_or(bare.len());
            } else if let Some(comment) = bare.strip_prefix("/*") {
                let end = comment.find("*/").map_or(comment.len(), |i| i + 2);
                self.at += end + 2;
            } else {
                return;
            }
        }
    }

    fn quoted(&mut self) -> Token<'t> {
        let inside = self.rest().get(1..).unwrap_or_default();
        let mut end = inside.len();
        let (mut escaped, mut has_escapes) = (false, false);
        for (i, b) in inside.bytes().enumerate() {
            match b {
                _ if escaped => escaped = false,
                b'\\' => (escaped, has_escapes) = (true, true),
                b'"' => {
                    end = i;
                    break;
                }
                _ => {}
            }
        }
        self.at = (self.at + end + 2).min(self.text.len());
        let text = inside.get(..end).unwrap_or_default();
        let text = if has_escapes {
            // A backslash before the end of a line joins the lines.
            let joined = text.replace("\\\r\n", "").replace("\\\n", "");
            Cow::Owned(joined.replace("\\\"", "\"").replace("\\\\", "\\"))
        } else {
            Cow::Borrowed(text)
        };
        Token::Id { text, bare: false }
    }

    /// `<b>Ana</b>` between its own pair of angle brackets: the text without the marks.
    fn html(&mut self) -> Token<'t> {
        let rest = self.rest();
        let (mut depth, mut end) = (0u64, rest.len());
        let mut text = String::new();
        for (i, c) in rest.char_indices() {
            match c {
                '<' => depth += 1,
                '>' => {
                    depth -= 1;
                    if depth == 0 {
                        end = i + 1;
                        break;
                    }
                }
                _ if depth == 1 => text.push(c),
                _ => {}
            }
        }
        self.at += end;
        let text = html_escape::decode_html_entities(&text).into_owned();
        Token::Id {
            text: text.into(),
            bare: false,
        }
    }
}
