//! The rules of a session, over a collection held in memory.

use super::desk::*;
use super::*;
use crate::model::*;
use crate::schedule::{CardState, DeckRow, Scheduler};
use proptest::prelude::*;

/// Answers the open card.
fn answer(session: &mut Session<Desk>, number: i64) -> Graded {
    session.open().unwrap();
    match session.grade(now(TODAY), grade(number), 1000).unwrap().unwrap() {
        Verdict::Stored(graded) => graded,
        Verdict::Stale => panic!("stale"),
    }
}

fn open_card(session: &mut Session<Desk>) -> Option<CardId> {
    session.open().unwrap().map(|asked| asked.card.candidate.card)
}

/// Answers every card with this grade; the cards in the order asked.
fn answer_all(session: &mut Session<Desk>, number: i64, most: usize) -> Vec<CardId> {
    let mut asked = Vec::new();
    while asked.len() < most
        && let Some(card) = open_card(session)
    {
        answer(session, number);
        asked.push(card);
    }
    asked
}

#[test]
fn the_most_overdue_relative_to_its_interval_comes_first() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    let cards = desk.basic(deck, 3);
    desk.schedule(cards[0], TODAY - 5, 50);
    desk.schedule(cards[1], TODAY - 4, 4);
    desk.schedule(cards[2], TODAY, 1);
    assert_eq!(desk.today(TODAY), [cards[1], cards[0], cards[2]]);
}

#[test]
fn of_a_backlog_the_most_overdue_fill_the_days_limit() {
    let desk = Desk::default();
    let options = DeckOptions { reviews_per_day: Some(3), ..DeckOptions::default() };
    let (capped, free) = (desk.deck("a", options), desk.deck("b", DeckOptions::default()));
    // The capped deck alone fills what is looked at first.
    for (card, n) in desk.basic(capped, 700).into_iter().zip(0..) {
        desk.schedule(card, TODAY - 50 - n % 40, 1);
    }
    let wanted = desk.basic(free, 2);
    for card in &wanted {
        desk.schedule(*card, TODAY, 9);
    }
    let today = desk.today(TODAY);
    assert_eq!(today.len(), 5);
    assert!(wanted.iter().all(|card| today.contains(card)));
}

#[test]
fn a_days_limits_count_what_was_answered_before() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 30);
    let mut session = desk.session(TODAY);
    assert_eq!(answer_all(&mut session, 4, 7).len(), 7);
    assert_eq!(desk.today(TODAY).len(), 13);
    session.undo(now(TODAY)).unwrap().unwrap();
    assert_eq!(desk.today(TODAY).len(), 14, "an undone answer frees its place");
}

#[test]
fn a_decks_options_cap_it_and_what_is_below() {
    let desk = Desk::default();
    let options = DeckOptions { new_per_day: Some(3), ..DeckOptions::default() };
    desk.deck("a", options);
    let below = desk.deck("a/b", DeckOptions::default());
    let beside = desk.deck("c", DeckOptions::default());
    desk.basic(below, 10);
    desk.basic(beside, 10);
    let (plan, _) = desk.plan(TODAY, Mode::Due, limits(), Allowances::default());
    let of = |deck| plan.main.iter().filter(|entry| entry.deck == deck).count();
    assert_eq!((of(below), of(beside)), (3, 10));
}

#[test]
fn a_session_may_take_its_own_number_whatever_the_days_count() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 40);
    answer_all(&mut desk.session(TODAY), 4, 20);
    assert!(desk.today(TODAY).is_empty());
    let (plan, _) =
        desk.plan(TODAY, Mode::Due, limits(), Allowances { new: Some(5), reviews: None });
    assert_eq!(plan.main.len(), 5);
}

#[test]
fn a_new_card_keeps_off_the_day_of_its_sibling() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    let pair = desk.pair(deck);
    assert_eq!(desk.today(TODAY), [pair[0]]);
    answer_all(&mut desk.session(TODAY), 4, 9);
    assert!(desk.today(TODAY).is_empty());
    assert_eq!(desk.today(TODAY + 1), [pair[0]], "the due one keeps the new one off again");
    assert_eq!(desk.today(TODAY + 2).len(), 1);
}

