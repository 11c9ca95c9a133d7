//! What the cards tell: states, forecast, intervals, eases, the hardest.

use crate::model::{CardId, Ease, Interval, StudyDay};
use crate::stats::hard::is_leech;
use crate::stats::numbers::{CardCounts, DueOn, EaseCount, IntervalCount};
use crate::stats::{Advice, CardRow, DeckFrame, HardCard};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Days of the forecast.
const FORECAST_DAYS: usize = 30;

/// How many of the hardest cards are told.
const HARDEST: usize = 10;

/// The cards of one deck, or of one tag.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct GroupTally {
    pub(super) counts: CardCounts,
    pub(super) due: u64,
}

impl GroupTally {
    fn add(&mut self, card: &CardRow, is_due: bool) {
        self.counts.count(card);
        self.due += u64::from(is_due);
    }

    pub(super) fn and(self, other: GroupTally) -> GroupTally {
        let counts = self.counts.and(other.counts);
        GroupTally { counts, due: self.due + other.due }
    }
}

/// A hard card; the hardest is the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hard {
    lapses: Reverse<u32>,
    ease: Ease,
    card: CardId,
    deck: usize,
    interval: Interval,
    suspended: bool,
}

/// The cards counted so far.
#[derive(Debug)]
pub(super) struct MaterialTally {
    today: StudyDay,
    forecast: [u64; FORECAST_DAYS],
    intervals: BTreeMap<Interval, u64>,
    eases: BTreeMap<Ease, u64>,
    /// Never more than [`HARDEST`].
    hardest: BTreeSet<Hard>,
    leeches: BTreeSet<Hard>,
    decks: Vec<GroupTally>,
    tag_sets: Vec<GroupTally>,
}

impl MaterialTally {
    pub(super) fn new(today: StudyDay, decks: usize, tag_sets: usize) -> Self {
        let (intervals, eases, hardest, leeches) = Default::default();
        let groups = |count| vec![GroupTally::default(); count];
        MaterialTally {
            today,
            forecast: [0; FORECAST_DAYS],
            intervals,
            eases,
            hardest,
            leeches,
            decks: groups(decks),
            tag_sets: groups(tag_sets),
        }
    }

    /// Counts a card of the deck and the set of tags in these places.
    pub(super) fn add(
        &mut self,
        card: &CardRow,
        (deck, leech_threshold): (usize, u32),
        tag_set: usize,
    ) {
        let asked = card.due.filter(|_| !card.retired && !card.suspended);
        let is_due = asked.is_some_and(|due| due <= self.today);
        let groups = [self.decks.get_mut(deck), self.tag_sets.get_mut(tag_set)];
        groups.into_iter().flatten().for_each(|group| group.add(card, is_due));
        if card.due.is_none() || card.retired {
            return;
        }
        *self.intervals.entry(card.interval).or_default() += 1;
        *self.eases.entry(card.ease).or_default() += 1;
        let hard = Hard {
            lapses: Reverse(card.lapses),
            ease: card.ease,
            card: card.card,
            deck,
            interval: card.interval,
            suspended: card.suspended,
        };
        if card.lapses > 0 || card.ease < Ease::INITIAL {
            self.hardest.insert(hard);
            if self.hardest.len() > HARDEST {
                self.hardest.pop_last();
            }
        }
        if is_leech(card.lapses, leech_threshold) {
            self.leeches.insert(hard);
        }
        if let Some(due) = asked {
            let ahead = usize::try_from(due.since(self.today)).unwrap_or(0);
            if let Some(count) = self.forecast.get_mut(ahead) {
                *count += 1;
            }
        }
    }

    /// Cards by state, of all decks.
    pub(super) fn counts(&self) -> CardCounts {
        self.decks.iter().fold(GroupTally::default(), |sum, deck| sum.and(*deck)).counts
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
    pub(super) fn hardest(&self, decks: &[DeckFrame]) -> Vec<HardCard> {
        hard_cards(&self.hardest, decks)
    }

    /// The cards that have the lapses of a leech, hardest first.
    pub(super) fn leeches(&self, decks: &[DeckFrame]) -> Vec<HardCard> {
        hard_cards(&self.leeches, decks)
    }

    /// The cards of the deck in a place.
    pub(super) fn of_deck(&self, deck: usize) -> GroupTally {
        self.decks.get(deck).copied().unwrap_or_default()
    }

    /// The cards of the sets of tags in these places together.
    pub(super) fn of_tag_sets(&self, tag_sets: &[usize]) -> GroupTally {
        let groups = tag_sets.iter().filter_map(|&set| self.tag_sets.get(set));
        groups.fold(GroupTally::default(), |sum, group| sum.and(*group))
    }
}

fn hard_cards(cards: &BTreeSet<Hard>, decks: &[DeckFrame]) -> Vec<HardCard> {
    let told = cards.iter().filter_map(|hard| {
        let deck = decks.get(hard.deck)?;
        let Reverse(lapses) = hard.lapses;
        Some(HardCard {
            card: hard.card,
            deck: deck.name.clone(),
            lapses,
            ease: hard.ease,
            question: String::new(),
            interval: hard.interval,
            suspended: hard.suspended,
            advice: Advice::of(lapses, deck.leech_threshold, hard.ease, hard.suspended),
        })
    });
    told.collect()
}
