//! The year's calendar: a column a week, a row a weekday, darker the more was answered.

use crate::model::StudyDay;
use crate::report::shades::Shades;
use crate::report::statistics::minutes;
use crate::report::{Cell, Column, Ink, Paper, Table};
use crate::stats::{DayLoad, Statistics};
use chrono::Datelike;
use std::collections::{BTreeMap, HashMap};

/// Weeks of the calendar, this one included.
const WEEKS: i64 = 53;

/// What stands left of the weeks.
const MARGIN: usize = 4;

/// Columns of the legend on the right, with the space before it.
const LEGEND: usize = 19;

/// Signs from no answer to very many.
type Signs = [char; Shades::COUNT + 1];
const BLOCKS: Signs = ['·', '░', '▒', '▓', '█'];
const ASCII: Signs = ['.', '1', '2', '3', '4'];

/// The calendar; nothing if there were no answers in it.
pub(super) fn year(statistics: &Statistics, paper: Paper) -> String {
    let today = statistics.day;
    let weeks = paper.width.map_or(WEEKS, |width| {
        let room = width.saturating_sub(MARGIN);
        i64::try_from(room).unwrap_or(WEEKS).clamp(1, WEEKS)
    });
    let monday = today.plus(-i64::from(today.date().weekday().num_days_from_monday()));
    let first = monday.plus(-7 * (weeks - 1));
    let days = statistics.days.iter().filter(|load| first <= load.day && load.day <= today);
    // A day of cram alone is a day of study.
    let answers: HashMap<StudyDay, u64> =
        days.clone().map(|load| (load.day, load.answers().max(1))).collect();
    if answers.is_empty() {
        return String::new();
    }
    let signs = match paper.ink {
        Ink::Blocks => BLOCKS,
        Ink::Ascii => ASCII,
        Ink::Numbers => return months(days, paper),
    };
    let shades = Shades::of(answers.values().copied());
    let has_room = paper
        .width
        .is_none_or(|width| width >= MARGIN + usize::try_from(weeks).unwrap_or(0) + LEGEND);
    let legend = if has_room { legend(shades, signs) } else { Default::default() };
    let mut page = month_names(first, weeks) + "\n";
    let names = ["Mon", "", "Wed", "", "Fri", "", "Sun"];
    for ((weekday, name), key) in (0..).zip(names).zip(legend) {
        let mut line = format!("{name:<MARGIN$}");
        for week in 0..weeks {
            let day = first.plus(7 * week + weekday);
            line.push(match day > today {
                true => ' ',
                false => signs[answers.get(&day).map_or(0, |answers| shades.of_day(*answers))],
            });
        }
        page += format!("{line}  {key}").trim_end();
        page.push('\n');
    }
    page
}

/// What the signs mean, a line each.
fn legend(shades: Shades, signs: Signs) -> [String; 7] {
    let mut lines = vec!["Answers a day".to_owned(), format!("{} none", signs[0])];
    lines.extend(shades.steps().into_iter().map(|(shade, from, to)| match from == to {
        true => format!("{} {to}", signs[shade]),
        false => format!("{} {from} to {to}", signs[shade]),
    }));
    lines.resize(7, String::new());
    lines.try_into().unwrap_or_default()
}

/// Each month's name over the week that has its first day.
fn month_names(first: StudyDay, weeks: i64) -> String {
    let mut line = String::new();
    let width = MARGIN + usize::try_from(weeks).unwrap_or(0);
    for week in 0..weeks {
        let at = MARGIN + usize::try_from(week).unwrap_or(0);
        let mut days = (0..7).map(|weekday| first.plus(7 * week + weekday).date());
        let starts = days.find(|date| date.day() == 1);
        if let Some(date) = starts
            && at >= line.len()
            && at + 3 <= width
        {
            line = format!("{line:<at$}{} ", date.format("%b"));
        }
    }
    line.trim_end().to_owned()
}

/// The same as numbers, a line a month.
fn months<'a>(days: impl Iterator<Item = &'a DayLoad>, paper: Paper) -> String {
    let mut months: BTreeMap<String, (u64, u64, u64)> = BTreeMap::new();
    for load in days {
        let month = load.day.date().format("%Y-%m").to_string();
        let (studied, answers, seconds) = months.entry(month).or_default();
        *studied += 1;
        *answers += load.answers();
        *seconds += load.seconds;
    }
    let mut table = Table::new([
        Column::text("Month"),
        Column::number("Days of study"),
        Column::number("Answers"),
        Column::number("Minutes"),
    ]);
    for (month, (studied, answers, seconds)) in months {
        table.row([
            month.into(),
            Cell::count(studied),
            Cell::count(answers),
            minutes(seconds).into(),
        ]);
    }
    table.render(paper.style, paper.width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legend_tells_each_sign() {
        let lines = legend(Shades::of([10, 1, 2, 3, 400]), ASCII);
        assert_eq!(lines[1..6], [". none", "1 1 to 2", "2 3", "3 4 to 10", "4 11 to 400"]);
    }
}
