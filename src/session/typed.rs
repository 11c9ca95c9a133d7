//! Typed answers.

use crate::model::Grade;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The grade that a typed answer suggests: 4 if it is the answer but for case, spaces and
/// accents; 3 if at most one character in five is off; else 1. The person decides.
pub fn suggested(typed: &str, answer: &str) -> Grade {
    let (typed, answer) = (folded(typed), folded(answer));
    let length = answer.chars().count();
    let number = match strsim::damerau_levenshtein(&typed, &answer) {
        0 => 4,
        off if off * 5 <= length => 3,
        _ => 1,
    };
    Grade::ALL[number]
}

/// Lower case without accents, words one space apart, without Markdown's emphasis and code marks.
fn folded(text: &str) -> String {
    let plain: String = text
        .nfd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '*' | '_' | '`'))
        .flat_map(char::to_lowercase)
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(typed: &str, answer: &str) -> u8 {
        suggested(typed, answer).number()
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
}
