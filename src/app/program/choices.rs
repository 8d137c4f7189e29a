//! Bringing the open map up to what the campaign says of it, and taking back what was asked for when its work is cancelled.

use std::sync::Arc;

use eframe::egui;

use super::App;
use super::filters::is_of_part;
use crate::analysis::CommunityId;
use crate::app::closer::Closer;
use crate::app::grouping::{self, GroupOrder, Grouped, Regrouped};
use crate::app::tasks::Lane;
use crate::campaign::{
    Analysed, Condition, Edit, EditError, Filter, History, MapChoices, community_of,
};
use crate::people::counted;
use crate::progress::Stage;

/// How the campaign came to what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// It was changed.
    Edit,
    /// A change was taken back.
    Undo,
    /// A change was done again.
    Redo,
}

/// Which step of the history asked for work that takes a while: cancelling the work takes it back.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    way: Way,
    /// Where the history stood then.
    at: (usize, usize),
}

impl Asked {
    /// Whether nothing was done since.
    pub(super) fn is_newest(self, history: &History) -> bool {
        self.at == history.mark()
    }
}

/// How far the open map is from what the campaign says of it.
#[derive(Debug, Default)]
pub(super) struct Choosing {
    /// Campaign or map have changed since the map was brought up to it.
    behind: bool,
    /// What is shown was changed a moment ago: what is asked for in the same moment is the same step.
    filtering: bool,
    /// The step that changed the choices last.
    last: Option<Asked>,
    /// The groups or looks that are being made, and the step that asked for them.
    order: Option<(GroupOrder, Option<Asked>)>,
}

impl Choosing {
    /// The step that asks for what begins now.
    pub(super) fn last(&self) -> Option<Asked> {
        self.last
    }

    /// A new moment: what is asked for from now on is a step of its own.
    pub(super) fn new_moment(&mut self) {
        self.filtering = false;
    }
}

/// Lets `filter` ask for an analysis only of what was analysed: of this part, or of everybody.
fn as_analysed(filter: &mut Filter, part: Option<Filter>) {
    let Some(part) = part else {
        filter.analysed = Analysed::Whole;
        return;
    };
    filter.analysed = Analysed::Shown;
    for condition in Condition::ALL.into_iter().filter(|c| !c.is_hiding()) {
        filter.take(&part, condition);
    }
}

impl App {
    /// Makes `map` what the person decided, as a step that the menu calls `words`. Says whether that changes anything.
    pub(super) fn choose(&mut self, map: MapChoices, words: String) -> Result<bool, EditError> {
        if self.model.campaign.map == map {
            return Ok(false);
        }
        self.model.history.close_step();
        let map = Box::new(map);
        self.edit(Edit::SetMap { map, words })?;
        Ok(true)
    }

    /// As [`App::choose`], for what is shown: all that is asked for in one moment is one step.
    pub(super) fn choose_shown(&mut self, map: MapChoices, words: String) -> Result<(), EditError> {
        if self.model.campaign.map == map {
            return Ok(());
        }
        if !std::mem::replace(&mut self.choosing.filtering, true) {
            return self.choose(map, words).map(|_| ());
        }
        let all = map.filter == MapChoices::default().filter;
        let words = if all { "show everybody".into() } else { words };
        let map = Box::new(map);
        let edit = Edit::SetMap { map, words };
        let words = self.model.history.grow(&mut self.model.campaign, edit)?;
        self.changed(Way::Edit, true, format!("Done: {words}"));
        Ok(())
    }

    /// The choices have changed: what follows from them at once, the rest with the next picture.
    pub(super) fn choices_changed(&mut self, way: Way) {
        let at = self.model.history.mark();
        self.choosing.last = Some(Asked { way, at });
        self.choosing.behind = true;
        self.show_choices();
    }

    /// Another map, or another campaign: nothing of what was being made is wanted any more.
    pub(super) fn choose_anew(&mut self) {
        self.tasks.cancel(Lane::Group);
        self.joining = None;
        self.choosing = Choosing {
            behind: true,
            ..Choosing::default()
        };
        self.filter_anew();
        self.show_choices();
    }

    /// The one place that says which communities are hidden and who is pinned. O(choices · log n).
    pub(super) fn show_choices(&mut self) {
        let model = &mut self.model;
        model.hidden.clear();
        model.isolated = None;
        model.pinned.clear();
        let Some(map) = &model.map else { return };
        let (graph, choices) = (&map.results.graph, &model.campaign.map);
        let communities = &map.results.analysis.communities;
        let home = |member: &String| community_of(member, graph, communities);
        let filter = &choices.filter;
        model.hidden.extend(filter.hidden.iter().filter_map(home));
        if filter.small_groups {
            let small = communities.list.iter().zip(0..).filter(|(c, _)| c.small);
            model.hidden.extend(small.map(|(_, id)| CommunityId(id)));
        }
        model.isolated = filter.isolated.as_ref().and_then(home);
        let places = choices.pinned.iter();
        let pinned = places.filter_map(|(key, at)| Some((graph.find(key)?, *at)));
        model.pinned.extend(pinned);
    }

    /// Brings the open map up to what the campaign says of it: places at once, groups and looks in the background.
    pub(super) fn follow_choices(&mut self, ctx: &egui::Context) {
        if !std::mem::take(&mut self.choosing.behind) {
            return;
        }
        self.follow_layout(ctx);
        if !self.follow_people(ctx) {
            self.order_groups(ctx);
        }
    }

