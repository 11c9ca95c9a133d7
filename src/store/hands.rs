//! Another hand: a thread that reads on a connection of its own.

use super::patience::PATIENCE;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::thread;

/// Whether a database of `long` bytes or more is there for another hand, and a processor.
pub(super) fn are_two_worth_it(path: &Path, long: u64) -> bool {
    std::fs::metadata(path).is_ok_and(|file| file.len() >= long)
        && thread::available_parallelism().map_or(1, usize::from) >= 2
}

/// What it reads on.
pub(super) fn open_beside(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let db = Connection::open_with_flags(path, flags)?;
    db.busy_timeout(PATIENCE)?;
    Ok(db)
}
