//! One exported picture before it is pixels, SVG or PDF: where everything stands on it.

use std::collections::BTreeSet;

use super::card::Card;
use super::raster::{Canvas, MAX_SIDE, enough_ties};
use super::surface::{Surface, TextStyle};
use super::text::Typesetter;
use super::{
    Bends, Camera, Crowd, Dot, DotInk, Label, LabelOf, Light, MapScene, Palette, Placed, Placing,
    Rgb, Theme, TieInk, palette, place, tie_emphasis, tie_width_pt,
};
use crate::analysis::CommunityId;
use crate::people::PersonId;

/// The size at which letters and lines have their plain size in pixels; larger pictures get larger ones.
const PLAIN_SIZE: [f32; 2] = [1200.0, 800.0];
// In points.
const MARGIN: f32 = 36.0;
const CARD_MARGIN: f32 = 20.0;
const PERSON_TEXT: f32 = 12.5;
const COMMUNITY_TEXT: f32 = 17.0;
const TITLE_TEXT: f32 = 22.0;
const CAPTION_TEXT: f32 = 12.5;
/// From a selected dot to its ring.
const SELECTED_GAP: f32 = 3.0;
/// Dots keep this far from the card.
const CARD_AIR: f32 = 8.0;

/// How a picture for export looks, besides its scene.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureStyle {
    /// Light or dark: the ground, letters and cards. The scene has its own colours, made for the same.
    pub theme: Theme,
    /// Width and height in pixels.
    pub size: [u32; 2],
    /// Pixels a point; `None`: letters and lines grow with the picture, so that 2400 × 1600 shows the same as 1200 × 800, finer.
    pub scale: Option<f32>,
    /// Where the picture looks, in points; `None`: at the whole map, beside the legend.
    pub camera: Option<Camera>,
    /// With the legend.
    pub legend: bool,
    /// Without the ground: what nothing covers is see-through.
    pub transparent: bool,
    /// People named, at most; `None`: as many as the scene says.
    pub names: Option<u32>,
    /// Who has a ring round them, as in the window.
    pub selected: Vec<PersonId>,
    /// On top, large; empty: none.
    pub title: String,
    /// Below the title; empty: none.
    pub caption: String,
}

impl PictureStyle {
    /// The whole map with its legend on the ground of `theme`.
    pub fn new(theme: Theme, size: [u32; 2]) -> Self {
        Self {
            theme,
            size,
            scale: None,
            camera: None,
            legend: true,
            transparent: false,
            names: None,
            selected: Vec::new(),
            title: String::new(),
            caption: String::new(),
        }
    }

    /// Pixels a point.
    pub fn pixels_a_point(&self) -> f32 {
        let sound = |scale: &f32| scale.is_finite() && *scale > 0.0;
        let given = self.scale.filter(sound).map(|s| s.clamp(0.1, 16.0));
        given.unwrap_or_else(|| scale_of(self.size))
    }
}

fn scale_of(size: [u32; 2]) -> f32 {
    let [x, y] = [0, 1].map(|k| size[k] as f32 / PLAIN_SIZE[k]);
    // Very wide or high pictures are measured by their mean, so that their legend is not tiny.
    x.min(y).max((x * y).sqrt() * 0.7).clamp(0.5, 12.0)
}

/// Where everything stands. Lengths in points.
pub(super) struct Sheet<'a> {
    pub(super) scene: &'a MapScene,
    pub(super) style: &'a PictureStyle,
    pub(super) colours: &'static Palette,
    /// Pixels a point.
    pub(super) scale: f32,
    pub(super) size_px: [u32; 2],
    /// Width and height.
    pub(super) points: [f32; 2],
    pub(super) camera: Camera,
    names: Vec<Placed>,
    /// People and communities of whom every dot is dimmed: their names are faint.
    dimmed: BTreeSet<LabelOf>,
    card: Option<(Card, [f32; 2])>,
    heading: Vec<Line>,
}

/// A line of the heading.
struct Line {
    text: String,
    at: [f32; 2],
    size: f32,
    colour: Rgb,
}

