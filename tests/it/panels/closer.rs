//! Looking closer: the ties of one person and the posts behind them, honest rows, pairs of communities, scatter plots.

use std::sync::Arc;

use eframe::egui::{Key, Modifiers, Pos2, Rect};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::analysis::{
    Analysis, Betweenness, Bridges, Communities, Community, CommunityId, Flows, Pairs, Partition,
    pairs,
};
use isthmus::app::{Command, Drawer, Plots, RankBy, Tab};
use isthmus::people::{Addressed, PersonId, Posts, TieKind, TieSettings, build};
use isthmus::progress::Progress;

use super::fixture::{Window, as_open_map, harness, open_map};
use super::{SIZE, asked, click};

/// The card of a person in a window that is tall enough for all of it.
fn card(key: &str) -> Harness<'static, Window> {
    let mut window = Window::with_map();
    window.model.selected = vec![window.id(key)].into();
    window.model.tab = Tab::Person;
    harness(window, [1400.0, 1600.0])
}

#[test]
fn the_posts_behind_ties_are_opened_by_community() {
    let mut window = card("ana_sushi");
    assert!(window.query_by_label_contains("Ana Sushi to Ben").is_none());
    click(&mut window, "2 posts behind the ties with Foodies");
    window.get_by_label("Ana Sushi to Ben · reply · 28 May 2026");
    window.get_by_label("Cleo to Ana Sushi · reply · 28 May 2026");
    window.get_by_label("post 2 about sushi");
    // Opening another closes the first.
    click(&mut window, "1 post behind the ties with Gardeners");
    window
        .get_by_label("Ana Sushi to Dora the long-named gardener of Lisbon · reply · 29 May 2026");
    assert!(
        window
            .query_by_label_contains("Cleo to Ana Sushi")
            .is_none()
    );
    click(&mut window, "1 post behind the ties with Gardeners");
    assert!(window.query_by_label_contains(" · reply · ").is_none());
}

#[test]
fn each_community_names_its_strongest_go_betweens() {
    let mut window = card("ana_sushi");
    window.get_by_label("Show Ben, go-between to Foodies");
    let cleo = window.state().id("cleo");
    assert_eq!(
        click(&mut window, "Show Cleo, go-between to Foodies"),
        [Command::ShowPerson(cleo)]
    );
}

/// The made-up map with other facts on bridges.
fn with_bridges(change: impl FnOnce(&mut Analysis)) -> Window {
    let mut window = Window::with_map();
    let mut map = open_map();
    let mut results = (*map.results).clone();
    let mut analysis = (*results.analysis).clone();
    change(&mut analysis);
    results.analysis = Arc::new(analysis);
    map.results = Arc::new(results);
    window.model.map = Some(map);
    window
}

#[test]
fn a_bridge_of_few_runs_is_marked_as_unsteady() {
    let id = |key| Window::with_map().id(key).index();
    let (ana, ben, cleo) = (id("ana_sushi"), id("ben"), id("cleo"));
    let with = move || {
        with_bridges(|analysis| {
            let bridges = &mut analysis.bridges;
            bridges.stability[ana] = 0.4;
            bridges.stability[ben] = 0.6;
            bridges.stability[cleo] = 0.2;
            bridges.score[cleo] = 0.0;
        })
    };
    let window = harness(with(), SIZE);
    window.get_by_label("Ana Sushi, bridge 1, unsteady");
    window.get_by_label("Ben, bridge 2");
    // Without a score there is no place that could be unsteady.
    window.get_by_label("Cleo, bridge 3");
    for (person, words) in [
        (
            ana,
            "Among the 50 best bridges in only 2 of 5 runs: take with care",
        ),
        (ben, "Among the 50 best bridges in 3 of 5 runs"),
    ] {
        let mut first = with();
        first.model.selected = vec![PersonId(person as u32)].into();
        first.model.tab = Tab::Person;
        harness(first, SIZE).get_by_label(words);
    }
}

