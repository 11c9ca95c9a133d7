//! All records into a fresh database, whose conditions tell which of them are rows.

use super::Salvaged;
use super::cells::{Cell, cells};
use super::fill::Hints;
use super::pages::Pages;
use super::shape::{Entry, Row, entry, row};
use crate::schedule::CardState;
use crate::store::{Result, StoreError};
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, OptionalExtension, ToSql, params_from_iter};
use std::collections::HashSet;
use std::io;

const DAY: i64 = 86_400_000;

/// A mark that revokes an event, as `src/store/columns.rs` numbers them.
const UNDO: Value = Value::Integer(7);

/// How many pages are looked at to tell whether a file was a kata database.
const LOOKED_AT: u32 = 4096;

/// Whether any page holds a row that can be one of kata's.
pub(super) fn any_row(pages: &Pages) -> bool {
    let read = |number| pages.get(number).ok().flatten();
    let ours = |number| {
        let Some(page) = read(number) else { return false };
        let found = cells(pages, &page, number == 1, &mut HashSet::new()).unwrap_or_default();
        found.cells.into_iter().filter_map(row).any(|row| is_plain(&row))
    };
    (1..=pages.count().min(LOOKED_AT)).any(ours)
}

/// Whether a row is of a table that no other program is likely to have.
fn is_plain(row: &Row) -> bool {
    let blob =
        |value: &Value, size: usize| matches!(value, Value::Blob(bytes) if bytes.len() == size);
    match row {
        Row::Review(values) | Row::Mark(values) => blob(&values[1], 16) && has_likely_day(values),
        Row::Card(values) | Row::Note(values) => blob(&values[1], 10),
        Row::Machine(values) => blob(&values[1], 16),
        Row::Deck(_) | Row::Source(_) => false,
    }
}

/// Whether the study day of an event can be that of its instant.
fn has_likely_day(event: &[Value]) -> bool {
    match (&event[0], &event[3]) {
        (Value::Integer(at), Value::Integer(day)) => at.div_euclid(DAY).abs_diff(*day) <= 3,
        _ => false,
    }
}

/// A fresh database, and what could not be put into it.
pub(super) struct Gathered<'a> {
    db: &'a Connection,
    /// Undos wait for what they revoke.
    undos: Vec<Vec<Value>>,
    /// Pages in which records go on.
    overflow: HashSet<u32>,
    unreadable: u64,
    lost: HashSet<Vec<u8>>,
    hints: Hints,
}

impl<'a> Gathered<'a> {
    pub(super) fn new(db: &'a Connection) -> Self {
        Gathered {
            db,
            undos: Vec::new(),
            overflow: HashSet::new(),
            unreadable: 0,
            lost: HashSet::new(),
            hints: Hints::default(),
        }
    }

    /// Puts every row of every page.
    pub(super) fn all(&mut self, pages: &Pages) -> Result<()> {
        let mut doubtful = Vec::new();
        for number in 1..=pages.count() {
            if pages.is_free(number) || is_for_locks(pages, number) {
                continue;
            }
            let Some(page) = pages.get(number).map_err(elsewhere)? else {
                self.unreadable += 1;
                continue;
            };
            let found = cells(pages, &page, number == 1, &mut self.overflow).map_err(elsewhere)?;
            match found.is_whole {
                true => {}
                false if found.cells.is_empty() => doubtful.push(number),
                false => self.unreadable += 1,
            }
            self.put_cells(found.cells, |_| true)?;
        }
        let in_no_record = doubtful.iter().filter(|page| !self.overflow.contains(page)).count();
        self.unreadable += in_no_record as u64;
        if self.unreadable > 0 || pages.has_damaged_log() {
            self.leftovers(pages)?;
        }
        self.put_undos()?;
        if self.unreadable > 0 || pages.has_damaged_log() {
            self.follow_indices(pages)?;
        }
        Ok(())
    }

