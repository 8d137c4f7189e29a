//! The find field as a person uses it: sections, arrows, everybody at once, and what is said where nobody is called so.

use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use isthmus::analysis::CommunityId;
use isthmus::app::{AskCommand, Command, Drawer, FilterCommand, Tab};
use isthmus::campaign::Filter;
use isthmus::explore::Question;

use super::fixture::Window;
use super::{asked, click, open};

fn finding(text: &str) -> Harness<'static, Window> {
    let mut window = open();
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    asked(&mut window);
    window.run();
    window.event(Event::Text(text.to_owned()));
    window.run();
    window
}

#[test]
fn communities_and_posts_are_found_below_people_and_arrows_lead_there() {
    let mut window = finding("sushi");
    let top = |label: &str| window.get_by_label(label).rect().top();
    let person = top("Ana Sushi @ana_sushi");
    // By the word that every community of the fixture has.
    let community = top("Foodies · says sushi, 3 people");
    let posts = top("sushi · 10 posts by 7 people");
    assert!(person < community && community < top("In posts") && top("In posts") < posts);
    window.key_press(Key::ArrowDown);
    window.run();
    window.key_press(Key::Enter);
    let id = Some(CommunityId(0));
    assert_eq!(
        asked(&mut window),
        [Command::Isolate(id), Command::ShowCommunity(id)]
    );
}

#[test]
fn words_of_posts_become_a_filter_and_open_the_posts() {
    let mut window = finding("sushi");
    let filter = Filter {
        words: "sushi".to_owned(),
        ..Filter::default()
    };
    assert_eq!(
        click(&mut window, "sushi · 10 posts by 7 people"),
        [
            Command::Filter(FilterCommand::Set(
                Box::new(filter),
                "show posts with sushi".to_owned()
            )),
            Command::ShowDrawer(Some(Drawer::Posts)),
        ]
    );
}

#[test]
fn everybody_found_is_selected_at_once_by_keys_and_by_the_pointer() {
    // Ben, Dora (long-named gardener of Lisbon), Lone: those with an n that begins no word too.
    let mut window = finding("n");
    let people = ["ana_sushi", "ben", "dora", "lone"]
        .map(|key| window.state().id(key))
        .to_vec();
    let expected = [
        Command::Select(people),
        Command::ShowTab(Tab::Person),
        Command::FitSelection,
    ];
    window.key_press_modifiers(Modifiers::SHIFT, Key::Enter);
    assert_eq!(asked(&mut window), expected);
    let mut window = finding("n");
    assert_eq!(click(&mut window, "Select all 4"), expected);
}

#[test]
fn misspelt_names_are_found_and_said_to_be_alike() {
    let mut window = finding("anna_sushi");
    window.get_by_label("Nobody is called exactly so; people with names alike");
    let ana = window.state().id("ana_sushi");
    window.key_press(Key::Enter);
    assert_eq!(asked(&mut window), [Command::ShowPerson(ana)]);
    let window = finding("qqqq");
    window.get_by_label("Nobody is called so, no community is, and no post has it");
}

#[test]
fn the_palette_completes_questions_with_communities_and_people() {
    let with = |text: &str| {
        let mut window = open();
        window.key_press_modifiers(Modifiers::COMMAND, Key::K);
        asked(&mut window);
        window.run();
        window.event(Event::Text(text.to_owned()));
        window.run();
        window
    };
    let question = |question| Command::Ask(AskCommand::Question(Box::new(question)));
    let mut window = with("who links food and gard");
    window.get_by_label("Who links Foodies and Gardeners?");
    window.key_press(Key::Enter);
    let joins = Question::Joins([0, 1].map(CommunityId));
    assert_eq!(
        asked(&mut window),
        [Command::ShowPalette(false), question(joins)]
    );

    let mut window = with("who could replace ana su");
    window.get_by_label("Who could replace Ana Sushi?");
    let ana = window.state().id("ana_sushi");
    window.key_press(Key::Enter);
    assert_eq!(
        asked(&mut window),
        [
            Command::ShowPalette(false),
            question(Question::Replaces(ana))
        ]
    );

    // What is only begun is gone on with in the field.
    let mut window = with("who could replace");
    window.key_press(Key::Enter);
    assert_eq!(asked(&mut window), []);
    let field = window.get_by_label("Command, person or question");
    assert_eq!(field.value().as_deref(), Some("Who could replace @"));
    window.event(Event::Text("emi".to_owned()));
    window.run();
    let emil = window.state().id("emil");
    window.key_press(Key::Enter);
    assert_eq!(
        asked(&mut window),
        [
            Command::ShowPalette(false),
            question(Question::Replaces(emil))
        ]
    );
}
