//! `kata decks`: what decks there are.

use crate::model::DeckName;
use crate::report::{Cell, Column, Style, Table, Tone};
use crate::stats::CardCounts;
use serde::Serialize;

/// Every deck; the JSON of `kata decks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decks {
    /// By name.
    pub decks: Vec<DeckLine>,
}

/// One deck's own cards, by state; those of decks below it are not among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeckLine {
    /// The deck.
    pub deck: DeckName,
    /// The title its file gives it.
    pub title: Option<String>,
    /// Cards that are not retired.
    pub cards: u64,
    /// Those never reviewed since their last reset.
    pub new: u64,
    /// Those of an interval under 21 days.
    pub young: u64,
    /// Those of an interval of 21 days and more.
    pub mature: u64,
    /// Those that are suspended, whatever their interval.
    pub suspended: u64,
    /// Cards that have gone from the deck's files.
    pub retired: u64,
}

impl DeckLine {
    /// A deck and the count of its cards.
    pub fn new(deck: DeckName, title: Option<String>, counts: CardCounts) -> Self {
        let CardCounts { total: cards, new, young, mature, suspended, retired } = counts;
        DeckLine { deck, title, cards, new, young, mature, suspended, retired }
    }
}

/// The page of `kata decks`.
pub fn decks(decks: &Decks, style: Style, width: Option<usize>) -> String {
    if decks.decks.is_empty() {
        return "No decks yet. `kata import PATH` takes a deck file, or a folder of them.\n"
            .to_owned();
    }
    let mut table = Table::new([
        Column::name("Deck"),
        Column::number("Cards"),
        Column::number("New"),
        Column::number("Young"),
        Column::number("Mature"),
        Column::number("Suspended"),
        Column::number("Retired"),
        Column::long_text("Title"),
    ]);
    for deck in &decks.decks {
        table.row([
            deck.deck.as_str().into(),
            Cell::count(deck.cards),
            Cell::count(deck.new),
            Cell::count(deck.young),
            Cell::count(deck.mature),
            Cell::count(deck.suspended),
            Cell::count(deck.retired),
            Cell::toned(Tone::Normal, deck.title.as_deref().unwrap_or_default()),
        ]);
    }
    table.render(style, width)
}