    /// What was brought back, but for what stands in for others.
    pub(super) fn counted(&self, pages: &Pages) -> Result<Salvaged> {
        let count = |sql| self.db.query_row(sql, [], |row| row.get::<_, u64>(0));
        let missing_log = u64::from(pages.has_damaged_log());
        Ok(Salvaged {
            pages: u64::from(pages.count()) + missing_log,
            unreadable: self.unreadable + missing_log,
            reviews: count("SELECT count(*) FROM review")?,
            marks: count("SELECT count(*) FROM mark")?,
            lost: self.lost.len() as u64,
            idle_undos: self.undos.len() as u64,
            notes: count("SELECT count(*) FROM note WHERE retired = 0")?,
            placeholders: 0,
        })
    }

    /// What indices tell of cards that are lost.
    pub(super) fn hints(&self) -> &Hints {
        &self.hints
    }

    /// What was there once: pages that are free hold rows that were copied elsewhere, and the rest of a
    /// log may hold events that nothing else does.
    fn leftovers(&mut self, pages: &Pages) -> Result<()> {
        for number in (1..=pages.count()).filter(|number| pages.is_free(*number)) {
            let Some(page) = pages.get(number).map_err(elsewhere)? else { continue };
            let found = cells(pages, &page, false, &mut HashSet::new()).map_err(elsewhere)?;
            self.put_cells(found.cells, |row| !matches!(row, Row::Source(_)))?;
        }
        for page in pages.behind() {
            let found = cells(pages, &page, false, &mut HashSet::new()).map_err(elsewhere)?;
            self.put_cells(found.cells, |row| matches!(row, Row::Review(_) | Row::Mark(_)))?;
        }
        Ok(())
    }

    fn put_cells(&mut self, cells: Vec<Cell>, wanted: impl Fn(&Row) -> bool) -> Result<()> {
        for row in cells.into_iter().filter_map(row).filter(wanted) {
            self.put(row)?;
        }
        Ok(())
    }

    fn put(&mut self, row: Row) -> Result<()> {
        let (sql, values) = match row {
            Row::Machine(values) => ("INSERT OR IGNORE INTO machine VALUES (?1, ?2, ?3)", values),
            Row::Deck(values) => {
                ("INSERT OR IGNORE INTO deck VALUES (?1, ?2, ?3, ?4, ?5, ?6)", values)
            }
            Row::Source(values) => (
                "INSERT OR IGNORE INTO source
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                values,
            ),
            Row::Note(values) => (
                "INSERT OR IGNORE INTO note VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                values,
            ),
            Row::Card(values) => return put_card(self.db, &values),
            Row::Mark(values) if values[8] == UNDO => {
                self.undos.push(values);
                return Ok(());
            }
            Row::Review(values) | Row::Mark(values) if !has_likely_day(&values) => return Ok(()),
            Row::Review(values) => (
                "INSERT OR IGNORE INTO review (at, uuid, card, day, utc_offset, machine, batch,
                    origin, grade, kind, ms, interval_before, interval_after)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
                values,
            ),
            Row::Mark(values) => return put_mark(self.db, &values),
        };
        put(self.db, sql, &values)
    }

    /// Puts the undos of events that are there; others stay.
    fn put_undos(&mut self) -> Result<()> {
        loop {
            let before = self.undos.len();
            for undo in std::mem::take(&mut self.undos) {
                match &undo[9] {
                    Value::Blob(event) if self.has_event(event)? => put_mark(self.db, &undo)?,
                    _ => self.undos.push(undo),
                }
            }
            if self.undos.len() == before {
                break;
            }
        }
        // The same undo may stand on several pages.
        let db = self.db;
        let mut seen = HashSet::new();
        self.undos
            .retain(|undo| matches!(&undo[1], Value::Blob(uuid) if seen.insert(uuid.clone())));
        let mut there = db.prepare_cached("SELECT 1 FROM mark WHERE uuid = ?1")?;
        let mut left = Vec::new();
        for undo in std::mem::take(&mut self.undos) {
            if !there.exists([&undo[1]])? {
                left.push(undo);
            }
        }
        self.undos = left;
        Ok(())
    }

    fn has_event(&self, uuid: &[u8]) -> Result<bool> {
        let mut select = self.db.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM review WHERE uuid = ?1)
                 OR EXISTS (SELECT 1 FROM mark WHERE uuid = ?1)",
        )?;
        Ok(select.query_row([uuid], |row| row.get(0))?)
    }

    /// Notes what the indices tell of rows that are lost.
    fn follow_indices(&mut self, pages: &Pages) -> Result<()> {
        for number in 1..=pages.count() {
            if pages.is_free(number) {
                continue;
            }
            let Some(page) = pages.get(number).map_err(elsewhere)? else { continue };
            let found = cells(pages, &page, number == 1, &mut HashSet::new()).map_err(elsewhere)?;
            let mut ids = Vec::new();
            for entry in found.cells.iter().filter_map(entry) {
                match entry {
                    Entry::Event { uuid, .. } if self.has_event(&uuid)? => {}
                    Entry::Event { uuid, card } => {
                        self.lost.insert(uuid);
                        self.hints.asked.extend(card);
                    }
                    Entry::Key { card, note, key } => {
                        self.hints.keys.insert(card, (note, key));
                    }
                    Entry::Queued { card, note, deck, id } => {
                        self.hints.queued.insert(card, (note, deck, id));
                    }
                    Entry::Id { row, id } => ids.push((row, id)),
                }
            }
            self.note_ids(ids)?;
        }
        for undo in &self.undos {
            if let Value::Blob(uuid) = &undo[1] {
                self.lost.remove(uuid);
            }
        }
        self.hints.forget_all_that_is_there(self.db)
    }

    /// A page of ids is of cards or of notes, as the rows tell that are there.
    fn note_ids(&mut self, ids: Vec<(i64, Vec<u8>)>) -> Result<()> {
        let db = self.db;
        let mut card = db.prepare_cached("SELECT public_id FROM card WHERE id = ?1")?;
        let mut note = db.prepare_cached("SELECT guid FROM note WHERE id = ?1")?;
        let (mut of_cards, mut of_notes) = (0, 0);
        for (row, id) in &ids {
            let is = |found: Option<Vec<u8>>| usize::from(found.as_ref() == Some(id));
            of_cards += is(card.query_row([row], |row| row.get(0)).optional()?);
            of_notes += is(note.query_row([row], |row| row.get(0)).optional()?);
        }
        match of_cards.cmp(&of_notes) {
            std::cmp::Ordering::Greater => self.hints.ids.extend(ids),
            std::cmp::Ordering::Less => self.hints.guids.extend(ids),
            std::cmp::Ordering::Equal => {}
        }
        Ok(())
    }
}

