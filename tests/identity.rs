//! The labelled edits of `tests/identity/*.yaml`, imported step by step into a store that is a
//! list in memory: no history may go to a note it is not of, and hardly any may be lost.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use kata::model::{
    Body, Changes, Cloze, DeckName, Fields, Guid, Note, NoteChange, PlacedNote, StoredCard,
    StoredNote,
};
use kata::reconcile::{FileNotes, Gone, reconcile};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::path::Path;

#[derive(Deserialize)]
struct Case {
    case: String,
    steps: Vec<BTreeMap<String, String>>,
    notes: BTreeMap<String, String>,
    #[serde(default)]
    cards: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct DeckFile {
    deck: String,
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    cards: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: Option<String>,
    front: Option<String>,
    back: Option<String>,
    cloze: Option<String>,
    list: Option<Vec<String>>,
    set: Option<Vec<String>>,
    #[serde(default)]
    reverse: bool,
    #[serde(default)]
    typed: bool,
    hint: Option<String>,
    extra: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    source: Option<String>,
}

fn deck_file(path: &str, text: &str) -> FileNotes {
    let file: DeckFile = serde_yaml::from_str(text).unwrap();
    let note = |entry: Entry| {
        let tags = file.tags.iter().chain(&entry.tags).cloned().collect();
        let source = [file.source.as_deref(), entry.source.as_deref()];
        let source: Vec<&str> = source.into_iter().flatten().collect();
        let fields = Fields {
            front: entry.front,
            back: entry.back,
            cloze: entry.cloze,
            list: entry.list,
            set: entry.set,
            reverse: entry.reverse,
            typed: entry.typed,
            hint: entry.hint,
            extra: entry.extra,
        };
        let source = (!source.is_empty()).then(|| source.join(" › "));
        fields.note(entry.id, tags, source).unwrap()
    };
    let deck: DeckName = file.deck.parse().unwrap();
    FileNotes { path: path.to_owned(), deck, notes: file.cards.into_iter().map(note).collect() }
}

/// A store that is a list.
#[derive(Default)]
struct Store {
    notes: Vec<StoredNote>,
}

impl Store {
    /// Imports a folder that has these files and no others.
    fn import(&mut self, files: &[FileNotes]) -> Changes {
        let known: BTreeSet<&String> = self.notes.iter().filter_map(|n| n.file.as_ref()).collect();
        let here: BTreeSet<&String> = files.iter().map(|file| &file.path).collect();
        let gone = known.difference(&here);
        let gone: Vec<Gone> =
            gone.map(|path| Gone { path: (*path).clone(), retire: true }).collect();
        let changes = reconcile(files.to_vec(), &self.notes, &gone, &|_| false);
        changes.notes.iter().for_each(|change| self.carry_out(change));
        changes
    }

    fn carry_out(&mut self, change: &NoteChange) {
        match change {
            NoteChange::New(now) => self.notes.push(stored(now, &[])),
            NoteChange::Kept { now, .. } => {
                let old = self.notes.iter_mut().find(|note| note.guid == now.guid).unwrap();
                *old = stored(now, &old.cards);
            }
            NoteChange::Retired(guid) => {
                let old = self.notes.iter_mut().find(|note| note.guid == *guid).unwrap();
                old.retired = true;
            }
        }
    }

    fn at(&self, path: &str, position: u32) -> &StoredNote {
        let here = |note: &&StoredNote| {
            !note.retired && note.file.as_deref() == Some(path) && note.position == position
        };
        self.notes.iter().find(here).unwrap()
    }
}

fn stored(now: &PlacedNote, before: &[StoredCard]) -> StoredNote {
    let last = |id| before.iter().find(|card| card.id == id).map_or(0, |card| card.position);
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

/// How many labels held, and which did not.
#[derive(Default)]
struct Tally {
    /// Continuations asked for and made; and of these, those of cards inside notes.
    kept: usize,
    kept_cards: usize,
    /// What is rightly new.
    fresh: usize,
    lost: Vec<String>,
    wrong: Vec<String>,
}

impl Tally {
    fn judge<T: PartialEq>(&mut self, of: String, expected: Option<T>, got: T, known: bool) {
        match expected {
            Some(expected) if expected == got => self.kept += 1,
            None if !known => self.fresh += 1,
            Some(_) if !known => self.lost.push(of),
            _ => self.wrong.push(of),
        }
    }

    fn continuations(&self) -> usize {
        let expected = self.wrong.iter().filter(|of| !of.ends_with("(new)")).count();
        self.kept + self.lost.len() + expected
    }

    fn kept_share(&self) -> f64 {
        self.kept as f64 / self.continuations().max(1) as f64
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let lines = |names: &[String]| {
            names.iter().fold(String::new(), |mut out, name| {
                let _ = write!(out, "\n    {name}");
                out
            })
        };
        write!(
            f,
            "{} of {} continuations kept ({:.1} %; {} of cards inside notes), {} rightly new, \
             {} lost, {} wrong\n  lost:{}\n  wrong:{}",
            self.kept,
            self.continuations(),
            100.0 * self.kept_share(),
            self.kept_cards,
            self.fresh,
            self.lost.len(),
            self.wrong.len(),
            lines(&self.lost),
            lines(&self.wrong),
        )
    }
}

/// `FILE#POSITION`, from 1.
fn place(label: &str) -> (&str, u32) {
    let (file, position) = label.rsplit_once('#').unwrap();
    (file, position.parse::<u32>().unwrap() - 1)
}

/// The card of a note that a label names by its text, or by its first deletion.
fn card<'a>(note: &'a StoredNote, text: &str) -> &'a StoredCard {
    let facets = note.note.facets();
    let named = facets
        .iter()
        .find(|facet| facet.text == text)
        .or_else(|| facets.iter().find(|facet| facet.text.split(" … ").next() == Some(text)));
    let position = named.unwrap().position;
    note.cards.iter().find(|card| !card.retired && card.position == position).unwrap()
}

