//! What can be imported but hardly means what it says, or is hard to learn.

use super::diagnostic::{Diagnostic, Place, Span};
use super::lint::short;
use super::note::{Items, Said, Texts};
use super::question::folded;
use crate::model::text::is_unseen;
use crate::model::{Cloze, Kind};
use std::collections::HashMap;

/// An answer over so many characters is hard to grade.
const LONG_ANSWER: usize = 500;
/// A list or set of more items is hard to learn.
const MANY_ITEMS: usize = 12;

/// A deck file whose `cards` are none.
pub(super) fn no_notes(span: Span) -> Diagnostic {
    Diagnostic::warning(span, "this deck has no cards")
}

/// Characters that a terminal could obey; they are shown as marks.
pub(super) fn unseen_characters(what: &str, text: &str, span: Span) -> Option<Diagnostic> {
    let unseen = text.chars().find(|c| is_unseen(*c) && !matches!(c, '\n' | '\t' | '\r' | '\0'))?;
    let code = u32::from(unseen);
    Some(Diagnostic::warning(span, format!("{what} has the unseen character U+{code:04X}")))
}

/// What keeps a `#` in a text.
pub(super) const HASH_IN_TEXT: &str = "put text that has a `#` after a space in quotes";

/// A comment that was likely meant as text: it has no space after its `#`.
pub(super) fn comment_like_text(comment: &str, at: Place) -> Option<Diagnostic> {
    let text = comment.strip_prefix('#')?;
    if !text.starts_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let span = Span::of_length(at, comment.trim_end().chars().count());
    let message = format!("`{}` is no text but a comment", short(comment.trim_end()));
    Some(Diagnostic::warning(span, message).help(HASH_IN_TEXT))
}

/// What is odd about a note that breaks no rule.
pub(super) fn of_note(texts: &Texts) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let (Some(front), Some(back)) = (&texts.front, &texts.back)
        && folded(&front.text) == folded(&back.text)
    {
        found.push(Diagnostic::warning(back.span, "the back is the same as the front"));
    }
    let sides = texts.front.iter().chain(&texts.back);
    let items = texts.items.iter().flat_map(|items| &items.items);
    let braces = |text: &str| text.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"));
    if let Some(said) = sides.chain(items.clone()).find(|said| braces(&said.text)) {
        let warning = Diagnostic::warning(said.span, "double braces mean nothing here");
        found.push(warning.help("did you mean `cloze:`?"));
    }
    found.extend(texts.cloze.iter().filter_map(nested));
    for answer in texts.back.iter().chain(items) {
        let length = answer.text.trim().chars().count();
        if length > LONG_ANSWER {
            let message = format!("this answer has {length} characters");
            let help = "several short cards are easier to learn, and to grade";
            found.push(Diagnostic::warning(answer.span, message).help(help));
        }
    }
    found.extend(texts.items.iter().flat_map(of_items));
    found
}

/// A deletion inside of another, which ends where the inner one does.
fn nested(cloze: &Said) -> Option<Diagnostic> {
    let parsed = Cloze::parse(cloze.text.trim()).ok()?;
    let opens_within = |number: &u32| parsed.deleted(*number).contains("{{");
    parsed.numbers().iter().any(opens_within).then(|| {
        Diagnostic::warning(cloze.span, "a deletion opens inside of another")
            .help("a deletion ends at the first }}: write two clozes")
    })
}

fn of_items(list: &Items) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let Items { kind, key, items } = list;
    if items.len() > MANY_ITEMS {
        let message = format!("this {} has {} items", kind.word(), items.len());
        let warning = Diagnostic::warning(*key, message);
        found.push(warning.help("several short ones are easier to learn"));
    }
    // In a list an item may come again: its place tells which is asked.
    let mut first = HashMap::new();
    for item in items.iter().filter(|_| *kind == Kind::Set) {
        let text = folded(&item.text);
        match first.get(&text) {
            Some(before) => {
                let warning = Diagnostic::warning(item.span, "the same item twice in a set");
                found.push(warning.related(*before, "first here"));
            }
            None => drop(first.insert(text, item.span)),
        }
    }
    found
}
