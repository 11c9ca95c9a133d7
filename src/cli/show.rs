//! `kata show`.

use crate::cli::error::Exit;
use crate::cli::{Setting, cards, selection};
use crate::report::{CardSheet, json, show};
use anyhow::Result;
use clap::Args;

/// Show one card: its text, its schedule, where it is from
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
    let line = cards::line(&card);
    let sheet = CardSheet {
        day: setting.now()?.day,
        card: line,
        answer: card.note.face(card.candidate.position).back,
        hint: card.note.hint,
        extra: card.note.extra,
        typed: card.note.typed,
        tags: card.note.tags,
        source: card.note.source,
        file: card.file,
    };
    let output = &setting.output;
    match arguments.json {
        true => output.result(&json(&sheet))?,
        false => output.result(&show(&sheet, output.style(), output.width()))?,
    }
    Ok(Exit::Done)
}
