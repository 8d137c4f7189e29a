//! What stands in the popup of each chip: the controls of one condition.

use std::collections::BTreeSet;

use eframe::egui::{
    Align, Button, DragValue, Id, Layout, RichText, ScrollArea, Slider, TextEdit, Ui, vec2,
};

use super::figures;
use super::filter_offers::{
    adjust, least_connections_step, least_interactions_step, listed_step, near_step, selected_keys,
    set,
};
use super::filters::{is_of_part, named_of};
use super::shown::Shown;
use super::widgets::{capital, dot, half, halves, heading_text, named, small_button};
use crate::analysis::CommunityId;
use crate::app::command::Command;
use crate::app::words::filters::{WORDS_RULE, condition_name, condition_tip, kind_words};
use crate::campaign::{Condition, Filter, Listed, Near, ReachRange, Status, TimeSpan};
use crate::explore::FilterChoices;
use crate::people::TieKinds;

/// Seconds of a day.
const DAY: i64 = 86_400;
/// Steps of the least counts that are offered beside the field.
const LEAST: [u32; 4] = [2, 3, 5, 10];
/// Height of a list of boxes, at most.
const LIST: f32 = 260.0;

/// What is being typed or dragged.
#[derive(Debug, Clone)]
pub(super) struct Editing {
    /// For which condition.
    pub(super) condition: Condition,
}

/// Draws the controls of `condition`.
pub(super) fn editor_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    condition: Condition,
    editing: &mut Option<Editing>,
    inbox: &mut Vec<Command>,
) {
    ui.set_min_width(260.0);
    ui.label(heading_text(condition_name(condition)));
    ui.add_space(4.0);
    let filter = &shown.model.campaign.map.filter;
    let asked = inbox.len();
    let choices = shown.model.filter_choices.as_deref();
    match condition {
        Condition::Communities => communities_ui(ui, shown, filter, inbox),
        Condition::Kinds => kinds_ui(ui, choices, filter, inbox),
        Condition::LeastInteractions => {
            let least = filter.least_interactions.unwrap_or(1.0);
            if let Some(least) = least_ui(ui, least, f64::MAX, "Least interactions of a tie") {
                let least_interactions = Some(least);
                let filter = Filter {
                    least_interactions,
                    ..filter.clone()
                };
                inbox.push(adjust(filter, least_interactions_step()));
            }
        }
        Condition::LeastConnections => {
            let most = choices.map_or(u32::MAX, |choices| choices.most_connections);
            let least = f64::from(filter.least_connections.unwrap_or(1));
            let name = "Least connections of a person";
            if let Some(least) = least_ui(ui, least, f64::from(most), name) {
                let least_connections = Some(least.round() as u32);
                let filter = Filter {
                    least_connections,
                    ..filter.clone()
                };
                inbox.push(adjust(filter, least_connections_step()));
            }
        }
        Condition::Reach => reach_ui(ui, choices, filter, inbox),
        Condition::Time => time_ui(ui, choices, filter, inbox),
        Condition::Words => words_ui(ui, filter, inbox),
        Condition::Languages => {
            let all = choices.map_or(&[][..], |choices| &choices.languages);
            if let Some(languages) = texts_ui(ui, all, &filter.languages) {
                let filter = Filter {
                    languages,
                    ..filter.clone()
                };
                inbox.push(set(filter, "show only some languages"));
            }
        }
        Condition::Platforms => {
            let all = choices.map_or(&[][..], |choices| &choices.platforms);
            if let Some(platforms) = texts_ui(ui, all, &filter.platforms) {
                let filter = Filter {
                    platforms,
                    ..filter.clone()
                };
                inbox.push(set(filter, "show only some platforms"));
            }
        }
        Condition::Near => near_ui(ui, shown, filter, inbox),
        Condition::Listed => listed_ui(ui, filter, inbox),
        Condition::Hidden | Condition::SmallGroups => {
            ui.label("The eye in the panel of communities shows each of them again");
        }
        Condition::Across | Condition::LargestPart => {
            ui.label(condition_tip(condition));
        }
    }
    if inbox.len() > asked {
        *editing = Some(Editing { condition });
    }
}

