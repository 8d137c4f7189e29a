//! The whole map in small, while the camera shows only a part of it: says where that is, and leads elsewhere.

use eframe::egui::{
    self, Color32, ColorImage, CursorIcon, Pos2, Rect, Sense, Stroke, StrokeKind, TextureHandle,
    TextureOptions, Vec2, WidgetInfo, WidgetType, pos2,
};

use super::super::command::{Command, Corner};
use super::corners::in_corner;
use super::look;
use super::overlay::Overlay;
use super::places::Places;
use super::sight::Sight;
use super::view::View;
use crate::render::{Camera, DotInk, Theme, palette};

/// Points, where the map has room for it.
const SIZE: Vec2 = Vec2::new(150.0, 110.0);
/// It takes no larger share of the map's width and height.
const MOST_SHARE: f32 = 0.36;
/// Narrower than this it would show nothing.
const NARROWEST: f32 = 80.0;
/// Points round the small map.
const MARGIN: f32 = 6.0;
/// People drawn at most: every so manieth of a larger map.
const MOST_DOTS: usize = 4_000;
/// The largest radius of a dot, as a share of the small map's height.
const LARGEST_DOT: f32 = 0.06;
/// Points of the cross that closes it.
const CLOSE: f32 = 20.0;
/// The frame round what is seen is never smaller than this, in points.
const SMALLEST_FRAME: f32 = 6.0;
/// Where it lies: in the first of these corners that the legend leaves free.
const CORNERS: [Corner; 4] = [
    Corner::LowerRight,
    Corner::LowerLeft,
    Corner::UpperRight,
    Corner::UpperLeft,
];

/// What the small picture was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Made {
    revision: u64,
    theme: Theme,
    size: [usize; 2],
}

/// The small picture, kept until places or scene change, and where it is shown.
#[derive(Default)]
pub(super) struct Overview {
    picture: Option<(Made, TextureHandle)>,
    shown: Option<Rect>,
    /// From the pointer to the middle of what is seen, while that is dragged; in points.
    grip: Vec2,
}

impl Overview {
    /// Decides whether there is an overview in this frame, and where: beside `legend`, while the map is not all in sight.
    pub(super) fn find_room(
        &mut self,
        closed: bool,
        sight: &Sight,
        places: &Places,
        legend: Option<Rect>,
    ) {
        let whole = View::shows_all(sight.camera, places.bounds, sight.size());
        let size = SIZE.min(sight.rect.size() * MOST_SHARE);
        let wanted = !closed && !whole && !places.scene.dots.is_empty() && size.x >= NARROWEST;
        let mut rooms = CORNERS
            .iter()
            .map(|corner| in_corner(sight.rect, size, *corner));
        self.shown = if wanted {
            rooms.find(|room| legend.is_none_or(|legend| !legend.intersects(*room)))
        } else {
            None
        };
    }

    /// The room it takes in this frame.
    pub(super) fn rect(&self) -> Option<Rect> {
        self.shown
    }

    /// Draws it; a click or a drag moves the camera of `view`.
    pub(super) fn ui(
        &mut self,
        ui: &mut egui::Ui,
        overlay: &Overlay<'_>,
        view: &mut View,
        inbox: &mut Vec<Command>,
    ) {
        let Some(rect) = self.shown else { return };
        let colours = palette(overlay.theme);
        let hairline = Stroke::new(1.0, look::opaque(colours.hairline));
        overlay.painter.rect(
            rect,
            6,
            look::opaque(colours.card),
            hairline,
            StrokeKind::Inside,
        );
        let small = Sight {
            rect: rect.shrink(MARGIN),
            camera: Camera::fit(
                overlay.places.bounds,
                rect.shrink(MARGIN).size().into(),
                2.0,
            ),
            pixels_per_point: overlay.sight.pixels_per_point,
        };
        self.picture(ui.ctx(), overlay, &small);
        let seen = seen(overlay.sight, &small);
        let ink = look::opaque(colours.text);
        overlay
            .painter
            .with_clip_rect(rect.shrink(2.0).intersect(overlay.painter.clip_rect()))
            .rect(
                seen,
                2,
                ink.gamma_multiply(0.08),
                Stroke::new(1.3, ink.gamma_multiply(0.8)),
                StrokeKind::Outside,
            );
        let response = ui.interact(rect, ui.id().with("overview"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, "Overview"));
        self.steer(ui, &response, seen, &small, view);
        if close_ui(ui, rect, ink) {
            inbox.push(Command::ShowOverview(false));
        }
    }

