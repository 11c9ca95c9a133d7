//! A person's evening, step by step, and what each step has told.

use super::disk::{self, Image};
use crate::home::{Home, Review};
use serde_json::Value;
use std::path::Path;
use std::process::Stdio;

pub const NOTES: usize = 40;
pub const ANSWERS: usize = 30;

/// One process of the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Import,
    /// Answers, and an undo. The day's backup is made meanwhile.
    Review,
    Backup,
    Add,
    Restore,
}

pub const STEPS: [Step; 5] = [Step::Import, Step::Review, Step::Backup, Step::Add, Step::Restore];

/// What is in a database, as its export tells it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    pub notes: usize,
    pub reviews: Vec<Value>,
    pub marks: Vec<Value>,
}

/// What became of a step.
#[derive(Debug)]
pub struct Ran {
    /// What it acknowledged: answers and undo of a session, else one thing.
    pub told: usize,
    pub code: Option<i32>,
}

impl Step {
    /// How much it acknowledges when all goes well.
    pub fn tells(self) -> usize {
        match self {
            Step::Review => ANSWERS + 1,
            Step::Import | Step::Add | Step::Restore => 1,
            Step::Backup => 0,
        }
    }

    /// What it acknowledged with what it said.
    pub fn told(self, said: &str) -> usize {
        match self {
            Step::Review => {
                said.matches(r#""type":"graded""#).count()
                    + said.matches(r#""type":"undone""#).count()
            }
            Step::Import | Step::Add | Step::Restore => usize::from(!said.is_empty()),
            Step::Backup => 0,
        }
    }

    pub fn run(self, home: &mut Home) -> Ran {
        let arguments: &[&str] = match self {
            Step::Import => &["import", "decks"],
            Step::Review => {
                home.on("2026-11-24");
                return review(home.review_telling(&["--new", "40"], Stdio::null()));
            }
            Step::Backup => &["backup"],
            Step::Add => &["add", "plain", "--front", "One more?", "--back", "One more."],
            Step::Restore => &["restore", "2026-11-24-1"],
        };
        let run = home.kata(arguments);
        Ran { told: self.told(&run.stdout), code: run.code }
    }
}

fn review(mut review: Review) -> Ran {
    let mut told = 0;
    while let Some(message) = review.hear() {
        let request = match message["type"].as_str().unwrap() {
            "card" if told < ANSWERS => r#"{"do":"grade","grade":4,"ms":1000}"#,
            "card" if told == ANSWERS => r#"{"do":"undo"}"#,
            "card" => r#"{"do":"quit"}"#,
            "graded" | "undone" => {
                told += 1;
                continue;
            }
            _ => continue,
        };
        // A session that has ended with an error hears nothing any more.
        let _ = review.try_say(request);
    }
    let (_, code) = review.end();
    Ran { told, code }
}

/// A home before the first step.
pub fn home() -> Home {
    let home = Home::new();
    let notes: String =
        (1..=NOTES).map(|n| format!("  - {{front: question {n}, back: answer {n}}}\n")).collect();
    home.write("decks/plain.yaml", format!("deck: plain\ncards:\n{notes}"));
    home
}

impl State {
    pub fn of(home: &Home) -> State {
        match home.database().exists() {
            true => State::read(&home.export()),
            false => State::default(),
        }
    }

    fn read(export: &Value) -> State {
        let list = |key: &str| export[key].as_array().unwrap().clone();
        let notes = list("notes").iter().filter(|note| note["retired"] == false).count();
        State { notes, reviews: list("reviews"), marks: list("marks") }
    }

    /// What the answers and marks of a later state were when there were so many.
    fn after_events(&self, count: usize) -> State {
        let reviews = self.reviews.len().min(count);
        State {
            notes: NOTES,
            reviews: self.reviews[..reviews].to_vec(),
            marks: self.marks[..count - reviews].to_vec(),
        }
    }

    /// All states on the way, from the end of each step: before anything, after the import, after
    /// each answer and the undo, after the note that was added, after the restore.
    pub fn all(ends: &[State]) -> Vec<State> {
        let [imported, reviewed, _, added, restored] = ends else { unreachable!() };
        let events = (0..=ANSWERS + 1).map(|count| reviewed.after_events(count));
        let mut states = vec![State::default()];
        states.extend(events);
        states.extend([added.clone(), restored.clone()]);
        assert_eq!(states[1], *imported);
        assert_eq!(states[ANSWERS + 2], *reviewed);
        states
    }
}

/// Makes a home what it was.
pub fn reset(home: &Home, image: &Image) {
    for name in ["data", "config", "decks"] {
        let _ = std::fs::remove_dir_all(home.path(name));
    }
    disk::put(image, &home.path(""), &home.path(""));
}

/// The real path of a home, without a slash at its end.
pub fn root(home: &Home) -> std::path::PathBuf {
    std::fs::canonicalize(home.path(".")).unwrap()
}

/// The shim, compiled.
pub fn shim(folder: &Path) -> std::path::PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/faults/shim.c");
    let built = folder.join("shim.so");
    let mut compiler = std::process::Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"]);
    let compiled = compiler.arg(&built).arg(source).args(["-ldl", "-lpthread"]).status();
    assert!(compiled.unwrap().success());
    built
}
