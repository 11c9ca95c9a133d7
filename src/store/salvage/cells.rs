//! The records of a page.

use super::pages::{Pages, four};
use super::record::{values, varint};
use rusqlite::types::Value;
use std::collections::HashSet;
use std::io;

/// The longest record that is read: a note of a deck file is shorter.
const LONGEST: usize = 256 << 20;

/// A row of a table, or an entry of an index.
#[derive(Debug, PartialEq)]
pub(super) struct Cell {
    /// The number of a table's row; `None` in an index.
    pub(super) row: Option<i64>,
    pub(super) values: Vec<Value>,
}

/// What a page holds.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub(super) cells: Vec<Cell>,
    /// Whether all of it was read.
    pub(super) is_whole: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    TableLeaf,
    TableInterior,
    IndexLeaf,
    IndexInterior,
}

/// Reads what a page holds. The pages that its records go on in are noted.
///
/// # Errors
/// If the file cannot be read.
pub(super) fn cells(
    pages: &Pages,
    page: &[u8],
    is_first: bool,
    overflow: &mut HashSet<u32>,
) -> io::Result<Cells> {
    let start = if is_first { 100 } else { 0 };
    let kind = match page.get(start) {
        Some(13) => Kind::TableLeaf,
        Some(5) => Kind::TableInterior,
        Some(10) => Kind::IndexLeaf,
        Some(2) => Kind::IndexInterior,
        _ => return Ok(Cells::default()),
    };
    let is_interior = matches!(kind, Kind::TableInterior | Kind::IndexInterior);
    let pointers = start + if is_interior { 12 } else { 8 };
    let count = two(page, start + 3).unwrap_or(0);
    let mut found = Cells { cells: Vec::new(), is_whole: pointers + 2 * count <= page.len() };
    if kind == Kind::TableInterior {
        return Ok(found);
    }
    for number in 0..count {
        let Some(at) = two(page, pointers + 2 * number) else { break };
        match cell(pages, page, at, kind, overflow)? {
            Some(cell) if at >= pointers + 2 * count => found.cells.push(cell),
            _ => found.is_whole = false,
        }
    }
    Ok(found)
}

fn cell(
    pages: &Pages,
    page: &[u8],
    at: usize,
    kind: Kind,
    overflow: &mut HashSet<u32>,
) -> io::Result<Option<Cell>> {
    let read = || {
        let mut bytes = page.get(at..)?;
        if kind == Kind::IndexInterior {
            bytes = bytes.get(4..)?;
        }
        let (length, rest) = varint(bytes)?;
        let length = usize::try_from(length).ok().filter(|length| *length <= LONGEST)?;
        let (row, rest) = match kind {
            Kind::TableLeaf => {
                let (row, rest) = varint(rest)?;
                (Some(row.cast_signed()), rest)
            }
            _ => (None, rest),
        };
        let local = local(pages.usable(), length, kind);
        Some((row, length, rest.get(..local)?, four(rest, local).filter(|_| local < length)))
    };
    let Some((row, length, local, next)) = read() else { return Ok(None) };
    let mut record = local.to_vec();
    let mut next = next;
    let mut steps = 0;
    while record.len() < length {
        let Some(number) = next else { return Ok(None) };
        let Some(page) = pages.get(number)? else { return Ok(None) };
        overflow.insert(number);
        let piece = &page[4..pages.usable()];
        record.extend_from_slice(&piece[..piece.len().min(length - record.len())]);
        next = four(&page, 0);
        steps += 1;
        // More than one record can need.
        if steps > LONGEST / 500 {
            return Ok(None);
        }
    }
    Ok(values(&record).map(|values| Cell { row, values }))
}

/// How much of a record is on its own page.
fn local(usable: usize, length: usize, kind: Kind) -> usize {
    let most = match kind {
        Kind::TableLeaf | Kind::TableInterior => usable - 35,
        Kind::IndexLeaf | Kind::IndexInterior => (usable - 12) * 64 / 255 - 23,
    };
    if length <= most {
        return length;
    }
    let least = (usable - 12) * 32 / 255 - 23;
    let fits = least + (length - least) % (usable - 4);
    if fits <= most { fits } else { least }
}

fn two(bytes: &[u8], at: usize) -> Option<usize> {
    Some(usize::from(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?)))
}
