//! The page of `kata why`: the working of one card.

use super::*;
use crate::schedule::{Scheduler, steps};

/// A history as (days from today, what happened, whether it was undone).
fn page_of(history: &[(i64, What, bool)]) -> Why {
    let scheduler = Scheduler::Sm2;
    let events = history.iter().zip(1_u32..).map(|(&(days, what, undone), number)| {
        let at = Instant::from_millis(i64::from(number));
        let id = EventId::fresh(at, None, u128::from(number));
        let machine = MachineId::fresh(1);
        let (day, utc_offset) = (today().plus(days), 0);
        let event = Event {
            id,
            card: card(1),
            at,
            day,
            utc_offset,
            machine,
            batch: id,
            origin: None,
            what,
        };
        (event, undone)
    });
    let steps = steps(scheduler, events);
    let state = steps.last().map_or(CardState::NEW, |step| step.after);
    Why {
        day: today(),
        card: card(1),
        deck: deck("devops/three-ways"),
        question: "Which of the Three Ways\nis \u{1b}[2Jflow?".to_owned(),
        scheduler,
        next: NextAnswer::of(scheduler, &state, today()),
        steps,
        state,
        gone: None,
        scale: Grade::ALL.into_iter().zip(WORDS).collect(),
    }
}

const WORDS: [&str; 6] = ["blackout", "wrong", "almost", "hard", "good", "easy"];

fn answer(days: i64, kind: ReviewKind, grade: i64) -> (i64, What, bool) {
    let (interval_before, interval_after) = (Interval::NONE, Interval::NONE);
    let grade = Grade::new(grade).unwrap();
    (days, What::Review(Review { grade, kind, ms: 0, interval_before, interval_after }), false)
}

fn mark(days: i64, mark: Mark) -> (i64, What, bool) {
    (days, What::Mark(mark), false)
}

/// By hand, due so many days from today.
fn reschedule(due: i64, interval: Option<u64>, ease: Option<i64>, n: Option<u32>) -> Mark {
    Mark::Reschedule(Reschedule {
        due: today().plus(due),
        interval: interval.map(Interval::days),
        ease: ease.map(Ease::from_hundredths),
        repetitions: n,
    })
}

/// The lines of the last event.
fn last_block(history: &[(i64, What, bool)]) -> String {
    let page = why(&page_of(history), Style::Plain, Some(80));
    let events = page.split("\nIt is ").next().unwrap().trim_end();
    events.rsplit("\n\n").next().unwrap().to_owned()
}

