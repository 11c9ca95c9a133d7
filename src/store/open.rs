//! Opening a database: created if missing, migrated if old, refused if it is none of ours.

use super::backup::{Backup, Backups, Daily};
use super::folder::{private_folder, sync_folder_of};
use super::network::is_shared;
use super::patience::be_patient;
use super::salvage::has_rows_of_ours;
use super::{Result, Store, StoreError};
use include_dir::{Dir, include_dir};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use rusqlite_migration::Migrations;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

pub(super) static MIGRATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/migrations");

/// "kata", in the header of every database of ours.
pub(in crate::store) const APPLICATION_ID: u32 = 0x6b61_7461;

impl Store {
    /// Opens the database in a file, which is created, folders and all, if it is missing, and
    /// brought up to date if an older kata wrote it.
    ///
    /// # Errors
    /// If the file is no kata database or a newer kata's (it is then left as it is), or cannot be
    /// read or made.
    pub fn open(path: &Path) -> Result<Store> {
        let path = &full(path)?;
        let found = look(path)?;
        if matches!(found, Found::Missing | Found::Empty) {
            create(path)?;
        }
        connect(path, found)
    }

    /// Opens the database in a file for a command that only reads: `None` if there is none, and
    /// nothing is created.
    ///
    /// # Errors
    /// As for [`open`](Self::open); also if it has to be brought up to date and cannot be written.
    pub fn open_existing(path: &Path) -> Result<Option<Store>> {
        let path = &full(path)?;
        match look(path)? {
            Found::Missing | Found::Empty => Ok(None),
            found => connect(path, found).map(Some),
        }
    }

