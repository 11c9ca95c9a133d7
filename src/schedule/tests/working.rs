//! The working of a history: each rule with its operands.

use super::*;
use crate::model::Ease;

/// The steps of these answers, each on the day given.
fn worked(answers: &[(i64, ReviewKind, i32)]) -> Vec<Step> {
    let reviews = answers.iter().map(|&(grade, kind, on)| {
        let grade = Grade::new(grade).unwrap();
        let none = Interval::NONE;
        let review = Review { grade, kind, ms: 0, interval_before: none, interval_after: none };
        (event(day(on), What::Review(review)), false)
    });
    steps(Scheduler::Sm2, reviews)
}

/// The steps of a new card answered with these grades on each of its due days.
fn on_due_days(grades: &[i64]) -> Vec<Step> {
    let mut answers: Vec<(i64, ReviewKind, i32)> = Vec::new();
    for &grade in grades {
        let due = worked(&answers).last().map_or(0, |step| step.after.due.unwrap().number());
        let kind = if answers.is_empty() { ReviewKind::Learn } else { ReviewKind::Review };
        answers.push((grade, kind, due));
    }
    worked(&answers)
}

fn ease(hundredths: i64) -> Ease {
    Ease::from_hundredths(hundredths)
}

fn pass(from: i64, change: i32, interval: IntervalRule) -> Option<Working> {
    let moved = Some(EaseMove { from: ease(from), change });
    Some(Working::Sm2(Sm2::Pass { moved, interval }))
}

fn later(days: u32, hundredths: i64) -> IntervalRule {
    IntervalRule::Later(Product { days, ease: ease(hundredths) })
}

fn workings(steps: &[Step]) -> Vec<Option<Working>> {
    steps.iter().map(|step| step.working).collect()
}

#[test]
fn the_working_of_the_published_table() {
    use IntervalRule::{First, Second};
    assert_eq!(
        workings(&on_due_days(&[5, 5, 5, 5])),
        [
            pass(250, 10, First),
            pass(260, 10, Second),
            pass(270, 10, later(6, 280)),
            pass(280, 10, later(17, 290)),
        ]
    );
    assert_eq!(
        workings(&on_due_days(&[3, 3, 3, 3])),
        [
            pass(250, -14, First),
            pass(236, -14, Second),
            pass(222, -14, later(6, 208)),
            pass(208, -14, later(13, 194)),
        ]
    );
    let steps = on_due_days(&[4, 4, 4, 1, 4, 4, 4]);
    assert_eq!(steps[2].working, pass(250, 0, later(6, 250)));
    assert_eq!(steps[3].working, Some(Working::Sm2(Sm2::Fail)));
    assert_eq!(steps[6].working, steps[2].working);
}

#[test]
fn the_operands_give_the_state_after() {
    for steps in [[5, 5, 5, 5], [3, 3, 3, 3], [4, 3, 5, 3]].map(|grades| on_due_days(&grades)) {
        for step in steps {
            let Some(Working::Sm2(Sm2::Pass { moved, interval })) = step.working else {
                panic!("no pass: {step:?}");
            };
            assert_eq!(moved.unwrap().to(), step.after.ease());
            assert_eq!(interval.interval(), step.after.interval);
        }
    }
}

#[test]
fn an_ease_at_its_limit_moves_no_further() {
    let steps = on_due_days(&[3; 12]);
    let last = steps.last().unwrap();
    assert_eq!(last.before.ease(), Ease::MIN);
    let Some(Working::Sm2(Sm2::Pass { moved: Some(moved), .. })) = last.working else {
        panic!("no pass: {last:?}");
    };
    assert_eq!((moved.change, moved.to()), (-14, Ease::MIN));
}

#[test]
fn an_early_pass_tells_its_days() {
    let early = |days, hundredths| IntervalRule::Early {
        scheduled: Interval::days(6),
        product: Product { days, ease: ease(hundredths) },
    };
    let six_days = [(4, ReviewKind::Learn, 0), (4, ReviewKind::Review, 1)];
    let ahead = |on| {
        let steps = worked(&[&six_days[..], &[(5, ReviewKind::Ahead, on)]].concat());
        assert_eq!(steps[2].before.counted_from(), Some(day(1)));
        steps[2].working
    };
    assert_eq!(ahead(4), pass(250, 10, early(3, 260)));
    let stays = Sm2::Pass { moved: None, interval: early(2, 250) };
    assert_eq!(ahead(3), Some(Working::Sm2(stays)));
    assert_eq!(ahead(7), pass(250, 10, later(6, 260)), "no longer early");
}

#[test]
fn what_schedules_nothing_has_no_working() {
    let steps =
        worked(&[(3, ReviewKind::Learn, 0), (4, ReviewKind::Drill, 0), (0, ReviewKind::Cram, 0)]);
    assert_eq!(workings(&steps[1..]), [None, None]);
    assert_eq!(steps[2].after.due, steps[0].after.due);
}

#[test]
fn an_undone_event_is_passed_over() {
    let events = [4, 1, 4].map(|grade| {
        let review = Scheduler::Sm2.answer(
            &CardState::NEW,
            ReviewKind::Review,
            Grade::new(grade).unwrap(),
            day(0),
            0,
        );
        (event(day(0), What::Review(review)), grade == 1)
    });
    let steps = steps(Scheduler::Sm2, events);
    assert_eq!((steps[1].working, steps[1].after), (None, steps[0].after));
    assert_eq!(steps[2].before, steps[0].after);
    assert_eq!(steps[2].after.repetitions, 2);
}

#[test]
fn the_working_leads_to_what_each_grade_would_give() {
    let last = *on_due_days(&[4, 4, 4]).last().map(|step| &step.after).unwrap();
    let on = last.due.unwrap();
    let outcomes = Scheduler::Sm2.outcomes(&last, last.phase(on), on);
    let told = outcomes.map(|after| (after.repetitions, after.interval.get(), after.ease()));
    let fail = (0, 1, ease(250));
    let passes = [(4, 36, ease(236)), (4, 38, ease(250)), (4, 39, ease(260))];
    assert_eq!(told, [fail, fail, fail, passes[0], passes[1], passes[2]]);
    assert_eq!(outcomes[5].due, Some(on.plus(39)));
}
