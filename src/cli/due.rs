//! `kata due`.

use crate::cli::error::Exit;
use crate::cli::selection::{self, Wanted};
use crate::cli::{Setting, clock};
use crate::model::{DeckName, ReviewKind, StudyDay};
use crate::report::{DeckDue, Due, due, json};
use crate::schedule::DeckRow;
use crate::session::Plan;
use crate::stats::DueOn;
use crate::store::{DeckRecord, Store};
use anyhow::Result;
use clap::Args;
use std::collections::{HashMap, HashSet};

/// Count what a review would ask today, by deck
///
/// Limits and siblings are counted; files are not looked at. Below stands how many cards come due on
/// each of the next seven days, without limits.
#[derive(Debug, Args)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Decks, with all below them; without any, all
    #[arg(value_name = "DECK")]
    decks: Vec<DeckName>,
    /// One number: due, new and drills together
    #[arg(long, conflicts_with = "json")]
    count: bool,
    /// Tell it as JSON
    #[arg(long)]
    json: bool,
    /// Exit with status 3 if there is nothing to ask
    #[arg(long)]
    exit_code: bool,
}

/// How many of the days to come are told.
const DAYS_AHEAD: i64 = 7;

const EXAMPLES: &str = "\
Examples:
  kata due --count                        one number for a shell prompt
  kata due --exit-code && kata review     review if there is something to ask";

pub(super) fn run(setting: &Setting, arguments: &Arguments) -> Result<Exit> {
    let store = setting.store_to_read()?;
    let all = store.decks()?;
    let decks = selection::decks(&all, &arguments.decks)?;
    let day = setting.now()?.day;
    let wanted = Wanted { decks: &decks, ..Wanted::default() };
    let tells_days = !arguments.count && !arguments.json;
    let ahead = tells_days.then(|| ahead(&store, (&all, &decks), day));
    let (plan, _) = selection::plan(setting, &store, &all, &wanted, day)?;
    let today = counts(&plan, &all, &decks, day);
    let output = &setting.output;
    // One number is for a shell prompt, where a message would be in the way at each.
    if !arguments.count {
        clock::doubt(setting, &store, day)?;
    }
    match ahead {
        Some(ahead) => output.result(&due(&today, &ahead()?, output.style(), output.width()))?,
        None if arguments.count => output.result(&format!("{}\n", today.count()))?,
        None => output.result(&json(&today))?,
    }
    let nothing = arguments.exit_code && today.count() == 0;
    Ok(if nothing { Exit::NothingDue } else { Exit::Done })
}

/// Begins to count how many cards of these decks come due on each of the days after a study day, as
/// `kata stats` does: without limits, a bury ignored. What is returned tells. Reads no more of the index
/// than those days.
pub(super) fn ahead<'a>(
    store: &'a Store,
    (all, decks): (&[DeckRecord], &'a [DeckRow]),
    day: StudyDay,
) -> impl FnOnce() -> Result<Vec<DueOn>> + 'a {
    let days: Vec<StudyDay> = (1..=DAYS_AHEAD).map(|n| day.plus(n)).collect();
    let counting = (decks.len() == all.len()).then(|| store.due_ahead(days.clone()));
    move || match counting {
        Some(counting) => {
            let counts = days.into_iter().zip(counting.counts()?);
            Ok(counts.map(|(day, due)| DueOn { day, due }).collect())
        }
        None => ahead_of(store, decks, &days),
    }
}

/// How many cards of some of the decks come due on each of some days, which follow on each other.
fn ahead_of(store: &Store, decks: &[DeckRow], days: &[StudyDay]) -> Result<Vec<DueOn>> {
    let (Some(&first), Some(&last)) = (days.first(), days.last()) else { return Ok(Vec::new()) };
    let no_bury_lasts_until = StudyDay::from_number(i32::MAX);
    let wanted: HashSet<DeckRow> = decks.iter().copied().collect();
    let mut ahead: Vec<DueOn> = days.iter().map(|&day| DueOn { day, due: 0 }).collect();
    for (day, deck, cards) in store.due_days(no_bury_lasts_until, first, last)? {
        let due = ahead.iter_mut().find(|due| due.day == day && wanted.contains(&deck));
        due.into_iter().for_each(|due| due.due += cards);
    }
    Ok(ahead)
}

/// What a plan of these decks for a study day asks, by deck.
pub(super) fn counts(plan: &Plan, all: &[DeckRecord], decks: &[DeckRow], day: StudyDay) -> Due {
    let mut counts: HashMap<DeckRow, DeckDue> = HashMap::new();
    for deck in all {
        let deck_due = DeckDue { deck: deck.name.clone(), due: 0, overdue: 0, new: 0, drill: 0 };
        counts.insert(deck.row, deck_due);
    }
    for entry in plan.main.iter().chain(&plan.drills) {
        let Some(deck) = counts.get_mut(&entry.deck) else { continue };
        match entry.kind {
            ReviewKind::Learn => deck.new += 1,
            ReviewKind::Drill => deck.drill += 1,
            _ => {
                deck.due += 1;
                deck.overdue += u64::from(entry.overdue);
            }
        }
    }
    let by_deck = decks.iter().filter_map(|row| counts.remove(row));
    Due::of(day, by_deck.collect())
}
