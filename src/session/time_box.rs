//! How much fits into the time that a person has.

use crate::session::queue::Time;
use std::collections::VecDeque;

/// One answer counts no longer than this, in milliseconds: longer ones were pauses.
const LONGEST: u32 = 60_000;

/// What an answer takes while none is known, in milliseconds.
const UNKNOWN: u32 = 10_000;

/// A length of time for a session, and how long its person takes to an answer.
#[derive(Debug, Clone)]
pub struct TimeBox {
    /// Milliseconds.
    length: u64,
    /// The times of the latest answers in milliseconds, oldest first.
    latest: VecDeque<u32>,
}

impl TimeBox {
    /// So many of a person's latest answers tell the pace.
    pub const ANSWERS: usize = 200;

    /// A box of so many minutes for a person whose latest answers took so many milliseconds, oldest first; the
    /// last 200 are looked at.
    pub fn minutes(minutes: u32, latest: impl IntoIterator<Item = u32>) -> Self {
        let mut time_box = TimeBox { length: u64::from(minutes) * 60_000, latest: VecDeque::new() };
        latest.into_iter().for_each(|ms| time_box.note(ms));
        time_box
    }

    /// Notes how long an answer took, in milliseconds.
    pub(super) fn note(&mut self, ms: u32) {
        if self.latest.len() == Self::ANSWERS {
            self.latest.pop_front();
        }
        self.latest.push_back(ms.min(LONGEST));
    }

    /// What there is time for after so many milliseconds, while so many drills are pending: drills
    /// come first, and are asked until the time is up.
    pub(super) fn time(&self, spent: u64, drills: usize) -> Time {
        if self.room(spent) > drills {
            Time::ForAll
        } else if spent < self.length {
            Time::ForDrills
        } else {
            Time::Up
        }
    }

    /// How many answers at the median pace fit into what is left after so many milliseconds.
    pub(super) fn room(&self, spent: u64) -> usize {
        let left = self.length.saturating_sub(spent);
        usize::try_from(left / u64::from(self.median())).unwrap_or(usize::MAX)
    }

    /// The median of the latest answer times, in milliseconds; never 0.
    fn median(&self) -> u32 {
        let mut times: Vec<u32> = self.latest.iter().copied().filter(|&ms| ms > 0).collect();
        if times.is_empty() {
            return UNKNOWN;
        }
        let middle = times.len() / 2;
        *times.select_nth_unstable(middle).1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_answer_fills_the_box() {
        let time_box = TimeBox::minutes(1, [1000, 6000, 500_000]);
        assert_eq!(time_box.room(0), 10);
        assert_eq!(time_box.room(30_001), 4);
        assert_eq!(time_box.room(70_000), 0);
    }

    #[test]
    fn an_answer_counts_a_minute_at_most_and_none_that_was_not_timed() {
        assert_eq!(TimeBox::minutes(1, [500_000]).room(0), 1);
        assert_eq!(TimeBox::minutes(1, [0, 0, 0, 6000]).room(0), 10);
        assert_eq!(TimeBox::minutes(1, []).room(0), 6);
    }

    #[test]
    fn pending_drills_fill_the_box_too() {
        let time_box = TimeBox::minutes(1, [10_000]);
        assert_eq!(time_box.time(0, 5), Time::ForAll);
        assert_eq!(time_box.time(0, 6), Time::ForDrills);
        assert_eq!(time_box.time(59_999, 0), Time::ForDrills);
        assert_eq!(time_box.time(60_000, 1), Time::Up);
    }

    #[test]
    fn only_the_latest_answers_tell_the_pace() {
        let mut time_box = TimeBox::minutes(1, [60_000; TimeBox::ANSWERS]);
        (0..TimeBox::ANSWERS).for_each(|_| time_box.note(1000));
        assert_eq!(time_box.room(0), 60);
    }
}
