//! Events, written; and undo, which is one more event.

use super::cache::{advance, refold};
use super::cards::card_row;
use super::columns::{event, mark_columns};
use super::{Result, Store, StoreError};
use crate::model::{CardId, Draft, Event, EventId, Instant, MachineId, Mark, Now, What};
use rusqlite::{Connection, OptionalExtension};
use std::collections::BTreeSet;

/// How far behind the newest event a clock may be, in milliseconds, to be taken for standing still.
const LITTLE_BEHIND: i64 = 60_000;

/// What an answer relies on: that the card's newest event is still the one it was shown with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Expected {
    /// The card.
    pub card: CardId,
    /// Its newest event when it was shown: [`CardRecord::newest`](super::CardRecord::newest).
    pub newest: Option<EventId>,
}

/// What an undo did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The events it revoked, in fold order.
    pub events: Vec<Event>,
    /// The undo marks it wrote, one for each.
    pub marks: Vec<Event>,
}

impl Store {
    /// Writes events, in this order, as one batch. Each event's instant is now, or a millisecond
    /// after the last of its card if the clock went back; where the clock is less than a minute
    /// behind the newest event of all, it is no earlier than that one. When this returns they are on disk, and
    /// the cards' states are what their histories fold to.
    ///
    /// # Errors
    /// [`StoreError::Stale`] if the card's newest event is not the expected one;
    /// [`StoreError::UnknownCard`]; for a relink [`StoreError::RelinkToItself`] and
    /// [`StoreError::RelinkCycle`]; [`StoreError::RescheduleNew`] for a new card rescheduled
    /// without an interval; [`StoreError::BareUndo`] for an undo, which [`undo`](Self::undo)
    /// writes. Nothing is written then.
    pub fn record(
        &mut self,
        now: Now,
        expected: Option<Expected>,
        drafts: &[Draft],
    ) -> Result<Vec<Event>> {
        self.write(|db| {
            if let Some(expected) = expected {
                check_fresh(db, expected)?;
            }
            let mut writer = Writer::new(db, now)?;
            for draft in drafts {
                let row = card_row(db, draft.card)?;
                check_sense(db, row, draft)?;
                writer.write(draft.card, row, draft.what)?;
            }
            Ok(writer.events)
        })
    }

    /// Revokes the newest event in fold order that is no undo and not revoked yet, with its whole
    /// batch; of `only` this batch, if one is given. `None` if there is nothing left to revoke.
    ///
    /// # Errors
    /// If the database cannot be written; nothing is then.
    pub fn undo(&mut self, now: Now, only: Option<EventId>) -> Result<Option<Undone>> {
        self.write(|db| {
            let Some(batch) = only.map_or_else(|| newest_batch(db), |batch| Ok(Some(batch)))?
            else {
                return Ok(None);
            };
            let events = revocable(db, batch)?;
            if events.is_empty() {
                return Ok(None);
            }
            let mut writer = Writer::new(db, now)?;
            for event in &events {
                let row = card_row(db, event.card)?;
                writer.write(event.card, row, What::Mark(Mark::Undo(event.id)))?;
                if let What::Mark(Mark::Relink(old)) = event.what {
                    refold(db, &BTreeSet::from([card_row(db, old)?]))?;
                }
            }
            Ok(Some(Undone { events, marks: writer.events }))
        })
    }
}

fn check_fresh(db: &Connection, expected: Expected) -> Result<()> {
    let mut select = db.prepare_cached("SELECT newest FROM card WHERE public_id = ?1")?;
    let newest: Option<Option<EventId>> =
        select.query_row([expected.card], |row| row.get(0)).optional()?;
    match newest {
        None => Err(StoreError::UnknownCard { id: expected.card.to_string() }),
        Some(newest) if newest == expected.newest => Ok(()),
        Some(_) => Err(StoreError::Stale { card: expected.card }),
    }
}

