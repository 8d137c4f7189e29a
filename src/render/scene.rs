//! Facts and positions become the scene: who is shown, in which light, in which order.

use super::{
    Dot, Land, Light, MapScene, MapStyle, Palette, Picture, Rgb, Theme, Touch, labels, legend,
    palette, ties,
};
use crate::analysis::{Analysis, CommunityId, DotSizes, SizeBy};
use crate::layout::Positions;
use crate::people::{ConversationGraph, PersonId};

/// Stands for "not on the map" where a place in [`MapScene::dots`] is meant.
pub(super) const NOWHERE: u32 = u32::MAX;

/// Puts the map together. O(n log n + m log m).
///
/// Everybody with a position whose community is not hidden becomes a dot. In [`Picture::Bridges`] the best `n` people by
/// bridge rank (with a score above 0) are ringed and lit, with their ties across; the people they reach stay plain, all else
/// is dimmed. Of a part of the map only its people and ties are there, or all else is dimmed. An isolated community is lit and the rest dimmed; with bridges, only its own bridges are ringed.
pub fn scene(
    graph: &ConversationGraph,
    analysis: &Analysis,
    positions: &Positions,
    sizes: &DotSizes,
    style: &MapStyle,
) -> MapScene {
    let cast = Cast::new(graph, analysis, positions, style);
    let dots = dots(&cast, positions, sizes);
    let mut place_of = vec![NOWHERE; cast.lights.len()];
    for (place, dot) in dots.iter().enumerate() {
        place_of[dot.person.index()] = place as u32;
    }
    let ties = ties::lines(&cast, &dots, &place_of);
    MapScene {
        labels: labels::candidates(&cast, &dots),
        legend: legend::legend(&cast, &dots, sizes),
        named: style.labels,
        bounds: bounds(&dots),
        part: style.part.as_ref().map(|shown| shown.part.clone()),
        n_ties: ties.len(),
        // Land has the colours of communities; here colours mean something else.
        land: if style.touches.is_some() {
            Land::default()
        } else {
            land(&dots, style.theme)
        },
        communities: dots
            .iter()
            .map(|dot| cast.community(dot.person.index()))
            .collect(),
        dots,
        ties,
    }
}

/// Who is on the map, and how each stands out.
pub(super) struct Cast<'a> {
    pub(super) graph: &'a ConversationGraph,
    pub(super) analysis: &'a Analysis,
    pub(super) style: &'a MapStyle,
    /// By person; `None`: not shown.
    pub(super) lights: Vec<Option<Light>>,
    /// By person.
    pub(super) ringed: Vec<bool>,
}

impl<'a> Cast<'a> {
    fn new(
        graph: &'a ConversationGraph,
        analysis: &'a Analysis,
        positions: &Positions,
        style: &'a MapStyle,
    ) -> Self {
        let n = graph.n_people();
        let mut cast = Self {
            graph,
            analysis,
            style,
            lights: vec![None; n],
            ringed: vec![false; n],
        };
        let hidden = cast.hidden_flags();
        let shown: Vec<bool> = (0..n)
            .map(|i| {
                let in_hidden = cast
                    .community(i)
                    .is_some_and(|c| hidden.get(c.index()).copied().unwrap_or(false));
                let in_picture = cast.dims() || cast.in_part(i);
                positions.of(i).is_some() && !in_hidden && in_picture
            })
            .collect();
        if let Some(touches) = &style.touches {
            for (i, &shown) in shown.iter().enumerate() {
                let chosen = touches.of_person(PersonId(i as u32)) == Touch::Chosen;
                cast.ringed[i] = shown && chosen && cast.in_part(i);
            }
        } else if let Picture::Bridges(best) = style.picture {
            for (i, &shown) in shown.iter().enumerate() {
                cast.ringed[i] = shown && cast.is_bridge(i, best) && cast.in_part(i);
            }
        }
        cast.light_up(&shown);
        cast.dim_rest();
        cast
    }

    /// The community of person `i`; `None` for people without ties.
    pub(super) fn community(&self, i: usize) -> Option<CommunityId> {
        self.analysis.communities.of.get(i).copied().flatten()
    }

    /// What the dot of person `i` is coloured by: how often they are touched, or their community.
    fn colour(&self, i: usize, colours: &Palette) -> Rgb {
        let of_community = || {
            self.community(i).map_or(colours.small, |c| {
                colours.community(&self.analysis.communities, c)
            })
        };
        let touches = self.style.touches.as_ref();
        match touches.map(|t| t.of_person(PersonId(i as u32))) {
            None | Some(Touch::Chosen) => of_community(),
            Some(Touch::Not) => colours.small,
            Some(Touch::Some) => colours.ember,
            Some(Touch::Enough) => colours.fire,
        }
    }

    /// Whether person `i` is in the part of the map that is shown.
    pub(super) fn in_part(&self, i: usize) -> bool {
        let part = self.style.part.as_ref();
        part.is_none_or(|shown| shown.part.has(PersonId(i as u32)))
    }

    /// Whether what is not in the part is dimmed instead of left out.
    fn dims(&self) -> bool {
        self.style.part.as_ref().is_some_and(|shown| shown.dims)
    }

