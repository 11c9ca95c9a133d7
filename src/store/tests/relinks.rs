use super::*;

#[test]
fn a_card_that_takes_over_another_has_both_histories() {
    let (mut store, cards) = store_with(&["old", "new", "other"]);
    answered(&mut store, cards[0], 4, 0);
    answered(&mut store, cards[0], 4, 1);
    let taken = state(&store, cards[0]);
    let relink = marked(&mut store, cards[1], Mark::Relink(cards[0]), 2);

    let (old, new) =
        (store.card(cards[0]).unwrap().unwrap(), store.card(cards[1]).unwrap().unwrap());
    assert!(old.relinked && !old.retired);
    assert_eq!(new.candidate.state, taken);
    assert_eq!(new.newest, Some(relink.id));
    assert_eq!(store.history(cards[1]).unwrap().len(), 3);
    let due = due_cards(&store, 30, 30);
    assert_eq!(due.iter().map(|candidate| candidate.card).collect::<Vec<_>>(), [cards[1]]);
    assert_eq!(store.all_candidates(row(&store, "one")).unwrap().len(), 2);

    let mut owners = Vec::new();
    store
        .with_answers(|_, answers| {
            answers.each(&mut |answer| owners.push(owner(&store, answer.card)))
        })
        .unwrap();
    assert_eq!(owners, [cards[1]; 2]);
    assert_eq!(store.answered_on(day(0)).unwrap()[0].card, cards[1]);
    assert_eq!(owner(&store, store.answers_on(day(0)).unwrap()[0].card), cards[1]);
}

#[test]
fn undoing_a_relink_gives_the_events_back() {
    let (mut store, cards) = store_with(&["old", "new"]);
    answered(&mut store, cards[0], 4, 0);
    let before = (state(&store, cards[0]), state(&store, cards[1]));
    marked(&mut store, cards[1], Mark::Relink(cards[0]), 2);
    store.undo(noon(3), None).unwrap();
    assert_eq!((state(&store, cards[0]), state(&store, cards[1])), before);
    assert!(!store.card(cards[0]).unwrap().unwrap().relinked);
}

#[test]
fn a_late_event_of_a_taken_over_card_reaches_the_whole_chain() {
    let (mut store, cards) = store_with(&["a", "b", "c"]);
    marked(&mut store, cards[1], Mark::Relink(cards[0]), 0);
    marked(&mut store, cards[2], Mark::Relink(cards[1]), 0);
    let event = answered(&mut store, cards[0], 4, 1);
    assert_eq!(state(&store, cards[2]).due, Some(day(2)));
    assert_eq!(store.card(cards[2]).unwrap().unwrap().newest, Some(event.id));
    let stale = Expected { card: cards[2], newest: None };
    let refused = store.record(noon(1), Some(stale), &[mark(cards[2], Mark::Suspend)]);
    assert!(matches!(refused, Err(StoreError::Stale { .. })));
}

#[test]
fn a_relink_in_a_circle_is_refused_until_the_first_is_undone() {
    let (mut store, cards) = store_with(&["a", "b", "c"]);
    let relink = |store: &mut Store, new: usize, old: usize| {
        store.record(noon(0), None, &[mark(cards[new], Mark::Relink(cards[old]))])
    };
    assert!(matches!(relink(&mut store, 0, 0), Err(StoreError::RelinkToItself { .. })));
    relink(&mut store, 1, 0).unwrap();
    relink(&mut store, 2, 1).unwrap();
    assert!(matches!(relink(&mut store, 0, 1), Err(StoreError::RelinkCycle { .. })));
    assert!(matches!(relink(&mut store, 0, 2), Err(StoreError::RelinkCycle { .. })));
    store.undo(noon(0), None).unwrap();
    relink(&mut store, 0, 2).unwrap();
}
