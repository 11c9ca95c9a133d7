//! What completes a value: its name in the help says what it is.

use crate::model::text::{is_unseen, visible_line};
use crate::store::{DeckRecord, Store};
use clap::builder::StyledStr;
use clap::{Arg, Command, ValueHint};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::PathBuf;
use std::sync::Arc;

/// The id of the candidate that stands for all paths. Its value is what stands before them in the
/// word.
pub(super) const PATHS: &str = "paths";

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Deck,
    DeckOrPath,
    Tag,
    Query,
    DeckOrQuery,
    Path,
}

impl Meaning {
    /// What a value is by its name in the help. Whatever else is a path says so by its type.
    fn of(argument: &Arg) -> Option<Self> {
        let names = argument.get_value_names().unwrap_or_default();
        match names.first().map(|name| name.as_str()) {
            Some("DECK") => Some(Meaning::Deck),
            Some("DECK or PATH" | "DECK or FILE") => Some(Meaning::DeckOrPath),
            Some("TAG") => Some(Meaning::Tag),
            Some("QUERY") => Some(Meaning::Query),
            Some("DECK or QUERY" | "CARD, DECK or QUERY") => Some(Meaning::DeckOrQuery),
            _ if argument.get_value_hint() == ValueHint::AnyPath => Some(Meaning::Path),
            _ => None,
        }
    }
}

/// The command with completers for the values of its arguments, which read this database.
pub(super) fn complete_values(command: Command, database: PathBuf) -> Command {
    with_completers(command, &Arc::new(Collection { database }))
}

fn with_completers(command: Command, collection: &Arc<Collection>) -> Command {
    let complete = |argument: Arg| match Meaning::of(&argument) {
        None => argument,
        Some(meaning) => {
            let collection = Arc::clone(collection);
            argument.add(ArgValueCompleter::new(move |current: &OsStr| {
                collection.candidates(meaning, current.to_str().unwrap_or_default())
            }))
        }
    };
    command.mut_args(complete).mut_subcommands(|command| with_completers(command, collection))
}

/// What is in the database that can be named on a command line.
struct Collection {
    database: PathBuf,
}

impl Collection {
    fn candidates(&self, meaning: Meaning, current: &str) -> Vec<CompletionCandidate> {
        let decks = || self.decks(current).into_iter();
        match meaning {
            Meaning::Path => vec![any_path()],
            Meaning::Deck => decks().collect(),
            Meaning::DeckOrPath => decks().chain([any_path()]).collect(),
            Meaning::Tag => self.tags(current),
            Meaning::Query => self.filters(current),
            Meaning::DeckOrQuery => decks().chain(self.filters(current)).collect(),
        }
    }

    /// The database, if there is one that can be read as it is.
    fn store(&self) -> Option<Store> {
        Store::open_up_to_date(&self.database).ok().flatten()
    }

    fn decks(&self, current: &str) -> Vec<CompletionCandidate> {
        let decks = self.store().and_then(|store| store.decks().ok()).unwrap_or_default();
        let found = names(&decks).into_iter().filter(|(name, _)| name.starts_with(current));
        let found = found.filter(|(name, _)| is_typable(name));
        found.map(|(name, title)| word(name, title.unwrap_or_default())).collect()
    }

    fn tags(&self, current: &str) -> Vec<CompletionCandidate> {
        let tags = self.store().and_then(|store| store.tags().ok()).unwrap_or_default();
        let found = tags.iter().filter(|tag| tag.starts_with(current) && is_typable(tag));
        found.map(|tag| word(tag, "")).collect()
    }

    /// What the last part of a query may become.
    fn filters(&self, query: &str) -> Vec<CompletionCandidate> {
        let (before, current) = query.split_at(last_part(query));
        let (key, value) = match current.split_once(':') {
            Some((key, value)) => (&current[..=key.len()], value),
            None => ("", current),
        };
        let found = match key {
            "deck:" => self.decks(""),
            "tag:" => self.tags(""),
            "is:" => words(&QUALITIES),
            "flag:" => words(&FLAGS),
            "" => words(&FILTERS),
            _ => Vec::new(),
        };
        let is_open = value.starts_with('"');
        let quoted = found.into_iter().filter_map(|found| {
            let text = quoted_in_query(found.get_value().to_str()?, is_open)?;
            let help = found.get_help().cloned();
            text.starts_with(value)
                .then(|| CompletionCandidate::new(format!("{before}{key}{text}")).help(help))
        });
        quoted.collect()
    }
}

/// Where the last part of a query begins: after the last space that is not in double quotes.
fn last_part(query: &str) -> usize {
    let mut start = 0;
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in query.char_indices() {
        match c {
            '"' if !escaped => quoted = !quoted,
            _ if c.is_whitespace() && !quoted => start = at + c.len_utf8(),
            _ => {}
        }
        escaped = c == '\\';
    }
    start
}

