//! The keys that grade.

use crate::model::Grade;
use serde::{Deserialize, Serialize};

/// How many grades a person chooses from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GradeScale {
    /// SM-2's own, 0 to 5.
    #[default]
    Six,
    /// Again, hard, good, easy: 2, 3, 4, 5.
    Four,
    /// Again, good: 2, 4.
    Two,
}

/// A key and the grade it gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice {
    /// The key.
    pub key: char,
    /// The grade's word.
    pub word: &'static str,
    /// The grade's number.
    number: usize,
}

impl Choice {
    /// The grade.
    pub fn grade(self) -> Grade {
        Grade::ALL[self.number]
    }
}

const fn choice(key: char, word: &'static str, number: usize) -> Choice {
    Choice { key, word, number }
}

const SIX: [Choice; 6] = [
    choice('0', "blackout", 0),
    choice('1', "wrong", 1),
    choice('2', "almost", 2),
    choice('3', "hard", 3),
    choice('4', "good", 4),
    choice('5', "easy", 5),
];
const FOUR: [Choice; 4] = [
    choice('1', "again", 2),
    choice('2', "hard", 3),
    choice('3', "good", 4),
    choice('4', "easy", 5),
];
const TWO: [Choice; 2] = [choice('1', "again", 2), choice('2', "good", 4)];

impl GradeScale {
    /// What there is to choose from, worst first.
    pub fn choices(self) -> &'static [Choice] {
        match self {
            Self::Six => &SIX,
            Self::Four => &FOUR,
            Self::Two => &TWO,
        }
    }

    /// The grade of a key.
    pub fn grade(self, key: char) -> Option<Grade> {
        self.choices().iter().find(|choice| choice.key == key).map(|choice| choice.grade())
    }

    /// The grade nearest to this one that there is to choose: a pass for a pass, a fail for a fail.
    pub fn nearest(self, grade: Grade) -> Grade {
        let alike = self.choices().iter().map(|choice| choice.grade());
        let alike = alike.filter(|choice| choice.is_pass() == grade.is_pass());
        alike.min_by_key(|choice| choice.number().abs_diff(grade.number())).unwrap_or(grade)
    }

    /// The word of a grade; where it has none of its own, that of the nearest.
    pub fn word(self, grade: Grade) -> &'static str {
        let nearest = self.nearest(grade);
        let choice = self.choices().iter().find(|choice| choice.grade() == nearest);
        choice.map_or("", |choice| choice.word)
    }

    /// The usual pass: 4.
    pub fn usual(self) -> Grade {
        Grade::ALL[4]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_is_never_taken_for_a_fail() {
        for scale in [GradeScale::Six, GradeScale::Four, GradeScale::Two] {
            for grade in Grade::ALL {
                assert_eq!(scale.nearest(grade).is_pass(), grade.is_pass(), "{scale:?} {grade:?}");
            }
        }
        assert_eq!(GradeScale::Two.word(Grade::ALL[3]), "good");
        assert_eq!(GradeScale::Four.word(Grade::ALL[0]), "again");
        assert_eq!(GradeScale::Six.nearest(Grade::ALL[3]), Grade::ALL[3]);
    }
}
