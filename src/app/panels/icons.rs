//! The window's icons, drawn as lines so that they are sharp at any size and have the text's colour.

use eframe::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, pos2};

/// Each picture a button can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    /// Add.
    Plus,
    /// Is on the list.
    Check,
    /// Remove, dismiss.
    Close,
    /// One place up.
    Up,
    /// One place down; opens a menu.
    Down,
    /// Shown.
    Eye,
    /// Hidden.
    EyeOff,
    /// Take back.
    Undo,
    /// Do again.
    Redo,
    /// Find.
    Search,
    /// More to choose from.
    More,
    /// Drag here.
    Grip,
    /// Needs a look.
    Warning,
    /// A file.
    File,
    /// Must be in.
    Pin,
    /// One for another.
    Swap,
    /// Not this one.
    Never,
    /// More on this.
    About,
}

/// Draws `icon` into `rect` (square).
pub(super) fn paint(painter: &Painter, rect: Rect, icon: Icon, colour: Color32) {
    let stroke = Stroke::new((rect.width() / 10.0).max(1.3), colour);
    let at = |x: f32, y: f32| {
        pos2(
            rect.left() + x * rect.width(),
            rect.top() + y * rect.height(),
        )
    };
    let line = |points: &[(f32, f32)]| {
        let points: Vec<Pos2> = points.iter().map(|&(x, y)| at(x, y)).collect();
        painter.add(Shape::line(points, stroke));
    };
    match icon {
        Icon::Plus => {
            line(&[(0.5, 0.14), (0.5, 0.86)]);
            line(&[(0.14, 0.5), (0.86, 0.5)]);
        }
        Icon::Check => line(&[(0.14, 0.52), (0.4, 0.78), (0.88, 0.24)]),
        Icon::Close => {
            line(&[(0.2, 0.2), (0.8, 0.8)]);
            line(&[(0.8, 0.2), (0.2, 0.8)]);
        }
        Icon::Up => line(&[(0.2, 0.64), (0.5, 0.34), (0.8, 0.64)]),
        Icon::Down => line(&[(0.2, 0.36), (0.5, 0.66), (0.8, 0.36)]),
        Icon::Eye => eye(painter, at, stroke),
        Icon::EyeOff => {
            eye(painter, at, stroke);
            line(&[(0.16, 0.9), (0.84, 0.1)]);
        }
        Icon::Undo => turn(painter, at, stroke),
        Icon::Redo => turn(painter, |x, y| at(1.0 - x, y), stroke),
        Icon::Search => {
            painter.circle_stroke(at(0.43, 0.43), rect.width() * 0.3, stroke);
            line(&[(0.65, 0.65), (0.9, 0.9)]);
        }
        Icon::Grip => {
            for y in [0.22, 0.5, 0.78] {
                painter.circle_filled(at(0.34, y), rect.width() * 0.075, colour);
                painter.circle_filled(at(0.66, y), rect.width() * 0.075, colour);
            }
        }
        Icon::More => {
            for x in [0.16, 0.5, 0.84] {
                painter.circle_filled(at(x, 0.5), rect.width() * 0.1, colour);
            }
        }
        Icon::Warning => {
            line(&[(0.5, 0.1), (0.95, 0.88), (0.05, 0.88), (0.5, 0.1)]);
            line(&[(0.5, 0.38), (0.5, 0.62)]);
            painter.circle_filled(at(0.5, 0.75), stroke.width * 0.7, colour);
        }
        Icon::Pin => {
            line(&[(0.28, 0.12), (0.72, 0.12)]);
            line(&[
                (0.36, 0.12),
                (0.36, 0.42),
                (0.2, 0.6),
                (0.8, 0.6),
                (0.64, 0.42),
                (0.64, 0.12),
            ]);
            line(&[(0.5, 0.6), (0.5, 0.94)]);
        }
        Icon::Swap => {
            line(&[(0.08, 0.32), (0.9, 0.32)]);
            line(&[(0.68, 0.1), (0.9, 0.32), (0.68, 0.54)]);
            line(&[(0.92, 0.72), (0.1, 0.72)]);
            line(&[(0.32, 0.5), (0.1, 0.72), (0.32, 0.94)]);
        }
        Icon::Never => {
            painter.circle_stroke(at(0.5, 0.5), rect.width() * 0.42, stroke);
            line(&[(0.2, 0.8), (0.8, 0.2)]);
        }
        Icon::About => {
            painter.circle_stroke(at(0.5, 0.5), rect.width() * 0.45, stroke);
            line(&[(0.5, 0.46), (0.5, 0.76)]);
            painter.circle_filled(at(0.5, 0.27), rect.width() * 0.075, colour);
        }
        Icon::File => {
            line(&[
                (0.6, 0.06),
                (0.18, 0.06),
                (0.18, 0.94),
                (0.82, 0.94),
                (0.82, 0.28),
                (0.6, 0.06),
                (0.6, 0.28),
                (0.82, 0.28),
            ]);
        }
    }
}

fn eye(painter: &Painter, at: impl Fn(f32, f32) -> Pos2, stroke: Stroke) {
    let lid = |sign: f32| {
        let points = (0..=10).map(|i| {
            let x = i as f32 / 10.0;
            at(0.04 + 0.92 * x, 0.5 + sign * 1.24 * x * (1.0 - x))
        });
        Shape::line(points.collect(), stroke)
    };
    painter.add(lid(1.0));
    painter.add(lid(-1.0));
    let radius = (at(0.64, 0.0).x - at(0.5, 0.0).x).abs();
    painter.circle_filled(at(0.5, 0.5), radius, stroke.color);
}

fn turn(painter: &Painter, at: impl Fn(f32, f32) -> Pos2, stroke: Stroke) {
    let bow = [
        (0.12, 0.38),
        (0.62, 0.38),
        (0.77, 0.42),
        (0.86, 0.53),
        (0.86, 0.67),
        (0.77, 0.78),
        (0.62, 0.82),
        (0.34, 0.82),
    ];
    let head = [(0.34, 0.16), (0.12, 0.38), (0.34, 0.6)];
    painter.add(Shape::line(
        bow.iter().map(|&(x, y)| at(x, y)).collect(),
        stroke,
    ));
    painter.add(Shape::line(
        head.iter().map(|&(x, y)| at(x, y)).collect(),
        stroke,
    ));
}
