//! Putting a backup back.

use super::folder::{Backup, Backups, Patience, UNPACKED};
use super::keep::Keep;
use super::make::{check_alone, each_piece, is_damage, run};
use super::name::Reason;
use crate::model::StudyDay;
use crate::store::folder::{private_folder, sync_folder_of};
use crate::store::open::{Found, look};
use crate::store::{Result, Store, StoreError};
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use zstd::stream::read::Decoder;

/// How the content of a file begins that zstd has compressed (RFC 8878, section 3.1.1).
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// How often its own size a packed file may become. Databases become three to five times theirs; one
/// that is full of what was deleted becomes more.
const MOST_GROWTH: u64 = 200;

/// What a packed file may become however small it is, in bytes.
const SMALL: u64 = 256 << 20;

/// The most that a packed file of this size may become: a small file could unpack to more than any
/// disk holds.
fn most_unpacked(packed: u64) -> u64 {
    packed.saturating_mul(MOST_GROWTH).max(SMALL)
}

/// A database from a backup, unpacked beside the one whose place it is to take, and checked.
#[derive(Debug)]
pub struct Unpacked {
    file: NamedTempFile,
}

/// How much is in a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contents {
    /// Live notes.
    pub notes: u64,
    /// Reviews, undone ones included.
    pub reviews: u64,
}

impl Backups {
    /// Backs up this database. Waits for another process that makes one.
    ///
    /// # Errors
    /// If it cannot be made, or the database is damaged.
    pub fn take(
        &self,
        store: &Store,
        (day, reason): (StudyDay, Reason),
        keep: Keep,
    ) -> Result<Option<Backup>> {
        let made = self.make(&store.connection, (day, reason), keep, Patience::Waits);
        made.map_err(|error| error.at(&self.database))
    }

    /// Unpacks a backup, or any copy of a database, and checks it whole.
    ///
    /// # Errors
    /// [`StoreError::BadBackup`] if the file is damaged or no database of this kata or an older
    /// one; or if there is no room for it.
    pub fn unpack(&self, path: &Path) -> Result<Unpacked> {
        private_folder(self.folder()).map_err(|source| self.failed(source))?;
        let bad = |why: String| StoreError::BadBackup { path: path.to_owned(), why };
        let mut packed = File::open(path).map_err(|error| bad(error.to_string()))?;
        let mut start = [0; ZSTD.len()];
        let is_packed = packed.read_exact(&mut start).is_ok() && start == ZSTD;
        packed.rewind().map_err(|error| bad(error.to_string()))?;
        let size = packed.metadata().map_err(|error| bad(error.to_string()))?.len();
        let most = if is_packed { most_unpacked(size) } else { u64::MAX };
        let file = self.beside(UNPACKED)?;
        let mut reader: Box<dyn Read> = match is_packed {
            true => Box::new(Decoder::new(packed).map_err(|error| bad(error.to_string()))?),
            false => Box::new(BufReader::new(packed)),
        };
        let (mut fault, mut left) = (None, most);
        each_piece(&mut reader, |piece| {
            left = left.checked_sub(piece.len() as u64).ok_or_else(|| {
                io::Error::new(
                    io::ErrorKind::FileTooLarge,
                    format!(
                        "it unpacks to over {} MiB, which no backup of its size does",
                        most >> 20
                    ),
                )
            })?;
            file.as_file().write_all(piece).inspect_err(|error| fault = Some(error.kind()))
        })
        .map_err(|error| match fault {
            Some(_) => self.failed(error),
            None => bad(error.to_string()),
        })?;
        file.as_file().lock().map_err(|source| self.failed(source))?;
        let unpacked = Unpacked { file };
        unpacked.check().map_err(|error| match error {
            StoreError::Newer { found, known, .. } => {
                StoreError::Newer { path: path.to_owned(), found, known }
            }
            StoreError::Foreign { .. } => bad("it is no kata database".to_owned()),
            StoreError::Sqlite(error) => bad(error.to_string()),
            other => other,
        })?;
        Ok(unpacked)
    }

    /// Puts the files of a damaged database aside, with what SQLite keeps beside them; the folder
    /// that they are in then.
    ///
    /// # Errors
    /// If they cannot be moved. Nothing of them is ever deleted.
    pub fn put_aside(&self) -> Result<PathBuf> {
        self.aside(|from, to| fs::rename(from, to))
    }

    /// Copies the files of a database that is too damaged for a backup.
    ///
    /// # Errors
    /// If they cannot be copied.
    pub fn copy_aside(&self) -> Result<PathBuf> {
        self.aside(|from, to| fs::copy(from, to).and_then(|_| File::open(to)?.sync_all()))
    }

    fn aside(&self, put: impl Fn(&Path, &Path) -> io::Result<()>) -> Result<PathBuf> {
        private_folder(self.folder()).map_err(|source| self.failed(source))?;
        let mut numbers = 1_u32..;
        let aside = numbers.find_map(|number| {
            let folder = self.folder().join(format!("damaged-{number}"));
            match fs::create_dir(&folder) {
                Ok(()) => Some(Ok(folder)),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => None,
                Err(error) => Some(Err(self.failed(error))),
            }
        });
        let aside =
            aside.unwrap_or_else(|| Err(self.failed(io::ErrorKind::AlreadyExists.into())))?;
        // The log goes first: were it to stay behind, the next database would be taken for its own.
        for ending in ["-wal", "-shm", "-journal", ""] {
            let mut from = self.database.as_os_str().to_owned();
            from.push(ending);
            let from = Path::new(&from);
            let Some(name) = from.file_name() else { continue };
            match put(from, &aside.join(name)) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                done => done.map_err(|error| self.failed(error))?,
            }
            sync_folder_of(from).map_err(|error| self.failed(error))?;
        }
        sync_folder_of(&aside.join("_")).map_err(|error| self.failed(error))?;
        Ok(aside)
    }
}

impl Unpacked {
    /// How much is in it.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn contents(&self) -> Result<Contents> {
        contents(&self.open()?)
    }

    fn check(&self) -> Result<()> {
        match look(self.file.path())? {
            Found::Kata { .. } => check_alone(&self.open()?),
            _ => Err(StoreError::Foreign { path: self.file.path().to_owned() }),
        }
    }

    fn open(&self) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Ok(Connection::open_with_flags(self.file.path(), flags)?)
    }
}

impl Store {
    /// Replaces all that is in this database by what was unpacked, in one transaction: whoever
    /// else has it open sees the one or the other.
    ///
    /// # Errors
    /// If another process goes on writing, or the disk is full. All is as it was then.
    pub fn restore(&mut self, unpacked: &Unpacked) -> Result<()> {
        let run = |connection: &mut Connection| {
            let source = unpacked.open()?;
            run(&rusqlite::backup::Backup::new(&source, connection)?)
        };
        run(&mut self.connection).map_err(|error| error.at(&self.path))
    }

    /// How much is in it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn contents(&self) -> Result<Contents> {
        self.read(contents)
    }
}

fn contents(db: &Connection) -> Result<Contents> {
    let counts = db.query_row(
        "SELECT (SELECT count(*) FROM note WHERE retired = 0), (SELECT count(*) FROM review)",
        [],
        |row| Ok(Contents { notes: row.get(0)?, reviews: row.get(1)? }),
    )?;
    Ok(counts)
}

impl StoreError {
    /// Whether the database itself is damaged.
    pub fn is_damage(&self) -> bool {
        is_damage(self)
    }
}
