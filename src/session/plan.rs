//! The queue of a study day: which cards, in which order.

use crate::model::{CardId, ReviewKind, StudyDay};
use crate::schedule::{Candidate, DeckRow, NoteRow};
use crate::session::order::{Ranked, lot, spread};
use crate::session::{Answered, Rules, Shelf};
use std::collections::{BinaryHeap, HashMap, HashSet};
use std::ops::ControlFlow;

/// Which cards a session is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// What is due, and new cards.
    #[default]
    Due,
    /// Also what is due within so many days.
    Ahead(u32),
    /// Every card, outside the schedule.
    Cram,
}

/// A card in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// The card.
    pub card: CardId,
    /// Its note.
    pub note: NoteRow,
    /// Its deck.
    pub deck: DeckRow,
    /// In which role it is asked.
    pub kind: ReviewKind,
    /// Whether it was due before the study day.
    pub overdue: bool,
}

impl Entry {
    pub(super) fn new(card: &Candidate, kind: ReviewKind, day: StudyDay) -> Self {
        Entry {
            card: card.card,
            note: card.note,
            deck: card.deck,
            kind,
            overdue: card.state.due.is_some_and(|due| due < day),
        }
    }
}

/// What a session would ask on a study day, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Due and new cards.
    pub main: Vec<Entry>,
    /// Cards whose drill is pending, asked after all others.
    pub drills: Vec<Entry>,
}

impl Plan {
    /// Plans a study day: `decks` are the decks asked for, in deck order, and `answered` the
    /// cards answered on that day already.
    ///
    /// # Errors
    /// If the shelf cannot be read.
    pub fn new<S: Shelf>(
        shelf: &S,
        mode: Mode,
        decks: &[DeckRow],
        rules: &mut Rules,
        answered: &[Answered],
        day: StudyDay,
        seed: u64,
    ) -> Result<Plan, S::Error> {
        // The day takes part in the seed, so that no day repeats another's order.
        let seed =
            seed ^ u64::from(day.number().unsigned_abs()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mut planner =
            Planner { shelf, rules, day, seed, chosen: HashSet::new(), late: Vec::new() };
        if mode == Mode::Cram {
            return Ok(Plan { main: planner.cram()?, drills: Vec::new() });
        }
        let drills = shelf.drills(day)?;
        let drills = drills.iter().map(|card| Entry::new(card, ReviewKind::Drill, day)).collect();
        let due = planner.due(mode)?;
        let new = planner.new_cards(decks)?;
        let of =
            |kind| answered.iter().filter(|a| a.kind == kind && decks.contains(&a.deck)).count();
        let done = (of(ReviewKind::Review), of(ReviewKind::Learn));
        let mut main = spread(due, new, done);
        main.append(&mut planner.late);
        Ok(Plan { main, drills })
    }

    /// How many cards are asked, drills included.
    pub fn len(&self) -> usize {
        self.main.len() + self.drills.len()
    }

    /// Whether nothing is to be asked.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Chooses cards, under the rules.
struct Planner<'a, S> {
    shelf: &'a S,
    rules: &'a mut Rules,
    day: StudyDay,
    seed: u64,
    /// Notes that have a card in the queue.
    chosen: HashSet<NoteRow>,
    /// Due cards asked on the day of a sibling, as far from it as can be: last.
    late: Vec<Entry>,
}

/// What its siblings mean for a due card.
enum Siblings {
    /// None is asked on this day.
    Apart,
    /// One is, and the card can wait.
    Wait,
    /// One is, but one of them has waited for another before: now all are asked.
    Together,
}

impl<S: Shelf> Planner<'_, S> {
    fn due(&mut self, mode: Mode) -> Result<Vec<Entry>, S::Error> {
        let by = match mode {
            Mode::Ahead(days) => self.day.plus(i64::from(days)),
            Mode::Due | Mode::Cram => self.day,
        };
        let cards = self.shelf.due(by, self.day)?;
        // A heap, since of a large backlog only the first few are taken.
        let mut heap: BinaryHeap<Ranked> = cards
            .into_iter()
            .filter(|card| card.state.drill != Some(self.day) && self.is_of_today(card))
            .map(|card| Ranked::new(card, self.day, self.seed))
            .collect();
        let mut due = Vec::new();
        let mut items: HashMap<NoteRow, Vec<(usize, u32)>> = HashMap::new();
        let mut used_up = false;
        while let Some(Ranked { card, .. }) = heap.pop() {
            let kind = card.state.phase(self.day);
            if !used_up && self.rules.reviews_are_used_up() {
                used_up = true;
                // What does not count for the limit may still follow.
                heap.retain(|ranked| !self.counts(ranked.card.state.phase(self.day)));
            }
            if used_up && self.counts(kind) {
                continue;
            }
            let siblings = self.siblings_of(&card)?;
            if matches!(siblings, Siblings::Wait)
                || (self.counts(kind) && !self.rules.take_review(&card))
            {
                continue;
            }
            self.chosen.insert(card.note);
            let entry = Entry::new(&card, kind, self.day);
            match siblings {
                Siblings::Together => self.late.push(entry),
                _ => {
                    if !card.kind.siblings_interfere() {
                        items.entry(card.note).or_default().push((due.len(), card.position));
                    }
                    due.push(entry);
                }
            }
        }
        in_item_order(&mut due, items);
        Ok(due)
    }

