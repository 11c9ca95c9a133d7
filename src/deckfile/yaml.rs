//! The fast pass: YAML into types. It stops at the first fault and knows no places.
//!
//! Text is as written: `1.10`, `007`, `no` and `null` are themselves, and nothing at all is an
//! empty text. So no field of text is an `Option` to serde, for which `null` would be `None`.

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

/// A deck file as its keys say it, no rule applied.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDeck {
    pub deck: String,
    #[serde(default, deserialize_with = "given")]
    pub title: Option<String>,
    #[serde(default, deserialize_with = "given")]
    pub source: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default, deserialize_with = "given")]
    pub options: Option<RawOptions>,
    pub cards: Vec<RawNote>,
}

/// A deck's options.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOptions {
    #[serde(default, deserialize_with = "given")]
    pub new_per_day: Option<u32>,
    #[serde(default, deserialize_with = "given")]
    pub reviews_per_day: Option<u32>,
    #[serde(default, deserialize_with = "given")]
    pub bury_siblings: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    pub leech_threshold: Option<u32>,
}

/// An entry of `cards`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawNote {
    #[serde(default, deserialize_with = "given")]
    pub id: Option<String>,
    #[serde(default, deserialize_with = "given")]
    pub front: Option<String>,
    #[serde(default, deserialize_with = "given")]
    pub back: Option<String>,
    #[serde(default, deserialize_with = "given")]
    pub cloze: Option<String>,
    #[serde(default, deserialize_with = "given")]
    pub list: Option<Vec<String>>,
    #[serde(default, deserialize_with = "given")]
    pub set: Option<Vec<String>>,
    #[serde(default)]
    pub reverse: bool,
    #[serde(default)]
    pub typed: bool,
    #[serde(default, deserialize_with = "given")]
    pub hint: Option<String>,
    #[serde(default, deserialize_with = "given")]
    pub extra: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default, deserialize_with = "given")]
    pub source: Option<String>,
}

/// Entries of `cards` without a deck: a list of them, or one alone.
#[derive(Debug)]
pub(super) struct RawNotes(pub Vec<RawNote>);

impl<'de> Deserialize<'de> for RawNotes {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = RawNotes;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("notes")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, notes: A) -> Result<RawNotes, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(notes)).map(RawNotes)
            }

            fn visit_map<A: MapAccess<'de>>(self, note: A) -> Result<RawNotes, A::Error> {
                let note = RawNote::deserialize(MapAccessDeserializer::new(note))?;
                Ok(RawNotes(vec![note]))
            }
        }
        from.deserialize_any(Entries)
    }
}

/// A value that is there, whatever it is.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// The deck file that a text says.
///
/// # Errors
/// The first fault that the reader met.
pub(super) fn parse(text: &str) -> Result<RawDeck, serde_yaml::Error> {
    serde_yaml::from_str(text)
}

/// The entries that a text says; `None` if it says nothing.
///
/// # Errors
/// The first fault that the reader met.
pub(super) fn parse_notes(text: &str) -> Result<Option<RawNotes>, serde_yaml::Error> {
    serde_yaml::from_str(text)
}

/// What is wrong with a text as YAML, whatever it says.
pub(super) fn syntax_fault(text: &str) -> Option<serde_yaml::Error> {
    serde_yaml::from_str::<serde::de::IgnoredAny>(text).err()
}

/// A plain scalar as a number or truth value, read as the fast pass reads it.
pub(super) fn plain<T: for<'de> Deserialize<'de>>(scalar: &str) -> Option<T> {
    let simple = scalar.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-._".contains(&b));
    if simple { serde_yaml::from_str(scalar).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_as_written() {
        for text in
            ["1.10", "007", "no", "null", "~", "0x1F", "2024-01-01", ".5", "1e3", "true", "1_000"]
        {
            let file = format!(
                "deck: {text}\ntags: [{text}]\ncards:\n- {{id: {text}, front: {text}, back: {text}, \
                 hint: {text}, source: {text}}}\n- {{front: {text}, list: [{text}]}}"
            );
            let raw = parse(&file).unwrap();
            assert_eq!((raw.deck.as_str(), raw.tags[0].as_str()), (text, text));
            let note = &raw.cards[0];
            for written in [&note.id, &note.front, &note.back, &note.hint, &note.source] {
                assert_eq!(written.as_deref(), Some(text));
            }
            assert_eq!(raw.cards[1].list.as_ref().unwrap()[0], text);
        }
    }

    #[test]
    fn nothing_written_is_an_empty_text() {
        let raw = parse("deck: a\ntags:\ncards:\n- front:\n  back: ''\n- \n").unwrap();
        assert_eq!(raw.cards[0].front.as_deref(), Some(""));
        assert_eq!(raw.cards[0].back.as_deref(), Some(""));
        assert_eq!(raw.cards[1].front, None);
        assert!(raw.tags.is_empty());
    }
}
