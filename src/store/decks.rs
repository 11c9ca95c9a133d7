//! Decks, and the files they come from.

use super::columns::{from_json, options};
use super::{Result, Store};
use crate::model::{DeckName, DeckOptions};
use crate::schedule::DeckRow;
use rusqlite::Row;
use std::collections::{BTreeSet, HashSet};

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
    /// How many live notes came from it.
    pub notes: usize,
}

/// How an imported file looked when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSeen {
    /// Its path.
    pub path: String,
    /// Its bytes.
    pub size: u64,
    /// When it was changed last, as its importer counts.
    pub mtime: i64,
}

impl Store {
    /// How every imported file looked when it was read.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn files_seen(&self) -> Result<Vec<FileSeen>> {
        self.read(|db| {
            let mut select = db.prepare_cached("SELECT path, size, mtime FROM source")?;
            let files = select.query_map([], |row| {
                Ok(FileSeen { path: row.get(0)?, size: row.get(1)?, mtime: row.get(2)? })
            })?;
            Ok(files.collect::<Result<_, _>>()?)
        })
    }

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

    /// Every tag of the live notes, each once, in order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn tags(&self) -> Result<BTreeSet<String>> {
        self.read(|db| {
            let mut select = db.prepare_cached("SELECT tags FROM note WHERE retired = 0")?;
            let mut rows = select.query([])?;
            // Notes by the thousand have the same tags: SQLite takes twice as long to tell.
            let mut lists: HashSet<String> = HashSet::new();
            while let Some(row) = rows.next()? {
                let list = row.get_ref(0)?.as_str().unwrap_or_default();
                if !lists.contains(list) {
                    lists.insert(list.to_owned());
                }
            }
            let mut tags = BTreeSet::new();
            for list in &lists {
                tags.extend(from_json::<Vec<String>>("note's tags", list)?);
            }
            Ok(tags)
        })
    }

    /// Every imported file, by path.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn sources(&self) -> Result<Vec<SourceRecord>> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "SELECT path, deck.name, size, mtime, hash, coalesce(notes, 0)
                 FROM source
                 JOIN deck ON deck.id = source.deck
                 LEFT JOIN (SELECT source, count(*) AS notes
                            FROM note WHERE retired = 0 GROUP BY source) AS live
                        ON live.source = source.id
                 ORDER BY path",
            )?;
            let sources = select.query_and_then([], |row| {
                Ok(SourceRecord {
                    path: row.get(0)?,
                    deck: row.get(1)?,
                    size: row.get(2)?,
                    mtime: row.get(3)?,
                    hash: row.get(4)?,
                    notes: row.get(5)?,
                })
            })?;
            sources.collect()
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
