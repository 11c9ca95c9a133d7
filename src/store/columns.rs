//! How the words of the domain stand in columns, and rows become values.

use crate::model::{
    CardId, DeckName, DeckOptions, Ease, Event, EventId, Fields, Flag, Grade, Guid, Instant,
    Interval, Kind, MachineId, Mark, Note, Reschedule, Review, ReviewKind, StudyDay, What,
};
use crate::schedule::{Candidate, CardState, DeckRow, Memory, NoteRow};
use crate::store::{Result, StoreError};
use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, Value, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;

macro_rules! blob_columns {
    ($($name:ty),*) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(&self.as_bytes()[..]))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let bytes = value.as_blob()?.try_into();
                bytes.map(Self::from_bytes).map_err(|error| FromSqlError::Other(Box::new(error)))
            }
        }
    )*};
}

blob_columns!(CardId, EventId, Guid, MachineId);

macro_rules! number_columns {
    ($($name:ty: $number:ty, $to:expr, $from:expr;)*) => {$(
        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                let to: fn($name) -> $number = $to;
                Ok(ToSqlOutput::from(i64::from(to(*self))))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let number = value.as_i64()?;
                let from: fn($number) -> Option<$name> = $from;
                <$number>::try_from(number)
                    .ok()
                    .and_then(from)
                    .ok_or(FromSqlError::OutOfRange(number))
            }
        }
    )*};
}

number_columns! {
    Instant: i64, Instant::millis, |n| Some(Instant::from_millis(n));
    StudyDay: i32, StudyDay::number, |n| Some(StudyDay::from_number(n));
    Interval: u32, Interval::get, |n| Some(Interval::days(n.into()));
    Flag: u8, Flag::number, |n| Flag::new(n.into());
    Grade: u8, Grade::number, |n| Grade::new(n.into()).ok();
    DeckRow: i64, |row| row.0, |n| Some(DeckRow(n));
    NoteRow: i64, |row| row.0, |n| Some(NoteRow(n));
    Kind: u8, |kind| kind as u8, |n| {
        [Kind::Basic, Kind::Cloze, Kind::List, Kind::Set].get(usize::from(n)).copied()
    };
    ReviewKind: u8, |kind| kind as u8, review_kind;
}

/// The kind of a review from its number.
pub(super) fn review_kind(number: u8) -> Option<ReviewKind> {
    use ReviewKind::{Ahead, Cram, Drill, Learn, Review};
    [Learn, Review, Ahead, Drill, Cram].get(usize::from(number)).copied()
}

/// The ease, in hundredths: SM-2's whole memory.
impl ToSql for Memory {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.ease().hundredths()))
    }
}

impl FromSql for Memory {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Memory::Sm2 { ease: Ease::from_hundredths(value.as_i64()?) })
    }
}

impl ToSql for DeckName {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.as_str()))
    }
}

impl FromSql for DeckName {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(DeckName::trusted(value.as_str()?.to_owned()))
    }
}

/// A value as the JSON that a column holds.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Unreadable { what: "value", why: error.to_string() })
}

/// A value from the JSON that a column holds.
pub(super) fn from_json<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T> {
    serde_json::from_str(text)
        .map_err(|error| StoreError::Unreadable { what, why: error.to_string() })
}

/// A deck's options, `{}` if it sets none.
pub(super) fn options(text: &str) -> Result<DeckOptions> {
    from_json("deck's options", text)
}

/// A note from four columns: `fields, file_id, tags, origin`.
pub(super) fn note(row: &Row<'_>, at: usize) -> Result<Note> {
    let fields: Fields = from_json("note", row.get_ref(at)?.as_str().unwrap_or_default())?;
    let tags: Vec<String> =
        from_json("note's tags", row.get_ref(at + 2)?.as_str().unwrap_or_default())?;
    fields
        .note(row.get(at + 1)?, tags, row.get(at + 3)?)
        .map_err(|error| StoreError::Unreadable { what: "note", why: error.to_string() })
}

