//! How many cards come due on days to come. Of a large collection they are many, and counted by another
//! hand, while this one plans the day.

use super::hands::{are_two_worth_it, open_beside};
use super::queue::DUE_ON;
use super::{Result, Store};
use crate::model::StudyDay;
use rusqlite::Connection;
use std::thread::{self, JoinHandle};

/// In a database of fewer bytes they are counted while another hand would open it: a hundred thousand
/// cards with a million answers have some 230 MB.
const LONG: u64 = 512 << 20;

/// Cards being counted.
pub struct DueAhead<'a> {
    store: &'a Store,
    days: Vec<StudyDay>,
    pub(super) other_hand: Option<JoinHandle<rusqlite::Result<Vec<u64>>>>,
}

impl Store {
    /// Begins to count how many cards are due on each of some days, of all decks; suspended and retired
    /// ones left out. Counting alone is twice as fast as counting by deck.
    pub fn due_ahead(&self, days: Vec<StudyDay>) -> DueAhead<'_> {
        self.due_ahead_of(LONG, days)
    }

    /// The same, where a database of so many bytes counts as long.
    pub(super) fn due_ahead_of(&self, long: u64, days: Vec<StudyDay>) -> DueAhead<'_> {
        let begin = || {
            let (path, days) = (self.path.clone(), days.clone());
            let count = move || count(&open_beside(&path)?, &days);
            thread::Builder::new().spawn(count).ok()
        };
        let other_hand = are_two_worth_it(&self.path, long).then(begin).flatten();
        DueAhead { store: self, days, other_hand }
    }
}

impl DueAhead<'_> {
    /// How many on each, when all are counted.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn counts(self) -> Result<Vec<u64>> {
        match self.other_hand.and_then(|hand| hand.join().ok()) {
            Some(Ok(counts)) => Ok(counts),
            // Something was in its way.
            Some(Err(_)) | None => self.store.read(|db| Ok(count(db, &self.days)?)),
        }
    }
}

fn count(db: &Connection, days: &[StudyDay]) -> rusqlite::Result<Vec<u64>> {
    let mut select = db.prepare_cached(DUE_ON)?;
    days.iter().map(|day| select.query_row([day], |row| row.get(0))).collect()
}
