//! Dots and ties become pixels on the CPU: bands of rows, each drawn in order by one thread.

use rayon::prelude::*;

use super::paint::{Band, Disc, Stroke};
use super::{
    Bends, Camera, Crowd, DotInk, Land, Light, MapScene, Pixels, Rgb, Theme, TieInk, TieLine,
    palette,
};
use super::{curve, tie_emphasis, tie_width_pt};
use crate::progress::{Cancelled, Progress};

/// Pictures are at most this many pixels wide and high; larger sizes are cut to it.
pub const MAX_SIDE: u32 = 16_384;

/// Rows in a band: small enough for a band of a wide picture to stay in the cache, large enough that few ties are in many.
const BAND_ROWS: usize = 16;
/// Ties fainter than this change no pixel even where a few of them meet.
const FAINTEST: f32 = 0.002;

/// Draws dots and ties (no labels, no legend) on the CPU. Deterministic for any number of threads; `None`-free: an empty
/// scene gives the ground colour.
///
/// # Errors
/// [`Cancelled`] only.
pub fn raster(
    scene: &MapScene,
    camera: Camera,
    theme: Theme,
    size: [u32; 2],
    progress: &Progress,
) -> Result<Pixels, Cancelled> {
    raster_scaled(scene, camera, theme, size, 1.0, progress)
}

/// [`raster`] for `scale` pixels a point: `camera` is in points, `size` in pixels. A picture of twice the size at scale 2
/// looks the same, only finer.
///
/// Each pixel is blended in the order of the scene ("over", in sRGB values, as the window does it), so bands change nothing.
/// Cost: O(bands · (n + m) + pixels touched); memory 4 bytes a pixel and 48 bytes a dot or tie.
///
/// # Errors
/// [`Cancelled`] only.
pub fn raster_scaled(
    scene: &MapScene,
    camera: Camera,
    theme: Theme,
    size: [u32; 2],
    scale: f32,
    progress: &Progress,
) -> Result<Pixels, Cancelled> {
    let canvas = Canvas {
        camera,
        theme,
        size,
        scale,
        ground: Some(palette(theme).ground),
    };
    let all = Light::ALL.map(|light| (light, true));
    canvas.paint(scene, all, true, progress)
}

/// What is painted on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Canvas {
    /// In points.
    pub(super) camera: Camera,
    pub(super) theme: Theme,
    /// In pixels.
    pub(super) size: [u32; 2],
    /// Pixels a point.
    pub(super) scale: f32,
    /// `None`: what is not covered is see-through.
    pub(super) ground: Option<Rgb>,
}

impl Canvas {
    /// Paints the land where that is wanted, then the ties of each of `lights`, and its dots where those are.
    pub(super) fn paint<const N: usize>(
        &self,
        scene: &MapScene,
        lights: [(Light, bool); N],
        land: bool,
        progress: &Progress,
    ) -> Result<Pixels, Cancelled> {
        progress.check()?;
        let [width, height] = self.size.map(|s| s.min(MAX_SIDE) as usize);
        let layers = lights.map(|(light, dots)| {
            let size = [width, height];
            let layer = Layer::of(scene, light, self.camera, self.theme, size, self.scale);
            if dots { layer } else { layer.without_dots() }
        });
        let land = self.land(scene).filter(|_| land);
        paint_layers(&layers, ([width, height], self.ground, land), progress)
    }

    fn land<'a>(&self, scene: &'a MapScene) -> Option<SeenLand<'a>> {
        let view = View::new(self.camera, self.size.map(|s| s as usize), self.scale)?;
        let step = 1.0 / (self.camera.zoom * self.scale);
        let corner = view.camera.map_from_screen([0.0; 2], view.points);
        (!scene.land.is_empty()).then(|| SeenLand {
            land: &scene.land,
            first: [corner[0] + step / 2.0, corner[1] + step / 2.0],
            step,
        })
    }
}

/// The land as the pixels of a picture see it.
#[derive(Clone, Copy)]
pub(super) struct SeenLand<'a> {
    pub(super) land: &'a Land,
    /// The map point in the middle of the first pixel.
    pub(super) first: [f32; 2],
    /// Map units a pixel.
    pub(super) step: f32,
}

