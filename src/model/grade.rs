//! SM-2's quality of response.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How well a card was remembered, 0 (blackout) to 5 (perfect); 3 and above is a pass.
///
/// Source: P. A. Woźniak, *Application of a computer to improve the results obtained in
/// working with the SuperMemo method* (1990), the scale of the quality of responses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "u8")]
pub struct Grade(u8);

/// A number that is no grade.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("grade must be 0 to 5, got {0}")]
pub struct BadGrade(i64);

impl Grade {
    /// Every grade, worst first.
    pub const ALL: [Grade; 6] = [Grade(0), Grade(1), Grade(2), Grade(3), Grade(4), Grade(5)];

    /// The grade of this number.
    ///
    /// # Errors
    /// If the number is not 0 to 5.
    pub fn new(number: i64) -> Result<Self, BadGrade> {
        match u8::try_from(number) {
            Ok(quality @ 0..=5) => Ok(Grade(quality)),
            _ => Err(BadGrade(number)),
        }
    }

    /// The number, 0 to 5.
    pub fn number(self) -> u8 {
        self.0
    }

    /// Whether the card was remembered.
    pub fn is_pass(self) -> bool {
        self.0 >= 3
    }

    /// Whether SM-2's step 7 asks the card again on the same study day.
    pub fn asks_again_today(self) -> bool {
        self.0 < 4
    }
}

impl TryFrom<i64> for Grade {
    type Error = BadGrade;

    fn try_from(number: i64) -> Result<Self, BadGrade> {
        Grade::new(number)
    }
}

impl From<Grade> for u8 {
    fn from(grade: Grade) -> u8 {
        grade.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_0_to_5_are_grades() {
        assert!((0..=5).all(|n| Grade::new(n).is_ok()));
        assert_eq!(Grade::new(7).unwrap_err().to_string(), "grade must be 0 to 5, got 7");
        assert!(Grade::new(-1).is_err());
        assert!(Grade::new(260).is_err());
    }
}
