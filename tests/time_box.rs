//! `kata review --minutes N`.

use crate::home::Home;

#[test]
fn a_session_ends_when_what_is_left_fills_the_time_and_says_what_waits() {
    let home = Home::with_notes(10);
    // Without a history an answer is taken to need ten seconds.
    let mut session = home.review(&["--minutes", "1"]);
    session.expect("hello");
    let mut asked = 0;
    loop {
        let message = session.hear().unwrap();
        match message["type"].as_str().unwrap() {
            "card" => session.say(r#"{"do":"grade","grade":4,"ms":20000}"#),
            "graded" => asked += 1,
            _ => {
                assert_eq!(message["type"], "done");
                assert_eq!(
                    message["waiting"],
                    serde_json::json!({"new": 7, "review": 0, "drill": 0})
                );
                break;
            }
        }
    }
    assert_eq!(asked, 3);
}

#[test]
fn the_pace_is_that_of_the_answers_before() {
    let mut home = Home::with_notes(10);
    let mut session = home.review(&[]);
    session.expect("hello");
    for _ in 0..10 {
        session.expect("card");
        session.say(r#"{"do":"grade","grade":4,"ms":30000}"#);
        session.expect("graded");
    }
    drop(session);
    home.on("2026-11-24");
    let run = home.kata_reading(&["review", "--plain", "--minutes", "1"], "\n4\nq\n").ok();
    assert!(run.stdout.contains("review, 10 to go, about 2 in this time"), "{}", run.stdout);
    let run = home.kata(&["review", "--plain", "--minutes", "0"]).exits(2);
    assert!(run.stderr.contains("--minutes"), "{}", run.stderr);
}

#[test]
fn a_session_that_was_quit_does_not_blame_the_time() {
    let home = Home::with_notes(10);
    let run = home.kata_reading(&["review", "--plain", "--minutes", "9"], "\n4\nq\n").ok();
    assert!(run.stdout.contains("9 still to ask.\n"), "{}", run.stdout);
    let run =
        home.kata_reading(&["review", "--json", "--minutes", "9"], "{\"do\":\"quit\"}\n").ok();
    assert!(!run.stdout.contains("waiting"), "{}", run.stdout);
}

#[test]
fn a_drill_that_was_skipped_keeps_its_place_in_the_time() {
    let home = Home::with_notes(10);
    let mut session = home.review(&["--minutes", "1"]);
    session.expect("hello");
    let (mut new, mut drilled, mut skipped) = (0, 0, false);
    let waiting = loop {
        let message = session.hear().unwrap();
        match (message["type"].as_str().unwrap(), message["phase"].as_str()) {
            ("card", Some("drill")) if !skipped => {
                skipped = true;
                session.say(r#"{"do":"skip"}"#);
            }
            ("card", Some("drill")) => {
                drilled += 1;
                session.say(r#"{"do":"grade","grade":4,"ms":10000}"#);
            }
            ("card", _) => {
                new += 1;
                session.say(r#"{"do":"grade","grade":2,"ms":10000}"#);
            }
            ("done", _) => break message["waiting"].clone(),
            _ => {}
        }
    };
    assert_eq!((new, drilled), (3, 3));
    assert_eq!(waiting, serde_json::json!({"new": 7, "review": 0, "drill": 0}));
}
