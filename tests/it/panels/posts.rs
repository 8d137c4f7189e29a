//! The list of posts and the posts in a person's card, used by label as a person would.

use eframe::egui::Key;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{Command, Drawer, PostOrder, PostScope, ReadCommand, Tab};
use isthmus::people::PersonId;

use super::fixture::{Window, harness};
use super::{SIZE, asked, click};

/// A window with the list below the map, high enough for a few rows.
fn with_posts(prepare: impl FnOnce(&mut Window)) -> Harness<'static, Window> {
    let mut window = Window::with_map();
    window.model.drawer = Some(Drawer::Posts);
    prepare(&mut window);
    window.look_closer();
    harness(window, SIZE)
}

fn read(asked: ReadCommand) -> Command {
    Command::Read(asked)
}

/// What a screen reader says of a row: who, when, to whom, what.
const LAST: &str = "Emil, 29 May 2026, 05:26, answers 寿司太郎, post 9 about sushi";
const FIRST: &str = "Ana Sushi, 28 May 2026, 20:26, answers Ben, post 0 about sushi";

#[test]
fn the_newest_post_is_first_and_the_order_can_be_turned() {
    let mut window = with_posts(|_| ());
    window.get_by_label("10 posts");
    window.get_by_label(LAST);
    assert!(
        window.query_by_label(FIRST).is_none(),
        "out of sight, not drawn"
    );
    assert_eq!(
        click(&mut window, "Newest first"),
        [read(ReadCommand::SetOrder(PostOrder::Oldest))]
    );
    window.get_by_label(FIRST);
    assert!(window.query_by_label(LAST).is_none());
}

#[test]
fn an_opened_post_shows_whom_it_addresses_and_its_text_can_be_copied() {
    let mut window = with_posts(|_| ());
    assert!(window.query_by_label("Copy text").is_none());
    click(&mut window, LAST);
    let copied = click(&mut window, "Copy text");
    assert_eq!(copied, [read(ReadCommand::CopyText(9))]);
    let sushi = window.state().id("寿司太郎");
    assert_eq!(
        click(&mut window, "Show 寿司太郎, whom the post answers"),
        [Command::ShowPerson(sushi)]
    );
    click(&mut window, LAST);
    assert!(window.query_by_label("Copy text").is_none());
}

#[test]
fn the_author_of_a_post_is_shown_by_a_click_and_rows_are_walked_with_the_keys() {
    let mut window = with_posts(|_| ());
    window.get_by_label(LAST).focus();
    window.run();
    window.key_press(Key::Enter);
    window.run();
    window.get_by_label("Copy text");
    for _ in 0..9 {
        window.key_press(Key::ArrowDown);
        window.run();
    }
    // The last row was scrolled into sight and has the keys; what was opened is closed.
    assert!(window.query_by_label("Copy text").is_none());
    window.get_by_label(FIRST);
    window.key_press(Key::Enter);
    window.run();
    let copied = click(&mut window, "Copy text");
    assert_eq!(copied, [read(ReadCommand::CopyText(0))]);
}

#[test]
fn words_are_searched_and_what_has_none_says_so() {
    let mut window = with_posts(|_| ());
    window.get_by_label("Search in posts").focus();
    window.run();
    window.get_by_label("Search in posts").type_text("SUSHI 7");
    let search = |words: &str| [read(ReadCommand::Search(words.into()))];
    assert_eq!(asked(&mut window), search("SUSHI 7"));
    window.get_by_label("1 of 10 posts");
    window.get_by_label_contains("post 7 about sushi");
    assert!(window.query_by_label(LAST).is_none());

    window.get_by_label("Search in posts").type_text("x");
    assert_eq!(asked(&mut window), search("SUSHI 7x"));
    window.get_by_label("No post has all of these words");
    assert_eq!(
        click(&mut window, "Empty the search"),
        [read(ReadCommand::Search(String::new()))]
    );
    window.get_by_label(LAST);
}

#[test]
fn posts_of_the_selection_or_around_it_are_chosen_in_a_menu() {
    let mut window = with_posts(|window| {
        window.model.selected = vec![window.id("ana_sushi")].into();
    });
    let mut scope = |now: &str, then: &str| {
        window.get_by_label(&format!("Posts listed, {now}")).click();
        window.run();
        click(&mut window, then)
    };
    assert_eq!(
        scope("All posts", "By the selection"),
        [read(ReadCommand::SetScope(PostScope::Selected))]
    );
    scope("By the selection", "By or to the selection");
    // Ana wrote posts 0, 6 and 7; post 2 answers her.
    window.get_by_label("4 posts");
    window.state_mut().model.selected.clear();
    window.state_mut().look_closer();
    window.run();
    window.get_by_label("Select somebody on the map to read what they wrote");
    assert_eq!(
        click(&mut window, "All posts"),
        [read(ReadCommand::SetScope(PostScope::Shown))]
    );
    window.get_by_label("10 posts");
}

#[test]
fn a_card_shows_what_was_written_and_received_and_searches_it() {
    let mut window = Window::with_map();
    let ana = window.id("ana_sushi");
    window.model.selected = vec![ana].into();
    window.model.tab = Tab::Person;
    let mut window = harness(window, [1400.0, 2000.0]);
    window.get_by_label("3 posts, 1 to them");
    window.get_by_label_contains("Cleo, 28 May 2026, 22:26, answers Ana Sushi");
    window.get_by_label("Replies, 3 given, 1 received");
    click(&mut window, "Received");
    window.get_by_label_contains("Cleo, 28 May 2026");
    assert!(window.query_by_label(FIRST).is_none());
    click(&mut window, "Written");
    window.get_by_label(FIRST);
    assert!(
        window
            .query_by_label_contains("Cleo, 28 May 2026")
            .is_none()
    );
    let field = "Search in this person's posts";
    window.get_by_label(field).focus();
    window.run();
    window.get_by_label(field).type_text("6");
    window.run();
    window.get_by_label_contains("post 6 about sushi");
    assert!(window.query_by_label(FIRST).is_none());
    window.state_mut().asked.clear();
    let all: Vec<PersonId> = vec![ana];
    assert_eq!(
        click(&mut window, "Show all 1 in Posts"),
        [
            Command::Select(all),
            read(ReadCommand::SetScope(PostScope::Selected)),
            read(ReadCommand::Search("6".into())),
            Command::ShowDrawer(Some(Drawer::Posts)),
        ]
    );
    window.get_by_label("1 of 3 posts");
    // What is folded stays folded, for others too.
    click(&mut window, "Strongest contacts");
    let contacts = |window: &Harness<'_, Window>| window.query_all_by_label("Show Gus").count();
    let folded = contacts(&window);
    window.state_mut().model.selected = vec![window.state().id("寿司太郎")].into();
    window.run();
    assert_eq!((folded, contacts(&window)), (0, 0));
    click(&mut window, "Strongest contacts");
    assert_eq!(contacts(&window), 1);
}
