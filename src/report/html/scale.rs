//! Axes: round steps that hold every value.

/// About how many steps an axis has.
const STEPS: f64 = 4.0;

/// The ends of an axis and the distance between its ticks.
///
/// Invariant: `low < high`, and both are ticks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    step: f64,
}

impl Scale {
    /// From 0 to a whole number that holds the largest count. The steps are whole, too: there is
    /// no half a card.
    pub(super) fn of_counts(largest: u64) -> Self {
        #[allow(clippy::cast_precision_loss)] // shown to a pixel
        let largest = largest as f64;
        let step = round_step(largest / STEPS).max(1.0);
        Scale { low: 0.0, high: (largest / step).ceil().max(1.0) * step, step }
    }

    /// Shares, up to 1 and down to a round one that holds the lowest.
    pub(super) fn of_shares(lowest: f64) -> Self {
        let lowest = lowest.clamp(0.0, 1.0);
        let step = if lowest < 0.5 { 0.2 } else { 0.1 };
        // A tenth at least, and no trouble with 0.7 that is 0.7000000001.
        let steps = ((1.0 - lowest) / step - 1e-9).ceil().max(1.0);
        Scale { low: (1.0 - steps * step).max(0.0), high: 1.0, step }
    }

    /// How far up the axis a value is: 0 at its low end, 1 at its high end, and none beyond.
    pub(super) fn part(&self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }

    /// The values that have a tick, lowest first.
    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> {
        let (low, step) = (self.low, self.step);
        let steps = ((self.high - low) / step).round();
        (0..).map(f64::from).take_while(move |n| *n <= steps).map(move |n| low + n * step)
    }
}

/// The least of 1, 2 and 5 times a power of ten that is no smaller; P. S. Heckbert, *Nice numbers
/// for graph labels*, Graphics Gems (1990), 61-63.
fn round_step(least: f64) -> f64 {
    if least <= 0.0 {
        return 0.0;
    }
    let power = 10_f64.powf(least.log10().floor());
    let fraction = least / power - 1e-9;
    let times = [1.0, 2.0, 5.0].into_iter().find(|times| fraction <= *times);
    times.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ticks(scale: Scale) -> Vec<String> {
        scale.ticks().map(|tick| format!("{tick:.1}")).collect()
    }

    #[test]
    fn counts_have_whole_and_round_ticks() {
        assert_eq!(ticks(Scale::of_counts(0)), ["0.0", "1.0"]);
        assert_eq!(ticks(Scale::of_counts(1)), ["0.0", "1.0"]);
        assert_eq!(ticks(Scale::of_counts(3)), ["0.0", "1.0", "2.0", "3.0"]);
        assert_eq!(ticks(Scale::of_counts(7)), ["0.0", "2.0", "4.0", "6.0", "8.0"]);
        assert_eq!(ticks(Scale::of_counts(100)), ["0.0", "50.0", "100.0"]);
        assert_eq!(ticks(Scale::of_counts(61)), ["0.0", "20.0", "40.0", "60.0", "80.0"]);
    }

    #[test]
    fn shares_end_at_one_hundred_percent() {
        assert_eq!(ticks(Scale::of_shares(1.0)), ["0.9", "1.0"]);
        assert_eq!(ticks(Scale::of_shares(0.7)), ["0.7", "0.8", "0.9", "1.0"]);
        assert_eq!(ticks(Scale::of_shares(0.0)), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
    }

    #[test]
    fn a_value_beyond_the_axis_is_at_its_end() {
        let scale = Scale::of_counts(10);
        assert!((scale.part(5.0) - 0.5).abs() < 1e-9);
        assert!(scale.part(-3.0) == 0.0 && scale.part(1e30) == 1.0);
    }

    proptest! {
        #[test]
        fn an_axis_holds_its_largest_count_in_few_steps(largest: u64) {
            let scale = Scale::of_counts(largest);
            #[allow(clippy::cast_precision_loss)]
            let largest = largest as f64;
            prop_assert!(scale.high >= largest);
            prop_assert!(scale.high < 2.0 * largest.max(1.0));
            let ticks: Vec<f64> = scale.ticks().collect();
            prop_assert!((2..=6).contains(&ticks.len()), "{ticks:?}");
            prop_assert!((ticks[ticks.len() - 1] - scale.high).abs() <= scale.high * 1e-9);
        }

        #[test]
        fn an_axis_holds_its_lowest_share(lowest in 0.0f64..=1.0) {
            let scale = Scale::of_shares(lowest);
            prop_assert!(scale.low <= lowest + 1e-9 && scale.low >= 0.0);
            prop_assert!((2..=7).contains(&scale.ticks().count()));
        }
    }
}
