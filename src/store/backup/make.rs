//! Making a backup. It is one only when it has been read back whole.

use super::folder::{Backup, Backups, PARTIAL, Patience, UNPACKED};
use super::keep::{Keep, expendable};
use super::name::{BackupName, Reason};
use crate::model::StudyDay;
use crate::store::folder::sync_folder_of;
use crate::store::{Result, StoreError};
use rusqlite::backup::StepResult;
use rusqlite::{Connection, ErrorCode, ffi};
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;
use std::time::SystemTime;
use tempfile::{NamedTempFile, TempPath};
use zstd::stream::{read::Decoder, write::Encoder};

/// zstd's own choice: a database becomes a fifth to a third, as fast as a disk writes it.
const LEVEL: i32 = 3;

impl Backups {
    /// Backs up what a connection reads, and drops the backups that need not stay. Whoever writes
    /// meanwhile is not kept from it. `None` if another process makes one and is not waited for.
    pub(super) fn make(
        &self,
        source: &Connection,
        (day, reason): (StudyDay, Reason),
        keep: Keep,
        patience: Patience,
    ) -> Result<Option<Backup>> {
        let Some(_held) = self.hold(patience)? else { return Ok(None) };
        let names: Vec<BackupName> = self.list()?.into_iter().map(|backup| backup.name).collect();
        let of_the_day = names.iter().filter_map(|name| match name {
            BackupName::Day(made_on, number, _) if *made_on == day => Some(*number),
            _ => None,
        });
        let number = of_the_day.max().unwrap_or(0) + 1;
        let made = self.put(source, BackupName::Day(day, number, reason))?;
        self.clear(&[&names[..], &[made.name]].concat(), keep);
        Ok(Some(made))
    }

    /// Backs up a database of an older schema, before it is brought up to date.
    pub(in crate::store) fn make_before_update(
        &self,
        source: &Connection,
        version: u32,
    ) -> Result<Backup> {
        let _held = self.hold(Patience::Waits)?;
        self.put(source, BackupName::Schema(version))
    }

    fn put(&self, source: &Connection, name: BackupName) -> Result<Backup> {
        self.drop_partial();
        let copy = self.beside(PARTIAL)?.into_temp_path();
        copy_whole(source, &copy)?;
        let (packed, size) = self.pack(&copy)?;
        let path = self.file(name);
        fs::rename(&packed, &path).map_err(|source| self.failed(source))?;
        sync_folder_of(&path).map_err(|source| self.failed(source))?;
        // It has another name by now.
        packed.keep().map_err(|error| self.failed(error.error))?;
        Ok(Backup { name, path, size, made: SystemTime::now() })
    }

    /// A file of the folder that is no backup, for its owner alone.
    pub(super) fn beside(&self, prefix: &str) -> Result<NamedTempFile> {
        let beside = tempfile::Builder::new().prefix(prefix).tempfile_in(self.folder());
        beside.map_err(|source| self.failed(source))
    }

    /// Compresses a file, has it on disk, and reads it back.
    fn pack(&self, copy: &Path) -> Result<(TempPath, u64)> {
        let failed = |source| self.failed(source);
        let partial = self.beside(PARTIAL)?;
        let mut plain = blake3::Hasher::new();
        let mut encoder = Encoder::new(BufWriter::new(partial.as_file()), LEVEL).map_err(failed)?;
        encoder.include_checksum(true).map_err(failed)?;
        let mut original = File::open(copy).map_err(failed)?;
        each_piece(&mut original, |piece| {
            plain.update(piece);
            encoder.write_all(piece)
        })
        .map_err(failed)?;
        encoder.finish().and_then(|mut file| file.flush()).map_err(failed)?;
        partial.as_file().sync_all().map_err(failed)?;
        let mut back = blake3::Hasher::new();
        let packed = File::open(partial.path()).map_err(failed)?;
        let size = packed.metadata().map_err(failed)?.len();
        let mut decoder = Decoder::new(packed).map_err(failed)?;
        each_piece(&mut decoder, |piece| {
            back.update(piece);
            Ok(())
        })
        .map_err(failed)?;
        if plain.finalize() != back.finalize() {
            return Err(failed(io::Error::other("what was written reads back as something else")));
        }
        Ok((partial.into_temp_path(), size))
    }

    /// Drops what a killed process left behind. Only who holds the folder may.
    fn drop_partial(&self) {
        let entries = fs::read_dir(self.folder()).into_iter().flatten().flatten();
        for entry in entries {
            let name = entry.file_name();
            let begins_with = |prefix| name.to_str().is_some_and(|name| name.starts_with(prefix));
            let nobody_has = || File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok());
            if begins_with(PARTIAL) || (begins_with(UNPACKED) && nobody_has()) {
                // One that cannot be dropped is in nobody's way.
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Drops the backups that need not stay. One that cannot be dropped is in nobody's way.
    fn clear(&self, names: &[BackupName], keep: Keep) {
        for name in expendable(names, keep) {
            let _ = fs::remove_file(self.file(name));
        }
    }
}

/// Copies what a connection reads, in one step, and has SQLite check the copy. Of a database that
/// is damaged there is no backup: it would take the place of a good one.
fn copy_whole(source: &Connection, path: &Path) -> Result<()> {
    let mut copy = Connection::open(path)?;
    // It is no backup before it has been read back: until then it need not outlast anything.
    copy.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;")?;
    run(&rusqlite::backup::Backup::new(source, &mut copy)?)?;
    check_alone(&copy)
}

/// One step copies all: more steps would begin anew whenever another process writes.
pub(super) fn run(backup: &rusqlite::backup::Backup<'_, '_>) -> Result<()> {
    match backup.step(-1)? {
        StepResult::Done => Ok(()),
        _ => Err(failure(ffi::SQLITE_BUSY, "it is being written to").into()),
    }
}

/// SQLite's own check of every page and row of a database that nobody else has open. Whether the
/// indices agree, too, takes a backup twice the time, and they can be built anew. It is one file then, without
/// a log beside it.
pub(super) fn check_alone(db: &Connection) -> Result<()> {
    db.execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE;")?;
    let found: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    match found.as_str() {
        "ok" => Ok(()),
        wrong => Err(failure(ffi::SQLITE_CORRUPT, wrong).into()),
    }
}

fn failure(code: i32, why: &str) -> rusqlite::Error {
    rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some(why.to_owned()))
}

/// Reads to the end, piece by piece.
pub(super) fn each_piece(
    from: &mut impl Read,
    mut visit: impl FnMut(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut piece = vec![0; 1 << 16];
    loop {
        match from.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(count) => visit(&piece[..count])?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Whether an error says that the database itself is damaged, not what became of its copy.
pub(super) fn is_damage(error: &StoreError) -> bool {
    match error {
        StoreError::Corrupt { .. } => true,
        StoreError::Sqlite(error) => matches!(
            error.sqlite_error_code(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        ),
        _ => false,
    }
}
