//! What a disk holds for certain, and what it may hold, after every change.
//!
//! A file's bytes are certain once the file is synced, its name once its folder is. Nothing else is: a file
//! system may write any of the rest, in any order, or none of it.

use super::journal::Change;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use std::collections::{BTreeMap, HashMap};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// What a disk writes whole or not at all.
const SECTOR: usize = 512;

/// A folder and all below it.
#[derive(Debug, Clone)]
pub struct Disk {
    files: Vec<File>,
    /// The files that inodes are now.
    by_inode: HashMap<i64, usize>,
    /// The names that are on disk.
    names: Names,
    /// What happened to names since, in order.
    renamed: Vec<NameChange>,
}

type Names = BTreeMap<PathBuf, Node>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    File(usize),
    Folder,
}

#[derive(Debug, Clone, Default)]
struct File {
    /// The bytes that are on disk.
    synced: Vec<u8>,
    /// What happened to them since, in order.
    written: Vec<ByteChange>,
}

#[derive(Debug, Clone)]
enum ByteChange {
    Write { at: usize, data: Vec<u8> },
    Size(usize),
}

#[derive(Debug, Clone)]
enum NameChange {
    Set(PathBuf, Node),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
}

/// What of the uncertain is there after a cut.
#[derive(Debug, Clone, Copy)]
pub enum Survives {
    /// All: as if the process alone had been killed.
    All,
    /// Nothing.
    Nothing,
    /// Of each file, and of the names, what came until some moment, another one for each.
    Prefixes(u64),
    /// Any sectors, sizes and names.
    Sectors(u64),
}

/// What a folder holds: bytes of files, `None` for folders.
pub type Image = BTreeMap<PathBuf, Option<Vec<u8>>>;

impl Disk {
    /// A folder as it is now, all of it on disk. Paths are kept in full.
    pub fn of(root: &Path) -> Self {
        let mut disk = Disk {
            files: Vec::new(),
            by_inode: HashMap::new(),
            names: Names::new(),
            renamed: Vec::new(),
        };
        for (path, inode, bytes) in contents(root) {
            let node = match bytes {
                None => Node::Folder,
                Some(synced) => {
                    disk.by_inode.insert(inode, disk.files.len());
                    disk.files.push(File { synced, written: Vec::new() });
                    Node::File(disk.files.len() - 1)
                }
            };
            disk.names.insert(path, node);
        }
        disk
    }

    /// Carries out a change.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Create { path, inode } => {
                self.by_inode.insert(*inode, self.files.len());
                self.renamed.push(NameChange::Set(path.clone(), Node::File(self.files.len())));
                self.files.push(File::default());
            }
            Change::Folder { path } => {
                self.renamed.push(NameChange::Set(path.clone(), Node::Folder));
            }
            Change::Write { inode, at, data } => {
                let write = ByteChange::Write { at: *at, data: data.clone() };
                self.file(*inode).written.push(write);
            }
            Change::Size { inode, size } => {
                self.file(*inode).written.push(ByteChange::Size(*size));
            }
            Change::Rename { from, to } => {
                self.renamed.push(NameChange::Rename(from.clone(), to.clone()));
            }
            Change::Remove { path } => self.renamed.push(NameChange::Remove(path.clone())),
            Change::Sync { inode } => self.file(*inode).sync(),
            Change::SyncFolder { path } => self.sync_folder(path),
        }
    }

    /// The disk after a cut of power.
    pub fn after_a_cut(&self, survives: Survives) -> Image {
        let mut dice = SmallRng::seed_from_u64(match survives {
            Survives::All | Survives::Nothing => 0,
            Survives::Prefixes(seed) | Survives::Sectors(seed) => seed,
        });
        let share = [0.1, 0.5, 0.9][dice.random_range(0..3)];
        let mut names = self.names.clone();
        for change in &self.renamed[..prefix(survives, self.renamed.len(), &mut dice)] {
            if !matches!(survives, Survives::Sectors(_)) || dice.random_bool(share) {
                rename(&mut names, change);
            }
        }
        let mut image = Image::new();
        for (path, node) in names {
            let bytes = match node {
                Node::Folder => None,
                Node::File(file) => Some(self.files[file].after_a_cut(survives, share, &mut dice)),
            };
            // A file of a folder that is not there cannot be found.
            let is_found = path.parent().is_some_and(|above| image.contains_key(above));
            if is_found || image.is_empty() {
                image.insert(path, bytes);
            }
        }
        image
    }

    fn file(&mut self, inode: i64) -> &mut File {
        let file = self.by_inode.get(&inode);
        &mut self.files[*file.expect("files are created before they are written to")]
    }

    fn sync_folder(&mut self, folder: &Path) {
        let is_in = |path: &Path| path.parent() == Some(folder);
        let names = &mut self.names;
        self.renamed.retain(|change| {
            let is_synced = match change {
                NameChange::Set(path, _) | NameChange::Remove(path) => is_in(path),
                NameChange::Rename(_, to) => is_in(to),
            };
            if is_synced {
                rename(names, change);
            }
            !is_synced
        });
    }
}

