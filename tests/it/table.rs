//! The table of everybody: its order and its rows against sorting by hand, and what the window does with it.

use std::cmp::Ordering;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use eframe::egui::{self, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use isthmus::app::{App, Command, Drawer, Order, TableCommand};
use isthmus::campaign::{Entry, OutreachList, Status};
use isthmus::explore::{Column, Everybody, Statuses, TableFacts, order, rows, statuses};
use isthmus::import::{ImportSettings, Source};
use isthmus::people::Addressed;
use isthmus::people::{PersonId, Posts, TieKind, TieSettings, build};
use isthmus::progress::Progress;
use isthmus::session::{self, NameMask, Results, WalkSettings};

use super::window::{ask, is_ready, until, window};

/// Names with what they are sorted as.
const NAMES: [(&str, &str); 8] = [
    ("Zoë", "zoe"),
    ("zoe", "zoe"),
    ("Ána", "ana"),
    ("ANA", "ana"),
    (
        "Émile with a very long name, the first",
        "emile with a very long name, the first",
    ),
    (
        "Emile with a very long name, the other",
        "emile with a very long name, the other",
    ),
    ("寿司", "寿司"),
    ("=sum(1)", "=sum(1)"),
];

/// 120 people in blocks, with equal names, unknown reach and people without ties.
fn made_up() -> String {
    let mut text = String::from("Author,Name,Followers,Full Text\n");
    for i in 0..480u32 {
        let author = i * 37 % 120;
        let other = author / 20 * 20 + i * 13 % 20;
        let far = (author * 7 + i) % 120;
        let name = NAMES[author as usize % NAMES.len()].0;
        let reach = if author % 5 == 0 {
            String::new()
        } else {
            (author % 11 * 1000).to_string()
        };
        let said = match author % 30 {
            29 => "nobody in particular".to_owned(),
            _ if i % 6 == 0 => format!("hello @p{far:03}"),
            _ => format!("hello @p{other:03}"),
        };
        writeln!(text, "p{author:03},\"{name}\",{reach},\"{said}\"").expect("memory");
    }
    text
}

fn results() -> Results {
    let source = Source {
        name: "made-up.csv".to_owned(),
        bytes: made_up().into_bytes(),
    };
    let progress = Progress::new();
    let read = session::read(&[source], &ImportSettings::default(), &progress).expect("a table");
    let settings = WalkSettings::default();
    session::analyse(&Arc::new(read), &settings, &progress).expect("nobody cancels")
}

fn facts(results: &Results) -> TableFacts {
    let posts = &results.conversation.posts;
    TableFacts::of(&results.graph, posts, &Progress::new()).expect("nobody cancels")
}

fn everybody<'a>(
    results: &'a Results,
    facts: &'a TableFacts,
    statuses: &'a Statuses,
) -> Everybody<'a> {
    Everybody {
        graph: &results.graph,
        analysis: &results.analysis,
        posts: &results.conversation.posts,
        facts: Some(facts),
        statuses,
    }
}

fn folded(name: &str) -> &str {
    let known = NAMES.iter().find(|(written, _)| *written == name);
    known.map_or(name, |(_, folded)| folded)
}

/// How two people are compared in `column`, from the values themselves; `None`: nothing is known of this one.
fn known(results: &Results, statuses: &Statuses, column: Column, i: usize) -> Option<f64> {
    let (bridges, person) = (&results.analysis.bridges, &results.graph.people[i]);
    let community = results.analysis.communities.of[i];
    Some(match column {
        Column::Reach => return person.reach,
        Column::CommunityNumber => return community.map(|c| f64::from(c.0)),
        Column::Posts => f64::from(person.posts),
        Column::Connections => f64::from(bridges.connections[i]),
        Column::Across => f64::from(bridges.connections_across[i]),
        Column::Reached => f64::from(bridges.communities_reached[i]),
        Column::Score => bridges.score[i],
        Column::Rank => f64::from(bridges.rank[i]),
        Column::Stability => bridges.stability[i],
        Column::Component => f64::from(results.analysis.components.of[i]),
        Column::Status => {
            let status = *statuses.get(&PersonId(i as u32))?;
            Status::ALL.iter().position(|s| *s == status)? as f64
        }
        Column::TiesIn | Column::TiesOut => {
            let ends = results.graph.interactions.iter().map(|row| match column {
                Column::TiesIn => (row.to, row.from),
                _ => (row.from, row.to),
            });
            let mut others: Vec<_> = ends.filter(|(end, _)| end.index() == i).collect();
            others.sort_unstable();
            others.dedup();
            others.len() as f64
        }
        _ => return None,
    })
}

