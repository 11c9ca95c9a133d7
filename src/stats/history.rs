//! What the answers tell: retention, days, streak, grades.

use crate::model::{ReviewKind, StudyDay};
use crate::stats::numbers::{DayLoad, Grades, Streak, Window, WindowRetention};
use crate::stats::recall::{self, STEPS, Weekday};
use crate::stats::{
    Answer, DayRange, Drift, GradesByKind, HourRetention, IntervalRetention, Share,
    WeekdayRetention,
};
use std::collections::{BTreeMap, HashSet};

/// The longest that one answer counts: who went for tea was not studying.
const LONGEST_ANSWER_MS: u32 = 60_000;

/// The 90 study days before the last 30, by how long ago they were.
const BEFORE: std::ops::Range<i64> = 30..120;

/// Passed and total.
#[derive(Debug, Clone, Copy, Default)]
struct Passes {
    passed: u64,
    total: u64,
}

impl Passes {
    fn add(&mut self, passed: bool) {
        self.passed += u64::from(passed);
        self.total += 1;
    }

    fn and(self, other: Passes) -> Passes {
        Passes { passed: self.passed + other.passed, total: self.total + other.total }
    }

    fn share(self) -> Share {
        Share::of(self.passed, self.total)
    }
}

/// The answers of one study day.
#[derive(Debug, Clone, Default)]
struct DayTally {
    reviews: u64,
    new: u64,
    drills: u64,
    passed: u64,
    answers: u64,
    ms: u64,
    young: Passes,
    mature: Passes,
}

/// A study day, and what it is counted for.
#[derive(Debug)]
struct Day {
    day: StudyDay,
    in_range: bool,
    /// In the range and in the last 30 days.
    is_recent: bool,
    tally: DayTally,
}

/// The answers counted so far. Each costs a few sums into arrays: a million of them pass in some
/// hundredths of a second.
#[derive(Debug)]
pub(super) struct HistoryTally {
    today: StudyDay,
    range: DayRange,
    days: Vec<Day>,
    places: BTreeMap<StudyDay, usize>,
    /// The place of the day of the last answer: the next one is mostly of the same.
    current: usize,
    counted: Counted,
    grades: GradesByKind,
    hours: [(u64, Passes); 24],
    steps: [Passes; STEPS.len()],
    /// Of the last 30 days, by the place of the card's deck.
    decks: Vec<Passes>,
    /// Of the last 30 days, by the place of the card's set of tags.
    tag_sets: Vec<Passes>,
}

impl HistoryTally {
    pub(super) fn new(today: StudyDay, range: DayRange, decks: usize, tag_sets: usize) -> Self {
        HistoryTally {
            today,
            range,
            days: Vec::new(),
            places: BTreeMap::new(),
            current: 0,
            counted: Counted::default(),
            grades: GradesByKind::default(),
            hours: Default::default(),
            steps: Default::default(),
            decks: vec![Passes::default(); decks],
            tag_sets: vec![Passes::default(); tag_sets],
        }
    }

    /// Counts an answer to a card of the deck and the set of tags in these places.
    pub(super) fn add(
        &mut self,
        answer: &Answer,
        card: &mut Reviewed,
        (deck, tag_set): (usize, usize),
    ) {
        let passed = answer.grade.is_pass();
        let is_first =
            answer.kind == ReviewKind::Review && self.counted.is_first(card, answer.day.number());
        let Some(day) = self.day(answer.day) else { return };
        let (in_range, is_recent) = (day.in_range, day.is_recent);
        let tally = &mut day.tally;
        tally.answers += 1;
        tally.ms += u64::from(answer.ms.min(LONGEST_ANSWER_MS));
        match answer.kind {
            ReviewKind::Learn => tally.new += 1,
            ReviewKind::Drill => tally.drills += 1,
            ReviewKind::Cram => {}
            ReviewKind::Review | ReviewKind::Ahead => {
                tally.reviews += 1;
                tally.passed += u64::from(passed);
            }
        }
        if is_first {
            match answer.interval_before.is_mature() {
                true => tally.mature.add(passed),
                false => tally.young.add(passed),
            }
        }
        if !in_range {
            return;
        }
        self.grades.add(answer.kind, answer.grade);
        let (answers, of_hour) = &mut self.hours[answer.hour()];
        *answers += 1;
        if is_first {
            of_hour.add(passed);
            self.steps[recall::step(answer.interval_before)].add(passed);
            if is_recent {
                let places = [self.decks.get_mut(deck), self.tag_sets.get_mut(tag_set)];
                places.into_iter().flatten().for_each(|passes| passes.add(passed));
            }
        }
    }

    /// The count of a study day.
    fn day(&mut self, day: StudyDay) -> Option<&mut Day> {
        if self.days.get(self.current).is_none_or(|current| current.day != day) {
            let next = self.days.len();
            self.current = *self.places.entry(day).or_insert(next);
            if self.current == next {
                let in_range = self.range.contains(day);
                let is_recent = in_range && Window::Month.contains(day, self.today);
                self.days.push(Day { day, in_range, is_recent, tally: DayTally::default() });
            }
        }
        self.days.get_mut(self.current)
    }

    /// The days in the range, oldest first.
    fn days_in_range(&self) -> impl Iterator<Item = (StudyDay, &DayTally)> {
        let days = self.places.values().filter_map(|&place| self.days.get(place));
        days.filter(|day| day.in_range).map(|day| (day.day, &day.tally))
    }

