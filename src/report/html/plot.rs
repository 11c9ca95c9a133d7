//! The frame of a chart: axes with their titles and ticks, and where a value lies in it.

use crate::report::html::drawing::{Anchor, Drawing, group, line, text};
use crate::report::html::scale::Scale;
use svg::node::element::Group;

/// Size in the drawing's own units, which are pixels on a wide screen. On a narrow one the letters
/// grow to some 17 of these units, for which there has to be room.
const SIZE: (f64, f64) = (520.0, 270.0);
const TOP: f64 = 36.0;
const RIGHT: f64 = 6.0;
const BOTTOM: f64 = 52.0;

/// The width of a letter, at its largest.
pub(super) const LETTER: f64 = 9.5;

/// The axis on the left: what it measures, and in which unit.
#[derive(Debug)]
pub(super) struct Measure {
    /// With the unit, as `minutes`.
    pub(super) title: &'static str,
    pub(super) scale: Scale,
    /// How a tick is told.
    pub(super) tick: fn(f64) -> String,
}

impl Measure {
    /// Counts up to the largest one.
    pub(super) fn counts(title: &'static str, largest: u64) -> Self {
        Measure { title, scale: Scale::of_counts(largest), tick: |count| format!("{count:.0}") }
    }
}

/// A chart that has its axes, and takes marks.
#[derive(Debug)]
pub(super) struct Plot {
    content: Group,
    scale: Scale,
    left: f64,
    places: f64,
}

impl Plot {
    /// The frame of a chart with so many places side by side.
    pub(super) fn new(measure: &Measure, places: usize, along: &str) -> Self {
        let ticks: Vec<(f64, String)> =
            measure.scale.ticks().map(|tick| (tick, (measure.tick)(tick))).collect();
        let widest = ticks.iter().map(|(_, label)| label.chars().count()).max().unwrap_or(0);
        #[allow(clippy::cast_precision_loss)] // a handful of letters, a year of places
        let (widest, places) = (widest as f64, places.max(1) as f64);
        let left = (12.0 + widest * LETTER).max(32.0);
        let mut plot = Plot { content: group(), scale: measure.scale, left, places };
        plot.add(text(measure.title, (0.0, 14.0), Anchor::Start).set("class", "axis-title"));
        for (tick, label) in ticks {
            let y = plot.y(tick);
            plot.add(line("grid", (left, y), (SIZE.0 - RIGHT, y)));
            plot.add(text(&label, (left - 8.0, y + 4.0), Anchor::End));
        }
        let middle = f64::midpoint(left, SIZE.0 - RIGHT);
        plot.add(text(along, (middle, SIZE.1 - 6.0), Anchor::Middle).set("class", "axis-title"));
        plot
    }

    /// Draws something.
    pub(super) fn add(&mut self, node: impl Into<Box<dyn svg::Node>>) {
        svg::Node::append(&mut self.content, node);
    }

    /// How wide one place is.
    pub(super) fn pitch(&self) -> f64 {
        (SIZE.0 - RIGHT - self.left) / self.places
    }

    /// The left edge of a place.
    pub(super) fn x(&self, place: usize) -> f64 {
        #[allow(clippy::cast_precision_loss)] // a year of places
        let place = place as f64;
        self.left + place * self.pitch()
    }

    /// How high up a value is.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.ground() - self.scale.part(value) * (self.ground() - TOP)
    }

    /// The upper edge of where marks are.
    pub(super) fn ceiling(&self) -> f64 {
        TOP
    }

    /// The lower edge of where marks are.
    pub(super) fn ground(&self) -> f64 {
        SIZE.1 - BOTTOM
    }

    /// The right edge of the drawing.
    pub(super) fn right(&self) -> f64 {
        SIZE.0 - RIGHT
    }

    /// A word below the axis.
    pub(super) fn label(&mut self, words: &str, x: f64) {
        let y = self.ground() + 19.0;
        self.add(text(words, (x, y), Anchor::Middle));
    }

    /// The chart with all that was drawn.
    pub(super) fn drawing(self, named_by: &str) -> Drawing {
        Drawing::new(named_by, SIZE, self.content)
    }
}
