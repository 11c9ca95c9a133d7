//! `kata review --json`, as `docs/review-protocol.md` says.

use crate::home::Home;
use serde_json::json;

#[test]
fn a_session_speaks_as_the_protocol_says() {
    let home = Home::new();
    home.write(
        "decks/ways.yaml",
        "deck: devops/ways\ntags: [devops]\nsource: Course\ncards:\n  - {front: Kaizen, back: Improvement, hint: Japanese, extra: More., source: Lean}\n",
    );
    let mut review = home.review(&["decks/ways.yaml"]);
    let hello = review.expect("hello");
    assert_eq!(
        hello,
        json!({"type": "hello", "protocol": 1, "version": env!("CARGO_PKG_VERSION"),
               "day": "2026-11-23", "remaining": {"new": 1, "review": 0, "drill": 0}})
    );
    let card = review.expect("card");
    let id = card["card"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), 8);
    assert_eq!(
        card,
        json!({"type": "card", "card": id, "deck": "devops/ways", "kind": "basic", "phase": "new",
               "front": "Kaizen", "hint": "Japanese", "typed": false, "tags": ["devops"],
               "source": "Course › Lean", "flag": 0,
               "remaining": {"new": 1, "review": 0, "drill": 0}})
    );
    review.say(r#"{"do":"reveal","typed":"improvment"}"#);
    assert_eq!(
        review.expect("answer"),
        json!({"type": "answer", "card": id, "back": "Improvement", "extra": "More.",
               "suggested": 3,
               "comparison": {
                   "typed": [{"text": "i", "fit": "forgiven"}, {"text": "mprovment", "fit": "same"}],
                   "answer": [{"text": "I", "fit": "forgiven"}, {"text": "mprov", "fit": "same"},
                              {"text": "e", "fit": "off"}, {"text": "ment", "fit": "same"}]},
               "intervals": {"0": 1, "1": 1, "2": 1, "3": 1, "4": 1, "5": 1}})
    );
    review.say(r#"{"do":"flag","flag":2}"#);
    assert_eq!(review.expect("flagged"), json!({"type": "flagged", "card": id, "flag": 2}));
    review.say(r#"{"do":"grade","grade":7}"#);
    assert_eq!(
        review.expect("error"),
        json!({"type": "error", "message": "grade must be 0 to 5, got 7"})
    );
    assert_eq!(
        review.grade(3),
        json!({"type": "graded", "card": id, "grade": 3, "phase": "new", "repetitions": 1,
               "interval": 1, "ease": 2.36, "due": "2026-11-24", "again_today": true, "leech": false})
    );
    let drill = review.expect("card");
    assert_eq!(drill["phase"], "drill");
    assert_eq!(drill["flag"], 2);
    assert_eq!(drill["remaining"], json!({"new": 0, "review": 0, "drill": 1}));
    review.say(r#"{"do":"undo"}"#);
    let undone = review.expect("undone");
    assert_eq!(undone["card"], id.as_str());
    assert_eq!(undone["remaining"], json!({"new": 1, "review": 0, "drill": 0}));
    assert_eq!(review.expect("card")["phase"], "new");
    review.grade(4);
    assert_eq!(
        review.expect("done"),
        json!({"type": "done", "reviewed": 1, "passed": 1, "drilled": 0, "seconds": 1})
    );
    assert_eq!(review.end(), (vec![], Some(0)));
}

#[test]
fn requests_that_are_wrong_leave_the_card_open() {
    let home = Home::with_notes(1);
    let mut review = home.review(&[]);
    review.expect("hello");
    review.expect("card");
    for wrong in [
        "what?",
        "{}",
        "[]",
        r#"{"do":"dance"}"#,
        r#"{"do":"grade"}"#,
        r#"{"do":"grade","grade":4.5}"#,
        r#"{"do":"grade","grade":"4"}"#,
        r#"{"do":"grade","grade":4,"ms":-1}"#,
        r#"{"do":"flag","flag":8}"#,
        r#"{"do":"undo"}"#,
        "\u{1b}[2J",
    ] {
        review.say(wrong);
        let error = review.expect("error");
        assert!(!error["message"].as_str().unwrap().contains("line 1"), "{error}");
    }
    review.say(&format!(r#"{{"do":"reveal","typed":"{}"}}"#, "x".repeat(2 << 20)));
    review.expect("error");
    review.grade(4);
    review.expect("done");
}

#[test]
fn bury_suspend_and_skip_bring_the_next_card() {
    let home = Home::with_notes(3);
    let mut review = home.review(&[]);
    review.expect("hello");
    let skipped = review.expect("card")["card"].clone();
    review.say(r#"{"do":"skip"}"#);
    assert_eq!(review.expect("skipped")["card"], skipped);
    let buried = review.expect("card")["card"].clone();
    review.say(r#"{"do":"bury"}"#);
    assert_eq!(review.expect("buried")["card"], buried);
    let suspended = review.expect("card")["card"].clone();
    review.say(r#"{"do":"suspend"}"#);
    assert_eq!(review.expect("suspended")["card"], suspended);
    assert_eq!(review.expect("card")["card"], skipped);
    review.say(r#"{"do":"quit"}"#);
    assert_eq!(review.expect("done")["reviewed"], 0);
    let marks = home.export()["marks"].as_array().unwrap().len();
    assert_eq!(marks, 2, "a skip stores nothing");
}

#[test]
fn two_sessions_at_once_store_one_answer_to_a_card() {
    let home = Home::with_notes(2);
    let mut one = home.review(&[]);
    let mut two = home.review(&[]);
    for review in [&mut one, &mut two] {
        review.expect("hello");
        review.expect("card");
    }
    one.grade(4);
    let second = one.expect("card")["card"].clone();
    two.say(r#"{"do":"grade","grade":0}"#);
    two.expect("stale");
    assert_eq!(two.expect("card")["card"], second);
    two.grade(4);
    one.say(r#"{"do":"grade","grade":4}"#);
    one.expect("stale");
    one.expect("done");
    assert_eq!(home.export()["reviews"].as_array().unwrap().len(), 2);
}

#[test]
fn the_end_of_the_input_is_a_quit() {
    let home = Home::with_notes(2);
    let mut review = home.review(&[]);
    review.expect("hello");
    review.expect("card");
    review.grade(4);
    let (left, code) = review.end();
    assert_eq!(left.last().unwrap()["type"], "done");
    assert_eq!(left.last().unwrap()["reviewed"], 1);
    assert_eq!(code, Some(0));
}

#[test]
fn answer_time_counts_to_ten_minutes() {
    let home = Home::with_notes(1);
    let mut review = home.review(&[]);
    review.expect("hello");
    review.expect("card");
    review.say(r#"{"do":"grade","grade":4,"ms":99999999}"#);
    review.expect("graded");
    drop(review);
    assert_eq!(home.export()["reviews"][0]["ms"], 600_000);
}

#[test]
fn only_the_drills_are_asked_when_that_is_wanted() {
    let home = Home::with_notes(3);
    let mut review = home.review(&[]);
    review.expect("hello");
    review.expect("card");
    review.grade(2);
    let put_back = review.expect("card")["card"].clone();
    review.say(r#"{"do":"drills","only":true}"#);
    assert_eq!(review.expect("drills")["remaining"], json!({"new": 2, "review": 0, "drill": 1}));
    assert_eq!(review.expect("card")["phase"], "drill");
    review.grade(4);
    let done = review.expect("done");
    assert_eq!(done["waiting"], json!({"new": 2, "review": 0, "drill": 0}));
    let (_, status) = review.end();
    assert_eq!(status, Some(0));
    let mut next = home.review(&[]);
    next.expect("hello");
    assert_eq!(next.expect("card")["card"], put_back);
}

#[test]
fn a_card_that_was_edited_elsewhere_comes_again_as_it_is_now() {
    let home = Home::with_notes(2);
    let mut review = home.review(&[]);
    review.expect("hello");
    let card = review.expect("card")["card"].clone();
    let text = std::fs::read_to_string(home.path("decks/plain.yaml")).unwrap();
    home.write("decks/plain.yaml", text.replace("question 1", "another question"));
    review.say(r#"{"do":"reload"}"#);
    assert_eq!(review.expect("reloaded")["message"], "Imported: 1 edited, 1 unchanged.");
    let again = review.expect("card");
    assert_eq!((&again["card"], &again["front"]), (&card, &json!("another question")));
    home.write("decks/plain.yaml", text.replace("front", "fornt"));
    review.say(r#"{"do":"reload"}"#);
    let told = review.expect("error")["message"].as_str().unwrap().to_owned();
    assert!(told.contains("did you mean \"front\"?"), "{told}");
    review.grade(4);
    assert_eq!(review.expect("card")["front"], "question 2", "what is stored is asked");
}
