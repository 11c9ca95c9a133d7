//! What the answers tell: retention, days, streak, grades.

use crate::model::{CardId, ReviewKind, StudyDay};
use crate::schedule::DeckRow;
use crate::stats::numbers::{DayLoad, Grades, Streak, Window, WindowRetention};
use crate::stats::{Answer, DayRange, Share};
use std::collections::{BTreeMap, HashMap};

/// The longest that one answer counts: who went for tea was not studying.
const LONGEST_ANSWER_MS: u32 = 60_000;

/// Passed and total.
type Passes = (u64, u64);

/// The answers of one study day.
#[derive(Debug, Clone, Default)]
struct DayTally {
    reviews: u64,
    new: u64,
    drills: u64,
    passed: u64,
    ms: u64,
    young: Passes,
    mature: Passes,
    grades: Grades,
}

/// The answers counted so far: by day, and for a deck's retention by deck.
#[derive(Debug)]
pub(super) struct HistoryTally {
    today: StudyDay,
    range: DayRange,
    days: BTreeMap<StudyDay, DayTally>,
    decks: HashMap<DeckRow, Passes>,
    /// The last day on which a card's review was counted for retention. The days of a card's
    /// reviews rise with their order: a card answered is not due again that day or before it.
    last_counted: HashMap<CardId, StudyDay>,
}

impl HistoryTally {
    pub(super) fn new(today: StudyDay, range: DayRange) -> Self {
        let (days, decks, last_counted) = Default::default();
        HistoryTally { today, range, days, decks, last_counted }
    }

    pub(super) fn add(&mut self, answer: &Answer) {
        let review = &answer.review;
        let day = self.days.entry(answer.day).or_default();
        day.ms += u64::from(review.ms.min(LONGEST_ANSWER_MS));
        match review.kind {
            ReviewKind::Learn => day.new += 1,
            ReviewKind::Drill => day.drills += 1,
            ReviewKind::Cram => {}
            ReviewKind::Review | ReviewKind::Ahead => {
                day.reviews += 1;
                day.passed += u64::from(review.grade.is_pass());
            }
        }
        if review.kind == ReviewKind::Review {
            day.grades.add(review.grade);
            let first = self.last_counted.insert(answer.card, answer.day) != Some(answer.day);
            if first {
                let passed = u64::from(review.grade.is_pass());
                match review.interval_before.is_mature() {
                    true => count(&mut day.mature, passed),
                    false => count(&mut day.young, passed),
                }
                if Window::Month.contains(answer.day, self.today) && self.range.contains(answer.day)
                {
                    count(self.decks.entry(answer.deck).or_default(), passed);
                }
            }
        }
    }

    fn days_in_range(&self) -> impl Iterator<Item = (StudyDay, &DayTally)> {
        let days = self.days.iter().map(|(&day, tally)| (day, tally));
        days.filter(|(day, _)| self.range.contains(*day))
    }

    /// Retention in every window, of the days in the range.
    pub(super) fn retention(&self) -> Vec<WindowRetention> {
        let of_window = |window: Window| {
            let days = self.days_in_range().filter(|(day, _)| window.contains(*day, self.today));
            let (young, mature) = days.fold(Default::default(), |(young, mature), (_, day)| {
                (sum(young, day.young), sum(mature, day.mature))
            });
            let share = |(passed, total): Passes| Share::of(passed, total);
            WindowRetention {
                window,
                young: share(young),
                mature: share(mature),
                all: share(sum(young, mature)),
            }
        };
        Window::ALL.map(of_window).into()
    }

    /// Passed and total of a deck in the last 30 days, of those in the range.
    pub(super) fn of_deck(&self, deck: DeckRow) -> Passes {
        self.decks.get(&deck).copied().unwrap_or_default()
    }

    /// Every day of the range that has answers, oldest first.
    pub(super) fn days(&self) -> Vec<DayLoad> {
        let load = |(day, tally): (StudyDay, &DayTally)| DayLoad {
            day,
            reviews: tally.reviews,
            new: tally.new,
            drills: tally.drills,
            passed: tally.passed,
            seconds: (tally.ms + 500) / 1000,
        };
        self.days_in_range().map(load).collect()
    }

    /// How often each grade was given to a review, on the days in the range.
    pub(super) fn grades(&self) -> Grades {
        let mut grades = Grades::default();
        self.days_in_range().for_each(|(_, day)| grades.merge(&day.grades));
        grades
    }

    /// Days in a row, of the whole history.
    pub(super) fn streak(&self) -> Streak {
        Streak::of(self.days.keys().copied(), self.today)
    }
}

/// What was remembered on a study day, of its answers in fold order.
pub fn retention_on(day: StudyDay, answers: impl IntoIterator<Item = Answer>) -> Share {
    let mut tally = HistoryTally::new(day, DayRange { since: Some(day), until: Some(day) });
    answers.into_iter().for_each(|answer| tally.add(&answer));
    tally.retention().last().map_or_else(Share::default, |whole| whole.all)
}

fn count((all_passed, total): &mut Passes, passed: u64) {
    *all_passed += passed;
    *total += 1;
}

fn sum(a: Passes, b: Passes) -> Passes {
    (a.0 + b.0, a.1 + b.1)
}
