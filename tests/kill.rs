//! Killed at any moment, a session has lost nothing that it acknowledged, and an import or a restore
//! is done or not: a thousand times, 700 sessions, 200 imports and 100 restores.

use crate::home::Home;
use kata::model::StudyDay;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use std::collections::BTreeSet;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const SESSIONS: usize = 700;
const IMPORTS: usize = 200;
const RESTORES: usize = 100;

fn reviews(export: &Value) -> Vec<String> {
    let reviews = export["reviews"].as_array().unwrap().iter();
    reviews.map(|review| review["card"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn after_a_sigkill_exactly_the_acknowledged_answers_are_there() {
    let mut home = Home::with_notes(300);
    let mut dice = SmallRng::seed_from_u64(11);
    let mut before = Vec::new();
    let mut between = 0;
    for session in 0..SESSIONS {
        // Days go by and nothing is known, so that there is always something to ask.
        let day = StudyDay::from_number(20_780 + i32::try_from(session / 2).unwrap());
        home.on(&day.to_string());
        let mut review = home.review(&[]);
        let process = review.process().to_string();
        let moment = Duration::from_micros(dice.random_range(0..25_000));
        // The one clock of the tests: a moment is random only on a real one. It counts from the
        // start of the process, or from its first word.
        let (start, started) = std::sync::mpsc::channel();
        if session % 4 == 0 {
            start.send(()).unwrap();
        }
        let killer = std::thread::spawn(move || {
            started.recv().unwrap();
            std::thread::sleep(moment);
            Command::new("kill").args(["-KILL", &process]).status().unwrap();
        });
        let (mut acknowledged, mut is_done) = (Vec::new(), false);
        while let Some(message) = review.hear() {
            match message["type"].as_str().unwrap() {
                "hello" => start.send(()).unwrap_or_default(),
                "card" if review.try_say(r#"{"do":"grade","grade":2}"#).is_err() => break,
                "graded" => acknowledged.push(message["card"].as_str().unwrap().to_owned()),
                "done" => is_done = true,
                _ => {}
            }
        }
        killer.join().unwrap();
        let after = reviews(&home.export());
        let new = &after[before.len()..];
        assert_eq!(after[..before.len()], before[..], "what was there stays");
        assert!(new.len() <= acknowledged.len() + 1, "{new:?} {acknowledged:?}");
        let stored: Vec<&str> = new.iter().map(|card| &card[..8]).collect();
        let told: Vec<&str> = acknowledged.iter().map(|card| &card[..8]).collect();
        assert_eq!(stored[..told.len()], told[..]);
        between += usize::from(!told.is_empty() && !is_done);
        before = after;
        if session % 50 == 0 {
            home.kata(&["doctor"]).ok();
        }
    }
    home.kata(&["doctor"]).ok();
    assert!(between >= SESSIONS / 10, "only {between} sessions were killed half way");
}

/// Starts a command and kills it at a random moment; whether it had ended before.
fn killed(home: &Home, arguments: &[&str], dice: &mut SmallRng, longest: Duration) -> bool {
    let mut command = home.command(arguments);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(longest.mul_f64(dice.random_range(0.0..1.0)));
    let had_ended = child.try_wait().unwrap().is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    had_ended
}

/// How long a command takes, with room for a slow moment.
fn length(home: &Home, arguments: &[&str]) -> Duration {
    let start = Instant::now();
    home.kata(arguments).ok();
    start.elapsed().mul_f64(1.2)
}

#[test]
fn after_a_sigkill_an_import_is_whole_or_not_there() {
    const NOTES: usize = 300;
    let home = Home::new();
    let write = |version: usize| {
        let notes: String = (0..NOTES)
            .map(|n| format!("  - {{id: n{n}, front: question {n}, back: version {version}}}\n"))
            .collect();
        home.write("deck.yaml", format!("deck: d\ncards:\n{notes}"));
    };
    write(0);
    home.kata(&["import", "deck.yaml"]).ok();
    write(1);
    let longest = length(&home, &["import", "deck.yaml"]);
    let mut dice = SmallRng::seed_from_u64(12);
    let (mut there, mut half_way) = (1, 0);
    for version in 2..IMPORTS + 2 {
        write(version);
        let had_ended = killed(&home, &["import", "deck.yaml"], &mut dice, longest);
        let export = home.export();
        let notes = export["notes"].as_array().unwrap();
        let backs: BTreeSet<&str> =
            notes.iter().map(|note| note["fields"]["back"].as_str().unwrap()).collect();
        assert_eq!((backs.len(), notes.len()), (1, NOTES), "{backs:?}");
        let (old, new) = (format!("version {there}"), format!("version {version}"));
        let is = backs.first().unwrap();
        assert!(*is == old || *is == new, "{is}");
        half_way += usize::from(!had_ended);
        if *is == new {
            there = version;
        }
        if version % 10 == 0 {
            home.kata(&["import", "deck.yaml"]).ok();
            home.kata(&["doctor"]).ok();
            there = version;
        }
    }
    assert!(half_way >= IMPORTS / 10, "only {half_way} imports were killed half way");
}

#[test]
fn after_a_sigkill_a_restore_is_whole_or_not_there() {
    let home = Home::with_notes(300);
    let backup = |name: &str| {
        let made = home.kata(&["backup", "--json"]).json();
        std::fs::rename(made["path"].as_str().unwrap(), home.path(name)).unwrap();
        home.export()
    };
    let first = backup("first");
    home.review(&["--new", "100"]).grade_all(4);
    let second = backup("second");
    assert_ne!(first, second);
    let longest = length(&home, &["restore", "first"]);
    let mut dice = SmallRng::seed_from_u64(13);
    let mut half_way = 0;
    let mut is = first.clone();
    for round in 0..RESTORES {
        let which = if is == first { "second" } else { "first" };
        half_way += usize::from(!killed(&home, &["restore", which], &mut dice, longest));
        let now = home.export();
        assert!(now == first || now == second, "round {round}");
        is = now;
        if round % 10 == 0 {
            home.kata(&["doctor"]).ok();
            // On a slow machine few restores outrun their kill.
            home.kata(&["restore", which]).ok();
            is = home.export();
            assert!(is == if which == "first" { first.clone() } else { second.clone() });
        }
    }
    // What was half made is no backup, and goes with the next.
    home.kata(&["backup"]).ok();
    let left = std::fs::read_dir(home.path("data/kata/kata.db.backups")).unwrap();
    let left: Vec<String> =
        left.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!left.iter().any(|name| name.starts_with('.')), "{left:?}");
    home.kata(&["doctor"]).ok();
    assert!(half_way >= RESTORES / 4, "only {half_way} restores were killed half way");
}
