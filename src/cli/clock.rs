//! The clock: the machine's, or the one that `KATA_NOW` sets.

use crate::cli::Setting;
use crate::cli::error::WrongUsage;
use crate::model::{DayStart, Now, StudyDay};
use crate::store::Store;
use anyhow::Result;
use chrono::{DateTime, FixedOffset, Local};

/// Reads the clock.
pub(super) fn read(day_starts_at: DayStart) -> Result<Now> {
    Ok(Now::read(wall()?, day_starts_at))
}

/// Tells if an answer is of a later day than the clock's: it is behind now, or was ahead then.
/// Whatever is right, no answer is lost and none counted twice.
pub(super) fn doubt(setting: &Setting, store: &Store, today: StudyDay) -> Result<()> {
    if let Some(newest) = store.newest_study_day_after(today)? {
        setting.output.note(&format!(
            "Today is {today}, but the newest answer is of {newest}: check the clock and the time zone."
        ));
    }
    Ok(())
}

fn wall() -> Result<DateTime<FixedOffset>> {
    match std::env::var("KATA_NOW").ok().filter(|text| !text.is_empty()) {
        None => Ok(Local::now().fixed_offset()),
        Some(text) => DateTime::parse_from_rfc3339(&text).map_err(|_| {
            WrongUsage(format!(
                "KATA_NOW is {text:?}, which is no RFC 3339 time: write it as 2026-11-23T07:00:00+01:00"
            ))
            .into()
        }),
    }
}
