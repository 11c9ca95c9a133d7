//! The published numbers, and the rules of early answers, drills, reset and reschedule.

mod working;

use super::*;
use crate::model::{CardId, EventId, Guid, Instant, MachineId, Reschedule};

fn day(number: i32) -> StudyDay {
    StudyDay::from_number(number)
}

fn event(day: StudyDay, what: What) -> Event {
    let id = EventId::fresh(Instant::from_millis(0), None, 0);
    Event {
        id,
        card: CardId::of(Guid::of("d", &["q"], 0), "forward"),
        at: Instant::from_millis(0),
        day,
        utc_offset: 0,
        machine: MachineId::fresh(0),
        batch: id,
        origin: None,
        what,
    }
}

fn answered(state: CardState, grade: i64, on: i32) -> CardState {
    let grade = Grade::new(grade).unwrap();
    let review = Scheduler::Sm2.answer(&state, state.phase(day(on)), grade, day(on), 0);
    let after = Scheduler::Sm2.next(state, &event(day(on), What::Review(review)));
    assert_eq!(after.interval, review.interval_after);
    after
}

fn marked(state: CardState, mark: Mark) -> CardState {
    Scheduler::Sm2.next(state, &event(day(0), What::Mark(mark)))
}

/// Answers a new card on each of its due days; n, I and EF after each.
fn table(grades: &[i64]) -> Vec<(u32, u32, String)> {
    let mut state = CardState::NEW;
    let mut on = 0;
    grades
        .iter()
        .map(|&grade| {
            state = answered(state, grade, on);
            on += state.interval.get() as i32;
            assert_eq!(state.due, Some(day(on)));
            (state.repetitions, state.interval.get(), state.ease().to_string())
        })
        .collect()
}

fn rows(rows: &[(u32, u32, &str)]) -> Vec<(u32, u32, String)> {
    rows.iter().map(|&(n, i, ef)| (n, i, ef.to_owned())).collect()
}

#[test]
fn the_published_table_for_grade_4() {
    let expected = rows(&[(1, 1, "2.50"), (2, 6, "2.50"), (3, 15, "2.50"), (4, 38, "2.50")]);
    assert_eq!(table(&[4, 4, 4, 4]), expected);
}

#[test]
fn the_published_table_for_grade_5() {
    let expected = rows(&[(1, 1, "2.60"), (2, 6, "2.70"), (3, 17, "2.80"), (4, 50, "2.90")]);
    assert_eq!(table(&[5, 5, 5, 5]), expected);
}

#[test]
fn the_published_table_for_grade_3() {
    let expected = rows(&[(1, 1, "2.36"), (2, 6, "2.22"), (3, 13, "2.08"), (4, 26, "1.94")]);
    assert_eq!(table(&[3, 3, 3, 3]), expected);
}

#[test]
fn a_fail_starts_the_repetitions_over_and_leaves_the_ease() {
    let expected = [(1, 1), (2, 6), (3, 15), (0, 1), (1, 1), (2, 6), (3, 15)];
    let expected: Vec<_> = expected.iter().map(|&(n, i)| (n, i, "2.50".to_owned())).collect();
    assert_eq!(table(&[4, 4, 4, 1, 4, 4, 4]), expected);
}

#[test]
fn a_late_answer_uses_the_scheduled_interval() {
    let state = answered(answered(CardState::NEW, 4, 0), 4, 1);
    let late = answered(state, 4, 100);
    assert_eq!(late.interval.get(), 15);
    assert_eq!(late.due, Some(day(115)));
}

#[test]
fn an_interval_is_capped() {
    let mut state = answered(CardState::NEW, 5, 0);
    for _ in 0..40 {
        let due = state.due.unwrap().number();
        state = answered(state, 5, due);
    }
    assert_eq!(state.interval, Interval::MAX);
}

/// Two passes: I = 6, last answered on day 1, due on day 7.
fn six_days() -> CardState {
    answered(answered(CardState::NEW, 4, 0), 4, 1)
}

