//! One card: whole, and its history.

use super::*;

#[test]
fn a_card_is_shown_whole() {
    let mut card = some_cards().remove(0);
    card.question = "The five focusing steps\n\n1. Identify\n2. …".to_owned();
    let sheet = CardSheet {
        day: today(),
        card,
        answer: "**Exploit**".to_owned(),
        hint: Some("Get the most of it".to_owned()),
        extra: None,
        typed: true,
        tags: vec!["devops".to_owned(), "lean".to_owned()],
        source: Some("Introduction to DevOps, chapter 2 › The Goal".to_owned()),
        file: Some("decks/devops.yaml".to_owned()),
    };
    insta::assert_snapshot!(show(&sheet, Style::Plain, None), @"
    rjkmg49d  devops/three-ways  basic, typed

    Question
      The five focusing steps

      1. Identify
      2. …

    Hint
      Get the most of it

    Answer
      **Exploit**

    State     young, due, flag 2
    Due       2026-11-22 (yesterday)
    Schedule  interval 15 days, ease 2.36, 3 repetitions, 1 lapse
    Tags      devops, lean
    Source    Introduction to DevOps, chapter 2 › The Goal
    File      decks/devops.yaml
    ");
    insta::assert_snapshot!(json(&sheet), @r#"{"day":"2026-11-23","card":"rjkmg49d97swgmky","deck":"devops/three-ways","kind":"basic","question":"The five focusing steps\n\n1. Identify\n2. …","due":"2026-11-22","interval":15,"ease":2.36,"repetitions":3,"lapses":1,"suspended":false,"buried":null,"flag":2,"retired":false,"answer":"**Exploit**","hint":"Get the most of it","extra":null,"typed":true,"tags":["devops","lean"],"source":"Introduction to DevOps, chapter 2 › The Goal","file":"decks/devops.yaml"}"#);
}

fn past(number: u32, what: What, undone: bool) -> PastEvent {
    let at: Instant = "2026-11-22T23:30:00.000Z".to_owned().try_into().unwrap();
    let at = Instant::from_millis(at.millis() + i64::from(number) * 60_000);
    let id = EventId::fresh(at, None, u128::from(number));
    let machine = MachineId::fresh(1);
    let day = today().plus(-1);
    let utc_offset = 60;
    let event =
        Event { id, card: card(1), at, day, utc_offset, machine, batch: id, origin: None, what };
    PastEvent { event, undone }
}

fn review(kind: ReviewKind, grade: i64, before: u64, after: u64) -> What {
    What::Review(Review {
        grade: Grade::new(grade).unwrap(),
        kind,
        ms: 4_240,
        interval_before: Interval::days(before),
        interval_after: Interval::days(after),
    })
}

pub(super) fn some_history() -> CardHistory {
    let wrong = past(2, review(ReviewKind::Review, 1, 6, 1), true);
    let undo = past(3, What::Mark(Mark::Undo(wrong.event.id)), false);
    let to = Reschedule {
        due: today().plus(8),
        interval: Some(Interval::days(6)),
        ease: None,
        repetitions: Some(1),
    };
    CardHistory {
        card: card(1),
        deck: deck("devops/three-ways"),
        question: "Which of the Three Ways is flow?".to_owned(),
        events: vec![
            past(1, review(ReviewKind::Learn, 4, 0, 1), false),
            wrong,
            undo,
            past(4, review(ReviewKind::Review, 4, 1, 6), false),
            past(5, What::Mark(Mark::Reschedule(to)), false),
            past(6, What::Mark(Mark::Bury(today())), false),
            past(7, What::Mark(Mark::Relink(card(9))), false),
        ],
    }
}

#[test]
fn a_history_tells_what_happened_in_local_time() {
    let page = history(&some_history(), Style::Plain, Some(100));
    insta::assert_snapshot!(page, @"
    rjkmg49d  devops/three-ways
    Which of the Three Ways is flow?

    When                 Study day   What                                       Grade  Interval  Seconds
    2026-11-23 00:31:00  2026-11-22  learn                                          4     0 → 1      4.2
    2026-11-23 00:32:00  2026-11-22  review, undone                                 1     6 → 1      4.2
    2026-11-23 00:33:00  2026-11-22  undo of review
    2026-11-23 00:34:00  2026-11-22  review                                         4     1 → 6      4.2
    2026-11-23 00:35:00  2026-11-22  reschedule to 2026-12-01, interval 6, 1…
    2026-11-23 00:36:00  2026-11-22  bury through 2026-11-23
    2026-11-23 00:37:00  2026-11-22  relink of nqxhc1xy
    ");
    let none = CardHistory { events: vec![], ..some_history() };
    insta::assert_snapshot!(history(&none, Style::Plain, Some(80)), @"
    rjkmg49d  devops/three-ways
    Which of the Three Ways is flow?

    Nothing has happened to it yet.
    ");
}

#[test]
fn the_json_of_a_history_is_keyed_as_an_export() {
    let mut some = some_history();
    some.events.drain(2..4);
    insta::assert_snapshot!(json(&some).replace("},", "},\n"), @r#"
    {"card":"rjkmg49d97swgmky","deck":"devops/three-ways","question":"Which of the Three Ways is flow?","events":[{"uuid":"01a20599-4320-7000-8000-000000000001","card":"rjkmg49d97swgmky","at":"2026-11-22T23:31:00.000Z","day":"2026-11-22","utc_offset":60,"kind":"learn","grade":4,"ms":4240,"interval_before":0,"interval_after":1,"value":null,"undone":false},
    {"uuid":"01a2059a-2d80-7000-8000-000000000002","card":"rjkmg49d97swgmky","at":"2026-11-22T23:32:00.000Z","day":"2026-11-22","utc_offset":60,"kind":"review","grade":1,"ms":4240,"interval_before":6,"interval_after":1,"value":null,"undone":true},
    {"uuid":"01a2059c-eca0-7000-8000-000000000005","card":"rjkmg49d97swgmky","at":"2026-11-22T23:35:00.000Z","day":"2026-11-22","utc_offset":60,"kind":"reschedule","grade":null,"ms":null,"interval_before":null,"interval_after":null,"value":{"due":"2026-12-01","interval":6,"repetitions":1},
    "undone":false},
    {"uuid":"01a2059d-d700-7000-8000-000000000006","card":"rjkmg49d97swgmky","at":"2026-11-22T23:36:00.000Z","day":"2026-11-22","utc_offset":60,"kind":"bury","grade":null,"ms":null,"interval_before":null,"interval_after":null,"value":"2026-11-23","undone":false},
    {"uuid":"01a2059e-c160-7000-8000-000000000007","card":"rjkmg49d97swgmky","at":"2026-11-22T23:37:00.000Z","day":"2026-11-22","utc_offset":60,"kind":"relink","grade":null,"ms":null,"interval_before":null,"interval_after":null,"value":"nqxhc1xyg0g4ejrh","undone":false}]}
    "#);
}
