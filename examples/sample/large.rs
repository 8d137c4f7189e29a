//! The invented conversation many times over, for measuring: as many posts as wanted, in the wide shape of a real export.
//!
//! The conversation takes place in several towns at once. Each town has people of its own, one row in twelve addresses somebody
//! in the next town, and the big accounts are the same everywhere: few are addressed by very many, as in real exports.

use std::io::{self, Write};

use super::talk::{self, Row};
use super::voices::BIG_ACCOUNTS;

/// One row in this many talks with the next town.
const ABROAD: u64 = 12;
/// Three weeks.
const SECS: u64 = 21 * 86_400;

const HEADER: &str = "Query Id,Query Name,Date,Url,Domain,Sentiment,Page Type,Language,Country Code,Author,Checked,\
    Full Name,Full Text,Hashtags,Impact,Impressions,Mentioned Authors,Resource Id,Thread Entry Type,X Followers,\
    X Following,X Reply to,X Repost of,X Likes,X Verified";

/// Writes `n` posts to `out`: a header and one row a post by time, with commas, quotes, line breaks and emoji inside quotes.
///
/// # Errors
/// Those of `out`.
pub(crate) fn write(n: u64, out: &mut impl Write) -> io::Result<()> {
    let rows: Vec<Told> = talk::conversation().into_iter().map(Told::new).collect();
    let towns = n.div_ceil(rows.len() as u64);
    writeln!(out, "{HEADER}")?;
    let mut line = String::new();
    for number in 0..n {
        let town = number % towns;
        // Each town is somewhere else in the conversation.
        let at = (number / towns + town * 37) % rows.len() as u64;
        let secs = u128::from(number) * u128::from(SECS) / u128::from(n);
        line.clear();
        rows[at as usize].write(&mut line, (number, secs as u64), (town, towns));
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

/// A row of the small conversation, ready to be told in any town.
struct Told {
    row: Row,
    /// The text, cut before and behind every handle.
    parts: Vec<String>,
    mentioned: Vec<String>,
}

impl Told {
    fn new(row: Row) -> Self {
        let mentioned = row.mentioned();
        let mut parts = vec![String::new()];
        let mut rest = row.text.as_str();
        while let Some(at) = rest.find('@') {
            let (before, from) = rest.split_at(at + 1);
            let end = from
                .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
                .unwrap_or(from.len());
            parts.last_mut().expect("there is one").push_str(before);
            parts.push(from[..end].to_owned());
            parts.push(String::new());
            rest = &from[end..];
        }
        parts.last_mut().expect("there is one").push_str(rest);
        Self {
            row,
            parts,
            mentioned,
        }
    }

    fn write(&self, line: &mut String, (number, secs): (u64, u64), (home, towns): (u64, u64)) {
        let row = &self.row;
        let abroad = number.is_multiple_of(ABROAD);
        let there = if abroad { (home + 1) % towns } else { home };
        let text = self.text(number, there);
        let author = handle(&row.author, home);
        let id = 9_100_000_000_000_000_000 + number;
        let address = |a: &Option<String>| a.as_deref().map_or(String::new(), |a| moved(a, there));
        let named: Vec<String> = self
            .mentioned
            .iter()
            .map(|h| format!("@{}", handle(h, there)))
            .collect();
        let cells = [
            "2003912345".to_owned(),
            "Sushi".to_owned(),
            date(secs),
            talk::address(&author, id),
            "x.com".to_owned(),
            row.sentiment.to_owned(),
            "twitter".to_owned(),
            row.language.to_owned(),
            ["US", "GB", "DE", "JP", "BR"][(number % 5) as usize].to_owned(),
            author.clone(),
            "false".to_owned(),
            row.name.clone(),
            text,
            if number.is_multiple_of(3) {
                "#sushi, #homecooking"
            } else {
                "#sushi"
            }
            .to_owned(),
            format!("{}.{}", number % 83, number % 10),
            (row.followers * 2).to_string(),
            named.join(", "),
            id.to_string(),
            row.entry_type().to_owned(),
            row.followers.to_string(),
            (row.followers / 3).to_string(),
            address(&row.reply_to),
            address(&row.repost_of),
            (number % 41).to_string(),
            "false".to_owned(),
        ];
        super::write_row(line, &cells);
    }

    /// The words, with the handles of the town; now and then over several lines or with words in quotes.
    fn text(&self, number: u64, town: u64) -> String {
        let mut text = String::new();
        for (i, part) in self.parts.iter().enumerate() {
            if i % 2 == 1 {
                text.push_str(&handle(part, town));
            } else {
                text.push_str(part);
            }
        }
        match number % 16 {
            3 => text.push_str("\n\nmore at example.com, if you like 🍣"),
            7 => text.push_str(" \"as they say\", and so on"),
            11 => text.push_str(" 🥢🍶"),
            _ => {}
        }
        text
    }
}

/// `2026-03-02 08:15:00.0`, so many seconds after the first midnight.
fn date(secs: u64) -> String {
    let (day, rest) = (secs / 86_400, secs % 86_400);
    let (hour, minute, second) = (rest / 3_600, rest / 60 % 60, rest % 60);
    format!("2026-03-{:02} {hour:02}:{minute:02}:{second:02}.0", day + 2)
}

/// What `name` is called in `town`; the big accounts are the same everywhere.
fn handle(name: &str, town: u64) -> String {
    let is_big = BIG_ACCOUNTS.iter().any(|(big, _, _)| *big == name);
    if town == 0 || is_big {
        name.to_owned()
    } else {
        format!("{name}_{town}")
    }
}

/// The address of a post, when whoever wrote it lives in `town`.
fn moved(address: &str, town: u64) -> String {
    let mut parts: Vec<&str> = address.split('/').collect();
    let name = parts
        .get(3)
        .map_or(String::new(), |name| handle(name, town));
    if let Some(part) = parts.get_mut(3) {
        *part = &name;
    }
    parts.join("/")
}
