//! Handles as they stand in texts, addresses and cells: `@ana`, `RT @ana:`, `https://x.com/ana/status/1`.

use memchr::{memchr, memchr2};

use super::numbers::{is_missing, trimmed};
use crate::people::Address;

/// Which marks besides letters, digits and `_` the platform of a file allows inside a handle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct HandleMarks {
    /// `ana.bsky.social`, `ana.sushi`
    pub dots: bool,
    /// `ana-sushi`
    pub dashes: bool,
    /// `küstenkind`: letters beyond ASCII of scripts that put spaces between words
    pub letters: bool,
}

/// Calls `found` with each handle that `text` names with an @, without the @.
///
/// An @ behind a letter, digit or one of `_ # $ % & * / =` names nobody: it belongs to an address.
pub(super) fn mentions_in<'a>(text: &'a str, marks: HandleMarks, mut found: impl FnMut(&'a str)) {
    const WIDE: &str = "＠";
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = bytes
        .get(from..)
        .and_then(|rest| memchr2(b'@', WIDE.as_bytes()[0], rest))
    {
        let at = from + at;
        let sign = match text.get(at..) {
            Some(rest) if rest.starts_with('@') => 1,
            Some(rest) if rest.starts_with(WIDE) => WIDE.len(),
            _ => {
                from = at + 1;
                continue;
            }
        };
        let after = text.get(at + sign..).unwrap_or_default();
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        from = at + sign;
        if before.is_some_and(belongs_to_address) {
            continue;
        }
        let handle = handle_at_start(after, marks);
        from += handle.len();
        let next = text.get(from..).unwrap_or_default();
        if !handle.is_empty() && !next.starts_with("://") {
            found(handle);
        }
    }
}

fn belongs_to_address(c: char) -> bool {
    // Scripts written without spaces put an @ right behind a word; alphabets do not.
    let written_without_spaces = matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}');
    (c.is_alphanumeric() && !written_without_spaces)
        || matches!(
            c,
            '_' | '#' | '$' | '%' | '&' | '*' | '/' | '=' | '@' | '＠'
        )
}

/// The handle that `text` begins with; empty when it begins with none.
fn handle_at_start(text: &str, marks: HandleMarks) -> &str {
    let Some(first) = text.chars().next() else {
        return "";
    };
    if !first.is_ascii() {
        // Platforms that allow names in any script end them at a space or a mark.
        let end = text
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-')))
            .unwrap_or(text.len());
        return text.get(..end).unwrap_or_default();
    }
    let plain = run(text, |b| b.is_ascii_alphanumeric() || b == b'_');
    if plain.is_empty() {
        return "";
    }
    if marks.letters {
        let belongs = |c: char| c.is_ascii_alphanumeric() || c == '_' || is_cased(c);
        let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
        if end > plain.len() {
            return text.get(..end).unwrap_or(plain);
        }
    }
    let marked = run(text, |b| {
        b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-')
    })
    .trim_end_matches(['.', '-']);
    let rest = text.get(marked.len()..).unwrap_or_default();
    if let Some(host) = rest.strip_prefix('@') {
        let host = run(host, |b| {
            b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')
        })
        .trim_end_matches(['.', '-']);
        if host.contains('.') {
            return text.get(..marked.len() + 1 + host.len()).unwrap_or(plain);
        }
    }
    let is_domain = marked.ends_with(".bsky.social") || marked.matches('.').count() >= 2;
    let dots = marks.dots || is_domain;
    let dashes = marks.dashes || is_domain;
    run(marked, |b| {
        b.is_ascii_alphanumeric() || b == b'_' || (b == b'.' && dots) || (b == b'-' && dashes)
    })
    .trim_end_matches(['.', '-'])
}

/// True for letters of scripts with capitals, which put spaces between words.
pub(super) fn is_cased(c: char) -> bool {
    c.is_lowercase() || c.is_uppercase()
}

fn run(text: &str, wanted: impl Fn(u8) -> bool) -> &str {
    let end = text.bytes().position(|b| !wanted(b)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// The handle of `RT @ana: …` or `RT @ana …` at the start of a text.
pub(super) fn reposted_in(text: &str, marks: HandleMarks) -> Option<&str> {
    let bare =
        text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '“' | '\''));
    let rest = bare
        .get(..2)
        .filter(|rt| rt.eq_ignore_ascii_case("rt"))
        .and(bare.get(2..))?;
    let after = rest.trim_start().strip_prefix(['@', '＠'])?;
    Some(handle_at_start(after, marks)).filter(|h| !h.is_empty())
}

/// The handle with which a text begins: `@ana thank you`.
pub(super) fn addressed_first(text: &str, marks: HandleMarks) -> Option<&str> {
    let after = text.trim_start().strip_prefix(['@', '＠'])?;
    Some(handle_at_start(after, marks)).filter(|h| !h.is_empty())
}

/// Reads the address of a post or profile; `None` when the cell is no web address.
pub(super) fn address(cell: &str) -> Option<Address<'_>> {
    Address::of(trimmed(cell))
}