/// A tie as it is drawn. Lengths in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct SheetTie {
    pub(super) ends: [[f32; 2]; 2],
    /// Of a curve; `None`: straight.
    pub(super) control: Option<[f32; 2]>,
    pub(super) colour: Rgb,
    /// 0..=1.
    pub(super) opacity: f32,
    pub(super) width: f32,
}

/// A dot as it is drawn. Lengths in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct SheetDot {
    pub(super) at: [f32; 2],
    pub(super) radius: f32,
    pub(super) ink: DotInk,
    /// 0..=1.
    pub(super) opacity: f32,
    pub(super) hollow: bool,
    pub(super) ring: Option<Rgb>,
    pub(super) community: Option<CommunityId>,
}

impl<'a> Sheet<'a> {
    /// Lays out the picture of `scene`. The map gives way to legend and heading where it would cover people.
    pub(super) fn new(
        scene: &'a MapScene,
        style: &'a PictureStyle,
        type_setter: &mut Typesetter,
    ) -> Self {
        let size_px = style.size.map(|s| s.min(MAX_SIDE));
        let scale = style.pixels_a_point();
        let points = size_px.map(|s| s as f32 / scale);
        let colours = palette(style.theme);
        let (heading, top) = heading(style, points, (scale, colours), type_setter);
        let whole = fit(scene, points, 0.0, top);
        let room = [
            points[0] - 2.0 * CARD_MARGIN,
            points[1] - CARD_MARGIN - top.max(CARD_MARGIN),
        ];
        let camera = style.camera.unwrap_or(whole);
        let card = style
            .legend
            .then(|| Card::new(&scene.legend, camera, room, scale, type_setter))
            .flatten();
        let camera = match (&card, style.camera) {
            (Some(card), None) => beside(scene, points, top, card.size_pt),
            _ => camera,
        };
        let corner = |card: &Card| [CARD_MARGIN, points[1] - CARD_MARGIN - card.size_pt[1]];
        let card = card.map(|card| {
            let at = corner(&card);
            (card, at)
        });
        let mut sheet = Self {
            scene,
            style,
            colours,
            scale,
            size_px,
            points,
            camera,
            names: Vec::new(),
            dimmed: dimmed(scene),
            card,
            heading,
        };
        sheet.names = sheet.place_names(type_setter);
        sheet
    }

    fn place_names(&self, type_setter: &mut Typesetter) -> Vec<Placed> {
        let mut keep_out: Vec<([f32; 2], [f32; 2])> = Vec::new();
        if let Some((card, low)) = &self.card {
            keep_out.push((*low, [low[0] + card.size_pt[0], low[1] + card.size_pt[1]]));
        }
        for line in &self.heading {
            let size = type_setter.measure(&line.text, line.size * self.scale);
            let high = [0, 1].map(|k| line.at[k] + size[k] / self.scale);
            keep_out.push((line.at, high));
        }
        let placing = Placing {
            size: self.points,
            people: self.style.names.unwrap_or(self.scene.named) as usize,
            keep_out: &keep_out,
            previous: &[],
        };
        let scale = self.scale;
        place(self.scene, self.camera, &placing, |label| {
            let size = text_size(label) * scale;
            let [width, height] = type_setter.measure(&label.text, size);
            [width / scale + weight(label), height / scale]
        })
    }

    /// From the map to the sheet.
    pub(super) fn at(&self, map: [f32; 2]) -> [f32; 2] {
        self.camera.screen_from_map(map, self.points)
    }

    /// What pixels are painted on.
    pub(super) fn canvas(&self) -> Canvas {
        Canvas {
            camera: self.camera,
            theme: self.style.theme,
            size: self.size_px,
            scale: self.scale,
            ground: (!self.style.transparent).then_some(self.colours.ground),
        }
    }

    /// The names, least important first: where halos touch, the more important name is whole.
    pub(super) fn names(&self) -> impl Iterator<Item = (&Label, [f32; 2])> {
        let label = |name: &Placed| Some((self.scene.labels.get(name.label)?, name.at));
        self.names.iter().rev().filter_map(label)
    }

    /// Draws one name.
    pub(super) fn draw_name(&self, label: &Label, at: [f32; 2], surface: &mut dyn Surface) {
        surface.text(&label.text, at, self.name_style(label));
    }

