//! What every format tells of a person: gathered once, so that no two formats can disagree.

use std::borrow::Cow;

use super::DrawnGraph;
use crate::analysis::DotSizes;
use crate::people::PersonId;
use crate::render::{Rgb, Theme, palette};

/// What the values of an attribute are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    Text,
    Whole,
    Number,
}

/// The value of an attribute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Value<'a> {
    Text(&'a str),
    Whole(u32),
    Number(f64),
}

/// Attributes of people by the names that `people.csv` has for them. The last is absent where it was not measured.
const ATTRIBUTES: [(&str, ValueKind); 13] = [
    ("handle", ValueKind::Text),
    ("community", ValueKind::Whole),
    ("community_name", ValueKind::Text),
    ("reach", ValueKind::Number),
    ("posts", ValueKind::Whole),
    ("connections", ValueKind::Whole),
    ("connections_across", ValueKind::Whole),
    ("communities_reached", ValueKind::Whole),
    ("bridge_score", ValueKind::Number),
    ("bridge_rank", ValueKind::Whole),
    ("stability", ValueKind::Number),
    ("component", ValueKind::Whole),
    ("betweenness", ValueKind::Number),
];

/// One person as the map shows them.
#[derive(Debug, Clone, Copy)]
pub(super) struct GraphPerson<'a> {
    pub(super) person: PersonId,
    pub(super) name: &'a str,
    /// x to the right, y upwards, as Gephi, sigma and most others draw; `None` for people without ties.
    pub(super) place: Option<[f32; 2]>,
    /// The radius of the dot, which is what Gephi calls size.
    pub(super) size: f32,
    /// As on the light map.
    pub(super) colour: Rgb,
    /// By place in [`DrawnGraph::attributes`]; `None`: unknown.
    values: [Option<Value<'a>>; ATTRIBUTES.len()],
}

impl<'a> GraphPerson<'a> {
    /// The attributes that are known, each with its name.
    pub(super) fn known(&self) -> impl Iterator<Item = (&'static str, Value<'a>)> {
        let named = ATTRIBUTES.iter().zip(self.values);
        named.filter_map(|((name, _), value)| Some((*name, value?)))
    }

    /// The attributes in order, also those that are unknown; `n` of them.
    pub(super) fn first(&self, n: usize) -> impl Iterator<Item = Option<Value<'a>>> {
        self.values.into_iter().take(n)
    }
}

impl<'a> DrawnGraph<'a> {
    /// The attributes that people have in this file: names, and what their values are.
    pub(super) fn attributes(&self) -> &'static [(&'static str, ValueKind)] {
        let measured = self.analysis.betweenness.is_some();
        ATTRIBUTES
            .get(..ATTRIBUTES.len() - usize::from(!measured))
            .unwrap_or_default()
    }

    /// The id of a person: their key. Readers take an @ off it, so a key that begins with one gets another.
    pub(super) fn id(&self, person: PersonId) -> Cow<'a, str> {
        let key = &*self.graph.people[person.index()].key;
        if begins_with_at(key) {
            format!("@{key}").into()
        } else {
            key.into()
        }
    }

    /// Everybody, in the order of the keys.
    pub(super) fn people(&self) -> impl Iterator<Item = GraphPerson<'a>> {
        let drawn = *self;
        (0..drawn.graph.n_people()).map(move |i| drawn.person(i))
    }

    fn person(&self, i: usize) -> GraphPerson<'a> {
        let Self {
            graph, analysis, ..
        } = *self;
        let (person, bridges) = (&graph.people[i], &analysis.bridges);
        let communities = &analysis.communities;
        let community = communities.of[i];
        let colours = palette(Theme::Light);
        let radius = self.sizes.radius.get(i).copied();
        GraphPerson {
            person: PersonId(i as u32),
            name: &person.name,
            // Not `-y`: that would write the middle of the map as -0.
            place: self.positions.of(i).map(|[x, y]| [x, 0.0 - y]),
            size: radius.unwrap_or(DotSizes::SMALLEST),
            colour: community.map_or(colours.small, |c| colours.community(communities, c)),
            values: [
                Some(&*person.handle)
                    .filter(|handle| !begins_with_at(handle))
                    .map(Value::Text),
                community.map(|c| Value::Whole(c.0)),
                // Its own name, also of a small group: by their names the groups can be told apart when the file is read.
                community
                    .and_then(|c| communities.list.get(c.index()))
                    .map(|c| Value::Text(&c.name)),
                person.reach.filter(|r| r.is_finite()).map(Value::Number),
                Some(Value::Whole(person.posts)),
                Some(Value::Whole(bridges.connections[i])),
                Some(Value::Whole(bridges.connections_across[i])),
                Some(Value::Whole(bridges.communities_reached[i])),
                Some(Value::Number(bridges.score[i])),
                Some(Value::Whole(bridges.rank[i])),
                Some(Value::Number(bridges.stability[i])),
                Some(Value::Whole(analysis.components.of[i])),
                (analysis.betweenness.as_ref()).map(|b| Value::Number(b.value[i])),
            ],
        }
    }
}

fn begins_with_at(handle: &str) -> bool {
    handle.starts_with(['@', '＠'])
}