/// Calls `found` with each handle in a cell of mentions: `@a, @b`, `a|b`, `a;b`, a JSON or Python list, addresses.
pub(super) fn handles_in_cell<'a>(cell: &'a str, mut found: impl FnMut(&'a str)) {
    let cell = trimmed(cell);
    if is_missing(cell) {
        return;
    }
    if is_bare_handle(cell) {
        return found(cell);
    }
    if holds_names(cell) {
        let mut any = false;
        for_each_named(cell, |handle| {
            any = true;
            found(handle);
        });
        if !any && !cell.contains(['{', '=']) {
            for item in cell.trim_matches(['[', ']']).split(',') {
                one_handle(item.trim().trim_matches(['"', '\'']), &mut found);
            }
        }
        return;
    }
    let splits = |b: u8| matches!(b, b',' | b';' | b'|' | b'\n');
    for item in cell.as_bytes().split(|b| splits(*b)) {
        // What stands between ASCII signs of UTF-8 is UTF-8.
        let item = std::str::from_utf8(item).unwrap_or_default().trim();
        if is_bare_handle(item) {
            one_handle(item, &mut found);
            continue;
        }
        let words = item.split_whitespace();
        let is_handle = |w: &str| {
            let bare = w.trim_start_matches('@');
            !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        if words.clone().count() > 1 && words.clone().all(is_handle) {
            for word in words {
                one_handle(word, &mut found);
            }
        } else {
            one_handle(item, &mut found);
        }
    }
}

/// True for an object or list of objects that name people.
pub(super) fn holds_names(cell: &str) -> bool {
    cell.starts_with(['[', '{'])
        || (memchr(b'=', cell.as_bytes()).is_some() && cell.contains("username="))
}

/// `ana` or `@ana`, nothing else: what most cells hold.
fn is_bare_handle(cell: &str) -> bool {
    let bare = cell.strip_prefix('@').unwrap_or(cell);
    !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn one_handle<'a>(item: &'a str, found: &mut impl FnMut(&'a str)) {
    let item = item.trim_end_matches([':', ',']);
    if is_missing(item) {
        return;
    }
    match address(item) {
        Some(Address {
            handle: Some(handle),
            ..
        }) => found(handle),
        Some(_) => {}
        None => found(item),
    }
}

/// The handles behind keys such as `"username": "ana"`, `'screen_name': 'ana'` or `username='ana'`.
fn for_each_named<'a>(cell: &'a str, mut found: impl FnMut(&'a str)) {
    for key in ["username", "screen_name", "acct", "handle", "userName"] {
        let mut any = false;
        let mut rest = cell;
        while let Some(at) = rest.find(key) {
            let before = rest.get(..at).and_then(|t| t.chars().next_back());
            rest = rest.get(at + key.len()..).unwrap_or_default();
            if !before.is_none_or(|c| matches!(c, '"' | '\'' | '(' | ' ' | '{')) {
                continue;
            }
            let value = rest.trim_start_matches(['"', '\'']).trim_start();
            let Some(value) = value.strip_prefix([':', '=']).map(str::trim_start) else {
                continue;
            };
            let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                continue;
            };
            let value = value.get(1..).unwrap_or_default();
            if let Some(handle) = value.split(quote).next().filter(|h| !h.is_empty()) {
                any = true;
                found(handle);
            }
        }
        if any {
            return;
        }
    }
}

/// The handle of a cell that holds one: plain, `@ana`, an address, or an object with a `username`.
pub(super) fn handle_in_cell(cell: &str) -> Option<&str> {
    let cell = trimmed(cell);
    if is_missing(cell) {
        return None;
    }
    if is_bare_handle(cell) {
        return Some(cell);
    }
    if holds_names(cell) {
        let mut first = None;
        for_each_named(cell, |handle| {
            first.get_or_insert(handle);
        });
        return first;
    }
    match address(cell) {
        Some(address) => address.handle,
        None => Some(cell),
    }
}

/// An id as text, without the quotes, `="…"`, `.0` that spreadsheets add. `None` when there is none or it was damaged.
pub(super) fn clean_id(cell: &str) -> Option<&str> {
    let is_bare = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    let cell = if is_bare(cell.as_bytes().first()) && is_bare(cell.as_bytes().last()) {
        cell
    } else {
        let bare = cell.trim().trim_start_matches('=');
        bare.trim_matches(['"', '\'', '`']).trim()
    };
    if is_missing(cell) || is_damaged_id(cell) {
        return None;
    }
    Some(
        cell.strip_suffix(".0")
            .filter(|id| is_digits(id))
            .unwrap_or(cell),
    )
}

/// True for an id that a spreadsheet turned into a rounded number: `8.01E+17`, or a float of more than 15 digits.
pub(super) fn is_damaged_id(cell: &str) -> bool {
    let cell = trimmed(cell);
    if !cell.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')) || is_digits(cell)
    {
        return false;
    }
    if let Some((mantissa, exponent)) = cell.split_once(['E', 'e']) {
        let exponent = exponent.strip_prefix('+').unwrap_or(exponent);
        let is_mantissa = !mantissa.is_empty()
            && mantissa
                .bytes()
                .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b','));
        return is_mantissa && mantissa.contains(['.', ',']) && is_digits(exponent);
    }
    cell.split_once('.')
        .is_some_and(|(whole, part)| whole.len() > 15 && is_digits(whole) && is_digits(part))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: HandleMarks = HandleMarks {
        dots: false,
        dashes: false,
        letters: false,
    };

    fn mentions(text: &str, marks: HandleMarks) -> Vec<&str> {
        let mut all = Vec::new();
        mentions_in(text, marks, |h| all.push(h));
        all
    }

    #[test]
    fn who_is_named_in_a_text() {
        for (text, expected) in [
            ("@ana hello", vec!["ana"]),
            ("thanks @Ana_Sushi, @ben.", vec!["Ana_Sushi", "ben"]),
            (".@ana look", vec!["ana"]),
            ("(@ana)", vec!["ana"]),
            ("mail bob@example.com", vec![]),
            ("mail bob.b@example.com or b_@x.org", vec![]),
            ("see https://youtube.com/@ana", vec![]),
            ("寿司@tokyo_taroさん", vec!["tokyo_taro"]),
            ("＠ana hi", vec!["ana"]),
            ("@寿司太郎 こんにちは", vec!["寿司太郎"]),
            ("@ana@mastodon.social hi", vec!["ana@mastodon.social"]),
            ("@ana.bsky.social: yes", vec!["ana.bsky.social"]),
            ("Great @bob.Thanks", vec!["bob"]),
            ("@ @@ @- @", vec![]),
            ("@ana's rice", vec!["ana"]),
        ] {
            assert_eq!(mentions(text, PLAIN), expected, "{text}");
        }
        let marks = HandleMarks {
            dots: true,
            dashes: true,
            letters: false,
        };
        assert_eq!(
            mentions("@ana.sushi and @ben-b.", marks),
            ["ana.sushi", "ben-b"]
        );
        let marks = HandleMarks {
            letters: true,
            ..PLAIN
        };
        assert_eq!(
            mentions("@grün_zeug, @tokyo_taroさん und @ben.", marks),
            ["grün_zeug", "tokyo_taro", "ben"]
        );
        assert_eq!(mentions("@grün_zeug", PLAIN), ["gr"]);
    }

    #[test]
    fn reposts_begin_with_rt() {
        assert_eq!(reposted_in("RT @ana: rice", PLAIN), Some("ana"));
        assert_eq!(reposted_in("RT @ana rice", PLAIN), Some("ana"));
        assert_eq!(reposted_in("\"RT @ana: rice\"", PLAIN), Some("ana"));
        assert_eq!(reposted_in("ART @ana", PLAIN), None);
        assert_eq!(reposted_in("so good RT @ana: rice", PLAIN), None);
    }

    #[test]
    fn addresses_tell_handle_and_post() {
        let told = |cell| address(cell).map(|a| (a.handle, a.post_id));
        assert_eq!(
            told("https://x.com/Ana/status/19?s=20"),
            Some((Some("Ana"), Some("19")))
        );
        assert_eq!(
            told("http://twitter.com/Ana/statuses/19"),
            Some((Some("Ana"), Some("19")))
        );
        assert_eq!(
            told("https://twitter.com/statuses/19"),
            Some((None, Some("19")))
        );
        assert_eq!(
            told("https://x.com/i/web/status/19"),
            Some((None, Some("19")))
        );
        assert_eq!(
            told("https://bsky.app/profile/ana.bsky.social/post/3k"),
            Some((Some("ana.bsky.social"), Some("3k")))
        );
        assert_eq!(
            told("https://mastodon.social/@ana/1"),
            Some((Some("ana"), None))
        );
        assert_eq!(told("ana"), None);
    }

    #[test]
    fn cells_of_mentions() {
        let all = |cell| {
            let mut all = Vec::new();
            handles_in_cell(cell, |h| all.push(h));
            all
        };
        assert_eq!(all("@a, @b"), ["@a", "@b"]);
        assert_eq!(all("a|b"), ["a", "b"]);
        assert_eq!(all("@a @b"), ["@a", "@b"]);
        assert_eq!(
            all(r#"[{"start": 0, "username": "a", "id": "1"}, {"username": "b"}]"#),
            ["a", "b"]
        );
        assert_eq!(all("['a', 'b']"), ["a", "b"]);
        assert_eq!(all("[User(username='a', id=1, displayname='A')]"), ["a"]);
        assert_eq!(all("NA"), Vec::<&str>::new());
    }

    #[test]
    fn ids_stay_text() {
        assert_eq!(clean_id("\"1990\""), Some("1990"));
        assert_eq!(clean_id("=\"1990\""), Some("1990"));
        assert_eq!(clean_id("44196397.0"), Some("44196397"));
        assert_eq!(clean_id("8.01E+17"), None);
        assert_eq!(clean_id("8,01E+17"), None);
        assert_eq!(clean_id("1990000000000000000.0"), None);
        assert_eq!(clean_id("did:plc:e4e5"), Some("did:plc:e4e5"));
    }
}
