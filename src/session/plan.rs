//! The queue of a study day: which cards, in which order.

use crate::model::{CardId, Kind, ReviewKind, StudyDay};
use crate::schedule::{Candidate, DeckRow, DueCard, NoteRow};
use crate::session::order::{Ranked, Today, lot, spread};
use crate::session::{Answered, Rules, Shelf};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};
use std::ops::ControlFlow;

/// How many due cards are looked at closely before it is known whether they are enough.
const FEW: usize = 512;

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
    /// Where it stands among the items of its list or set.
    pub item: Option<u32>,
}

impl Entry {
    pub(super) fn new(card: &Candidate, kind: ReviewKind, day: StudyDay) -> Self {
        Entry {
            card: card.card,
            note: card.note,
            deck: card.deck,
            kind,
            overdue: card.state.due.is_some_and(|due| due < day),
            item: item(card.kind, card.position),
        }
    }

    fn of_due(card: &DueCard, kind: ReviewKind, day: StudyDay) -> Self {
        Entry {
            card: card.card,
            note: card.note,
            deck: card.deck,
            kind,
            overdue: card.due < day,
            item: item(card.kind, card.position),
        }
    }
}

/// Where a card stands among the items of its list or set.
fn item(kind: Kind, position: u32) -> Option<u32> {
    (!kind.siblings_interfere()).then_some(position)
}

/// What a session would ask on a study day, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Due and new cards.
    pub main: Vec<Entry>,
    /// Cards whose drill is pending, asked after all others.
    pub drills: Vec<Entry>,
    /// The note that was asked last on the study day, if it was asked already.
    pub last: Option<NoteRow>,
    /// What is due by the study day, whether there is room for it or not.
    pub due: DueCards,
}

/// Cards that are due by a study day, of those that were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DueCards {
    /// How many, by deck.
    pub by_deck: BTreeMap<DeckRow, u64>,
    /// How many of all were due before that day.
    pub overdue: u64,
}

impl DueCards {
    fn count(&mut self, card: &DueCard, day: StudyDay) {
        *self.by_deck.entry(card.deck).or_insert(0) += 1;
        self.overdue += u64::from(card.due < day);
    }
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
        let asked = answered.iter().map(|card| card.note).collect();
        let today = Today::new(day, seed);
        let (due_today, due_cards, late) = Default::default();
        let mut planner = Planner { shelf, rules, day, today, asked, due_today, due_cards, late };
        if mode == Mode::Cram {
            return Ok(Plan { main: planner.cram()?, ..Plan::default() });
        }
        let drills = shelf.drills(day)?;
        let drills = drills.iter().map(|card| Entry::new(card, ReviewKind::Drill, day)).collect();
        let due = planner.due(mode)?;
        let new = planner.new_cards(decks)?;
        let of = |kinds: &[ReviewKind]| {
            answered.iter().filter(|a| kinds.contains(&a.kind) && decks.contains(&a.deck)).count()
        };
        let old: &[ReviewKind] = match mode {
            Mode::Ahead(_) => &[ReviewKind::Review, ReviewKind::Ahead],
            Mode::Due | Mode::Cram => &[ReviewKind::Review],
        };
        let mut main = spread(due, new, (of(old), of(&[ReviewKind::Learn])));
        in_item_order(&mut main);
        main.append(&mut planner.late);
        let last = answered.iter().max_by_key(|card| card.last).map(|card| card.note);
        Ok(Plan { main, drills, last, due: planner.due_cards })
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
    today: Today,
    /// Notes that had a card asked on this day, or have one in the queue.
    asked: HashSet<NoteRow>,
    /// Notes that have a card due on this day, whether there is room for it or not.
    /// In order.
    due_today: Vec<NoteRow>,
    due_cards: DueCards,
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
    /// Chooses due cards. Of a backlog the first few are enough; only where they do not fill the
    /// day's limit more are looked at.
    fn due(&mut self, mode: Mode) -> Result<Vec<Entry>, S::Error> {
        let mut enough = FEW;
        loop {
            let before = (self.rules.clone(), self.asked.clone());
            let (cards, are_all) = self.most_overdue(mode, enough)?;
            let due = self.choose(cards)?;
            if are_all || self.rules.reviews_are_used_up() {
                return Ok(due);
            }
            (*self.rules, self.asked) = before;
            self.late.clear();
            enough *= 32;
        }
    }

