//! The state of cards: a fold of their events, cached in the card's own columns.

use super::columns::event;
use super::history::{events_of, takeovers};
use super::{Result, Store};
use crate::model::{CardId, EventId, Kind};
use crate::schedule::{CardState, Scheduler, fold};
use rusqlite::Connection;
use std::collections::{BTreeSet, HashMap};

impl Store {
    /// Drops every cached state and folds it anew from the events. Changes nothing, if all is
    /// well.
    ///
    /// # Errors
    /// If the database cannot be read or written.
    pub fn rebuild(&mut self) -> Result<()> {
        self.write(|db| rebuild(db))
    }
}

/// Puts a card without history: `public_id, note, key, position, retired, deck, kind, place`.
pub(super) fn insert_card(
    db: &Connection,
    (id, note, key, position, retired, deck, kind, place): (
        CardId,
        i64,
        &str,
        u32,
        bool,
        i64,
        Kind,
        i64,
    ),
) -> Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO card (public_id, note, key, position, retired, deck, kind, place,
                           interval, repetitions, lapses, memory, suspended, flag)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?;
    let new = CardState::NEW;
    insert.execute((
        id,
        note,
        key,
        position,
        retired,
        deck,
        kind,
        place,
        new.interval,
        new.repetitions,
        new.lapses,
        new.memory,
        new.suspended,
        new.flag,
    ))?;
    Ok(())
}

/// Folds cards anew, and those that took them over.
pub(super) fn refold(db: &Connection, cards: &BTreeSet<i64>) -> Result<()> {
    for card in with_owners(db, cards)? {
        let events = events_of(db, card)?;
        let newest = events.last().map(|past| past.event.id);
        let counted = events.iter().filter(|past| !past.undone).map(|past| &past.event);
        put_state(db, card, newest, &fold(Scheduler::default(), counted))?;
    }
    Ok(())
}

/// The cards, those that took them over, those that took these over, and so on.
fn with_owners(db: &Connection, cards: &BTreeSet<i64>) -> Result<BTreeSet<i64>> {
    let mut select = db.prepare_cached(
        "SELECT relink.card
         FROM mark AS relink
         WHERE relink.kind = 6 AND relink.value = (SELECT public_id FROM card WHERE id = ?1)
           AND NOT EXISTS (SELECT 1 FROM mark AS undo WHERE undo.kind = 7 AND undo.value = relink.uuid)",
    )?;
    let mut all = cards.clone();
    let mut ahead: Vec<i64> = cards.iter().copied().collect();
    while let Some(card) = ahead.pop() {
        for owner in select.query_map([card], |row| row.get(0))? {
            let owner = owner?;
            if all.insert(owner) {
                ahead.push(owner);
            }
        }
    }
    Ok(all)
}

/// Folds every card anew, in one pass over the history.
pub(super) fn rebuild(db: &Connection) -> Result<()> {
    let mut owners: HashMap<i64, BTreeSet<i64>> = HashMap::new();
    for (old, _) in takeovers(db)? {
        owners.insert(old, with_owners(db, &BTreeSet::from([old]))?);
    }
    let mut states: HashMap<i64, (Option<EventId>, CardState)> = HashMap::new();
    let mut select = db.prepare_cached("SELECT id FROM card")?;
    for card in select.query_map([], |row| row.get(0))? {
        states.insert(card?, (None, CardState::NEW));
    }
    let mut select = db.prepare_cached(
        "SELECT uuid, card, at, day, utc_offset, machine, batch, origin,
                grade, review_kind, ms, interval_before, interval_after, mark_kind, value,
                undone, card_row
         FROM event ORDER BY at, uuid",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let event = event(row, 0)?;
        let undone: bool = row.get(15)?;
        let card: i64 = row.get(16)?;
        let alone = BTreeSet::from([card]);
        for card in owners.get(&card).unwrap_or(&alone) {
            if let Some((newest, state)) = states.get_mut(card) {
                *newest = Some(event.id);
                if !undone {
                    *state = Scheduler::default().next(*state, &event);
                }
            }
        }
    }
    for (card, (newest, state)) in states {
        put_state(db, card, newest, &state)?;
    }
    Ok(())
}

fn put_state(db: &Connection, card: i64, newest: Option<EventId>, state: &CardState) -> Result<()> {
    let mut update = db.prepare_cached(
        "UPDATE card SET
             newest = ?2, due = ?3, interval = ?4, repetitions = ?5, lapses = ?6, memory = ?7,
             answered = ?8, was_due = ?9, asked = ?10, asked_before = ?11, drill = ?12,
             suspended = ?13, buried = ?14, flag = ?15,
             relinked = EXISTS (
                 SELECT 1 FROM mark AS relink
                 WHERE relink.kind = 6 AND relink.value = card.public_id
                   AND NOT EXISTS (SELECT 1 FROM mark AS undo
                                   WHERE undo.kind = 7 AND undo.value = relink.uuid))
         WHERE id = ?1",
    )?;
    update.execute((
        card,
        newest,
        state.due,
        state.interval,
        state.repetitions,
        state.lapses,
        state.memory,
        state.answered,
        state.was_due,
        state.asked[0],
        state.asked[1],
        state.drill,
        state.suspended,
        state.buried,
        state.flag,
    ))?;
    Ok(())
}
