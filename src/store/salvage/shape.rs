//! Which table a record is of: each has a number of columns that no other has.

use super::cells::Cell;
use rusqlite::types::Value;

/// A row of a table, ready to be put.
#[derive(Debug)]
pub(super) enum Row {
    Machine(Vec<Value>),
    Deck(Vec<Value>),
    Source(Vec<Value>),
    Note(Vec<Value>),
    Card(Vec<Value>),
    Review(Vec<Value>),
    Mark(Vec<Value>),
}

/// What an index tells of a row.
#[derive(Debug)]
pub(super) enum Entry {
    /// The uuid of an event, and its card where the index has it.
    Event { uuid: Vec<u8>, card: Option<i64> },
    /// The note and the key of a card.
    Key { card: i64, note: i64, key: String },
    /// What the queues know of a card.
    Queued { card: i64, note: i64, deck: i64, id: Vec<u8> },
    /// The id of a card, or the guid of a note.
    Id { row: i64, id: Vec<u8> },
}

/// The row that a cell is, as the columns of its table come.
pub(super) fn row(cell: Cell) -> Option<Row> {
    let Cell { row, mut values } = cell;
    match row {
        Some(row) => {
            let kind = match values.len() {
                3 => Row::Machine,
                6 => Row::Deck,
                11 => Row::Note,
                12 => Row::Source,
                24 => Row::Card,
                _ => return None,
            };
            // The number of a row is not in its record.
            if values[0] != Value::Null {
                return None;
            }
            values[0] = Value::Integer(row);
            // What is behind is cached.
            if values.len() == 24 {
                values.truncate(9);
            }
            Some(kind(values))
        }
        None => match (values.len(), &values[..]) {
            (13, [Value::Integer(_), Value::Blob(_), ..]) => Some(Row::Review(values)),
            (10, [Value::Integer(_), Value::Blob(_), ..]) => Some(Row::Mark(values)),
            _ => None,
        },
    }
}

/// What a cell of an index tells.
pub(super) fn entry(cell: &Cell) -> Option<Entry> {
    use Value::{Blob, Integer, Text};
    if cell.row.is_some() {
        return None;
    }
    Some(match &cell.values[..] {
        // The numbers of machines are small, instants are not.
        [Blob(uuid), Integer(at)] if uuid.len() == 16 && *at > 1 << 32 => {
            Entry::Event { uuid: uuid.clone(), card: None }
        }
        [Blob(id), Integer(row)] if id.len() == 10 => Entry::Id { row: *row, id: id.clone() },
        [Integer(card), Integer(_), Blob(uuid)] if uuid.len() == 16 => {
            Entry::Event { uuid: uuid.clone(), card: Some(*card) }
        }
        [Integer(note), Text(key), Integer(card)] => {
            Entry::Key { card: *card, note: *note, key: key.clone() }
        }
        // card_due: due, deck, note, public_id, …; the first schema's has seven columns more.
        [Integer(_), Integer(deck), Integer(note), Blob(id), .., Integer(card)]
            if matches!(cell.values.len(), 14 | 21) && id.len() == 10 =>
        {
            Entry::Queued { card: *card, note: *note, deck: *deck, id: id.clone() }
        }
        // card_new: deck, place, public_id, note, …
        [Integer(deck), Integer(_), Blob(id), Integer(note), .., Integer(card)]
            if cell.values.len() == 15 && id.len() == 10 =>
        {
            Entry::Queued { card: *card, note: *note, deck: *deck, id: id.clone() }
        }
        _ => return None,
    })
}