/// A filter's value as a query has it: spaces in double quotes, alone or, once such a quote is
/// opened before the value, with all of it. `None` if a backslash would be taken for another.
fn quoted_in_query(text: &str, is_open: bool) -> Option<String> {
    let special = |c: char| c.is_whitespace() || c == '"';
    if text.contains('\\') && (is_open || text.contains(special)) {
        return None;
    }
    let escaped = text.replace('"', "\\\"");
    if is_open {
        return Some(format!("\"{escaped}\""));
    }
    let quoted = escaped.chars().map(|c| match c.is_whitespace() {
        true => format!("\"{c}\""),
        false => c.to_string(),
    });
    Some(quoted.collect())
}

/// The filters of a query whose values are known.
const FILTERS: [(&str, &str); 4] = [
    ("deck:", "cards of a deck, and of all below it"),
    ("tag:", "cards with a tag"),
    ("is:", "new, due, young, mature, ..."),
    ("flag:", "0 to 7"),
];

const QUALITIES: [(&str, &str); 8] = [
    ("new", "never reviewed"),
    ("due", "due today or earlier"),
    ("young", "with an interval under 21 days"),
    ("mature", "with an interval of 21 days and more"),
    ("leech", "forgotten again and again"),
    ("suspended", "asked no more until resumed"),
    ("buried", "not asked today"),
    ("retired", "gone from its deck file"),
];

const FLAGS: [(&str, &str); 8] =
    [("0", "none"), ("1", ""), ("2", ""), ("3", ""), ("4", ""), ("5", ""), ("6", ""), ("7", "")];

fn words(list: &[(&str, &str)]) -> Vec<CompletionCandidate> {
    list.iter().map(|(text, help)| word(text, help)).collect()
}

fn word(text: &str, help: &str) -> CompletionCandidate {
    let help = (!help.is_empty()).then(|| StyledStr::from(visible_line(help).into_owned()));
    CompletionCandidate::new(text).help(help)
}

fn any_path() -> CompletionCandidate {
    CompletionCandidate::new("").id(Some(PATHS.to_owned()))
}

/// Whether a text can be a word of a command line: it shows as it is and is no option.
fn is_typable(text: &str) -> bool {
    !text.starts_with('-') && !text.contains(is_unseen)
}

/// The names that select decks, with the decks' titles: those of decks, and those above several.
fn names(decks: &[DeckRecord]) -> BTreeMap<&str, Option<&str>> {
    let mut below: BTreeMap<&str, u32> = BTreeMap::new();
    for deck in decks {
        let name = deck.name.as_str();
        for (slash, _) in name.match_indices('/') {
            *below.entry(&name[..slash]).or_default() += 1;
        }
    }
    below.retain(|_, decks| *decks > 1);
    let above = below.into_keys().map(|name| (name, None));
    above.chain(decks.iter().map(|deck| (deck.name.as_str(), deck.title.as_deref()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Arguments as Kata;
    use crate::cli::query::Query;
    use clap::CommandFactory;

    #[test]
    fn every_filter_that_is_offered_is_one() {
        for (key, values) in [("is:", QUALITIES), ("flag:", FLAGS)] {
            assert!(FILTERS.iter().any(|(filter, _)| *filter == key));
            for (value, _) in values {
                let filter = format!("{key}{value}");
                let word = Query::parse(["word"]).unwrap();
                assert_ne!(Query::parse([filter.as_str()]).unwrap(), word, "{filter}");
            }
            assert!(Query::parse([format!("{key}x").as_str()]).is_err(), "{key}");
        }
    }

    #[test]
    fn a_value_with_spaces_stays_one_filter() {
        for text in ["two words", "it's $(x); \"y\"", "a:b", "\u{e9}t\u{e9} 2"] {
            for is_open in [false, true] {
                let filter = format!("tag:{}", quoted_in_query(text, is_open).unwrap());
                let whole = format!("tag:\"{}\"", text.replace('"', "\\\""));
                let parsed = |filter: &str| Query::parse([filter]).unwrap();
                assert_eq!(parsed(&filter), parsed(&whole), "{filter}");
            }
        }
        assert_eq!(quoted_in_query("lean", false).as_deref(), Some("lean"));
        assert_eq!(quoted_in_query("a\\ b", false), None);
    }

    #[test]
    fn the_last_part_of_a_query_is_the_one_that_is_typed() {
        for (before, part) in [("", "is:"), ("deck:a ", "is:n"), ("\"lead time\" ", "tag:\"two w")]
        {
            assert_eq!(last_part(&format!("{before}{part}")), before.len(), "{before}{part}");
        }
    }

    /// A value with a new name is to be completed, too.
    #[test]
    fn every_value_that_names_decks_tags_queries_or_paths_has_a_meaning() {
        let mut command = Kata::command();
        command.build();
        for command in command.get_subcommands() {
            for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
                let name = argument.get_value_names().unwrap_or_default().join(" ");
                let named = ["DECK", "TAG", "QUERY", "PATH", "FILE", "DIR"];
                let is_meant = named.iter().any(|part| name.contains(part));
                let meaning = Meaning::of(argument);
                assert_eq!(meaning.is_some(), is_meant, "{} {argument}", command.get_name());
            }
        }
    }
}
