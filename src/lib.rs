//! `kata`: spaced repetition for the terminal.
#![forbid(unsafe_code)]

pub mod cli;
pub mod deckfile;
pub mod frontend;
pub mod model;
#[cfg(any(test, fuzzing))]
pub mod promises;
pub mod reconcile;
pub mod report;
pub mod schedule;
pub mod session;
pub mod stats;
pub mod store;
