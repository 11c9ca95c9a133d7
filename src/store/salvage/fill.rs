//! What stands in for rows that are lost, so that their events have a card, and a card has a note.

use super::gather::put_card;
use crate::model::{CardId, Guid, MachineId};
use crate::store::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What indices tell of cards and notes that are lost, by the numbers of their rows.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// Cards of events that are lost.
    pub(super) asked: HashSet<i64>,
    /// The note and the key of a card.
    pub(super) keys: HashMap<i64, (i64, String)>,
    /// The note, the deck and the id of a card.
    pub(super) queued: HashMap<i64, (i64, i64, Vec<u8>)>,
    /// The ids of cards.
    pub(super) ids: HashMap<i64, Vec<u8>>,
    /// The guids of notes.
    pub(super) guids: HashMap<i64, Vec<u8>>,
}

impl Hints {
    pub(super) fn forget_all_that_is_there(&mut self, db: &Connection) -> Result<()> {
        let mut select = db.prepare("SELECT id FROM card")?;
        for card in select.query_map([], |row| row.get::<_, i64>(0))? {
            let card = card?;
            self.asked.remove(&card);
            self.keys.remove(&card);
            self.queued.remove(&card);
            self.ids.remove(&card);
        }
        Ok(())
    }

    /// Every card that something tells of.
    fn cards(&self) -> impl Iterator<Item = i64> {
        let known = self.keys.keys().chain(self.queued.keys()).chain(self.ids.keys());
        known.chain(&self.asked).copied()
    }
}

/// Puts what is missing below the events, the cards and the notes that are there. How many notes
/// have no text.
pub(super) fn fill(db: &Connection, hints: &Hints) -> Result<u64> {
    cards(db, hints)?;
    relinked(db)?;
    let placeholders = notes(db, hints)?;
    decks(db)?;
    machines(db)?;
    db.execute("UPDATE note SET source = NULL WHERE source NOT IN (SELECT id FROM source)", [])?;
    // Its cards are lost, and nothing was asked of it: its file brings it back.
    db.execute("DELETE FROM note WHERE id NOT IN (SELECT note FROM card)", [])?;
    Ok(placeholders)
}

/// Cards that events, or an index, tell of.
fn cards(db: &Connection, hints: &Hints) -> Result<()> {
    let mut missing: BTreeSet<i64> = hints.cards().collect();
    for sql in [
        "SELECT DISTINCT card FROM review WHERE card NOT IN (SELECT id FROM card)",
        "SELECT DISTINCT card FROM mark WHERE card NOT IN (SELECT id FROM card)",
    ] {
        let mut select = db.prepare(sql)?;
        for card in select.query_map([], |row| row.get(0))? {
            missing.insert(card?);
        }
    }
    for card in missing {
        let key = hints.keys.get(&card);
        let queued = hints.queued.get(&card);
        let note = key.map(|(note, _)| *note).or(queued.map(|(note, ..)| *note));
        let deck = queued.map(|(_, deck, _)| *deck);
        let id = queued.map(|(.., id)| id).or(hints.ids.get(&card));
        let key = key.map(|(_, key)| key.as_str());
        put(db, Lost { card: Some(card), note, deck, id: id.cloned(), key })?;
    }
    Ok(())
}

/// Cards whose events another took over.
fn relinked(db: &Connection) -> Result<()> {
    let mut select = db.prepare(
        "SELECT DISTINCT value FROM mark
         WHERE kind = 6 AND value NOT IN (SELECT public_id FROM card)",
    )?;
    let ids: Vec<Vec<u8>> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in ids {
        put(db, Lost { card: None, note: None, deck: None, id: Some(id), key: None })?;
    }
    Ok(())
}

/// A card whose row is lost, as far as it is known.
struct Lost<'a> {
    card: Option<i64>,
    note: Option<i64>,
    deck: Option<i64>,
    id: Option<Vec<u8>>,
    key: Option<&'a str>,
}

