//! Cards that are hard to remember, and what to do about them.

use crate::model::{CardId, DeckName, Ease, Interval};
use serde::Serialize;

/// An answer of more words than these asks for more than one thing.
const LONG_ANSWER: usize = 20;

/// A card that is hard to remember.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HardCard {
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckName,
    /// Reviews failed since its last reset.
    pub lapses: u32,
    /// Its ease.
    pub ease: Ease,
    /// What it asks, on one line; empty until [`told`](Self::told).
    pub question: String,
    /// Its interval in days.
    pub interval: Interval,
    /// Asked no more until it is resumed.
    pub suspended: bool,
    /// What to do about it.
    pub advice: Advice,
}

impl HardCard {
    /// The card with its text, which may tell more of what is wrong with it.
    #[must_use]
    pub fn told(self, question: &str, answer: &str) -> Self {
        let long = answer.split_whitespace().count() > LONG_ANSWER;
        let advice = match self.advice {
            Advice::Rewrite | Advice::AddAHint | Advice::Wait if long => Advice::Split,
            advice => advice,
        };
        let words: Vec<&str> = question.split_whitespace().collect();
        HardCard { question: words.join(" "), advice, ..self }
    }
}

/// What to do about a hard card. The rules are those of the first that holds, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// A leech that is suspended.
    RewriteAndResume,
    /// A leech that is still asked.
    RewriteOrSuspend,
    /// Its answer has more than 20 words.
    Split,
    /// It has half of the lapses of a leech, and two at least.
    Rewrite,
    /// It passes, but with effort: its ease is under 1.80.
    AddAHint,
    /// None of these.
    Wait,
}

impl Advice {
    /// What a card's schedule alone says.
    pub(super) fn of(lapses: u32, leech_threshold: u32, ease: Ease, suspended: bool) -> Self {
        let half = leech_threshold.div_ceil(2).max(2);
        match is_leech(lapses, leech_threshold) {
            true if suspended => Advice::RewriteAndResume,
            true => Advice::RewriteOrSuspend,
            false if lapses >= half => Advice::Rewrite,
            false if ease < Ease::from_hundredths(180) => Advice::AddAHint,
            false => Advice::Wait,
        }
    }

    /// The word for it in every output for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::RewriteAndResume => "rewrite_and_resume",
            Self::RewriteOrSuspend => "rewrite_or_suspend",
            Self::Split => "split",
            Self::Rewrite => "rewrite",
            Self::AddAHint => "add_a_hint",
            Self::Wait => "wait",
        }
    }

    /// A few words for a person.
    pub fn phrase(self) -> &'static str {
        match self {
            Self::RewriteAndResume => "rewrite, then resume",
            Self::RewriteOrSuspend => "rewrite or suspend",
            Self::Split => "split: long answer",
            Self::Rewrite => "rewrite",
            Self::AddAHint => "add a hint",
            Self::Wait => "wait",
        }
    }
}

/// Whether so many lapses make a leech; a threshold of 0 is never reached.
pub(super) fn is_leech(lapses: u32, leech_threshold: u32) -> bool {
    leech_threshold > 0 && lapses >= leech_threshold
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Guid;

    #[test]
    fn advice_is_that_of_the_first_rule_that_holds() {
        let of = |lapses, ease, suspended| {
            Advice::of(lapses, 8, Ease::from_hundredths(ease), suspended).word()
        };
        assert_eq!(of(8, 130, true), "rewrite_and_resume");
        assert_eq!(of(8, 130, false), "rewrite_or_suspend");
        assert_eq!(of(4, 130, true), "rewrite");
        assert_eq!(of(3, 179, false), "add_a_hint");
        assert_eq!(of(3, 180, false), "wait");
        assert_eq!(Advice::of(9, 0, Ease::INITIAL, true), Advice::Rewrite, "no leeches at 0");
        assert_eq!(Advice::of(1, 1, Ease::INITIAL, false), Advice::RewriteOrSuspend);
    }

    #[test]
    fn a_long_answer_is_to_be_split_unless_the_card_is_a_leech() {
        let card = |advice| HardCard {
            card: CardId::of(Guid::of("deck", &["basic"], 0), "forward"),
            deck: "devops".parse().unwrap(),
            lapses: 1,
            ease: Ease::MIN,
            question: String::new(),
            interval: Interval::days(1),
            suspended: false,
            advice,
        };
        let long = "word ".repeat(21);
        let told = card(Advice::AddAHint).told("Steps\n 1. one", &long);
        assert_eq!((told.question.as_str(), told.advice), ("Steps 1. one", Advice::Split));
        let told = card(Advice::AddAHint).told("q", &"word ".repeat(20));
        assert_eq!(told.advice, Advice::AddAHint);
        let told = card(Advice::RewriteOrSuspend).told("q", &long);
        assert_eq!(told.advice, Advice::RewriteOrSuspend);
    }
}
