//! What is in the files held against what is stored: which note continues which history.
//!
//! Pure: files' notes and stored notes in, [`Changes`] out. The rules are those of the design's
//! section 7, told for users in `docs/identity.md`. In order of certainty:
//!
//! 1. **The same note**, by id or by kind and question, in its own file, in its deck from a file
//!    that is gone, or on its way from another file of the deck; word for word, even to another
//!    deck; or in another dress (quotes, emphasis, white space, sides turned round).
//! 2. **The same answer**, where only one stored and one new note of the deck have it.
//! 3. **Similar text**, within its file or from a file that is gone.
//! 4. **A move** to another deck, by id or question.
//! 5. **A return** of a retired note.
//!
//! A stored note is used at most once. What a file has left over is new; what the store has left
//! over of these files is retired.

mod cards;
mod compare;
mod exact;
mod glyphs;
mod guids;
mod items;
mod lexicon;
mod pool;
mod reader;
mod search;
mod similar;
mod spelling;
mod veto;
mod words;

use crate::model::{Changes, DeckName, Difference, Guid, Note, NoteChange, PlacedNote, StoredNote};
use exact::{adrift, leaving, own, retired};
use guids::Guids;
use pool::Pool;

/// A deck file of this run: parsed, and not matched yet. A file that failed is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileNotes {
    /// Its path, as stored with the notes that came from it.
    pub path: String,
    /// The deck it declares.
    pub deck: DeckName,
    /// Its notes, in order.
    pub notes: Vec<Note>,
}

/// A known source that exists no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its path, as stored with the notes that came from it.
    pub path: String,
    /// Whether what no file claims of it is retired: it lies below a folder that was imported.
    pub retire: bool,
}

/// What the files change about what is stored.
///
/// `stored` are all notes of the files' paths and decks and of the `gone` sources, retired ones
/// included, and may be all notes there are. Those whose file is neither of this run nor gone
/// keep what they have: another file holds them, or it failed. `held` tells of guids that notes
/// not in `stored` have.
pub fn reconcile(
    files: Vec<FileNotes>,
    stored: &[StoredNote],
    gone: &[Gone],
    held: &dyn Fn(Guid) -> bool,
) -> Changes {
    let mut pool = Pool::new(&files, stored, gone);
    join_the_same(&mut pool);
    for candidates in [own, adrift] {
        exact::join_answers(&mut pool, candidates);
        search::join_similar(&mut pool, candidates);
    }
    exact::join_ids(&mut pool, leaving);
    exact::join_questions(&mut pool, leaving);
    exact::join_deck_ids(&mut pool, retired);
    exact::join_deck_questions(&mut pool, retired);
    exact::join_both_sides(&mut pool, retired);
    let (found, left) = pool.found();
    let mut changes = changes(files, stored, found, &mut Guids::new(stored, held));
    changes.notes.extend(left.into_iter().map(NoteChange::Retired));
    changes
}

fn join_the_same(pool: &mut Pool<'_>) {
    exact::join_untouched(pool);
    exact::join_own_ids(pool);
    exact::join_own_questions(pool);
    exact::join_deck_ids(pool, adrift);
    exact::join_deck_questions(pool, adrift);
    exact::join_deck_ids(pool, leaving);
    exact::join_deck_questions(pool, leaving);
    exact::join_both_sides(pool, leaving);
    for candidates in [own, adrift] {
        exact::join_dressed_questions(pool, candidates);
        exact::join_turned(pool, candidates);
    }
}

/// What becomes of the notes of the files, each with the stored one that it continues.
fn changes(
    files: Vec<FileNotes>,
    stored: &[StoredNote],
    found: Vec<Option<usize>>,
    guids: &mut Guids<'_>,
) -> Changes {
    let mut changes = Changes::default();
    let mut found = found.into_iter();
    for FileNotes { path, deck, notes } in files {
        for (note, position) in notes.into_iter().zip(0..) {
            let old = found.next().flatten().map(|old| &stored[old]);
            if old.is_some_and(|old| {
                is_in_place(old, &deck, &path, position)
                    && old.note == note
                    && cards::are_in_place(old)
            }) {
                changes.unchanged += 1;
                continue;
            }
            let (guid, cards) = match old {
                Some(old) => (old.guid, cards::cards_of_kept(old, &note)),
                None => {
                    let guid = guids.give(&deck, &note);
                    (guid, cards::cards_of_new(guid, &note))
                }
            };
            let how = old.map(|old| Difference {
                edited: old.note != note,
                moved: old.deck != deck || old.file.as_ref().is_some_and(|file| *file != path),
                revived: old.retired,
            });
            let (deck, file) = (deck.clone(), path.clone());
            let now = PlacedNote { guid, deck, file, position, note, cards };
            changes.notes.push(match how {
                Some(how) => NoteChange::Kept { now, how },
                None => NoteChange::New(now),
            });
        }
    }
    changes
}

/// Whether a stored note is live, and stands where the file has it.
fn is_in_place(old: &StoredNote, deck: &DeckName, path: &str, position: u32) -> bool {
    !old.retired
        && old.position == position
        && old.deck == *deck
        && old.file.as_deref() == Some(path)
}

#[cfg(test)]
mod sentences;
#[cfg(test)]
mod tests;
