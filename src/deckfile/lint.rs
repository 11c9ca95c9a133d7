//! The second pass: everything that is wrong with a text, each at its place.

use super::bytes::{foreign_characters, without_foreign};
use super::diagnostic::{Diagnostic, Place, Span};
use super::lines::Lines;
use super::note::Asked;
use super::rules::{DECK_KEYS, LARGEST_OPTION, NOTE_KEYS, OPTION_KEYS};
use super::tree::{Id, Tree, Value};
use super::{warnings, yaml};
use crate::model::DeckName;
use std::borrow::Cow;
use std::collections::HashMap;

/// What the second pass found.
#[derive(Debug, Default)]
pub(super) struct Findings {
    /// What is wrong, errors and warnings, in order of place.
    pub diagnostics: Vec<Diagnostic>,
    /// Why the reading ended early. The fast pass's reader has the last word on that, so it is
    /// not among the diagnostics.
    pub syntax: Option<Diagnostic>,
    /// Whether the text has not been read to its end, for that or another reason.
    pub ended_early: bool,
    /// Whether it has the key `deck` or `cards`.
    pub is_deck: bool,
    /// Where each note is.
    pub notes: Vec<Span>,
    /// Where the key `options` is.
    pub options: Option<Span>,
}

/// What a text is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A deck file.
    Deck,
    /// Notes without a deck: a list of them, or one alone.
    Notes,
}

impl Findings {
    /// All that can be found in a text.
    pub fn of(text: &str, form: Form) -> Self {
        let foreign = foreign_characters(text);
        let mut text = Cow::Borrowed(text);
        if !foreign.is_empty() {
            text = without_foreign(&text).into();
        }
        // The reader of this pass refuses a tab between a key and its text, which is YAML.
        if text.contains(":\t") {
            text = text.replace(":\t", ": ").into();
        }
        Lint::run(&text, form, foreign)
    }

    /// Whether anything found is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Walks a tree and collects what is wrong.
pub(super) struct Lint<'t> {
    text: &'t str,
    lines: Lines,
    pub tree: Tree<'t>,
    pub found: Findings,
    /// Where each id was first given.
    pub ids: HashMap<String, Span>,
    /// Where each question was first asked.
    pub questions: Asked,
}

/// The entries of a mapping that have a known key, each key once.
pub(super) struct Entries {
    /// Key, where the key is, and the value.
    pub known: Vec<(&'static str, Id, Id)>,
    /// Keys that an unknown one was likely meant to be.
    pub meant: Vec<&'static str>,
}

impl Entries {
    fn lack(&self, key: &'static str) -> bool {
        self.known.iter().all(|(known, ..)| *known != key) && !self.meant.contains(&key)
    }
}

impl<'t> Lint<'t> {
    fn run(text: &'t str, form: Form, foreign: Vec<Diagnostic>) -> Findings {
        let lines = Lines::of(text);
        let tree = Tree::read(text, &lines);
        let found = Findings { diagnostics: foreign, ..Findings::default() };
        let (ids, questions) = (HashMap::new(), Asked::new());
        let mut lint = Lint { text, lines, tree, found, ids, questions };
        lint.found.diagnostics.append(&mut lint.tree.faults);
        lint.found.syntax = lint.tree.syntax.take();
        lint.found.ended_early = !lint.tree.ended;
        match form {
            Form::Deck => lint.document(),
            Form::Notes => lint.notes(),
        }
        lint.found.diagnostics.sort_by_key(Diagnostic::place);
        lint.found
    }

