//! `kata add`.

use crate::cli::compose::{self, Refused};
use crate::cli::destination::Destination;
use crate::cli::error::{Exit, WrongUsage};
use crate::cli::{Setting, intake};
use crate::deckfile::{self, Diagnostic, Question};
use crate::model::text::visible_line;
use crate::model::{Fields, Note};
use crate::report::json;
use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use serde::Serialize;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// Add a card to a deck file, from flags or in an editor
///
/// The card is put after the last one of the file; comments and layout stay as they are. Without
/// flags that describe one, an editor opens in which one or several can be written: that of the
/// settings, else $VISUAL, else $EDITOR, else vi. An editor that goes to the background needs its
/// option to wait, as in "code --wait". If the standard input is no terminal, the cards are read
/// from it, in YAML as they stand under `cards:`. If none is written, the exit status is 1.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The deck, or one of its files
    #[arg(value_name = "DECK or FILE")]
    target: String,
    /// The file to add to, which is begun if it is not there
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    card: Card,
}

const EXAMPLES: &str = "\
Examples:
  kata add lean --front Kaizen --back \"Continuous improvement\" --reverse
  kata add lean --front \"The first two of the Three Ways\" --list Flow --list Feedback
  kata add lean --file decks/lean.yaml --cloze \"{{Muda}} is waste.\"
  kata add lean < cards.yaml";

/// A card as flags describe it.
#[derive(Debug, Args)]
#[command(next_help_heading = "Card")]
struct Card {
    /// The question
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    front: Option<String>,
    /// The answer
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    back: Option<String>,
    /// A text with what is to be asked in {{double braces}}
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    cloze: Option<String>,
    /// An item of an ordered list; once for each
    #[arg(long, value_name = "ITEM", allow_hyphen_values = true)]
    list: Vec<String>,
    /// An item of a set, whose order does not matter; once for each
    #[arg(long, value_name = "ITEM", allow_hyphen_values = true)]
    set: Vec<String>,
    /// Also ask for the front, given the back
    #[arg(long)]
    reverse: bool,
    /// The answer is typed and compared
    #[arg(long)]
    typed: bool,
    /// Shown with the question on request
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    hint: Option<String>,
    /// Shown under the answer
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    extra: Option<String>,
    /// Where it is from, below the deck's source
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    source: Option<String>,
    /// A tag, beside the deck's; once for each
    #[arg(long, value_name = "TAG", allow_hyphen_values = true)]
    tag: Vec<String>,
    /// Keeps its history through any rewrite
    #[arg(long, value_name = "ID", allow_hyphen_values = true)]
    id: Option<String>,
}

/// What was added.
#[derive(Debug, Serialize)]
struct Added<'a> {
    file: &'a str,
    line: usize,
    deck: &'a str,
    cards: Vec<String>,
}

/// Notes in their file.
struct Written {
    line: usize,
    questions: Vec<Question>,
}

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let described = arguments.card.note()?;
    let store = setting.store_to_read()?;
    let destination =
        Destination::find(setting, &store, &arguments.target, arguments.file.as_deref())?;
    let write = |notes: &[Note]| {
        let line = destination.add(setting, notes)?;
        let questions = notes.iter().map(|note| Question::of(&note.body)).collect();
        Ok(Written { line, questions })
    };
    let written = match described {
        Some(note) => Some(write(&[note]).map_err(in_one_line)?),
        None if io::stdin().is_terminal() => {
            compose::in_editor(setting, &template(&destination), &write)?
        }
        None => compose::on_standard_input(setting, &write)?,
    };
    let Some(written) = written else { bail!("nothing is added: no card was written") };
    let cards = import(setting, &destination, &written).with_context(|| {
        let Destination { file, .. } = &destination;
        format!("it is in {}, line {}, but not imported", file.shown, written.line)
    })?;
    say(setting, arguments.json, &destination, &written, cards)?;
    Ok(Exit::Done)
}

fn say(
    setting: &Setting,
    as_json: bool,
    destination: &Destination,
    written: &Written,
    cards: Vec<String>,
) -> Result<()> {
    let Destination { file, deck, .. } = destination;
    let line = written.line;
    if as_json {
        let added = Added { file: &file.path, line, deck: deck.as_str(), cards };
        return Ok(setting.output.result(&json(&added))?);
    }
    let cards = match &cards[..] {
        [] => String::new(),
        [card] => format!(": card {card}"),
        cards => format!(": cards {}", cards.join(", ")),
    };
    let shown = visible_line(&file.shown);
    Ok(setting.output.said(&format!("Added to {shown}, line {line}{cards}."))?)
}

/// Imports the file; the public ids of the cards that were written.
fn import(setting: &Setting, destination: &Destination, written: &Written) -> Result<Vec<String>> {
    let path = &destination.file.path;
    let mut store = setting.store()?;
    if intake::import(setting, &mut store, &[path.into()])?.failed {
        bail!("the file has errors");
    }
    let mut notes = store.notes_for_matching(&[path], &[])?;
    notes.retain(|note| {
        let is_of_file = note.file.as_ref() == Some(path) && !note.retired;
        is_of_file && written.questions.contains(&Question::of(&note.note.body))
    });
    notes.sort_by_key(|note| note.position);
    let cards = notes.iter().flat_map(|note| &note.cards).filter(|card| !card.retired);
    cards.map(|card| Ok(store.short_id(card.id)?)).collect()
}