#[test]
fn a_due_card_waits_for_its_sibling_one_day_and_comes_last_on_the_next() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    let pair = desk.pair(deck);
    let others = desk.basic(deck, 3);
    desk.schedule(pair[0], TODAY - 2, 10);
    desk.schedule(pair[1], TODAY, 10);
    for other in others {
        desk.schedule(other, TODAY + 1, 5);
    }
    assert_eq!(desk.today(TODAY), [pair[0]]);
    let mut session = desk.session(TODAY);
    open_card(&mut session);
    session.grade(now(TODAY), grade(1), 0).unwrap();
    // Failed, the first is due tomorrow too; the second has waited.
    let tomorrow = desk.today(TODAY + 1);
    assert_eq!(tomorrow.len(), 5);
    assert_eq!(tomorrow[0], pair[1]);
    assert_eq!(tomorrow[4], pair[0]);
    // A session that is resumed goes on with the one that is left.
    let mut session = desk.session(TODAY + 1);
    assert_eq!(open_card(&mut session), Some(pair[1]));
    session.grade(now(TODAY + 1), grade(4), 0).unwrap();
    assert!(desk.today(TODAY + 1).contains(&pair[0]));
}

#[test]
fn siblings_that_are_not_buried_are_asked_together() {
    let desk = Desk::default();
    let options = DeckOptions { bury_siblings: Some(false), ..DeckOptions::default() };
    let deck = desk.deck("d", options);
    desk.pair(deck);
    assert_eq!(desk.today(TODAY).len(), 2);
}

#[test]
fn a_list_gives_four_new_items_a_day_in_item_order_apart_from_each_other() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    let items = desk.note(deck, r#"{"front":"f","list":["a","b","c","d","e","f"]}"#);
    desk.basic(deck, 6);
    let mut session = desk.session(TODAY);
    let asked = answer_all(&mut session, 4, 99);
    let of_list: Vec<usize> = (0..asked.len()).filter(|&i| items.contains(&asked[i])).collect();
    assert_eq!(of_list.iter().map(|&i| asked[i]).collect::<Vec<_>>(), items[..4]);
    assert!(of_list.windows(2).all(|pair| pair[1] > pair[0] + 1), "{of_list:?}");
    assert!(desk.today(TODAY).is_empty());
    assert_eq!(desk.today(TODAY + 1).iter().filter(|c| items.contains(c)).count(), 6);
}

#[test]
fn drills_follow_all_others_and_each_other() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 3);
    let mut session = desk.session(TODAY);
    let first = answer_all(&mut session, 3, 3);
    assert_eq!(session.remaining(), Remaining { new: 0, review: 0, drill: 3 });
    let again = answer_all(&mut session, 3, 3);
    assert_eq!(first, again);
    let graded = answer(&mut session, 5);
    assert_eq!((graded.kind, graded.again_today), (ReviewKind::Drill, false));
    assert_eq!(session.remaining().drill, 2);
    // Another session finds those that are left, in the same order.
    let mut later = desk.session(TODAY);
    assert_eq!(open_card(&mut later), Some(first[1]));
    assert_eq!(later.remaining().drill, 2);
    assert_eq!(desk.session(TODAY + 1).remaining().drill, 0, "drills lapse with their day");
}

#[test]
fn a_session_finishes_its_drills_past_the_end_of_its_day() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    let card = desk.basic(deck, 1)[0];
    let mut session = desk.session(TODAY);
    answer(&mut session, 2);
    let before = desk.state(card);
    assert_eq!(open_card(&mut session), Some(card));
    session.grade(now(TODAY + 1), grade(4), 0).unwrap().unwrap();
    assert_eq!(open_card(&mut session), None);
    assert_eq!(desk.state(card).due, before.due);
    assert_eq!(desk.state(card).asked[0], Some(now(TODAY + 1).day));
}

#[test]
fn a_leech_is_suspended_at_the_threshold_and_each_half_after() {
    let rules = Rules::new(limits(), &[], Allowances::default(), &[]);
    let leech = |lapses| rules.is_leech_at(DeckRow(1), lapses);
    let at: Vec<u32> = (0..20).filter(|&lapses| leech(lapses)).collect();
    assert_eq!(at, [8, 12, 16]);
    let desk = Desk::default();
    let options = DeckOptions { leech_threshold: Some(1), ..DeckOptions::default() };
    let card = desk.basic(desk.deck("d", options), 1)[0];
    desk.schedule(card, TODAY, 10);
    let mut session = desk.session(TODAY);
    let graded = answer(&mut session, 1);
    assert!(graded.leech && !graded.again_today);
    assert!(desk.state(card).suspended);
    assert_eq!(open_card(&mut session), None, "a suspended card leaves the drill");
    session.undo(now(TODAY)).unwrap().unwrap();
    assert!(!desk.state(card).suspended);
    assert_eq!(open_card(&mut session), Some(card));
}

