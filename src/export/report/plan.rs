//! The part of the page on what comes of contacting people: waves, the old way and the new way, scenarios.

use super::map::half_figure;
use super::page::{Page, of_100};
use super::{Comparison, Report, Way};
use crate::analysis::CommunityId;
use crate::campaign::{Outcome, TAKES_OFF_PERCENT};
use crate::people::{counted, thousands};

/// Communities compared one by one.
const MOST_COMMUNITIES: usize = 12;
/// Width and height of the drawing of a range, in its own units.
const RANGE: [f64; 2] = [176.0, 14.0];

/// Whom to write to together.
pub(super) fn waves(page: &mut Page, report: &Report<'_>) {
    if report.waves.is_empty() {
        return;
    }
    page.open("section", r#"id="waves""#);
    page.line("h2", "", "Outreach waves");
    page.paragraph(
        "People who know the same people are best written to at about the same time: then those they share hear of it twice \
         within days. Each wave below is such a group, in the order of the list.",
    );
    page.open("ol", r#"class="waves""#);
    let communities = &report.analysis.communities;
    for (at, wave) in report.waves.iter().enumerate() {
        page.open("li", "");
        page.line("h3", "", &format!("Wave {}", at + 1));
        page.open("p", "");
        for (at, person) in wave.people.iter().enumerate() {
            if at > 0 {
                page.text(", ");
            }
            page.name(&report.graph.people[person.index()].name, "who");
        }
        page.close();
        page.open("p", r#"class="weak""#);
        page.sentence(&wave.words(communities), &report.community_names());
        page.text(".");
        page.close();
        page.close();
    }
    page.close();
    page.close();
}

/// The ways beside each other.
///
/// `pictures`: whom some of them touch, with the name of each.
pub(super) fn comparison(page: &mut Page, report: &Report<'_>, pictures: &[(String, String)]) {
    let Some(comparison) = report.compared() else {
        return;
    };
    let Some(own) = comparison.ways.first() else {
        return;
    };
    page.open("section", r#"id="comparison" class="new-page""#);
    page.line("h2", "", "Old way and new way");
    page.paragraph(
        "The old way is to write to whoever has most followers. Here the same number of people is chosen in several ways, and \
         it is counted who shares a tie with them: with one (touched), or with enough of them to hear of it more than once.",
    );
    page.open("div", r#"class="note""#);
    page.paragraph(&format!("{}.", own.plan.words()));
    for line in against(comparison) {
        page.paragraph(&line);
    }
    page.close();
    seen(page, pictures);
    let enough = format!("Touched by {} or more", own.plan.touchpoints);
    page.open("div", r#"class="scroll""#);
    page.open("table", r#"class="whole""#);
    page.line(
        "caption",
        "",
        "Exact counts; the people chosen are not counted themselves",
    );
    page.head(&[
        ("Way to choose", false),
        ("People", true),
        ("Touched", true),
        (&enough, true),
    ]);
    page.open("tbody", "");
    let by_way = comparison.ways.iter().map(|way| way.plan.touched.enough);
    let most = by_way.max().unwrap_or(0);
    for (at, way) in comparison.ways.iter().enumerate() {
        page.open("tr", if at == 0 { r#"class="own""# } else { "" });
        page.line("th", r#"scope="row""#, &way.name);
        page.number(way.plan.picks.len() as u64);
        page.number(u64::from(way.plan.touched.touched()));
        let n = way.plan.touched.enough;
        page.bar(
            &thousands(u64::from(n)),
            f64::from(n),
            f64::from(most),
            None,
        );
        page.close();
    }
    for _ in 0..3 {
        page.close();
    }
    by_community(page, report, comparison);
    page.close();
}

/// The pictures of whom the ways touch.
fn seen(page: &mut Page, pictures: &[(String, String)]) {
    if pictures.is_empty() {
        return;
    }
    page.open("div", r#"class="pair""#);
    for (name, picture) in pictures {
        let alt = format!("The map, coloured by who is touched: {name}");
        half_figure(page, picture, &alt, name);
    }
    page.close();
}

/// How the first way does against each other one: a sentence each, also where it does worse.
fn against(comparison: &Comparison) -> Vec<String> {
    let Some((own, others)) = comparison.ways.split_first() else {
        return Vec::new();
    };
    let sentence = |other: &Way| {
        let name = super::people::lower_first(&other.name);
        let (a, b) = (
            i64::from(own.plan.touched.enough),
            i64::from(other.plan.touched.enough),
        );
        let n = counted(a.abs_diff(b), "person", "people");
        match a.cmp(&b) {
            std::cmp::Ordering::Greater => format!("That is {n} more than by {name}."),
            std::cmp::Ordering::Equal => format!("That is as many as by {name}."),
            std::cmp::Ordering::Less => format!("That is {n} fewer than by {name}."),
        }
    };
    others.iter().map(sentence).collect()
}

/// Who is touched enough in each community, by each way.
fn by_community(page: &mut Page, report: &Report<'_>, comparison: &Comparison) {
    let communities = &report.analysis.communities;
    let n_large = communities.n_large();
    let Some(own) = comparison.ways.first().filter(|_| n_large > 1) else {
        return;
    };
    page.line("h3", "", "In each community");
    page.open("div", r#"class="scroll""#);
    page.open("table", r#"class="whole""#);
    page.line(
        "caption",
        "",
        &format!(
            "People touched by {} or more, by community",
            own.plan.touchpoints
        ),
    );
    let mut head = vec![("Community", false), ("People", true)];
    head.extend(comparison.ways.iter().map(|way| (way.name.as_str(), true)));
    page.head(&head);
    page.open("tbody", "");
    let large = communities
        .list
        .iter()
        .enumerate()
        .filter(|(_, c)| !c.small);
    for (at, community) in large.take(MOST_COMMUNITIES) {
        page.open("tr", "");
        page.open("th", r#"scope="row""#);
        page.swatch(report.colour(CommunityId(at as u32)));
        page.name(&community.name, "");
        page.close();
        page.number(u64::from(community.people));
        for way in &comparison.ways {
            let touched = way.plan.by_community.get(at);
            page.number(touched.map_or(0, |touched| u64::from(touched.enough)));
        }
        page.close();
    }
    for _ in 0..3 {
        page.close();
    }
    if n_large > MOST_COMMUNITIES {
        let rest = counted(
            (n_large - MOST_COMMUNITIES) as u64,
            "community",
            "communities",
        );
        page.line(
            "p",
            r#"class="weak""#,
            &format!("{rest} more are not shown here."),
        );
    }
}

/// What might come of it, as an assumption.
pub(super) fn scenarios(page: &mut Page, report: &Report<'_>) {
    let Some(comparison) = report.compared().filter(|_| report.has_scenarios()) else {
        return;
    };
    page.open("section", r#"id="scenarios""#);
    page.line("h2", "", "Scenarios");
    page.open("div", r#"class="note careful""#);
    page.open("p", "");
    page.line("strong", "", "Assumptions, not forecasts. ");
    page.text(
        "Nobody knows how readily people pass this message on. So three strengths are assumed, and for each the spreading is \
         played many times by a simple rule: a person joins once enough different people they talk with have joined, two at \
         least and 15 of 100 of their connections. The figures compare the ways with each other under the same chance; they \
         promise nothing.",
    );
    page.close();
    page.close();
    let ways: Vec<&Way> = comparison
        .ways
        .iter()
        .filter(|way| !way.outcomes.is_empty())
        .collect();
    if let Some(own) = ways.first() {
        page.open("ul", r#"class="points""#);
        for outcome in &own.outcomes {
            page.line(
                "li",
                "",
                &format!("Suppose {}. {}.", own_words(outcome), outcome.words()),
            );
        }
        page.close();
    }
    page.open("div", r#"class="scroll""#);
    page.open("table", "");
    page.line(
        "caption",
        "",
        "People who join beyond those chosen, in the same runs for every way",
    );
    page.head(&[
        ("Way to choose", false),
        ("Half of the runs: at least", true),
        ("80 of 100 runs", true),
        ("", true),
        ("Takes off", true),
    ]);
    let n_strengths = ways.iter().map(|way| way.outcomes.len()).max().unwrap_or(0);
    for k in 0..n_strengths {
        strength(page, &ways, k);
    }
    page.close();
    page.close();
    page.line(
        "p",
        r#"class="weak""#,
        &format!(
            "Takes off: at least {TAKES_OFF_PERCENT} of 100 of the people with ties join. The bar shows the range of 80 of 100 \
             runs, the mark the middle."
        ),
    );
    page.close();
}

fn own_words(outcome: &Outcome) -> String {
    outcome.assumption().trim_start_matches("if ").to_owned()
}

/// The rows of one strength.
fn strength(page: &mut Page, ways: &[&Way], k: usize) {
    let rows: Vec<(&Way, &Outcome)> = ways
        .iter()
        .filter_map(|way| Some((*way, way.outcomes.get(k)?)))
        .collect();
    let Some((_, first)) = rows.first() else {
        return;
    };
    let most = rows
        .iter()
        .map(|(_, outcome)| outcome.high)
        .max()
        .unwrap_or(0);
    page.open("tbody", r#"class="whole""#);
    page.open("tr", r#"class="first-of""#);
    page.line(
        "th",
        r#"scope="rowgroup" colspan="5" class="who""#,
        &format!("Suppose {}", own_words(first)),
    );
    page.close();
    for (at, (way, outcome)) in rows.iter().enumerate() {
        page.open("tr", if at == 0 { r#"class="own""# } else { "" });
        page.line("th", r#"scope="row""#, &way.name);
        page.number(u64::from(outcome.median));
        page.figure(&format!(
            "{} to {}",
            thousands(u64::from(outcome.low)),
            thousands(u64::from(outcome.high))
        ));
        page.open("td", r#"class="n""#);
        range(page, outcome, most);
        page.close();
        let runs = outcome.joined.len() as u64;
        page.figure(&of_100(u64::from(outcome.took_off), runs));
        page.close();
    }
    page.close();
}

/// The range of an outcome as a bar on a line that ends at `most`.
fn range(page: &mut Page, outcome: &Outcome, most: u32) {
    let [width, height] = RANGE;
    let at = |n: u32| f64::from(n) / f64::from(most.max(1)) * (width - 4.0) + 2.0;
    let (low, middle, high) = (at(outcome.low), at(outcome.median), at(outcome.high));
    let half = height / 2.0;
    page.open(
        "svg",
        &format!(r#"class="span" viewBox="0 0 {width} {height}" aria-hidden="true""#),
    );
    page.raw(&format!(
        r##"<line x1="2" y1="{half}" x2="{}" y2="{half}" stroke="#dcdddf" stroke-width="1.5"/>"##,
        width - 2.0
    ));
    page.raw(&format!(
        r##"<rect x="{low:.1}" y="{}" width="{:.1}" height="6" rx="2" fill="#8fb0e0"/>"##,
        half - 3.0,
        (high - low).max(2.0)
    ));
    page.raw(&format!(
        r##"<rect x="{:.1}" y="1" width="2.5" height="{}" rx="1" fill="#0e50b4"/>"##,
        middle - 1.25,
        height - 2.0
    ));
    page.close();
}
