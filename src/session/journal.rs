//! What a session asks of whoever keeps the cards.

use crate::model::{CardId, Draft, EventId, Note, Now, StudyDay};
use crate::schedule::{Candidate, DeckRow, DueCard, NoteRow};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// The cards a plan chooses from: those of the decks and tags that were asked for.
pub trait Shelf {
    /// Why it could not be read.
    type Error;

    /// Shows the cards due on a study day or earlier that are live, neither suspended nor buried
    /// on `today`, in no particular order.
    fn each_due(
        &self,
        by: StudyDay,
        today: StudyDay,
        visit: &mut dyn FnMut(DueCard),
    ) -> Result<(), Self::Error>;

    /// Shows the new cards of a deck in deck order, those live, neither suspended nor buried,
    /// until told to stop.
    fn each_new(
        &self,
        deck: DeckRow,
        today: StudyDay,
        visit: &mut dyn FnMut(Candidate) -> ControlFlow<()>,
    ) -> Result<(), Self::Error>;

    /// The cards whose drill of this study day is pending, in the order they were answered in.
    fn drills(&self, today: StudyDay) -> Result<Vec<Candidate>, Self::Error>;

    /// Every card that is live and not suspended, in deck order.
    fn all(&self) -> Result<Vec<Candidate>, Self::Error>;

    /// The live cards of a note, whatever was asked for.
    fn siblings(&self, note: NoteRow) -> Result<Vec<Candidate>, Self::Error>;
}

/// The history that a session writes.
pub trait Journal {
    /// Why it could not be read or written.
    type Error;

    /// Writes the drafts as one batch if the newest event of the open card is still the one it
    /// was opened with. They are on disk when this returns. `None`: another session was first,
    /// and nothing is written.
    fn record(
        &mut self,
        now: Now,
        open: &Open,
        drafts: &[Draft],
    ) -> Result<Option<EventId>, Self::Error>;

    /// Revokes a batch, or the newest one that stands. `None` if there is none (any more).
    fn take_back(
        &mut self,
        now: Now,
        batch: Option<EventId>,
    ) -> Result<Option<TakenBack>, Self::Error>;

    /// A card as it is now; `None` if it is asked no more.
    fn reload(&mut self, card: CardId) -> Result<Option<Open>, Self::Error>;
}

/// A card with its text, as it was when it was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The card and its schedule.
    pub candidate: Candidate,
    /// The newest event of its history.
    pub newest: Option<EventId>,
    /// Its public id.
    pub id: String,
    /// Its deck's name.
    pub deck: String,
    /// Its note.
    pub note: Note,
    /// The deck file that the note came from last, in full, if it came from one.
    pub file: Option<PathBuf>,
}

/// What was revoked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenBack {
    /// The first event of the batch.
    pub event: EventId,
    /// The card it is about.
    pub card: CardId,
}
