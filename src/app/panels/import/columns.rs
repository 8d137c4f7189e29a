//! The columns of a file: what each is called, the role it plays with a menu to choose another, and some of its values.

use eframe::egui::scroll_area::ScrollBarVisibility;
use eframe::egui::style::ScrollStyle;
use eframe::egui::{Align, CollapsingHeader, Layout, RichText, ScrollArea, Ui, vec2};
use egui_extras::{Column, TableBuilder};

use crate::app::command::Command;
use crate::app::panels::figures;
use crate::app::panels::widgets::{menu_button, one_line, section};
use crate::app::theme;
use crate::import::{Preview, PreviewColumn, Role};

/// Columns that are all shown at once; of more, those without a role stay folded away.
const SHOWN_AT_ONCE: usize = 14;
/// Columns without a role that can be unfolded, and columns of the first rows: more help nobody.
const MOST_SHOWN: usize = 150;
/// Columns in which the first rows are shown.
const MOST_IN_ROWS: usize = 24;
/// Width of a menu of roles, in points.
const MENU: f32 = 186.0;

/// Draws every column.
pub(super) fn columns_ui(ui: &mut Ui, preview: &Preview, inbox: &mut Vec<Command>) {
    section(ui, "Columns, and what they mean");
    let few = preview.columns.len() <= SHOWN_AT_ONCE;
    let all = preview.columns.iter().enumerate();
    let (shown, folded): (Vec<_>, Vec<_>) = all.partition(|(_, c)| few || c.role.is_some());
    for (at, column) in shown {
        column_ui(ui, preview, (at, column), inbox);
    }
    if folded.is_empty() {
        return;
    }
    let n = folded.len() as u64;
    let title = figures::counted(n, "column more, not used", "columns more, not used");
    // Nothing plays a role yet: then one of these has to be chosen.
    let nothing = preview.people == 0;
    CollapsingHeader::new(title)
        .id_salt("folded")
        .default_open(nothing)
        .show(ui, |ui| {
            let hidden = folded.len().saturating_sub(MOST_SHOWN) as u64;
            for (at, column) in folded.into_iter().take(MOST_SHOWN) {
                column_ui(ui, preview, (at, column), inbox);
            }
            if hidden > 0 {
                ui.label(format!("and {} more", figures::whole(hidden)));
            }
        });
}

/// One column: its name, its role to choose, and some of its values.
fn column_ui(
    ui: &mut Ui,
    preview: &Preview,
    (at, column): (usize, &PreviewColumn),
    inbox: &mut Vec<Command>,
) {
    ui.push_id(at, |ui| {
        ui.horizontal(|ui| {
            let width = ui.available_width() * 0.25;
            let name = RichText::new(&column.name);
            let name = if column.role.is_some() {
                name.strong()
            } else {
                name.weak()
            };
            fixed(ui, width, |ui| {
                one_line(ui, name);
            });
            if preview.roles_open {
                role_menu(ui, preview, column, inbox);
            } else {
                fixed(ui, MENU, |ui| {
                    let role = column.role.map_or("not used", role_words);
                    one_line(ui, role).on_hover_text(&column.why);
                });
            }
            let samples = column.samples.join("  ·  ");
            let rest = ui.available_width();
            fixed(ui, rest, |ui| {
                one_line(ui, RichText::new(samples).small().weak());
            });
        });
    });
}

/// A cell of fixed width in a row.
fn fixed(ui: &mut Ui, width: f32, add: impl FnOnce(&mut Ui)) {
    let size = vec2(width, theme::CONTROL);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_width(width);
        add(ui);
    });
}

fn role_menu(ui: &mut Ui, preview: &Preview, column: &PreviewColumn, inbox: &mut Vec<Command>) {
    let text = column.role.map_or("not used", role_words);
    let name = format!("Role of {}, {text}", column.name);
    let mut chosen = None;
    let response = menu_button(ui, MENU, text, &name, |ui| {
        ui.set_min_width(MENU);
        let list = ScrollArea::vertical().max_height(460.0);
        // Always and beside the words, so that everybody sees that there is more.
        ui.spacing_mut().scroll = ScrollStyle::solid();
        let list = list.scroll_bar_visibility(ScrollBarVisibility::AlwaysVisible);
        list.show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let none = ui.selectable_label(column.role.is_none(), "not used");
            if none.clicked() && column.role.is_some() {
                chosen = Some(None);
            }
            for (title, roles) in GROUPS {
                ui.label(RichText::new(title).small().weak());
                for role in roles {
                    let is_now = column.role == Some(*role);
                    let label = ui.selectable_label(is_now, role_words(*role));
                    if label.on_hover_text(role_help(*role)).clicked() && !is_now {
                        chosen = Some(Some(*role));
                    }
                }
            }
        });
    });
    if let Some(role) = chosen {
        inbox.push(Command::ChooseColumn {
            header: preview.columns.iter().map(|c| c.name.clone()).collect(),
            column: column.name.clone(),
            role,
        });
    }
    if !column.why.is_empty() {
        response.on_hover_text(format!("Because: {}", column.why));
    }
}

