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
    let counts = |long| {
        let counting = store.due_ahead_of(long, days.clone());
        (counting.other_hand.is_some(), counting.counts().unwrap())
    };
    let expected = vec![0, 2, 0, 1, 0];
    assert_eq!(counts(u64::MAX), (false, expected.clone()));
    assert_eq!(counts(0), (true, expected));
}
