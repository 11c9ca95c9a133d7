//! Cards with their text, and their public ids.

use super::columns::{candidate, note};
use super::history::card_number;
use super::{Result, Store, StoreError};
use crate::model::{CardId, DeckName, Ease, EventId, Guid, IdPrefix, Interval, Note, StudyDay};
use crate::schedule::{Candidate, DeckRow, Memory, NoteRow};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashSet;

/// A card with all that is known of it but its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardRecord {
    /// The card, its place and its schedule.
    pub candidate: Candidate,
    /// Its note's text.
    pub note: Note,
    /// Its note's guid.
    pub guid: Guid,
    /// Its deck.
    pub deck: DeckName,
    /// What it was among its siblings when first seen.
    pub key: String,
    /// The deck file it came from last, if it came from one.
    pub file: Option<String>,
    /// Whether it has gone from its note, or its note from its file.
    pub retired: bool,
    /// Whether another card took its events over; it is as good as retired then.
    pub relinked: bool,
    /// The newest of its events, those it took over included: what an answer to it expects.
    pub newest: Option<EventId>,
}

/// A card without its text, as statistics count it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardRow {
    /// Its number in this database: small, for arrays are indexed by it.
    pub number: u32,
    /// The card.
    pub card: CardId,
    /// Its note.
    pub note: NoteRow,
    /// Its deck.
    pub deck: DeckRow,
    /// The day it is due; `None` if it is new.
    pub due: Option<StudyDay>,
    /// SM-2's I.
    pub interval: Interval,
    /// SM-2's E-Factor.
    pub ease: Ease,
    /// Reviews failed since its last reset.
    pub lapses: u32,
    /// Asked no more until it is resumed.
    pub suspended: bool,
    /// Whether it is asked no more: gone from its note or file, or taken over by another card.
    pub retired: bool,
}

/// The columns of [`record`], in its order.
macro_rules! record_columns {
    () => {
        "card.public_id, card.note, card.deck, card.kind, card.position,
         due, interval, repetitions, lapses, memory, answered, was_due, asked, asked_before,
         drill, suspended, buried, flag,
         note.fields, note.file_id, note.tags, note.origin,
         note.guid, deck.name, card.key, source.path, card.retired, relinked, newest"
    };
}

impl Store {
    /// A card, if it is known.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn card(&self, id: CardId) -> Result<Option<CardRecord>> {
        self.read(|db| {
            let mut select = db.prepare_cached(concat!(
                "SELECT ",
                record_columns!(),
                "
                 FROM card
                 JOIN note ON note.id = card.note
                 JOIN deck ON deck.id = card.deck
                 LEFT JOIN source ON source.id = note.source
                 WHERE card.public_id = ?1"
            ))?;
            let mut rows = select.query([id])?;
            rows.next()?.map(record).transpose()
        })
    }

    /// Hands over every card of the decks, or of all if none are named, retired ones included: by
    /// deck name, then in deck order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn cards(
        &self,
        decks: Option<&HashSet<DeckRow>>,
        visit: &mut dyn FnMut(CardRecord),
    ) -> Result<()> {
        self.read(|db| {
            let mut select = db.prepare_cached(concat!(
                "SELECT ",
                record_columns!(),
                "
                 FROM card
                 JOIN note ON note.id = card.note
                 JOIN deck ON deck.id = card.deck
                 LEFT JOIN source ON source.id = note.source
                 ORDER BY deck.name, place, public_id"
            ))?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                if decks.is_none_or(|wanted| row.get(2).is_ok_and(|deck| wanted.contains(&deck))) {
                    visit(record(row)?);
                }
            }
            Ok(())
        })
    }

    /// Hands over every card without its text, in no particular order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn card_rows(&self, visit: &mut dyn FnMut(CardRow)) -> Result<()> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "SELECT id, public_id, note, deck, due, interval, memory, lapses, suspended,
                        retired = 1 OR relinked = 1
                 FROM card",
            )?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                visit(CardRow {
                    number: card_number(row.get(0)?)?,
                    card: row.get(1)?,
                    note: row.get(2)?,
                    deck: row.get(3)?,
                    due: row.get(4)?,
                    interval: row.get(5)?,
                    ease: row.get::<_, Memory>(6)?.ease(),
                    lapses: row.get(7)?,
                    suspended: row.get(8)?,
                    retired: row.get(9)?,
                });
            }
            Ok(())
        })
    }

    /// The card whose id starts so.
    ///
    /// # Errors
    /// [`StoreError::UnknownCard`] if no id does, [`StoreError::Ambiguous`] if several do.
    pub fn find_card(&self, prefix: &IdPrefix) -> Result<CardId> {
        self.read(|db| {
            let mut select = db.prepare_cached(
                "SELECT public_id FROM card WHERE public_id BETWEEN ?1 AND ?2
                 ORDER BY public_id LIMIT 10",
            )?;
            let cards: Vec<CardId> =
                select.query_map(prefix.range(), |row| row.get(0))?.collect::<Result<_, _>>()?;
            match cards[..] {
                [] => Err(StoreError::UnknownCard { id: prefix.as_str().to_owned() }),
                [card] => Ok(card),
                _ => Err(StoreError::Ambiguous { prefix: prefix.clone(), cards }),
            }
        })
    }

    /// The shortest start of a card's id, of 8 characters or more, that no other card shares.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn short_id(&self, card: CardId) -> Result<String> {
        self.read(|db| {
            let neighbour = |sql| -> Result<Option<CardId>> {
                let mut select = db.prepare_cached(sql)?;
                Ok(select.query_row([card], |row| row.get(0)).optional()?)
            };
            let neighbours = [
                neighbour("SELECT public_id FROM card WHERE public_id < ?1 ORDER BY public_id DESC LIMIT 1")?,
                neighbour("SELECT public_id FROM card WHERE public_id > ?1 ORDER BY public_id LIMIT 1")?,
            ];
            let id = card.to_string();
            let shared = |other: CardId| {
                let other = other.to_string();
                id.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
            };
            let longest = neighbours.into_iter().flatten().map(shared).max().unwrap_or(0);
            let length = (longest + 1).clamp(IdPrefix::PUBLIC, id.len());
            Ok(id[..length].to_owned())
        })
    }
}

fn record(row: &Row<'_>) -> Result<CardRecord> {
    Ok(CardRecord {
        candidate: candidate(row, 0)?,
        note: note(row, 18)?,
        guid: row.get(22)?,
        deck: row.get(23)?,
        key: row.get(24)?,
        file: row.get(25)?,
        retired: row.get(26)?,
        relinked: row.get(27)?,
        newest: row.get(28)?,
    })
}

/// The row of a card.
///
/// # Errors
/// [`StoreError::UnknownCard`] if there is none.
pub(super) fn card_row(db: &Connection, card: CardId) -> Result<i64> {
    let mut select = db.prepare_cached("SELECT id FROM card WHERE public_id = ?1")?;
    let row = select.query_row([card], |row| row.get(0)).optional()?;
    row.ok_or_else(|| StoreError::UnknownCard { id: card.to_string() })
}
