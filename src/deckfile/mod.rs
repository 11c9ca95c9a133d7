//! Deck files: from text to notes, and what is wrong with a text that is none.
//!
//! Reading has two passes. The fast one (`yaml`, `rules`) gives the notes, or says that there is a
//! fault and not much more. Only then the second one (`tree`, `lint`, `note`) looks for everything
//! that is wrong and for the places. The fast pass decides whether a file is a deck file; the
//! second explains. Both ask the same `rules`, and these ask the model.
//!
//! A few texts get the second pass first: those that may have anchors or tags, which types do not
//! see, or many open brackets, which cost the fast pass's reader time (`bytes`).

mod across;
mod append;
mod bytes;
mod diagnostic;
mod entry;
mod layout;
mod lines;
mod lint;
mod note;
#[cfg(any(test, fuzzing))]
pub(crate) mod promises;
mod question;
mod render;
mod rules;
mod scalar;
mod syntax;
mod tree;
mod warnings;
mod yaml;

pub use across::{Member, across, beside};
pub use append::{Appended, CannotAppend, append, begin, read_to_append};
pub use bytes::LARGEST;
pub use diagnostic::{Diagnostic, Place, Related, Report, Severity, Span};
pub use question::{Question, folded};
pub use render::Source;
pub use rules::own_note;

use crate::model::{DeckName, DeckOptions, Note};
use lines::Lines;
use lint::{Findings, Form};

/// The version of the deck format: to be raised when unchanged text is read as other notes.
pub const FORMAT_VERSION: u32 = 1;

/// What a deck file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckFile {
    /// The deck that it adds to.
    pub deck: DeckName,
    /// The deck's title.
    pub title: Option<String>,
    /// The deck's tags, each once.
    pub tags: Vec<String>,
    /// The deck's source.
    pub source: Option<String>,
    /// The deck's options; `None` if the file has no such key, and so no opinion.
    pub options: Option<DeckOptions>,
    /// The notes, in order, with the deck's tags and source joined to their own.
    pub notes: Vec<Note>,
}

/// What reading a file gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// A deck file.
    Deck(DeckFile),
    /// A file with neither the key `deck` nor `cards`, and why that is no deck file. In a folder
    /// such files are skipped.
    NotADeck(Vec<Diagnostic>),
    /// A deck file with errors: all of them, in order of place.
    Faulty(Vec<Diagnostic>),
}

/// Where things are in a deck file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    /// Each note, in order.
    pub notes: Vec<Span>,
    /// The key `options`.
    pub options: Option<Span>,
}

/// Notes without a deck file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entries {
    /// The notes, in order; their tags and source are their own.
    pub notes: Vec<Note>,
    /// Where each note is, as far as that is known.
    pub places: Vec<Span>,
    /// What can be taken but hardly means what it says, in order of place.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a deck file.
pub fn read(bytes: &[u8]) -> Reading {
    read_with_findings(bytes).0
}

/// Reads a deck file as [`read`] does, and gives its warnings, in order of place, as well.
pub fn check(bytes: &[u8]) -> (Reading, Vec<Diagnostic>) {
    let (reading, findings) = read_with_findings(bytes);
    let all = || bytes::text(bytes).ok().map(|text| Findings::of(text, Form::Deck));
    let Findings { mut diagnostics, syntax, .. } = findings.or_else(all).unwrap_or_default();
    diagnostics.retain(|found| !found.is_error());
    if let (Reading::Deck(_), Some(syntax)) = (&reading, syntax) {
        let message = format!("not every reader of YAML takes this: {}", syntax.message);
        diagnostics.push(Diagnostic { message, ..Diagnostic::warning(syntax.span, "") });
    }
    (reading, diagnostics)
}

