//! Backups and restores.

use crate::home::Home;
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn names(home: &Home) -> Vec<String> {
    let list = home.kata(&["backup", "--list", "--json"]).json();
    let backups = list["backups"].as_array().unwrap().iter();
    backups
        .map(|b| format!("{} {}", b["backup"].as_str().unwrap(), b["reason"].as_str().unwrap()))
        .collect()
}

/// All but the machine, which a first event brings.
fn answers(home: &Home) -> usize {
    home.export()["reviews"].as_array().unwrap().len()
}

fn answer_one(home: &Home) {
    let mut review = home.review(&["--new", "1"]);
    review.expect("hello");
    review.expect("card");
    review.grade(4);
    assert_eq!(review.end().1, Some(0));
}

#[test]
fn the_first_write_of_a_study_day_backs_up_what_was_there_before() {
    let mut home = Home::with_notes(30);
    assert_eq!(names(&home), [""; 0], "there was nothing to lose");
    answer_one(&home);
    assert_eq!(names(&home), ["2026-11-23-1 daily"]);
    answer_one(&home);
    home.kata(&["undo"]).ok();
    assert_eq!(names(&home), ["2026-11-23-1 daily"], "one a day");
    home.on("2026-11-24");
    for reads in [&["due"][..], &["stats"], &["import", "decks"], &["cards"]] {
        home.kata(reads).ok();
    }
    assert_eq!(names(&home), ["2026-11-23-1 daily"], "nothing was written");
    home.kata(&["suspend", "question"]).ok();
    assert_eq!(names(&home), ["2026-11-23-1 daily", "2026-11-24-1 daily"]);
    home.kata(&["restore", "2026-11-23-1"]).ok();
    assert_eq!(answers(&home), 0);
    home.kata(&["restore", "2026-11-24-1"]).ok();
    assert_eq!(answers(&home), 2);
}

#[test]
fn a_restore_can_be_taken_back_by_another() {
    let home = Home::with_notes(5);
    answer_one(&home);
    let run = home.kata(&["backup"]).ok();
    assert!(run.stdout.starts_with("Backup 2026-11-23-2: "), "{}", run.stdout);
    answer_one(&home);
    let both = home.export();
    let run = home.kata(&["restore", "2026-11-23-2"]).ok();
    assert_eq!(
        run.stdout,
        "Restored 2026-11-23-2: 5 notes, 1 answer. What was there is in the backup 2026-11-23-3.\n"
    );
    assert_eq!(answers(&home), 1);
    home.kata(&["restore"]).ok();
    assert_eq!(home.export(), both, "bit for bit");
    let reasons = ["2026-11-23-1 daily", "2026-11-23-2 asked", "2026-11-23-3 restore"];
    assert_eq!(names(&home)[..3], reasons);
}

#[test]
fn an_import_that_retires_much_of_a_deck_is_backed_up_first() {
    let mut home = Home::with_notes(20);
    home.on("2026-11-24");
    answer_one(&home);
    let notes = |count: usize| -> String {
        (1..=count)
            .map(|n| format!("  - {{id: n{n}, front: question {n}, back: answer {n}}}\n"))
            .collect()
    };
    home.write("decks/plain.yaml", format!("deck: plain\ncards:\n{}", notes(18)));
    home.kata(&["import", "decks"]).ok();
    assert_eq!(names(&home).len(), 1, "a tenth is not much");
    home.write("decks/plain.yaml", format!("deck: plain\ncards:\n{}", notes(5)));
    let run = home.kata(&["import", "decks"]).ok();
    assert!(run.stderr.contains("before it: backup 2026-11-24-2"), "{}", run.stderr);
    assert_eq!(names(&home), ["2026-11-24-1 daily", "2026-11-24-2 import"]);
    home.write(
        "config/kata/config.yaml",
        "backups_daily: 0\nbackups_weekly: 0\nbackups_monthly: 0\n",
    );
    home.write("decks/plain.yaml", format!("deck: plain\ncards:\n{}", notes(1)));
    home.kata(&["import", "decks"]).ok();
    assert_eq!(names(&home).len(), 2, "they are turned off");
}

#[test]
fn database_and_backups_are_private() {
    let home = Home::with_notes(1);
    home.kata(&["backup"]).ok();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let backups = home.path("data/kata/kata.db.backups");
    assert_eq!(mode(&home.path("data/kata")), 0o700);
    assert_eq!(mode(&home.database()), 0o600);
    assert_eq!(mode(&backups), 0o700);
    for entry in fs::read_dir(&backups).unwrap() {
        assert_eq!(mode(&entry.unwrap().path()), 0o600);
    }
}

