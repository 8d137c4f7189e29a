//! What is known of exports: aliases of roles and signatures of formats, from `assets/formats.json`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Role;

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum TableKind {
    /// One post a row.
    Posts,
    /// One tie a row.
    Ties,
    /// One person a row.
    People,
    /// A square of ties.
    Matrix,
}

/// A format that is known by its columns.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Signature {
    /// Its name in words: "Brandwatch posts".
    pub title: String,
    /// What its rows are.
    pub kind: TableKind,
    needs: Vec<String>,
    roles: BTreeMap<Role, Vec<String>>,
}

impl Signature {
    /// The columns that play `role` in this format, most trusted first.
    pub(super) fn columns_of(&self, role: Role) -> &[String] {
        self.roles.get(&role).map_or(&[], Vec::as_slice)
    }
}

#[derive(Debug, Deserialize)]
struct Formats {
    role_aliases: BTreeMap<String, Vec<String>>,
    signatures: Vec<Signature>,
}

static FORMATS: LazyLock<Formats> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../assets/formats.json"))
        .expect("the formats that the program brings along are valid")
});

/// The headers under which `role` is known, most trusted first.
pub(super) fn aliases(role: Role) -> &'static [String] {
    aliases_of(role.word())
}

/// As [`aliases`], also for the parts that only the reader uses: `clock`, `directed`.
pub(super) fn aliases_of(word: &str) -> &'static [String] {
    FORMATS.role_aliases.get(word).map_or(&[], Vec::as_slice)
}

/// A header for comparing: lower case, without spaces, dots, dashes and underscores.
pub(super) fn plain(header: &str) -> String {
    header
        .trim()
        .trim_start_matches('#')
        .chars()
        .filter(|c| !(c.is_whitespace() || matches!(c, '_' | '.' | '-' | '\u{feff}' | '"')))
        .flat_map(char::to_lowercase)
        .collect()
}

static KNOWN: LazyLock<std::collections::HashSet<String>> = LazyLock::new(|| {
    let aliases = FORMATS.role_aliases.values().flatten();
    let signed = FORMATS
        .signatures
        .iter()
        .flat_map(|s| s.needs.iter().flat_map(|n| n.split('|')).map(plain));
    let known = aliases.map(|a| plain(a)).chain(signed);
    // Shorter words are as well the names of people in lists of ties without a header.
    known
        .filter(|word| word.chars().count() >= 3 || matches!(word.as_str(), "id" | "to"))
        .collect()
});

/// True when `header` is a column that some export has.
pub(super) fn is_known(header: &str) -> bool {
    header.len() <= 80 && KNOWN.contains(&plain(header))
}

/// The format with these columns.
pub(super) fn signature(columns: &[String]) -> Option<&'static Signature> {
    let have: Vec<String> = columns.iter().map(|c| plain(c)).collect();
    let has = |need: &String| need.split('|').any(|one| have.contains(&plain(one)));
    FORMATS.signatures.iter().find(|s| s.needs.iter().all(has))
}
