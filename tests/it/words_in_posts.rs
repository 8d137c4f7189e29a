//! Words looked for in posts: finding, the filter and the list of posts give the same posts, those of a look at every letter.

use isthmus::analysis::Communities;
use isthmus::campaign::{Filter, OutreachList};
use isthmus::explore::{
    ShownPart, Subject, Wanted, Writers, find_posts, fold, newest_first, posts_with, shown_part,
};
use isthmus::people::{Posts, TieKinds, TieSettings, build};
use isthmus::progress::{Cancelled, Progress};

use super::posts_found::next;

/// Whether every word of `typed` begins a word of `text`, by a look at every letter of both.
pub(super) fn by_hand(text: &str, typed: &str) -> bool {
    let text: Vec<char> = fold(text).chars().collect();
    let is_unspaced =
        |letter: char| "寿司太郎今日はガカかใน".contains(letter) || letter == '\u{3099}';
    // What a word is made of; the sign that binds two letters of Devanagari, too.
    let is_of_word = |letter: char| letter.is_alphanumeric() || letter == '\u{94d}';
    fold(typed).split_whitespace().all(|word| {
        let word: Vec<char> = word.chars().collect();
        (0..text.len()).any(|at| {
            let parted = at == 0 || !is_of_word(text[at - 1]) || is_unspaced(text[at - 1]);
            let anywhere = !is_of_word(word[0]) || is_unspaced(word[0]);
            text[at..].starts_with(&word) && (parted || anywhere)
        })
    })
}

const PIECES: [&str; 22] = [
    "rice",
    "RICE",
    "ric",
    "p",
    "price",
    "é",
    "sushi",
    "#",
    "@",
    "寿司",
    "太郎",
    "ガ",
    "は",
    "ма",
    "рис",
    "नम",
    "स्ते",
    "김",
    "🎉",
    "12",
    "-",
    "ใน",
];

/// Some pieces, some of them apart.
fn text(seed: &mut u64, most: u64) -> String {
    let n = 1 + next(seed) % most;
    let mut text = String::new();
    for _ in 0..n {
        text.push_str(PIECES[next(seed) as usize % PIECES.len()]);
        if next(seed).is_multiple_of(3) {
            text.push(' ');
        }
    }
    text
}

/// Posts of a few people with such texts.
fn made(n: usize, seed: &mut u64) -> Posts {
    let mut posts = Posts::default();
    for _ in 0..n {
        let author = posts.account(&format!("p{}", next(seed) % 40));
        let text = text(seed, 6);
        posts.push(author.expect("a handle"), None, &text, &[]);
    }
    posts
}

#[test]
fn finding_filter_and_list_give_the_posts_that_a_look_at_every_letter_gives() {
    let mut seed = 23;
    let posts = made(6_000, &mut seed); // more than a core takes at a time
    let progress = Progress::new();
    let graph = build(&posts, &TieSettings::default(), &progress).expect("nobody cancels");
    let (communities, list) = (Communities::default(), OutreachList::default());
    let subject = Subject {
        graph: &graph,
        posts: &posts,
        communities: &communities,
        kinds: TieKinds::EVERY,
        list: &list,
    };
    let order = newest_first(&posts, &progress).expect("nobody cancels");
    let listed = |part: Option<&ShownPart>, words: &str| {
        let wanted = Wanted::new(words);
        let of = (&order[..], &Writers::Anybody, &wanted);
        let found = find_posts((&posts, &graph), &communities, part, of, &progress);
        let mut found = found.expect("nobody cancels").posts;
        found.sort_unstable();
        found
    };
    let mut n_found = 0;
    for _ in 0..150 {
        let typed = text(&mut seed, 3);
        let expected: Vec<u32> = (0..posts.posts.len() as u32)
            .filter(|at| by_hand(posts.text(&posts.posts[*at as usize]), &typed))
            .collect();
        let wanted = Wanted::new(&typed);
        let counted = posts_with(&posts, &graph, &wanted, &progress).expect("nobody cancels");
        assert_eq!(counted.posts, expected.len() as u64, "{typed}");
        let filter = Filter {
            words: typed.clone(),
            ..Filter::default()
        };
        let part = shown_part(&subject, &filter, &progress).expect("nobody cancels");
        assert_eq!(part.counts.posts, counted.posts, "{typed}");
        assert_eq!(listed(None, &typed), expected, "{typed}");
        assert_eq!(listed(Some(&part), ""), expected, "{typed}");
        // Each of them shows where the words stand.
        for at in &expected {
            let text = posts.text(&posts.posts[*at as usize]);
            assert!(!wanted.places(text).is_empty(), "{typed} in {text}");
        }
        n_found += expected.len();
    }
    assert!(n_found > 20_000, "only {n_found}: the test looks at little");

    progress.cancel();
    let wanted = Wanted::new("rice");
    let counted = posts_with(&posts, &graph, &wanted, &progress);
    assert_eq!(counted, Err(Cancelled));
}
