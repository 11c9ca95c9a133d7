//! What the cards tell: states, forecast, intervals, eases, the hardest.

use crate::model::{CardId, Ease, Interval, StudyDay};
use crate::schedule::DeckRow;
use crate::stats::CardRow;
use crate::stats::numbers::{CardCounts, DueOn, EaseCount, IntervalCount};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Days of the forecast.
const FORECAST_DAYS: usize = 30;

/// How many of the hardest cards are told.
const HARDEST: usize = 10;

/// The cards of one deck.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DeckTally {
    pub(super) counts: CardCounts,
    pub(super) due: u64,
}

/// A card among the hardest, before its deck has a name.
#[derive(Debug)]
pub(super) struct Hard {
    pub(super) card: CardId,
    pub(super) deck: DeckRow,
    pub(super) lapses: u32,
    pub(super) ease: Ease,
}

/// The cards counted so far.
#[derive(Debug)]
pub(super) struct MaterialTally {
    today: StudyDay,
    forecast: [u64; FORECAST_DAYS],
    intervals: BTreeMap<Interval, u64>,
    eases: BTreeMap<Ease, u64>,
    /// Hardest first, never more than [`HARDEST`].
    hardest: BTreeSet<(Reverse<u32>, Ease, CardId, DeckRow)>,
    decks: HashMap<DeckRow, DeckTally>,
}

impl MaterialTally {
    pub(super) fn new(today: StudyDay) -> Self {
        let (intervals, eases, hardest, decks) = Default::default();
        MaterialTally { today, forecast: [0; FORECAST_DAYS], intervals, eases, hardest, decks }
    }

    pub(super) fn add(&mut self, card: &CardRow) {
        let state = &card.state;
        let deck = self.decks.entry(card.deck).or_default();
        deck.counts.count(card);
        let Some(due) = state.due.filter(|_| !card.retired) else { return };
        *self.intervals.entry(state.interval).or_default() += 1;
        *self.eases.entry(state.ease()).or_default() += 1;
        if state.lapses > 0 || state.ease() < Ease::INITIAL {
            self.hardest.insert((Reverse(state.lapses), state.ease(), card.card, card.deck));
            if self.hardest.len() > HARDEST {
                self.hardest.pop_last();
            }
        }
        if !state.suspended {
            deck.due += u64::from(due <= self.today);
            let ahead = usize::try_from(due.since(self.today)).unwrap_or(0);
            if let Some(count) = self.forecast.get_mut(ahead) {
                *count += 1;
            }
        }
    }

    /// Cards by state, of all decks.
    pub(super) fn counts(&self) -> CardCounts {
        self.decks.values().fold(CardCounts::default(), |sum, deck| CardCounts {
            total: sum.total + deck.counts.total,
            new: sum.new + deck.counts.new,
            young: sum.young + deck.counts.young,
            mature: sum.mature + deck.counts.mature,
            suspended: sum.suspended + deck.counts.suspended,
            retired: sum.retired + deck.counts.retired,
        })
    }

    /// The cards that come due, from today on.
    pub(super) fn forecast(&self) -> Vec<DueOn> {
        let days = (0..).map(|ahead| self.today.plus(ahead));
        days.zip(self.forecast).map(|(day, due)| DueOn { day, due }).collect()
    }

    /// Cards by interval, shortest first.
    pub(super) fn intervals(&self) -> Vec<IntervalCount> {
        let counts = self.intervals.iter();
        counts.map(|(&interval, &cards)| IntervalCount { interval, cards }).collect()
    }

    /// Cards by ease, lowest first.
    pub(super) fn eases(&self) -> Vec<EaseCount> {
        self.eases.iter().map(|(&ease, &cards)| EaseCount { ease, cards }).collect()
    }

    /// The hardest cards, hardest first: those that lapsed or lost ease, no others.
    pub(super) fn hardest(&self) -> impl Iterator<Item = Hard> {
        self.hardest.iter().map(|&(Reverse(lapses), ease, card, deck)| Hard {
            card,
            deck,
            lapses,
            ease,
        })
    }

    /// The cards of one deck.
    pub(super) fn of_deck(&self, deck: DeckRow) -> DeckTally {
        self.decks.get(&deck).copied().unwrap_or_default()
    }
}
