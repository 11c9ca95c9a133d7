//! The rules of deck files, for both passes: what makes raw fields a deck, and one value's faults.

use super::DeckFile;
use super::question::Question;
use super::yaml::{RawDeck, RawNote, RawNotes, RawOptions};
use crate::model::text::trimmed;
use crate::model::{BadNote, DeckOptions, Fields, Note};
use std::collections::HashSet;

/// The keys of a deck file.
pub(super) const DECK_KEYS: [&str; 6] = ["deck", "title", "source", "tags", "options", "cards"];
/// The keys of a deck file's options.
pub(super) const OPTION_KEYS: [&str; 4] =
    ["new_per_day", "reviews_per_day", "bury_siblings", "leech_threshold"];
/// The keys of a note.
pub(super) const NOTE_KEYS: [&str; 12] = [
    "id", "front", "back", "cloze", "list", "set", "reverse", "typed", "hint", "extra", "tags",
    "source",
];

/// The largest number an option can have.
pub(super) const LARGEST_OPTION: u32 = 1_000_000;

/// The deck file that raw fields make.
///
/// # Errors
/// The first rule that they break, for the case that the second pass does not find it.
pub(super) fn deck_file(raw: RawDeck) -> Result<DeckFile, String> {
    let deck = raw.deck.parse().map_err(|bad| format!("{bad}"))?;
    let mut file = DeckFile {
        deck,
        title: said(raw.title)?,
        tags: sound_tags(raw.tags)?,
        source: said(raw.source)?,
        options: raw.options.map(options).transpose()?,
        notes: Vec::with_capacity(raw.cards.len()),
    };
    let mut asked = Asked::default();
    for raw in raw.cards {
        let note = within(by_itself(raw)?, &file);
        asked.add(&note)?;
        file.notes.push(note);
    }
    Ok(file)
}

/// The notes that raw entries without a deck make. An entry without a word, as a form that was not
/// filled in, makes none.
///
/// # Errors
/// The first rule that they break, for the case that the second pass does not find it.
pub(super) fn notes(raw: Option<RawNotes>) -> Result<Vec<Note>, String> {
    let raw = raw.map(|RawNotes(raw)| raw).unwrap_or_default();
    let mut asked = Asked::default();
    let mut notes = Vec::with_capacity(raw.len());
    for raw in raw.into_iter().filter(says_something) {
        let note = by_itself(raw)?;
        asked.add(&note)?;
        notes.push(note);
    }
    Ok(notes)
}

fn says_something(raw: &RawNote) -> bool {
    let RawNote { id, front, back, cloze, list, set, hint, extra, source, tags, .. } = raw;
    let texts = [id, front, back, cloze, hint, extra, source].into_iter().flatten();
    let items = [list, set].into_iter().flatten().flatten().chain(tags);
    let mut all = texts.chain(items);
    raw.reverse || raw.typed || all.any(|text| !text.trim().is_empty())
}

/// What no two notes of a deck have in common.
#[derive(Default)]
struct Asked {
    ids: HashSet<String>,
    questions: HashSet<Question>,
}

impl Asked {
    fn add(&mut self, note: &Note) -> Result<(), String> {
        if let Some(id) = &note.id
            && !self.ids.insert(id.clone())
        {
            return Err(format!("the id {id:?} occurs twice"));
        }
        match self.questions.insert(Question::of(&note.body)) {
            true => Ok(()),
            false => Err(format!("{:?} is asked twice", note.body.question())),
        }
    }
}

fn by_itself(raw: RawNote) -> Result<Note, String> {
    let fields = Fields {
        front: raw.front,
        back: raw.back,
        cloze: raw.cloze,
        list: raw.list,
        set: raw.set,
        reverse: raw.reverse,
        typed: raw.typed,
        hint: raw.hint,
        extra: raw.extra,
    };
    own_note(fields, raw.id, raw.tags, raw.source)
}

/// The note that these fields make by itself: its tags and source are its own.
///
/// # Errors
/// The rule that they break, in words.
pub fn own_note(
    fields: Fields,
    id: Option<String>,
    tags: Vec<String>,
    source: Option<String>,
) -> Result<Note, String> {
    let texts = [&fields.front, &fields.back, &fields.cloze].into_iter().flatten();
    let items = [&fields.list, &fields.set].into_iter().flatten().flatten();
    texts.chain(items).try_for_each(|text| without_nul(text))?;
    let id = match id.map(|id| said(Some(id))).transpose()? {
        Some(None) => return Err("an id is empty".to_owned()),
        given => given.flatten(),
    };
    let fields = Fields { hint: said(fields.hint)?, extra: said(fields.extra)?, ..fields };
    fields.note(id, sound_tags(tags)?, said(source)?).map_err(|bad| bad.to_string())
}

