//! Who takes part: handles, names, reach, how much they write and how often others address them.

use super::random::Random;
use super::voices::{AMBASSADORS, BIG_ACCOUNTS, MEDIA, VOICES, Voice};

/// What somebody is in the conversation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Talks mostly with the own community.
    Member,
    /// A big account: writes much of its own, answers little.
    Big,
    /// Talks in several communities.
    Ambassador,
    /// Talks to nobody, and nobody to them.
    Alone,
    /// Talks only within a tiny circle, of this number.
    Circle(usize),
    /// Is only written to.
    Silent,
}

/// One account.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) handle: String,
    pub(super) name: String,
    pub(super) community: usize,
    /// Communities besides the own in which an ambassador talks.
    pub(super) also: &'static [usize],
    pub(super) part: Part,
    /// Followers on the first day.
    pub(super) reach: f64,
    /// Share of new followers a day.
    pub(super) growth: f64,
    /// Posts, relative to others.
    pub(super) activity: f64,
    /// How often others choose this person, relative to others.
    pub(super) popularity: f64,
    /// Writes now and then in this language.
    pub(super) language: Option<&'static str>,
}

/// First name in a handle, as written in a name, and the language where it is not English.
type FirstName = (&'static str, &'static str, &'static str);

const ENGLISH: &str = "ada|alice|amber|anton|april|archie|bea|ben|blake|callum|carla|casey|cleo|cora|dana|dev|dylan|\
    edie|eli|ella|emma|erin|esme|evan|faye|finn|flora|fred|gabe|gina|grace|gus|harper|hazel|henry|holly|hugo|ida|\
    iris|isaac|ivy|jack|jade|jamie|jonah|josie|june|kai|kara|kit|lena|leo|lily|lola|lucy|luke|mabel|marlo|maud|max|\
    mia|mila|miles|molly|nell|nico|nina|noah|nora|olive|omari|otis|owen|pam|pearl|percy|petra|pia|quinn|remy|rex|\
    rhea|robin|rory|rosa|rowan|ruth|sage|sally|sasha|sid|skye|sol|stella|tara|ted|theo|tilly|toby|uma|una|vera|\
    violet|wade|wes|willa|wren|xena|yara|zack|zara";

const OTHER: &[FirstName] = &[
    ("lea", "Léa", "fr"),
    ("chloe", "Chloé", "fr"),
    ("remi", "Rémi", "fr"),
    ("celine", "Céline", "fr"),
    ("noemie", "Noémie", "fr"),
    ("helene", "Hélène", "fr"),
    ("jose", "José", "es"),
    ("lucia", "Lucía", "es"),
    ("ines", "Inés", "es"),
    ("ramon", "Ramón", "es"),
    ("begona", "Begoña", "es"),
    ("joao", "João", "pt"),
    ("luis", "Luís", "pt"),
    ("conceicao", "Conceição", "pt"),
    ("jorg", "Jörg", "de"),
    ("kathe", "Käthe", "de"),
    ("gunther", "Günther", "de"),
    ("layla", "ليلى", "ar"),
    ("omar", "عمر", "ar"),
    ("noor", "نور", "ar"),
    ("karim", "كريم", "ar"),
    ("salma", "سلمى", "ar"),
    ("yusuf", "يوسف", "ar"),
    ("rania", "رانيا", "ar"),
    ("zoe", "Zoë", ""),
    ("soren", "Søren", ""),
    ("asa", "Åsa", ""),
    ("jiri", "Jiří", ""),
    ("zofia", "Żofia", ""),
    ("ayse", "Ayşe", ""),
    ("minji", "민지", ""),
    ("jiho", "지호", ""),
    ("oksana", "Оксана", ""),
    ("eleni", "Ελένη", ""),
    ("priya", "Priya", ""),
    ("arjun", "Arjun", ""),
    ("thuy", "Thủy", ""),
    ("kofi", "Kofi", ""),
    ("amara", "Amara", ""),
];

const JAPANESE_NAMES: &[FirstName] = &[
    ("sakura", "さくら", "ja"),
    ("haruto", "陽翔", "ja"),
    ("yui", "結衣", "ja"),
    ("takumi", "匠", "ja"),
    ("mio", "美桜", "ja"),
    ("ren", "蓮", "ja"),
    ("hina", "ひな", "ja"),
    ("daichi", "大地", "ja"),
    ("emi", "恵美", "ja"),
    ("kaito", "海斗", "ja"),
    ("nana", "なな", "ja"),
    ("shota", "翔太", "ja"),
    ("ayaka", "彩花", "ja"),
    ("ryo", "涼", "ja"),
    ("miki", "ミキ", "ja"),
    ("taro", "太郎", "ja"),
    ("noriko", "のり子", "ja"),
    ("jun", "ジュン", "ja"),
    ("asuka", "明日香", "ja"),
    ("goro", "五郎", "ja"),
    ("riko", "莉子", "ja"),
    ("sora", "そら", "ja"),
    ("mayu", "まゆ", "ja"),
    ("kento", "健斗", "ja"),
    ("chie", "千恵", "ja"),
];

const FAMILY: &str = "Abbott|Adler|Alvarez|Banks|Barros|Bauer|Bishop|Boyd|Brandt|Byrne|Carver|Castro|Cole|Costa|Dalton|\
    Diaz|Doyle|Duarte|Eklund|Ellis|Faber|Farrow|Fontaine|Frost|Garza|Greco|Hale|Haddad|Hart|Holm|Ibarra|Jansen|Keller|\
    Khan|Kowal|Lamb|Larsen|Lindt|Lowe|Marsh|Mendes|Moreau|Moss|Nair|Nash|Novak|Okoye|Olsen|Osei|Paz|Pike|Quist|Rao|\
    Reyes|Rossi|Sato|Shaw|Silva|Sousa|Stone|Tan|Thorne|Vance|Vega|Voss|Ward|Weiss|Wong|York|Zeller";

const JAPANESE_FAMILY: &str =
    "佐藤|鈴木|高橋|田中|渡辺|伊藤|中村|小林|山田|松本|井上|木村|清水|山口|石川|前田|藤田|岡田";

/// Everybody, community by community.
pub(super) fn everybody(random: &mut Random) -> Vec<Person> {
    let mut people = Vec::with_capacity(800);
    for &(handle, name, reach) in BIG_ACCOUNTS {
        let mut person = known(handle, name, MEDIA, Part::Big, reach);
        person.activity = 3.0 + 4.0 * random.unit();
        person.popularity = 12.0 + reach as f64 / 16_000.0;
        people.push(person);
    }
    for &(handle, name, home, also, reach) in AMBASSADORS {
        let mut person = known(handle, name, home, Part::Ambassador, reach);
        person.also = also;
        person.activity = 15.0 + 4.0 * random.unit();
        person.popularity = 7.0;
        people.push(person);
    }
    for (community, voice) in VOICES.iter().enumerate() {
        for _ in 0..voice.people {
            let person = member(community, voice, &people, random);
            people.push(person);
        }
        for handle in voice.silent {
            let mut person = known(handle, handle, community, Part::Silent, 0);
            person.activity = 0.0;
            person.popularity = 1.5 * random.pareto(1.6, 6.0);
            people.push(person);
        }
    }
    set_apart(&mut people, random);
    people
}

pub(super) fn known(handle: &str, name: &str, community: usize, part: Part, reach: u64) -> Person {
    Person {
        handle: handle.to_owned(),
        name: name.to_owned(),
        community,
        also: &[],
        part,
        reach: reach as f64,
        growth: 0.001,
        activity: 1.0,
        popularity: 1.0,
        language: None,
    }
}

fn member(community: usize, voice: &Voice, people: &[Person], random: &mut Random) -> Person {
    let english: Vec<&str> = ENGLISH.split('|').collect();
    let ((first, written, language), family) = if random.chance(voice.english) {
        let first = random.pick(&english);
        ((first, "", ""), family(FAMILY, random))
    } else if voice.english > 0.0 {
        (OTHER[random.below(OTHER.len())], family(FAMILY, random))
    } else {
        (
            JAPANESE_NAMES[random.below(JAPANESE_NAMES.len())],
            family(JAPANESE_FAMILY, random),
        )
    };
    let popularity = random.pareto(1.0, 60.0);
    // Whoever is addressed often is followed by more people, loosely.
    let median = voice.median_reach * libm::sqrt(popularity) * 0.8;
    Person {
        handle: free_handle(first, voice, people, random),
        name: display_name(first, written, family, voice, random),
        community,
        also: &[],
        part: Part::Member,
        reach: random.log_normal(median, 1.25).clamp(7.0, 34_000.0),
        growth: if random.chance(0.35) {
            0.004 * random.unit()
        } else {
            0.0
        },
        activity: random.pareto(1.45, 14.0),
        popularity,
        language: Some(language).filter(|l| !l.is_empty() && *l != "ja"),
    }
}

fn family(names: &'static str, random: &mut Random) -> &'static str {
    let names: Vec<&str> = names.split('|').collect();
    random.pick(&names)
}

fn display_name(
    first: &str,
    written: &str,
    family: &str,
    voice: &Voice,
    random: &mut Random,
) -> String {
    let first = if written.is_empty() {
        let mut letters = first.chars();
        letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(letters)
            .collect()
    } else {
        written.to_owned()
    };
    let mut name = match random.below(5) {
        0 => first,
        _ if voice.english == 0.0 => format!("{family}{first}"),
        1 => format!("{first} {}.", &family[..1]),
        _ => format!("{first} {family}"),
    };
    if random.chance(0.3) {
        name.push(' ');
        name.push_str(random.pick(voice.emoji));
    }
    name
}

/// A handle that nobody has yet, at most 15 letters, as platforms have it.
fn free_handle(first: &str, voice: &Voice, people: &[Person], random: &mut Random) -> String {
    let free = |handle: &str| {
        people
            .iter()
            .all(|p| !p.handle.eq_ignore_ascii_case(handle))
    };
    loop {
        let mut handle = random.pick(voice.handles).replace('*', first);
        if random.chance(0.35) {
            handle = format!("{handle}{}", 2 + random.below(97));
        }
        if handle.len() <= 15 && free(&handle) {
            // Platforms keep the letter case a person chose; the key does not.
            return if random.chance(0.12) {
                capitalised(&handle)
            } else {
                handle
            };
        }
        if handle.len() > 15 && random.chance(0.3) {
            let short = format!("{first}{}", 100 + random.below(900));
            if short.len() <= 15 && free(&short) {
                return short;
            }
        }
    }
}

fn capitalised(handle: &str) -> String {
    let mut start = true;
    handle
        .chars()
        .map(|c| {
            let letter = if start { c.to_ascii_uppercase() } else { c };
            start = c == '_';
            letter
        })
        .collect()
}

/// Some members talk to nobody, some only within tiny circles.
fn set_apart(people: &mut [Person], random: &mut Random) {
    let mut members: Vec<usize> = (0..people.len())
        .filter(|&i| people[i].part == Part::Member && people[i].popularity < 4.0)
        .collect();
    random.shuffle(&mut members);
    let mut members = members.into_iter();
    for i in members.by_ref().take(41) {
        people[i].part = Part::Alone;
        people[i].activity = 1.0;
    }
    for (circle, size) in [4, 3, 3, 2, 2, 2].into_iter().enumerate() {
        for i in members.by_ref().take(size) {
            people[i].part = Part::Circle(circle);
            people[i].activity = 2.0;
        }
    }
}