#[test]
fn undo_reaches_this_sessions_answers_first_then_earlier_ones() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    let cards = desk.basic(deck, 3);
    let mut first = desk.session(TODAY);
    answer(&mut first, 4);
    let mut second = desk.session(TODAY);
    answer(&mut second, 4);
    let third = open_card(&mut first).unwrap();
    answer(&mut first, 3);
    let undone = second.undo(now(TODAY)).unwrap().unwrap();
    assert_ne!(undone.card, third.to_string(), "its own, though it is older");
    assert_eq!(second.tally(), Tally::default());
    assert_eq!(second.undo(now(TODAY)).unwrap().unwrap().card, third.to_string());
    second.undo(now(TODAY)).unwrap().unwrap();
    assert_eq!(second.undo(now(TODAY)).unwrap(), None);
    assert!(cards.iter().all(|&card| desk.state(card) == CardState::NEW));
}

#[test]
fn an_undone_drill_is_pending_again() {
    let desk = Desk::default();
    let card = desk.basic(desk.deck("d", DeckOptions::default()), 1)[0];
    let mut session = desk.session(TODAY);
    answer(&mut session, 3);
    answer(&mut session, 4);
    session.undo(now(TODAY)).unwrap().unwrap();
    assert_eq!(session.open().unwrap().unwrap().kind, ReviewKind::Drill);
    session.undo(now(TODAY)).unwrap().unwrap();
    assert_eq!(session.open().unwrap().unwrap().kind, ReviewKind::Learn);
    assert_eq!(session.remaining(), Remaining { new: 1, review: 0, drill: 0 });
    assert_eq!(desk.state(card), CardState::NEW);
}

#[test]
fn an_answer_to_a_card_that_another_session_answered_is_not_stored() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 2);
    let (mut one, mut two) = (desk.session(TODAY), desk.session(TODAY));
    assert_eq!(open_card(&mut one), open_card(&mut two));
    answer(&mut one, 4);
    assert_eq!(two.grade(now(TODAY), grade(1), 0).unwrap(), Some(Verdict::Stale));
    assert_eq!(desk.0.borrow().events.len(), 1);
    assert_eq!(open_card(&mut two), open_card(&mut one), "the next card follows");
}

#[test]
fn a_card_that_was_suspended_meanwhile_is_passed_over() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 2);
    let mut session = desk.session(TODAY);
    let first = desk.today(TODAY)[0];
    desk.mark(first, TODAY, Mark::Suspend);
    assert_ne!(open_card(&mut session), Some(first));
}

#[test]
fn a_skipped_card_comes_at_the_end_and_nothing_is_stored() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 2);
    let mut session = desk.session(TODAY);
    let first = open_card(&mut session).unwrap();
    session.skip().unwrap();
    answer(&mut session, 3);
    answer(&mut session, 4);
    assert_eq!(open_card(&mut session), Some(first));
    assert_eq!(desk.0.borrow().events.len(), 2);
}

#[test]
fn a_flag_leaves_the_card_open_and_is_undone_first() {
    let desk = Desk::default();
    let card = desk.basic(desk.deck("d", DeckOptions::default()), 1)[0];
    let mut session = desk.session(TODAY);
    open_card(&mut session);
    session.flag(now(TODAY), Flag::new(2).unwrap()).unwrap();
    assert_eq!(open_card(&mut session), Some(card));
    answer(&mut session, 4);
    assert_eq!(desk.state(card).flag.number(), 2);
    session.undo(now(TODAY)).unwrap();
    session.undo(now(TODAY)).unwrap();
    assert_eq!(desk.state(card), CardState::NEW);
    assert_eq!(open_card(&mut session), Some(card));
}

