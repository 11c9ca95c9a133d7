//! Whether retention has changed, or only seems to have.

use crate::stats::Share;
use serde::Serialize;

/// What is said to differ would be so far apart by chance in one of 20.
const SIGNIFICANT: f64 = 0.05;

/// How many passes and how many fails each side has to have, if none changed, for the normal
/// distribution to stand in for the binomial one.
const FEWEST_EXPECTED: u128 = 5;

/// Retention lately and before, and whether chance alone explains how far apart they are.
///
/// Invariants: `z` and `p` are there together or not at all, and `differs` needs them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Drift {
    /// What was remembered lately.
    pub recent: Share,
    /// What was remembered before.
    pub before: Share,
    /// How many standard errors the recent rate lies above the one before; negative if it fell.
    /// `None` where there are too few answers to tell.
    pub z: Option<f64>,
    /// How often chance alone puts two rates at least so far apart.
    pub p: Option<f64>,
    /// Whether `p` is under 0.05.
    pub differs: bool,
}

impl Drift {
    /// Two shares compared by the two-proportion z-test: pooled, two-sided, without a correction
    /// for continuity.
    ///
    /// ```text
    /// q = (x1 + x2) / (n1 + n2)      z = (x1/n1 - x2/n2) / √( q(1-q) (1/n1 + 1/n2) )
    /// p = erfc(|z| / √2)
    /// ```
    ///
    /// z² is Pearson's chi-square of the table of two rows and two columns. It takes each side
    /// to have at least five passes and five fails expected of it.
    ///
    /// Sources: K. Pearson, Philosophical Magazine 50 (1900), 157-175; R. A. Fisher, *On the
    /// interpretation of χ² from contingency tables*, Journal of the Royal Statistical Society 85
    /// (1922), 87-94, for its one degree of freedom; W. G. Cochran, *Some methods for
    /// strengthening the common χ² tests*, Biometrics 10 (1954), 417-451, for the five.
    pub fn of(recent: Share, before: Share) -> Self {
        let z = z(recent, before);
        let p = z.map(two_sided);
        Drift { recent, before, z, p, differs: p.is_some_and(|p| p < SIGNIFICANT) }
    }
}

#[allow(clippy::cast_precision_loss)] // exact below 2^53 answers
fn z(recent: Share, before: Share) -> Option<f64> {
    if !are_enough(recent, before) {
        return None;
    }
    let (x1, n1) = (recent.passed as f64, recent.total as f64);
    let (x2, n2) = (before.passed as f64, before.total as f64);
    let pooled = (x1 + x2) / (n1 + n2);
    Some((x1 / n1 - x2 / n2) / (pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2)).sqrt())
}

/// Whether enough passes and fails are expected of the smaller side, and so of both: its part of
/// all passes and of all fails.
fn are_enough(recent: Share, before: Share) -> bool {
    let [passed, total, smaller] = [
        recent.passed + before.passed,
        recent.total + before.total,
        recent.total.min(before.total),
    ]
    .map(u128::from);
    let rarer = passed.min(total - passed);
    total > 0 && smaller * rarer >= FEWEST_EXPECTED * total
}

/// How much of the standard normal distribution lies at least |z| from its middle.
fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() / std::f64::consts::SQRT_2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn drift((x1, n1): (u64, u64), (x2, n2): (u64, u64)) -> Drift {
        Drift::of(Share::of(x1, n1), Share::of(x2, n2))
    }

    fn assert_near(got: Option<f64>, want: f64, within: f64) {
        let got = got.unwrap();
        assert!((got - want).abs() <= within, "{got} is not {want}");
    }

    /// C. T. Le, *Introductory Biostatistics* (2003), example 6.6.
    #[test]
    fn z_agrees_with_a_published_example() {
        assert_near(drift((11, 61), (35, 238)).z, 0.64, 0.005);
    }

    /// By `chi2_contingency(…, correction=False)` of SciPy 1.17.1, which is R's `prop.test` with
    /// `correct = FALSE`. The last are the first men of the Physicians' Health Study, New England
    /// Journal of Medicine 318 (1988), 262-264.
    #[test]
    fn z_and_p_agree_with_another_program() {
        for (recent, before, chi_square, p) in [
            ((11, 61), (35, 238), 0.412_838_607_872_358_6, 0.520_532_245_057_165),
            ((257, 300), (810, 900), 4.287_194_086_434_455_5, 0.038_400_489_755_198_21),
            ((240, 300), (810, 900), 20.571_428_571_428_573, 5.744_711_919_156_856e-6),
            ((104, 11_037), (189, 11_034), 25.013_883_967_194_165, 5.691_896_973_740_789e-7),
        ] {
            let drift = drift(recent, before);
            assert_near(drift.z.map(|z| z * z), chi_square, 1e-12 * chi_square);
            assert_near(drift.p, p, 1e-12 * p);
        }
    }

    #[test]
    fn nothing_is_said_of_too_few_answers() {
        let silent = |drift: Drift| (drift.z, drift.p, drift.differs) == (None, None, false);
        assert!(silent(drift((0, 0), (0, 0))));
        assert!(silent(drift((0, 0), (900, 1000))));
        assert!(silent(drift((300, 300), (900, 900))), "none failed");
        // At 90 % fifty answers are the fewest of which five fails are expected.
        assert!(silent(drift((20, 49), (475, 501))));
        assert!(drift((45, 50), (450, 500)).p.is_some());
    }

    #[test]
    fn a_rate_that_stayed_does_not_differ_and_one_that_fell_does() {
        let stayed = drift((270, 300), (810, 900));
        assert_eq!((stayed.z, stayed.p, stayed.differs), (Some(0.0), Some(1.0), false));
        let fell = drift((240, 300), (810, 900));
        assert!(fell.differs && fell.z.unwrap() < -4.0);
    }

    proptest! {
        #[test]
        fn what_is_said_does_not_depend_on_which_side_comes_first(
            n1 in 0u64..2_000, n2 in 0u64..2_000, part1 in 0.0f64..=1.0, part2 in 0.0f64..=1.0,
        ) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
            let part = |n: u64, part: f64| (part * n as f64) as u64;
            let (x1, x2) = (part(n1, part1), part(n2, part2));
            let (one, other) = (drift((x1, n1), (x2, n2)), drift((x2, n2), (x1, n1)));
            prop_assert_eq!(one.p, other.p);
            prop_assert_eq!(one.z.map(|z| -z), other.z);
            prop_assert_eq!(one.z.is_some(), one.p.is_some());
            prop_assert!(one.p.is_none_or(|p| (0.0..=1.0).contains(&p)));
            prop_assert_eq!(one.differs, one.p.is_some_and(|p| p < 0.05));
        }
    }
}
