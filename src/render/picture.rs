//! The whole picture for export: the map, its names and its legend, fitted to any size.

use super::card::Card;
use super::raster::{MAX_SIDE, raster_scaled};
use super::text::{TextInk, Typesetter};
use super::{
    Camera, Label, LabelOf, Light, MapScene, Palette, Pixels, Placing, Theme, palette, place,
};
use crate::progress::{Cancelled, Progress};

/// The size at which letters and lines have their plain size in pixels; larger pictures get larger ones.
const PLAIN_SIZE: [f32; 2] = [1200.0, 800.0];
// In points.
const MARGIN: f32 = 36.0;
const CARD_MARGIN: f32 = 20.0;
const PERSON_TEXT: f32 = 12.5;
const COMMUNITY_TEXT: f32 = 17.0;
/// Dots keep this far from the card.
const CARD_AIR: f32 = 8.0;

/// Draws the whole picture for export: dots, ties, labels that do not overlap, and the legend, fitted to `size`.
///
/// Letters, lines and the smallest dots grow with the picture: 2400 × 1600 shows the same as 1200 × 800, finer. The map
/// gives way to the legend where it would cover people.
///
/// # Errors
/// [`Cancelled`] only.
pub fn picture(
    scene: &MapScene,
    theme: Theme,
    size: [u32; 2],
    progress: &Progress,
) -> Result<Pixels, Cancelled> {
    progress.check()?;
    let size = size.map(|s| s.min(MAX_SIDE));
    let scale = scale_of(size);
    let points = size.map(|s| s as f32 / scale);
    let mut type_setter = Typesetter::new();
    let whole = Camera::fit(scene.bounds, points, MARGIN);
    let room = points.map(|v| v - 2.0 * CARD_MARGIN);
    let card = Card::new(&scene.legend, whole, room, scale, &mut type_setter);
    let card_size = card.as_ref().map(|card| card.size_pt);
    let camera = card_size.map_or(whole, |card| beside(scene, points, card));
    let mut pixels = raster_scaled(scene, camera, theme, size, scale, progress)?;
    let corner = |card: [f32; 2]| [CARD_MARGIN, points[1] - CARD_MARGIN - card[1]];
    let keep_out: Vec<_> = card_size
        .map(|card| {
            let low = corner(card);
            (low, [low[0] + card[0], low[1] + card[1]])
        })
        .into_iter()
        .collect();
    let mut names = Names {
        scene,
        colours: palette(theme),
        scale,
        type_setter: &mut type_setter,
    };
    names.draw(&mut pixels, camera, points, &keep_out, progress)?;
    if let Some(card) = card {
        let at = corner(card.size_pt);
        card.draw(
            &mut pixels,
            at,
            camera,
            scale,
            palette(theme),
            &mut type_setter,
        );
    }
    Ok(pixels)
}

/// Pixels a point.
fn scale_of(size: [u32; 2]) -> f32 {
    let [x, y] = [0, 1].map(|k| size[k] as f32 / PLAIN_SIZE[k]);
    // Very wide or high pictures are measured by their mean, so that their legend is not tiny.
    x.min(y).max((x * y).sqrt() * 0.7).clamp(0.5, 12.0)
}

/// The camera that shows the whole map beside the card in the left lower corner: as little moved to the right as keeps every
/// dot clear of it.
fn beside(scene: &MapScene, points: [f32; 2], card: [f32; 2]) -> Camera {
    const STEPS: u8 = 8;
    let edge = [
        CARD_MARGIN + card[0] + CARD_AIR,
        points[1] - CARD_MARGIN - card[1] - CARD_AIR,
    ];
    let mut camera = Camera::fit(scene.bounds, points, MARGIN);
    // More than half of the picture is never given away: then the card lies over the map after all.
    let most = (edge[0] - MARGIN).max(0.0).min(points[0] / 2.0);
    for step in 0..=STEPS {
        let column = most * f32::from(step) / f32::from(STEPS);
        camera = Camera::fit(scene.bounds, [points[0] - column, points[1]], MARGIN);
        camera.centre[0] -= column / 2.0 / camera.zoom;
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

/// Draws the names of people and communities.
struct Names<'a> {
    scene: &'a MapScene,
    colours: &'a Palette,
    scale: f32,
    type_setter: &'a mut Typesetter,
}

impl Names<'_> {
    fn draw(
        &mut self,
        pixels: &mut Pixels,
        camera: Camera,
        points: [f32; 2],
        keep_out: &[([f32; 2], [f32; 2])],
        progress: &Progress,
    ) -> Result<(), Cancelled> {
        let placing = Placing {
            size: points,
            people: self.scene.named as usize,
            keep_out,
            previous: &[],
        };
        let scale = self.scale;
        let type_setter = &mut *self.type_setter;
        let placed = place(self.scene, camera, &placing, |label| {
            let size = text_size(label) * scale;
            let [width, height] = type_setter.measure(&label.text, size);
            [(width + weight(label, scale)) / scale, height / scale]
        });
        // The less important first: where halos touch, the more important name is whole.
        for name in placed.iter().rev() {
            progress.check()?;
            if let Some(label) = self.scene.labels.get(name.label) {
                let at = name.at.map(|v| v * scale);
                let ink = self.ink(label);
                let size = text_size(label) * scale;
                self.type_setter.draw(pixels, &label.text, at, size, ink);
            }
        }
        Ok(())
    }

    fn ink(&self, label: &Label) -> TextInk {
        let halo = match label.of {
            LabelOf::Person(_) => 2.2,
            LabelOf::Community(_) => 3.2,
        };
        // Where bridges are lit, communities step back.
        let bridges = self
            .scene
            .dots
            .last()
            .is_some_and(|d| d.light == Light::Lit && d.ringed);
        let colour = match label.of {
            LabelOf::Community(_) if bridges => self.colours.dim_text,
            LabelOf::Person(_) | LabelOf::Community(_) => self.colours.text,
        };
        TextInk {
            colour,
            halo: Some((self.colours.ground, halo * self.scale)),
            weight: weight(label, self.scale),
        }
    }
}

fn text_size(label: &Label) -> f32 {
    match label.of {
        LabelOf::Person(_) => PERSON_TEXT,
        LabelOf::Community(_) => COMMUNITY_TEXT,
    }
}

/// Extra thickness of letters in pixels.
fn weight(label: &Label, scale: f32) -> f32 {
    match label.of {
        LabelOf::Person(_) => 0.4 * scale,
        LabelOf::Community(_) => 0.9 * scale,
    }
}
