//! The promises over generated texts, and over the corpus of the fuzzers.

use super::*;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};
use std::path::Path;

type Promise = fn(&[u8]);

const ALL: [(&str, Promise); 5] = [
    ("deck_file", deck_file),
    ("markdown", markdown),
    ("protocol", protocol),
    ("query", query),
    ("export", export),
];

/// The published package is without `fuzz`: there is nothing to replay then.
#[test]
fn what_the_fuzzers_found_worth_keeping_holds() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    if !fuzz.exists() {
        return;
    }
    for (name, promise) in ALL {
        let folder = fuzz.join("corpus").join(name);
        let files: Vec<_> = folder.read_dir().unwrap().map(|file| file.unwrap().path()).collect();
        assert!(!files.is_empty(), "no file in {}", folder.display());
        for file in files {
            eprintln!("{}", file.display());
            promise(&std::fs::read(&file).unwrap());
        }
    }
}

/// Texts of these pieces, now and then with any character between them.
fn made_of(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..most).prop_map(|pieces| pieces.concat())
}

/// A deck file after some cuts and insertions.
fn edited_deck() -> impl Strategy<Value = Vec<u8>> {
    let edit = (any::<Index>(), 0..40_usize, select(YAML));
    prop::collection::vec(edit, 0..6).prop_map(|edits| {
        let mut bytes = DECK.as_bytes().to_vec();
        for (at, removed, piece) in edits {
            let at = at.index(bytes.len() + 1);
            let end = (at + removed).min(bytes.len());
            bytes.splice(at..end, piece.bytes());
        }
        bytes
    })
}

/// Lines that are requests, or nearly.
fn requests() -> impl Strategy<Value = String> {
    let value = select(vec![
        json!(0),
        json!(3),
        json!(5),
        json!(6),
        json!(-1),
        json!(1.5),
        json!(u64::MAX),
        json!(true),
        json!(null),
        json!("a"),
        json!("\u{1b}"),
        json!([]),
        json!({}),
    ]);
    let verb = select(
        &[
            "reveal", "grade", "undo", "bury", "suspend", "skip", "flag", "drills", "reload",
            "quit", "Grade", "",
        ][..],
    );
    let good = select(
        &[
            r#"{"do":"reveal"}"#,
            r#"{"do":"reveal","typed":"a"}"#,
            r#"{"do":"grade","grade":1,"ms":10}"#,
            r#"{"do":"grade","grade":4}"#,
            r#"{"do":"undo"}"#,
            r#"{"do":"bury"}"#,
            r#"{"do":"suspend"}"#,
            r#"{"do":"skip"}"#,
            r#"{"do":"flag","flag":2}"#,
            r#"{"do":"drills","only":true}"#,
            r#"{"do":"reload"}"#,
        ][..],
    );
    let key = select(&["grade", "ms", "typed", "flag", "only", "other"][..]);
    let odd = (verb, prop::collection::vec((key, value), 0..3)).prop_map(|(verb, pairs)| {
        let mut request = json!({ "do": verb });
        for (key, value) in pairs {
            request[key] = value;
        }
        request.to_string()
    });
    let line = prop_oneof![6 => good.prop_map(str::to_owned), 2 => odd, 1 => any::<String>()];
    prop::collection::vec(line, 0..30).prop_map(|lines| lines.join("\n"))
}

/// An export in which some values are others, or gone, or twice there.
fn edited_export() -> impl Strategy<Value = Value> {
    let other = select(vec![
        json!(null),
        json!(0),
        json!(1),
        json!(-1),
        json!(1.3),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(""),
        json!("x"),
        json!("2026-11-24"),
        json!("9999-12-31"),
        json!([]),
        json!({}),
        json!(true),
        json!("undo"),
        json!("relink"),
        json!("suspend"),
    ]);
    let edit = (any::<Index>(), any::<Index>(), 0..4_u8, other);
    prop::collection::vec(edit, 0..4).prop_map(|edits| {
        let mut export: Value = serde_json::from_str(EXPORT).unwrap();
        for (at, from, how, other) in edits {
            let mut places = Vec::new();
            list_places(&export, &mut String::new(), &mut places);
            let from = export.pointer(&places[from.index(places.len())]).cloned();
            let place = export.pointer_mut(&places[at.index(places.len())]).unwrap();
            match (how, place) {
                (0, Value::Array(items)) => drop(items.pop()),
                (1, Value::Array(items)) => items.extend(items.first().cloned()),
                (2, place) => *place = from.unwrap(),
                (_, place) => *place = other,
            }
        }
        export
    })
}