fn run(case: &Case, tally: &mut Tally) {
    let mut store = Store::default();
    let mut seen: HashMap<String, StoredNote> = HashMap::new();
    let (last, earlier) = case.steps.split_last().unwrap();
    for (step, files) in (1..).zip(earlier) {
        store.import(&parsed(files));
        for note in store.notes.iter().filter(|note| !note.retired) {
            let path = note.file.as_ref().unwrap();
            let label = format!("{step}/{path}#{}", note.position + 1);
            seen.insert(label, note.clone());
        }
    }
    let known: BTreeSet<Guid> = store.notes.iter().map(|note| note.guid).collect();
    let known_cards: BTreeSet<_> =
        store.notes.iter().flat_map(|note| note.cards.iter().map(|card| card.id)).collect();
    store.import(&parsed(last));

    for (label, from) in case.notes.iter().filter(|(_, from)| *from != "any") {
        let (file, position) = place(label);
        let now = store.at(file, position);
        let expected = (from != "new").then(|| seen[from].guid);
        let of = format!("{}: {label} ({from})", case.case);
        tally.judge(of, expected, now.guid, known.contains(&now.guid));
    }
    for (label, from) in &case.cards {
        let (note, text) = label.split_once(" · ").unwrap();
        let (file, position) = place(note);
        let now = card(store.at(file, position), text).id;
        let expected = (from != "new").then(|| card(&seen[&case.notes[note]], from).id);
        let of = format!("{}: {label} ({from})", case.case);
        let before = tally.kept;
        tally.judge(of, expected, now, known_cards.contains(&now));
        tally.kept_cards += tally.kept - before;
    }

    let again = store.import(&parsed(last));
    assert_eq!(again.notes, [], "{}: importing twice changes something", case.case);
}

fn parsed(files: &BTreeMap<String, String>) -> Vec<FileNotes> {
    files.iter().map(|(path, text)| deck_file(path, text)).collect()
}

fn corpus(name: &str) -> Option<Vec<Case>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/identity").join(name);
    let text = std::fs::read_to_string(path).ok()?;
    Some(serde_yaml::from_str(&text).unwrap())
}

fn check(name: &str, cases: &[Case]) {
    let mut tally = Tally::default();
    cases.iter().for_each(|case| run(case, &mut tally));
    println!("{name}: {} cases, {tally}", cases.len());
    assert!(tally.wrong.is_empty(), "{name}: a history went to a note it is not of: {tally}");
    assert!(tally.kept_share() >= 0.98, "{name}: too many histories are lost: {tally}");
}

#[test]
fn the_tuning_half_of_the_corpus_keeps_its_histories() {
    check("tuning.yaml", &corpus("tuning.yaml").unwrap());
}

#[test]
fn the_held_out_half_of_the_corpus_keeps_its_histories() {
    if let Some(cases) = corpus("held-out.yaml") {
        check("held-out.yaml", &cases);
    }
}

#[test]
fn the_order_of_the_notes_in_a_file_decides_nothing() {
    for case in corpus("tuning.yaml").unwrap() {
        let (last, earlier) = case.steps.split_last().unwrap();
        let histories = |turned: bool| {
            let mut store = Store::default();
            for files in earlier {
                store.import(&parsed(files));
            }
            let mut files = parsed(last);
            if turned {
                files.iter_mut().for_each(|file| file.notes.reverse());
            }
            store.import(&files);
            let live = store.notes.into_iter().filter(|note| !note.retired);
            let of = |note: StoredNote| (note.file, question(&note.note), note.guid);
            live.map(of).collect::<BTreeSet<_>>()
        };
        assert_eq!(histories(false), histories(true), "{}", case.case);
    }
}

/// No two notes that stood beside each other are taken for one: what a deck holds at one time are
/// different notes, however alike they read.
#[test]
fn neighbours_are_never_taken_for_each_other() {
    let mut pairs = 0;
    for case in corpus("tuning.yaml").unwrap() {
        for file in case.steps.iter().flat_map(parsed) {
            for (one, other) in neighbours(&file.notes) {
                let alone = |note: &Note| {
                    [FileNotes {
                        path: file.path.clone(),
                        deck: file.deck.clone(),
                        notes: vec![note.clone()],
                    }]
                };
                let mut store = Store::default();
                store.import(&alone(one));
                let changes = store.import(&alone(other));
                let kept = |change: &NoteChange| matches!(change, NoteChange::Kept { .. });
                assert!(!changes.notes.iter().any(kept), "{}: {one:?} {other:?}", case.case);
                pairs += 1;
            }
        }
    }
    assert!(pairs > 1000);
}

/// Every note with every other that has another id, question and answer; a cloze's answer is the
/// text around its deletions.
fn neighbours(notes: &[Note]) -> impl Iterator<Item = (&Note, &Note)> {
    let answer = |note: &Note| match &note.body {
        Body::Cloze { text } => Cloze::parse(text).unwrap().around(),
        body => body.answer(),
    };
    let differ = move |one: &Note, other: &Note| {
        one.body.question() != other.body.question() && answer(one) != answer(other)
    };
    notes.iter().flat_map(move |one| {
        notes.iter().filter(move |other| differ(one, other)).map(move |other| (one, other))
    })
}

fn question(note: &Note) -> String {
    note.body.question().to_owned()
}
