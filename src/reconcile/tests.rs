//! The rules of section 7 by their names, and what holds for any files and any store.

use super::*;
use crate::model::{CardId, Fields, StoredCard};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn note(json: &str) -> Note {
    #[derive(serde::Deserialize)]
    struct WithId {
        id: Option<String>,
        #[serde(flatten)]
        rest: serde_json::Value,
    }
    let WithId { id, rest } = serde_json::from_str(json).unwrap();
    let fields: Fields = serde_json::from_value(rest).unwrap();
    fields.note(id, vec![], None).unwrap()
}

fn basic(front: &str, back: &str) -> Note {
    let (front, back) = (Some(front.to_owned()), Some(back.to_owned()));
    Fields { front, back, ..Fields::default() }.note(None, vec![], None).unwrap()
}

fn file(path: &str, deck: &str, notes: Vec<Note>) -> FileNotes {
    FileNotes { path: path.to_owned(), deck: deck.parse().unwrap(), notes }
}

fn gone(path: &str, retire: bool) -> Gone {
    Gone { path: path.to_owned(), retire }
}

/// A store that is a list.
#[derive(Debug, Clone, Default)]
struct Store(Vec<StoredNote>);

impl Store {
    fn of(files: &[FileNotes]) -> Self {
        let mut store = Store::default();
        store.import(files, &[]);
        store
    }

    fn import(&mut self, files: &[FileNotes], gone: &[Gone]) -> Changes {
        let changes = reconcile(files.to_vec(), &self.0, gone, &|_| false);
        for change in &changes.notes {
            match change {
                NoteChange::New(now) => self.0.push(stored(now, &[])),
                NoteChange::Kept { now, .. } => {
                    let old = self.0.iter_mut().find(|note| note.guid == now.guid).unwrap();
                    *old = stored(now, &old.cards);
                }
                NoteChange::Retired(guid) => {
                    self.0.iter_mut().find(|note| note.guid == *guid).unwrap().retired = true;
                }
            }
        }
        changes
    }

    fn asking(&self, question: &str) -> &StoredNote {
        let asks = |note: &&StoredNote| !note.retired && note.note.body.question() == question;
        self.0.iter().rfind(asks).unwrap()
    }

    /// Keys of a note's live cards, by what each asks for.
    fn keys(&self, question: &str) -> Vec<(String, String)> {
        let stored = self.asking(question);
        let live = stored.cards.iter().filter(|card| !card.retired);
        let mut keys: Vec<_> = live
            .map(|card| (card.position, stored.note.face(card.position).answer, card.key.clone()))
            .collect();
        keys.sort();
        keys.into_iter().map(|(_, answer, key)| (answer, key)).collect()
    }
}

fn stored(now: &PlacedNote, before: &[StoredCard]) -> StoredNote {
    let last = |id: CardId| before.iter().find(|card| card.id == id).map_or(0, |c| c.position);
    let cards = now.cards.iter().map(|card| StoredCard {
        id: card.id,
        key: card.key.clone(),
        position: card.position.unwrap_or_else(|| last(card.id)),
        retired: card.position.is_none(),
    });
    StoredNote {
        guid: now.guid,
        deck: now.deck.clone(),
        file: Some(now.file.clone()),
        position: now.position,
        retired: false,
        note: now.note.clone(),
        cards: cards.collect(),
    }
}

/// The keys after a note was edited, by what each card asks for.
fn keys_after(old: &str, new: &str) -> Vec<(String, String)> {
    let mut store = Store::of(&[file("a", "d", vec![note(old)])]);
    store.import(&[file("a", "d", vec![note(new)])], &[]);
    store.keys(note(new).body.question())
}

