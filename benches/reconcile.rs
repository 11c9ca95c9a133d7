//! How long it takes to match the notes of files with those stored, at the sizes promised.

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use kata::model::{Changes, Fields, Note, NoteChange, StoredCard, StoredNote};
use kata::reconcile::{FileNotes, reconcile};
use std::hint::black_box;

fn note(front: String, back: String) -> Note {
    let fields = Fields { front: Some(front), back: Some(back), ..Fields::default() };
    fields.note(None, vec![], None).expect("both sides have text")
}

/// A word of its own for a number, made of syllables.
fn word(mut i: usize) -> String {
    let mut word = String::new();
    for _ in 0..4 {
        word.push_str(["ka", "to", "ri", "mu", "se", "na", "vo", "li", "pe", "du"][i % 10]);
        i = i / 10 + i % 7;
    }
    word
}

fn deck(notes: Vec<Note>) -> Vec<FileNotes> {
    let deck = "bench".parse().expect("a deck name");
    vec![FileNotes { path: "bench.yaml".to_owned(), deck, notes }]
}

fn fresh(n: usize) -> Vec<Note> {
    let front = |i| format!("Which of the things of chapter {} is called {}?", i / 50, word(i));
    let back = |i| format!("The {} one, known for its {} and number {i}", word(i + 3), word(i * 7));
    (0..n).map(|i| note(front(i), back(i))).collect()
}

/// Both sides in slightly other words, with one `step`.
fn edited(mut notes: Vec<Note>, step: usize) -> Vec<Note> {
    for i in (0..notes.len()).step_by(step) {
        let (front, back) = (notes[i].body.question(), notes[i].body.answer());
        notes[i] = note(front.replace("Which of", "Name, of"), format!("{back}, they say"));
    }
    notes
}

/// Everything about something else, by the same pattern.
fn replaced(n: usize) -> Vec<Note> {
    let front = |i| format!("Which of the things of chapter {} is named {}?", i / 50, word(i + n));
    (0..n).map(|i| note(front(i), format!("A {} of sorts", word(i * 3 + n)))).collect()
}

fn stored(changes: Changes) -> Vec<StoredNote> {
    let notes = changes.notes.into_iter().filter_map(|change| match change {
        NoteChange::New(now) => Some(now),
        _ => None,
    });
    let cards = |cards: Vec<kata::model::PlacedCard>| {
        let card = |card: kata::model::PlacedCard| StoredCard {
            id: card.id,
            key: card.key,
            position: card.position.unwrap_or(0),
            retired: false,
        };
        cards.into_iter().map(card).collect()
    };
    notes
        .map(|now| StoredNote {
            guid: now.guid,
            deck: now.deck,
            file: Some(now.file),
            position: now.position,
            retired: false,
            note: now.note,
            cards: cards(now.cards),
        })
        .collect()
}

fn matching(c: &mut Criterion) {
    let mut group = c.benchmark_group("reconcile");
    group.sample_size(10);
    let mut run = |name: &str, old: Vec<Note>, new: Vec<Note>| {
        let store = stored(reconcile(deck(old), &[], &[], &|_| false));
        let files = deck(new);
        group.bench_function(name, |b| {
            b.iter_batched(
                || files.clone(),
                |files| black_box(reconcile(files, &store, &[], &|_| false)),
                BatchSize::PerIteration,
            );
        });
    };
    run("100k new", vec![], fresh(100_000));
    run("100k unchanged", fresh(100_000), fresh(100_000));
    run("100k, 100 edited", fresh(100_000), edited(fresh(100_000), 1_000));
    run("2k, all edited", fresh(2_000), edited(fresh(2_000), 1));
    run("2k replaced by 2k", fresh(2_000), replaced(2_000));
    run("20k, all edited", fresh(20_000), edited(fresh(20_000), 1));
    run("100k replaced by 100k", fresh(100_000), replaced(100_000));
    group.finish();
}

criterion_group!(benches, matching);
criterion_main!(benches);
