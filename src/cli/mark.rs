//! `kata suspend`, `resume`, `bury`, `flag`, `reset`, `reschedule` and `relink`: marks on cards.

use crate::cli::Setting;
use crate::cli::error::Exit;
use crate::cli::selection;
use crate::model::{self, Draft, Ease, Interval, Mark, StudyDay, What};
use crate::report::counted;
use crate::store::CardRecord;
use anyhow::Result;
use clap::Args;

/// Cards by id, deck or query.
#[derive(Debug, Args)]
struct Which {
    /// Ids of cards, names of decks, or a query as `kata cards` takes it
    #[arg(required = true, value_name = "CARD, DECK or QUERY")]
    cards: Vec<String>,
}

/// Ask cards no more until they are resumed
#[derive(Debug, Args)]
#[command(after_long_help = SUSPEND_EXAMPLES)]
pub(super) struct Suspend {
    #[command(flatten)]
    which: Which,
}

const SUSPEND_EXAMPLES: &str = "\
Examples:
  kata suspend k7m2q9xd                 a card
  kata suspend devops                   the decks below devops
  kata suspend deck:devops is:leech     what a query finds";

/// Ask suspended cards again
#[derive(Debug, Args)]
pub(super) struct Resume {
    #[command(flatten)]
    which: Which,
}

/// Do not ask cards today
#[derive(Debug, Args)]
pub(super) struct Bury {
    #[command(flatten)]
    which: Which,
}

/// Set a flag on cards, 0 (none) to 7
#[derive(Debug, Args)]
pub(super) struct Flag {
    /// 1 to 7; 0 takes the flag away
    #[arg(value_parser = flag)]
    flag: model::Flag,
    #[command(flatten)]
    which: Which,
}

/// Make cards new; their history stays
#[derive(Debug, Args)]
pub(super) struct Reset {
    #[command(flatten)]
    which: Which,
}

/// Set the due day of cards by hand
#[derive(Debug, Args)]
#[command(after_long_help = RESCHEDULE_EXAMPLES)]
pub(super) struct Reschedule {
    /// The day, as 2026-11-23
    #[arg(long, value_name = "DAY")]
    due: StudyDay,
    /// The interval in days; a new card needs one, of others it stays as it is without
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u64).range(1..=36_500))]
    interval: Option<u64>,
    /// The ease, 1.3 or more, as 2.36
    #[arg(long, value_name = "EASE", value_parser = ease)]
    ease: Option<Ease>,
    /// The count of repetitions
    #[arg(long, value_name = "N")]
    repetitions: Option<u32>,
    #[command(flatten)]
    which: Which,
}

const RESCHEDULE_EXAMPLES: &str = "\
Examples:
  kata reschedule --due 2026-12-24 k7m2q9xd
      ask a card on that day
  kata reschedule --due 2026-12-24 --interval 30 deck:devops is:new
      new cards, as if they were learned 30 days before";

/// Let a card take over the history of another
///
/// For a card that was rewritten beyond recognition: NEW goes on with all that was learned of OLD.
#[derive(Debug, Args)]
pub(super) struct Relink {
    /// The card with the history
    old: String,
    /// The card that takes it over
    new: String,
}

impl Suspend {
    pub(super) fn run(&self, setting: &Setting) -> Result<Exit> {
        mark(setting, &self.which, "Suspended", "suspended already", |card, _| {
            (!card.candidate.state.suspended).then_some(Mark::Suspend)
        })
    }
}

impl Resume {
    pub(super) fn run(&self, setting: &Setting) -> Result<Exit> {
        mark(setting, &self.which, "Resumed", "not suspended", |card, _| {
            card.candidate.state.suspended.then_some(Mark::Resume)
        })
    }
}

impl Bury {
    pub(super) fn run(&self, setting: &Setting) -> Result<Exit> {
        mark(setting, &self.which, "Buried until tomorrow", "buried already", |card, today| {
            let buried = card.candidate.state.buried.is_some_and(|until| until >= today);
            (!buried).then_some(Mark::Bury(today))
        })
    }
}

impl Flag {
    pub(super) fn run(&self, setting: &Setting) -> Result<Exit> {
        let done = match self.flag {
            model::Flag::NONE => "Unflagged".to_owned(),
            flag => format!("Flagged {}", flag.number()),
        };
        mark(setting, &self.which, &done, "flagged so already", |card, _| {
            (card.candidate.state.flag != self.flag).then_some(Mark::Flag(self.flag))
        })
    }
}

impl Reset {
    pub(super) fn run(&self, setting: &Setting) -> Result<Exit> {
        mark(setting, &self.which, "Made new", "new already", |card, _| {
            (!card.candidate.state.is_new()).then_some(Mark::Reset)
        })
    }
}

impl Reschedule {
    pub(super) fn run(&self, setting: &Setting) -> Result<Exit> {
        let to = model::Reschedule {
            due: self.due,
            interval: self.interval.map(Interval::days),
            ease: self.ease,
            repetitions: self.repetitions,
        };
        let done = format!("Rescheduled to {}", self.due);
        mark(setting, &self.which, &done, "", |_, _| Some(Mark::Reschedule(to)))
    }
}

impl Relink {
    pub(super) fn run(&self, setting: &Setting) -> Result<Exit> {
        let mut store = setting.store_to_change()?;
        let old = selection::one_card(&store, &self.old)?.candidate.card;
        let new = selection::one_card(&store, &self.new)?.candidate.card;
        let what = What::Mark(Mark::Relink(old));
        store.record(setting.now()?, None, &[Draft { card: new, what }])?;
        let (old, new) = (store.short_id(old)?, store.short_id(new)?);
        setting.output.said(&format!("Card {new} goes on with the history of {old}."))?;
        Ok(Exit::Done)
    }
}

/// Marks the cards that are not so already, all in one batch.
fn mark(
    setting: &Setting,
    which: &Which,
    done: &str,
    already: &str,
    make: impl Fn(&CardRecord, StudyDay) -> Option<Mark>,
) -> Result<Exit> {
    let mut store = setting.store_to_change()?;
    let now = setting.now()?;
    let cards = selection::cards(setting, &store, &which.cards, now.day)?;
    let drafts: Vec<Draft> = cards
        .iter()
        .filter_map(|card| {
            let what = What::Mark(make(card, now.day)?);
            Some(Draft { card: card.candidate.card, what })
        })
        .collect();
    let left = cards.len() - drafts.len();
    if !drafts.is_empty() {
        store.record(now, None, &drafts)?;
    }
    let mut said = format!("{done}: {}", counted(drafts.len() as u64, "card"));
    if left > 0 {
        said += &format!(", {left} {already}");
    }
    setting.output.said(&(said + "."))?;
    Ok(Exit::Done)
}

fn flag(text: &str) -> Result<model::Flag, String> {
    let flag = text.parse().ok().and_then(model::Flag::new);
    flag.ok_or_else(|| "a flag is a number from 0 to 7".to_owned())
}

fn ease(text: &str) -> Result<Ease, String> {
    let factor: f64 = text.parse().map_err(|_| "an ease is a number as 2.36".to_owned())?;
    let within = (1.3..=1000.0).contains(&factor);
    within.then(|| Ease::from(factor)).ok_or_else(|| "an ease is 1.3 to 1000".to_owned())
}