    /// Draws the rings round those who are selected.
    pub(super) fn draw_selection(&self, surface: &mut dyn Surface) {
        if self.style.selected.is_empty() {
            return;
        }
        let selected: BTreeSet<PersonId> = self.style.selected.iter().copied().collect();
        for dot in self
            .scene
            .dots
            .iter()
            .filter(|d| selected.contains(&d.person))
        {
            let at = self.at(dot.at);
            let radius = self.camera.radius_px(dot.radius) + SELECTED_GAP;
            surface.ring(at, radius, 4.5, self.colours.ground);
            surface.ring(at, radius, 2.0, self.colours.text);
        }
    }

    /// Draws the legend and the heading.
    pub(super) fn draw_furniture(&self, surface: &mut dyn Surface) {
        if let Some((card, at)) = &self.card {
            card.draw(surface, *at, self.camera, self.colours);
        }
        for line in &self.heading {
            let style = TextStyle {
                size: line.size,
                colour: line.colour,
                halo: Some((self.colours.ground, 2.2)),
                weight: 0.04 * line.size,
            };
            surface.text(&line.text, line.at, style);
        }
    }

    fn name_style(&self, label: &Label) -> TextStyle {
        let halo = match label.of {
            LabelOf::Person(_) => 2.2,
            LabelOf::Community(_) => 3.2,
        };
        // Where bridges are lit, communities step back.
        let is_bridge = |d: &Dot| d.light == Light::Lit && d.ringed;
        let bridges = self.scene.dots.last().is_some_and(is_bridge);
        let community = matches!(label.of, LabelOf::Community(_));
        let behind = self.dimmed.contains(&label.of) || (community && bridges);
        let colour = if behind {
            self.colours.dim_text
        } else {
            self.colours.text
        };
        TextStyle {
            size: text_size(label),
            colour,
            halo: Some((self.colours.ground, halo)),
            weight: weight(label),
        }
    }

    /// The ties of one light that are in the picture, in drawing order. O(m).
    pub(super) fn ties(&self, light: Light) -> impl Iterator<Item = SheetTie> {
        let (ink, zoom) = (TieInk::of(self.scene), self.camera.zoom);
        let (ties, share) = enough_ties(self.scene, light, &ink, zoom);
        let opacity = ink.opacity(light, zoom, share);
        // A curve reaches beyond its ends.
        let beyond = self.points[0].max(self.points[1]) * 0.1 + 2.0;
        let (low, high) = ([-beyond; 2], self.points.map(|v| v + beyond));
        let bends = Bends::of(self.scene);
        ties.iter().filter_map(move |tie| {
            let end = |i: u32| Some(self.at(self.scene.dots.get(i as usize)?.at));
            let ends = [end(tie.a)?, end(tie.b)?];
            let passes = |k: usize| {
                let (from, to) = (ends[0][k].min(ends[1][k]), ends[0][k].max(ends[1][k]));
                to >= low[k] && from <= high[k] // false for what is no number
            };
            let dots = [tie.a as usize, tie.b as usize];
            (passes(0) && passes(1)).then(|| SheetTie {
                ends,
                control: bends.control(self.scene, dots, ends),
                colour: tie.colour,
                opacity: (opacity * tie_emphasis(tie)).min(1.0),
                width: tie_width_pt(tie),
            })
        })
    }

    /// The dots of one light that are in the picture, in drawing order. O(n).
    pub(super) fn dots(&self, light: Light) -> impl Iterator<Item = SheetDot> {
        let dots = self.scene.dots.iter().enumerate();
        let crowd = Crowd::of(&self.scene.dots, self.scene.bounds, self.camera);
        dots.filter(move |(_, dot)| dot.light == light)
            .filter_map(move |(i, dot)| {
                let at = self.at(dot.at);
                let plain = self.camera.radius_px(dot.radius);
                let radius = crowd.radius_px(dot.radius, plain);
                let mut ink = DotInk::of(dot, self.colours, radius);
                ink.rim_pt *= 1.0 - crowd.share;
                let reach = radius + if dot.ringed { ink.halo_pt } else { 0.0 } + 1.0;
                let is_in = (0..2).all(|k| at[k] > -reach && at[k] < self.points[k] + reach);
                is_in.then(|| SheetDot {
                    at,
                    radius,
                    ink,
                    opacity: crowd.opacity(dot.radius),
                    hollow: dot.hollow,
                    ring: dot.ringed.then_some(self.colours.ring),
                    community: self.scene.communities.get(i).copied().flatten(),
                })
            })
    }

