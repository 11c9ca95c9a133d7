//! A card as a queue sees it.

use crate::model::{CardId, Interval, Kind, ReviewKind, StudyDay};
use crate::schedule::CardState;
use crate::schedule::state::{days_early, phase_of_learned};

/// The number of a deck in its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeckRow(pub i64);

/// The number of a note in its database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteRow(pub i64);

/// A card with a due day, as much of it as its place in a queue depends on: of a large collection
/// many are read, and few of them asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueCard {
    /// The card.
    pub card: CardId,
    /// Its note.
    pub note: NoteRow,
    /// Its deck.
    pub deck: DeckRow,
    /// The kind of its note.
    pub kind: Kind,
    /// Where it stands in its note, from 0.
    pub position: u32,
    /// The day it is due.
    pub due: StudyDay,
    /// SM-2's I.
    pub interval: Interval,
    /// The day of its last scheduling answer.
    pub answered: Option<StudyDay>,
    /// The day whose drill is still to be passed.
    pub drill: Option<StudyDay>,
}

impl DueCard {
    /// Whether an answer on a study day would be early: [`CardState::early`].
    pub fn is_early(&self, day: StudyDay) -> bool {
        days_early(self.answered, self.due, self.interval, day).is_some()
    }

    /// In which role an answer on a study day would count: [`CardState::phase`].
    pub fn phase(&self, day: StudyDay) -> ReviewKind {
        phase_of_learned(self.drill == Some(day), self.is_early(day))
    }
}

/// A card that may be asked: all that its place in a queue depends on, and none of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The card.
    pub card: CardId,
    /// Its note; cards of one note are siblings.
    pub note: NoteRow,
    /// Its deck.
    pub deck: DeckRow,
    /// The kind of its note.
    pub kind: Kind,
    /// Where it stands in its note, from 0.
    pub position: u32,
    /// Its schedule.
    pub state: CardState,
}

#[cfg(any(test, fuzzing))]
impl Candidate {
    /// What a queue sees of it; `None` of a new card.
    pub(crate) fn with_due_day(&self) -> Option<DueCard> {
        Some(DueCard {
            card: self.card,
            note: self.note,
            deck: self.deck,
            kind: self.kind,
            position: self.position,
            due: self.state.due?,
            interval: self.state.interval,
            answered: self.state.answered,
            drill: self.state.drill,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Guid;
    use proptest::prelude::*;

    fn days() -> impl Strategy<Value = Option<StudyDay>> {
        proptest::option::of((0..9).prop_map(StudyDay::from_number))
    }

    proptest! {
        #[test]
        fn a_due_card_counts_as_its_state_says(
            due in 0..9, interval in 0u64..9, answered in days(), drill in days(), today in 0..9,
        ) {
            let state = CardState {
                due: Some(StudyDay::from_number(due)),
                interval: Interval::days(interval),
                answered,
                drill,
                ..CardState::NEW
            };
            let candidate = Candidate {
                card: CardId::of(Guid::of("d", &["q"], 0), "forward"),
                note: NoteRow(1),
                deck: DeckRow(1),
                kind: Kind::Basic,
                position: 0,
                state,
            };
            let today = StudyDay::from_number(today);
            let card = candidate.with_due_day().unwrap();
            prop_assert_eq!(card.phase(today), state.phase(today));
            prop_assert_eq!(card.is_early(today), state.early(today).is_some());
        }
    }
}
