//! However a session ends, the terminal is as before and nothing graded is lost.

use super::{answers, grades, review};
use crate::home::Home;
use crate::screen::{Screen, Terminal};

/// A session with one card graded and the next one asked.
fn half_way(home: &Home) -> Screen {
    let mut screen = review(home);
    answers(&mut screen, 1, "4");
    screen.shows("question 2");
    assert!(screen.state().alternate_screen(), "the person's own screen is left alone");
    screen
}

#[test]
fn q_and_ctrl_d_quit() {
    for key in ["q", "Ctrl-d"] {
        let home = Home::with_notes(2);
        let mut screen = half_way(&home);
        // The second one closes the summary.
        screen.keys(key).keys("q");
        screen.ends_as_it_began(0);
        assert_eq!(grades(&home), [4]);
    }
}

#[test]
fn ctrl_c_interrupts_wherever_it_is_pressed() {
    for before in ["", "Space", "?", "i", "f"] {
        let home = Home::with_notes(2);
        let mut screen = half_way(&home);
        let asked = screen.text();
        if !before.is_empty() {
            screen.keys(before).changes(&asked);
        }
        screen.keys("Ctrl-c");
        screen.ends_as_it_began(130);
        assert_eq!(grades(&home), [4]);
    }
}

#[test]
fn ctrl_c_interrupts_while_an_answer_is_typed() {
    let home = super::with_deck("deck: d\ncards:\n  - {front: question 1, back: b, typed: true}\n");
    let mut screen = review(&home);
    screen.types("half an ans").shows("half an ans").keys("Ctrl-c");
    screen.ends_as_it_began(130);
}

#[test]
fn signals_end_it_as_ctrl_c_does() {
    for signal in ["TERM", "HUP", "INT"] {
        let home = Home::with_notes(2);
        let mut screen = half_way(&home);
        screen.signal(signal);
        screen.ends_as_it_began(130);
        assert_eq!(grades(&home), [4]);
    }
}

#[test]
fn a_terminal_that_vanishes_ends_it() {
    let home = Home::with_notes(2);
    let status = half_way(&home).hang_up();
    // By the signal, or by the read that fails: whichever is first.
    assert!(matches!(status, Some(130 | 1)), "{status:?}");
    assert_eq!(grades(&home), [4]);
}

#[test]
fn the_terminal_is_as_before_also_after_an_edit() {
    let home = Home::with_notes(2);
    let mut screen = Terminal::of(&home).env("EDITOR", "true").run(&["review"]);
    screen.shows("question 1");
    let before = screen.text();
    screen.keys("e").changes(&before).shows("question 1").keys("Ctrl-c");
    screen.ends_as_it_began(130);
}

#[test]
fn what_was_on_the_screen_before_is_there_again() {
    let home = Home::with_notes(1);
    let mut screen =
        Terminal::of(&home).script("echo 'what was there'; kata review; echo \"status $?\"");
    screen.shows("question 1").is_gone("what was there").keys("q q");
    screen.ends_as_it_began(0);
    let text = screen.text();
    assert!(text.starts_with("what was there\n") && text.ends_with("status 0"), "{text}");
}
