//! SM-2.
//!
//! Source: P. A. Woźniak, *Application of a computer to improve the results obtained in working
//! with the SuperMemo method* (1990), the description of algorithm SM-2, steps 1 to 7.

use crate::model::{Ease, Grade, Interval};
use crate::schedule::{CardState, Memory};

/// The state after a scheduling answer, all but its days. `early` is the study days since the
/// last scheduling answer where they are fewer than the interval.
///
/// - A fail (step 6): n := 0, I := 1, the E-Factor stays.
/// - A pass (steps 3 to 5): EF moves, n := n + 1, I := 1, 6, then ceil(I × EF) with the EF just set.
/// - An early pass, e days in: n and EF move only if 2e >= I; I := max(I, ceil(e × EF)).
pub(super) fn answer(mut state: CardState, grade: Grade, early: Option<u32>) -> CardState {
    if !grade.is_pass() {
        state.repetitions = 0;
        state.interval = Interval::days(1);
        return state;
    }
    let moves = early.is_none_or(|days| 2 * u64::from(days) >= u64::from(state.interval.get()));
    let mut ease = state.ease();
    if moves {
        ease = ease.moved(ease_change(grade));
        state.memory = Memory::Sm2 { ease };
        state.repetitions = state.repetitions.saturating_add(1);
    }
    state.interval = match early {
        Some(days) => state.interval.max(Interval::days(ease.times(days))),
        None => interval(state.repetitions, state.interval, ease),
    };
    state
}

/// Step 2 and 3: I(1) = 1, I(2) = 6, I(n) = ceil(I(n-1) × EF).
fn interval(repetitions: u32, before: Interval, ease: Ease) -> Interval {
    match repetitions {
        0 | 1 => Interval::days(1),
        2 => Interval::days(6),
        _ => Interval::days(ease.times(before.get())),
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
}
