//! The posts, below the map: everything that the filter lets through or somebody's, searched and read.

use eframe::egui::{Id, Rect, RichText, ScrollArea, Ui, pos2, vec2};

use super::PanelState;
use super::figures;
use super::post_row::{ROW, Told, post_ui};
use super::rows::Rows;
use super::shown::Shown;
use super::widgets::{
    command_button, menu_button, menu_choice, nothing_here, one_line, search_field, small_button,
};
use crate::app::command::{Command, Drawer, ReadCommand};
use crate::app::reading::{PostOrder, PostScope, PostsRead, community_read};
use crate::app::words::filters::WORDS_RULE;
use crate::explore::Wanted;

/// Room that the controls need beside the tabs, in points.
const CONTROLS: f32 = 480.0;
/// Posts on one page: a place in a longer column cannot be told exactly.
pub(super) const PAGE: usize = 10_000;
/// Points between two posts.
const GAP: f32 = 2.0;

/// What is done with the list of posts.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// What is typed into the field.
    typed: String,
    /// The words that were asked for last.
    asked: String,
    /// What that looks for.
    wanted: Wanted,
    /// The page that is shown, from 0.
    page: usize,
    /// The post that is opened, and how high it was drawn last.
    opened: Option<(u32, f32)>,
    /// Which post has the keys.
    rows: Rows,
    /// The list that was shown last: of another one the first page is shown.
    of: std::sync::Weak<PostsRead>,
    /// Beside the tabs is no room for the controls.
    below: bool,
}

/// Opens the list with everything that is shown.
pub(super) fn read_all() -> [Command; 3] {
    [
        Command::Read(ReadCommand::SetScope(PostScope::Shown)),
        Command::Read(ReadCommand::Search(String::new())),
        Command::ShowDrawer(Some(Drawer::Posts)),
    ]
}

/// What belongs on the line of the tabs.
pub(super) fn head_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    state.posts.below = ui.available_width() < CONTROLS;
    if !state.posts.below && has_posts(shown) {
        controls_ui(ui, shown, &mut state.posts, inbox);
    }
}

fn has_posts(shown: Shown<'_>) -> bool {
    !shown.map.results.conversation.posts.posts.is_empty()
}

/// Draws it.
pub(super) fn posts_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    state: &mut PanelState,
    inbox: &mut Vec<Command>,
) {
    let read = &mut state.posts;
    if !has_posts(shown) {
        nothing_here(
            ui,
            "No posts",
            "This file holds people and their ties, and no posts to read",
        );
        return;
    }
    if read.below {
        ui.horizontal_wrapped(|ui| controls_ui(ui, shown, read, inbox));
    }
    let Some(list) = &shown.map.closer.read else {
        ui.label(RichText::new("Putting the posts in order…").weak());
        return;
    };
    if read.of.as_ptr() != std::sync::Arc::as_ptr(list) {
        read.of = std::sync::Arc::downgrade(list);
        read.page = 0;
        read.wanted = Wanted::new(&list.wanted.words);
    }
    notes_ui(ui, shown);
    let n = list.found.posts.len();
    if n == 0 {
        nobody_ui(ui, shown, list, inbox);
        return;
    }
    let pages = n.div_ceil(PAGE);
    read.page = read.page.min(pages - 1);
    if pages > 1 {
        pages_ui(ui, (n, pages), shown.model.reading.order, &mut read.page);
    }
    list_ui(ui, shown, list, read, inbox);
}

/// Why there is no text, where there is none.
fn notes_ui(ui: &mut Ui, shown: Shown<'_>) {
    if shown.map.results.conversation.posts.keeps_texts() {
        return;
    }
    let words = if shown.model.name_mask.hides() {
        "Texts are not shown while names are hidden"
    } else {
        "Texts were not kept, so only who, when and whom is told"
    };
    one_line(ui, RichText::new(words).small().color(shown.colours.warn));
}

