//! `kata doctor`.

use crate::model::text::{counted, visible_line};
use crate::report::Style;
use serde::Serialize;
use std::fmt::Write as _;

/// How a database is; the JSON of `kata doctor`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Health {
    /// Its file.
    pub database: String,
    /// Whether every check found nothing.
    pub clean: bool,
    /// What was mended before it was looked at, a sentence each.
    pub mended: Vec<String>,
    /// Each check, in the order in which they were made.
    pub checks: Vec<CheckLine>,
    /// What is worth knowing, and wrong with nothing.
    pub remarks: Vec<String>,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckLine {
    /// `pages`, `references`, `schema`, `history`, `text`, `cards` or `cache`.
    pub check: &'static str,
    /// How much is not as it should be.
    pub problems: u64,
    /// The first of it, in words.
    pub examples: Vec<String>,
}

/// The page of `kata doctor`.
pub fn doctor(health: &Health, style: Style) -> String {
    let mut page = String::new();
    for mended in &health.mended {
        let _ = writeln!(page, "{mended}");
    }
    if !health.mended.is_empty() {
        page.push('\n');
    }
    for line in &health.checks {
        let CheckLine { check, problems, examples } = line;
        let found = match problems {
            0 => "ok".to_owned(),
            some => counted(*some, "problem"),
        };
        let _ = writeln!(page, "{check:10}  {found}");
        for example in examples {
            let _ = writeln!(page, "  {}", visible_line(example));
        }
        let left = problems.saturating_sub(examples.len() as u64);
        if left > 0 && !examples.is_empty() {
            let _ = writeln!(page, "  {}", style.dim(&format!("and {left} more")));
        }
    }
    if !health.remarks.is_empty() {
        page.push('\n');
    }
    for remark in &health.remarks {
        let _ = writeln!(page, "{}", visible_line(remark));
    }
    page
}
