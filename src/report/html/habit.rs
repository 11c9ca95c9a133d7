//! How one studied: the year's calendar, answers, minutes and new cards a day.

use crate::model::StudyDay;
use crate::report::counted;
use crate::report::html::calendar::{Week, calendar, weeks};
use crate::report::html::columns::{Column, Labels, columns};
use crate::report::html::grades::grades;
use crate::report::html::plot::Measure;
use crate::report::html::section::{Figure, Section};
use crate::report::html::table::DataTable;
use crate::report::html::table::Holds::{Numbers, Words};
use crate::report::words::{streak, weekday_and_date};
use crate::stats::{DayLoad, Statistics};
use chrono::Datelike;

/// How many study days the charts of single days go back, today included.
const DAYS: i64 = 90;

/// The section on habit.
pub(super) fn section(statistics: &Statistics) -> Section {
    let mut sentences = vec![streak(statistics.streak)];
    let mut figures = Vec::new();
    match statistics.days.is_empty() {
        true => sentences.push("No answers yet.".to_owned()),
        false => {
            let days = days(&statistics.days, statistics.day);
            figures.push(year(&weeks(&statistics.days, statistics.day)));
            figures.extend([answers(&days), minutes(&days), learned(&days)]);
            figures.push(grades(&statistics.grades_by_kind));
        }
    }
    Section { id: "habit", title: "How you studied", sentences, figures, listings: Vec::new() }
}

/// The last days, oldest first, those without answers among them.
fn days(loads: &[DayLoad], today: StudyDay) -> Vec<DayLoad> {
    let mut loads = loads.iter().skip_while(|load| today.since(load.day) >= DAYS).peekable();
    let day = |ago: i64| {
        let day = today.plus(-ago);
        loads.next_if(|load| load.day == day).copied().unwrap_or(DayLoad::idle(day))
    };
    (0..DAYS).rev().map(day).collect()
}

fn year(weeks: &[Week]) -> Figure {
    let columns = [
        ("Week of", Words),
        ("Mon", Numbers),
        ("Tue", Numbers),
        ("Wed", Numbers),
        ("Thu", Numbers),
        ("Fri", Numbers),
        ("Sat", Numbers),
        ("Sun", Numbers),
    ];
    let mut table = DataTable::new("Answers on each day of the last year", columns);
    for week in weeks {
        let days = week.days.iter().map(|day| match day {
            Some(load) => load.answers().to_string(),
            None => String::new(),
        });
        table.row([week.monday.to_string()].into_iter().chain(days));
    }
    Figure {
        id: "year",
        note: "A column is a week. Answers are reviews, new cards and drills.".to_owned(),
        drawing: calendar("year", weeks),
        table,
        is_wide: true,
    }
}

fn answers(days: &[DayLoad]) -> Figure {
    let most = days.iter().map(DayLoad::answers).max().unwrap_or(0);
    let measure = Measure::counts("answers", most);
    let hover = |load: &DayLoad| {
        format!(
            "{}: {} ({}, {} new, {})",
            weekday_and_date(load.day),
            counted(load.answers(), "answer"),
            counted(load.reviews, "review"),
            load.new,
            counted(load.drills, "drill"),
        )
    };
    let table = DataTable::new(
        "Answers a day",
        [
            ("Day", Words),
            ("Reviews", Numbers),
            ("of them passed", Numbers),
            ("New", Numbers),
            ("Drills", Numbers),
            ("All", Numbers),
        ],
    );
    let table = table.with(days.iter().map(|load| {
        [
            load.day.to_string(),
            load.reviews.to_string(),
            load.passed.to_string(),
            load.new.to_string(),
            load.drills.to_string(),
            load.answers().to_string(),
        ]
    }));
    let bars = bars(days, |load| load.answers(), hover);
    Figure {
        id: "answers",
        note: "Reviews, new cards and drills of the last 90 days.".to_owned(),
        drawing: columns("answers", &measure, "study day", Labels::Middle, &bars),
        table,
        is_wide: false,
    }
}

fn minutes(days: &[DayLoad]) -> Figure {
    let most = days.iter().map(|load| load.seconds.div_ceil(60)).max().unwrap_or(0);
    let measure = Measure::counts("minutes", most);
    let tenths = |seconds: u64| format!("{:.1}", minutes_of(seconds));
    let mut bars = bars(
        days,
        |_| 0,
        |load| format!("{}: {} minutes", weekday_and_date(load.day), tenths(load.seconds)),
    );
    for (bar, load) in bars.iter_mut().zip(days) {
        bar.value = minutes_of(load.seconds);
    }
    let table = DataTable::new("Minutes a day", [("Day", Words), ("Minutes", Numbers)]);
    let table = table.with(days.iter().map(|load| [load.day.to_string(), tenths(load.seconds)]));
    Figure {
        id: "minutes",
        note: "Time taken by the answers of the last 90 days; one counts a minute at most."
            .to_owned(),
        drawing: columns("minutes", &measure, "study day", Labels::Middle, &bars),
        table,
        is_wide: false,
    }
}

fn minutes_of(seconds: u64) -> f64 {
    #[allow(clippy::cast_precision_loss)] // shown to a tenth
    let seconds = seconds as f64;
    seconds / 60.0
}

fn learned(days: &[DayLoad]) -> Figure {
    let most = days.iter().map(|load| load.new).max().unwrap_or(0);
    let sum: u64 = days.iter().map(|load| load.new).sum();
    let measure = Measure::counts("cards", most);
    let hover = |load: &DayLoad| {
        format!("{}: {}", weekday_and_date(load.day), counted(load.new, "new card"))
    };
    let table = DataTable::new("New cards learned a day", [("Day", Words), ("New cards", Numbers)]);
    let table = table.with(days.iter().map(|load| [load.day.to_string(), load.new.to_string()]));
    Figure {
        id: "learned",
        note: format!("{} in the last 90 days.", counted(sum, "new card")),
        drawing: columns(
            "learned",
            &measure,
            "study day",
            Labels::Middle,
            &bars(days, |load| load.new, hover),
        ),
        table,
        is_wide: false,
    }
}

/// A column for each day; the first day of each month is named.
fn bars(
    days: &[DayLoad],
    value: impl Fn(&DayLoad) -> u64,
    hover: impl Fn(&DayLoad) -> String,
) -> Vec<Column> {
    let bar = |load: &DayLoad| {
        let date = load.day.date();
        let label = (date.day() == 1).then(|| date.format("1 %b").to_string());
        Column::of_count(label, value(load), hover(load))
    };
    days.iter().map(bar).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_without_answers_are_among_the_last_90() {
        let today: StudyDay = "2026-11-23".parse().unwrap();
        let load = |ago: i64| DayLoad { new: 1, ..DayLoad::idle(today.plus(-ago)) };
        let days = days(&[load(200), load(90), load(89), load(3), load(0)], today);
        assert_eq!(days.len(), 90);
        let with_answers: Vec<usize> =
            days.iter().enumerate().filter(|(_, day)| day.new > 0).map(|(n, _)| n).collect();
        assert_eq!(with_answers, [0, 86, 89]);
        assert_eq!((days[0].day, days[89].day), (today.plus(-89), today));
    }
}
