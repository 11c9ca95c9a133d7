//! What can be read of a damaged database is brought into a new one.

use crate::home::Home;
use crate::schemas;
use rand::rngs::SmallRng;
use rand::{Rng, RngExt, SeedableRng};
use rusqlite::Connection;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

const PAGE: usize = 4096;

/// A home with decks, long notes, answers of some days, undos, marks, relinks and retired cards.
fn used() -> Home {
    let mut home = Home::new();
    let long = "a sentence of a long answer. ".repeat(400);
    let notes: String = (0..150)
        .map(|n| match n % 25 {
            0 => format!("  - {{id: n{n}, front: question {n}, back: \"{n} {long}\"}}\n"),
            1 => format!("  - {{id: n{n}, cloze: \"{n} is {{{{one}}}} of {{{{two}}}}\"}}\n"),
            _ => {
                format!("  - {{id: n{n}, front: question {n}, back: answer {n}, reverse: true}}\n")
            }
        })
        .collect();
    home.write("decks/one.yaml", format!("deck: one\ncards:\n{notes}"));
    home.write("decks/two.yaml", "deck: two\ncards:\n  - {id: x, front: a, back: b}\n");
    home.kata(&["import", "decks"]).ok();
    for day in 1..=6 {
        home.on(&format!("2026-12-0{day}"));
        let mut review = home.review(&["--new", "60"]);
        for n in 0..60_u8 {
            let Some(message) = review.hear().filter(|message| message["type"] != "done") else {
                break;
            };
            match message["type"].as_str().unwrap() {
                "card" => drop(review.grade(n % 6)),
                _ => continue,
            }
        }
        review.end();
        home.kata(&["undo"]).ok();
        home.kata(&["suspend", &format!("question {day}")]).ok();
    }
    let cards = home.kata(&["cards", "--json"]).json();
    let id = |n: usize| cards["cards"][n]["card"].as_str().unwrap().to_owned();
    home.kata(&["relink", &id(0), &id(200)]).ok();
    home.write("decks/two.yaml", "deck: two\ncards:\n  - {id: y, front: c, back: d}\n");
    home.kata(&["import", "decks"]).ok();
    let db = Connection::open(home.database()).unwrap();
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    home
}

