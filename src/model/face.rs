//! The cards that a note asks for, and what each shows.

use crate::model::{Body, Cloze, Kind, Note};

/// A card as its note's text has it: where it stands, and what names it among its siblings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// `forward`, `reverse`, or the text of the deletion or item.
    pub text: String,
    /// Where it stands in its note, from 0: what [`Note::face`] takes.
    pub position: u32,
}

/// What a card shows. Text is Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face {
    /// The question, with its context.
    pub front: String,
    /// What is shown as the answer.
    pub back: String,
    /// What a typed answer is compared with.
    pub answer: String,
}

impl Note {
    /// The cards this note asks for, in order of position.
    pub fn facets(&self) -> Vec<Facet> {
        let texts: Vec<String> = match &self.body {
            Body::Basic { reverse: false, .. } => vec!["forward".to_owned()],
            Body::Basic { reverse: true, .. } => vec!["forward".to_owned(), "reverse".to_owned()],
            Body::Cloze { text } => match Cloze::parse(text) {
                Ok(cloze) => cloze.numbers().iter().map(|&n| cloze.deleted(n)).collect(),
                Err(_) => Vec::new(),
            },
            Body::List { items, .. } | Body::Set { items, .. } => items.clone(),
        };
        let facets = texts.into_iter().zip(0..);
        facets.map(|(text, position)| Facet { text, position }).collect()
    }

    /// What the card at a position shows; of a position the note does not have, its last card.
    pub fn face(&self, position: u32) -> Face {
        let at = position as usize;
        match &self.body {
            Body::Basic { front, back, reverse } => match position {
                1 if *reverse => plain(back, front),
                _ => plain(front, back),
            },
            Body::Cloze { text } => cloze(text, at),
            Body::List { front, items } => {
                let at = at.min(items.len().saturating_sub(1));
                let before = items[..at].iter().zip(1..).map(|(item, n)| format!("{n}. {item}"));
                let asked = std::iter::once(format!("{}. …", at + 1));
                let context: Vec<String> = before.chain(asked).collect();
                plain(&format!("{front}\n\n{}", context.join("\n")), &items[at])
            }
            Body::Set { front, items } => {
                let at = at.min(items.len().saturating_sub(1));
                let others = items.iter().enumerate().filter(|(i, _)| *i != at);
                let shown = others.map(|(_, item)| format!("- {item}"));
                let context: Vec<String> = shown.chain(std::iter::once("- …".to_owned())).collect();
                plain(&format!("{front}\n\n{}", context.join("\n")), &items[at])
            }
        }
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.body.kind()
    }
}

fn plain(front: &str, back: &str) -> Face {
    Face { front: front.to_owned(), back: back.to_owned(), answer: back.to_owned() }
}

fn cloze(text: &str, at: usize) -> Face {
    let parsed = Cloze::parse(text).ok();
    let asked = parsed.and_then(|cloze| {
        let numbers = cloze.numbers();
        let number = *numbers.get(at).or(numbers.last())?;
        Some(Face {
            front: cloze.hiding(number),
            back: cloze.revealed(),
            answer: cloze.deleted(number),
        })
    });
    // A note holds only text that parses; the text itself is the best that could be shown.
    asked.unwrap_or_else(|| plain(text, text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Fields;

    fn note(json: &str) -> Note {
        let fields: Fields = serde_json::from_str(json).unwrap();
        fields.note(None, vec![], None).unwrap()
    }

    #[test]
    fn a_reversed_note_asks_both_ways() {
        let note = note(r#"{"front":"Kaizen","back":"improvement","reverse":true}"#);
        assert_eq!(note.facets().len(), 2);
        assert_eq!(note.face(1).front, "improvement");
        assert_eq!(note.face(1).back, "Kaizen");
    }

    #[test]
    fn a_list_shows_the_items_before_and_a_set_the_others() {
        let list = note(r#"{"front":"Steps","list":["a","b","c"]}"#);
        assert_eq!(list.face(1).front, "Steps\n\n1. a\n2. …");
        assert_eq!(list.face(1).back, "b");
        let set = note(r#"{"front":"Signals","set":["a","b","c"]}"#);
        assert_eq!(set.face(1).front, "Signals\n\n- a\n- c\n- …");
    }

    #[test]
    fn a_cloze_shows_its_text_with_the_deletion_hidden_then_whole() {
        let note = note(r#"{"cloze":"{{Lead}} time, {{cycle}} time"}"#);
        let face = note.face(1);
        assert_eq!(face.front, "Lead time, […] time");
        assert_eq!(face.back, "Lead time, cycle time");
        assert_eq!(face.answer, "cycle");
    }
}
