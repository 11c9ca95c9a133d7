//! A session on the full screen of a terminal.

mod errands;
mod keys;
mod leaving;
mod looks;
mod records;
mod safety;
mod trouble;

use crate::home::Home;
use crate::screen::Screen;

/// Rows and columns of a usual terminal.
const USUAL: (u16, u16) = (24, 80);

/// What only the summary says.
const SUMMARY: &str = "reviewed";

/// A session on a usual terminal, its first question shown.
fn review(home: &Home) -> Screen {
    let mut screen = Screen::of(home, USUAL, &["review"]);
    screen.shows("question 1");
    screen
}

/// Reveals the card of this number and presses these keys.
#[track_caller]
fn answers(screen: &mut Screen, number: usize, keys: &str) {
    screen.shows(&format!("question {number}")).keys("Space");
    screen.shows(&format!("answer {number}")).keys(keys);
}

/// Quits, also from the summary that a session with answers ends with.
#[track_caller]
fn quits(screen: &mut Screen) {
    screen.keys("q q");
    screen.ends_as_it_began(0);
}

/// A home with one deck file, imported.
fn with_deck(text: &str) -> Home {
    let home = Home::new();
    home.write("decks/d.yaml", text);
    home.kata(&["import", "decks"]).ok();
    home
}

/// The grades on record, in order.
fn grades(home: &Home) -> Vec<u64> {
    let export = home.export();
    let reviews = export["reviews"].as_array().unwrap().iter();
    reviews.map(|review| review["grade"].as_u64().unwrap()).collect()
}

/// The marks on record, in order.
fn marks(home: &Home) -> Vec<String> {
    let export = home.export();
    let marks = export["marks"].as_array().unwrap().iter();
    marks.map(|mark| mark["kind"].as_str().unwrap().to_owned()).collect()
}
