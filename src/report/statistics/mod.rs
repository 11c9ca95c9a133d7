//! `kata stats`: the page.

mod drift;
mod habit;
mod material;
mod recall;
mod section;
mod year;

pub use section::Section;

use crate::model::StudyDay;
use crate::report::words::{listed, streak, weekday_and_date};
use crate::report::{Cell, Column, Ink, Paper, Table, chart, counted};
use crate::stats::{CardCounts, DayLoad, DayRange, Statistics};

/// How much of the page is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Show {
    /// One screen: what is looked at each day.
    Screen,
    /// Every section that has something to tell.
    All,
    /// These sections.
    Only(Vec<Section>),
}

/// The page of `kata stats`, of the days in a range.
pub fn statistics(statistics: &Statistics, show: &Show, range: DayRange, paper: Paper) -> String {
    if statistics.cards == CardCounts::default() && statistics.days.is_empty() {
        return title(statistics, paper)
            + "\n\nNo cards yet. `kata import PATH` takes a deck file, or a folder of them.\n";
    }
    let mut page = String::new();
    let sections: &[Section] = match show {
        Show::Only(sections) => sections,
        Show::All => &Section::ALL,
        Show::Screen => return screen(statistics, range, paper),
    };
    if *show == Show::All {
        page += &head(statistics, range, paper);
    }
    for &section in sections {
        let body = body(section, statistics, paper);
        if body.is_empty() && *show == Show::All {
            continue;
        }
        if !page.is_empty() {
            page.push('\n');
        }
        let body = if body.is_empty() { "Nothing yet.\n".to_owned() } else { body };
        page += &format!("{}\n{body}", paper.style.bold(section.heading()));
    }
    page
}

/// What fits on a terminal of 24 lines with the prompt under it.
fn screen(statistics: &Statistics, range: DayRange, paper: Paper) -> String {
    let mut page = head(statistics, range, paper);
    page += &recall::retention(statistics, Section::Retention.heading(), paper);
    page += &match statistics.drift.differs {
        true => drift::in_short(&statistics.drift),
        false => paper.style.dim(HINT) + "\n",
    };
    page += &format!("{}: {}", paper.style.bold("Due"), due(statistics, 2, paper));
    let year = year::year(statistics, paper);
    if !year.is_empty() {
        if paper.ink == Ink::Numbers {
            page += &format!("{}\n", paper.style.bold(Section::Year.heading()));
        }
        page += &year;
    }
    page
}

const HINT: &str =
    "Passed (95 % interval, reviews); mature: 21 days and up. More: kata stats --all";

fn title(statistics: &Statistics, paper: Paper) -> String {
    paper.style.bold(&format!("Statistics, {}", weekday_and_date(statistics.day)))
}

/// The lines over every section: the day, the cards, what was done today.
fn head(statistics: &Statistics, range: DayRange, paper: Paper) -> String {
    let title = format!("{}. {}\n", title(statistics, paper), streak(statistics.streak));
    title + &within(range) + &cards(statistics.cards) + &today(statistics)
}

fn within(range: DayRange) -> String {
    match (range.since, range.until) {
        (None, None) => String::new(),
        (Some(since), None) => format!("Answers since {since}.\n"),
        (None, Some(until)) => format!("Answers until {until}.\n"),
        (Some(since), Some(until)) => format!("Answers from {since} to {until}.\n"),
    }
}

fn cards(cards: CardCounts) -> String {
    let CardCounts { total, new, young, mature, suspended, retired } = cards;
    let mut words =
        format!("{}: {new} new, {young} young, {mature} mature.", counted(total, "card"));
    if suspended > 0 {
        words += &format!(" Suspended: {suspended}.");
    }
    if retired > 0 {
        words += &format!(" Retired: {retired} more.");
    }
    words + "\n"
}

fn today(statistics: &Statistics) -> String {
    let today = statistics.days.iter().find(|load| load.day == statistics.day);
    let Some(load) = today else { return "Today: nothing yet.\n".to_owned() };
    let DayLoad { reviews, new, drills, passed, seconds, .. } = *load;
    let parts = [
        (reviews, format!("{} ({passed} passed)", counted(reviews, "review"))),
        (new, format!("{new} new")),
        (drills, counted(drills, "drill")),
        (seconds, format!("{} minutes", minutes(seconds))),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    format!("Today: {}.\n", listed(&parts))
}

/// Seconds as minutes, to a tenth.
fn minutes(seconds: u64) -> String {
    let tenths = (seconds + 3) / 6;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn body(section: Section, statistics: &Statistics, paper: Paper) -> String {
    match section {
        Section::Retention => recall::explained(statistics, paper),
        Section::Due => due(statistics, 4, paper),
        Section::Year => year::year(statistics, paper),
        Section::Load => habit::load(statistics, paper),
        Section::Grades => recall::grades(statistics, paper),
        Section::Forgetting => recall::forgetting(statistics, paper),
        Section::Hours => recall::hours(statistics, paper),
        Section::Weekdays => recall::weekdays(statistics, paper),
        Section::Intervals => material::intervals(statistics, paper),
        Section::Eases => material::eases(statistics, paper),
        Section::Hardest => material::hardest(&statistics.hardest, paper),
        Section::Leeches => material::hardest(&statistics.leeches, paper),
        Section::Learned => habit::learned(statistics, paper),
        Section::Decks => material::decks(statistics, paper),
        Section::Tags => material::tags(statistics, paper),
        Section::Drift => drift::drift(&statistics.drift, paper),
    }
}

/// What comes due, in a sentence and as columns so many lines high.
fn due(statistics: &Statistics, height: u64, paper: Paper) -> String {
    let due: Vec<u64> = statistics.forecast.iter().map(|day| day.due).collect();
    let sum = |days: usize| due.iter().take(days).sum::<u64>();
    if sum(due.len()) == 0 {
        return "nothing in 30 days.\n".to_owned();
    }
    // A backlog would leave nothing to see of the days after it: its column is cut.
    let (today, highest) = (due[0], due[1..].iter().copied().max().unwrap_or(0));
    let top = if highest > 0 && today > 3 * highest { highest } else { today.max(highest) };
    let cut = match today > top && paper.ink != Ink::Numbers {
        true => " (off the chart)",
        false => "",
    };
    let words = format!(
        "{} today{cut}, {} in 7 days, {} in 30.\n",
        counted(today, "card"),
        sum(7),
        sum(30)
    );
    if paper.ink == Ink::Numbers {
        let days = statistics.forecast.iter().map(|due| (due.day, due.due));
        return words + &day_table("Due", days, paper);
    }
    let spacing = if paper.width.is_none_or(|width| width >= 72) { 2 } else { 1 };
    let columns = chart::Columns { values: &due, top, spacing, height };
    let mut labels = " ".repeat(columns.first());
    for label in ["today", "+7", "+14", "+21", "+28 days"] {
        labels += &format!("{label:<week$}", week = 7 * spacing);
    }
    let base = if height > 2 { columns.base(paper.ink) } else { String::new() };
    format!("{words}{}{base}{}\n", columns.draw(paper.ink), labels.trim_end())
}

/// A number for each of some days, one a line.
fn day_table(
    number: &'static str,
    days: impl Iterator<Item = (StudyDay, u64)>,
    paper: Paper,
) -> String {
    let mut table = Table::new([Column::text("Day"), Column::number(number)]);
    for (day, count) in days {
        table.row([weekday_short(day).into(), Cell::count(count)]);
    }
    table.render(paper.style, paper.width)
}

fn weekday_short(day: StudyDay) -> String {
    day.date().format("%a %Y-%m-%d").to_string()
}