#[test]
fn the_ranking_says_what_it_finds_and_misses() {
    let mut first = Window::with_map();
    first.model.rank_by = RankBy::Reach;
    let window = harness(first, SIZE);
    window.get_by_label("The old way: the biggest accounts, often all in one or two communities");
    let window = harness(Window::with_map(), SIZE);
    window.get_by_label_contains("misses who is large in one alone");
    window.get_by_label_contains(
        "Thin data: most people here have one or two ties, so the bridge ranking is weak",
    );
}

/// What the tooltip of this row says.
fn tip(mut window: Harness<'static, Window>, row: &str) -> Vec<String> {
    window.get_by_label(row).hover();
    for _ in 0..40 {
        window.step();
    }
    let lines = window.query_all_by_label_contains("connections,");
    let text = |node: egui_kittest::Node<'_>| {
        use egui_kittest::kittest::NodeT as _;
        let facts = node.accesskit_node();
        facts.value().or(facts.label()).unwrap_or_default()
    };
    lines.map(text).collect()
}

#[test]
fn a_row_tells_in_words_that_reach_is_unknown_and_how_sure_betweenness_is() {
    let cleo = tip(harness(Window::with_map(), SIZE), "Cleo, bridge 3");
    assert_eq!(cleo.len(), 1, "{cleo:?}");
    assert!(
        cleo[0].contains("Reach unknown: the export does not tell it"),
        "{cleo:?}"
    );
    let mut sampled = with_bridges(|analysis| {
        let n = analysis.bridges.score.len();
        analysis.betweenness = Some(Betweenness {
            value: vec![1240.0; n],
            sources: 3,
            error: vec![80.4; n],
        });
    });
    sampled.model.rank_by = RankBy::Betweenness;
    let ana = tip(harness(sampled, SIZE), "Ana Sushi, bridge 1");
    assert!(ana[0].contains("standard error 80"), "{ana:?}");
}

// --- pairs and plots ---

/// Three communities of eight in which everybody answers everybody; `across` answer each other beside that.
fn circles(across: &[(usize, usize)]) -> Window {
    let mut posts = Posts::default();
    let accounts: Vec<u32> = (0..24)
        .map(|i| {
            let account = posts.account(&format!("p{i:02}")).expect("a handle");
            posts.accounts[account as usize].reach = (i % 6 != 5).then(|| 10.0 * (i + 1) as f64);
            account
        })
        .collect();
    let mut ties: Vec<(usize, usize)> = Vec::new();
    for first in [0, 8, 16] {
        for a in first..first + 8 {
            ties.extend((a + 1..first + 8).map(|b| (a, b)));
        }
    }
    ties.extend(across);
    for (from, to) in ties {
        let to = Addressed {
            account: accounts[to],
            kind: TieKind::Reply,
        };
        posts.push(accounts[from], None, "hello", &[to]);
    }
    let graph = build(&posts, &TieSettings::default(), &Progress::new()).expect("nobody cancels");
    let of: Vec<u32> = (0..24).map(|i| i / 8).collect();
    let list = ["Foodies", "News", "Chefs"].map(|name| Community {
        name: name.into(),
        words: Vec::new(),
        alternatives: Vec::new(),
        evidence: Vec::new(),
        people: 8,
        reach: 0.0,
        ties_inside: 28,
        ties_outside: 0,
        small: false,
        member: PersonId(0),
        colour: None,
    });
    let partition = Partition {
        of: of.clone(),
        sizes: vec![8; 3],
    };
    let flows = Flows::of(&graph.ties, &partition, &Progress::new()).expect("nobody cancels");
    let connections: Vec<u32> = (0..24).map(|i| graph.ties.connections(i) as u32).collect();
    let analysis = Analysis {
        communities: Communities {
            of: of.into_iter().map(|c| Some(CommunityId(c))).collect(),
            list: list.to_vec(),
            ..Communities::default()
        },
        bridges: Bridges {
            score: (0..24).map(|i| f64::from(24 - i)).collect(),
            rank: (1..=24).collect(),
            stability: vec![1.0; 24],
            communities_reached: vec![1; 24],
            connections,
            ..Bridges::default()
        },
        flows,
        ..Analysis::default()
    };
    let mut window = Window::default();
    window.model.map = Some(as_open_map(posts, graph, analysis));
    window
}

