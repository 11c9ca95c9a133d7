//! Events, read. They fold in order of (instant, uuid).

use super::cards::card_row;
use super::columns::{event, review_kind};
use super::{Result, Store, StoreError};
use crate::model::{
    CardId, Event, EventId, Grade, Instant, Interval, Mark, ReviewKind, StudyDay, What,
};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashMap;
use std::ops::Range;

/// An event, and whether it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEvent {
    /// The event.
    pub event: Event,
    /// Whether an undo revoked it.
    pub undone: bool,
}

/// A review that was not undone, as statistics count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The number of its card, as in [`CardRow`](super::CardRow); of the one that took it over,
    /// if one did.
    pub card: u32,
    /// When it was given.
    pub at: Instant,
    /// The study day it counts for.
    pub day: StudyDay,
    /// Minutes the local wall clock was ahead of UTC.
    pub utc_offset: i16,
    /// How well it was remembered.
    pub grade: Grade,
    /// In which role the card was asked.
    pub kind: ReviewKind,
    /// Answer time in milliseconds.
    pub ms: u32,
    /// The interval as scheduled when the card was asked.
    pub interval_before: Interval,
}

/// Where an event stands in the fold.
pub(super) type Moment = (Instant, EventId);

impl Store {
    /// The events of a card in fold order, those of the cards it took over included, and the
    /// undone ones.
    ///
    /// # Errors
    /// [`UnknownCard`](super::StoreError::UnknownCard) if there is no such card.
    pub fn history(&self, card: CardId) -> Result<Vec<PastEvent>> {
        self.snapshot(|db| events_of(db, card_row(db, card)?))
    }

    /// The study days that have a review that was not undone, oldest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn study_days(&self) -> Result<Vec<StudyDay>> {
        self.read(|db| {
            let mut select = db.prepare_cached(STUDY_DAYS)?;
            Ok(select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
        })
    }

    /// The newest study day after another one that has an answer which was not undone: if there is
    /// one after today, a clock is wrong, or was.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn newest_study_day_after(&self, day: StudyDay) -> Result<Option<StudyDay>> {
        self.read(|db| {
            let mut select = db.prepare_cached(NEWEST_DAY_AFTER)?;
            Ok(select.query_row([day], |row| row.get(0)).optional()?)
        })
    }

    /// The times of so many latest answers in milliseconds, oldest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn latest_answer_times(&self, count: usize) -> Result<Vec<u32>> {
        self.read(|db| {
            let mut select = db.prepare_cached(LATEST_TIMES)?;
            let times = select.query_map([count], |row| row.get(0))?;
            let mut times: Vec<u32> = times.collect::<Result<_, _>>()?;
            times.reverse();
            Ok(times)
        })
    }

    /// The answers of a study day that were not undone, in fold order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn answers_on(&self, day: StudyDay) -> Result<Vec<Answer>> {
        self.snapshot(|db| {
            let owners = live_owners(db)?;
            let mut select = db.prepare_cached(DAY)?;
            let mut rows = select.query([day])?;
            let mut answers = Vec::new();
            while let Some(row) = rows.next()? {
                answers.push(answer(row, &owners)?);
            }
            Ok(answers)
        })
    }
}

/// Reads reviews, piece by piece.
pub(super) struct Reader<'a> {
    db: &'a Connection,
    owners: HashMap<i64, i64>,
    /// The reviews that were undone, in fold order.
    undone: Vec<Moment>,
}

impl<'a> Reader<'a> {
    pub(super) fn of(db: &'a Connection) -> Result<Self> {
        Ok(Reader { db, owners: live_owners(db)?, undone: undone_reviews(db)? })
    }

    /// Hands over the reviews from one instant on and before another that were not undone, in fold
    /// order.
    pub(super) fn each(
        &self,
        between: Range<Instant>,
        visit: &mut dyn FnMut(Answer),
    ) -> Result<()> {
        let place = |at: Instant| self.undone.partition_point(|(undone, _)| *undone < at);
        let mut undone = self.undone[place(between.start)..place(between.end)].iter().peekable();
        let mut select = self.db.prepare_cached(match undone.peek() {
            // Without undos, which most histories have few of, no uuid is read.
            None => HISTORY,
            Some(_) => HISTORY_WITH_UUIDS,
        })?;
        let mut rows = select.query((between.start, between.end))?;
        while let Some(row) = rows.next()? {
            let answer = packed_answer(row, &self.owners)?;
            // Both are in fold order.
            if let Some(&&(at, uuid)) = undone.peek()
                && at == answer.at
                && uuid == row.get(3)?
            {
                undone.next();
                continue;
            }
            visit(answer);
        }
        Ok(())
    }
}

