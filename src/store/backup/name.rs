//! What a backup is called: its study day, its number on that day, and what it was made for.

use crate::model::StudyDay;
use std::fmt;
use std::str::FromStr;

/// What a backup was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The first write of a study day.
    Daily,
    /// An import that retires much of a deck.
    Import,
    /// A repair.
    Repair,
    /// A restore: what it replaced.
    Restore,
    /// Somebody asked for it.
    Asked,
}

impl Reason {
    const ALL: [Reason; 5] =
        [Reason::Daily, Reason::Import, Reason::Repair, Reason::Restore, Reason::Asked];

    /// The word that it has in names and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Reason::Daily => "daily",
            Reason::Import => "import",
            Reason::Repair => "repair",
            Reason::Restore => "restore",
            Reason::Asked => "asked",
        }
    }
}

/// The name of a backup, in the order in which they were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BackupName {
    /// Made before a database of this version was brought up to date: `schema-1`.
    Schema(u32),
    /// The so-manieth of a study day: `2026-11-23-2-import`.
    Day(StudyDay, u32, Reason),
}

impl BackupName {
    /// The study day it was made on, if the name tells one.
    pub fn day(self) -> Option<StudyDay> {
        match self {
            BackupName::Schema(_) => None,
            BackupName::Day(day, ..) => Some(day),
        }
    }

    /// As much of it as names it: without what it was made for.
    pub fn short(self) -> String {
        match self {
            BackupName::Schema(_) => self.to_string(),
            BackupName::Day(day, number, _) => format!("{day}-{number}"),
        }
    }
}

impl fmt::Display for BackupName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BackupName::Schema(version) => write!(f, "schema-{version}"),
            BackupName::Day(day, number, reason) => write!(f, "{day}-{number}-{}", reason.word()),
        }
    }
}

/// The text is no name of a backup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoBackupName;

impl FromStr for BackupName {
    type Err = NoBackupName;

    fn from_str(text: &str) -> Result<Self, NoBackupName> {
        if let Some(version) = text.strip_prefix("schema-") {
            return version.parse().map(BackupName::Schema).map_err(|_| NoBackupName);
        }
        let (rest, reason) = text.rsplit_once('-').ok_or(NoBackupName)?;
        let (day, number) = rest.rsplit_once('-').ok_or(NoBackupName)?;
        let reason = Reason::ALL.into_iter().find(|known| known.word() == reason);
        let (Ok(day), Ok(number), Some(reason)) = (day.parse(), number.parse(), reason) else {
            return Err(NoBackupName);
        };
        Ok(BackupName::Day(day, number, reason))
    }
}
