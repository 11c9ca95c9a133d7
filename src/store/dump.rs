//! Everything there is, in the shape of `kata export --format json`.

use super::columns::{event, from_json, options};
use super::{Result, Store, StoreError};
use crate::model::{
    CardId, DeckName, DeckOptions, Ease, Event, EventId, Fields, Flag, Grade, Guid, Instant,
    Interval, Kind, MachineId, Mark, Reschedule, ReviewKind, StudyDay, What,
};
use crate::schedule::Memory;
use rusqlite::{Connection, Row};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Everything but the sources' paths. Decks are sorted by name, notes and cards by deck and
/// position, reviews and marks as they fold.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The words of design.md, section 2.
pub struct Dump {
    /// The version of the shape: 1.
    pub kata: u32,
    pub decks: Vec<DumpedDeck>,
    pub notes: Vec<DumpedNote>,
    pub cards: Vec<DumpedCard>,
    pub reviews: Vec<DumpedReview>,
    pub marks: Vec<DumpedMark>,
}

/// An entry of one of its lists, in their order.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum Dumped {
    Deck(DumpedDeck),
    Note(DumpedNote),
    Card(DumpedCard),
    Review(DumpedReview),
    Mark(DumpedMark),
}

impl Dumped {
    /// The names of the lists.
    pub const LISTS: [&str; 5] = ["decks", "notes", "cards", "reviews", "marks"];

    /// Which of the lists it is in.
    pub fn list(&self) -> usize {
        match self {
            Dumped::Deck(_) => 0,
            Dumped::Note(_) => 1,
            Dumped::Card(_) => 2,
            Dumped::Review(_) => 3,
            Dumped::Mark(_) => 4,
        }
    }
}

/// A deck.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DumpedDeck {
    pub name: DeckName,
    pub title: Option<String>,
    pub tags: Vec<String>,
    pub source: Option<String>,
    pub options: DeckOptions,
}

/// A note; tags and source are the effective ones.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DumpedNote {
    pub guid: Guid,
    pub deck: DeckName,
    pub kind: Kind,
    pub id: Option<String>,
    pub fields: Fields,
    pub tags: Vec<String>,
    pub source: Option<String>,
    pub position: u32,
    pub retired: bool,
}

/// A card. Its schedule is told for readers; a load folds it from the events.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DumpedCard {
    pub card: CardId,
    pub note: Guid,
    pub key: String,
    pub position: u32,
    pub repetitions: u32,
    pub interval: Interval,
    pub ease: Ease,
    pub lapses: u32,
    pub due: Option<StudyDay>,
    pub suspended: bool,
    pub buried: Option<StudyDay>,
    pub flag: Flag,
    /// Gone from its note or its note from its file, or taken over by another card.
    pub retired: bool,
}

/// A review.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DumpedReview {
    pub uuid: EventId,
    pub card: CardId,
    pub at: Instant,
    pub day: StudyDay,
    pub utc_offset: i16,
    pub machine: MachineId,
    pub batch: EventId,
    pub origin: Option<Box<RawValue>>,
    pub grade: Grade,
    pub kind: ReviewKind,
    pub ms: u32,
    pub interval_before: Interval,
    pub interval_after: Interval,
}

/// A mark.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DumpedMark {
    pub uuid: EventId,
    pub card: CardId,
    pub at: Instant,
    pub day: StudyDay,
    pub utc_offset: i16,
    pub machine: MachineId,
    pub batch: EventId,
    pub origin: Option<Box<RawValue>>,
    /// `suspend`, `resume`, `bury`, `flag`, `reset`, `reschedule`, `relink` or `undo`.
    pub kind: String,
    /// Of an undo the uuid that it revokes, of a relink a card id, of a bury a date, of a flag its
    /// number, of a reschedule an object; else null.
    pub value: Option<Box<RawValue>>,
}

impl Store {
    /// Everything but the sources' paths, as it is at one moment.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn dump(&self) -> Result<Dump> {
        let mut dump = Dump {
            kata: 1,
            decks: Vec::new(),
            notes: Vec::new(),
            cards: Vec::new(),
            reviews: Vec::new(),
            marks: Vec::new(),
        };
        self.each_dumped(&mut |entry| match entry {
            Dumped::Deck(deck) => dump.decks.push(deck),
            Dumped::Note(note) => dump.notes.push(note),
            Dumped::Card(card) => dump.cards.push(card),
            Dumped::Review(review) => dump.reviews.push(review),
            Dumped::Mark(mark) => dump.marks.push(mark),
        })?;
        Ok(dump)
    }

    /// Hands over the same, entry by entry: list by list, each in its order.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn each_dumped(&self, visit: &mut dyn FnMut(Dumped)) -> Result<()> {
        self.snapshot(|db| {
            decks(db, visit)?;
            notes(db, visit)?;
            cards(db, visit)?;
            events(db, visit)
        })
    }
}

fn decks(db: &Connection, visit: &mut dyn FnMut(Dumped)) -> Result<()> {
    let mut select =
        db.prepare_cached("SELECT name, title, tags, source, options FROM deck ORDER BY name")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        visit(Dumped::Deck(DumpedDeck {
            name: row.get(0)?,
            title: row.get(1)?,
            tags: from_json("deck's tags", &row.get::<_, String>(2)?)?,
            source: row.get(3)?,
            options: options(&row.get::<_, String>(4)?)?,
        }));
    }
    Ok(())
}