    /// Ties of person `i` that are in the picture, with whether they are in the part that is shown; none where the graph has none.
    pub(super) fn ties_of(&self, i: usize) -> impl Iterator<Item = (u32, f64, bool)> + '_ {
        let ties = &*self.graph.ties;
        let part = self.style.part.as_ref();
        let of_part = part.filter(|shown| !shown.dims);
        let of_part = of_part.map(|shown| shown.part.ties_of(ties, i));
        let of_all = (of_part.is_none() && i < ties.n_people()).then(|| ties.of(i));
        let in_part = move |j: u32, strength: f64| {
            let (a, b) = (PersonId(i as u32), PersonId(j));
            match part.map(|shown| shown.part.between(ties, a, b)) {
                None => (j, strength, true),
                Some(Some(strength)) => (j, strength, true),
                Some(None) => (j, strength, false),
            }
        };
        let of_all = of_all.into_iter().flatten();
        (of_part.into_iter().flatten())
            .map(|(j, strength)| (j, strength, true))
            .chain(of_all.map(move |(j, strength)| in_part(j, strength)))
    }

    /// Different people that person `i` is tied to.
    pub(super) fn connections(&self, i: usize) -> usize {
        if i < self.graph.ties.n_people() {
            self.graph.ties.connections(i)
        } else {
            0
        }
    }

    /// By community: whether it is hidden.
    pub(super) fn hidden_flags(&self) -> Vec<bool> {
        let mut flags = vec![false; self.analysis.communities.list.len()];
        for id in &self.style.hidden {
            if let Some(flag) = flags.get_mut(id.index()) {
                *flag = true;
            }
        }
        flags
    }

    fn is_bridge(&self, i: usize, best: u32) -> bool {
        let bridges = &self.analysis.bridges;
        let among = bridges
            .rank
            .get(i)
            .is_some_and(|&rank| (1..=best).contains(&rank));
        let scored = bridges.score.get(i).is_some_and(|&score| score > 0.0);
        let here = self.style.isolated.is_none() || self.style.isolated == self.community(i);
        among && scored && here
    }

    /// Whoever is in the picture without being in the part stands back, whatever else is said of them.
    fn dim_rest(&mut self) {
        for i in 0..self.lights.len() {
            if self.lights[i].is_some() && !self.in_part(i) {
                self.lights[i] = Some(Light::Dimmed);
            }
        }
    }

    fn light_up(&mut self, shown: &[bool]) {
        if let Some(touches) = &self.style.touches {
            for (i, &shown) in shown.iter().enumerate() {
                let here =
                    self.style.isolated.is_none() || self.style.isolated == self.community(i);
                self.lights[i] = shown.then(|| match touches.of_person(PersonId(i as u32)) {
                    Touch::Chosen if here => Light::Lit,
                    Touch::Some | Touch::Enough if here => Light::Plain,
                    _ => Light::Dimmed,
                });
            }
            return;
        }
        let bridges = matches!(self.style.picture, Picture::Bridges(_));
        for (i, &shown) in shown.iter().enumerate() {
            self.lights[i] = shown.then(|| match (bridges, self.style.isolated) {
                (true, _) if self.ringed[i] => Light::Lit,
                (false, None) => Light::Plain,
                (false, isolated) if isolated == self.community(i) => Light::Lit,
                _ => Light::Dimmed,
            });
        }
        for i in 0..self.ringed.len() {
            if !self.ringed[i] {
                continue;
            }
            let reached: Vec<usize> = self
                .ties_of(i)
                .filter(|(_, _, in_part)| *in_part)
                .map(|(j, ..)| j as usize)
                .filter(|&j| self.community(j) != self.community(i))
                .collect();
            for j in reached {
                if let Some(light @ Some(Light::Dimmed)) = self.lights.get_mut(j) {
                    *light = Some(Light::Plain);
                }
            }
        }
    }
}

fn dots(cast: &Cast<'_>, positions: &Positions, sizes: &DotSizes) -> Vec<Dot> {
    let colours = palette(cast.style.theme);
    let about_reach = matches!(sizes.by, SizeBy::Reach | SizeBy::ReachArea);
    let mut dots: Vec<Dot> = cast
        .graph
        .people
        .iter()
        .enumerate()
        .filter_map(|(i, person)| {
            Some(Dot {
                person: PersonId(i as u32),
                at: positions.of(i)?,
                radius: sizes
                    .radius
                    .get(i)
                    .copied()
                    .filter(|r| r.is_finite() && *r > 0.0)
                    .unwrap_or(DotSizes::SMALLEST),
                colour: cast.colour(i, colours),
                hollow: about_reach && person.reach.is_none(),
                ringed: cast.ringed[i],
                light: cast.lights[i]?,
            })
        })
        .collect();
    dots.sort_by(|a, b| {
        (a.light as u8)
            .cmp(&(b.light as u8))
            .then(b.radius.total_cmp(&a.radius))
            .then(a.person.cmp(&b.person))
    });
    dots
}

fn land(dots: &[Dot], theme: Theme) -> Land {
    let at: Vec<[f32; 2]> = dots.iter().map(|dot| dot.at).collect();
    Land::of(dots, &at, Some(palette(theme).small), theme)
}

fn bounds(dots: &[Dot]) -> ([f32; 2], [f32; 2]) {
    let corners = |d: &Dot| {
        (
            [d.at[0] - d.radius, d.at[1] - d.radius],
            [d.at[0] + d.radius, d.at[1] + d.radius],
        )
    };
    dots.iter()
        .map(corners)
        .reduce(|(low, high), (l, h)| {
            (
                [low[0].min(l[0]), low[1].min(l[1])],
                [high[0].max(h[0]), high[1].max(h[1])],
            )
        })
        .unwrap_or_default()
}