fn paint_layers(
    layers: &[Layer],
    ([width, height], ground, land): ([usize; 2], Option<Rgb>, Option<SeenLand<'_>>),
    progress: &Progress,
) -> Result<Pixels, Cancelled> {
    progress.check()?;
    let mut rgba = vec![255u8; width * height * 4];
    if width > 0 {
        rgba.par_chunks_mut(width * BAND_ROWS * 4)
            .enumerate()
            .for_each_init(Default::default, |(room, line), (number, rows)| {
                if !progress.is_cancelled() {
                    let mut band = Band::new(room, width, number * BAND_ROWS, rows, ground);
                    if let Some(land) = &land {
                        band.land(land, line);
                    }
                    for layer in layers {
                        layer.paint(number as u32, &mut band, progress);
                    }
                    band.write(rows, ground.is_none());
                }
            });
    }
    progress.check()?;
    Ok(Pixels {
        width: width as u32,
        height: height as u32,
        rgba,
    })
}

impl Light {
    /// In drawing order.
    pub const ALL: [Self; 3] = [Self::Dimmed, Self::Plain, Self::Lit];
}

/// What one light draws, in pixels, with the first and last band each thing is in. The bands lie in arrays of their own:
/// every band looks through all of them, and 8 bytes a thing are quickly looked through.
struct Layer {
    strokes: Vec<Stroke>,
    stroke_bands: Vec<[u32; 2]>,
    discs: Vec<Disc>,
    disc_bands: Vec<[u32; 2]>,
}

impl Layer {
    fn of(
        scene: &MapScene,
        light: Light,
        camera: Camera,
        theme: Theme,
        size: [usize; 2],
        scale: f32,
    ) -> Self {
        let view = View::new(camera, size, scale);
        let (strokes, discs) = match &view {
            Some(view) => (view.strokes(scene, light), view.discs(scene, light, theme)),
            None => <(Vec<Stroke>, Vec<Disc>)>::default(),
        };
        let last = (size[1] / BAND_ROWS) as f32;
        let band = |y: f32| (y / BAND_ROWS as f32).clamp(0.0, last) as u32;
        Self {
            stroke_bands: strokes.iter().map(|s| s.rows().map(band)).collect(),
            disc_bands: discs.iter().map(|d| d.rows().map(band)).collect(),
            strokes,
            discs,
        }
    }

    fn without_dots(mut self) -> Self {
        self.discs.clear();
        self.disc_bands.clear();
        self
    }

    fn paint(&self, number: u32, band: &mut Band<'_>, progress: &Progress) {
        for (chunk, bands) in self
            .strokes
            .chunks(4096)
            .zip(self.stroke_bands.chunks(4096))
        {
            if progress.is_cancelled() {
                return;
            }
            for (stroke, [first, last]) in chunk.iter().zip(bands) {
                if (*first..=*last).contains(&number) {
                    band.stroke(stroke);
                }
            }
        }
        for (disc, [first, last]) in self.discs.iter().zip(&self.disc_bands) {
            if (*first..=*last).contains(&number) {
                band.disc(disc);
            }
        }
    }
}

/// The ties of a light that are worth drawing, and which share of its ties that is.
pub(super) fn enough_ties<'a>(
    scene: &'a MapScene,
    light: Light,
    ink: &TieInk,
    zoom: f32,
) -> (&'a [TieLine], f32) {
    let start = scene
        .ties
        .partition_point(|tie| (tie.light as u8) < light as u8);
    let end = scene
        .ties
        .partition_point(|tie| tie.light as u8 <= light as u8);
    let ties = scene.ties.get(start..end.max(start)).unwrap_or_default();
    let n = (ties.len() as f32 * ink.enough(light, zoom)).ceil() as usize;
    let share = n as f32 / ties.len().max(1) as f32;
    (ties.get(..n).unwrap_or(ties), share.min(1.0))
}

/// From the map to pixels.
struct View {
    camera: Camera,
    /// Pixels a point.
    scale: f32,
    /// Size of the picture in points.
    points: [f32; 2],
}

impl View {
    /// `None` where nothing can be drawn: the camera's or the scale's numbers are none.
    fn new(camera: Camera, size: [usize; 2], scale: f32) -> Option<Self> {
        (camera.is_sound() && scale.is_finite() && scale > 0.0).then(|| Self {
            camera,
            scale,
            points: size.map(|s| s as f32 / scale),
        })
    }

    fn at(&self, map: [f32; 2]) -> [f32; 2] {
        self.camera
            .screen_from_map(map, self.points)
            .map(|v| v * self.scale)
    }

    fn strokes(&self, scene: &MapScene, light: Light) -> Vec<Stroke> {
        let ink = TieInk::of(scene);
        let (ties, share) = enough_ties(scene, light, &ink, self.camera.zoom);
        let opacity = ink.opacity(light, self.camera.zoom, share);
        let far = self.points.map(|v| v * self.scale);
        let bends = Bends::of(scene);
        let strokes = |tie: &TieLine| {
            let opacity = (opacity * tie_emphasis(tie)).min(1.0);
            let width = tie_width_pt(tie) * self.scale;
            let colour = tie.colour;
            let dots = [tie.a as usize, tie.b as usize];
            let [a, b] = dots.map(|dot| scene.dots.get(dot).map(|dot| self.at(dot.at)));
            let ends = a.zip(b).map(|(a, b)| [a, b]);
            ends.into_iter().flat_map(move |ends| {
                let control = bends.control(scene, dots, ends);
                curve(ends, control).filter_map(move |part| {
                    Stroke::new(part, colour, opacity, width, far)
                        .filter(|stroke| stroke.opacity() > FAINTEST)
                })
            })
        };
        ties.par_iter().flat_map_iter(strokes).collect()
    }

    fn discs(&self, scene: &MapScene, light: Light, theme: Theme) -> Vec<Disc> {
        let colours = palette(theme);
        let far = self.points.map(|v| v * self.scale);
        let crowd = Crowd::of(&scene.dots, scene.bounds, self.camera);
        scene
            .dots
            .par_iter()
            .filter(|dot| dot.light == light)
            .filter_map(|dot| {
                let plain = self.camera.radius_px(dot.radius);
                let radius = crowd.radius_px(dot.radius, plain);
                let ink = DotInk::of(dot, colours, radius);
                let ring = dot.ringed.then_some(colours.ring);
                Disc::new(self.at(dot.at), radius, &ink, dot.hollow, ring, self.scale)
                    .filter(|disc| disc.is_in(far))
                    .map(|disc| disc.in_crowd(crowd.opacity(dot.radius), crowd.share))
            })
            .collect()
    }
}