/// Whose posts, with which words, how many, in which order.
fn controls_ui(ui: &mut Ui, shown: Shown<'_>, read: &mut Read, inbox: &mut Vec<Command>) {
    let reading = &shown.model.reading;
    let scope = scope_words(shown, reading.scope);
    menu_button(ui, 150.0, &scope, &format!("Posts listed, {scope}"), |ui| {
        for choice in PostScope::ALL {
            let command = Command::Read(ReadCommand::SetScope(choice));
            let tip = command.words().tooltip;
            let words = scope_words(shown, choice);
            let line = menu_choice(ui, reading.scope == choice, &words);
            if line.on_hover_text(tip).clicked() {
                inbox.push(command);
            }
        }
    });
    if shown.map.results.conversation.posts.keeps_texts() {
        search_ui(ui, shown, read, inbox);
    }
    let order = Command::Read(ReadCommand::SetOrder(match reading.order {
        PostOrder::Newest => PostOrder::Oldest,
        PostOrder::Oldest => PostOrder::Newest,
    }));
    let now = Command::Read(ReadCommand::SetOrder(reading.order)).words();
    let button = ui.button(now.label);
    let tip = format!("Click for {}", order.words().label.to_lowercase());
    if button.on_hover_text(tip).clicked() {
        inbox.push(order);
    }
    one_line(ui, RichText::new(count_words(shown)).small().weak());
}

/// How many posts are listed, of how many.
fn count_words(shown: Shown<'_>) -> String {
    let Some(list) = &shown.map.closer.read else {
        return String::new();
    };
    if !list.wanted.is_by(shown.model) {
        return "Looking…".to_owned();
    }
    let (n, all) = (list.found.posts.len() as u64, list.found.n_looked_at as u64);
    let posts = figures::counted(all, "post", "posts");
    if list.wanted.words.is_empty() {
        posts
    } else {
        format!("{} of {posts}", figures::whole(n))
    }
}

fn search_ui(ui: &mut Ui, shown: Shown<'_>, read: &mut Read, inbox: &mut Vec<Command>) {
    let words = &shown.model.reading.words;
    if *words != read.asked {
        read.typed.clone_from(words); // somebody else asked
        read.asked.clone_from(words);
    }
    let id = Id::new("search in posts");
    let words = ("Search in posts", "Search in posts");
    let response = search_field(ui, &mut read.typed, id, words, 150.0).on_hover_text(WORDS_RULE);
    if response.changed() {
        read.asked.clone_from(&read.typed);
        let search = ReadCommand::Search(read.typed.clone());
        inbox.push(Command::Read(search));
    }
}

/// Whose posts these are; of a community, which one.
fn scope_words(shown: Shown<'_>, scope: PostScope) -> String {
    match (scope, community_read(shown.model)) {
        (PostScope::Community, Some(id)) => format!("By {}", shown.community_name(Some(id))),
        _ => ReadCommand::SetScope(scope).words().0.to_owned(),
    }
}

/// Why nothing is listed, and the way out.
fn nobody_ui(ui: &mut Ui, shown: Shown<'_>, list: &PostsRead, inbox: &mut Vec<Command>) {
    let model = shown.model;
    if !list.wanted.words.is_empty() && list.found.n_looked_at > 0 {
        let all = figures::counted(list.found.n_looked_at as u64, "post", "posts");
        let title = "No post has all of these words";
        nothing_here(ui, title, &format!("{all} were looked through"));
        ui.vertical_centered(|ui| {
            if ui.button("Empty the search").clicked() {
                inbox.push(Command::Read(ReadCommand::Search(String::new())));
            }
        });
        return;
    }
    let sentence = match model.reading.scope {
        PostScope::Selected | PostScope::AroundSelected if model.selected.is_empty() => {
            "Select somebody on the map to read what they wrote"
        }
        PostScope::Community if community_read(model).is_none() => {
            "Light a community alone, or open its card, to read what its people wrote"
        }
        PostScope::Selected | PostScope::AroundSelected | PostScope::Community => {
            "They wrote nothing here, or the filter lets nothing of it through"
        }
        PostScope::Shown => "The filter lets no post through",
    };
    nothing_here(ui, "No posts", sentence);
    if model.reading.scope != PostScope::Shown {
        ui.vertical_centered(|ui| {
            let all = Command::Read(ReadCommand::SetScope(PostScope::Shown));
            command_button(ui, true, all, inbox);
        });
    }
}

