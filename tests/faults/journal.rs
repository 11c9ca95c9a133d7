//! What a program changed on its disk and what it said, as `shim.c` wrote it down.

use std::path::{Path, PathBuf};

/// One thing that happened. All of a run are in the one order in which they happened.
#[derive(Debug)]
pub enum Entry {
    Change(Change),
    /// Said on standard output.
    Said(Vec<u8>),
    /// The change that was made to fail.
    Fault(PathBuf),
}

/// A change under the folder that is watched. Files are named by their inodes, as they keep them when
/// they are renamed.
#[derive(Debug)]
pub enum Change {
    Create { path: PathBuf, inode: i64 },
    Write { inode: i64, at: usize, data: Vec<u8> },
    Size { inode: i64, size: usize },
    Sync { inode: i64 },
    SyncFolder { path: PathBuf },
    Rename { from: PathBuf, to: PathBuf },
    Remove { path: PathBuf },
    Folder { path: PathBuf },
}

/// The memory that SQLite shares between processes is a file by name only: no power cut leaves it.
fn is_memory(path: &str) -> bool {
    path.ends_with("-shm")
}

/// Reads a whole journal.
pub fn read(path: &Path) -> Vec<Entry> {
    let bytes = std::fs::read(path).unwrap_or_default();
    let mut rest = &bytes[..];
    let mut entries = Vec::new();
    while !rest.is_empty() {
        let numbers: Vec<i64> =
            rest[..48].chunks(8).map(|n| i64::from_ne_bytes(n.try_into().unwrap())).collect();
        let [kind, name, other, length, inode, offset] = numbers[..] else { unreachable!() };
        rest = &rest[48..];
        let mut take = |length: i64| {
            let (taken, left) = rest.split_at(usize::try_from(length).unwrap());
            rest = left;
            taken.to_vec()
        };
        let name = String::from_utf8(take(name)).unwrap();
        let other = String::from_utf8(take(other)).unwrap();
        let data = take(length);
        let at = usize::try_from(offset).unwrap_or(0);
        if is_memory(&name) && kind != 9 {
            continue;
        }
        let path = PathBuf::from(name);
        entries.push(match kind {
            1 => Entry::Change(Change::Create { path, inode }),
            2 => Entry::Change(Change::Write { inode, at, data }),
            3 => Entry::Change(Change::Size { inode, size: at }),
            4 if at == 1 => Entry::Change(Change::SyncFolder { path }),
            4 => Entry::Change(Change::Sync { inode }),
            5 => Entry::Change(Change::Rename { from: path, to: other.into() }),
            6 => Entry::Change(Change::Remove { path }),
            7 => Entry::Change(Change::Folder { path }),
            8 => Entry::Said(data),
            9 => Entry::Fault(path),
            other => panic!("a record of kind {other}"),
        });
    }
    entries
}