#[test]
fn an_early_pass_in_the_second_half_moves_n_and_ease() {
    let state = answered(six_days(), 5, 4);
    assert_eq!((state.repetitions, state.ease().hundredths()), (3, 260));
    assert_eq!(state.interval.get(), 8); // max(6, ceil(3 * 2.60))
    assert_eq!(state.due, Some(day(12)));
}

#[test]
fn an_early_pass_in_the_first_half_moves_only_the_day() {
    let state = answered(six_days(), 5, 3);
    assert_eq!((state.repetitions, state.ease().hundredths()), (2, 250));
    assert_eq!(state.interval.get(), 6); // max(6, ceil(2 * 2.50))
    assert_eq!(state.due, Some(day(9)));
}

#[test]
fn an_early_fail_is_a_fail() {
    let state = answered(six_days(), 2, 3);
    assert_eq!((state.repetitions, state.interval.get()), (0, 1));
    assert_eq!(state.drill, Some(day(3)));
    assert_eq!(state.lapses, 0, "only a `review` can lapse");
}

#[test]
fn a_card_rescheduled_to_an_earlier_day_is_answered_early() {
    let to = Reschedule { due: day(4), interval: None, ease: None, repetitions: None };
    let state = marked(six_days(), Mark::Reschedule(to));
    assert!(state.is_due(day(4)));
    assert_eq!(state.phase(day(4)), ReviewKind::Ahead);
    let later = Reschedule { due: day(20), ..to };
    let state = marked(six_days(), Mark::Reschedule(later));
    assert_eq!(state.phase(day(20)), ReviewKind::Review);
}

#[test]
fn a_new_card_is_scheduled_by_hand_only_with_an_interval() {
    let to = Reschedule { due: day(10), interval: None, ease: None, repetitions: None };
    assert!(marked(CardState::NEW, Mark::Reschedule(to)).is_new());
    let with = Reschedule { interval: Some(Interval::days(8)), repetitions: Some(3), ..to };
    let state = marked(CardState::NEW, Mark::Reschedule(with));
    assert_eq!(state.phase(day(10)), ReviewKind::Review);
    assert_eq!(state.early(day(6)), Some(4));
}

#[test]
fn a_drill_lasts_until_a_4_and_moves_no_schedule() {
    let state = answered(CardState::NEW, 3, 0);
    assert_eq!(state.phase(day(0)), ReviewKind::Drill);
    let again = answered(state, 3, 0);
    assert_eq!(again.drill, Some(day(0)));
    let done = answered(again, 4, 0);
    assert_eq!(done.drill, None);
    assert_eq!((done.repetitions, done.interval, done.due), (1, Interval::days(1), state.due));
    assert_eq!(state.phase(day(1)), ReviewKind::Review, "a drill lapses with its study day");
}

#[test]
fn lapses_count_fails_of_known_cards() {
    let state = answered(six_days(), 1, 7);
    assert_eq!(state.lapses, 1);
    let state = answered(state, 0, 8);
    assert_eq!(state.lapses, 1, "a card that is failed again while n = 0 does not lapse again");
}

#[test]
fn a_reset_makes_the_card_new_and_keeps_what_is_no_schedule() {
    let flagged = marked(six_days(), Mark::Flag(crate::model::Flag::new(3).unwrap()));
    let state = marked(flagged, Mark::Reset);
    assert!(state.is_new());
    assert_eq!(state.ease(), crate::model::Ease::INITIAL);
    assert_eq!(state.flag.number(), 3);
    assert_eq!(state.asked[0], Some(day(1)));
    assert_eq!(state.phase(day(9)), ReviewKind::Learn);
}

#[test]
fn a_preview_says_what_each_grade_gives() {
    let preview = |state: CardState, on| {
        Scheduler::Sm2.preview(&state, state.phase(day(on)), day(on)).map(Interval::get)
    };
    assert_eq!(preview(answered(six_days(), 4, 7), 22), [1, 1, 1, 36, 38, 39]);
    assert_eq!(preview(CardState::NEW, 0), [1; 6]);
}

#[test]
fn a_bury_lasts_to_the_end_of_its_day() {
    let state = marked(CardState::NEW, Mark::Bury(day(5)));
    assert!(!state.is_askable(day(5)));
    assert!(state.is_askable(day(6)));
}
