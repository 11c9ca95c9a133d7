//! Notes put into a deck file as text: what is there stays as it is, byte for byte.

use super::bytes::{self, BYTE_ORDER_MARK};
use super::diagnostic::Diagnostic;
use super::lines::Lines;
use super::rules::within;
use super::scalar::on_one_line;
use super::{DeckFile, Reading, layout, read};
use crate::model::{DeckName, Note};
use std::borrow::Cow;
use thiserror::Error;

/// A deck file with notes appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    /// What the file is to be.
    pub bytes: Vec<u8>,
    /// The line in which the first of the new notes starts.
    pub line: usize,
}

/// Why notes are not appended.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CannotAppend {
    /// It is no deck file, or one with errors.
    #[error("the file has errors")]
    Faulty(Vec<Diagnostic>),
    /// The list of notes has no end that can be told, as that of an alias.
    #[error("its `cards` are laid out in a way that kata cannot add to")]
    Layout,
    /// The file would not say what it said before, and the new notes.
    #[error("with the new note it would not read as it should")]
    Misread,
}

/// The text of a deck file that has no notes yet.
pub fn begin(deck: &DeckName) -> String {
    format!("deck: {}\ncards:\n", on_one_line(deck.as_str(), false))
}

/// The deck file that notes can be appended to: as it is read, or, where only the key `cards` is
/// missing, with that.
///
/// # Errors
/// All that is wrong with it, in order of place.
pub fn read_to_append(bytes: &[u8]) -> Result<DeckFile, Vec<Diagnostic>> {
    opened(bytes).map(|(_, file)| file)
}

/// Appends notes to the `cards` of a deck file, in the manner of those that are there. The new
/// text is the old one with a piece inserted; it has been read, and says what the old one did and
/// the new notes. Their tags and source are their own, to which the deck's are joined.
///
/// Comments after the last note that are indented deeper than the key `cards` stay with the notes
/// before; others stay with what follows.
///
/// # Errors
/// See [`CannotAppend`].
pub fn append(bytes: &[u8], notes: &[Note]) -> Result<Appended, CannotAppend> {
    let (text, before) = opened(bytes).map_err(CannotAppend::Faulty)?;
    let (at, inserted) = layout::insertion(&text, notes).ok_or(CannotAppend::Layout)?;
    let after = spliced(&text, at, &inserted);
    let first = at + inserted.find(|c: char| !c.is_whitespace() && c != ',').unwrap_or(0);
    let line = Lines::of(&after).place(&after, first).line;
    let mark = if bytes.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK } else { b"" };
    let bytes = [mark, after.as_bytes()].concat();
    match read(&bytes) {
        Reading::Deck(now) if now == with_notes(before, notes) => Ok(Appended { bytes, line }),
        _ => Err(CannotAppend::Misread),
    }
}

/// The text that notes go into, without its byte order mark, and what it says.
fn opened(bytes: &[u8]) -> Result<(Cow<'_, str>, DeckFile), Vec<Diagnostic>> {
    let text = bytes::text(bytes).map_err(|fault| vec![*fault])?;
    let why = match read(bytes) {
        Reading::Deck(file) => return Ok((text.into(), file)),
        Reading::NotADeck(why) | Reading::Faulty(why) => why,
    };
    let begun = layout::key_insertion(text).map(|(at, key)| spliced(text, at, &key));
    match begun.map(|text| (read(text.as_bytes()), text)) {
        Some((Reading::Deck(file), text)) => Ok((text.into(), file)),
        _ => Err(why),
    }
}

fn spliced(text: &str, at: usize, inserted: &str) -> String {
    let (start, end) = text.split_at(at);
    [start, inserted, end].concat()
}

fn with_notes(mut file: DeckFile, notes: &[Note]) -> DeckFile {
    let new: Vec<Note> = notes.iter().map(|note| within(note.clone(), &file)).collect();
    file.notes.extend(new);
    file
}
