//! Carrying out an import.

use super::cache::{NewCard, NewCards};
use super::columns::json;
use super::{Result, Store, StoreError};
use crate::model::{
    Changes, DeckName, DeckOptions, Fields, Guid, NoteChange, PlacedCard, PlacedNote,
};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Transaction};
use std::collections::{BTreeSet, HashMap};

/// What an import found in files, and what it changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportBatch {
    /// The files that were read.
    pub files: Vec<FileRecord>,
    /// Known files whose content is as it was, with their size and time now.
    pub touched: Vec<(String, u64, i64)>,
    /// Paths of known files that are gone. One that has live notes after the import stays known.
    pub gone: Vec<String>,
    /// What becomes of the notes. Their files are among `files` or known already.
    pub changes: Changes,
    /// The [`version`](Store::version) of the database that the notes were matched with, if it
    /// matters.
    pub matched_with: Option<i64>,
}

impl ImportBatch {
    /// Whether there is nothing to be written.
    fn is_empty(&self) -> bool {
        let ImportBatch { files, touched, gone, changes, matched_with: _ } = self;
        files.is_empty() && touched.is_empty() && gone.is_empty() && changes.notes.is_empty()
    }
}

/// A deck file that was read: its head, and what it is recognised by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRecord {
    /// Its path.
    pub path: String,
    /// The deck it adds to.
    pub deck: DeckName,
    /// The title it gives its deck.
    pub title: Option<String>,
    /// The tags it gives its deck.
    pub tags: Vec<String>,
    /// The source it gives its deck.
    pub source: Option<String>,
    /// What it sets for its deck. Files of one deck that set anything set the same.
    pub options: Option<DeckOptions>,
    /// Its bytes.
    pub size: u64,
    /// When it was changed last, as its importer counts.
    pub mtime: i64,
    /// What its importer hashes it to.
    pub hash: Vec<u8>,
}

/// Where a card stands in its deck, as one number to sort by: the rank of its file among those of
/// the deck, its note's position, its own.
pub(super) fn place(rank: u16, note: u32, card: Option<u32>) -> i64 {
    let card = card.and_then(|position| u16::try_from(position).ok()).unwrap_or(u16::MAX);
    i64::from(rank.min(NO_FILE)) << 48 | i64::from(note) << 16 | i64::from(card)
}

/// The rank of notes of no file: after all files.
pub(super) const NO_FILE: u16 = 0x7fff;

impl Store {
    /// Carries out an import, or a part of one, in one transaction: decks and files are as the
    /// batch says, and so are notes and cards. A deck's row is merged from its files, by path: the
    /// first title and source, all tags, the options of the first that sets any. A deck stays
    /// when its last note goes.
    ///
    /// # Errors
    /// [`StoreError::Outrun`] if another process wrote since the notes were matched; or if the
    /// database cannot be written. Nothing is then.
    pub fn apply(&mut self, batch: &ImportBatch) -> Result<()> {
        if batch.is_empty() {
            return Ok(());
        }
        self.write_much(|db| {
            if let Some(seen) = batch.matched_with
                && version(db)? != seen
            {
                return Err(StoreError::Outrun);
            }
            let mut decks = decks_of_files(db, batch)?;
            for file in &batch.files {
                decks.insert(deck_row(db, &file.deck)?);
                put_source(db, file)?;
            }
            for (path, size, mtime) in &batch.touched {
                touch_source(db, path, *size, *mtime)?;
            }
            decks.iter().try_for_each(|&deck| rank_files(db, deck))?;
            let mut notes = Notes::of(db)?;
            batch.changes.notes.iter().try_for_each(|change| notes.apply(change))?;
            for path in &batch.gone {
                forget_source(db, path)?;
            }
            for &deck in &decks {
                rank_files(db, deck)?;
                merge_heads(db, deck)?;
            }
            Ok(())
        })
    }

    /// A number that is another after every change that another process makes.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn version(&self) -> Result<i64> {
        self.read(version)
    }
}

pub(super) fn version(db: &Connection) -> Result<i64> {
    Ok(db.query_row("PRAGMA data_version", [], |row| row.get(0))?)
}

fn touch_source(db: &Connection, path: &str, size: u64, mtime: i64) -> Result<()> {
    let mut update =
        db.prepare_cached("UPDATE source SET size = ?2, mtime = ?3 WHERE path = ?1")?;
    update.execute((path, size, mtime))?;
    Ok(())
}

