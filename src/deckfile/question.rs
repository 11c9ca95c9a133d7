//! When two notes ask the same.

use crate::model::{Body, Kind};

/// What a note asks, as far as sameness goes: its kind and its question, white space folded.
/// In one deck it occurs once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Question {
    /// The kind of the note.
    pub kind: Kind,
    /// The question, each run of white space one space.
    pub text: String,
}

impl Question {
    /// The question of this kind and text.
    pub fn new(kind: Kind, text: &str) -> Self {
        Question { kind, text: folded(text) }
    }

    /// The question that a note's body asks.
    pub fn of(body: &Body) -> Self {
        Question::new(body.kind(), body.question())
    }
}

/// The text with each run of white space one space, and none at its ends.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_makes_no_new_question_but_another_kind_does() {
        let asked = Question::new(Kind::Basic, "What is Kaizen?");
        assert_eq!(Question::new(Kind::Basic, " What\n  is\tKaizen? "), asked);
        assert_ne!(Question::new(Kind::List, "What is Kaizen?"), asked);
        assert_ne!(Question::new(Kind::Basic, "what is kaizen?"), asked);
    }
}
