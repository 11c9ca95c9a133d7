//! Due cards beyond what a study day's limits let through.

use crate::model::{DeckName, DeckOptions, StudyDay};
use crate::schedule::DeckRow;
use crate::session::{Allowances, Limits, Rules};
use std::collections::BTreeMap;

/// No backlog is followed for more days than these: no interval is longer.
const HORIZON: u32 = 36_500;

/// More due cards than a study day's limits let through, and when they will be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// Cards due today or earlier.
    pub due: u64,
    /// Those of them that were due before today.
    pub overdue: u64,
    /// How many of them the limits of a whole study day let through.
    pub per_day: u64,
    /// The study days, today included, until none is left, if the person asks so many each day:
    /// the cards that are to come due on those days are counted, those that are failed are not.
    /// `None` if they only grow.
    pub days: Option<u32>,
}

/// How many cards of a deck come due on a day.
pub type DueOn = (StudyDay, DeckRow, u64);

/// So many cards of each deck.
type Cards = BTreeMap<DeckRow, u64>;

impl Backlog {
    /// The backlog of a study day, on which these cards are planned to be asked still. `None` if
    /// they are all that are due.
    pub fn of(
        limits: Limits,
        decks: &[(DeckRow, DeckName, DeckOptions)],
        coming: &[DueOn],
        planned: impl IntoIterator<Item = DeckRow>,
        today: StudyDay,
    ) -> Option<Self> {
        let (mut left, mut later) = (Cards::new(), BTreeMap::<i64, Cards>::new());
        let (mut due, mut overdue) = (0, 0);
        for &(day, deck, count) in coming {
            let ahead = day.since(today);
            let cards = if ahead > 0 { later.entry(ahead).or_default() } else { &mut left };
            *cards.entry(deck).or_insert(0) += count;
            due += if ahead > 0 { 0 } else { count };
            overdue += if ahead < 0 { count } else { 0 };
        }
        let whole_day = Rules::new(limits, decks, Allowances::default(), &[]);
        let per_day = ask(&mut left.clone(), whole_day.clone());
        for deck in planned {
            left.entry(deck).and_modify(|count| *count = count.saturating_sub(1));
        }
        let is_left = left.values().any(|&count| count > 0);
        let days = days(left, &later, &whole_day);
        is_left.then_some(Backlog { due, overdue, per_day, days })
    }
}

/// Asks as many of the cards as the rules of a day let through; how many they were.
fn ask(left: &mut Cards, mut rules: Rules) -> u64 {
    let mut asked = 0;
    for (&deck, count) in left.iter_mut() {
        let through = rules.take_reviews(deck, *count);
        *count -= through;
        asked += through;
    }
    asked
}

/// The day, from 1 for today, at whose end nothing due is left.
fn days(mut left: Cards, later: &BTreeMap<i64, Cards>, whole_day: &Rules) -> Option<u32> {
    let mut day = 1;
    while left.values().any(|&count| count > 0) {
        if day > HORIZON {
            return None;
        }
        for (&deck, count) in later.get(&i64::from(day)).into_iter().flatten() {
            *left.entry(deck).or_insert(0) += count;
        }
        let asked = ask(&mut left, whole_day.clone());
        if asked == 0 && later.range(i64::from(day)..).next().is_none() {
            return None;
        }
        day += 1;
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: StudyDay = StudyDay::from_number(100);

    fn backlog(limit: u32, due: &[(i64, u64)], planned: usize) -> Option<Backlog> {
        let limits = Limits {
            new_per_day: 0,
            reviews_per_day: limit,
            bury_siblings: true,
            leech_threshold: 0,
        };
        let decks = [(DeckRow(1), "d".parse().unwrap(), DeckOptions::default())];
        let coming: Vec<DueOn> =
            due.iter().map(|&(ahead, count)| (TODAY.plus(ahead), DeckRow(1), count)).collect();
        let planned = std::iter::repeat_n(DeckRow(1), planned);
        Backlog::of(limits, &decks, &coming, planned, TODAY)
    }

    #[test]
    fn a_backlog_is_told_with_its_end() {
        let told = backlog(60, &[(-3, 300), (-1, 12)], 60).unwrap();
        assert_eq!(told, Backlog { due: 312, overdue: 312, per_day: 60, days: Some(6) });
    }

    #[test]
    fn what_a_day_can_ask_is_no_backlog() {
        assert_eq!(backlog(60, &[(-1, 20), (0, 40)], 60), None);
    }

    #[test]
    fn cards_that_come_due_meanwhile_are_counted() {
        // 100 + 30 - 60, + 30 - 60, + 30 - 60, ...: 70, 40, 10, gone.
        let due: Vec<(i64, u64)> = [(0, 160)].into_iter().chain((1..20).map(|n| (n, 30))).collect();
        assert_eq!(backlog(60, &due, 60).unwrap().days, Some(5));
    }

    #[test]
    fn with_no_reviews_a_day_it_never_ends() {
        let told = backlog(0, &[(-1, 5), (0, 2)], 0).unwrap();
        assert_eq!(told, Backlog { due: 7, overdue: 5, per_day: 0, days: None });
    }

    #[test]
    fn the_deck_of_the_lowest_limit_is_gone_last() {
        let limits = Limits {
            new_per_day: 0,
            reviews_per_day: 200,
            bury_siblings: true,
            leech_threshold: 0,
        };
        let one_a_day = DeckOptions { reviews_per_day: Some(1), ..DeckOptions::default() };
        let decks = [
            (DeckRow(1), "a".parse().unwrap(), one_a_day),
            (DeckRow(2), "b".parse().unwrap(), DeckOptions::default()),
        ];
        let coming = [(TODAY, DeckRow(1), 3), (TODAY, DeckRow(2), 1)];
        let planned = [DeckRow(1), DeckRow(2)];
        let told = Backlog::of(limits, &decks, &coming, planned, TODAY).unwrap();
        assert_eq!(told, Backlog { due: 4, overdue: 0, per_day: 2, days: Some(3) });
    }

    #[test]
    fn what_is_left_of_todays_limit_is_what_is_planned() {
        assert_eq!(backlog(60, &[(-1, 120)], 0).unwrap().days, Some(3));
        assert_eq!(backlog(60, &[(-1, 120)], 60).unwrap().days, Some(2));
    }
}
