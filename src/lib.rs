//! `kata`: spaced repetition for the terminal.
#![forbid(unsafe_code)]

pub mod model;
pub mod reconcile;
pub mod schedule;
