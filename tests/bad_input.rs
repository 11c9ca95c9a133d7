//! Broken decks, foreign databases, missing paths: a clear message, an exit status, and all as it
//! was.

use crate::home::{Home, Run};
use std::fs;
use std::os::unix::fs::PermissionsExt;

const GOOD: &str = "deck: good\ncards:\n  - {front: q, back: a}\n";

/// Imports a file of this content beside a good one: the good one is imported, the other not.
#[track_caller]
fn refused(content: impl AsRef<[u8]>, what: &str) -> Run {
    let home = Home::new();
    home.write("decks/bad.yaml", content);
    home.write("decks/good.yaml", GOOD);
    let run = home.kata(&["import", "decks/bad.yaml", "decks/good.yaml"]).exits(1);
    assert!(run.stderr.contains("bad.yaml") && run.stderr.contains(what), "{}", run.stderr);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    assert_eq!(home.kata(&["due", "--count"]).ok().stdout, "1\n", "the good file is imported");
    home.kata(&["check", "decks/bad.yaml"]).exits(1);
    run
}

#[test]
fn every_fault_of_a_file_is_told_with_line_and_caret() {
    let run = refused(
        "deck: d\ncards:\n  - front: one\n    bakc: two\n  - front: three\n    back: ''\n  - cloze: none\n",
        "did you mean \"back\"?",
    );
    for place in ["bad.yaml:4:5", "bad.yaml:6:", "bad.yaml:7:"] {
        assert!(run.stderr.contains(place), "{place}: {}", run.stderr);
    }
    assert!(run.stderr.contains("4 |     bakc: two"), "{}", run.stderr);
    assert!(run.stderr.contains("^^^^"));
}

#[test]
fn content_that_is_no_text_or_no_yaml_is_refused() {
    refused(b"deck: d\ncards:\n  - {front: \xff, back: a}\n", "UTF-8");
    refused("deck: d\ncards:\n  - {front: \"a\0b\", back: a}\n", "NUL");
    refused("deck: d\ncards:\n\t- {front: a, back: b}\n", "tab");
    refused("deck: d\ncards:\n  - {front: \"a, back: b}\n", "bad.yaml:3:");
    refused("", "empty");
    refused("# nothing\n", "empty");
    refused("just text", "");
}

#[test]
fn bombs_are_refused_before_they_go_off() {
    let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (name, before) in "bcdefghij".chars().zip("abcdefghi".chars()) {
        bomb += &format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(","));
    }
    refused(format!("deck: d\n{bomb}cards: *j\n"), "");
    refused(format!("deck: d\ncards: {}{}\n", "[".repeat(100_000), "]".repeat(100_000)), "");
    let huge = format!("deck: d\ncards:\n  - {{front: q, back: a}}\n#{}\n", "x".repeat(64 << 20));
    refused(huge, "64 MiB");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let home = Home::new();
    home.write("a.yaml", "\u{feff}deck: d\r\ncards:\r\n  - front: q\r\n    back: a\r\n");
    home.kata(&["import", "a.yaml"]).ok();
    let cards = home.kata(&["cards", "--json"]).json();
    assert_eq!(cards["cards"][0]["question"], "q");
}

#[test]
fn text_is_kept_as_it_is_written() {
    let home = Home::new();
    home.write(
        "a.yaml",
        "deck: d\ncards:\n  - {front: 1.10, back: 007}\n  - {front: no, back: null}\n  - {front: l, list: [0x1F, ~, 1e3]}\n",
    );
    home.kata(&["import", "a.yaml"]).ok();
    let notes = home.export()["notes"].as_array().unwrap().clone();
    assert_eq!(notes[0]["fields"], serde_json::json!({"front": "1.10", "back": "007"}));
    assert_eq!(notes[1]["fields"], serde_json::json!({"front": "no", "back": "null"}));
    assert_eq!(notes[2]["fields"]["list"], serde_json::json!(["0x1F", "~", "1e3"]));
}