/// A state from thirteen columns: `due, interval, repetitions, lapses, memory, answered, was_due,
/// asked, asked_before, drill, suspended, buried, flag`.
pub(super) fn state(row: &Row<'_>, at: usize) -> rusqlite::Result<CardState> {
    Ok(CardState {
        due: row.get(at)?,
        interval: row.get(at + 1)?,
        repetitions: row.get(at + 2)?,
        lapses: row.get(at + 3)?,
        memory: row.get(at + 4)?,
        answered: row.get(at + 5)?,
        was_due: row.get(at + 6)?,
        asked: [row.get(at + 7)?, row.get(at + 8)?],
        drill: row.get(at + 9)?,
        suspended: row.get(at + 10)?,
        buried: row.get(at + 11)?,
        flag: row.get(at + 12)?,
    })
}

/// A candidate from eighteen columns: `public_id, note, deck, kind, position`, and the state's.
pub(super) fn candidate(row: &Row<'_>, at: usize) -> rusqlite::Result<Candidate> {
    Ok(Candidate {
        card: row.get(at)?,
        note: row.get(at + 1)?,
        deck: row.get(at + 2)?,
        kind: row.get(at + 3)?,
        position: row.get(at + 4)?,
        state: state(row, at + 5)?,
    })
}

/// An event from the fifteen columns `uuid, card, at, day, utc_offset, machine, batch, origin,
/// grade, review_kind, ms, interval_before, interval_after, mark_kind, value` of the view `event`.
pub(super) fn event(row: &Row<'_>, at: usize) -> Result<Event> {
    let what = match row.get::<_, Option<ReviewKind>>(at + 9)? {
        Some(kind) => What::Review(Review {
            grade: row.get(at + 8)?,
            kind,
            ms: row.get(at + 10)?,
            interval_before: row.get(at + 11)?,
            interval_after: row.get(at + 12)?,
        }),
        None => What::Mark(mark(row, at + 13)?),
    };
    Ok(Event {
        id: row.get(at)?,
        card: row.get(at + 1)?,
        at: row.get(at + 2)?,
        day: row.get(at + 3)?,
        utc_offset: row.get(at + 4)?,
        machine: row.get(at + 5)?,
        batch: row.get(at + 6)?,
        origin: row.get(at + 7)?,
        what,
    })
}

/// A mark from the columns `kind, value`.
pub(super) fn mark(row: &Row<'_>, at: usize) -> Result<Mark> {
    Ok(match row.get::<_, u8>(at)? {
        0 => Mark::Suspend,
        1 => Mark::Resume,
        2 => Mark::Bury(row.get(at + 1)?),
        3 => Mark::Flag(row.get(at + 1)?),
        4 => Mark::Reset,
        5 => {
            let to: String = row.get(at + 1)?;
            Mark::Reschedule(from_json::<Reschedule>("reschedule", &to)?)
        }
        6 => Mark::Relink(row.get(at + 1)?),
        7 => Mark::Undo(row.get(at + 1)?),
        other => {
            return Err(StoreError::Unreadable { what: "mark", why: format!("kind {other}") });
        }
    })
}

/// The columns `kind, value` of a mark.
pub(super) fn mark_columns(mark: Mark) -> Result<(u8, Value)> {
    Ok(match mark {
        Mark::Suspend => (0, Value::Null),
        Mark::Resume => (1, Value::Null),
        Mark::Bury(day) => (2, Value::Integer(day.number().into())),
        Mark::Flag(flag) => (3, Value::Integer(flag.number().into())),
        Mark::Reset => (4, Value::Null),
        Mark::Reschedule(to) => (5, Value::Text(json(&to)?)),
        Mark::Relink(old) => (6, Value::Blob(old.as_bytes().to_vec())),
        Mark::Undo(event) => (7, Value::Blob(event.as_bytes().to_vec())),
    })
}
