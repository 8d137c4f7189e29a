//! What the attributes of a graph file mean, by their names: of people and of ties.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::formats::{aliases, plain};
use super::super::{Role, numbers, tie_list};
use crate::people::TieKind;

/// What an attribute of a person means. Of several the smallest rank counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The handle.
    Handle(u8),
    /// The name that people see.
    Name(u8),
    /// Followers.
    Reach(u8),
    /// The community.
    Community(u8),
    /// To the right.
    X,
    /// Down, or up where the format says so.
    Y,
    /// Red, green or blue: 0, 1, 2; its values go from 0 to 255.
    Part(usize),
    /// A colour in one word.
    Colour,
    /// Not drawn, and so in no place.
    Hidden,
}

/// A value, and how much the attribute that told it is trusted: 0 most.
#[derive(Debug, Clone, Default)]
pub(super) struct Ranked<T> {
    rank: u8,
    value: Option<T>,
}

impl<T> Ranked<T> {
    /// Takes `value` unless a more trusted attribute spoke before; of equals the last counts. True when it was taken.
    pub(super) fn tell(&mut self, rank: u8, value: T) -> bool {
        let wins = self.value.is_none() || rank <= self.rank;
        if wins {
            self.rank = rank;
            self.value = Some(value);
        }
        wins
    }

    /// What was told.
    pub(super) fn get(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

static MEANINGS: LazyLock<HashMap<String, Meaning>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    let mut add = |names: Vec<String>, meaning: fn(u8) -> Meaning| {
        for (rank, name) in names.iter().enumerate() {
            // 0 is left to what the format itself says.
            let meaning = meaning((rank + 1).min(200) as u8);
            known.entry(plain(name)).or_insert(meaning);
        }
    };
    let owned = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
    add(
        owned(&[
            "handle",
            "screen_name",
            "username",
            "twitter_handle",
            "acct",
            "shared_name",
        ]),
        Meaning::Handle,
    );
    add(owned(&["x", "viz_x", "pos_x"]), |_| Meaning::X);
    add(owned(&["y", "viz_y", "pos_y"]), |_| Meaning::Y);
    add(owned(&["hidden"]), |_| Meaning::Hidden);
    add(owned(&["r", "viz_r", "red"]), |_| Meaning::Part(0));
    add(owned(&["g", "viz_g", "green"]), |_| Meaning::Part(1));
    add(owned(&["b", "viz_b", "blue"]), |_| Meaning::Part(2));
    add(
        owned(&["color", "colour", "fillcolor", "hex", "viz_color"]),
        |_| Meaning::Colour,
    );
    // Where a file has both, the name of a community says more than its number.
    add(owned(&["community_name"]), |_| Meaning::Community(0));
    add(aliases(Role::Label).to_vec(), Meaning::Name);
    add(aliases(Role::Reach).to_vec(), Meaning::Reach);
    add(aliases(Role::Community).to_vec(), Meaning::Community);
    known
});

/// Attributes with a default that one file may have.
const MOST_DEFAULTS: usize = 64;
/// Bytes of a default; it is kept for each person, so a long one in a small file would fill the memory.
const LONGEST_DEFAULT: usize = 200;

/// Whether `value` is kept as the default of one more attribute beside `n_known` others. Each is told of everybody, so
/// they are bounded.
pub(super) fn is_kept_default(value: &str, n_known: usize) -> bool {
    n_known < MOST_DEFAULTS && value.len() <= LONGEST_DEFAULT
}

/// Whether the values of an attribute whose type goes by this name in GEXF or GraphML are numbers.
pub(super) fn is_number(kind: &str) -> bool {
    ["int", "integer", "long", "float", "double"].contains(&kind)
}

/// What the attribute `field` of a person means, if anything.
pub(super) fn meaning(field: &str) -> Option<Meaning> {
    if field.len() > 80 {
        return None;
    }
    MEANINGS.get(&plain(field)).copied()
}

