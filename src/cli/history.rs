//! `kata history`.

use crate::cli::Setting;
use crate::cli::error::Exit;
use crate::cli::selection;
use crate::report::{CardHistory, PastEvent, history, json};
use crate::store::{CardRecord, Store};
use anyhow::Result;
use clap::Args;

/// Show everything that happened to a card
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The card's id, or its first characters, as many as tell it apart
    card: String,
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let store = setting.store_to_read()?;
    let card = selection::one_card(&store, &arguments.card)?;
    let past = of(&store, &card)?;
    let output = &setting.output;
    match arguments.json {
        true => output.result(&json(&past))?,
        false => output.result(&history(&past, output.style(), output.width()))?,
    }
    Ok(Exit::Done)
}

/// Everything that happened to a card.
pub(super) fn of(store: &Store, card: &CardRecord) -> Result<CardHistory> {
    let events = store.history(card.candidate.card)?.into_iter();
    Ok(CardHistory {
        card: card.candidate.card,
        question: card.note.face(card.candidate.position).front,
        deck: card.deck.clone(),
        events: events.map(|past| PastEvent { event: past.event, undone: past.undone }).collect(),
    })
}
