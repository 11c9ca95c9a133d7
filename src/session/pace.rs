//! How long a person takes to an answer.

use std::collections::VecDeque;

/// One answer counts no longer than this, in milliseconds: longer ones were pauses.
const LONGEST: u32 = 60_000;

/// What an answer takes while none is known, in milliseconds.
const UNKNOWN: u32 = 10_000;

/// A person's latest answer times.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    /// In milliseconds, oldest first.
    latest: VecDeque<u32>,
}

impl Pace {
    /// So many of a person's latest answers tell the pace.
    pub const ANSWERS: usize = 200;

    /// The pace of a person whose latest answers took so many milliseconds, oldest first; the last
    /// 200 are looked at.
    pub fn of(latest: impl IntoIterator<Item = u32>) -> Self {
        let mut pace = Pace::default();
        latest.into_iter().for_each(|ms| pace.note(ms));
        pace
    }

    /// Notes how long an answer took, in milliseconds.
    pub(super) fn note(&mut self, ms: u32) {
        if self.latest.len() == Self::ANSWERS {
            self.latest.pop_front();
        }
        self.latest.push_back(ms.min(LONGEST));
    }

    /// The median of the latest answer times, in milliseconds; never 0.
    pub(super) fn median(&self) -> u32 {
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
    fn an_answer_counts_a_minute_at_most_and_none_that_was_not_timed() {
        assert_eq!(Pace::of([1000, 6000, 500_000]).median(), 6000);
        assert_eq!(Pace::of([500_000]).median(), 60_000);
        assert_eq!(Pace::of([0, 0, 0, 6000]).median(), 6000);
        assert_eq!(Pace::of([]).median(), UNKNOWN);
    }

    #[test]
    fn only_the_latest_answers_tell_the_pace() {
        let mut pace = Pace::of([60_000; Pace::ANSWERS]);
        (0..Pace::ANSWERS).for_each(|_| pace.note(1000));
        assert_eq!(pace.median(), 1000);
    }
}