/// Attributes of ties by their plain names: rank as weight, and whether they name a kind.
#[derive(Debug, Clone, Copy, Default)]
struct OfTie {
    weight: Option<u8>,
    kind: bool,
    direction: bool,
}

static OF_TIES: LazyLock<HashMap<String, OfTie>> = LazyLock::new(|| {
    let mut known: HashMap<String, OfTie> = HashMap::new();
    for (rank, name) in aliases(Role::Weight).iter().enumerate() {
        let entry = known.entry(plain(name)).or_default();
        entry.weight = entry.weight.or(Some(rank.min(200) as u8));
    }
    let kinds = aliases(Role::Kind).iter().map(String::as_str);
    for name in kinds.chain(["type", "edge type", "engagement type", "class"]) {
        known.entry(plain(name)).or_default().kind = true;
    }
    for name in ["type", "directed", "undirected", "edgetype", "is_directed"] {
        known.entry(plain(name)).or_default().direction = true;
    }
    known
});

/// What is said of one tie.
#[derive(Debug, Clone, Default)]
pub(super) struct TieFacts {
    weight: Ranked<Option<f64>>,
    kind: Option<TieKind>,
    /// Whether the tie has a direction, where it says so itself.
    pub directed: Option<bool>,
    weight_field: Option<Box<str>>,
    kind_field: Option<Box<str>>,
}

impl TieFacts {
    /// A tie of this weight.
    pub(super) fn of(weight: f64) -> Self {
        let mut facts = Self::default();
        facts.weight.tell(0, Some(weight));
        facts
    }

    /// A tie whose weight stands in `cell`, or is 1 where it is empty.
    pub(super) fn weighing(cell: &str) -> Self {
        let mut facts = Self::default();
        facts.tell("weight", cell);
        facts
    }

    /// The same, of a kind that is known from elsewhere.
    pub(super) fn with_kind(mut self, kind: Option<TieKind>) -> Self {
        self.kind = self.kind.or(kind);
        self
    }

    /// Says what attribute `field` of the tie is.
    pub(super) fn tell(&mut self, field: &str, value: &str) {
        let value = value.trim();
        if field.len() > 80 || value.is_empty() {
            return;
        }
        let name = plain(field);
        let Some(of) = OF_TIES.get(&name) else {
            return;
        };
        if let Some(rank) = of.weight {
            let weight = numbers::weight(value, false);
            // Only "weight" has to be a number; "value" may be anything.
            if (weight.is_some() || rank < 2) && self.weight.tell(rank, weight) {
                remember(&mut self.weight_field, field);
            }
        }
        if of.kind
            && let Some(kind) = tie_list::kind_of(value).or_else(|| first_word_kind(value))
        {
            self.kind = Some(kind);
            remember(&mut self.kind_field, field);
        }
        if of.direction {
            let yes = ["true", "1", "yes"]
                .iter()
                .any(|y| value.eq_ignore_ascii_case(y));
            let no = ["false", "0", "no"]
                .iter()
                .any(|n| value.eq_ignore_ascii_case(n));
            match name.as_str() {
                "undirected" if yes || no => self.directed = Some(!yes),
                "directed" | "isdirected" if yes || no => self.directed = Some(yes),
                _ => self.directed = tie_list::direction(value).or(self.directed),
            }
        }
    }

    /// The weight; 1 where none is said.
    ///
    /// # Errors
    /// Why it makes no tie.
    pub(super) fn count(&self) -> Result<f64, &'static str> {
        match self.weight.get().copied() {
            None => Ok(1.0),
            Some(Some(w)) if w > 0.0 && w.is_finite() => Ok(w),
            Some(wrong) => Err(super::gathered::wrong_weight(wrong)),
        }
    }

    /// The kind.
    pub(super) fn kind(&self) -> TieKind {
        self.kind.unwrap_or(TieKind::Tie)
    }

    /// The names in the file of what played a role.
    pub(super) fn fields(&self) -> impl Iterator<Item = (Role, &str)> {
        let weight = self.weight_field.as_deref().map(|f| (Role::Weight, f));
        let kind = self.kind_field.as_deref().map(|f| (Role::Kind, f));
        weight.into_iter().chain(kind)
    }
}