#[test]
fn a_page_leads_from_the_first_answer_to_the_due_day() {
    use ReviewKind::{Ahead, Drill, Learn, Review};
    let mut wrong = answer(-25, Review, 1);
    wrong.2 = true;
    let history = [
        answer(-32, Learn, 3),
        answer(-32, Drill, 4),
        answer(-31, Review, 4),
        wrong,
        answer(-25, Review, 5),
        mark(-25, Mark::Flag(Flag::new(3).unwrap())),
        answer(-20, Ahead, 4),
        mark(-2, Mark::Bury(today())),
        answer(0, Review, 3),
    ];
    let mut page = page_of(&history);
    page.state.suspended = true;
    insta::assert_snapshot!(why(&page, Style::Plain, Some(80)), @"
    rjkmg49d  devops/three-ways
    Which of the Three Ways is ␛[2Jflow?

    SM-2 (P. A. Woźniak, 1990). EF is the ease, n counts the passes in a row, I is
    the interval in days; ceil rounds up. A new card has EF = 2.50, n = 0, I = 0.

    2026-10-22  learn, grade 3 (hard)
      EF  = 2.50 + 0.10 - (5 - 3) × (0.08 + (5 - 3) × 0.02) = 2.50 - 0.14 = 2.36
      n   = 0 + 1 = 1
      I   = 1, as n = 1
      due = 2026-10-22 + 1 = 2026-10-23

    2026-10-22  drill, grade 4 (good): a repeat on the same day moves nothing

    2026-10-23  review, grade 4 (good)
      EF  = 2.36 + 0.10 - (5 - 4) × (0.08 + (5 - 4) × 0.02) = 2.36 + 0.00 = 2.36
      n   = 1 + 1 = 2
      I   = 6, as n = 2
      due = 2026-10-23 + 6 = 2026-10-29

    2026-10-29  review, grade 1 (wrong): undone, it does not count

    2026-10-29  review, grade 5 (easy)
      EF  = 2.36 + 0.10 - (5 - 5) × (0.08 + (5 - 5) × 0.02) = 2.36 + 0.10 = 2.46
      n   = 2 + 1 = 3
      I   = ceil(6 × 2.46) = ceil(14.76) = 15
      due = 2026-10-29 + 15 = 2026-11-13

    2026-10-29  flag 3: the schedule stays

    2026-11-03  ahead, grade 4 (good)
      e   = 2026-11-03 - 2026-10-29 = 5, early: less than I = 15
      2e  = 2 × 5 = 10 < 15, so n and EF stay
      EF  = 2.46, as it was
      n   = 3, as it was
      I   = max(15, ceil(5 × 2.46)) = max(15, ceil(12.30)) = max(15, 13) = 15
      due = 2026-11-03 + 15 = 2026-11-18

    2026-11-21  bury through 2026-11-23: the schedule stays

    2026-11-23  review, grade 3 (hard), 5 days late
      SM-2 takes the scheduled I = 15, however late the answer
      EF  = 2.46 + 0.10 - (5 - 3) × (0.08 + (5 - 3) × 0.02) = 2.46 - 0.14 = 2.32
      n   = 3 + 1 = 4
      I   = ceil(15 × 2.32) = ceil(34.80) = 35
      due = 2026-11-23 + 35 = 2026-12-28

    It is due on 2026-12-28 (in 35 days), with EF = 2.32, n = 4, I = 35.
    It is suspended: not asked until it is resumed.
    It is buried: not asked through 2026-11-23.

    Answered today, 2026-11-23, it would count as drill, which moves nothing.

    Answered on its due day, 2026-12-28, it would count as review:
    Grade         EF  n   I  Due
    0 blackout  2.32  0   1  2026-12-29
    1 wrong     2.32  0   1  2026-12-29
    2 almost    2.32  0   1  2026-12-29
    3 hard      2.18  5  77  2027-03-15
    4 good      2.32  5  82  2027-03-20
    5 easy      2.42  5  85  2027-03-23
    ");
    for width in [80, 50] {
        fits(&why(&page, Style::Plain, Some(width)), width);
    }
    assert_eq!(why(&page, Style::Plain, None), why(&page, Style::Plain, Some(200)));
    let told = why(&page, Style::Coloured, Some(80));
    assert!(!told.contains("\u{1b}[2J") && told.contains('\u{1b}'));
}

#[test]
fn an_ease_is_held_to_its_limits() {
    let set = |ease| mark(-9, reschedule(0, Some(9), Some(ease), Some(4)));
    insta::assert_snapshot!(last_block(&[set(140), answer(0, ReviewKind::Review, 3)]), @"
    2026-11-23  review, grade 3 (hard)
      EF  = max(1.30, 1.40 + 0.10 - (5 - 3) × (0.08 + (5 - 3) × 0.02))
          = max(1.30, 1.40 - 0.14) = 1.30
      n   = 4 + 1 = 5
      I   = ceil(9 × 1.30) = ceil(11.70) = 12
      due = 2026-11-23 + 12 = 2026-12-05
    ");
    insta::assert_snapshot!(last_block(&[set(100_000), answer(0, ReviewKind::Review, 5)]), @"
    2026-11-23  review, grade 5 (easy)
      EF  = min(1000.00, 1000.00 + 0.10 - (5 - 5) × (0.08 + (5 - 5) × 0.02))
          = min(1000.00, 1000.00 + 0.10) = 1000.00
      n   = 4 + 1 = 5
      I   = ceil(9 × 1000.00) = ceil(9000.00) = 9000
      due = 2026-11-23 + 9000 = 2051-07-15
    ");
}

#[test]
fn counts_and_days_have_an_end() {
    let set = mark(-9, reschedule(0, Some(30_000), None, Some(u32::MAX)));
    insta::assert_snapshot!(last_block(&[set, answer(2_900_000, ReviewKind::Review, 4)]), @"
    9966-10-29  review, grade 4 (good), 2900000 days late
      SM-2 takes the scheduled I = 30000, however late the answer
      EF  = 2.50 + 0.10 - (5 - 4) × (0.08 + (5 - 4) × 0.02) = 2.50 + 0.00 = 2.50
      n   = 4294967295, the most there is
      I   = min(36500, ceil(30000 × 2.50)) = min(36500, ceil(75000.00))
          = min(36500, 75000) = 36500
      due = min(9999-12-31, 9966-10-29 + 36500) = 9999-12-31
    ");
}

#[test]
fn an_answer_before_its_day_tells_from_where_it_counts() {
    let set = mark(-9, reschedule(3, Some(8), None, Some(2)));
    insta::assert_snapshot!(last_block(&[set, answer(0, ReviewKind::Ahead, 4)]), @"
    2026-11-23  ahead, grade 4 (good)
      scheduled by hand and not answered since: e counts from the due day - I
      e   = 2026-11-23 - 2026-11-18 = 5, early: less than I = 8
      2e  = 2 × 5 = 10 >= 8, so n and EF move
      EF  = 2.50 + 0.10 - (5 - 4) × (0.08 + (5 - 4) × 0.02) = 2.50 + 0.00 = 2.50
      n   = 2 + 1 = 3
      I   = max(8, ceil(5 × 2.50)) = max(8, ceil(12.50)) = max(8, 13) = 13
      due = 2026-11-23 + 13 = 2026-12-06
    ");
    insta::assert_snapshot!(last_block(&[set, answer(-9, ReviewKind::Ahead, 2)]), @"
    2026-11-14  ahead, grade 2 (almost): a fail
      EF  = 2.50, as it was
      n   = 0
      I   = 1
      due = 2026-11-14 + 1 = 2026-11-15
    ");
    insta::assert_snapshot!(last_block(&[set, answer(-1, ReviewKind::Review, 4)]), @"
    2026-11-22  review, grade 4 (good)
      early, but written down as review: it counts as if it were due
      EF  = 2.50 + 0.10 - (5 - 4) × (0.08 + (5 - 4) × 0.02) = 2.50 + 0.00 = 2.50
      n   = 2 + 1 = 3
      I   = ceil(8 × 2.50) = ceil(20.00) = 20
      due = 2026-11-22 + 20 = 2026-12-12
    ");
    insta::assert_snapshot!(last_block(&[set, answer(3, ReviewKind::Ahead, 4)]), @"
    2026-11-26  ahead, grade 4 (good)
      written down as ahead, it is not early: it counts as if it were due
      EF  = 2.50 + 0.10 - (5 - 4) × (0.08 + (5 - 4) × 0.02) = 2.50 + 0.00 = 2.50
      n   = 2 + 1 = 3
      I   = ceil(8 × 2.50) = ceil(20.00) = 20
      due = 2026-11-26 + 20 = 2026-12-16
    ");
}

#[test]
fn a_card_that_was_scheduled_to_an_earlier_day_is_early_and_not_late() {
    let known = [answer(-30, ReviewKind::Learn, 4), answer(-29, ReviewKind::Review, 4)];
    let to_an_earlier_day = mark(-20, reschedule(-5, Some(60), None, None));
    let page = page_of(&[known[0], known[1], to_an_earlier_day]);
    let told = why(&page, Style::Plain, Some(80));
    insta::assert_snapshot!(told.split_once("\nIt is due").unwrap().1, @"
     on 2026-11-18 (5 days ago), with EF = 2.50, n = 2, I = 60.

    Answered today, 2026-11-23, it would count as ahead:
      e   = 2026-11-23 - 2026-10-25 = 29, early: less than I = 60
      2e  = 2 × 29 = 58 < 60, so n and EF stay

    Grade         EF  n   I  Due
    0 blackout  2.50  0   1  2026-11-24
    1 wrong     2.50  0   1  2026-11-24
    2 almost    2.50  0   1  2026-11-24
    3 hard      2.50  2  73  2027-02-04
    4 good      2.50  2  73  2027-02-04
    5 easy      2.50  2  73  2027-02-04
    ");
    let answered = [known[0], known[1], to_an_earlier_day, answer(0, ReviewKind::Ahead, 4)];
    assert!(last_block(&answered).starts_with("2026-11-23  ahead, grade 4 (good)\n"));
}

#[test]
fn marks_tell_what_they_set() {
    insta::assert_snapshot!(last_block(&[mark(0, reschedule(3, None, None, None))]), @"
    2026-11-23  reschedule to 2026-11-26: passed over, a new card needs an interval
    ");
    insta::assert_snapshot!(last_block(&[mark(0, reschedule(3, Some(5), None, None))]), @"
    2026-11-23  reschedule to 2026-11-26, interval 5: set by hand
      EF  = 2.50, as it was
      n   = 0, as it was
      I   = 5
      due = 2026-11-26
    ");
    let known = answer(-1, ReviewKind::Learn, 4);
    insta::assert_snapshot!(last_block(&[known, mark(0, Mark::Reset)]), @"
    2026-11-23  reset: a new card again
      EF  = 2.50
      n   = 0
      I   = 0
    ");
    let relinked = [known, mark(0, Mark::Suspend), mark(0, Mark::Relink(card(9)))];
    insta::assert_snapshot!(last_block(&relinked), @"
    2026-11-23  suspend: not asked until it is resumed
    2026-11-23  relink of nqxhc1xy: its events are this card's too
    ");
}

#[test]
fn a_card_can_only_be_drilled_today_and_is_answered_on_its_due_day() {
    let page = page_of(&[answer(0, ReviewKind::Learn, 2)]);
    let told = why(&page, Style::Plain, Some(80));
    insta::assert_snapshot!(told.split_once("\nIt is due").unwrap().1, @"
     on 2026-11-24 (tomorrow), with EF = 2.50, n = 0, I = 1.

    Answered today, 2026-11-23, it would count as drill, which moves nothing.

    Answered on its due day, 2026-11-24, it would count as review:
    Grade         EF  n  I  Due
    0 blackout  2.50  0  1  2026-11-25
    1 wrong     2.50  0  1  2026-11-25
    2 almost    2.50  0  1  2026-11-25
    3 hard      2.36  1  1  2026-11-25
    4 good      2.50  1  1  2026-11-25
    5 easy      2.60  1  1  2026-11-25
    ");
}

#[test]
fn the_json_of_why_has_the_state_before_and_after_each_event() {
    let history = [
        answer(-7, ReviewKind::Learn, 3),
        mark(-7, Mark::Bury(today())),
        answer(-6, ReviewKind::Review, 4),
        answer(-3, ReviewKind::Ahead, 4),
    ];
    let told = json(&page_of(&history)).replace(r#"},{"uuid""#, "},\n{\"uuid\"");
    insta::assert_snapshot!(told.replace(r#","standing""#, ",\n\"standing\""), @r#"
    {"day":"2026-11-23","card":"rjkmg49d97swgmky","deck":"devops/three-ways","question":"Which of the Three Ways\nis \u001b[2Jflow?","scheduler":"sm2","steps":[{"uuid":"00000000-0001-7000-8000-000000000001","card":"rjkmg49d97swgmky","day":"2026-11-16","kind":"learn","grade":3,"value":null,"undone":false,"before":{"repetitions":0,"interval":0,"ease":2.5,"due":null},"working":{"rule":"first","ease_change":-0.14,"product":null,"early":null,"late":0},"after":{"repetitions":1,"interval":1,"ease":2.36,"due":"2026-11-17"}},
    {"uuid":"00000000-0002-7000-8000-000000000002","card":"rjkmg49d97swgmky","day":"2026-11-16","kind":"bury","grade":null,"value":"2026-11-23","undone":false,"before":{"repetitions":1,"interval":1,"ease":2.36,"due":"2026-11-17"},"working":null,"after":{"repetitions":1,"interval":1,"ease":2.36,"due":"2026-11-17"}},
    {"uuid":"00000000-0003-7000-8000-000000000003","card":"rjkmg49d97swgmky","day":"2026-11-17","kind":"review","grade":4,"value":null,"undone":false,"before":{"repetitions":1,"interval":1,"ease":2.36,"due":"2026-11-17"},"working":{"rule":"second","ease_change":0.0,"product":null,"early":null,"late":0},"after":{"repetitions":2,"interval":6,"ease":2.36,"due":"2026-11-23"}},
    {"uuid":"00000000-0004-7000-8000-000000000004","card":"rjkmg49d97swgmky","day":"2026-11-20","kind":"ahead","grade":4,"value":null,"undone":false,"before":{"repetitions":2,"interval":6,"ease":2.36,"due":"2026-11-23"},"working":{"rule":"early","ease_change":0.0,"product":7.08,"early":{"since":"2026-11-17","days":3},"late":0},"after":{"repetitions":3,"interval":8,"ease":2.36,"due":"2026-11-28"}}],
    "standing":{"repetitions":3,"interval":8,"ease":2.36,"due":"2026-11-28","suspended":false,"buried":"2026-11-23"},"retired":false,"next":[{"day":"2026-11-23","kind":"ahead","early":{"since":"2026-11-20","days":3},"grades":[{"grade":0,"repetitions":0,"interval":1,"ease":2.36,"due":"2026-11-24"},{"grade":1,"repetitions":0,"interval":1,"ease":2.36,"due":"2026-11-24"},{"grade":2,"repetitions":0,"interval":1,"ease":2.36,"due":"2026-11-24"},{"grade":3,"repetitions":3,"interval":8,"ease":2.36,"due":"2026-12-01"},{"grade":4,"repetitions":3,"interval":8,"ease":2.36,"due":"2026-12-01"},{"grade":5,"repetitions":3,"interval":8,"ease":2.36,"due":"2026-12-01"}]},{"day":"2026-11-28","kind":"review","early":null,"grades":[{"grade":0,"repetitions":0,"interval":1,"ease":2.36,"due":"2026-11-29"},{"grade":1,"repetitions":0,"interval":1,"ease":2.36,"due":"2026-11-29"},{"grade":2,"repetitions":0,"interval":1,"ease":2.36,"due":"2026-11-29"},{"grade":3,"repetitions":4,"interval":18,"ease":2.22,"due":"2026-12-16"},{"grade":4,"repetitions":4,"interval":19,"ease":2.36,"due":"2026-12-17"},{"grade":5,"repetitions":4,"interval":20,"ease":2.46,"due":"2026-12-18"}]}]}
    "#);
}
