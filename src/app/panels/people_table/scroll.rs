//! How far the rows are scrolled, in rows, and the bar to scroll with.

use eframe::egui::{CornerRadius, Rect, Sense, Ui, pos2, vec2};

/// The least height of the handle, in points.
const HANDLE: f32 = 28.0;

/// How far the rows are scrolled.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Scroll {
    /// The row at the top, and how much of it is out of sight.
    top: f64,
    /// Where the handle is held, in points from its upper end.
    grab: Option<f32>,
}

impl Scroll {
    /// The first row in sight, and the share of it that is above.
    pub(super) fn first(&self) -> (usize, f32) {
        let whole = self.top.floor();
        (whole as usize, (self.top - whole) as f32)
    }

    pub(super) fn go_to_top(&mut self) {
        self.top = 0.0;
    }

    /// Moves by so many rows.
    pub(super) fn by(&mut self, rows: f64) {
        self.top += rows;
    }

    /// Moves as little as brings row `at` into sight whole, where `in_sight` rows are.
    pub(super) fn show(&mut self, at: usize, in_sight: f64) {
        let at = at as f64;
        self.top = self.top.max(at + 1.0 - in_sight).min(at);
    }

    /// Not above the first of `n` rows, nor below the last.
    pub(super) fn stay_within(&mut self, in_sight: f64, n: usize) {
        self.top = self.top.clamp(0.0, (n as f64 - in_sight).max(0.0));
    }

    /// Draws the bar, and moves with it. Not there for the keys: rows are.
    pub(super) fn bar_ui(&mut self, ui: &Ui, bar: Rect, in_sight: f64, n: usize) {
        let most = n as f64 - in_sight;
        if most <= 0.0 || !bar.is_positive() {
            self.grab = None;
            return;
        }
        let height = ((in_sight / n as f64) as f32 * bar.height())
            .clamp(HANDLE.min(bar.height()), bar.height());
        let free = bar.height() - height;
        let top = bar.top() + (self.top / most) as f32 * free;
        let handle = Rect::from_min_max(pos2(bar.left(), top), pos2(bar.right(), top + height));
        let id = ui.id().with("scroll the rows");
        let response = ui.interact(bar, id, Sense::CLICK | Sense::DRAG);
        if let Some(at) = response.interact_pointer_pos() {
            let grab = *self.grab.get_or_insert_with(|| {
                if handle.contains(at) {
                    at.y - handle.top()
                } else {
                    height / 2.0
                }
            });
            if free > 0.0 {
                self.top = f64::from((at.y - grab - bar.top()) / free) * most;
                self.stay_within(in_sight, n);
            }
        } else {
            self.grab = None;
        }
        let visuals = ui.style().interact(&response);
        let round = CornerRadius::same(4);
        let drawn = handle.shrink2(vec2(2.5, 0.0));
        ui.painter()
            .rect_filled(drawn, round, visuals.fg_stroke.color.gamma_multiply(0.35));
    }
}

#[cfg(test)]
mod tests {
    use super::Scroll;

    #[test]
    fn the_last_of_a_million_rows_stands_at_the_bottom() {
        let mut scroll = Scroll::default();
        scroll.show(999_999, 9.5);
        assert_eq!(scroll.first(), (999_990, 0.5));
        // A row further down there is none.
        scroll.by(3.25);
        scroll.stay_within(9.5, 1_000_000);
        assert_eq!(scroll.first(), (999_990, 0.5));
        // A wheel's hundredth of a row is not lost, a million rows down.
        scroll.by(-0.01);
        assert_eq!(scroll.first().0, 999_990);
        assert!((scroll.first().1 - 0.49).abs() < 1e-6);
    }

    #[test]
    fn a_row_comes_into_sight_by_the_shortest_way() {
        let mut scroll = Scroll::default();
        scroll.show(5, 10.0);
        assert_eq!(scroll.first(), (0, 0.0));
        scroll.show(30, 10.0);
        assert_eq!(scroll.first(), (21, 0.0));
        scroll.show(25, 10.0);
        assert_eq!(scroll.first(), (21, 0.0));
        scroll.show(4, 10.0);
        assert_eq!(scroll.first(), (4, 0.0));
        scroll.stay_within(10.0, 3);
        assert_eq!(scroll.first(), (0, 0.0));
    }
}
