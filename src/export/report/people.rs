//! The tables of people on the page: the best bridges, the outreach list, the plan.

use super::map::figure;
use super::page::Page;
use super::{BRIDGES, Report};
use crate::analysis::{CommunityId, why};
use crate::campaign::plan::Pick;
use crate::people::{PersonId, counted};
use crate::render::{Rgb, Theme, palette};

impl Report<'_> {
    /// The colour of a community.
    pub(super) fn colour(&self, community: CommunityId) -> Rgb {
        palette(Theme::Light).community(&self.analysis.communities, community)
    }

    /// A cell with somebody's community.
    fn home(&self, page: &mut Page, person: PersonId) {
        page.open("td", r#"class="home""#);
        if let Some(community) = self.analysis.communities.of[person.index()] {
            page.swatch(self.colour(community));
        }
        page.name(self.analysis.communities.name_of(person), "");
        page.close();
    }

    /// The head of somebody's rows.
    fn who(&self, page: &mut Page, person: PersonId) {
        page.open("th", r#"scope="rowgroup""#);
        page.person(&self.graph.people[person.index()]);
        page.close();
    }

    /// The second row of a person: what stands behind the figures, and what they bring as `pick`; over `columns` columns
    /// besides the first.
    fn reasons(&self, page: &mut Page, person: PersonId, pick: Option<&Pick>, columns: usize) {
        let names = self.community_names();
        page.open("tr", r#"class="reason""#);
        page.line("td", "", "");
        page.open("td", &format!(r#"colspan="{columns}""#));
        page.sentence(&why(self.graph, self.analysis, person), &names);
        if let Some(pick) = pick {
            let touchpoints = self.own().map_or(2, |plan| plan.touchpoints);
            let brings = pick.reason(&self.analysis.communities, touchpoints);
            page.empty("br", "");
            page.sentence(&brings, &names);
        }
        page.close();
        page.close();
    }

    /// What `person` brings besides those before, where they are of one's own choice.
    fn pick(&self, person: PersonId) -> Option<&Pick> {
        let picks = &self.own()?.picks;
        picks.iter().find(|pick| pick.person == person)
    }
}

/// `text` with a small first letter.
pub(super) fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

fn reach(page: &mut Page, reach: Option<f64>) {
    match reach {
        Some(reach) => page.number(reach.max(0.0).round() as u64),
        None => page.line("td", r#"class="n weak""#, "unknown"),
    }
}

/// The best bridges, on the map and as a table.
pub(super) fn bridges(page: &mut Page, report: &Report<'_>, picture: &str) {
    let best = report.best_bridges();
    page.open("section", r#"id="bridges" class="new-page""#);
    page.line("h2", "", "Bridges");
    page.paragraph(
        "A bridge is a person who has far more conversation with other communities than people in their own community normally \
         do, and for whom it is a real part of what they do. A message that such people carry comes to several communities \
         from somebody they know.",
    );
    if best.is_empty() {
        page.paragraph("Nobody in this conversation is one.");
        page.close();
        return;
    }
    let n = best.len() as u64;
    figure(
        page,
        picture,
        &format!(
            "The same map with {} ringed and all else in the back",
            counted(n, "bridge", "bridges")
        ),
        "Rings mark the best bridges, with their ties to other communities; everybody else stands in the back.",
    );
    page.open("div", r#"class="scroll""#);
    page.open("table", "");
    page.line(
        "caption",
        "",
        &format!(
            "The {}, best first",
            counted(n, "best bridge", "best bridges")
        ),
    );
    page.head(&[
        ("", true),
        ("Person", false),
        ("Community", false),
        ("Bridge score", true),
        ("Connections across", true),
        ("Connections", true),
        ("Reach", true),
        ("Steady", true),
    ]);
    let scores = &report.analysis.bridges.score;
    let most = best.first().map_or(0.0, |p| scores[p.index()]);
    for (at, &person) in best.iter().enumerate() {
        bridge(page, report, (at + 1, person), most);
    }
    page.close();
    page.close();
    page.line(
        "p",
        r#"class="weak""#,
        &format!(
            "Steady: in how many of 100 runs of the search for communities the person is among the {} best. Reach: followers, \
             or the audience figure of the export; it is told here, and is no part of the score.",
            2 * BRIDGES
        ),
    );
    page.close();
}

/// The rows of one bridge.
fn bridge(page: &mut Page, report: &Report<'_>, (rank, person): (usize, PersonId), most: f64) {
    let (bridges, i) = (&report.analysis.bridges, person.index());
    page.open("tbody", r#"class="of-one""#);
    page.open("tr", "");
    page.line("td", r#"class="n place""#, &rank.to_string());
    report.who(page, person);
    report.home(page, person);
    page.bar(
        &format!("{:.1}", bridges.score[i]),
        bridges.score[i],
        most,
        None,
    );
    page.number(u64::from(bridges.connections_across[i]));
    page.number(u64::from(bridges.connections[i]));
    reach(page, report.graph.people[i].reach);
    page.figure(&format!("{:.0}", bridges.stability[i] * 100.0));
    page.close();
    report.reasons(page, person, None, 7);
    page.close();
}

/// The outreach list in the order of work, without its notes.
pub(super) fn list(page: &mut Page, report: &Report<'_>) {
    if !report.has_list() {
        return;
    }
    let entries = report.campaign.outreach_list.entries();
    page.open("section", r#"id="list" class="new-page""#);
    page.line("h2", "", "Outreach list");
    page.open("div", r#"class="scroll""#);
    page.open("table", "");
    let n = counted(entries.len() as u64, "person", "people");
    let caption = format!("{n} to write to, in the order of work");
    page.line("caption", "", &caption);
    page.head(&[
        ("", true),
        ("Person", false),
        ("Community", false),
        ("Status", false),
        ("Connections", true),
        ("Connections across", true),
        ("Reach", true),
    ]);
    for (at, entry) in entries.iter().enumerate() {
        page.open("tbody", r#"class="of-one""#);
        if let Some(person) = report.graph.find(&entry.person) {
            let status = Some(entry.status.words());
            chosen(page, report, (at + 1, person), status);
        } else {
            unknown(page, at + 1, (&entry.name, entry.status.words()));
        }
        page.close();
    }
    for _ in 0..3 {
        page.close();
    }
}

/// The people whom the plan proposes, where there is no list.
pub(super) fn plan(page: &mut Page, report: &Report<'_>) {
    let Some(plan) = report.proposed() else {
        return;
    };
    page.open("section", r#"id="plan" class="new-page""#);
    page.line("h2", "", "The plan");
    page.paragraph(
        "Not the loudest, but people who together touch as many others as possible more than once: whoever hears of something \
         from several people they talk with is more likely to take it up.",
    );
    page.open("div", r#"class="scroll""#);
    page.open("table", "");
    let n = counted(plan.picks.len() as u64, "person", "people");
    let caption = format!("{n} to write to, in the order in which each adds most");
    page.line("caption", "", &caption);
    page.head(&[
        ("", true),
        ("Person", false),
        ("Community", false),
        ("Connections", true),
        ("Connections across", true),
        ("Reach", true),
    ]);
    for (at, pick) in plan.picks.iter().enumerate() {
        page.open("tbody", r#"class="of-one""#);
        chosen(page, report, (at + 1, pick.person), None);
        page.close();
    }
    for _ in 0..3 {
        page.close();
    }
}

/// The rows of somebody who is to be written to.
fn chosen(
    page: &mut Page,
    report: &Report<'_>,
    (place, person): (usize, PersonId),
    status: Option<&str>,
) {
    let (bridges, i) = (&report.analysis.bridges, person.index());
    page.open("tr", "");
    page.line("td", r#"class="n place""#, &place.to_string());
    report.who(page, person);
    report.home(page, person);
    if let Some(status) = status {
        page.line("td", "", status);
    }
    page.number(u64::from(bridges.connections[i]));
    page.number(u64::from(bridges.connections_across[i]));
    reach(page, report.graph.people[i].reach);
    page.close();
    let columns = if status.is_some() { 6 } else { 5 };
    report.reasons(page, person, report.pick(person), columns);
}

/// The row of somebody on the list who is in none of the files.
fn unknown(page: &mut Page, place: usize, (name, status): (&str, &str)) {
    page.open("tr", "");
    page.line("td", r#"class="n place""#, &place.to_string());
    page.open("th", r#"scope="rowgroup""#);
    page.name(name, "who");
    page.close();
    page.line("td", r#"class="weak""#, "not in these files");
    page.line("td", "", status);
    for _ in 0..3 {
        page.figure("");
    }
    page.close();
}
