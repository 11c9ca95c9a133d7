//! `kata` alone: today at a glance.

use crate::cli::error::Exit;
use crate::cli::selection::{self, Wanted};
use crate::cli::{Setting, clock, due, intake, review};
use crate::frontend::is_enter_pressed;
use crate::model::CardId;
use crate::report::{Glance, glance};
use crate::stats::{DueOn, Streak};
use anyhow::Result;
use std::collections::HashSet;

/// What is asked under the page.
const START: &str = "Enter starts the review; any other key leaves.";

pub(super) fn run(setting: &Setting) -> Result<Exit> {
    let page = page(setting)?;
    let output = &setting.output;
    output.result(&glance(&page, output.style(), output.width()))?;
    if page.due.count() == 0 || !output.may_ask() {
        return Ok(Exit::Done);
    }
    output.result(&format!("\n{}", output.style().dim(START)))?;
    let starts = is_enter_pressed();
    output.result("\n")?;
    match starts? {
        true => review::run(setting, &review::Arguments::after_glance()),
        false => Ok(Exit::Done),
    }
}

/// How today stands; what changed in the known files is imported first.
fn page(setting: &Setting) -> Result<Glance> {
    let mut store = setting.store_to_change()?;
    if let Err(error) = intake::before_review(setting, &mut store, &[]) {
        // What is stored can be told all the same.
        setting.output.error(&error);
    }
    let all = store.decks()?;
    let decks: Vec<_> = all.iter().map(|deck| deck.row).collect();
    let today = setting.now()?.day;
    clock::doubt(setting, &store, today)?;
    let ahead = due::ahead(&store, (&all, &decks), today);
    let wanted = Wanted { decks: &decks, ..Wanted::default() };
    let (plan, rules) = selection::plan(setting, &store, &all, &wanted, today)?;
    let answered: HashSet<CardId> =
        store.answered_on(today)?.into_iter().map(|answered| answered.card).collect();
    Ok(Glance {
        due: due::counts(&plan, &all, &decks, today),
        backlog: selection::backlog(setting, &store, &all, &decks, (&plan, &rules), today)?,
        streak: Streak::of(store.study_days()?, today),
        has_cards: store.has_cards()?,
        answered: answered.len() as u64,
        next: store.next_due(today)?.map(|(day, due)| DueOn { day, due }),
        ahead: ahead()?,
    })
}
