//! What the statistics say of learners whose true retention is known: how often their intervals
//! hold it, and how often the one test of drift is right.
//!
//! `cargo test --test kata truth:: -- --nocapture` prints the figures that docs/statistics.md has.

use kata::model::{CardId, Ease, Grade, Guid, Instant, Interval, ReviewKind, StudyDay};
use kata::schedule::DeckRow;
use kata::stats::{
    Answer, CardNumber, CardRow, DayRange, DeckFrame, Frame, Share, Statistics, TagSet, Window,
    statistics,
};
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use std::sync::LazyLock;

const LEARNERS: u64 = 2_000;

/// No day has more reviews than that.
const CARDS: u32 = 300;

/// Somebody who remembers each card with the same probability, whatever was before.
struct Learner {
    dice: SmallRng,
    today: StudyDay,
    answers: Vec<Answer>,
    /// The last day of study, as days ago, and which card was asked last.
    asked: (i64, u32),
}

impl Learner {
    fn new(seed: u64) -> Self {
        let today = "2026-11-23".parse().unwrap();
        Learner { dice: SmallRng::seed_from_u64(seed), today, answers: Vec::new(), asked: (0, 0) }
    }

    /// Reviews a card that was not asked yet on that day, which is no earlier than the last; and,
    /// as studying goes, does what no retention may count: learns a card, repeats what was failed,
    /// asks a card again.
    fn reviews(&mut self, days_ago: i64, true_rate: f64) {
        let passes = self.dice.random_bool(true_rate);
        let asked = if self.asked.0 == days_ago { self.asked.1 + 1 } else { 0 };
        assert!(asked < CARDS);
        self.asked = (days_ago, asked);
        self.answer(days_ago, ReviewKind::Review, passes);
        if !passes {
            self.answer(days_ago, ReviewKind::Drill, true);
        }
        match self.dice.random_range(0..20) {
            0 => self.answer(days_ago, ReviewKind::Learn, false),
            1 => self.answer(days_ago, ReviewKind::Review, false),
            2 => self.answer(days_ago, ReviewKind::Ahead, true),
            _ => {}
        }
    }

    fn answer(&mut self, days_ago: i64, kind: ReviewKind, passes: bool) {
        let (_, card) = self.asked;
        self.answers.push(Answer {
            card: CardNumber(card),
            day: self.today.plus(-days_ago),
            at: Instant::from_millis(0),
            utc_offset: 0,
            grade: Grade::ALL[if passes { 4 } else { 1 }],
            kind,
            ms: 4_000,
            // Half of the cards are mature.
            interval_before: Interval::days(u64::from(6 + card % 2 * 24)),
        });
    }

    /// What kata says of it.
    fn told(self) -> Statistics {
        let deck = DeckRow(1);
        let card = CardId::of(Guid::of("deck", &["basic"], 0), "forward");
        let cards = (0..CARDS).map(|number| CardRow {
            number: CardNumber(number),
            card,
            deck,
            tags: TagSet::UNKNOWN,
            due: Some(self.today),
            interval: Interval::days(6),
            ease: Ease::INITIAL,
            lapses: 0,
            suspended: false,
            retired: false,
        });
        let decks =
            vec![DeckFrame { row: deck, name: "deck".parse().unwrap(), leech_threshold: 8 }];
        let frame = Frame { today: self.today, range: DayRange::ALL, decks, tags: Vec::new() };
        statistics(frame, self.answers, cards)
    }
}

/// A learner of a true rate of 0.70 to 0.95 who answered 100 to 1,000 reviews on days of the
/// last 30 to 240, most of them lately, evenly, or long ago. Nothing changed in that time.
fn steady(seed: u64) -> (f64, Statistics) {
    let mut learner = Learner::new(seed);
    let true_rate = learner.dice.random_range(0.70..0.95);
    let reviews = learner.dice.random_range(100..=1_000);
    let days = f64::from(learner.dice.random_range(30..=240));
    let slope = learner.dice.random_range(0.5..2.0);
    let day = |_| (learner.dice.random_range(0.0..1.0_f64).powf(slope) * days) as i64;
    let mut days_ago: Vec<i64> = (0..reviews).map(day).collect();
    days_ago.sort_unstable();
    days_ago.into_iter().rev().for_each(|ago| learner.reviews(ago, true_rate));
    (true_rate, learner.told())
}

