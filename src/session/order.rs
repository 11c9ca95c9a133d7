//! The order of a queue: seeded, so that a session that is stopped and resumed goes on in it.

use crate::model::{CardId, StudyDay};
use crate::schedule::DueCard;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use std::cmp::Ordering;

/// A due card at its place in the order, the first to ask being the greatest: the most overdue
/// relative to its interval; among equals by lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ranked {
    pub(super) card: DueCard,
    overdue: u64,
    interval: u64,
    lot: u64,
}

impl Ranked {
    pub(super) fn new(card: DueCard, today: Today) -> Self {
        Ranked {
            card,
            overdue: u64::try_from(today.day.since(card.due)).unwrap_or(0),
            interval: u64::from(card.interval.get().max(1)),
            lot: lot(card.card, today.seed),
        }
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        // a/b against c/d as ad against cb: exact.
        (self.overdue * other.interval)
            .cmp(&(other.overdue * self.interval))
            .then(self.lot.cmp(&other.lot))
            .then(self.card.card.cmp(&other.card.card))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The study day of a plan, and the seed of its lots.
#[derive(Debug, Clone, Copy)]
pub(super) struct Today {
    pub(super) day: StudyDay,
    pub(super) seed: u64,
}

impl Today {
    /// The day takes part in the seed, so that no day repeats another's order.
    pub(super) fn new(day: StudyDay, seed: u64) -> Self {
        let day_in_it = u64::from(day.number().unsigned_abs()).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        Today { day, seed: seed ^ day_in_it }
    }
}

/// A number for a card that depends on nothing but the card and the seed, so that it stays
/// when others leave the queue.
pub(super) fn lot(card: CardId, seed: u64) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = *card.as_bytes();
    SmallRng::seed_from_u64(u64::from_le_bytes([a, b, c, d, e, f, g, h]) ^ seed).next_u64()
}

/// Spreads `new` evenly among `due`. `done` are the numbers of (due, new) of the same study day
/// that were answered before: if they are the start of this queue, what is left goes on as it
/// would have gone.
pub(super) fn spread<T>(due: Vec<T>, new: Vec<T>, done: (usize, usize)) -> Vec<T> {
    // The n-th new card (from 0) stands in the middle of the n-th of equal parts of the queue.
    let place = |n: usize, all: usize, new: usize| (2 * n + 1) * all / (2 * new.max(1));
    let (all, new_in_all) = (due.len() + new.len() + done.0 + done.1, new.len() + done.1);
    let asked = done.0 + done.1;
    let so_far = (0..new_in_all).take_while(|&n| place(n, all, new_in_all) < asked).count();
    let (asked, all, new_in_all) = match so_far == done.1 {
        true => (asked, all, new_in_all),
        false => (0, due.len() + new.len(), new.len()),
    };
    let mut sequence = Vec::with_capacity(due.len() + new.len());
    let (mut due, mut new) = (due.into_iter(), new.into_iter());
    for at in asked..all {
        let next_new = new_in_all - new.len();
        let is_new = new.len() > 0 && place(next_new, all, new_in_all) <= at;
        let next = if is_new { new.next() } else { due.next() };
        sequence.extend(next.or_else(|| new.next()));
    }
    sequence
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn new_cards_stand_evenly_among_the_due() {
        let text = |due: usize, new: usize| -> String {
            spread(vec!['d'; due], vec!['n'; new], (0, 0)).into_iter().collect()
        };
        assert_eq!(text(6, 2), "ddnddddn".to_owned().replace("ddddn", "dddnd"));
        assert_eq!(text(0, 3), "nnn");
        assert_eq!(text(3, 0), "ddd");
    }

    #[test]
    fn answers_that_were_no_start_of_this_queue_do_not_make_new_cards_clump() {
        let queue: String = spread(vec!['d'; 6], vec!['n'; 2], (50, 0)).into_iter().collect();
        assert_eq!(queue, "ddnddddn".replace("ddddn", "dddnd"));
    }

    proptest! {
        #[test]
        fn a_spread_that_is_stopped_goes_on_as_it_would_have_gone(due in 0usize..40, new in 0usize..40, stop in 0usize..80) {
            let whole = spread(vec!['d'; due], vec!['n'; new], (0, 0));
            prop_assert_eq!(whole.len(), due + new);
            let (asked, left) = whole.split_at(stop.min(whole.len()));
            let done = (
                asked.iter().filter(|&&c| c == 'd').count(),
                asked.iter().filter(|&&c| c == 'n').count(),
            );
            let rest = spread(vec!['d'; due - done.0], vec!['n'; new - done.1], done);
            prop_assert_eq!(rest, left);
        }
    }
}
