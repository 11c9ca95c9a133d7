//! The clock: the machine's, or the one that `KATA_NOW` sets.

use crate::cli::error::WrongUsage;
use crate::model::{DayStart, Now};
use anyhow::Result;
use chrono::{DateTime, FixedOffset, Local};

/// Reads the clock.
pub(super) fn read(day_starts_at: DayStart) -> Result<Now> {
    Ok(Now::read(wall()?, day_starts_at))
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