/// The roles in the menu's order, those that most files need first.
const GROUPS: [(&str, &[Role]); 4] = [
    (
        "Posts",
        &[
            Role::Author,
            Role::Text,
            Role::Reach,
            Role::Time,
            Role::ReplyTo,
            Role::RepostOf,
            Role::QuoteOf,
            Role::Mentions,
        ],
    ),
    (
        "Ties",
        &[Role::Source, Role::Target, Role::Weight, Role::Kind],
    ),
    ("People", &[Role::Id, Role::Label, Role::Community]),
    (
        "More about posts",
        &[
            Role::Name,
            Role::AuthorId,
            Role::PostId,
            Role::PostKind,
            Role::Url,
            Role::Language,
            Role::Platform,
            Role::Sentiment,
            Role::Bio,
        ],
    ),
];

/// A role as a person says it.
fn role_words(role: Role) -> &'static str {
    match role {
        Role::Author => "who wrote it",
        Role::AuthorId => "who wrote it (id)",
        Role::Name => "display name",
        Role::Reach => "reach",
        Role::Text => "text",
        Role::Time => "time",
        Role::ReplyTo => "whom it answers",
        Role::RepostOf => "whom it passes on",
        Role::QuoteOf => "whom it quotes",
        Role::Mentions => "whom it names",
        Role::Url => "address of the post",
        Role::Language => "language",
        Role::Platform => "platform",
        Role::Sentiment => "tone",
        Role::Bio => "about the author",
        Role::PostId => "id of the post",
        Role::PostKind => "kind of post",
        Role::Source => "tie from",
        Role::Target => "tie to",
        Role::Weight => "strength of the tie",
        Role::Kind => "kind of tie",
        Role::Id => "id of the person",
        Role::Label => "name of the person",
        Role::Community => "community",
    }
}

/// What a column with this role holds, and what for.
fn role_help(role: Role) -> &'static str {
    match role {
        Role::Author => "The handle of the account that wrote the post; each becomes a person",
        Role::AuthorId => "The platform's number for the author, where there is no handle",
        Role::Name => "What the author is called, to be shown beside the handle",
        Role::Reach => "Followers, or another figure for the audience: the size of the dots",
        Role::Text => "What was written; @names in it become ties",
        Role::Time => "When it was posted",
        Role::ReplyTo => "The handle, or the post, that this post answers: makes a tie",
        Role::RepostOf => "Whose post was passed on unchanged: makes a tie",
        Role::QuoteOf => "Whose post was passed on with a remark: makes a tie",
        Role::Mentions => "Handles that the post names: make ties",
        Role::Url => "The web address of the post; tells the same post twice",
        Role::Language => "The language of the post",
        Role::Platform => "Where it was posted",
        Role::Sentiment => "Positive, negative, neutral",
        Role::Bio => "What the author, or the person, says of themselves",
        Role::PostId => "The platform's number for the post; tells the same post twice",
        Role::PostKind => "Post, reply, repost",
        Role::Source => "One end of a tie: for lists of ties",
        Role::Target => "The other end of a tie: for lists of ties",
        Role::Weight => "How strong the tie is, as a number",
        Role::Kind => "Repost, quote, reply or mention",
        Role::Id => "Who it is, as the ties or posts call them: for tables of people",
        Role::Label => "What they are called: for tables of people",
        Role::Community => "The community that the file puts them in",
    }
}

/// The first rows as read; of many columns those with a role first.
pub(super) fn rows_ui(ui: &mut Ui, preview: &Preview) {
    section(ui, "First rows");
    let mut order: Vec<usize> = (0..preview.columns.len()).collect();
    if order.len() > MOST_IN_ROWS {
        let unused = |at: &usize| preview.columns.get(*at).is_none_or(|c| c.role.is_none());
        order.sort_by_key(unused); // stable: otherwise in file order
        order.truncate(MOST_IN_ROWS);
    }
    ScrollArea::horizontal().id_salt("rows").show(ui, |ui| {
        ui.spacing_mut().item_spacing = vec2(12.0, 2.0);
        TableBuilder::new(ui)
            .striped(true)
            .vscroll(false)
            .cell_layout(Layout::left_to_right(Align::Center))
            .columns(
                Column::auto().at_least(60.0).at_most(220.0).clip(true),
                order.len(),
            )
            .header(22.0, |mut header| {
                for column in order.iter().filter_map(|at| preview.columns.get(*at)) {
                    header.col(|ui| {
                        one_line(ui, RichText::new(&column.name).small().weak());
                    });
                }
            })
            .body(|mut body| {
                for cells in &preview.first_rows {
                    body.row(22.0, |mut row| {
                        for at in &order {
                            row.col(|ui| {
                                let text = cells.get(*at).map_or("", String::as_str);
                                one_line(ui, RichText::new(text).small());
                            });
                        }
                    });
                }
            });
    });
}
