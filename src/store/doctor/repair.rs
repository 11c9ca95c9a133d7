//! Mending what can be mended without losing an event.

use super::super::cache::rebuild;
use super::super::open::migrate_to_latest;
use crate::store::{Result, Store};
use rusqlite::Connection;
use std::collections::HashMap;

/// What a repair did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mended {
    /// Indices, triggers and views that were made anew, in words.
    pub schema: Vec<String>,
    /// Cards that said of their notes what these do not say.
    pub cards: u64,
    /// Cards whose cached state was not what their events fold to.
    pub states: u64,
}

/// A part of the schema that is not as it should be.
pub(super) struct Object {
    kind: String,
    name: String,
    sql: String,
    /// Whether there is one of this name.
    pub(super) is_there: bool,
}

impl Object {
    pub(super) fn told(&self) -> String {
        format!("the {} {}", self.kind, self.name)
    }

    /// A table holds what it holds: it is not made anew.
    fn can_be_made(&self) -> bool {
        self.kind != "table"
    }
}

impl Store {
    /// Mends what can be mended without losing an event, all or nothing: indices are built anew,
    /// lost triggers, indices and views made, cards put right by their notes and by their history.
    ///
    /// # Errors
    /// If something stands in its way. All is as it was then.
    pub fn repair(&mut self) -> Result<Mended> {
        self.write(|db| {
            let mut mended = Mended::default();
            for object in differing_objects(db)?.into_iter().filter(Object::can_be_made) {
                if object.is_there {
                    db.execute_batch(&drop_statement(&object))?;
                }
                db.execute_batch(&object.sql)?;
                mended.schema.push(object.told());
            }
            db.execute_batch("REINDEX")?;
            mended.cards = follow_notes(db)?;
            mended.states = rebuild(db)?;
            Ok(mended)
        })
    }
}

/// The kind and the name are those of a migration: no text of anybody else.
fn drop_statement(object: &Object) -> String {
    ["DROP", &object.kind, &object.name].join(" ")
}

fn follow_notes(db: &Connection) -> Result<u64> {
    let changed = db.execute(
        "UPDATE card SET deck = note.deck, kind = note.kind, retired = max(card.retired, note.retired)
         FROM note
         WHERE note.id = card.note
           AND (card.deck <> note.deck OR card.kind <> note.kind OR card.retired < note.retired)",
        [],
    )?;
    Ok(changed as u64)
}

/// The parts of the schema that are missing or another than the migrations make them. Indices that
/// SQLite makes by itself go with their tables.
pub(super) fn differing_objects(db: &Connection) -> Result<Vec<Object>> {
    let mut fresh = Connection::open_in_memory()?;
    migrate_to_latest(&mut fresh)?;
    let found: HashMap<String, String> =
        objects(db)?.into_iter().map(|(_, name, sql)| (name, sql)).collect();
    let wanted = objects(&fresh)?.into_iter();
    let differing = wanted.filter(|(_, name, sql)| found.get(name) != Some(sql));
    let differing = differing.map(|(kind, name, sql)| {
        let is_there = found.contains_key(&name);
        Object { kind, name, sql, is_there }
    });
    Ok(differing.collect())
}

fn objects(db: &Connection) -> Result<Vec<(String, String, String)>> {
    let mut select = db.prepare(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
         ORDER BY rowid",
    )?;
    let objects = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(objects.collect::<Result<_, _>>()?)
}