    /// The so many most overdue cards, first first, and whether there are no others. A card that
    /// is asked early counts for no limit, and is always among them.
    fn most_overdue(
        &mut self,
        mode: Mode,
        enough: usize,
    ) -> Result<(Vec<DueCard>, bool), S::Error> {
        let by = match mode {
            Mode::Ahead(days) => self.day.plus(i64::from(days)),
            Mode::Due | Mode::Cram => self.day,
        };
        // The least on top, to be pushed out.
        let mut best: BinaryHeap<Reverse<Ranked>> = BinaryHeap::with_capacity(enough);
        let mut early = Vec::new();
        let mut are_all = true;
        let (mut due_today, mut due_cards) = (Vec::new(), DueCards::default());
        self.shelf.each_due(by, self.day, &mut |card| {
            if card.due <= self.day {
                due_today.push(card.note);
                due_cards.count(&card, self.day);
            }
            let ranked = Ranked::new(card, self.today);
            if card.is_early(self.day) {
                early.push(Reverse(ranked));
            } else if best.len() < enough {
                best.push(Reverse(ranked));
            } else {
                are_all = false;
                if let Some(mut least) = best.peek_mut()
                    && ranked > least.0
                {
                    least.0 = ranked;
                }
            }
        })?;
        due_today.sort_unstable();
        (self.due_today, self.due_cards) = (due_today, due_cards);
        let mut cards = best.into_vec();
        cards.append(&mut early);
        cards.sort_unstable();
        Ok((cards.into_iter().map(|Reverse(ranked)| ranked.card).collect(), are_all))
    }

    fn choose(&mut self, cards: Vec<DueCard>) -> Result<Vec<Entry>, S::Error> {
        let mut due = Vec::new();
        for card in cards {
            let kind = card.phase(self.day);
            if kind == ReviewKind::Drill || !self.is_of_today(&card) {
                continue;
            }
            if self.counts(kind) && self.rules.reviews_are_used_up() {
                continue;
            }
            let siblings = self.siblings_of(&card)?;
            if matches!(siblings, Siblings::Wait)
                || (self.counts(kind) && !self.rules.take_review(card.deck))
            {
                continue;
            }
            self.asked.insert(card.note);
            let entry = Entry::of_due(&card, kind, self.day);
            match siblings {
                Siblings::Together => self.late.push(entry),
                Siblings::Apart | Siblings::Wait => due.push(entry),
            }
        }
        Ok(due)
    }

    /// A card answered today is not asked ahead of its day, unless it was rescheduled to today.
    fn is_of_today(&self, card: &DueCard) -> bool {
        card.due <= self.day || card.answered != Some(self.day)
    }

    /// Only a `review` counts for the day's limit; under a session's own limit every card does.
    fn counts(&self, kind: ReviewKind) -> bool {
        kind == ReviewKind::Review || self.rules.reviews_are_for_this_session()
    }

    fn siblings_of(&self, card: &DueCard) -> Result<Siblings, S::Error> {
        if !self.asked.contains(&card.note) || !self.rules.keeps_off_siblings(card.deck, card.kind)
        {
            return Ok(Siblings::Apart);
        }
        let siblings = self.shelf.siblings(card.note)?;
        let others = |card: CardId| siblings.iter().filter(move |other| other.card != card);
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
            let shelf = self.shelf;
            shelf.each_new(deck, self.day, &mut |card| {
                if self.rules.deck_is_full_of_new(deck) {
                    return ControlFlow::Break(());
                }
                if self.may_be_introduced(&card) && self.rules.take_new(&card) {
                    self.asked.insert(card.note);
                    new.push(Entry::new(&card, ReviewKind::Learn, self.day));
                }
                ControlFlow::Continue(())
            })?;
        }
        Ok(new)
    }

    fn may_be_introduced(&self, card: &Candidate) -> bool {
        let alone =
            !self.asked.contains(&card.note) && self.due_today.binary_search(&card.note).is_err();
        self.rules.note_may_have_new(card)
            && (alone || !self.rules.keeps_off_siblings(card.deck, card.kind))
    }

    fn cram(&mut self) -> Result<Vec<Entry>, S::Error> {
        let mut cards = self.shelf.all()?;
        cards.sort_by_key(|card| lot(card.card, self.today.seed));
        let mut chosen = Vec::new();
        for card in cards {
            if !self.rules.reviews_are_for_this_session() || self.rules.take_review(card.deck) {
                chosen.push(Entry::new(&card, ReviewKind::Cram, self.day));
            }
        }
        Ok(chosen)
    }
}

/// Items of one list or set stand in item order, in the places that they hold together: an item
/// shows those before it.
fn in_item_order(queue: &mut [Entry]) {
    let mut places: HashMap<NoteRow, Vec<usize>> = HashMap::new();
    for (place, entry) in queue.iter().enumerate().filter(|(_, entry)| entry.item.is_some()) {
        places.entry(entry.note).or_default().push(place);
    }
    for places in places.into_values() {
        let mut entries: Vec<Entry> = places.iter().map(|&place| queue[place]).collect();
        entries.sort_by_key(|entry| entry.item);
        for (place, entry) in places.into_iter().zip(entries) {
            queue[place] = entry;
        }
    }
}
