//! What a scheduler knows of a card.

use crate::model::{Ease, Flag, Interval, Reschedule, ReviewKind, StudyDay};

/// A card's schedule at one point of its history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardState {
    /// The day it is due; `None` for a new card.
    pub due: Option<StudyDay>,
    /// SM-2's I.
    pub interval: Interval,
    /// SM-2's n: passes in a row.
    pub repetitions: u32,
    /// Reviews failed with n > 0, since the last reset.
    pub lapses: u32,
    /// What only the scheduler understands.
    pub memory: Memory,
    /// The day of the last scheduling answer since the last reset.
    pub answered: Option<StudyDay>,
    /// The day it was due on when that answer was given.
    pub was_due: Option<StudyDay>,
    /// The last two distinct days on which it was asked in any way but cram, newest first.
    pub asked: [Option<StudyDay>; 2],
    /// The day whose drill is still to be passed.
    pub drill: Option<StudyDay>,
    /// Asked no more until resumed.
    pub suspended: bool,
    /// Not asked up to and including this day.
    pub buried: Option<StudyDay>,
    /// The person's own mark.
    pub flag: Flag,
}

/// A scheduler's own part of a card's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Memory {
    /// SM-2's E-Factor.
    Sm2 {
        /// The E-Factor.
        ease: Ease,
    },
}

impl Memory {
    /// SM-2's E-Factor.
    pub fn ease(self) -> Ease {
        match self {
            Memory::Sm2 { ease } => ease,
        }
    }
}

impl CardState {
    /// A card without history.
    pub const NEW: CardState = CardState {
        due: None,
        interval: Interval::NONE,
        repetitions: 0,
        lapses: 0,
        memory: Memory::Sm2 { ease: Ease::INITIAL },
        answered: None,
        was_due: None,
        asked: [None; 2],
        drill: None,
        suspended: false,
        buried: None,
        flag: Flag::NONE,
    };

    /// Whether it was never reviewed since its last reset.
    pub fn is_new(&self) -> bool {
        self.due.is_none()
    }

    /// Whether its due day is this study day or earlier.
    pub fn is_due(&self, day: StudyDay) -> bool {
        self.due.is_some_and(|due| due <= day)
    }

    /// The day it was to be asked on as a study day began: the due day, but of a card that was
    /// answered on that day the one it had before.
    pub fn due_before(&self, day: StudyDay) -> Option<StudyDay> {
        if self.answered == Some(day) { self.was_due } else { self.due }
    }

    /// Whether it is neither suspended nor buried on a study day.
    pub fn is_askable(&self, day: StudyDay) -> bool {
        !self.suspended && self.buried.is_none_or(|until| until < day)
    }

    /// SM-2's E-Factor.
    pub fn ease(&self) -> Ease {
        self.memory.ease()
    }

    /// Study days since the last scheduling answer, if that is fewer than the interval.
    ///
    /// A card that was scheduled by hand and never answered counts from the day that its due day
    /// and interval imply.
    pub fn early(&self, day: StudyDay) -> Option<u32> {
        days_early(self.answered, self.due?, self.interval, day)
    }

    /// The day from which an answer's days are counted: that of the last scheduling answer, or
    /// else the one that due day and interval imply. `None` for a new card.
    pub fn counted_from(&self) -> Option<StudyDay> {
        Some(counted_from(self.answered, self.due?, self.interval))
    }

    /// Study days from the due day to a later day; 0 if it is none.
    pub fn late(&self, day: StudyDay) -> u32 {
        self.due.map_or(0, |due| u32::try_from(day.since(due)).unwrap_or(0))
    }

    /// Whether it can be scheduled by hand so: a new card only with an interval.
    pub fn takes(&self, to: &Reschedule) -> bool {
        !self.is_new() || to.interval.is_some()
    }

    /// In which role an answer on a study day would count: a drill if one is pending, else
    /// `learn`, `ahead` if it is early, or `review`.
    pub fn phase(&self, day: StudyDay) -> ReviewKind {
        match self.is_new() {
            true => ReviewKind::Learn,
            false => phase_of_learned(self.drill == Some(day), self.early(day).is_some()),
        }
    }

    /// Back to a new card; what is not the schedule stays.
    pub(super) fn forget(&mut self) {
        *self = CardState {
            asked: self.asked,
            suspended: self.suspended,
            buried: self.buried,
            flag: self.flag,
            ..CardState::NEW
        };
    }

    pub(super) fn note_asked(&mut self, kind: ReviewKind, day: StudyDay) {
        let [newest, _] = self.asked;
        if kind != ReviewKind::Cram && newest != Some(day) {
            self.asked = [Some(day), newest];
        }
    }
}

/// In which role a card that is not new is answered.
pub(super) fn phase_of_learned(is_drill: bool, is_early: bool) -> ReviewKind {
    match (is_drill, is_early) {
        (true, _) => ReviewKind::Drill,
        (false, true) => ReviewKind::Ahead,
        (false, false) => ReviewKind::Review,
    }
}

/// Study days since `answered`, or else since the day that due day and interval imply, if they are
/// fewer than the interval.
pub(super) fn days_early(
    answered: Option<StudyDay>,
    due: StudyDay,
    interval: Interval,
    day: StudyDay,
) -> Option<u32> {
    let elapsed = day.since(counted_from(answered, due, interval));
    (elapsed < i64::from(interval.get())).then(|| u32::try_from(elapsed).unwrap_or(0))
}

fn counted_from(answered: Option<StudyDay>, due: StudyDay, interval: Interval) -> StudyDay {
    answered.unwrap_or_else(|| due.plus(-i64::from(interval.get())))
}
