//! `kata stats`: the page.

use crate::model::{Ease, Grade};
use crate::report::words::{share, streak, weekday_and_date};
use crate::report::{Cell, Column, Style, Table, chart, counted, short_id};
use crate::stats::{CardCounts, EaseCount, Share, Statistics, Window};

/// How many of the days of study the page tells.
const DAYS: usize = 7;

/// Intervals are told in these steps: the longest of each, and its name.
const STEPS: [(u32, &str); 6] = [
    (1, "1 day"),
    (6, "2 to 6 days"),
    (20, "7 to 20 days"),
    (89, "21 to 89 days"),
    (364, "90 to 364 days"),
    (u32::MAX, "a year and more"),
];

/// The page of `kata stats`.
pub fn statistics(statistics: &Statistics, style: Style, width: Option<usize>) -> String {
    let mut page = style.bold(&format!("Statistics, {}", weekday_and_date(statistics.day))) + "\n";
    if statistics.cards == CardCounts::default() && statistics.days.is_empty() {
        return page
            + "\nNo cards yet. `kata import PATH` takes a deck file, or a folder of them.\n";
    }
    page += &format!("\n{}", cards(statistics.cards));
    page += &format!("{}\n", streak(statistics.streak));
    let sections = [
        ("Retention", retention(statistics, style, width)),
        ("Due in the next 30 days", forecast(statistics, width)),
        ("Last days of study", days(statistics, style, width)),
        ("Decks", decks(statistics, style, width)),
        ("Intervals", intervals(statistics, style, width)),
        ("Grades", grades(statistics, style, width)),
        ("Hardest cards", hardest(statistics, style, width)),
    ];
    for (heading, section) in sections {
        if !section.is_empty() {
            page += &format!("\n{}\n{section}", style.bold(heading));
        }
    }
    page
}

fn cards(cards: CardCounts) -> String {
    let CardCounts { total, new, young, mature, suspended, retired } = cards;
    let mut words =
        format!("{}: {new} new, {young} young, {mature} mature.", counted(total, "card"));
    if suspended > 0 {
        words += &format!(" Suspended: {suspended} of them.");
    }
    if retired > 0 {
        words += &format!(" Retired: {retired} more.");
    }
    words + "\n"
}

fn retention(statistics: &Statistics, style: Style, width: Option<usize>) -> String {
    if statistics.retention.iter().all(|row| row.all.total == 0) {
        return "No reviews yet. What counts is a card that comes due again after it was learned.\n"
            .to_owned();
    }
    let mut table = Table::new([
        Column::text("Window"),
        Column::text("Young"),
        Column::text("Mature"),
        Column::text("All"),
    ]);
    for row in &statistics.retention {
        let name = match row.window {
            Window::Today => "Today",
            Window::Week => "7 days",
            Window::Month => "30 days",
            Window::Quarter => "90 days",
            Window::Year => "365 days",
            Window::All => "All",
        };
        let [young, mature, all] = [row.young, row.mature, row.all].map(share_cell);
        table.row([name.into(), young, mature, all]);
    }
    let legend = "Passed (95 % interval, reviews). A mature card's interval is 21 days or more.";
    format!("{}{}\n", table.render(style, width), style.dim(legend))
}

fn share_cell(of: Share) -> Cell {
    match share(of) {
        Some(words) => words.into(),
        None => Cell::none(),
    }
}

fn forecast(statistics: &Statistics, width: Option<usize>) -> String {
    let due: Vec<u64> = statistics.forecast.iter().map(|day| day.due).collect();
    let sum = |days: usize| due.iter().take(days).sum::<u64>();
    if sum(due.len()) == 0 {
        return "Nothing comes due.\n".to_owned();
    }
    // A backlog would leave nothing to see of the days after it: its column is cut.
    let (today, highest) = (due[0], due[1..].iter().copied().max().unwrap_or(0));
    let top = if highest > 0 && today > 3 * highest { highest } else { today.max(highest) };
    let spacing = if width.is_none_or(|width| width >= 72) { 2 } else { 1 };
    let mut labels = " ".repeat(chart::first_column(top));
    for label in ["today", "+7", "+14", "+21", "+28 days"] {
        labels += &format!("{label:<week$}", week = 7 * spacing);
    }
    let cut = if today > top { ", more than its column shows" } else { "" };
    format!(
        "{} today{cut}; {} in 7 days, {} in 30.\n{}{}\n",
        counted(today, "card"),
        sum(7),
        sum(30),
        chart::columns(&due, top, spacing),
        labels.trim_end(),
    )
}

