//! Settings, the clock, the database's place, exit statuses.

use crate::home::Home;

#[test]
fn reading_commands_on_a_missing_database_create_nothing() {
    let home = Home::new();
    home.kata(&[]).ok();
    for command in ["due", "decks", "cards", "stats"] {
        home.kata(&[command]).ok();
        home.kata(&[command, "--json"]).json();
    }
    home.kata(&["export", "--format", "json"]).ok();
    home.kata(&["undo"]).exits(1);
    assert!(!home.path("data").exists());
}

#[test]
fn exit_code_tells_a_prompt_whether_something_is_due() {
    let home = Home::with_notes(1);
    home.kata(&["due", "--exit-code"]).exits(0);
    home.review(&[]).grade_all(5);
    home.kata(&["due", "--exit-code"]).exits(3);
}

#[test]
fn the_database_is_where_it_is_said_to_be() {
    let home = Home::with_notes(1);
    assert!(home.database().exists());
    let other = home.path("other/place.db");
    let other = other.to_str().unwrap();
    home.kata(&["--db", other, "import", "decks"]).ok();
    assert!(home.path("other/place.db").exists());
    let run = home.command(&["due", "--count"]).env("KATA_DB", other).output().unwrap();
    assert_eq!(run.stdout, b"1\n");
}

#[test]
fn a_wrong_setting_is_told_with_its_line() {
    let home = Home::new();
    home.write("config/kata/config.yaml", "new_per_day: 5\nnew_per_dya: 5\n");
    let run = home.kata(&["due"]).exits(1);
    assert!(run.stderr.contains("config.yaml") && run.stderr.contains("line 2"), "{}", run.stderr);
}

#[test]
fn a_setting_limits_new_cards_and_moves_the_start_of_the_day() {
    let mut home = Home::with_notes(5);
    home.write("config/kata/config.yaml", "new_per_day: 2\nday_starts_at: \"06:00\"\n");
    home.on("2026-11-24T05:30:00+00:00");
    let due = home.kata(&["due", "--json"]).json();
    assert_eq!((&due["new"], &due["day"]), (&2.into(), &"2026-11-23".into()));
}

#[test]
fn a_wrong_clock_is_refused() {
    let home = Home::with_notes(1);
    let run = home.command(&["due"]).env("KATA_NOW", "noon").output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(String::from_utf8(run.stderr).unwrap().contains("RFC 3339"));
}

#[test]
fn a_clock_that_goes_back_keeps_the_order_of_answers() {
    let mut home = Home::with_notes(1);
    home.review(&[]).grade_all(4);
    home.on("2026-11-22");
    let mut review = home.review(&["--ahead", "9"]);
    review.expect("hello");
    review.expect("card");
    review.grade(2);
    drop(review);
    let events = home.export()["reviews"].as_array().unwrap().clone();
    assert_eq!(events[1]["kind"], "ahead");
    assert!(events[0]["at"].as_str() < events[1]["at"].as_str());
    assert_eq!(events[1]["day"], "2026-11-22");
}

#[test]
fn help_and_version_are_there() {
    let home = Home::new();
    assert!(home.kata(&["--help"]).ok().stdout.contains("review"));
    assert!(home.kata(&["--version"]).ok().stdout.contains(env!("CARGO_PKG_VERSION")));
    home.kata(&["--nonsense"]).exits(2);
    home.kata(&["review", "--cram", "--ahead", "3"]).exits(2);
}

/// The exit status and the messages of a command whose reader has gone.
fn unread(home: &Home, arguments: &[&str]) -> (Option<i32>, String) {
    let mut child = home
        .command(arguments)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_closed_pipe_is_no_error() {
    let home = Home::with_notes(400);
    assert_eq!(unread(&home, &["cards", "--json"]), (Some(0), String::new()));
}

#[test]
fn what_failed_has_failed_though_nobody_reads_it() {
    let home = Home::new();
    home.write("broken.yaml", "deck: d\ncards:\n  - {front: q}\n");
    let (code, messages) = unread(&home, &["import", "broken.yaml"]);
    assert_eq!(code, Some(1));
    assert!(messages.contains("broken.yaml:3"), "{messages}");
    assert_eq!(unread(&home, &["due", "--exit-code"]).0, Some(3));
}

#[test]
fn a_word_that_is_no_day_is_told_with_how_one_is_written() {
    let home = Home::new();
    let wrong = home.kata(&["stats", "--since", "yesterday"]).exits(2);
    assert!(wrong.stderr.contains("a day is written as 2026-11-23"), "{}", wrong.stderr);
}
