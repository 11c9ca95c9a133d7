//! The pages of a file, with those of its log.

use super::log::{Log, page_size};
use crate::store::open::APPLICATION_ID;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// What kata's pages are where no header tells.
const PAGE_SIZE: usize = 4096;

/// A database of which nothing is believed.
#[derive(Debug)]
pub(super) struct Pages {
    file: File,
    log: Log,
    log_file: Option<File>,
    header: Vec<u8>,
    size: usize,
    /// How many the file has.
    there: u32,
    free: HashSet<u32>,
}

impl Pages {
    /// Opens a database and the log beside it.
    ///
    /// # Errors
    /// If they cannot be read.
    pub(super) fn open(path: &Path) -> io::Result<Pages> {
        let mut file = File::open(path)?;
        let mut header = Vec::new();
        file.by_ref().take(100).read_to_end(&mut header)?;
        let mut beside = path.as_os_str().to_owned();
        beside.push("-wal");
        let log = Log::read(Path::new(&beside))?;
        let said = match header.get(16..18) {
            // 65536 does not fit.
            Some([0, 1]) => Some(65536),
            Some([high, low]) if header.starts_with(b"SQLite format 3\0") => {
                page_size(u32::from_be_bytes([0, 0, *high, *low]))
            }
            _ => None,
        };
        let size = log.page_size.or(said).unwrap_or(PAGE_SIZE);
        let there = u32::try_from(file.metadata()?.len() / size as u64).unwrap_or(u32::MAX);
        let log_file = File::open(Path::new(&beside)).ok();
        let mut pages = Pages { file, log, log_file, header, size, there, free: HashSet::new() };
        if let Some(first) = pages.get(1)? {
            pages.header = first;
        }
        pages.free = pages.free_pages()?;
        Ok(pages)
    }

    /// Whether it is a whole database, and says that it is not kata's.
    pub(super) fn is_of_another_program(&self) -> bool {
        self.header.starts_with(b"SQLite format 3\0") && self.number(68) != Some(APPLICATION_ID)
    }

    /// The version of its schema; `None` where that cannot be told.
    pub(super) fn version(&self) -> Option<u32> {
        let is_ours = self.number(68) == Some(APPLICATION_ID);
        self.number(60).filter(|_| is_ours && self.header.starts_with(b"SQLite format 3\0"))
    }

    /// How many there should be.
    pub(super) fn count(&self) -> u32 {
        // The count holds if both counters of changes agree.
        let is_told = self.number(24) == self.number(92);
        let told = self.number(28).filter(|_| is_told && self.version().is_some());
        let count = self.log.count.or(told).unwrap_or(0);
        // Nobody vouches for a number that no file has: each page of it would be looked for.
        count.min(self.there.saturating_mul(16).max(1 << 16)).max(self.there)
    }

    /// Whether some of its log is damaged.
    pub(super) fn has_damaged_log(&self) -> bool {
        self.log.is_damaged
    }

    /// Bytes of a page that hold anything.
    pub(super) fn usable(&self) -> usize {
        self.size
    }

    /// A page, counted from 1; `None` if it is not there whole.
    ///
    /// # Errors
    /// If the disk fails in another way than not to give it.
    pub(super) fn get(&self, number: u32) -> io::Result<Option<Vec<u8>>> {
        match (self.log.committed.get(&number), &self.log_file) {
            (Some(at), Some(log)) => self.read(log, *at),
            _ if number == 0 || number > self.there => Ok(None),
            _ => self.read(&self.file, u64::from(number - 1) * self.size as u64),
        }
    }

    /// Pages of the log that do not count.
    pub(super) fn behind(&self) -> impl Iterator<Item = Vec<u8>> {
        let log = self.log_file.as_ref();
        let behind = self.log.behind.iter();
        behind.filter_map(move |at| self.read(log?, *at).ok().flatten())
    }

    /// Whether nothing is in a page any more.
    pub(super) fn is_free(&self, number: u32) -> bool {
        self.free.contains(&number)
    }

    fn read(&self, mut file: &File, at: u64) -> io::Result<Option<Vec<u8>>> {
        let mut page = vec![0; self.size];
        file.seek(SeekFrom::Start(at))?;
        match file.read_exact(&mut page) {
            Ok(()) => Ok(Some(page)),
            // A disk that cannot give a sector any more says the latter.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) if error.raw_os_error().is_some() => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn number(&self, at: usize) -> Option<u32> {
        four(&self.header, at)
    }

    /// The list of free pages, as far as it can be followed.
    fn free_pages(&self) -> io::Result<HashSet<u32>> {
        let mut free = HashSet::new();
        let mut trunk = self.number(32).filter(|_| self.version().is_some()).unwrap_or(0);
        while trunk != 0 && free.insert(trunk) {
            let Some(page) = self.get(trunk)? else { break };
            let leaves = four(&page, 4).unwrap_or(0) as usize;
            free.extend((0..leaves.min(self.size / 4 - 2)).filter_map(|n| four(&page, 8 + 4 * n)));
            trunk = four(&page, 0).unwrap_or(0);
        }
        Ok(free)
    }
}

pub(super) fn four(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}