fn pairs(keys: &[(&str, &str)]) -> Vec<(String, String)> {
    keys.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

#[test]
fn machines_that_import_the_same_file_agree_on_guids() {
    let store = Store::of(&[file("a", "devops", vec![basic("What is Kaizen?", "improvement")])]);
    assert_eq!(store.0[0].guid, Guid::of("devops", &["basic", "What is Kaizen?"], 0));
    assert_eq!(store.0[0].cards[0].id, CardId::of(store.0[0].guid, "forward"));
    let with_id = Store::of(&[file("a", "devops", vec![note(r#"{"id":"k","cloze":"{{x}}"}"#)])]);
    assert_eq!(with_id.0[0].guid, Guid::of("devops", &["id", "k"], 0));
}

#[test]
fn a_guid_that_is_held_is_given_to_nobody_else() {
    let files = vec![file("a", "d", vec![basic("q", "x")])];
    let first = Guid::of("d", &["basic", "q"], 0);
    let changes = reconcile(files, &[], &[], &|guid| guid == first);
    let NoteChange::New(new) = &changes.notes[0] else { panic!() };
    assert_eq!(new.guid, Guid::of("d", &["basic", "q"], 1));
}

#[test]
fn a_file_that_failed_gives_up_no_notes() {
    let mut store = Store::of(&[file("a", "d", vec![basic("What is a pod?", "containers")])]);
    let changes = store.import(&[file("b", "d", vec![basic("What is a pod?", "containers")])], &[]);
    assert!(matches!(changes.notes.as_slice(), [NoteChange::New(_)]));
}

#[test]
fn what_nobody_claims_of_a_gone_file_is_retired_only_below_an_imported_folder() {
    let store = Store::of(&[file("a", "d", vec![basic("q", "x"), basic("r", "y")])]);
    let files = [file("b", "d", vec![basic("q", "x")])];
    let changes = store.clone().import(&files, &[gone("a", false)]);
    assert!(matches!(changes.notes.as_slice(), [NoteChange::Kept { .. }]));
    let changes = store.clone().import(&files, &[gone("a", true)]);
    assert!(matches!(changes.notes.as_slice(), [NoteChange::Kept { .. }, NoteChange::Retired(_)]));
}

#[test]
fn a_restored_note_without_a_file_is_claimed_by_its_decks_file() {
    let mut store = Store::of(&[file("a", "d", vec![basic("q", "x")])]);
    store.0[0].file = None;
    let changes = store.clone().import(&[file("b", "d", vec![basic("q", "x")])], &[]);
    let [NoteChange::Kept { how, .. }] = changes.notes.as_slice() else { panic!("{changes:?}") };
    assert_eq!(*how, Difference::default());
    let changes = store.import(&[file("b", "other", vec![basic("q", "x")])], &[]);
    assert!(matches!(changes.notes.as_slice(), [NoteChange::New(_)]));
}

#[test]
fn what_changed_is_told() {
    let mut store = Store::of(&[
        file("a", "d", vec![basic("q", "x"), basic("r", "y")]),
        file("b", "e", vec![basic("s", "z")]),
    ]);
    let changes = store.import(
        &[
            file("a", "d", vec![basic("q", "x, more")]),
            file("b", "e", vec![basic("r", "y"), basic("s", "z")]),
        ],
        &[],
    );
    let told = changes.notes.iter().map(|change| match change {
        NoteChange::Kept { how, .. } => (how.edited, how.moved, how.revived),
        other => panic!("{other:?}"),
    });
    let told = told.collect::<Vec<_>>();
    // An answer edited, a note moved, a position.
    assert_eq!(told, [(true, false, false), (false, true, false), (false, false, false)]);
}

#[test]
fn an_id_in_the_file_that_differs_is_another_note() {
    let mut store = Store::of(&[file(
        "a",
        "d",
        vec![note(r#"{"id":"x","front":"What is a pod?","back":"some containers"}"#)],
    )]);
    let new = note(r#"{"id":"y","front":"What is a pod, then?","back":"some containers"}"#);
    let changes = store.import(&[file("a", "d", vec![new])], &[]);
    assert!(matches!(changes.notes.as_slice(), [NoteChange::New(_), NoteChange::Retired(_)]));
}

#[test]
fn a_replaced_number_is_another_question_whatever_the_answer() {
    let mut store =
        Store::of(&[file("a", "d", vec![basic("Who listens on port 80?", "A web server")])]);
    let new = basic("Who listens on port 8080?", "A web server");
    let changes = store.import(&[file("a", "d", vec![new])], &[]);
    assert!(matches!(changes.notes.as_slice(), [NoteChange::New(_), NoteChange::Retired(_)]));
}

#[test]
fn a_note_turned_round_goes_on_asking_both_ways() {
    let keys = keys_after(
        r#"{"front":"cane","back":"dog","reverse":true}"#,
        r#"{"front":"dog","back":"cane","reverse":true}"#,
    );
    assert_eq!(keys, pairs(&[("cane", "reverse"), ("dog", "forward")]));
    // One way, then both ways and turned: the way that was asked keeps its card.
    let keys = keys_after(
        r#"{"front":"cane","back":"dog"}"#,
        r#"{"front":"dog","back":"cane","reverse":true}"#,
    );
    assert_eq!(keys, pairs(&[("cane", "reverse"), ("dog", "forward")]));
}

#[test]
fn a_direction_that_went_comes_back() {
    let both = r#"{"front":"cane","back":"dog","reverse":true}"#;
    let mut store = Store::of(&[file("a", "d", vec![note(both)])]);
    let first = store.0[0].cards.clone();
    store.import(&[file("a", "d", vec![basic("cane", "dog")])], &[]);
    assert!(store.0[0].cards[1].retired);
    store.import(&[file("a", "d", vec![note(both)])], &[]);
    assert_eq!(store.0[0].cards, first);
}

#[test]
fn another_kind_under_the_same_id_has_other_cards() {
    let keys = keys_after(
        r#"{"id":"i","front":"the cell's powerhouse","back":"mitochondrion"}"#,
        r#"{"id":"i","cloze":"{{mitochondrion}}, the powerhouse"}"#,
    );
    assert_eq!(keys, pairs(&[("mitochondrion", "mitochondrion")]));
    let keys = keys_after(
        r#"{"id":"i","front":"q","list":["one","two"]}"#,
        r#"{"id":"i","front":"q","set":["two","one","three"]}"#,
    );
    assert_eq!(keys, pairs(&[("two", "two"), ("one", "one"), ("three", "three")]));
}

#[test]
fn cards_follow_their_text() {
    let of = |items: &str| format!(r#"{{"front":"q","list":{items}}}"#);
    let keys =
        keys_after(&of(r#"["Detect","Mitigate"]"#), &of(r#"["Triage","Detect","Mitigate"]"#));
    assert_eq!(
        keys,
        pairs(&[("Triage", "Triage"), ("Detect", "Detect"), ("Mitigate", "Mitigate")])
    );
    let keys = keys_after(&of(r#"["Helium","Neon"]"#), &of(r#"["Helium","Argon"]"#));
    assert_eq!(keys[1].1, "Argon");
    let keys = keys_after(&of(r#"["Identfy it","b"]"#), &of(r#"["b","Identify it"]"#));
    assert_eq!(keys, pairs(&[("b", "b"), ("Identify it", "Identfy it")]));
    let keys = keys_after(&of(r#"["a","a"]"#), &of(r#"["a","a","a"]"#));
    assert_eq!(keys, pairs(&[("a", "a"), ("a", "a (2)"), ("a", "a (3)")]));
}

#[test]
fn a_deletion_corrected_in_its_place_keeps_its_card() {
    let keys = keys_after(
        r#"{"id":"w","cloze":"Water boils at {{90}} degrees in {{London}}"}"#,
        r#"{"id":"w","cloze":"Water boils at {{100}} degrees in {{London}}"}"#,
    );
    assert_eq!(keys, pairs(&[("100", "90"), ("London", "London")]));
}

#[test]
fn an_item_that_comes_back_has_its_card_again() {
    let of = |items: &str| vec![note(&format!(r#"{{"front":"q","set":{items}}}"#))];
    let mut store = Store::of(&[file("a", "d", of(r#"["Logs","Metrics","Traces"]"#))]);
    let first = store.0[0].cards.clone();
    store.import(&[file("a", "d", of(r#"["Logs","Traces"]"#))], &[]);
    assert_eq!(store.0[0].cards.iter().filter(|card| card.retired).count(), 1);
    store.import(&[file("a", "d", of(r#"["Logs","Metrics","Traces"]"#))], &[]);
    assert_eq!(store.0[0].cards, first);
}

#[test]
fn two_thousand_rewritten_notes_find_their_histories() {
    let word = |i: usize| format!("term{}", char::from(b'a' + (i % 26) as u8)) + &letters(i);
    let notes = |front: fn(&str) -> String| -> Vec<Note> {
        (0..2000)
            .map(|i| basic(&front(&word(i)), &format!("{} of all things", word(i + 7))))
            .collect()
    };
    let mut store = Store::of(&[file("a", "d", notes(|w| format!("What is {w} in short?")))]);
    let guids: Vec<Guid> = store.0.iter().map(|note| note.guid).collect();
    let mut edited = notes(|w| format!("What is meant by {w}, in short?"));
    for note in &mut edited {
        if let crate::model::Body::Basic { back, .. } = &mut note.body {
            back.push_str(" and places");
        }
    }
    store.import(&[file("a", "d", edited)], &[]);
    assert_eq!(store.0.iter().map(|note| note.guid).collect::<Vec<_>>(), guids);
}

fn letters(mut i: usize) -> String {
    let mut out = String::new();
    for _ in 0..4 {
        out.push(char::from(b'a' + (i * 7 % 26) as u8));
        i = i / 3 + i % 5;
    }
    format!("{out}{}", ["ing", "ous", "al", "ive", "ment"][i % 5])
}

fn any_note() -> impl Strategy<Value = Note> {
    let word = prop::sample::select(vec![
        "what", "is", "the", "a", "pod", "not", "7", "iron", "irno", "café", "猫", "`x`", "don't",
        "II", "{{",
    ]);
    let text = prop::collection::vec(word, 1..4).prop_map(|words| words.join(" "));
    let id = prop::option::weighted(0.2, prop::sample::select(vec!["i", "j"]));
    (id, 0..5_u8, text.clone(), prop::collection::vec(text, 2..4)).prop_map(
        |(id, kind, front, items)| {
            let mut fields = Fields { front: Some(front.clone()), ..Fields::default() };
            match kind {
                0 | 1 => {
                    fields.back = Some(items[0].clone());
                    fields.reverse = kind == 1;
                }
                2 => fields.list = Some(items),
                3 => fields.set = Some(items),
                _ => {
                    let text = front.replace("{{", "x");
                    let cloze =
                        format!("{text} {{{{{}}}}} {{{{c1::y::h}}}}", items[0].replace("{{", "x"));
                    fields = Fields { cloze: Some(cloze), ..Fields::default() };
                }
            }
            fields.note(id.map(str::to_owned), vec![], None).unwrap()
        },
    )
}

fn any_files() -> impl Strategy<Value = Vec<FileNotes>> {
    let notes = prop::collection::vec(any_note(), 0..6);
    let one = (prop::sample::select(vec!["d", "e"]), notes);
    prop::collection::vec(prop::option::weighted(0.8, one), 3).prop_map(|files| {
        let named = ["one", "two", "three"].into_iter().zip(files);
        named.filter_map(|(path, of)| of.map(|(deck, notes)| file(path, deck, notes))).collect()
    })
}

fn gone_from(store: &Store, files: &[FileNotes], retire: bool) -> Vec<Gone> {
    let known: BTreeSet<&String> = store.0.iter().filter_map(|note| note.file.as_ref()).collect();
    let here = |path: &str| files.iter().any(|file| file.path == path);
    known.into_iter().filter(|path| !here(path)).map(|path| gone(path, retire)).collect()
}

proptest! {
    #[test]
    fn importing_twice_changes_nothing_and_no_guid_is_given_twice(
        steps in prop::collection::vec((any_files(), any::<bool>()), 1..4),
    ) {
        let mut store = Store::default();
        for (files, retire) in &steps {
            let gone = gone_from(&store, files, *retire);
            let before: BTreeSet<Guid> = store.0.iter().map(|note| note.guid).collect();
            let changes = store.import(files, &gone);
            let mut used = BTreeSet::new();
            for change in &changes.notes {
                let (guid, is_new) = match change {
                    NoteChange::New(now) => (now.guid, true),
                    NoteChange::Kept { now, .. } => (now.guid, false),
                    NoteChange::Retired(guid) => (*guid, false),
                };
                prop_assert!(used.insert(guid), "used twice");
                prop_assert_eq!(is_new, !before.contains(&guid));
            }
            let all: BTreeSet<Guid> = store.0.iter().map(|note| note.guid).collect();
            prop_assert_eq!(all.len(), store.0.len());
            for note in &store.0 {
                let ids: BTreeSet<CardId> = note.cards.iter().map(|card| card.id).collect();
                prop_assert_eq!(ids.len(), note.cards.len());
                let live = note.cards.iter().filter(|card| !card.retired);
                let positions: BTreeSet<u32> = live.map(|card| card.position).collect();
                if !note.retired {
                    prop_assert_eq!(positions.len(), note.note.facets().len());
                }
            }
            let again = store.import(files, &gone_from(&store, files, *retire));
            prop_assert_eq!(&again.notes, &[]);
            let notes: usize = files.iter().map(|file| file.notes.len()).sum();
            prop_assert_eq!(again.unchanged, notes);
        }
    }

    #[test]
    fn the_order_in_a_file_decides_nothing(order in Just((0..8).collect::<Vec<usize>>()).prop_shuffle()) {
        let of = |fronts: [&str; 8]| -> Vec<Note> {
            let backs = [
                "Work done by hand", "A term of finance", "Steps written down", "A yearly plan",
                "Fault in a part", "What users see", "A measure of time", "Who is called at night",
            ];
            fronts.iter().zip(backs).map(|(front, back)| basic(front, back)).collect()
        };
        let mut store = Store::of(&[file("a", "d", of([
            "Define toil", "Define debt", "Define runbook", "Define budget", "Define error",
            "Define failure", "Define latency", "Define pager",
        ]))]);
        let guids: Vec<Guid> = store.0.iter().map(|note| note.guid).collect();
        let mut edited = of([
            "What is toil?", "What is debt?", "What is a runbook?", "What is a budget?",
            "What is an error?", "What is a failure?", "What is latency?", "What is a pager?",
        ]);
        for note in &mut edited {
            if let crate::model::Body::Basic { back, .. } = &mut note.body {
                back.push_str(", mostly");
            }
        }
        let shuffled = order.iter().map(|&i| edited[i].clone()).collect();
        store.import(&[file("a", "d", shuffled)], &[]);
        for (guid, note) in guids.iter().zip(&edited) {
            prop_assert_eq!(store.asking(note.body.question()).guid, *guid);
        }
    }

    #[test]
    fn no_text_makes_it_panic(texts in prop::collection::vec("\\PC{1,40}", 4..8), marks in "[`*_$ ~a{}:c1-9'.-]{1,30}") {
        let notes = |shift: usize| {
            let all = texts.iter().chain([&marks]);
            let all: Vec<&String> = all.filter(|text| !text.trim().is_empty()).collect();
            (0..all.len() / 2)
                .filter_map(|i| {
                    let fields = Fields {
                        front: Some(all[(i + shift) % all.len()].clone()),
                        back: Some(all[(2 * i + 1) % all.len()].clone()),
                        ..Fields::default()
                    };
                    fields.note(None, vec![], None).ok()
                })
                .collect::<Vec<_>>()
        };
        let mut store = Store::of(&[file("a", "d", notes(0))]);
        store.import(&[file("a", "d", notes(1))], &[]);
    }
}
