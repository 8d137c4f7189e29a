//! The panels, used by label as a person would: what is clicked and typed becomes commands.

mod closer;
mod community;
mod find;
mod fixture;
mod import;
mod palette;
mod plain_ways;
mod plan;
mod posts;
mod time;

use eframe::egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use fixture::{Window, harness, pending_import};
use isthmus::app::{Command, LayoutNow, RankBy, Tab, ThemeChoice, fonts_for};
use isthmus::campaign::{Edit, Status};
use isthmus::problem::Problem;
use isthmus::render::Picture;

const SIZE: [f32; 2] = [1400.0, 900.0];

fn open() -> Harness<'static, Window> {
    harness(Window::with_map(), SIZE)
}

/// What was asked for, and forgets it.
fn asked(window: &mut Harness<'_, Window>) -> Vec<Command> {
    window.run_ok(); // background work goes on asking for repaints
    let mut asked = std::mem::take(&mut window.state_mut().asked);
    asked.dedup();
    asked
}

fn click(window: &mut Harness<'_, Window>, label: &str) -> Vec<Command> {
    window.get_by_label(label).click();
    asked(window)
}

#[test]
fn plus_beside_a_bridge_adds_them_and_the_row_shows_them() {
    let mut window = open();
    let ana = window.state().id("ana_sushi");
    assert_eq!(
        click(&mut window, "Add Ana Sushi to list"),
        [Command::AddToList(vec![ana])]
    );
    assert_eq!(
        click(&mut window, "Ana Sushi, bridge 1"),
        [Command::ShowPerson(ana)]
    );
}

#[test]
fn rows_of_the_table_are_reached_and_pressed_by_keyboard() {
    let mut window = open();
    let ben = window.state().id("ben");
    window.get_by_label("Ben, bridge 2").focus();
    window.run();
    window.key_press(Key::Enter);
    assert_eq!(asked(&mut window), [Command::ShowPerson(ben)]);
}

#[test]
fn betweenness_is_offered_before_it_was_measured() {
    let mut window = open();
    window.get_by_label("Ranked by bridge score").click();
    window.run();
    assert_eq!(
        click(&mut window, "Betweenness (measure)"),
        [Command::RankBy(RankBy::Betweenness)]
    );
}

#[test]
fn thin_data_is_told() {
    let window = open();
    window.get_by_label_contains("take this ranking as a hint");
}

#[test]
fn a_community_is_lit_alone_and_hidden_by_its_eye() {
    let mut window = open();
    let foodies = isthmus::analysis::CommunityId(0);
    let reads = Command::ShowCommunity(Some(foodies));
    assert_eq!(
        click(&mut window, "Foodies, 3 people · reach 13.2k"),
        [Command::Isolate(Some(foodies)), reads]
    );
    assert_eq!(
        click(&mut window, "Hide Foodies"),
        [Command::SetCommunityShown(foodies, false)]
    );
    window.state_mut().model.hidden.insert(foodies);
    window.state_mut().model.isolated = Some(foodies);
    window.run();
    assert_eq!(
        click(&mut window, "Show all"),
        [
            Command::Isolate(None),
            Command::SetCommunityShown(foodies, true)
        ]
    );
}

/// Opens the menu of a community, by its small button.
fn open_menu(window: &mut Harness<'static, Window>, community: &str) {
    window.get_by_label(&format!("Menu of {community}")).click();
    window.run();
}

#[test]
fn the_menu_of_a_community_colours_merges_and_lights_it() {
    let mut window = open();
    let [foodies, gardeners] = [0, 1].map(isthmus::analysis::CommunityId);
    open_menu(&mut window, "Foodies");
    window.get_by_label("Colour").click();
    window.run();
    assert_eq!(
        click(&mut window, "Pale green"),
        [Command::ColourCommunity(foodies, Some(8))]
    );
    open_menu(&mut window, "Foodies");
    window.get_by_label("Merge with").click();
    window.run();
    assert_eq!(
        click(&mut window, "Gardeners"),
        [Command::MergeCommunities(foodies, gardeners)]
    );
    open_menu(&mut window, "Gardeners");
    assert_eq!(
        click(&mut window, "Only this one"),
        [Command::Isolate(Some(gardeners))]
    );
}