/// A box with a count at the end of its line. Returns whether it was clicked.
fn box_ui(ui: &mut Ui, ticked: bool, label: &str, count: &str) -> bool {
    ui.horizontal(|ui| {
        let mut ticked = ticked;
        let clicked = ui.checkbox(&mut ticked, label).clicked();
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(RichText::new(count).small().weak());
        });
        clicked
    })
    .inner
}

fn communities_ui(ui: &mut Ui, shown: Shown<'_>, filter: &Filter, inbox: &mut Vec<Command>) {
    if is_of_part(shown) && shown.model.name_mask.hides() {
        ui.label("Show names to choose communities, while what is shown is analysed alone");
        return;
    }
    let names = named_of(shown);
    let of_part = is_of_part(shown);
    let all = if of_part {
        &shown.map.found
    } else {
        &shown.map.results
    };
    let chosen: BTreeSet<CommunityId> = (filter.communities.iter())
        .filter_map(|member| names.community_of(member))
        .collect();
    let list = &all.analysis.communities.list;
    ScrollArea::vertical().max_height(LIST).show(ui, |ui| {
        for (id, community) in (0u32..).map(CommunityId).zip(list) {
            if community.small {
                continue;
            }
            let ticked = chosen.contains(&id);
            let name = names.community(id).unwrap_or_default();
            let count = figures::whole(u64::from(community.people));
            let clicked = ui.horizontal(|ui| {
                if !of_part {
                    dot(ui, shown.community_colour(Some(id)), 4.5);
                }
                box_ui(ui, ticked, &name, &count)
            });
            if !clicked.inner {
                continue;
            }
            let mut next = chosen.clone();
            if !next.remove(&id) {
                next.insert(id);
            }
            let people = &all.graph.people;
            let key = |id: &CommunityId| {
                let member = list.get(id.index())?.member;
                Some(people.get(member.index())?.key.to_string())
            };
            let filter = Filter {
                communities: next.iter().filter_map(key).collect(),
                ..filter.clone()
            };
            inbox.push(set(filter, "show only some communities"));
        }
    });
}

fn kinds_ui(
    ui: &mut Ui,
    choices: Option<&FilterChoices>,
    filter: &Filter,
    inbox: &mut Vec<Command>,
) {
    let there = choices.map_or(&[][..], |choices| &choices.kinds);
    // Kinds that this file has not are no choice, and not named in the chip.
    let all: TieKinds = there.iter().map(|(kind, _)| *kind).collect();
    let now = filter.kinds.unwrap_or(all);
    for (kind, n) in there {
        let count = figures::whole(n.round() as u64);
        if box_ui(ui, now.has(*kind), &capital(kind_words(*kind)), &count) {
            let next = now.with(*kind, !now.has(*kind));
            let is_every = there.iter().all(|(kind, _)| next.has(*kind));
            let filter = Filter {
                kinds: (!is_every).then_some(next),
                ..filter.clone()
            };
            inbox.push(set(filter, "show only some kinds of ties"));
        }
    }
}

/// A least count: a field to type or drag, and steps beside it. Returns what it is now where that has changed.
fn least_ui(ui: &mut Ui, now: f64, most: f64, name: &str) -> Option<f64> {
    let mut least = now;
    ui.horizontal(|ui| {
        ui.label("At least");
        let field = DragValue::new(&mut least)
            .range(1.0..=most.max(1.0))
            .speed(0.1)
            .max_decimals(2);
        named(&ui.add(field), name);
        for step in LEAST.into_iter().filter(|step| f64::from(*step) <= most) {
            let button = small_button(step.to_string());
            if ui.add(button).clicked() {
                least = f64::from(step);
            }
        }
    });
    ((least - now).abs() > f64::EPSILON).then_some(least)
}