#[test]
fn ahead_asks_what_is_due_soon_and_counts_for_no_limit() {
    let desk = Desk::default();
    let card = desk.basic(desk.deck("d", DeckOptions::default()), 1)[0];
    desk.schedule(card, TODAY + 3, 10);
    assert!(desk.today(TODAY).is_empty());
    let (plan, _) = desk.plan(TODAY, Mode::Ahead(5), limits(), Allowances::default());
    assert_eq!(plan.main[0].kind, ReviewKind::Ahead);
    let (plan, _) = desk.plan(TODAY, Mode::Ahead(2), limits(), Allowances::default());
    assert!(plan.is_empty());
}

#[test]
fn cram_asks_everything_and_moves_nothing() {
    let desk = Desk::default();
    let cards = desk.basic(desk.deck("d", DeckOptions::default()), 4);
    desk.schedule(cards[0], TODAY + 30, 30);
    let before = desk.state(cards[0]);
    let (plan, rules) = desk.plan(TODAY, Mode::Cram, limits(), Allowances::default());
    let day = now(TODAY).day;
    let mut session = Session::new(desk.clone(), Scheduler::Sm2, rules, plan, day);
    assert_eq!(answer_all(&mut session, 1, 99).len(), 4);
    assert_eq!(desk.state(cards[0]), before);
    assert!(desk.state(cards[1]).is_new());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_session_that_is_resumed_goes_on_in_the_same_order(
        due in proptest::collection::vec((0i32..20, 1u64..40), 0..25),
        new in 0usize..30,
        stop in 0usize..50,
    ) {
        let build = || {
            let desk = Desk::default();
            let deck = desk.deck("d", DeckOptions::default());
            for (card, (over, interval)) in desk.basic(deck, due.len()).into_iter().zip(&due) {
                desk.schedule(card, TODAY - over, *interval);
            }
            desk.basic(deck, new);
            desk
        };
        let whole = answer_all(&mut build().session(TODAY), 4, 99);
        let desk = build();
        let mut parts = answer_all(&mut desk.session(TODAY), 4, stop);
        parts.extend(answer_all(&mut desk.session(TODAY), 4, 99));
        prop_assert_eq!(whole, parts);
    }
}

#[test]
fn a_resumed_session_does_not_set_items_of_a_list_beside_each_other() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    let items = desk.note(deck, r#"{"front":"f","list":["a","b"]}"#);
    desk.basic(deck, 1);
    let first = answer_all(&mut desk.session(TODAY), 4, 1);
    assert_eq!(first, [items[0]]);
    assert_ne!(open_card(&mut desk.session(TODAY)), Some(items[1]));
}

#[test]
fn items_due_and_new_come_in_item_order() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    let items = desk.note(deck, r#"{"front":"f","list":["a","b","c","d"]}"#);
    desk.basic(deck, 2);
    for item in &items[..3] {
        desk.schedule(*item, TODAY, 5);
    }
    let asked = answer_all(&mut desk.session(TODAY), 4, 99);
    let of_list: Vec<&CardId> = asked.iter().filter(|card| items.contains(card)).collect();
    assert_eq!(of_list, items.iter().collect::<Vec<_>>());
}

#[test]
fn a_due_card_that_the_limit_leaves_out_keeps_its_new_sibling_off_all_the_same() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    let pair = desk.pair(deck);
    desk.schedule(pair[0], TODAY, 5);
    let session = Allowances { new: None, reviews: Some(0) };
    let (plan, _) = desk.plan(TODAY, Mode::Due, limits(), session);
    assert!(plan.is_empty());
}

#[test]
fn an_undone_card_comes_again_in_its_role_also_ahead_and_in_a_cram() {
    for (mode, kind) in [(Mode::Cram, ReviewKind::Cram), (Mode::Ahead(9), ReviewKind::Ahead)] {
        let desk = Desk::default();
        let card = desk.basic(desk.deck("d", DeckOptions::default()), 1)[0];
        desk.schedule(card, TODAY + 3, 10);
        let (plan, rules) = desk.plan(TODAY, mode, limits(), Allowances::default());
        let day = now(TODAY).day;
        let mut session = Session::new(desk.clone(), Scheduler::Sm2, rules, plan, day);
        answer(&mut session, 4);
        session.undo(now(TODAY)).unwrap().unwrap();
        assert_eq!(session.open().unwrap().unwrap().kind, kind);
        session.flag(now(TODAY), Flag::new(1).unwrap()).unwrap();
        session.undo(now(TODAY)).unwrap().unwrap();
        assert_eq!(session.open().unwrap().unwrap().kind, kind);
    }
}

