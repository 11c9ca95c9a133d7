//! What to ask next, and what an answer does. Pure: cards come in and answers go out through two
//! small traits, time as an argument.
//!
//! A [`Plan`] is the queue of a study day; a [`Session`] takes a person through it.

mod backlog;
#[cfg(any(test, fuzzing))]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
pub(crate) mod desk;
mod journal;
mod order;
mod pace;
mod plan;
mod queue;
mod rules;
mod run;
#[cfg(test)]
mod tests;
mod time_box;
mod typed;

pub use backlog::{Backlog, DueOn, End};
pub use journal::{Journal, Open, Shelf, TakenBack};
pub use pace::Pace;
pub use plan::{DueCards, Entry, Mode, Plan};
pub use queue::Remaining;
pub use rules::{Allowances, Answered, Limits, Rules};
pub use run::{Asked, Graded, Session, Tally, Undone, Verdict};
pub use time_box::TimeBox;
pub use typed::{Comparison, Fit, Piece, suggested};