    /// The name of a community as the map has it.
    pub(super) fn name_of(&self, community: CommunityId) -> Option<&str> {
        let of = LabelOf::Community(community);
        let label = self.scene.labels.iter().find(|label| label.of == of);
        label.map(|label| label.text.as_str())
    }
}

/// Whom the picture has in the back alone.
fn dimmed(scene: &MapScene) -> BTreeSet<LabelOf> {
    // Of those who may be named alone: the map may hold a million.
    let mut behind: BTreeSet<LabelOf> = scene.labels.iter().map(|label| label.of).collect();
    for (i, dot) in scene.dots.iter().enumerate() {
        if dot.light != Light::Dimmed {
            behind.remove(&LabelOf::Person(dot.person));
            if let Some(Some(community)) = scene.communities.get(i) {
                behind.remove(&LabelOf::Community(*community));
            }
        }
    }
    behind
}

/// The lines of the heading, and how much of the top they take.
fn heading(
    style: &PictureStyle,
    points: [f32; 2],
    (scale, colours): (f32, &Palette),
    type_setter: &mut Typesetter,
) -> (Vec<Line>, f32) {
    let mut lines = Vec::new();
    let mut y = CARD_MARGIN;
    let width = points[0] - 2.0 * CARD_MARGIN;
    for (text, size, colour) in [
        (&style.title, TITLE_TEXT, colours.text),
        (&style.caption, CAPTION_TEXT, colours.dim_text),
    ] {
        let text = super::shorten(text, 400);
        if text.is_empty() || width < 40.0 {
            continue;
        }
        let text = type_setter.fit(&text, size * scale, width * scale);
        let height = type_setter.measure(&text, size * scale)[1] / scale;
        let at = [CARD_MARGIN, y];
        lines.push(Line {
            text,
            at,
            size,
            colour,
        });
        y += height + 2.0;
    }
    // The map needs no margin of its own below the heading.
    let top = if lines.is_empty() {
        0.0
    } else {
        (y - MARGIN + CARD_AIR).max(0.0)
    };
    (lines, top)
}

/// The camera that shows the whole map, with `column` points at the left and `top` points at the top left free.
fn fit(scene: &MapScene, points: [f32; 2], column: f32, top: f32) -> Camera {
    let mut camera = Camera::fit(scene.bounds, [points[0] - column, points[1] - top], MARGIN);
    camera.centre[0] -= column / 2.0 / camera.zoom;
    camera.centre[1] -= top / 2.0 / camera.zoom;
    camera
}

/// The camera that shows the whole map beside the card in the left lower corner: as little moved to the right as keeps every
/// dot clear of it.
fn beside(scene: &MapScene, points: [f32; 2], top: f32, card: [f32; 2]) -> Camera {
    const STEPS: u8 = 8;
    let edge = [
        CARD_MARGIN + card[0] + CARD_AIR,
        points[1] - CARD_MARGIN - card[1] - CARD_AIR,
    ];
    let mut camera = fit(scene, points, 0.0, top);
    // More than half of the picture is never given away: then the card lies over the map after all.
    let most = (edge[0] - MARGIN).max(0.0).min(points[0] / 2.0);
    for step in 0..=STEPS {
        let column = most * f32::from(step) / f32::from(STEPS);
        camera = fit(scene, points, column, top);
        let covered = scene.dots.iter().any(|dot| {
            let at = camera.screen_from_map(dot.at, points);
            let radius = camera.radius_px(dot.radius);
            at[0] - radius < edge[0] && at[1] + radius > edge[1]
        });
        if !covered {
            break;
        }
    }
    camera
}

fn text_size(label: &Label) -> f32 {
    match label.of {
        LabelOf::Person(_) => PERSON_TEXT,
        LabelOf::Community(_) => COMMUNITY_TEXT,
    }
}

/// Extra thickness of letters.
fn weight(label: &Label) -> f32 {
    match label.of {
        LabelOf::Person(_) => 0.4,
        LabelOf::Community(_) => 0.9,
    }
}
