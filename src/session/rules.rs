//! Limits of a study day, and what a deck's options say.

use crate::model::{DeckName, DeckOptions, EventId, Instant, Kind, ReviewKind};
use crate::schedule::{Candidate, DeckRow, NoteRow};
use std::collections::HashMap;

/// New items of one list or set on a study day, at most.
const NEW_ITEMS_PER_DAY: usize = 4;

/// The settings that hold for every deck that says nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// New cards a study day in the whole collection.
    pub new_per_day: u32,
    /// Due cards a study day in the whole collection.
    pub reviews_per_day: u32,
    /// Whether siblings keep off each other's study days.
    pub bury_siblings: bool,
    /// Lapses at which a card is a leech; 0 is never.
    pub leech_threshold: u32,
}

/// What was asked for this session alone, whatever the day's count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Allowances {
    /// New cards, at most.
    pub new: Option<u32>,
    /// Other cards, at most.
    pub reviews: Option<u32>,
}

/// A card that was answered on the study day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answered {
    /// Its note.
    pub note: NoteRow,
    /// Its deck.
    pub deck: DeckRow,
    /// In which role. A `Learn` or a `Review` counts for the day's limits.
    pub kind: ReviewKind,
    /// Where its last answer in that role stands in the fold.
    pub last: (Instant, EventId),
}

/// How many more cards may be chosen, and what else each deck rules.
#[derive(Debug, Clone)]
pub struct Rules {
    new: Caps,
    reviews: Caps,
    decks: HashMap<DeckRow, DeckRule>,
    defaults: DeckRule,
    new_of_note: HashMap<NoteRow, usize>,
    session: Allowances,
}

#[derive(Debug, Clone, Copy)]
struct DeckRule {
    bury_siblings: bool,
    leech_threshold: u32,
}

/// Places left in each cap, and the caps that hold for each deck.
#[derive(Debug, Clone, Default)]
struct Caps {
    left: Vec<u32>,
    of: HashMap<DeckRow, Vec<usize>>,
    /// The caps that hold for a deck that is not in `of`.
    everywhere: Vec<usize>,
}

impl Rules {
    /// The rules for a study day on which these cards were answered already.
    pub fn new(
        limits: Limits,
        decks: &[(DeckRow, DeckName, DeckOptions)],
        session: Allowances,
        answered: &[Answered],
    ) -> Self {
        let caps = |all: u32, of: fn(&DeckOptions) -> Option<u32>, kind, only: Option<u32>| {
            let mut caps = match only {
                Some(only) => return Caps::over_all(only),
                None => Caps::over_all(all),
            };
            for (_, above, options) in decks {
                if let Some(cap) = of(options) {
                    caps.add(cap, decks.iter().filter(|(_, name, _)| name.is_within(above)));
                }
            }
            for answer in answered.iter().filter(|answer| answer.kind == kind) {
                caps.take(answer.deck);
            }
            caps
        };
        let defaults = DeckRule {
            bury_siblings: limits.bury_siblings,
            leech_threshold: limits.leech_threshold,
        };
        let mut new_of_note = HashMap::new();
        for answer in answered.iter().filter(|answer| answer.kind == ReviewKind::Learn) {
            *new_of_note.entry(answer.note).or_insert(0) += 1;
        }
        Rules {
            new: caps(limits.new_per_day, |o| o.new_per_day, ReviewKind::Learn, session.new),
            reviews: caps(
                limits.reviews_per_day,
                |o| o.reviews_per_day,
                ReviewKind::Review,
                session.reviews,
            ),
            decks: deck_rules(defaults, decks),
            defaults,
            new_of_note,
            session,
        }
    }

    /// Whether no further new card can be chosen anywhere.
    pub(super) fn new_is_used_up(&self) -> bool {
        self.new.left.first() == Some(&0)
    }

    /// Whether no further due card can be chosen anywhere.
    pub(super) fn reviews_are_used_up(&self) -> bool {
        self.reviews.left.first() == Some(&0)
    }

    /// Whether a limit keeps due cards out: that of the collection or of one of its decks.
    pub fn reviews_are_short(&self) -> bool {
        self.reviews.left.contains(&0)
    }

    /// Places for due cards of a deck.
    pub(super) fn room_for_reviews(&self, deck: DeckRow) -> u64 {
        self.reviews.room(deck)
    }

    /// Takes places for as many of these due cards of a deck as there are; how many that is.
    pub(super) fn take_reviews(&mut self, deck: DeckRow, count: u64) -> u64 {
        self.reviews.take_up_to(deck, count)
    }

    /// Whether the limit of due cards is this session's own.
    pub(super) fn reviews_are_for_this_session(&self) -> bool {
        self.session.reviews.is_some()
    }

