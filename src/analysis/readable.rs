//! Words that stand out in a community as a person reads them: in order, without repeats, and whole.

use super::standing_out::Candidate;
use super::tokens::is_gram;

/// Small words of Chinese that run on into what stands beside them.
const CHINESE_PARTICLES: &str = "的了是吧吗呢着";
/// Small words of Japanese that do.
const JAPANESE_PARTICLES: &str = "のはがをにでともへ";
/// After so many words, grams that are hardly words add nothing.
const ENOUGH: usize = 5;
/// Runs of hiragana that are shorter, in characters, are nearly always endings and small words.
const SHORT_KANA: usize = 4;

/// The words in their order ([`Candidate::place`]), grams that begin or end in the middle of something last and
/// only up to five words (equal ones, as in a post
/// that many passed on: hashtags first, then longer words), without repeats (a word and its hashtag), fragments of longer words, and with
/// overlapping grams put together.
pub(super) fn readable(mut found: Vec<(String, Candidate)>) -> Vec<(String, Candidate)> {
    found.sort_by(|(a, with_a), (b, with_b)| {
        let telling = |w: &str| (w.starts_with('#'), w.chars().count());
        (is_loose(a).cmp(&is_loose(b)))
            .then_with(|| with_a.place(with_b))
            .then_with(|| telling(b).cmp(&telling(a)))
            .then_with(|| a.cmp(b))
    });
    let mut kept: Vec<(String, Candidate)> = Vec::new();
    let all = found.clone();
    for (word, candidate) in found {
        if kept.len() >= ENOUGH && is_loose(&word) {
            break;
        }
        // Grams that follow one another in nearly all texts are one word: ワール, ールド, ルド… become ワールド….
        let word = if is_gram(&word) {
            without_particles(grown(&word, candidate.writers, &all))
        } else {
            word
        };
        let bare = word.trim_start_matches('#');
        let repeats = kept.iter().any(|(other, with)| {
            let other = other.trim_start_matches('#');
            other == bare
                || (is_gram(bare)
                    && is_gram(other)
                    && (overlap(other, bare)
                        && f64::from(with.writers) >= 0.8 * f64::from(candidate.writers)
                        || other.contains(bare)))
        });
        if !repeats {
            kept.push((word, candidate));
        }
    }
    kept
}

fn is_hiragana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{309f}')
}

/// Whether `end` is a small word at the end of a gram, beside `inner`.
fn is_particle(end: char, inner: char) -> bool {
    CHINESE_PARTICLES.contains(end) || JAPANESE_PARTICLES.contains(end) && !is_hiragana(inner)
}

/// Whether a gram is hardly a word: short and all hiragana, or with a small word at an end.
fn is_loose(word: &str) -> bool {
    if !is_gram(word) {
        return false;
    }
    let letters: Vec<char> = word.chars().collect();
    match letters.as_slice() {
        all if all.len() < SHORT_KANA && all.iter().all(|c| is_hiragana(*c)) => true,
        [first, second, .., before, last] => {
            is_particle(*first, *second) || is_particle(*last, *before)
        }
        [first, .., last] => is_particle(*first, *last) || is_particle(*last, *first),
        _ => false,
    }
}

/// A gram without the small words at its ends, where two characters stay.
fn without_particles(word: String) -> String {
    let letters: Vec<char> = word.chars().collect();
    let mut rest = letters.as_slice();
    while let [inner @ .., before, last] = rest
        && !inner.is_empty()
        && is_particle(*last, *before)
    {
        rest = &rest[..rest.len() - 1];
    }
    while let [first, second, inner @ ..] = rest
        && !inner.is_empty()
        && is_particle(*first, *second)
    {
        rest = &rest[1..];
    }
    if rest.len() == letters.len() {
        return word;
    }
    rest.iter().collect()
}

/// A gram extended to both sides by grams that at least 80 % of its writers share.
fn grown(gram: &str, writers: u32, all: &[(String, Candidate)]) -> String {
    let mut word: Vec<char> = gram.chars().collect();
    let enough = |c: &Candidate| f64::from(c.writers) >= 0.8 * f64::from(writers);
    while word.len() < 16 {
        let longer = all
            .iter()
            .filter(|(g, c)| is_gram(g) && enough(c))
            .find_map(|(g, _)| {
                let g: Vec<char> = g.chars().collect();
                // All but one character of the gram have to agree, and at least two.
                let common = g.len() - 1;
                if common < 2 || common > word.len() {
                    return None;
                }
                if word.ends_with(&g[..common]) && !word.starts_with(&g[1..]) {
                    return Some((g[common], true));
                }
                (word.starts_with(&g[1..]) && !word.ends_with(&g[..common]))
                    .then_some((g[0], false))
            });
        match longer {
            Some((c, true)) => word.push(c),
            Some((c, false)) => word.insert(0, c),
            None => break,
        }
    }
    word.into_iter().collect()
}

/// Whether one gram goes on where the other ends, by at least two characters, or they contain one another.
fn overlap(a: &str, b: &str) -> bool {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let follows =
        |x: &[char], y: &[char]| (2..=x.len().min(y.len())).any(|n| x[x.len() - n..] == y[..n]);
    a.contains(b) || b.contains(a) || follows(&x, &y) || follows(&y, &x)
}

#[cfg(test)]
mod tests {
    use super::{is_loose, without_particles};

    #[test]
    fn small_words_at_the_ends_of_a_gram_are_told() {
        for loose in ["まし", "旬の", "的有", "自己了", "の寿司", "るした"] {
            assert!(is_loose(loose), "{loose}");
        }
        for whole in [
            "寿司",
            "打ち上げ",
            "にんじん",
            "sushi",
            "#旬の",
            "ワールドカップ",
        ] {
            assert!(!is_loose(whole), "{whole}");
        }
    }

    #[test]
    fn two_characters_stay_of_a_gram_without_small_words() {
        let of = |word: &str| without_particles(word.to_owned());
        assert_eq!(of("近所の寿司屋で"), "近所の寿司屋");
        assert_eq!(of("の天気が"), "天気");
        assert_eq!(of("旬の"), "旬の");
        assert_eq!(of("世界的"), "世界");
        assert_eq!(of("にんじん"), "にんじん");
    }
}
