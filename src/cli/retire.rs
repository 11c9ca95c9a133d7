//! `kata retire`.

use crate::cli::error::Exit;
use crate::cli::{Setting, selection};
use crate::model::{Changes, Guid, NoteChange};
use crate::report::counted;
use crate::store::{CardRecord, ImportBatch};
use anyhow::{Result, anyhow};
use clap::Args;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

/// Retire notes whose deck file is gone: ask them no more
///
/// Whole notes are retired, with all their cards. Their history stays; importing a file that has
/// them again revives them, and nothing else does: an undo takes back answers and marks only. A note
/// whose file is still there is deleted in the file instead.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Ids of cards, names of decks, or a query as `kata cards` takes it
    #[arg(required = true, value_name = "CARD, DECK or QUERY")]
    cards: Vec<String>,
    /// Say what would be retired, and change nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let mut store = setting.store_to_change()?;
    let version = store.version()?;
    let day = setting.now()?.day;
    let cards = selection::cards(setting, &store, &arguments.cards, day)?;
    let cards: Vec<CardRecord> = cards.into_iter().filter(|card| !card.retired).collect();
    let notes: BTreeSet<Guid> = cards.iter().map(|card| card.guid).collect();
    let files: BTreeSet<String> = cards.into_iter().filter_map(|card| card.file).collect();
    if let Some(file) = files.iter().find(|file| is_there(file)) {
        return Err(anyhow!(
            "{file} is still there: delete the notes in it and import it; nothing is retired"
        ));
    }
    if notes.is_empty() {
        setting.output.said("Nothing to retire: these cards are retired already.")?;
        return Ok(Exit::Done);
    }
    let count = counted(notes.len() as u64, "note");
    if arguments.dry_run {
        setting.output.said(&format!("Would retire {count}."))?;
        return Ok(Exit::Done);
    }
    store.apply(&ImportBatch {
        gone: files.into_iter().collect(),
        changes: Changes {
            notes: notes.into_iter().map(NoteChange::Retired).collect(),
            unchanged: 0,
        },
        matched_with: Some(version),
        ..ImportBatch::default()
    })?;
    setting.output.said(&format!("Retired {count}; the history stays."))?;
    Ok(Exit::Done)
}

/// Whether a file is there, or may be: of some errors one cannot tell.
fn is_there(file: &str) -> bool {
    match Path::new(file).metadata() {
        Ok(found) => found.is_file(),
        Err(error) => !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
    }
}
