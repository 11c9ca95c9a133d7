//! What is wrong with a deck file only beside others of its deck.

use super::{Parsed, Read};
use crate::cli::Setting;
use crate::cli::deckfiles::{self, FoundFile, tell};
use crate::deckfile::{self, DeckFile, Diagnostic, Member, Question, Reading};
use crate::model::text::visible_line;
use crate::model::{DeckName, Note};
use crate::store::Store;
use anyhow::Result;
use std::collections::{BTreeMap, BTreeSet, HashSet};

impl Read {
    /// Leaves out files that are only wrong beside others of their deck, those included that are
    /// unchanged and not read otherwise.
    pub(super) fn check_together(&mut self, setting: &Setting) {
        let read: BTreeSet<String> =
            self.parsed.iter().map(|parsed| parsed.file.path.clone()).collect();
        let decks: BTreeSet<&DeckName> = self.parsed.iter().map(|p| &p.deck.deck).collect();
        let beside = self
            .known
            .values()
            .filter(|source| decks.contains(&source.deck) && !read.contains(&source.path));
        let beside: Vec<Parsed> = beside
            .filter_map(|source| {
                let file = FoundFile::known(&source.path);
                let content = file.content().ok()?;
                match deckfiles::read(&file, &content, false) {
                    Reading::Deck(deck) => Some(Parsed { file, content, deck }),
                    _ => None,
                }
            })
            .collect();
        let members: Vec<Member<'_>> =
            beside.iter().chain(&self.parsed).map(Parsed::member).collect();
        let mut faulty: BTreeMap<usize, Vec<Diagnostic>> = BTreeMap::new();
        for (position, diagnostic) in deckfile::across(&members) {
            if let Some(at) = position.checked_sub(beside.len()) {
                faulty.entry(at).or_default().push(diagnostic);
            }
        }
        for (&at, diagnostics) in &faulty {
            let Parsed { file, content, .. } = &self.parsed[at];
            tell(&setting.output, &file.shown, &content.bytes, diagnostics);
            self.fail(file.why);
        }
        let mut at = 0..;
        self.parsed.retain(|_| at.next().is_none_or(|at| !faulty.contains_key(&at)));
    }

    /// Leaves out files that have what a broken file of their deck had: it may be on its way from
    /// there, which cannot be told before that one is mended.
    pub(super) fn check_beside_broken(&mut self, setting: &Setting, store: &Store) -> Result<()> {
        if self.parsed.is_empty() || self.broken.is_empty() {
            return Ok(());
        }
        let mut stored = store.notes_for_matching(&self.broken.iter().collect::<Vec<_>>(), &[])?;
        stored.retain(|note| !note.retired);
        let mut twice = Vec::new();
        for (at, parsed) in self.parsed.iter().enumerate() {
            let holdings = Holdings::of(&parsed.deck);
            let of_deck = stored.iter().filter(|note| note.deck == parsed.deck.deck);
            let mut had = of_deck.filter(|note| holdings.have(&note.note));
            if let Some(note) = had.next() {
                let question = visible_line(note.note.body.question()).into_owned();
                setting.output.error(&anyhow::anyhow!(
                    "{}: left out: {question:?} was in {}, which has errors; mend that one first",
                    parsed.file.shown,
                    FoundFile::known(note.file.as_deref().unwrap_or_default()).shown,
                ));
                twice.push(at);
            }
        }
        for &at in &twice {
            self.fail(self.parsed[at].file.why);
        }
        let mut at = 0..;
        self.parsed.retain(|_| at.next().is_none_or(|at| !twice.contains(&at)));
        Ok(())
    }
}

impl Parsed {
    fn member(&self) -> Member<'_> {
        Member { path: &self.file.shown, bytes: &self.content.bytes, file: &self.deck }
    }
}

/// What the notes of a file are known by: their ids and questions.
struct Holdings<'a> {
    ids: HashSet<&'a str>,
    questions: HashSet<Question>,
}

impl<'a> Holdings<'a> {
    fn of(file: &'a DeckFile) -> Self {
        Holdings {
            ids: file.notes.iter().filter_map(|note| note.id.as_deref()).collect(),
            questions: file.notes.iter().map(|note| Question::of(&note.body)).collect(),
        }
    }

    /// Whether one of them has the id or the question of this note.
    fn have(&self, note: &Note) -> bool {
        note.id.as_deref().is_some_and(|id| self.ids.contains(id))
            || self.questions.contains(&Question::of(&note.body))
    }
}
