//! The checks.

use super::super::cache::stale;
use super::super::columns::{event, from_json, note, options};
use super::super::history::circle;
use super::repair::differing_objects;
use crate::model::{DeckName, Kind, What};
use crate::store::{Result, Store, StoreError};
use rusqlite::{Connection, ErrorCode, Row};
use std::fmt::Display;

/// What is looked at, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// SQLite's own check of every page, index and condition.
    Pages,
    /// Rows that refer to others.
    References,
    /// Tables, indices and the triggers that keep history append-only are those of this kata.
    Schema,
    /// Every event reads, refers to what there is, and has a day that can be.
    History,
    /// Decks and notes read.
    Text,
    /// Every note has cards, and they say of it what it says.
    Cards,
    /// What is cached of each card's state is what its events fold to.
    Cache,
}

impl Check {
    const ALL: [Check; 7] = [
        Check::Pages,
        Check::References,
        Check::Schema,
        Check::History,
        Check::Text,
        Check::Cards,
        Check::Cache,
    ];

    /// The word that it has in tables and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Check::Pages => "pages",
            Check::References => "references",
            Check::Schema => "schema",
            Check::History => "history",
            Check::Text => "text",
            Check::Cards => "cards",
            Check::Cache => "cache",
        }
    }

    fn look(self, db: &Connection) -> Result<Finding> {
        let mut finding = Finding { check: self, problems: 0, examples: Vec::new() };
        let looked = match self {
            Check::Pages => pages(db, &mut finding),
            Check::References => references(db, &mut finding),
            Check::Schema => schema(db, &mut finding),
            Check::History => history(db, &mut finding),
            Check::Text => text(db, &mut finding),
            Check::Cards => cards(db, &mut finding),
            Check::Cache => cache(db, &mut finding),
        };
        match looked {
            Err(StoreError::Sqlite(error)) if is_elsewhere(&error) => return Err(error.into()),
            // What cannot be looked at is not as it should be.
            Err(error) => finding.add(format_args!("it cannot be read: {error}")),
            Ok(()) => {}
        }
        Ok(finding)
    }
}

/// Whether an error says nothing of the database itself.
fn is_elsewhere(error: &rusqlite::Error) -> bool {
    let codes = [ErrorCode::DatabaseBusy, ErrorCode::DatabaseLocked, ErrorCode::OutOfMemory];
    error.sqlite_error_code().is_some_and(|code| codes.contains(&code))
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check.
    pub check: Check,
    /// How much is not as it should be; 0 if all is well. SQLite stops counting at a hundred.
    pub problems: u64,
    /// The first of them, in words.
    pub examples: Vec<String>,
}

/// How many problems of a check are told in words.
const EXAMPLES: usize = 5;

impl Finding {
    fn add(&mut self, problem: impl Display) {
        self.problems += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(problem.to_string());
        }
    }
}

impl Store {
    /// Looks whether all is as it should be, at one moment. Nothing is written.
    ///
    /// # Errors
    /// If another process keeps the database from being read. That it is damaged is a finding.
    pub fn examine(&self) -> Result<Vec<Finding>> {
        let found = Check::ALL.into_iter().map(|check| {
            // Indices are followed from page to page, back and forth.
            let memory =
                if matches!(check, Check::Pages | Check::References) { 24 << 10 } else { 2 << 10 };
            self.read(|db| Ok(db.pragma_update(None, "cache_size", -memory)?))?;
            self.snapshot(|db| check.look(db))
        });
        found.collect()
    }
}

fn pages(db: &Connection, finding: &mut Finding) -> Result<()> {
    let mut select = db.prepare("PRAGMA integrity_check(100)")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let said: String = row.get(0)?;
        if said != "ok" {
            finding.add(said);
        }
    }
    Ok(())
}

fn references(db: &Connection, finding: &mut Finding) -> Result<()> {
    let mut select = db.prepare("PRAGMA foreign_key_check")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent): (String, String) = (row.get(0)?, row.get(2)?);
        match row.get::<_, Option<i64>>(1)? {
            Some(number) => finding.add(format_args!("{table} {number} has no {parent}")),
            None => finding.add(format_args!("a {table} has no {parent}")),
        }
    }
    Ok(())
}

fn schema(db: &Connection, finding: &mut Finding) -> Result<()> {
    for object in differing_objects(db)? {
        match object.is_there {
            true => finding.add(format_args!("{} is another", object.told())),
            false => finding.add(format_args!("{} is missing", object.told())),
        }
    }
    Ok(())
}

