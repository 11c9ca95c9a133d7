//! Decks, and the files they come from.

use super::columns::{from_json, options};
use super::{Result, Store};
use crate::model::{DeckName, DeckOptions, Interval};
use crate::schedule::DeckRow;
use rusqlite::Row;
use std::collections::HashMap;

/// A deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckRecord {
    /// Its number in this database.
    pub row: DeckRow,
    /// Its name.
    pub name: DeckName,
    /// Its title.
    pub title: Option<String>,
    /// Its tags; its notes have them already.
    pub tags: Vec<String>,
    /// Its source; its notes have it already.
    pub source: Option<String>,
    /// What it sets for itself and what is below it.
    pub options: DeckOptions,
}

/// How many cards a deck has; each card is counted once besides in `total`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CardCounts {
    /// All of them.
    pub total: u64,
    /// Never reviewed since their last reset.
    pub new: u64,
    /// Of an interval under 21 days.
    pub young: u64,
    /// Of 21 days and more.
    pub mature: u64,
    /// Suspended.
    pub suspended: u64,
    /// Retired, suspended or not.
    pub retired: u64,
}

/// An imported file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRecord {
    /// Its path.
    pub path: String,
    /// The deck it adds to.
    pub deck: DeckName,
    /// Bytes of it when it was read.
    pub size: u64,
    /// When it was changed last, as its importer counts.
    pub mtime: i64,
    /// What its importer hashed it to.
    pub hash: Vec<u8>,
}

impl Store {
    /// Every deck, by name.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn decks(&self) -> Result<Vec<DeckRecord>> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "SELECT id, name, title, tags, source, options FROM deck ORDER BY name",
            )?;
            select.query_and_then([], deck)?.collect()
        })
    }

    /// How many cards each deck has, without those of the decks below it. A deck without cards
    /// is not among them.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn card_counts(&self) -> Result<HashMap<DeckRow, CardCounts>> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "SELECT deck, due IS NULL, interval, suspended, retired OR relinked FROM card",
            )?;
            let mut counts: HashMap<DeckRow, CardCounts> = HashMap::new();
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                let (is_new, interval): (bool, Interval) = (row.get(1)?, row.get(2)?);
                let (is_suspended, is_retired) = (row.get(3)?, row.get(4)?);
                let counts = counts.entry(row.get(0)?).or_default();
                counts.total += 1;
                *match (is_retired, is_suspended, is_new, interval.is_mature()) {
                    (true, _, _, _) => &mut counts.retired,
                    (_, true, _, _) => &mut counts.suspended,
                    (_, _, true, _) => &mut counts.new,
                    (_, _, _, true) => &mut counts.mature,
                    _ => &mut counts.young,
                } += 1;
            }
            Ok(counts)
        })
    }

    /// Every imported file, by path.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn sources(&self) -> Result<Vec<SourceRecord>> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "SELECT path, deck.name, size, mtime, hash
                 FROM source JOIN deck ON deck.id = source.deck
                 ORDER BY path",
            )?;
            let sources = select.query_and_then([], |row| {
                Ok(SourceRecord {
                    path: row.get(0)?,
                    deck: row.get(1)?,
                    size: row.get(2)?,
                    mtime: row.get(3)?,
                    hash: row.get(4)?,
                })
            })?;
            sources.collect()
        })
    }

    /// Remembers the size and time of a file whose content is as it was. Of a file that is not
    /// known it remembers nothing.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn touch_source(&mut self, path: &str, size: u64, mtime: i64) -> Result<()> {
        self.write(|db| {
            let mut update =
                db.prepare_cached("UPDATE source SET size = ?2, mtime = ?3 WHERE path = ?1")?;
            update.execute((path, size, mtime))?;
            Ok(())
        })
    }
}

fn deck(row: &Row<'_>) -> Result<DeckRecord> {
    Ok(DeckRecord {
        row: row.get(0)?,
        name: row.get(1)?,
        title: row.get(2)?,
        tags: from_json("deck's tags", &row.get::<_, String>(3)?)?,
        source: row.get(4)?,
        options: options(&row.get::<_, String>(5)?)?,
    })
}