fn by_hand(results: &Results, statuses: &Statuses, column: Column, down: bool) -> Vec<u32> {
    let mut all: Vec<u32> = (0..results.graph.n_people() as u32).collect();
    let turned = |order: Ordering| if down { order.reverse() } else { order };
    let people = &results.graph.people;
    let community = |i: u32| {
        let of = results.analysis.communities.of[i as usize];
        of.map(|_| {
            results
                .analysis
                .communities
                .name_of(PersonId(i))
                .to_lowercase()
        })
    };
    all.sort_by(|&a, &b| {
        let (x, y) = (a as usize, b as usize);
        let order = match column {
            Column::Person => turned(people[x].key.cmp(&people[y].key)),
            Column::Name => turned(folded(&people[x].name).cmp(folded(&people[y].name))),
            Column::Community => match (community(a), community(b)) {
                (Some(a), Some(b)) => turned(a.cmp(&b)),
                (a, b) => b.is_some().cmp(&a.is_some()),
            },
            _ => match (
                known(results, statuses, column, x),
                known(results, statuses, column, y),
            ) {
                (Some(a), Some(b)) => turned(a.partial_cmp(&b).expect("numbers")),
                (a, b) => b.is_some().cmp(&a.is_some()),
            },
        };
        order.then_with(|| people[x].key.cmp(&people[y].key))
    });
    all
}

fn some_listed(results: &Results) -> Statuses {
    let entries = ["p007", "p003", "p060", "nobody"]
        .into_iter()
        .zip(Status::ALL);
    let list = OutreachList::of_entries(entries.map(|(key, status)| Entry {
        status,
        ..Entry::new(key, key)
    }));
    statuses(&results.graph, &list)
}

#[test]
fn every_column_sorts_both_ways_as_by_hand_and_unknown_values_stand_last() {
    let results = results();
    assert_eq!(results.graph.n_people(), 120);
    let (facts, statuses) = (facts(&results), some_listed(&results));
    assert_eq!(statuses.len(), 3);
    let everybody = everybody(&results, &facts, &statuses);
    for column in Column::ALL.into_iter().filter(|c| everybody.has(*c)) {
        for down in [false, true] {
            let found = order(&everybody, column, down, &Progress::new()).expect("nobody cancels");
            let wanted = by_hand(&results, &statuses, column, down);
            assert_eq!(found, wanted, "{column:?}, down {down}");
        }
    }
    assert!(!everybody.has(Column::Betweenness) && !everybody.has(Column::Language));
    let cancelled = Progress::new();
    cancelled.cancel();
    assert!(order(&everybody, Column::Score, true, &cancelled).is_err());
}

#[test]
fn rows_are_those_that_are_kept_and_found_in_their_order() {
    let results = results();
    let (facts, statuses) = (facts(&results), Statuses::new());
    let everybody = everybody(&results, &facts, &statuses);
    let all = order(&everybody, Column::Reach, true, &Progress::new()).expect("nobody cancels");
    let keeps = |person: PersonId| person.0 % 3 != 1;
    for text in [
        "",
        "ana",
        "ÁNA",
        " @p01",
        "zoe",
        "the other",
        "寿",
        "nobody at all",
    ] {
        let found = rows(&everybody, &all, text, keeps, &Progress::new()).expect("nobody cancels");
        let plain = text
            .trim()
            .trim_start_matches('@')
            .to_lowercase()
            .replace('á', "a");
        let wanted = all.iter().copied().map(PersonId).filter(|id| {
            let person = &results.graph.people[id.index()];
            keeps(*id) && (person.key.contains(&plain) || folded(&person.name).contains(&plain))
        });
        assert_eq!(found, wanted.collect::<Vec<_>>(), "{text:?}");
    }
}

#[test]
fn ties_count_people_by_direction_and_a_language_is_that_of_most_posts() {
    let mut posts = Posts::default();
    let mut say = |from: &str, to: &[(&str, TieKind)], language: &str| {
        let author = posts.account(from).expect("a handle");
        let addressed: Vec<Addressed> = to
            .iter()
            .map(|(name, kind)| Addressed {
                account: posts.account(name).expect("a handle"),
                kind: *kind,
            })
            .collect();
        let at = posts.posts.len();
        posts.push(author, None, &format!("text {at}"), &addressed);
        posts.tell_language(at, language);
    };
    say("ana", &[("ben", TieKind::Reply)], "de");
    say("ana", &[("ben", TieKind::Mention)], "en");
    say("ana", &[("cleo", TieKind::Mention)], "EN");
    say("ben", &[("ana", TieKind::Reply)], "");
    say("cleo", &[("ben", TieKind::Repost)], "fr");
    let graph = build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    let facts = TableFacts::of(&graph, &posts, &Progress::new()).expect("nobody cancels");
    // ana, ben, cleo.
    assert_eq!(facts.ties_out, [2, 1, 1]);
    assert_eq!(facts.ties_in, [1, 2, 1]);
    let language = |i: usize| facts.language[i].map(|l| &*posts.languages()[usize::from(l)]);
    assert_eq!([0, 1, 2].map(language), [Some("en"), None, Some("fr")]);
}

