//! The templates of questions: what each has room for, and the words by which it is known.

/// What a template has room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    Nothing,
    Person,
    TwoPeople,
    Community,
    TwoCommunities,
    Words,
    Time,
}

/// A kind of question, as it may be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// [`super::Question::Connects`]
    Connects,
    /// [`super::Question::BigButIsolated`]
    BigButIsolated,
    /// [`super::Question::SmallButConnected`]
    SmallButConnected,
    /// [`super::Question::Joins`]
    Joins,
    /// [`super::Question::Replaces`]
    Replaces,
    /// [`super::Question::Topics`]
    Topics,
    /// [`super::Question::TalksAbout`]
    TalksAbout,
    /// [`super::Question::WhoSays`]
    WhoSays,
    /// [`super::Question::SpeaksFor`]
    SpeaksFor,
    /// [`super::Question::NeverTalk`]
    NeverTalk,
    /// [`super::Question::TalkMost`]
    TalkMost,
    /// [`super::Question::AskFirst`]
    AskFirst,
    /// [`super::Question::AnswersMost`]
    AnswersMost,
    /// [`super::Question::Answers`]
    Answers,
    /// [`super::Question::Way`]
    Way,
    /// [`super::Question::NewTo`]
    NewTo,
    /// [`super::Question::Busiest`]
    Busiest,
    /// [`super::Question::Said`]
    Said,
}

/// How a template is known.
pub(super) struct Shape {
    pub(super) template: Template,
    pub(super) room: Room,
    /// Of each of the first so many ideas one word must be there.
    pub(super) needed: usize,
    /// Ideas, each in several words that mean the same.
    pub(super) ideas: &'static [&'static str],
    /// The question words with which it begins; others begin another question.
    pub(super) begins: &'static str,
    /// What to type before what there is room for.
    pub(super) typed: &'static str,
}

const JOIN: &str = "link join connect bridge unite span";
const GROUPS: &str = "community communities group circle camp pair";
const TALK: &str = "talk discuss say said write wrote mention post speak";
const ANSWER: &str = "answer reply replies replied respond address";

/// Every template; of equal ones the first is offered first.
pub(super) const SHAPES: [Shape; 18] = [
    Shape {
        template: Template::Joins,
        room: Room::TwoCommunities,
        needed: 1,
        ideas: &["link join connect bridge unite between tie"],
        begins: "who",
        typed: "Who links ",
    },
    Shape {
        template: Template::Connects,
        room: Room::Nothing,
        needed: 1,
        ideas: &[JOIN, "most best many more", GROUPS],
        begins: "who",
        typed: "",
    },
    Shape {
        template: Template::BigButIsolated,
        room: Room::Nothing,
        needed: 2,
        ideas: &[
            "big large huge famous popular reach loud",
            "isolated alone lonely unconnected disconnected apart unlinked outside",
        ],
        begins: "who",
        typed: "",
    },
    Shape {
        template: Template::SmallButConnected,
        room: Room::Nothing,
        needed: 2,
        ideas: &[
            "small little tiny hidden unknown",
            "connected bridge gem important matter central linked tied",
        ],
        begins: "who which where",
        typed: "",
    },
    Shape {
        template: Template::Replaces,
        room: Room::Person,
        needed: 1,
        ideas: &["replace substitute instead alternative like similar swap stand"],
        begins: "who",
        typed: "Who could replace @",
    },
    Shape {
        template: Template::SpeaksFor,
        room: Room::Community,
        needed: 1,
        ideas: &[
            "speak represent voice lead leader central centre center important heart core main matter",
        ],
        begins: "who",
        typed: "Who speaks for ",
    },
    Shape {
        template: Template::Topics,
        room: Room::Nothing,
        needed: 2,
        ideas: &[
            "talk discuss say topic about interested theme care",
            "community communities groups circles camps everybody",
        ],
        begins: "what which",
        typed: "",
    },
    Shape {
        template: Template::TalksAbout,
        room: Room::Community,
        needed: 1,
        ideas: &["talk discuss say topic about interested"],
        begins: "what",
        typed: "What is talked about in ",
    },
    Shape {
        template: Template::WhoSays,
        room: Room::Words,
        needed: 1,
        ideas: &[TALK, "about word"],
        begins: "who",
        typed: "Who talks about ",
    },
    Shape {
        template: Template::NeverTalk,
        room: Room::Nothing,
        needed: 2,
        ideas: &[
            "never not no don't dont gap silent apart disconnected separate hardly",
            GROUPS,
            "talk speak tied linked connected each other",
        ],
        begins: "which what",
        typed: "",
    },
    Shape {
        template: Template::TalkMost,
        room: Room::Nothing,
        needed: 2,
        ideas: &[
            "most closest close strongest best",
            GROUPS,
            "talk speak tied linked connected each other",
        ],
        begins: "which what",
        typed: "",
    },
    Shape {
        template: Template::AskFirst,
        room: Room::Nothing,
        needed: 1,
        ideas: &[
            "ask contact approach start begin message invite",
            "first next now",
        ],
        begins: "who whom where",
        typed: "",
    },
    Shape {
        template: Template::AnswersMost,
        room: Room::Nothing,
        needed: 1,
        ideas: &[ANSWER, "most often", "whom each other"],
        begins: "who",
        typed: "",
    },
    Shape {
        template: Template::Answers,
        room: Room::Person,
        needed: 1,
        ideas: &[
            "answer reply replies replied respond address write talk",
            "most often",
        ],
        begins: "who",
        typed: "Who answers @",
    },
    Shape {
        template: Template::Way,
        room: Room::TwoPeople,
        needed: 1,
        ideas: &["connected path way chain know between distance far linked related tied"],
        begins: "how what does",
        typed: "How are @",
    },
    Shape {
        template: Template::NewTo,
        room: Room::Person,
        needed: 1,
        ideas: &[
            "new newcomer recent recently lately met",
            "circle contact network friend",
        ],
        begins: "who",
        typed: "Who is new to the circle of @",
    },
    Shape {
        template: Template::Busiest,
        room: Room::Nothing,
        needed: 1,
        ideas: &[
            "busiest busy peak active loudest most",
            "day hour time post talk",
        ],
        begins: "when which what",
        typed: "",
    },
    Shape {
        template: Template::Said,
        room: Room::Time,
        needed: 1,
        ideas: &[
            "week day",
            "say said talk discuss happen topic about write wrote word",
            "first second third last",
        ],
        begins: "what",
        typed: "What was talked about in the first week",
    },
];

/// Words that say nothing of what is meant.
pub(super) const SMALL: &str = "a an all any anybody anyone are at be but by can could did do does else everybody for from \
    has have he her here him i in is it me my of on our people person place please s she should somebody than that the their them \
    there they this those to was we well were will with would and";

/// Question words.
pub(super) const ASKING: &str = "who whom what which when where how whose";

/// What stands between two people or communities.
pub(super) const BETWEEN: &str = "and with to & + or from – -";

/// Whether `word` is one of `words`.
pub(super) fn is_among(word: &str, words: &str) -> bool {
    words.split_ascii_whitespace().any(|one| one == word)
}
