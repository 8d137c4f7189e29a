//! What the pointer and the keys mean on the map.

use eframe::egui::{self, Key, Modifiers, Pos2, Response, Vec2};

use super::super::command::Command;
use super::places::Places;
use super::sight::Sight;
use super::view::View;
use crate::people::PersonId;

/// Points under which a move is still a click. egui's own bound is 6.
const CLICK_POINTS: f32 = 4.0;
/// Seconds between the clicks of a double-click, at most.
const DOUBLE_CLICK_SECS: f64 = 0.35;
/// How much one point of the wheel zooms, as exponent.
const ZOOM_A_POINT: f32 = 0.0035;
/// Points an arrow key pans.
const KEY_PAN: f32 = 60.0;
/// Factor that + and - zoom.
const KEY_ZOOM: f32 = 1.25;
/// Factor that a double-click on the ground zooms.
const CLICK_ZOOM: f32 = 2.0;
/// Points between the clicks of a double-click on the ground, at most.
const SAME_PLACE: f32 = 6.0;
/// A pan in fewer moves than this was no throw: one jump of the pointer tells no speed.
const MOVES_OF_A_THROW: u32 = 3;
/// Points between two corners of a lasso.
const LASSO_STEP: f32 = 3.0;

/// What a pressed button is doing.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Drag {
    /// The map moves with the pointer.
    Pan(Pos2),
    /// A dot moves with the pointer; `grip` is where it was taken hold of, from its centre, in map units.
    Dot {
        /// Who.
        person: PersonId,
        /// Where the dot is now.
        at: [f32; 2],
        /// From the dot to the pointer.
        grip: [f32; 2],
    },
    /// Everybody in the box.
    Box(Pos2, Pos2),
    /// Everybody the line goes round.
    Lasso(Vec<Pos2>),
}

#[derive(Debug, Clone)]
struct Press {
    at: Pos2,
    dot: Option<PersonId>,
    modifiers: Modifiers,
    drag: Option<Drag>,
    /// How often the pointer moved while it panned.
    moves: u32,
}

/// What is going on between press and release.
#[derive(Debug, Clone, Default)]
pub(super) struct Gestures {
    press: Option<Press>,
    last_click: Option<Click>,
}

/// A click that another one may follow.
#[derive(Debug, Clone, Copy)]
struct Click {
    time: f64,
    at: Pos2,
    /// `None`: on the ground.
    dot: Option<PersonId>,
}

/// The pointer in this frame.
struct Pointer {
    pos: Option<Pos2>,
    pressed_at: Option<Pos2>,
    pressed: bool,
    released: bool,
    modifiers: Modifiers,
    /// Points a second.
    speed: Vec2,
    now: f64,
}

impl Gestures {
    /// What is being dragged.
    pub(super) fn drag(&self) -> Option<&Drag> {
        self.press.as_ref()?.drag.as_ref()
    }

    /// Takes what happened since the last frame: moves `view`, and asks for what it means.
    pub(super) fn take(
        &mut self,
        ui: &egui::Ui,
        response: &Response,
        sight: &Sight,
        places: &Places,
        view: &mut View,
        inbox: &mut Vec<Command>,
    ) {
        let pointer = ui.input(|i| Pointer {
            pos: i.pointer.latest_pos(),
            pressed_at: i.pointer.press_origin(),
            pressed: i.pointer.primary_pressed(),
            released: i.pointer.primary_released(),
            modifiers: i.modifiers,
            speed: i.pointer.velocity(),
            now: i.time,
        });
        let on_map = response.is_pointer_button_down_on() || response.clicked();
        if pointer.pressed && on_map {
            response.request_focus();
            view.hold();
            self.begin(&pointer, sight, places);
        }
        self.go_on(&pointer, sight, places, view);
        let down = ui.input(|i| i.pointer.primary_down());
        if pointer.released || (self.press.is_some() && !down && !pointer.pressed) {
            self.end(&pointer, sight, places, view, inbox);
        }
        // Over the legend or a card the wheel is theirs.
        if response.hovered() {
            wheel(ui, sight, places, view);
        }
        if response.has_focus() {
            keys(ui, response, sight, places, view);
        }
    }

    fn begin(&mut self, pointer: &Pointer, sight: &Sight, places: &Places) {
        let Some(at) = pointer.pressed_at.or(pointer.pos) else {
            return;
        };
        let dot = places
            .pick(sight, at)
            .and_then(|i| places.scene.dots.get(i));
        self.press = Some(Press {
            at,
            dot: dot.map(|dot| dot.person),
            modifiers: pointer.modifiers,
            drag: None,
            moves: 0,
        });
    }

    fn go_on(&mut self, pointer: &Pointer, sight: &Sight, places: &Places, view: &mut View) {
        let (Some(press), Some(pos)) = (&mut self.press, pointer.pos) else {
            return;
        };
        if press.drag.is_none() && press.at.distance(pos) >= CLICK_POINTS {
            press.drag = Some(press.start(sight, places));
        }
        match &mut press.drag {
            None => {}
            Some(Drag::Pan(last)) => {
                let by = pos - *last;
                if by != Vec2::ZERO {
                    view.pan(by.into(), pointer.now);
                    press.moves += 1;
                }
                *last = pos;
            }
            Some(Drag::Dot { at, grip, .. }) => {
                let here = sight.map_from_screen(pos);
                *at = [here[0] - grip[0], here[1] - grip[1]];
            }
            Some(Drag::Box(_, to)) => *to = pos,
            Some(Drag::Lasso(line)) => {
                let far = line
                    .last()
                    .is_none_or(|last| last.distance(pos) >= LASSO_STEP);
                line.extend(far.then_some(pos));
            }
        }
    }

