//! What an import finds stored, and what it changes.

use crate::model::{CardId, DeckName, Guid, Note};

/// A note as the store holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNote {
    /// Its identity, for life.
    pub guid: Guid,
    /// Its deck.
    pub deck: DeckName,
    /// Path of the deck file that it came from last; `None` if it came from none.
    pub file: Option<String>,
    /// Where it stands in its file, from 0.
    pub position: u32,
    /// Whether it has gone from its deck file.
    pub retired: bool,
    /// Its text.
    pub note: Note,
    /// Its cards, retired ones included.
    pub cards: Vec<StoredCard>,
}

/// A card as the store holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCard {
    /// Its identity, for life.
    pub id: CardId,
    /// What it was among its siblings when first seen, unique in its note.
    pub key: String,
    /// Which of its note's facets it asks, or asked last.
    pub position: u32,
    /// Whether it has gone from its note.
    pub retired: bool,
}

/// What an import changes, in full: a store that carries it out is as the files say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// One entry for every note that is not [`unchanged`](Self::unchanged).
    pub notes: Vec<NoteChange>,
    /// How many notes of the files are stored just as they are.
    pub unchanged: usize,
}

/// What becomes of one note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteChange {
    /// A note not stored so far.
    New(PlacedNote),
    /// A stored note, live or retired, that goes on in a file.
    Kept {
        /// Where and how it stands now; its guid is the stored one.
        now: PlacedNote,
        /// What about it is not as it was; all false if only its position is.
        how: Difference,
    },
    /// A note that has gone from its file: asked no more, history kept.
    Retired(Guid),
}

/// How a kept note differs from what was stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Difference {
    /// Its text, tags, source or id changed.
    pub edited: bool,
    /// It stands in another file or deck.
    pub moved: bool,
    /// It was retired.
    pub revived: bool,
}

/// A note and its place in a deck file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedNote {
    /// Its identity, for life.
    pub guid: Guid,
    /// Its deck.
    pub deck: DeckName,
    /// Path of its deck file.
    pub file: String,
    /// Where it stands in its file, from 0.
    pub position: u32,
    /// Its text.
    pub note: Note,
    /// Every card of the note, those that have gone from it included.
    pub cards: Vec<PlacedCard>,
}

/// A card and its place in its note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedCard {
    /// Its identity, for life: stored already, or new.
    pub id: CardId,
    /// What it was among its siblings when first seen.
    pub key: String,
    /// Which of its note's facets it asks; `None` if it has gone from the note.
    pub position: Option<u32>,
}