    fn document(&mut self) {
        let is_empty = self.tree.root.is_none_or(|root| self.is_nothing(root));
        if is_empty && self.found.syntax.is_none() && self.found.diagnostics.is_empty() {
            let message = "the file is empty: a deck file starts with `deck: NAME`";
            self.say(Diagnostic::error(None, message));
        }
        let Some(root) = self.tree.root.filter(|_| !is_empty) else { return };
        if !matches!(self.tree.value(root), Value::Map(_)) {
            let start = Span::of_length(self.tree.span(root).start, 1);
            self.say(no_deck_file(start));
            return;
        }
        let entries = self.entries(root, &DECK_KEYS, "a deck file");
        let has = |key: &str| entries.known.iter().any(|(known, ..)| *known == key);
        self.found.is_deck = has("deck") || has("cards");
        let is_meant = entries.meant.contains(&"deck") || entries.meant.contains(&"cards");
        if !self.found.is_deck && !is_meant && self.tree.is_whole(root) {
            let start = Span::of_length(self.tree.span(root).start, 1);
            self.found.diagnostics.clear();
            self.say(no_deck_file(start));
            return;
        }
        for &(key, at, value) in &entries.known {
            match key {
                "deck" => self.deck_name(value),
                "tags" => self.tags(value),
                "options" => self.options(at, value),
                "cards" => self.cards(at, value),
                _ => drop(self.text(&format!("`{key}`"), value)),
            }
        }
        if self.tree.is_whole(root) {
            for (key, help) in [
                ("deck", "a deck file starts with `deck: NAME`"),
                ("cards", "`cards:` is the list of the deck's notes"),
            ] {
                if entries.lack(key) {
                    let start = Span::of_length(self.tree.span(root).start, 1);
                    let fault = Diagnostic::error(start, format!("the key `{key}` is missing"));
                    self.say(fault.help(help));
                }
            }
        }
    }

    fn notes(&mut self) {
        let Some(root) = self.tree.root.filter(|root| !self.is_nothing(*root)) else { return };
        let notes = match self.tree.value(root) {
            Value::List(notes) => notes.clone(),
            _ => vec![root],
        };
        for note in notes {
            if !self.is_a_blank_form(note) {
                self.found.notes.push(self.tree.span(note));
                self.note(note);
            }
        }
    }

    /// Whether a note has keys and says nothing with them.
    fn is_a_blank_form(&self, note: Id) -> bool {
        let Value::Map(pairs) = self.tree.value(note) else { return false };
        pairs.iter().all(|(key, value)| {
            let Value::Text { text: key, .. } = self.tree.value(*key) else { return false };
            let value = value.map(|value| self.tree.value(value));
            let blank = match value {
                Some(Value::Text { text, .. }) => text.trim().is_empty(),
                Some(Value::List(items)) => items.is_empty(),
                _ => false,
            };
            blank && NOTE_KEYS.contains(&key.as_ref())
        })
    }

    fn deck_name(&mut self, value: Id) {
        if let Some(name) = self.text("`deck`", value)
            && let Err(bad) = name.parse::<DeckName>()
        {
            self.say(Diagnostic::error(self.tree.span(value), bad.to_string()));
        }
    }

    fn options(&mut self, key: Id, value: Id) {
        self.found.options = Some(self.tree.span(key));
        if self.is_nothing(value) {
            return;
        }
        if !matches!(self.tree.value(value), Value::Map(_)) {
            let span = self.tree.span(value);
            let fault = Diagnostic::error(span, "`options` must be a mapping");
            self.say(fault.help("write `options: {new_per_day: 10}`"));
            return;
        }
        for (key, _, value) in self.entries(value, &OPTION_KEYS, "`options`").known {
            match key {
                "bury_siblings" => drop(self.truth(key, value)),
                _ => self.number(key, value),
            }
        }
    }

    fn number(&mut self, key: &str, value: Id) {
        let number = match self.tree.value(value) {
            Value::Text { text, plain: true } => yaml::plain::<u32>(text),
            _ => None,
        };
        if number.is_none_or(|number| number > LARGEST_OPTION) {
            let message = format!("`{key}` must be a whole number from 0 to {LARGEST_OPTION}");
            self.say(Diagnostic::error(self.value_span(value), message));
        }
    }

