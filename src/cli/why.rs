//! `kata why`.

use crate::cli::Setting;
use crate::cli::error::Exit;
use crate::cli::selection;
use crate::model::Grade;
use crate::report::{Gone, NextAnswer, Why, json, why};
use crate::schedule::{CardState, steps};
use crate::store::{CardRecord, Store};
use anyhow::Result;
use clap::Args;

/// Show the arithmetic behind a card's due day
///
/// Each event of its history with the scheduler's formula in its numbers, and what each grade
/// would give next.
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
    let sheet = of(setting, &store, card)?;
    let output = &setting.output;
    match arguments.json {
        true => output.result(&json(&sheet))?,
        false => output.result(&why(&sheet, output.style(), output.width()))?,
    }
    Ok(Exit::Done)
}

/// How a card's schedule came about, as of now.
pub(super) fn of(setting: &Setting, store: &Store, card: CardRecord) -> Result<Why> {
    let today = setting.now()?.day;
    let scheduler = setting.config.scheduler;
    let events = store.history(card.candidate.card)?.into_iter();
    let steps = steps(scheduler, events.map(|past| (past.event, past.undone)));
    let state = steps.last().map_or(CardState::NEW, |step| step.after);
    Ok(Why {
        day: today,
        card: card.candidate.card,
        question: card.note.face(card.candidate.position).front,
        gone: gone(&card),
        deck: card.deck,
        scheduler,
        state,
        next: NextAnswer::of(scheduler, &state, today),
        steps,
        scale: scale(setting),
    })
}

fn gone(card: &CardRecord) -> Option<Gone> {
    match card {
        CardRecord { relinked: true, .. } => Some(Gone::Relinked),
        CardRecord { retired: true, .. } => Some(Gone::Retired),
        _ => None,
    }
}

fn scale(setting: &Setting) -> Vec<(Grade, &'static str)> {
    let choices = setting.config.grades.choices().iter();
    choices.map(|choice| (choice.grade(), choice.word)).collect()
}