fn put(db: &Connection, lost: Lost<'_>) -> Result<()> {
    let number = |sql| db.query_row(sql, [], |row| row.get::<_, i64>(0));
    let card = match lost.card {
        Some(card) => card,
        None => number("SELECT coalesce(max(id), 0) + 1 FROM card")?,
    };
    // A number that no note has.
    let next = number(
        "SELECT max((SELECT coalesce(max(id), 0) FROM note),
                    (SELECT coalesce(max(note), 0) FROM card)) + 1",
    )?;
    let (note, key) = match (lost.note, lost.key) {
        (Some(note), Some(key)) => (note, key.to_owned()),
        // Another card of the note may have any key.
        (Some(note), None) => (note, format!("lost-{card}")),
        (None, _) => (next, "forward".to_owned()),
    };
    let of_note: Option<(Guid, i64)> = db
        .query_row("SELECT guid, deck FROM note WHERE id = ?1", [note], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let derived = of_note.filter(|_| lost.key.is_some());
    let derived = derived.map(|(guid, _)| CardId::of(guid, &key).as_bytes().to_vec());
    let id = lost.id.or(derived).unwrap_or_else(fresh);
    let deck = of_note.map(|(_, deck)| deck).or(lost.deck).unwrap_or(0);
    let values = |id: Vec<u8>, note: i64| {
        let number = Value::Integer;
        [
            number(card),
            Value::Blob(id),
            number(note),
            Value::Text(key.clone()),
            number(0),
            number(0),
            number(deck),
            number(0),
            number(0),
        ]
    };
    put_card(db, &values(id, note))?;
    let mut there = db.prepare_cached("SELECT 1 FROM card WHERE id = ?1")?;
    if !there.exists([card])? {
        // What is known of it is another's.
        put_card(db, &values(fresh(), next))?;
    }
    Ok(())
}

/// Notes of cards; retired, since there is nothing to ask.
fn notes(db: &Connection, hints: &Hints) -> Result<u64> {
    let mut select = db.prepare(
        "SELECT note, min(deck) FROM card WHERE note NOT IN (SELECT id FROM note) GROUP BY note",
    )?;
    let missing = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let missing: Vec<(i64, i64)> = missing.collect::<Result<_, _>>()?;
    let mut insert = db.prepare(
        "INSERT OR IGNORE INTO note (id, guid, deck, kind, fields, tags, position, retired)
         VALUES (?1, ?2, ?3, 0, ?4, '[]', 0, 1)",
    )?;
    for (note, deck) in &missing {
        let fields = format!(
            r#"{{"front":"Lost question {note}","back":"It stood in a part of a database that could not be read."}}"#
        );
        let guid = hints.guids.get(note).cloned().unwrap_or_else(fresh);
        if insert.execute((note, guid, deck, &fields))? == 0 {
            insert.execute((note, fresh(), deck, &fields))?;
        }
    }
    Ok(missing.len() as u64)
}

fn decks(db: &Connection) -> Result<()> {
    db.execute(
        "INSERT INTO deck (id, name)
         SELECT deck, 'salvaged/deck-' || deck
         FROM (SELECT deck FROM note UNION SELECT deck FROM card UNION SELECT deck FROM source)
         WHERE deck NOT IN (SELECT id FROM deck)",
        [],
    )?;
    Ok(())
}

fn machines(db: &Connection) -> Result<()> {
    let mut select = db.prepare(
        "SELECT machine FROM review WHERE machine NOT IN (SELECT id FROM machine)
         UNION SELECT machine FROM mark WHERE machine NOT IN (SELECT id FROM machine)",
    )?;
    let missing: Vec<i64> = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for machine in missing {
        let uuid = MachineId::fresh(rand::random());
        db.execute("INSERT INTO machine (id, uuid, own) VALUES (?1, ?2, 0)", (machine, uuid))?;
    }
    Ok(())
}

/// Ten random bytes, for an id that is lost.
fn fresh() -> Vec<u8> {
    rand::random::<[u8; 10]>().to_vec()
}