/// Refuses what a fold would have to skip.
fn check_sense(db: &Connection, row: i64, draft: &Draft) -> Result<()> {
    match draft.what {
        What::Mark(Mark::Relink(old)) => {
            if old == draft.card {
                return Err(StoreError::RelinkToItself { card: old });
            }
            if owns(db, card_row(db, old)?, row)? {
                return Err(StoreError::RelinkCycle { old, new: draft.card });
            }
            Ok(())
        }
        What::Mark(Mark::Reschedule(to)) if to.interval.is_none() => {
            let mut select = db.prepare_cached("SELECT due IS NULL FROM card WHERE id = ?1")?;
            match select.query_row([row], |row| row.get(0))? {
                true => Err(StoreError::RescheduleNew { card: draft.card }),
                false => Ok(()),
            }
        }
        What::Mark(Mark::Undo(event)) => Err(StoreError::BareUndo { event }),
        _ => Ok(()),
    }
}

/// Whether a card took over another's events, directly or not.
fn owns(db: &Connection, owner: i64, card: i64) -> Result<bool> {
    let mut select = db.prepare_cached(
        "WITH RECURSIVE taken (card) AS (
             SELECT ?1
             UNION
             SELECT old.id
             FROM taken
             JOIN mark AS relink ON relink.card = taken.card AND relink.kind = 6
             JOIN card AS old ON old.public_id = relink.value
             WHERE NOT EXISTS (SELECT 1 FROM mark AS undo
                               WHERE undo.kind = 7 AND undo.value = relink.uuid)
         )
         SELECT 1 FROM taken WHERE card = ?2",
    )?;
    Ok(select.exists([owner, card])?)
}

/// The batch of the newest event that can be revoked.
fn newest_batch(db: &Connection) -> Result<Option<EventId>> {
    let mut select = db.prepare_cached(NEWEST_BATCH)?;
    Ok(select.query_row([], |row| row.get(0)).optional()?)
}

pub(super) const NEWEST_BATCH: &str = "
    SELECT batch, at, uuid FROM review
    WHERE NOT EXISTS (SELECT 1 FROM mark AS undo WHERE undo.kind = 7 AND undo.value = review.uuid)
    UNION ALL
    SELECT batch, at, uuid FROM mark
    WHERE kind <> 7
      AND NOT EXISTS (SELECT 1 FROM mark AS undo WHERE undo.kind = 7 AND undo.value = mark.uuid)
    ORDER BY at DESC, uuid DESC
    LIMIT 1";

/// The events of a batch that are no undo and not revoked, in fold order.
fn revocable(db: &Connection, batch: EventId) -> Result<Vec<Event>> {
    let mut select = db.prepare_cached(BATCH)?;
    select.query_and_then([batch], |row| event(row, 0))?.collect()
}

pub(super) const BATCH: &str = "
    SELECT uuid, card, at, day, utc_offset, machine, batch, origin,
           grade, review_kind, ms, interval_before, interval_after, mark_kind, value
    FROM event
    WHERE (uuid = ?1 OR (batch = ?1 AND batch <> uuid))
      AND undone = 0 AND mark_kind IS NOT 7
    ORDER BY at, uuid";

/// Events on their way into the database, as one batch.
struct Writer<'a> {
    db: &'a Connection,
    now: Now,
    machine: (i64, MachineId),
    events: Vec<Event>,
}

impl<'a> Writer<'a> {
    fn new(db: &'a Connection, now: Now) -> Result<Self> {
        let machine = own_machine(db)?;
        Ok(Writer { db, now, machine, events: Vec::new() })
    }

    fn write(&mut self, card: CardId, row: i64, what: What) -> Result<()> {
        let at = self.instant(row)?;
        let id = EventId::fresh(at, newest_at(self.db, at)?, rand::random());
        let event = Event {
            id,
            card,
            at,
            day: self.now.day,
            utc_offset: self.now.utc_offset,
            machine: self.machine.1,
            batch: self.events.first().map_or(id, |first| first.id),
            origin: None,
            what,
        };
        insert_event(self.db, &event, row, self.machine.0)?;
        match what {
            What::Mark(Mark::Undo(_)) => refold(self.db, &BTreeSet::from([row]))?,
            What::Mark(Mark::Relink(old)) => {
                refold(self.db, &BTreeSet::from([row, card_row(self.db, old)?]))?;
            }
            _ => advance(self.db, row, &event)?,
        }
        self.events.push(event);
        Ok(())
    }