fn with_table(data: &Path) -> Harness<'static, App> {
    let file = data.join("made-up.csv");
    fs::write(&file, made_up()).expect("writable");
    let mut window = window(data, vec![Command::OpenPaths(vec![file])]);
    until(&mut window, "a look", |app| app.model().import.is_some());
    ask(&mut window, [Command::BuildMap]);
    until(&mut window, "the finished map", is_ready);
    ask(&mut window, [Command::ShowDrawer(Some(Drawer::People))]);
    until(&mut window, "rows", rests);
    window
}

/// The rows are those that were asked for.
fn rests(app: &App) -> bool {
    app.model().table.rows.is_some() && !app.model().table.is_behind
}

fn people(app: &App) -> Vec<PersonId> {
    app.model()
        .table
        .rows
        .as_ref()
        .expect("rows")
        .people
        .clone()
}

fn table(window: &mut Harness<'_, App>, asked: TableCommand) {
    ask(window, [Command::Table(asked)]);
    until(window, "rows", rests);
    window.run_steps(2);
}

fn focused(window: &Harness<'_, App>) -> String {
    let has_keys = By::new().predicate(|node| node.is_focused() && node.label().is_some());
    let node = window.query(has_keys);
    node.and_then(|node| node.accesskit_node().label())
        .unwrap_or_default()
}

fn press(window: &mut Harness<'_, App>, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(4);
}

/// Clicks the row with this number, from 1.
fn click_row(window: &mut Harness<'_, App>, row: usize, modifiers: Modifiers) {
    let label = format!(", row {row}, ");
    let at = window.get_by_label_contains(&label).rect().left_center() + egui::vec2(60.0, 0.0);
    window.event(egui::Event::PointerMoved(at));
    for pressed in [true, false] {
        window.event(egui::Event::ModifiersChanged(modifiers));
        window.event(egui::Event::PointerButton {
            pos: at,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers,
        });
        window.run_steps(1);
    }
    window.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    window.run_steps(3);
    // The next click shall be no second half of a double-click.
    for _ in 0..40 {
        window.step();
    }
}

#[test]
fn titles_sort_clicks_select_and_the_keys_walk_to_the_last_row() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_table(data.path());
    let columns = vec![Column::Name, Column::Reach, Column::Score];
    table(&mut window, TableCommand::SetColumns(columns));
    window.get_by_label("Sort by Reach").click();
    window.run_steps(2);
    until(&mut window, "rows", rests);
    let order = Order {
        column: Column::Reach,
        down: true,
    };
    let rows = window.state().model().table.rows.clone().expect("rows");
    assert_eq!(rows.order, order);
    window.get_by_label("Sort by Reach, now the largest first");

    let selected = |window: &Harness<'_, App>| window.state().model().selected.to_vec();
    click_row(&mut window, 2, Modifiers::NONE);
    assert_eq!(selected(&window), rows.people[1..2]);
    click_row(&mut window, 5, Modifiers::SHIFT);
    assert_eq!(selected(&window), rows.people[1..5]);
    click_row(&mut window, 3, Modifiers::COMMAND);
    let three = [rows.people[1], rows.people[3], rows.people[4]];
    assert_eq!(selected(&window), three);
    assert!(
        focused(&window).contains(", row 3, "),
        "{}",
        focused(&window)
    );

    press(&mut window, Modifiers::NONE, Key::End);
    assert!(
        focused(&window).contains(", row 120, "),
        "{}",
        focused(&window)
    );
    press(&mut window, Modifiers::NONE, Key::PageUp);
    press(&mut window, Modifiers::NONE, Key::ArrowUp);
    assert!(
        focused(&window).contains(", row 109, "),
        "{}",
        focused(&window)
    );
    press(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(selected(&window), [rows.people[108]]);
    press(&mut window, Modifiers::NONE, Key::A);
    let list = &window.state().model().campaign.outreach_list;
    assert_eq!(list.len(), 1);
    press(&mut window, Modifiers::NONE, Key::Home);
    press(&mut window, Modifiers::NONE, Key::Space);
    assert_eq!(selected(&window), [rows.people[108], rows.people[0]]);

    // Somebody who is selected on the map comes into sight.
    ask(&mut window, [Command::Find]);
    window.run_steps(3);
    ask(&mut window, [Command::Select(vec![rows.people[60]])]);
    window.run_steps(3);
    window.get_by_label_contains(", row 61, ");
    table(&mut window, TableCommand::ShowSelectedOnly(true));
    assert_eq!(people(window.state()), [rows.people[60]]);
    window.get_by_label("1 of 120 people");
}

