//! How much is done a day.

use crate::report::statistics::{day_table, minutes, weekday_short};
use crate::report::{Cell, Column, Ink, Paper, Table, chart, counted};
use crate::stats::{DayLoad, Statistics, Window};
use std::collections::HashMap;

/// How many of the days of study are told.
const DAYS: usize = 7;

/// How many days of new cards are drawn.
const LEARNED_DAYS: i64 = 30;

/// Answers and minutes a day of study by window, and the last days of study.
pub(super) fn load(statistics: &Statistics, paper: Paper) -> String {
    if statistics.days.is_empty() {
        return String::new();
    }
    let mut windows = Table::new([
        Column::text("Mean a day of study"),
        Column::number("Days"),
        Column::number("Reviews"),
        Column::number("New"),
        Column::number("Drills"),
        Column::number("Minutes"),
    ]);
    for (window, name) in [
        (Window::Week, "7 days"),
        (Window::Month, "30 days"),
        (Window::Quarter, "90 days"),
        (Window::Year, "365 days"),
        (Window::All, "All"),
    ] {
        let days = statistics.days.iter().filter(|load| window.contains(load.day, statistics.day));
        let days: Vec<&DayLoad> = days.collect();
        let mean =
            |part: fn(&DayLoad) -> u64| mean(days.iter().map(|load| part(load)).sum(), days.len());
        windows.row([
            name.into(),
            Cell::count(days.len() as u64),
            mean(|load| load.reviews),
            mean(|load| load.new),
            mean(|load| load.drills),
            match days.len() as u64 {
                0 => Cell::none(),
                count => minutes(days.iter().map(|load| load.seconds).sum::<u64>() / count).into(),
            },
        ]);
    }
    let mut last = Table::new([
        Column::text("Last days of study"),
        Column::number("Reviews"),
        Column::number("Passed"),
        Column::number("New"),
        Column::number("Drills"),
        Column::number("Minutes"),
    ]);
    for load in statistics.days.iter().rev().take(DAYS) {
        last.row([
            weekday_short(load.day).into(),
            Cell::count(load.reviews),
            Cell::count(load.passed),
            Cell::count(load.new),
            Cell::count(load.drills),
            minutes(load.seconds).into(),
        ]);
    }
    let [windows, last] = [windows, last].map(|table| table.render(paper.style, paper.width));
    format!("{windows}\n{last}")
}

/// A mean to a tenth.
fn mean(sum: u64, of: usize) -> Cell {
    match of as u64 {
        0 => Cell::none(),
        of => {
            let tenths = (sum * 10 + of / 2) / of;
            format!("{}.{}", tenths / 10, tenths % 10).into()
        }
    }
}

/// New cards learned on each of the last 30 days.
pub(super) fn learned(statistics: &Statistics, paper: Paper) -> String {
    let new: HashMap<_, _> = statistics.days.iter().map(|load| (load.day, load.new)).collect();
    let days = (1 - LEARNED_DAYS..=0).map(|ago| statistics.day.plus(ago));
    let counts: Vec<_> =
        days.map(|day| (day, new.get(&day).copied().unwrap_or_default())).collect();
    let values: Vec<u64> = counts.iter().map(|(_, count)| *count).collect();
    let sum = |days: usize| values.iter().rev().take(days).sum::<u64>();
    let all: u64 = statistics.days.iter().map(|load| load.new).sum();
    if all == 0 {
        return String::new();
    }
    let words = format!(
        "{} today; {} in 7 days, {} in 30, {all} in all.\n",
        counted(sum(1), "new card"),
        sum(7),
        sum(30)
    );
    if paper.ink == Ink::Numbers {
        return words + &day_table("Learned", counts.into_iter(), paper);
    }
    if sum(30) == 0 {
        return words;
    }
    let spacing = if paper.width.is_none_or(|width| width >= 72) { 2 } else { 1 };
    let top = values.iter().copied().max().unwrap_or(0);
    let columns = chart::Columns { values: &values, top, spacing, height: 4 };
    let mut labels = " ".repeat(columns.first() + spacing);
    for label in ["-28", "-21", "-14", "-7"] {
        labels += &format!("{label:<week$}", week = 7 * spacing);
    }
    labels += "today";
    format!("{words}{}{}{labels}\n", columns.draw(paper.ink), columns.base(paper.ink))
}
