//! Through the binary, as a user: each test in its own home, with its own clock.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod add;
mod auto_import;
mod backlog;
mod backup;
mod bad_input;
mod browser;
mod cards;
mod clock;
mod config;
mod days;
mod disk;
mod docs;
mod doctor;
mod export;
#[cfg(target_os = "linux")]
mod faults;
mod glance;
mod hammer;
mod home;
mod hostile;
mod identity;
mod import;
mod kill;
mod limits;
mod marks;
mod page;
mod pictures;
mod protocol;
mod readme;
mod retire;
mod review_screen;
mod salvage;
mod schemas;
mod screen;
mod security;
mod settings;
mod shell;
mod statistics;
mod stats;
mod terminal;
mod time_box;
mod truth;
mod why;
