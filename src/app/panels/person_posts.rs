//! What a person wrote and what addresses them, in their card: newest first, searched within, the rest in the drawer.

use std::sync::Arc;

use eframe::egui::{Id, RichText, Sense, Ui, WidgetInfo, WidgetType, vec2};

use super::figures;
use super::post_row::{ROW, Told, post_ui};
use super::shown::Shown;
use super::widgets::{half, halves, search_field, small_button};
use crate::analysis::PersonPosts;
use crate::app::command::{Command, Drawer, ReadCommand};
use crate::app::reading::PostScope;
use crate::explore::Wanted;
use crate::people::PersonId;

/// Posts shown at first.
const FIRST: usize = 8;
/// Posts shown at most: the drawer shows more.
const MOST: usize = 50;
/// Bytes of texts that are looked through in one picture.
const AT_ONCE: usize = 200_000;
/// Posts that are looked at in one picture.
const POSTS_AT_ONCE: usize = 5_000;

/// Room that the field to search with needs, in points.
const SEARCH: f32 = 130.0;

/// Which of the posts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Whose {
    /// Those by the person and those to them.
    #[default]
    Both,
    /// Those that the person wrote.
    By,
    /// Those of others.
    To,
}

impl Whose {
    const ALL: [Self; 3] = [Self::Both, Self::By, Self::To];

    fn words(self) -> &'static str {
        match self {
            Self::Both => "All",
            Self::By => "Written",
            Self::To => "Received",
        }
    }
}

/// What was found in the posts of one person so far: some in each picture, so that no picture waits.
#[derive(Debug, Default)]
pub(super) struct Finding {
    /// What is typed.
    typed: String,
    whose: Whose,
    /// What is shown at most.
    most: usize,
    wanted: Wanted,
    /// How many posts were looked at.
    looked_at: usize,
    /// How many of those were found, and the first of them.
    n: usize,
    first: Vec<u32>,
    /// The post that is opened, and how high it was drawn last.
    opened: Option<(u32, f32)>,
}

impl Finding {
    /// Begins anew.
    fn again(&mut self) {
        self.wanted = Wanted::new(&self.typed);
        (self.looked_at, self.n) = (0, 0);
        self.first.clear();
    }

    /// Looks at some more of `around`; says whether there are others.
    fn go_on(&mut self, shown: Shown<'_>, person: PersonId, around: &[u32]) -> bool {
        let results = &shown.map.results;
        let posts = &results.conversation.posts;
        let (mut left, mut room) = (AT_ONCE, String::new());
        let rest = around.get(self.looked_at..).unwrap_or_default();
        for at in rest.iter().take(POSTS_AT_ONCE) {
            self.looked_at += 1;
            let Some(post) = posts.posts.get(*at as usize) else {
                continue;
            };
            let author = results.graph.person_of_account.get(post.author as usize);
            let own = author == Some(&person);
            let is_meant = match self.whose {
                Whose::Both => true,
                Whose::By => own,
                Whose::To => !own,
            };
            let text = posts.text(post);
            if is_meant && self.wanted.is_in(text, &mut room) {
                self.n += 1;
                if self.first.len() < MOST {
                    self.first.push(*at);
                }
            }
            if !self.wanted.is_empty() {
                left = left.saturating_sub(text.len());
                if left == 0 {
                    break;
                }
            }
        }
        self.looked_at < around.len()
    }
}

