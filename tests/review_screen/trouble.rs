//! What goes wrong in the middle of a session, and ends none.

use super::{USUAL, answers, grades, quits, review, with_deck};
use crate::home::Home;
use crate::screen::{Screen, Terminal};
use rusqlite::{Connection, TransactionBehavior};
use std::fs;

#[test]
fn an_answer_waits_for_a_locked_database_and_can_be_given_again() {
    let home = Home::with_notes(2);
    let mut screen = review(&home);
    screen.keys("Space").shows("answer 1");
    let mut other = Connection::open(home.database()).unwrap();
    let lock = other.transaction_with_behavior(TransactionBehavior::Immediate).unwrap();
    screen.keys("4").shows("Not stored").shows("answer 1");
    lock.rollback().unwrap();
    screen.keys("4").shows("question 2");
    quits(&mut screen);
    assert_eq!(grades(&home), [4]);
}

#[test]
fn of_two_sessions_on_one_card_the_first_answer_counts_and_the_second_is_told() {
    let home = Home::with_notes(2);
    let (mut one, mut other) = (review(&home), review(&home));
    answers(&mut one, 1, "5");
    one.shows("question 2");
    other.keys("Space").shows("answer 1").keys("2").shows("Not stored").shows("question 2");
    answers(&mut other, 2, "4");
    other.shows("That is all");
    answers(&mut one, 2, "3");
    one.shows("Not stored");
    quits(&mut one);
    other.keys("q").ends_as_it_began(0);
    assert_eq!(grades(&home), [5, 4]);
}

#[test]
fn a_deck_file_that_is_gone_is_told_and_its_card_asked() {
    let home = Home::with_notes(1);
    let mut screen = Terminal::of(&home).env("EDITOR", "true").run(&["review"]);
    screen.shows("question 1");
    fs::remove_file(home.path("decks/plain.yaml")).unwrap();
    screen.keys("e").shows("is gone").keys("Space").shows("answer 1");
    quits(&mut screen);
}

#[test]
fn an_editor_that_there_is_not_is_told() {
    let home = Home::with_notes(1);
    let mut screen = Terminal::of(&home).env("EDITOR", "no-such-editor").run(&["review"]);
    screen.shows("question 1").keys("e").shows("no-such-editor").keys("Space").shows("answer 1");
    quits(&mut screen);
}

#[test]
fn what_is_no_image_is_told_in_its_place() {
    let home = with_deck(
        "deck: d\ncards:\n  - front: |\n      question 1 ![a](text.png)\n\n      ![b](half.png)\n\n      \
         ![c](../secret.png)\n\n      ![d](none.png)\n    back: b\n",
    );
    home.write("decks/text.png", "no image at all");
    home.write("secret.png", "of nobody's concern");
    let start =
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x27\x10\0\0\x27\x10\x08\x02\0\0\0\x50\x3d\x94\x41";
    home.write("decks/half.png", start);
    let mut screen = Screen::of(&home, USUAL, &["review"]);
    screen.shows("[image: a] not a PNG").shows("[image: b] damaged");
    screen.shows("[image: c] not in the folder").shows("[image: d] no such file");
    quits(&mut screen);
}

#[test]
fn the_last_of_two_hundred_items_is_in_sight() {
    let items: Vec<String> = (1..=200).map(|n| format!("item {n}")).collect();
    let home =
        with_deck(&format!("deck: d\ncards:\n  - {{front: Q, list: [{}]}}\n", items.join(", ")));
    let cards = home.export()["cards"].as_array().unwrap().clone();
    for card in cards.iter().filter(|card| card["position"].as_u64() < Some(199)) {
        home.kata(&["suspend", card["card"].as_str().unwrap()]).ok();
    }
    let mut screen = Screen::of(&home, USUAL, &["review"]);
    screen.shows("200. …").shows("199. item 199").keys("Space").shows("200. item 200");
    screen.keys("Home").shows("1. item 1").keys("End").shows("200. item 200");
    quits(&mut screen);
}

#[test]
fn a_card_of_a_hundred_thousand_characters_is_scrolled() {
    let text = "many words in a row ".repeat(5000);
    let home =
        with_deck(&format!("deck: d\ncards:\n  - {{front: question 1, back: '{text}the end'}}\n"));
    let mut screen = review(&home);
    screen.keys("Space").shows("many words").keys("End").shows("the end").keys("4");
    screen.shows("That is all");
    quits(&mut screen);
    assert_eq!(grades(&home), [4]);
}

#[test]
fn a_screen_of_hardly_any_size_ends_nothing() {
    let home = Home::with_notes(2);
    let mut screen = review(&home);
    let mut seen = Vec::new();
    for (key, says) in [("n", "question 2"), ("Space", "answer 2"), ("?", "Keys")] {
        screen.keys(key).shows(says);
        let before = screen.text();
        for size in [(1, 1), (2, 3), (4, 200), (60, 2), (3, 10), (200, 400)] {
            screen.resize(size);
        }
        screen.resize(USUAL).is(&before);
        seen.push(before);
    }
    screen.keys("Esc").is(&seen[1]).keys("4").shows("question 1");
    quits(&mut screen);
    assert_eq!(grades(&home), [4]);
}
