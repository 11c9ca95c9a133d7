use super::*;
use crate::model::{Difference, StoredCard, StoredNote};
use std::ops::ControlFlow;

fn kept(now: PlacedNote) -> NoteChange {
    NoteChange::Kept { now, how: Difference::default() }
}

fn fronts_in_order(store: &Store) -> Vec<String> {
    let mut fronts = Vec::new();
    store.cards(None, &mut |card| fronts.push(card.note.body.question().to_owned())).unwrap();
    fronts
}

fn new_in_order(store: &Store, deck: &str) -> Vec<CardId> {
    let mut cards = Vec::new();
    store
        .new_candidates(row(store, deck), day(0), &mut |candidate| {
            cards.push(candidate.card);
            ControlFlow::Continue(())
        })
        .unwrap();
    cards
}

#[test]
fn a_note_comes_back_as_it_was_imported() {
    let mut store = Store::in_memory().unwrap();
    let file = file("a.yaml", "d");
    for (position, json) in (0..).zip([
        r#"{"front":"a","back":"b","reverse":true,"typed":true,"hint":"h","extra":"e"}"#,
        r#"{"cloze":"a {{b}} {{c::hint}}"}"#,
        r#"{"front":"l","list":["b","c"]}"#,
        r#"{"front":"s","set":["b","c"]}"#,
    ]) {
        let mut note = note(json);
        note.id = Some(format!("id {position}"));
        let placed = placed(&file, position, note.clone());
        let change = NoteChange::New(placed.clone());
        store.apply(&batch(vec![file.clone()], vec![change])).unwrap();

        assert!(store.is_held(placed.guid).unwrap());
        let stored = store.notes_for_matching(&["a.yaml"], &[]).unwrap();
        let cards = placed.cards.iter().map(|card| StoredCard {
            id: card.id,
            key: card.key.clone(),
            position: card.position.unwrap(),
            retired: false,
        });
        let expected = StoredNote {
            guid: placed.guid,
            deck: deck("d"),
            file: Some("a.yaml".into()),
            position,
            retired: false,
            note: note.clone(),
            cards: cards.collect(),
        };
        assert_eq!(stored.last(), Some(&expected));

        let record = store.card(placed.cards[1 % placed.cards.len()].id).unwrap().unwrap();
        assert_eq!(record.note, note);
        assert_eq!(record.candidate.kind, note.kind());
        assert_eq!(record.file.as_deref(), Some("a.yaml"));
        assert!(!record.retired && !record.relinked && record.newest.is_none());
    }
    assert!(!store.is_held(Guid::of("d", &["other"], 0)).unwrap());
}

#[test]
fn matching_is_offered_the_notes_of_the_files_and_decks_and_the_homeless() {
    let mut store = Store::in_memory().unwrap();
    import(&mut store, "a.yaml", "a", vec![basic("in the file")]);
    import(&mut store, "b.yaml", "b", vec![basic("in the deck")]);
    import(&mut store, "c.yaml", "c", vec![basic("elsewhere"), basic("retired")]);
    import(&mut store, "e.yaml", "e", vec![basic("without a file")]);
    let retired = Guid::of("c", &["retired"], 0);
    store.apply(&batch(vec![], vec![NoteChange::Retired(retired)])).unwrap();
    // As after the loading of an export, which knows no files.
    store.connection.execute("DELETE FROM source WHERE path = 'e.yaml'", []).unwrap();

    let found = store.notes_for_matching(&["a.yaml"], &[deck("b")]).unwrap();
    let questions: Vec<_> = found.iter().map(|note| note.note.body.question()).collect();
    assert_eq!(questions, ["in the file", "in the deck", "retired", "without a file"]);
    assert_eq!(found[3].file, None);
    assert!(found[2].retired && found[2].cards[0].retired);
    assert_eq!(store.notes_for_matching(&[""; 0], &[]).unwrap().len(), 2);
}

