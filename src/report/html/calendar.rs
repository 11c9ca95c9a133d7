//! The year's calendar: weeks side by side, a square for each day.

use crate::model::StudyDay;
use crate::report::counted;
use crate::report::html::drawing::{Anchor, Drawing, group, hovered, rectangle, text};
use crate::report::shades::Shades;
use crate::report::words::weekday_and_date;
use crate::stats::DayLoad;
use chrono::Datelike;
use std::collections::HashMap;
use svg::node::element::Group;

/// Weeks of a year, those included that it begins and ends in.
const WEEKS: i64 = 53;

const CELL: f64 = 15.0;
const SQUARE: f64 = 12.0;
const LEFT: f64 = 34.0;
const TOP: f64 = 20.0;
const SIZE: (f64, f64) = (LEFT + 53.0 * CELL, TOP + 7.0 * CELL + 28.0);

/// One week: its Monday, and each day's answers; `None` for days to come.
pub(super) struct Week {
    pub(super) monday: StudyDay,
    pub(super) days: [Option<DayLoad>; 7],
}

/// The weeks of the year that ends today, oldest first.
pub(super) fn weeks(loads: &[DayLoad], today: StudyDay) -> Vec<Week> {
    let by_day: HashMap<StudyDay, DayLoad> = loads.iter().map(|load| (load.day, *load)).collect();
    let this_monday = today.plus(-i64::from(today.date().weekday().num_days_from_monday()));
    let of_day = |day: StudyDay| {
        (day <= today).then(|| by_day.get(&day).copied().unwrap_or(DayLoad::idle(day)))
    };
    let week = |ago: i64| {
        let monday = this_monday.plus(-7 * ago);
        Week { monday, days: [0, 1, 2, 3, 4, 5, 6].map(|n| of_day(monday.plus(n))) }
    };
    (0..WEEKS).rev().map(week).collect()
}

/// The calendar of these weeks, with a legend in numbers.
pub(super) fn calendar(named_by: &str, weeks: &[Week]) -> Drawing {
    let days = weeks.iter().flat_map(|week| &week.days).flatten();
    let shades = Shades::of(days.map(DayLoad::answers).filter(|answers| *answers > 0));
    let mut content = group();
    for (row, name) in [(0.0, "Mon"), (2.0, "Wed"), (4.0, "Fri"), (6.0, "Sun")] {
        content = content.add(text(name, (0.0, TOP + row * CELL + 10.0), Anchor::Start));
    }
    let mut x = LEFT;
    let mut month_before = None;
    for week in weeks {
        let month = week.monday.date().month();
        // The first column is seldom a whole month's: a name there would run into the next.
        if month_before.is_some_and(|before| before != month) {
            let name = week.monday.date().format("%b").to_string();
            content = content.add(text(&name, (x, 11.0), Anchor::Start));
        }
        month_before = Some(month);
        let mut y = TOP;
        for load in &week.days {
            if let Some(load) = load {
                let class = shade_class(match load.answers() {
                    0 => 0,
                    answers => shades.of_day(answers),
                });
                content = content.add(hovered(&hover(load)).add(rectangle(
                    &class,
                    (x, y),
                    (SQUARE, SQUARE),
                )));
            }
            y += CELL;
        }
        x += CELL;
    }
    Drawing::new(named_by, SIZE, content.add(legend(shades)))
}

/// What a day says: `Monday, 2026-11-23: 42 answers, 12 minutes`.
fn hover(load: &DayLoad) -> String {
    let day = weekday_and_date(load.day);
    let minutes = load.seconds.div_ceil(60);
    format!("{day}: {}, {}", counted(load.answers(), "answer"), counted(minutes, "minute"))
}

/// The shades and what they are of, at the right: who has to scroll sees the latest weeks.
fn legend(shades: Shades) -> Group {
    let steps = shades.steps().into_iter().map(|(shade, from, to)| match from == to {
        true => (shade, to.to_string()),
        false => (shade, format!("{from}–{to}")),
    });
    let steps: Vec<(usize, String)> = [(0, "none".to_owned())].into_iter().chain(steps).collect();
    let y = TOP + 7.0 * CELL + 10.0;
    let mut legend = group();
    let mut x = SIZE.0;
    for (shade, words) in steps.iter().rev() {
        x -= width(words);
        legend = legend.add(text(words, (x, y + 10.0), Anchor::Start));
        x -= SQUARE + 6.0;
        legend = legend.add(rectangle(&shade_class(*shade), (x, y), (SQUARE, SQUARE)));
        x -= 14.0;
    }
    legend.add(text("Answers a day:", (x, y + 10.0), Anchor::End))
}

/// About how wide words are.
fn width(words: &str) -> f64 {
    #[allow(clippy::cast_precision_loss)] // a few letters
    let letters = words.chars().count() as f64;
    letters * 6.6
}

fn shade_class(shade: usize) -> String {
    format!("day shade-{shade}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_53_weeks_from_monday_on_and_no_day_to_come() {
        let today: StudyDay = "2026-11-25".parse().unwrap();
        let weeks = weeks(&[], today);
        assert_eq!(weeks.len(), 53);
        let last = weeks.last().unwrap();
        assert_eq!(last.monday.to_string(), "2026-11-23");
        let known: Vec<bool> = last.days.iter().map(Option::is_some).collect();
        assert_eq!(known, [true, true, true, false, false, false, false]);
        assert!(weeks[0].days[0].unwrap().day < today.plus(-364));
    }
}
