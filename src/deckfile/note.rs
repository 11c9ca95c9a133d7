//! The second pass over one note.

use super::diagnostic::{Diagnostic, Span};
use super::lint::Lint;
use super::question::Question;
use super::rules::{self, NOTE_KEYS, Shape};
use super::tree::{Id, Value};
use super::warnings;
use crate::model::{BadNote, ClozeError, Kind};
use std::collections::HashMap;

/// Where each question of a deck was first asked.
pub(super) type Asked = HashMap<Question, Span>;

/// A text and where it is.
#[derive(Debug, Clone)]
pub(super) struct Said {
    pub text: String,
    pub span: Span,
}

/// A list or a set.
#[derive(Debug)]
pub(super) struct Items {
    pub kind: Kind,
    /// Where its key is.
    pub key: Span,
    pub items: Vec<Said>,
}

/// The texts of a note, as far as they are sound.
#[derive(Debug, Default)]
pub(super) struct Texts {
    pub front: Option<Said>,
    pub back: Option<Said>,
    pub cloze: Option<Said>,
    pub items: Option<Items>,
}

impl Texts {
    /// What the note asks, and where.
    fn question(&self) -> Option<(Question, Span)> {
        let (kind, said) = match (&self.cloze, &self.items, &self.front) {
            (Some(cloze), ..) => (Kind::Cloze, cloze),
            (None, Some(items), Some(front)) => (items.kind, front),
            (None, None, Some(front)) => (Kind::Basic, front),
            _ => return None,
        };
        Some((Question::new(kind, &said.text), said.span))
    }
}

impl Lint<'_> {
    /// Everything that is wrong with a note.
    pub fn note(&mut self, note: Id) {
        let start = Span::of_length(self.tree.span(note).start, 1);
        if !matches!(self.tree.value(note), Value::Map(_)) {
            let message =
                if self.is_nothing(note) { "this note is empty" } else { "this is no note" };
            self.say(Diagnostic::error(start, message).help("a note is `front:` and `back:`"));
            return;
        }
        let entries = self.entries(note, &NOTE_KEYS, "a note");
        let (mut shape, mut texts) = (Shape::default(), Texts::default());
        let mut reverse = None;
        for &(key, at, value) in &entries.known {
            match key {
                "id" => self.id(value),
                "front" => {
                    shape.front = true;
                    texts.front = self.side(key, value);
                }
                "back" => {
                    shape.back = true;
                    texts.back = self.side(key, value);
                }
                "cloze" => {
                    shape.cloze = true;
                    texts.cloze = self.side(key, value);
                }
                "list" => {
                    shape.list = true;
                    texts.items = self.items(Kind::List, at, value);
                }
                "set" => {
                    shape.set = true;
                    texts.items = self.items(Kind::Set, at, value);
                }
                "reverse" => {
                    shape.reverse = self.truth(key, value).unwrap_or(false);
                    reverse = Some(at);
                }
                "typed" => drop(self.truth(key, value)),
                "tags" => self.tags(value),
                _ => drop(self.text(&format!("`{key}`"), value)),
            }
        }
        if !self.tree.is_whole(note) {
            return;
        }
        match shape.fault() {
            None => {
                self.question(&texts);
                self.found.diagnostics.extend(warnings::of_note(&texts));
            }
            // A misspelt key is told already.
            Some(BadNote::Shape) if !entries.meant.is_empty() => {}
            Some(BadNote::Shape) => {
                let (span, message) = self.shape_fault(shape, start, &entries.known);
                self.say(Diagnostic::error(span, message));
            }
            Some(fault) => {
                let span = reverse.map_or(start, |key| self.tree.span(key));
                self.say(Diagnostic::error(span, fault.to_string()));
            }
        }
    }

    fn id(&mut self, value: Id) {
        let Some(id) = self.text("`id`", value) else { return };
        let span = self.value_span(value);
        let id = id.trim().to_owned();
        if id.is_empty() {
            self.say(Diagnostic::error(span, "an id is empty"));
        } else if let Some(first) = self.ids.get(&id) {
            let fault = Diagnostic::error(span, format!("the id {id:?} twice in this deck"));
            self.say(fault.related(*first, "first given here"));
        } else {
            self.ids.insert(id, span);
        }
    }

    fn side(&mut self, key: &str, value: Id) -> Option<Said> {
        let text = self.text(&format!("`{key}`"), value)?;
        let span = self.value_span(value);
        let Some(fault) = rules::side_fault(key, &text) else { return Some(Said { text, span }) };
        let trimmed_off = text.len() - text.trim_start().len();
        let span = match fault {
            BadNote::Cloze(ClozeError::Unclosed { at } | ClozeError::Empty { at }) => {
                self.inside(value, &text, trimmed_off + at)
            }
            _ => span,
        };
        self.say(Diagnostic::error(span, fault.to_string()));
        None
    }

    fn items(&mut self, kind: Kind, at: Id, value: Id) -> Option<Items> {
        let key = kind.word();
        let items = self.list(key, value)?;
        if let Some(fault) = rules::count_fault(key, items.len())
            && self.tree.is_whole(value)
        {
            self.say(Diagnostic::error(self.tree.span(at), fault.to_string()));
        }
        let mut texts = Vec::new();
        for item in items {
            let Some(text) = self.text("an item", item) else { continue };
            let span = self.value_span(item);
            match rules::item_fault(key, &text) {
                Some(fault) => self.say(Diagnostic::error(span, fault.to_string())),
                None => texts.push(Said { text, span }),
            }
        }
        Some(Items { kind, key: self.tree.span(at), items: texts })
    }

    fn question(&mut self, texts: &Texts) {
        let Some((question, span)) = texts.question() else { return };
        match self.questions.get(&question) {
            Some(first) => {
                let fault = Diagnostic::error(span, "the same question twice in this deck");
                let fault = fault.related(*first, "first asked here");
                self.say(fault.help("reword one of them, or delete it"));
            }
            None => drop(self.questions.insert(question, span)),
        }
    }

    /// What a note lacks, or has too much of.
    fn shape_fault(
        &self,
        shape: Shape,
        start: Span,
        known: &[(&'static str, Id, Id)],
    ) -> (Span, String) {
        let keys = shape.keys();
        let key_span = |key: &str| {
            let found = known.iter().find(|(known, ..)| *known == key);
            found.map_or(start, |(_, at, _)| self.tree.span(*at))
        };
        match keys[..] {
            [] => (start, "a note needs `front` and `back`, or `cloze`".to_owned()),
            ["front"] => {
                (key_span("front"), "`front` needs `back`, `list` or `set` beside it".to_owned())
            }
            [only] => (key_span(only), format!("`{only}` needs `front` beside it")),
            _ if shape.cloze => {
                let other = keys.iter().find(|key| **key != "cloze").copied().unwrap_or_default();
                (key_span(other), format!("`{other}` cannot stand beside `cloze`"))
            }
            [.., first, second] => {
                (key_span(second), format!("`{second}` cannot stand beside `{first}`"))
            }
        }
    }
}