    fn order_groups(&mut self, ctx: &egui::Context) {
        let Some(map) = &self.model.map else {
            return;
        };
        let walk = self.tasks.standing_of(Lane::Walk);
        if walk.is_some_and(|walk| walk.stage != Stage::Layout) {
            self.choosing.behind = true; // another map, or better facts about this one, may still come
            return;
        }
        let redone = self.redone().cloned();
        let order = GroupOrder {
            found: map.found.clone(),
            choices: self.model.campaign.map.clone(),
            rank_by: self.model.rank_by,
            home: self.home.clone(),
            is_astray: redone.is_none() && is_of_part(map),
            redone,
            part: self.part_asked(&self.model.campaign.map),
        };
        let shown = order.is_other_grouping();
        let made = !shown && order.choices.looks == map.looks;
        let running = self.choosing.order.as_ref();
        if !made && running.is_some_and(|(running, _)| running.gives_the_same(&order)) {
            return;
        }
        self.tasks.cancel(Lane::Group);
        self.choosing.order = None;
        if made {
            return;
        }
        self.choosing.order = Some((order.clone(), self.choosing.last));
        self.start(ctx, Lane::Group, shown, move |progress, _| {
            grouping::group(&order, progress)
        });
    }

    /// The open map is another one: groups or looks that are being made of it may be outdated.
    pub(super) fn groups_are_behind(&mut self) {
        self.choosing.behind = true;
    }

    /// Shows the facts of `new` about the people who are there; what stood there before is thrown away.
    pub(super) fn show_facts(&mut self, new: Grouped) {
        let Some(map) = &mut self.model.map else {
            return;
        };
        let before = (
            std::mem::replace(&mut map.found, new.found),
            std::mem::replace(&mut map.results, new.results),
        );
        map.looks = new.looks;
        let other_ties = !Arc::ptr_eq(&before.1.graph, &map.results.graph);
        if other_ties {
            self.ties_changed(new.redone);
        } else {
            self.filtering.redone = new.redone;
        }
        self.choosing.behind = true; // they may have been made for other choices
        self.discard(before);
        self.show_choices();
    }

    /// Takes in the same people under other names and colours, or in other communities.
    pub(super) fn regrouped(&mut self, new: Regrouped, ctx: &egui::Context) {
        self.choosing.order = None;
        self.home = new.home.or(self.home.take());
        self.show_facts(new.map);
        if new.ranking.is_some() {
            self.note_grouped();
        }
        if let Some((by, ranking)) = new.ranking {
            self.forget_groups();
            let ordering = self.tasks.runs(Lane::Order);
            if let Some(map) = &mut self.model.map {
                map.sizes = map.results.sizes.clone();
                map.ranking = ranking;
            }
            self.ranked_by = by;
            if ordering || by != self.model.rank_by {
                self.order_table(ctx);
            }
            let planned = self.model.plan.is_some();
            self.follow_campaign(ctx); // the plan was for other communities
            if planned {
                self.plan_again(ctx);
            }
        } else {
            self.same_people();
        }
        self.find_fonts(ctx);
    }

    /// Writes down how people are grouped now.
    fn note_grouped(&mut self) {
        let Some(map) = &self.model.map else { return };
        let communities = &map.results.analysis.communities;
        let (n, resolution) = (communities.n_large() as u64, communities.resolution);
        let n = counted(n, "community", "communities");
        let seconds = map.results.seconds.analysis.communities;
        let of = if is_of_part(map) {
            " who are shown"
        } else {
            ""
        };
        let what = format!("Grouped people{of} at resolution {resolution}: {n}");
        self.note_done(what, Some(seconds));
    }

    /// What was made for somebody who looked closer is about communities that are no more.
    pub(super) fn forget_groups(&mut self) {
        if let Some(map) = &mut self.model.map {
            map.closer = Closer::default();
        }
        self.wish = None;
        self.tasks.cancel(Lane::Closer);
    }

    /// Stops grouping people, and takes back what asked for it.
    pub(super) fn cancel_groups(&mut self) {
        self.tasks.cancel(Lane::Group);
        let Some((order, asked)) = self.choosing.order.take() else {
            return;
        };
        if !order.is_other_grouping() {
            self.choosing.behind = true; // names and colours are put on all the same
            return;
        }
        let made = order.found.settings.analysis.clone();
        let part = order.redone.as_ref().map(|redone| redone.filter.clone());
        let other_part = order.is_other_part();
        self.take_back(asked, |map| {
            map.resolution = made.resolution;
            map.by_file = made.communities_from_file;
            map.joined = made.joined;
            map.by_hand = made.by_hand;
            if other_part {
                as_analysed(&mut map.filter, part);
            }
        });
    }

    /// Takes back the step that asked for work which was cancelled, without leaving a redo of what never came to be. Where
    /// more was done since, `mend` is a step of its own.
    pub(super) fn take_back(&mut self, asked: Option<Asked>, mend: impl FnOnce(&mut MapChoices)) {
        let (history, campaign) = (&mut self.model.history, &mut self.model.campaign);
        let newest = asked.filter(|asked| asked.is_newest(history));
        let taken = newest.map(|asked| match asked.way {
            Way::Edit => history.take_back(campaign),
            Way::Undo => history.redo(campaign),
            Way::Redo => history.undo(campaign),
        });
        if let Some(Err(error)) = taken {
            self.model.problems.push(error.into());
        }
        let mut map = self.model.campaign.map.clone();
        mend(&mut map);
        if let Err(error) = self.choose(map, "cancel what was not finished".to_owned()) {
            self.model.problems.push(error.into());
        }
        self.choices_changed(Way::Edit);
        self.choosing.last = None;
    }
}