#[test]
fn what_is_typed_searches_and_what_is_shown_is_exported_and_copied() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_table(data.path());
    window.get_by_label("Search people in the table").focus();
    window.run_steps(2);
    window.event(egui::Event::Text("=SUM".to_owned()));
    window.run_steps(2);
    until(&mut window, "rows", rests);
    window.run_steps(2);
    let found = people(window.state());
    // Every eighth of 120.
    assert_eq!(found.len(), 15);
    window.get_by_label("15 of 120 people");

    let columns = vec![Column::Reach, Column::Name, Column::Person, Column::Score];
    let path = data.path().join("out.csv");
    ask(
        &mut window,
        [
            Command::Table(TableCommand::SetColumns(columns)),
            Command::Table(TableCommand::Export(path.clone())),
        ],
    );
    until(&mut window, "the file", |_| path.exists());
    let mut file = csv::Reader::from_path(&path).expect("a table");
    let header: Vec<&str> = file.headers().expect("a header").iter().collect();
    assert_eq!(header, ["reach", "name", "person", "bridge_score"]);
    let map = window.state().model().map.as_ref().expect("a map");
    let results = map.results.clone();
    let rows: Vec<csv::StringRecord> = file.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), found.len());
    for (row, id) in rows.iter().zip(&found) {
        let person = &results.graph.people[id.index()];
        assert_eq!(row[0].parse::<f64>().ok(), person.reach);
        assert_eq!(&row[1], "'=sum(1)", "harmless for spreadsheets");
        assert_eq!(row[2], *person.key);
        let score: f64 = row[3].parse().expect("a number");
        assert_eq!(score, results.analysis.bridges.score[id.index()]);
    }

    // Only the selected rows are copied, in the order of the table.
    let two = vec![found[4], found[2], PersonId(0)];
    ask(
        &mut window,
        [Command::Select(two), Command::Table(TableCommand::Copy)],
    );
    let copied = copied(&mut window);
    let keys: Vec<&str> = copied
        .lines()
        .filter_map(|line| line.split('\t').nth(2))
        .collect();
    let key = |id: PersonId| &*results.graph.people[id.index()].key;
    assert_eq!(keys, ["person", key(found[2]), key(found[4])]);

    // The columns are there again with the next window.
    until(&mut window, "settings on the disk", |_| {
        let kept = fs::read_to_string(data.path().join("config/settings.json"));
        kept.is_ok_and(|kept| kept.contains("bridge_score"))
    });
    let again = super::window::window(data.path(), Vec::new());
    assert_eq!(again.state().model().table.columns[0], Column::Reach);
}

fn copied(window: &mut Harness<'_, App>) -> String {
    for _ in 0..20_000 {
        window.step();
        let commands = &window.output().platform_output.commands;
        let text = commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        if let Some(text) = text {
            return text;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    panic!("nothing was copied")
}

#[test]
fn while_names_are_hidden_the_table_tells_none_and_searches_what_is_shown() {
    let data = tempfile::tempdir().expect("a temporary folder");
    let mut window = with_table(data.path());
    table(&mut window, TableCommand::SetFilter("zoe".to_owned()));
    assert_eq!(people(window.state()).len(), 30);
    ask(&mut window, [Command::SetNameMask(NameMask::Numbers)]);
    until(&mut window, "rows", rests);
    window.run_steps(3);
    assert_eq!(
        people(window.state()).len(),
        120,
        "what was typed may be a name"
    );
    for name in ["Zoë", "p001", "Ána"] {
        assert!(window.query_by_label_contains(name).is_none(), "{name}");
    }
    table(&mut window, TableCommand::SetFilter("zoe".to_owned()));
    assert_eq!(people(window.state()), []);
    table(&mut window, TableCommand::SetFilter(String::new()));
    let path = data.path().join("hidden.csv");
    table(&mut window, TableCommand::Export(path.clone()));
    until(&mut window, "the file", |_| path.exists());
    let text = fs::read_to_string(&path).expect("written");
    assert_eq!(text.lines().count(), 121);
    for name in ["Zoë", "p001", "Ána", "寿司"] {
        assert!(!text.contains(name), "{name}");
    }
}
