//! The palette and the sheet of keys, what Escape closes first, and rows that the keys go through.

use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::analysis::{CommunityId, SizeBy};
use isthmus::app::{Command, LayoutNow, RankBy, Sheet, Tab, ThemeChoice};

use super::fixture::{Window, harness};
use super::{SIZE, asked, click, open};

const FIELD: &str = "Command, person or question";

fn with_palette() -> Harness<'static, Window> {
    let mut window = open();
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    assert_eq!(asked(&mut window), [Command::ShowPalette(true)]);
    window.run();
    assert!(window.get_by_label(FIELD).is_focused());
    window
}

fn types(window: &mut Harness<'_, Window>, text: &str) {
    window.event(Event::Text(text.to_owned()));
    window.run();
}

fn press(window: &mut Harness<'_, Window>, key: Key) -> Vec<Command> {
    window.key_press(key);
    asked(window)
}

#[test]
fn what_is_typed_finds_commands_people_and_questions_and_enter_takes_the_best() {
    let close = Command::ShowPalette(false);
    let ana = Window::with_map().id("ana_sushi");
    let by = |by| [Command::RankBy(by), Command::ShowTab(Tab::Bridges)];
    let cases: [(&str, Vec<Command>); 9] = [
        ("best bridges", by(RankBy::BridgeScore).to_vec()),
        ("who reaches most people", by(RankBy::Reach).to_vec()),
        (
            "rank connections across",
            by(RankBy::ConnectionsAcross).to_vec(),
        ),
        ("ana_su", vec![Command::ShowPerson(ana)]),
        ("isolate food", vec![Command::Isolate(Some(CommunityId(0)))]),
        (
            "HÎDE gard",
            vec![Command::SetCommunityShown(CommunityId(1), false)],
        ),
        ("dots same", vec![Command::SetSizeBy(SizeBy::Same)]),
        ("theme light", vec![Command::SetTheme(ThemeChoice::Light)]),
        ("list tab", vec![Command::ShowTab(Tab::List)]),
    ];
    for (typed, expected) in cases {
        let mut window = with_palette();
        types(&mut window, typed);
        let asked = press(&mut window, Key::Enter);
        assert_eq!(asked[0], close, "{typed}");
        assert_eq!(asked[1..], expected, "{typed}");
        assert!(window.query_by_label(FIELD).is_none());
    }
}

#[test]
fn beginnings_of_words_come_before_middles_and_arrows_choose_another_line() {
    let mut window = with_palette();
    types(&mut window, "on");
    let top = |label: &str| window.get_by_label(label).rect().top();
    let begins = top("Who lies on most ways between others?");
    let (person, inside) = (top("Lone @lone"), top("Show the Person tab"));
    assert!(begins < person && person < inside);
    let mut window = with_palette();
    types(&mut window, "size of dots");
    window.key_press(Key::ArrowDown);
    window.run();
    let asked = press(&mut window, Key::Enter);
    assert_eq!(asked[1..], [Command::SetSizeBy(SizeBy::Connections)]);
}

#[test]
fn what_would_do_nothing_is_not_offered() {
    let mut window = with_palette();
    types(&mut window, "layout");
    assert!(window.query_by_label("Pause the layout").is_none());
    let mut first = Window::with_map();
    first.model.layout = LayoutNow::Paused;
    first.model.sheet = Some(Sheet::Palette);
    let mut window = harness(first, SIZE);
    types(&mut window, "layout");
    window.get_by_label("Go on with the layout");

    let mut first = Window::default();
    first.model.sheet = Some(Sheet::Palette);
    let mut window = harness(first, SIZE);
    types(&mut window, "o");
    window.get_by_label("Open folder…");
    for label in [
        "Close the map",
        "Undo",
        "Export map…",
        "Who are the best bridges?",
    ] {
        assert!(window.query_by_label(label).is_none(), "{label}");
    }
}