/// Reads notes as they stand under `cards`: a list of them, or one alone. Nothing, comments, and
/// keys that say nothing are no notes.
///
/// # Errors
/// All that is wrong, in order of place.
pub fn read_notes(bytes: &[u8]) -> Result<Entries, Vec<Diagnostic>> {
    let notes = understand(bytes, Form::Notes, yaml::parse_notes, rules::notes)
        .map_err(|findings| findings.errors())?;
    let all = bytes::text(bytes).map(|text| Findings::of(text, Form::Notes)).unwrap_or_default();
    let mut warnings = all.diagnostics;
    warnings.retain(|found| !found.is_error());
    Ok(Entries { notes, places: all.notes, warnings })
}

/// Where the notes and options of a deck file are, as far as it can be read.
pub fn places(bytes: &[u8]) -> Places {
    let findings = bytes::text(bytes).map(|text| Findings::of(text, Form::Deck));
    let findings = findings.unwrap_or_default();
    Places { notes: findings.notes, options: findings.options }
}

/// The reading, and what the second pass found if there was need of it.
fn read_with_findings(bytes: &[u8]) -> (Reading, Option<Findings>) {
    match understand(bytes, Form::Deck, yaml::parse, rules::deck_file) {
        Ok(file) => (Reading::Deck(file), None),
        Err(findings) => (findings.refusal(bytes), Some(*findings)),
    }
}

/// What a text says by the fast pass and the rules, or what the second pass found.
fn understand<Raw, Said>(
    bytes: &[u8],
    form: Form,
    parse: fn(&str) -> Result<Raw, serde_yaml::Error>,
    judge: fn(Raw) -> Result<Said, String>,
) -> Result<Said, Box<Findings>> {
    let text = bytes::text(bytes).map_err(|fault| Findings {
        diagnostics: vec![*fault],
        ended_early: true,
        ..Findings::default()
    })?;
    if bytes::wants_a_closer_look(text) || !bytes::foreign_characters(text).is_empty() {
        let mut findings = Findings::of(text, form);
        findings.accept_syntax();
        if findings.has_errors() {
            return Err(findings.into());
        }
    }
    let fault = match parse(text) {
        Ok(raw) => match judge(raw) {
            Ok(said) => return Ok(said),
            Err(broken_rule) => Diagnostic::error(None, broken_rule),
        },
        Err(fault) => syntax::reader_fault(text, &Lines::of(text), &fault),
    };
    let mut findings = Findings::of(text, form);
    findings.settle(text, fault);
    Err(findings.into())
}

impl Findings {
    fn errors(&self) -> Vec<Diagnostic> {
        self.diagnostics.iter().filter(|found| found.is_error()).cloned().collect()
    }

    /// Why the file is not read.
    fn refusal(&self, bytes: &[u8]) -> Reading {
        match self.is_deck || (self.ended_early && bytes::looks_like_a_deck(bytes)) {
            true => Reading::Faulty(self.errors()),
            false => Reading::NotADeck(self.errors()),
        }
    }

    /// Takes the second pass's word on syntax.
    fn accept_syntax(&mut self) {
        self.diagnostics.extend(self.syntax.take());
        self.diagnostics.sort_by_key(Diagnostic::place);
    }

    /// Takes the word of the fast pass's reader on syntax, for at the edges of YAML the two
    /// readers differ; and if all else fails, the fault that the fast pass met.
    fn settle(&mut self, text: &str, fault: Diagnostic) {
        let had_to_end = self.ended_early && self.syntax.is_none();
        let reader = if had_to_end { None } else { yaml::syntax_fault(text) };
        let syntax = self.syntax.take();
        if let Some(reader) = reader {
            self.ended_early = true;
            let told = || syntax::reader_fault(text, &Lines::of(text), &reader);
            self.diagnostics.push(syntax.unwrap_or_else(told));
        } else if !self.has_errors() {
            self.diagnostics.push(syntax.unwrap_or(fault));
        }
        self.diagnostics.sort_by_key(Diagnostic::place);
    }
}

#[cfg(test)]
mod tests;
