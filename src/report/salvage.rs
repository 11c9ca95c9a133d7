//! What came of a salvage, in words.

use crate::model::text::counted;
use serde::Serialize;
use std::fmt::Write as _;

/// What came of a salvage; the JSON of `kata doctor --salvage`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SalvageTold {
    /// The file that was read.
    pub database: String,
    /// The new one.
    pub salvaged: String,
    /// Whether everything was there.
    pub whole: bool,
    /// Pages that there should be.
    pub pages: u64,
    /// Those of them that do not read.
    pub unreadable: u64,
    /// Answers that were brought back.
    pub answers: u64,
    /// Other events that were brought back.
    pub marks: u64,
    /// Events that are lost, as far as anything tells of them.
    pub lost: u64,
    /// Undos of lost events, left out.
    pub idle_undos: u64,
    /// Live notes.
    pub notes: u64,
    /// Notes whose text is lost.
    pub placeholders: u64,
}

/// The page of `kata doctor --salvage`.
pub fn salvage(told: &SalvageTold) -> String {
    let mut page = String::new();
    let events = told.answers + told.marks;
    let known = events + told.lost;
    let _ = writeln!(
        page,
        "Read {} of {} of {}.",
        told.pages - told.unreadable,
        counted(told.pages, "page"),
        told.database,
    );
    let _ = writeln!(
        page,
        "Brought back into {}: {}, {}, {}: {} of the events that are known of.",
        told.salvaged,
        counted(told.notes, "note"),
        counted(told.answers, "answer"),
        counted(told.marks, "other event"),
        share(events, known),
    );
    if told.lost > 0 {
        let _ = writeln!(page, "Lost for certain: {}.", counted(told.lost, "event"));
    }
    if told.idle_undos > 0 {
        let left = counted(told.idle_undos, "undo");
        let _ = writeln!(page, "Left out: {left} of what is lost.");
    }
    if told.placeholders > 0 {
        let _ = writeln!(
            page,
            "The text of {} is lost: another stands in its place, retired, and keeps the answers. Importing the deck files brings text back; `kata relink` gives a card the answers of another.",
            counted(told.placeholders, "note")
        );
    }
    if told.whole {
        page.push_str("Nothing is missing.\n");
    }
    page
}

/// How much of something is there: rounded down, so that only all is 100 %.
fn share(part: u64, whole: u64) -> String {
    let hundredths = (part * 10_000).checked_div(whole).unwrap_or(10_000);
    match hundredths % 100 {
        0 => format!("{} %", hundredths / 100),
        rest => format!("{}.{rest:02} %", hundredths / 100),
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn only_all_is_a_hundred_per_cent() {
        assert_eq!(share(10, 10), "100 %");
        assert_eq!(share(999_999, 1_000_000), "99.99 %");
        assert_eq!(share(0, 3), "0 %");
        assert_eq!(share(0, 0), "100 %");
    }
}