/// The uuids of all events of a database.
fn events(path: &Path) -> BTreeSet<String> {
    let db = Connection::open(path).unwrap();
    let mut select =
        db.prepare("SELECT hex(uuid) FROM review UNION ALL SELECT hex(uuid) FROM mark").unwrap();
    select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

/// The tables and indices that the pages of a database are of, and how many rows are on each.
fn owners(path: &Path) -> HashMap<usize, (String, usize)> {
    let db = Connection::open(path).unwrap();
    let mut select = db.prepare("SELECT pageno, name, ncell FROM dbstat").unwrap();
    let rows = select.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Salvages; what is told, as JSON, and the exit status. The new database passes the doctor.
fn salvaged(home: &Home) -> (Value, Option<i32>) {
    let new = home.path("new.db");
    let _ = fs::remove_file(&new);
    let run = home.kata(&["doctor", "--salvage", "new.db", "--json"]);
    let told = serde_json::from_str(&run.stdout)
        .unwrap_or_else(|error| panic!("{error}: {} {}", run.stdout, run.stderr));
    home.kata(&["--db", "new.db", "doctor"]).ok();
    (told, run.code)
}

fn overwrite(bytes: &[u8], page: usize, dice: &mut SmallRng) -> Vec<u8> {
    let mut damaged = bytes.to_vec();
    dice.fill_bytes(&mut damaged[page * PAGE..(page + 1) * PAGE]);
    damaged
}

#[test]
fn a_database_that_is_whole_is_salvaged_whole() {
    let home = used();
    let export = home.export();
    let run = home.kata(&["doctor", "--salvage", "new.db"]).ok();
    assert!(run.stdout.contains("100 % of the events"), "{}", run.stdout);
    assert!(run.stdout.contains("Nothing is missing"), "{}", run.stdout);
    let salvaged = home.kata(&["--db", "new.db", "export", "--format", "json"]).json();
    assert_eq!(salvaged, export);
    home.kata(&["--db", "new.db", "doctor"]).ok();
    let again = home.kata(&["doctor", "--salvage", "new.db"]).exits(1);
    assert!(again.stderr.contains("there is a new.db already"), "{}", again.stderr);
}

#[test]
fn whichever_page_is_overwritten_every_event_of_the_others_is_brought_back() {
    let (pages, share) = each_page_overwritten(&used());
    println!("{pages} pages overwritten, one after another: {:.2} % of events back", share * 100.0);
}

#[test]
fn so_it_is_with_a_database_of_every_schema() {
    for schema in schemas::SCHEMAS {
        each_page_overwritten(&schemas::home_of(schema));
    }
}

/// How many pages a database has, and which share of its events is brought back with one of them overwritten.
fn each_page_overwritten(home: &Home) -> (usize, f64) {
    let whole = fs::read(home.database()).unwrap();
    let all = events(&home.database());
    let owners = owners(&home.database());
    let mut dice = SmallRng::seed_from_u64(31);
    let (mut lost, mut pages) = (0, 0);
    for page in 0..whole.len() / PAGE {
        fs::write(home.database(), overwrite(&whole, page, &mut dice)).unwrap();
        let (told, code) = salvaged(home);
        let back = events(&home.path("new.db"));
        assert!(back.is_subset(&all), "page {}: no event is made up", page + 1);
        let (owner, rows) = owners.get(&(page + 1)).map_or(("", 0), |(o, rows)| (&**o, *rows));
        let missing = all.len() - back.len();
        // An undo of what is lost is left out, wherever it is.
        let on_it = if matches!(owner, "review" | "mark") { rows } else { 0 };
        let undos = told["idle_undos"].as_u64().unwrap() as usize;
        assert!(missing <= on_it + undos, "page {} of {owner}: {told}", page + 1);
        let known = told["lost"].as_u64().unwrap() + told["idle_undos"].as_u64().unwrap();
        assert_eq!(known, missing as u64, "page {} of {owner}: {told}", page + 1);
        assert_eq!(code, Some(i32::from(told["whole"] == false)));
        let is_free = owner.is_empty();
        assert!(is_free || told["whole"] == false, "page {} of {owner}: {told}", page + 1);
        lost += missing;
        pages += 1;
    }
    assert!(lost > 0, "a page of history is among them");
    (pages, 1.0 - lost as f64 / (all.len() * pages) as f64)
}

#[test]
fn of_a_database_that_is_cut_off_what_is_left_is_brought_back() {
    let home = used();
    let whole = fs::read(home.database()).unwrap();
    let all = events(&home.database());
    for length in (1..whole.len() / PAGE).step_by(5) {
        fs::write(home.database(), &whole[..length * PAGE + 100]).unwrap();
        let run = home.kata(&["doctor", "--salvage", "new.db", "--json"]);
        let told: Value = serde_json::from_str(&run.stdout).unwrap_or_default();
        if told.is_null() {
            // Only the schema is left.
            assert!(run.stderr.contains("is no kata database"), "{length}: {}", run.stderr);
            continue;
        }
        run.exits(1);
        home.kata(&["--db", "new.db", "doctor"]).ok();
        assert!(events(&home.path("new.db")).is_subset(&all));
        assert_eq!(told["pages"], whole.len() / PAGE);
        fs::remove_file(home.path("new.db")).unwrap();
    }
}

#[test]
fn many_pages_may_be_gone_at_once() {
    let home = used();
    let whole = fs::read(home.database()).unwrap();
    let mut dice = SmallRng::seed_from_u64(32);
    for _ in 0..40 {
        let mut damaged = whole.clone();
        for _ in 0..dice.random_range(2..whole.len() / PAGE / 2) {
            let page = dice.random_range(0..whole.len() / PAGE);
            damaged = overwrite(&damaged, page, &mut dice);
        }
        fs::write(home.database(), damaged).unwrap();
        salvaged(&home);
    }
}

#[test]
fn a_database_without_its_first_page_is_told_as_damaged_and_can_be_salvaged() {
    let home = used();
    let all = events(&home.database());
    let mut bytes = fs::read(home.database()).unwrap();
    bytes[..PAGE].fill(0);
    fs::write(home.database(), bytes).unwrap();
    for command in ["due", "doctor"] {
        let run = home.kata(&[command]).exits(1);
        assert!(run.stderr.contains("is damaged"), "{}", run.stderr);
    }
    let run = home.kata(&["doctor"]).exits(1);
    assert!(run.stderr.contains("--salvage NEW"), "{}", run.stderr);
    let (told, code) = salvaged(&home);
    assert_eq!((told["lost"].as_u64(), code), (Some(0), Some(1)), "{told}");
    assert_eq!(events(&home.path("new.db")), all);
    // And it takes the place of the damaged one, which is put aside.
    let run = home.kata(&["restore", "new.db"]).ok();
    assert!(run.stdout.contains("The damaged database is in"), "{}", run.stdout);
    assert_eq!(events(&home.database()), all);
    home.kata(&["doctor"]).ok();
}

#[test]
fn what_only_the_log_holds_is_brought_back() {
    let home = used();
    let reader = Connection::open(home.database()).unwrap();
    // Who reads keeps the log from being folded into the database.
    reader.execute_batch("BEGIN; SELECT count(*) FROM card;").unwrap();
    for question in ["question 130", "question 131"] {
        home.kata(&["resume", question]).ok();
    }
    let copy = Home::new();
    for ending in ["", "-wal"] {
        let name = format!("data/kata/kata.db{ending}");
        copy.write(&name, fs::read(home.path(&name)).unwrap());
    }
    let all = events(&home.database());
    let wal = copy.path("data/kata/kata.db-wal");
    let whole = fs::read(&wal).unwrap();
    assert!(!whole.is_empty());
    let (told, code) = salvaged(&copy);
    assert_eq!((told["whole"].as_bool(), code), (Some(true), Some(0)), "{told}");
    assert_eq!(events(&copy.path("new.db")), all);
    // SQLite itself would stop at the damaged frame.
    let mut damaged = whole.clone();
    damaged[32 + 24 + 100] ^= 1;
    fs::write(&wal, &damaged).unwrap();
    let (told, _) = salvaged(&copy);
    assert_eq!(told["whole"].as_bool(), Some(false), "{told}");
    assert_eq!(events(&copy.path("new.db")), all);
}

#[test]
fn a_journal_that_was_left_is_applied_to_a_copy() {
    let home = used();
    let export = home.export();
    let db = Connection::open(home.database()).unwrap();
    db.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).unwrap();
    db.execute_batch("PRAGMA cache_size = 1; BEGIN; UPDATE note SET fields = '{}', position = 9;")
        .unwrap();
    let copy = Home::new();
    for ending in ["", "-journal"] {
        let name = format!("data/kata/kata.db{ending}");
        copy.write(&name, fs::read(home.path(&name)).unwrap());
    }
    let before = fs::read(copy.database()).unwrap();
    let (told, _) = salvaged(&copy);
    assert_eq!(told["whole"], true, "{told}");
    assert_eq!(fs::read(copy.database()).unwrap(), before);
    let salvaged = copy.kata(&["--db", "new.db", "export", "--format", "json"]).json();
    assert_eq!(salvaged["notes"], export["notes"]);
}

#[test]
fn a_newer_database_another_programs_and_no_database_are_left_alone() {
    let home = used();
    let db = Connection::open(home.database()).unwrap();
    db.execute_batch("PRAGMA user_version = 99").unwrap();
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(db);
    let run = home.kata(&["doctor", "--salvage", "new.db"]).exits(1);
    assert!(run.stderr.contains("a newer kata"), "{}", run.stderr);
    let other = Connection::open(home.path("other.db")).unwrap();
    other.execute_batch("CREATE TABLE t (a, b, c); INSERT INTO t VALUES (1, 2, 3)").unwrap();
    drop(other);
    home.write("text.db", "no database at all\n".repeat(1000));
    for name in ["other.db", "text.db"] {
        let run = home.kata(&["--db", name, "doctor", "--salvage", "new.db"]).exits(1);
        assert!(run.stderr.contains("is no kata database"), "{}", run.stderr);
    }
    let run = home.kata(&["--db", "none.db", "doctor", "--salvage", "new.db"]).exits(1);
    assert!(run.stderr.contains("none.db"), "{}", run.stderr);
    assert!(!home.path("new.db").exists());
    let left = fs::read_dir(home.path("")).unwrap().map(|e| e.unwrap().file_name());
    assert!(left.into_iter().all(|name| !name.to_string_lossy().starts_with(".salvage")));
}

#[test]
fn where_nothing_can_be_written_nothing_is_left() {
    let home = used();
    home.give_to_everybody();
    let run = home.kata(&["doctor", "--salvage", "none/new.db"]).exits(1);
    assert!(run.stderr.contains("none/new.db"), "{}", run.stderr);
}
