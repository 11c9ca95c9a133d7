//! A clock that goes back, or ahead and back again: told in a line, and nothing is lost or asked twice.

use crate::home::Home;

const TOLD: &str = "Today is 2026-11-22, but the newest answer is of 2026-11-23: check the clock \
                    and the time zone.\n";

fn review_all(home: &Home) -> Vec<String> {
    let mut review = home.review(&[]);
    let asked = review.grade_all(4);
    assert_eq!(review.end().1, Some(0));
    asked
}

fn is_sound(home: &Home) {
    home.kata(&["doctor"]).ok();
}

#[test]
fn a_clock_that_goes_back_by_a_day_is_told_and_asks_nothing_twice() {
    let mut home = Home::with_notes(3);
    assert_eq!(review_all(&home).len(), 3);
    home.on("2026-11-22");
    for command in [&["due"][..], &["due", "--json"], &[], &["review", "--plain"]] {
        assert_eq!(home.kata(command).ok().stderr, TOLD, "{command:?}");
    }
    assert_eq!(home.kata(&["due", "--count"]).ok().stderr, "", "a shell prompt is left alone");
    assert_eq!(home.kata(&["due", "--quiet"]).ok().stderr, "");
    assert!(review_all(&home).is_empty());
    is_sound(&home);
    home.on("2026-11-24");
    assert_eq!(home.kata(&["due"]).ok().stderr, "");
    assert_eq!(review_all(&home).len(), 3, "all come on the day that they were due on");
    is_sound(&home);
}

#[test]
fn answers_of_a_clock_that_was_a_year_ahead_keep_their_order_and_are_told() {
    let mut home = Home::with_notes(2);
    home.on("2027-11-23");
    assert_eq!(review_all(&home).len(), 2);
    home.on("2026-11-23");
    let run = home.kata(&["due"]).ok();
    assert!(run.stderr.contains("the newest answer is of 2027-11-23"), "{}", run.stderr);
    assert!(review_all(&home).is_empty());
    home.write("decks/more.yaml", "deck: more\ncards:\n  - {front: another, back: one}\n");
    home.kata(&["import", "decks"]).ok();
    assert_eq!(review_all(&home), ["another"]);
    is_sound(&home);
    home.on("2026-11-24");
    assert_eq!(review_all(&home), ["another"]);
    is_sound(&home);
}

#[test]
fn an_undone_answer_of_a_later_day_is_not_told() {
    let mut home = Home::with_notes(1);
    assert_eq!(review_all(&home).len(), 1);
    home.kata(&["undo"]).ok();
    home.on("2026-11-22");
    assert_eq!(home.kata(&["due"]).ok().stderr, "");
}

#[test]
fn another_time_zone_moves_no_answer() {
    let mut home = Home::with_notes(2);
    home.on("2026-11-23T23:00:00+09:00");
    assert_eq!(review_all(&home).len(), 2);
    home.on("2026-11-23T07:30:00-08:00");
    assert_eq!(home.kata(&["due"]).ok().stderr, "");
    assert!(review_all(&home).is_empty());
    is_sound(&home);
}
