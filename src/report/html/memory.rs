//! What was remembered.

use crate::report::counted;
use crate::report::html::drawing::Shape;
use crate::report::html::material::days_from;
use crate::report::html::points::{Point, Series, points};
use crate::report::html::section::{Figure, Section};
use crate::report::html::table::Holds::{Numbers, Words};
use crate::report::html::table::{DataTable, NONE};
use crate::report::words::{percent, probability, share};
use crate::stats::{
    Drift, HourRetention, IntervalRetention, Share, Statistics, WeekdayRetention, Window,
    WindowRetention,
};

/// The section on memory.
pub(super) fn section(statistics: &Statistics) -> Section {
    let mut sentences = Vec::new();
    let mut figures = Vec::new();
    match statistics.retention.iter().all(|row| row.all.total == 0) {
        true => sentences.push(
            "No reviews yet. What counts is a card that comes due again after it was learned."
                .to_owned(),
        ),
        false => {
            sentences.push(drift(&statistics.drift).replace(" %", "\u{a0}%"));
            figures.extend([
                by_window(&statistics.retention),
                by_interval(&statistics.retention_by_interval),
                by_hour(&statistics.hours),
                by_weekday(&statistics.weekdays),
            ]);
        }
    }
    Section { id: "memory", title: "What was remembered", sentences, figures, listings: Vec::new() }
}

fn by_window(rows: &[WindowRetention]) -> Figure {
    let series = |name, shape, of: fn(&WindowRetention) -> Share| {
        let point = |row: &WindowRetention| Point {
            share: of(row),
            hover: hover(&format!("{name}, {}", window(row.window)), of(row)),
        };
        Series { name: Some(name), shape, points: rows.iter().map(point).collect() }
    };
    let all = [
        series("Young", Shape::Triangle, |row| row.young),
        series("Mature", Shape::Square, |row| row.mature),
        series("All", Shape::Circle, |row| row.all),
    ];
    let labels: Vec<Option<String>> =
        rows.iter().map(|row| Some(window(row.window).to_owned())).collect();
    let table = DataTable::new(
        "Retention by window",
        [
            ("Window", Words),
            ("Young", Numbers),
            ("Mature", Numbers),
            ("All (95 % interval, reviews)", Numbers),
        ],
    );
    let table = table.with(rows.iter().map(|row| {
        [window(row.window).to_owned(), told(row.young), told(row.mature), told(row.all)]
    }));
    Figure {
        id: "retention",
        note: "Share of reviews passed, with its 95\u{a0}% interval; each window ends today. A mature \
               card's interval is 21 days or more."
            .to_owned(),
        drawing: points("retention", "window", &labels, &all),
        table,
        is_wide: false,
    }
}

/// Whether the last 30 days differ from the 90 before, and how surely.
fn drift(drift: &Drift) -> String {
    let (Some(recent), Some(before)) = (share(drift.recent), share(drift.before)) else {
        return "Whether retention has changed cannot be told yet: that takes reviews in the last \
                30 days and in the 90 before."
            .to_owned();
    };
    let shares = format!("The last 30 days: {recent}. The 90 before: {before}.");
    let Some(p) = drift.p else {
        return format!("{shares} These are too few reviews to tell whether it has changed.");
    };
    let p = probability(p);
    let told = match (drift.differs, drift.recent.rate < drift.before.rate) {
        (false, _) => "That is no more than chance explains",
        (true, true) => "Retention has fallen",
        (true, false) => "Retention has risen",
    };
    format!("{shares} {told} (two-proportion test, {p}).")
}

fn by_interval(rows: &[IntervalRetention]) -> Figure {
    let name = |row: &IntervalRetention| days_from(row.from, row.to);
    by_one(
        ByOne {
            id: "forgetting",
            title: "Retention by interval: the forgetting curve",
            note: "Share of reviews passed after so many days, as it was lived, with its \
                   95\u{a0}% interval. Cards differ: those of long intervals are those that were passed \
                   before.",
            along: "interval, days (from)",
            heading: "Interval",
        },
        rows.iter().map(|row| (Some(row.from.to_string()), name(row), row.share, None)),
    )
}

fn by_hour(rows: &[HourRetention]) -> Figure {
    let name = |row: &HourRetention| format!("{:02}:00 to {:02}:59", row.hour, row.hour);
    by_one(
        ByOne {
            id: "hours",
            title: "Retention by hour of day",
            note: "By the clock on the wall where the answer was given. An hour may differ from \
                   others by what is asked in it.",
            along: "hour of the day",
            heading: "Hour",
        },
        rows.iter().map(|row| {
            let label = row.hour.is_multiple_of(3).then(|| row.hour.to_string());
            (label, name(row), row.share, Some(row.answers))
        }),
    )
}

