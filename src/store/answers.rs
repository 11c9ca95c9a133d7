//! All answers. A long history is read by two hands, one from its start and one from its end, until
//! they meet: to fetch a row costs several times what it costs to count it.

use super::hands::{are_two_worth_it, open_beside};
use super::history::{Reader, SPAN};
use super::import::version;
use super::{Answer, Result, Store};
use crate::model::Instant;
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// A database of fewer bytes is read by one hand as fast: a hundred thousand answers have some 20 MB.
const LONG: u64 = 20 << 20;

/// Into how many pieces of time a history is cut.
const PIECES: u32 = 256;

/// All answers of a [snapshot](Store::with_answers).
pub struct Answers<'a> {
    db: &'a Connection,
    pub(super) other_hand: Option<OtherHand>,
}

/// What a thread reads on a connection of its own, from the end on.
pub(super) struct OtherHand {
    pieces: Arc<Pieces>,
    read: Receiver<(u32, Result<Vec<Answer>>)>,
}

/// The pieces of a history that nobody has read yet.
struct Pieces {
    first: i64,
    /// Milliseconds; at least one.
    length: i64,
    left: Mutex<Range<u32>>,
}

impl Store {
    /// Reads by several of these methods, and all answers with them, what no writer changes in
    /// between.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn with_answers<T>(
        &self,
        read: impl FnOnce(&Store, Answers<'_>) -> Result<T>,
    ) -> Result<T> {
        self.with_answers_of(LONG, read)
    }

    /// The same, where a database of so many bytes counts as long.
    pub(super) fn with_answers_of<T>(
        &self,
        long: u64,
        read: impl FnOnce(&Store, Answers<'_>) -> Result<T>,
    ) -> Result<T> {
        let before = self.version()?;
        let other_hand = OtherHand::on(&self.path, long);
        self.snapshot(|db| {
            // If nobody has written since, both hands read the same.
            let is_same = version(db)? == before;
            read(self, Answers { db, other_hand: other_hand.filter(|_| is_same) })
        })
    }
}

impl Answers<'_> {
    /// Hands over every review that was not undone, in fold order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn each(self, visit: &mut dyn FnMut(Answer)) -> Result<()> {
        let reader = Reader::of(self.db)?;
        let Some(OtherHand { pieces, read }) = self.other_hand else {
            return reader
                .each(Instant::from_millis(i64::MIN)..Instant::from_millis(i64::MAX), visit);
        };
        while let Some(piece) = pieces.next() {
            reader.each(pieces.span(piece), visit)?;
        }
        // From the end on they came; in fold order they are counted.
        let later: BTreeMap<u32, Result<Vec<Answer>>> = read.into_iter().collect();
        for piece in later.into_values() {
            piece?.into_iter().for_each(&mut *visit);
        }
        Ok(())
    }
}

impl OtherHand {
    /// Begins to read a long history from its end on; `None` if it is none, or something is in the way
    /// of a second hand. What it reads is the database as it is when this returns.
    fn on(path: &Path, long: u64) -> Option<Self> {
        if !are_two_worth_it(path, long) {
            return None;
        }
        let path = path.to_owned();
        let ((begins, began), (hand, read)) = (channel(), channel());
        thread::Builder::new()
            .spawn(move || {
                if let Ok(db) = begin(&path)
                    && let Ok(pieces) = Pieces::of(&db).map(Arc::new)
                    && let Ok(reader) = Reader::of(&db)
                    && begins.send(Arc::clone(&pieces)).is_ok()
                {
                    read_from_the_end(&reader, &pieces, &hand);
                }
            })
            .ok()?;
        Some(OtherHand { pieces: began.recv().ok()?, read })
    }
}

fn begin(path: &Path) -> rusqlite::Result<Connection> {
    let db = open_beside(path)?;
    db.execute_batch("BEGIN")?;
    Ok(db)
}

/// Reads until the other hand is met, or nobody wants it any more.
fn read_from_the_end(
    reader: &Reader<'_>,
    pieces: &Pieces,
    hand: &Sender<(u32, Result<Vec<Answer>>)>,
) {
    while let Some(piece) = pieces.last() {
        let mut answers = Vec::new();
        let read = reader.each(pieces.span(piece), &mut |answer| answers.push(answer));
        if hand.send((piece, read.map(|()| answers))).is_err() {
            return;
        }
    }
}

impl Pieces {
    fn of(db: &Connection) -> rusqlite::Result<Self> {
        let (first, last): (i64, i64) =
            db.query_row(SPAN, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let length = last.saturating_sub(first) / i64::from(PIECES) + 1;
        Ok(Pieces { first, length, left: Mutex::new(0..PIECES) })
    }

    fn next(&self) -> Option<u32> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).next()
    }

    fn last(&self) -> Option<u32> {
        self.left.lock().unwrap_or_else(PoisonError::into_inner).next_back()
    }

    /// From when to when a piece is.
    fn span(&self, piece: u32) -> Range<Instant> {
        let start = |piece: u32| {
            let at = self.first.saturating_add(self.length.saturating_mul(piece.into()));
            Instant::from_millis(at)
        };
        start(piece)..start(piece + 1)
    }
}
