//! `kata stats --json` against figures that are counted anew, by a program of its own: the Python
//! scripts in `tests/statistics/` read an export, and share no code with kata.

mod invariants;
mod life;

use crate::home::{Home, Run, run};
use life::Life;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;
use std::process::Command;

/// 2026-11-23, 12:00 UTC.
const END: i64 = 1_795_435_200_000;

/// Whether there is a Python to count with. `KATA_REQUIRE_PYTHON=1` makes it a failure if not.
fn python_is_here() -> bool {
    let check = "import sys; sys.exit(sys.version_info < (3, 10))";
    let found = Command::new("python3").args(["-c", check]).status();
    let is_here = found.is_ok_and(|status| status.success());
    let is_required = std::env::var("KATA_REQUIRE_PYTHON").is_ok_and(|value| value == "1");
    assert!(is_here || !is_required, "there is no python3 of 3.10 or newer");
    if !is_here {
        // Not by a macro, whose words a test that passes keeps to itself.
        let why = b"skipped: there is no python3 of 3.10 or newer to count with\n";
        std::io::stderr().write_all(why).unwrap();
    }
    is_here
}

/// What the scripts say of figures that were told for a selection.
fn counted_anew(home: &Home, told: &str, selection: &[&str]) -> Run {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statistics");
    let mut command = Command::new("python3");
    command.arg("-B").arg(scripts).arg(home.path("all.json")).args(selection);
    command.env("PYTHONIOENCODING", "utf-8");
    run(command, told)
}

#[track_caller]
fn agrees(home: &Home, selection: &[&str]) -> Value {
    let told = home.kata(&[&["stats", "--json"], selection].concat()).ok().stdout;
    let run = counted_anew(home, &told, selection);
    assert!(run.code == Some(0), "kata stats {selection:?}\n{}{}", run.stdout, run.stderr);
    serde_json::from_str(&told).unwrap()
}

const SELECTIONS: [&[&str]; 4] = [
    &["--since", "2026-08-01", "--until", "2026-11-10", "--tag", "LEAN"],
    &["a", "--until", "2026-11-20"],
    &["a/b/c", "empty", "Übung", "--since", "2026-10-10"],
    &["a", "ease<2.5", "interval>=2", "lapses>0"],
];

#[test]
fn every_figure_is_the_one_that_an_export_gives_by_the_definitions() {
    if !python_is_here() {
        return;
    }
    let clocks = [
        "2026-11-23T12:00:00+00:00",
        "2026-11-23T03:59:00+14:00",
        "2026-11-23T04:01:00+14:00",
        "2026-11-22T23:30:00-11:00",
        "2026-11-24T12:00:00+00:00",
    ];
    let lives = [1_500, 800, 400, 2_000, 700, 60, 120, 1, 0, 1_200];
    let mut seen = Seen::default();
    for ((seed, events), clock) in (1..).zip(lives).zip(clocks.into_iter().cycle()) {
        let mut home = Home::new();
        home.on(clock);
        home.write("life.json", Life::export(seed, events, END).to_string());
        home.kata(&["import", "life.json"]).ok();
        home.kata(&["export", "--format", "json", "-o", "all.json"]).ok();
        seen.look_at(&agrees(&home, &[]));
        // Two of the selections in turn: each process takes its time.
        for selection in SELECTIONS.into_iter().cycle().skip(2 * seed as usize).take(2) {
            agrees(&home, selection);
        }
    }
    let Seen { drifts, leeches, streaks, waiting_streaks, hints } = seen;
    let rich = [drifts, leeches, streaks, waiting_streaks, hints];
    assert!(rich.iter().all(|&times| times > 0), "the lives are too poor: {rich:?}");
}

/// How often the lives came to what is rare.
#[derive(Default)]
struct Seen {
    drifts: usize,
    leeches: usize,
    streaks: usize,
    /// Streaks that wait for today's first answer.
    waiting_streaks: usize,
    /// Cards that have hardly lapsed, and a low ease.
    hints: usize,
}

