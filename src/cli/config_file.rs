//! Settings: `kata/config.yaml` in the platform's config directory.

use crate::cli::limited;
use crate::frontend::{GradeScale, Tone};
use crate::model::DayStart;
use crate::schedule::Scheduler;
use crate::session::Limits;
use crate::store::Keep;
use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Deserializer, de};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The largest file of settings that is read, in bytes.
const LARGEST: u64 = 1 << 20;

/// The settings in force.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Config {
    #[serde(deserialize_with = "limit")]
    pub(super) new_per_day: u32,
    #[serde(deserialize_with = "limit")]
    pub(super) reviews_per_day: u32,
    #[serde(deserialize_with = "time")]
    pub(super) day_starts_at: DayStart,
    pub(super) grades: GradeScale,
    pub(super) bury_siblings: bool,
    #[serde(deserialize_with = "limit")]
    pub(super) leech_threshold: u32,
    pub(super) auto_import: bool,
    #[serde(deserialize_with = "scheduler")]
    pub(super) scheduler: Scheduler,
    pub(super) theme: Tone,
    #[serde(deserialize_with = "limit")]
    pub(super) backups_daily: u32,
    #[serde(deserialize_with = "limit")]
    pub(super) backups_weekly: u32,
    #[serde(deserialize_with = "limit")]
    pub(super) backups_monthly: u32,
    pub(super) editor: Option<String>,
    /// The keys that the file names.
    #[serde(skip)]
    pub(super) named: BTreeSet<String>,
}

impl Default for Config {
    fn default() -> Self {
        let Keep { days, weeks, months } = Keep::default();
        Config {
            new_per_day: 20,
            reviews_per_day: 200,
            day_starts_at: DayStart::default(),
            grades: GradeScale::Six,
            bury_siblings: true,
            leech_threshold: 8,
            auto_import: true,
            scheduler: Scheduler::Sm2,
            theme: Tone::Dark,
            backups_daily: days,
            backups_weekly: weeks,
            backups_monthly: months,
            editor: None,
            named: BTreeSet::new(),
        }
    }
}

impl Config {
    /// Reads the settings of a file; those that it does not name keep their defaults.
    ///
    /// # Errors
    /// If it cannot be read, or a key or value is wrong: with its line.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let cannot = || format!("cannot read the settings in {}", path.display());
        let bytes = limited::read(path, LARGEST).with_context(cannot)?;
        let text = String::from_utf8(bytes)
            .map_err(|_| anyhow!("the file is not UTF-8"))
            .with_context(cannot)?;
        Self::parse(&text).map_err(|error| anyhow!("{}: {error}", path.display()))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let told = |error: serde_yaml::Error| {
            let message = error.to_string();
            // The reader knows no place for what is wrong with the file's first key, or with all.
            let place = if message.contains(" at line ") { "" } else { " at line 1" };
            format!("{message}{place}").replace("struct Config", "settings, as new_per_day: 20")
        };
        let config: Option<Config> = serde_yaml::from_str(text).map_err(told)?;
        let named: Option<BTreeMap<String, de::IgnoredAny>> =
            serde_yaml::from_str(text).map_err(told)?;
        let named = named.unwrap_or_default().into_keys().collect();
        Ok(Config { named, ..config.unwrap_or_default() })
    }

    /// Which backups stay.
    pub(super) fn keep(&self) -> Keep {
        Keep { days: self.backups_daily, weeks: self.backups_weekly, months: self.backups_monthly }
    }

    /// The limits of a study day.
    pub(super) fn limits(&self) -> Limits {
        Limits {
            new_per_day: self.new_per_day,
            reviews_per_day: self.reviews_per_day,
            bury_siblings: self.bury_siblings,
            leech_threshold: self.leech_threshold,
        }
    }
}

fn limit<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    deserializer.deserialize_str(Value(|text| {
        let number = text.parse().ok().filter(|limit| *limit <= 1_000_000);
        number.ok_or_else(|| format!("must be 0 to 1000000, got {text}"))
    }))
}

fn time<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DayStart, D::Error> {
    deserializer.deserialize_str(Value(|text| {
        text.parse().map_err(|_| format!("must be a time of day as \"04:00\", got {text:?}"))
    }))
}

fn scheduler<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Scheduler, D::Error> {
    deserializer.deserialize_str(Value(|text| match text {
        "sm2" => Ok(Scheduler::Sm2),
        _ => Err(format!("unknown scheduler {text:?}: there is sm2")),
    }))
}

/// Judges a value as it is written. Only what fails inside of a visitor is told with its line.
struct Value<T>(fn(&str) -> Result<T, String>);

impl<T> de::Visitor<'_> for Value<T> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("one value")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.0)(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_does_not_name_keeps_its_default() {
        let config = Config::parse("new_per_day: 5\nday_starts_at: \"00:30\"\n").unwrap();
        assert_eq!(config.new_per_day, 5);
        assert_eq!(config.day_starts_at.to_string(), "00:30");
        assert_eq!(config.reviews_per_day, 200);
        assert_eq!(Vec::from_iter(config.named), ["day_starts_at", "new_per_day"]);
        assert_eq!(Config::parse("# nothing yet\n").unwrap(), Config::default());
    }

    #[test]
    fn a_wrong_key_or_value_is_told_with_its_line() {
        for (text, line, what) in [
            ("new_per_day: 5\nnew_per_dya: 5\n", "line 2", "new_per_dya"),
            ("new_per_day: -1\n", "line 1", "0 to 1000000"),
            ("\nday_starts_at: soon\n", "line 2", "04:00"),
            ("grades: seven\n", "line 1", "seven"),
            ("foo: 1\n", "line 1", "foo"),
            ("- a\n", "line 1", "settings"),
            ("scheduler: fsrs\n", "line 1", "sm2"),
            ("theme: sepia\n", "line 1", "light"),
        ] {
            let error = Config::parse(text).unwrap_err();
            assert!(error.contains(line) && error.contains(what), "{text:?}: {error}");
        }
    }
}
