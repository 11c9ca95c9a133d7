//! What each number counts, as docs/statistics.md defines it.

use super::*;
use crate::model::{
    CardId, DeckName, Ease, Grade, Guid, Instant, Interval, Review, ReviewKind, StudyDay,
};
use crate::schedule::{CardState, DeckRow, Memory};
use ReviewKind::{Ahead, Cram, Drill, Learn, Review as Due};
use proptest::prelude::*;
use std::collections::HashMap;

const DECK: DeckRow = DeckRow(1);
const OTHER: DeckRow = DeckRow(2);

fn today() -> StudyDay {
    "2026-11-23".parse().unwrap()
}

fn decks() -> HashMap<DeckRow, DeckName> {
    HashMap::from([(DECK, "devops".parse().unwrap()), (OTHER, "devops/lean".parse().unwrap())])
}

fn card(number: u32) -> CardId {
    CardId::of(Guid::of("deck", &["basic"], number), "forward")
}

/// An answer so many days ago, of 5 seconds.
fn answer(ago: i64, number: u32, kind: ReviewKind, grade: i64, before: u64) -> Answer {
    let review = Review {
        grade: Grade::new(grade).unwrap(),
        kind,
        ms: 5_000,
        interval_before: Interval::days(before),
        interval_after: Interval::days(1),
    };
    let at = Instant::from_millis(-ago);
    Answer { card: card(number), deck: DECK, day: today().plus(-ago), at, review }
}

/// A live card due in so many days.
fn row(number: u32, due: Option<i64>, interval: u64) -> CardRow {
    let state = CardState {
        due: due.map(|days| today().plus(days)),
        interval: Interval::days(interval),
        ..CardState::NEW
    };
    CardRow { card: card(number), deck: DECK, state, retired: false }
}

fn of_answers(answers: impl IntoIterator<Item = Answer>) -> Statistics {
    statistics(today(), DayRange::ALL, decks(), answers, [])
}

fn of_cards(cards: impl IntoIterator<Item = CardRow>) -> Statistics {
    statistics(today(), DayRange::ALL, decks(), [], cards)
}

/// Passed and total of young, mature, all.
fn counts(statistics: &Statistics, window: Window) -> [(u64, u64); 3] {
    let row = statistics.retention.iter().find(|row| row.window == window).unwrap();
    [row.young, row.mature, row.all].map(|share| (share.passed, share.total))
}

#[test]
fn retention_counts_reviews_and_nothing_else() {
    let kinds = [Learn, Due, Ahead, Drill, Cram];
    let answers = (1..).zip(kinds).map(|(n, kind)| answer(0, n, kind, 4, 6));
    assert_eq!(counts(&of_answers(answers), Window::All), [(1, 1), (0, 0), (1, 1)]);
}

#[test]
fn only_the_first_review_of_a_card_on_a_study_day_counts() {
    let answers = [
        answer(1, 1, Due, 2, 6),
        answer(1, 1, Due, 5, 6),
        answer(1, 2, Due, 3, 6),
        answer(0, 1, Due, 4, 1),
    ];
    assert_eq!(counts(&of_answers(answers), Window::All)[2], (2, 3));
}

#[test]
fn a_review_is_young_or_mature_by_the_interval_it_was_asked_with() {
    let answers = [answer(0, 1, Due, 4, 20), answer(0, 2, Due, 2, 21), answer(0, 3, Due, 4, 22)];
    assert_eq!(counts(&of_answers(answers), Window::Today), [(1, 1), (1, 2), (2, 3)]);
}

#[test]
fn a_window_is_today_and_the_days_before() {
    let agos = [0, 1, 6, 7, 29, 30, 89, 90, 364, 365];
    let answers = (1..).zip(agos).map(|(n, ago)| answer(ago, n, Due, 4, 6));
    let mut answers: Vec<Answer> = answers.collect();
    answers.reverse();
    let statistics = of_answers(answers);
    let totals = Window::ALL.map(|window| counts(&statistics, window)[2].1);
    assert_eq!(totals, [1, 3, 5, 7, 9, 10]);
}

#[test]
fn a_range_restricts_the_history_and_not_the_streak() {
    let answers = (0..40).rev().map(|ago| answer(ago, 1, Due, 4, 6));
    let range = DayRange { since: Some(today().plus(-9)), until: Some(today().plus(-5)) };
    let statistics = statistics(today(), range, decks(), answers, [row(1, Some(0), 6)]);
    assert_eq!(counts(&statistics, Window::All)[2].1, 5);
    assert_eq!(counts(&statistics, Window::Week)[2].1, 2);
    assert_eq!(statistics.days.len(), 5);
    assert_eq!(statistics.grades.total(), 5);
    assert_eq!(statistics.decks[0].retention.total, 5);
    assert_eq!(statistics.streak, Streak { current: 40, longest: 40 });
    assert_eq!(statistics.cards.total, 1);
}

