//! What may be asked. The hot path: `kata due` runs in a shell prompt, so what a queue reads of
//! due and new cards stands in an index of its own (`card_due`, `card_new`).

use super::columns::candidate;
use super::history::{Moment, live_owners, owner_of};
use super::{Result, Store};
use crate::model::{CardId, EventId, Flag, Instant, ReviewKind, StudyDay};
use crate::schedule::{Candidate, CardState, DeckRow, DueCard, NoteRow};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;

/// A card that was answered on a study day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AnsweredCard {
    /// The card; the one that took it over, if one did.
    pub card: CardId,
    /// Its note.
    pub note: NoteRow,
    /// Its deck now.
    pub deck: DeckRow,
    /// In which role it was asked.
    pub review: ReviewKind,
    /// Where its last answer in that role stands in the fold.
    pub last: (Instant, EventId),
}

impl Store {
    /// Shows the cards that may be asked on a study day and are due by `until`, in no particular
    /// order: neither retired, suspended nor buried. `until` is the day itself, or a later one for
    /// a review ahead.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn due_cards(
        &self,
        day: StudyDay,
        until: StudyDay,
        visit: &mut dyn FnMut(DueCard),
    ) -> Result<()> {
        self.read(|db| {
            let mut select = db.prepare_cached(DUE)?;
            let mut rows = select.query((day, until))?;
            while let Some(row) = rows.next()? {
                visit(DueCard {
                    card: row.get(0)?,
                    note: row.get(1)?,
                    deck: row.get(2)?,
                    kind: row.get(3)?,
                    position: row.get(4)?,
                    due: row.get(5)?,
                    interval: row.get(6)?,
                    answered: row.get(7)?,
                    drill: row.get(8)?,
                });
            }
            Ok(())
        })
    }

    /// Hands over the new cards of a deck, without those of the decks below it, that may be asked
    /// on a study day, in deck order, until it is told to stop. The callback may read from the
    /// store.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn new_candidates(
        &self,
        deck: DeckRow,
        day: StudyDay,
        visit: &mut dyn FnMut(Candidate) -> ControlFlow<()>,
    ) -> Result<()> {
        self.read(|db| {
            let mut select = db.prepare_cached(NEW)?;
            let mut rows = select.query((deck, day))?;
            while let Some(row) = rows.next()? {
                if visit(new_candidate(row)?).is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    /// The cards whose drill of a study day is to be passed yet, and that may be asked on it: the
    /// longest unasked first. Of the decks, or of all if none are named.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn drill_candidates(
        &self,
        day: StudyDay,
        decks: Option<&HashSet<DeckRow>>,
    ) -> Result<Vec<Candidate>> {
        self.snapshot(|db| {
            let mut select = db.prepare_cached(DRILL)?;
            let mut drills = Vec::new();
            let mut rows = select.query([day])?;
            while let Some(row) = rows.next()? {
                let candidate = candidate(row, 0)?;
                if decks.is_none_or(|wanted| wanted.contains(&candidate.deck)) {
                    drills.push((last_review(db, row.get(18)?)?, candidate));
                }
            }
            drills.sort_by_key(|&(last, candidate)| (last, candidate.card));
            Ok(drills.into_iter().map(|(_, candidate)| candidate).collect())
        })
    }

    /// Every card of a deck, without those of the decks below it, that is not retired: new, due or
    /// not, suspended or buried, in deck order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn all_candidates(&self, deck: DeckRow) -> Result<Vec<Candidate>> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "SELECT public_id, note, deck, kind, position,
                        due, interval, repetitions, lapses, memory, answered, was_due, asked, asked_before,
                        drill, suspended, buried, flag
                 FROM card
                 WHERE deck = ?1 AND retired = 0 AND relinked = 0
                 ORDER BY place, public_id",
            )?;
            select.query_and_then([deck], |row| Ok(candidate(row, 0)?))?.collect()
        })
    }

    /// The live cards of a note, suspended ones included.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn siblings(&self, note: NoteRow) -> Result<Vec<Candidate>> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "SELECT public_id, note, deck, kind, position,
                        due, interval, repetitions, lapses, memory, answered, was_due, asked, asked_before,
                        drill, suspended, buried, flag
                 FROM card
                 WHERE note = ?1 AND retired = 0 AND relinked = 0",
            )?;
            select.query_and_then([note], |row| Ok(candidate(row, 0)?))?.collect()
        })
    }

    /// The live notes that have a tag, whatever its case.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn notes_with_tag(&self, tag: &str) -> Result<HashSet<NoteRow>> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "SELECT note.id, tag.value
                 FROM note, json_each(note.tags) AS tag
                 WHERE note.retired = 0",
            )?;
            let wanted = tag.to_lowercase();
            let mut rows = select.query([])?;
            let mut notes = HashSet::new();
            while let Some(row) = rows.next()? {
                if row.get::<_, String>(1)?.to_lowercase() == wanted {
                    notes.insert(row.get(0)?);
                }
            }
            Ok(notes)
        })
    }

    /// The first day after this one on which cards come due, and how many; suspended and retired
    /// ones left out.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn next_due(&self, day: StudyDay) -> Result<Option<(StudyDay, u64)>> {
        self.read(|db| {
            let mut select = db.prepare_cached(NEXT_DUE)?;
            Ok(select.query_row([day], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
        })
    }

    /// On which days from one to another, both included, how many cards of each deck are due,
    /// those left out that are retired, suspended or buried on `today`.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn due_days(
        &self,
        today: StudyDay,
        from: StudyDay,
        to: StudyDay,
    ) -> Result<Vec<(StudyDay, DeckRow, u64)>> {
        self.read(|db| {
            let mut select = db.prepare_cached(DUE_DAYS)?;
            let days = select
                .query_map((today, from, to), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .collect::<Result<_, _>>()?;
            Ok(days)
        })
    }

    /// Whether there is a card that is not retired.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn has_cards(&self) -> Result<bool> {
        self.read(|db| {
            let sql = "SELECT 1 FROM card WHERE retired = 0 AND relinked = 0";
            Ok(db.prepare_cached(sql)?.exists([])?)
        })
    }

    /// What a study day's limits and siblings are counted from: the distinct cards that were asked
    /// on that day, in any role but `cram`, one entry for each role; undone answers are none.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn answered_on(&self, day: StudyDay) -> Result<Vec<AnsweredCard>> {
        self.snapshot(|db| {
            let mut select = db.prepare_cached(ANSWERED)?;
            let rows = select.query_map([day], |row| {
                Ok((row.get(0)?, row.get(1)?, (row.get(2)?, row.get(3)?)))
            })?;
            let rows: Vec<(i64, ReviewKind, Moment)> = rows.collect::<Result<_, _>>()?;
            // In the morning there are none, and nobody has to be looked up.
            if rows.is_empty() {
                return Ok(Vec::new());
            }
            let owners = live_owners(db)?;
            let mut answers: BTreeMap<(i64, ReviewKind), Moment> = BTreeMap::new();
            for (card, review, at) in rows {
                let last = answers.entry((owner_of(&owners, card), review)).or_insert(at);
                *last = at.max(*last);
            }
            let mut card =
                db.prepare_cached("SELECT public_id, note, deck FROM card WHERE id = ?1")?;
            let answered = answers.into_iter().map(|((row, review), last)| {
                Ok(card.query_row([row], |row| {
                    Ok(AnsweredCard {
                        card: row.get(0)?,
                        note: row.get(1)?,
                        deck: row.get(2)?,
                        review,
                        last,
                    })
                })?)
            });
            answered.collect()
        })
    }
}

