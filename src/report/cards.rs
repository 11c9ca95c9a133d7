//! `kata cards`: what cards there are.

use crate::model::{CardId, DeckName, Ease, Flag, Interval, Kind, StudyDay};
use crate::report::{Cell, Column, Style, Table, Tone, counted, short_id};
use serde::Serialize;

/// Cards that a query found; the JSON of `kata cards`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cards {
    /// Today's study day, which says which of them are due.
    pub day: StudyDay,
    /// The cards.
    pub cards: Vec<CardLine>,
}

/// One card, on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CardLine {
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckName,
    /// The kind of its note.
    pub kind: Kind,
    /// What it asks.
    pub question: String,
    /// The day it is due; `None` for a new card.
    pub due: Option<StudyDay>,
    /// SM-2's I; 0 for a new card.
    pub interval: Interval,
    /// SM-2's E-Factor.
    pub ease: Ease,
    /// SM-2's n.
    pub repetitions: u32,
    /// Reviews failed since its last reset.
    pub lapses: u32,
    /// Asked no more until it is resumed.
    pub suspended: bool,
    /// Not asked up to and including this day.
    pub buried: Option<StudyDay>,
    /// The person's own mark.
    pub flag: Flag,
    /// Gone from its deck file.
    pub retired: bool,
}

impl CardLine {
    /// Its state in words: `new`, or `young` or `mature` and whether it is due; then what else
    /// there is to it: `young, due, flag 2`.
    pub fn state(&self, today: StudyDay) -> String {
        let mut words = Vec::new();
        if self.retired {
            words.push("retired".to_owned());
        }
        words.push(match self.due {
            None => "new".to_owned(),
            Some(_) if self.interval.is_mature() => "mature".to_owned(),
            Some(_) => "young".to_owned(),
        });
        if self.is_due(today) {
            words.push("due".to_owned());
        }
        if self.suspended {
            words.push("suspended".to_owned());
        }
        if let Some(day) = self.buried.filter(|day| *day >= today) {
            words.push(match day == today {
                true => "buried today".to_owned(),
                false => format!("buried until {day}"),
            });
        }
        if self.flag != Flag::NONE {
            words.push(format!("flag {}", self.flag.number()));
        }
        words.join(", ")
    }

    /// Whether it is due and would be asked but for a bury.
    fn is_due(&self, today: StudyDay) -> bool {
        !self.retired && !self.suspended && self.due.is_some_and(|due| due <= today)
    }
}

/// The page of `kata cards`.
pub fn cards(cards: &Cards, style: Style, width: Option<usize>) -> String {
    if cards.cards.is_empty() {
        return "No card matches.\n".to_owned();
    }
    let mut table = Table::new([
        Column::text("Card"),
        Column::long_text("Deck"),
        Column::text("Due"),
        Column::number("Interval"),
        Column::number("Ease"),
        Column::number("Lapses"),
        Column::text("State"),
        Column::long_text("Question"),
    ]);
    for card in &cards.cards {
        table.row(row(card, cards.day));
    }
    let mut page = table.render(style, width);
    if width.is_some() {
        let count = u64::try_from(cards.cards.len()).unwrap_or(u64::MAX);
        page += &format!("\n{}\n", style.dim(&counted(count, "card")));
    }
    page
}

fn row(card: &CardLine, today: StudyDay) -> [Cell; 8] {
    let tone = match card.is_due(today) {
        true => Tone::Warning,
        false => Tone::Normal,
    };
    let scheduled = |text: String| match card.due {
        Some(_) => Cell::from(text),
        None => Cell::none(),
    };
    [
        short_id(card.card).into(),
        card.deck.as_str().into(),
        card.due.map_or_else(Cell::none, |due| Cell::toned(tone, due.to_string())),
        scheduled(card.interval.to_string()),
        scheduled(card.ease.to_string()),
        Cell::count(u64::from(card.lapses)),
        Cell::toned(tone, card.state(today)),
        card.question.as_str().into(),
    ]
}