/// An answer from the three columns of `packed!`.
fn packed_answer(row: &Row<'_>, owners: &HashMap<i64, i64>) -> Result<Answer> {
    let (at, card_and_ms, rest): (i64, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let part = |from: u32, bits: u32| (rest >> from) & ((1 << bits) - 1);
    let unreadable = |part: &str| StoreError::Unreadable {
        what: "review",
        why: format!("its {part} is out of range ({rest:x})"),
    };
    Ok(Answer {
        card: owning_card(card_and_ms >> 32, owners)?,
        at: Instant::from_millis(at),
        day: i32::try_from(rest >> 34).map(StudyDay::from_number).map_err(|_| unreadable("day"))?,
        utc_offset: i16::try_from(part(22, 12) - 1440).map_err(|_| unreadable("offset"))?,
        grade: Grade::new(part(3, 3)).map_err(|_| unreadable("grade"))?,
        kind: review_kind(part(0, 3) as u8).ok_or_else(|| unreadable("kind"))?,
        ms: u32::try_from(card_and_ms & 0xffff_ffff).map_err(|_| unreadable("time"))?,
        interval_before: Interval::days(u64::try_from(part(6, 16)).unwrap_or(0)),
    })
}

fn owning_card(card: i64, owners: &HashMap<i64, i64>) -> Result<u32> {
    card_number(if owners.is_empty() { card } else { owner_of(owners, card) })
}

/// An answer from eight columns, of the card that has it now.
fn answer(row: &Row<'_>, owners: &HashMap<i64, i64>) -> Result<Answer> {
    Ok(Answer {
        card: owning_card(row.get(0)?, owners)?,
        at: row.get(1)?,
        day: row.get(2)?,
        utc_offset: row.get(3)?,
        grade: row.get(4)?,
        kind: row.get(5)?,
        ms: row.get(6)?,
        interval_before: row.get(7)?,
    })
}

/// The number of a card for whoever indexes arrays by it: that of its row, for rows are numbered
/// from 1 on and never go.
pub(super) fn card_number(row: i64) -> Result<u32> {
    u32::try_from(row)
        .map_err(|_| StoreError::Unreadable { what: "card", why: format!("it has number {row}") })
}

/// The events of a card and of those it took over, in fold order.
pub(super) fn events_of(db: &Connection, card: i64) -> Result<Vec<PastEvent>> {
    let mut select = db.prepare_cached(
        "SELECT uuid, card, at, day, utc_offset, machine, batch, origin,
                grade, review_kind, ms, interval_before, interval_after, mark_kind, value, undone
         FROM event WHERE card_row = ?1 ORDER BY at, uuid",
    )?;
    let mut events: Vec<PastEvent> = Vec::new();
    let mut cards = vec![card];
    let mut at = 0;
    while let Some(&card) = cards.get(at) {
        let known = events.len();
        let mut rows = select.query([card])?;
        while let Some(row) = rows.next()? {
            events.push(PastEvent { event: event(row, 0)?, undone: row.get(15)? });
        }
        for past in &events[known..] {
            if let What::Mark(Mark::Relink(old)) = past.event.what
                && !past.undone
            {
                let old = card_row(db, old)?;
                if !cards.contains(&old) {
                    cards.push(old);
                }
            }
        }
        at += 1;
    }
    events.sort_by_key(|past| moment(&past.event));
    Ok(events)
}

pub(super) fn moment(event: &Event) -> Moment {
    (event.at, event.id)
}

/// Where the last review of a history stands that was not undone.
pub(super) fn last_review(events: &[PastEvent]) -> Option<Moment> {
    let mut reviews =
        events.iter().filter(|past| !past.undone && matches!(past.event.what, What::Review(_)));
    reviews.next_back().map(|past| moment(&past.event))
}

/// From each card that was taken over to the cards that did so, oldest relink first.
pub(super) fn takeovers(db: &Connection) -> Result<Vec<(i64, i64)>> {
    let mut select = db.prepare_cached(TAKEOVERS)?;
    let takeovers = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(takeovers.collect::<Result<_, _>>()?)
}

pub(super) const DAY: &str = "
    SELECT card, at, day, utc_offset, grade, kind, ms, interval_before
    FROM review
    WHERE day = ?1
      AND NOT EXISTS (SELECT 1 FROM mark WHERE mark.kind = 7 AND mark.value = review.uuid)
    ORDER BY at, uuid";

/// A review in three numbers, for to fetch a column costs more than to pack it: a million reviews
/// are read in two thirds of the time. The checks of the table bound what stands in each place.
macro_rules! packed {
    () => {
        "at, card * 4294967296 + ms,
         (((day * 4096 + utc_offset + 1440) * 65536 + interval_before) * 8 + grade) * 8 + kind"
    };
}

pub(super) const HISTORY: &str =
    concat!("SELECT ", packed!(), " FROM review WHERE at >= ?1 AND at < ?2 ORDER BY at, uuid");

pub(super) const HISTORY_WITH_UUIDS: &str = concat!(
    "SELECT ",
    packed!(),
    ", uuid FROM review WHERE at >= ?1 AND at < ?2 ORDER BY at, uuid"
);

/// When the history begins and ends.
pub(super) const SPAN: &str = "
    SELECT (SELECT at FROM review ORDER BY at, uuid LIMIT 1),
           (SELECT at FROM review ORDER BY at DESC, uuid DESC LIMIT 1)";

pub(super) const LATEST_TIMES: &str = "SELECT ms FROM review ORDER BY at DESC, uuid DESC LIMIT ?1";

/// From each day the next: one look into the index a day, however many reviews it has.
pub(super) const STUDY_DAYS: &str = "
    WITH RECURSIVE study (day) AS (
        SELECT min(day) FROM review
        UNION ALL
        SELECT (SELECT min(review.day) FROM review WHERE review.day > study.day)
        FROM study WHERE study.day IS NOT NULL
    )
    SELECT day FROM study
    WHERE EXISTS (SELECT 1 FROM review
                  WHERE review.day = study.day
                    AND NOT EXISTS (SELECT 1 FROM mark
                                    WHERE mark.kind = 7 AND mark.value = review.uuid))
    ORDER BY day";

pub(super) const NEWEST_DAY_AFTER: &str = "
    SELECT day FROM review
    WHERE day > ?1
      AND NOT EXISTS (SELECT 1 FROM mark WHERE mark.kind = 7 AND mark.value = review.uuid)
    ORDER BY day DESC LIMIT 1";

/// The index is named, for SQLite would rather scan all marks than sort the few relinks.
pub(super) const TAKEOVERS: &str = "
    SELECT old.id, relink.card
    FROM mark AS relink INDEXED BY mark_relink
    CROSS JOIN card AS old ON old.public_id = relink.value
    WHERE relink.kind = 6
      AND NOT EXISTS (SELECT 1 FROM mark AS undo WHERE undo.kind = 7 AND undo.value = relink.uuid)
    ORDER BY relink.at, relink.uuid";

/// From each card that was taken over to the card that did so last.
pub(super) fn live_owners(db: &Connection) -> Result<HashMap<i64, i64>> {
    Ok(takeovers(db)?.into_iter().collect())
}

/// The card that has a card's events now: itself, if it was not taken over.
pub(super) fn owner_of(owners: &HashMap<i64, i64>, card: i64) -> i64 {
    let mut owner = card;
    // No chain is longer than the map, even if histories from two machines made a circle.
    for _ in 0..owners.len() {
        match owners.get(&owner) {
            Some(&next) => owner = next,
            None => break,
        }
    }
    owner
}

/// A card whose relinks lead back to it; `None` if there is none, as there should not be.
pub(super) fn circle(db: &Connection) -> Result<Option<CardId>> {
    let mut select = db.prepare_cached(
        "WITH RECURSIVE taken (card, by) AS (
             SELECT old.id, relink.card
             FROM mark AS relink JOIN card AS old ON old.public_id = relink.value
             WHERE relink.kind = 6
               AND NOT EXISTS (SELECT 1 FROM mark AS undo
                               WHERE undo.kind = 7 AND undo.value = relink.uuid)
         ), owner (card, by) AS (
             SELECT card, by FROM taken
             UNION
             SELECT owner.card, taken.by FROM owner JOIN taken ON taken.card = owner.by
         )
         SELECT public_id FROM owner JOIN card ON card.id = owner.card
         WHERE owner.card = owner.by LIMIT 1",
    )?;
    Ok(select.query_row([], |row| row.get(0)).optional()?)
}

/// Where the reviews stand that an undo revokes, in fold order.
fn undone_reviews(db: &Connection) -> Result<Vec<Moment>> {
    let mut select = db.prepare_cached(UNDONE)?;
    let undone = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(undone.collect::<Result<_, _>>()?)
}

/// An event may be revoked twice, by two machines.
pub(super) const UNDONE: &str = "
    SELECT DISTINCT review.at, review.uuid
    FROM mark CROSS JOIN review ON review.uuid = mark.value
    WHERE mark.kind = 7
    ORDER BY review.at, review.uuid";
