//! `kata`: spaced repetition for the terminal.
#![forbid(unsafe_code)]

pub mod frontend;
pub mod model;
pub mod schedule;
pub mod session;
pub mod store;
