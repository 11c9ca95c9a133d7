//! `kata cards`.

use crate::cli::Setting;
use crate::cli::error::Exit;
use crate::cli::query::{Query, Subject};
use crate::cli::selection;
use crate::report::{CardLine, cards, json};
use crate::store::CardRecord;
use anyhow::Result;
use clap::Args;

/// List the cards that a query finds
///
/// A query is words, which must all occur, and filters: deck:NAME, tag:NAME, flag:N; is: with new,
/// due, young, mature, leech, suspended, buried or retired; ease, interval, lapses and repetitions
/// with <, <=, =, >= or > and a number, as in 'ease<1.8'. Double quotes keep a phrase together:
/// '"lead time"', 'tag:"site reliability"'.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Words and filters; without any, all cards that are not retired
    #[arg(value_name = "QUERY")]
    query: Vec<String>,
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
}

const EXAMPLES: &str = "\
Examples:
  kata cards kanban tag:exam         cards with a word and a tag
  kata cards 'is:leech ease<1.8'     the hardest; quotes keep < from the shell";

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let query = Query::parse(arguments.query.iter().map(String::as_str))?;
    let store = setting.store_to_read()?;
    let day = setting.now()?.day;
    let all = store.decks()?;
    selection::check_decks(&all, &query)?;
    let finds = |subject: Subject<'_>| query.finds(subject);
    let each = |visit: &mut dyn FnMut(CardLine)| {
        selection::each_found(setting, &store, &all, day, &finds, &mut |card| visit(line(&card)))
    };
    let output = &setting.output;
    if arguments.json {
        // One by one: a collection may be larger than memory.
        let mut list = output.list();
        list.write(&format!("{{\"day\":\"{day}\",\"cards\":["));
        let mut comma = "";
        each(&mut |card| {
            list.write(comma);
            list.write(json(&card).trim_end());
            comma = ",";
        })?;
        list.write("]}\n");
        list.end()?;
    } else {
        let page = store.at_once(|_| cards(each, day, output.style(), output.width()))?;
        output.result(&page)?;
    }
    Ok(Exit::Done)
}

/// A card as lists show it.
pub(super) fn line(card: &CardRecord) -> CardLine {
    let candidate = &card.candidate;
    let state = &candidate.state;
    CardLine {
        card: candidate.card,
        deck: card.deck.clone(),
        kind: candidate.kind,
        question: card.note.face(candidate.position).front,
        due: state.due,
        interval: state.interval,
        ease: state.ease(),
        repetitions: state.repetitions,
        lapses: state.lapses,
        suspended: state.suspended,
        buried: state.buried,
        flag: state.flag,
        retired: card.retired || card.relinked,
    }
}
