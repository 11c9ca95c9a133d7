//! A text as words: what each is worth in telling one text from another.

use super::glyphs::glyphs;
use super::lexicon::{is_mood, is_person};
use super::reader::Reader;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// A word of a language, which may be misspelt.
    Word,
    /// A name that has one spelling: code, an acronym, a flag, a letter.
    Exact,
    /// A Chinese character, or a Korean syllable: a word or a part of one.
    Ideograph,
    /// An operator or bracket in code or in a formula.
    Sign,
    /// A letter of Japanese endings and particles.
    Kana,
    /// A number, in digits whatever it was written in; `#3` is an ordinal.
    Number,
    /// A word of the sentence's frame.
    Frame,
    /// One of who, when, where, why, how.
    Asking,
    /// A negation.
    Negation,
}

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// In lower case, quotes and dashes plain; a number in digits.
    pub text: String,
    /// The text in one spelling, folded.
    pub folded: String,
    pub sort: Sort,
}

impl Word {
    /// Whether it says what the text is about.
    pub fn is_content(&self) -> bool {
        !matches!(self.sort, Sort::Frame | Sort::Asking | Sort::Negation)
    }

    /// Whether it has to be the same to the letter.
    pub fn is_exact(&self) -> bool {
        matches!(self.sort, Sort::Exact | Sort::Ideograph | Sort::Sign | Sort::Number)
    }

    /// How much it counts.
    pub fn weight(&self) -> f64 {
        match self.sort {
            Sort::Ideograph => 0.6,
            Sort::Sign => 0.5,
            Sort::Kana => 0.3,
            Sort::Frame | Sort::Asking | Sort::Negation => 0.2,
            Sort::Word | Sort::Exact | Sort::Number => 1.0,
        }
    }
}

/// A text made ready for comparison.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    /// All its words, in order.
    pub words: Vec<Word>,
    /// Its numbers, sorted, each as often as it occurs; `one` is a pronoun more often than not and
    /// is left out.
    pub numbers: Vec<String>,
    /// How often it negates.
    pub negations: usize,
}

/// So few words are no sentence around a term: each of them counts.
const SHORT: usize = 3;

/// Longest text compared, in words: beyond it, texts are told apart by their beginning.
const LONGEST: usize = 1000;

impl Text {
    /// The words of a Markdown text.
    pub fn of(text: &str) -> Self {
        let glyphs = glyphs(text);
        let (mut words, mut numbers) = Reader::read(&glyphs, LONGEST);
        let negations = words.iter().filter(|word| word.sort == Sort::Negation).count();
        // A text of frame words alone is about them; "I eat" is about who eats.
        let frame_alone = !words.iter().any(Word::is_content);
        let short = words.len() <= SHORT;
        for word in &mut words {
            let framed = matches!(word.sort, Sort::Frame | Sort::Asking);
            if framed && (frame_alone || (short && (is_person(&word.text) || is_mood(&word.text))))
            {
                word.sort = Sort::Word;
            }
        }
        numbers.sort();
        Text { words, numbers, negations }
    }

    /// The words that say what it is about.
    pub fn content(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| word.is_content())
    }

    /// Whether it is a number and nothing else.
    pub fn is_bare_number(&self) -> bool {
        self.words.iter().any(|word| word.sort == Sort::Number)
            && self.words.iter().all(|word| {
                word.sort == Sort::Number
                    || word.sort == Sort::Sign
                    || (word.text.chars().all(|c| c.is_ascii_digit()))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(text: &str) -> Vec<String> {
        Text::of(text).content().map(|word| word.text.clone()).collect()
    }

    #[test]
    fn the_frame_of_a_question_is_left_out() {
        assert_eq!(content("What is meant by an error budget?"), ["error", "budget"]);
        assert_eq!(content("What's the remote's name?"), ["remote"]);
        assert_eq!(content("who"), ["who"]);
    }

    #[test]
    fn numbers_are_one_in_digits_words_ordinals_and_roman_numerals() {
        let numbers = |text: &str| Text::of(text).numbers;
        assert_eq!(numbers("the Three Ways"), ["3"]);
        assert_eq!(numbers("99.9 percent of 10,000"), ["10000", "99.9"]);
        assert_eq!(numbers("James II and the third, or 3rd"), ["#3", "#3", "2"]);
        assert_eq!(numbers("Charles I of England"), ["1"]);
        assert_eq!(numbers("type I error"), ["1"]);
        assert_eq!(numbers("Should I, may I, one does"), Vec::<String>::new());
        assert_eq!(numbers("IPv6 H2O v1.10"), ["1.10", "2", "6"]);
        assert_eq!(numbers("毎朝三回"), ["3"]);
    }

    #[test]
    fn negations_count_in_all_their_forms() {
        for text in
            ["don't", "don’t", "do not", "cannot", "without it", "ohne", "行きません", "不行"]
        {
            assert_eq!(Text::of(text).negations, 1, "{text}");
        }
        assert_eq!(Text::of("what can it do").negations, 0);
    }

    #[test]
    fn code_is_compared_to_the_letter() {
        let text = Text::of("`a // b` or set -e");
        let exact: Vec<_> = text.words.iter().filter(|w| w.is_exact()).map(|w| &w.text).collect();
        assert_eq!(exact, ["a", "//", "b", "-e"]);
    }
}
