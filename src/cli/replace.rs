//! Files are replaced whole or not at all: written beside their place, then moved there.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
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
        let mut beside = new_beside(path)?;
        if let Ok(before) = fs::metadata(path) {
            take_after(beside.as_file(), &before)?;
        }
        beside.write_all(bytes)?;
        beside.as_file().sync_all()?;
        Ok(Replacement { beside, path: path.to_owned() })
    }

    /// Puts it in the place of the file that is there.
    ///
    /// # Errors
    /// If it cannot be moved there: the file is as it was then.
    pub(super) fn put(self) -> io::Result<()> {
        self.beside.persist(&self.path)?;
        sync_folder(&self.path);
        Ok(())
    }

    /// Puts it where no file is.
    ///
    /// # Errors
    /// If one is there by now, or it cannot be moved there.
    pub(super) fn put_new(self) -> io::Result<()> {
        self.beside.persist_noclobber(&self.path)?;
        sync_folder(&self.path);
        Ok(())
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

/// Has the move on disk, too, where the system knows how.
fn sync_folder(path: &Path) {
    let _ = File::open(folder(path)).and_then(|folder| folder.sync_all());
}
