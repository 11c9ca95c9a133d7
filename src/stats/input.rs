//! What statistics are made of.

use crate::model::{CardId, DeckName, Ease, Grade, Instant, Interval, ReviewKind, StudyDay};
use crate::schedule::DeckRow;

/// A card's number among all that are counted: small, for arrays are indexed by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CardNumber(pub u32);

/// Which of the sets of tags in [`Frame::tags`] a card's note has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct TagSet(pub u32);

impl TagSet {
    /// Tags were not looked at.
    pub const UNKNOWN: TagSet = TagSet(u32::MAX);
}

/// One graded answer that was not undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// The card it is about.
    pub card: CardNumber,
    /// The study day it was given on.
    pub day: StudyDay,
    /// When it was given.
    pub at: Instant,
    /// Minutes the local wall clock was ahead of UTC then.
    pub utc_offset: i16,
    /// How well it was remembered.
    pub grade: Grade,
    /// In which role the card was asked.
    pub kind: ReviewKind,
    /// Answer time in milliseconds.
    pub ms: u32,
    /// The interval as scheduled when the card was asked.
    pub interval_before: Interval,
}

impl Answer {
    /// The hour that the local wall clock showed, 0 to 23.
    pub fn hour(&self) -> usize {
        const HOUR: i64 = 3_600_000;
        let local = self.at.millis() + i64::from(self.utc_offset) * 60_000;
        usize::try_from(local.rem_euclid(24 * HOUR) / HOUR).unwrap_or(0)
    }
}

/// A card and its schedule, without its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CardRow {
    /// Its number.
    pub number: CardNumber,
    /// The card.
    pub card: CardId,
    /// Its deck.
    pub deck: DeckRow,
    /// The tags of its note.
    pub tags: TagSet,
    /// The day it is due; `None` if it is new.
    pub due: Option<StudyDay>,
    /// SM-2's I.
    pub interval: Interval,
    /// SM-2's E-Factor.
    pub ease: Ease,
    /// Reviews failed since its last reset.
    pub lapses: u32,
    /// Asked no more until it is resumed.
    pub suspended: bool,
    /// Whether it has gone from its deck file.
    pub retired: bool,
}

/// What is counted, and as of when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Today's study day.
    pub today: StudyDay,
    /// What is told of the history: days, and all that answers tell but the streak.
    pub range: DayRange,
    /// The decks whose cards and answers are counted.
    pub decks: Vec<DeckFrame>,
    /// The sets of tags that notes have.
    pub tags: Vec<Vec<String>>,
}

/// A deck that is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckFrame {
    /// Its number in the database.
    pub row: DeckRow,
    /// Its name.
    pub name: DeckName,
    /// Lapses at which a card of it is a leech; 0 is never.
    pub leech_threshold: u32,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hour_is_that_of_the_wall_clock_where_it_was_answered() {
        let at = |millis, utc_offset| Answer {
            card: CardNumber(0),
            day: StudyDay::from_number(0),
            at: Instant::from_millis(millis),
            utc_offset,
            grade: Grade::ALL[0],
            kind: ReviewKind::Review,
            ms: 0,
            interval_before: Interval::days(1),
        };
        let hours = [(0, 0), (0, 840), (0, -660), (-1, 0), (3_599_999, 330), (3_600_000, -61)];
        assert_eq!(hours.map(|(at_ms, offset)| at(at_ms, offset).hour()), [0, 14, 13, 23, 6, 23]);
    }
}
