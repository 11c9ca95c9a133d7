//! Every input has a limit, which is told.

use crate::home::{Home, Run};
use std::fs::{self, File};
use std::io::Read;

#[track_caller]
fn told(run: Run, code: i32, what: &str) {
    let run = run.exits(code);
    assert!(run.stderr.contains(what), "{}", run.stderr);
}

#[test]
fn settings_over_a_mebibyte_are_refused() {
    let home = Home::new();
    home.write("config/kata/config.yaml", "#".repeat(1 << 20));
    home.kata(&["config"]).ok();
    home.write("config/kata/config.yaml", "#".repeat((1 << 20) + 1));
    told(home.kata(&["config"]), 1, "config.yaml: it is over 1 MiB");
}

#[test]
fn an_export_that_no_history_fills_is_refused_unread() {
    let home = Home::new();
    let file = File::create(home.path("big.json")).unwrap();
    file.set_len((16 << 30) + 1).unwrap();
    told(home.kata(&["import", "big.json"]), 1, "big.json: it is over 16 GiB");
    assert!(!home.database().exists());
}

#[test]
fn a_long_line_of_a_plain_session_is_told_and_the_next_one_taken() {
    let home = Home::with_notes(1);
    let input = format!("{}\n\n4\n", "4".repeat(2 << 20));
    let run = home.kata_reading(&["review", "--plain"], &input).ok();
    assert!(run.stdout.contains("Not taken: a line has 1 MiB at most."), "{}", run.stdout);
    assert_eq!(home.kata(&["due", "--count"]).ok().stdout, "0\n", "the answer was taken");
}

#[test]
fn a_long_request_is_an_error_and_the_next_one_is_taken() {
    let home = Home::with_notes(1);
    let mut review = home.review(&[]);
    review.expect("hello");
    review.expect("card");
    review.say(&"x".repeat(2 << 20));
    let error = review.expect("error");
    assert_eq!(error["message"], "a request is one line of 1 MiB at most");
    review.grade(4);
    assert_eq!(review.end().1, Some(0));
}

#[test]
fn a_query_over_its_limit_is_wrong_usage() {
    let home = Home::with_notes(1);
    home.kata(&["cards", &"x".repeat(10_000)]).ok();
    told(home.kata(&["cards", &"x".repeat(10_001)]), 2, "the query is over 10000 bytes");
}

#[test]
fn a_backup_that_unpacks_to_far_more_than_its_size_is_refused_and_leaves_nothing() {
    let home = Home::with_notes(1);
    home.kata(&["backup"]).ok();
    let before = home.export();
    let zeros = std::io::repeat(0).take((256 << 20) + 1);
    home.write("bomb.zst", zstd::encode_all(zeros, 1).unwrap());
    told(home.kata(&["restore", "bomb.zst"]), 1, "unpacks to over 256 MiB");
    assert_eq!(home.export(), before);
    let folder = home.path("data/kata/kata.db.backups");
    for entry in fs::read_dir(folder).unwrap() {
        assert!(entry.unwrap().metadata().unwrap().len() < 1 << 20, "nothing of it is left");
    }
}
