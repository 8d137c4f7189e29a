//! What has changed since the file before: in sentences, then communities, bridges, the list, and who came and went.

use super::Report;
use super::page::Page;
use crate::changes::{Both, BridgeChange, Changes, Fate, Someone};
use crate::people::{counted, thousands};

/// People who moved, came or went that have a row of their own.
const MOST_PEOPLE: usize = 25;

/// The section, where there was a file before.
pub(super) fn section(page: &mut Page, report: &Report<'_>) {
    let Some(changes) = report.changes else {
        return;
    };
    page.open("section", r#"id="changes""#);
    page.line("h2", "", "What has changed");
    page.open("p", "");
    page.text("Since ");
    page.name(&changes.titles.before, "");
    page.text(&format!(": {}.", changes.words()));
    page.close();
    careful(page, changes);
    counts(page, changes);
    communities(page, changes);
    bridges(page, "New bridges", (changes, &changes.new_bridges));
    bridges(page, "Lost bridges", (changes, &changes.lost_bridges));
    list(page, changes);
    moved(page, changes);
    people(
        page,
        "New people",
        "new",
        (&changes.new.first, changes.new.keys.len()),
    );
    people(
        page,
        "People who are gone",
        "gone",
        (&changes.gone.first, changes.gone.keys.len()),
    );
    page.close();
}

/// Why the comparison needs care.
fn careful(page: &mut Page, changes: &Changes) {
    let warnings = changes.warnings();
    if warnings.is_empty() {
        return;
    }
    page.open("div", r#"class="note careful""#);
    for warning in &warnings {
        page.paragraph(&format!("{warning}."));
    }
    page.close();
}

/// Opens a table with its head; [`close_table`] closes it.
fn open_table(page: &mut Page, caption: &str, columns: &[(&str, bool)]) {
    page.open("div", r#"class="scroll""#);
    page.open("table", "");
    page.line("caption", "", caption);
    page.head(columns);
    page.open("tbody", "");
}

fn close_table(page: &mut Page) {
    for _ in 0..3 {
        page.close();
    }
}

fn counts(page: &mut Page, changes: &Changes) {
    let columns = [("", false), ("Before", true), ("Now", true)];
    open_table(page, "Both files in figures", &columns);
    let rows = [
        ("People", changes.people),
        ("Ties between them", changes.ties),
        ("Communities", changes.communities),
    ];
    for (words, Both { before, after }) in rows {
        page.open("tr", "");
        page.line("th", r#"scope="row""#, words);
        page.number(before);
        page.number(after);
        page.close();
    }
    close_table(page);
}

fn communities(page: &mut Page, changes: &Changes) {
    if changes.matched.is_empty() {
        return;
    }
    page.paragraph(
        "A community counts as the same where enough of those people are in it who were there before, whatever it is called. Its \
         name follows from the words of the posts, so it may be another one.",
    );
    let columns = [
        ("Before", false),
        ("Now", false),
        ("People before", true),
        ("People now", true),
        ("In both", true),
        ("", false),
    ];
    open_table(page, "Communities, before and now", &columns);
    for row in &changes.matched {
        page.open("tr", "");
        let sides = [&row.before, &row.after];
        for (tag, side) in ["th", "td"].into_iter().zip(sides) {
            let attributes = if tag == "th" { r#"scope="row""# } else { "" };
            page.open(tag, attributes);
            match side {
                Some(community) => page.name(&community.name, ""),
                None => page.text("–"),
            }
            page.close();
        }
        for side in sides {
            match side {
                Some(community) => page.number(u64::from(community.people)),
                None => page.figure(""),
            }
        }
        match row.fate {
            Fate::New | Fate::Gone => page.figure(""),
            _ => page.number(row.shared),
        }
        page.line("td", "", row.fate.words());
        page.close();
    }
    close_table(page);
}

fn bridges(page: &mut Page, title: &str, (changes, bridges): (&Changes, &[BridgeChange])) {
    page.line("h3", "", title);
    if bridges.is_empty() {
        page.paragraph("None.");
        return;
    }
    let columns = [
        ("Person", false),
        ("Community", false),
        ("Rank before", true),
        ("Rank now", true),
        ("Score before", true),
        ("Score now", true),
    ];
    open_table(page, title, &columns);
    for bridge in bridges {
        page.open("tr", "");
        who(page, &bridge.who);
        let Both { before, after } = changes.rank_words(bridge);
        page.figure(&before);
        page.figure(&after);
        for score in [bridge.score.before, bridge.score.after] {
            page.figure(&format!("{score:.1}"));
        }
        page.close();
    }
    close_table(page);
}

/// The cells of somebody and their community.
fn who(page: &mut Page, who: &Someone) {
    page.open("th", r#"scope="row""#);
    name(page, &who.name, &who.person);
    page.close();
    page.open("td", "");
    page.name(&who.community, "");
    page.close();
}

fn name(page: &mut Page, name: &str, key: &str) {
    page.name(name, "who");
    if name.to_lowercase() != key {
        page.text(" ");
        page.name(&format!("@{key}"), "handle");
    }
}

fn list(page: &mut Page, changes: &Changes) {
    let Some(words) = changes.list_words() else {
        return;
    };
    page.line("h3", "", "The outreach list, before and now");
    page.paragraph(&format!("{words}."));
    let columns = [
        ("Person", false),
        ("Status", false),
        ("Connections", true),
        ("Across", true),
        ("Communities reached", true),
        ("Bridge score", true),
        ("Rank", true),
    ];
    open_table(page, "People on the list, before → now", &columns);
    for listed in &changes.list {
        page.open("tr", "");
        page.open("th", r#"scope="row""#);
        name(page, &listed.name, &listed.person);
        page.close();
        page.line("td", "", listed.status.words());
        let Both { before, after } = listed.standing;
        if before.is_none() && after.is_none() {
            page.line("td", r#"colspan="5""#, "in neither file");
            page.close();
            continue;
        }
        let pair = |of: fn(&crate::changes::Standing) -> String| {
            let side = |standing: Option<crate::changes::Standing>, none: &str| {
                standing.as_ref().map_or_else(|| none.to_owned(), of)
            };
            format!("{} → {}", side(before, "new"), side(after, "gone"))
        };
        page.figure(&pair(|s| thousands(s.connections.into())));
        page.figure(&pair(|s| thousands(s.connections_across.into())));
        page.figure(&pair(|s| thousands(s.communities_reached.into())));
        page.figure(&pair(|s| format!("{:.1}", s.score)));
        page.figure(&pair(|s| thousands(s.rank.into())));
        page.close();
    }
    close_table(page);
}

fn moved(page: &mut Page, changes: &Changes) {
    if changes.moved.is_empty() {
        return;
    }
    page.line("h3", "", "People in another community");
    let columns = [
        ("Person", false),
        ("Before", false),
        ("Now", false),
        ("Connections", true),
    ];
    open_table(page, &first_of("Moved", changes.moved.len()), &columns);
    for moved in changes.moved.iter().take(MOST_PEOPLE) {
        page.open("tr", "");
        page.open("th", r#"scope="row""#);
        name(page, &moved.name, &moved.person);
        page.close();
        for community in [&moved.community.before, &moved.community.after] {
            page.open("td", "");
            page.name(community, "");
            page.close();
        }
        page.number(moved.connections.into());
        page.close();
    }
    close_table(page);
}

fn people(page: &mut Page, title: &str, word: &str, (first, n): (&[Someone], usize)) {
    page.line("h3", "", title);
    if n == 0 {
        page.paragraph(&format!("Nobody is {word}."));
        return;
    }
    let columns = [
        ("Person", false),
        ("Community", false),
        ("Connections", true),
    ];
    open_table(page, &first_of(title, n), &columns);
    for someone in first.iter().take(MOST_PEOPLE) {
        page.open("tr", "");
        who(page, someone);
        page.number(someone.connections.into());
        page.close();
    }
    close_table(page);
}

/// The caption of a table that may be cut.
fn first_of(title: &str, n: usize) -> String {
    if n <= MOST_PEOPLE {
        return format!("{title}, most connections first");
    }
    let all = counted(n as u64, "person", "people");
    format!("{title}: {all}, of whom those {MOST_PEOPLE} with most connections")
}