fn reach_ui(
    ui: &mut Ui,
    choices: Option<&FilterChoices>,
    filter: &Filter,
    inbox: &mut Vec<Command>,
) {
    let now = filter.reach.unwrap_or_default();
    let most = choices.and_then(|choices| choices.reach);
    let most = most.map_or(f64::MAX, |(_, most)| most);
    let mut next = now;
    let words = |value: f64, _| {
        if value <= 0.0 {
            "any".to_owned()
        } else {
            figures::whole(value.round() as u64)
        }
    };
    for (bound, label) in [(&mut next.from, "At least"), (&mut next.to, "At most")] {
        let mut value = bound.unwrap_or(0.0);
        ui.horizontal(|ui| {
            beginning_ui(ui, label);
            let speed = (value * 0.01).max(1.0);
            let field = DragValue::new(&mut value)
                .range(0.0..=most)
                .speed(speed)
                .custom_formatter(words)
                .custom_parser(number_in);
            named(&ui.add(field), &format!("{label}, reach"));
        });
        *bound = (value > 0.0).then_some(value);
    }
    let unknown = choices.map_or(0, |choices| choices.unknown_reach);
    if box_ui(
        ui,
        now.unknown,
        "Unknown reach too",
        &figures::whole(unknown),
    ) {
        next.unknown = !now.unknown;
    }
    if next != now {
        let filter = Filter {
            reach: (next != ReachRange::default()).then_some(next),
            ..filter.clone()
        };
        inbox.push(adjust(filter, "show only people with some reach"));
    }
}

/// The word before a field, so wide that fields below each other stand in line.
fn beginning_ui(ui: &mut Ui, label: &str) {
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(52.0, 18.0), layout, |ui| {
        ui.set_min_width(52.0);
        ui.label(label);
    });
}

/// A number as people type it: "1,000", "2.5k", "1M"; "any" is 0.
fn number_in(text: &str) -> Option<f64> {
    let text = text
        .trim()
        .to_lowercase()
        .replace([',', ' ', '\u{202f}'], "");
    if text.is_empty() || text == "any" {
        return Some(0.0);
    }
    let (digits, times) = match text.char_indices().next_back()? {
        (at, 'k') => (text.get(..at)?, 1e3),
        (at, 'm') => (text.get(..at)?, 1e6),
        _ => (text.as_str(), 1.0),
    };
    let value: f64 = digits.parse().ok()?;
    (value.is_finite() && value >= 0.0).then_some(value * times)
}

fn time_ui(
    ui: &mut Ui,
    choices: Option<&FilterChoices>,
    filter: &Filter,
    inbox: &mut Vec<Command>,
) {
    let Some((first, last)) = choices.and_then(|choices| choices.time) else {
        return;
    };
    let (first, last) = (first.div_euclid(DAY), last.div_euclid(DAY));
    let whole = TimeSpan {
        from: first * DAY,
        until: (last + 1) * DAY,
    };
    let now = filter.time.unwrap_or(whole);
    let (from, to) = (now.from.div_euclid(DAY), (now.until - 1).div_euclid(DAY));
    let (mut new_from, mut new_to) = (from, to);
    for (day, label) in [(&mut new_from, "From"), (&mut new_to, "To")] {
        ui.horizontal(|ui| {
            beginning_ui(ui, label);
            let slider = Slider::new(day, first.min(from)..=last.max(to))
                .custom_formatter(|day, _| figures::day((day as i64).saturating_mul(DAY)))
                .custom_parser(day_in);
            named(&ui.add(slider), &format!("{label}, day"));
        });
    }
    ui.horizontal(|ui| {
        for (days, label) in [(1, "Last day"), (7, "Last 7 days"), (30, "Last 30 days")] {
            let is_less = days <= last - first;
            if ui.add_enabled(is_less, small_button(label)).clicked() {
                (new_from, new_to) = (last + 1 - days, last);
            }
        }
    });
    ui.label(
        RichText::new("Days by UTC; both are in it. Posts without a time are not")
            .small()
            .weak(),
    );
    if (new_from, new_to) == (from, to) {
        return;
    }
    // Whichever was moved takes the other along.
    if new_from == from {
        new_from = new_from.min(new_to);
    } else {
        new_to = new_to.max(new_from);
    }
    let span = TimeSpan {
        from: new_from.saturating_mul(DAY),
        until: new_to.saturating_add(1).saturating_mul(DAY),
    };
    let filter = Filter {
        time: (span != whole).then_some(span),
        ..filter.clone()
    };
    inbox.push(adjust(filter, "show only some days"));
}

