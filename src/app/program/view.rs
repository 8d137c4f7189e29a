//! Commands about what is seen: selection, camera, theme, ranking, the scene.

use std::sync::Arc;

use eframe::egui;

use super::filters::is_of_part;
use super::{App, LABELS};
use crate::analysis::Betweenness;
use crate::app::command::{Corner, MotionChoice, RankBy, SidePanel, TextSize, ThemeChoice};
use crate::app::tasks::Lane;
use crate::app::work::{self, Finished, NewFonts, SceneOrder};
use crate::people::PersonId;
use crate::problem::Problem;
use crate::render::{MapStyle, Picture, Theme};
use crate::session::Results;
use crate::system;

/// Different letters without a font that are not worth a word: somebody's ornaments.
const MISSING_TOLD: usize = 8;

/// Writes everything larger or smaller.
pub(super) fn set_text(size: TextSize, ctx: &egui::Context) {
    match size {
        TextSize::Larger => egui::gui_zoom::zoom_in(ctx),
        TextSize::Smaller => egui::gui_zoom::zoom_out(ctx),
        TextSize::Normal => ctx.set_zoom_factor(1.0),
    }
}

/// The size of text, in percent.
pub(super) fn text_now(ctx: &egui::Context) -> u16 {
    (ctx.zoom_factor() * 100.0).round() as u16
}

impl App {
    /// Writes as large as the person had it when the window was closed.
    pub(super) fn write_as_kept(&self, ctx: &egui::Context) {
        ctx.set_zoom_factor(f32::from(self.preferences.text) / 100.0);
    }

    /// Remembers the size of text, whoever changed it: the menu, or the keys that egui knows itself.
    pub(super) fn follow_text(&mut self, ctx: &egui::Context) {
        let now = text_now(ctx);
        if std::mem::replace(&mut self.text_seen, now) != now && self.preferences.text != now {
            self.preferences.text = now;
            self.unsaved_preferences = true;
        }
    }

    pub(super) fn select(&mut self, people: Vec<PersonId>) {
        self.set_selected(people.into());
    }

    pub(super) fn select_more(&mut self, people: Vec<PersonId>) {
        let mut selection = self.model.selected.clone();
        selection.add(people);
        self.set_selected(selection);
    }

    pub(super) fn toggle_selected(&mut self, person: PersonId) {
        let mut selection = self.model.selected.clone();
        selection.toggle(person);
        self.set_selected(selection);
    }

    pub(super) fn show_person(&mut self, person: PersonId) {
        self.set_selected(vec![person].into());
        self.fly_to_selection();
    }

    pub(super) fn fly_to_selection(&mut self) {
        self.show_people();
        if let Some(map) = &self.model.map {
            self.map_view.fly_to(&self.model.selected, map);
        }
    }

    pub(super) fn set_theme(&mut self, choice: ThemeChoice) {
        self.model.theme_choice = choice;
        self.preferences.theme = choice;
        self.unsaved_preferences = true;
    }

    pub(super) fn set_motion(&mut self, choice: MotionChoice) {
        self.model.motion = choice;
        self.preferences.motion = choice;
        self.unsaved_preferences = true;
    }

    /// Asks the desktop, in the background, whether it wants less motion.
    pub(super) fn ask_the_system(&mut self, ctx: &egui::Context) {
        if !self.around.file_dialogs {
            return;
        }
        self.start(ctx, Lane::Ask, false, |_, _| {
            Ok(Finished::Motion(system::reduces_motion()))
        });
    }

    pub(super) fn set_panel_width(&mut self, panel: SidePanel, width: u16) {
        let widths = &mut self.model.panel_widths;
        match panel {
            SidePanel::Left => widths.left = width,
            SidePanel::Right => widths.right = width,
        }
        self.preferences.panel_widths = *widths;
        self.unsaved_preferences = true;
    }

    pub(super) fn put_legend(&mut self, corner: Corner) {
        self.model.map_cards.legend = corner;
        self.preferences.map_cards = self.model.map_cards;
        self.unsaved_preferences = true;
    }

    pub(super) fn show_overview(&mut self, shown: bool) {
        self.model.map_cards.overview_closed = !shown;
        self.preferences.map_cards = self.model.map_cards;
        self.unsaved_preferences = true;
    }

    /// Light or dark, as chosen or as the system has it.
    pub(super) fn follow_theme(&mut self, ctx: &egui::Context) {
        let preference = match self.model.theme_choice {
            ThemeChoice::System => egui::ThemePreference::System,
            ThemeChoice::Light => egui::ThemePreference::Light,
            ThemeChoice::Dark => egui::ThemePreference::Dark,
        };
        if ctx.options(|options| options.theme_preference) != preference {
            ctx.set_theme(preference);
        }
        self.model.theme = match ctx.theme() {
            egui::Theme::Light => Theme::Light,
            egui::Theme::Dark => Theme::Dark,
        };
    }

