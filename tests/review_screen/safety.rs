//! Text of decks is data, on the full screen, too.

use super::{USUAL, with_deck};
use crate::hostile::hostile_home;
use crate::screen::{Screen, Terminal};

/// What no screen of ours sends but if a deck's text gets there raw: titles, the clipboard, single
/// controls that C1 has for sequences, reordered text, blinking.
const RAW: [&str; 9] = [
    "\u{1b}]0;",
    "\u{1b}]2;",
    "\u{1b}]52;",
    "\u{9b}",
    "\u{9d}",
    "\u{202e}",
    "\u{2066}",
    "\u{8}",
    "\u{1b}[31;5m",
];

#[track_caller]
fn is_harmless(screen: &Screen) {
    let raw = String::from_utf8_lossy(screen.raw());
    for sequence in RAW {
        assert!(!raw.contains(sequence), "{sequence:?} is sent: {raw:?}");
    }
}

#[test]
fn control_characters_are_shown_and_not_sent() {
    let home = hostile_home();
    home.kata(&["import", "decks"]).ok();
    let mut screen = Screen::of(&home, USUAL, &["review"]);
    screen.shows("front");
    for keys in ["h", "i"] {
        let before = screen.text();
        screen.keys(keys).changes(&before);
    }
    screen.keys("q").shows("front");
    let before = screen.text();
    screen.keys("Space").changes(&before).keys("4").is_gone("front");
    // The cloze, the list and the set, whichever comes.
    for _ in 0..3 {
        for key in ["Space", "4"] {
            let before = screen.text();
            screen.keys(key).changes(&before);
        }
    }
    screen.keys("Ctrl-c");
    screen.ends_as_it_began(130);
    is_harmless(&screen);
}

#[test]
fn markdown_makes_no_control_characters() {
    let home = with_deck(
        "deck: d\ncards:\n  - front: 'question 1 &#27;]0;owned&#7; &#x9b;31m &#x202E;txt &#27;[31;5mred'\n    \
         back: 'answer 1 [here](<https://example.org/&#27;]0;owned&#7;>) <b>&#27;[2J</b>'\n    \
         extra: '`code &#27;[31;5m` ![map &#27;]2;owned&#7;](a&#27;]2;b.png)'\n",
    );
    let mut screen = Terminal::of(&home).env("FORCE_HYPERLINK", "1").run(&["review"]);
    screen.shows("question 1").keys("Space").shows("answer 1").keys("Ctrl-c");
    screen.ends_as_it_began(130);
    is_harmless(&screen);
}

#[test]
fn a_link_of_a_card_leads_where_it_says_and_ends() {
    let home = with_deck(
        "deck: d\ncards:\n  - {front: question 1, back: '[here](https://example.org)'}\n",
    );
    let mut screen = Terminal::of(&home).env("FORCE_HYPERLINK", "1").run(&["review"]);
    screen.shows("question 1").keys("Space").shows("here").keys("Ctrl-c");
    screen.ends_as_it_began(130);
    let raw = String::from_utf8_lossy(screen.raw());
    let links: Vec<&str> = raw.split("\u{1b}]8;").skip(1).collect();
    assert!(links.iter().any(|link| link.contains("https://example.org")), "{raw:?}");
    assert!(
        links.last().is_some_and(|last| last.starts_with(";\u{1b}") || last.starts_with(";\u{7}"))
    );
}

#[test]
fn a_paste_into_a_question_grades_nothing() {
    let home = crate::home::Home::with_notes(2);
    let mut screen = super::review(&home);
    screen.pastes("\r4\r4\rq").keys("Space").shows("answer 1").keys("Ctrl-c");
    screen.ends_as_it_began(130);
    assert!(super::grades(&home).is_empty());
}
