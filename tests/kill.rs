//! Killed at any moment, a session has lost nothing that it acknowledged.

use crate::home::Home;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use std::process::Command;
use std::time::Duration;

const SESSIONS: usize = 200;

fn reviews(export: &Value) -> Vec<String> {
    let reviews = export["reviews"].as_array().unwrap().iter();
    reviews.map(|review| review["card"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn after_a_sigkill_exactly_the_acknowledged_answers_are_there() {
    let home = Home::with_notes(1500);
    let mut dice = SmallRng::seed_from_u64(11);
    let mut before = Vec::new();
    let mut between = 0;
    for session in 0..SESSIONS {
        let mut review = home.review(&["--new", "20"]);
        let process = review.process().to_string();
        let moment = Duration::from_micros(dice.random_range(0..40_000));
        // The one clock of the tests: a moment is random only on a real one. It counts from the
        // start of the process, or from its first word.
        let (start, started) = std::sync::mpsc::channel();
        if session % 2 == 0 {
            start.send(()).unwrap();
        }
        let killer = std::thread::spawn(move || {
            started.recv().unwrap();
            std::thread::sleep(moment);
            Command::new("kill").args(["-KILL", &process]).status().unwrap();
        });
        let mut acknowledged = Vec::new();
        while let Some(message) = review.hear() {
            match message["type"].as_str().unwrap() {
                "hello" => start.send(()).unwrap_or_default(),
                "card" if review.try_say(r#"{"do":"grade","grade":4}"#).is_err() => break,
                "graded" => acknowledged.push(message["card"].as_str().unwrap().to_owned()),
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
        between += usize::from(!told.is_empty() && told.len() < 20);
        before = after;
    }
    assert!(between >= 10, "only {between} sessions were killed half way");
}
