//! What a session asks for, over the store.

use crate::cli::Setting;
use crate::cli::database::Database;
use crate::cli::errands::PendingEdit;
use crate::model::{CardId, Draft, EventId, Now, StudyDay};
use crate::schedule::{Candidate, DeckRow, DueCard, NoteRow};
use crate::session::{Journal, Open, Shelf, TakenBack};
use crate::store::{Expected, Result, Store, StoreError};
use std::collections::HashSet;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// The cards of some decks, and of some notes of them.
pub(super) struct Selected<'a> {
    pub(super) store: &'a Store,
    /// The decks, in deck order.
    pub(super) decks: &'a [DeckRow],
    /// The notes, if not all.
    pub(super) notes: Option<&'a HashSet<NoteRow>>,
}

impl Selected<'_> {
    fn decks(&self) -> HashSet<DeckRow> {
        self.decks.iter().copied().collect()
    }

    fn has(&self, note: NoteRow) -> bool {
        self.notes.is_none_or(|notes| notes.contains(&note))
    }

    fn of(&self, mut cards: Vec<Candidate>) -> Vec<Candidate> {
        cards.retain(|card| self.has(card.note));
        cards
    }
}

impl Shelf for Selected<'_> {
    type Error = StoreError;

    fn each_due(
        &self,
        by: StudyDay,
        today: StudyDay,
        visit: &mut dyn FnMut(DueCard),
    ) -> Result<()> {
        let mut decks = self.decks.to_vec();
        decks.sort_unstable();
        self.store.due_cards(today, by, &mut |card| {
            if decks.binary_search(&card.deck).is_ok() && self.has(card.note) {
                visit(card);
            }
        })
    }

    fn each_new(
        &self,
        deck: DeckRow,
        today: StudyDay,
        visit: &mut dyn FnMut(Candidate) -> ControlFlow<()>,
    ) -> Result<()> {
        self.store.new_candidates(deck, today, &mut |card| match self.has(card.note) {
            true => visit(card),
            false => ControlFlow::Continue(()),
        })
    }

    fn drills(&self, today: StudyDay) -> Result<Vec<Candidate>> {
        Ok(self.of(self.store.drill_candidates(today, Some(&self.decks()))?))
    }

    fn all(&self) -> Result<Vec<Candidate>> {
        let mut cards = Vec::new();
        for deck in self.decks {
            cards.extend(self.of(self.store.all_candidates(*deck)?));
        }
        cards.retain(|card| !card.state.suspended);
        Ok(cards)
    }

    fn siblings(&self, note: NoteRow) -> Result<Vec<Candidate>> {
        self.store.siblings(note)
    }
}

/// The store as a session's journal; its errands start here, too.
pub(super) struct Desk<'a> {
    pub(super) setting: &'a Setting,
    pub(super) store: Database,
    /// The last edit of a deck file, if what it left there is not imported.
    pub(super) pending_edit: Option<PendingEdit>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(setting: &'a Setting, store: Database) -> Self {
        Desk { setting, store, pending_edit: None }
    }
}

impl Journal for Desk<'_> {
    type Error = StoreError;

    fn record(&mut self, now: Now, open: &Open, drafts: &[Draft]) -> Result<Option<EventId>> {
        let expected = Expected { card: open.candidate.card, newest: open.newest };
        match self.store.record(now, Some(expected), drafts) {
            Ok(events) => Ok(events.first().map(|event| event.batch)),
            Err(StoreError::Stale { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn take_back(&mut self, now: Now, batch: Option<EventId>) -> Result<Option<TakenBack>> {
        let undone = self.store.undo(now, batch)?;
        let first = undone.and_then(|undone| undone.events.into_iter().next());
        Ok(first.map(|event| TakenBack { event: event.id, card: event.card }))
    }

    fn reload(&mut self, card: CardId) -> Result<Option<Open>> {
        let Some(record) = self.store.card(card)? else { return Ok(None) };
        if record.retired || record.relinked {
            return Ok(None);
        }
        Ok(Some(Open {
            id: self.store.short_id(card)?,
            candidate: record.candidate,
            newest: record.newest,
            deck: record.deck.to_string(),
            note: record.note,
            file: record.file.map(PathBuf::from),
        }))
    }
}
