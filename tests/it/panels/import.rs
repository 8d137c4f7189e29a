//! The import window by label: roles, handles to leave out, what comes out of it, and its keys.

use std::sync::Arc;

use eframe::egui::Key;
use egui_kittest::kittest::Queryable as _;
use isthmus::app::{Command, PendingImport};
use isthmus::import::{ColumnChoice, HeaderChoices, ImportReport, Role};
use isthmus::problem::Problem;
use isthmus::session::Outlook;

use super::fixture::{Window, harness, pending_import};
use super::{SIZE, asked, click};

fn header() -> Vec<String> {
    ["Author Handle", "Full Text", "Impressions"]
        .map(str::to_owned)
        .to_vec()
}

fn choose(column: &str, role: Option<Role>) -> Command {
    Command::ChooseColumn {
        header: header(),
        column: column.to_owned(),
        role,
    }
}

fn window(change: impl FnOnce(&mut PendingImport)) -> egui_kittest::Harness<'static, Window> {
    let mut first = Window::default();
    let mut pending = pending_import();
    change(&mut pending);
    first.model.import = Some(pending);
    harness(first, SIZE)
}

#[test]
fn a_column_is_given_another_role_before_the_map_is_built() {
    let mut window = window(|_| {});
    window.get_by_label("31 people and 48 ties to come");
    window.get_by_label("Role of Impressions, not used").click();
    window.run();
    assert_eq!(
        click(&mut window, "reach"),
        [choose("Impressions", Some(Role::Reach))]
    );
    window.get_by_label("Role of Full Text, text").click();
    window.run();
    assert_eq!(click(&mut window, "not used"), [choose("Full Text", None)]);
    assert_eq!(click(&mut window, "Build the map"), [Command::BuildMap]);
}

#[test]
fn enter_builds_the_map_and_escape_closes_but_not_while_something_has_the_focus() {
    let mut window = window(|_| {});
    window.key_press(Key::Enter);
    assert_eq!(asked(&mut window), [Command::BuildMap]);
    window.get_by_label("Role of Impressions, not used").focus();
    window.run();
    window.key_press(Key::Enter);
    assert_eq!(
        asked(&mut window),
        [],
        "the key opens the menu that has the focus"
    );
    window.key_press(Key::Escape);
    assert_eq!(asked(&mut window), [], "and closes it again");
    window.key_press(Key::Escape);
    assert_eq!(asked(&mut window), [Command::CloseImport]);
}

#[test]
fn nobody_to_draw_is_said_and_enter_builds_nothing() {
    let mut window = window(|pending| {
        let previews = Arc::make_mut(&mut pending.previews);
        previews[0].people = 0;
    });
    window.get_by_label_contains("Nobody to draw yet");
    window.key_press(Key::Enter);
    assert_eq!(asked(&mut window), []);
}

#[test]
fn what_comes_out_is_told_with_dates_kinds_and_places() {
    let window = window(|_| {});
    for line in [
        "12 rows read  ·  10 posts used",
        "1 Mar 2026 to 28 Mar 2026",
        "1 reply  ·  1,200 mentions",
        "3 handles written in more than one way, each taken for one person",
        "1 row with a post that is there already",
        "2 × no author, first in line 7 of sushi-sample.csv",
    ] {
        window.get_by_label(line);
    }
}

#[test]
fn own_handles_are_typed_and_asked_for_when_the_field_is_left() {
    let mut window = window(|_| {});
    window.get_by_label("Handles to leave out").focus();
    window.run();
    window
        .get_by_label("Handles to leave out")
        .type_text("@sushibar; help_sushi");
    window.run();
    assert_eq!(
        asked(&mut window),
        [],
        "nothing happens while somebody types"
    );
    window.key_press(Key::Enter);
    let handles = vec!["@sushibar".to_owned(), "help_sushi".to_owned()];
    assert_eq!(asked(&mut window), [Command::LeaveOut(handles)]);
}

#[test]
fn handles_that_are_nobodys_are_told() {
    let window = window(|pending| {
        let previews = Arc::make_mut(&mut pending.previews);
        previews[0].report.handles_not_found = vec!["@sushibr".to_owned()];
    });
    window.get_by_label("Nobody here is called @sushibr, so nobody was left out by that name");
}

#[test]
fn roles_of_last_time_are_named_as_such_and_can_be_taken_back() {
    let mut choices = HeaderChoices::new(header());
    choices.roles.push(ColumnChoice {
        role: Role::Reach,
        column: "Impressions".to_owned(),
    });
    let kept = choices.clone();
    let mut first = window(|pending| {
        pending.remembered = Arc::new(vec![kept.clone()]);
        pending.settings.by_header = vec![kept];
    });
    let band = first
        .get_by_label_contains("that you chose last time")
        .rect();
    let column = first
        .get_by_label("Role of Author Handle, who wrote it")
        .rect();
    assert!(column.bottom() - band.top() < 300.0, "{band:?} {column:?}");
    assert_eq!(
        click(&mut first, "Back to the guess"),
        [Command::ForgetColumns(header())]
    );
    let second = window(|pending| pending.settings.by_header = vec![choices]);
    second.get_by_label_contains("You chose roles");
    let third = window(|_| {});
    assert!(third.query_by_label("Back to the guess").is_none());
}

#[test]
fn several_files_are_counted_together_and_their_roles_stand_in_tabs() {
    let together = Outlook {
        people: 50,
        ties: 61,
        report: ImportReport::default(),
    };
    let two = |pending: &mut PendingImport| {
        let previews = Arc::make_mut(&mut pending.previews);
        let mut second = previews[0].clone();
        second.file = "posts of april.csv".to_owned();
        previews.push(second);
    };
    let mut first = window(|pending| {
        two(pending);
        pending.together = Some(Ok(together));
    });
    first.get_by_label("50 people and 61 ties to come, from 2 files together");
    first.get_by_label("posts of april.csv").click();
    first.run();
    let refused = window(|pending| {
        two(pending);
        pending.together = Some(Err(Problem::new("none of it fits", "Choose other files")));
    });
    refused.get_by_label("None of it fits");
}

#[test]
fn columns_of_files_whose_format_says_what_they_are_have_no_menu() {
    let window = window(|pending| Arc::make_mut(&mut pending.previews)[0].roles_open = false);
    assert!(window.query_by_label("Role of Full Text, text").is_none());
    // Among the columns, and above the first rows.
    assert_eq!(window.query_all_by_label("Full Text").count(), 2);
}

#[test]
fn of_many_columns_those_without_a_role_are_folded_away() {
    let mut window = window(|pending| {
        let previews = Arc::make_mut(&mut pending.previews);
        for at in 0..40 {
            let mut column = previews[0].columns[2].clone();
            column.name = format!("Field {at}");
            previews[0].columns.push(column);
        }
    });
    window.get_by_label("Role of Full Text, text");
    assert!(window.query_by_label("Role of Field 7, not used").is_none());
    window.get_by_label("41 columns more, not used").click();
    window.run();
    window.get_by_label("Role of Field 7, not used");
}

#[test]
fn the_smallest_window_shows_the_first_columns_and_the_buttons() {
    let mut first = Window::default();
    first.model.import = Some(pending_import());
    let window = harness(first, [900.0, 600.0]);
    let role = window
        .get_by_label("Role of Author Handle, who wrote it")
        .rect();
    let build = window.get_by_label("Build the map").rect();
    assert!(role.bottom() < build.top(), "{role:?} {build:?}");
    assert!(build.bottom() < 600.0 && build.right() < 900.0, "{build:?}");
}