#[test]
fn a_folder_is_read_whole_but_for_hidden_folders_and_other_yaml() {
    let home = Home::new();
    home.write("decks/a.yaml", GOOD);
    home.write("decks/sub/b.yml", GOOD.replace("good", "sub").as_str());
    home.write("decks/.git/c.yaml", GOOD.replace("good", "hidden").as_str());
    home.write("decks/ci.yaml", "jobs: []\n");
    home.write("decks/notes.txt", "text");
    let run = home.kata(&["import", "decks"]).ok();
    assert_eq!(run.stdout, "2 new; skipped 1 other YAML file\n");
    let run = home.kata(&["import", "decks/ci.yaml"]).exits(1);
    assert!(run.stderr.contains("deck"), "{}", run.stderr);
}

#[test]
fn paths_that_lead_nowhere_are_told() {
    let home = Home::new();
    fs::create_dir(home.path("empty")).unwrap();
    for command in ["import", "check"] {
        let run = home.kata(&[command, "empty"]).exits(1);
        assert!(run.stderr.contains("no deck files"), "{}", run.stderr);
        let run = home.kata(&[command, "nowhere.yaml"]).exits(1);
        assert!(run.stderr.contains("nowhere.yaml"), "{}", run.stderr);
    }
    home.kata(&["review", "./nowhere"]).exits(1);
    home.kata(&["review", "nowhere"]).exits(2);
    home.kata(&["import", "/dev/zero"]).exits(1);
}

#[test]
fn a_file_without_permission_is_told_and_the_others_are_imported() {
    let home = Home::new();
    let secret = home.write("decks/a.yaml", GOOD.replace("good", "secret").as_str());
    home.write("decks/b.yaml", GOOD);
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    let import = &["import", "decks"];
    let run = match fs::read(&secret) {
        Err(_) => home.kata(import),
        // Root may read everything: somebody else tries.
        Ok(_) => {
            home.give_to_everybody();
            home.kata_as_nobody(import)
        }
    }
    .exits(1);
    assert!(run.stderr.contains("a.yaml") && run.stderr.contains("ermission"), "{}", run.stderr);
    assert_eq!(run.stdout, "1 new; left out for errors: 1 file\n");
}

#[test]
fn a_database_that_is_not_ours_is_refused_and_left_as_it_is() {
    let home = Home::with_notes(1);
    let text = home.write("text.db", "this is no database, but a text of some length");
    let foreign = home.path("foreign.db");
    let connection = rusqlite::Connection::open(&foreign).unwrap();
    connection.execute_batch("CREATE TABLE t (x); INSERT INTO t VALUES (1);").unwrap();
    drop(connection);
    let newer = home.path("newer.db");
    fs::copy(home.database(), &newer).unwrap();
    let connection = rusqlite::Connection::open(&newer).unwrap();
    connection.pragma_update(None, "user_version", 999).unwrap();
    drop(connection);
    for (path, what) in
        [(text, "no kata database"), (foreign, "no kata database"), (newer, "newer")]
    {
        let before = fs::read(&path).unwrap();
        for command in [&["due"][..], &["review", "--json"], &["import", "decks"], &["undo"]] {
            let run = home.kata(&[&["--db", path.to_str().unwrap()], command].concat()).exits(1);
            assert!(run.stderr.contains(what), "{}", run.stderr);
        }
        assert!(fs::read(&path).unwrap() == before, "{} was changed", path.display());
    }
    home.kata(&["--db", ".", "due"]).exits(1);
}

#[test]
fn a_database_that_another_program_holds_is_told() {
    let home = Home::with_notes(1);
    let connection = rusqlite::Connection::open(home.database()).unwrap();
    connection.execute_batch("BEGIN EXCLUSIVE").unwrap();
    home.kata(&["due"]).ok();
    let run = home.kata(&["suspend", "answer"]).exits(1);
    assert!(run.stderr.contains("try again"), "{}", run.stderr);
}
