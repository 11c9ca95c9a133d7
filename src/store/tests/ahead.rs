//! The days to come, by one hand and by two.

use super::*;

#[test]
fn another_hand_counts_the_days_to_come_alike() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("kata.db")).unwrap();
    let cards = import(&mut store, "/a.yaml", "d", ["a", "b", "c", "e"].map(basic).into());
    // Due the day after, as is the first answer of each; the last is suspended.
    for (card, day) in cards.iter().zip([3, 3, 5, 5]) {
        answered(&mut store, *card, 4, day);
    }
    marked(&mut store, cards[3], Mark::Suspend, 5);
    let days: Vec<StudyDay> = (3..8).map(day).collect();
    let by_one = store.due_ahead_of(u64::MAX, days.clone());
    assert!(by_one.other_hand.is_none());
    assert_eq!(by_one.counts().unwrap(), [0, 2, 0, 1, 0]);
    // Asked itself: what it cannot count this one counts.
    let other_hand = store.due_ahead_of(0, days).other_hand.unwrap();
    assert_eq!(other_hand.join().unwrap().unwrap(), [0, 2, 0, 1, 0]);
}