pub(super) const DUE: &str = "
    SELECT public_id, note, deck, kind, position, due, interval, answered, drill
    FROM card
    WHERE due <= ?2 AND (buried IS NULL OR buried < ?1)
      AND retired = 0 AND relinked = 0 AND suspended = 0";

pub(super) const NEXT_DUE: &str = "
    SELECT due, count(*)
    FROM card
    WHERE due > ?1
      AND due IS NOT NULL AND retired = 0 AND relinked = 0 AND suspended = 0
    GROUP BY due
    ORDER BY due
    LIMIT 1";

pub(super) const DUE_ON: &str = "
    SELECT count(*)
    FROM card
    WHERE due = ?1
      AND due IS NOT NULL AND retired = 0 AND relinked = 0 AND suspended = 0";

pub(super) const DUE_DAYS: &str = "
    SELECT due, deck, count(*)
    FROM card
    WHERE due BETWEEN ?2 AND ?3 AND (buried IS NULL OR buried < ?1)
      AND due IS NOT NULL AND retired = 0 AND relinked = 0 AND suspended = 0
    GROUP BY due, deck";

pub(super) const NEW: &str = "
    SELECT public_id, note, deck, kind, position, asked, asked_before, buried, flag
    FROM card
    WHERE deck = ?1 AND (buried IS NULL OR buried < ?2)
      AND due IS NULL AND retired = 0 AND relinked = 0 AND suspended = 0
    ORDER BY place";

pub(super) const DRILL: &str = "
    SELECT public_id, note, deck, kind, position,
           due, interval, repetitions, lapses, memory, answered, was_due, asked, asked_before,
           drill, suspended, buried, flag, id
    FROM card
    WHERE drill = ?1 AND (buried IS NULL OR buried < ?1)
      AND retired = 0 AND relinked = 0 AND suspended = 0";

pub(super) const ANSWERED: &str = "
    SELECT card, kind, at, uuid
    FROM review
    WHERE day = ?1 AND kind <> 4
      AND NOT EXISTS (SELECT 1 FROM mark WHERE mark.kind = 7 AND mark.value = review.uuid)";

/// A new card from nine columns: of its state there is only what a reset leaves.
fn new_candidate(row: &Row<'_>) -> Result<Candidate> {
    Ok(Candidate {
        card: row.get(0)?,
        note: row.get(1)?,
        deck: row.get(2)?,
        kind: row.get(3)?,
        position: row.get(4)?,
        state: CardState {
            asked: [row.get(5)?, row.get(6)?],
            buried: row.get(7)?,
            flag: row.get::<_, Flag>(8)?,
            ..CardState::NEW
        },
    })
}

fn last_review(db: &Connection, card: i64) -> Result<Option<Moment>> {
    let events = super::history::events_of(db, card)?;
    Ok(super::history::last_review(&events))
}
