//! Events, read. They fold in order of (instant, uuid).

use super::cards::card_row;
use super::columns::event;
use super::{Result, Store};
use crate::model::{CardId, Event, EventId, Instant, Mark, Review, StudyDay, What};
use crate::schedule::DeckRow;
use rusqlite::{Connection, Row};
use std::collections::{HashMap, HashSet};

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
    /// The card; the one that took it over, if one did.
    pub card: CardId,
    /// That card's deck now.
    pub deck: DeckRow,
    /// When it was given.
    pub at: Instant,
    /// The study day it counts for.
    pub day: StudyDay,
    /// The answer.
    pub review: Review,
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
            let mut card = db.prepare_cached("SELECT public_id, deck FROM card WHERE id = ?1")?;
            let mut select = db.prepare_cached(DAY)?;
            let mut rows = select.query([day])?;
            let mut answers = Vec::new();
            while let Some(row) = rows.next()? {
                let owner = owner_of(&owners, row.get(0)?);
                let owner = card.query_row([owner], |card| Ok((card.get(0)?, card.get(1)?)))?;
                answers.push(answer(row, owner)?);
            }
            Ok(answers)
        })
    }

    /// Hands over every review that was not undone, of cards that are in the decks, or in any if
    /// none are named, in fold order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn each_answer(
        &self,
        decks: Option<&HashSet<DeckRow>>,
        visit: &mut dyn FnMut(Answer),
    ) -> Result<()> {
        self.snapshot(|db| {
            let cards = cards_by_row(db)?;
            let undone = undone_events(db)?;
            let mut select = db.prepare_cached(
                "SELECT card, at, day, grade, kind, ms, interval_before, interval_after, uuid
                 FROM review ORDER BY at, uuid",
            )?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                if !undone.is_empty() && undone.contains(&row.get(8)?) {
                    continue;
                }
                let Some(&owner) = cards.get(&row.get(0)?) else { continue };
                if decks.is_some_and(|wanted| !wanted.contains(&owner.1)) {
                    continue;
                }
                visit(answer(row, owner)?);
            }
            Ok(())
        })
    }
}

/// An answer from eight columns, of the card that has it now and its deck.
fn answer(row: &Row<'_>, (card, deck): (CardId, DeckRow)) -> Result<Answer> {
    Ok(Answer {
        card,
        deck,
        at: row.get(1)?,
        day: row.get(2)?,
        review: Review {
            grade: row.get(3)?,
            kind: row.get(4)?,
            ms: row.get(5)?,
            interval_before: row.get(6)?,
            interval_after: row.get(7)?,
        },
    })
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
    SELECT card, at, day, grade, kind, ms, interval_before, interval_after
    FROM review
    WHERE day = ?1
      AND NOT EXISTS (SELECT 1 FROM mark WHERE mark.kind = 7 AND mark.value = review.uuid)
    ORDER BY at, uuid";

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

/// Every event that an undo revokes.
pub(super) fn undone_events(db: &Connection) -> Result<HashSet<EventId>> {
    let mut select = db.prepare_cached("SELECT value FROM mark WHERE kind = 7")?;
    let undone = select.query_map([], |row| row.get(0))?;
    Ok(undone.collect::<Result<_, _>>()?)
}

/// From each card's row to the id and deck of the card that has its events now.
fn cards_by_row(db: &Connection) -> Result<HashMap<i64, (CardId, DeckRow)>> {
    let mut select = db.prepare_cached("SELECT id, public_id, deck FROM card")?;
    let own: HashMap<i64, (CardId, DeckRow)> = select
        .query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?
        .collect::<Result<_, _>>()?;
    let owners = live_owners(db)?;
    let mut cards = own.clone();
    for &old in owners.keys() {
        if let Some(&owner) = own.get(&owner_of(&owners, old)) {
            cards.insert(old, owner);
        }
    }
    Ok(cards)
}