#[test]
fn a_community_is_renamed_in_its_place_and_escape_leaves_its_name() {
    let mut window = open();
    let foodies = isthmus::analysis::CommunityId(0);
    for (key, asked) in [
        (Key::Escape, Vec::new()),
        (
            Key::Enter,
            vec![Command::NameCommunity(foodies, "Ramen people".to_owned())],
        ),
    ] {
        let below = |window: &Harness<'_, Window>| window.get_by_label("Hide Gardeners").rect();
        let before = below(&window);
        open_menu(&mut window, "Foodies");
        window.get_by_label("Rename…").click();
        window.run();
        assert_eq!(below(&window), before, "the rows below stay");
        // The old name is marked: what is typed takes its place.
        let field = window.get_by_label("Name of the community");
        assert!(field.is_focused());
        field.type_text("Ramen people");
        window.run();
        window.state_mut().asked.clear();
        window.key_press(key);
        window.run();
        assert_eq!(window.state().asked, asked);
        assert!(window.query_by_label("Name of the community").is_none());
    }
}

#[test]
fn there_are_fewer_or_more_communities_a_step_at_a_time() {
    use isthmus::analysis::{RESOLUTIONS, Resolution};
    let mut window = open();
    let step = |at: usize| [Command::SetResolution(Resolution::Fixed(RESOLUTIONS[at]))];
    assert_eq!(click(&mut window, "Fewer, larger communities"), step(1));
    assert_eq!(click(&mut window, "More, smaller communities"), step(3));
    assert_eq!(
        click(&mut window, "Automatic number of communities"),
        [Command::SetResolution(Resolution::Auto)]
    );
    let finest = RESOLUTIONS[RESOLUTIONS.len() - 1];
    window.state_mut().model.campaign.map.resolution = Resolution::Fixed(finest);
    window.run();
    let more = window.get_by_label("More, smaller communities");
    assert!(more.accesskit_node().is_disabled());
}

#[test]
fn control_and_a_number_keep_a_selection_and_bring_it_back() {
    let mut window = open();
    let both = Modifiers::COMMAND | Modifiers::SHIFT;
    for (modifiers, asked) in [
        (both, Command::StoreSelection(3)),
        (Modifiers::COMMAND, Command::RecallSelection(3)),
    ] {
        window.state_mut().asked.clear();
        window.key_press_modifiers(modifiers, Key::Num3);
        window.run();
        assert_eq!(window.state().asked, [asked]);
    }
}

fn with_list() -> Harness<'static, Window> {
    let mut window = Window::with_map();
    window.list("ana_sushi", "Ana Sushi");
    window.list("ben", "Ben");
    window.list("gone", "Gone");
    window.model.tab = Tab::List;
    harness(window, SIZE)
}

#[test]
fn a_status_is_chosen_from_six() {
    let mut window = with_list();
    window.get_by_label("Status of Ben, to contact").click();
    window.run();
    for status in ["Contacted", "Answered", "Declined", "Do not contact"] {
        window.get_by_label(status);
    }
    assert_eq!(
        click(&mut window, "Ambassador"),
        [Command::Edit(Edit::SetStatus {
            person: "ben".into(),
            status: Status::Ambassador,
        })]
    );
    window.get_by_label("Status of Ben, ambassador");
}

#[test]
fn a_note_is_typed_as_one_step_that_undo_takes_back() {
    let mut window = with_list();
    window.get_by_label("Note on Ben").focus();
    window.run();
    for letter in ["h", "i"] {
        window.get_by_label("Note on Ben").type_text(letter);
        window.run();
    }
    window.get_by_label("Note on Ana Sushi").focus();
    let note = |note: &str| {
        Command::Edit(Edit::SetNote {
            person: "ben".into(),
            note: note.into(),
        })
    };
    assert_eq!(
        asked(&mut window),
        [note("h"), note("hi"), Command::CloseStep]
    );
    click(&mut window, "Edit");
    assert_eq!(
        click(&mut window, "Undo change the note on Ben"),
        [Command::Undo]
    );
    let entries = window.state().model.campaign.outreach_list.entries();
    assert_eq!(entries[1].note, "");
}

