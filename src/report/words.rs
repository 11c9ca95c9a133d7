//! Numbers, days and ids in words.

use crate::model::text::visible_line;
use crate::model::{CardId, IdPrefix, StudyDay};

/// A number with its noun: `1 card`, `2 cards`.
pub fn counted(number: u64, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// A card's id as a person types it.
pub fn short_id(card: CardId) -> String {
    format!("{card:.*}", IdPrefix::SHORTEST)
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

/// Text on one line: line breaks and runs of spaces are one space.
pub(super) fn one_line(text: &str) -> String {
    visible_line(text).split_whitespace().collect::<Vec<_>>().join(" ")
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
    fn text_on_one_line_has_no_escape_sequences() {
        assert_eq!(one_line("Steps\n\n 1. \u{1b}[2J"), "Steps 1. ␛[2J");
    }
}
