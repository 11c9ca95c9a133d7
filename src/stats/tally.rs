//! The count of everything, an answer and a card at a time.

use crate::model::{DeckName, StudyDay};
use crate::schedule::DeckRow;
use crate::stats::history::HistoryTally;
use crate::stats::material::MaterialTally;
use crate::stats::numbers::{DeckStatistics, HardCard, Statistics};
use crate::stats::{Answer, CardRow, DayRange, Share};
use std::collections::HashMap;

/// A running count. Takes answers and cards one by one and holds none of the answers, so that a
/// history of any length can be read through it.
#[derive(Debug)]
pub struct Tally {
    today: StudyDay,
    decks: HashMap<DeckRow, DeckName>,
    history: HistoryTally,
    material: MaterialTally,
}

impl Tally {
    /// A count of these decks' cards and answers as of today; those of other decks are passed
    /// over. The range restricts what is told of the history: retention, days and grades. The
    /// streak, and what depends on the cards alone, are of all days.
    pub fn new(today: StudyDay, range: DayRange, decks: HashMap<DeckRow, DeckName>) -> Self {
        let history = HistoryTally::new(today, range);
        let material = MaterialTally::new(today);
        Tally { today, decks, history, material }
    }

    /// Counts an answer that was not undone. Answers come in fold order.
    pub fn answer(&mut self, answer: &Answer) {
        if self.decks.contains_key(&answer.deck) {
            self.history.add(answer);
        }
    }

    /// Counts a card.
    pub fn card(&mut self, card: &CardRow) {
        if self.decks.contains_key(&card.deck) {
            self.material.add(card);
        }
    }

    /// The numbers.
    pub fn statistics(self) -> Statistics {
        let Tally { today, decks, history, material } = self;
        let hardest = material.hardest().filter_map(|hard| {
            let deck = decks.get(&hard.deck)?.clone();
            Some(HardCard { card: hard.card, deck, lapses: hard.lapses, ease: hard.ease })
        });
        let hardest = hardest.collect();
        let mut by_deck: Vec<DeckStatistics> = decks
            .into_iter()
            .map(|(row, deck)| {
                let cards = material.of_deck(row);
                let (passed, total) = history.of_deck(row);
                DeckStatistics {
                    deck,
                    total: cards.counts.total,
                    new: cards.counts.new,
                    young: cards.counts.young,
                    mature: cards.counts.mature,
                    due: cards.due,
                    retention: Share::of(passed, total),
                }
            })
            .collect();
        by_deck.sort_by(|a, b| a.deck.cmp(&b.deck));
        Statistics {
            day: today,
            cards: material.counts(),
            retention: history.retention(),
            forecast: material.forecast(),
            streak: history.streak(),
            days: history.days(),
            grades: history.grades(),
            intervals: material.intervals(),
            eases: material.eases(),
            hardest,
            decks: by_deck,
        }
    }
}

/// The numbers of these decks as of today; see [`Tally`], which a caller uses whose answers or
/// cards may fail to be read.
pub fn statistics(
    today: StudyDay,
    range: DayRange,
    decks: HashMap<DeckRow, DeckName>,
    answers: impl IntoIterator<Item = Answer>,
    cards: impl IntoIterator<Item = CardRow>,
) -> Statistics {
    let mut tally = Tally::new(today, range, decks);
    answers.into_iter().for_each(|answer| tally.answer(&answer));
    cards.into_iter().for_each(|card| tally.card(&card));
    tally.statistics()
}
