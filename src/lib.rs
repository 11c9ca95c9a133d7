//! `kata`: spaced repetition for the terminal.
#![forbid(unsafe_code)]

pub mod model;
pub mod report;
pub mod schedule;
pub mod stats;
