//! What a person is told when something cannot be done: one sentence, and what to do about it.

use std::fmt;

use crate::progress::Cancelled;

/// One sentence on what is wrong and where, and one on what to do. Every error becomes one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, and where; a sentence without its full stop.
    pub what: String,
    /// What the person can do about it; a sentence without its full stop.
    pub advice: String,
    /// How the command line says what the advice asks for, where it has a flag for it. The window has menus instead.
    pub flag: Option<&'static str>,
    /// The file it is about, said last so that a person can pass on the first half.
    pub file: Option<String>,
}

impl Problem {
    /// A problem without a file. What is wrong begins with a capital: it stands alone as a sentence in the window.
    pub fn new(what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            what: sentence(&what.into()),
            advice: advice.into(),
            flag: None,
            file: None,
        }
    }

    /// The same problem, with what the command line writes for the advice.
    #[must_use]
    pub fn with_flag(mut self, flag: &'static str) -> Self {
        self.flag = Some(flag);
        self
    }

    /// The same problem, about `file`.
    #[must_use]
    pub fn about(mut self, file: impl Into<String>) -> Self {
        self.file = Some(file.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}\n  try: {}", self.what, self.advice)?;
        if let Some(flag) = self.flag {
            write!(f, " ({flag})")?;
        }
        if let Some(file) = &self.file {
            write!(f, "\n file: {file}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

impl From<Cancelled> for Problem {
    fn from(_: Cancelled) -> Self {
        Self::new(
            "The work was cancelled",
            "Start it again when you want it; nothing was changed",
        )
    }
}

/// `text` with a capital first letter.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
