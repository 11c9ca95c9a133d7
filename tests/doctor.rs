//! Whether a database is as it should be, and mending it.

use crate::home::Home;
use rusqlite::Connection;
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;

/// A home with a history: answers, an undo, a mark, a relink.
fn used() -> Home {
    let home = Home::with_notes(40);
    let mut review = home.review(&["--new", "20"]);
    review.expect("hello");
    for n in 0..20 {
        review.expect("card");
        review.grade(n % 6);
    }
    review.end();
    home.kata(&["undo"]).ok();
    home.kata(&["suspend", "question 7"]).ok();
    let cards = home.kata(&["cards", "--json"]).json();
    let id = |n: usize| cards["cards"][n]["card"].as_str().unwrap().to_owned();
    home.kata(&["relink", &id(0), &id(39)]).ok();
    home
}

/// Changes the database behind kata's back.
fn meddle(home: &Home, sql: &str) {
    let db = Connection::open(home.database()).unwrap();
    db.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;").unwrap();
    db.execute_batch(sql).unwrap();
}

/// The checks that found something, with how much.
fn found(home: &Home, arguments: &[&str]) -> Vec<(String, u64)> {
    let run = home.kata(&[&["doctor", "--json"], arguments].concat());
    let health: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(run.code, Some(i32::from(health["clean"] == false)), "{}", run.stderr);
    let checks = health["checks"].as_array().unwrap().iter();
    let wrong = checks.filter(|check| check["problems"] != 0);
    wrong
        .map(|c| (c["check"].as_str().unwrap().to_owned(), c["problems"].as_u64().unwrap()))
        .collect()
}

#[test]
fn a_database_in_use_is_clean_and_looking_at_it_changes_nothing() {
    let home = used();
    let before = fs::read(home.database()).unwrap();
    let run = home.kata(&["doctor"]).ok();
    for check in ["pages", "references", "schema", "history", "text", "cards", "cache"] {
        assert!(run.stdout.contains(&format!("{check:10}  ok\n")), "{}", run.stdout);
    }
    assert_eq!(fs::read(home.database()).unwrap(), before);
    let run = home.kata(&["doctor", "--rebuild"]).ok();
    assert!(run.stdout.contains("all were right"), "{}", run.stdout);
}

#[test]
fn where_there_is_no_database_none_is_made() {
    let home = Home::new();
    let run = home.kata(&["doctor"]).ok();
    assert!(run.stdout.contains("There is no database at"), "{}", run.stdout);
    assert!(!home.path("data").exists());
}

#[test]
fn a_state_that_is_not_what_history_says_is_told_and_computed_anew() {
    let home = used();
    let before = home.export();
    meddle(
        &home,
        "UPDATE card SET due = 30000, interval = 9 WHERE due IS NOT NULL AND id % 2 = 0; UPDATE card SET flag = 3 WHERE id = 31",
    );
    let wrong = found(&home, &[]);
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert_eq!(wrong[0].0, "cache");
    let run = home.kata(&["doctor"]).exits(1);
    assert!(run.stdout.contains("kata doctor --rebuild"), "{}", run.stdout);
    let run = home.kata(&["doctor", "--rebuild"]).ok();
    assert!(run.stdout.contains(&format!("put {} cards right", wrong[0].1)), "{}", run.stdout);
    assert_eq!(home.export(), before);
}

#[test]
fn lost_parts_of_the_schema_are_made_anew() {
    let home = used();
    let before = home.export();
    meddle(
        &home,
        "DROP TRIGGER review_never_goes; DROP INDEX card_due; DROP VIEW event;
         DROP TRIGGER mark_never_changes;
         CREATE TRIGGER mark_never_changes BEFORE UPDATE ON mark BEGIN SELECT 1; END;",
    );
    let run = home.kata(&["doctor"]).exits(1);
    assert!(run.stdout.contains("the trigger review_never_goes is missing"), "{}", run.stdout);
    assert!(run.stdout.contains("the trigger mark_never_changes is another"), "{}", run.stdout);
    let run = home.kata(&["doctor", "--repair"]).ok();
    for object in ["trigger review_never_goes", "index card_due", "view event"] {
        assert!(run.stdout.contains(&format!("Made the {object} anew.")), "{}", run.stdout);
    }
    assert!(run.stdout.contains("What was there is in the backup "), "{}", run.stdout);
    assert_eq!(home.export(), before);
    let db = Connection::open(home.database()).unwrap();
    db.execute("DELETE FROM review", []).unwrap_err();
    db.execute("UPDATE mark SET day = 0", []).unwrap_err();
}

