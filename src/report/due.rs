//! `kata due`: what a review would ask today.

use crate::model::{DeckName, StudyDay};
use crate::report::words::next_days;
use crate::report::{Cell, Column, Style, Table, Tone};
use crate::stats::DueOn;
use serde::Serialize;

/// What a review would ask today, limits and siblings counted; the JSON of `kata due`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Due {
    /// Today's study day.
    pub day: StudyDay,
    /// Due cards.
    pub due: u64,
    /// New cards.
    pub new: u64,
    /// Drills still to be passed.
    pub drill: u64,
    /// The same by deck.
    pub decks: Vec<DeckDue>,
}

/// What a review would ask of one deck today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeckDue {
    /// The deck.
    pub deck: DeckName,
    /// Due cards.
    pub due: u64,
    /// Those of them that were due before today.
    pub overdue: u64,
    /// New cards.
    pub new: u64,
    /// Drills still to be passed.
    pub drill: u64,
}

impl Due {
    /// What these decks add up to on a day.
    pub fn of(day: StudyDay, decks: Vec<DeckDue>) -> Self {
        let sum = |part: fn(&DeckDue) -> u64| decks.iter().map(part).sum();
        let (due, new, drill) =
            (sum(|deck| deck.due), sum(|deck| deck.new), sum(|deck| deck.drill));
        Due { day, due, new, drill, decks }
    }

    /// What `kata due --count` says: everything a review would ask now.
    pub fn count(&self) -> u64 {
        self.due + self.new + self.drill
    }

    /// Cards that were due before today.
    pub fn overdue(&self) -> u64 {
        self.decks.iter().map(|deck| deck.overdue).sum()
    }
}

impl DeckDue {
    /// Everything a review would ask of the deck now.
    pub fn count(&self) -> u64 {
        self.due + self.new + self.drill
    }
}

/// The page of `kata due`: decks that have something to ask, and their sum; then what comes due
/// on the next days, as the forecast counts it.
pub fn due(due: &Due, ahead: &[DueOn], style: Style, width: Option<usize>) -> String {
    let page = match due.count() {
        0 => "Nothing is due today.\n".to_owned(),
        _ => due_table(due).render(style, width),
    };
    match next_days(ahead) {
        Some(days) => format!("{page}{}\n", style.dim(&days)),
        None => page,
    }
}

pub(super) fn due_table(due: &Due) -> Table {
    let mut table = Table::new([
        Column::name("Deck"),
        Column::number("Due"),
        Column::number("Overdue"),
        Column::number("New"),
        Column::number("Drill"),
    ]);
    let asked: Vec<&DeckDue> = due.decks.iter().filter(|deck| deck.count() > 0).collect();
    for deck in &asked {
        let overdue = if deck.overdue == 0 { Tone::Dim } else { Tone::Warning };
        table.row([
            deck.deck.as_str().into(),
            Cell::count(deck.due),
            Cell::toned(overdue, deck.overdue.to_string()),
            Cell::count(deck.new),
            Cell::count(deck.drill),
        ]);
    }
    if asked.len() > 1 {
        let sums = [due.due, due.overdue(), due.new, due.drill];
        let sums = sums.map(|sum| Cell::toned(Tone::Bold, sum.to_string()));
        let cells = std::iter::once(Cell::toned(Tone::Bold, "Total")).chain(sums);
        table.row(cells.collect::<Vec<_>>());
    }
    table
}