    pub(super) fn rank_by(&mut self, by: RankBy, ctx: &egui::Context) {
        self.model.rank_by = by;
        self.model.pairs_shown = false;
        self.order_table(ctx);
    }

    /// Puts the table in the order that was asked for.
    pub(super) fn order_table(&mut self, ctx: &egui::Context) {
        let by = self.model.rank_by;
        let Some(map) = &self.model.map else { return };
        let results = map.results.clone();
        let measured = results.analysis.betweenness.is_some();
        let measure = by == RankBy::Betweenness && !measured;
        let part = self.redone().map(|redone| redone.part.clone());
        self.start(ctx, Lane::Order, measure, move |progress, _| {
            if measure {
                return work::measure_betweenness(&results, progress);
            }
            let mut people = work::rank(&results.graph, &results.analysis, by);
            if let Some(part) = part {
                people.retain(|person| part.has(*person)); // whoever was not analysed has no score
            }
            Ok(Finished::Ranked(by, Arc::new(people)))
        });
    }

    /// Betweenness joins the facts of the open map; the table is put in order again.
    pub(super) fn measured(&mut self, betweenness: &Betweenness, ctx: &egui::Context) {
        let Some(map) = &mut self.model.map else {
            return;
        };
        let add = |results: &Results| {
            let mut analysis = (*results.analysis).clone();
            analysis.betweenness = Some(betweenness.clone());
            Arc::new(Results {
                analysis: Arc::new(analysis),
                ..results.clone()
            })
        };
        if is_of_part(map) {
            // It was measured over the ties of the part, and says nothing of the whole.
            map.results = add(&map.results);
            if let Some(redone) = self.filtering.redone.as_mut() {
                let mut measured = (**redone).clone();
                measured.results = add(&measured.results);
                *redone = Arc::new(measured);
            }
            self.groups_are_behind();
            self.same_people();
            self.rank_by(self.model.rank_by, ctx);
            return;
        }
        let plain = Arc::ptr_eq(&map.found, &map.results);
        map.found = add(&map.found);
        map.results = if plain {
            map.found.clone()
        } else {
            add(&map.results)
        };
        self.groups_are_behind();
        self.same_people();
        self.rank_by(self.model.rank_by, ctx);
    }

    /// Looks for fonts of this system for names that egui's own fonts cannot write.
    pub(super) fn find_fonts(&mut self, ctx: &egui::Context) {
        let Some(map) = &self.model.map else { return };
        let (results, letters) = (map.results.clone(), self.letters.clone());
        self.start(ctx, Lane::Fonts, false, move |_, _| {
            Ok(work::find_fonts(&results, letters))
        });
    }

    /// Writes with these fonts from now on, and says so where many letters still have none.
    pub(super) fn use_fonts(&mut self, new: NewFonts, ctx: &egui::Context) {
        self.letters = new.letters;
        if let Some(fonts) = new.fonts {
            ctx.set_fonts(fonts);
        }
        if new.n_missing > MISSING_TOLD {
            let problem = Problem::new(
                "Some names are in letters that no font on this computer can write; they show as boxes",
                "Install fonts for that script, for example those of the Noto family, and start Isthmus again",
            );
            if !self.model.problems.contains(&problem) {
                self.model.problems.push(problem);
            }
        }
    }

    /// Everyone or the bridges, by community again where the map was coloured by touches.
    pub(super) fn set_picture(&mut self, picture: Picture) {
        self.model.picture = Some(picture);
        self.show_people();
        self.model.touches_of = None;
    }

    fn map_style(&self) -> MapStyle {
        MapStyle {
            theme: self.model.theme,
            picture: self.model.picture(),
            labels: LABELS,
            hidden: self.model.hidden.iter().copied().collect(),
            isolated: self.model.isolated,
            touches: self.model.touched().cloned(),
            part: self.part_style(),
        }
    }

    /// The scene that the model asks for now; `None` before the first positions.
    pub(super) fn wanted_scene(&self) -> Option<SceneOrder> {
        let map = self.model.map.as_ref()?;
        Some(SceneOrder {
            results: self.shown_results()?,
            positions: map.positions.clone()?,
            size_by: self.model.size_by,
            style: self.map_style(),
        })
    }

    /// Orders a new scene where the one shown is not what the model asks for. While the layout still moves, new positions
    /// alone order none: the map view draws people where they stand now.
    pub(super) fn order_scene(&mut self, ctx: &egui::Context) {
        let Some(wanted) = self.wanted_scene() else {
            return;
        };
        let up_to_date = self.scene_order.as_ref().is_some_and(|last| {
            *last == wanted || (self.tasks.runs(Lane::Walk) && last.same_but_for_positions(&wanted))
        });
        if up_to_date {
            return;
        }
        self.scene_order = Some(wanted.clone());
        let painters = self.painters.clone();
        self.start(ctx, Lane::Scene, false, move |progress, _| {
            painters.run(|| work::make_scene(&wanted, progress))
        });
    }
}
