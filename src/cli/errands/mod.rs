//! The errands of a session on a screen.

mod edit;
#[cfg(test)]
mod tests;

pub(super) use edit::PendingEdit;

use crate::cli::desk::Desk;
use crate::cli::error::told;
use crate::cli::stats::answer;
use crate::cli::{history, why};
use crate::frontend::{Edited, Errands};
use crate::model::text::visible;
use crate::model::{CardId, StudyDay};
use crate::report::{Day, Style, day as told_day, story};
use crate::stats::{Streak, retention_on};
use crate::store::CardRecord;
use anyhow::{Context, Result, anyhow};
use std::path::Path;

impl Errands for Desk<'_> {
    fn edit(&mut self, card: CardId) -> Edited {
        let edited = self.card(card).and_then(|card| {
            edit::edit(self.setting, &mut self.store, &card, &mut self.pending_edit)
        });
        edited.unwrap_or_else(|error| Edited::Failed(sentence(&error)))
    }

    fn import(&mut self, card: CardId) -> Edited {
        let imported =
            self.card(card).and_then(|card| edit::import_of(self.setting, &mut self.store, &card));
        imported.unwrap_or_else(|error| Edited::Failed(sentence(&error)))
    }

    fn drop_edit(&mut self) -> Result<(), String> {
        let edit = self.pending_edit.as_ref().ok_or("there is no edit to drop")?;
        edit.put_back().map_err(|error| sentence(&error))?;
        self.pending_edit = None;
        Ok(())
    }

    fn story(&mut self, card: CardId, columns: usize) -> Result<String, String> {
        let told = || -> Result<String> {
            let card = self.card(card)?;
            let past = history::of(&self.store, &card)?;
            let why = why::of(self.setting, &self.store, card)?;
            Ok(story(&past, &why, Style::Plain, Some(columns)))
        };
        told().map_err(|error| sentence(&error))
    }

    fn day(&mut self, day: StudyDay) -> Result<String, String> {
        let told = || -> Result<String> {
            let tomorrow = day.plus(1);
            let ever = StudyDay::from_number(i32::MIN);
            let due = self.store.due_days(tomorrow, ever, tomorrow)?;
            Ok(told_day(&Day {
                retention: retention_on(day, self.store.answers_on(day)?.into_iter().map(answer)),
                due_tomorrow: due.into_iter().map(|(_, _, cards)| cards).sum(),
                streak: Streak::of(self.store.study_days()?, day),
            }))
        };
        told().map_err(|error| sentence(&error))
    }

    fn view(&mut self, file: &Path) -> Result<(), String> {
        // In full, it can be taken neither for an option nor for an address.
        let full = std::fs::canonicalize(file).map_err(anyhow::Error::from);
        let opened = full.and_then(|full| open::that_detached(full).context("no viewer opens it"));
        opened
            .with_context(|| format!("cannot show {}", file.display()))
            .map_err(|error| sentence(&error))
    }
}

impl Desk<'_> {
    fn card(&self, card: CardId) -> Result<CardRecord> {
        self.store.card(card)?.ok_or_else(|| anyhow!("the database has this card no more"))
    }
}

/// What went wrong, for a screen.
fn sentence(error: &anyhow::Error) -> String {
    visible(&told(error)).into_owned()
}
