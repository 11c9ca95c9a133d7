//! Joins by similar text: whether an edit leads from a stored note to a new one, side by side.
//!
//! A sentence can be put in other words and still ask the same; one of its words exchanged can
//! make it ask something else. Two principles tell the two apart:
//!
//! - **One side vouches for the other.** Words may be replaced on one side only if the other side
//!   says what it said. A question about another thing has another answer; both sides replaced is
//!   another note.
//! - **What has one spelling is never similar.** Numbers, negations, code, acronyms, signs and
//!   counterparts (`left` and `right`) are equal or they differ.

use super::compare::{Comparison, Kinship, compare};
use super::exact::{ids_differ, is_anybodys, revealed};
use super::glyphs::tidy;
use super::spelling::Spelling;
use super::veto::forbids;
use super::words::Text;
use crate::model::{Body, Cloze, Kind, Note};

/// The least of an answer's words that the two share, where the question's words are the same.
const REPLACED_ANSWER: f64 = 0.45;
/// The same, where the question's words come in another order or are doubtfully spelt.
const REPLACED_ANSWER_UNSURE: f64 = 0.7;
/// The same, where the question has grown or shrunk.
const REPLACED_ANSWER_GROWN: f64 = 0.6;
/// How much of the longer question the shorter one has, where the answer is the same in words.
const GROWN_QUESTION: f64 = 0.5;
/// The same, where the answer has grown or shrunk with it.
const GROWN_BOTH: f64 = 0.4;
/// The same, where the answer is one that many questions have.
const GROWN_COMMON: f64 = 0.7;
/// How much of the longer answer the shorter one has, where the question is the same in words.
const GROWN_ANSWER: f64 = 0.2;
/// The fewest words that two notes share of which both sides have grown or shrunk.
const GROWN_WORDS: f64 = 3.0;
/// The least of a question's words that the two share, where the answer's are (nearly) the same.
const REPLACED_QUESTION: f64 = 0.5;
/// The fewest words of an answer that vouch for a question with a replaced word.
const VOUCHING_WORDS: f64 = 4.0;
/// The fewest words of a question that is known by all of them but one.
const SENTENCE: f64 = 5.0;
/// The least of a cloze's words that the two share, where its deletions are the same.
const REPLACED_CLOZE: f64 = 0.7;

/// A note made ready for comparison.
pub(super) struct Sides<'a> {
    pub note: &'a Note,
    pub kind: Kind,
    /// The question; a cloze's text with every deletion shown.
    pub question: Text,
    /// The answer; a cloze's deletions.
    pub answer: Text,
    /// Whether it asks both ways.
    reverse: bool,
    answer_as_written: String,
}

impl<'a> Sides<'a> {
    pub fn of(note: &'a Note) -> Self {
        let (question, answer) = match &note.body {
            Body::Cloze { text } => (revealed(text), deletions(text)),
            body => (body.question().to_owned(), body.answer()),
        };
        Sides {
            note,
            kind: note.kind(),
            question: Text::of(&question),
            answer: Text::of(&answer),
            reverse: matches!(note.body, Body::Basic { reverse: true, .. }),
            answer_as_written: tidy(&answer),
        }
    }
}

fn deletions(text: &str) -> String {
    let Ok(cloze) = Cloze::parse(text) else { return String::new() };
    let texts: Vec<String> = cloze.numbers().iter().map(|&n| cloze.deleted(n)).collect();
    texts.join("\n")
}

/// How alike the notes are, if an edit can lead from one to the other: from 0 to 1, to put the
/// best pair first.
pub(super) fn similarity(old: &Sides<'_>, new: &Sides<'_>) -> Option<f64> {
    if old.kind != new.kind || ids_differ(old.note, new.note) {
        return None;
    }
    let straight = directed(old, &new.question, &new.answer, &new.answer_as_written);
    if !(old.reverse && new.reverse) {
        return straight;
    }
    let front = tidy(new.note.body.question());
    let turned = directed(old, &new.answer, &new.question, &front);
    // `None` is less than any likeness.
    if turned > straight { turned } else { straight }
}

fn directed(old: &Sides<'_>, question: &Text, answer: &Text, as_written: &str) -> Option<f64> {
    if forbids(&old.question, question) || forbids(&old.answer, answer) {
        return None;
    }
    let q = compare(&old.question, question);
    if q.shared == 0.0 || q.clashes || q.opposed || q.asks_other {
        return None;
    }
    if q.kinship == Kinship::Replaced && q.agreement() < REPLACED_QUESTION {
        return None;
    }
    let a = compare(&old.answer, answer);
    let joined = match old.kind {
        Kind::Cloze => cloze_passes(&q, &a),
        _ if old.answer_as_written == as_written => {
            common_answer_passes(&q, is_anybodys(as_written))
        }
        _ => {
            is_slip_of_a_sentence(&q, &old.question, question) || (!a.opposed && both_pass(&q, &a))
        }
    };
    joined.then(|| (q.likeness + a.likeness) / 2.0)
}

