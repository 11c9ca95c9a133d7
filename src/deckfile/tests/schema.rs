//! The schema for editors says what the reader does.

use super::*;
use rules::{DECK_KEYS, NOTE_KEYS, OPTION_KEYS};
use serde_json::Value;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../decks/deck.schema.json")).unwrap()
}

#[test]
fn the_schema_has_the_readers_keys_each_with_words_about_it() {
    let schema = schema();
    for (place, keys) in [
        ("/properties", &DECK_KEYS[..]),
        ("/properties/options/properties", &OPTION_KEYS[..]),
        ("/definitions/note/properties", &NOTE_KEYS[..]),
    ] {
        let properties = schema.pointer(place).and_then(Value::as_object).unwrap();
        let mut expected = keys.to_vec();
        expected.sort_unstable();
        let mut found: Vec<_> = properties.keys().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, expected);
        for (key, value) in properties {
            assert!(value["title"].is_string() && value["description"].is_string(), "{key}");
        }
    }
}

#[test]
fn schema_and_reader_judge_alike() {
    let schema = jsonschema::validator_for(&schema()).unwrap();
    let notes = [
        (true, "{front: a, back: b}"),
        (true, "{front: 1.10, back: no, reverse: true, typed: false}"),
        (true, "{front: null, back: 007, hint: ~, extra: '', source: 1, tags: [1, true]}"),
        (true, "{id: 7, cloze: 'a {{b}}'}"),
        (true, "{front: a, list: [1, two], tags: }"),
        (true, "{front: a, set: [yes, no], reverse: false}"),
        (false, "{front: a}"),
        (false, "{back: a}"),
        (false, "{}"),
        (false, "text"),
        (false, "[front, back]"),
        (false, "{front: ' ', back: b}"),
        (false, "{front: a, back: ''}"),
        (false, "{front: [a], back: b}"),
        (false, "{front: a, back: {b: c}}"),
        (false, "{front: a, back: b, list: [c, d]}"),
        (false, "{front: a, list: [c, d], set: [c, d]}"),
        (false, "{front: a, cloze: '{{b}}'}"),
        (false, "{front: a, back: b, cloze: '{{b}}'}"),
        (false, "{cloze: no deletion}"),
        (false, "{front: a, list: [b]}"),
        (false, "{front: a, set: [b, '']}"),
        (false, "{front: a, list: b}"),
        (false, "{front: a, list: [b, c], reverse: true}"),
        (false, "{front: a, back: b, reverse: yes}"),
        (false, "{front: a, back: b, typed: 1}"),
        (false, "{front: a, back: b, id: ''}"),
        (false, "{front: a, back: b, tags: x}"),
        (false, "{front: a, back: b, tags: [' ']}"),
        (false, "{front: a, bakc: b}"),
        (false, "{front: a, back: b, hint: [x]}"),
    ];
    let notes = notes.map(|(good, note)| (good, format!("deck: d\ncards: [{note}]")));
    let decks = [
        (true, "deck: d\ncards: []"),
        (true, "deck: d\ncards:"),
        (true, "deck: 1.10\ntitle: 5\nsource: no\ntags: [1]\noptions:\ncards: []"),
        (true, "deck: d\noptions: {new_per_day: 0, reviews_per_day: 1000000}\ncards: []"),
        (true, "deck: d\noptions: {bury_siblings: false, leech_threshold: 8}\ncards: []"),
        (false, "deck: d"),
        (false, "cards: []"),
        (false, "deck: ''\ncards: []"),
        (false, "deck: [d]\ncards: []"),
        (false, "deck: d\ncards: x"),
        (false, "deck: d\ncards: {front: a, back: b}"),
        (false, "deck: d\nauthor: x\ncards: []"),
        (false, "deck: d\ntags: x\ncards: []"),
        (false, "deck: d\noptions: []\ncards: []"),
        (false, "deck: d\noptions: {new: 1}\ncards: []"),
        (false, "deck: d\noptions: {new_per_day: -1}\ncards: []"),
        (false, "deck: d\noptions: {new_per_day: 1.5}\ncards: []"),
        (false, "deck: d\noptions: {new_per_day: '1'}\ncards: []"),
        (false, "deck: d\noptions: {new_per_day: }\ncards: []"),
        (false, "deck: d\noptions: {leech_threshold: 1000001}\ncards: []"),
        (false, "deck: d\noptions: {bury_siblings: no}\ncards: []"),
    ];
    let decks = decks.map(|(good, deck)| (good, deck.to_owned()));
    for (good, text) in notes.into_iter().chain(decks) {
        let value: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(schema.is_valid(&value), good, "schema: {text}");
        assert_eq!(matches!(read(text.as_bytes()), Reading::Deck(_)), good, "reader: {text}");
    }
}
