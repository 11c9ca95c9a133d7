use super::*;
use crate::model::{DeckOptions, Flag, Reschedule};

/// A database with one of everything.
fn everything() -> (Store, Vec<CardId>) {
    let mut store = Store::in_memory().unwrap();
    let head = FileRecord {
        title: Some("Title".into()),
        tags: vec!["tag".into()],
        options: Some(DeckOptions { new_per_day: Some(7), ..DeckOptions::default() }),
        ..file("a.yaml", "a/deck")
    };
    let mut with_id = basic("a \\u001b control");
    with_id.id = Some("id".into());
    with_id.source = None;
    let notes = [
        with_id,
        note(r#"{"cloze":"{{one}} {{two}}"}"#),
        note(r#"{"front":"q","list":["one","two"]}"#),
        basic("retired"),
    ];
    let notes: Vec<PlacedNote> =
        (0..).zip(notes).map(|(position, note)| placed(&head, position, note)).collect();
    let cards: Vec<CardId> =
        notes.iter().flat_map(|note| note.cards.iter().map(|card| card.id)).collect();
    store
        .apply(&batch(vec![head.clone()], notes.into_iter().map(NoteChange::New).collect()))
        .unwrap();
    answered(&mut store, cards[0], 3, 0);
    answered(&mut store, cards[0], 5, 0);
    let to = Reschedule { due: day(9), interval: None, ease: Some(2.36.into()), repetitions: None };
    for what in [
        Mark::Suspend,
        Mark::Resume,
        Mark::Bury(day(1)),
        Mark::Flag(Flag::new(2).unwrap()),
        Mark::Reschedule(to),
        Mark::Reset,
    ] {
        marked(&mut store, cards[0], what, 1);
    }
    marked(&mut store, cards[2], Mark::Relink(cards[1]), 2);
    store.undo(noon(2), None).unwrap();
    marked(&mut store, cards[2], Mark::Relink(cards[1]), 3);

    let mut list = placed(&head, 2, note(r#"{"front":"q","list":["one","three"]}"#));
    list.cards.push(PlacedCard { id: cards[4], key: "two".into(), position: None });
    let kept = NoteChange::Kept { now: list, how: crate::model::Difference::default() };
    let gone = NoteChange::Retired(Guid::of("a/deck", &["retired"], 0));
    store.apply(&batch(vec![head], vec![kept, gone])).unwrap();
    (store, cards)
}

fn load(json: &str) -> Result<Store> {
    let mut store = Store::in_memory().unwrap();
    store.load(serde_json::from_str(json).unwrap())?;
    Ok(store)
}

#[test]
fn an_export_comes_back_bit_for_bit() {
    let (store, cards) = everything();
    let dump = exported(&store);
    let copy = load(&dump).unwrap();
    assert_eq!(exported(&copy), dump);
    assert_eq!(cached(&copy), cached(&store));
    for card in cards {
        assert_eq!(copy.history(card).unwrap(), store.history(card).unwrap());
    }
}

#[test]
fn an_export_has_the_shape_that_is_promised() {
    let (store, cards) = everything();
    let dump: serde_json::Value = serde_json::from_str(&exported(&store)).unwrap();
    let text = exported(&store);
    let keys = |start: &str, keys: &[&str]| {
        let from = &text[text.find(start).unwrap()..];
        let mut at = 0;
        for key in keys {
            at +=
                from[at..].find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{start} {key}"));
        }
    };
    keys("{", &["kata", "decks", "notes", "cards", "reviews", "marks"]);
    keys("\"decks\"", &["name", "title", "tags", "source", "options"]);
    let note = ["guid", "deck", "kind", "id", "fields", "tags", "source", "position", "retired"];
    keys("\"notes\"", &note);
    let card = [
        "card",
        "note",
        "key",
        "position",
        "repetitions",
        "interval",
        "ease",
        "lapses",
        "due",
        "suspended",
        "buried",
        "flag",
        "retired",
    ];
    keys("\"cards\"", &card);
    let event = ["uuid", "card", "at", "day", "utc_offset", "machine", "batch", "origin"];
    keys("\"reviews\"", &event);
    keys("\"reviews\"", &["origin", "grade", "kind", "ms", "interval_before", "interval_after"]);
    keys("\"marks\"", &event);
    keys("\"marks\"", &["origin", "kind", "value"]);

    assert_eq!(dump["kata"], 1);
    assert_eq!(dump["decks"][0]["options"], serde_json::json!({"new_per_day": 7}));
    assert_eq!(dump["notes"][0]["fields"]["front"], "a \u{1b} control");
    assert_eq!(dump["notes"][1]["kind"], "cloze");
    let first = &dump["cards"][0];
    assert_eq!(first["card"], cards[0].to_string());
    assert_eq!(first["ease"], 2.5);
    assert_eq!(first["due"], serde_json::Value::Null);
    assert_eq!(first["buried"], "2026-11-24");
    assert_eq!(first["flag"], 2);
    let review = &dump["reviews"][0];
    assert_eq!((&review["kind"], &review["grade"]), (&"learn".into(), &3.into()));
    assert_eq!(
        (&review["at"], &review["day"]),
        (&"2026-11-23T12:00:00.000Z".into(), &"2026-11-23".into())
    );
    let marks = dump["marks"].as_array().unwrap();
    let value = |kind: &str| &marks.iter().find(|mark| mark["kind"] == kind).unwrap()["value"];
    assert_eq!(value("suspend"), &serde_json::Value::Null);
    assert_eq!(value("bury"), "2026-11-24");
    assert_eq!(value("flag"), 2);
    assert_eq!(value("reschedule"), &serde_json::json!({"due": "2026-12-02", "ease": 2.36}));
    assert_eq!(value("relink"), &cards[1].to_string());
    let relink = marks.iter().find(|mark| mark["kind"] == "relink").unwrap();
    assert_eq!(value("undo"), &relink["uuid"]);
    let retired: Vec<bool> = dump["cards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| card["retired"].as_bool().unwrap())
        .collect();
    assert_eq!(retired, [false, true, false, false, false, true, true]);
}

#[test]
fn an_imported_events_original_fields_stay_as_they_were() {
    let (store, cards) = everything();
    let origin = r#"{"z": 1.10, "a": [1e400, 0.1000000000000000055511151231257827]}"#;
    store
        .connection
        .execute(
            "INSERT INTO review
             SELECT randomblob(16), card, at, day, utc_offset, machine, batch, ?1, grade, kind, ms,
                    interval_before, interval_after
             FROM review LIMIT 1",
            [origin],
        )
        .unwrap();
    let mut store = store;
    store.rebuild().unwrap();
    let dump = exported(&store);
    assert!(dump.contains(&format!("\"origin\":{origin}")));
    let copy = load(&dump).unwrap();
    assert_eq!(exported(&copy), dump);
    assert_eq!(copy.history(cards[0]).unwrap(), store.history(cards[0]).unwrap());
}

#[test]
fn machines_stay_with_their_events_and_the_new_database_has_its_own() {
    let (mut store, cards) = everything();
    let mut copy = load(&exported(&store)).unwrap();
    let theirs = answered(&mut store, cards[0], 4, 3).machine;
    let own = answered(&mut copy, cards[0], 4, 3).machine;
    assert_ne!(own, theirs);
    assert_eq!(copy.history(cards[0]).unwrap()[0].event.machine, theirs);
}

#[test]
fn an_export_is_taken_into_an_empty_database_only() {
    let (mut store, _) = everything();
    let dump = exported(&store);
    let again = store.load(serde_json::from_str(&dump).unwrap()).unwrap_err();
    assert!(matches!(again, StoreError::NotEmpty { .. }));
    assert_eq!(exported(&store), dump);
}

#[test]
fn an_export_that_contradicts_itself_is_refused_with_the_entry_named() {
    let (store, cards) = everything();
    let dump: serde_json::Value = serde_json::from_str(&exported(&store)).unwrap();
    let other = CardId::from_bytes([9; 10]).to_string();
    let refused = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut bad = dump.clone();
        change(&mut bad);
        let mut store = Store::in_memory().unwrap();
        let error = store.load(serde_json::from_value(bad).unwrap()).unwrap_err();
        assert!(store.decks().unwrap().is_empty(), "nothing is written");
        match error {
            StoreError::BadDump { entry, why } => format!("{entry}: {why}"),
            other => panic!("{other}"),
        }
    };
    let twice = |list: &'static str| {
        move |dump: &mut serde_json::Value| {
            let first = dump[list][0].clone();
            dump[list].as_array_mut().unwrap().push(first);
        }
    };
    for list in ["decks", "notes", "cards"] {
        assert!(refused(&twice(list)).contains("twice"));
    }
    for list in ["reviews", "marks"] {
        assert!(refused(&twice(list)).contains("another event has its uuid"));
    }
    assert!(refused(&|dump| dump["kata"] = 2.into()).contains("version 1"));
    assert!(refused(&|dump| dump["notes"][0]["deck"] = "x".into()).contains("no deck x"));
    assert!(refused(&|dump| dump["notes"][0]["kind"] = "list".into()).contains("basic note"));
    assert!(refused(&|dump| dump["notes"][0]["fields"]["back"] = " ".into()).contains("empty"));
    assert!(refused(&|dump| dump["cards"][0]["note"] = other.clone().into()).contains("no note"));
    let key = dump["cards"][1]["key"].clone();
    assert!(refused(&|dump| dump["cards"][2]["key"] = key.clone()).contains("the key"));
    let unknown = refused(&|dump| dump["reviews"][1]["card"] = other.clone().into());
    assert_eq!(
        unknown,
        format!(
            "review {}: there is no card {other}",
            dump["reviews"][1]["uuid"].as_str().unwrap()
        )
    );
    let marks = dump["marks"].as_array().unwrap();
    let index = |kind: &str| marks.iter().position(|mark| mark["kind"] == kind).unwrap();
    let (flag, undo, relink) = (index("flag"), index("undo"), index("relink"));
    assert!(refused(&|dump| dump["marks"][flag]["value"] = 8.into()).contains("0 to 7"));
    assert!(refused(&|dump| dump["marks"][flag]["kind"] = "x".into()).contains("no mark"));
    assert!(refused(&|dump| dump["marks"][flag]["kind"] = "reset".into()).contains("null"));
    let nothing = "00000000-0000-7000-8000-000000000000";
    assert!(refused(&|dump| dump["marks"][undo]["value"] = nothing.into()).contains("no event"));
    let last = marks.iter().rposition(|mark| mark["kind"] == "relink").unwrap();
    assert!(last > relink);
    let itself = cards[2].to_string();
    let circle = refused(&|dump| dump["marks"][last]["value"] = itself.clone().into());
    assert!(circle.contains("circle"), "{circle}");
}
