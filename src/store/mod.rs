//! SQLite: what is there, what happened, and what is to be asked. The only room that speaks SQL.
//!
//! | file | holds |
//! | --- | --- |
//! | `folder` | folders and names that outlast a failure of power |
//! | `network` | whether other machines have a file, too |
//! | `open` | opening, creating and migrating a database; refusing what is none |
//! | `backup` | backups beside it, and putting one back |
//! | `decks` | decks, their counts, and the files they come from |
//! | `notes` | notes as an import matches with them |
//! | `import` | carrying out an import |
//! | `cards` | one card, or all, with their text; public ids |
//! | `queue` | what may be asked |
//! | `ahead` | how many cards come due on days to come |
//! | `history` | events, read |
//! | `answers` | all answers, read by two hands |
//! | `hands` | another hand, for what is long |
//! | `record` | events, written; undo |
//! | `cache` | the state of cards: a fold of their events |
//! | `doctor` | whether all is as it should be, and mending it |
//! | `salvage` | what can be read of a damaged one, into a new one |
//! | `dump`, `load` | everything, as `kata export` writes it and `kata import` takes it back |
//!
//! A method that writes does so in one transaction: when it returns `Ok` all of it is on disk,
//! when it returns an error none of it is. Reading never waits for a writer.

mod ahead;
mod answers;
mod backup;
mod cache;
mod cards;
mod columns;
mod decks;
mod doctor;
mod dump;
mod error;
mod folder;
mod hands;
mod history;
mod import;
mod load;
mod network;
mod notes;
mod open;
mod patience;
#[cfg(any(test, fuzzing))]
pub(crate) mod promises;
mod queue;
mod record;
mod salvage;

pub use answers::Answers;
pub use backup::{Backup, BackupName, Backups, Contents, Keep, Reason, Unpacked};
pub use cards::{CardRecord, CardRow};
pub use decks::{DeckRecord, FileSeen, SourceRecord};
pub use doctor::{Check, Finding, Mended};
pub use dump::{Dump, Dumped, DumpedCard, DumpedDeck, DumpedMark, DumpedNote, DumpedReview};
pub use error::StoreError;
pub use folder::sync_folder_of;
pub use history::{Answer, PastEvent};
pub use import::{FileRecord, ImportBatch};
pub use notes::NoteTags;
pub use patience::tell_of_waits;
pub use queue::AnsweredCard;
pub use record::{Expected, Undone};
pub use salvage::{Salvaged, salvage};

use crate::model::StudyDay;
use backup::Daily;
use open::Place;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};

/// What a store's methods return.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// How much memory an import may take for pages of the database: KiB, and SQLite wants them negative.
const MUCH: i64 = -(64 << 10);

/// An open database.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    /// Where its file was when it was opened; `None` if it is in none.
    place: Option<Place>,
    /// Whether the name of its log is on disk for certain.
    has_named_log: bool,
    daily: Daily,
    before_update: Option<Backup>,
}

impl Store {
    /// The file it is in; `:memory:` if in none.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The backup that was made when it was opened, if it had to be brought up to date.
    pub fn backup_before_update(&self) -> Option<&Backup> {
        self.before_update.as_ref()
    }

    /// From now on a backup is made at the first write of this study day, of what was there before.
    /// Nobody waits for it but [`end_backup`](Self::end_backup).
    pub fn back_up_daily(&mut self, day: StudyDay, keep: Keep) {
        if self.place.is_some() && keep.any() {
            self.daily = Daily::Wanted(Backups::of(&self.path), day, keep);
        }
    }

    /// Whether the day's backup is still being made.
    pub fn is_backing_up(&self) -> bool {
        self.daily.is_running()
    }

    /// Waits for the day's backup; `None` if none was to be made.
    ///
    /// # Errors
    /// If it could not be made. The database itself is as it should be, unless that says it is not.
    pub fn end_backup(&mut self) -> Result<Option<Backup>> {
        self.daily.end()
    }

    /// Reads by several of these methods what no writer changes in between.
    ///
    /// # Errors
    /// If the database cannot be read, and those of `read`.
    pub fn at_once<T>(&self, read: impl FnOnce(&Store) -> Result<T>) -> Result<T> {
        self.snapshot(|_| read(self))
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

    /// Writes much: pages that are written to again and again stay in memory meanwhile.
    fn write_much<T>(&mut self, write: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let usual: i64 =
            self.connection.pragma_query_value(None, "cache_size", |row| row.get(0))?;
        self.connection.pragma_update(None, "cache_size", MUCH)?;
        let done = self.write(write);
        self.connection.pragma_update(None, "cache_size", usual)?;
        done
    }

    /// Writes: all of it is on disk when this returns `Ok`, else none of it.
    fn write<T>(&mut self, write: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        // What is written to a file that has lost its name would be gone with this process.
        if self.place.is_some_and(|place| place.is_left(&self.path)) {
            return Err(StoreError::Gone { path: self.path.clone() });
        }
        self.daily.begin();
        let run = || {
            let transaction =
                self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if self.place.is_some() && !self.has_named_log {
                // SQLite does that, too, but does not tell if it fails.
                sync_folder_of(&self.path)
                    .map_err(|source| StoreError::Io { path: self.path.clone(), source })?;
                self.has_named_log = true;
            }
            let done = write(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        run().map_err(|error: StoreError| error.at(&self.path))
    }
}

/// A backup that has begun is made.
impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.daily.end();
    }
}

#[cfg(test)]
mod tests;