    /// Whether the caps of its deck leave no place for a new card.
    pub(super) fn deck_is_full_of_new(&self, deck: DeckRow) -> bool {
        !self.new.have_room(deck)
    }

    /// Whether its note may have one more new card today: four items of a list or set.
    pub(super) fn note_may_have_new(&self, card: &Candidate) -> bool {
        let learned = self.new_of_note.get(&card.note).copied().unwrap_or(0);
        card.kind.siblings_interfere() || learned < NEW_ITEMS_PER_DAY
    }

    /// Takes a place for a new card, if there is one.
    pub(super) fn take_new(&mut self, card: &Candidate) -> bool {
        let room = self.new.have_room(card.deck);
        if room {
            self.new.take(card.deck);
            *self.new_of_note.entry(card.note).or_insert(0) += 1;
        }
        room
    }

    /// Takes a place for a due card of a deck, if there is one.
    pub(super) fn take_review(&mut self, deck: DeckRow) -> bool {
        let room = self.reviews.have_room(deck);
        if room {
            self.reviews.take(deck);
        }
        room
    }

    /// Whether the card keeps off the study days of its siblings.
    pub(super) fn keeps_off_siblings(&self, deck: DeckRow, kind: Kind) -> bool {
        kind.siblings_interfere() && self.of(deck).bury_siblings
    }

    /// Lapses at which a card of the deck is a leech; 0 is never.
    pub fn leech_threshold(&self, deck: DeckRow) -> u32 {
        self.of(deck).leech_threshold
    }

    /// Whether the lapse that made it this many makes the card a leech: at the threshold, and at
    /// every half of it after.
    pub(super) fn is_leech_at(&self, deck: DeckRow, lapses: u32) -> bool {
        let threshold = self.of(deck).leech_threshold;
        let half = threshold.div_ceil(2).max(1);
        threshold > 0 && lapses >= threshold && (lapses - threshold).is_multiple_of(half)
    }

    fn of(&self, deck: DeckRow) -> DeckRule {
        self.decks.get(&deck).copied().unwrap_or(self.defaults)
    }
}

/// What each deck's own options say, else those of the nearest deck above it that speaks of it.
/// Decks for which nothing but the defaults holds are left out.
fn deck_rules(
    defaults: DeckRule,
    decks: &[(DeckRow, DeckName, DeckOptions)],
) -> HashMap<DeckRow, DeckRule> {
    let speaks = |options: &DeckOptions| {
        options.bury_siblings.is_some() || options.leech_threshold.is_some()
    };
    let mut speaking: Vec<_> = decks.iter().filter(|(_, _, options)| speaks(options)).collect();
    // Those above come before those below.
    speaking.sort_by_key(|(_, name, _)| name.as_str().len());
    let mut rules = HashMap::new();
    for (_, above, options) in speaking {
        for (row, _, _) in decks.iter().filter(|(_, name, _)| name.is_within(above)) {
            let rule = rules.entry(*row).or_insert(defaults);
            rule.bury_siblings = options.bury_siblings.unwrap_or(rule.bury_siblings);
            rule.leech_threshold = options.leech_threshold.unwrap_or(rule.leech_threshold);
        }
    }
    rules
}

impl Caps {
    fn over_all(left: u32) -> Self {
        Caps { left: vec![left], of: HashMap::new(), everywhere: vec![0] }
    }

    fn add<'a>(
        &mut self,
        left: u32,
        decks: impl Iterator<Item = &'a (DeckRow, DeckName, DeckOptions)>,
    ) {
        let cap = self.left.len();
        self.left.push(left);
        for (row, _, _) in decks {
            self.of.entry(*row).or_insert_with(|| self.everywhere.clone()).push(cap);
        }
    }

    fn holding(&self, deck: DeckRow) -> &[usize] {
        self.of.get(&deck).unwrap_or(&self.everywhere)
    }

    fn have_room(&self, deck: DeckRow) -> bool {
        self.holding(deck).iter().all(|&cap| self.left[cap] > 0)
    }

    fn take(&mut self, deck: DeckRow) {
        for cap in self.holding(deck).to_vec() {
            self.left[cap] = self.left[cap].saturating_sub(1);
        }
    }

    fn room(&self, deck: DeckRow) -> u64 {
        let left = self.holding(deck).iter().map(|&cap| u64::from(self.left[cap]));
        left.min().unwrap_or(u64::MAX)
    }

    fn take_up_to(&mut self, deck: DeckRow, count: u64) -> u64 {
        let taken = u32::try_from(count.min(self.room(deck))).unwrap_or(u32::MAX);
        for cap in self.holding(deck).to_vec() {
            self.left[cap] -= taken;
        }
        taken.into()
    }
}
