//! `kata backup --list`.

use crate::model::StudyDay;
use crate::report::{Cell, Column, Style, Table};
use chrono::{DateTime, Local};
use serde::{Serialize, Serializer};

/// The backups that there are; the JSON of `kata backup --list`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupList {
    /// Where they are.
    pub folder: String,
    /// The oldest first.
    pub backups: Vec<BackupLine>,
}

/// One backup; the JSON of `kata backup`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BackupLine {
    /// As it is named.
    pub backup: String,
    /// What it was made for: `daily`, `import`, `repair`, `restore`, `asked` or `update`.
    pub reason: &'static str,
    /// The study day it was made on; `None` before an update.
    pub day: Option<StudyDay>,
    /// When it was made.
    #[serde(serialize_with = "rfc3339")]
    pub made: DateTime<Local>,
    /// Bytes of its file.
    pub size: u64,
    /// Its file.
    pub path: String,
}

fn rfc3339<S: Serializer>(time: &DateTime<Local>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&time.to_rfc3339())
}

/// The page of `kata backup --list`.
pub fn backups(list: &BackupList, style: Style, width: Option<usize>) -> String {
    if list.backups.is_empty() {
        return format!("No backups in {}.\n", list.folder);
    }
    let mut table = Table::new([
        Column::name("Backup"),
        Column::name("Made"),
        Column::name("For"),
        Column::number("Size"),
    ]);
    for backup in &list.backups {
        table.row([
            backup.backup.as_str().into(),
            backup.made.format("%Y-%m-%d %H:%M").to_string().as_str().into(),
            told(backup.reason).into(),
            Cell::from(bytes(backup.size).as_str()),
        ]);
    }
    let all = list.backups.iter().map(|backup| backup.size).sum();
    let page = table.render(style, width);
    format!("{page}\n{} in {}\n", bytes(all), list.folder)
}

/// What a backup was made for, in words.
fn told(reason: &str) -> &str {
    match reason {
        "daily" => "the day",
        "import" => "an import",
        "repair" => "a repair",
        "restore" => "a restore",
        "update" => "an update",
        other => other,
    }
}

/// A size in the largest unit that leaves a number of one to three digits: `1.2 MB`, `640 kB`.
pub fn bytes(size: u64) -> String {
    const UNITS: [&str; 5] = ["kB", "MB", "GB", "TB", "PB"];
    if size < 1000 {
        return format!("{size} B");
    }
    #[allow(clippy::cast_precision_loss, reason = "three digits are told")]
    let mut size = size as f64 / 1000.0;
    let mut units = UNITS.iter();
    let mut unit = units.next();
    while size >= 999.5 {
        let Some(next) = units.next() else { break };
        size /= 1000.0;
        unit = Some(next);
    }
    let unit = unit.unwrap_or(&UNITS[0]);
    if size < 9.95 { format!("{size:.1} {unit}") } else { format!("{size:.0} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_has_few_digits() {
        for (size, told) in [
            (0, "0 B"),
            (999, "999 B"),
            (1000, "1.0 kB"),
            (9_949, "9.9 kB"),
            (9_951, "10 kB"),
            (999_600, "1.0 MB"),
            (123_456_789, "123 MB"),
            (5_000_000_000, "5.0 GB"),
            (u64::MAX, "18447 PB"),
        ] {
            assert_eq!(bytes(size), told);
        }
    }
}
