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
use pool::{NewNote, Pool, Standing};

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
    files: &[FileNotes],
    stored: &[StoredNote],
    gone: &[Gone],
    held: &dyn Fn(Guid) -> bool,
) -> Changes {
    let mut pool = Pool::new(files, stored, gone);
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
    changes(&pool, &mut Guids::new(stored, held))
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

fn changes(pool: &Pool<'_>, guids: &mut Guids<'_>) -> Changes {
    let mut changes = Changes::default();
    for (i, new) in pool.new.iter().enumerate() {
        let file = &pool.files[new.file];
        let place = |guid, cards| PlacedNote {
            guid,
            deck: file.deck.clone(),
            file: file.path.clone(),
            position: new.position,
            note: new.note.clone(),
            cards,
        };
        let Some(old) = pool.found[i].map(|old| &pool.stored[old]) else {
            let guid = guids.give(&file.deck, new.note);
            changes.notes.push(NoteChange::New(place(guid, cards::cards_of_new(guid, new.note))));
            continue;
        };
        if is_untouched(old, new, file) {
            changes.unchanged += 1;
            continue;
        }
        let how = Difference {
            edited: old.note != *new.note,
            moved: old.deck != file.deck
                || old.file.as_ref().is_some_and(|path| *path != file.path),
            revived: old.retired,
        };
        let cards = cards::cards_of_kept(old, new.note);
        changes.notes.push(NoteChange::Kept { now: place(old.guid, cards), how });
    }
    let left = pool.standing.iter().zip(&pool.taken).zip(pool.stored);
    let leaves = left.filter(|((standing, taken), _)| {
        let gone = matches!(standing, Standing::Own(_) | Standing::Adrift { retire: true, .. });
        gone && !**taken
    });
    changes.notes.extend(leaves.map(|(_, stored)| NoteChange::Retired(stored.guid)));
    changes
}

/// Whether the note and its cards are stored just as the file has them.
fn is_untouched(old: &StoredNote, new: &NewNote<'_>, file: &FileNotes) -> bool {
    !old.retired
        && old.position == new.position
        && old.deck == file.deck
        && old.file.as_ref() == Some(&file.path)
        && old.note == *new.note
        && cards::are_in_place(old)
}

#[cfg(test)]
mod sentences;
#[cfg(test)]
mod tests;
