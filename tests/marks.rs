//! Marks from the command line, and undo.

use crate::home::Home;
use serde_json::Value;

fn card(home: &Home, query: &str) -> Value {
    let cards = home.kata(&["cards", query, "--json"]).json();
    assert_eq!(cards["cards"].as_array().unwrap().len(), 1, "{query}");
    cards["cards"][0].clone()
}

fn count(home: &Home) -> String {
    home.kata(&["due", "--count"]).ok().stdout.trim().to_owned()
}

#[test]
fn a_suspended_card_is_not_asked_until_it_is_resumed() {
    let home = Home::with_notes(3);
    let id = card(&home, "answer 2")["card"].as_str().unwrap().to_owned();
    let run = home.kata(&["suspend", &id[..8]]).ok();
    assert_eq!(run.stdout, "Suspended: 1 card.\n");
    assert_eq!(count(&home), "2");
    assert_eq!(
        home.kata(&["suspend", &id]).ok().stdout,
        "Suspended: 0 cards, 1 suspended already.\n"
    );
    home.kata(&["resume", "is:suspended"]).ok();
    assert_eq!(count(&home), "3");
}

#[test]
fn an_undo_takes_back_what_one_command_did() {
    let home = Home::with_notes(5);
    home.kata(&["flag", "3", "answer 4"]).ok();
    home.kata(&["suspend", "plain"]).ok();
    assert_eq!(count(&home), "0");
    let run = home.kata(&["undo"]).ok();
    assert!(run.stdout.contains("5 events"), "{}", run.stdout);
    assert_eq!(count(&home), "5");
    assert_eq!(card(&home, "flag:3")["flag"], 3);
    home.kata(&["undo"]).ok();
    assert!(
        home.kata(&["cards", "flag:3", "--json"]).json()["cards"].as_array().unwrap().is_empty()
    );
    let run = home.kata(&["undo"]).exits(1);
    assert_eq!(run.stderr, "kata: nothing to undo\n");
}

#[test]
fn an_undo_of_yesterdays_answer_makes_the_card_new_again() {
    let mut home = Home::with_notes(1);
    home.review(&[]).grade_all(4);
    home.on("2026-11-24");
    assert_eq!(home.kata(&["due", "--json"]).json()["due"], 1);
    home.kata(&["undo"]).ok();
    assert_eq!(home.kata(&["due", "--json"]).json()["new"], 1);
}

#[test]
fn a_buried_card_is_back_tomorrow() {
    let mut home = Home::with_notes(2);
    home.kata(&["bury", "answer 1"]).ok();
    assert_eq!(count(&home), "1");
    home.on("2026-11-24");
    assert_eq!(count(&home), "2");
}

#[test]
fn a_reset_card_is_new_and_keeps_its_history() {
    let home = Home::with_notes(1);
    home.review(&[]).grade_all(4);
    let id = card(&home, "answer")["card"].as_str().unwrap().to_owned();
    home.kata(&["reset", &id]).ok();
    let now = card(&home, "answer");
    assert_eq!((&now["due"], &now["repetitions"]), (&Value::Null, &Value::from(0)));
    let history = home.kata(&["history", &id, "--json"]).json();
    assert_eq!(history["events"].as_array().unwrap().len(), 2);
}

#[test]
fn a_card_is_rescheduled_and_a_new_one_only_with_an_interval() {
    let home = Home::with_notes(1);
    let run = home.kata(&["reschedule", "--due", "2026-12-01", "answer"]).exits(1);
    assert!(run.stderr.contains("interval"), "{}", run.stderr);
    home.kata(&[
        "reschedule",
        "--due",
        "2026-12-01",
        "--interval",
        "12",
        "--ease",
        "2.1",
        "answer",
    ])
    .ok();
    let now = card(&home, "answer");
    assert_eq!((&now["due"], &now["interval"]), (&"2026-12-01".into(), &12.into()));
    assert_eq!(now["ease"], 2.1);
    home.kata(&["reschedule", "--due", "2026-11-20", "answer"]).ok();
    assert_eq!(home.kata(&["due", "--json"]).json()["decks"][0]["overdue"], 1);
}

#[test]
fn a_relink_gives_a_card_the_history_of_another() {
    let home = Home::with_notes(2);
    let (old, new) = (card(&home, "answer 1"), card(&home, "answer 2"));
    let (old, new) = (old["card"].as_str().unwrap(), new["card"].as_str().unwrap());
    let mut review = home.review(&[]);
    review.expect("hello");
    review.expect("card");
    review.grade(4);
    drop(review);
    home.kata(&["relink", old, new]).ok();
    let joined = card(&home, "answer 2");
    assert_eq!(joined["repetitions"], 1);
    let gone = home.kata(&["show", old, "--json"]).json();
    assert_eq!(gone["retired"], true);
    let run = home.kata(&["relink", new, old]).exits(1);
    assert!(run.stderr.contains("undo"), "{}", run.stderr);
    home.kata(&["relink", new, new]).exits(1);
    home.kata(&["undo"]).ok();
    assert_eq!(card(&home, "answer 2")["repetitions"], 0);
    assert_eq!(card(&home, "answer 1")["repetitions"], 1);
}

#[test]
fn what_is_not_found_is_said() {
    let home = Home::with_notes(1);
    assert!(home.kata(&["show", "zzzzzzzz"]).exits(1).stderr.contains("zzzzzzzz"));
    home.kata(&["show", "abc"]).exits(2);
    home.kata(&["suspend", "nowhere"]).exits(1);
    home.kata(&["flag", "9", "answer"]).exits(2);
    assert!(home.kata(&["due", "plian"]).exits(2).stderr.contains("did you mean plain?"));
}

#[test]
fn an_undo_takes_back_the_last_thing_done_also_where_the_clock_stands_still() {
    let home = Home::with_notes(2);
    let mut review = home.review(&["--new", "1"]);
    review.expect("hello");
    let asked = review.expect("card")["front"].as_str().unwrap().to_owned();
    review.grade(3);
    review.expect("card");
    review.grade(4);
    review.expect("done");
    let other = if asked == "question 1" { "answer 2" } else { "answer 1" };
    home.kata(&["flag", "1", other]).ok();
    let run = home.kata(&["undo"]).ok();
    assert!(run.stdout.contains("flag"), "{}", run.stdout);
    assert!(home.kata(&["undo"]).ok().stdout.contains("drill, grade 4"));
    assert!(home.kata(&["undo"]).ok().stdout.contains("learn, grade 3"));
}
