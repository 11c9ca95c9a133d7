//! Taking an export back, into an empty database.

use super::cache::{NewCard, NewCards, rebuild};
use super::columns::json;
use super::dump::{Dump, DumpedCard, DumpedDeck, DumpedNote};
use super::history::{circle, takeovers};
use super::import::{NO_FILE, place};
use super::record::insert_event;
use super::{Result, Store, StoreError};
use crate::model::{
    CardId, DeckName, Event, EventId, Fields, Guid, Kind, MachineId, Mark, Review, What,
};
use rusqlite::{Connection, OptionalExtension};
use serde_json::value::RawValue;
use std::collections::{HashMap, HashSet};
use std::fmt::Display;

impl Store {
    /// Takes an export into an empty database, which then exports the same bytes. The cards'
    /// states are folded from the events. The machines of the events stay; this database keeps
    /// its own for what it writes later.
    ///
    /// # Errors
    /// [`StoreError::NotEmpty`] if there are decks or events; [`StoreError::BadDump`] if an entry
    /// contradicts another. Nothing is written then.
    pub fn load(&mut self, dump: Dump) -> Result<()> {
        let path = self.path().to_owned();
        self.write_much(|db| {
            let empty: bool = db.query_row(
                "SELECT NOT EXISTS (SELECT 1 FROM deck) AND NOT EXISTS (SELECT 1 FROM review)
                    AND NOT EXISTS (SELECT 1 FROM mark)",
                [],
                |row| row.get(0),
            )?;
            if !empty {
                return Err(StoreError::NotEmpty { path });
            }
            if dump.kata != 1 {
                let why =
                    format!("this kata reads exports of version 1, this one is {}", dump.kata);
                return Err(bad("kata", why));
            }
            Loader::new(db).load(dump)
        })
    }
}

/// An export on its way in: what is put already, by what others refer to it with.
struct Loader<'a> {
    db: &'a Connection,
    decks: HashMap<DeckName, i64>,
    notes: HashMap<Guid, LoadedNote>,
    cards: HashMap<CardId, i64>,
    machines: HashMap<MachineId, i64>,
    events: HashSet<EventId>,
}

#[derive(Clone, Copy)]
struct LoadedNote {
    row: i64,
    deck: i64,
    kind: Kind,
    position: u32,
    retired: bool,
}

impl<'a> Loader<'a> {
    fn new(db: &'a Connection) -> Self {
        Loader {
            db,
            decks: HashMap::new(),
            notes: HashMap::new(),
            cards: HashMap::new(),
            machines: HashMap::new(),
            events: HashSet::new(),
        }
    }

    fn load(mut self, dump: Dump) -> Result<()> {
        dump.decks.iter().try_for_each(|deck| self.deck(deck))?;
        for note in dump.notes {
            self.note(note)?;
        }
        let mut gone = Vec::new();
        for card in &dump.cards {
            if self.card(card)? {
                gone.push(self.cards[&card.card]);
            }
        }
        for review in dump.reviews {
            let entry = format!("review {}", review.uuid);
            let what = What::Review(Review {
                grade: review.grade,
                kind: review.kind,
                ms: review.ms,
                interval_before: review.interval_before,
                interval_after: review.interval_after,
            });
            self.event(
                &entry,
                Event {
                    id: review.uuid,
                    card: review.card,
                    at: review.at,
                    day: review.day,
                    utc_offset: review.utc_offset,
                    machine: review.machine,
                    batch: review.batch,
                    origin: review.origin.map(text),
                    what,
                },
            )?;
        }
        let mut undos = Vec::new();
        for mark in dump.marks {
            let entry = format!("mark {}", mark.uuid);
            let what = mark.mark().map_err(|why| bad(&entry, why))?;
            match what {
                Mark::Relink(old) if !self.cards.contains_key(&old) => {
                    return Err(bad(entry, format!("there is no card {old}")));
                }
                Mark::Undo(undone) => undos.push((mark.uuid, undone)),
                _ => {}
            }
            self.event(
                &entry,
                Event {
                    id: mark.uuid,
                    card: mark.card,
                    at: mark.at,
                    day: mark.day,
                    utc_offset: mark.utc_offset,
                    machine: mark.machine,
                    batch: mark.batch,
                    origin: mark.origin.map(text),
                    what: What::Mark(what),
                },
            )?;
        }
        for (undo, undone) in undos {
            if !self.events.contains(&undone) {
                return Err(bad(format!("mark {undo}"), format!("there is no event {undone}")));
            }
        }
        self.refuse_circles()?;
        rebuild(self.db)?;
        self.retire(&gone)
    }

