//! `kata undo`.

use crate::cli::Setting;
use crate::cli::error::Exit;
use crate::model::{Event, What};
use crate::report::counted;
use anyhow::Result;
use clap::Args;

/// Take back the newest answer or mark, with all that was written together with it
///
/// Again, it takes back the one before. What is taken back stays in the history.
#[derive(Debug, Args)]
pub(super) struct Arguments {}

pub(super) fn run(setting: &Setting, _: &Arguments) -> Result<Exit> {
    let mut store = setting.store_to_change()?;
    let Some(undone) = store.undo(setting.now()?, None)? else {
        anyhow::bail!("nothing to undo");
    };
    let said = match &undone.events[..] {
        [event] => {
            let id = store.short_id(event.card)?;
            format!("Undone: {} of card {id}, {}.", what(event), event.day)
        }
        [first, ..] => {
            let events = counted(undone.events.len() as u64, "event");
            format!("Undone: {} and what came with it, {events} of {}.", what(first), first.day)
        }
        [] => "Undone.".to_owned(),
    };
    setting.output.said(&said)?;
    Ok(Exit::Done)
}

fn what(event: &Event) -> String {
    match event.what {
        What::Review(review) => format!("{}, grade {}", review.kind.word(), review.grade.number()),
        What::Mark(mark) => mark.word().to_owned(),
    }
}
