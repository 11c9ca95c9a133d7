//! What each number counts, as docs/statistics.md defines it.

use super::*;
use crate::model::{CardId, Ease, Grade, Guid, Instant, Interval, ReviewKind, StudyDay};
use crate::schedule::DeckRow;
use ReviewKind::{Ahead, Cram, Drill, Learn, Review as Due};
use proptest::prelude::*;

const DECK: DeckRow = DeckRow(1);
const OTHER: DeckRow = DeckRow(2);

fn today() -> StudyDay {
    "2026-11-23".parse().unwrap()
}

/// Two decks, of which the second has a leech at 3 lapses, and four sets of tags.
fn frame() -> Frame {
    let deck = |row, name: &str, leech_threshold| DeckFrame {
        row,
        name: name.parse().unwrap(),
        leech_threshold,
    };
    let sets: [&[&str]; 4] = [&[], &["lean"], &["Lean", "exam"], &["exam", "EXAM"]];
    let sets = sets.map(|tags| tags.iter().map(|&tag| tag.to_owned()).collect());
    Frame {
        today: today(),
        range: DayRange::ALL,
        decks: vec![deck(DECK, "devops", 8), deck(OTHER, "devops/lean", 3)],
        tags: sets.to_vec(),
    }
}

fn card(number: u32) -> CardId {
    CardId::of(Guid::of("deck", &["basic"], number), "forward")
}

/// An answer so many days ago, of 5 seconds, at noon.
fn answer(ago: i64, number: u32, kind: ReviewKind, grade: i64, before: u64) -> Answer {
    let day = today().plus(-ago);
    Answer {
        card: CardNumber(number),
        day,
        at: Instant::from_millis((i64::from(day.number()) * 24 + 12) * 3_600_000),
        utc_offset: 0,
        grade: Grade::new(grade).unwrap(),
        kind,
        ms: 5_000,
        interval_before: Interval::days(before),
    }
}

/// A live card due in so many days.
fn row(number: u32, due: Option<i64>, interval: u64) -> CardRow {
    CardRow {
        number: CardNumber(number),
        card: card(number),
        deck: DECK,
        tags: TagSet(0),
        due: due.map(|days| today().plus(days)),
        interval: Interval::days(interval),
        ease: Ease::INITIAL,
        lapses: 0,
        suspended: false,
        retired: false,
    }
}

/// The numbers of answers to new cards.
fn of_answers(answers: impl IntoIterator<Item = Answer>) -> Statistics {
    within(DayRange::ALL, answers)
}

fn within(range: DayRange, answers: impl IntoIterator<Item = Answer>) -> Statistics {
    let cards = (0..100).map(|number| row(number, None, 0));
    statistics(Frame { range, ..frame() }, answers, cards)
}

fn of_cards(cards: impl IntoIterator<Item = CardRow>) -> Statistics {
    statistics(frame(), [], cards)
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
    let statistics = within(range, answers);
    assert_eq!(counts(&statistics, Window::All)[2].1, 5);
    assert_eq!(counts(&statistics, Window::Week)[2].1, 2);
    assert_eq!(statistics.days.len(), 5);
    assert_eq!(statistics.grades.total(), 5);
    assert_eq!(statistics.decks[0].retention.total, 5);
    assert_eq!(statistics.streak, Streak { current: 40, longest: 40 });
    assert_eq!(statistics.hours[12].answers, 5);
    assert_eq!(statistics.weekdays.iter().map(|row| row.answers).sum::<u64>(), 5);
    assert_eq!((statistics.drift.recent.total, statistics.drift.before.total), (5, 0));
    assert_eq!(statistics.cards.total, 100);
}

