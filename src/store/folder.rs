//! Folders and names that outlast a failure of power.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::path::Path;

/// Makes a folder that only its owner may look into, and those above it that are missing, so that
/// they outlast a failure of power. Where that cannot be had none is made.
///
/// # Errors
/// If it cannot be made, or not be had on disk.
pub(super) fn private_folder(folder: &Path) -> io::Result<()> {
    let missing = folder.ancestors().take_while(|above| !above.exists()).count();
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)?;
    // Of one that is there already nobody knows whether who made it came so far.
    for made in folder.ancestors().take(missing.max(1)) {
        if let Err(error) = sync_folder_of(made) {
            for made in folder.ancestors().take(missing) {
                let _ = fs::remove_dir(made);
            }
            return Err(error);
        }
    }
    Ok(())
}

/// Has the name of a file, or its being gone, on disk, where the system knows how to and lets us.
///
/// # Errors
/// If the disk fails.
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let synced = File::open(folder.unwrap_or(Path::new("."))).and_then(|folder| folder.sync_all());
    match synced {
        Err(error) if says_impossible(error.kind()) => Ok(()),
        synced => synced,
    }
}

/// Some systems do not open folders, some file systems do not sync them, and a folder may be one to
/// pass through only.
fn says_impossible(kind: io::ErrorKind) -> bool {
    use io::ErrorKind::{InvalidInput, PermissionDenied, Unsupported};
    matches!(kind, InvalidInput | PermissionDenied | Unsupported)
}
