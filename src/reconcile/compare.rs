//! Two texts held against each other, word by word.

use super::lexicon::{are_opposites, is_mood, is_person};
use super::spelling::{Spelling, spelling};
use super::words::{Sort, Text, Word};
use std::collections::HashMap;

/// How two texts differ in the words that say what they are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinship {
    /// The same words.
    Same,
    /// One has all the words of the other, and more.
    Grown,
    /// Each has words that the other lacks.
    Replaced,
}

/// What comparing two texts gave.
#[derive(Debug, Clone)]
pub(super) struct Comparison {
    pub kinship: Kinship,
    /// The worst misspelling taken for the same word, if any was.
    pub spelling: Option<Spelling>,
    /// Whether a word of code, an acronym, a sign or a number stands for another.
    pub clashes: bool,
    /// Whether a word stands for its counterpart.
    pub opposed: bool,
    /// Whether another thing is asked: `when` for `where`.
    pub asks_other: bool,
    /// Whether one tells of a person or mood of which the other does not: `I will`, `I`.
    pub shifted: bool,
    /// Whether one person stands for another: `I`, `we`.
    pub recast: bool,
    /// Whether one is recast, or tells of a mood of which the other does not.
    pub exchanged: bool,
    /// Whether the shared words come in another order.
    pub inverted: bool,
    /// Weight of the shared words.
    pub shared: f64,
    /// Weight of the words that only one has, by text.
    pub lacking: (f64, f64),
    /// From 0 to 1, over all words and their order: only for putting pairs in order.
    pub likeness: f64,
}

impl Comparison {
    /// Of both texts' words the share that is shared, from 0 to 1.
    pub fn agreement(&self) -> f64 {
        ratio(2.0 * self.shared, 2.0 * self.shared + self.lacking.0 + self.lacking.1)
    }

    /// Of the longer text's words the share that the shorter has too.
    pub fn cover(&self) -> f64 {
        ratio(self.shared, self.shared + self.lacking.0.max(self.lacking.1))
    }
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// Products of words up to which a plain search beats a map.
const FEW_PAIRS: usize = 400;

/// Largest product of leftover words that are tried for misspellings.
const MOST_PAIRS: usize = 2_500;

/// Holds two texts against each other.
pub(super) fn compare(a: &Text, b: &Text) -> Comparison {
    let mut pairs = equal_words(a, b);
    let mut left = unpaired(a.words.len(), pairs.iter().map(|pair| pair.0));
    let mut right = unpaired(b.words.len(), pairs.iter().map(|pair| pair.1));
    let worst = pair_misspelt(a, b, &mut left, &mut right, &mut pairs);
    pair_joined(a, b, &mut left, &mut right, &mut pairs);
    pair_joined_mirrored(a, b, &mut left, &mut right, &mut pairs);

    let weight = |text: &Text, at: &[usize]| -> f64 {
        at.iter().map(|&i| &text.words[i]).filter(|w| w.is_content()).map(Word::weight).sum()
    };
    let lacking = (weight(a, &left), weight(b, &right));
    let shared_words = pairs.iter().filter(|pair| a.words[pair.0].is_content());
    let shared: f64 = shared_words.map(|pair| a.words[pair.0].weight()).sum();
    let kinship = match (lacking.0 > 0.0, lacking.1 > 0.0) {
        (false, false) => Kinship::Same,
        (true, true) => Kinship::Replaced,
        _ => Kinship::Grown,
    };
    pairs.sort_unstable();
    let content = pairs.iter().filter(|pair| a.words[pair.0].is_content());
    let content: Vec<usize> = content.map(|pair| pair.1).collect();
    let all: Vec<usize> = pairs.iter().map(|pair| pair.1).collect();
    let order = ratio(2.0 * ascending(&all) as f64, (a.words.len() + b.words.len()) as f64);
    let moods = tells(a, &left, is_mood) || tells(b, &right, is_mood);
    let persons = (tells(a, &left, is_person), tells(b, &right, is_person));
    let mut comparison = Comparison {
        kinship,
        spelling: worst,
        clashes: clash(a, &left, b, &right),
        opposed: oppose(a, &left, b, &right),
        asks_other: asks(a, &left) && asks(b, &right),
        shifted: moods || persons.0 || persons.1,
        recast: persons.0 && persons.1,
        exchanged: moods || (persons.0 && persons.1),
        inverted: ascending(&content) < content.len(),
        shared,
        lacking,
        likeness: 0.0,
    };
    comparison.likeness = (comparison.agreement() + order) / 2.0;
    comparison
}

fn equal_words(a: &Text, b: &Text) -> Vec<(usize, usize)> {
    if a.words.len() * b.words.len() <= FEW_PAIRS {
        let mut free = vec![true; b.words.len()];
        let paired = a.words.iter().enumerate().filter_map(|(i, word)| {
            let place = (0..free.len()).find(|&j| free[j] && b.words[j].text == word.text)?;
            free[place] = false;
            Some((i, place))
        });
        return paired.collect();
    }
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, word) in b.words.iter().enumerate().rev() {
        places.entry(&word.text).or_default().push(i);
    }
    let paired = a.words.iter().enumerate().filter_map(|(i, word)| {
        let place = places.get_mut(word.text.as_str())?.pop()?;
        Some((i, place))
    });
    paired.collect()
}

