//! Notes as an import matches with them.

use super::columns::{from_json, json, note};
use super::{Result, Store, StoreError};
use crate::model::{DeckName, Guid, StoredCard, StoredNote};
use crate::schedule::NoteRow;
use rusqlite::Row;
use std::collections::HashMap;

/// The tags of every note. Many notes have the same, so each set of them is kept once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoteTags {
    /// The sets, as they are written.
    pub sets: Vec<Vec<String>>,
    /// The place of each note's set, by its number.
    of_note: Vec<u32>,
}

impl NoteTags {
    /// The place of a note's set in [`sets`](Self::sets).
    pub fn of(&self, NoteRow(note): NoteRow) -> Option<u32> {
        usize::try_from(note).ok().and_then(|note| self.of_note.get(note)).copied()
    }
}

impl Store {
    /// The notes that those of the named files and decks may be: the notes of these files, live
    /// or retired; the notes of these decks; every retired note; every note of no file. In the
    /// order in which they were first imported.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn notes_for_matching(
        &self,
        paths: &[impl AsRef<str>],
        decks: &[DeckName],
    ) -> Result<Vec<StoredNote>> {
        let paths: Vec<&str> = paths.iter().map(AsRef::as_ref).collect();
        self.read(|db| {
            let mut select = db.prepare_cached(MATCHING)?;
            let mut rows = select.query((json(&paths)?, json(decks)?))?;
            let mut notes: Vec<(i64, StoredNote)> = Vec::new();
            while let Some(row) = rows.next()? {
                let id = row.get(0)?;
                if notes.last().is_none_or(|(last, _)| *last != id) {
                    notes.push((id, stored_note(row)?));
                }
                if let Some((_, note)) = notes.last_mut()
                    && let Some(id) = row.get(10)?
                {
                    note.cards.push(StoredCard {
                        id,
                        key: row.get(11)?,
                        position: row.get(12)?,
                        retired: row.get(13)?,
                    });
                }
            }
            notes.sort_by_key(|(id, _)| *id);
            for (_, note) in &mut notes {
                note.cards.sort_by_key(|card| (card.position, card.retired));
            }
            Ok(notes.into_iter().map(|(_, note)| note).collect())
        })
    }

    /// The tags of every note, retired ones included.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn note_tags(&self) -> Result<NoteTags> {
        self.read(|db| {
            let mut select = db.prepare_cached("SELECT id, tags FROM note")?;
            let mut rows = select.query([])?;
            let (mut tags, mut places) = (NoteTags::default(), HashMap::<String, u32>::new());
            while let Some(row) = rows.next()? {
                let id: i64 = row.get(0)?;
                let number =
                    |_| StoreError::Unreadable { what: "note", why: format!("number {id}") };
                let note = usize::try_from(id).map_err(number)?;
                let text = row.get_ref(1)?.as_str().unwrap_or_default();
                let set = match places.get(text) {
                    Some(&set) => set,
                    None => {
                        let set = u32::try_from(tags.sets.len()).map_err(number)?;
                        tags.sets.push(from_json("note's tags", text)?);
                        places.insert(text.to_owned(), set);
                        set
                    }
                };
                if tags.of_note.len() <= note {
                    tags.of_note.resize(note + 1, u32::MAX);
                }
                tags.of_note[note] = set;
            }
            Ok(tags)
        })
    }

    /// Whether there is any note, live or retired.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn has_notes(&self) -> Result<bool> {
        self.read(|db| Ok(db.prepare_cached("SELECT 1 FROM note LIMIT 1")?.exists([])?))
    }

    /// Whether a note, live or retired, has the guid.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn is_held(&self, guid: Guid) -> Result<bool> {
        self.read(|db| {
            Ok(db.prepare_cached("SELECT 1 FROM note WHERE guid = ?1")?.exists([guid])?)
        })
    }
}

/// The cross joins keep the cards of a note together without sorting its text.
pub(super) const MATCHING: &str = "
    WITH wanted AS MATERIALIZED (
         SELECT note.id FROM note
         WHERE note.source IN (
                   SELECT source.id FROM source
                   WHERE source.path IN (SELECT value FROM json_each(?1)))
            OR note.source IS NULL
            OR note.deck IN (
                   SELECT deck.id FROM deck
                   WHERE deck.name IN (SELECT value FROM json_each(?2)))
            OR note.retired = 1
     )
     SELECT note.id, note.fields, note.file_id, note.tags, note.origin,
            note.guid, deck.name, source.path, note.position, note.retired,
            card.public_id, card.key, card.position, card.retired
     FROM wanted
     CROSS JOIN note ON note.id = wanted.id
     CROSS JOIN deck ON deck.id = note.deck
     LEFT JOIN source ON source.id = note.source
     LEFT JOIN card ON card.note = note.id";

fn stored_note(row: &Row<'_>) -> Result<StoredNote> {
    Ok(StoredNote {
        note: note(row, 1)?,
        guid: row.get(5)?,
        deck: row.get(6)?,
        file: row.get(7)?,
        position: row.get(8)?,
        retired: row.get(9)?,
        cards: Vec::new(),
    })
}
