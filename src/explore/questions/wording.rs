//! The questions that may be meant by what is typed, completed with the people and communities that there are.

use super::Question;
use super::naming_times::when;
use super::reading::{Token, readings};
use super::shapes::{Room, Shape, Template};
use crate::analysis::{Communities, CommunityId};
use crate::explore::find_communities::communities_called;
use crate::explore::kin::kin_communities;
use crate::people::{ConversationGraph, PersonId, key_of};

/// Questions offered at most.
const MOST: usize = 6;
/// Communities or people offered for one room.
const OFFERED: usize = 4;

/// What happens when a suggestion is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Then {
    /// It is asked.
    Ask(Question),
    /// This stands in the field, to be gone on with.
    Type(String),
}

/// A question that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Which kind it is.
    pub template: Template,
    /// What is offered.
    pub then: Then,
}

/// What is known of names.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// Everybody.
    pub graph: &'a ConversationGraph,
    /// Every community.
    pub communities: &'a Communities,
    /// Who is selected: meant where nobody is named.
    pub selected: Option<PersonId>,
}

/// The words in a room.
fn words(room: &[Token]) -> String {
    let words = room.iter().map(|token| match token {
        Token::Word(word) => word.as_str(),
        Token::Community(_) => "",
    });
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The person whom a room names exactly by handle.
fn named(room: &[Token], names: &Names<'_>) -> Option<PersonId> {
    let [Token::Word(word)] = room else {
        return None;
    };
    let word = word.strip_suffix("'s").unwrap_or(word);
    names.graph.find(&key_of(word))
}

/// The communities that a room may name, the likeliest first.
fn meant(room: Option<&Vec<Token>>, names: &Names<'_>) -> Vec<CommunityId> {
    match room.map(Vec::as_slice) {
        None | Some([]) => {
            let all = names.communities.list.iter().enumerate();
            let named = all.filter(|(_, community)| !community.small);
            named
                .map(|(at, _)| CommunityId(at as u32))
                .take(OFFERED)
                .collect()
        }
        Some([Token::Community(id)]) => vec![*id],
        Some(room) => {
            let found = communities_called(names.communities, &words(room));
            let found: Vec<CommunityId> = found
                .into_iter()
                .map(|found| found.community)
                .take(OFFERED)
                .collect();
            if found.is_empty() {
                kin_communities(names.communities, &words(room), OFFERED)
            } else {
                found
            }
        }
    }
}

/// The pairs that may be meant by what was typed for one community and for the other. Where one of the two is called as none is, the
/// other one with each of the largest is offered: people have words of their own for communities.
fn two_communities(
    first: &[CommunityId],
    second: Vec<CommunityId>,
    names: &Names<'_>,
) -> Vec<[CommunityId; 2]> {
    let (one, others, turned) = match (first.first(), second.first()) {
        (Some(one), Some(_)) => (*one, second, false),
        (Some(one), None) => (*one, meant(None, names), false),
        (None, Some(one)) => (*one, meant(None, names), true),
        (None, None) => return Vec::new(),
    };
    let others = others.into_iter().filter(|other| *other != one);
    let pair = |other| if turned { [other, one] } else { [one, other] };
    others.map(pair).collect()
}

/// The part of `text` that names a person who is not named by a whole handle: whoever shows suggestions looks that up first.
pub fn person_in(text: &str, names: &Names<'_>) -> Option<String> {
    let readings = readings(text, names);
    let open = readings
        .iter()
        .filter(|(shape, _)| matches!(shape.room, Room::Person | Room::TwoPeople));
    open.flat_map(|(_, reading)| &reading.rooms)
        .find(|room| named(room, names).is_none())
        .map(|room| words(room))
        .filter(|words| !words.is_empty())
}

/// The questions that `text` may mean, the likeliest first, at most 6. `people`: whom [`person_in`] finds, the best first.
///
/// # Cost
/// O(communities + letters of `text`).
pub fn suggestions(text: &str, names: &Names<'_>, people: &[PersonId]) -> Vec<Suggestion> {
    let mut all: Vec<Suggestion> = Vec::new();
    for (shape, reading) in readings(text, names) {
        let left = MOST - all.len();
        for then in shape
            .offers(text, &reading.rooms, names, people)
            .into_iter()
            .take(left)
        {
            let template = shape.template;
            all.push(Suggestion { template, then });
        }
        if all.len() >= MOST {
            break;
        }
    }
    all
}

impl Shape {
    /// What may be offered, the likeliest first; nothing where what was typed names nobody and nothing.
    fn offers(
        &self,
        text: &str,
        rooms: &[Vec<Token>],
        names: &Names<'_>,
        people: &[PersonId],
    ) -> Vec<Then> {
        let typed = || vec![Then::Type(self.typed.to_owned())];
        let ask = Then::Ask;
        match self.room {
            Room::Nothing => self.plain().map(ask).into_iter().collect(),
            Room::Words => match rooms
                .first()
                .map(|room| words(room))
                .filter(|w| !w.is_empty())
            {
                Some(words) => vec![ask(Question::WhoSays(words))],
                None => typed(),
            },
            Room::Time => when(text)
                .map(|when| ask(Question::Said(when)))
                .into_iter()
                .collect(),
            Room::Community => {
                let of = |id| self.of_community(id).map(ask);
                meant(rooms.first(), names)
                    .into_iter()
                    .filter_map(of)
                    .collect()
            }
            Room::TwoCommunities => match rooms.first() {
                None => typed(),
                room => two_communities(&meant(room, names), meant(rooms.get(1), names), names)
                    .into_iter()
                    .map(|pair| ask(Question::Joins(pair)))
                    .collect(),
            },
            Room::Person => match rooms.first() {
                None => match names.selected.and_then(|id| self.of_person(id)) {
                    Some(question) => vec![ask(question)],
                    None => typed(),
                },
                Some(room) => {
                    let known = named(room, names);
                    let meant = known
                        .into_iter()
                        .chain(people.iter().copied().filter(|id| Some(*id) != known));
                    let of = |id| self.of_person(id).map(ask);
                    let most = if known.is_some() { 1 } else { OFFERED };
                    meant.take(most).filter_map(of).collect()
                }
            },
            Room::TwoPeople => self.two_people(rooms, names, people),
        }
    }

    fn two_people(
        &self,
        rooms: &[Vec<Token>],
        names: &Names<'_>,
        people: &[PersonId],
    ) -> Vec<Then> {
        let handle = |id: PersonId| {
            names
                .graph
                .people
                .get(id.index())
                .map(|person| &person.handle)
        };
        let go_on = |id: PersonId| Some(Then::Type(format!("How are @{} and @", handle(id)?)));
        let Some(first) = rooms.first() else {
            return match names.selected.and_then(go_on) {
                Some(then) => vec![then],
                None => vec![Then::Type(self.typed.to_owned())],
            };
        };
        let people = people.iter().copied().take(OFFERED);
        let Some(first) = named(first, names) else {
            // First the one, then the other.
            return people.filter_map(go_on).collect();
        };
        let way = |other: PersonId| Then::Ask(Question::Way([first, other]));
        match rooms.get(1) {
            None => match names.selected.filter(|id| *id != first) {
                Some(other) => vec![way(other)],
                None => go_on(first).into_iter().collect(),
            },
            Some(room) => match named(room, names) {
                Some(other) => vec![way(other)],
                None => people.filter(|id| *id != first).map(way).collect(),
            },
        }
    }

    fn plain(&self) -> Option<Question> {
        Some(match self.template {
            Template::Connects => Question::Connects,
            Template::BigButIsolated => Question::BigButIsolated,
            Template::SmallButConnected => Question::SmallButConnected,
            Template::Topics => Question::Topics,
            Template::NeverTalk => Question::NeverTalk,
            Template::TalkMost => Question::TalkMost,
            Template::AskFirst => Question::AskFirst,
            Template::AnswersMost => Question::AnswersMost,
            Template::Busiest => Question::Busiest,
            _ => return None,
        })
    }

    fn of_community(&self, id: CommunityId) -> Option<Question> {
        match self.template {
            Template::SpeaksFor => Some(Question::SpeaksFor(id)),
            Template::TalksAbout => Some(Question::TalksAbout(id)),
            _ => None,
        }
    }

    fn of_person(&self, id: PersonId) -> Option<Question> {
        match self.template {
            Template::Replaces => Some(Question::Replaces(id)),
            Template::Answers => Some(Question::Answers(id)),
            Template::NewTo => Some(Question::NewTo(id)),
            _ => None,
        }
    }
}