/// The decks that the files of a batch add to so far.
fn decks_of_files(db: &Connection, batch: &ImportBatch) -> Result<BTreeSet<i64>> {
    let mut select = db.prepare_cached("SELECT deck FROM source WHERE path = ?1")?;
    let paths = batch.files.iter().map(|file| &file.path).chain(&batch.gone);
    let mut decks = BTreeSet::new();
    for path in paths {
        decks.extend(select.query_row([path], |row| row.get::<_, i64>(0)).optional()?);
    }
    Ok(decks)
}

/// The row of a deck, made if it is missing.
pub(super) fn deck_row(db: &Connection, name: &DeckName) -> Result<i64> {
    let mut select = db.prepare_cached("SELECT id FROM deck WHERE name = ?1")?;
    if let Some(row) = select.query_row([name], |row| row.get(0)).optional()? {
        return Ok(row);
    }
    db.prepare_cached("INSERT INTO deck (name) VALUES (?1)")?.execute([name])?;
    Ok(db.last_insert_rowid())
}

fn put_source(db: &Connection, file: &FileRecord) -> Result<()> {
    let mut put = db.prepare_cached(
        "INSERT INTO source (path, deck, size, mtime, hash, title, tags, deck_source, options)
         VALUES (?1, (SELECT id FROM deck WHERE name = ?2), ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (path) DO UPDATE SET
             deck = excluded.deck, size = excluded.size, mtime = excluded.mtime,
             hash = excluded.hash, title = excluded.title, tags = excluded.tags,
             deck_source = excluded.deck_source, options = excluded.options",
    )?;
    let options = file.options.as_ref().map(json).transpose()?;
    put.execute((
        &file.path,
        &file.deck,
        file.size,
        file.mtime,
        &file.hash,
        &file.title,
        json(&file.tags)?,
        &file.source,
        options,
    ))?;
    Ok(())
}

/// Forgets a file; what it leaves in the deck comes after the notes of all files.
fn forget_source(db: &Connection, path: &str) -> Result<()> {
    let mut live = db.prepare_cached(
        "SELECT 1 FROM note JOIN source ON source.id = note.source
         WHERE source.path = ?1 AND note.retired = 0",
    )?;
    if live.exists([path])? {
        return Ok(());
    }
    let mut place = db.prepare_cached(
        "UPDATE card SET place = (place & 0xffffffffffff) | (0x7fff << 48)
         WHERE note IN (SELECT note.id FROM note JOIN source ON source.id = note.source
                        WHERE source.path = ?1)",
    )?;
    place.execute([path])?;
    db.prepare_cached("DELETE FROM source WHERE path = ?1")?.execute([path])?;
    Ok(())
}

/// Numbers the files of a deck by path, and moves the cards of those whose number changed.
fn rank_files(db: &Connection, deck: i64) -> Result<()> {
    let mut moved = db.prepare_cached(
        "UPDATE source SET rank = ranked.rank
         FROM (SELECT id, row_number() OVER (ORDER BY path) - 1 AS rank
               FROM source WHERE deck = ?1) AS ranked
         WHERE source.id = ranked.id AND source.rank <> ranked.rank
         RETURNING source.id, source.rank",
    )?;
    let moved: Vec<(i64, i64)> =
        moved.query_map([deck], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut place = db.prepare_cached(
        "UPDATE card SET place = (place & 0xffffffffffff) | (min(?2, 0x7fff) << 48)
         WHERE note IN (SELECT id FROM note WHERE source = ?1)",
    )?;
    for (source, rank) in moved {
        place.execute((source, rank))?;
    }
    Ok(())
}

/// Makes a deck's row what its files say together; of a deck without files it stays.
fn merge_heads(db: &Connection, deck: i64) -> Result<()> {
    let mut merge = db.prepare_cached(
        "UPDATE deck SET
             title = (SELECT title FROM source
                      WHERE deck = ?1 AND title IS NOT NULL ORDER BY path LIMIT 1),
             source = (SELECT deck_source FROM source
                       WHERE deck = ?1 AND deck_source IS NOT NULL ORDER BY path LIMIT 1),
             options = coalesce((SELECT options FROM source
                                 WHERE deck = ?1 AND options IS NOT NULL ORDER BY path LIMIT 1), '{}'),
             tags = (SELECT json_group_array(tag ORDER BY place)
                     FROM (SELECT tags.value AS tag, min(source.rank * 65536 + tags.key) AS place
                           FROM source, json_each(source.tags) AS tags
                           WHERE source.deck = ?1
                           GROUP BY tags.value))
         WHERE id = ?1 AND EXISTS (SELECT 1 FROM source WHERE deck = ?1)",
    )?;
    merge.execute([deck])?;
    Ok(())
}

/// The notes of one import.
struct Notes<'a> {
    db: &'a Transaction<'a>,
    decks: HashMap<DeckName, i64>,
    /// Row and rank of each file.
    files: HashMap<String, (Option<i64>, u16)>,
    /// For the notes and cards that are new: often they all are, and many.
    new_notes: CachedStatement<'a>,
    new_cards: NewCards<'a>,
}

impl<'a> Notes<'a> {
    fn of(db: &'a Transaction<'a>) -> Result<Self> {
        let new_notes = db.prepare_cached(
            "INSERT INTO note
                 (guid, deck, source, kind, file_id, fields, tags, origin, position, retired)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0)",
        )?;
        let new_cards = NewCards::of(db)?;
        Ok(Notes { db, decks: HashMap::new(), files: HashMap::new(), new_notes, new_cards })
    }

    fn apply(&mut self, change: &NoteChange) -> Result<()> {
        match change {
            NoteChange::New(note) => self.insert(note),
            NoteChange::Kept { now, .. } => self.update(now),
            NoteChange::Retired(guid) => self.retire(*guid),
        }
    }

    fn insert(&mut self, placed: &PlacedNote) -> Result<()> {
        let deck = self.deck(&placed.deck)?;
        let (source, rank) = self.file(&placed.file)?;
        let note = &placed.note;
        self.new_notes.execute((
            placed.guid,
            deck,
            source,
            note.kind(),
            &note.id,
            json(&Fields::from(note))?,
            json(&note.tags)?,
            &note.source,
            placed.position,
        ))?;
        let row = self.db.last_insert_rowid();
        placed.cards.iter().try_for_each(|card| self.insert_card(placed, card, row, deck, rank))
    }

    fn update(&mut self, placed: &PlacedNote) -> Result<()> {
        let deck = self.deck(&placed.deck)?;
        let (source, rank) = self.file(&placed.file)?;
        let mut update = self.db.prepare_cached(
            "UPDATE note SET deck = ?2, source = ?3, kind = ?4, file_id = ?5, fields = ?6, tags = ?7,
                             origin = ?8, position = ?9, retired = 0
             WHERE guid = ?1
             RETURNING id",
        )?;
        let note = &placed.note;
        let values = (
            placed.guid,
            deck,
            source,
            note.kind(),
            &note.id,
            json(&Fields::from(note))?,
            json(&note.tags)?,
            &note.source,
            placed.position,
        );
        let row: i64 = update.query_row(values, |row| row.get(0))?;
        let mut update = self.db.prepare_cached(
            "UPDATE card SET deck = ?2, kind = ?3, place = ?4,
                             position = coalesce(?5, position), retired = ?5 IS NULL
             WHERE public_id = ?1",
        )?;
        for card in &placed.cards {
            let place = place(rank, placed.position, card.position);
            if update.execute((card.id, deck, note.kind(), place, card.position))? == 0 {
                self.insert_card(placed, card, row, deck, rank)?;
            }
        }
        Ok(())
    }

    fn retire(&mut self, guid: Guid) -> Result<()> {
        let mut note = self.db.prepare_cached("UPDATE note SET retired = 1 WHERE guid = ?1")?;
        note.execute([guid])?;
        let mut cards = self.db.prepare_cached(
            "UPDATE card SET retired = 1 WHERE note = (SELECT id FROM note WHERE guid = ?1)",
        )?;
        cards.execute([guid])?;
        Ok(())
    }

    fn insert_card(
        &mut self,
        placed: &PlacedNote,
        card: &PlacedCard,
        note: i64,
        deck: i64,
        rank: u16,
    ) -> Result<()> {
        self.new_cards.put(&NewCard {
            id: card.id,
            note,
            key: &card.key,
            position: card.position.unwrap_or(0),
            retired: card.position.is_none(),
            deck,
            kind: placed.note.kind(),
            place: place(rank, placed.position, card.position),
        })
    }

    fn deck(&mut self, name: &DeckName) -> Result<i64> {
        if let Some(&row) = self.decks.get(name) {
            return Ok(row);
        }
        let row = deck_row(self.db, name)?;
        self.decks.insert(name.clone(), row);
        Ok(row)
    }

    fn file(&mut self, path: &str) -> Result<(Option<i64>, u16)> {
        if let Some(&file) = self.files.get(path) {
            return Ok(file);
        }
        let mut select = self.db.prepare_cached("SELECT id, rank FROM source WHERE path = ?1")?;
        let file: Option<(i64, i64)> =
            select.query_row([path], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        let file = match file {
            Some((row, rank)) => (Some(row), u16::try_from(rank).unwrap_or(NO_FILE)),
            None => (None, NO_FILE),
        };
        self.files.insert(path.to_owned(), file);
        Ok(file)
    }
}
