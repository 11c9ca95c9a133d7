//! A card as a queue sees it.

use crate::model::{CardId, Interval, Kind, StudyDay};
use crate::schedule::CardState;
use crate::schedule::state::days_early;

/// The number of a deck in its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeckRow(pub i64);

/// The number of a note in its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteRow(pub i64);

/// As much of a due card as its rank depends on: of a large backlog most are looked at no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glimpse {
    /// The card.
    pub card: CardId,
    /// Its note.
    pub note: NoteRow,
    /// The day it is due.
    pub due: StudyDay,
    /// SM-2's I.
    pub interval: Interval,
    /// The day of its last scheduling answer.
    pub answered: Option<StudyDay>,
}

impl Glimpse {
    /// Study days since the last scheduling answer, if that is fewer than the interval:
    /// [`CardState::early`].
    pub fn early(&self, day: StudyDay) -> Option<u32> {
        days_early(self.answered, self.due, self.interval, day)
    }
}

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
