//! The figures at the head of the page.

use crate::report::counted;
use crate::report::words::percent;
use crate::stats::{CardCounts, Statistics, Streak, Window};

/// A number, what it is of, and what belongs to it.
#[derive(Debug)]
pub(super) struct Headline {
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) note: String,
}

/// Due today, streak, retention and cards.
pub(super) fn headline(statistics: &Statistics) -> Vec<Headline> {
    vec![due(statistics), streak(statistics.streak), retention(statistics), cards(statistics.cards)]
}

fn due(statistics: &Statistics) -> Headline {
    let sum = |days: usize| statistics.forecast.iter().take(days).map(|day| day.due).sum::<u64>();
    let note = format!("{} within 7 days, {} within 30", sum(7), sum(30));
    Headline { name: "Due today", value: sum(1).to_string(), note }
}

fn streak(Streak { current, longest }: Streak) -> Headline {
    let note = match longest {
        0 => "it starts with the first answer".to_owned(),
        _ if current == longest => "the longest so far".to_owned(),
        _ => format!("the longest was {}", counted(longest, "day")),
    };
    Headline { name: "Streak", value: counted(current, "day"), note }
}

fn retention(statistics: &Statistics) -> Headline {
    let month = statistics.retention.iter().find(|row| row.window == Window::Month);
    let share = month.map(|row| row.all).unwrap_or_default();
    let (value, note) = match (share.rate, share.low, share.high) {
        (Some(rate), Some(low), Some(high)) => (
            format!("{}\u{a0}%", percent(rate)),
            format!(
                "95\u{a0}% interval {}–{}\u{a0}%, of {}",
                percent(low),
                percent(high),
                counted(share.total, "review")
            ),
        ),
        _ => ("–".to_owned(), "no card has come due again yet".to_owned()),
    };
    Headline { name: "Retention, 30 days", value, note }
}

fn cards(cards: CardCounts) -> Headline {
    let CardCounts { total, new, young, mature, suspended, retired } = cards;
    let mut note = format!("{new} new, {young} young, {mature} mature");
    if suspended > 0 {
        note += &format!("; {suspended} of them suspended");
    }
    if retired > 0 {
        note += &format!("; {retired} more retired");
    }
    Headline { name: "Cards", value: total.to_string(), note }
}
