//! `kata` alone: today at a glance.

use crate::report::due::due_table;
use crate::report::words::{backlog, distance, listed, next_days, streak, weekday_and_date};
use crate::report::{Due, Style, counted};
use crate::session::Backlog;
use crate::stats::{DueOn, Streak};
use serde::Serialize;

/// Today at a glance; as JSON the object of `kata due` and more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Glance {
    /// What a review would ask now.
    #[serde(flatten)]
    pub due: Due,
    /// What the day's limits keep out.
    #[serde(skip)]
    pub backlog: Option<Backlog>,
    /// Study days in a row.
    pub streak: Streak,
    /// Whether there are cards at all.
    pub has_cards: bool,
    /// Cards answered today.
    pub answered: u64,
    /// The next day after today on which cards come due, and how many.
    pub next: Option<DueOn>,
    /// What comes due on each of the next days, as the forecast counts it.
    pub ahead: Vec<DueOn>,
}

/// The page of `kata` alone.
pub fn glance(glance: &Glance, style: Style, width: Option<usize>) -> String {
    let mut page = style.bold(&weekday_and_date(glance.due.day)) + "\n\n";
    if !glance.has_cards {
        page += "No cards yet. To begin, write a deck file and import it:\n\n";
        page += &commands(
            &[("kata import PATH".to_owned(), "a deck file, or a folder of them")],
            style,
        );
        return page;
    }
    match glance.due.count() {
        0 => page += &nothing_to_ask(glance),
        _ => page += &to_ask(glance, style, width),
    }
    if let Some(told) = glance.backlog {
        page += &format!("{}\n", backlog(told));
    }
    page += "\n";
    page += &next_days(&glance.ahead).map(|days| days + "\n").unwrap_or_default();
    page += &habit(glance);
    page += "\n";
    page += &commands(&next_commands(glance), style);
    page
}

fn to_ask(glance: &Glance, style: Style, width: Option<usize>) -> String {
    let due = &glance.due;
    let late = match due.overdue() {
        0 => String::new(),
        overdue => format!(" ({overdue} overdue)"),
    };
    let parts = [
        (due.due, format!("{} due{late}", due.due)),
        (due.new, format!("{} new", due.new)),
        (due.drill, format!("{} to drill again", due.drill)),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    let total = counted(due.count(), "card");
    format!("{}\n{total} to ask: {}.\n", due_table(due).render(style, width), listed(&parts))
}

fn nothing_to_ask(glance: &Glance) -> String {
    let done = match glance.answered {
        0 => "Nothing to ask today.".to_owned(),
        answered => format!("Done for today, after {}.", counted(answered, "card")),
    };
    let next = match glance.next {
        // The next ones are due already.
        _ if glance.backlog.is_some() => String::new(),
        None => String::new(),
        Some(next) => format!(
            " Next: {} on {} ({}).",
            counted(next.due, "card"),
            next.day,
            distance(next.day, glance.due.day)
        ),
    };
    format!("{done}{next}\n")
}

fn habit(glance: &Glance) -> String {
    let sentence = streak(glance.streak);
    match (glance.streak.current, glance.answered) {
        (0, _) | (_, 1..) => format!("{sentence}\n"),
        (current, 0) => format!("{sentence} An answer today makes it {}.\n", current + 1),
    }
}

/// What to type next, and what it does.
fn next_commands(glance: &Glance) -> Vec<(String, &'static str)> {
    if glance.due.count() > 0 {
        return vec![
            ("kata review".to_owned(), "ask them"),
            ("kata review DECK".to_owned(), "one deck, and those below it"),
        ];
    }
    if let Some(backlog) = glance.backlog {
        let more = format!("kata review --limit {}", backlog.per_day.clamp(1, 20));
        return vec![(more, "ask more of them today, beyond the limit")];
    }
    let ahead = glance.next.map(|next| {
        let days = next.day.since(glance.due.day);
        (format!("kata review --ahead {days}"), "ask the next ones today")
    });
    ahead.into_iter().chain([("kata stats".to_owned(), "what was remembered")]).collect()
}

/// Commands below each other, and what each does.
fn commands(commands: &[(String, &str)], style: Style) -> String {
    let widest = commands.iter().map(|(command, _)| command.len()).max().unwrap_or(0);
    let line = |(command, does): &(String, &str)| {
        let space = " ".repeat(widest - command.len() + 3);
        format!("  {}{space}{}\n", style.bold(command), style.dim(does))
    };
    commands.iter().map(line).collect()
}