/// SQLite keeps this page for its locks, in a file that is so long.
fn is_for_locks(pages: &Pages, number: u32) -> bool {
    u64::from(number) == (1 << 30) / pages.usable() as u64 + 1
}

fn put_mark(db: &Connection, values: &[Value]) -> Result<()> {
    put(
        db,
        "INSERT OR IGNORE INTO mark (at, uuid, card, day, utc_offset, machine, batch, origin, kind,
            value)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        values,
    )
}

/// Puts a card without history: `id, public_id, note, key, position, retired, deck, kind, place`.
pub(super) fn put_card(db: &Connection, values: &[Value]) -> Result<()> {
    let new = CardState::NEW;
    let cached: [&dyn ToSql; 6] =
        [&new.interval, &new.repetitions, &new.lapses, &new.memory, &new.suspended, &new.flag];
    let all = values.iter().map(|value| value as &dyn ToSql).chain(cached);
    let mut insert = db.prepare_cached(
        "INSERT OR IGNORE INTO card (id, public_id, note, key, position, retired, deck, kind, place,
            interval, repetitions, lapses, memory, suspended, flag)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    pass_over_what_is_none(insert.execute(params_from_iter(all)))
}

fn put(db: &Connection, sql: &str, values: &[Value]) -> Result<()> {
    pass_over_what_is_none(db.prepare_cached(sql)?.execute(params_from_iter(values)))
}

/// A value of a wrong type is no row of a strict table.
fn pass_over_what_is_none(put: rusqlite::Result<usize>) -> Result<()> {
    match put {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => Ok(()),
        put => Ok(put.map(drop)?),
    }
}

fn elsewhere(source: io::Error) -> StoreError {
    StoreError::Unreadable { what: "page", why: source.to_string() }
}
