//! The open database of a command, with the backup that its first write of a day begins.

use crate::cli::Setting;
use crate::cli::output::Output;
use crate::report::bytes;
use crate::store::{Store, StoreError};
use anyhow::Result;
use std::ops::{Deref, DerefMut};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A store. When the command is done with it the day's backup has been made, and what became of it
/// is told.
pub(super) struct Database {
    store: Store,
    output: Output,
    verbose: bool,
}

/// How long a backup may take at the end of a command before it is told what is waited for.
const UNTOLD: Duration = Duration::from_millis(500);

impl Database {
    /// The store of a command, backed up at its first write of the day.
    pub(super) fn of(setting: &Setting, mut store: Store) -> Result<Self> {
        if let Some(backup) = store.backup_before_update() {
            setting.output.note(&format!(
                "The database was brought up to date; as it was, it is in the backup {}, {}.",
                backup.name,
                bytes(backup.size),
            ));
        }
        store.back_up_daily(setting.now()?.day, setting.config.keep());
        Ok(Database { store, output: setting.output.clone(), verbose: setting.verbose })
    }

    fn end(&mut self) {
        let begun = Instant::now();
        while self.store.is_backing_up() && begun.elapsed() < UNTOLD {
            sleep(Duration::from_millis(2));
        }
        if self.store.is_backing_up() {
            self.output.note("Today's backup is being made…");
        }
        match self.store.end_backup() {
            Ok(Some(backup)) if self.verbose => {
                let (name, size) = (backup.name.short(), bytes(backup.size));
                self.output.note(&format!("Today's backup: {name}, {size}."));
            }
            Ok(_) => {}
            Err(error) => self.output.error(&told(error)),
        }
    }
}

fn told(error: StoreError) -> anyhow::Error {
    anyhow::Error::new(error).context("today's backup could not be made")
}

impl Drop for Database {
    fn drop(&mut self) {
        self.end();
    }
}

impl Deref for Database {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl DerefMut for Database {
    fn deref_mut(&mut self) -> &mut Store {
        &mut self.store
    }
}