fn unpaired(length: usize, paired: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut free = vec![true; length];
    for i in paired {
        free[i] = false;
    }
    (0..length).filter(|&i| free[i]).collect()
}

fn pair_misspelt(
    a: &Text,
    b: &Text,
    left: &mut Vec<usize>,
    right: &mut Vec<usize>,
    pairs: &mut Vec<(usize, usize)>,
) -> Option<Spelling> {
    if left.len() * right.len() > MOST_PAIRS {
        return None;
    }
    let mut found: Vec<(Spelling, usize, usize)> = Vec::new();
    for &i in left.iter() {
        for &j in right.iter() {
            found.extend(spelling(&a.words[i], &b.words[j]).map(|spelling| (spelling, i, j)));
        }
    }
    found.sort_unstable();
    let mut worst = None;
    for (spelling, i, j) in found {
        if left.contains(&i) && right.contains(&j) {
            left.retain(|&x| x != i);
            right.retain(|&x| x != j);
            pairs.push((i, j));
            worst = worst.max(Some(spelling));
        }
    }
    worst
}

/// Two words that the other text writes as one: `log out`, `logout`.
fn pair_joined(
    a: &Text,
    b: &Text,
    left: &mut Vec<usize>,
    right: &mut Vec<usize>,
    pairs: &mut Vec<(usize, usize)>,
) {
    let mut at = 0;
    while at + 1 < left.len() {
        let (i, j) = (left[at], left[at + 1]);
        let joined = format!("{}{}", a.words[i].text, a.words[j].text);
        let whole = right.iter().position(|&k| b.words[k].text == joined);
        match whole.filter(|_| i + 1 == j) {
            Some(found) => {
                pairs.push((i, right.remove(found)));
                left.drain(at..at + 2);
            }
            None => at += 1,
        }
    }
}

fn pair_joined_mirrored(
    a: &Text,
    b: &Text,
    left: &mut Vec<usize>,
    right: &mut Vec<usize>,
    pairs: &mut Vec<(usize, usize)>,
) {
    let mut mirrored = Vec::new();
    pair_joined(b, a, right, left, &mut mirrored);
    pairs.extend(mirrored.into_iter().map(|(j, i)| (i, j)));
}

/// Whether each text has an exact word that the other lacks.
fn clash(a: &Text, left: &[usize], b: &Text, right: &[usize]) -> bool {
    let exact = |text: &Text, at: &[usize]| at.iter().any(|&i| text.words[i].is_exact());
    exact(a, left) && exact(b, right)
}

fn asks(text: &Text, at: &[usize]) -> bool {
    at.iter().any(|&i| text.words[i].sort == Sort::Asking)
}

fn oppose(a: &Text, left: &[usize], b: &Text, right: &[usize]) -> bool {
    if left.len() * right.len() > MOST_PAIRS {
        return false;
    }
    left.iter().any(|&i| right.iter().any(|&j| are_opposites(&a.words[i].text, &b.words[j].text)))
}

fn tells(text: &Text, at: &[usize], of: fn(&str) -> bool) -> bool {
    at.iter().any(|&i| text.words[i].sort == Sort::Frame && of(&text.words[i].text))
}

/// Length of the longest ascending subsequence.
fn ascending(places: &[usize]) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for &place in places {
        let at = ends.partition_point(|&end| end < place);
        match ends.get_mut(at) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    ends.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(a: &str, b: &str) -> Comparison {
        compare(&Text::of(a), &Text::of(b))
    }

    #[test]
    fn a_rewording_of_the_frame_leaves_the_same_words() {
        let c = of("What is meant by an error budget?", "What do we mean by an error budget?");
        assert_eq!(c.kinship, Kinship::Same);
        assert!(!c.inverted);
        assert!(of("an image layer", "a layer of an image").inverted);
    }

    #[test]
    fn another_subject_is_a_replaced_word() {
        let c = of("What is a canary release?", "What is a dark release?");
        assert_eq!(c.kinship, Kinship::Replaced);
        assert!((c.agreement() - 0.5).abs() < 1e-9);
    }

    #[test]
    fn exact_words_clash_and_opposites_oppose() {
        assert!(of("`a // b`", "`a % b`").clashes);
        assert!(!of("set -e", "`set -e`").clashes);
        assert!(of("a left join", "a right join").opposed);
        assert!(of("Where was Bach born?", "When was Bach born?").asks_other);
    }

    #[test]
    fn words_written_together_are_the_same() {
        assert_eq!(of("at log-out", "at logout").kinship, Kinship::Same);
        assert_eq!(of("a filename", "a file name").kinship, Kinship::Same);
    }
}
