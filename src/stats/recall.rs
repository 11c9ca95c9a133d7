//! What was remembered, by what it may depend on: the interval, the hour, the weekday.

use crate::model::{Grade, Interval, ReviewKind, StudyDay};
use crate::stats::{Grades, Share};
use chrono::Datelike;
use serde::{Serialize, Serializer};

/// Retention of the reviews of cards that were asked after such an interval: the forgetting curve
/// as it was lived.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct IntervalRetention {
    /// The shortest interval in days.
    pub from: u32,
    /// The longest; `None` if there is no longest.
    pub to: Option<u32>,
    /// What was remembered.
    #[serde(flatten)]
    pub share: Share,
}

/// The shortest interval of each step, in days. They double, but that a lapse's interval of 1 has
/// a step of its own and maturity begins one.
pub(super) const STEPS: [u32; 10] = [1, 2, 4, 7, 14, 21, 42, 84, 168, 365];

/// Which of the [`STEPS`] an interval is in.
pub(super) fn step(interval: Interval) -> usize {
    STEPS.partition_point(|&from| from <= interval.get()).saturating_sub(1)
}

/// The rows of the forgetting curve, of passed and total in each of the [`STEPS`].
pub(super) fn by_interval(shares: &[Share; STEPS.len()]) -> Vec<IntervalRetention> {
    let ends = STEPS.iter().skip(1).map(|next| Some(next - 1)).chain([None]);
    let rows = STEPS.iter().zip(ends).zip(shares);
    rows.map(|((&from, to), &share)| IntervalRetention { from, to, share }).collect()
}

/// What was answered in an hour of the day, by the local clock.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct HourRetention {
    /// The hour, 0 to 23: 7 is from 7:00 to 7:59.
    pub hour: u8,
    /// Answers of every kind.
    pub answers: u64,
    /// What was remembered.
    #[serde(flatten)]
    pub share: Share,
}

/// What was answered on a weekday, by study day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WeekdayRetention {
    /// The weekday.
    pub weekday: Weekday,
    /// Answers of every kind.
    pub answers: u64,
    /// What was remembered.
    #[serde(flatten)]
    pub share: Share,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// Every weekday, Monday first.
    pub const ALL: [Weekday; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The word for it in every output for programs.
    pub fn word(self) -> &'static str {
        match self {
            Self::Monday => "monday",
            Self::Tuesday => "tuesday",
            Self::Wednesday => "wednesday",
            Self::Thursday => "thursday",
            Self::Friday => "friday",
            Self::Saturday => "saturday",
            Self::Sunday => "sunday",
        }
    }
}

/// The place of a study day's weekday in [`Weekday::ALL`].
pub(super) fn weekday(day: StudyDay) -> usize {
    usize::try_from(day.date().weekday().num_days_from_monday()).unwrap_or(0)
}

/// How often each grade was given, by the role in which the card was asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GradesByKind([Grades; 5]);

impl GradesByKind {
    /// Every kind, in the order in which they are told.
    pub const KINDS: [ReviewKind; 5] = [
        ReviewKind::Learn,
        ReviewKind::Review,
        ReviewKind::Ahead,
        ReviewKind::Drill,
        ReviewKind::Cram,
    ];

    /// The grades of a kind.
    pub fn of(&self, kind: ReviewKind) -> Grades {
        self.0[kind as usize]
    }

    pub(super) fn add(&mut self, kind: ReviewKind, grade: Grade) {
        self.0[kind as usize].add(grade);
    }
}

/// An object keyed by kind: `{"learn":{"0":3,…},…}`.
impl Serialize for GradesByKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Self::KINDS.map(|kind| (kind.word(), self.of(kind))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_leave_no_interval_out() {
        let at = [0, 1, 2, 3, 4, 6, 7, 13, 14, 20, 21, 41, 42, 83, 84, 167, 168, 364, 365, 36_500];
        let steps = at.map(|days| step(Interval::days(days)));
        assert_eq!(steps, [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9]);
        let rows = by_interval(&[Share::default(); STEPS.len()]);
        let ends: Vec<_> = rows.iter().map(|row| (row.from, row.to)).collect();
        assert_eq!(ends[..3], [(1, Some(1)), (2, Some(3)), (4, Some(6))]);
        assert_eq!(ends[8..], [(168, Some(364)), (365, None)]);
    }

    #[test]
    fn kinds_stand_in_their_own_places() {
        for (place, kind) in GradesByKind::KINDS.into_iter().enumerate() {
            assert_eq!(kind as usize, place);
        }
        let monday: StudyDay = "2026-11-23".parse().unwrap();
        assert_eq!((weekday(monday), weekday(monday.plus(6))), (0, 6));
        assert_eq!(Weekday::ALL[weekday(monday)].word(), "monday");
    }
}
