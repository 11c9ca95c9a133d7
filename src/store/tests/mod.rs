//! What a store promises, on databases in memory and in files.

mod ahead;
mod answers;
mod backups;
mod decks;
mod dump;
mod events;
mod files;
mod import;
mod plans;
mod queue;
mod relinks;
mod replay;
mod update;

use super::*;
use crate::model::{
    CardId, Changes, DeckName, Draft, Event, Fields, Grade, Guid, Instant, Mark, Note, NoteChange,
    Now, PlacedCard, PlacedNote, Review, StudyDay, What,
};
use crate::schedule::{CardState, DeckRow, DueCard, Scheduler};

/// The first study day of these tests: 2026-11-23.
const FIRST: i32 = 20_780;

/// What a queue of a study day reads of cards that are due until another.
fn due_cards(store: &Store, on: i32, until: i32) -> Vec<DueCard> {
    let mut cards = Vec::new();
    store.due_cards(day(on), day(until), &mut |card| cards.push(card)).unwrap();
    cards
}

fn day(number: i32) -> StudyDay {
    StudyDay::from_number(FIRST + number)
}

/// Noon of a study day, counted from the first.
fn noon(number: i32) -> Now {
    let at = Instant::from_millis(i64::from(FIRST + number) * 86_400_000 + 43_200_000);
    Now { at, day: day(number), utc_offset: 60 }
}

fn deck(name: &str) -> DeckName {
    name.parse().unwrap()
}

fn note(json: &str) -> Note {
    let fields: Fields = serde_json::from_str(json).unwrap();
    fields.note(None, vec!["tag".to_owned()], Some("Source".to_owned())).unwrap()
}

fn basic(front: &str) -> Note {
    note(&format!(r#"{{"front":"{front}","back":"the back of {front}"}}"#))
}

/// A note of a file, with a card for each of its facets.
fn placed(file: &FileRecord, position: u32, note: Note) -> PlacedNote {
    let guid = Guid::of(file.deck.as_str(), &[note.body.question()], 0);
    let cards = note.facets().into_iter().map(|facet| PlacedCard {
        id: CardId::of(guid, &facet.text),
        key: facet.text,
        position: Some(facet.position),
    });
    let cards = cards.collect();
    PlacedNote { guid, deck: file.deck.clone(), file: file.path.clone(), position, note, cards }
}

fn file(path: &str, deck_name: &str) -> FileRecord {
    FileRecord {
        path: path.to_owned(),
        deck: deck(deck_name),
        title: None,
        tags: vec![],
        source: None,
        options: None,
        size: 10,
        mtime: 20,
        hash: vec![1, 2, 3],
    }
}

fn batch(files: Vec<FileRecord>, notes: Vec<NoteChange>) -> ImportBatch {
    let changes = Changes { notes, unchanged: 0 };
    ImportBatch { files, changes, ..ImportBatch::default() }
}

/// Imports notes as a new file of a deck; their cards.
fn import(store: &mut Store, path: &str, deck_name: &str, notes: Vec<Note>) -> Vec<CardId> {
    let file = file(path, deck_name);
    let notes: Vec<PlacedNote> =
        (0..).zip(notes).map(|(position, note)| placed(&file, position, note)).collect();
    let cards = notes.iter().flat_map(|note| note.cards.iter().map(|card| card.id)).collect();
    store.apply(&batch(vec![file], notes.into_iter().map(NoteChange::New).collect())).unwrap();
    cards
}

/// A store with one deck of basic notes; their cards in deck order.
fn store_with(fronts: &[&str]) -> (Store, Vec<CardId>) {
    let mut store = Store::in_memory().unwrap();
    let notes = fronts.iter().map(|front| basic(front)).collect();
    let cards = import(&mut store, "one.yaml", "one", notes);
    (store, cards)
}

fn state(store: &Store, card: CardId) -> CardState {
    store.card(card).unwrap().unwrap().candidate.state
}

fn answer(store: &Store, card: CardId, grade: i64, on: i32) -> Draft {
    let grade = Grade::new(grade).unwrap();
    let review = {
        let state = state(store, card);
        Scheduler::Sm2.answer(&state, state.phase(day(on)), grade, day(on), 1000)
    };
    Draft { card, what: What::Review(review) }
}

/// Answers a card at noon of a day.
fn answered(store: &mut Store, card: CardId, grade: i64, on: i32) -> Event {
    let draft = answer(store, card, grade, on);
    store.record(noon(on), None, &[draft]).unwrap().remove(0)
}

fn mark(card: CardId, mark: Mark) -> Draft {
    Draft { card, what: What::Mark(mark) }
}

fn marked(store: &mut Store, card: CardId, what: Mark, on: i32) -> Event {
    store.record(noon(on), None, &[mark(card, what)]).unwrap().remove(0)
}

/// The row of the deck of a name.
fn row(store: &Store, name: &str) -> DeckRow {
    store.decks().unwrap().iter().find(|deck| deck.name.as_str() == name).unwrap().row
}

/// The card of a number.
fn owner(store: &Store, number: u32) -> CardId {
    let mut found = None;
    store
        .card_rows(&mut |card| found = found.or((card.number == number).then_some(card.card)))
        .unwrap();
    found.unwrap()
}

/// Every cached column of every card.
fn cached(store: &Store) -> Vec<String> {
    let mut select = store
        .connection
        .prepare(
            "SELECT format('%s new=%s due=%s I=%s n=%s l=%s m=%s ans=%s a=%s b=%s d=%s s=%s b=%s f=%s r=%s',
                           hex(public_id), hex(newest), due, interval, repetitions, lapses, memory,
                           answered, asked, asked_before, drill, suspended, buried, flag, relinked)
             FROM card ORDER BY public_id",
        )
        .unwrap();
    let rows = select.query_map([], |row| row.get(0)).unwrap();
    rows.collect::<rusqlite::Result<_>>().unwrap()
}

fn exported(store: &Store) -> String {
    serde_json::to_string(&store.dump().unwrap()).unwrap()
}

fn review(draft: &Draft) -> Review {
    match draft.what {
        What::Review(review) => review,
        What::Mark(_) => panic!("a draft of a review"),
    }
}