    fn deck(&mut self, deck: &DumpedDeck) -> Result<()> {
        if self.decks.contains_key(&deck.name) {
            return Err(bad(format!("deck {}", deck.name), "it is there twice"));
        }
        let mut insert = self.db.prepare_cached(
            "INSERT INTO deck (name, title, tags, source, options) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?;
        let (tags, options) = (json(&deck.tags)?, json(&deck.options)?);
        insert.execute((&deck.name, &deck.title, tags, &deck.source, options))?;
        self.decks.insert(deck.name.clone(), self.db.last_insert_rowid());
        Ok(())
    }

    fn note(&mut self, dumped: DumpedNote) -> Result<()> {
        let entry = format!("note {}", dumped.guid);
        if self.notes.contains_key(&dumped.guid) {
            return Err(bad(entry, "it is there twice"));
        }
        let Some(&deck) = self.decks.get(&dumped.deck) else {
            return Err(bad(entry, format!("there is no deck {}", dumped.deck)));
        };
        let note = dumped
            .fields
            .note(dumped.id, dumped.tags, dumped.source)
            .map_err(|why| bad(&entry, why))?;
        if note.kind() != dumped.kind {
            let (says, is) = (dumped.kind.word(), note.kind().word());
            return Err(bad(entry, format!("its kind is {says}, its fields are of a {is} note")));
        }
        let mut insert = self.db.prepare_cached(
            "INSERT INTO note (guid, deck, kind, file_id, fields, tags, origin, position, retired)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        insert.execute((
            dumped.guid,
            deck,
            dumped.kind,
            &note.id,
            json(&Fields::from(&note))?,
            json(&note.tags)?,
            &note.source,
            dumped.position,
            dumped.retired,
        ))?;
        let loaded = LoadedNote {
            row: self.db.last_insert_rowid(),
            deck,
            kind: dumped.kind,
            position: dumped.position,
            retired: dumped.retired,
        };
        self.notes.insert(dumped.guid, loaded);
        Ok(())
    }

    /// Puts a card, retired if its note is. Whether it is retired although its note is not.
    fn card(&mut self, card: &DumpedCard) -> Result<bool> {
        let entry = format!("card {}", card.card);
        if self.cards.contains_key(&card.card) {
            return Err(bad(entry, "it is there twice"));
        }
        let Some(&note) = self.notes.get(&card.note) else {
            return Err(bad(entry, format!("there is no note {}", card.note)));
        };
        let mut twin = self.db.prepare_cached("SELECT 1 FROM card WHERE note = ?1 AND key = ?2")?;
        if twin.exists((note.row, &card.key))? {
            let why = format!("its note has another card with the key {:?}", card.key);
            return Err(bad(entry, why));
        }
        let retired = card.retired && note.retired;
        NewCards::of(self.db)?.put(&NewCard {
            id: card.card,
            note: note.row,
            key: &card.key,
            position: card.position,
            retired,
            deck: note.deck,
            kind: note.kind,
            place: place(NO_FILE, note.position, Some(card.position)),
        })?;
        self.cards.insert(card.card, self.db.last_insert_rowid());
        Ok(card.retired && !note.retired)
    }

    fn event(&mut self, entry: &str, event: Event) -> Result<()> {
        if !self.events.insert(event.id) {
            return Err(bad(entry, "another event has its uuid"));
        }
        let Some(&card) = self.cards.get(&event.card) else {
            return Err(bad(entry, format!("there is no card {}", event.card)));
        };
        if !(-1440..=1440).contains(&event.utc_offset) {
            return Err(bad(entry, "its utc_offset is more than a day"));
        }
        let machine = self.machine(event.machine)?;
        insert_event(self.db, &event, card, machine)
    }

    fn machine(&mut self, machine: MachineId) -> Result<i64> {
        if let Some(&row) = self.machines.get(&machine) {
            return Ok(row);
        }
        let mut select = self.db.prepare_cached("SELECT id FROM machine WHERE uuid = ?1")?;
        let row = match select.query_row([machine], |row| row.get(0)).optional()? {
            Some(row) => row,
            None => {
                let mut insert =
                    self.db.prepare_cached("INSERT INTO machine (uuid, own) VALUES (?1, 0)")?;
                insert.execute([machine])?;
                self.db.last_insert_rowid()
            }
        };
        self.machines.insert(machine, row);
        Ok(row)
    }

    /// Refuses relinks that go in a circle: all cards in it would be retired.
    fn refuse_circles(&self) -> Result<()> {
        match circle(self.db)? {
            Some(card) => Err(bad(format!("card {card}"), "its relinks go in a circle")),
            None => Ok(()),
        }
    }

    /// Retires cards that are gone from their live notes; those that another card took over are
    /// retired by that alone.
    fn retire(&self, gone: &[i64]) -> Result<()> {
        let taken: HashSet<i64> = takeovers(self.db)?.into_iter().map(|(old, _)| old).collect();
        let mut update = self.db.prepare_cached("UPDATE card SET retired = 1 WHERE id = ?1")?;
        for card in gone.iter().filter(|card| !taken.contains(card)) {
            update.execute([card])?;
        }
        Ok(())
    }
}

fn text(json: Box<RawValue>) -> String {
    Box::<str>::from(json).into()
}

fn bad(entry: impl Display, why: impl Display) -> StoreError {
    StoreError::BadDump { entry: entry.to_string(), why: why.to_string() }
}