    fn cards(&mut self, key: Id, value: Id) {
        let Some(notes) = self.list("cards", value) else { return };
        if notes.is_empty() && self.tree.is_whole(value) {
            self.say(warnings::no_notes(self.tree.span(key)));
        }
        for note in notes {
            self.found.notes.push(self.tree.span(note));
            self.note(note);
        }
    }

    /// The entries of a mapping; tells unknown keys, and keys that occur twice.
    pub fn entries(&mut self, map: Id, keys: &[&'static str], whose: &str) -> Entries {
        let mut entries = Entries { known: Vec::new(), meant: Vec::new() };
        let Value::Map(pairs) = self.tree.value(map) else { return entries };
        let mut faults = Vec::new();
        let mut first: HashMap<&str, Span> = HashMap::new();
        for &(key, value) in pairs {
            let span = self.tree.span(key);
            let Value::Text { text: name, .. } = self.tree.value(key) else {
                faults.push(Diagnostic::error(span, "a key must be text"));
                continue;
            };
            if let Some(first) = first.get(name.as_ref()) {
                let fault = Diagnostic::error(span, format!("the key `{}` twice", short(name)));
                faults.push(fault.related(*first, "first here"));
                continue;
            }
            first.insert(name, span);
            match keys.iter().find(|key| *key == name) {
                Some(known) => entries.known.extend(value.map(|value| (*known, key, value))),
                // A key whose value is not there yet may not have ended either.
                None if value.is_none() => {}
                None => {
                    let meant = meant(name, keys);
                    entries.meant.extend(meant);
                    faults.push(unknown_key(span, name, meant, keys, whose));
                }
            }
        }
        faults.into_iter().for_each(|fault| self.say(fault));
        entries
    }

    /// The items of a list; nothing written is a list of none.
    pub fn list(&mut self, key: &str, value: Id) -> Option<Vec<Id>> {
        if self.is_nothing(value) {
            return Some(Vec::new());
        }
        let help = match self.tree.value(value) {
            Value::List(items) => return Some(items.clone()),
            Value::Text { text, .. } if key != "cards" => {
                format!("write `{key}: [{}]`", short(text))
            }
            _ => "each item of a list starts with `- `".to_owned(),
        };
        let fault = Diagnostic::error(self.tree.span(value), format!("`{key}` must be a list"));
        self.say(fault.help(help));
        None
    }

    /// The text that a value is.
    pub fn text(&mut self, what: &str, value: Id) -> Option<String> {
        let span = self.tree.span(value);
        let kind = match self.tree.value(value) {
            Value::Text { text, .. } => {
                let text = text.clone().into_owned();
                if text.contains('\0') {
                    let message = format!("{what} has the character U+0000");
                    self.say(Diagnostic::error(span, message));
                }
                self.found.diagnostics.extend(warnings::unseen_characters(what, &text, span));
                self.found.diagnostics.extend(self.cut_off(value));
                return Some(text);
            }
            Value::List(_) => "list",
            Value::Map(_) => "mapping",
        };
        let fault = Diagnostic::error(span, format!("{what} must be text, but this is a {kind}"));
        let written = self.lines.from(self.text, span.start).chars().next();
        let bracket = written.filter(|c| matches!(c, '[' | '{'));
        self.say(match bracket {
            Some(c) => fault.help(format!("put text that starts with `{c}` in quotes")),
            None if kind == "mapping" => {
                fault.help("put text that has a `:` before a space in quotes")
            }
            None => fault,
        });
        None
    }

    /// A comment right after a text, that may well be the rest of it.
    fn cut_off(&self, value: Id) -> Option<Diagnostic> {
        let Value::Text { plain: true, .. } = self.tree.value(value) else { return None };
        let end = self.tree.span(value).end;
        let after = self.lines.from(self.text, end);
        let after = after.split(['\n', '\r']).next().unwrap_or_default();
        // Nothing written stands before its colon.
        let comment = after.trim_start_matches([':', ' ', '\t']);
        let column = end.column + (after.len() - comment.len());
        warnings::comment_like_text(comment, Place { column, ..end })
    }

    /// The truth value that a value is.
    pub fn truth(&mut self, key: &str, value: Id) -> Option<bool> {
        let truth = match self.tree.value(value) {
            Value::Text { text, plain: true } => yaml::plain::<bool>(text),
            _ => None,
        };
        if truth.is_none() {
            let message = format!("`{key}` must be true or false");
            self.say(Diagnostic::error(self.value_span(value), message));
        }
        truth
    }

    /// A list of tags.
    pub fn tags(&mut self, value: Id) {
        for tag in self.list("tags", value).unwrap_or_default() {
            if self.text("a tag", tag).is_some_and(|text| text.trim().is_empty()) {
                self.say(Diagnostic::error(self.value_span(tag), "a tag is empty"));
            }
        }
    }

    /// Whether nothing is written where a value could be.
    pub fn is_nothing(&self, value: Id) -> bool {
        matches!(self.tree.value(value), Value::Text { text, plain: true } if text.is_empty())
    }

    /// Where a value is, one character at least.
    pub fn value_span(&self, value: Id) -> Span {
        let span = self.tree.span(value);
        if span.start == span.end { Span::of_length(span.start, 1) } else { span }
    }

    /// Where a byte of a text is, if the text stands in the file as it is up to there; else
    /// where the text is.
    pub fn inside(&self, value: Id, text: &str, byte: usize) -> Span {
        let start = self.tree.span(value).start;
        let Some(before) = text.get(..byte) else { return self.value_span(value) };
        // A line of a text block starts below its first line; other text does not go on there.
        let (line, before) = match before.rsplit_once('\n') {
            Some((above, before)) => (start.line + above.split('\n').count(), before),
            None => (start.line, before),
        };
        let written = self.lines.from(self.text, Place { line, ..start });
        let unquoted = written.strip_prefix(['"', '\'']).unwrap_or(written);
        if !unquoted.starts_with(before) {
            return self.value_span(value);
        }
        let quote = usize::from(unquoted.len() < written.len());
        let column = start.column + quote + before.chars().count();
        Span::of_length(Place { line, column }, 2)
    }

    /// Adds to what was found.
    pub fn say(&mut self, diagnostic: Diagnostic) {
        self.found.diagnostics.push(diagnostic);
    }
}

fn no_deck_file(start: Span) -> Diagnostic {
    Diagnostic::error(start, "this is no deck file")
        .help("a deck file has the keys `deck` and `cards`")
}

/// Words that others use for our keys.
const SYNONYMS: [(&str, &str); 8] = [
    ("question", "front"),
    ("answer", "back"),
    ("q", "front"),
    ("a", "back"),
    ("items", "list"),
    ("name", "deck"),
    ("notes", "cards"),
    ("tag", "tags"),
];

/// The key that an unknown one is likely meant to be.
fn meant(name: &str, keys: &[&'static str]) -> Option<&'static str> {
    // No key is this long, and comparing takes the product of the lengths.
    let name = Some(name).filter(|name| name.len() < 32)?.to_lowercase().replace(['-', ' '], "_");
    let synonym = SYNONYMS.iter().find(|(word, key)| *word == name && keys.contains(key));
    let nearest = || {
        let distance = |key: &&'static str| strsim::damerau_levenshtein(&name, key);
        keys.iter().copied().min_by_key(distance).filter(|key| distance(key) <= key.len() / 3)
    };
    synonym.map(|(_, key)| *key).or_else(nearest)
}

fn unknown_key(
    span: Span,
    name: &str,
    meant: Option<&str>,
    keys: &[&str],
    whose: &str,
) -> Diagnostic {
    let name = short(name);
    match meant {
        Some(meant) => {
            Diagnostic::error(span, format!("unknown key {name:?}: did you mean {meant:?}?"))
        }
        None => Diagnostic::error(span, format!("unknown key {name:?}"))
            .help(format!("the keys of {whose} are {}", keys.join(", "))),
    }
}

/// The start of a text, for a message.
pub(super) fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
