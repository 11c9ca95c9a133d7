//! The days between two repetitions.

use serde::{Deserialize, Serialize};

/// Days from an answer to the day the card is due again, 0 (a new card) to 36,500.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(from = "u64", into = "u32")]
pub struct Interval(u32);

impl Interval {
    /// The interval of a new card.
    pub const NONE: Interval = Interval(0);
    /// The longest interval: 36,500 days.
    pub const MAX: Interval = Interval(36_500);
    /// From this many days on a card is mature; below it is young.
    pub const MATURE: Interval = Interval(21);

    /// So many days, at most 36,500.
    pub fn days(days: u64) -> Self {
        Interval(u32::try_from(days).map_or(Self::MAX.0, |d| d.min(Self::MAX.0)))
    }

    /// The number of days.
    pub fn get(self) -> u32 {
        self.0
    }

    /// Whether a card of this interval is mature.
    pub fn is_mature(self) -> bool {
        self >= Self::MATURE
    }
}

impl From<u64> for Interval {
    fn from(days: u64) -> Self {
        Interval::days(days)
    }
}

impl From<Interval> for u32 {
    fn from(interval: Interval) -> u32 {
        interval.0
    }
}

impl std::fmt::Display for Interval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_capped_at_a_hundred_years() {
        assert_eq!(Interval::days(u64::MAX), Interval::MAX);
        assert_eq!(Interval::days(36_501).get(), 36_500);
    }

    #[test]
    fn twenty_one_days_are_mature() {
        assert!(!Interval::days(20).is_mature());
        assert!(Interval::days(21).is_mature());
    }
}