/// What is wrong with a card that has no place of its own.
fn in_one_line(refused: Refused) -> anyhow::Error {
    let faults = match refused {
        Refused::Failed(error) => return error,
        Refused::Notes(faults) => faults,
    };
    let faults: Vec<String> = faults.iter().map(|(_, fault)| one_line(fault)).collect();
    anyhow!(faults.join("; "))
}

fn one_line(fault: &Diagnostic) -> String {
    let Some(there) = &fault.related else { return fault.message.clone() };
    let path = there.path.as_deref().unwrap_or_default();
    let line = there.span.map(|span| format!(", line {}", span.start.line)).unwrap_or_default();
    format!("{}: {path}{line}", fault.message)
}

impl Card {
    /// The note that the flags describe; `None` if there are none.
    fn note(&self) -> Result<Option<Note>, WrongUsage> {
        let items = |items: &[String]| Some(items.to_vec()).filter(|items| !items.is_empty());
        let fields = Fields {
            front: self.front.clone(),
            back: self.back.clone(),
            cloze: self.cloze.clone(),
            list: items(&self.list),
            set: items(&self.set),
            reverse: self.reverse,
            typed: self.typed,
            hint: self.hint.clone(),
            extra: self.extra.clone(),
        };
        let says_more = self.id.is_some() || self.source.is_some() || !self.tag.is_empty();
        if fields == Fields::default() && !says_more {
            return Ok(None);
        }
        match (&fields.front, &fields.back, &fields.cloze, &fields.list, &fields.set) {
            (Some(_), Some(_), None, None, None)
            | (Some(_), None, None, Some(_), None)
            | (Some(_), None, None, None, Some(_))
            | (None, None, Some(_), None, None) => {}
            _ => {
                return Err(WrongUsage(
                    "a card is --front with --back, --front with a --list or --set for each item, \
                     or --cloze alone"
                        .to_owned(),
                ));
            }
        }
        let note =
            deckfile::own_note(fields, self.id.clone(), self.tag.clone(), self.source.clone());
        note.map(Some).map_err(WrongUsage)
    }
}

/// What an editor opens with: a form to fill in, and how.
fn template(destination: &Destination) -> String {
    let Destination { deck, file, .. } = destination;
    format!(
        "\
- front: 
  back: 

# A card for the deck {deck}, in {file}: fill in the question and the answer,
# save, and leave the editor. Without a word nothing is added. Lines that start with # are left out.
#
# There may be several, each from its own dash on. Other kinds, without the # before them:
#
# - cloze: \"{{{{Lead time}}}} starts at the request; {{{{cycle time::which clock?}}}} when work begins.\"
# - front: The five focusing steps of the Theory of Constraints
#   list: [Identify, Exploit, Subordinate, Elevate, Repeat]    # in order, a card an item
# - front: Google's four golden signals
#   set: [Latency, Traffic, Errors, Saturation]                # in no order
#
# Each may also have `reverse: true` (asked back to front, too), `typed: true` (the answer is
# typed), `hint:`, `extra:` (shown under the answer), `tags: [a, b]`, `source:` and `id:`.
# Text that has a colon before a space, or a # after one, goes in \"double quotes\".
",
        deck = visible_line(deck.as_str()),
        file = visible_line(&file.shown),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Flags {
        #[command(flatten)]
        card: Card,
    }

    fn note(flags: &[&str]) -> Result<Option<Note>, String> {
        let all = ["kata"].iter().chain(flags);
        let flags = Flags::try_parse_from(all).map_err(|error| error.to_string())?;
        flags.card.note().map_err(|error| error.to_string())
    }

    #[test]
    fn flags_describe_every_kind_of_note() {
        let kinds = [
            vec!["--front", "a", "--back", "-b", "--reverse", "--typed"],
            vec!["--cloze", "{{a}} b"],
            vec!["--front", "a", "--list", "b", "--list", "--c"],
            vec!["--set", "b", "--set", "c", "--front", "a", "--tag", "x", "--tag", "y"],
        ];
        let kinds = kinds.iter().map(|flags| note(flags).unwrap().unwrap().body.kind().word());
        assert_eq!(kinds.collect::<Vec<_>>(), ["basic", "cloze", "list", "set"]);
        assert_eq!(note(&[]), Ok(None));
    }

    #[test]
    fn flags_that_go_not_together_say_what_would() {
        for flags in [
            &["--front", "a"][..],
            &["--back", "b"],
            &["--front", "a", "--back", "b", "--cloze", "{{c}}"],
            &["--front", "a", "--list", "b", "--list", "c", "--set", "d"],
            &["--hint", "h"],
            &["--id", "k"],
            &["--reverse"],
        ] {
            assert!(note(flags).unwrap_err().starts_with("a card is --front with"), "{flags:?}");
        }
        for (flags, why) in [
            (&["--front", " ", "--back", "b"][..], "front is empty"),
            (&["--front", "a", "--list", "b"], "a list has two items or more"),
            (&["--cloze", "a"], "no deletion"),
            (&["--cloze", "{{a}}", "--reverse"], "only front and back can be reversed"),
            (&["--cloze", "{{a}}", "--tag", ""], "a tag is empty"),
            (&["--cloze", "{{a}}", "--id", " "], "an id is empty"),
        ] {
            assert!(note(flags).unwrap_err().contains(why), "{flags:?}");
        }
    }
}