    /// A click looks there; a drag moves what is seen, from where it was taken hold of.
    fn steer(
        &mut self,
        ui: &egui::Ui,
        response: &egui::Response,
        seen: Rect,
        small: &Sight,
        view: &mut View,
    ) {
        let Some(pos) = response.interact_pointer_pos() else {
            if response.hovered() {
                ui.set_cursor_icon(CursorIcon::PointingHand);
            }
            return;
        };
        if response.drag_started() {
            let origin = ui.input(|i| i.pointer.press_origin()).unwrap_or(pos);
            self.grip = if seen.contains(origin) {
                seen.center() - origin
            } else {
                Vec2::ZERO
            };
        }
        let to = if response.clicked() {
            pos
        } else if response.dragged() {
            pos + self.grip
        } else {
            return;
        };
        view.look_at(small.map_from_screen(to), ui.input(|i| i.time));
        ui.ctx().request_repaint();
    }

    /// Shows the small map, made again only where it would differ.
    fn picture(&mut self, ctx: &egui::Context, overlay: &Overlay<'_>, small: &Sight) {
        let size = small.size().map(|side| {
            let pixels = (side * small.pixels_per_point).round();
            (pixels as usize).clamp(1, 1_024)
        });
        let made = Made {
            revision: overlay.places.revision,
            theme: overlay.theme,
            size,
        };
        if self.picture.as_ref().is_none_or(|(m, _)| *m != made) {
            let image = drawn(overlay.places, made, small);
            if let Some((before, texture)) = &mut self.picture {
                texture.set(image, TextureOptions::LINEAR);
                *before = made;
            } else {
                let texture = ctx.load_texture("overview", image, TextureOptions::LINEAR);
                self.picture = Some((made, texture));
            }
        }
        if let Some((_, texture)) = &self.picture {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            overlay
                .painter
                .image(texture.id(), small.rect, whole, Color32::WHITE);
        }
    }
}

/// The cross that closes the overview; whether it was clicked.
fn close_ui(ui: &egui::Ui, rect: Rect, ink: Color32) -> bool {
    let corner = rect.right_top() + Vec2::new(-CLOSE - 2.0, 2.0);
    let room = Rect::from_min_size(corner, Vec2::splat(CLOSE));
    let id = ui.id().with("close overview");
    let response = ui.interact(room, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, "Close the overview"));
    let strength = if response.hovered() || response.has_focus() {
        1.0
    } else {
        0.55
    };
    let stroke = Stroke::new(1.4, ink.gamma_multiply(strength));
    for slope in [-3.0, 3.0] {
        let half = Vec2::new(3.0, slope);
        let middle = room.center();
        ui.painter()
            .line_segment([middle - half, middle + half], stroke);
    }
    response
        .on_hover_text("Close the overview")
        .on_hover_cursor(CursorIcon::PointingHand)
        .clicked()
}

/// Where what `sight` shows is in the small map; its middle stays within that.
fn seen(sight: &Sight, small: &Sight) -> Rect {
    let corner = |pos: Pos2| small.screen_from_map(sight.map_from_screen(pos));
    let seen = Rect::from_min_max(corner(sight.rect.min), corner(sight.rect.max));
    let least = seen.size().max(Vec2::splat(SMALLEST_FRAME));
    Rect::from_center_size(seen.center(), least)
}

