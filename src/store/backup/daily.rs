//! The backup of a study day, made beside its first write: nobody waits for it.

use super::folder::{Backup, Backups, Patience};
use super::keep::Keep;
use super::name::Reason;
use crate::model::StudyDay;
use crate::store::patience::PATIENCE;
use crate::store::{Result, StoreError};
use rusqlite::{Connection, OpenFlags};
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

/// Where the backup of a study day is.
#[derive(Debug, Default)]
pub(in crate::store) enum Daily {
    /// Nothing is to be done, or has been done.
    #[default]
    Idle,
    /// To be made at the first write.
    Wanted(Backups, StudyDay, Keep),
    /// Being made.
    Running(JoinHandle<Result<Option<Backup>>>),
}

impl Daily {
    /// Begins to make it, of the database as it is now, if it is wanted and the day has none.
    pub(in crate::store) fn begin(&mut self) {
        let (backups, day, keep) = match self {
            Daily::Wanted(backups, day, keep) => (backups.clone(), *day, *keep),
            Daily::Idle | Daily::Running(_) => return,
        };
        *self = Daily::Idle;
        let has_one = backups
            .list()
            .is_ok_and(|list| list.iter().any(|backup| backup.name.day() == Some(day)));
        if has_one {
            return;
        }
        let (begins, began) = channel();
        let made = thread::Builder::new().spawn(move || make(&backups, day, keep, begins));
        if let Ok(made) = made {
            // Whatever happens there, the thread lets go of its end.
            let _ = began.recv();
            *self = Daily::Running(made);
        }
    }

    /// Whether it is still being made.
    pub(in crate::store) fn is_running(&self) -> bool {
        matches!(self, Daily::Running(made) if !made.is_finished())
    }

    /// Waits until it is made; `None` if none was to be.
    pub(in crate::store) fn end(&mut self) -> Result<Option<Backup>> {
        let Daily::Running(made) = std::mem::take(self) else { return Ok(None) };
        made.join().unwrap_or(Ok(None))
    }
}

/// Makes the backup of what is there when `begins` is told or dropped.
fn make(
    backups: &Backups,
    day: StudyDay,
    keep: Keep,
    begins: Sender<()>,
) -> Result<Option<Backup>> {
    let run = || {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let source = Connection::open_with_flags(&backups.database, flags)?;
        source.busy_timeout(PATIENCE)?;
        source.execute_batch("BEGIN")?;
        let is_empty: bool =
            source.query_row("SELECT NOT EXISTS (SELECT 1 FROM deck)", [], |row| row.get(0))?;
        drop(begins);
        match is_empty {
            true => Ok(None),
            false => backups.make(&source, (day, Reason::Daily), keep, Patience::None),
        }
    };
    run().map_err(|error: StoreError| error.at(&backups.database))
}