#[test]
fn a_day_counts_its_answers_by_kind_and_their_time() {
    let mut slow = answer(3, 5, Cram, 5, 6);
    slow.ms = 600_000;
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
    let suspended = CardRow { suspended: true, ..row(2, Some(0), 6) };
    let retired = CardRow { retired: true, ..row(3, Some(0), 6) };
    let others = [-40, 0, 1, 29, 30].into_iter().zip(4..).map(|(due, n)| row(n, Some(due), 6));
    let new = row(99, None, 0);
    let cards = [row(1, Some(0), 6), suspended, retired, new].into_iter().chain(others);
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
    let suspended = CardRow { suspended: true, ..row(1, Some(9), 30) };
    let retired = CardRow { retired: true, ..row(2, Some(9), 30) };
    let statistics = of_cards([suspended, retired, row(3, None, 0), row(4, Some(1), 20)]);
    let want = CardCounts { total: 3, new: 1, young: 1, mature: 1, suspended: 1, retired: 1 };
    assert_eq!(statistics.cards, want);
}

#[test]
fn the_hardest_have_most_lapses_then_least_ease_and_are_ten() {
    let hard = |number: u32, lapses: u32, ease: i64| CardRow {
        lapses,
        ease: Ease::from_hundredths(ease),
        ..row(number, Some(1), 6)
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
        answer(1, 2, Due, 4, 6),
        answer(1, 3, Due, 4, 6),
        answer(1, 99, Due, 4, 6),
    ];
    let cards = [
        row(1, Some(0), 6),
        CardRow { deck: OTHER, ..row(2, None, 0) },
        CardRow { deck: unknown, ..row(3, None, 0) },
    ];
    let statistics = statistics(frame(), answers, cards);
    let [devops, lean] = statistics.decks.as_slice() else { panic!("two decks") };
    assert_eq!((devops.total, devops.due, lean.total, lean.new), (1, 1, 1, 1));
    assert_eq!((devops.retention.passed, devops.retention.total), (0, 1));
    assert_eq!((lean.retention.passed, lean.retention.total), (1, 1));
    assert_eq!(statistics.cards.total, 2);
    assert_eq!(counts(&statistics, Window::All)[2], (2, 3));
}

#[test]
fn a_note_counts_for_each_of_its_tags_whatever_their_case() {
    let tagged = |number, set| CardRow { tags: TagSet(set), ..row(number, Some(0), 30) };
    let retired = CardRow { retired: true, ..tagged(5, 3) };
    let cards = [tagged(1, 1), tagged(2, 2), tagged(3, 0), tagged(4, u32::MAX), retired];
    let answers = (1..6).map(|number| answer(1, number, Due, 4, 6));
    let tags = statistics(frame(), answers, cards).tags;
    let told: Vec<_> = tags
        .iter()
        .map(|tag| (tag.tag.as_str(), tag.total, tag.due, tag.retention.total))
        .collect();
    assert_eq!(told, [("exam", 1, 1, 2), ("lean", 2, 2, 2)]);
}

#[test]
fn a_leech_is_one_by_the_threshold_of_its_deck() {
    let lapsed = |number, deck, lapses| CardRow {
        deck,
        lapses,
        suspended: lapses > 7,
        ..row(number, Some(0), 6)
    };
    let cards = [lapsed(1, DECK, 7), lapsed(2, DECK, 8), lapsed(3, OTHER, 3), lapsed(4, OTHER, 2)];
    let retired = CardRow { retired: true, ..lapsed(5, DECK, 9) };
    let told = of_cards(cards.into_iter().chain([retired]));
    let leeches: Vec<_> =
        told.leeches.iter().map(|leech| (leech.card, leech.suspended, leech.advice)).collect();
    assert_eq!(
        leeches,
        [(card(2), true, Advice::RewriteAndResume), (card(3), false, Advice::RewriteOrSuspend)]
    );
    assert_eq!(told.hardest.len(), 4);
}

#[test]
fn the_forgetting_curve_is_by_the_interval_a_card_was_asked_with() {
    let intervals = [1, 1, 2, 6, 20, 21, 400];
    let answers =
        (1..).zip(intervals).map(|(n, before)| answer(0, n, Due, 2 + i64::from(n % 2), before));
    let drill = answer(0, 50, Drill, 4, 1);
    let curve = of_answers(answers.chain([drill])).retention_by_interval;
    let told: Vec<_> =
        curve.iter().map(|row| (row.from, row.share.passed, row.share.total)).collect();
    let some: Vec<_> = told.iter().filter(|(.., total)| *total > 0).copied().collect();
    assert_eq!(some, [(1, 1, 2), (2, 1, 1), (4, 0, 1), (14, 1, 1), (21, 0, 1), (365, 1, 1)]);
    assert_eq!(told.len(), 10);
}