/// The pairs of an open map.
fn pairs_of(window: &Window) -> Pairs {
    let results = &window.model.map.as_ref().expect("a map").results;
    pairs(&results.graph.ties, &results.analysis, &Progress::new()).expect("nobody cancels")
}

fn with_pairs(size: [f32; 2]) -> Harness<'static, Window> {
    // Person 0 of Foodies talks with six of News; Chefs talk with nobody else.
    let across: Vec<(usize, usize)> = (8..14).map(|b| (0, b)).collect();
    let mut window = circles(&across);
    let found = pairs_of(&window);
    window.model.map.as_mut().expect("a map").closer.pairs = Some(Arc::new(found));
    harness(window, size)
}

#[test]
fn a_pair_shows_its_ties_and_connectors_and_a_gap_who_is_nearest() {
    for size in [SIZE, [900.0, 600.0]] {
        let mut window = with_pairs(size);
        assert_eq!(click(&mut window, "Pairs"), [Command::ShowPairs(true)]);
        window.get_by_label("Nobody joins 2 of 3 pairs of communities");
        click(&mut window, "Foodies and News: 6 ties, 1 connector");
        let row = |node: egui_kittest::Node<'_>| node.rect();
        let link = window.get_by_label_contains("Show p00, 7 in Foodies · 6 in News");
        assert!(row(link).right() <= size[0], "inside the window");
        let who = PersonId(0);
        // What has the keys is scrolled into sight.
        window.get_by_label("Add p00 to list").focus();
        window.run();
        let button = window.get_by_label("Add p00 to list").rect();
        assert!(button.bottom() <= size[1], "{button:?}");
        assert_eq!(
            click(&mut window, "Add p00 to list"),
            [Command::AddToList(vec![who])]
        );
        window
            .get_by_label_contains("Show p00, 7 in Foodies")
            .click();
        assert_eq!(asked(&mut window), [Command::ShowPerson(who)]);
        window
            .get_by_label("Foodies and Chefs: 0 ties, gap")
            .focus();
        window.run();

        click(&mut window, "Foodies and Chefs: 0 ties, gap");
        window.get_by_label("A gap: nobody joins the two");
        window.get_by_label("No ties between them");
        window.get_by_label_contains("Nobody is near either");
        assert!(window.query_by_label_contains("Show p00").is_none());
    }
}

#[test]
fn a_pair_is_reached_and_pressed_with_the_keys() {
    let mut window = with_pairs(SIZE);
    click(&mut window, "Pairs");
    window
        .get_by_label("Foodies and News: 6 ties, 1 connector")
        .focus();
    window.run();
    window.key_press(Key::Enter);
    window.run();
    window.get_by_label_contains("Show p00");
    assert_eq!(click(&mut window, "People"), [Command::ShowPairs(false)]);
    window.get_by_label("Ranked by bridge score");
}

#[test]
fn pairs_and_plots_that_are_not_there_yet_say_so() {
    let mut window = harness(circles(&[]), SIZE);
    click(&mut window, "Pairs");
    window.get_by_label("Counting the ties between communities…");
    click(&mut window, "Scatter plots");
    window.get_by_label("Placing everybody…");
}

fn with_plots(size: [f32; 2]) -> Harness<'static, Window> {
    let mut window = circles(&[(0, 8), (1, 9), (17, 3)]);
    let map = window.model.map.as_mut().expect("a map");
    let plots = Plots::of(&map.results, &Progress::new()).expect("nobody cancels");
    map.closer.plots = Some(Arc::new(plots));
    window.model.drawer = Some(Drawer::Plots);
    harness(window, size)
}

fn plot(window: &Harness<'_, Window>, what: &str) -> Rect {
    let name = format!("Scatter plot of {what}, 24 people");
    window.get_by_label(&name).rect()
}

fn drag(window: &mut Harness<'_, Window>, from: Pos2, to: Pos2) -> Vec<Command> {
    window.drag_at(from);
    window.run();
    window.hover_at(to);
    window.run();
    window.drop_at(to);
    asked(window)
}

