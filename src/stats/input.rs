//! What statistics are made of.

use crate::model::{CardId, Instant, Review, StudyDay};
use crate::schedule::{CardState, DeckRow};

/// One graded answer that was not undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The card it is about.
    pub card: CardId,
    /// The deck that card is in now.
    pub deck: DeckRow,
    /// The study day it was given on.
    pub day: StudyDay,
    /// When it was given.
    pub at: Instant,
    /// The answer.
    pub review: Review,
}

/// A card and its schedule, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardRow {
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckRow,
    /// Its schedule.
    pub state: CardState,
    /// Whether it has gone from its deck file.
    pub retired: bool,
}

/// A range of study days, both ends within; an end that is `None` is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayRange {
    /// The first day.
    pub since: Option<StudyDay>,
    /// The last day.
    pub until: Option<StudyDay>,
}

impl DayRange {
    /// Every day.
    pub const ALL: DayRange = DayRange { since: None, until: None };

    /// Whether the day is in the range.
    pub fn contains(self, day: StudyDay) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }
}