/// Draws the posts of `person`; `None` while a worker looks for them.
pub(super) fn person_posts_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    found: Option<&Arc<PersonPosts>>,
    finding: &mut Finding,
    inbox: &mut Vec<Command>,
) {
    let Some(found) = found else {
        ui.label(RichText::new("Looking through the posts…").weak());
        return;
    };
    if found.around.is_empty() {
        ui.label(RichText::new("None in this file").small().weak());
        return;
    }
    choice_ui(ui, shown, finding);
    if finding.go_on(shown, found.person, &found.around) {
        ui.ctx().request_repaint();
    }
    let most = finding.most.max(FIRST).min(finding.first.len());
    for place in 0..most {
        let Some(at) = finding.first.get(place).copied() else {
            break;
        };
        row_ui(ui, shown, (place, at), finding, inbox);
    }
    if finding.n == 0 && finding.looked_at == found.around.len() {
        let words = if finding.wanted.is_empty() {
            "None"
        } else {
            "No post has all of these words"
        };
        ui.label(RichText::new(words).small().weak());
    }
    more_ui(ui, (found.person, most), finding, inbox);
}

/// Which of the posts, and with which words.
fn choice_ui(ui: &mut Ui, shown: Shown<'_>, finding: &mut Finding) {
    ui.horizontal_wrapped(|ui| {
        halves(ui, shown.colours, |ui| {
            for whose in Whose::ALL {
                if half(ui, shown.colours, finding.whose == whose, whose.words()).clicked() {
                    finding.whose = whose;
                    finding.again();
                }
            }
        });
        if !shown.map.results.conversation.posts.keeps_texts() {
            return;
        }
        if ui.available_width() < SEARCH {
            ui.end_row();
        }
        let width = ui.available_width().min(1.6 * SEARCH);
        let id = Id::new("search in this person's posts");
        let words = ("Search", "Search in this person's posts");
        let response = search_field(ui, &mut finding.typed, id, words, width);
        if response.changed() {
            finding.again();
        }
    });
    ui.add_space(2.0);
}

fn row_ui(
    ui: &mut Ui,
    shown: Shown<'_>,
    (place, at): (usize, u32),
    finding: &mut Finding,
    inbox: &mut Vec<Command>,
) {
    let Some(told) = Told::new(shown, at) else {
        return;
    };
    let open = finding.opened.filter(|(post, _)| *post == at);
    let height = open.map_or(ROW, |(_, height)| height);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    if !ui.is_rect_visible(rect) && open.is_none() {
        // What is not seen is not drawn, but can be walked to.
        let response = ui.interact(rect, Id::new(("post of the card", place)), Sense::click());
        let spoken = told.spoken();
        response.widget_info(|| WidgetInfo::selected(WidgetType::Button, true, false, &spoken));
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        return;
    }
    let about = (rect, Id::new(("post of the card", place)));
    let (response, wants) = post_ui(ui, told, about, (&finding.wanted, open.is_some()), inbox);
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    if response.clicked() {
        finding.opened = open.is_none().then_some((at, ROW));
        ui.ctx().request_repaint();
    } else if open.is_some() && (wants - height).abs() > 0.5 {
        finding.opened = Some((at, wants));
        ui.ctx().request_repaint();
    }
}

/// More of them here, or all of them in the drawer.
fn more_ui(
    ui: &mut Ui,
    (person, most): (PersonId, usize),
    finding: &mut Finding,
    inbox: &mut Vec<Command>,
) {
    ui.horizontal_wrapped(|ui| {
        let n = figures::whole(finding.n as u64);
        if most < finding.first.len() {
            let more = ui.add(small_button("Show more"));
            let tip = format!("{} of {n} are shown", figures::whole(most as u64));
            if more.on_hover_text(tip).clicked() {
                finding.most = MOST;
            }
        }
        let all = ui.add(small_button(format!("Show all {n} in Posts")));
        if all
            .on_hover_text("Read them below the map, where there is more room")
            .clicked()
        {
            let scope = match finding.whose {
                Whose::By => PostScope::Selected,
                Whose::Both | Whose::To => PostScope::AroundSelected,
            };
            inbox.push(Command::Select(vec![person]));
            inbox.push(Command::Read(ReadCommand::SetScope(scope)));
            inbox.push(Command::Read(ReadCommand::Search(finding.typed.clone())));
            inbox.push(Command::ShowDrawer(Some(Drawer::Posts)));
        }
    });
}