    /// Young and mature of the days in the range that are wanted.
    fn passes(&self, wanted: impl Fn(StudyDay) -> bool) -> (Passes, Passes) {
        let days = self.days_in_range().filter(|(day, _)| wanted(*day));
        days.fold(Default::default(), |(young, mature): (Passes, Passes), (_, day)| {
            (young.and(day.young), mature.and(day.mature))
        })
    }

    /// Retention in every window, of the days in the range.
    pub(super) fn retention(&self) -> Vec<WindowRetention> {
        let of_window = |window: Window| {
            let (young, mature) = self.passes(|day| window.contains(day, self.today));
            let all = young.and(mature).share();
            WindowRetention { window, young: young.share(), mature: mature.share(), all }
        };
        Window::ALL.map(of_window).into()
    }

    /// The last 30 days against the 90 before them, of the days in the range.
    pub(super) fn drift(&self) -> Drift {
        let share = |(young, mature): (Passes, Passes)| young.and(mature).share();
        Drift::of(
            share(self.passes(|day| Window::Month.contains(day, self.today))),
            share(self.passes(|day| BEFORE.contains(&self.today.since(day)))),
        )
    }

    /// What was remembered of the deck in a place, in the last 30 days of those in the range.
    pub(super) fn of_deck(&self, deck: usize) -> Share {
        self.decks.get(deck).copied().unwrap_or_default().share()
    }

    /// The same of the sets of tags in these places together.
    pub(super) fn of_tag_sets(&self, tag_sets: &[usize]) -> Share {
        let passes = tag_sets.iter().filter_map(|&set| self.tag_sets.get(set));
        passes.fold(Passes::default(), |sum, passes| sum.and(*passes)).share()
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
        self.grades.of(ReviewKind::Review)
    }

    /// The same by the role in which the card was asked.
    pub(super) fn grades_by_kind(&self) -> GradesByKind {
        self.grades
    }

    /// The forgetting curve, of the days in the range.
    pub(super) fn by_interval(&self) -> Vec<IntervalRetention> {
        recall::by_interval(&self.steps.map(Passes::share))
    }

    /// What was answered in each hour, on the days in the range.
    pub(super) fn hours(&self) -> Vec<HourRetention> {
        let row = |(hour, &(answers, passes)): (u8, &(u64, Passes))| HourRetention {
            hour,
            answers,
            share: passes.share(),
        };
        (0..).zip(&self.hours).map(row).collect()
    }

    /// What was answered on each weekday, on the days in the range.
    pub(super) fn weekdays(&self) -> Vec<WeekdayRetention> {
        let mut sums = [(0, Passes::default()); 7];
        for (day, tally) in self.days_in_range() {
            let (answers, passes) = &mut sums[recall::weekday(day)];
            *answers += tally.answers;
            *passes = passes.and(tally.young).and(tally.mature);
        }
        let rows = Weekday::ALL.into_iter().zip(sums);
        rows.map(|(weekday, (answers, passes))| {
            let share = passes.share();
            WeekdayRetention { weekday, answers, share }
        })
        .collect()
    }

    /// Days in a row, of the whole history.
    pub(super) fn streak(&self) -> Streak {
        Streak::of(self.places.keys().copied(), self.today)
    }
}

/// Which cards had a review on which study days.
///
/// A card's days rise with its answers, unless a clock went back. So the latest day of each is at
/// hand, and all its days are a list that only such a clock makes anybody read.
#[derive(Debug, Default)]
struct Counted {
    entries: Vec<Entry>,
}

/// What a card's reviews come to so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reviewed {
    /// The latest study day of a review.
    latest: i32,
    /// The newest entry of the card, plus 1; 0 if there is none.
    newest: u32,
}

impl Reviewed {
    /// Never reviewed.
    pub(super) const NEVER: Reviewed = Reviewed { latest: i32::MIN, newest: 0 };
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    day: i32,
    /// The card's entry before this one, plus 1; 0 if there is none.
    before: u32,
}

impl Counted {
    /// Notes a review of a card, and says whether it is the card's first on that day.
    fn is_first(&mut self, card: &mut Reviewed, day: i32) -> bool {
        if day == card.latest || (day < card.latest && self.has(card.newest, day)) {
            return false;
        }
        self.entries.push(Entry { day, before: card.newest });
        let newest = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        *card = Reviewed { latest: card.latest.max(day), newest };
        true
    }

    /// Whether a list of entries has the day.
    fn has(&self, mut at: u32, day: i32) -> bool {
        let entry = |at: u32| self.entries.get((at as usize).checked_sub(1)?);
        while let Some(found) = entry(at) {
            if found.day == day {
                return true;
            }
            at = found.before;
        }
        false
    }
}

/// What was remembered on a study day, of its answers in fold order.
pub fn retention_on(day: StudyDay, answers: impl IntoIterator<Item = Answer>) -> Share {
    let mut seen = HashSet::new();
    let mut passes = Passes::default();
    let counts = |answer: &Answer| answer.kind == ReviewKind::Review && answer.day == day;
    for answer in answers.into_iter().filter(counts) {
        if seen.insert(answer.card) {
            passes.add(answer.grade.is_pass());
        }
    }
    passes.share()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_first_review_is_told_whatever_the_clock_did(
            answers in prop::collection::vec((0usize..4, -3i32..8), 0..200),
        ) {
            let (mut counted, mut seen) = (Counted::default(), HashSet::new());
            let mut cards = [Reviewed::NEVER; 4];
            for (card, day) in answers {
                let first = counted.is_first(&mut cards[card], day);
                prop_assert_eq!(first, seen.insert((card, day)));
            }
        }
    }
}
