//! Through the binary, as a user: each test in its own home, with its own clock.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bad_input;
mod days;
mod export;
mod home;
mod hostile;
mod identity;
mod import;
mod kill;
mod marks;
mod protocol;
mod settings;
mod stats;
mod terminal;
mod why;