/// A day as people type it, "2026-03-01" or "1 Mar 2026", in days since 1970.
fn day_in(text: &str) -> Option<f64> {
    let text = text.trim();
    let date = jiff::civil::Date::strptime("%Y-%m-%d", text)
        .or_else(|_| jiff::civil::Date::strptime("%d %b %Y", text))
        .ok()?;
    let epoch = jiff::civil::date(1970, 1, 1);
    let days = date.since((jiff::Unit::Day, epoch)).ok()?;
    Some(f64::from(days.get_days()))
}

fn words_ui(ui: &mut Ui, filter: &Filter, inbox: &mut Vec<Command>) {
    let field = Id::new("words of the filter");
    let mut words = filter.words.clone();
    let edit = TextEdit::singleline(&mut words)
        .id(field)
        .hint_text("rice vegan")
        .desired_width(250.0);
    let response = ui.add(edit);
    named(&response, "Words in posts");
    if ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
    }
    ui.label(RichText::new(WORDS_RULE).small().weak());
    if words != filter.words {
        let filter = Filter {
            words,
            ..filter.clone()
        };
        inbox.push(adjust(filter, "show only posts with some words"));
    }
}

/// A box for each of `all`, with counts. Returns those that are ticked where that has changed.
fn texts_ui(
    ui: &mut Ui,
    all: &[(String, u64)],
    chosen: &BTreeSet<String>,
) -> Option<BTreeSet<String>> {
    let mut next = None;
    ScrollArea::vertical().max_height(LIST).show(ui, |ui| {
        for (text, n) in all {
            if box_ui(ui, chosen.contains(text), text, &figures::whole(*n)) {
                let mut texts = chosen.clone();
                if !texts.remove(text) {
                    texts.insert(text.clone());
                }
                next = Some(texts);
            }
        }
    });
    next
}

fn near_ui(ui: &mut Ui, shown: Shown<'_>, filter: &Filter, inbox: &mut Vec<Command>) {
    let Some(near) = &filter.near else { return };
    let mut next = near.clone();
    ui.horizontal(|ui| {
        ui.label("Within");
        halves(ui, shown.colours, |ui| {
            for (steps, label) in [(1, "1 step"), (2, "2 steps")] {
                if half(ui, shown.colours, near.steps == steps, label).clicked() {
                    next.steps = steps;
                }
            }
        });
    });
    let n = shown.model.selected.len() as u64;
    let label = format!("Near the {} selected now", figures::people(n));
    if ui.add_enabled(n > 0, Button::new(label)).clicked() {
        next = Near {
            people: selected_keys(shown).collect(),
            ..next
        };
    }
    if next != *near {
        let filter = Filter {
            near: Some(next),
            ..filter.clone()
        };
        inbox.push(set(filter, near_step()));
    }
}

fn listed_ui(ui: &mut Ui, filter: &Filter, inbox: &mut Vec<Command>) {
    let on = Status::ALL.map(|status| (Listed::As(status), capital(status.words())));
    let all = on
        .into_iter()
        .chain([(Listed::Not, "Not on the list".to_owned())]);
    for (how, label) in all {
        if box_ui(ui, filter.listed.contains(&how), &label, "") {
            let mut listed = filter.listed.clone();
            if !listed.remove(&how) {
                listed.insert(how);
            }
            let filter = Filter {
                listed,
                ..filter.clone()
            };
            inbox.push(set(filter, listed_step()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{day_in, number_in};

    #[test]
    fn numbers_and_days_are_read_as_people_type_them() {
        assert_eq!(number_in("1,000"), Some(1_000.0));
        assert_eq!(number_in("2.5k"), Some(2_500.0));
        assert_eq!(number_in("any"), Some(0.0));
        assert_eq!(number_in("-3"), None);
        assert_eq!(day_in("1970-01-02"), Some(1.0));
        assert_eq!(day_in("1 Jan 1971"), Some(365.0));
        assert_eq!(day_in("soon"), None);
    }
}
