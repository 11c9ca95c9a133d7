//! The cards that a running session has still to ask.

use crate::model::{CardId, ReviewKind};
use crate::schedule::NoteRow;
use crate::session::{Entry, Plan};
use serde::Serialize;
use std::collections::VecDeque;

/// How many cards are still to be asked, the open one included.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Remaining {
    /// New cards.
    pub new: usize,
    /// Cards that were learned before.
    pub review: usize,
    /// Repeats of cards graded below 4 today.
    pub drill: usize,
}

impl Remaining {
    /// All of them.
    pub fn total(self) -> usize {
        self.new + self.review + self.drill
    }

    pub(super) fn count(&mut self, kind: ReviewKind) {
        match kind {
            ReviewKind::Learn => self.new += 1,
            ReviewKind::Drill => self.drill += 1,
            ReviewKind::Review | ReviewKind::Ahead | ReviewKind::Cram => self.review += 1,
        }
    }
}

/// What there is time for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    /// Any card.
    ForAll,
    /// The drills that are pending.
    ForDrills,
    /// Nothing more.
    Up,
}

/// Due and new cards first, drills after them, skipped cards at the end.
#[derive(Debug, Clone, Default)]
pub(super) struct Queue {
    main: VecDeque<Entry>,
    drills: VecDeque<Entry>,
    skipped: VecDeque<Entry>,
    /// The note of the card that was asked last.
    last: Option<NoteRow>,
}

impl Queue {
    pub(super) fn new(plan: Plan) -> Self {
        let Plan { main, drills, last, .. } = plan;
        Queue { main: main.into(), drills: drills.into(), skipped: VecDeque::new(), last }
    }

    /// Takes the next card that there is time for; a card of the note asked last only where there
    /// is no other.
    pub(super) fn take(&mut self, time: Time) -> Option<Entry> {
        let last = self.last;
        // Of the drills alone, the first is the one longest ago, whatever its note.
        let apart = |queue: &mut VecDeque<Entry>| {
            let at = queue.iter().position(|entry| Some(entry.note) != last);
            queue.remove(at.unwrap_or(0))
        };
        let next = match time {
            Time::ForAll => apart(&mut self.main)
                .or_else(|| apart(&mut self.drills))
                .or_else(|| self.skipped.pop_front())?,
            Time::ForDrills => apart(&mut self.drills).or_else(|| {
                let drill = |entry: &Entry| entry.kind == ReviewKind::Drill;
                let at = self.skipped.iter().position(drill)?;
                self.skipped.remove(at)
            })?,
            Time::Up => return None,
        };
        self.last = Some(next.note);
        Some(next)
    }

    /// How many drills are pending.
    pub(super) fn drills(&self) -> usize {
        let skipped = self.skipped.iter().filter(|entry| entry.kind == ReviewKind::Drill);
        self.drills.len() + skipped.count()
    }

    /// Puts a card back to be the next one.
    pub(super) fn put_back(&mut self, entry: Entry) {
        self.last = None;
        match entry.kind {
            ReviewKind::Drill => self.drills.push_front(entry),
            _ => self.main.push_front(entry),
        }
    }

    pub(super) fn drill(&mut self, entry: Entry) {
        self.drills.push_back(Entry { kind: ReviewKind::Drill, ..entry });
    }

    pub(super) fn skip(&mut self, entry: Entry) {
        self.skipped.push_back(entry);
    }

    pub(super) fn remove(&mut self, card: CardId) {
        for queue in [&mut self.main, &mut self.drills, &mut self.skipped] {
            queue.retain(|entry| entry.card != card);
        }
    }

    pub(super) fn remaining(&self) -> Remaining {
        let mut remaining = Remaining::default();
        for entry in self.main.iter().chain(&self.drills).chain(&self.skipped) {
            remaining.count(entry.kind);
        }
        remaining
    }
}
