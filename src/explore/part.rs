//! The part of a map that a filter lets through.

use crate::people::{PersonId, Ties};

/// What a filter lets through, and how much it keeps back.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShownPart {
    /// By person: whether they are shown.
    pub people: Vec<bool>,
    /// By post: whether it is among the chosen ones; `None` where nothing is asked of posts.
    pub posts: Option<Vec<bool>>,
    /// By place in [`Ties::neighbours`]: how strong the tie is, 0 where it is not shown; `None` where nothing is asked of ties, so that all
    /// between shown people are shown, as strong as in the graph.
    pub strengths: Option<Vec<f64>>,
    /// How much is shown.
    pub counts: PartCounts,
}

/// How much of a map is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PartCounts {
    /// People who are shown, with ties or without.
    pub people: u64,
    /// Of them those with a tie that is shown.
    pub tied: u64,
    /// All people of the map.
    pub all_people: u64,
    /// Ties that are shown.
    pub ties: u64,
    /// All ties of the map.
    pub all_ties: u64,
    /// Posts that are chosen; all where nothing is asked of posts.
    pub posts: u64,
    /// All posts.
    pub all_posts: u64,
}

impl PartCounts {
    /// People who are not shown.
    pub fn hidden_people(&self) -> u64 {
        self.all_people.saturating_sub(self.people)
    }
}

// Strengths are never not-a-number; and where two parts are the same one, nothing is compared.
impl Eq for ShownPart {}

impl ShownPart {
    /// Whether `person` is shown.
    pub fn has(&self, person: PersonId) -> bool {
        self.people.get(person.index()).copied().unwrap_or(false)
    }

    /// Whether post number `post` is among the chosen ones.
    pub fn has_post(&self, post: usize) -> bool {
        let posts = self.posts.as_ref();
        posts.is_none_or(|posts| posts.get(post).copied().unwrap_or(false))
    }

    /// The shown ties of person `i` among `ties`, those of the same map, as `(neighbour, strength)`; none for people who are not shown.
    pub fn ties_of<'a>(
        &'a self,
        ties: &'a Ties,
        i: usize,
    ) -> impl Iterator<Item = (u32, f64)> + 'a {
        let is_shown = self.has(PersonId(i as u32)) && i < ties.n_people();
        let row = if is_shown {
            ties.offsets[i] as usize..ties.offsets[i + 1] as usize
        } else {
            0..0
        };
        row.filter_map(move |at| {
            let other = *ties.neighbours.get(at)?;
            let strengths = self.strengths.as_ref().unwrap_or(&ties.strength);
            let strength = strengths.get(at).copied().filter(|t| *t > 0.0)?;
            self.has(PersonId(other)).then_some((other, strength))
        })
    }

    /// How strong the tie between `a` and `b` is shown; `None` where it is not. O(log n).
    pub fn between(&self, ties: &Ties, a: PersonId, b: PersonId) -> Option<f64> {
        if !self.has(a) || !self.has(b) || a.index().max(b.index()) >= ties.n_people() {
            return None;
        }
        let at = ties.row(a.index()).0.binary_search(&b.0).ok()?;
        let at = ties.offsets[a.index()] as usize + at;
        let strengths = self.strengths.as_ref().unwrap_or(&ties.strength);
        strengths
            .get(at)
            .copied()
            .filter(|strength| *strength > 0.0)
    }

    /// The same part of a graph that has the shown ties alone: there all of them are shown.
    #[must_use]
    pub fn of_its_own_graph(&self) -> Self {
        Self {
            strengths: None,
            ..self.clone()
        }
    }
}
