//! Events and cards to numbers. Pure: no clock, no database.
//!
//! What each number means, and why it is counted as it is, stands in `docs/statistics.md`.

mod drift;
mod hard;
mod history;
mod input;
mod material;
mod numbers;
mod recall;
mod share;
mod tally;

pub use drift::Drift;
pub use hard::{Advice, HardCard};
pub use history::retention_on;
pub use input::{Answer, CardNumber, CardRow, DayRange, DeckFrame, Frame, TagSet};
pub use numbers::{
    CardCounts, DayLoad, DeckStatistics, DueOn, EaseCount, Grades, IntervalCount, Statistics,
    Streak, TagStatistics, Window, WindowRetention,
};
pub use recall::{GradesByKind, HourRetention, IntervalRetention, Weekday, WeekdayRetention};
pub use share::Share;
pub use tally::{Tally, statistics};

#[cfg(test)]
mod tests;
