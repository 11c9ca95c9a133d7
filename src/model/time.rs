//! Instants, study days, and how one becomes the other.

use chrono::{DateTime, Days, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// A moment in time: milliseconds since 1970-01-01 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Instant(i64);

impl Instant {
    /// The instant of so many milliseconds since 1970-01-01 UTC.
    pub fn from_millis(millis: i64) -> Self {
        Instant(millis)
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// 9999-12-31T23:59:59.999Z: RFC 3339 has four digits for a year.
    const LAST: i64 = 253_402_300_799_999;

    /// The instant one millisecond later.
    #[must_use]
    pub fn next(self) -> Self {
        Instant(self.0.saturating_add(1).min(Self::LAST))
    }
}

/// RFC 3339 in UTC with milliseconds.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = DateTime::<Utc>::from_timestamp_millis(self.0).unwrap_or_default();
        f.write_str(&time.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl From<Instant> for String {
    fn from(instant: Instant) -> String {
        instant.to_string()
    }
}

impl TryFrom<String> for Instant {
    type Error = chrono::ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let time = DateTime::parse_from_rfc3339(&text)?;
        Ok(Instant(time.timestamp_millis().min(Self::LAST)))
    }
}

/// A day of study: the local date, minus one before the hour at which the day starts.
///
/// Held as days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StudyDay(i32);

impl StudyDay {
    /// 0001-01-01.
    const FIRST: i32 = -719_162;
    /// 9999-12-31: a date has four digits for its year.
    const LAST: i32 = 2_932_896;

    /// The study day of so many days since 1970-01-01.
    pub const fn from_number(days: i32) -> Self {
        StudyDay(days)
    }

    /// The study day named by a date.
    pub fn from_date(date: NaiveDate) -> Self {
        StudyDay(date.to_epoch_days())
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i32 {
        self.0
    }

    /// The study day so many days later (earlier, if negative), from 0001-01-01 to 9999-12-31.
    #[must_use]
    pub fn plus(self, days: i64) -> Self {
        let sum = i64::from(self.0).saturating_add(days);
        let within = sum.clamp(i64::from(Self::FIRST), i64::from(Self::LAST));
        StudyDay(i32::try_from(within).unwrap_or(Self::LAST))
    }

    /// Days from `earlier` to this day; negative if it is later.
    pub fn since(self, earlier: StudyDay) -> i64 {
        i64::from(self.0) - i64::from(earlier.0)
    }

    /// The date that names the day.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.0).unwrap_or_default()
    }
}

impl fmt::Display for StudyDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date().format("%Y-%m-%d").fmt(f)
    }
}

/// A text that is no day.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("a day is written as 2026-11-23")]
pub struct NotADay;

impl FromStr for StudyDay {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let day = NaiveDate::parse_from_str(text, "%Y-%m-%d").map(StudyDay::from_date);
        // A year of more digits is refused as it would be by a reader that expects four.
        let day = day.ok().filter(|day| (Self::FIRST..=Self::LAST).contains(&day.0));
        day.ok_or(NotADay)
    }
}

impl From<StudyDay> for String {
    fn from(day: StudyDay) -> String {
        day.to_string()
    }
}

impl TryFrom<String> for StudyDay {
    type Error = NotADay;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// The local wall time at which a study day starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayStart(NaiveTime);

impl Default for DayStart {
    /// 04:00.
    fn default() -> Self {
        DayStart(NaiveTime::MIN + chrono::TimeDelta::hours(4))
    }
}

impl FromStr for DayStart {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        NaiveTime::parse_from_str(text, "%H:%M").map(DayStart)
    }
}

impl fmt::Display for DayStart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.format("%H:%M").fmt(f)
    }
}

/// One reading of the clock: everything about time that an event records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The moment.
    pub at: Instant,
    /// The study day it belongs to.
    pub day: StudyDay,
    /// Minutes the local wall clock is ahead of UTC.
    pub utc_offset: i16,
}

impl Now {
    /// What a wall clock shows: the study day is the local date, minus one before `start`.
    pub fn read(local: DateTime<FixedOffset>, start: DayStart) -> Self {
        let date = local.date_naive();
        let date = match local.time() < start.0 {
            true => date.checked_sub_days(Days::new(1)).unwrap_or(date),
            false => date,
        };
        Now {
            at: Instant(local.timestamp_millis()),
            day: StudyDay::from_date(date),
            utc_offset: i16::try_from(local.offset().local_minus_utc() / 60).unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day_of(text: &str) -> String {
        let local = DateTime::parse_from_rfc3339(text).unwrap();
        Now::read(local, DayStart::default()).day.to_string()
    }

    #[test]
    fn a_study_day_lasts_until_four_in_the_morning() {
        assert_eq!(day_of("2026-11-23T03:59:59+01:00"), "2026-11-22");
        assert_eq!(day_of("2026-11-23T04:00:00+01:00"), "2026-11-23");
        assert_eq!(day_of("2026-03-01T00:30:00-08:00"), "2026-02-28");
    }

    #[test]
    fn a_reading_keeps_instant_and_offset() {
        let local = DateTime::parse_from_rfc3339("2026-11-23T12:00:00.125+05:30").unwrap();
        let now = Now::read(local, DayStart::default());
        assert_eq!(now.at.to_string(), "2026-11-23T06:30:00.125Z");
        assert_eq!(now.utc_offset, 330);
    }

    #[test]
    fn no_day_has_a_year_of_five_digits() {
        let last: StudyDay = "9999-12-31".parse().unwrap();
        assert_eq!(last.plus(40_000), last);
        assert!("+10000-01-01".parse::<StudyDay>().is_err());
        assert_eq!(last.plus(i64::MIN).to_string(), "0001-01-01");
    }

    #[test]
    fn days_are_counted_over_the_end_of_a_month() {
        let day: StudyDay = "2026-02-27".parse().unwrap();
        assert_eq!(day.plus(2).to_string(), "2026-03-01");
        assert_eq!(day.plus(2).since(day), 2);
    }
}
