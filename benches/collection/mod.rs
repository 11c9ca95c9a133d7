//! Collections of any size: so many cards, ten answers each, some of them due.

#![allow(dead_code, reason = "each bench takes what it needs")]

use kata::model::{
    CardId, Draft, Event, EventId, Grade, Instant, Interval, MachineId, Mark, Now, Reschedule,
    ReviewKind, StudyDay, What,
};
use kata::schedule::{CardState, Scheduler};
use kata::store::{DumpedReview, Store};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

pub const TODAY: &str = "2026-11-23";
const DAYS: i64 = 3 * 365;
const ANSWERS_EACH: u32 = 10;
/// One card of ten is new.
const NEW: u32 = 10;
/// How long ago the last answers are.
const PAUSE: i64 = 30;

/// A collection on disk.
pub struct Collection {
    folder: PathBuf,
    pub cards: u32,
}

impl Collection {
    /// The one of so many cards. It is built once, which takes a while, and kept in `KATA_BENCH_FOLDER`, else
    /// in `target/collections`.
    pub fn of(cards: u32) -> Self {
        let kept = std::env::var_os("KATA_BENCH_FOLDER").map(PathBuf::from);
        let target = || Path::new(env!("CARGO_MANIFEST_DIR")).join("target/collections");
        let folder = kept.unwrap_or_else(target).join(cards.to_string());
        let collection = Collection { folder, cards };
        if !collection.database().exists() {
            collection.build();
        }
        collection
    }

    pub fn database(&self) -> PathBuf {
        self.folder.join("kata.db")
    }

    pub fn deck_file(&self) -> PathBuf {
        self.folder.join("big.yaml")
    }

    pub fn kata(&self, arguments: &[&str]) -> Command {
        self.kata_of(&self.database(), arguments)
    }

    pub fn kata_of(&self, database: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kata"));
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("KATA_DB", database)
            .env("KATA_CONFIG", "/dev/null")
            .env("KATA_NOW", format!("{TODAY}T07:00:00+00:00"));
        command
    }

    fn build(&self) {
        std::fs::create_dir_all(&self.folder).unwrap();
        let mut deck = "deck: big\ncards:\n".to_owned();
        for n in 0..self.cards {
            let _ = writeln!(deck, "  - {{front: What is number {n}?, back: The answer {n}}}");
        }
        std::fs::write(self.deck_file(), deck).unwrap();
        let (cards, half) = (self.folder.join("cards.db"), self.folder.join("half.db"));
        for old in [&cards, &half] {
            let _ = std::fs::remove_file(old);
        }
        assert!(self.kata_of(&cards, &["import", "-q", "big.yaml"]).status().unwrap().success());
        let mut dump = Store::open(&cards).unwrap().dump().unwrap();
        let learned =
            dump.cards.iter().map(|card| card.card).zip(0..).filter(|(_, n)| n % NEW != 0);
        let each = ANSWERS_EACH * NEW / (NEW - 1);
        dump.reviews = study(learned.map(|(card, _)| card), each, PAUSE);
        let mut store = Store::open(&half).unwrap();
        store.load(dump).unwrap();
        spread(&mut store);
        drop(store);
        // The files are known again by their hashes.
        assert!(self.kata_of(&half, &["import", "-q", "big.yaml"]).status().unwrap().success());
        std::fs::remove_file(cards).unwrap();
        std::fs::rename(half, self.database()).unwrap();
    }
}

/// Gives each card so many answers within three years up to so many days ago, each as SM-2 scheduled
/// it or some days late, nine of ten a pass.
pub fn study(cards: impl Iterator<Item = CardId>, each: u32, ago: i64) -> Vec<DumpedReview> {
    let mut reviews = Vec::new();
    let mut lots = StdRng::seed_from_u64(20_261_123);
    let first = TODAY.parse::<StudyDay>().unwrap().plus(-DAYS);
    let last = first.plus(DAYS - ago);
    let machine = MachineId::fresh(1);
    for card in cards {
        let mut state = CardState::NEW;
        let mut day = first.plus(lots.random_range(0..DAYS / 2));
        for _ in 0..each {
            let kind = match state.due {
                _ if state.drill == Some(day) => ReviewKind::Drill,
                None => ReviewKind::Learn,
                Some(due) => {
                    day = due.plus(lots.random_range(0..3)).min(last).max(day);
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
            let (utc_offset, batch, origin) = (0, uuid, None);
            let event = Event { id: uuid, card, at, day, utc_offset, machine, batch, origin, what };
            state = Scheduler::Sm2.next(state, &event);
            let (interval_before, interval_after) = (review.interval_before, review.interval_after);
            reviews.push(DumpedReview {
                uuid,
                card,
                at,
                day,
                utc_offset,
                machine,
                batch,
                origin: None,
                grade,
                kind,
                ms,
                interval_before,
                interval_after,
            });
        }
    }
    reviews.sort_by_key(|review| (review.at, review.uuid));
    reviews
}

/// Spreads the due days as if each card had been answered when it was due.
fn spread(store: &mut Store) {
    let today: StudyDay = TODAY.parse().unwrap();
    let day = today.plus(-20);
    let mut cards = Vec::new();
    store.card_rows(&mut |row| cards.push(row.card)).unwrap();
    let drafts: Vec<Draft> = cards
        .into_iter()
        .zip(0_u32..)
        .filter(|(_, n)| n % NEW != 0)
        .map(|(card, n)| {
            let interval = 1 + n % 365;
            let to = Reschedule {
                due: today.plus(i64::from(n / 365 % interval)),
                interval: Some(Interval::days(u64::from(interval))),
                ease: None,
                repetitions: Some(4),
            };
            Draft { card, what: What::Mark(Mark::Reschedule(to)) }
        })
        .collect();
    let at = Instant::from_millis(i64::from(day.number()) * 86_400_000);
    store.record(Now { at, day, utc_offset: 0 }, None, &drafts).unwrap();
}
