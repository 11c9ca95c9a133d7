//! How much fits into the time that a person has.

use crate::session::Pace;
use crate::session::queue::Time;

/// A length of time for a session.
#[derive(Debug, Clone, Copy)]
pub struct TimeBox {
    /// Milliseconds.
    length: u64,
}

impl TimeBox {
    /// A box of so many minutes.
    pub fn minutes(minutes: u32) -> Self {
        TimeBox { length: u64::from(minutes) * 60_000 }
    }

    /// What there is time for after so many milliseconds, while so many drills are pending: drills
    /// come first, and are asked until the time is up.
    pub(super) fn time(self, spent: u64, drills: usize, pace: &Pace) -> Time {
        if self.room(spent, pace) > drills {
            Time::ForAll
        } else if spent < self.length {
            Time::ForDrills
        } else {
            Time::Up
        }
    }

    /// How many answers at the median pace fit into what is left after so many milliseconds.
    pub(super) fn room(self, spent: u64, pace: &Pace) -> usize {
        let left = self.length.saturating_sub(spent);
        usize::try_from(left / u64::from(pace.median())).unwrap_or(usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_answer_fills_the_box() {
        let (time_box, pace) = (TimeBox::minutes(1), Pace::of([6000]));
        assert_eq!(time_box.room(0, &pace), 10);
        assert_eq!(time_box.room(30_001, &pace), 4);
        assert_eq!(time_box.room(70_000, &pace), 0);
    }

    #[test]
    fn pending_drills_fill_the_box_too() {
        let (time_box, pace) = (TimeBox::minutes(1), Pace::of([10_000]));
        assert_eq!(time_box.time(0, 5, &pace), Time::ForAll);
        assert_eq!(time_box.time(0, 6, &pace), Time::ForDrills);
        assert_eq!(time_box.time(59_999, 0, &pace), Time::ForDrills);
        assert_eq!(time_box.time(60_000, 1, &pace), Time::Up);
    }
}