fn list_places(value: &Value, at: &mut String, places: &mut Vec<String>) {
    places.push(at.clone());
    let length = at.len();
    let keys: Vec<(String, &Value)> = match value {
        Value::Object(map) => map.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => {
            (0..).zip(items).map(|(n, v): (u32, _)| (n.to_string(), v)).collect()
        }
        _ => return,
    };
    for (key, value) in keys {
        at.push('/');
        at.push_str(&key);
        list_places(value, at, places);
        at.truncate(length);
    }
}

proptest! {
    #[test]
    fn deck_files_are_read_or_refused(
        edited in edited_deck(),
        pieces in made_of(YAML, 30),
        bytes: Vec<u8>,
    ) {
        deck_file(&edited);
        deck_file(pieces.as_bytes());
        deck_file(&bytes);
    }

    #[test]
    fn markdown_keeps_to_its_sheet(text in made_of(MARKDOWN, 40)) {
        markdown(text.as_bytes());
    }

    #[test]
    fn requests_are_answered(lines in requests(), bytes: Vec<u8>) {
        protocol(lines.as_bytes());
        protocol(&bytes);
    }

    #[test]
    fn queries_read_as_they_are_written(text in made_of(QUERY, 12)) {
        query(text.as_bytes());
    }

    #[test]
    fn exports_are_loaded_or_refused(edited in edited_export()) {
        export(edited.to_string().as_bytes());
    }
}

#[test]
fn the_export_that_is_edited_is_one_that_loads() {
    let dump = serde_json::from_str(EXPORT).unwrap();
    crate::store::Store::in_memory().unwrap().load(dump).unwrap();
}

const EXPORT: &str = include_str!("tests/export.json");

const DECK: &str = include_str!("tests/deck.yaml");

const YAML: &[&str] = &[
    "deck: d\n",
    "title: T\n",
    "tags: [a, b]\n",
    "options: {new_per_day: 10}\n",
    "cards:\n",
    "- front: a\n  back: b\n",
    "  - front: a\n    list: [x, y]\n",
    "- cloze: '{{a::b}} c'\n",
    "  typed: true\n",
    "  back: |-\n    x\n\n    y\n",
    "- {front: f, back: 007}",
    "'",
    "\"",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    ", ",
    ": ",
    " #",
    "- ",
    "\n",
    "\r\n",
    "\n  ",
    "\t",
    "&a ",
    "*a",
    "!!str ",
    "|\n",
    ">-\n",
    "? ",
    "<<: ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "\u{feff}",
    "\u{85}",
    "\u{1b}",
    "\0",
    "~",
    "\\x",
    "改善",
];

const MARKDOWN: &[&str] = &[
    "word ",
    "\n",
    "\n\n",
    "\n- ",
    "\n  - ",
    "\n1. ",
    "\n> ",
    "\n# ",
    "\n```rust\n",
    "\n```\n",
    "\n    ",
    "\n|a|b|\n|-|-|\n",
    "|",
    "*",
    "**",
    "`",
    "~~",
    "[a](",
    "![a](",
    ")",
    "<b>",
    "&#27;",
    "\\",
    "https://a.org ",
    "\u{fdd0}",
    "\u{fdd1}",
    "\t",
    "\r",
    "\u{1b}[31m",
    "\u{301}",
    "\u{202e}",
    "👩\u{200d}🔬",
    "改善",
    "⸻",
    "fn main() { \"",
];

const QUERY: &[&str] = &[
    "word",
    " ",
    "\"",
    "\\",
    "\\\"",
    "deck:",
    "tag:",
    "is:",
    "flag:",
    "due",
    "retired",
    "devops/sre",
    "2",
    "ease",
    "interval",
    "lapses",
    "<",
    "<=",
    "=",
    ">=",
    ">",
    "!=",
    "1.8",
    "-0",
    "1e300",
    "inf",
    "nan",
    ":",
    "İ",
    "ß",
    "\u{a0}",
    "\u{3000}",
    "/",
];