#[test]
fn an_index_that_is_damaged_is_built_anew() {
    let home = used();
    let before = home.export();
    // An index that lacks a row: its definition is hidden while the row changes.
    meddle(
        &home,
        "PRAGMA writable_schema = ON;
         CREATE TEMP TABLE hidden AS SELECT * FROM sqlite_schema WHERE name = 'card_drill';
         UPDATE sqlite_schema SET sql = 'CREATE INDEX card_drill ON card (drill) WHERE drill IS NULL'
         WHERE name = 'card_drill';",
    );
    let wrong: Vec<String> = found(&home, &[]).into_iter().map(|(check, _)| check).collect();
    assert!(
        wrong.contains(&"pages".to_owned()) && wrong.contains(&"schema".to_owned()),
        "{wrong:?}"
    );
    home.kata(&["doctor", "--repair"]).ok();
    assert_eq!(home.export(), before);
}

#[test]
fn what_cards_say_of_their_notes_is_put_right() {
    let home = used();
    home.write("decks/other.yaml", "deck: other\ncards:\n  - {front: x, back: y}\n");
    home.kata(&["import", "decks"]).ok();
    let before = home.export();
    meddle(&home, "UPDATE card SET deck = 2, kind = 3 WHERE id IN (3, 4, 5)");
    assert_eq!(found(&home, &[]), [("cards".to_owned(), 3)]);
    let run = home.kata(&["doctor", "--repair"]).ok();
    assert!(run.stdout.contains("Put 3 cards right by their notes."), "{}", run.stdout);
    assert_eq!(home.export(), before);
}

#[test]
fn what_cannot_be_mended_is_told_and_nothing_of_it_is_lost() {
    for (sql, check) in [
        ("UPDATE note SET fields = '{\"front\": 7}' WHERE id = 1", "text"),
        ("UPDATE deck SET options = '{\"new_per_day\": \"x\"}'", "text"),
        ("DELETE FROM card WHERE id = 30", "cards"),
        (
            "DROP TRIGGER mark_never_changes; UPDATE mark SET value = randomblob(16) WHERE kind = 7; ",
            "history",
        ),
        (
            "DROP TRIGGER review_never_changes; UPDATE review SET day = day + 2 WHERE grade = 1",
            "history",
        ),
    ] {
        let home = used();
        meddle(&home, sql);
        let count = || -> i64 {
            let db = Connection::open(home.database()).unwrap();
            db.query_row(
                "SELECT (SELECT count(*) FROM review) + (SELECT count(*) FROM mark)",
                [],
                |row| row.get(0),
            )
            .unwrap()
        };
        let events = count();
        let wrong: Vec<String> = found(&home, &[]).into_iter().map(|(check, _)| check).collect();
        assert!(wrong.contains(&check.to_owned()), "{sql}: {wrong:?}");
        let run = home.kata(&["doctor", "--repair"]).exits(1);
        assert!(run.stdout.contains("What is left cannot be mended here"), "{sql}: {}", run.stdout);
        assert_eq!(count(), events, "{sql}");
    }
}

#[test]
fn pages_that_are_overwritten_are_told_whichever_they_are() {
    let home = used();
    // Into the file itself, all of it.
    drop(
        Connection::open(home.database()).unwrap().execute_batch("PRAGMA wal_checkpoint(TRUNCATE)"),
    );
    let good = fs::read(home.database()).unwrap();
    for page in 1..good.len() / 4096 {
        let mut bytes = good.clone();
        bytes[page * 4096..(page + 1) * 4096].fill(0xa5);
        fs::write(home.database(), &bytes).unwrap();
        let run = home.kata(&["doctor"]).exits(1);
        assert!(!run.stderr.contains("panicked"), "page {page}: {}", run.stderr);
        assert!(run.stdout.contains("pages ") || run.stderr.contains("damaged"), "page {page}");
    }
}

#[test]
fn files_that_are_gone_and_open_permissions_are_remarks() {
    let home = used();
    fs::remove_file(home.path("decks/plain.yaml")).unwrap();
    fs::set_permissions(home.database(), fs::Permissions::from_mode(0o644)).unwrap();
    let run = home.kata(&["doctor"]).ok();
    assert!(run.stdout.contains("plain.yaml is gone; 40 notes of it stay"), "{}", run.stdout);
    assert!(run.stdout.contains("Others may read"), "{}", run.stdout);
}
