//! Numbers to text: pages for a person, JSON for a program.
//!
//! A page is a function from a plain value to a string, a JSON text is [`json()`] of that same
//! value. `width` is the terminal's, in columns; it is `None` where output is no terminal, and
//! then nothing is cut. Text of decks goes through [`visible`](crate::model::text::visible) or
//! [`visible_line`](crate::model::text::visible_line) on every way out.

mod backups;
mod cards;
mod chart;
mod csv;
mod day;
mod decks;
mod doctor;
mod due;
mod glance;
mod history;
mod html;
mod json;
mod paper;
mod salvage;
mod settings;
mod shades;
mod show;
mod statistics;
mod style;
mod table;
mod why;
mod words;

pub use crate::model::text::counted;
pub use backups::{BackupLine, BackupList, backups, bytes};
pub use cards::{CardLine, cards};
pub use csv::{CsvTable, csv};
pub use day::{Day, day};
pub use decks::{DeckLine, Decks, decks};
pub use doctor::{CheckLine, Health, doctor};
pub use due::{DeckDue, Due, due};
pub use glance::{Glance, glance};
pub use history::{CardHistory, PastEvent, history};
pub use html::html;
pub use json::json;
pub use paper::{Ink, Paper};
pub use salvage::{SalvageTold, salvage};
pub use settings::{SettingLine, Settings, settings};
pub use show::{CardSheet, show};
pub use statistics::{Section, Show, statistics};
pub use style::{Style, Tone};
pub use table::{Cell, Column, Layout, Table};
pub use why::{Early, Gone, NextAnswer, Outcome, Standing, Why, story, why};
pub use words::{backlog, short_id};

#[cfg(test)]
mod tests;