#[test]
fn hours_are_of_the_wall_clock_and_weekdays_of_the_study_day() {
    // Monday, 2026-11-23, at noon in UTC; by the wall clock of Kiritimati two in the next night,
    // which is still the study day of Monday.
    let east = Answer { utc_offset: 14 * 60, ..answer(0, 1, Due, 4, 6) };
    let west = Answer { utc_offset: -11 * 60, ..answer(0, 2, Cram, 4, 6) };
    let told = of_answers([east, west, answer(1, 1, Due, 2, 6)]);
    let hours: Vec<_> = (told.hours.iter().filter(|row| row.answers > 0))
        .map(|row| (row.hour, row.answers, row.share.passed, row.share.total))
        .collect();
    assert_eq!(hours, [(1, 1, 0, 0), (2, 1, 1, 1), (12, 1, 0, 1)]);
    let days: Vec<_> = (told.weekdays.iter().filter(|row| row.answers > 0))
        .map(|row| (row.weekday, row.answers, row.share.total))
        .collect();
    assert_eq!(days, [(Weekday::Monday, 2, 1), (Weekday::Sunday, 1, 1)]);
}

#[test]
fn grades_are_told_by_kind_too() {
    let kinds = [Learn, Due, Ahead, Drill, Cram];
    let told = of_answers((0..).zip(kinds).map(|(n, kind)| answer(1, n, kind, i64::from(n), 6)));
    for (kind, grade) in kinds.into_iter().zip(Grade::ALL) {
        let grades = told.grades_by_kind.of(kind);
        assert_eq!((grades.of(grade), grades.total()), (1, 1), "{kind:?}");
    }
    assert_eq!(told.grades, told.grades_by_kind.of(Due));
}

#[test]
fn drift_sets_the_last_30_days_against_the_90_before() {
    let agos = [0, 29, 30, 31, 119, 120];
    let answers = (1..).zip(agos).map(|(n, ago)| answer(ago, n, Due, 4, 6));
    let mut answers: Vec<Answer> = answers.collect();
    answers.reverse();
    let drift = of_answers(answers).drift;
    assert_eq!((drift.recent.total, drift.before.total), (2, 3));
}

#[test]
fn a_clock_that_went_back_counts_no_review_twice() {
    let agos = [5, 4, 3, 4, 5, 3, 2, 9];
    let told = of_answers(agos.map(|ago| answer(ago, 1, Due, 4, 6)));
    assert_eq!(counts(&told, Window::All)[2], (5, 5));
    assert_eq!(told.days.iter().map(|day| day.reviews).sum::<u64>(), 8);
    let future = of_answers([answer(-3, 1, Due, 4, 6), answer(0, 1, Due, 4, 6)]);
    assert_eq!(counts(&future, Window::Week)[2], (1, 1), "the future is in no window");
    assert_eq!(counts(&future, Window::All)[2], (2, 2));
}

