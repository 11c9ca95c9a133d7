//! `kata`: spaced repetition for the terminal.
#![forbid(unsafe_code)]

pub mod deckfile;
pub mod model;
pub mod report;
pub mod schedule;
pub mod session;
pub mod stats;
pub mod store;
