//! A deck file in the person's editor, in the middle of a session.

use crate::cli::Setting;
use crate::cli::deckfiles::FoundFile;
use crate::cli::editor::Editor;
use crate::cli::intake;
use crate::cli::replace::{self, Replacement};
use crate::deckfile::{self, Diagnostic, LARGEST, Question, Reading};
use crate::frontend::Edited;
use crate::model::Note;
use crate::store::{CardRecord, Store};
use anyhow::{Context, Result, anyhow, bail, ensure};
use std::path::{Path, PathBuf};

/// An edit of a deck file that is not imported.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::cli) struct PendingEdit {
    file: FoundFile,
    /// What was in the file before.
    before: Vec<u8>,
    /// What the editor left there; `None` if that is no file.
    left: Option<Vec<u8>>,
}

/// Edits the file of a card and imports it. What a pending edit left in it is edited on, still as
/// the same edit.
///
/// # Errors
/// If it cannot be edited or imported. An edit that was begun is pending then.
pub(super) fn edit(
    setting: &Setting,
    store: &mut Store,
    card: &CardRecord,
    pending: &mut Option<PendingEdit>,
) -> Result<Edited> {
    let (file, text) = file_of(card)?;
    let shown = &file.shown;
    let editor = Editor::of(setting)?;
    let edited = editor.open(Path::new(&file.path), Some(line(&text, &card.note).unwrap_or(1)));
    let left = content(&file)?;
    let before = match pending.take() {
        Some(edit) if edit.file.path == file.path && edit.left.as_ref() == Some(&text) => {
            edit.before
        }
        _ => text,
    };
    if left.as_ref() == Some(&before) {
        return edited.map(|()| Edited::AsItWas);
    }
    let is_gone = left.is_none();
    *pending = Some(PendingEdit { file: file.clone(), before, left });
    edited.with_context(|| format!("{shown} is not imported"))?;
    ensure!(!is_gone, "{shown} is gone: the editor left no file there, and its cards stay");
    let imported = import(setting, store, &file);
    let imported = imported.with_context(|| format!("{shown} is saved, but not imported"))?;
    if matches!(imported, Edited::Imported(_)) {
        *pending = None;
    }
    Ok(imported)
}

impl PendingEdit {
    /// Puts the file back as it was before.
    ///
    /// # Errors
    /// If it is not as the editor left it, or cannot be written.
    pub(super) fn put_back(&self) -> Result<()> {
        let path = Path::new(&self.file.path);
        let shown = &self.file.shown;
        let _turn = replace::turn(path);
        let replacement = Replacement::of(path, &self.before);
        let replacement = replacement.with_context(|| format!("cannot write to {shown}"))?;
        ensure!(
            content(&self.file)? == self.left,
            "{shown} was changed by something else: it stays as it is now"
        );
        let put = match self.left {
            Some(_) => replacement.put(),
            None => replacement.put_new(),
        };
        put.with_context(|| format!("cannot write to {shown}"))
    }
}

/// Imports the file of a card as it is now.
///
/// # Errors
/// If it is gone, or cannot be read or imported.
pub(super) fn import_of(setting: &Setting, store: &mut Store, card: &CardRecord) -> Result<Edited> {
    let (file, _) = file_of(card)?;
    import(setting, store, &file)
}

/// The deck file of a card, and what is in it.
fn file_of(card: &CardRecord) -> Result<(FoundFile, Vec<u8>)> {
    let Some(path) = &card.file else { bail!("the note of this card has no deck file") };
    let file = FoundFile::known(path);
    match content(&file)? {
        Some(text) => Ok((file, text)),
        None => bail!("{} is gone: if it has another place now, import it from there", file.shown),
    }
}

/// Imports a file, with nothing said on stderr.
fn import(setting: &Setting, store: &mut Store, file: &FoundFile) -> Result<Edited> {
    let (quiet, kept) = setting.keeping_messages();
    let import = intake::import(&quiet, store, &[PathBuf::from(&file.shown)])?;
    Ok(match import.failed {
        true => Edited::Broken(kept.text()),
        false => Edited::Imported(format!("Imported: {}.", import.summary)),
    })
}

/// What is in a file; `None` if it is gone.
fn content(file: &FoundFile) -> Result<Option<Vec<u8>>> {
    if matches!(Path::new(&file.path).try_exists(), Ok(false)) {
        return Ok(None);
    }
    let bytes = file.content()?.bytes;
    match bytes.len() > LARGEST {
        true => Err(anyhow!("{}: this is too large for a deck file", file.shown)),
        false => Ok(Some(bytes)),
    }
}

/// The line of a note in the text of a deck file; that of the first error, if it has errors.
fn line(text: &[u8], note: &Note) -> Option<usize> {
    let place = match deckfile::read(text) {
        Reading::Deck(deck) => {
            let position = position(&deck.notes, note)?;
            deckfile::places(text).notes.get(position).map(|span| span.start)
        }
        Reading::NotADeck(faults) | Reading::Faulty(faults) => {
            faults.iter().find_map(Diagnostic::place)
        }
    };
    place.map(|place| place.line)
}

/// Which of a file's notes a stored note is: the one with its id, else with its question.
fn position(notes: &[Note], note: &Note) -> Option<usize> {
    let same_id = |own: &Note| own.id.is_some() && own.id == note.id;
    let same_question = |own: &Note| Question::of(&own.body) == Question::of(&note.body);
    let by_id = notes.iter().position(same_id);
    by_id.or_else(|| notes.iter().position(same_question))
}