fn history(db: &Connection, finding: &mut Finding) -> Result<()> {
    let mut select = db.prepare(
        "SELECT uuid, card, at, day, utc_offset, machine, batch, origin,
                grade, review_kind, ms, interval_before, interval_after, mark_kind, value,
                hex(uuid), day > (at + utc_offset * 60000) / 86400000
         FROM event",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let uuid = || row.get(15).unwrap_or_else(|_| "?".to_owned());
        match event(row, 0) {
            Err(error) => finding.add(format_args!("event {} does not read: {error}", uuid())),
            // An instant may be ahead of its day, where a clock went back; never behind it.
            Ok(_) if row.get(16)? => {
                finding.add(format_args!("event {} has a day after its instant", uuid()));
            }
            Ok(event) => {
                if let What::Review(review) = event.what
                    && review.ms > LONGEST_MS
                {
                    finding.add(format_args!("event {} took longer than a day", uuid()));
                }
            }
        }
    }
    drop(rows);
    listed(
        db,
        "SELECT 'undo ' || hex(undo.uuid) || ' revokes no event' FROM mark AS undo
         WHERE undo.kind = 7
           AND NOT EXISTS (SELECT 1 FROM review WHERE review.uuid = undo.value)
           AND NOT EXISTS (SELECT 1 FROM mark WHERE mark.uuid = undo.value AND mark.kind <> 7)
         UNION ALL
         SELECT 'relink ' || hex(relink.uuid) || ' names no card' FROM mark AS relink
         WHERE relink.kind = 6
           AND NOT EXISTS (SELECT 1 FROM card WHERE card.public_id = relink.value)",
        finding,
    )?;
    if let Some(card) = circle(db)? {
        finding.add(format_args!("the relinks of card {card} go in a circle"));
    }
    Ok(())
}

/// A day, in milliseconds.
const LONGEST_MS: u32 = 86_400_000;

fn text(db: &Connection, finding: &mut Finding) -> Result<()> {
    let mut select = db.prepare("SELECT name, tags, options FROM deck")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let read = deck(row, &name);
        read.unwrap_or_else(|why| finding.add(format_args!("deck {name}: {why}")));
    }
    let mut select =
        db.prepare("SELECT fields, file_id, tags, origin, kind, hex(guid) FROM note")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let guid: String = row.get(5)?;
        match note(row, 0) {
            Err(error) => finding.add(format_args!("note {guid} does not read: {error}")),
            Ok(note) if row.get::<_, Kind>(4).ok() != Some(note.kind()) => {
                finding.add(format_args!("note {guid} is of another kind than it says"));
            }
            Ok(_) => {}
        }
    }
    Ok(())
}

fn deck(row: &Row<'_>, name: &str) -> Result<(), String> {
    let told = |error: &dyn Display| error.to_string();
    name.parse::<DeckName>().map_err(|error| told(&error))?;
    let column = |at: usize| row.get::<_, String>(at).map_err(|error| told(&error));
    from_json::<Vec<String>>("deck's tags", &column(1)?).map_err(|error| told(&error))?;
    options(&column(2)?).map(drop).map_err(|error| told(&error))
}

fn cards(db: &Connection, finding: &mut Finding) -> Result<()> {
    listed(
        db,
        "SELECT 'note ' || hex(guid) || ' has no card' FROM note
         WHERE NOT EXISTS (SELECT 1 FROM card WHERE card.note = note.id)
         UNION ALL
         SELECT 'card ' || hex(public_id) || ' is of another deck or kind than its note'
         FROM card JOIN note ON note.id = card.note
         WHERE card.deck <> note.deck OR card.kind <> note.kind
         UNION ALL
         SELECT 'card ' || hex(public_id) || ' is live, though its note is retired'
         FROM card JOIN note ON note.id = card.note
         WHERE note.retired = 1 AND card.retired = 0",
        finding,
    )
}

fn cache(db: &Connection, finding: &mut Finding) -> Result<()> {
    let stale = stale(db)?;
    if stale > 0 {
        finding.add("the state of cards is not what their history says");
        finding.problems = stale;
    }
    Ok(())
}

/// Takes what a statement lists for problems.
fn listed(db: &Connection, sql: &str, finding: &mut Finding) -> Result<()> {
    let mut select = db.prepare(sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        finding.add(row.get::<_, String>(0)?);
    }
    Ok(())
}