#[test]
fn a_day_counts_its_answers_by_kind_and_their_time() {
    let mut slow = answer(3, 5, Cram, 5, 6);
    slow.review.ms = 600_000;
    let answers = [
        answer(3, 1, Learn, 4, 0),
        answer(3, 2, Due, 2, 6),
        answer(3, 3, Ahead, 5, 6),
        answer(3, 2, Drill, 4, 1),
        slow,
    ];
    let day = DayLoad {
        day: today().plus(-3),
        reviews: 2,
        new: 1,
        drills: 1,
        passed: 1,
        seconds: 4 * 5 + 60,
    };
    assert_eq!(of_answers(answers).days, [day]);
}

#[test]
fn grades_are_those_of_reviews() {
    let answers = [answer(1, 1, Due, 4, 6), answer(1, 2, Due, 0, 6), answer(1, 3, Learn, 5, 0)];
    let json = serde_json::to_string(&of_answers(answers).grades).unwrap();
    assert_eq!(json, r#"{"0":1,"1":0,"2":0,"3":0,"4":1,"5":0}"#);
}

fn streak_of(agos: &[i64]) -> (u64, u64) {
    let answers = agos.iter().map(|&ago| answer(ago, 1, Due, 4, 6));
    let Streak { current, longest } = of_answers(answers).streak;
    (current, longest)
}

#[test]
fn a_streak_lasts_while_today_is_still_to_be_studied() {
    assert_eq!(streak_of(&[]), (0, 0));
    assert_eq!(streak_of(&[0]), (1, 1));
    assert_eq!(streak_of(&[2, 1]), (2, 2));
    assert_eq!(streak_of(&[2, 1, 0]), (3, 3));
    assert_eq!(streak_of(&[3, 2]), (0, 2));
    assert_eq!(streak_of(&[9, 8, 7, 6, 1, 0]), (2, 4));
    assert_eq!(streak_of(&[3, 0]), (1, 1));
}

#[test]
fn the_forecast_begins_with_the_backlog_and_leaves_out_what_is_not_asked() {
    let buried = CardRow {
        state: CardState { buried: Some(today()), ..row(1, Some(0), 6).state },
        ..row(1, Some(0), 6)
    };
    let suspended = CardRow {
        state: CardState { suspended: true, ..row(2, Some(0), 6).state },
        ..row(2, None, 0)
    };
    let retired = CardRow { retired: true, ..row(3, Some(0), 6) };
    let others = [-40, 0, 1, 29, 30].into_iter().zip(4..).map(|(due, n)| row(n, Some(due), 6));
    let new = row(99, None, 0);
    let cards = [buried, suspended, retired, new].into_iter().chain(others);
    let statistics = of_cards(cards);
    assert_eq!(statistics.forecast.len(), 30);
    assert_eq!(statistics.forecast[0], DueOn { day: today(), due: 3 });
    assert_eq!(statistics.forecast[1], DueOn { day: today().plus(1), due: 1 });
    assert_eq!(statistics.forecast[29].due, 1);
    assert_eq!(statistics.forecast.iter().map(|day| day.due).sum::<u64>(), 5);
    assert_eq!(statistics.decks[0].due, 3);
}

#[test]
fn a_suspended_card_is_of_the_total_and_a_retired_one_is_not() {
    let mut suspended = row(1, Some(9), 30);
    suspended.state.suspended = true;
    let retired = CardRow { retired: true, ..row(2, Some(9), 30) };
    let statistics = of_cards([suspended, retired, row(3, None, 0), row(4, Some(1), 20)]);
    let want = CardCounts { total: 3, new: 1, young: 1, mature: 1, suspended: 1, retired: 1 };
    assert_eq!(statistics.cards, want);
}

#[test]
fn the_hardest_have_most_lapses_then_least_ease_and_are_ten() {
    let hard = |number: u32, lapses: u32, ease: i64| {
        let mut row = row(number, Some(1), 6);
        row.state.lapses = lapses;
        row.state.memory = Memory::Sm2 { ease: Ease::from_hundredths(ease) };
        row
    };
    let easy = (100..150).map(|n| hard(n, 0, 260));
    let few = of_cards(easy.clone().chain([hard(1, 2, 250), hard(2, 2, 130), hard(3, 0, 210)]));
    let found: Vec<CardId> = few.hardest.iter().map(|hard| hard.card).collect();
    assert_eq!(found, [card(2), card(1), card(3)]);
    let many = of_cards(easy.chain((1..30).map(|n| hard(n, n, 250))));
    let lapses: Vec<u32> = many.hardest.iter().map(|hard| hard.lapses).collect();
    assert_eq!(lapses, [29, 28, 27, 26, 25, 24, 23, 22, 21, 20]);
}

#[test]
fn decks_count_their_own_cards_and_others_are_passed_over() {
    let unknown = DeckRow(9);
    let answers = [
        answer(40, 1, Due, 4, 6),
        answer(29, 1, Due, 2, 6),
        Answer { deck: OTHER, ..answer(1, 2, Due, 4, 6) },
        Answer { deck: unknown, ..answer(1, 3, Due, 4, 6) },
    ];
    let cards = [
        row(1, Some(0), 6),
        CardRow { deck: OTHER, ..row(2, None, 0) },
        CardRow { deck: unknown, ..row(3, None, 0) },
    ];
    let statistics = statistics(today(), DayRange::ALL, decks(), answers, cards);
    let [devops, lean] = statistics.decks.as_slice() else { panic!("two decks") };
    assert_eq!((devops.total, devops.due, lean.total, lean.new), (1, 1, 1, 1));
    assert_eq!((devops.retention.passed, devops.retention.total), (0, 1));
    assert_eq!((lean.retention.passed, lean.retention.total), (1, 1));
    assert_eq!(statistics.cards.total, 2);
    assert_eq!(counts(&statistics, Window::All)[2], (2, 3));
}

#[test]
fn the_json_has_the_shape_of_the_contract() {
    let mut hard = row(1, Some(0), 6);
    hard.state.lapses = 2;
    let answers = [answer(1, 1, Due, 4, 6)];
    let mut numbers = statistics(today(), DayRange::ALL, decks(), answers, [hard]);
    numbers.retention.truncate(1);
    numbers.forecast.truncate(1);
    numbers.decks.truncate(1);
    let json = serde_json::to_string(&numbers).unwrap();
    insta::assert_snapshot!(json.replace(r#","r"#, ",\n\"r").replace("],", "],\n"), @r#"
    {"day":"2026-11-23","cards":{"total":1,"new":0,"young":1,"mature":0,"suspended":0,
    "retired":0},
    "retention":[{"window":"today","young":{"passed":0,"total":0,
    "rate":null,"low":null,"high":null},"mature":{"passed":0,"total":0,
    "rate":null,"low":null,"high":null},"all":{"passed":0,"total":0,
    "rate":null,"low":null,"high":null}}],
    "forecast":[{"day":"2026-11-23","due":1}],
    "streak":{"current":1,"longest":1},"days":[{"day":"2026-11-22",
    "reviews":1,"new":0,"drills":0,"passed":1,"seconds":5}],
    "grades":{"0":0,"1":0,"2":0,"3":0,"4":1,"5":0},"intervals":[{"interval":6,"cards":1}],
    "hardest":[{"card":"rjkmg49d97swgmky","deck":"devops","lapses":2,"ease":2.5}],
    "decks":[{"deck":"devops","total":1,"new":0,"young":1,"mature":0,"due":1,
    "retention":{"passed":1,"total":1,
    "rate":1.0,"low":0.2065493117918027,"high":1.0}}]}
    "#);
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let kind = prop::sample::select(vec![Learn, Due, Ahead, Drill, Cram]);
    (0i64..400, 0u32..6, kind, 0i64..6, 0u64..60)
        .prop_map(|(ago, card, kind, grade, before)| answer(ago, card, kind, grade, before))
}

fn any_card() -> impl Strategy<Value = CardRow> {
    (prop::option::of(-40i64..60), 0u64..60, any::<[bool; 3]>()).prop_map(
        |(due, interval, [suspended, retired, other])| {
            let mut row = row(0, due, interval);
            row.state.suspended = suspended;
            CardRow { retired, deck: if other { OTHER } else { DECK }, ..row }
        },
    )
}

proptest! {
    #[test]
    fn the_sums_agree(
        answers in prop::collection::vec(any_answer(), 0..200),
        cards in prop::collection::vec(any_card(), 0..100),
    ) {
        let told = statistics(today(), DayRange::ALL, decks(), answers.clone(), cards);
        let CardCounts { total, new, young, mature, .. } = told.cards;
        prop_assert_eq!(new + young + mature, total);
        prop_assert_eq!(told.decks.iter().map(|deck| deck.total).sum::<u64>(), total);
        prop_assert_eq!(told.decks.iter().map(|deck| deck.due).sum::<u64>(), told.forecast[0].due);
        prop_assert_eq!(told.intervals.iter().map(|i| i.cards).sum::<u64>(), young + mature);
        prop_assert_eq!(told.eases.iter().map(|e| e.cards).sum::<u64>(), young + mature);

        let mut inner = (0, 0);
        for window in Window::ALL {
            let [young, mature, all] = counts(&told, window);
            prop_assert_eq!((young.0 + mature.0, young.1 + mature.1), all);
            prop_assert!(inner.0 <= all.0 && inner.1 <= all.1);
            inner = all;
        }
        prop_assert!(inner.1 <= told.grades.total());
        prop_assert_eq!(
            told.decks.iter().map(|deck| deck.retention.total).sum::<u64>(),
            counts(&told, Window::Month)[2].1
        );

        let in_days: u64 = told.days.iter().map(|day| day.reviews + day.new + day.drills).sum();
        let crammed = answers.iter().filter(|answer| answer.review.kind == Cram).count();
        prop_assert_eq!(in_days, (answers.len() - crammed) as u64);
        prop_assert!(told.days.iter().all(|day| day.passed <= day.reviews));
        prop_assert!(told.streak.current <= told.streak.longest);
        prop_assert!(told.streak.longest <= told.days.len() as u64);
    }
}
