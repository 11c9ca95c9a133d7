//! Whether two words are one, misspelt or inflected.

use super::glyphs::unaccented;
use super::lexicon::are_opposites;
use super::words::{Sort, Word};
use strsim::osa_distance;

/// How sure it is that two different words are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Spelling {
    /// The same but for accents.
    Variant,
    /// A doubled or missing letter, two exchanged, another ending or spelling: what slips look
    /// like.
    Slip,
    /// A letter for another: a slip, or another word.
    Doubtful,
    /// A vowel for another in a word of less than eight letters: the commonest slip, and what
    /// tells many pairs of words apart.
    Vowel,
    /// Of the make of words that come in pairs: the first letter differs, or two letters.
    Minimal,
}

/// What joins two different words, if anything does.
pub(super) fn spelling(a: &Word, b: &Word) -> Option<Spelling> {
    likely_spelling(a, b).filter(|_| !are_opposites(&a.text, &b.text))
}

fn likely_spelling(a: &Word, b: &Word) -> Option<Spelling> {
    let framed = a.sort == Sort::Frame || b.sort == Sort::Frame;
    match (a.sort, b.sort) {
        (Sort::Word, Sort::Word) => {}
        // "teh" is no word of a frame, and yet means one.
        (Sort::Word, Sort::Frame) | (Sort::Frame, Sort::Word) => {}
        _ => return None,
    }
    if unaccented(&a.text) == unaccented(&b.text) {
        return Some(Spelling::Variant);
    }
    if !framed && (a.folded == b.folded || are_inflected(&a.text, &b.text)) {
        return Some(Spelling::Slip);
    }
    let (x, y): (Vec<char>, Vec<char>) = (a.text.chars().collect(), b.text.chars().collect());
    let longest = x.len().max(y.len());
    if longest < if framed { 3 } else { 4 } || x.len().abs_diff(y.len()) > 2 {
        return None;
    }
    let same_start = x.first() == y.first();
    if same_start && x.len() == y.len() && is_rearranged(&x, &y) {
        return Some(Spelling::Slip);
    }
    if longest < 5 || framed {
        return None;
    }
    match osa_distance(&a.text, &b.text) {
        1 if x.len() != y.len() && same_start => Some(Spelling::Slip),
        1 if !same_start => Some(Spelling::Minimal),
        1 => {
            let at = x.iter().zip(&y).position(|(x, y)| x != y)?;
            let vowels = is_vowel(x[at]) && is_vowel(y[at]);
            let short = longest < 8;
            Some(if vowels && short { Spelling::Vowel } else { Spelling::Doubtful })
        }
        2 if same_start && longest >= 8 => Some(Spelling::Minimal),
        _ => None,
    }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'а' | 'е' | 'и' | 'о' | 'у' | 'я' | 'ы')
        || !c.is_ascii()
}

/// Whether the letters are the same and the words differ in a short stretch of them.
fn is_rearranged(x: &[char], y: &[char]) -> bool {
    let differing = x.iter().zip(y).filter(|(x, y)| x != y).count();
    let sorted = |word: &[char]| {
        let mut letters = word.to_vec();
        letters.sort_unstable();
        letters
    };
    differing <= 4 && (differing == 2 || x.len() >= 5) && sorted(x) == sorted(y)
}

/// Whether the words are one in two of its English forms: `loop`, `loops`, `looped`, `looping`.
fn are_inflected(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    if short.len() < 3 {
        return false;
    }
    let base = short.strip_suffix('e').unwrap_or(short);
    let ending = |text: &str| matches!(text, "s" | "es" | "ed" | "ing" | "d");
    if long.strip_prefix(short).is_some_and(ending) {
        return true;
    }
    if base.len() >= 3 && long.strip_prefix(base).is_some_and(|rest| rest == "ing") {
        return true;
    }
    // stop, stopping; story, stories
    let doubled = short.chars().last().and_then(|last| {
        long.strip_prefix(short)?.strip_prefix(last).filter(|rest| matches!(*rest, "ed" | "ing"))
    });
    let plural = short
        .strip_suffix('y')
        .is_some_and(|stem| long.strip_prefix(stem).is_some_and(|rest| rest == "ies"));
    doubled.is_some() || plural || are_forms(a, b)
}

/// Two longer forms of one base: `looped`, `looping`.
fn are_forms(a: &str, b: &str) -> bool {
    let base = |word: &str| {
        ["ing", "ed", "es", "s"].iter().find_map(|ending| {
            word.strip_suffix(ending).filter(|base| base.len() >= 3).map(str::to_owned)
        })
    };
    matches!((base(a), base(b)), (Some(a), Some(b)) if a == b)
}

#[cfg(test)]
mod tests {
    use super::super::words::Text;
    use super::*;

    fn judged(a: &str, b: &str) -> Option<Spelling> {
        spelling(&Text::of(a).words[0], &Text::of(b).words[0])
    }

    #[test]
    fn slips_are_known_from_other_words() {
        for (a, b) in [
            ("comit", "commit"),
            ("diffrence", "difference"),
            ("vilion", "violin"),
            ("mcuh", "much"),
            ("perfix", "prefix"),
            ("sulphur", "sulfur"),
            ("processes", "process"),
            ("stopped", "stopping"),
            ("directry", "directory"),
            ("making", "makes"),
        ] {
            assert_eq!(judged(a, b), Some(Spelling::Slip), "{a} / {b}");
        }
        assert_eq!(judged("foret", "forêt"), Some(Spelling::Variant));
        for (a, b) in [
            ("nitrate", "nitrite"),
            ("catabolism", "anabolism"),
            ("mutable", "immutable"),
            ("hyper", "hypo"),
            ("sinh", "sin"),
            ("house", "mouse"),
            ("HTTP", "HTTPS"),
        ] {
            assert_ne!(judged(a, b), Some(Spelling::Slip), "{a} / {b}");
        }
    }
}