    /// Opens the database in a file only if it is one of this very version: `None` if there is
    /// none, or if it would have to be brought up to date. For a reader that nobody waits for.
    ///
    /// # Errors
    /// As for [`open`](Self::open).
    pub fn open_up_to_date(path: &Path) -> Result<Option<Store>> {
        let path = &full(path)?;
        match look(path)? {
            found @ Found::Kata { version, .. } if version == known_version() => {
                connect(path, found).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// A database that is gone when it is dropped.
    ///
    /// # Errors
    /// If there is no memory for it.
    pub fn in_memory() -> Result<Store> {
        let path = PathBuf::from(":memory:");
        let mut connection = Connection::open_in_memory()?;
        prepare(&mut connection).map_err(|error| error.at(&path))?;
        Ok(Store {
            connection,
            path,
            place: None,
            has_named_log: false,
            daily: Daily::Idle,
            before_update: None,
        })
    }
}

/// Makes an empty file that only its owner may read, in a folder that only its owner may look into
/// if it is made, too. SQLite gives its log the permissions of the database.
fn create(path: &Path) -> Result<()> {
    if let Some(folder) = path.parent() {
        private_folder(folder)
            .map_err(|source| StoreError::Io { path: folder.to_owned(), source })?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = match options.open(path) {
        // Another process made it, and may not have come further; or a link leads to what is not
        // there yet: SQLite makes it.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    };
    made.and_then(|()| sync_folder_of(path))
        .map_err(|source| StoreError::Io { path: path.to_owned(), source })
}

/// Where a file is on its disk, whatever its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    device: u64,
    inode: u64,
}

impl Place {
    /// That of the file of a path; `None` where the system does not tell.
    fn of(path: &Path) -> io::Result<Option<Self>> {
        let found = fs::metadata(path)?;
        #[cfg(unix)]
        return {
            use std::os::unix::fs::MetadataExt;
            Ok(Some(Place { device: found.dev(), inode: found.ino() }))
        };
        #[cfg(not(unix))]
        Ok(None)
    }

    /// Whether another file has the path by now, or none.
    pub(super) fn is_left(self, path: &Path) -> bool {
        match Place::of(path) {
            Ok(now) => now.is_some_and(|now| now != self),
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        }
    }
}

/// The path in full: SQLite takes names such as `:memory:` and `file:x` for something else.
fn full(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path).map_err(|source| StoreError::Io { path: path.to_owned(), source })
}

/// What is at a path, as its first bytes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    Missing,
    /// A file without content, as a killed process leaves it; or one that SQLite makes empty when it
    /// opens it, since whoever first wrote to it did not come to its end.
    Empty,
    Kata {
        /// Of its schema; the write-ahead log may know a newer one.
        version: u32,
        is_wal: bool,
    },
}

/// Reads the header that every SQLite file starts with, by hand: SQLite itself may write beside a
/// file that it only reads. Source: <https://sqlite.org/fileformat.html>, section 1.3.
pub(super) fn look(path: &Path) -> Result<Found> {
    let io = |source| StoreError::Io { path: path.to_owned(), source };
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Missing),
        Err(error) if path.is_dir() => {
            let _ = error;
            return Err(StoreError::Folder { path: path.to_owned() });
        }
        Err(error) => return Err(io(error)),
    };
    if file.metadata().map_err(io)?.is_dir() {
        return Err(StoreError::Folder { path: path.to_owned() });
    }
    let mut header = Vec::with_capacity(100);
    file.by_ref().take(100).read_to_end(&mut header).map_err(io)?;
    let is_blank = header.iter().all(|byte| *byte == 0);
    if header.is_empty() || (is_blank && has_journal(path)) {
        return Ok(Found::Empty);
    }
    let number = |at: usize| {
        let bytes = header.get(at..at + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    let is_sqlite = header.starts_with(b"SQLite format 3\0");
    if !is_sqlite || number(68) != Some(APPLICATION_ID) {
        let path = path.to_owned();
        return Err(match !is_sqlite && has_rows_of_ours(&path) {
            true => StoreError::Corrupt { path, why: "its first page is overwritten".to_owned() },
            false => StoreError::Foreign { path },
        });
    }
    let version = number(60).unwrap_or(0);
    refuse_newer(path, version)?;
    Ok(Found::Kata { version, is_wal: header.get(18) == Some(&2) })
}

/// Whether SQLite has begun to write to a file and not come to the end.
fn has_journal(path: &Path) -> bool {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    fs::metadata(journal).is_ok_and(|journal| journal.len() > 0)
}

fn connect(path: &Path, found: Found) -> Result<Store> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut before_update = None;
    let mut open = || {
        let mut connection = Connection::open_with_flags(path, flags)?;
        be_patient(&connection)?;
        let version: u32 = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if let Err(newer) = refuse_newer(path, version) {
            // A newer version that only the write-ahead log knows of stays there.
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
            return Err(newer);
        }
        match version == known_version() {
            true => configure(&connection)?,
            false => before_update = bring_up_to_date(&mut connection, path, version)?,
        }
        let is_wal = matches!(found, Found::Kata { is_wal: true, .. });
        let wants_wal = !is_shared(path);
        if is_wal != wants_wal && !connection.is_readonly("main")? {
            keep_journal(&connection, wants_wal)?;
        }
        Ok(connection)
    };
    let connection = open().map_err(|error: StoreError| error.at(path))?;
    let place = Place::of(path).ok().flatten();
    Ok(Store {
        connection,
        path: path.to_owned(),
        place,
        has_named_log: false,
        daily: Daily::Idle,
        before_update,
    })
}

/// Brings the schema up to date, after a backup of what an older kata left. Without a backup nothing
/// is changed.
fn bring_up_to_date(
    connection: &mut Connection,
    path: &Path,
    version: u32,
) -> Result<Option<Backup>> {
    let made = match version {
        0 => None,
        _ => Some(Backups::of(path).make_before_update(connection, version)?),
    };
    prepare(connection)?;
    Ok(made)
}

/// Brings the schema up to date.
fn prepare(connection: &mut Connection) -> Result<()> {
    configure(connection)?;
    migrate_to_latest(connection)
}

/// All migrations that are pending.
pub(super) fn migrate_to_latest(connection: &mut Connection) -> Result<()> {
    let migrations = Migrations::from_directory(&MIGRATIONS)
        .expect("the names of the folders in migrations/ are checked by a test");
    migrate(connection, &migrations)
}

/// All of it in one transaction: a migration that fails leaves all as it was.
pub(super) fn migrate(connection: &mut Connection, migrations: &Migrations<'_>) -> Result<()> {
    connection.set_transaction_behavior(TransactionBehavior::Immediate);
    let migrated = migrations.to_latest(connection);
    connection.set_transaction_behavior(TransactionBehavior::Deferred);
    match migrated {
        Ok(()) => Ok(()),
        // Another process was faster.
        Err(_) if migrations.pending_migrations(connection) == Ok(0) => Ok(()),
        Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(err.into()),
        Err(other) => Err(StoreError::Unreadable { what: "schema", why: other.to_string() }),
    }
}

/// How much memory is kept for pages, as SQLite wants it: KiB, and negative. A queue reads each page
/// once; memory that is used again costs less than fresh memory for each of them.
const LITTLE: i64 = -256;

pub(super) fn configure(connection: &Connection) -> Result<()> {
    // With a log that is FULL. Where there is none, a commit outlasts a failure of power only with this.
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA synchronous = EXTRA;")?;
    connection.pragma_update(None, "cache_size", LITTLE)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

/// Has the log that lets readers read while one writes, or, where that would not be safe, a journal that
/// locks them out; the file remembers which. The schema is written before, so that the header always tells
/// whose file it is.
pub(super) fn keep_journal(connection: &Connection, as_log: bool) -> Result<()> {
    let mode = if as_log { "WAL" } else { "DELETE" };
    let switched = connection.query_row(&format!("PRAGMA journal_mode = {mode}"), [], |_| Ok(()));
    match switched {
        // Another process is at it, or is reading: all works as it is, and the next to open tries.
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => Ok(()),
        switched => Ok(switched?),
    }
}

pub(in crate::store) fn known_version() -> u32 {
    u32::try_from(MIGRATIONS.dirs().count()).unwrap_or(u32::MAX)
}

pub(in crate::store) fn refuse_newer(path: &Path, found: u32) -> Result<()> {
    let known = known_version();
    match found > known {
        true => Err(StoreError::Newer { path: path.to_owned(), found, known }),
        false => Ok(()),
    }
}
