//! `kata` alone: today at a glance.

use crate::report::due::due_table;
use crate::report::words::{distance, listed, weekday_and_date};
use crate::report::{Due, Style, counted};
use crate::stats::{DueOn, Streak};
use serde::Serialize;

/// Today at a glance; as JSON the object of `kata due` and more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Glance {
    /// What a review would ask now.
    #[serde(flatten)]
    pub due: Due,
    /// Study days in a row.
    pub streak: Streak,
    /// Cards that are not retired.
    pub cards: u64,
    /// Answers given today, of every kind.
    pub answered: u64,
    /// The next day after today on which cards come due, and how many.
    pub next: Option<DueOn>,
}

/// The page of `kata` alone.
pub fn glance(glance: &Glance, style: Style, width: Option<usize>) -> String {
    let mut page = style.bold(&weekday_and_date(glance.due.day)) + "\n\n";
    if glance.cards == 0 {
        page += "No cards yet. To begin, write a deck file and import it:\n\n";
        page += &commands(&[("kata import PATH", "a deck file, or a folder of them")], style);
        return page;
    }
    match glance.due.count() {
        0 => page += &nothing_to_ask(glance),
        _ => page += &to_ask(glance, style, width),
    }
    page += "\n";
    page += &streak(glance);
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
        answered => format!("Done for today, after {}.", counted(answered, "answer")),
    };
    let next = match glance.next {
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

fn streak(glance: &Glance) -> String {
    let Streak { current, longest } = glance.streak;
    let today = match glance.answered {
        0 => "; an answer today makes it one more",
        _ => "",
    };
    match current {
        0 if longest == 0 => "Streak: none yet; it starts with the first answer.\n".to_owned(),
        0 => format!("Streak: none now; the longest was {}.\n", counted(longest, "day")),
        _ if current == longest => {
            format!("Streak: {}, the longest so far{today}.\n", counted(current, "day"))
        }
        _ => {
            let (current, longest) = (counted(current, "day"), counted(longest, "day"));
            format!("Streak: {current}, the longest {longest}{today}.\n")
        }
    }
}

fn next_commands(glance: &Glance) -> Vec<(&'static str, &'static str)> {
    match glance.due.count() {
        0 => vec![
            ("kata review --ahead 1", "what comes due tomorrow"),
            ("kata stats", "what was remembered"),
        ],
        _ => {
            vec![("kata review", "ask them"), ("kata review DECK", "one deck, and those below it")]
        }
    }
}

/// What to type, and what it does.
fn commands(commands: &[(&str, &str)], style: Style) -> String {
    let widest = commands.iter().map(|(command, _)| command.len()).max().unwrap_or(0);
    let line = |(command, does): &(&str, &str)| {
        let space = " ".repeat(widest - command.len() + 3);
        format!("  {}{space}{}\n", style.bold(command), style.dim(does))
    };
    commands.iter().map(line).collect()
}
