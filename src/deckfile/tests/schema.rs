//! The schema for editors says what the reader does.

use super::*;
use rules::{DECK_KEYS, NOTE_KEYS, OPTION_KEYS};
use serde_json::Value;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../decks/deck.schema.json")).unwrap()
}

/// Where the schema has the properties of a mapping, and the reader's keys of it.
const MAPPINGS: [(&str, &[&str]); 3] = [
    ("/properties", &DECK_KEYS),
    ("/properties/options/properties", &OPTION_KEYS),
    ("/definitions/note/properties", &NOTE_KEYS),
];

/// Every property of the schema, by its place.
fn properties(schema: &Value) -> Vec<(String, Value)> {
    let of_mapping = |place: &'static str| {
        let properties = schema.pointer(place).and_then(Value::as_object).unwrap();
        properties.iter().map(move |(key, value)| (format!("{place}/{key}"), value.clone()))
    };
    MAPPINGS.into_iter().flat_map(|(place, _)| of_mapping(place)).collect()
}

#[test]
fn the_schema_has_the_readers_keys() {
    let keys = MAPPINGS
        .into_iter()
        .flat_map(|(place, keys)| keys.iter().map(move |key| format!("{place}/{key}")));
    let mut expected: Vec<String> = keys.collect();
    let mut found: Vec<String> =
        properties(&schema()).into_iter().map(|(place, _)| place).collect();
    expected.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn an_editor_has_words_for_every_property() {
    let schema = schema();
    for (place, property) in properties(&schema) {
        let text = |key: &str| property[key].as_str().unwrap_or_default().to_owned();
        assert!(!text("title").is_empty() && text("description").ends_with('.'), "{place}");
        // Where an editor shows Markdown, it shows the same, and an example.
        let markdown = text("markdownDescription").replace('`', "");
        assert!(markdown.is_empty() || markdown.starts_with(&text("description")), "{place}");
        // An editor shows the words of what `allOf` names, if it has any, in place of these.
        for part in property["allOf"].as_array().into_iter().flatten() {
            let part = part["$ref"].as_str().unwrap().trim_start_matches('#');
            let part = schema.pointer(part).unwrap();
            assert!(part.get("title").or(part.get("description")).is_none(), "{place}");
        }
    }
}

#[test]
fn examples_of_the_schema_are_what_it_asks_for() {
    let schema = schema();
    for (place, mut property) in properties(&schema) {
        let examples = property.as_object_mut().unwrap().remove("examples");
        property["$schema"] = schema["$schema"].clone();
        property["definitions"] = schema["definitions"].clone();
        let property = jsonschema::validator_for(&property).unwrap();
        for example in examples.iter().filter_map(Value::as_array).flatten() {
            assert!(property.is_valid(example), "{place}: {example}");
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
        (true, "deck: ' .NET/a b/-c '\ncards: []"),
        (false, "deck: ..\ncards: []"),
        (false, "deck: a/./b\ncards: []"),
        (false, "deck: -a\ncards: []"),
        (false, "deck: a//b\ncards: []"),
        (false, "deck: /a\ncards: []"),
        (false, "deck: a/\ncards: []"),
        (false, "deck: a/ b\ncards: []"),
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
    let lengths = [(true, DeckName::LONGEST), (false, DeckName::LONGEST + 1)];
    let names = lengths.map(|(good, n)| (good, format!("deck: {}\ncards: []", "ä".repeat(n))));
    for (good, text) in notes.into_iter().chain(decks).chain(names) {
        let value: Value = serde_yaml::from_str(&text).unwrap();
        assert_eq!(schema.is_valid(&value), good, "schema: {text}");
        assert_eq!(matches!(read(text.as_bytes()), Reading::Deck(_)), good, "reader: {text}");
    }
}
