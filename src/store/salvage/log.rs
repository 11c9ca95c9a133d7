//! Which frames of a write-ahead log count.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

const HEADER: usize = 32;
const FRAME: usize = 24;

/// Where the pages of a log are.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// The newest that was committed of each page: where it begins in the log.
    pub(super) committed: HashMap<u32, u64>,
    /// How many pages the database has after the last commit.
    pub(super) count: Option<u32>,
    /// Pages of the same log behind the first that is damaged or was not committed.
    pub(super) behind: Vec<u64>,
    /// Whether a frame is damaged.
    pub(super) is_damaged: bool,
    /// As its header says.
    pub(super) page_size: Option<usize>,
}

impl Log {
    /// Reads a log; an empty one if there is none.
    ///
    /// # Errors
    /// If it cannot be read.
    pub(super) fn read(path: &Path) -> io::Result<Log> {
        let mut log = Log::default();
        let file = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(log),
            file => file?,
        };
        let mut file = BufReader::with_capacity(1 << 16, file);
        let mut header = [0; HEADER];
        if !fill(&mut file, &mut header)? {
            return Ok(log);
        }
        let magic = number(&header, 0);
        let Some(page_size) = page_size(number(&header, 8)) else { return Ok(log) };
        let is_big = magic & 1 == 1;
        let mut sum = checksum(is_big, (0, 0), &header[..24]);
        let header_sum = (number(&header, 24), number(&header, 28));
        if magic & !1 != 0x377f_0682 || sum != header_sum {
            log.is_damaged = true;
            return Ok(log);
        }
        log.page_size = Some(page_size);
        let mut frame = vec![0; FRAME + page_size];
        let mut pending = Vec::new();
        let mut at = HEADER as u64;
        while fill(&mut file, &mut frame)? {
            let place = at + FRAME as u64;
            at += frame.len() as u64;
            // What an older log has left behind.
            if frame[8..16] != header[16..24] {
                break;
            }
            let counts = (!log.is_damaged).then(|| {
                let sum = checksum(is_big, sum, &frame[..8]);
                checksum(is_big, sum, &frame[FRAME..])
            });
            match counts {
                Some(found) if found == (number(&frame, 16), number(&frame, 20)) => {
                    sum = found;
                    pending.push((number(&frame, 0), place));
                    if number(&frame, 4) > 0 {
                        log.committed.extend(pending.drain(..));
                        log.count = Some(number(&frame, 4));
                    }
                }
                _ => {
                    log.is_damaged = true;
                    log.behind.push(place);
                }
            }
        }
        log.behind.extend(pending.into_iter().map(|(_, place)| place));
        Ok(log)
    }
}

/// A size that pages can have.
pub(super) fn page_size(size: u32) -> Option<usize> {
    (size.is_power_of_two() && (512..=65536).contains(&size)).then_some(size as usize)
}

/// The four bytes at a place of which it is known that they are there.
fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

/// Source: <https://sqlite.org/fileformat.html#checksum_algorithm>.
fn checksum(is_big: bool, start: (u32, u32), bytes: &[u8]) -> (u32, u32) {
    let word = |at: usize| match is_big {
        true => number(bytes, at),
        false => number(bytes, at).swap_bytes(),
    };
    (0..bytes.len()).step_by(8).fold(start, |(one, two), at| {
        let one = one.wrapping_add(word(at)).wrapping_add(two);
        (one, two.wrapping_add(word(at + 4)).wrapping_add(one))
    })
}

/// Fills a buffer; whether there was enough for it.
fn fill(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<bool> {
    match file.read_exact(buffer) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        filled => filled.map(|()| true),
    }
}