impl File {
    fn sync(&mut self) {
        for change in std::mem::take(&mut self.written) {
            change.apply(&mut self.synced);
        }
    }

    fn after_a_cut(&self, survives: Survives, share: f64, dice: &mut SmallRng) -> Vec<u8> {
        let mut bytes = self.synced.clone();
        for change in &self.written[..prefix(survives, self.written.len(), dice)] {
            match (survives, change) {
                (Survives::Sectors(_), ByteChange::Write { at, data }) => {
                    for (at, data) in sectors(*at, data) {
                        if dice.random_bool(share) {
                            ByteChange::Write { at, data: data.to_vec() }.apply(&mut bytes);
                        }
                    }
                }
                (Survives::Sectors(_), ByteChange::Size(_)) if !dice.random_bool(share) => {}
                _ => change.apply(&mut bytes),
            }
        }
        bytes
    }
}

impl ByteChange {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            ByteChange::Size(size) => bytes.resize(*size, 0),
            ByteChange::Write { at, data } => {
                let end = at + data.len();
                if bytes.len() < end {
                    bytes.resize(end, 0);
                }
                bytes[*at..end].copy_from_slice(data);
            }
        }
    }
}

/// How many of so many changes are there, counted from the first.
fn prefix(survives: Survives, count: usize, dice: &mut SmallRng) -> usize {
    match survives {
        Survives::All | Survives::Sectors(_) => count,
        Survives::Nothing => 0,
        Survives::Prefixes(_) => dice.random_range(0..=count),
    }
}

fn rename(names: &mut Names, change: &NameChange) {
    match change {
        NameChange::Set(path, node) => {
            names.insert(path.clone(), *node);
        }
        NameChange::Remove(path) => {
            names.remove(path);
        }
        NameChange::Rename(from, to) => {
            if let Some(node) = names.remove(from) {
                names.insert(to.clone(), node);
            }
        }
    }
}

/// A write in the pieces that a disk writes.
fn sectors(at: usize, data: &[u8]) -> Vec<(usize, &[u8])> {
    let (mut at, mut rest, mut pieces) = (at, data, Vec::new());
    while !rest.is_empty() {
        let (piece, left) = rest.split_at(rest.len().min(SECTOR - at % SECTOR));
        pieces.push((at, piece));
        at += piece.len();
        rest = left;
    }
    pieces
}

/// Everything in a folder, itself first, folders before what is in them; not the memory that SQLite
/// shares.
fn contents(root: &Path) -> Vec<(PathBuf, i64, Option<Vec<u8>>)> {
    let all = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    all.filter(|entry| !entry.path().to_string_lossy().ends_with("-shm"))
        .map(|entry| {
            let inode = i64::try_from(entry.metadata().unwrap().ino()).unwrap();
            let bytes = entry.file_type().is_file().then(|| std::fs::read(entry.path()).unwrap());
            (entry.into_path(), inode, bytes)
        })
        .collect()
}

/// A folder as it is.
pub fn image_of(root: &Path) -> Image {
    contents(root).into_iter().map(|(path, _, bytes)| (path, bytes)).collect()
}

/// Makes an image of one folder the contents of another.
pub fn put(image: &Image, root: &Path, to: &Path) {
    for (path, bytes) in image {
        let path = to.join(path.strip_prefix(root).unwrap());
        match bytes {
            None => std::fs::create_dir_all(path).unwrap(),
            Some(bytes) => std::fs::write(path, bytes).unwrap(),
        }
    }
}

/// Equal for equal images.
pub fn hash(image: &Image) -> blake3::Hash {
    let mut hash = blake3::Hasher::new();
    for (path, bytes) in image {
        for part in [Some(path.as_os_str().as_bytes()), bytes.as_deref()] {
            let length = part.map_or(u64::MAX, |part| part.len() as u64);
            hash.update(&length.to_be_bytes()).update(part.unwrap_or_default());
        }
    }
    hash.finalize()
}
