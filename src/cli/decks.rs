//! `kata decks`.

use crate::cli::error::Exit;
use crate::cli::{Setting, stats};
use crate::report::{DeckLine, Decks, decks, json};
use crate::schedule::DeckRow;
use crate::stats::CardCounts;
use anyhow::Result;
use clap::Args;
use std::collections::HashMap;

/// List the decks and their cards by state
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let store = setting.store_to_read()?;
    let mut counts: HashMap<DeckRow, CardCounts> = HashMap::new();
    store.card_rows(&mut |card| {
        counts.entry(card.deck).or_default().count(&stats::row(card, None))
    })?;
    let lines = store.decks()?.into_iter().map(|deck| {
        let counts = counts.get(&deck.row).copied().unwrap_or_default();
        DeckLine::new(deck.name, deck.title, counts)
    });
    let list = Decks { decks: lines.collect() };
    let output = &setting.output;
    match arguments.json {
        true => output.result(&json(&list))?,
        false => output.result(&decks(&list, output.style(), output.width()))?,
    }
    Ok(Exit::Done)
}
