//! `kata cards`: what cards there are.

use crate::model::{CardId, DeckName, Ease, Flag, Interval, Kind, StudyDay};
use crate::report::{Cell, Column, Layout, Style, Tone, counted, short_id};
use serde::Serialize;

/// Terminals narrower than this list fewer columns.
const WIDE: usize = 100;

/// So many rows are held while they are measured; of more, none.
const HELD: u64 = 2000;

/// So many rows are laid out at a time.
const AT_ONCE: usize = 1000;

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

/// The page of `kata cards`. `each` hands over the same cards whenever it is asked: of many, once to
/// measure them and once to write them down, so that not much more is held than the page.
///
/// # Errors
/// Those of `each`.
pub fn cards<E>(
    each: impl Fn(&mut dyn FnMut(CardLine)) -> Result<(), E>,
    day: StudyDay,
    style: Style,
    width: Option<usize>,
) -> Result<String, E> {
    let columns = columns(width.is_none_or(|width| width >= WIDE));
    let cells = |card: CardLine| columns.iter().map(|(_, cell)| cell(&card, day)).collect();
    let mut layout = Layout::new(columns.iter().map(|(column, _)| *column).collect::<Vec<_>>());
    let (mut rows, mut count) = (Vec::new(), 0);
    each(&mut |card| {
        let cells: Vec<Cell> = cells(card);
        layout.measure(&cells);
        count += 1;
        match count <= HELD {
            true => rows.push(cells),
            false => rows = Vec::new(),
        }
    })?;
    if count == 0 {
        return Ok("No card matches.\n".to_owned());
    }
    let layout = layout.within(width);
    let mut page = layout.heading(style);
    if count > HELD {
        each(&mut |card| {
            rows.push(cells(card));
            if rows.len() == AT_ONCE {
                page += &layout.lines(std::mem::take(&mut rows), style);
            }
        })?;
    }
    page += &layout.lines(rows, style);
    if width.is_some() {
        page += &format!("\n{}\n", style.dim(&counted(count, "card")));
    }
    Ok(page)
}

/// What a column says of a card on a study day.
type CellOf = fn(&CardLine, StudyDay) -> Cell;

/// The columns of the list. In a narrow terminal those go that `kata show` tells as well, so
/// that the question can be read.
fn columns(is_wide: bool) -> Vec<(Column, CellOf)> {
    let numbers: [(Column, CellOf); 3] = [
        (Column::number("Interval"), |card, _| scheduled(card, &card.interval)),
        (Column::number("Ease"), |card, _| scheduled(card, &card.ease)),
        (Column::number("Lapses"), |card, _| Cell::count(u64::from(card.lapses))),
    ];
    let mut columns: Vec<(Column, CellOf)> = vec![
        (Column::text("Card"), |card, _| short_id(card.card).into()),
        (Column::name("Deck"), |card, _| card.deck.as_str().into()),
        (Column::text("Due"), |card, today| {
            card.due.map_or_else(Cell::none, |due| Cell::toned(tone(card, today), due.to_string()))
        }),
    ];
    if is_wide {
        columns.extend(numbers);
    }
    columns.push((Column::long_text("State"), |card, today| {
        Cell::toned(tone(card, today), card.state(today))
    }));
    columns.push((Column::long_text("Question"), |card, _| card.question.as_str().into()));
    columns
}

fn tone(card: &CardLine, today: StudyDay) -> Tone {
    if card.is_due(today) { Tone::Warning } else { Tone::Normal }
}

/// A number that a new card does not have yet.
fn scheduled(card: &CardLine, number: &dyn std::fmt::Display) -> Cell {
    match card.due {
        Some(_) => number.to_string().into(),
        None => Cell::none(),
    }
}