fn days(statistics: &Statistics, style: Style, width: Option<usize>) -> String {
    let mut table = Table::new([
        Column::text("Day"),
        Column::number("Reviews"),
        Column::number("Passed"),
        Column::number("New"),
        Column::number("Drills"),
        Column::number("Minutes"),
    ]);
    let days = statistics.days.iter().rev().take(DAYS);
    for day in days {
        #[allow(clippy::cast_precision_loss)] // shown to a tenth
        let minutes = day.seconds as f64 / 60.0;
        table.row([
            day.day.date().format("%a %Y-%m-%d").to_string().into(),
            Cell::count(day.reviews),
            Cell::count(day.passed),
            Cell::count(day.new),
            Cell::count(day.drills),
            format!("{minutes:.1}").into(),
        ]);
    }
    match statistics.days.is_empty() {
        true => String::new(),
        false => table.render(style, width),
    }
}

fn decks(statistics: &Statistics, style: Style, width: Option<usize>) -> String {
    if statistics.decks.len() < 2 {
        return String::new();
    }
    let mut table = Table::new([
        Column::name("Deck"),
        Column::number("Cards"),
        Column::number("New"),
        Column::number("Young"),
        Column::number("Mature"),
        Column::number("Due"),
        Column::text("Retention, 30 days"),
    ]);
    for deck in &statistics.decks {
        table.row([
            deck.deck.as_str().into(),
            Cell::count(deck.total),
            Cell::count(deck.new),
            Cell::count(deck.young),
            Cell::count(deck.mature),
            Cell::count(deck.due),
            share_cell(deck.retention),
        ]);
    }
    table.render(style, width)
}

fn intervals(statistics: &Statistics, style: Style, width: Option<usize>) -> String {
    if statistics.intervals.is_empty() {
        return String::new();
    }
    let mut steps = STEPS.map(|(_, name)| (name.to_owned(), 0));
    for count in &statistics.intervals {
        let days = count.interval.get();
        let step = STEPS.iter().position(|(longest, _)| days <= *longest);
        steps[step.unwrap_or(STEPS.len() - 1)].1 += count.cards;
    }
    bars("Interval", "Cards", &steps).render(style, width) + &eases(&statistics.eases)
}

fn eases(eases: &[EaseCount]) -> String {
    let total: u64 = eases.iter().map(|count| count.cards).sum();
    let mut before = 0;
    let median = eases.iter().find(|count| {
        before += count.cards;
        2 * before >= total
    });
    let Some(median) = median else { return String::new() };
    match eases.first().filter(|lowest| lowest.ease == Ease::MIN) {
        None => format!("Median ease {}.\n", median.ease),
        Some(lowest) => {
            let cards = counted(lowest.cards, "card");
            format!("Median ease {}; {cards} at the least, {}.\n", median.ease, lowest.ease)
        }
    }
}

fn grades(statistics: &Statistics, style: Style, width: Option<usize>) -> String {
    if statistics.grades.total() == 0 {
        return String::new();
    }
    let grades = Grade::ALL.map(|grade| {
        let word = if grade.is_pass() { "pass" } else { "fail" };
        (format!("{} {word}", grade.number()), statistics.grades.of(grade))
    });
    bars("Grade", "Reviews", &grades).render(style, width)
}

fn bars(what: &'static str, number: &'static str, rows: &[(String, u64)]) -> Table {
    let top = rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let mut table = Table::new([Column::text(what), Column::number(number), Column::text("")]);
    for (name, count) in rows {
        table.row([name.into(), Cell::count(*count), chart::bar(*count, top).into()]);
    }
    table
}

fn hardest(statistics: &Statistics, style: Style, width: Option<usize>) -> String {
    if statistics.hardest.is_empty() {
        return String::new();
    }
    let mut table = Table::new([
        Column::text("Card"),
        Column::number("Lapses"),
        Column::number("Ease"),
        Column::name("Deck"),
    ]);
    for hard in &statistics.hardest {
        table.row([
            short_id(hard.card).into(),
            Cell::count(u64::from(hard.lapses)),
            hard.ease.to_string().into(),
            hard.deck.as_str().into(),
        ]);
    }
    table.render(style, width)
}
