//! Due cards beyond what a study day's limits let through.

use crate::model::{DeckName, DeckOptions, ReviewKind, StudyDay};
use crate::schedule::DeckRow;
use crate::session::{Allowances, Limits, Plan, Rules};
use std::collections::BTreeMap;

/// At first a backlog is followed for at least so many days.
const FIRST: u32 = 7;

/// At first it is followed for no more than these: of a large collection, each day is read long.
const FIRST_MOST: u32 = 14;

/// While it shrinks it is followed for at least so many days. One that takes more if nothing comes
/// due meanwhile is not followed: so far ahead, the answers till then will have changed the rest.
const LEAST: u32 = 60;

/// More due cards than a study day's limits let through, and when they will be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// Cards due today or earlier.
    pub due: u64,
    /// Those of them that were due before today.
    pub overdue: u64,
    /// How many of them the limits of a whole study day let through.
    pub per_day: u64,
    /// When none of them is left.
    pub end: End,
}

/// When a backlog is gone, if the person asks each day what the limits let through: when each of
/// its cards has been asked once, and each that comes due meanwhile by the schedule of today. When
/// the answers bring cards back is not foreseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// After so many study days, today included.
    After(u32),
    /// Not within so many.
    NotWithin(u32),
}

/// How many cards of a deck come due on a day.
pub type DueOn = (StudyDay, DeckRow, u64);

/// So many cards of each deck.
type Cards = BTreeMap<DeckRow, u64>;

impl Backlog {
    /// What the limits keep out of the plan of a study day; `None` if nothing. `coming` tells the
    /// cards that come due from one day to another, both included.
    ///
    /// # Errors
    /// Those of `coming`.
    pub fn of<E>(
        limits: Limits,
        decks: &[(DeckRow, DeckName, DeckOptions)],
        plan: &Plan,
        today: StudyDay,
        coming: impl FnMut(StudyDay, StudyDay) -> Result<Vec<DueOn>, E>,
    ) -> Result<Option<Self>, E> {
        let mut left = plan.due.by_deck.clone();
        for entry in plan.main.iter().filter(|entry| entry.kind == ReviewKind::Review) {
            left.entry(entry.deck).and_modify(|count| *count = count.saturating_sub(1));
        }
        if sum(&left) == 0 {
            return Ok(None);
        }
        let whole_day = Rules::new(limits, decks, Allowances::default(), &[]);
        let per_day = ask(&mut plan.due.by_deck.clone(), whole_day.clone());
        // Even if nothing comes due meanwhile.
        let days = if per_day == 0 { 0 } else { sum(&left).div_ceil(per_day) };
        let days = u32::try_from(days).unwrap_or(u32::MAX);
        let end = match days > LEAST {
            true => End::NotWithin(days - 1),
            false => Following { left, whole_day, day: 0 }.end(today, days, coming)?,
        };
        let (due, overdue) = (sum(&plan.due.by_deck), plan.due.overdue);
        Ok(Some(Backlog { due, overdue, per_day, end }))
    }
}

fn sum(cards: &Cards) -> u64 {
    cards.values().sum()
}

/// A backlog on its way, day by day.
struct Following {
    /// What is left at the end of the day.
    left: Cards,
    /// The rules of a whole day.
    whole_day: Rules,
    /// Days after today.
    day: u32,
}

impl Following {
    /// Follows what would take so many days if nothing came due: for a week or two, and then while
    /// it shrinks, for twice those days. So no more of what is to come is read than the answer needs.
    fn end<E>(
        mut self,
        today: StudyDay,
        days: u32,
        mut coming: impl FnMut(StudyDay, StudyDay) -> Result<Vec<DueOn>, E>,
    ) -> Result<End, E> {
        let (most, mut until) = ((2 * days).max(LEAST), (2 * days).clamp(FIRST, FIRST_MOST));
        loop {
            let before = sum(&self.left);
            let day = |ahead: u32| today.plus(i64::from(ahead));
            let mut later = BTreeMap::<StudyDay, Vec<(DeckRow, u64)>>::new();
            for (due, deck, count) in coming(day(self.day + 1), day(until))? {
                later.entry(due).or_default().push((deck, count));
            }
            while self.day < until {
                self.day += 1;
                self.pass(later.get(&day(self.day)).into_iter().flatten());
                if sum(&self.left) == 0 {
                    return Ok(End::After(self.day + 1));
                }
            }
            if until >= most || sum(&self.left) >= before {
                return Ok(End::NotWithin(until));
            }
            until = (2 * until).min(most);
        }
    }