    fn end(
        &mut self,
        pointer: &Pointer,
        sight: &Sight,
        places: &Places,
        view: &mut View,
        inbox: &mut Vec<Command>,
    ) {
        let Some(press) = self.press.take() else {
            return;
        };
        match press.drag {
            None => {
                let click = Click {
                    time: pointer.now,
                    at: press.at,
                    dot: press.dot,
                };
                if self.click(click, press.modifiers, inbox) {
                    let (at, size) = (sight.inside(click.at), sight.size());
                    let limits = View::zoom_limits(places.bounds, size);
                    view.fly_zoom(CLICK_ZOOM, at, size, limits);
                }
            }
            Some(Drag::Pan(_)) if press.moves >= MOVES_OF_A_THROW => {
                view.let_go(pointer.speed.into(), pointer.now);
            }
            Some(Drag::Pan(_)) => {}
            Some(Drag::Dot { person, at, .. }) => inbox.push(Command::Pin(person, at)),
            Some(Drag::Box(from, to)) => {
                let (a, b) = (sight.map_from_screen(from), sight.map_from_screen(to));
                inbox.push(Command::Select(places.in_box(a, b)));
            }
            Some(Drag::Lasso(line)) => {
                let line: Vec<[f32; 2]> =
                    line.into_iter().map(|p| sight.map_from_screen(p)).collect();
                inbox.push(Command::Select(places.in_lasso(&line)));
            }
        }
    }

    /// Asks for what the click means; true when it was the second of a double-click on the ground.
    fn click(&mut self, click: Click, modifiers: Modifiers, inbox: &mut Vec<Command>) -> bool {
        let before = self.last_click.take();
        let twice = before.is_some_and(|b| {
            let near = click.dot.is_some() || b.at.distance(click.at) <= SAME_PLACE;
            b.dot == click.dot && near && click.time - b.time <= DOUBLE_CLICK_SECS
        });
        match click.dot {
            Some(person) if modifiers.command || modifiers.ctrl => {
                inbox.push(Command::ToggleSelected(person));
            }
            Some(person) if modifiers.shift => inbox.push(Command::SelectMore(vec![person])),
            Some(person) if twice => inbox.push(Command::ToggleOnList(person)),
            Some(person) => {
                self.last_click = Some(click);
                inbox.push(Command::Select(vec![person]));
            }
            None if modifiers.any() => {}
            None if twice => return true,
            None => {
                self.last_click = Some(click);
                inbox.push(Command::Select(Vec::new()));
            }
        }
        false
    }
}

impl Press {
    /// What a move that began like this means.
    fn start(&self, sight: &Sight, places: &Places) -> Drag {
        if self.modifiers.shift && self.modifiers.alt {
            return Drag::Lasso(vec![self.at]);
        }
        if self.modifiers.shift {
            return Drag::Box(self.at, self.at);
        }
        let dot = self.dot.and_then(|person| {
            let at = places.of(places.dot_of(person)?)?;
            Some((person, at))
        });
        let Some((person, at)) = dot else {
            return Drag::Pan(self.at);
        };
        let here = sight.map_from_screen(self.at);
        Drag::Dot {
            person,
            at,
            grip: [here[0] - at[0], here[1] - at[1]],
        }
    }
}

/// Wheel and pinch: zoom to the pointer.
fn wheel(ui: &egui::Ui, sight: &Sight, places: &Places, view: &mut View) {
    let (scroll, pinch, pos, now) = ui.input(|i| {
        (
            i.smooth_scroll_delta.y,
            i.zoom_delta(),
            i.pointer.latest_pos(),
            i.time,
        )
    });
    let factor = pinch * libm::expf(scroll * ZOOM_A_POINT);
    if (factor - 1.0).abs() > 1e-5
        && let Some(pos) = pos
    {
        let limits = View::zoom_limits(places.bounds, sight.size());
        view.zoom_at(factor, sight.inside(pos), sight.size(), limits, now);
    }
}

/// Arrows pan, + and - fly nearer to the middle and away from it.
fn keys(ui: &egui::Ui, response: &Response, sight: &Sight, places: &Places, view: &mut View) {
    let arrows = egui::EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..Default::default()
    };
    ui.memory_mut(|m| m.set_focus_lock_filter(response.id, arrows));
    let (pan, zoom, now) = ui.input(|i| {
        if i.modifiers.command || i.modifiers.ctrl || i.modifiers.alt {
            return (Vec2::ZERO, 1.0, i.time);
        }
        let times = |key| i.num_presses(key) as f32;
        let pan = Vec2::new(
            times(Key::ArrowLeft) - times(Key::ArrowRight),
            times(Key::ArrowUp) - times(Key::ArrowDown),
        ) * KEY_PAN;
        let steps = times(Key::Plus) + times(Key::Equals) - times(Key::Minus);
        (pan, libm::powf(KEY_ZOOM, steps), i.time)
    });
    if pan != Vec2::ZERO {
        view.pan(pan.into(), now);
    }
    if (zoom - 1.0f32).abs() > 1e-5 {
        let limits = View::zoom_limits(places.bounds, sight.size());
        let size = sight.size();
        view.fly_zoom(zoom, size.map(|side| side / 2.0), size, limits);
    }
}
