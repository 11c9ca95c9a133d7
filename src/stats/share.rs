//! A share and how well it is known.

use serde::Serialize;

/// The standard normal distribution's 97.5 % quantile: 95 % lie within it on both sides.
const Z: f64 = 1.959_964;

/// How many of how many, with the share's 95 % interval. What would divide by 0 is `None`.
///
/// Invariant: `0 <= low <= rate <= high <= 1`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Share {
    /// How many passed.
    pub passed: u64,
    /// Of how many.
    pub total: u64,
    /// `passed / total`.
    pub rate: Option<f64>,
    /// The lower end of the interval.
    pub low: Option<f64>,
    /// The upper end of the interval.
    pub high: Option<f64>,
}

impl Share {
    /// So many of so many, with Wilson's score interval: the values of the true share from which
    /// the seen one is at most 1.96 standard errors away. Unlike the textbook interval it stays
    /// within 0 to 1 and holds for few answers and shares near 1.
    ///
    /// Source: E. B. Wilson, *Probable inference, the law of succession, and statistical
    /// inference*, Journal of the American Statistical Association 22 (1927), 209-212.
    pub fn of(passed: u64, total: u64) -> Self {
        if total == 0 {
            return Share::default();
        }
        #[allow(clippy::cast_precision_loss)] // exact below 2^53 answers
        let (passed_f, n) = (passed.min(total) as f64, total as f64);
        let rate = passed_f / n;
        let z2 = Z * Z;
        let scale = 1.0 + z2 / n;
        let centre = (rate + z2 / (2.0 * n)) / scale;
        let margin = Z / scale * (rate * (1.0 - rate) / n + z2 / (4.0 * n * n)).sqrt();
        Share {
            passed: passed.min(total),
            total,
            rate: Some(rate),
            // Rounding could put an end beyond 0, 1 or the rate itself.
            low: Some((centre - margin).clamp(0.0, rate)),
            high: Some((centre + margin).clamp(rate, 1.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_interval(passed: u64, total: u64, low: f64, high: f64) {
        let share = Share::of(passed, total);
        let near = |got: Option<f64>, want: f64| (got.unwrap() - want).abs() < 0.000_05;
        assert!(near(share.low, low) && near(share.high, high), "{share:?}");
    }

    /// 81 of 263, 15 of 148, 0 of 20 and 1 of 29: R. G. Newcombe, *Two-sided confidence
    /// intervals for the single proportion*, Statistics in Medicine 17 (1998), table I, method 3.
    #[test]
    fn the_interval_agrees_with_published_tables() {
        assert_interval(81, 263, 0.2553, 0.3662);
        assert_interval(15, 148, 0.0624, 0.1605);
        assert_interval(0, 20, 0.0000, 0.1611);
        assert_interval(1, 29, 0.0061, 0.1718);
    }

    #[test]
    fn nine_of_ten_is_not_ninety_of_a_hundred() {
        assert_interval(9, 10, 0.5958, 0.9821);
        assert_interval(90, 100, 0.8256, 0.9448);
    }

    #[test]
    fn a_share_of_nothing_is_none() {
        let json = serde_json::to_string(&Share::of(0, 0)).unwrap();
        assert_eq!(json, r#"{"passed":0,"total":0,"rate":null,"low":null,"high":null}"#);
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_rate_and_lies_within_0_to_1(
            total in 1u64..10_000_000, part in 0.0f64..=1.0,
        ) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let passed = (part * total as f64) as u64;
            let share = Share::of(passed, total);
            let (rate, low, high) =
                (share.rate.unwrap(), share.low.unwrap(), share.high.unwrap());
            prop_assert!(0.0 <= low && low <= rate && rate <= high && high <= 1.0);
        }

        #[test]
        fn more_answers_of_the_same_share_narrow_the_interval(
            total in 1u64..10_000, part in 0.0f64..=1.0, times in 2u64..100,
        ) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let passed = (part * total as f64) as u64;
            let width = |share: Share| share.high.unwrap() - share.low.unwrap();
            let few = width(Share::of(passed, total));
            prop_assert!(width(Share::of(passed * times, total * times)) < few);
        }
    }
}
