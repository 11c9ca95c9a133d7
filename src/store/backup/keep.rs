//! Which backups stay.

use super::name::BackupName;
use crate::model::StudyDay;
use std::collections::BTreeSet;

/// How many backups stay: the last one of each of so many latest days, weeks and months that have
/// any. A person who pauses keeps what there was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Days.
    pub days: u32,
    /// Weeks, from Monday on.
    pub weeks: u32,
    /// Months.
    pub months: u32,
}

impl Default for Keep {
    fn default() -> Self {
        Keep { days: 7, weeks: 4, months: 12 }
    }
}

impl Keep {
    /// Whether backups are made at all without being asked for.
    pub fn any(self) -> bool {
        self != Keep { days: 0, weeks: 0, months: 0 }
    }
}

/// So many of the newest day stay all: what was made today may be wanted today.
const OF_THE_NEWEST_DAY: usize = 20;

/// The backups that need not stay. Those before an update of the schema always do.
pub(super) fn expendable(names: &[BackupName], keep: Keep) -> Vec<BackupName> {
    if !keep.any() {
        return Vec::new();
    }
    let mut newest_first: Vec<(StudyDay, BackupName)> =
        names.iter().filter_map(|name| Some((name.day()?, *name))).collect();
    newest_first.sort_unstable_by_key(|&(_, name)| std::cmp::Reverse(name));
    let mut kept: BTreeSet<BackupName> = BTreeSet::new();
    if let Some(&(newest, _)) = newest_first.first() {
        let of_it = newest_first.iter().take_while(|(day, _)| *day == newest);
        kept.extend(of_it.take(OF_THE_NEWEST_DAY).map(|(_, name)| name));
    }
    let day = |day: StudyDay| i64::from(day.number());
    keep_last_of_each(&newest_first, keep.days, day, &mut kept);
    keep_last_of_each(&newest_first, keep.weeks, week, &mut kept);
    keep_last_of_each(&newest_first, keep.months, month, &mut kept);
    let names = newest_first.into_iter().map(|(_, name)| name);
    names.filter(|name| !kept.contains(name)).collect()
}

/// Keeps the newest of each of the so many latest spans.
fn keep_last_of_each(
    newest_first: &[(StudyDay, BackupName)],
    spans: u32,
    span: impl Fn(StudyDay) -> i64,
    kept: &mut BTreeSet<BackupName>,
) {
    let mut seen = BTreeSet::new();
    for &(day, name) in newest_first {
        if seen.len() < spans as usize && seen.insert(span(day)) {
            kept.insert(name);
        }
    }
}

/// The number of a day's week; 1970-01-01 was a Thursday.
fn week(day: StudyDay) -> i64 {
    (i64::from(day.number()) + 3).div_euclid(7)
}

fn month(day: StudyDay) -> i64 {
    use chrono::Datelike;
    i64::from(day.date().year()) * 12 + i64::from(day.date().month0())
}

#[cfg(test)]
mod tests {
    use super::super::name::{NoBackupName, Reason};
    use super::*;

    fn name(day: &str, number: u32) -> BackupName {
        BackupName::Day(day.parse().unwrap(), number, Reason::Daily)
    }

    fn left(names: &[BackupName], keep: Keep) -> Vec<String> {
        let expendable = expendable(names, keep);
        let mut left: Vec<_> = names.iter().filter(|name| !expendable.contains(name)).collect();
        left.sort();
        left.into_iter().map(|name| name.short()).collect()
    }

    #[test]
    fn after_years_of_study_seven_days_four_weeks_and_twelve_months_stay() {
        let today: StudyDay = "2026-11-25".parse().unwrap();
        let mut names = Vec::new();
        // As it goes: one more a day, and what need not stay goes.
        for day in (0..800).rev() {
            names.push(BackupName::Day(today.plus(-day), 1, Reason::Daily));
            let gone = expendable(&names, Keep::default());
            names.retain(|name| !gone.contains(name));
        }
        let days: Vec<String> =
            names.iter().filter_map(|name| name.day()).map(|d| d.to_string()).collect();
        assert_eq!(
            days,
            [
                "2025-12-31",
                "2026-01-31",
                "2026-02-28",
                "2026-03-31",
                "2026-04-30",
                "2026-05-31",
                "2026-06-30",
                "2026-07-31",
                "2026-08-31",
                "2026-09-30",
                "2026-10-31",
                "2026-11-08",
                "2026-11-15",
                "2026-11-19",
                "2026-11-20",
                "2026-11-21",
                "2026-11-22",
                "2026-11-23",
                "2026-11-24",
                "2026-11-25",
            ]
        );
    }

    #[test]
    fn all_of_the_newest_day_stay_and_of_each_before_the_last() {
        let names = [
            name("2026-11-20", 1),
            name("2026-11-20", 2),
            name("2026-11-23", 1),
            name("2026-11-23", 2),
        ];
        let keep = Keep { days: 7, weeks: 0, months: 0 };
        assert_eq!(left(&names, keep), ["2026-11-20-2", "2026-11-23-1", "2026-11-23-2"]);
        let many: Vec<_> = (1..=30).map(|n| name("2026-11-23", n)).collect();
        assert_eq!(left(&many, keep).len(), OF_THE_NEWEST_DAY);
    }

    #[test]
    fn a_pause_costs_no_backup() {
        let names = [name("2024-01-01", 1), name("2024-01-02", 1), name("2026-11-23", 1)];
        assert_eq!(left(&names, Keep { days: 3, weeks: 0, months: 0 }).len(), 3);
    }

    #[test]
    fn what_was_before_an_update_stays_and_so_does_all_where_nothing_is_to_be_kept() {
        let names = [BackupName::Schema(1), name("2024-01-01", 1), name("2026-11-23", 1)];
        let one = Keep { days: 1, weeks: 0, months: 0 };
        assert_eq!(left(&names, one), ["schema-1", "2026-11-23-1"]);
        assert_eq!(left(&names, Keep { days: 0, weeks: 0, months: 0 }).len(), 3);
    }

    #[test]
    fn a_name_is_read_as_it_is_written() {
        for text in
            ["schema-1", "2026-11-23-1-daily", "2026-11-23-12-import", "2026-01-02-3-restore"]
        {
            assert_eq!(text.parse::<BackupName>().unwrap().to_string(), text);
        }
        for text in [
            "",
            "schema-",
            "2026-11-23",
            "2026-11-23-1",
            "2026-11-23-1-",
            "2026-11-23-x-daily",
            "a-1-daily",
        ] {
            assert_eq!(text.parse::<BackupName>(), Err(NoBackupName), "{text}");
        }
        assert!(name("2026-11-23", 9) < name("2026-11-23", 10));
    }
}