    /// Now, or just after what the card's history, with what it took over, ends with; and no
    /// earlier than the newest event of all if the clock is only a little behind it. A card that
    /// was answered twice in a millisecond, or a clock set right by a second, must not make an
    /// older event look newer to an undo.
    fn instant(&self, row: i64) -> Result<Instant> {
        let mut select = self.db.prepare_cached(
            "SELECT max(at) FROM (
                 SELECT at FROM review WHERE uuid = (SELECT newest FROM card WHERE id = ?1)
                 UNION ALL
                 SELECT at FROM mark WHERE uuid = (SELECT newest FROM card WHERE id = ?1))",
        )?;
        let last: Option<Instant> = select.query_row([row], |row| row.get(0))?;
        let own = last.map_or(self.now.at, |last| self.now.at.max(last.next()));
        let newest = newest_of_all(self.db)?
            .filter(|newest| newest.millis().saturating_sub(self.now.at.millis()) <= LITTLE_BEHIND);
        Ok(newest.map_or(own, |newest| own.max(newest)))
    }
}

/// The instant of the newest event.
fn newest_of_all(db: &Connection) -> Result<Option<Instant>> {
    let mut select = db.prepare_cached(
        "SELECT max(at) FROM (
             SELECT max(at) AS at FROM review
             UNION ALL
             SELECT max(at) FROM mark)",
    )?;
    Ok(select.query_row([], |row| row.get(0))?)
}

/// The largest uuid of the events of a millisecond.
fn newest_at(db: &Connection, at: Instant) -> Result<Option<EventId>> {
    let mut select = db.prepare_cached(
        "SELECT max(uuid) FROM (
             SELECT max(uuid) AS uuid FROM review WHERE at = ?1
             UNION ALL
             SELECT max(uuid) FROM mark WHERE at = ?1)",
    )?;
    Ok(select.query_row([at], |row| row.get(0))?)
}

/// Row and id of this database among those that wrote events, made with its first event.
pub(super) fn own_machine(db: &Connection) -> Result<(i64, MachineId)> {
    let mut select = db.prepare_cached("SELECT id, uuid FROM machine WHERE own = 1")?;
    let own = select.query_row([], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    if let Some(own) = own {
        return Ok(own);
    }
    let machine = MachineId::fresh(rand::random());
    db.prepare_cached("INSERT INTO machine (uuid, own) VALUES (?1, 1)")?.execute([machine])?;
    Ok((db.last_insert_rowid(), machine))
}

/// Puts an event; the rows are those of its card and machine.
pub(super) fn insert_event(db: &Connection, event: &Event, card: i64, machine: i64) -> Result<()> {
    match event.what {
        What::Review(review) => {
            let mut insert = db.prepare_cached(
                "INSERT INTO review (uuid, card, at, day, utc_offset, machine, batch, origin,
                                     grade, kind, ms, interval_before, interval_after)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?;
            insert.execute((
                event.id,
                card,
                event.at,
                event.day,
                event.utc_offset,
                machine,
                event.batch,
                &event.origin,
                review.grade,
                review.kind,
                review.ms,
                review.interval_before,
                review.interval_after,
            ))?;
        }
        What::Mark(mark) => {
            let (kind, value) = mark_columns(mark)?;
            let mut insert = db.prepare_cached(
                "INSERT INTO mark (uuid, card, at, day, utc_offset, machine, batch, origin,
                                   kind, value)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?;
            insert.execute((
                event.id,
                card,
                event.at,
                event.day,
                event.utc_offset,
                machine,
                event.batch,
                &event.origin,
                kind,
                value,
            ))?;
        }
    }
    Ok(())
}
