//! Numbers, days and ids in words.

use crate::model::text::{counted, visible_line};
use crate::model::{CardId, IdPrefix, StudyDay};
use crate::session::{Backlog, End};
use crate::stats::{DueOn, Share, Streak};

/// A card's id as a person types it.
pub fn short_id(card: CardId) -> String {
    format!("{card:.*}", IdPrefix::PUBLIC)
}

/// How far a day is from today: `today`, `tomorrow`, `in 3 days`, `2 days ago`.
pub(super) fn distance(day: StudyDay, today: StudyDay) -> String {
    match day.since(today) {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", days.unsigned_abs()),
    }
}

/// The day with its weekday: `Monday, 2026-11-23`.
pub(super) fn weekday_and_date(day: StudyDay) -> String {
    day.date().format("%A, %Y-%m-%d").to_string()
}

/// The streak in a sentence.
pub(super) fn streak(streak: Streak) -> String {
    let (current, longest) = (counted(streak.current, "day"), counted(streak.longest, "day"));
    match streak.current {
        0 if streak.longest == 0 => "Streak: none yet; it starts with the first answer.".to_owned(),
        0 => format!("Streak: none now; the longest was {longest}."),
        _ if current == longest => format!("Streak: {current}, the longest so far."),
        _ => format!("Streak: {current}; the longest was {longest}."),
    }
}

/// What comes due on the days after today: `Next days: Tue 12, Wed 30, Thu 8.`; `None` if
/// nothing does.
pub(super) fn next_days(ahead: &[DueOn]) -> Option<String> {
    if ahead.iter().all(|next| next.due == 0) {
        return None;
    }
    let days = ahead.iter().map(|next| format!("{} {}", next.day.date().format("%a"), next.due));
    Some(format!("Next days: {}.", days.collect::<Vec<_>>().join(", ")))
}

/// A share with its 95 % interval and count: ` 92 % (88–95, 210)`; `None` if it is of nothing.
pub(super) fn share(share: Share) -> Option<String> {
    let (rate, low, high) = (percent(share.rate?), percent(share.low?), percent(share.high?));
    Some(format!("{rate} % ({low}–{high}, {})", share.total))
}

/// A part of 1 in percent; 100 and 0 are said of all and nothing only.
pub(super) fn percent(part: f64) -> String {
    let percent = part * 100.0;
    match percent.round() {
        100.0 if part < 1.0 => format!("{:.1}", percent.min(99.9)),
        0.0 if part > 0.0 => format!("{:.1}", percent.max(0.1)),
        whole => whole.to_string(),
    }
}

/// A backlog with its end: `312 overdue; at 60 a day gone in 6 days.`
pub fn backlog(backlog: Backlog) -> String {
    let Backlog { due, overdue, per_day, end } = backlog;
    let cards = match overdue {
        0 => format!("{due} due"),
        all if all == due => format!("{due} overdue"),
        some => format!("{due} due, {some} of them overdue"),
    };
    if per_day == 0 {
        return format!("{cards}; at 0 a day they are never asked.");
    }
    let end = match end {
        End::After(days) => format!("gone in {}", counted(days.into(), "day")),
        End::NotWithin(days) => format!("not gone in {}", counted(days.into(), "day")),
    };
    format!("{cards}; at {per_day} a day {end}.")
}

/// Text on one line: line breaks and runs of spaces are one space.
pub(super) fn one_line(text: &str) -> String {
    visible_line(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in lines of so many columns, if that is known, each behind an indent.
pub(super) fn wrapped(text: &str, indent: &str, width: Option<usize>) -> String {
    match width {
        Some(width) => {
            let options = textwrap::Options::new(width).initial_indent(indent);
            textwrap::fill(text, options.subsequent_indent(indent))
        }
        None => format!("{indent}{text}"),
    }
}

/// The p of a test, never as 0.
pub(super) fn probability(p: f64) -> String {
    match p < 0.001 {
        true => "p < 0.001".to_owned(),
        false => format!("p = {p:.3}"),
    }
}

/// Words in a row: `a`, `a and b`, `a, b and c`.
pub(super) fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_chance_is_too_small_to_be_told() {
        assert_eq!(
            [0.0, 0.000_9, 0.001, 0.25].map(probability),
            ["p < 0.001", "p < 0.001", "p = 0.001", "p = 0.250"]
        );
    }

    #[test]
    fn one_is_singular() {
        let words = [0, 1, 2].map(|n| counted(n, "card"));
        assert_eq!(words, ["0 cards", "1 card", "2 cards"]);
    }

    #[test]
    fn a_day_is_told_by_its_distance() {
        let today = StudyDay::from_number(100);
        let words = [-2, -1, 0, 1, 2].map(|days| distance(today.plus(days), today));
        assert_eq!(words, ["2 days ago", "yesterday", "today", "tomorrow", "in 2 days"]);
    }

    #[test]
    fn the_next_days_are_told_if_they_bring_anything() {
        let today = StudyDay::from_number(20_000);
        let due = |counts: [u64; 3]| {
            let days = (1..).zip(counts).map(|(n, due)| DueOn { day: today.plus(n), due });
            next_days(&days.collect::<Vec<_>>())
        };
        assert_eq!(due([12, 0, 3]).unwrap(), "Next days: Sat 12, Sun 0, Mon 3.");
        assert_eq!(due([0; 3]), None);
    }

    #[test]
    fn only_all_is_a_hundred_percent() {
        let words = |passed, total| share(Share::of(passed, total)).unwrap_or_default();
        assert_eq!(words(0, 0), "");
        assert_eq!(words(0, 3), "0 % (0–56, 3)");
        assert_eq!(words(9, 10), "90 % (60–98, 10)");
        assert_eq!(words(300, 300), "100 % (99–100, 300)");
        assert_eq!(words(2999, 3000), "99.9 % (99.8–99.9, 3000)");
        assert_eq!(words(1, 3000), "0.1 % (0.1–0.2, 3000)");
    }

    #[test]
    fn text_on_one_line_has_no_escape_sequences() {
        assert_eq!(one_line("Steps\n\n 1. \u{1b}[2J"), "Steps 1. ␛[2J");
    }
}
