//! More due cards than a day's limit: told with its end.

use crate::home::Home;

/// Ten cards that are due on 2026-11-24, and a limit of so many a day.
fn home(limit: u32) -> Home {
    let mut home = Home::with_notes(10);
    home.write("config/kata/config.yaml", format!("reviews_per_day: {limit}\n"));
    home.review(&[]).grade_all(4);
    home.on("2026-11-26");
    home
}

#[test]
fn a_backlog_over_the_limit_is_told_with_its_end() {
    let home = home(4);
    let told = "10 overdue; at 4 a day gone in 3 days.\n";
    let run = home.kata(&[]).ok();
    assert!(run.stdout.contains(told), "{}", run.stdout);
    assert_eq!(home.kata(&["review", "--plain"]).ok().stderr, told);
    assert_eq!(home.kata(&["review", "--json"]).ok().stderr, told);
    assert_eq!(home.kata(&["review", "--plain", "--quiet"]).ok().stderr, "");
}

#[test]
fn who_asks_for_more_than_a_days_limit_is_told_nothing() {
    let home = home(4);
    assert_eq!(home.kata(&["review", "--plain", "--limit", "6"]).ok().stderr, "");
    assert_eq!(home.kata(&["review", "--plain", "--cram"]).ok().stderr, "");
}

#[test]
fn what_a_day_can_ask_is_no_backlog() {
    let home = home(10);
    assert_eq!(home.kata(&["review", "--plain"]).ok().stderr, "");
    assert!(!home.kata(&[]).ok().stdout.contains("a day"));
}

#[test]
fn the_limit_of_a_deck_counts_too() {
    let mut home = Home::new();
    home.write("decks/a.yaml", "deck: a\noptions: {reviews_per_day: 1}\ncards:\n  - {front: q1, back: a1}\n  - {front: q2, back: a2}\n  - {front: q3, back: a3}\n");
    home.write("decks/b.yaml", "deck: b\ncards: [{front: q, back: a}]\n");
    home.kata(&["import", "decks"]).ok();
    home.review(&[]).grade_all(4);
    home.on("2026-11-24");
    let run = home.kata(&["review", "--plain"]).ok();
    assert_eq!(run.stderr, "4 due; at 2 a day gone in 3 days.\n");
    assert_eq!(home.kata(&["review", "--plain", "b"]).ok().stderr, "");
}

#[test]
fn when_the_days_limit_is_used_up_the_next_ones_are_those_that_wait() {
    let home = home(4);
    home.review(&[]).grade_all(5);
    let page = home.kata(&[]).ok().stdout;
    assert!(page.contains("Done for today, after 4 cards.\n6 overdue; at 4 a day"), "{page}");
    assert!(page.contains("kata review --limit 4   ask more of them today"), "{page}");
}
