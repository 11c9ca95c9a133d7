//! `kata` alone: today at a glance.

use crate::cli::error::Exit;
use crate::cli::{Setting, due, stats};
use crate::report::{Glance, glance};
use crate::stats::DayRange;
use anyhow::Result;

pub(super) fn run(setting: &Setting) -> Result<Exit> {
    let store = setting.store_to_read()?;
    let all = store.decks()?;
    let decks: Vec<_> = all.iter().map(|deck| deck.row).collect();
    let today = setting.now()?.day;
    let statistics = stats::of(&store, &all, &decks, DayRange::ALL, today)?;
    let answered = statistics.days.iter().find(|day| day.day == today);
    let page = Glance {
        due: due::on(setting, &store, &all, &decks, today)?,
        streak: statistics.streak,
        cards: statistics.cards.total,
        answered: answered.map_or(0, |day| day.answers()),
        next: statistics.forecast.into_iter().skip(1).find(|on| on.due > 0),
    };
    let output = setting.output;
    output.result(&glance(&page, output.style(), output.width()))?;
    Ok(Exit::Done)
}