#[test]
fn a_rectangle_in_a_plot_selects_everybody_in_it() {
    let mut window = with_plots(SIZE);
    let rect = plot(&window, "reach and bridge score").shrink(2.0);
    let everybody = drag(&mut window, rect.right_bottom(), rect.left_top());
    let all: Vec<PersonId> = (0..24).map(PersonId).collect();
    assert_eq!(everybody, [Command::Select(all)]);
    // The upper part holds the best: the score falls with the number.
    let upper = drag(&mut window, rect.left_top(), rect.right_center());
    let [Command::Select(best)] = upper.as_slice() else {
        panic!("{upper:?}");
    };
    assert!((2..23).contains(&best.len()), "{best:?}");
    let first: Vec<PersonId> = (0..best.len() as u32).map(PersonId).collect();
    assert_eq!(*best, first);
}

#[test]
fn a_dot_under_the_pointer_is_named_and_shown_when_clicked() {
    let mut window = with_plots(SIZE);
    let rect = plot(&window, "connections and communities reached");
    // Six people have eight connections, all others seven: theirs are the dots on the right.
    let found = (0..600).find_map(|step| {
        let (across, up) = ((step / 20) as f32, (step % 20) as f32);
        let at = rect.right_bottom() - eframe::egui::vec2(across * 12.0, up * 12.0);
        window.hover_at(at);
        window.step();
        window.step();
        let told = window.query_by_label("8 connections, 1 community reached");
        told.is_some().then_some(at)
    });
    let at = found.expect("a dot under the pointer");
    window.drag_at(at);
    window.drop_at(at);
    let asked = asked(&mut window);
    let [Command::ShowPerson(person)] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert!([0, 1, 3, 8, 9, 17].contains(&person.0), "{person:?}");
}

#[test]
fn regions_of_the_plot_are_buttons_that_select() {
    let mut window = with_plots(SIZE);
    // Of the twenty with a known reach p21 and p22 have the largest, and a low score; the best of all 24 are the first three,
    // whose reach is the lowest.
    let quiet = vec![PersonId(0), PersonId(1), PersonId(2)];
    assert_eq!(
        click(&mut window, "Select 3 people: Quiet bridges"),
        [Command::Select(quiet)]
    );
    let loud = vec![PersonId(21), PersonId(22)];
    assert_eq!(
        click(&mut window, "Select 2 people: Big mouths"),
        [Command::Select(loud)]
    );
}

#[test]
fn the_plots_are_opened_and_closed_and_one_is_chosen_where_two_have_no_room() {
    let mut window = with_plots([900.0, 600.0]);
    plot(&window, "reach and bridge score");
    let other = "Scatter plot of connections and communities reached, 24 people";
    assert!(window.query_by_label(other).is_none());
    click(&mut window, "Connections");
    window.get_by_label(other);
    assert_eq!(
        click(&mut window, "Close what is below the map"),
        [Command::ShowDrawer(None)]
    );
    assert!(window.query_by_label(other).is_none());
    click(&mut window, "View");
    window.get_by_label_contains("Below the map").click();
    window.run();
    assert_eq!(
        click(&mut window, "Open the scatter plots"),
        [Command::ShowDrawer(Some(Drawer::Plots))]
    );
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run();
    let field = window.get_by_label("Command, person or question");
    field.type_text("close what is below");
    window.run();
    window.key_press(Key::Enter);
    assert!(asked(&mut window).contains(&Command::ShowDrawer(None)));
}

#[test]
fn an_idle_window_with_plots_and_pairs_asks_for_no_repaint() {
    let mut first = circles(&[(0, 8)]);
    let found = pairs_of(&first);
    let map = first.model.map.as_mut().expect("a map");
    let plots = Plots::of(&map.results, &Progress::new()).expect("nobody cancels");
    map.closer.plots = Some(Arc::new(plots));
    map.closer.pairs = Some(Arc::new(found));
    (first.model.drawer, first.model.pairs_shown) = (Some(Drawer::Plots), true);
    let mut window = harness(first, SIZE);
    window.run();
    for _ in 0..5 {
        window.step();
        let causes = window.ctx.repaint_causes();
        assert!(!window.ctx.has_requested_repaint(), "{causes:?}");
    }
}
