//! The count of everything, a card and an answer at a time.

use crate::schedule::DeckRow;
use crate::stats::history::{HistoryTally, Reviewed};
use crate::stats::material::MaterialTally;
use crate::stats::numbers::{DeckStatistics, Statistics, TagStatistics};
use crate::stats::{Answer, CardNumber, CardRow, Frame};
use std::collections::{BTreeMap, HashMap};

/// A running count. Takes the cards and then their answers one by one and holds none of them, so
/// that a history of any length can be read through it.
#[derive(Debug)]
pub struct Tally {
    frame: Frame,
    /// The place of each deck in the frame.
    decks: HashMap<DeckRow, u32>,
    /// What each card counts for, by its number. All that an answer looks up is here together.
    cards: Vec<Option<Place>>,
    history: HistoryTally,
    material: MaterialTally,
}

/// Where a card's deck and set of tags stand in the frame, and how far its history is counted.
#[derive(Debug, Clone, Copy)]
struct Place {
    deck: u32,
    tag_set: u32,
    reviewed: Reviewed,
}

impl Tally {
    /// A count within a frame. Its range restricts what is told of the history; the streak, and
    /// what depends on the cards alone, are of all days.
    pub fn new(frame: Frame) -> Self {
        let (decks, tag_sets) = (frame.decks.len(), frame.tags.len());
        let places = frame.decks.iter().zip(0..).map(|(deck, place)| (deck.row, place));
        Tally {
            decks: places.collect(),
            cards: Vec::new(),
            history: HistoryTally::new(frame.today, frame.range, decks, tag_sets),
            material: MaterialTally::new(frame.today, decks, tag_sets),
            frame,
        }
    }

    /// Counts a card, unless it is of a deck that the frame has not. Cards come before their
    /// answers, each with a number of its own.
    pub fn card(&mut self, card: &CardRow) {
        let Some(&deck) = self.decks.get(&card.deck) else { return };
        let (at, tag_set) = (deck as usize, card.tags.0);
        let threshold = self.frame.decks.get(at).map_or(0, |deck| deck.leech_threshold);
        self.material.add(card, (at, threshold), tag_set as usize);
        let CardNumber(number) = card.number;
        let number = number as usize;
        if self.cards.len() <= number {
            self.cards.resize(number + 1, None);
        }
        self.cards[number] = Some(Place { deck, tag_set, reviewed: Reviewed::NEVER });
    }

    /// Counts an answer that was not undone, unless it is of a card that was not counted. Answers
    /// come in fold order.
    pub fn answer(&mut self, answer: &Answer) {
        if let Some(Some(card)) = self.cards.get_mut(answer.card.0 as usize) {
            let places = (card.deck as usize, card.tag_set as usize);
            self.history.add(answer, &mut card.reviewed, places);
        }
    }

    /// The numbers. Hard cards have no text yet.
    pub fn statistics(self) -> Statistics {
        let Tally { frame, history, material, .. } = self;
        Statistics {
            day: frame.today,
            cards: material.counts(),
            retention: history.retention(),
            forecast: material.forecast(),
            streak: history.streak(),
            days: history.days(),
            grades: history.grades(),
            intervals: material.intervals(),
            hardest: material.hardest(&frame.decks),
            decks: decks(&frame, &history, &material),
            retention_by_interval: history.by_interval(),
            hours: history.hours(),
            weekdays: history.weekdays(),
            grades_by_kind: history.grades_by_kind(),
            eases: material.eases(),
            leeches: material.leeches(&frame.decks),
            tags: tags(&frame, &history, &material),
            drift: history.drift(),
        }
    }
}

fn decks(frame: &Frame, history: &HistoryTally, material: &MaterialTally) -> Vec<DeckStatistics> {
    let told = frame.decks.iter().enumerate().map(|(place, deck)| {
        let cards = material.of_deck(place);
        DeckStatistics {
            deck: deck.name.clone(),
            total: cards.counts.total,
            new: cards.counts.new,
            young: cards.counts.young,
            mature: cards.counts.mature,
            due: cards.due,
            retention: history.of_deck(place),
        }
    });
    let mut told: Vec<DeckStatistics> = told.collect();
    told.sort_by(|a, b| a.deck.cmp(&b.deck));
    told
}

/// The tags that counted cards have.
fn tags(frame: &Frame, history: &HistoryTally, material: &MaterialTally) -> Vec<TagStatistics> {
    let mut sets: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (set, tags) in frame.tags.iter().enumerate() {
        for tag in tags {
            let sets = sets.entry(tag.to_lowercase()).or_default();
            // A note may have a tag twice, in two spellings.
            if sets.last() != Some(&set) {
                sets.push(set);
            }
        }
    }
    let told = sets.into_iter().map(|(tag, sets)| {
        let cards = material.of_tag_sets(&sets);
        let told = TagStatistics {
            tag,
            total: cards.counts.total,
            new: cards.counts.new,
            young: cards.counts.young,
            mature: cards.counts.mature,
            due: cards.due,
            retention: history.of_tag_sets(&sets),
        };
        (told, cards.counts.total + cards.counts.retired)
    });
    told.filter(|(_, cards)| *cards > 0).map(|(told, _)| told).collect()
}

/// The numbers of cards and their answers; see [`Tally`], which a caller uses whose answers or
/// cards may fail to be read.
pub fn statistics(
    frame: Frame,
    answers: impl IntoIterator<Item = Answer>,
    cards: impl IntoIterator<Item = CardRow>,
) -> Statistics {
    let mut tally = Tally::new(frame);
    cards.into_iter().for_each(|card| tally.card(&card));
    answers.into_iter().for_each(|answer| tally.answer(&answer));
    tally.statistics()
}
