//! From a card's events to its schedule. Pure: the state of a card is a fold over its history.

mod candidate;
mod replay;
mod sm2;
mod state;

pub use candidate::{Candidate, DeckRow, Glimpse, NoteRow};
pub use replay::{History, fold};
pub use state::{CardState, Memory};

use crate::model::{Event, Grade, Interval, Mark, Review, ReviewKind, StudyDay, What};

/// The algorithm that decides when a card is asked again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scheduler {
    /// SuperMemo's second algorithm, of 1990.
    #[default]
    Sm2,
}

impl Scheduler {
    /// The word for it in settings.
    pub fn word(self) -> &'static str {
        match self {
            Scheduler::Sm2 => "sm2",
        }
    }

    /// The state after an event. Revoked events, undos and relinks are the replay's business
    /// and change nothing here.
    #[must_use]
    pub fn next(self, state: CardState, event: &Event) -> CardState {
        match event.what {
            What::Review(review) => self.after_review(state, &review, event.day),
            What::Mark(mark) => after_mark(state, mark),
        }
    }

    /// The state after a review on a study day.
    #[must_use]
    pub fn after_review(self, mut state: CardState, review: &Review, day: StudyDay) -> CardState {
        state.note_asked(review.kind, day);
        match review.kind {
            ReviewKind::Drill => {
                if !review.grade.asks_again_today() {
                    state.drill = None;
                }
                state
            }
            ReviewKind::Cram => state,
            ReviewKind::Learn | ReviewKind::Review | ReviewKind::Ahead => {
                if review.kind == ReviewKind::Review
                    && !review.grade.is_pass()
                    && state.repetitions > 0
                {
                    state.lapses += 1;
                }
                let early = match review.kind {
                    ReviewKind::Ahead => state.early(day),
                    _ => None,
                };
                if state.answered != Some(day) {
                    state.was_due = state.due;
                }
                let mut state = match self {
                    Scheduler::Sm2 => sm2::answer(state, review.grade, early),
                };
                state.due = Some(day.plus(i64::from(state.interval.get())));
                state.answered = Some(day);
                state.drill = review.grade.asks_again_today().then_some(day);
                state
            }
        }
    }

    /// The interval that each grade would give to an answer of this kind on a study day, by
    /// grade.
    pub fn preview(self, state: &CardState, kind: ReviewKind, day: StudyDay) -> [Interval; 6] {
        Grade::ALL.map(|grade| self.answer(state, kind, grade, day, 0).interval_after)
    }

    /// The review that an answer on a study day makes: the grade, and the intervals before and
    /// after it. `ms` is the answer time.
    pub fn answer(
        self,
        state: &CardState,
        kind: ReviewKind,
        grade: Grade,
        day: StudyDay,
        ms: u32,
    ) -> Review {
        let before = state.interval;
        let review = Review { grade, kind, ms, interval_before: before, interval_after: before };
        let after = self.after_review(*state, &review, day);
        Review { interval_after: after.interval, ..review }
    }

    /// The probability that the card is remembered on a study day, where the model has one.
    /// SM-2 has none.
    pub fn recall(self, _state: &CardState, _day: StudyDay) -> Option<f64> {
        match self {
            Scheduler::Sm2 => None,
        }
    }
}

fn after_mark(mut state: CardState, mark: Mark) -> CardState {
    match mark {
        Mark::Suspend => state.suspended = true,
        Mark::Resume => state.suspended = false,
        Mark::Bury(day) => state.buried = Some(day),
        Mark::Flag(flag) => state.flag = flag,
        Mark::Reset => state.forget(),
        Mark::Reschedule(to) => {
            // Refused on a new card without an interval when it is made; skipped in a fold of
            // histories from elsewhere.
            if !state.is_new() || to.interval.is_some() {
                state.due = Some(to.due);
                state.interval = to.interval.unwrap_or(state.interval);
                state.repetitions = to.repetitions.unwrap_or(state.repetitions);
                if let Some(ease) = to.ease {
                    state.memory = Memory::Sm2 { ease };
                }
            }
        }
        Mark::Relink(_) | Mark::Undo(_) => {}
    }
    state
}

#[cfg(test)]
mod tests;
