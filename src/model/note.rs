//! Notes: the entries of deck files.

use crate::model::text::trimmed;
use crate::model::{Cloze, ClozeError};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// One entry of a deck file, with the tags and source that count for it: the deck's and its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The id it was given in its deck file, if any.
    pub id: Option<String>,
    /// What it says.
    pub body: Body,
    /// Whether its answers are typed and compared.
    pub typed: bool,
    /// Shown with the question on request.
    pub hint: Option<String>,
    /// Shown under the answer.
    pub extra: Option<String>,
    /// The deck's tags and its own.
    pub tags: Vec<String>,
    /// The deck's source and its own, joined by ` › `.
    pub source: Option<String>,
}

/// What a note says, by its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// A question and its answer; reversed, also the other way round.
    Basic {
        /// The question.
        front: String,
        /// The answer.
        back: String,
        /// Whether it also asks back to front.
        reverse: bool,
    },
    /// A text with deletions, each number a card.
    Cloze {
        /// The text as written, braces and all.
        text: String,
    },
    /// Ordered items, each asked with those before it shown.
    List {
        /// The question.
        front: String,
        /// The items, in order; two or more.
        items: Vec<String>,
    },
    /// Unordered items, each asked with the others shown.
    Set {
        /// The question.
        front: String,
        /// The items; two or more.
        items: Vec<String>,
    },
}

/// The kind of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Front and back.
    Basic,
    /// Text with deletions.
    Cloze,
    /// Ordered items.
    List,
    /// Unordered items.
    Set,
}

impl Kind {
    /// The word for it in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Cloze => "cloze",
            Self::List => "list",
            Self::Set => "set",
        }
    }

    /// Whether cards of one note keep off each other's study days; the items of a list or set
    /// are learned together.
    pub fn siblings_interfere(self) -> bool {
        matches!(self, Self::Basic | Self::Cloze)
    }
}

impl Body {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        match self {
            Body::Basic { .. } => Kind::Basic,
            Body::Cloze { .. } => Kind::Cloze,
            Body::List { .. } => Kind::List,
            Body::Set { .. } => Kind::Set,
        }
    }

    /// What it asks: the front, or a cloze's text as written.
    pub fn question(&self) -> &str {
        match self {
            Body::Basic { front, .. } | Body::List { front, .. } | Body::Set { front, .. } => front,
            Body::Cloze { text } => text,
        }
    }

    /// What it answers: the back, or the items a line each; empty for a cloze.
    pub fn answer(&self) -> String {
        match self {
            Body::Basic { back, .. } => back.clone(),
            Body::Cloze { .. } => String::new(),
            Body::List { items, .. } | Body::Set { items, .. } => items.join("\n"),
        }
    }
}

/// A note's text keyed as in a deck file: how it is stored and exported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// The question of a basic note, a list or a set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub front: Option<String>,
    /// The answer of a basic note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub back: Option<String>,
    /// A text with deletions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cloze: Option<String>,
    /// Ordered items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<Vec<String>>,
    /// Unordered items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub set: Option<Vec<String>>,
    /// Whether a basic note also asks back to front.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reverse: bool,
    /// Whether answers are typed and compared.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub typed: bool,
    /// Shown with the question on request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Shown under the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<String>,
}

/// Why fields make no note.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadNote {
    /// The keys are of no kind of note, or of two.
    #[error("a note has front and back, front and list, front and set, or cloze")]
    Shape,
    /// A side is empty.
    #[error("{0} is empty")]
    EmptySide(&'static str),
    /// A list or set has one item or none.
    #[error("a {0} has two items or more")]
    TooFewItems(&'static str),
    /// The cloze text is faulty.
    #[error(transparent)]
    Cloze(#[from] ClozeError),
    /// `reverse` on a note that is not basic.
    #[error("only front and back can be reversed")]
    Reverse,
}

impl Fields {
    /// The note that these fields say, sides trimmed.
    ///
    /// # Errors
    /// If the keys are not those of one kind, or a side breaks its rule.
    pub fn note(
        self,
        id: Option<String>,
        tags: Vec<String>,
        source: Option<String>,
    ) -> Result<Note, BadNote> {
        let body = match (self.front, self.back, self.cloze, self.list, self.set) {
            (Some(front), Some(back), None, None, None) => Body::Basic {
                front: side("front", front)?,
                back: side("back", back)?,
                reverse: self.reverse,
            },
            (None, None, Some(text), None, None) => {
                Cloze::parse(text.trim())?;
                Body::Cloze { text: side("cloze", text)? }
            }
            (Some(front), None, None, Some(list), None) => {
                Body::List { front: side("front", front)?, items: items("list", list)? }
            }
            (Some(front), None, None, None, Some(set)) => {
                Body::Set { front: side("front", front)?, items: items("set", set)? }
            }
            _ => return Err(BadNote::Shape),
        };
        if self.reverse && body.kind() != Kind::Basic {
            return Err(BadNote::Reverse);
        }
        Ok(Note { id, body, typed: self.typed, hint: self.hint, extra: self.extra, tags, source })
    }
}

impl From<&Note> for Fields {
    fn from(note: &Note) -> Self {
        let mut fields = Fields {
            typed: note.typed,
            hint: note.hint.clone(),
            extra: note.extra.clone(),
            ..Fields::default()
        };
        match &note.body {
            Body::Basic { front, back, reverse } => {
                fields.front = Some(front.clone());
                fields.back = Some(back.clone());
                fields.reverse = *reverse;
            }
            Body::Cloze { text } => fields.cloze = Some(text.clone()),
            Body::List { front, items } => {
                fields.front = Some(front.clone());
                fields.list = Some(items.clone());
            }
            Body::Set { front, items } => {
                fields.front = Some(front.clone());
                fields.set = Some(items.clone());
            }
        }
        fields
    }
}

fn side(name: &'static str, text: String) -> Result<String, BadNote> {
    match trimmed(text) {
        empty if empty.is_empty() => Err(BadNote::EmptySide(name)),
        text => Ok(text),
    }
}

fn items(name: &'static str, items: Vec<String>) -> Result<Vec<String>, BadNote> {
    if items.len() < 2 {
        return Err(BadNote::TooFewItems(name));
    }
    items.into_iter().map(|item| side("an item", item)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Fields {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_kind_goes_into_fields_and_back() {
        for json in [
            r#"{"front":"a","back":"b","reverse":true,"typed":true,"hint":"h","extra":"e"}"#,
            r#"{"cloze":"a {{b}}"}"#,
            r#"{"front":"a","list":["b","c"]}"#,
            r#"{"front":"a","set":["b","c"]}"#,
        ] {
            let note = fields(json).note(None, vec![], None).unwrap();
            assert_eq!(serde_json::to_string(&Fields::from(&note)).unwrap(), json);
        }
    }

    #[test]
    fn what_breaks_a_rule_is_no_note() {
        for (json, why) in [
            (r#"{"front":"a"}"#, BadNote::Shape),
            (r#"{"front":"a","back":"b","cloze":"{{c}}"}"#, BadNote::Shape),
            (r#"{"front":" ","back":"b"}"#, BadNote::EmptySide("front")),
            (r#"{"front":"a","set":["b"]}"#, BadNote::TooFewItems("set")),
            (r#"{"cloze":"{{a}}","reverse":true}"#, BadNote::Reverse),
            (r#"{"cloze":"a"}"#, BadNote::Cloze(ClozeError::NoDeletion)),
        ] {
            assert_eq!(fields(json).note(None, vec![], None), Err(why), "{json}");
        }
    }
}
