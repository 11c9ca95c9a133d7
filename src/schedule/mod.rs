//! From a card's events to its schedule. Pure: the state of a card is a fold over its history.

mod candidate;
mod replay;
mod sm2;
mod state;
mod working;

pub use candidate::{Candidate, DeckRow, DueCard, NoteRow};
pub use replay::{History, fold};
pub use sm2::{EaseMove, IntervalRule, Product, Sm2, is_late_enough};
pub use state::{CardState, Memory};
pub use working::{Step, Working, steps};

use crate::model::{Event, Grade, Interval, Mark, Review, ReviewKind, StudyDay, What};

/// The algorithm that decides when a card is asked again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scheduler {
    /// SuperMemo's second algorithm, of 1990.
    #[default]
    Sm2,
}

impl Scheduler {
    /// Its name, as its author spells it.
    pub fn name(self) -> &'static str {
        match self {
            Scheduler::Sm2 => "SM-2",
        }
    }

    /// Its word in the settings and in every output for programs.
    pub fn word(self) -> &'static str {
        match self {
            Scheduler::Sm2 => "sm2",
        }
    }

    /// Who described it, and when.
    pub fn source(self) -> &'static str {
        match self {
            Scheduler::Sm2 => "P. A. Woźniak, 1990",
        }
    }

    /// The state after an event. Revoked events, undos and relinks are the replay's business
    /// and change nothing here.
    #[must_use]
    pub fn next(self, state: CardState, event: &Event) -> CardState {
        self.worked(state, event).0
    }

    /// The state after an event, and the working of a scheduling answer: [`Scheduler::next`]
    /// with its reasons.
    fn worked(self, state: CardState, event: &Event) -> (CardState, Option<Working>) {
        match event.what {
            What::Review(review) => self.review_worked(state, &review, event.day),
            What::Mark(mark) => (after_mark(state, mark), None),
        }
    }

    /// The state after a review on a study day.
    #[must_use]
    pub fn after_review(self, state: CardState, review: &Review, day: StudyDay) -> CardState {
        self.review_worked(state, review, day).0
    }

    /// The state after a review, and the working if it is one that schedules.
    fn review_worked(
        self,
        mut state: CardState,
        review: &Review,
        day: StudyDay,
    ) -> (CardState, Option<Working>) {
        state.note_asked(review.kind, day);
        match review.kind {
            ReviewKind::Drill => {
                if !review.grade.asks_again_today() {
                    state.drill = None;
                }
                (state, None)
            }
            ReviewKind::Cram => (state, None),
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
                let (mut state, working) = match self {
                    Scheduler::Sm2 => {
                        let (state, sm2) = sm2::answer(state, review.grade, early);
                        (state, Working::Sm2(sm2))
                    }
                };
                state.due = Some(day.plus(i64::from(state.interval.get())));
                state.answered = Some(day);
                state.drill = review.grade.asks_again_today().then_some(day);
                (state, Some(working))
            }
        }
    }

    /// The state that each grade would give to an answer of this kind on a study day, by grade.
    pub fn outcomes(self, state: &CardState, kind: ReviewKind, day: StudyDay) -> [CardState; 6] {
        let (interval_before, interval_after) = (state.interval, state.interval);
        Grade::ALL.map(|grade| {
            let review = Review { grade, kind, ms: 0, interval_before, interval_after };
            self.after_review(*state, &review, day)
        })
    }

    /// The interval that each grade would give to an answer of this kind on a study day, by
    /// grade.
    pub fn preview(self, state: &CardState, kind: ReviewKind, day: StudyDay) -> [Interval; 6] {
        self.outcomes(state, kind, day).map(|after| after.interval)
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
            // Refused when it is made; skipped in a fold of histories from elsewhere.
            if state.takes(&to) {
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