    /// Passes a day on which these come due.
    fn pass<'a>(&mut self, due: impl Iterator<Item = &'a (DeckRow, u64)>) {
        for &(deck, count) in due {
            *self.left.entry(deck).or_insert(0) += count;
        }
        ask(&mut self.left, self.whole_day.clone());
    }
}

/// Asks as many of the cards as the rules of a day let through; how many they were. The decks of
/// the lowest limits come first: they are there on every day, and what is left is the others'.
fn ask(left: &mut Cards, mut rules: Rules) -> u64 {
    let mut decks: Vec<(DeckRow, &mut u64)> =
        left.iter_mut().map(|(&deck, count)| (deck, count)).collect();
    decks.sort_by_key(|(deck, _)| rules.room_for_reviews(*deck));
    let mut asked = 0;
    for (deck, count) in decks {
        let through = rules.take_reviews(deck, *count);
        *count -= through;
        asked += through;
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CardId, Guid};
    use crate::schedule::NoteRow;
    use crate::session::Entry;
    use std::convert::Infallible;

    const TODAY: StudyDay = StudyDay::from_number(100);
    const DECK: DeckRow = DeckRow(1);

    /// The backlog of so many cards due on days from today on, of which so many are planned.
    fn backlog(
        decks: &[(DeckRow, DeckName, DeckOptions)],
        limit: u32,
        due: &[(i64, DeckRow, u64)],
        planned: &[(DeckRow, usize)],
    ) -> Option<Backlog> {
        let limits = Limits {
            new_per_day: 0,
            reviews_per_day: limit,
            bury_siblings: true,
            leech_threshold: 0,
        };
        let mut plan = Plan::default();
        for &(_, deck, count) in due.iter().filter(|(ahead, ..)| *ahead <= 0) {
            *plan.due.by_deck.entry(deck).or_insert(0) += count;
        }
        plan.due.overdue =
            due.iter().filter(|(ahead, ..)| *ahead < 0).map(|(_, _, count)| count).sum();
        for &(deck, count) in planned {
            plan.main.extend(std::iter::repeat_n(entry(deck), count));
        }
        let coming = |from: StudyDay, to: StudyDay| {
            let days = due.iter().map(|&(ahead, deck, count)| (TODAY.plus(ahead), deck, count));
            Ok::<_, Infallible>(days.filter(|(day, ..)| from <= *day && *day <= to).collect())
        };
        Backlog::of(limits, decks, &plan, TODAY, coming).unwrap()
    }

    fn entry(deck: DeckRow) -> Entry {
        Entry {
            card: CardId::of(Guid::of("d", &["q"], 0), "forward"),
            note: NoteRow(1),
            deck,
            kind: ReviewKind::Review,
            overdue: true,
            item: None,
        }
    }

    /// The same for one deck without limits of its own.
    fn of_one_deck(limit: u32, due: &[(i64, u64)], planned: usize) -> Option<Backlog> {
        let decks = [(DECK, "d".parse().unwrap(), DeckOptions::default())];
        let due: Vec<_> = due.iter().map(|&(ahead, count)| (ahead, DECK, count)).collect();
        backlog(&decks, limit, &due, &[(DECK, planned)])
    }

    #[test]
    fn a_backlog_is_told_with_its_end() {
        let told = of_one_deck(60, &[(-3, 300), (-1, 12)], 60).unwrap();
        assert_eq!(told, Backlog { due: 312, overdue: 312, per_day: 60, end: End::After(6) });
    }

    #[test]
    fn what_a_day_can_ask_is_no_backlog() {
        assert_eq!(of_one_deck(60, &[(-1, 20), (0, 40)], 60), None);
    }

    #[test]
    fn cards_that_come_due_meanwhile_are_counted() {
        // 100 + 30 - 60, + 30 - 60, + 30 - 60, ...: 70, 40, 10, gone.
        let due: Vec<(i64, u64)> = [(0, 160)].into_iter().chain((1..20).map(|n| (n, 30))).collect();
        assert_eq!(of_one_deck(60, &due, 60).unwrap().end, End::After(5));
    }

    #[test]
    fn a_backlog_that_shrinks_slowly_is_followed_for_two_months() {
        let end = |limit| {
            let due: Vec<(i64, u64)> =
                [(0, 160)].into_iter().chain((1..90).map(|n| (n, 55))).collect();
            of_one_deck(limit, &due, 60).unwrap().end
        };
        assert_eq!(end(60), End::After(21));
        assert_eq!(end(56), End::NotWithin(60));
    }

    #[test]
    fn a_backlog_that_grows_has_no_end_in_sight() {
        let due: Vec<(i64, u64)> = [(0, 160)].into_iter().chain((1..90).map(|n| (n, 70))).collect();
        assert_eq!(of_one_deck(60, &due, 60).unwrap().end, End::NotWithin(7));
        let told = of_one_deck(0, &[(-1, 5), (0, 2)], 0).unwrap();
        assert_eq!(told, Backlog { due: 7, overdue: 5, per_day: 0, end: End::NotWithin(7) });
    }

    #[test]
    fn a_backlog_of_more_than_two_months_is_told_without_a_look_at_what_is_to_come() {
        let limits =
            Limits { new_per_day: 0, reviews_per_day: 10, bury_siblings: true, leech_threshold: 0 };
        let decks = [(DECK, "d".parse().unwrap(), DeckOptions::default())];
        let end = |due: u64| {
            let mut plan = Plan::default();
            plan.due.by_deck.insert(DECK, due);
            Backlog::of(limits, &decks, &plan, TODAY, |_, _| Err("looked"))
        };
        assert_eq!(end(601).unwrap().unwrap().end, End::NotWithin(60));
        assert_eq!(end(u64::from(u32::MAX)).unwrap().unwrap().end, End::NotWithin(429_496_729));
        assert_eq!(end(600).unwrap_err(), "looked");
    }

    #[test]
    fn what_is_left_of_todays_limit_is_what_is_planned() {
        assert_eq!(of_one_deck(60, &[(-1, 120)], 0).unwrap().end, End::After(3));
        assert_eq!(of_one_deck(60, &[(-1, 120)], 60).unwrap().end, End::After(2));
    }

    #[test]
    fn a_deck_of_a_low_limit_does_not_wait_for_the_others() {
        let few = DeckOptions { reviews_per_day: Some(5), ..DeckOptions::default() };
        let decks = [
            (DECK, "a".parse().unwrap(), DeckOptions::default()),
            (DeckRow(2), "b".parse().unwrap(), few),
        ];
        let due = [(0, DECK, 200), (0, DeckRow(2), 50)];
        // 5 of b and 15 of a on each day.
        let told = backlog(&decks, 20, &due, &[(DECK, 15), (DeckRow(2), 5)]).unwrap();
        assert_eq!(told.end, End::After(13));
    }

    #[test]
    fn the_deck_of_the_lowest_limit_is_gone_last() {
        let one_a_day = DeckOptions { reviews_per_day: Some(1), ..DeckOptions::default() };
        let decks = [
            (DECK, "a".parse().unwrap(), one_a_day),
            (DeckRow(2), "b".parse().unwrap(), DeckOptions::default()),
        ];
        let due = [(0, DECK, 3), (0, DeckRow(2), 1)];
        let told = backlog(&decks, 200, &due, &[(DECK, 1), (DeckRow(2), 1)]).unwrap();
        assert_eq!(told, Backlog { due: 4, overdue: 0, per_day: 2, end: End::After(3) });
    }
}