/// A note as it counts in a deck: with the deck's tags and source before its own.
pub(super) fn within(note: Note, file: &DeckFile) -> Note {
    let source = match (&file.source, note.source) {
        (Some(deck), Some(own)) => Some(format!("{deck} › {own}")),
        (deck, own) => own.or_else(|| deck.clone()),
    };
    let mut tags = file.tags.clone();
    for tag in note.tags {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Note { tags, source, ..note }
}

/// An optional text without space around it; left empty, it says nothing.
fn said(text: Option<String>) -> Result<Option<String>, String> {
    let Some(text) = text else { return Ok(None) };
    without_nul(&text)?;
    Ok(Some(trimmed(text)).filter(|text| !text.is_empty()))
}

/// Tags, each once.
fn sound_tags(given: Vec<String>) -> Result<Vec<String>, String> {
    let mut tags = Vec::with_capacity(given.len());
    for tag in given {
        let tag = said(Some(tag))?.ok_or("a tag is empty")?;
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    Ok(tags)
}

fn options(raw: RawOptions) -> Result<DeckOptions, String> {
    let numbers = [raw.new_per_day, raw.reviews_per_day, raw.leech_threshold];
    match numbers.into_iter().flatten().find(|number| *number > LARGEST_OPTION) {
        Some(number) => Err(format!("{number} is over {LARGEST_OPTION}")),
        None => Ok(DeckOptions {
            new_per_day: raw.new_per_day,
            reviews_per_day: raw.reviews_per_day,
            bury_siblings: raw.bury_siblings,
            leech_threshold: raw.leech_threshold,
        }),
    }
}

/// Text with a NUL, escaped as it may be, is none: too many programs end a text there.
fn without_nul(text: &str) -> Result<(), String> {
    if text.contains('\0') { Err("a text has the character U+0000".to_owned()) } else { Ok(()) }
}

/// The keys that say what a note asks, and whether it is reversed: its shape.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    pub front: bool,
    pub back: bool,
    pub cloze: bool,
    pub list: bool,
    pub set: bool,
    pub reverse: bool,
}

impl Shape {
    /// The keys that are there.
    pub fn keys(self) -> Vec<&'static str> {
        let keys = [
            ("front", self.front),
            ("back", self.back),
            ("cloze", self.cloze),
            ("list", self.list),
            ("set", self.set),
        ];
        keys.into_iter().filter_map(|(key, there)| there.then_some(key)).collect()
    }

    /// What is wrong with the shape, whatever the values.
    pub fn fault(self) -> Option<BadNote> {
        let text = |there: bool, text: &str| there.then(|| text.to_owned());
        let items = |there: bool| there.then(|| vec!["x".to_owned(); 2]);
        fault(Fields {
            front: text(self.front, "x"),
            back: text(self.back, "x"),
            cloze: text(self.cloze, "{{x}}"),
            list: items(self.list),
            set: items(self.set),
            reverse: self.reverse,
            ..Fields::default()
        })
    }
}

/// What is wrong with the text of `front`, `back` or `cloze`, whatever stands beside it.
pub(super) fn side_fault(key: &str, text: &str) -> Option<BadNote> {
    let (text, other) = (Some(text.to_owned()), Some("x".to_owned()));
    fault(match key {
        "front" => Fields { front: text, back: other, ..Fields::default() },
        "back" => Fields { front: other, back: text, ..Fields::default() },
        _ => Fields { cloze: text, ..Fields::default() },
    })
}

/// What is wrong with this many items of a `list` or `set`.
pub(super) fn count_fault(key: &str, count: usize) -> Option<BadNote> {
    items_fault(key, vec!["x".to_owned(); count])
}

/// What is wrong with an item of a `list` or `set`.
pub(super) fn item_fault(key: &str, item: &str) -> Option<BadNote> {
    items_fault(key, vec![item.to_owned(), "x".to_owned()])
}

fn items_fault(key: &str, items: Vec<String>) -> Option<BadNote> {
    let front = Some("x".to_owned());
    fault(match key {
        "list" => Fields { front, list: Some(items), ..Fields::default() },
        _ => Fields { front, set: Some(items), ..Fields::default() },
    })
}

fn fault(fields: Fields) -> Option<BadNote> {
    fields.note(None, Vec::new(), None).err()
}
