//! SM-2's E-Factor.

use serde::{Deserialize, Serialize};

/// SM-2's E-Factor as a whole number of hundredths, never below 1.30.
///
/// All changes SM-2 makes are whole hundredths, so nothing drifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "f64", into = "f64")]
pub struct Ease(u32);

impl Ease {
    /// The E-Factor of a new card: 2.50.
    pub const INITIAL: Ease = Ease(250);
    /// The smallest E-Factor: 1.30.
    pub const MIN: Ease = Ease(130);
    /// The largest a card can hold, 1,000.00: beyond what any history can reach.
    pub const MAX: Ease = Ease(100_000);

    /// The ease of so many hundredths, moved into 1.30 to 1,000.00.
    pub fn from_hundredths(hundredths: i64) -> Self {
        let within = hundredths.clamp(i64::from(Self::MIN.0), i64::from(Self::MAX.0));
        Ease(u32::try_from(within).unwrap_or(Self::MIN.0))
    }

    /// The ease in hundredths: 250 for 2.50.
    pub fn hundredths(self) -> u32 {
        self.0
    }

    /// This ease moved by so many hundredths, never below 1.30.
    #[must_use]
    pub fn moved(self, hundredths: i32) -> Self {
        Self::from_hundredths(i64::from(self.0) + i64::from(hundredths))
    }
}

/// Rounds to hundredths; what is no number becomes the smallest ease.
impl From<f64> for Ease {
    fn from(factor: f64) -> Self {
        #[allow(clippy::cast_possible_truncation)] // `as` saturates, and NaN becomes 0
        Self::from_hundredths((factor * 100.0).round() as i64)
    }
}

impl From<Ease> for f64 {
    fn from(ease: Ease) -> f64 {
        f64::from(ease.0) / 100.0
    }
}

impl std::fmt::Display for Ease {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ease_never_falls_below_1_30() {
        assert_eq!(Ease::INITIAL.moved(-500), Ease::MIN);
        assert_eq!(Ease::from(0.1), Ease::MIN);
        assert_eq!(Ease::from(f64::NAN), Ease::MIN);
    }

    #[test]
    fn an_imported_ease_rounds_to_hundredths() {
        assert_eq!(Ease::from(2.357).to_string(), "2.36");
    }
}
