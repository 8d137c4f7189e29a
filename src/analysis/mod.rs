//! Graph becomes facts: communities, bridges, dot sizes. Pure: no files, no clock; the same graph, settings and seed give
//! the same numbers for any number of threads.

mod agreement;
mod analyse;
mod betweenness;
mod bridges;
mod by_hand;
mod certainty;
mod communities;
mod components;
mod kind_counts;
mod language;
mod leiden;
mod leiden_level;
mod leiden_moves;
mod leiden_refine;
mod modularity;
mod names;
mod page_rank;
mod pairs;
mod partition;
mod patience;
mod person_posts;
mod random;
mod ranking;
mod readable;
mod sizes;
mod standing_out;
mod tokens;
mod why;
mod word_use;

pub use agreement::adjusted_mutual_information;
pub use analyse::{analyse, analyse_showing};
pub use betweenness::betweenness;
pub use bridges::{BridgeSettings, Bridging, Flows, Grouping, PersonScore, Share};
pub use by_hand::{ByHand, Split, parts_of};
pub use communities::RESOLUTIONS;
pub use components::components;
pub use kind_counts::{KindCounts, kind_counts};
pub use leiden::leiden;
pub use modularity::modularity;
pub use names::words_that_set_apart;
pub use page_rank::page_rank;
pub use pairs::{Connector, Nearest, Pair, Pairs, pairs};
pub use partition::Partition;
pub use person_posts::{CommunityPosts, PersonPosts, TiePost, person_posts};
pub use sizes::dot_sizes;
pub use tokens::for_each_word;
pub use why::{bridge_parts, go_betweens, why};

use std::collections::BTreeSet;

use crate::people::PersonId;

/// Number of a community by size, from 0 (ties by smallest member), small groups included.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct CommunityId(pub u32);

impl CommunityId {
    /// The place in [`Communities::list`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// How finely people are grouped.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    /// This resolution; 1.0 is plain modularity, larger gives more, smaller communities. Finite, > 0.
    Fixed(f64),
    /// The resolution of 0.5, 0.7, 1, 1.4, 2, 2.8 on which the runs agree best, among those with 5 to 40 communities.
    Auto,
}

/// How betweenness is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BetweennessMode {
    /// Not at all: the column stays empty.
    #[default]
    None,
    /// From a sample of people, with an error bound.
    Sampled,
    /// From everybody: exact, O(n m).
    Exact,
}

/// What the analysis depends on besides the graph.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct AnalysisSettings {
    /// Everything random starts here.
    pub seed: u64,
    /// How finely people are grouped.
    pub resolution: Resolution,
    /// Leiden runs, ≥ 1; the best is shown, all of them make scores steady.
    pub runs: u32,
    /// How betweenness is measured.
    pub betweenness: BetweennessMode,
    /// Take the communities that the file gives instead of finding them.
    pub communities_from_file: bool,
    /// Communities that are one for the person: pairs of members, by key; in every run the communities of the two are joined.
    pub joined: BTreeSet<[String; 2]>,
    /// Communities that the person split, and people whom they moved.
    pub by_hand: ByHand,
}

impl Default for AnalysisSettings {
    fn default() -> Self {
        Self {
            seed: 1,
            resolution: Resolution::Fixed(1.0),
            runs: 5,
            betweenness: BetweennessMode::None,
            communities_from_file: false,
            joined: BTreeSet::new(),
            by_hand: ByHand::default(),
        }
    }
}

/// A word by which people tell a community from others, and how many of them use it.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct WordUse {
    /// The word, in lower case; a hashtag with its #.
    pub word: String,
    /// Members who used it: in a post, or where they tell of themselves.
    pub members: u32,
    /// Other people who did.
    pub others: u32,
    /// How far it stands out, ≥ 1.96: the root of its log-likelihood ratio against the others, which by chance is about as
    /// large as a standard deviation.
    pub z: f64,
}

/// One community.
#[derive(Debug, Clone, PartialEq)]
pub struct Community {
    /// What it is called: its most distinctive words, or "around @most connected".
    pub name: String,
    /// Its distinctive words with their evidence, best first (at most 10); empty where there is no text.
    pub words: Vec<String>,
    /// What it might be called instead, two where there are so many; empty for small groups.
    pub alternatives: Vec<String>,
    /// Who uses each of `words`, in their order; empty where nobody counted.
    pub evidence: Vec<WordUse>,
    /// Members.
    pub people: u32,
    /// Known reach of the members, added up.
    pub reach: f64,
    /// Ties among members.
    pub ties_inside: u64,
    /// Ties from members to others.
    pub ties_outside: u64,
    /// The member with the most connections, of several the first: whoever wants to name this community later, when its number
    /// may be another, names this person.
    pub member: PersonId,
    /// The colour that the person gave it: a place among the twelve of the palette; `None`: by its number.
    pub colour: Option<u8>,
    /// Fewer members than the bound: shown as one legend line "Small groups", never a target of the bridge score.
    pub small: bool,
}