fn notes(db: &Connection, visit: &mut dyn FnMut(Dumped)) -> Result<()> {
    let mut select = db.prepare_cached(
        "SELECT guid, deck.name, kind, file_id, fields, note.tags, origin, position, retired
         FROM note JOIN deck ON deck.id = note.deck
         ORDER BY deck.name, position, guid",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        visit(Dumped::Note(DumpedNote {
            guid: row.get(0)?,
            deck: row.get(1)?,
            kind: row.get(2)?,
            id: row.get(3)?,
            fields: from_json("note", &row.get::<_, String>(4)?)?,
            tags: from_json("note's tags", &row.get::<_, String>(5)?)?,
            source: row.get(6)?,
            position: row.get(7)?,
            retired: row.get(8)?,
        }));
    }
    Ok(())
}

fn cards(db: &Connection, visit: &mut dyn FnMut(Dumped)) -> Result<()> {
    let mut select = db.prepare_cached(
        "SELECT public_id, guid, key, card.position, repetitions, interval, memory, lapses, due,
                suspended, buried, flag, card.retired = 1 OR relinked = 1
         FROM card
         JOIN note ON note.id = card.note
         JOIN deck ON deck.id = note.deck
         ORDER BY deck.name, note.position, guid, card.position, key",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        visit(Dumped::Card(DumpedCard {
            card: row.get(0)?,
            note: row.get(1)?,
            key: row.get(2)?,
            position: row.get(3)?,
            repetitions: row.get(4)?,
            interval: row.get(5)?,
            ease: row.get::<_, Memory>(6)?.ease(),
            lapses: row.get(7)?,
            due: row.get(8)?,
            suspended: row.get(9)?,
            buried: row.get(10)?,
            flag: row.get(11)?,
            retired: row.get(12)?,
        }));
    }
    Ok(())
}

/// Reviews as they are read; the marks, of which there are few, after them.
fn events(db: &Connection, visit: &mut dyn FnMut(Dumped)) -> Result<()> {
    let mut select = db.prepare_cached(
        "SELECT uuid, card, at, day, utc_offset, machine, batch, origin,
                grade, review_kind, ms, interval_before, interval_after, mark_kind, value
         FROM event ORDER BY at, uuid",
    )?;
    let mut rows = select.query([])?;
    let mut marks = Vec::new();
    while let Some(row) = rows.next()? {
        match dumped_event(row)? {
            Dumped::Mark(mark) => marks.push(mark),
            review => visit(review),
        }
    }
    marks.into_iter().map(Dumped::Mark).for_each(visit);
    Ok(())
}

fn dumped_event(row: &Row<'_>) -> Result<Dumped> {
    let Event { id: uuid, card, at, day, utc_offset, machine, batch, origin, what } =
        event(row, 0)?;
    let origin = origin.map(RawValue::from_string).transpose().map_err(unreadable)?;
    Ok(match what {
        What::Review(review) => Dumped::Review(DumpedReview {
            uuid,
            card,
            at,
            day,
            utc_offset,
            machine,
            batch,
            origin,
            grade: review.grade,
            kind: review.kind,
            ms: review.ms,
            interval_before: review.interval_before,
            interval_after: review.interval_after,
        }),
        What::Mark(mark) => Dumped::Mark(DumpedMark {
            uuid,
            card,
            at,
            day,
            utc_offset,
            machine,
            batch,
            origin,
            kind: mark.word().to_owned(),
            value: mark_value(mark).map_err(unreadable)?,
        }),
    })
}

fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::Unreadable { what: "event", why: error.to_string() }
}

fn mark_value(mark: Mark) -> serde_json::Result<Option<Box<RawValue>>> {
    let value = match mark {
        Mark::Suspend | Mark::Resume | Mark::Reset => return Ok(None),
        Mark::Bury(day) => serde_json::value::to_raw_value(&day),
        Mark::Flag(flag) => serde_json::value::to_raw_value(&flag),
        Mark::Reschedule(to) => serde_json::value::to_raw_value(&to),
        Mark::Relink(card) => serde_json::value::to_raw_value(&card),
        Mark::Undo(event) => serde_json::value::to_raw_value(&event),
    };
    value.map(Some)
}

impl DumpedMark {
    /// The mark that kind and value say; else why they say none.
    pub(super) fn mark(&self) -> Result<Mark, String> {
        let value = self.value.as_deref().map_or("null", RawValue::get);
        let mark = match self.kind.as_str() {
            "suspend" => self.without_value(Mark::Suspend)?,
            "resume" => self.without_value(Mark::Resume)?,
            "reset" => self.without_value(Mark::Reset)?,
            "bury" => Mark::Bury(read::<StudyDay>(value)?),
            "flag" => Mark::Flag(read::<Flag>(value)?),
            "reschedule" => Mark::Reschedule(read::<Reschedule>(value)?),
            "relink" => Mark::Relink(read::<CardId>(value)?),
            "undo" => Mark::Undo(read::<EventId>(value)?),
            other => return Err(format!("there is no mark {other:?}")),
        };
        Ok(mark)
    }

    fn without_value(&self, mark: Mark) -> Result<Mark, String> {
        match self.value {
            None => Ok(mark),
            Some(_) => Err(format!("the value of a {} is null", self.kind)),
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(value: &str) -> Result<T, String> {
    serde_json::from_str(value).map_err(|error| format!("its value does not read: {error}"))
}