/// Whether a question is the other with a slip put right and not a word more: then it is the same
/// question, whatever became of its answer.
fn is_slip_of_a_sentence(q: &Comparison, old: &Text, new: &Text) -> bool {
    q.kinship == Kinship::Same
        && q.spelling == Some(Spelling::Slip)
        && q.shared >= SENTENCE
        && old.words.len() == new.words.len()
        && q.likeness == 1.0
}

/// The answer is the same, and other notes have it too: the question has to stand for itself.
fn common_answer_passes(q: &Comparison, anybodys: bool) -> bool {
    match (q.kinship, q.spelling) {
        (Kinship::Same, None | Some(Spelling::Variant | Spelling::Slip)) => true,
        (Kinship::Same, Some(Spelling::Doubtful)) => !anybodys || q.shared >= 3.0,
        (Kinship::Same, Some(Spelling::Vowel)) => !anybodys && q.shared >= 3.0,
        (Kinship::Same, Some(Spelling::Minimal)) => false,
        (Kinship::Grown, None | Some(Spelling::Variant | Spelling::Slip)) => {
            q.cover() >= GROWN_COMMON
        }
        (Kinship::Grown, _) | (Kinship::Replaced, _) => false,
    }
}

/// Both sides have changed.
fn both_pass(q: &Comparison, a: &Comparison) -> bool {
    let sure = q.spelling <= Some(Spelling::Slip);
    let turned = q.inverted && a.inverted;
    let recast = (q.recast || a.recast) && q.kinship != Kinship::Same && a.kinship != Kinship::Same;
    let shifted = (q.exchanged && (a.exchanged || a.spelling.is_some()))
        || (a.exchanged && q.spelling.is_some());
    if a.shared == 0.0 || turned || recast || shifted || !is_vouched_for(q, a) {
        return false;
    }
    match (q.kinship, a.kinship) {
        (Kinship::Same, Kinship::Same) => true,
        (Kinship::Same, Kinship::Grown | Kinship::Replaced) if q.exchanged => false,
        (Kinship::Same, Kinship::Grown) if sure => a.cover() >= GROWN_ANSWER,
        (Kinship::Same, Kinship::Grown) => a.cover() >= REPLACED_QUESTION,
        (Kinship::Same, Kinship::Replaced) if sure && !q.inverted => {
            a.agreement() >= REPLACED_ANSWER
        }
        (Kinship::Same, Kinship::Replaced) => a.agreement() >= REPLACED_ANSWER_UNSURE,
        (Kinship::Grown, Kinship::Same) => !a.exchanged && q.cover() >= GROWN_QUESTION,
        (Kinship::Grown, Kinship::Grown) => {
            q.cover() >= GROWN_BOTH
                && a.cover() >= GROWN_ANSWER
                && q.shared + a.shared >= GROWN_WORDS
        }
        (Kinship::Grown, Kinship::Replaced) => {
            sure && !q.exchanged
                && q.cover() >= GROWN_QUESTION
                && a.agreement() >= REPLACED_ANSWER_GROWN
        }
        (Kinship::Replaced, Kinship::Same) => {
            a.spelling.is_none()
                && !a.shifted
                && q.agreement() >= REPLACED_QUESTION
                && a.shared >= VOUCHING_WORDS
        }
        (Kinship::Replaced, Kinship::Grown | Kinship::Replaced) => false,
    }
}

/// Whether the answer and the rest of the question make up for a question's word that is spelt
/// in another way: it may be another word, `mangi` for `mangio`, `Slovenia` for `Slovakia`.
fn is_vouched_for(q: &Comparison, a: &Comparison) -> bool {
    let spelt = a.spelling.is_none() && !a.shifted;
    let intact = a.kinship == Kinship::Same && spelt;
    let lone_word = q.shared <= 1.0;
    match q.spelling {
        // The other way round, too: a doubtful word in the answer needs the very question.
        None => a.spelling <= Some(Spelling::Slip) || q.kinship == Kinship::Same,
        Some(Spelling::Variant) => a.spelling.is_none(),
        Some(_) if lone_word => intact,
        Some(Spelling::Slip) => a.spelling <= Some(Spelling::Slip),
        Some(Spelling::Doubtful | Spelling::Vowel) => {
            a.kinship != Kinship::Replaced && spelt && q.shared + a.shared >= 4.0
        }
        Some(Spelling::Minimal) => q.kinship == Kinship::Same && intact && a.shared >= 3.0,
    }
}

/// A cloze has one text; what it hides has a say of its own.
fn cloze_passes(q: &Comparison, a: &Comparison) -> bool {
    let same_deletions = a.kinship == Kinship::Same && a.shared > 0.0;
    let sure = q.spelling <= Some(Spelling::Slip);
    match q.kinship {
        Kinship::Same if !sure => {
            q.spelling < Some(Spelling::Minimal) && q.shared >= VOUCHING_WORDS
        }
        Kinship::Same => same_deletions || !q.inverted,
        Kinship::Grown => sure && q.cover() >= GROWN_QUESTION,
        Kinship::Replaced => {
            sure && same_deletions
                && !q.shifted
                && q.agreement() >= REPLACED_CLOZE
                && q.shared >= VOUCHING_WORDS
        }
    }
}

/// How alike two texts are, from 0 to 1.
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    compare(&Text::of(a), &Text::of(b)).likeness
}
