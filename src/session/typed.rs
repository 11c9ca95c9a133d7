//! Typed answers.

use crate::model::Grade;
use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// A text of more letters is compared as a whole: to find what is off would take too long.
const LONGEST: usize = 1000;

/// The grade that a typed answer suggests: 4 if it is the answer but for case, spaces and
/// accents; 3 if at most one character in five is off; else 1. The person decides.
pub fn suggested(typed: &str, answer: &str) -> Grade {
    let (typed, answer) = (folded(typed), folded(answer));
    let length = answer.chars().count();
    let too_long = length.max(typed.chars().count()) > LONGEST;
    let number = match () {
        () if typed == answer => 4,
        () if too_long => 1,
        () if strsim::damerau_levenshtein(&typed, &answer) * 5 <= length => 3,
        () => 1,
    };
    Grade::ALL[number]
}

/// Lower case without accents, words one space apart, without Markdown's emphasis and code marks.
fn folded(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !matches!(c, '*' | '_' | '`')).collect();
    letters(&plain).into_iter().map(|letter| letter.folded).collect()
}

/// What was typed and the answer beside each other, letter by letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// What was typed, in pieces.
    pub typed: Vec<Piece>,
    /// The answer, in pieces.
    pub answer: Vec<Piece>,
}

/// Letters in a row that fit alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The letters.
    pub text: String,
    /// How they fit.
    pub fit: Fit,
}

/// How letters fit the other text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fit {
    /// They are the same there.
    Same,
    /// They differ in case, accents or spaces, which is forgiven.
    Forgiven,
    /// They are not there.
    Off,
}

impl Comparison {
    /// Compares what was typed with the answer, whose marks of emphasis and code are left out.
    pub fn of(typed: &str, answer: &str) -> Self {
        let answer: String = answer.chars().filter(|c| !matches!(c, '*' | '`')).collect();
        let (typed, answer) = (letters(typed), letters(&answer));
        let mut comparison = Comparison { typed: Vec::new(), answer: Vec::new() };
        for op in alignment(&typed, &answer) {
            let (old, new) = (&typed[op.old_range()], &answer[op.new_range()]);
            if matches!(op, DiffOp::Equal { .. }) {
                for (typed, answer) in old.iter().zip(new) {
                    let same = typed.written == answer.written;
                    let fit = if same { Fit::Same } else { Fit::Forgiven };
                    push(&mut comparison.typed, typed.written, fit);
                    push(&mut comparison.answer, answer.written, fit);
                }
            } else {
                old.iter().for_each(|l| push(&mut comparison.typed, l.written, Fit::Off));
                new.iter().for_each(|l| push(&mut comparison.answer, l.written, Fit::Off));
            }
        }
        comparison
    }

    /// Whether every letter is the same on both sides.
    pub fn is_exact(&self) -> bool {
        self.typed.iter().chain(&self.answer).all(|piece| piece.fit == Fit::Same)
    }
}

/// A letter as it was written, or a run of spaces, and what it is compared by.
#[derive(Debug, PartialEq, Eq)]
struct Letter<'a> {
    written: &'a str,
    folded: String,
}

fn letters(text: &str) -> Vec<Letter<'_>> {
    let words = text.trim().split_word_bounds().flat_map(|word| {
        let space = word.starts_with(char::is_whitespace);
        // A run of spaces is one letter.
        let parts: Vec<&str> = if space { vec![word] } else { word.graphemes(true).collect() };
        parts
    });
    let mut letters: Vec<Letter<'_>> = Vec::new();
    for written in words {
        let space = written.starts_with(char::is_whitespace);
        let letter = written.nfd().filter(|c| !is_combining_mark(*c));
        let folded: String = match space {
            // Spaces that a line break divides are still one run.
            true if letters.last().is_some_and(|last| last.folded == " ") => String::new(),
            true => " ".to_owned(),
            false => letter.flat_map(char::to_lowercase).collect(),
        };
        letters.push(Letter { written, folded });
    }
    letters
}

/// Which letters of the one are which of the other.
fn alignment(typed: &[Letter<'_>], answer: &[Letter<'_>]) -> Vec<DiffOp> {
    let keys = |letters: &[Letter<'_>]| -> Vec<String> {
        letters.iter().map(|letter| letter.folded.clone()).collect()
    };
    let (typed, answer) = (keys(typed), keys(answer));
    let (old_len, new_len) = (typed.len(), answer.len());
    if typed != answer && old_len.max(new_len) > LONGEST {
        return vec![DiffOp::Replace { old_index: 0, old_len, new_index: 0, new_len }];
    }
    capture_diff_slices(Algorithm::Myers, &typed, &answer)
}

fn push(pieces: &mut Vec<Piece>, written: &str, fit: Fit) {
    match pieces.last_mut() {
        Some(last) if last.fit == fit => last.text.push_str(written),
        _ => pieces.push(Piece { text: written.to_owned(), fit }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn number(typed: &str, answer: &str) -> u8 {
        suggested(typed, answer).number()
    }

    /// Letters that are off in brackets, forgiven ones in braces.
    fn told(pieces: &[Piece]) -> String {
        let told = pieces.iter().map(|piece| match piece.fit {
            Fit::Same => piece.text.clone(),
            Fit::Forgiven => format!("{{{}}}", piece.text),
            Fit::Off => format!("[{}]", piece.text),
        });
        told.collect()
    }

    fn compared(typed: &str, answer: &str) -> (String, String) {
        let comparison = Comparison::of(typed, answer);
        (told(&comparison.typed), told(&comparison.answer))
    }

    #[test]
    fn case_accents_spaces_and_emphasis_are_forgiven() {
        assert_eq!(number(" mean time  to Recovery", "**Mean** time to recovery"), 4);
        assert_eq!(number("cafe", "Café"), 4);
    }

    #[test]
    fn a_slip_is_a_3_and_something_else_a_1() {
        assert_eq!(number("mean time to recvoery", "mean time to recovery"), 3);
        assert_eq!(number("mean time between failures", "mean time to recovery"), 1);
        assert_eq!(number("", "x"), 1);
        assert_eq!(number("444", "443"), 1);
    }

    #[test]
    fn letters_that_are_missing_or_too_many_are_told_apart_from_those_forgiven() {
        let told = compared("cafe  Noir", "**Café** noir");
        assert_eq!(told, ("{c}af{e  N}oir".to_owned(), "{C}af{é n}oir".to_owned()));
        let told = compared("recvoery", "recovery");
        assert_eq!(told, ("recv[o]ery".to_owned(), "rec[o]very".to_owned()));
        assert_eq!(compared("", "abc"), (String::new(), "[abc]".to_owned()));
        assert!(Comparison::of("toil", "toil").is_exact());
    }

    #[test]
    fn long_texts_are_compared_as_a_whole() {
        let (typed, answer) = ("a".repeat(200_000), "b".repeat(200_000));
        assert_eq!(number(&typed, &answer), 1);
        assert_eq!(Comparison::of(&typed, &answer).typed.len(), 1);
        assert_eq!(number(&typed, &typed), 4);
    }

    proptest! {
        #[test]
        fn a_comparison_keeps_every_letter(typed in "[ab é\n*\u{301}]{0,12}", answer in "[ab é\n*]{0,12}") {
            let comparison = Comparison::of(&typed, &answer);
            let text = |pieces: &[Piece]| pieces.iter().map(|p| p.text.as_str()).collect::<String>();
            prop_assert_eq!(text(&comparison.typed), typed.trim());
            let answer: String = answer.chars().filter(|c| *c != '*').collect();
            prop_assert_eq!(text(&comparison.answer), answer.trim());
        }
    }
}
