//! `kata stats`.

use crate::cli::Setting;
use crate::cli::error::{Exit, WrongUsage};
use crate::cli::selection;
use crate::model::{DeckName, StudyDay};
use crate::report::{json, statistics};
use crate::schedule::DeckRow;
use crate::stats::{Answer, CardRow, DayRange, Statistics, Tally};
use crate::store::{self, DeckRecord, Store};
use anyhow::Result;
use clap::Args;
use std::collections::HashSet;

/// Show what was retained, what is to come, and how steadily you study
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Decks, with all below them; without any, all
    #[arg(value_name = "DECK")]
    decks: Vec<DeckName>,
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
    /// Leave out answers before this day, as 2026-11-23
    #[arg(long, value_name = "DAY")]
    since: Option<StudyDay>,
    /// Leave out answers after this day
    #[arg(long, value_name = "DAY")]
    until: Option<StudyDay>,
}

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let range = DayRange { since: arguments.since, until: arguments.until };
    if let (Some(since), Some(until)) = (range.since, range.until)
        && since > until
    {
        return Err(WrongUsage(format!("--since {since} is after --until {until}")).into());
    }
    let store = setting.store_to_read()?;
    let all = store.decks()?;
    let decks = selection::decks(&all, &arguments.decks)?;
    let numbers = of(&store, &all, &decks, range, setting.now()?.day)?;
    let output = &setting.output;
    match arguments.json {
        true => output.result(&json(&numbers))?,
        false => output.result(&statistics(&numbers, output.style(), output.width()))?,
    }
    Ok(Exit::Done)
}

/// The statistics of these decks as of a study day.
pub(super) fn of(
    store: &Store,
    all: &[DeckRecord],
    decks: &[DeckRow],
    range: DayRange,
    today: StudyDay,
) -> Result<Statistics> {
    let wanted: HashSet<DeckRow> = decks.iter().copied().collect();
    let selected = all.iter().filter(|deck| wanted.contains(&deck.row));
    let names = selected.map(|deck| (deck.row, deck.name.clone())).collect();
    let mut tally = Tally::new(today, range, names);
    store.each_answer(Some(&wanted), &mut |answer| {
        tally.answer(&self::answer(answer));
    })?;
    store.card_rows(&mut |card| {
        if wanted.contains(&card.deck) {
            tally.card(&row(card));
        }
    })?;
    Ok(tally.statistics())
}

/// A stored answer as statistics count it.
pub(super) fn answer(answer: store::Answer) -> Answer {
    let store::Answer { card, deck, at, day, review } = answer;
    Answer { card, deck, day, at, review }
}

/// A stored card as statistics count it.
pub(super) fn row(card: store::CardRow) -> CardRow {
    let store::CardRow { card, deck, state, retired } = card;
    CardRow { card, deck, state, retired }
}
