//! Shares as points with their intervals.

use crate::report::html::drawing::{Anchor, Drawing, Shape, hovered, line, mark, rectangle, text};
use crate::report::html::plot::{LETTER, Measure, Plot};
use crate::report::html::scale::Scale;
use crate::report::words::percent;
use crate::stats::Share;

/// Answers from which on an interval is narrow enough to be seen whole.
const MANY: u64 = 20;

/// A row of points of one form.
#[derive(Debug, Clone)]
pub(super) struct Series {
    /// What the legend calls it; without one there is no legend.
    pub(super) name: Option<&'static str>,
    pub(super) shape: Shape,
    /// One for each place.
    pub(super) points: Vec<Point>,
}

/// A share and what it says when it is hovered over.
#[derive(Debug, Clone)]
pub(super) struct Point {
    pub(super) share: Share,
    pub(super) hover: String,
}

/// Points over places with these labels, on an axis titled `along`.
pub(super) fn points(
    named_by: &str,
    along: &str,
    labels: &[Option<String>],
    series: &[Series],
) -> Drawing {
    let measure = Measure {
        title: "passed, %",
        scale: Scale::of_shares(lowest(series)),
        tick: |share| percent(share),
    };
    let mut plot = Plot::new(&measure, labels.len(), along);
    legend(&mut plot, series);
    let pitch = plot.pitch();
    let (ceiling, ground) = (plot.ceiling(), plot.ground());
    #[allow(clippy::cast_precision_loss)] // three at most
    let step = pitch / (series.len() as f64 + 1.0);
    for (place, label) in labels.iter().enumerate() {
        let mut x = plot.x(place);
        for Series { shape, points, .. } in series {
            x += step;
            let Some(Point { share, hover }) = points.get(place) else { continue };
            let (Some(rate), Some(low), Some(high)) = (share.rate, share.low, share.high) else {
                continue;
            };
            let (low, high) = (plot.y(low), plot.y(high));
            let cap = |y| line("whisker", (x - 3.5, y), (x + 3.5, y));
            let mut point = hovered(hover)
                .add(rectangle("hit", (x - step / 2.0, ceiling), (step, ground - ceiling)))
                .add(line("whisker", (x, low), (x, high)))
                .add(cap(high));
            // Without an end the interval goes on below the axis.
            if low < ground {
                point = point.add(cap(low));
            }
            plot.add(point.add(mark(*shape, (x, plot.y(rate)))));
        }
        if let Some(words) = label {
            plot.label(words, plot.x(place) + pitch / 2.0);
        }
    }
    plot.add(line("axis", (plot.x(0), ground), (plot.right(), ground)));
    plot.drawing(named_by)
}

/// What the axis has to hold: every share, and the intervals of those that are of many answers, or
/// of the most that there are. An interval of a few would press all others together.
fn lowest(series: &[Series]) -> f64 {
    let shares = series.iter().flat_map(|series| &series.points).map(|point| point.share);
    let most = shares.clone().map(|share| share.total).max().unwrap_or(0);
    let is_shown = |share: &Share| share.total >= MANY.min(most);
    let ends = shares.filter_map(|share| if is_shown(&share) { share.low } else { share.rate });
    ends.fold(1.0, f64::min)
}

/// The names of the forms, at the upper right.
fn legend(plot: &mut Plot, series: &[Series]) {
    let mut x = plot.right();
    for Series { name, shape, .. } in series.iter().rev() {
        let Some(name) = name else { continue };
        #[allow(clippy::cast_precision_loss)] // a word
        let width = name.chars().count() as f64 * LETTER;
        x -= width;
        plot.add(text(name, (x, 14.0), Anchor::Start));
        plot.add(mark(*shape, (x - 12.0, 10.0)));
        x -= 32.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(shares: &[(u64, u64)]) -> Series {
        let point = |&(passed, total): &(u64, u64)| Point {
            share: Share::of(passed, total),
            hover: format!("{passed} of {total}"),
        };
        Series { name: None, shape: Shape::Circle, points: shares.iter().map(point).collect() }
    }

    #[test]
    fn a_share_of_nothing_has_no_point() {
        let svg = points("id", "hour", &[None, None], &[of(&[(0, 0), (1, 2)])]).to_string();
        assert!(svg.contains("1 of 2") && !svg.contains("0 of 0"), "{svg}");
    }

    #[test]
    fn an_interval_that_goes_on_below_the_axis_has_no_lower_end() {
        let whiskers = |shares: &[(u64, u64)]| {
            let svg = points("id", "hour", &[None, None], &[of(shares)]).to_string();
            svg.matches("whisker").count()
        };
        assert_eq!(whiskers(&[(90, 100)]), 3);
        assert_eq!(whiskers(&[(90, 100), (9, 10)]), 3 + 2);
    }

    #[test]
    fn the_axis_holds_every_share_and_what_is_known_well() {
        let low = |shares: &[(u64, u64)]| (lowest(&[of(shares)]) * 100.0).round() / 100.0;
        assert_eq!(low(&[(90, 100)]), 0.83, "its interval");
        assert_eq!(low(&[(9, 10)]), 0.6, "its interval: nothing is known better");
        assert_eq!(low(&[(90, 100), (8, 10)]), 0.8, "the other itself");
        assert_eq!(low(&[(0, 1), (90, 100)]), 0.0);
        assert_eq!(low(&[]), 1.0);
    }
}
