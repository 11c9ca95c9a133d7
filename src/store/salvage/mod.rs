//! What can still be read of a damaged database, into a fresh one.
//!
//! Nothing is believed but what a page itself says: trees, counts and the schema may be gone. Every page is
//! read for the rows it holds; the shape of a row tells its table, and the conditions of the fresh database
//! tell whether it can be one. Indices tell of rows that are lost.
//! Source of the format: <https://sqlite.org/fileformat.html>.
//!
//! | file | holds |
//! | --- | --- |
//! | `pages` | the pages of a file, with those of its log |
//! | `log` | which frames of a write-ahead log count |
//! | `cells` | the records of a page |
//! | `record` | bytes to values |
//! | `shape` | which table a record is of |
//! | `gather` | all records into a fresh database |
//! | `fill` | what stands in for rows that are lost, so that their events have a card |

mod cells;
mod fill;
mod gather;
mod log;
mod pages;
mod record;
mod shape;

#[cfg(test)]
mod tests;

use super::open::{configure, migrate_to_latest, refuse_newer};
use super::{Result, Store, StoreError};
use gather::Gathered;
use pages::Pages;
use rusqlite::Connection;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What came of a salvage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Pages that there should be.
    pub pages: u64,
    /// Those of them that are not there or do not read whole.
    pub unreadable: u64,
    /// Answers that were brought back.
    pub reviews: u64,
    /// Other events that were brought back.
    pub marks: u64,
    /// Events that are lost, as far as an index still tells of them.
    pub lost: u64,
    /// Undos of events that are lost; they are left out.
    pub idle_undos: u64,
    /// Live notes.
    pub notes: u64,
    /// Notes whose text is lost, in whose place another stands.
    pub placeholders: u64,
}

impl Salvaged {
    /// Whether everything is there.
    pub fn is_whole(&self) -> bool {
        self.unreadable == 0 && self.lost == 0 && self.idle_undos == 0 && self.placeholders == 0
    }
}

/// Reads all that can be read of a database, damaged or not, into a new one, which is there whole
/// or not at all. The damaged one is not written to.
///
/// # Errors
/// [`StoreError::Foreign`] and [`StoreError::Newer`] for what this kata cannot read;
/// [`StoreError::Exists`] if there is something in the new one's place; or if that cannot be
/// written.
pub fn salvage(from: &Path, to: &Path) -> Result<Salvaged> {
    let io = |path: &Path| {
        let path = path.to_owned();
        move |source| StoreError::Io { path: path.clone(), source }
    };
    if fs::symlink_metadata(to).is_ok() {
        return Err(StoreError::Exists { path: to.to_owned() });
    }
    let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let beside = TempDir::with_prefix_in(".salvage-", folder).map_err(io(to))?;
    let source = settled(from, beside.path()).map_err(io(from))?;
    let pages = Pages::open(&source).map_err(io(from))?;
    refuse(&pages, from)?;
    let fresh = beside.path().join("kata.db");
    let salvaged = fill_anew(&pages, &fresh).map_err(|error| error.at(to))?;
    File::open(&fresh).and_then(|file| file.sync_all()).map_err(io(to))?;
    // A hard link never takes the place of what is there, as a rename does.
    let put = fs::hard_link(&fresh, to).or_else(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Err(error),
        _ => fs::rename(&fresh, to),
    });
    put.map_err(io(to))?;
    super::sync_folder_of(to).map_err(io(to))?;
    Ok(salvaged)
}

/// Whether a file holds rows of a kata database, whatever its first bytes say.
pub(in crate::store) fn has_rows_of_ours(path: &Path) -> bool {
    Pages::open(path).is_ok_and(|pages| gather::any_row(&pages))
}

/// A file as whoever was cut off while writing to it would have it: a rollback journal is applied,
/// by SQLite, to a copy. Without one the file itself.
fn settled(from: &Path, folder: &Path) -> io::Result<PathBuf> {
    let beside = |path: &Path| {
        let mut journal = path.as_os_str().to_owned();
        journal.push("-journal");
        PathBuf::from(journal)
    };
    if fs::metadata(beside(from)).map_or(0, |journal| journal.len()) == 0 {
        return Ok(from.to_owned());
    }
    let copy = folder.join("copy.db");
    fs::copy(from, &copy)?;
    fs::copy(beside(from), beside(&copy))?;
    // What SQLite cannot apply is left as it is.
    let _ = Connection::open(&copy).and_then(|copy| copy.execute_batch("BEGIN IMMEDIATE"));
    Ok(copy)
}

/// Refuses what is not damaged but another's.
fn refuse(pages: &Pages, from: &Path) -> Result<()> {
    if pages.is_of_another_program() || !gather::any_row(pages) {
        return Err(StoreError::Foreign { path: from.to_owned() });
    }
    match pages.version() {
        Some(version) => refuse_newer(from, version),
        None => Ok(()),
    }
}

fn fill_anew(pages: &Pages, path: &Path) -> Result<Salvaged> {
    let mut db = Connection::open(path)?;
    private(path)?;
    configure(&db)?;
    // It is nothing before it is moved to its place.
    db.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32768;",
    )?;
    migrate_to_latest(&mut db)?;
    db.execute_batch("PRAGMA foreign_keys = OFF; BEGIN")?;
    let mut gathered = Gathered::new(&db);
    gathered.all(pages)?;
    let mut salvaged = gathered.counted(pages)?;
    salvaged.placeholders = fill::fill(&db, gathered.hints())?;
    drop(gathered);
    db.execute_batch("COMMIT")?;
    drop(db);
    let mut store = Store::open_existing(path)?.ok_or(StoreError::Outrun)?;
    store.repair()?;
    Ok(salvaged)
}

#[cfg(unix)]
fn private(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o600))
        .map_err(|source| StoreError::Io { path: path.to_owned(), source })
}

#[cfg(not(unix))]
fn private(_: &Path) -> Result<()> {
    Ok(())
}
