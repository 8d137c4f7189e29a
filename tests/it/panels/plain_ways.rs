//! What somebody finds who has never seen the window: the doors below the map, the posts of a community and of a week, and menus
//! that are whole.

use eframe::egui::Key;
use egui_kittest::kittest::Queryable as _;
use isthmus::analysis::CommunityId;
use isthmus::app::{
    AskCommand, Command, Drawer, Play, PostScope, ReadCommand, Sheet, Tab, TimeCommand,
};
use isthmus::campaign::TimeSpan;
use isthmus::explore::Question;

use super::fixture::{Window, harness};
use super::{SIZE, asked, click, open};

const FIELD: &str = "Command, person or question";

#[test]
fn what_stands_below_the_map_has_a_door_while_it_is_closed() {
    for (door, drawer) in [
        ("People below the map", Drawer::People),
        ("Posts below the map", Drawer::Posts),
        ("Time below the map", Drawer::Time),
        ("Plots below the map", Drawer::Plots),
    ] {
        let mut window = open();
        assert_eq!(
            click(&mut window, door),
            [Command::ShowDrawer(Some(drawer))]
        );
        assert!(
            window.query_by_label(door).is_none(),
            "its tabs stand there now"
        );
        window.get_by_label("Close what is below the map");
    }
}

#[test]
fn a_second_click_on_a_community_lights_all_and_leaves_its_page() {
    let mut window = open();
    let foodies = "Foodies, 3 people · reach 13.2k";
    click(&mut window, foodies);
    assert_eq!(window.state().model.isolated, Some(CommunityId(0)));
    assert_eq!(click(&mut window, foodies), [Command::Isolate(None)]);
}

#[test]
fn every_menu_is_whole_in_a_small_window() {
    for name in ["File", "Edit", "View", "Help"] {
        let mut window = harness(Window::with_map(), [1280.0, 720.0]);
        window.get_by_label(name).click();
        window.run();
        let last = match name {
            "File" => "Quit",
            "Edit" => "Suggest waves",
            "View" => "Text",
            _ => "Keys and gestures",
        };
        let rect = window.get_by_label_contains(last).rect();
        assert!(rect.bottom() <= 720.0, "{name}: {rect:?}");
    }
}

#[test]
fn the_posts_of_a_community_are_one_click_from_its_page_and_named_where_they_are_listed() {
    let mut window = Window::with_map();
    window.model.community = Some(CommunityId(0));
    window.model.tab = Tab::Community;
    window.look_closer();
    let mut window = harness(window, SIZE);
    let read = |asked| Command::Read(asked);
    assert_eq!(
        click(&mut window, "Read posts of Foodies"),
        [
            read(ReadCommand::SetScope(PostScope::Community)),
            read(ReadCommand::Search(String::new())),
            Command::ShowDrawer(Some(Drawer::Posts)),
        ]
    );
    window.get_by_label("Posts listed, By Foodies");
}

#[test]
fn the_posts_of_the_step_that_is_lit_are_one_click_away() {
    let mut window = Window::with_map();
    window.model.drawer = Some(Drawer::Time);
    window.look_closer();
    let mut window = harness(window, SIZE);
    assert!(window.query_by_label("Read these posts").is_none());
    window.state_mut().model.timing.play = Some(Play {
        step: 7,
        paused: true,
        due: 0.0,
    });
    window.run();
    let asked = click(&mut window, "Read these posts");
    let [
        Command::Time(TimeCommand::Show(Some(TimeSpan { from, until }))),
        scope,
        search,
        drawer,
    ] = asked.as_slice()
    else {
        panic!("{asked:?}");
    };
    // The first post is of 28 May 2026, 20:26 UTC; the eighth hour from 20:00 begins at 03:00.
    let eighth = 1_780_023_600;
    assert_eq!((*from, *until), (eighth, eighth + 3600));
    assert_eq!(
        *scope,
        Command::Read(ReadCommand::SetScope(PostScope::Shown))
    );
    let no_words = ReadCommand::Search(String::new());
    assert_eq!(*search, Command::Read(no_words));
    assert_eq!(*drawer, Command::ShowDrawer(Some(Drawer::Posts)));
}

fn with_palette(text: &str) -> egui_kittest::Harness<'static, Window> {
    let mut first = Window::with_map();
    first.model.sheet = Some(Sheet::Palette);
    let mut window = harness(first, SIZE);
    window.get_by_label(FIELD).type_text(text);
    window.run();
    window
}

#[test]
fn plain_words_find_what_has_another_name() {
    for (typed, label) in [
        ("groups", "What are the communities about?"),
        ("contacts", "Show the List tab"),
        ("messages", "Open the posts"),
        ("timeline", "Open the time line"),
        ("week", "What was talked about in the last week?"),
    ] {
        let window = with_palette(typed);
        window.get_by_label(label);
        assert!(
            window
                .query_by_label_contains("Nothing here is called so")
                .is_none(),
            "{typed}"
        );
    }
}

#[test]
fn where_nothing_is_found_stands_what_is_asked_most_and_enter_takes_none_of_it_unasked() {
    let mut window = with_palette("zzzz");
    window.get_by_label_contains("Nothing here is called so");
    window.get_by_label("What are the communities about?");
    window.key_press(Key::Enter);
    assert_eq!(asked(&mut window), []);
    window.key_press(Key::ArrowDown);
    window.run();
    window.key_press(Key::Enter);
    let topics = AskCommand::Question(Box::new(Question::Topics));
    assert_eq!(
        asked(&mut window),
        [Command::ShowPalette(false), Command::Ask(topics)]
    );
}

#[test]
fn the_first_questions_are_what_it_is_about_who_stands_between_and_what_was_said_when() {
    let mut first = Window::with_map();
    first.model.sheet = Some(Sheet::Palette);
    let mut window = harness(first, SIZE);
    let labels = [
        "What are the communities about?",
        "Who links two communities?",
        "What was talked about in the last week?",
        "When was it busiest?",
        "Who should I ask first?",
        "Who are the best bridges?",
    ];
    let tops = labels.map(|label| window.get_by_label(label).rect().top());
    assert!(tops.is_sorted(), "{tops:?}");
    assert_eq!(
        click(&mut window, "Who links two communities?"),
        [
            Command::ShowPalette(false),
            Command::ShowTab(Tab::Bridges),
            Command::ShowPairs(true)
        ]
    );
}