impl Seen {
    fn look_at(&mut self, told: &Value) {
        let list = |key: &str| told[key].as_array().unwrap().clone();
        let lasts = told["streak"]["current"] != 0;
        let begun = list("days").iter().any(|day| day["day"] == told["day"]);
        self.drifts += usize::from(!told["drift"]["p"].is_null());
        self.leeches += list("leeches").len();
        self.streaks += usize::from(lasts);
        self.waiting_streaks += usize::from(lasts && !begun);
        self.hints += list("hardest").iter().filter(|card| card["advice"] == "add_a_hint").count();
    }
}

#[test]
fn a_history_that_the_program_itself_wrote_counts_the_same() {
    if !python_is_here() {
        return;
    }
    let mut home = Home::new();
    home.write(
        "decks/own.yaml",
        "deck: own\ntags: [T]\noptions: {leech_threshold: 2}\ncards:\n  - {id: one, front: q, back: a, reverse: true}\n  - cloze: \"{{x}} and {{y}}\"\n  - {front: l, list: [p, q, r]}\n  - {front: typo, back: long}\n",
    );
    home.kata(&["import", "decks"]).ok();
    for (day, zone) in (1..28).zip(["+00:00", "+14:00", "-11:00", "+00:00"].into_iter().cycle()) {
        home.on(&format!("2026-10-{day:02}T20:10:00{zone}"));
        let mut review = home.review(&["--ahead", "1"]);
        let mut grades = [4, 5, 2, 3, 4, 1, 4].into_iter().cycle().skip(day);
        let mut asked = 0;
        while let Some(message) = review.hear() {
            // A session of much failing would go on: it is left after some cards.
            if message["type"] == "card" && asked < 9 {
                review.grade(grades.next().unwrap());
                asked += 1;
            } else if message["type"] == "card" {
                review.say(r#"{"do":"quit"}"#);
            }
        }
        match day {
            5 | 9 | 17 => drop(home.kata(&["undo"]).ok()),
            7 => drop(home.kata(&["resume", "deck:own"]).ok()),
            11 => drop(home.kata(&["reset", "typo"]).ok()),
            15 => drop(home.kata(&["reschedule", "--due", "2026-10-20", "l"]).ok()),
            19 => drop(home.kata(&["suspend", "q"]).ok()),
            _ => {}
        }
    }
    // The note that was put right by hand, as a new one, takes the old one's history over.
    let old = home.kata(&["cards", "--json", "typo"]).json()["cards"][0]["card"].clone();
    home.write("decks/new.yaml", "deck: own/new\ncards:\n  - {front: right, back: other}\n");
    home.kata(&["import", "decks/new.yaml"]).ok();
    let new = home.kata(&["cards", "--json", "right"]).json()["cards"][0]["card"].clone();
    home.kata(&["relink", old.as_str().unwrap(), new.as_str().unwrap()]).ok();
    home.kata(&["export", "--format", "json", "-o", "all.json"]).ok();
    for selection in [&[][..], &["own/new"], &["--since", "2026-10-12"]] {
        let told = agrees(&home, selection);
        assert!(told["retention"][5]["all"]["total"].as_u64() > Some(1), "{selection:?}: {told}");
    }
}

#[test]
fn a_figure_that_is_off_by_one_is_found() {
    if !python_is_here() {
        return;
    }
    let home = Home::new();
    home.write("life.json", Life::export(8, 300, END).to_string());
    home.kata(&["import", "life.json"]).ok();
    home.kata(&["export", "--format", "json", "-o", "all.json"]).ok();
    let mut told = home.kata(&["stats", "--json"]).json();
    let total = told["hours"][3]["answers"].as_u64().unwrap();
    told["hours"][3]["answers"] = json!(total + 1);
    told["more"] = json!(0);
    let found = counted_anew(&home, &told.to_string(), &[]).exits(1).stdout;
    let wrong = format!("$.hours[3].answers is told as {}, counted as {total}", total + 1);
    assert!(found.contains(&wrong) && found.contains("$.more is told"), "{found}");
    assert_eq!(found.lines().count(), 2, "{found}");
}
