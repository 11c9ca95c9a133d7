//! Events and cards to numbers. Pure: no clock, no database.
//!
//! What each number means, and why it is counted as it is, stands in `docs/statistics.md`.

mod history;
mod input;
mod material;
mod numbers;
mod share;
mod tally;

pub use history::retention_on;
pub use input::{Answer, CardRow, DayRange};
pub use numbers::{
    CardCounts, DayLoad, DeckStatistics, DueOn, EaseCount, Grades, HardCard, IntervalCount,
    Statistics, Streak, Window, WindowRetention,
};
pub use share::Share;
pub use tally::{Tally, statistics};

#[cfg(test)]
mod tests;
