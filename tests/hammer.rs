//! Any number of processes on one database at once: no answer is lost, none counts twice, and who has
//! to wait is told so.

use crate::home::{Home, Run};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// What a command may fail with while others write.
const TOLD: [&str; 2] = ["another kata is writing", "another kata wrote"];

/// How long it goes on: `KATA_HAMMER_SECONDS`, or a little.
fn time() -> Duration {
    let seconds = std::env::var("KATA_HAMMER_SECONDS").ok().and_then(|text| text.parse().ok());
    Duration::from_secs(seconds.unwrap_or(5))
}

/// Runs commands, over and over, until the time is up; how many were told to try again.
fn go_on(home: &Home, until: Instant, mut command: impl FnMut(usize) -> Vec<String>) -> usize {
    let mut told = 0;
    for n in 0.. {
        if Instant::now() >= until {
            break;
        }
        let arguments = command(n);
        let run = home.kata(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        if run.code != Some(0) {
            let is_known = TOLD.iter().any(|message| run.stderr.contains(message));
            assert!(is_known, "{arguments:?}: {} {}", run.stdout, run.stderr);
            told += 1;
        }
    }
    told
}

/// Holds sessions until the time is up: cards are learned, some answers are taken back. How often
/// each card was answered for good, and how many answers came too late.
fn learn(home: &Home, until: Instant, learned: &AtomicUsize) -> (HashMap<String, i64>, usize) {
    let (mut answers, mut late) = (HashMap::new(), 0);
    while Instant::now() < until {
        let mut review = home.review(&["--new", "7"]);
        let mut number = 0;
        while let Some(message) = review.hear() {
            let card = || message["card"].as_str().unwrap().to_owned();
            match message["type"].as_str().unwrap() {
                "card" => {
                    number += 1;
                    review.say(match number % 8 {
                        7 => r#"{"do":"undo"}"#,
                        _ => r#"{"do":"grade","grade":4}"#,
                    });
                }
                "graded" => {
                    *answers.entry(card()).or_default() += 1;
                    learned.fetch_add(1, Ordering::Relaxed);
                }
                // An undo reaches the session's own answers first.
                "undone" => *answers.entry(card()).or_default() -= 1,
                "stale" => late += 1,
                "done" => break,
                "hello" => {}
                other => panic!("{other}: {message}"),
            }
        }
        assert_eq!(review.end().1, Some(0));
    }
    (answers, late)
}

#[test]
fn four_processes_at_once_lose_no_answer_and_count_none_twice() {
    let home = Home::with_notes(3000);
    let until = Instant::now() + time();
    let learned = AtomicUsize::new(0);
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    let readers =
        [&["due"][..], &["stats", "--json"], &["cards", "is:new"], &["doctor"], &["backup"]];
    let writers = |n: usize| match n % 3 {
        0 => {
            let text = format!("deck: other\ncards:\n  - {{id: x, front: x, back: version {n}}}\n");
            home.write("other.yaml", text);
            words(&["import", "other.yaml"])
        }
        1 => words(&["flag", "1", "question 2999"]),
        _ => words(&["bury", "deck:other"]),
    };
    let (one, other, told) = std::thread::scope(|scope| {
        let sessions = [(); 2].map(|()| scope.spawn(|| learn(&home, until, &learned)));
        let reader = scope.spawn(|| go_on(&home, until, |n| words(readers[n % readers.len()])));
        let writer = scope.spawn(|| go_on(&home, until, writers));
        let [one, other] = sessions.map(|session| session.join().unwrap());
        (one, other, reader.join().unwrap() + writer.join().unwrap())
    });
    let mut acknowledged = one.0;
    for (card, count) in other.0 {
        *acknowledged.entry(card).or_default() += count;
    }
    acknowledged.retain(|_, count| *count != 0);
    let export = home.export();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let marks = export["marks"].as_array().unwrap();
    let undone: Vec<String> = marks
        .iter()
        .filter(|mark| mark["kind"] == "undo")
        .map(|mark| text(&mark["value"]))
        .collect();
    let mut stored: HashMap<String, i64> = HashMap::new();
    let reviews = export["reviews"].as_array().unwrap();
    for review in reviews.iter().filter(|review| !undone.contains(&text(&review["uuid"]))) {
        *stored.entry(text(&review["card"])[..8].to_owned()).or_default() += 1;
    }
    assert!(stored.values().all(|count| *count == 1), "a card is learned once");
    assert_eq!(stored, acknowledged);
    home.kata(&["doctor"]).ok();
    println!(
        "{} answers, {} taken back, {} too late, {told} commands told to try again",
        learned.into_inner(),
        undone.len(),
        one.1 + other.1
    );
    assert!(reviews.len() > 20);
}

#[test]
fn who_writes_for_long_is_waited_for_and_the_wait_is_told() {
    let home = Home::with_notes(1);
    let card =
        home.kata(&["cards", "--json"]).json()["cards"][0]["card"].as_str().unwrap().to_owned();
    let flag = |flag| home.kata(&["flag", flag, &card]);
    let writer = rusqlite::Connection::open(home.database()).unwrap();
    let hold = |time: Duration, run: &(dyn Fn() -> Run + Sync)| {
        writer.execute_batch("BEGIN IMMEDIATE").unwrap();
        std::thread::scope(|scope| {
            let run = scope.spawn(run);
            std::thread::sleep(time);
            writer.execute_batch("ROLLBACK").unwrap();
            run.join().unwrap()
        })
    };
    let told =
        format!("Another kata is writing to {}; waiting for it.\n", home.database().display());
    assert_eq!(hold(Duration::from_millis(200), &|| flag("1")).ok().stderr, "");
    assert_eq!(hold(Duration::from_millis(2000), &|| flag("2")).ok().stderr, told);
    assert_eq!(
        hold(Duration::from_millis(2000), &|| home.kata(&["flag", "3", &card, "--quiet"]))
            .ok()
            .stderr,
        ""
    );
    let given_up = hold(Duration::from_millis(9000), &|| flag("4")).exits(1);
    let error =
        format!("kata: another kata is writing to {}: try again\n", home.database().display());
    assert_eq!(given_up.stderr, told + &error);
}
