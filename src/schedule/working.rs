//! The working of a schedule: the fold over a history, event by event, with the rule and the
//! operands of each.

use crate::model::Event;
use crate::schedule::{CardState, Scheduler, Sm2};

/// How a scheduler came from one state to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Working {
    /// By a rule of SM-2.
    Sm2(Sm2),
}

/// One event of a history, and what it did to the schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The event.
    pub event: Event,
    /// Whether it was undone; it is passed over then.
    pub undone: bool,
    /// The state before it.
    pub before: CardState,
    /// How the state after it was computed; `None` unless it is an answer that schedules.
    pub working: Option<Working>,
    /// The state after it.
    pub after: CardState,
}

/// The steps of a history: events in fold order, each with whether it was undone. The state after
/// the last one is the [`fold`](super::fold) of those that were not.
pub fn steps(scheduler: Scheduler, events: impl IntoIterator<Item = (Event, bool)>) -> Vec<Step> {
    let mut before = CardState::NEW;
    let mut step = |(event, undone): (Event, bool)| {
        let (after, working) = match undone {
            true => (before, None),
            false => scheduler.worked(before, &event),
        };
        let step = Step { event, undone, before, working, after };
        before = after;
        step
    };
    events.into_iter().map(&mut step).collect()
}
