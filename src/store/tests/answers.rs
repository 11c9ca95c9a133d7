//! All answers, by one hand and by two.

use super::*;

#[test]
fn two_hands_read_what_one_reads() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(&folder.path().join("kata.db")).unwrap();
    let cards = import(&mut store, "/a.yaml", "d", ["a", "b", "c"].map(basic).into());
    for day in 1..100 {
        answered(&mut store, cards[day as usize % 3], 4, day);
        if day % 7 == 0 {
            store.undo(noon(day), None).unwrap();
        }
    }
    let read = |long| {
        let mut seen = Vec::new();
        let hands = store.with_answers_of(long, |_, answers| {
            let hands = if answers.other_hand.is_some() { 2 } else { 1 };
            answers.each(&mut |answer| seen.push(answer))?;
            Ok(hands)
        });
        (hands.unwrap(), seen)
    };
    let ((one, by_one), (two, by_two)) = (read(u64::MAX), read(0));
    assert_eq!((one, two), (1, 2));
    assert_eq!(by_one.len(), 99 - 14);
    assert_eq!(by_one, by_two);
}