#[test]
fn a_damaged_database_is_put_aside_and_the_backup_takes_its_place() {
    let home = Home::with_notes(200);
    answer_one(&home);
    home.kata(&["backup"]).ok();
    let good = home.export();
    let mut bytes = fs::read(home.database()).unwrap();
    for page in bytes.chunks_mut(4096).skip(1) {
        page[..100].fill(0xa5);
    }
    fs::write(home.database(), &bytes).unwrap();
    let run = home.kata(&["export", "--format", "json"]).exits(1);
    assert!(
        run.stderr.contains("damaged") && run.stderr.contains("kata restore"),
        "{}",
        run.stderr
    );
    let run = home.kata(&["backup"]).exits(1);
    assert!(run.stderr.contains("damaged"), "{}", run.stderr);
    assert_eq!(names(&home).len(), 2, "what is damaged is no backup");
    let run = home.kata(&["restore"]).ok();
    assert!(run.stdout.contains("The damaged database is in "), "{}", run.stdout);
    assert_eq!(home.export(), good);
    let aside = home.path("data/kata/kata.db.backups/damaged-1/kata.db");
    assert_eq!(fs::read(aside).unwrap(), bytes);
}

#[test]
fn what_is_no_backup_is_told_and_changes_nothing() {
    let home = Home::with_notes(3);
    let run = home.kata(&["restore"]).exits(1);
    assert!(run.stderr.contains("there is no backup in"), "{}", run.stderr);
    home.kata(&["backup"]).ok();
    let before = home.export();
    let backup = home.path("data/kata/kata.db.backups/2026-11-23-1-asked.db.zst");
    let whole = fs::read(&backup).unwrap();
    let mut damaged = whole.clone();
    damaged[whole.len() / 2] ^= 0x10;
    for (name, content, told) in [
        ("cut.zst", &whole[..whole.len() / 2], "cut.zst"),
        ("damaged.zst", &damaged, "damaged.zst"),
        ("text.zst", b"this is no database at all".as_slice(), "no kata database"),
        ("empty", b"".as_slice(), "no kata database"),
    ] {
        let path = home.write(name, content);
        let run = home.kata(&["restore", path.to_str().unwrap()]).exits(1);
        assert!(
            run.stderr.contains(told) && run.stderr.contains("nothing was changed"),
            "{name}: {}",
            run.stderr
        );
    }
    let run = home.kata(&["restore", "2027"]).exits(1);
    assert!(run.stderr.contains("there is no backup 2027"), "{}", run.stderr);
    assert_eq!(home.export(), before);
    assert_eq!(names(&home).len(), 1);
    // A copy of a database will do, too.
    fs::copy(home.database(), home.path("copy.db")).unwrap();
    home.kata(&["restore", "copy.db"]).ok();
    assert_eq!(home.export(), before);
}

#[test]
fn a_session_that_is_open_during_a_restore_goes_on_with_what_there_is() {
    let home = Home::with_notes(5);
    home.kata(&["backup"]).ok();
    answer_one(&home);
    let mut review = home.review(&[]);
    review.expect("hello");
    review.expect("card");
    home.kata(&["restore", "2026-11-23-1"]).ok();
    review.grade(4);
    drop(review.end());
    assert_eq!(answers(&home), 1);
}

#[test]
fn an_answer_is_refused_where_the_database_was_removed_during_the_session() {
    let home = Home::with_notes(5);
    let mut review = home.review(&[]);
    review.expect("hello");
    review.expect("card");
    fs::remove_file(home.database()).unwrap();
    review.say(r#"{"do":"grade","grade":4}"#);
    let (messages, code) = review.end();
    assert_eq!(code, Some(1));
    let is_graded = |message: &Value| message["type"] == "graded";
    assert!(!messages.iter().any(is_graded), "{messages:?}");
}

#[test]
fn without_a_database_there_is_nothing_to_back_up_but_something_to_restore() {
    let home = Home::with_notes(3);
    home.kata(&["backup"]).ok();
    let before = home.export();
    fs::remove_dir_all(home.path("data/kata/kata.db.backups/none")).unwrap_err();
    fs::remove_file(home.database()).unwrap();
    let run = home.kata(&["backup"]).exits(1);
    assert!(run.stderr.contains("nothing to back up"), "{}", run.stderr);
    home.kata(&["restore"]).ok();
    assert_eq!(home.export(), before);
}
