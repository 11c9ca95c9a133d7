//! Guids of new notes.

use crate::model::{DeckName, Guid, Note, StoredNote};
use std::collections::HashSet;

/// The guids that are given away.
pub(super) struct Guids<'a> {
    stored: &'a [StoredNote],
    /// Those of the stored notes and the new ones; made when the first is asked for.
    given: Option<HashSet<Guid>>,
    held: &'a dyn Fn(Guid) -> bool,
}

impl<'a> Guids<'a> {
    /// Those of the stored notes, and whatever else is `held`.
    pub fn new(stored: &'a [StoredNote], held: &'a dyn Fn(Guid) -> bool) -> Self {
        Guids { stored, given: None, held }
    }

    /// A new note's guid, by its deck and what it is at first sight; with the smallest counter
    /// that no other note holds.
    pub fn give(&mut self, deck: &DeckName, note: &Note) -> Guid {
        let identity = match &note.id {
            Some(id) => ["id", id],
            None => [note.kind().word(), note.body.question()],
        };
        let stored = self.stored;
        let given =
            self.given.get_or_insert_with(|| stored.iter().map(|stored| stored.guid).collect());
        let mut counter = 0;
        loop {
            let guid = Guid::of(deck.as_str(), &identity, counter);
            if !(self.held)(guid) && given.insert(guid) {
                return guid;
            }
            counter += 1;
        }
    }
}
