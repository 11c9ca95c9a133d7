//! How a study day stands, in a few lines.

use crate::model::text::counted;
use crate::report::words::{percent, streak};
use crate::stats::{Share, Streak};
use std::fmt::Write as _;

/// A study day in figures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day {
    /// What was remembered on it.
    pub retention: Share,
    /// Cards that are due by the day after, those left over included.
    pub due_tomorrow: u64,
    /// Study days in a row.
    pub streak: Streak,
}

/// The day in lines; what there is nothing of is left out.
pub fn day(day: &Day) -> String {
    let mut told = String::new();
    let Share { passed, total, rate, low, high } = day.retention;
    if let (Some(rate), Some(low), Some(high)) = (rate, low, high) {
        let (rate, low, high) = (percent(rate), percent(low), percent(high));
        let _ = writeln!(
            told,
            "Retention today: {passed} of {total}, {rate} % (95 % interval {low} to {high} %)."
        );
    }
    let _ = writeln!(told, "Tomorrow: {} due.", counted(day.due_tomorrow, "card"));
    let _ = writeln!(told, "{}", streak(day.streak));
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_without_reviews_has_no_retention() {
        let streak = Streak { current: 1, longest: 1 };
        let mut figures = Day { retention: Share::of(9, 10), due_tomorrow: 1, streak };
        let told = "Retention today: 9 of 10, 90 % (95 % interval 60 to 98 %).\n\
                    Tomorrow: 1 card due.\nStreak: 1 day, the longest so far.\n";
        assert_eq!(day(&figures), told);
        figures.retention = Share::default();
        assert!(day(&figures).starts_with("Tomorrow"));
    }
}
