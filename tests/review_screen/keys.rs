//! What each key does.

use super::{SUMMARY, answers, grades, marks, quits, review, with_deck};
use crate::home::Home;
use crate::screen::Terminal;

#[test]
fn space_and_enter_reveal_and_then_give_the_usual_pass() {
    let home = Home::with_notes(2);
    let mut screen = review(&home);
    screen.keys("Space").shows("answer 1").keys("Space");
    screen.shows("question 2").keys("Enter").shows("answer 2").keys("Enter").shows(SUMMARY);
    screen.keys("q");
    screen.ends_as_it_began(0);
    assert_eq!(grades(&home), [4, 4]);
}

#[test]
fn digits_grade_by_the_scale_of_the_settings() {
    let scales: [(&str, &[u64]); 3] =
        [("six", &[0, 1, 2, 3, 4, 5]), ("four", &[2, 3, 4, 5]), ("two", &[2, 4])];
    for (scale, meant) in scales {
        let home = Home::with_notes(meant.len() + 1);
        home.write("config/kata/config.yaml", format!("grades: {scale}\n"));
        let mut screen = review(&home);
        let first = u32::from(scale != "six");
        for (number, key) in (1..=meant.len()).zip(first..) {
            answers(&mut screen, number, &key.to_string());
        }
        screen.shows(&format!("question {}", meant.len() + 1));
        quits(&mut screen);
        assert_eq!(grades(&home), meant, "{scale}");
    }
}

#[test]
fn a_key_that_is_no_grade_of_the_scale_leaves_the_card_open() {
    let home = Home::with_notes(1);
    home.write("config/kata/config.yaml", "grades: two\n");
    let mut screen = review(&home);
    answers(&mut screen, 1, "5 0 x 2");
    screen.shows(SUMMARY).keys("q");
    screen.ends_as_it_began(0);
    assert_eq!(grades(&home), [4]);
}

#[test]
fn undo_goes_back_over_a_suspension_to_the_answer_before() {
    let home = Home::with_notes(3);
    let mut screen = review(&home);
    answers(&mut screen, 1, "4");
    screen.shows("question 2").keys("s").shows("question 3");
    screen.keys("u").shows("question 2").keys("u").shows("question 1");
    quits(&mut screen);
    assert_eq!(marks(&home), ["suspend", "undo", "undo"]);
    assert_eq!(home.kata(&["due", "--count"]).ok().stdout, "3\n");
}

#[test]
fn b_buries_n_skips_and_f_flags() {
    let home = Home::with_notes(3);
    let mut screen = review(&home);
    screen.keys("b").shows("question 2").keys("n").shows("question 3").keys("f 3");
    answers(&mut screen, 3, "4");
    answers(&mut screen, 2, "4");
    screen.shows(SUMMARY).keys("q");
    screen.ends_as_it_began(0);
    assert_eq!(marks(&home), ["bury", "flag"]);
    assert_eq!(home.export()["marks"][1]["value"], 3);
    assert_eq!(grades(&home), [4, 4]);
}

#[test]
fn f_and_no_number_flags_nothing() {
    let home = Home::with_notes(1);
    let mut screen = review(&home);
    let before = screen.text();
    screen.keys("f").changes(&before).keys("Esc").is(&before);
    screen.keys("f").changes(&before).keys("9 8");
    quits(&mut screen);
    assert!(marks(&home).is_empty());
}

#[test]
fn r_asks_only_the_drills_and_stops() {
    let home = Home::with_notes(3);
    let mut screen = review(&home);
    answers(&mut screen, 1, "2");
    screen.shows("question 2").keys("r");
    answers(&mut screen, 1, "4");
    screen.shows(SUMMARY).keys("q");
    screen.ends_as_it_began(0);
    assert_eq!(grades(&home), [2, 4]);
    assert_eq!(home.kata(&["due", "--count"]).ok().stdout, "2\n");
}

#[test]
fn h_shows_the_hint() {
    let home = with_deck("deck: d\ncards:\n  - {front: question 1, back: b, hint: Japanese}\n");
    let mut screen = review(&home);
    assert!(!screen.text().contains("Japanese"), "{}", screen.text());
    screen.keys("h").shows("Japanese");
    quits(&mut screen);
}

#[test]
fn i_tells_history_and_why_and_goes_with_esc_or_q() {
    let mut home = Home::with_notes(2);
    home.review(&["--new", "1"]).grade_all(5);
    home.on("2026-11-24");
    let mut screen = Terminal::of(&home).run(&["review", "--new", "0"]);
    screen.shows("question 1");
    let before = screen.text();
    for key in ["Esc", "q"] {
        screen.keys("i").shows("EF").keys(key).is(&before);
    }
    quits(&mut screen);
}

#[test]
fn arrows_and_pages_scroll_what_is_longer_than_the_screen() {
    let lines: String = (1..=90).map(|n| format!("      line {n}.\n\n")).collect();
    let home = with_deck(&format!("deck: d\ncards:\n  - front: question 1\n    back: |\n{lines}"));
    let mut screen = review(&home);
    screen.keys("Space").shows("line 1.");
    let top = screen.text();
    screen.keys("Down").changes(&top).keys("Up").is(&top);
    screen.keys("PageDown").is_gone("line 1.").keys("PageUp").is(&top);
    screen.keys(&"PageDown ".repeat(40)).shows("line 90.");
    let bottom = screen.text();
    screen.keys("Down").keys("Ctrl-l").is(&bottom);
    quits(&mut screen);
}

#[test]
fn ctrl_l_draws_the_screen_anew() {
    let home = Home::with_notes(1);
    let mut screen = review(&home);
    let before = screen.text();
    screen.is_scribbled_over("\u{1b}[3;1HYou have new mail.").changes(&before);
    screen.keys("Ctrl-l").is(&before);
    quits(&mut screen);
}

/// A deck with one typed card, and a plain one after it.
const TYPED: &str = "deck: d\ncards:\n  - {front: question 1, back: answer 1, typed: true}\n  \
                     - {front: question 2, back: answer 2}\n";

#[test]
fn an_answer_is_typed_letter_for_letter() {
    let home = with_deck(TYPED);
    let mut screen = review(&home);
    screen.types("quibble?").shows("quibble?").keys(&"Backspace ".repeat(8)).is_gone("quibble");
    screen.types("answer 1").keys("Enter").shows("answer 1").keys("Enter").shows("question 2");
    quits(&mut screen);
    assert_eq!(grades(&home), [4], "what fits is good");
}

#[test]
fn esc_gives_the_commands_back_to_a_typed_card() {
    let home = with_deck(TYPED);
    let mut screen = review(&home);
    screen.types("sub").shows("sub");
    let typing = screen.text();
    screen.keys("Esc").changes(&typing).keys("b").shows("question 2");
    quits(&mut screen);
    assert_eq!(marks(&home), ["bury"]);
}
