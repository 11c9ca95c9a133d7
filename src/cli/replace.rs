//! Files are replaced whole or not at all: written beside their place, then moved there.

use crate::store::sync_folder_of;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// What a file is to be, on disk beside it. Without being put there it goes.
#[derive(Debug)]
pub(super) struct Replacement {
    beside: NamedTempFile<File>,
    path: PathBuf,
}

impl Replacement {
    /// Writes what the file of this path is to be, with the permissions of the one that is there.
    ///
    /// # Errors
    /// If its folder cannot be written to, or the disk is full.
    pub(super) fn of(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        Self::written(path, |file| file.write_all(bytes))
    }

    /// The same, written piece by piece.
    fn written(
        path: &Path,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<Self> {
        let mut beside = new_beside(path)?;
        if let Ok(before) = fs::metadata(path) {
            take_after(beside.as_file(), &before)?;
        }
        let mut buffer = BufWriter::new(&mut beside);
        write(&mut buffer)?;
        buffer.flush()?;
        drop(buffer);
        beside.as_file().sync_all()?;
        Ok(Replacement { beside, path: path.to_owned() })
    }

    /// Puts it in the place of the file that is there.
    ///
    /// # Errors
    /// If it cannot be moved there: the file is as it was then.
    pub(super) fn put(self) -> io::Result<()> {
        let beside = self.beside.into_temp_path();
        fs::rename(&beside, &self.path)?;
        // It has another name by now.
        beside.keep()?;
        sync_folder_of(&self.path)
    }

    /// Puts it where no file is.
    ///
    /// # Errors
    /// If one is there by now, or it cannot be moved there.
    pub(super) fn put_new(self) -> io::Result<()> {
        self.beside.persist_noclobber(&self.path)?;
        sync_folder_of(&self.path)
    }
}

/// Writes a file so that a full disk leaves none that is half written. What is no regular file, a
/// pipe say, is written to as it is.
///
/// # Errors
/// What the system has against it; a file that was there is as it was then.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_pieces(path, |file| file.write_all(bytes))
}

/// The same, piece by piece.
///
/// # Errors
/// The same, and those of `write`.
pub(super) fn write_pieces(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&path).ok();
    if before.as_ref().is_some_and(|metadata| !metadata.is_file()) {
        let mut buffer = BufWriter::new(OpenOptions::new().write(true).open(&path)?);
        write(&mut buffer)?;
        return buffer.flush();
    }
    Replacement::written(&path, write)?.put()
}

/// Writes a file that only its owner may read, into a folder that is made if it is missing.
///
/// # Errors
/// What the system has against it.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder(path);
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)?;
    // A temporary file is its owner's alone, and stays so when it is moved.
    let mut beside = NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    beside.persist(path)?;
    Ok(())
}

/// Whether two paths lead to the same file.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Whether a file may be replaced: it may be written to, if it is there, and so may its folder.
///
/// # Errors
/// What the system has against it.
pub(super) fn is_possible(path: &Path) -> io::Result<()> {
    if path.exists() {
        OpenOptions::new().write(true).open(path)?;
    }
    new_beside(path).map(drop)
}

/// Waits until nobody else that takes turns is writing to a file. Where folders cannot be locked
/// the turn is nobody's: what is there has to be compared with what was read.
pub(super) fn turn(path: &Path) -> Option<File> {
    let folder = File::open(folder(path)).ok()?;
    folder.lock().ok().map(|()| folder)
}

/// The folder that a file is in.
pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn new_beside(path: &Path) -> io::Result<NamedTempFile<File>> {
    tempfile::Builder::new().make_in(folder(path), |beside| File::create_new(beside))
}

/// Gives a file the permissions of another and, as far as the system allows it, its owner.
fn take_after(file: &File, other: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let _ = fchown(file, Some(other.uid()), Some(other.gid()));
    }
    file.set_permissions(other.permissions())
}
