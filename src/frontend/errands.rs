//! What a session on a screen has done for it elsewhere: in the person's editor, in the statistics.

use crate::model::{CardId, StudyDay};
use std::path::Path;

/// Runs errands for a session on a screen. What goes wrong comes back as a sentence to be shown:
/// it ends no session.
pub trait Errands {
    /// Opens the person's editor at the card's line in its deck file, waits, and imports the file.
    /// The terminal is the editor's meanwhile.
    fn edit(&mut self, card: CardId) -> Edited;

    /// Imports the card's deck file as it is now.
    fn import(&mut self, card: CardId) -> Edited;

    /// Puts the file of the last edit back as it was before.
    ///
    /// # Errors
    /// If it cannot be written, or something else has changed it since.
    fn drop_edit(&mut self) -> Result<(), String>;

    /// What happened to a card, and the arithmetic behind its due day, in lines of so many columns.
    ///
    /// # Errors
    /// If the database cannot be read.
    fn story(&mut self, card: CardId, columns: usize) -> Result<String, String>;

    /// How a study day stands, in a few lines: what was remembered on it, how many cards are due
    /// by the next, and how many days it makes in a row.
    ///
    /// # Errors
    /// If the database cannot be read.
    fn day(&mut self, day: StudyDay) -> Result<String, String>;

    /// Opens a file in the system's viewer and does not wait for it.
    ///
    /// # Errors
    /// If there is no viewer.
    fn view(&mut self, file: &Path) -> Result<(), String>;
}

/// What became of an edit. Texts are harmless to a terminal, and may be of several lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    /// The file was imported; what that did, in a sentence.
    Imported(String),
    /// Nothing in the file is different.
    AsItWas,
    /// The file has errors, which are these; what is stored has not changed.
    Broken(String),
    /// The file could not be edited, or not imported, and why.
    Failed(String),
}