#[test]
fn what_was_used_lately_stands_first_when_nothing_is_typed() {
    let mut window = with_palette();
    types(&mut window, "whole map");
    press(&mut window, Key::Enter);
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    asked(&mut window);
    window.run();
    assert_eq!(press(&mut window, Key::Enter)[1..], [Command::FitAll]);
}

#[test]
fn the_palette_closes_by_escape_by_a_click_outside_and_by_its_own_keys() {
    let close = [Command::ShowPalette(false)];
    let mut window = with_palette();
    assert_eq!(press(&mut window, Key::Escape), close);
    let mut window = with_palette();
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    assert_eq!(asked(&mut window), close);
    let mut window = with_palette();
    let corner = eframe::egui::pos2(SIZE[0] - 20.0, SIZE[1] - 20.0);
    window.hover_at(corner);
    window.run();
    for pressed in [true, false] {
        window.event(Event::PointerButton {
            pos: corner,
            button: eframe::egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.run();
    }
    assert_eq!(asked(&mut window), close);
    assert!(window.query_by_label(FIELD).is_none());
}

#[test]
fn the_palette_opens_while_a_note_is_typed_and_gives_the_keys_back() {
    let mut first = Window::with_map();
    first.list("ben", "Ben");
    first.model.tab = Tab::List;
    let mut window = harness(first, SIZE);
    window.get_by_label("Note on Ben").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run();
    assert!(window.get_by_label(FIELD).is_focused());
    window.key_press(Key::Escape);
    window.run();
    assert!(window.get_by_label("Note on Ben").is_focused());
}

#[test]
fn the_menus_lead_to_the_palette_and_to_the_sheet_of_keys() {
    let mut window = open();
    click(&mut window, "View");
    assert_eq!(
        click(&mut window, "Command palette… Ctrl+K"),
        [Command::ShowPalette(true)]
    );
    let mut window = open();
    click(&mut window, "Help");
    assert_eq!(
        click(&mut window, "Keys and gestures ?"),
        [Command::ShowKeys(true)]
    );
}

#[test]
fn the_sheet_lists_keys_by_what_they_are_about_and_closes_again() {
    for key in [Key::Escape, Key::Questionmark] {
        let mut window = open();
        assert_eq!(
            press(&mut window, Key::Questionmark),
            [Command::ShowKeys(true)]
        );
        window.run();
        for group in ["Map", "Selection", "Window"] {
            window.get_by_label(group);
        }
        assert_eq!(
            window.query_all_by_label("File").count(),
            2,
            "menu and group"
        );
        let beside = |keys: &str, does: &str| {
            let (keys, does) = (window.get_by_label(keys), window.get_by_label(does));
            let (keys, does) = (keys.rect(), does.rect());
            (keys.center().y - does.center().y).abs() < 4.0 && keys.right() <= does.left()
        };
        assert!(beside("B", "Everyone or the bridges"));
        assert!(beside("Ctrl+W", "Close the map"));
        assert!(beside("Ctrl+K", "Command palette"));
        assert!(beside("Wheel, pinch", "Zoom to the pointer"));
        assert_eq!(press(&mut window, key), [Command::ShowKeys(false)]);
        assert!(window.query_by_label("Zoom to the pointer").is_none());
    }
}

#[test]
fn escape_peels_one_layer_at_a_time() {
    let mut first = Window::with_map();
    let ana = first.id("ana_sushi");
    first.model.selected = vec![ana].into();
    first.model.isolated = Some(CommunityId(0));
    let mut window = harness(first, SIZE);
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    asked(&mut window);
    window.run();
    types(&mut window, "dora");
    let value = |window: &Harness<'_, Window>| {
        let field = window.get_by_label("Find a person");
        field.value().unwrap_or_default()
    };
    assert_eq!(value(&window), "dora");
    window.key_press(Key::Questionmark); // a letter here
    click(&mut window, "Help");
    assert_eq!(press(&mut window, Key::Escape), [], "the menu");
    assert_eq!(value(&window), "dora");
    assert_eq!(press(&mut window, Key::Escape), [], "what is typed");
    assert_eq!(value(&window), "");
    assert_eq!(press(&mut window, Key::Escape), [Command::Select(vec![])]);
    assert_eq!(press(&mut window, Key::Escape), [Command::Isolate(None)]);
    assert_eq!(press(&mut window, Key::Escape), []);
}

#[test]
fn escape_in_a_note_only_leaves_the_note() {
    let mut first = Window::with_map();
    first.list("ben", "Ben");
    first.model.tab = Tab::List;
    first.model.selected = vec![first.id("ana_sushi")].into();
    let mut window = harness(first, SIZE);
    window.get_by_label("Note on Ben").focus();
    window.run();
    asked(&mut window);
    assert_eq!(press(&mut window, Key::Escape), [Command::CloseStep]);
    assert!(!window.get_by_label("Note on Ben").is_focused());
}

#[test]
fn arrows_go_through_the_table_and_the_row_with_the_keys_is_added() {
    let mut window = open();
    let (ben, cleo) = (window.state().id("ben"), window.state().id("cleo"));
    window.get_by_label("Ana Sushi, bridge 1").focus();
    window.run();
    window.key_press(Key::ArrowDown);
    window.run();
    assert!(window.get_by_label("Ben, bridge 2").is_focused());
    window.key_press(Key::ArrowDown);
    window.run();
    assert_eq!(press(&mut window, Key::A), [Command::ToggleOnList(cleo)]);
    window.key_press(Key::ArrowUp);
    window.run();
    assert_eq!(
        press(&mut window, Key::Plus),
        [Command::AddToList(vec![ben])]
    );
    assert_eq!(press(&mut window, Key::Enter), [Command::ShowPerson(ben)]);
    window.key_press(Key::End);
    window.run();
    assert!(window.get_by_label("Lone, bridge 9").is_focused());
    window.key_press(Key::Home);
    window.run();
    assert!(window.get_by_label("Ana Sushi, bridge 1").is_focused());
}

#[test]
fn a_row_out_of_sight_is_brought_into_sight_by_the_keys() {
    let mut window = harness(Window::with_map(), [1000.0, 480.0]);
    assert!(window.query_by_label("Lone, bridge 9").is_none());
    window.get_by_label("Ana Sushi, bridge 1").focus();
    window.run();
    window.key_press(Key::End);
    window.run();
    let row = window.get_by_label("Lone, bridge 9");
    assert!(row.is_focused());
    assert!(row.rect().bottom() <= 450.0, "{:?}", row.rect());
}

#[test]
fn an_arrow_right_after_the_focus_came_moves_one_row_only() {
    let mut window = open();
    window.get_by_label("Ana Sushi, bridge 1").focus();
    window.step();
    window.key_press(Key::ArrowDown);
    window.run();
    assert!(window.get_by_label("Ben, bridge 2").is_focused());
}

#[test]
fn accents_do_not_matter_in_the_find_field() {
    let mut window = open();
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    asked(&mut window);
    window.run();
    types(&mut window, "Dórà THE lông");
    let dora = window.state().id("dora");
    assert_eq!(press(&mut window, Key::Enter), [Command::ShowPerson(dora)]);
}

#[test]
fn a_menu_opened_and_chosen_from_by_keys_gives_them_back_to_its_button() {
    let mut window = open();
    window.get_by_label("Size of dots, Reach").focus();
    window.run();
    assert_eq!(press(&mut window, Key::Enter), []);
    assert!(
        window
            .get_by_label("Reach, true areas")
            .rect()
            .is_positive()
    );
    window.key_press(Key::ArrowDown);
    window.run();
    assert!(window.get_by_label("Reach, true areas").is_focused());
    let chosen = Command::SetSizeBy(SizeBy::ReachArea);
    assert_eq!(press(&mut window, Key::Enter), [chosen]);
    assert!(window.query_by_label("Reach, true areas").is_none());
    assert!(window.get_by_label("Size of dots, Reach").is_focused());
}
