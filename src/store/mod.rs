//! SQLite: what is there, what happened, and what is to be asked. The only room that speaks SQL.
//!
//! | file | holds |
//! | --- | --- |
//! | `open` | opening, creating and migrating a database; refusing what is none |
//! | `decks` | decks, their counts, and the files they come from |
//! | `notes` | notes as an import matches with them |
//! | `import` | carrying out an import |
//! | `cards` | one card, or all, with their text; public ids |
//! | `queue` | what may be asked |
//! | `history` | events, read |
//! | `answers` | all answers, read by two hands |
//! | `record` | events, written; undo |
//! | `cache` | the state of cards: a fold of their events |
//! | `dump`, `load` | everything, as `kata export` writes it and `kata import` takes it back |
//!
//! A method that writes does so in one transaction: when it returns `Ok` all of it is on disk,
//! when it returns an error none of it is. Reading never waits for a writer.

mod answers;
mod cache;
mod cards;
mod columns;
mod decks;
mod dump;
mod error;
mod history;
mod import;
mod load;
mod notes;
mod open;
mod queue;
mod record;

pub use answers::Answers;
pub use cards::{CardRecord, CardRow};
pub use decks::{DeckRecord, FileSeen, SourceRecord};
pub use dump::{Dump, DumpedCard, DumpedDeck, DumpedMark, DumpedNote, DumpedReview};
pub use error::StoreError;
pub use history::{Answer, PastEvent};
pub use import::{FileRecord, ImportBatch};
pub use notes::NoteTags;
pub use queue::AnsweredCard;
pub use record::{Expected, Undone};

use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// What a store's methods return.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// An open database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
}

impl Store {
    /// The file it is in; `:memory:` if in none.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads.
    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        read(&self.connection).map_err(|error| error.at(&self.path))
    }

    /// Reads with several statements what no writer changes in between.
    fn snapshot<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.read(|db| match db.is_autocommit() {
            true => {
                let transaction = db.unchecked_transaction()?;
                let found = read(&transaction)?;
                transaction.commit()?;
                Ok(found)
            }
            // Called from a callback of another read: in its snapshot already.
            false => read(db),
        })
    }

    /// Writes: all of it is on disk when this returns `Ok`, else none of it.
    fn write<T>(&mut self, write: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let run = || {
            let transaction =
                self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = write(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        run().map_err(|error: StoreError| error.at(&self.path))
    }
}

#[cfg(test)]
mod tests;