#[test]
fn a_single_letter_in_a_note_is_no_shortcut() {
    let mut window = with_list();
    window.get_by_label("Note on Ben").focus();
    window.run();
    window.key_press(Key::B);
    assert_eq!(asked(&mut window), []);
}

#[test]
fn people_on_the_list_are_moved_removed_and_cleared() {
    let mut window = with_list();
    let moved = |to| {
        Command::Edit(Edit::Move {
            person: "ben".into(),
            to,
        })
    };
    assert_eq!(click(&mut window, "Move Ben up"), [moved(0)]);
    assert_eq!(click(&mut window, "Move Ben down"), [moved(1)]);
    assert_eq!(
        click(&mut window, "Remove Ben from list"),
        [Command::Edit(Edit::Remove(vec!["ben".into()]))]
    );
    let everybody = vec!["ana_sushi".to_owned(), "gone".to_owned()];
    assert_eq!(
        click(&mut window, "Clear"),
        [Command::Edit(Edit::Remove(everybody))]
    );
    window.get_by_label("Nobody is on the list yet");
}

#[test]
fn an_entry_is_dragged_by_its_grip() {
    let mut window = with_list();
    let row = |window: &Harness<'_, Window>, at: usize, name: &str| {
        let label = format!("{name}, place {at} on the list");
        window.get_by_label(&label).rect()
    };
    let from = row(&window, 1, "Ana Sushi");
    let to = row(&window, 3, "Gone").center();
    window.drag_at(from.left_center() + eframe::egui::vec2(13.0, -16.0));
    window.run();
    window.hover_at(to);
    window.run();
    window.drop_at(to);
    assert_eq!(
        asked(&mut window),
        [Command::Edit(Edit::Move {
            person: "ana_sushi".into(),
            to: 2,
        })]
    );
}

#[test]
fn the_list_is_exported_plain_or_for_excel() {
    let mut window = with_list();
    assert_eq!(
        click(&mut window, "Export CSV…"),
        [Command::ExportListDialog { for_excel: false }]
    );
    window.get_by_label("for Excel").click();
    window.run();
    assert_eq!(
        click(&mut window, "Export CSV…"),
        [Command::ExportListDialog { for_excel: true }]
    );
}

#[test]
fn undo_is_called_after_its_step_on_the_button_too() {
    let mut window = with_list();
    assert_eq!(click(&mut window, "Undo add Gone"), [Command::Undo]);
    window.get_by_label("Undo add Ben");
    window.get_by_label("Redo add Gone");
}

#[test]
fn empty_states_say_what_to_do() {
    let mut window = open();
    click(&mut window, "Person");
    window.get_by_label("Nobody is selected");
    assert_eq!(click(&mut window, "List"), [Command::ShowTab(Tab::List)]);
    window.get_by_label("Nobody is on the list yet");
    let window = harness(Window::default(), SIZE);
    window.get_by_label("Drop files or a folder here");
    window.get_by_label("What file do I need?");
}

#[test]
fn without_a_map_a_path_is_typed_and_the_sample_tried() {
    let mut window = harness(Window::default(), SIZE);
    window.get_by_label("Path of a file").focus();
    window.run();
    let field = window.get_by_label("Path of a file");
    field.type_text(" /tmp/my posts.csv ");
    window.run();
    assert_eq!(
        click(&mut window, "Open"),
        [Command::OpenPaths(vec!["/tmp/my posts.csv".into()])]
    );
    assert_eq!(
        click(&mut window, "Try the sushi sample"),
        [Command::OpenSample]
    );
    assert_eq!(click(&mut window, "Open a file…"), [Command::OpenDialog]);
}

#[test]
fn a_warning_is_said_once_although_the_report_holds_it_too() {
    let mut first = Window::default();
    first.model.import = Some(pending_import());
    let window = harness(first, SIZE);
    let said = window.query_all_by_label_contains("63 % of people have no known reach");
    assert_eq!(said.count(), 1);
}