#[test]
fn a_time_box_ends_once_what_is_left_fills_it() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 20);
    // At ten seconds an answer a minute holds six.
    let mut session = desk.session(TODAY).at(Pace::of([10_000])).within(TimeBox::minutes(1));
    let mut asked = 0;
    while session.open().unwrap().is_some() {
        assert_eq!(session.room(), Some(6 - asked));
        session.grade(now(TODAY), grade(4), 10_000).unwrap();
        asked += 1;
    }
    assert_eq!(asked, 6);
    assert_eq!(session.waiting(), Some(Remaining { new: 14, review: 0, drill: 0 }));
}

#[test]
fn drills_have_their_place_in_a_time_box() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 20);
    let mut session = desk.session(TODAY).at(Pace::of([10_000])).within(TimeBox::minutes(1));
    let mut kinds = Vec::new();
    while let Some(asked) = session.open().unwrap() {
        let kind = asked.kind;
        kinds.push(kind);
        let passes = if kind == ReviewKind::Drill { 4 } else { 2 };
        session.grade(now(TODAY), grade(passes), 10_000).unwrap();
    }
    let count = |kind| kinds.iter().filter(|&&k| k == kind).count();
    assert_eq!((count(ReviewKind::Learn), count(ReviewKind::Drill)), (3, 3), "{kinds:?}");
    assert_eq!(session.waiting(), Some(Remaining { new: 17, review: 0, drill: 0 }));
}

#[test]
fn an_undo_gives_its_time_back() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 20);
    let mut session = desk.session(TODAY).at(Pace::of([10_000])).within(TimeBox::minutes(1));
    answer_all(&mut session, 4, 1);
    let room = session.room();
    session.open().unwrap();
    session.grade(now(TODAY), grade(4), 50_000).unwrap();
    session.undo(now(TODAY)).unwrap().unwrap();
    assert_eq!(session.room(), room);
}

#[test]
fn a_session_that_asks_all_leaves_nothing_waiting() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 2);
    let mut session = desk.session(TODAY).within(TimeBox::minutes(10));
    assert_eq!(answer_all(&mut session, 4, 9).len(), 2);
    assert_eq!(session.waiting(), None);
}

#[test]
fn only_drills_are_asked_once_that_is_wanted_and_the_rest_waits() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 4);
    let mut session = desk.session(TODAY);
    answer(&mut session, 2);
    let open = open_card(&mut session);
    session.only_drills(true);
    assert_eq!(answer_all(&mut session, 4, 9).len(), 1, "the drill");
    assert_eq!(session.waiting(), Some(Remaining { new: 3, review: 0, drill: 0 }));
    session.only_drills(false);
    assert_eq!(open_card(&mut session), open, "the card that was put back comes first");
    assert_eq!(session.waiting(), None);
}

#[test]
fn cards_that_were_hard_are_those_of_a_low_first_answer_that_stands() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 4);
    let mut session = desk.session(TODAY);
    let asked: Vec<CardId> = [4, 3, 1, 2]
        .into_iter()
        .map(|number| {
            let card = open_card(&mut session).unwrap();
            answer(&mut session, number);
            card
        })
        .collect();
    session.undo(now(TODAY)).unwrap().unwrap();
    assert_eq!(session.hard(), [(asked[2], grade(1)), (asked[1], grade(3))]);
    answer(&mut session, 4);
    answer(&mut session, 4);
    assert_eq!(session.hard().len(), 2, "a drill makes no card easier");
}

#[test]
fn a_card_is_opened_anew_as_it_is_by_then() {
    let desk = Desk::default();
    let deck = desk.deck("d", DeckOptions::default());
    desk.basic(deck, 2);
    let mut session = desk.session(TODAY);
    let card = open_card(&mut session).unwrap();
    desk.edit(card, "another question");
    session.reopen().unwrap();
    assert_eq!(session.open().unwrap().unwrap().face.front, "another question");
    let mut other = desk.session(TODAY);
    assert_eq!(open_card(&mut other), Some(card));
    answer(&mut other, 4);
    session.reopen().unwrap();
    assert_ne!(open_card(&mut session), Some(card), "it was answered elsewhere");
}
