//! The fold over a card's history.

use crate::model::{CardId, Event, EventId, Mark, What};
use crate::schedule::{CardState, Scheduler};
use std::collections::{HashMap, HashSet};

/// The state of a card whose events these are, in fold order; undone ones are left out.
pub fn fold<'a>(scheduler: Scheduler, events: impl IntoIterator<Item = &'a Event>) -> CardState {
    events.into_iter().fold(CardState::NEW, |state, event| scheduler.next(state, event))
}

/// Events of any number of cards, ready to be folded: the undone ones known, the relinks
/// followed.
#[derive(Debug, Default)]
pub struct History {
    events: HashMap<CardId, Vec<Event>>,
    undone: HashSet<EventId>,
    /// From a card to those whose events it took over.
    joined: HashMap<CardId, Vec<CardId>>,
}

impl History {
    /// The history of these events, given in any order. It must hold all events of a card, and
    /// of those that it took over, for that card's fold to be right.
    pub fn new(events: impl IntoIterator<Item = Event>) -> Self {
        let mut history = History::default();
        for event in events {
            if let What::Mark(Mark::Undo(undone)) = event.what {
                history.undone.insert(undone);
            }
            history.events.entry(event.card).or_default().push(event);
        }
        for event in history.events.values().flatten() {
            if let What::Mark(Mark::Relink(old)) = event.what
                && !history.undone.contains(&event.id)
            {
                history.joined.entry(event.card).or_default().push(old);
            }
        }
        history
    }

    /// Whether the event was undone.
    pub fn is_undone(&self, event: EventId) -> bool {
        self.undone.contains(&event)
    }

    /// The events that are the card's, in fold order: its own and those of the cards that it
    /// took over. Undone ones are among them.
    pub fn of(&self, card: CardId) -> Vec<&Event> {
        let mut cards = vec![card];
        let mut at = 0;
        while let Some(card) = cards.get(at) {
            for &old in self.joined.get(card).into_iter().flatten() {
                if !cards.contains(&old) {
                    cards.push(old);
                }
            }
            at += 1;
        }
        let mut events: Vec<&Event> =
            cards.iter().flat_map(|card| self.events.get(card).into_iter().flatten()).collect();
        events.sort_by_key(|event| (event.at, event.id));
        events
    }

    /// The state of a card: the fold of its events that were not undone.
    pub fn state(&self, scheduler: Scheduler, card: CardId) -> CardState {
        let events = self.of(card);
        fold(scheduler, events.into_iter().filter(|event| !self.is_undone(event.id)))
    }

    /// The cards whose events another card took over.
    pub fn relinked(&self) -> impl Iterator<Item = CardId> {
        self.joined.values().flatten().copied()
    }
}
