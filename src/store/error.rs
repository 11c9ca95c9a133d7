//! Ways for a store to fail.

use crate::model::{CardId, EventId, IdPrefix};
use rusqlite::ErrorCode;
use rusqlite::ffi::{SQLITE_IOERR_SHMSIZE, SQLITE_IOERR_WRITE};
use std::io;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a database could not be opened, read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file or its folder cannot be read or made.
    #[error("cannot open the database {path}: {source}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// There is a folder where the database should be.
    #[error("{path} is a folder: name a file with --db or KATA_DB", path = path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// A file that kata did not make.
    #[error(
        "{path} is no kata database and is left as it is: name another file with --db or KATA_DB",
        path = path.display()
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A newer kata's database.
    #[error(
        "{path} was written by a newer kata (its version is {found}, this kata knows {known}) and \
         is left as it is: update kata",
        path = path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// The version of its schema.
        found: u32,
        /// The newest version this kata knows.
        known: u32,
    },
    /// Another process is writing, and went on for too long.
    #[error("another kata is writing to {path}: try again", path = path.display())]
    Locked {
        /// The file.
        path: PathBuf,
    },
    /// No room for what was to be written.
    #[error(
        "the disk with {path} is full: nothing was written; free some space and try again",
        path = path.display()
    )]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// The process may not write a file as large as it would have to.
    #[error(
        "{path} may not grow beyond {limit} bytes here (`ulimit -f`): nothing was written",
        path = path.display()
    )]
    Limited {
        /// The file.
        path: PathBuf,
        /// The limit.
        limit: u64,
    },
    /// The disk fails.
    #[error(
        "the disk with {path} failed ({why}): nothing was written; if it goes on, copy {path} to \
         another disk, and `kata doctor` tells what is wrong with it",
        path = path.display()
    )]
    Disk {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        why: String,
    },
    /// The file, or the folder it is in, cannot be written.
    #[error(
        "cannot write to {path}: the file or its folder is read-only; change its permissions, or \
         name another file with --db",
        path = path.display()
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// The file is damaged.
    #[error(
        "the database {path} is damaged ({why}): `kata doctor` tells how much, `kata restore` puts the newest backup in its place",
        path = path.display()
    )]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        why: String,
    },
    /// Something is where a new file was to be.
    #[error("there is a {path} already, and it is left as it is: name another file", path = path.display())]
    Exists {
        /// What is there.
        path: PathBuf,
    },
    /// The file was removed, or another put in its place, since it was opened.
    #[error(
        "the database {path} was removed or replaced while it was in use: this was not stored; \
         start again, and see `kata backup --list` for what is safe",
        path = path.display()
    )]
    Gone {
        /// The file.
        path: PathBuf,
    },
    /// No backup could be written or read.
    #[error("cannot make or read backups in {folder}: {source}", folder = folder.display())]
    Backup {
        /// The folder that they are in.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file that is no backup, or a damaged one.
    #[error("{path} cannot be restored: {why}; nothing was changed", path = path.display())]
    BadBackup {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// A name that no backup has.
    #[error("there is no backup {name}: `kata backup --list` lists them")]
    UnknownBackup {
        /// What was asked for.
        name: String,
    },
    /// The start of several backups' names.
    #[error("{name} is the start of several names: {list}", list = list.join(", "))]
    AmbiguousBackup {
        /// What was asked for.
        name: String,
        /// The backups with such names.
        list: Vec<String>,
    },
    /// Anything else that SQLite reports.
    #[error("the database {path} failed: {source}", path = path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What SQLite says.
        source: rusqlite::Error,
    },
    /// What SQLite reports, before it is known of which file. No method of a store returns it.
    #[doc(hidden)]
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// Text in the database that does not read as what it should be.
    #[error("the database holds a {what} that does not read: {why}")]
    Unreadable {
        /// What it should be.
        what: &'static str,
        /// Why it is not.
        why: String,
    },
    /// A card that was answered elsewhere since it was shown; nothing was written.
    #[error("card {card:.8} was changed by another session: nothing was written")]
    Stale {
        /// The card.
        card: CardId,
    },
    /// An id that no card has.
    #[error("no card has the id {id}: `kata cards` lists them")]
    UnknownCard {
        /// The id, or its start, as asked for.
        id: String,
    },
    /// The start of several cards' ids.
    #[error(
        "{prefix} is the start of several ids: {list}",
        prefix = prefix.as_str(), list = listed(cards)
    )]
    Ambiguous {
        /// What was asked for.
        prefix: IdPrefix,
        /// The cards with such ids, the first ten.
        cards: Vec<CardId>,
    },
    /// A relink of a card to itself.
    #[error("card {card:.8} cannot take over its own events")]
    RelinkToItself {
        /// The card.
        card: CardId,
    },
    /// A relink that would go in a circle.
    #[error(
        "card {new:.8} cannot take over the events of {old:.8}, which took over its own: undo that relink first"
    )]
    RelinkCycle {
        /// The card that was to be taken over.
        old: CardId,
        /// The card that was to take it over.
        new: CardId,
    },
    /// A new card rescheduled without an interval.
    #[error("card {card:.8} is new: to give it a due day give it an interval, too")]
    RescheduleNew {
        /// The card.
        card: CardId,
    },
    /// An undo among events to be recorded.
    #[error("event {event} is undone with its whole batch or not at all")]
    BareUndo {
        /// The event.
        event: EventId,
    },
    /// Another process wrote between the matching and the carrying out of an import.
    #[error("another kata wrote to the database meanwhile: nothing was changed; try again")]
    Outrun,
    /// An export to be loaded where there is something already.
    #[error(
        "{path} has decks or a history already: an export is only taken into an empty database; \
         name a new file with --db",
        path = path.display()
    )]
    NotEmpty {
        /// The file.
        path: PathBuf,
    },
    /// An export that contradicts itself; nothing was written.
    #[error("{entry}: {why}")]
    BadDump {
        /// Which entry of it.
        entry: String,
        /// What is wrong with it.
        why: String,
    },
}

impl StoreError {
    /// The error, told of the file it happened in.
    pub(super) fn at(self, path: &Path) -> Self {
        let path = path.to_owned();
        match self {
            StoreError::Sqlite(source) => match source.sqlite_error_code() {
                Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                    StoreError::Locked { path }
                }
                Some(ErrorCode::DiskFull) => StoreError::Full { path },
                Some(ErrorCode::SystemIoFailure) => {
                    let code = source.sqlite_extended_error_code();
                    match largest_file().filter(|_| NOT_GROWN.contains(&code)) {
                        Some(limit) => StoreError::Limited { path, limit },
                        None => StoreError::Disk { path, why: source.to_string() },
                    }
                }
                // A file that could be read, but not the log that SQLite keeps beside it.
                Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                    StoreError::ReadOnly { path }
                }
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                    StoreError::Corrupt { path, why: source.to_string() }
                }
                _ => StoreError::Database { path, source },
            },
            other => other,
        }
    }
}

/// SQLite's words for a file that could not grow, and not for want of room.
const NOT_GROWN: [Option<i32>; 2] = [Some(SQLITE_IOERR_WRITE), Some(SQLITE_IOERR_SHMSIZE)];

/// How many bytes a file that this process writes may have, if that is limited.
fn largest_file() -> Option<u64> {
    #[cfg(unix)]
    return rustix::process::getrlimit(rustix::process::Resource::Fsize).current;
    #[cfg(not(unix))]
    None
}

fn listed(cards: &[CardId]) -> String {
    cards.iter().map(CardId::to_string).collect::<Vec<_>>().join(", ")
}
