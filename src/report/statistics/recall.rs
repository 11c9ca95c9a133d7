//! What was remembered: by window, interval, hour, weekday and grade.

use crate::model::{Grade, ReviewKind};
use crate::report::words::share;
use crate::report::{Cell, Column, Ink, Paper, Table, chart};
use crate::stats::{GradesByKind, Share, Statistics, Window};

/// The heading of a share's column.
const PASSED: &str = "Passed (95 %, reviews)";

/// Retention by window under this heading.
pub(super) fn retention(statistics: &Statistics, heading: &'static str, paper: Paper) -> String {
    if statistics.retention.iter().all(|row| row.all.total == 0) {
        return "No reviews yet. What counts is a card that comes due again after it was learned.\n"
            .to_owned();
    }
    let mut table = Table::new([
        Column::text(heading),
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
        let [young, mature, all] =
            [row.young, row.mature, row.all].map(|share| share_cell(share, paper.ink));
        table.row([name.into(), young, mature, all]);
    }
    table.render(paper.style, paper.width)
}

/// The same with a legend.
pub(super) fn explained(statistics: &Statistics, paper: Paper) -> String {
    let legend = match paper.ink {
        Ink::Numbers => "Passed, 95 % interval, reviews.",
        _ => "Passed (95 % interval, reviews).",
    };
    let legend = format!("{legend} A mature card's interval is 21 days or more.");
    retention(statistics, "Window", paper) + &paper.style.dim(&legend) + "\n"
}

/// A share in a table.
pub(super) fn share_cell(of: Share, ink: Ink) -> Cell {
    match (share(of), ink) {
        (None, Ink::Numbers) => "none".into(),
        (None, _) => Cell::none(),
        (Some(words), Ink::Numbers) => {
            words.replace(" (", ", ").replace('–', " to ").replace(")", "").into()
        }
        (Some(words), _) => words.into(),
    }
}

/// Retention by the interval before.
pub(super) fn forgetting(statistics: &Statistics, paper: Paper) -> String {
    let rows = statistics.retention_by_interval.iter().filter(|row| row.share.total > 0);
    let rows = rows.map(|row| {
        let name = match row.to {
            Some(1) => "1 day".to_owned(),
            Some(to) => format!("{} to {to} days", row.from),
            None => format!("{} days and more", row.from),
        };
        (name, row.share)
    });
    let mut table = Table::new([Column::text("Interval"), Column::text(PASSED), Column::text("")]);
    let rows: Vec<_> = rows.collect();
    for (name, share) in &rows {
        let bar = chart::bar(share.passed, share.total, paper.ink);
        table.row([name.into(), share_cell(*share, paper.ink), bar.into()]);
    }
    if rows.is_empty() { String::new() } else { table.render(paper.style, paper.width) }
}

/// Retention by hour, of hours in which something was answered.
pub(super) fn hours(statistics: &Statistics, paper: Paper) -> String {
    let rows = statistics.hours.iter().filter(|row| row.answers > 0);
    let rows = rows.map(|row| (format!("{:02}:00", row.hour), row.answers, row.share));
    answered("Hour", rows.collect(), paper)
}

/// Retention by weekday.
pub(super) fn weekdays(statistics: &Statistics, paper: Paper) -> String {
    let rows = statistics.weekdays.iter();
    let rows = rows.map(|row| {
        let mut name = row.weekday.word().to_owned();
        name[..1].make_ascii_uppercase();
        (name, row.answers, row.share)
    });
    answered("Weekday", rows.collect(), paper)
}

/// Answers, and what was remembered of those that count, with a bar of the answers.
fn answered(what: &'static str, rows: Vec<(String, u64, Share)>, paper: Paper) -> String {
    let top = rows.iter().map(|(_, answers, _)| *answers).max().unwrap_or(0);
    if top == 0 {
        return String::new();
    }
    let mut table = Table::new([
        Column::text(what),
        Column::text(PASSED),
        Column::number("Answers"),
        Column::text(""),
    ]);
    for (name, answers, share) in rows {
        let bar = chart::bar(answers, top, paper.ink);
        table.row([name.into(), share_cell(share, paper.ink), Cell::count(answers), bar.into()]);
    }
    table.render(paper.style, paper.width)
}

/// Answers by grade and kind, with a bar of the reviews.
pub(super) fn grades(statistics: &Statistics, paper: Paper) -> String {
    let by_kind = &statistics.grades_by_kind;
    let kinds = GradesByKind::KINDS.into_iter().filter(|kind| by_kind.of(*kind).total() > 0);
    let kinds: Vec<_> = kinds.collect();
    if kinds.is_empty() {
        return String::new();
    }
    let top = Grade::ALL.map(|grade| statistics.grades.of(grade)).into_iter().max().unwrap_or(0);
    let mut columns = vec![Column::text("Grade")];
    columns.extend(kinds.iter().map(|kind| Column::number(heading(*kind))));
    columns.push(Column::text(""));
    let mut table = Table::new(columns);
    for grade in Grade::ALL {
        let word = if grade.is_pass() { "pass" } else { "fail" };
        let mut cells: Vec<Cell> = vec![format!("{} {word}", grade.number()).into()];
        cells.extend(kinds.iter().map(|kind| Cell::count(by_kind.of(*kind).of(grade))));
        cells.push(chart::bar(statistics.grades.of(grade), top, paper.ink).into());
        table.row(cells);
    }
    table.render(paper.style, paper.width)
}

fn heading(kind: ReviewKind) -> &'static str {
    match kind {
        ReviewKind::Learn => "Learn",
        ReviewKind::Review => "Review",
        ReviewKind::Ahead => "Ahead",
        ReviewKind::Drill => "Drill",
        ReviewKind::Cram => "Cram",
    }
}