#[test]
fn the_json_has_the_shape_of_the_contract() {
    let hard = CardRow { lapses: 2, tags: TagSet(1), ..row(1, Some(0), 6) };
    let answers = [answer(1, 1, Due, 4, 6)];
    let mut numbers = statistics(frame(), answers, [hard]);
    numbers.retention.truncate(1);
    numbers.forecast.truncate(1);
    numbers.decks.truncate(1);
    numbers.retention_by_interval.truncate(1);
    numbers.hours.truncate(1);
    numbers.weekdays.truncate(1);
    numbers.leeches = numbers.hardest.clone();
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
    "hardest":[{"card":"rjkmg49d97swgmky","deck":"devops","lapses":2,"ease":2.5,"question":"","interval":6,"suspended":false,"advice":"wait"}],
    "decks":[{"deck":"devops","total":1,"new":0,"young":1,"mature":0,"due":1,
    "retention":{"passed":1,"total":1,
    "rate":1.0,"low":0.2065493117918027,"high":1.0}}],

    "retention_by_interval":[{"from":1,"to":1,"passed":0,"total":0,
    "rate":null,"low":null,"high":null}],
    "hours":[{"hour":0,"answers":0,"passed":0,"total":0,
    "rate":null,"low":null,"high":null}],
    "weekdays":[{"weekday":"monday","answers":0,"passed":0,"total":0,
    "rate":null,"low":null,"high":null}],
    "grades_by_kind":{"learn":{"0":0,"1":0,"2":0,"3":0,"4":0,"5":0},
    "review":{"0":0,"1":0,"2":0,"3":0,"4":1,"5":0},"ahead":{"0":0,"1":0,"2":0,"3":0,"4":0,"5":0},"drill":{"0":0,"1":0,"2":0,"3":0,"4":0,"5":0},"cram":{"0":0,"1":0,"2":0,"3":0,"4":0,"5":0}},"eases":[{"ease":2.5,"cards":1}],
    "leeches":[{"card":"rjkmg49d97swgmky","deck":"devops","lapses":2,"ease":2.5,"question":"","interval":6,"suspended":false,"advice":"wait"}],
    "tags":[{"tag":"lean","total":1,"new":0,"young":1,"mature":0,"due":1,
    "retention":{"passed":1,"total":1,
    "rate":1.0,"low":0.2065493117918027,"high":1.0}}],
    "drift":{"recent":{"passed":1,"total":1,
    "rate":1.0,"low":0.2065493117918027,"high":1.0},"before":{"passed":0,"total":0,
    "rate":null,"low":null,"high":null},"z":null,"p":null,"differs":false}}
    "#);
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let kind = prop::sample::select(vec![Learn, Due, Ahead, Drill, Cram]);
    (0i64..400, 0u32..6, kind, 0i64..6, 0u64..60)
        .prop_map(|(ago, card, kind, grade, before)| answer(ago, card, kind, grade, before))
}

fn any_card() -> impl Strategy<Value = CardRow> {
    (0u32..6, prop::option::of(-40i64..60), 0u64..60, any::<[bool; 3]>()).prop_map(
        |(number, due, interval, [suspended, retired, other])| {
            let mut row = row(number, due, interval);
            row.suspended = suspended;
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
        let told = statistics(frame(), answers.clone(), cards.clone());
        let known = |answer: &&Answer| cards.iter().any(|card| card.number == answer.card);
        let answers: Vec<&Answer> = answers.iter().filter(known).collect();
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
        let sums = [
            told.retention_by_interval.iter().map(|row| row.share).collect::<Vec<_>>(),
            told.hours.iter().map(|row| row.share).collect(),
            told.weekdays.iter().map(|row| row.share).collect(),
        ];
        for shares in sums {
            let sum = shares.iter().fold((0, 0), |(passed, total), share| {
                (passed + share.passed, total + share.total)
            });
            prop_assert_eq!(sum, inner);
        }
        let of_hours: u64 = told.hours.iter().map(|row| row.answers).sum();
        let of_weekdays: u64 = told.weekdays.iter().map(|row| row.answers).sum();
        prop_assert_eq!([of_hours, of_weekdays], [answers.len() as u64; 2]);
        prop_assert_eq!(
            told.decks.iter().map(|deck| deck.retention.total).sum::<u64>(),
            counts(&told, Window::Month)[2].1
        );

        let in_days: u64 = told.days.iter().map(|day| day.reviews + day.new + day.drills).sum();
        let crammed = answers.iter().filter(|answer| answer.kind == Cram).count();
        prop_assert_eq!(in_days, (answers.len() - crammed) as u64);
        prop_assert!(told.days.iter().all(|day| day.passed <= day.reviews));
        prop_assert!(told.streak.current <= told.streak.longest);
        prop_assert!(told.streak.longest <= told.days.len() as u64);
    }
}