/// What is said of learners who did not change.
static STEADY: LazyLock<Vec<(f64, Statistics)>> =
    LazyLock::new(|| (0..LEARNERS).map(steady).collect());

/// A part of a whole in percent.
fn percent(part: u64, whole: u64) -> f64 {
    100.0 * part as f64 / whole as f64
}

#[derive(Default)]
struct Coverage {
    held: u64,
    shares: u64,
}

impl Coverage {
    /// Counts whether an interval holds the true rate, if it is of 100 answers or more.
    fn count(&mut self, share: Share, true_rate: f64) {
        if share.total >= 100 {
            let (low, high) = (share.low.unwrap(), share.high.unwrap());
            self.held += u64::from((low..=high).contains(&true_rate));
            self.shares += 1;
        }
    }

    fn percent(&self) -> f64 {
        percent(self.held, self.shares)
    }
}

#[test]
fn the_intervals_hold_the_true_rate_of_93_to_97_in_100_learners() {
    let mut all = Coverage::default();
    let mut by_window = Window::ALL.map(|window| (window, Coverage::default()));
    for &(true_rate, ref told) in STEADY.iter() {
        for ((_, coverage), row) in by_window.iter_mut().zip(&told.retention) {
            coverage.count(row.young, true_rate);
            coverage.count(row.mature, true_rate);
        }
        all.count(told.retention[Window::ALL.len() - 1].all, true_rate);
    }
    println!("intervals of {} learners hold the true rate: {:.1} %", all.shares, all.percent());
    assert_eq!(all.shares, LEARNERS, "each learner has 100 reviews or more");
    assert!((93.0..=97.0).contains(&all.percent()));
    // Intervals of the windows, young and mature apart, where they are of 100 answers or more.
    for (window, coverage) in by_window.iter().filter(|(_, coverage)| coverage.shares > 1_000) {
        let (shares, held) = (coverage.shares, coverage.percent());
        println!("  {:>4}, young or mature, {shares} intervals: {held:.1} %", window.word());
        assert!((93.0..=97.0).contains(&held), "{}", window.word());
    }
}

#[test]
fn drift_is_said_of_at_most_6_in_100_learners_who_did_not_change() {
    let (mut fired, mut tested) = (0, 0);
    for (_, told) in STEADY.iter() {
        fired += u64::from(told.drift.differs);
        tested += u64::from(told.drift.p.is_some());
    }
    println!("drift of {LEARNERS} learners who did not change:");
    println!("  said of {fired}, {:.1} % of all", percent(fired, LEARNERS));
    println!("  of {tested} with answers enough to test: {:.1} %", percent(fired, tested));
    assert!(tested > LEARNERS / 2, "most have answers enough: {tested}");
    assert!(percent(fired, LEARNERS) <= 6.0 && percent(fired, tested) <= 6.0);
}

/// How many of 100 learners are said to have changed who fell from 90 to 80 % thirty days ago:
/// so many reviews a day since, and so many a day in the 90 days before.
fn falls_seen(a_day_since: u32, a_day_before: &[u32]) -> f64 {
    let seen = (LEARNERS..2 * LEARNERS).filter(|&seed| {
        let mut learner = Learner::new(seed);
        for ago in (30..120).rev() {
            let reviews = a_day_before[ago as usize % a_day_before.len()];
            (0..reviews).for_each(|_| learner.reviews(ago, 0.90));
        }
        for ago in (0..30).rev() {
            (0..a_day_since).for_each(|_| learner.reviews(ago, 0.80));
        }
        let drift = learner.told().drift;
        drift.differs && drift.z < Some(0.0)
    });
    percent(seen.count() as u64, LEARNERS)
}

/// The fall shows in the 300 reviews of the last 30 days, ten a day. Of what was before there are
/// 900 if the learner went on as always: 4.5 standard errors apart, by the normal distribution
/// seen in 99 of 100. With 300 before, one who began to study more, it is 3.4 and 93 of 100.
#[test]
fn a_fall_from_90_to_80_percent_over_300_reviews_is_seen_in_9_of_10() {
    let steady = falls_seen(10, &[10]);
    let fewer_before = falls_seen(10, &[3, 4, 3]);
    println!("a fall from 90 to 80 %, seen in {LEARNERS} learners:");
    println!("  300 reviews since, 900 before: {steady:.1} %");
    println!("  300 reviews since, 300 before: {fewer_before:.1} %");
    assert!(steady >= 90.0 && fewer_before >= 90.0);
}
