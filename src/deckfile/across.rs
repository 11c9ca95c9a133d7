//! What only shows when several files add to one deck.

use super::diagnostic::{Diagnostic, Related, Span};
use super::question::Question;
use super::{DeckFile, Places, places};
use crate::model::{DeckName, DeckOptions, Note};
use std::cell::OnceCell;
use std::collections::HashMap;

/// One of the files that are read together.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// Its path, for messages.
    pub path: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// What the content says.
    pub file: &'a DeckFile,
}

/// The errors that the files make together, each with the position of its file: an id or a
/// question that two files give to one deck, and options of one deck that differ. The later file
/// is at fault; the error names the place in the earlier one.
pub fn across(files: &[Member<'_>]) -> Vec<(usize, Diagnostic)> {
    let mut decks: HashMap<&DeckName, Vec<usize>> = HashMap::new();
    for (position, member) in files.iter().enumerate() {
        decks.entry(&member.file.deck).or_default().push(position);
    }
    let mut found: Vec<_> = decks
        .into_values()
        .filter(|positions| positions.len() > 1)
        .flat_map(|positions| of_one_deck(files, &positions))
        .collect();
    found.sort_by_key(|(position, diagnostic)| (*position, diagnostic.place()));
    found
}

/// The errors that new notes make beside the files of their deck, each with the position of its
/// note: an id or a question that the deck has already. The error names the place that has it.
pub fn beside(notes: &[Note], deck: &[Member<'_>]) -> Vec<(usize, Diagnostic)> {
    let placed = deck.iter().map(|member| Placed { member, places: OnceCell::new() });
    let placed: Vec<Placed<'_>> = placed.collect();
    let mut ids: HashMap<&str, (&Placed<'_>, usize)> = HashMap::new();
    let mut questions: HashMap<Question, (&Placed<'_>, usize)> = HashMap::new();
    for file in &placed {
        for (number, note) in file.member.file.notes.iter().enumerate() {
            ids.extend(note.id.as_deref().map(|id| (id, (file, number))));
            questions.insert(Question::of(&note.body), (file, number));
        }
    }
    let mut found = Vec::new();
    for (position, note) in notes.iter().enumerate() {
        let mut twice = |message: String, label: &str, (file, number): (&Placed<'_>, usize)| {
            let there = file.as_related(file.note(number), label);
            found.push((position, file.error(None, message, there)));
        };
        if let Some(id) = &note.id
            && let Some(first) = ids.get(id.as_str())
        {
            twice(format!("the deck has the id {id:?} already"), "given here", *first);
        }
        if let Some(first) = questions.get(&Question::of(&note.body)) {
            twice("the deck has this question already".to_owned(), "asked here", *first);
        }
    }
    found
}

/// A file's places, found when first asked for.
struct Placed<'a> {
    member: &'a Member<'a>,
    places: OnceCell<Places>,
}

impl Placed<'_> {
    fn places(&self) -> &Places {
        self.places.get_or_init(|| places(self.member.bytes))
    }

    fn note(&self, number: usize) -> Option<Span> {
        self.places().notes.get(number).map(|span| Span::of_length(span.start, 1))
    }

    fn error(&self, span: Option<Span>, message: String, there: Related) -> Diagnostic {
        Diagnostic { related: Some(there), ..Diagnostic::error(span, message) }
    }

    fn as_related(&self, span: Option<Span>, label: &str) -> Related {
        Related { path: Some(self.member.path.to_owned()), span, label: label.to_owned() }
    }
}

fn of_one_deck(files: &[Member<'_>], positions: &[usize]) -> Vec<(usize, Diagnostic)> {
    let placed: Vec<Placed<'_>> = positions
        .iter()
        .map(|position| Placed { member: &files[*position], places: OnceCell::new() })
        .collect();
    let mut found = Vec::new();
    let mut options: Option<(&Placed<'_>, DeckOptions)> = None;
    let mut ids: HashMap<&str, (usize, usize)> = HashMap::new();
    let mut questions: HashMap<Question, (usize, usize)> = HashMap::new();
    for (here, (at, position)) in placed.iter().zip(positions).enumerate() {
        let file = at.member.file;
        match (options, file.options) {
            (Some((first, before)), Some(own)) if before != own => {
                let message = format!("the deck `{}` has other options elsewhere", file.deck);
                let there = first.as_related(first.places().options, "other options");
                let error = at.error(at.places().options, message, there);
                found.push((*position, error.help("give the options in one of the files")));
            }
            (None, Some(own)) => options = Some((at, own)),
            _ => {}
        }
        for (number, note) in file.notes.iter().enumerate() {
            let mut twice = |first: (usize, usize), message: String, label: &str| {
                let there = placed[first.0].as_related(placed[first.0].note(first.1), label);
                found.push((*position, at.error(at.note(number), message, there)));
            };
            if let Some(id) = &note.id {
                let first = *ids.entry(id).or_insert((here, number));
                if first != (here, number) {
                    let message = format!("the id {id:?} twice in the deck `{}`", file.deck);
                    twice(first, message, "first given here");
                }
            }
            let first = *questions.entry(Question::of(&note.body)).or_insert((here, number));
            if first != (here, number) {
                let message = format!("the same question twice in the deck `{}`", file.deck);
                twice(first, message, "first asked here");
            }
        }
    }
    found
}