/// Everybody, or every so manieth, as dots on the card's colour.
fn drawn(places: &Places, made: Made, small: &Sight) -> ColorImage {
    let colours = palette(made.theme);
    let [width, height] = made.size;
    let mut pixels = vec![colours.card; width * height];
    let scale = width as f32 / small.rect.width().max(1.0);
    let largest = LARGEST_DOT * height as f32;
    let dots = &places.scene.dots;
    let every = (dots.len() / MOST_DOTS).max(1);
    for (i, dot) in dots.iter().enumerate().step_by(every) {
        let Some(at) = places.of(i) else { continue };
        let at = (small.screen_from_map(at) - small.rect.min) * scale;
        let radius = (small.radius(dot.radius) * scale).clamp(0.8, largest.max(0.8));
        let ink = DotInk::of(dot, colours, radius).fill;
        let low = |middle: f32| (middle - radius - 1.0).max(0.0) as usize;
        let high = |middle: f32, side: usize| ((middle + radius + 2.0).max(0.0) as usize).min(side);
        for y in low(at.y)..high(at.y, height) {
            for x in low(at.x)..high(at.x, width) {
                let off = (x as f32 + 0.5 - at.x).hypot(y as f32 + 0.5 - at.y);
                let share = (radius - off + 0.5).clamp(0.0, 1.0);
                if share > 0.0 {
                    let pixel = &mut pixels[y * width + x];
                    *pixel = pixel.mix(ink, share);
                }
            }
        }
    }
    let pixels = pixels.into_iter().map(look::opaque).collect();
    ColorImage::new(made.size, pixels)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Overlay, Overview, Places, Rect, Sight, Theme, Vec2, egui, pos2};
    use crate::analysis::Analysis;
    use crate::layout::Positions;
    use crate::people::PersonId;
    use crate::render::{Camera, Dot, Light, MapScene, Rgb};

    fn places() -> Places {
        let dots = [[-50.0, 0.0], [50.0, 20.0]].into_iter().zip(0..);
        let dots = dots.map(|(at, i)| Dot {
            person: PersonId(i),
            at,
            radius: 4.0,
            colour: Rgb(200, 40, 40),
            hollow: false,
            ringed: false,
            light: Light::Plain,
        });
        let scene = MapScene {
            dots: dots.collect(),
            ..MapScene::default()
        };
        let xy = scene.dots.iter().map(|dot| dot.at).collect();
        Places::made_of(
            &Arc::new(scene),
            &Arc::new(Positions { xy }),
            Analysis::default(),
        )
    }

    /// Shows the overview with the camera at `x`; how many pictures of its size were made for that.
    fn n_made(ctx: &egui::Context, overview: &mut Overview, places: &Places, x: f32) -> usize {
        let room = Rect::from_min_size(pos2(0.0, 0.0), Vec2::new(800.0, 600.0));
        let sight = Sight {
            rect: room,
            camera: Camera {
                centre: [x, 0.0],
                zoom: 30.0,
            },
            pixels_per_point: 1.0,
        };
        let output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let painter = ui.painter_at(room);
            let overlay = Overlay {
                painter: &painter,
                sight: &sight,
                places,
                theme: Theme::Dark,
                held: None,
            };
            overview.find_room(false, &sight, places, None);
            let mut view = super::View::new();
            overview.ui(ui, &overlay, &mut view, &mut Vec::new());
        });
        let sets = output.textures_delta.set.values().flatten();
        sets.filter(|delta| delta.image.size() == [138, 98]).count()
    }

    #[test]
    fn the_picture_is_made_once_while_the_camera_moves_and_again_for_new_places() {
        let (ctx, mut overview, mut places) =
            (egui::Context::default(), Overview::default(), places());
        assert_eq!(n_made(&ctx, &mut overview, &places, 0.0), 1);
        for x in [0.0, 5.0, 9.0] {
            assert_eq!(n_made(&ctx, &mut overview, &places, x), 0);
        }
        places.revision += 1;
        assert_eq!(n_made(&ctx, &mut overview, &places, 9.0), 1);
    }
}