fn by_weekday(rows: &[WeekdayRetention]) -> Figure {
    by_one(
        ByOne {
            id: "weekdays",
            title: "Retention by weekday",
            note: "By study day: what is answered after midnight is still the day before.",
            along: "weekday",
            heading: "Weekday",
        },
        rows.iter().map(|row| {
            let name = capitalised(row.weekday.word());
            (Some(name.chars().take(3).collect()), name, row.share, Some(row.answers))
        }),
    )
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A chart of retention by one thing.
struct ByOne {
    id: &'static str,
    title: &'static str,
    note: &'static str,
    along: &'static str,
    heading: &'static str,
}

/// One point of it: its label, its name, its share, and how many answers of every kind there are.
type OfOne = (Option<String>, String, Share, Option<u64>);

fn by_one(what: ByOne, rows: impl Iterator<Item = OfOne>) -> Figure {
    let rows: Vec<OfOne> = rows.collect();
    let all =
        rows.iter().map(|(_, name, share, _)| Point { share: *share, hover: hover(name, *share) });
    let series = Series { name: None, shape: Shape::Circle, points: all.collect() };
    let labels: Vec<Option<String>> = rows.iter().map(|(label, ..)| label.clone()).collect();
    let has_answers = rows.iter().any(|(_, _, _, answers)| answers.is_some());
    let mut columns = vec![
        (what.heading, Words),
        ("Passed, %", Numbers),
        ("95 % interval, %", Numbers),
        ("Reviews", Numbers),
    ];
    if has_answers {
        columns.push(("Answers", Numbers));
    }
    let mut table = DataTable::new(what.title, columns);
    for (_, name, share, answers) in rows {
        let interval = match (share.low, share.high) {
            (Some(low), Some(high)) => format!("{}–{}", percent(low), percent(high)),
            _ => NONE.to_owned(),
        };
        let rate = share.rate.map_or_else(|| NONE.to_owned(), percent);
        let cells = [name, rate, interval, share.total.to_string()];
        table.row(cells.into_iter().chain(answers.map(|answers| answers.to_string())));
    }
    Figure {
        id: what.id,
        note: what.note.to_owned(),
        drawing: points(what.id, what.along, &labels, &[series]),
        table,
        is_wide: false,
    }
}

/// A share in a cell.
fn told(of: Share) -> String {
    share(of).unwrap_or_else(|| NONE.to_owned())
}

/// A share as a point says it.
fn hover(what: &str, of: Share) -> String {
    match (of.rate, of.low, of.high) {
        (Some(rate), Some(low), Some(high)) => format!(
            "{what}: {} % passed, 95 % interval {} to {} %, {} of {}",
            percent(rate),
            percent(low),
            percent(high),
            of.passed,
            counted(of.total, "review"),
        ),
        _ => format!("{what}: no reviews"),
    }
}

fn window(window: Window) -> &'static str {
    match window {
        Window::Today => "today",
        Window::Week => "7 days",
        Window::Month => "30 days",
        Window::Quarter => "90 days",
        Window::Year => "365 days",
        Window::All => "all",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(recent: (u64, u64), before: (u64, u64), p: Option<f64>, differs: bool) -> String {
        let [recent, before] = [recent, before].map(|(passed, total)| Share::of(passed, total));
        drift(&Drift { recent, before, z: p.map(|_| 1.0), p, differs })
    }

    #[test]
    fn a_change_is_told_only_if_chance_does_not_explain_it() {
        assert_eq!(
            told((80, 100), (270, 300), Some(0.008_7), true),
            "The last 30 days: 80 % (71–87, 100). The 90 before: 90 % (86–93, 300). Retention has \
             fallen (two-proportion test, p = 0.009)."
        );
        let risen = told((99, 100), (1, 100), Some(1e-40), true);
        assert!(risen.ends_with("Retention has risen (two-proportion test, p < 0.001)."));
        let same = told((80, 100), (81, 100), Some(0.858), false);
        assert!(same.ends_with("no more than chance explains (two-proportion test, p = 0.858)."));
        assert!(
            told((1, 1), (1, 1), None, false)
                .ends_with("too few reviews to tell whether it has changed.")
        );
        assert!(told((1, 1), (0, 0), None, false).contains("cannot be told yet"));
    }
}
