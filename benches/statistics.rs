//! `kata stats` as a whole process, on a history of a million answers about 100,000 cards.
//!
//! `cargo bench --bench statistics` builds the collection and measures; `docs/performance.md`
//! holds the figures. With `KATA_BENCH_DB=FILE` the collection is kept there, and used again.

#![allow(clippy::unwrap_used, reason = "a bench that cannot go on ends")]

use criterion::{Criterion, criterion_group, criterion_main};
use kata::model::{Event, EventId, Grade, Instant, MachineId, Now, ReviewKind, StudyDay, What};
use kata::schedule::{CardState, Scheduler};
use kata::store::{Dump, DumpedReview, Store};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::TempDir;

const DECKS: usize = 20;
const NOTES: usize = 5_000;
const ANSWERS: usize = 1_000_000;
const UNDONE: usize = 1_000;
const TODAY: &str = "2026-11-23";
const DAYS: i64 = 3 * 365;

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
        study(&mut dump);
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

/// Gives every card as many answers as make a million, each as SM-2 scheduled it or some days
/// late, nine of ten a pass.
fn study(dump: &mut Dump) {
    let mut lots = StdRng::seed_from_u64(20_261_123);
    let first = TODAY.parse::<StudyDay>().unwrap().plus(-DAYS);
    let machine = MachineId::fresh(1);
    let each = ANSWERS / dump.cards.len();
    for card in &dump.cards {
        let mut state = CardState::NEW;
        let mut day = first.plus(lots.random_range(0..DAYS / 2));
        for _ in 0..each {
            let kind = match state.due {
                _ if state.drill == Some(day) => ReviewKind::Drill,
                None => ReviewKind::Learn,
                Some(due) => {
                    day = due.plus(lots.random_range(0..3)).min(first.plus(DAYS - 1)).max(day);
                    if day < due { ReviewKind::Cram } else { ReviewKind::Review }
                }
            };
            let grade = match lots.random_range(0..10) {
                0 => lots.random_range(0..3),
                _ => lots.random_range(3..6),
            };
            let grade = Grade::new(grade).unwrap();
            let ms = lots.random_range(1_000..20_000);
            let review = Scheduler::Sm2.answer(&state, kind, grade, day, ms);
            let clock = lots.random_range(6 * 3_600_000..22 * 3_600_000);
            let at = Instant::from_millis(i64::from(day.number()) * 86_400_000 + clock);
            let uuid = EventId::fresh(at, None, lots.random());
            let what = What::Review(review);
            let (card, utc_offset, origin) = (card.card, 60, None);
            let event =
                Event { id: uuid, card, at, day, utc_offset, machine, batch: uuid, origin, what };
            state = Scheduler::Sm2.next(state, &event);
            dump.reviews.push(DumpedReview {
                uuid,
                card,
                at,
                day,
                utc_offset,
                machine,
                batch: uuid,
                origin: None,
                grade,
                kind,
                ms,
                interval_before: review.interval_before,
                interval_after: review.interval_after,
            });
        }
    }
    dump.reviews.sort_by_key(|review| (review.at, review.uuid));
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
