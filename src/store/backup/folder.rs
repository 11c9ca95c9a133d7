//! The folder of backups beside a database.

use super::name::BackupName;
use crate::store::folder::private_folder;
use crate::store::{Result, StoreError};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What the file of a backup ends with, after its name.
const ENDING: &str = ".db.zst";

/// What the name of a file begins with that is not a backup yet.
pub(super) const PARTIAL: &str = ".partial-";

/// What the name of a backup begins with that is unpacked. Who needs it has it locked.
pub(super) const UNPACKED: &str = ".unpacked-";

/// The backups of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backups {
    pub(super) database: PathBuf,
    folder: PathBuf,
}

/// A backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its name.
    pub name: BackupName,
    /// Its file.
    pub path: PathBuf,
    /// Bytes of its file.
    pub size: u64,
    /// When it was made.
    pub made: SystemTime,
}

impl Backups {
    /// Those of the database in a file: for `kata.db` in `kata.db.backups`, beside it.
    pub fn of(database: &Path) -> Self {
        let mut folder = database.as_os_str().to_owned();
        folder.push(".backups");
        Backups { database: database.to_owned(), folder: folder.into() }
    }

    /// Where they are.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// All of them, in the order in which they were made; those before an update of the schema
    /// first.
    ///
    /// # Errors
    /// If the folder cannot be read. One that is missing is an empty one.
    pub fn list(&self) -> Result<Vec<Backup>> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|source| self.failed(source))?,
        };
        let mut backups = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|source| self.failed(source))?;
            let file_name = entry.file_name();
            let name = file_name.to_str().and_then(|name| name.strip_suffix(ENDING));
            let Some(Ok(name)) = name.map(str::parse) else { continue };
            // One that another process has just let go is none.
            let Ok(found) = entry.metadata() else { continue };
            let made = found.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            backups.push(Backup { name, path: entry.path(), size: found.len(), made });
        }
        backups.sort_unstable_by_key(|backup| backup.name);
        Ok(backups)
    }

    /// The backup that a person names: by its name or a start of it that no other has.
    ///
    /// # Errors
    /// [`StoreError::UnknownBackup`]; [`StoreError::AmbiguousBackup`].
    pub fn find(&self, name: &str) -> Result<Backup> {
        let mut found = self.list()?;
        if let Some(exact) = found.iter().find(|backup| backup.name.short() == name) {
            return Ok(exact.clone());
        }
        found.retain(|backup| !name.is_empty() && backup.name.to_string().starts_with(name));
        match found.len() {
            0 => Err(StoreError::UnknownBackup { name: name.to_owned() }),
            1 => Ok(found.remove(0)),
            _ => Err(StoreError::AmbiguousBackup {
                name: name.to_owned(),
                list: found.iter().map(|backup| backup.name.short()).collect(),
            }),
        }
    }

    /// The file that a backup of this name has.
    pub(super) fn file(&self, name: BackupName) -> PathBuf {
        self.folder.join(format!("{name}{ENDING}"))
    }

    /// Makes the folder, if it is missing, and holds it: one makes backups in it at a time.
    pub(super) fn hold(&self, patience: Patience) -> Result<Option<File>> {
        private_folder(&self.folder).map_err(|source| self.failed(source))?;
        let folder = File::open(&self.folder).map_err(|source| self.failed(source))?;
        match patience {
            Patience::Waits => folder.lock().map_err(|source| self.failed(source))?,
            Patience::None if folder.try_lock().is_err() => return Ok(None),
            Patience::None => {}
        }
        Ok(Some(folder))
    }

    pub(super) fn failed(&self, source: io::Error) -> StoreError {
        StoreError::Backup { folder: self.folder.clone(), source }
    }
}

/// What to do while another process makes a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// Wait until it is done.
    Waits,
    /// Leave it to it.
    None,
}
