//! `kata check`.

use crate::cli::Setting;
use crate::cli::deckfiles::{FoundFile, find, no_deck_files, reports, tell};
use crate::cli::error::Exit;
use crate::deckfile::{self, DeckFile, Diagnostic, Member, Reading};
use crate::report::{counted, json};
use anyhow::Result;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;

/// Read deck files and judge them; import nothing
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Deck files, or folders of them
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A warning fails, too
    #[arg(long)]
    strict: bool,
    /// Tell it as JSON on stdout
    #[arg(long)]
    json: bool,
}

/// A file that was read, and what is to be said of it.
struct Judged {
    file: FoundFile,
    bytes: Vec<u8>,
    deck: Option<DeckFile>,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Serialize)]
struct Verdict<'a> {
    decks: usize,
    notes: usize,
    skipped: usize,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<deckfile::Report<'a>>,
}

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let found = find(&arguments.paths);
    let mut faults = found.faults;
    let mut judged = Vec::new();
    let mut skipped = 0;
    for file in found.files {
        match judge(file) {
            Ok(Some(file)) => judged.push(file),
            Ok(None) => skipped += 1,
            Err(fault) => faults.push(fault),
        }
    }
    judge_together(&mut judged);
    if judged.is_empty() && faults.is_empty() {
        faults.extend(found.folders.iter().map(|folder| no_deck_files(folder)));
    }
    let count = |errors: bool| {
        let all = judged.iter().flat_map(|file| &file.diagnostics);
        all.filter(|diagnostic| diagnostic.is_error() == errors).count()
    };
    let (errors, warnings) = (count(true) + faults.len(), count(false));
    let sound: Vec<&DeckFile> = judged.iter().filter_map(|file| file.deck.as_ref()).collect();
    let notes = sound.iter().map(|deck| deck.notes.len()).sum();
    for fault in &faults {
        setting.output.error(fault);
    }
    if arguments.json {
        let diagnostics =
            judged.iter().flat_map(|file| reports(&file.file.shown, &file.diagnostics)).collect();
        let decks = sound.len();
        let verdict = Verdict { decks, notes, skipped, errors, warnings, diagnostics };
        setting.output.result(&json(&verdict))?;
    } else {
        for file in &judged {
            tell(&setting.output, &file.file.shown, &file.bytes, &file.diagnostics);
        }
        let mut said = format!(
            "{} with {}: {}, {}",
            counted(sound.len() as u64, "deck file"),
            counted(notes as u64, "note"),
            counted(errors as u64, "error"),
            counted(warnings as u64, "warning"),
        );
        if skipped > 0 {
            said += &format!("; skipped {}", counted(skipped as u64, "other YAML file"));
        }
        setting.output.said(&said)?;
    }
    let failed = errors > 0 || (arguments.strict && warnings > 0);
    Ok(if failed { Exit::Failed } else { Exit::Done })
}

/// A file with all that is to be said of it; `None` if it is none of ours.
fn judge(file: FoundFile) -> Result<Option<Judged>> {
    let content = file.content()?;
    let (reading, warnings) = deckfile::check(&content.bytes);
    let (deck, mut diagnostics) = match file.judged(reading, false) {
        Reading::Deck(deck) => (Some(deck), Vec::new()),
        Reading::Faulty(errors) => (None, errors),
        Reading::NotADeck(_) => return Ok(None),
    };
    diagnostics.extend(warnings);
    diagnostics.sort_by_key(Diagnostic::place);
    Ok(Some(Judged { file, bytes: content.bytes, deck, diagnostics }))
}

/// Adds what is only wrong between files.
fn judge_together(judged: &mut [Judged]) {
    let sound: Vec<usize> = (0..judged.len()).filter(|&at| judged[at].deck.is_some()).collect();
    let members: Vec<Member<'_>> = judged.iter().filter_map(Judged::member).collect();
    for (position, diagnostic) in deckfile::across(&members) {
        judged[sound[position]].diagnostics.push(diagnostic);
    }
}

impl Judged {
    fn member(&self) -> Option<Member<'_>> {
        let file = self.deck.as_ref()?;
        Some(Member { path: &self.file.shown, bytes: &self.bytes, file })
    }
}
