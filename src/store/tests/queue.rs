use super::*;
use crate::model::{Flag, ReviewKind};
use std::collections::HashSet;
use std::ops::ControlFlow;

fn due(store: &Store, on: i32, until: i32) -> Vec<CardId> {
    due_cards(store, on, until).iter().map(|card| card.card).collect()
}

fn drills(store: &Store, on: i32) -> Vec<CardId> {
    let found = store.drill_candidates(day(on), None).unwrap();
    found.into_iter().map(|candidate| candidate.card).collect()
}

fn new(store: &Store, on: i32) -> Vec<CardId> {
    let mut found = Vec::new();
    store
        .new_candidates(row(store, "one"), day(on), &mut |candidate| {
            found.push(candidate.card);
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

#[test]
fn a_card_is_due_from_its_day_on_unless_suspended_or_buried() {
    let (mut store, cards) = store_with(&["a", "b", "c", "d"]);
    for &card in &cards {
        answered(&mut store, card, 4, 0);
    }
    assert_eq!(due(&store, 0, 0), []);
    assert_eq!(due(&store, 1, 1).len(), 4);
    assert_eq!(due(&store, 0, 1).len(), 4, "a review ahead");
    marked(&mut store, cards[0], Mark::Suspend, 1);
    marked(&mut store, cards[1], Mark::Bury(day(1)), 1);
    marked(&mut store, cards[2], Mark::Bury(day(1)), 1);
    let mut left = due(&store, 2, 2);
    left.sort();
    let mut expected = cards[1..].to_vec();
    expected.sort();
    assert_eq!(due(&store, 1, 1), [cards[3]]);
    assert_eq!(left, expected);
}

#[test]
fn a_candidate_is_the_card_it_stands_for() {
    let (mut store, cards) = store_with(&["a", "b", "c"]);
    marked(&mut store, cards[0], Mark::Flag(Flag::new(3).unwrap()), 0);
    answered(&mut store, cards[0], 3, 0);
    answered(&mut store, cards[0], 4, 0);
    answered(&mut store, cards[0], 2, 2);
    let of = |card| store.card(card).unwrap().unwrap().candidate;
    assert_eq!(due_cards(&store, 9, 9), [of(cards[0]).with_due_day().unwrap()]);
    assert_eq!(store.drill_candidates(day(2), None).unwrap(), [of(cards[0])]);
    let all = store.all_candidates(row(&store, "one")).unwrap();
    assert_eq!(all, cards.iter().map(|&card| of(card)).collect::<Vec<_>>());

    answered(&mut store, cards[1], 3, 0);
    marked(&mut store, cards[1], Mark::Flag(Flag::new(2).unwrap()), 0);
    marked(&mut store, cards[1], Mark::Bury(day(0)), 0);
    marked(&mut store, cards[1], Mark::Reset, 0);
    let of = |card| store.card(card).unwrap().unwrap().candidate;
    let mut news = Vec::new();
    store
        .new_candidates(row(&store, "one"), day(1), &mut |candidate| {
            news.push(candidate);
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(news, [of(cards[1]), of(cards[2])]);
    assert_eq!(new(&store, 0), [cards[2]], "buried");
}

#[test]
fn new_cards_come_one_by_one_and_the_visitor_may_look_at_siblings() {
    let (store, cards) = store_with(&["a", "b", "c"]);
    let mut seen = Vec::new();
    store
        .new_candidates(row(&store, "one"), day(0), &mut |candidate| {
            assert_eq!(store.siblings(candidate.note).unwrap().len(), 1);
            assert_eq!(store.drill_candidates(day(0), None).unwrap(), []);
            seen.push(candidate.card);
            if seen.len() == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
    assert_eq!(seen, cards[..2]);
}

#[test]
fn drills_come_in_the_order_of_their_last_answers_and_lapse_with_the_day() {
    let (mut store, cards) = store_with(&["a", "b", "c", "d"]);
    for &card in &cards {
        answered(&mut store, card, 3, 0);
    }
    let again = |store: &mut Store, card, grade, at| {
        let draft = answer(store, card, grade, 0);
        assert_eq!(review(&draft).kind, ReviewKind::Drill);
        let now = Now { at: Instant::from_millis(noon(0).at.millis() + at), ..noon(0) };
        store.record(now, None, &[draft]).unwrap();
    };
    assert_eq!(drills(&store, 0), cards);
    again(&mut store, cards[0], 2, 10);
    again(&mut store, cards[1], 4, 20);
    assert_eq!(drills(&store, 0), [cards[2], cards[3], cards[0]]);
    marked(&mut store, cards[2], Mark::Suspend, 0);
    marked(&mut store, cards[3], Mark::Bury(day(0)), 0);
    assert_eq!(drills(&store, 0), [cards[0]]);
    assert_eq!(drills(&store, 1), []);
}

#[test]
fn an_undone_drill_is_pending_again_where_it_was() {
    let (mut store, cards) = store_with(&["a", "b"]);
    answered(&mut store, cards[0], 3, 0);
    answered(&mut store, cards[1], 3, 0);
    answered(&mut store, cards[0], 4, 0);
    assert_eq!(drills(&store, 0), [cards[1]]);
    store.undo(noon(0), None).unwrap();
    assert_eq!(drills(&store, 0), cards);
}

#[test]
fn a_selection_of_decks_selects() {
    let (mut store, one) = store_with(&["a"]);
    let two = import(&mut store, "two.yaml", "two", vec![basic("b")]);
    answered(&mut store, one[0], 3, 0);
    answered(&mut store, two[0], 3, 0);
    let only = HashSet::from([row(&store, "two")]);
    assert_eq!(store.drill_candidates(day(0), Some(&only)).unwrap().len(), 1);
    let mut cards = Vec::new();
    store.cards(Some(&only), &mut |card| cards.push(card.candidate.card)).unwrap();
    assert_eq!(cards, two);
}

#[test]
fn the_cards_asked_on_a_day_are_told_once_for_each_role_and_no_undone_answer() {
    let (mut store, cards) = store_with(&["a", "b", "c"]);
    answered(&mut store, cards[0], 3, 0);
    answered(&mut store, cards[0], 3, 0); // a drill
    answered(&mut store, cards[1], 4, 0);
    answered(&mut store, cards[2], 4, 0);
    let last = store.card(cards[2]).unwrap().unwrap().newest;
    store.undo(noon(0), last).unwrap();
    answered(&mut store, cards[1], 4, 1);
    let counted = |on| -> HashSet<(CardId, ReviewKind)> {
        let found = store.answered_on(day(on)).unwrap();
        assert!(found.iter().all(|answered| answered.deck == row(&store, "one")));
        found.into_iter().map(|answered| (answered.card, answered.review)).collect()
    };
    let asked = [
        (cards[0], ReviewKind::Learn),
        (cards[0], ReviewKind::Drill),
        (cards[1], ReviewKind::Learn),
    ];
    assert_eq!(counted(0), HashSet::from(asked));
    assert_eq!(counted(1), HashSet::from([(cards[1], ReviewKind::Review)]));
}

#[test]
fn the_answers_of_a_day_are_told_in_order_and_no_undone_one() {
    let (mut store, cards) = store_with(&["a", "b"]);
    answered(&mut store, cards[1], 3, 0);
    answered(&mut store, cards[1], 4, 0); // a drill
    let undone = answered(&mut store, cards[0], 4, 0);
    store.undo(noon(0), Some(undone.batch)).unwrap();
    answered(&mut store, cards[1], 5, 1);
    let told = store.answers_on(day(0)).unwrap();
    let kinds: Vec<ReviewKind> = told.iter().map(|answer| answer.kind).collect();
    assert_eq!(kinds, [ReviewKind::Learn, ReviewKind::Drill]);
    let mut all = Vec::new();
    store.with_answers(|_, answers| answers.each(&mut |answer| all.push(answer))).unwrap();
    assert_eq!(told, all[..2]);
}