fn remember(field: &mut Option<Box<str>>, name: &str) {
    if field.as_deref() != Some(name) {
        *field = Some(name.into());
    }
}

/// The kind in `ana (repost) ben`, as Cytoscape names its ties.
fn first_word_kind(value: &str) -> Option<TieKind> {
    let (_, rest) = value.split_once('(')?;
    let (word, _) = rest.split_once(')')?;
    tie_list::kind_of(word).filter(|kind| *kind != TieKind::Tie)
}

/// The colour that a word names: `#f00`, `#ff0000`, `rgb(255, 0, 0)`, `255,0,0`, `red`.
pub(super) fn colour(word: &str) -> Option<[u8; 3]> {
    let word = word.trim().trim_matches(['"', '\'']).to_lowercase();
    if let Some(digits) = word.strip_prefix('#').or_else(|| word.strip_prefix("0x")) {
        return hex(digits);
    }
    let list = word
        .trim_start_matches(|c: char| c.is_ascii_alphabetic())
        .trim_matches(['(', ')', ' ']);
    if list.contains(',') {
        let mut parts = list.split(',').map(|p| p.trim().parse::<f64>().ok());
        let mut part = || parts.next().flatten().map(|v| v.clamp(0.0, 255.0) as u8);
        return Some([part()?, part()?, part()?]);
    }
    named(&word).or_else(|| {
        let is_hex = word.len() == 6 && word.bytes().all(|b| b.is_ascii_hexdigit());
        is_hex.then(|| hex(&word)).flatten()
    })
}

fn hex(digits: &str) -> Option<[u8; 3]> {
    let values: Vec<u8> = digits
        .chars()
        .map(|c| c.to_digit(16).map(|d| d as u8))
        .collect::<Option<_>>()?;
    match values.as_slice() {
        [r, g, b] | [r, g, b, _] => Some([r * 17, g * 17, b * 17]),
        [r, s, g, h, b, c] | [r, s, g, h, b, c, _, _] => Some([r * 16 + s, g * 16 + h, b * 16 + c]),
        _ => None,
    }
}

/// The names that files use, with the values of the web.
fn named(word: &str) -> Option<[u8; 3]> {
    Some(match word {
        "black" => [0, 0, 0],
        "white" => [255, 255, 255],
        "red" => [255, 0, 0],
        "green" => [0, 128, 0],
        "lime" => [0, 255, 0],
        "blue" => [0, 0, 255],
        "yellow" => [255, 255, 0],
        "cyan" | "aqua" => [0, 255, 255],
        "magenta" | "fuchsia" => [255, 0, 255],
        "gray" | "grey" => [128, 128, 128],
        "lightgray" | "lightgrey" => [211, 211, 211],
        "darkgray" | "darkgrey" => [169, 169, 169],
        "silver" => [192, 192, 192],
        "maroon" => [128, 0, 0],
        "olive" => [128, 128, 0],
        "navy" => [0, 0, 128],
        "teal" => [0, 128, 128],
        "purple" => [128, 0, 128],
        "orange" => [255, 165, 0],
        "pink" => [255, 192, 203],
        "brown" => [165, 42, 42],
        "gold" => [255, 215, 0],
        "turquoise" => [64, 224, 208],
        "violet" => [238, 130, 238],
        "salmon" => [250, 128, 114],
        "coral" => [255, 127, 80],
        "crimson" => [220, 20, 60],
        "indigo" => [75, 0, 130],
        "steelblue" => [70, 130, 180],
        "skyblue" => [135, 206, 235],
        "lightblue" => [173, 216, 230],
        "lightgreen" => [144, 238, 144],
        "darkgreen" => [0, 100, 0],
        "tomato" => [255, 99, 71],
        _ => return None,
    })
}
