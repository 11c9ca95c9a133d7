//! How dark a day of the year's calendar is.

/// The shades of days by their answers: quarters of the days of study, so that one long day does
/// not pale the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shades {
    /// The most answers of each shade, the palest first. A quarter whose days are all like those
    /// of the one before has no shade of its own.
    most: [u64; Self::COUNT],
}

impl Shades {
    /// How many there are for days of study; a day without has none of them.
    pub(super) const COUNT: usize = 4;

    /// The shades for the answers of these days of study.
    pub(super) fn of(answers: impl IntoIterator<Item = u64>) -> Self {
        let mut answers: Vec<u64> = answers.into_iter().collect();
        answers.sort_unstable();
        let last = answers.len().saturating_sub(1);
        let most = [1, 2, 3, 4].map(|n| answers.get(last * n / Self::COUNT).copied().unwrap_or(0));
        Shades { most }
    }

    /// The shade of a day of study, 1 to 4.
    pub(super) fn of_day(self, answers: u64) -> usize {
        let shade = self.most.iter().position(|&most| answers <= most);
        shade.map_or(Self::COUNT, |shade| shade + 1)
    }

    /// The shades that there are, and from how many answers to how many.
    pub(super) fn steps(self) -> Vec<(usize, u64, u64)> {
        let mut from = 1;
        let mut steps = Vec::new();
        for (most, shade) in self.most.into_iter().zip(1..) {
            if most >= from {
                steps.push((shade, from, most));
                from = most + 1;
            }
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shades_are_quarters_of_the_days_of_study() {
        let shades = Shades::of([10, 1, 2, 3, 400]);
        assert_eq!([1, 2, 3, 10, 11, 999].map(|n| shades.of_day(n)), [1, 1, 2, 3, 4, 4]);
        assert_eq!(shades.steps(), [(1, 1, 2), (2, 3, 3), (3, 4, 10), (4, 11, 400)]);
    }

    #[test]
    fn days_that_are_alike_have_one_shade() {
        assert_eq!(Shades::of([7; 9]).steps(), [(1, 1, 7)]);
        assert_eq!(Shades::of([]).steps(), []);
    }
}
