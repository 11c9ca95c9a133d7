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
mod bytes;
mod diagnostic;
mod lines;
mod lint;
mod note;
mod question;
mod render;
mod rules;
mod syntax;
mod tree;
mod warnings;
mod yaml;

pub use across::{Member, across};
pub use bytes::LARGEST;
pub use diagnostic::{Diagnostic, Place, Related, Report, Severity, Span};
pub use question::{Question, folded};
pub use render::Source;

use crate::model::{DeckName, DeckOptions, Note};
use lines::Lines;
use lint::Findings;

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

/// Reads a deck file.
pub fn read(bytes: &[u8]) -> Reading {
    read_with_findings(bytes).0
}

/// Reads a deck file as [`read`] does, and gives its warnings, in order of place, as well.
pub fn check(bytes: &[u8]) -> (Reading, Vec<Diagnostic>) {
    let (reading, findings) = read_with_findings(bytes);
    let findings = findings.or_else(|| bytes::text(bytes).ok().map(Findings::of));
    let Findings { mut diagnostics, syntax, .. } = findings.unwrap_or_default();
    diagnostics.retain(|found| !found.is_error());
    if let (Reading::Deck(_), Some(syntax)) = (&reading, syntax) {
        let message = format!("not every reader of YAML takes this: {}", syntax.message);
        diagnostics.push(Diagnostic { message, ..Diagnostic::warning(syntax.span, "") });
    }
    (reading, diagnostics)
}

/// Where the notes and options of a deck file are, as far as it can be read.
pub fn places(bytes: &[u8]) -> Places {
    let findings = bytes::text(bytes).map(Findings::of).unwrap_or_default();
    Places { notes: findings.notes, options: findings.options }
}

/// The reading, and what the second pass found if there was need of it.
fn read_with_findings(bytes: &[u8]) -> (Reading, Option<Findings>) {
    let text = match bytes::text(bytes) {
        Ok(text) => text,
        Err(fault) => return (refusal(vec![*fault], bytes::looks_like_a_deck(bytes)), None),
    };
    if bytes::wants_a_closer_look(text) || !bytes::foreign_characters(text).is_empty() {
        let mut findings = Findings::of(text);
        findings.accept_syntax();
        if findings.has_errors() {
            return (findings.refusal(bytes), Some(findings));
        }
    }
    let fault = match yaml::parse(text) {
        Ok(raw) => match rules::deck_file(raw) {
            Ok(file) => return (Reading::Deck(file), None),
            Err(broken_rule) => Diagnostic::error(None, broken_rule),
        },
        Err(fault) => syntax::reader_fault(text, &Lines::of(text), &fault),
    };
    let mut findings = Findings::of(text);
    findings.settle(text, fault);
    (findings.refusal(bytes), Some(findings))
}

fn refusal(errors: Vec<Diagnostic>, is_deck: bool) -> Reading {
    if is_deck { Reading::Faulty(errors) } else { Reading::NotADeck(errors) }
}

impl Findings {
    /// Why the file is not read.
    fn refusal(&self, bytes: &[u8]) -> Reading {
        let errors = self.diagnostics.iter().filter(|found| found.is_error()).cloned().collect();
        let is_deck = self.is_deck || (self.ended_early && bytes::looks_like_a_deck(bytes));
        refusal(errors, is_deck)
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
