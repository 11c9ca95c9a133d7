//! The order of a queue: seeded, so that a session that is stopped and resumed goes on in it.

use crate::model::{CardId, StudyDay};
use crate::schedule::Candidate;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use std::cmp::Ordering;

/// A due card and its place in the order, the first to ask being the greatest.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Ranked {
    pub(super) card: Candidate,
    overdue: (u32, u32),
    lot: u64,
}

impl Ranked {
    /// The most overdue relative to its interval first; among equals by lot.
    pub(super) fn new(card: Candidate, day: StudyDay, seed: u64) -> Self {
        Ranked { overdue: card.state.overdue(day), lot: lot(card.card, seed), card }
    }
}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |a: (u32, u32), b: (u32, u32)| u64::from(a.0) * u64::from(b.1);
        cross(self.overdue, other.overdue)
            .cmp(&cross(other.overdue, self.overdue))
            .then(self.lot.cmp(&other.lot))
            .then(self.card.card.cmp(&other.card.card))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A number for a card that depends on nothing but the card and the seed, so that it stays
/// when others leave the queue.
pub(super) fn lot(card: CardId, seed: u64) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = *card.as_bytes();
    SmallRng::seed_from_u64(u64::from_le_bytes([a, b, c, d, e, f, g, h]) ^ seed).next_u64()
}

/// Spreads `new` evenly among `due`. `done` are the numbers of (due, new) of the same study day
/// that were answered before: what is left goes on as it would have gone.
pub(super) fn spread<T>(due: Vec<T>, new: Vec<T>, done: (usize, usize)) -> Vec<T> {
    let (due_in_all, new_in_all) = (due.len() + done.0, new.len() + done.1);
    let all = due_in_all + new_in_all;
    // The n-th new card (from 0) stands in the middle of the n-th of equal parts of the queue.
    let place = |n: usize| (2 * n + 1) * all / (2 * new_in_all.max(1));
    let mut sequence = Vec::with_capacity(due.len() + new.len());
    let (mut due, mut new) = (due.into_iter(), new.into_iter());
    for at in done.0 + done.1..all {
        let next_new = new_in_all - new.len();
        let first = if place(next_new) <= at { new.next() } else { due.next() };
        sequence.extend(first.or_else(|| due.next()).or_else(|| new.next()));
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
