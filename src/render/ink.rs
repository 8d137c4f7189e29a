//! How strongly dots and ties are drawn: one rule for the GPU and for the CPU.

use super::{Dot, Light, MapScene, Palette, Rgb, TieLine};

/// How opaque ties are: the more of them cover each other, the fainter each, so that dense cores do not burn out and a
/// sample of the ties looks like all of them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TieInk {
    /// For dimmed, plain and lit ties: their lengths added up, over the area of the map.
    crowd: [f32; 3],
}

impl TieInk {
    /// Measures the ties of `scene`. O(m).
    pub fn of(scene: &MapScene) -> Self {
        let mut length = [0f64; 3];
        for tie in &scene.ties {
            let ends = (
                scene.dots.get(tie.a as usize),
                scene.dots.get(tie.b as usize),
            );
            if let (Some(a), Some(b)) = ends {
                let (dx, dy) = (f64::from(a.at[0] - b.at[0]), f64::from(a.at[1] - b.at[1]));
                length[tie.light as usize] += (dx * dx + dy * dy).sqrt();
            }
        }
        let (low, high) = scene.bounds;
        let area = f64::from((high[0] - low[0]).max(1.0)) * f64::from((high[1] - low[1]).max(1.0));
        Self {
            crowd: length.map(|l| (l / area) as f32),
        }
    }

    /// Opacity 0..=1 of an average tie of this `light` at `zoom` points a map unit when `share` (0..=1) of the ties is drawn.
    /// Multiply by [`tie_emphasis`] of the single tie.
    pub fn opacity(&self, light: Light, zoom: f32, share: f32) -> f32 {
        let layers = self.layers(light, zoom) * share.clamp(0.0, 1.0);
        let (ink, _, most) = inks(light);
        // A root of it, not itself, divides: a map with many ties may look busier than one with few.
        (ink / libm::powf(layers.max(1e-6), 0.62)).clamp(least_ink(light), most)
    }

    /// The share of the ties of this `light` that is worth drawing at `zoom`: more of them, however faint, would only be mist.
    /// Every tie that is lit is.
    pub fn enough(&self, light: Light, zoom: f32) -> f32 {
        let (_, mist, _) = inks(light);
        let layers = self.layers(light, zoom) * least_ink(light);
        (mist / layers.max(1e-6)).min(1.0)
    }

    /// Layers of ties over an average point, for lines one point wide.
    fn layers(&self, light: Light, zoom: f32) -> f32 {
        self.crowd[light as usize] / zoom.max(1e-6)
    }
}

/// Of a light: how much ink its ties have together, how much of the ground ties of the least ink may cover, and how opaque one
/// is at most.
fn inks(light: Light) -> (f32, f32, f32) {
    match light {
        Light::Dimmed => (0.055, 0.3, 0.10),
        Light::Plain => (0.18, 0.5, 0.32),
        Light::Lit => (0.27, f32::INFINITY, 0.55),
    }
}

/// How opaque a tie of a light is at least.
fn least_ink(light: Light) -> f32 {
    match light {
        Light::Dimmed => 0.004,
        Light::Plain => 0.006,
        Light::Lit => 0.05,
    }
}

/// How much more (or less) opaque than the average this tie is: stronger ties show more.
pub fn tie_emphasis(tie: &TieLine) -> f32 {
    0.75 + 0.25 * tie.strength.clamp(0.0, 4.0)
}

/// Width of a tie in points.
pub fn tie_width_pt(tie: &TieLine) -> f32 {
    match tie.light {
        Light::Dimmed => 0.8,
        Light::Plain => 0.8 + 0.12 * tie.strength.clamp(0.0, 5.0),
        Light::Lit => 0.9 + 0.15 * tie.strength.clamp(0.0, 5.0),
    }
}

/// The colours and widths with which one dot is drawn. Lengths in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DotInk {
    /// Inside.
    pub fill: Rgb,
    /// The thin darker edge that separates neighbours; for hollow dots the dashed line.
    pub rim: Rgb,
    /// Width of the rim, inside the radius.
    pub rim_pt: f32,
    /// Ringed dots: how far the soft halo in the dot's colour goes beyond the dot's edge.
    pub halo_pt: f32,
    /// Ringed dots: opacity of the halo at the dot's edge.
    pub halo: f32,
}

impl DotInk {
    /// Ringed dots: from the dot's edge to the ring's inner edge.
    pub const RING_GAP_PT: f32 = 1.4;
    /// Ringed dots: width of the ring.
    pub const RING_PT: f32 = 1.7;
    /// How much of a dash and a gap together is dash.
    pub const DASH: f32 = 0.62;

    /// Dashes round a hollow dot that is drawn `radius_pt` points large; 0: a whole line, for want of room. A dash takes
    /// [`DotInk::DASH`] of its share of the way round.
    pub fn dashes(radius_pt: f32) -> f32 {
        // A dash and a gap are about 5 points long together; fewer than 6 pairs no longer look dashed.
        let pairs = (std::f32::consts::TAU * radius_pt / 5.0).round();
        if radius_pt < 2.5 { 0.0 } else { pairs.max(6.0) }
    }

    /// For `dot`, which is drawn `radius_pt` points large (see [`super::Camera::radius_px`]).
    pub fn of(dot: &Dot, palette: &Palette, radius_pt: f32) -> Self {
        let ground = palette.ground;
        let dark = u32::from(ground.0) + u32::from(ground.1) + u32::from(ground.2) < 384;
        // What is dimmed goes towards the ground without getting transparent: ties do not show through dots.
        let colour = match dot.light {
            Light::Dimmed => dot.colour.mix(ground, if dark { 0.74 } else { 0.72 }),
            Light::Plain | Light::Lit => dot.colour,
        };
        let (fill, rim) = if dot.hollow {
            (ground.mix(colour, 0.16), colour)
        } else if dark {
            (colour, colour.mix(ground, 0.62))
        } else {
            (colour, colour.mix(Rgb(0, 0, 0), 0.30))
        };
        Self {
            fill,
            rim,
            rim_pt: if dot.hollow {
                (0.22 * radius_pt).clamp(0.7, 1.4)
            } else {
                (0.14 * radius_pt).clamp(0.0, 1.0)
            },
            halo_pt: 0.5 * radius_pt + 9.0,
            halo: if dark { 0.5 } else { 0.4 },
        }
    }
}
