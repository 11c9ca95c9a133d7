//! A card as a queue sees it.

use crate::model::{CardId, Kind};
use crate::schedule::CardState;

/// The number of a deck in its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeckRow(pub i64);

/// The number of a note in its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteRow(pub i64);

/// A card that may be asked: all that its place in a queue depends on, and none of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The card.
    pub card: CardId,
    /// Its note; cards of one note are siblings.
    pub note: NoteRow,
    /// Its deck.
    pub deck: DeckRow,
    /// The kind of its note.
    pub kind: Kind,
    /// Where it stands in its note, from 0.
    pub position: u32,
    /// Its schedule.
    pub state: CardState,
}
