//! `kata`: spaced repetition for the terminal.
#![forbid(unsafe_code)]

pub mod cli;
pub mod deckfile;
pub mod frontend;
pub mod model;
pub mod reconcile;
pub mod report;
pub mod schedule;
pub mod session;
pub mod stats;
pub mod store;
