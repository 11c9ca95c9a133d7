//! `kata`: spaced repetition for the terminal.
#![forbid(unsafe_code)]

pub mod deckfile;
pub mod model;