/// Which of the pages is shown, and the way to the others.
fn pages_ui(ui: &mut Ui, (n, pages): (usize, usize), order: PostOrder, page: &mut usize) {
    let (before, after) = match order {
        PostOrder::Newest => ("Newer posts", "Older posts"),
        PostOrder::Oldest => ("Older posts", "Newer posts"),
    };
    ui.horizontal(|ui| {
        let back = small_button(before);
        if ui.add_enabled(*page > 0, back).clicked() {
            *page -= 1;
        }
        let whole = |n: usize| figures::whole(n as u64);
        let (from, to) = (*page * PAGE + 1, ((*page + 1) * PAGE).min(n));
        let words = format!("{} to {} of {}", whole(from), whole(to), whole(n));
        ui.label(RichText::new(words).small().weak());
        let on = small_button(after);
        if ui.add_enabled(*page + 1 < pages, on).clicked() {
            *page += 1;
        }
    });
}

/// The post in this place of the list.
fn post_at(list: &PostsRead, order: PostOrder, place: usize) -> Option<u32> {
    let posts = &list.found.posts;
    match order {
        PostOrder::Newest => posts.get(place).copied(),
        PostOrder::Oldest => posts.iter().rev().nth(place).copied(),
    }
}

/// The rows that are in sight. Those above an opened one stand where they would stand anyway.
fn list_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    list: &PostsRead,
    read: &mut Read,
    inbox: &mut Vec<Command>,
) {
    let order = shown.model.reading.order;
    let first = read.page * PAGE;
    let n = PAGE.min(list.found.posts.len() - first);
    let pitch = ROW + GAP;
    if read.rows.wanted().is_some() {
        read.opened = None; // whoever walks on with the keys walks over rows of equal height
    }
    let opened = read.opened.and_then(|(post, height)| {
        let place = (0..n).find(|place| post_at(list, order, first + place) == Some(post))?;
        Some((place, post, height))
    });
    let extra = opened.map_or(0.0, |(.., height)| (height - ROW).max(0.0));
    let top_of = |place: usize| {
        let below = opened.is_some_and(|(at, ..)| place > at);
        place as f32 * pitch + if below { extra } else { 0.0 }
    };
    read.rows.begin();
    let salt = ("posts", read.page, order == PostOrder::Newest);
    let area = ScrollArea::vertical()
        .id_salt(salt)
        .auto_shrink([false, false])
        .show_viewport(ui, |ui, seen| {
            ui.set_height(n as f32 * pitch + extra);
            let (left, top) = (ui.max_rect().left(), ui.max_rect().top());
            let width = ui.available_width();
            let from = (((seen.top() - extra) / pitch).floor().max(0.0) as usize).min(n);
            for place in from..n {
                let y = top_of(place);
                if y > seen.bottom() {
                    break;
                }
                let Some(post) = post_at(list, order, first + place) else {
                    break;
                };
                let Some(told) = Told::new(shown, post) else {
                    continue;
                };
                let is_open = opened.is_some_and(|(at, ..)| at == place);
                let height = if is_open { ROW + extra } else { ROW };
                if y + height < seen.top() {
                    continue;
                }
                let rect = Rect::from_min_size(pos2(left, top + y), vec2(width, height));
                let about = (rect, Id::new(("post", place)));
                let (response, wants) = post_ui(ui, told, about, (&read.wanted, is_open), inbox);
                read.rows.row(ui, &response, (place, n), None);
                if response.clicked() {
                    read.opened = (!is_open).then_some((post, ROW));
                    ui.ctx().request_repaint();
                } else if is_open && (wants - height).abs() > 0.5 {
                    read.opened = Some((post, wants));
                    ui.ctx().request_repaint();
                }
            }
        });
    read.rows.end(ui.ctx(), &area, pitch);
}