/// Who belongs where.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Communities {
    /// The community of each person, by [`PersonId`]; `None` for people without ties.
    pub of: Vec<Option<CommunityId>>,
    /// How sure that is: the share of the runs that say so, 0..=1; 1 for people without ties.
    pub sure: Vec<f32>,
    /// The communities, by [`CommunityId`]: largest first.
    pub list: Vec<Community>,
    /// Modularity of this grouping on damped ties at resolution 1.
    pub modularity: f64,
    /// The resolution used.
    pub resolution: f64,
}

impl Communities {
    /// Communities that are not small groups.
    pub fn n_large(&self) -> usize {
        self.list.iter().filter(|c| !c.small).count()
    }

    /// What `people.csv` and the window call the community of a person: its name, "Small groups", or "No ties".
    pub fn name_of(&self, person: PersonId) -> &str {
        match self.of[person.index()] {
            None => "No ties",
            Some(c) if self.list[c.index()].small => "Small groups",
            Some(c) => &self.list[c.index()].name,
        }
    }
}

/// Who joins communities. One value a person in each vector, by [`PersonId`].
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bridges {
    /// Bridge score: mean over the runs, in damped ties, ≥ 0.
    pub score: Vec<f64>,
    /// 1 is best, all different.
    pub rank: Vec<u32>,
    /// Share of the runs in which the person is among the top 50, 0..=1.
    pub stability: Vec<f64>,
    /// Leiden runs that the scores are the mean of.
    pub runs: u32,
    /// Different people tied to.
    pub connections: Vec<u32>,
    /// Of those, people outside the own community.
    pub connections_across: Vec<u32>,
    /// Communities with a surplus X ≥ 1, in the shown run.
    pub communities_reached: Vec<u32>,
    /// Damped strength `s_i`.
    pub strength: Vec<f64>,
    /// Damped strength outside the own community, in the shown run.
    pub strength_outside: Vec<f64>,
}

/// What one person has in one community, in the shown run: the parts of the bridge score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BridgePart {
    /// The community.
    pub community: CommunityId,
    /// People there the person is tied to.
    pub connections: u32,
    /// Damped strength `s_ic`.
    pub strength: f64,
    /// What the person's community-mates would send there, `λ·s_i·q_ic`.
    pub expected: f64,
    /// Surplus `X_ic`; 0 at home and for small groups.
    pub surplus: f64,
    /// The person there with the strongest tie to this one.
    pub through: PersonId,
}

/// Betweenness and how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Betweenness {
    /// Unweighted, undirected, each pair once, not normalised.
    pub value: Vec<f64>,
    /// Sampled: sources used. Exact: the number of people.
    pub sources: u32,
    /// Standard error of each value; zeros when exact.
    pub error: Vec<f64>,
}

/// The largest connected part first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Components {
    /// Number of the component of each person, by size from 0 (ties by smallest member). People without ties have their own.
    pub of: Vec<u32>,
    /// People in each.
    pub sizes: Vec<u32>,
}

/// Everything known about the graph.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Analysis {
    /// Who belongs where.
    pub communities: Communities,
    /// Who joins communities.
    pub bridges: Bridges,
    /// Connected parts.
    pub components: Components,
    /// Where asked for.
    pub betweenness: Option<Betweenness>,
    /// Median strength of people with ties is under 3: bridge ranking is weak.
    pub thin_data: bool,
    /// Ties between communities in the shown run: what [`bridge_parts`] compares a person with.
    pub flows: Flows,
}

/// Seconds each part took, for the summary.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct AnalysisSeconds {
    /// Communities, components and names.
    pub communities: f64,
    /// Bridge scores.
    pub bridges: f64,
    /// Betweenness.
    pub betweenness: f64,
}

/// What the size of a dot means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SizeBy {
    /// Reach on a logarithmic scale, as measures.md has it; connections when over half of the reaches are unknown.
    #[default]
    Reach,
    /// True areas by reach.
    ReachArea,
    /// All the same.
    Same,
    /// Connections.
    Connections,
    /// Bridge score.
    BridgeScore,
}

/// How large the dots are drawn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DotSizes {
    /// Radius in map units, by [`PersonId`], [`DotSizes::SMALLEST`]..=[`DotSizes::LARGEST`].
    pub radius: Vec<f32>,
    /// What size means in fact (Reach falls back to Connections when over half are unknown).
    pub by: SizeBy,
    /// People with ties whose reach is unknown: drawn hollow while `by` is about reach.
    pub unknown: u32,
    /// Three round values with the radius each has, smallest first; empty for [`SizeBy::Same`].
    pub examples: Vec<(f64, f32)>,
}

impl DotSizes {
    /// Smallest radius, in map units.
    pub const SMALLEST: f32 = 1.0;
    /// Largest radius, in map units.
    pub const LARGEST: f32 = 7.0;
}