#[test]
fn a_problem_is_dismissed_and_the_panels_stay_in_use() {
    let mut first = Window::with_map();
    let problem = Problem::new("The disk is full", "Delete something").about("/tmp/list.csv");
    first.model.problems = vec![problem];
    let mut window = harness(first, SIZE);
    window.get_by_label("Delete something");
    assert_eq!(
        click(&mut window, "Dismiss: The disk is full"),
        [Command::DismissProblem(0)]
    );
}

#[test]
fn single_keys_and_chords_ask_for_what_help_says() {
    let mut first = Window::with_map();
    let ana = first.id("ana_sushi");
    first.model.selected = vec![ana].into();
    first.model.layout = LayoutNow::Runs;
    let mut window = harness(first, SIZE);
    let mut press = |key, expected: Command| {
        window.key_press(key);
        assert_eq!(asked(&mut window), [expected]);
    };
    press(Key::B, Command::SetPicture(Picture::Bridges(25)));
    press(Key::Num0, Command::FitAll);
    press(Key::Num9, Command::FitSelection);
    press(Key::P, Command::PauseLayout);
    press(Key::A, Command::ToggleOnList(ana));
    press(Key::Escape, Command::Select(Vec::new()));
    for (modifiers, key, expected) in [
        (Modifiers::COMMAND, Key::O, Command::OpenDialog),
        (Modifiers::COMMAND, Key::Z, Command::Undo),
        (Modifiers::COMMAND | Modifiers::SHIFT, Key::Z, Command::Redo),
        (Modifiers::COMMAND, Key::Y, Command::Redo),
    ] {
        window.key_press_modifiers(modifiers, key);
        assert_eq!(asked(&mut window), [expected]);
    }
}

#[test]
fn ctrl_f_leads_to_the_find_field_and_enter_flies_to_the_best_match() {
    let mut window = open();
    window.key_press_modifiers(Modifiers::COMMAND, Key::F);
    assert_eq!(asked(&mut window), [Command::Find]);
    window.run();
    let field = window.get_by_label("Find a person");
    assert!(field.is_focused());
    field.type_text("SUSHI");
    window.run();
    window.get_by_label("Ana Sushi @ana_sushi");
    window.key_press(Key::Enter);
    let ana = window.state().id("ana_sushi");
    assert_eq!(asked(&mut window), [Command::ShowPerson(ana)]);
}

#[test]
fn a_match_in_another_script_is_found_and_clicked() {
    let mut window = open();
    window.get_by_label("Find a person").focus();
    window.run();
    window.get_by_label("Find a person").type_text("寿司");
    window.run();
    let taro = window.state().id("寿司太郎");
    assert_eq!(
        click(&mut window, "寿司太郎 @寿司太郎"),
        [Command::ShowPerson(taro)]
    );
}

fn with_card(key: &str) -> Harness<'static, Window> {
    let mut window = Window::with_map();
    window.model.selected = vec![window.id(key)].into();
    window.model.tab = Tab::Person;
    harness(window, [SIZE[0], 1500.0]) // the whole card is in sight
}

#[test]
fn the_card_tells_who_and_adds_them() {
    let mut window = with_card("cleo");
    let cleo = window.state().id("cleo");
    window.get_by_label("@cleo");
    window.get_by_label("unknown");
    window.get_by_label("Picture of Cleo and 2 people");
    window.get_by_label_contains("post 2 about sushi");
    assert_eq!(
        click(&mut window, "Add to list"),
        [Command::AddToList(vec![cleo])]
    );
    let ben = window.state().id("ben");
    assert_eq!(click(&mut window, "Show Ben"), [Command::ShowPerson(ben)]);
}

#[test]
fn an_idle_window_with_the_card_open_asks_for_no_repaint() {
    let mut window = with_card("ana_sushi");
    window.run();
    window.step();
    for _ in 0..5 {
        window.step();
        let causes = window.ctx.repaint_causes();
        assert!(!window.ctx.has_requested_repaint(), "{causes:?}");
        let output = &window.output().viewport_output;
        let delay = output[&eframe::egui::ViewportId::ROOT].repaint_delay;
        assert_eq!(delay, std::time::Duration::MAX);
    }
}

