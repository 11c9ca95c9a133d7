//! `kata stats` as a whole process, on a history of a million answers about 100,000 cards.
//!
//! `cargo bench --bench statistics` builds the collection and measures; `docs/performance.md`
//! holds the figures. With `KATA_BENCH_DB=FILE` the collection is kept there, and used again.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on ends")]

mod collection;

use collection::{TODAY, study};
use criterion::{Criterion, criterion_group, criterion_main};
use kata::model::{Instant, Now, StudyDay};
use kata::store::Store;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const DECKS: usize = 20;
const NOTES: usize = 5_000;
const ANSWERS_EACH: u32 = 10;
const UNDONE: usize = 1_000;

/// A collection on disk; the folder goes with it.
struct Collection {
    database: PathBuf,
    _folder: TempDir,
}

impl Collection {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let kept = std::env::var_os("KATA_BENCH_DB").map(PathBuf::from);
        let database = kept.unwrap_or_else(|| folder.path().join("kata.db"));
        let collection = Collection { database, _folder: folder };
        if !collection.database.exists() {
            collection.build();
        }
        collection
    }

    /// Imports decks, and loads their export with three years of answers.
    fn build(&self) {
        let folder = TempDir::new().unwrap();
        for deck in 0..DECKS {
            let mut text = format!("deck: subject/part-{deck}\ntags: [part{deck}]\ncards:\n");
            for note in 0..NOTES {
                let _ = writeln!(
                    text,
                    "  - {{id: n{note}, front: What is number {note} of part {deck}?, back: It is \
                     the answer {note}, tags: [topic{}]}}",
                    note % 30
                );
            }
            std::fs::write(folder.path().join(format!("{deck}.yaml")), text).unwrap();
        }
        let empty = folder.path().join("cards.db");
        let import = kata(&empty, &["import", "-q"]).arg(folder.path()).status().unwrap();
        assert!(import.success());
        let mut dump = Store::open(&empty).unwrap().dump().unwrap();
        dump.reviews = study(dump.cards.iter().map(|card| card.card), ANSWERS_EACH, 1);
        Store::open(&self.database).unwrap().load(dump).unwrap();
        let mut store = Store::open(&self.database).unwrap();
        let day: StudyDay = TODAY.parse().unwrap();
        let at = Instant::from_millis(i64::from(day.number()) * 86_400_000 + 25_000_000);
        for _ in 0..UNDONE {
            let now = Now { at, day, utc_offset: 60 };
            assert!(store.undo(now, None).unwrap().is_some());
        }
    }

    fn kata(&self, arguments: &[&str]) -> Command {
        let mut command = kata(&self.database, arguments);
        command.stdout(Stdio::null());
        command
    }
}

fn kata(database: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kata"));
    command
        .args(arguments)
        .env("KATA_DB", database)
        .env("KATA_CONFIG", "/dev/null")
        .env("KATA_NOW", format!("{TODAY}T07:00:00+01:00"));
    command
}

fn statistics(criterion: &mut Criterion) {
    let collection = Collection::new();
    let mut group = criterion.benchmark_group("1,000,000 answers about 100,000 cards");
    group.sample_size(20).measurement_time(Duration::from_secs(15));
    let commands: [&[&str]; 6] = [
        &["stats"],
        &["stats", "subject/part-7"],
        &["stats", "--all"],
        &["stats", "--json"],
        &["stats", "--csv", "days"],
        &["due", "--count"],
    ];
    for arguments in commands {
        group.bench_function(format!("kata {}", arguments.join(" ")), |bench| {
            bench.iter(|| assert!(collection.kata(arguments).status().unwrap().success()));
        });
    }
    group.finish();
}

criterion_group!(benches, statistics);
criterion_main!(benches);
