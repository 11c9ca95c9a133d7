//! SM-2.
//!
//! Source: P. A. Woźniak, *Application of a computer to improve the results obtained in working
//! with the SuperMemo method* (1990), the description of algorithm SM-2, steps 1 to 7.

use crate::model::{Ease, Grade, Interval};
use crate::schedule::{CardState, Memory};

/// The working of one answer: the rule that SM-2 applied, with its operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sm2 {
    /// Step 6: n := 0, I := 1, the E-Factor stays.
    Fail,
    /// Steps 3 to 5.
    Pass {
        /// How EF moved, n going up by one; `None` if both stayed, the pass being too early.
        moved: Option<EaseMove>,
        /// Where I came from.
        interval: IntervalRule,
    },
}

/// Step 5: an E-Factor and what a grade adds to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EaseMove {
    /// The E-Factor before the answer.
    pub from: Ease,
    /// What is added, in hundredths: 10, 0 or -14.
    pub change: i32,
}

/// Where a pass has its interval from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntervalRule {
    /// I(1) = 1.
    First,
    /// I(2) = 6.
    Second,
    /// I(n) = ceil(I(n-1) × EF).
    Later(Product),
    /// An early pass: max(I, ceil(e × EF)).
    Early {
        /// I before the answer.
        scheduled: Interval,
        /// e × EF.
        product: Product,
    },
}

/// Days times an E-Factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Product {
    /// The days.
    pub days: u32,
    /// The E-Factor.
    pub ease: Ease,
}

impl EaseMove {
    /// The E-Factor after the answer.
    pub fn to(self) -> Ease {
        self.from.moved(self.change)
    }
}

impl IntervalRule {
    /// The interval, at most 36,500 days.
    pub fn interval(self) -> Interval {
        match self {
            Self::First => Interval::days(1),
            Self::Second => Interval::days(6),
            Self::Later(product) => Interval::days(product.ceil()),
            Self::Early { scheduled, product } => scheduled.max(Interval::days(product.ceil())),
        }
    }
}

impl Product {
    /// The product in hundredths of a day, exactly.
    pub fn hundredths(self) -> u64 {
        u64::from(self.days) * u64::from(self.ease.hundredths())
    }

    /// The product in days, rounded up.
    pub fn ceil(self) -> u64 {
        self.hundredths().div_ceil(100)
    }
}

/// Whether a pass so many days after the last scheduling answer moves n and EF: from the second
/// half of the interval on.
pub fn is_late_enough(days: u32, interval: Interval) -> bool {
    2 * u64::from(days) >= u64::from(interval.get())
}

/// The state after a scheduling answer, all but its days, and how it came about. `early` is the
/// study days since the last scheduling answer where they are fewer than the interval.
///
/// - A fail (step 6): n := 0, I := 1, the E-Factor stays.
/// - A pass (steps 3 to 5): EF moves, n := n + 1, I := 1, 6, then ceil(I × EF) with the EF just set.
/// - An early pass, e days in: n and EF move only if 2e >= I; I := max(I, ceil(e × EF)).
pub(super) fn answer(mut state: CardState, grade: Grade, early: Option<u32>) -> (CardState, Sm2) {
    if !grade.is_pass() {
        state.repetitions = 0;
        state.interval = Interval::days(1);
        return (state, Sm2::Fail);
    }
    let moves = early.is_none_or(|days| is_late_enough(days, state.interval));
    let moved = moves.then(|| EaseMove { from: state.ease(), change: ease_change(grade) });
    if let Some(moved) = moved {
        state.memory = Memory::Sm2 { ease: moved.to() };
        state.repetitions = state.repetitions.saturating_add(1);
    }
    let interval = match early {
        Some(days) => IntervalRule::Early {
            scheduled: state.interval,
            product: Product { days, ease: state.ease() },
        },
        None => interval_rule(&state),
    };
    state.interval = interval.interval();
    (state, Sm2::Pass { moved, interval })
}

/// Step 2 and 3: I(1) = 1, I(2) = 6, I(n) = ceil(I(n-1) × EF), with n and EF as just set.
fn interval_rule(state: &CardState) -> IntervalRule {
    match state.repetitions {
        0 | 1 => IntervalRule::First,
        2 => IntervalRule::Second,
        _ => IntervalRule::Later(Product { days: state.interval.get(), ease: state.ease() }),
    }
}

/// Step 5, in hundredths: EF' = EF + (0.1 - (5 - q)(0.08 + (5 - q) 0.02)).
fn ease_change(grade: Grade) -> i32 {
    let miss = 5 - i32::from(grade.number());
    10 - miss * (8 + miss * 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pass_moves_the_ease_by_whole_hundredths() {
        let change = |q| ease_change(Grade::new(q).unwrap());
        assert_eq!([change(3), change(4), change(5)], [-14, 0, 10]);
    }

    #[test]
    fn the_product_is_an_exact_ceiling() {
        let ceil = |days, ease| Product { days, ease: Ease::from_hundredths(ease) }.ceil();
        assert_eq!([ceil(6, 250), ceil(25, 236), ceil(6, 222)], [15, 59, 14]);
    }
}