#[test]
fn several_selected_are_summed_up_and_added_together() {
    let mut first = Window::with_map();
    let people = vec![first.id("ana_sushi"), first.id("cleo"), first.id("gus")];
    first.model.selected = people.clone().into();
    first.model.tab = Tab::Person;
    let mut window = harness(first, SIZE);
    window.get_by_label("3 people selected");
    window.get_by_label("Reach 12.5k, unknown for 1");
    assert_eq!(
        click(&mut window, "Add all to list"),
        [Command::AddToList(people)]
    );
}

#[test]
fn two_selected_show_their_tie_and_who_is_tied_to_both() {
    let mut first = Window::with_map();
    let people = [first.id("ana_sushi"), first.id("ben")];
    let cleo = first.id("cleo");
    first.model.selected = people.to_vec().into();
    first.model.tab = Tab::Person;
    let mut window = harness(first, SIZE);
    window.get_by_label("1 person is tied to both");
    window.get_by_label("Tied to each other: 1 interaction");
    assert_eq!(
        click(&mut window, "Select Cleo"),
        [Command::Select(vec![cleo])]
    );

    let mut other = Window::with_map();
    other.model.selected = vec![other.id("ana_sushi"), other.id("emil")].into();
    other.model.tab = Tab::Person;
    let window = harness(other, SIZE);
    window.get_by_label("2 people are tied to both");
    window.get_by_label("Select Dora the long-named gardener of Lisbon");
    window.get_by_label("Select 寿司太郎");
    window.get_by_label("Not tied to each other");
}

#[test]
fn the_line_at_the_bottom_counts_and_tells_what_is_not_drawn() {
    let mut window = open();
    window.get_by_label_contains("9 people  ·  10 ties  ·  3 communities");
    window.get_by_label_contains("1 person without ties is not drawn");
    assert_eq!(
        click(&mut window, "2 rows left out"),
        [Command::ShowReport(true)]
    );
    window.get_by_label_contains("2 × no author, first in line 7");
    window.get_by_label("12 rows read  ·  10 posts used");
    window.key_press(Key::Escape);
    assert_eq!(asked(&mut window), [Command::ShowReport(false)]);
    assert!(window.query_by_label("What was read").is_none());
}

#[test]
fn background_work_is_told_and_cancelled() {
    let mut first = Window::with_map();
    let progress = isthmus::progress::Progress::new();
    progress
        .begin(isthmus::progress::Stage::Layout, 200)
        .expect("not cancelled");
    progress.advance(50).expect("not cancelled");
    first.model.working = Some(isthmus::app::Working {
        standing: progress.standing(),
    });
    let mut window = harness(first, SIZE);
    window.get_by_label("Laying out the map… 25 %");
    assert_eq!(click(&mut window, "Cancel"), [Command::Cancel]);
}

#[test]
fn the_theme_is_chosen_in_the_view_menu() {
    let mut window = open();
    window.get_by_label("View").click();
    window.run();
    window.get_by_label_contains("Theme").click();
    window.run();
    assert_eq!(
        click(&mut window, "Light"),
        [Command::SetTheme(ThemeChoice::Light)]
    );
}

#[test]
fn the_smallest_window_and_large_text_keep_every_panel_usable() {
    for (size, zoom) in [([900.0, 600.0], 1.0), ([900.0, 600.0], 1.6)] {
        let mut window = harness(Window::with_map(), size);
        window.ctx.set_zoom_factor(zoom);
        window.run();
        let plus = window.get_by_label("Add Ana Sushi to list").rect();
        assert!(plus.right() <= size[0] / zoom, "{plus:?} at {zoom}");
        click(&mut window, "Add Ana Sushi to list");
    }
}

#[test]
fn fonts_are_looked_for_only_where_letters_are_missing() {
    assert!(fonts_for("plain Latin, ñandú, привет").is_none());
    let Some(fonts) = fonts_for("寿司 שלום مرحبا สวัสดี नमस्ते")
    else {
        return; // a system without any of these scripts
    };
    let default = eframe::egui::FontDefinitions::default();
    for (family, names) in &default.families {
        let now = &fonts.families[family];
        assert!(now.starts_with(names), "Latin text keeps its look");
        assert!(now.len() > names.len());
        assert!(now.iter().all(|name| fonts.font_data.contains_key(name)));
    }
}
