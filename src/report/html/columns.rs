//! Counts as columns side by side.

use crate::report::html::drawing::{Drawing, hovered, line, rectangle};
use crate::report::html::plot::{Measure, Plot};

/// One column.
#[derive(Debug, Clone)]
pub(super) struct Column {
    /// What stands under it, if anything does.
    pub(super) label: Option<String>,
    pub(super) value: f64,
    /// What it says when it is hovered over.
    pub(super) hover: String,
    /// Whether it is drawn in grey, as less than the others.
    pub(super) is_quiet: bool,
}

impl Column {
    /// A column as high as a count.
    pub(super) fn of_count(label: Option<String>, count: u64, hover: String) -> Self {
        #[allow(clippy::cast_precision_loss)] // drawn to a pixel
        let value = count as f64;
        Column { label, value, hover, is_quiet: false }
    }
}

/// Where the words under columns stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Labels {
    /// Below the middle: they name the column.
    Middle,
    /// Below the left edge: they are the least that the column holds.
    Edge,
}

/// Columns over an axis that is titled `along`.
pub(super) fn columns(
    named_by: &str,
    measure: &Measure,
    along: &str,
    labels: Labels,
    columns: &[Column],
) -> Drawing {
    let mut plot = Plot::new(measure, columns.len(), along);
    let pitch = plot.pitch();
    let gap = match labels {
        Labels::Middle => (pitch * 0.22).clamp(0.6, 12.0),
        // One begins where the other ends.
        Labels::Edge => 1.5,
    };
    let (ceiling, ground) = (plot.ceiling(), plot.ground());
    for (place, column) in columns.iter().enumerate() {
        let x = plot.x(place);
        let height = match column.value > 0.0 {
            // What is not 0 can be seen.
            true => (ground - plot.y(column.value)).max(1.5),
            false => 0.0,
        };
        let class = if column.is_quiet { "bar quiet" } else { "bar" };
        plot.add(
            hovered(&column.hover)
                .add(rectangle("hit", (x, ceiling), (pitch, ground - ceiling)))
                .add(rectangle(class, (x + gap / 2.0, ground - height), (pitch - gap, height))),
        );
        if let Some(words) = &column.label {
            let at = if labels == Labels::Edge { x } else { x + pitch / 2.0 };
            if labels == Labels::Edge || pitch < 12.0 {
                plot.add(line("axis", (at, ground), (at, ground + 5.0)));
            }
            plot.label(words, at);
        }
    }
    plot.add(line("axis", (plot.x(0), ground), (plot.right(), ground)));
    plot.drawing(named_by)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The heights of the columns, in order.
    fn heights(counts: &[u64]) -> Vec<f64> {
        let most = counts.iter().copied().max().unwrap_or(0);
        let all = counts.iter().map(|&count| Column::of_count(None, count, count.to_string()));
        let all: Vec<Column> = all.collect();
        let svg = columns("id", &Measure::counts("cards", most), "day", Labels::Middle, &all);
        let svg = svg.to_string();
        let tree = roxmltree::Document::parse(&svg).unwrap();
        let bars = tree.descendants().filter(|node| node.attribute("class") == Some("bar"));
        bars.map(|bar| bar.attribute("height").unwrap().parse().unwrap()).collect()
    }

    #[test]
    fn a_column_is_as_high_as_its_count_and_what_is_not_0_can_be_seen() {
        let seen = heights(&[0, 1, 50_000, 100_000]);
        assert!(seen[0] == 0.0 && seen[1] == 1.5, "{seen:?}");
        assert!((seen[3] / seen[2] - 2.0).abs() < 0.01, "{seen:?}");
    }

    #[test]
    fn no_one_and_huge_counts_have_their_chart() {
        assert_eq!(heights(&[]), [0.0; 0]);
        assert_eq!(heights(&[0]), [0.0]);
        assert_eq!(heights(&[1]).len(), 1);
        assert!(heights(&[u64::MAX, 1]).iter().all(|height| height.is_finite() && *height > 0.0));
    }
}