    /// A card answered today is not asked ahead of its day, unless it was rescheduled to today.
    fn is_of_today(&self, card: &Candidate) -> bool {
        card.state.is_due(self.day) || card.state.answered != Some(self.day)
    }

    /// Only a `review` counts for the day's limit; under a session's own limit every card does.
    fn counts(&self, kind: ReviewKind) -> bool {
        kind == ReviewKind::Review || self.rules.reviews_are_for_this_session()
    }

    fn siblings_of(&self, card: &Candidate) -> Result<Siblings, S::Error> {
        if !self.rules.keeps_off_siblings(card.deck, card.kind) {
            return Ok(Siblings::Apart);
        }
        let siblings = self.shelf.siblings(card.note)?;
        let others = |card: CardId| siblings.iter().filter(move |other| other.card != card);
        let is_asked = |other: &Candidate| other.state.asked[0] == Some(self.day);
        if !self.chosen.contains(&card.note) && !others(card.card).any(is_asked) {
            return Ok(Siblings::Apart);
        }
        // It waited if another was asked on an earlier day on which it was due already.
        let waited = |card: &Candidate| {
            card.state.due_before(self.day).is_some_and(|due| {
                let days = others(card.card).flat_map(|other| other.state.asked).flatten();
                days.into_iter().any(|asked| due <= asked && asked < self.day)
            })
        };
        let mut askable = siblings.iter().filter(|card| card.state.is_askable(self.day));
        Ok(if askable.any(waited) { Siblings::Together } else { Siblings::Wait })
    }

    fn new_cards(&mut self, decks: &[DeckRow]) -> Result<Vec<Entry>, S::Error> {
        let mut new = Vec::new();
        for &deck in decks {
            if self.rules.new_is_used_up() {
                break;
            }
            let mut failed = None;
            let shelf = self.shelf;
            shelf.each_new(deck, self.day, &mut |card| {
                if self.rules.deck_is_full_of_new(deck) {
                    return ControlFlow::Break(());
                }
                match self.may_be_introduced(&card) {
                    Ok(true) => {
                        self.rules.take_new(&card);
                        self.chosen.insert(card.note);
                        new.push(Entry::new(&card, ReviewKind::Learn, self.day));
                        ControlFlow::Continue(())
                    }
                    Ok(false) => ControlFlow::Continue(()),
                    Err(error) => {
                        failed = Some(error);
                        ControlFlow::Break(())
                    }
                }
            })?;
            if let Some(error) = failed {
                return Err(error);
            }
        }
        Ok(new)
    }

    fn may_be_introduced(&self, card: &Candidate) -> Result<bool, S::Error> {
        if !self.rules.note_may_have_new(card) {
            return Ok(false);
        }
        if !self.rules.keeps_off_siblings(card.deck, card.kind) {
            return Ok(true);
        }
        if self.chosen.contains(&card.note) {
            return Ok(false);
        }
        let siblings = self.shelf.siblings(card.note)?;
        Ok(!siblings.iter().any(|sibling| sibling.state.asked[0] == Some(self.day)))
    }

    fn cram(&mut self) -> Result<Vec<Entry>, S::Error> {
        let mut cards = self.shelf.all()?;
        cards.sort_by_key(|card| lot(card.card, self.seed));
        let mut chosen = Vec::new();
        for card in cards {
            if !self.rules.reviews_are_for_this_session() || self.rules.take_review(&card) {
                chosen.push(Entry::new(&card, ReviewKind::Cram, self.day));
            }
        }
        Ok(chosen)
    }
}

/// Items of one list or set stand in item order, in the places that they hold together.
fn in_item_order(due: &mut [Entry], items: HashMap<NoteRow, Vec<(usize, u32)>>) {
    for mut places in items.into_values().filter(|places| places.len() > 1) {
        let slots: Vec<usize> = places.iter().map(|&(slot, _)| slot).collect();
        places.sort_by_key(|&(_, position)| position);
        let entries: Vec<Entry> = places.iter().map(|&(slot, _)| due[slot]).collect();
        for (slot, entry) in slots.into_iter().zip(entries) {
            due[slot] = entry;
        }
    }
}