#[test]
fn deck_order_is_by_file_then_note_then_card() {
    let mut store = Store::in_memory().unwrap();
    let second = import(&mut store, "m.yaml", "d", vec![basic("m1"), basic("m2")]);
    let third = import(&mut store, "z.yaml", "d", vec![basic("z1")]);
    let list = note(r#"{"front":"a1","list":["one","two","three"]}"#);
    let first = import(&mut store, "a.yaml", "d", vec![list]);
    assert_eq!(new_in_order(&store, "d"), [&first[..], &second, &third].concat());

    let file = file("m.yaml", "d");
    let swapped = vec![kept(placed(&file, 1, basic("m1"))), kept(placed(&file, 0, basic("m2")))];
    store.apply(&batch(vec![file], swapped)).unwrap();
    assert_eq!(fronts_in_order(&store), ["a1", "a1", "a1", "m2", "m1", "z1"]);
}

#[test]
fn a_gone_file_is_forgotten_once_no_live_note_is_its() {
    let mut store = Store::in_memory().unwrap();
    import(&mut store, "a.yaml", "d", vec![basic("a1")]);
    let gone = ImportBatch { gone: vec!["a.yaml".into()], ..ImportBatch::default() };
    store.apply(&gone).unwrap();
    assert_eq!(store.sources().unwrap().len(), 1, "its note may come back with it");
    let changes = batch(vec![], vec![NoteChange::Retired(Guid::of("d", &["a1"], 0))]).changes;
    store.apply(&ImportBatch { changes, ..gone }).unwrap();
    assert!(store.sources().unwrap().is_empty());
}

#[test]
fn an_edited_note_keeps_its_schedule_and_its_gone_cards_are_retired() {
    let mut store = Store::in_memory().unwrap();
    let list = note(r#"{"front":"q","list":["one","two"]}"#);
    let cards = import(&mut store, "a.yaml", "d", vec![list]);
    answered(&mut store, cards[0], 4, 0);
    answered(&mut store, cards[1], 4, 0);
    let before = state(&store, cards[1]);

    let file = file("a.yaml", "d");
    let mut edited = placed(&file, 0, note(r#"{"front":"q","list":["zero","two"]}"#));
    edited.cards[1].id = cards[1];
    let gone = PlacedCard { id: cards[0], key: "one".into(), position: None };
    edited.cards.push(gone);
    let new = edited.cards[0].id;
    store.apply(&batch(vec![file.clone()], vec![kept(edited)])).unwrap();

    assert_eq!(state(&store, cards[1]), before);
    assert!(store.card(cards[0]).unwrap().unwrap().retired);
    assert_eq!(new_in_order(&store, "d"), [new]);
    assert_eq!(store.history(cards[0]).unwrap().len(), 1);
}

#[test]
fn a_retired_note_is_asked_no_more_and_comes_back_with_its_history() {
    let (mut store, cards) = store_with(&["a", "b"]);
    answered(&mut store, cards[0], 4, 0);
    let before = state(&store, cards[0]);
    let guid = Guid::of("one", &["a"], 0);
    store.apply(&batch(vec![], vec![NoteChange::Retired(guid)])).unwrap();
    assert!(due_cards(&store, 5, 5).is_empty());
    assert!(store.card(cards[0]).unwrap().unwrap().retired);

    let file = file("one.yaml", "one");
    store.apply(&batch(vec![file.clone()], vec![kept(placed(&file, 0, basic("a")))])).unwrap();
    assert_eq!(due_cards(&store, 5, 5)[0].card, cards[0]);
    assert_eq!(state(&store, cards[0]), before);
}

#[test]
fn a_note_moves_to_another_deck_with_its_cards() {
    let (mut store, cards) = store_with(&["a", "b"]);
    let file = file("two.yaml", "two");
    let mut moved = placed(&file, 0, basic("b"));
    moved.guid = Guid::of("one", &["b"], 0);
    moved.cards[0].id = cards[1];
    store.apply(&batch(vec![file], vec![kept(moved)])).unwrap();
    assert_eq!(new_in_order(&store, "two"), [cards[1]]);
    assert_eq!(new_in_order(&store, "one"), [cards[0]]);
    let record = store.card(cards[1]).unwrap().unwrap();
    assert_eq!((record.deck, record.file.as_deref()), (deck("two"), Some("two.yaml")));
}

#[test]
fn an_import_that_fails_changes_nothing() {
    let (mut store, _) = store_with(&["a"]);
    let before = exported(&store);
    let other = file("two.yaml", "two");
    let twice = vec![
        NoteChange::New(placed(&other, 0, basic("b"))),
        NoteChange::New(placed(&other, 1, basic("b"))),
    ];
    assert!(store.apply(&batch(vec![other], twice)).is_err());
    assert_eq!(exported(&store), before);
    assert_eq!(store.sources().unwrap().len(), 1);
}
