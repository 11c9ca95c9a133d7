//! What a card looks like, asked and answered.

use super::{SUMMARY, USUAL, answers, quits, review, with_deck};
use crate::home::Home;
use crate::screen::Terminal;

/// A kind of card in a deck of its own.
struct Kind {
    name: &'static str,
    note: &'static str,
    /// A word of the question, a text to type before the answer is shown, and a word of the answer.
    asked: &'static str,
    typed: &'static str,
    answer: &'static str,
}

const KINDS: [Kind; 6] = [
    Kind {
        name: "basic",
        note: "{front: 'What does **Kaizen** mean?', back: 'Continuous *improvement*', extra: In small steps., tags: [lean]}",
        asked: "Kaizen",
        typed: "",
        answer: "improvement",
    },
    Kind {
        name: "reverse",
        note: "{front: Muda, back: Waste, reverse: true}",
        asked: "Waste",
        typed: "",
        answer: "Muda",
    },
    Kind {
        name: "cloze",
        note: "{cloze: 'Lead time starts at the {{request::which event?}}.', extra: Not when work begins.}",
        asked: "[which",
        typed: "",
        answer: "request",
    },
    Kind {
        name: "list",
        note: "{front: The five focusing steps, list: [Identify, Exploit, Subordinate, Elevate, Repeat]}",
        asked: "focusing",
        typed: "",
        answer: "Identify",
    },
    Kind {
        name: "set",
        note: "{front: The golden signals, set: [Latency, Traffic, Errors, Saturation]}",
        asked: "golden",
        typed: "",
        answer: "Latency",
    },
    Kind {
        name: "typed",
        note: "{front: MTTR in full, back: Mean time to recovery, typed: true}",
        asked: "MTTR",
        typed: "mean time to recvoery",
        answer: "recovery",
    },
];

impl Kind {
    fn home(&self) -> Home {
        let note = self.note;
        let home = with_deck(&format!(
            "deck: devops/{}\nsource: Course › Chapter 1\ncards:\n  - {note}\n",
            self.name
        ));
        if self.name == "reverse" {
            // The other direction is learned, so that this one is asked.
            let mut session = home.review(&[]);
            session.expect("hello");
            session.expect("card");
            session.grade(4);
            drop(session);
            home.write("config/kata/config.yaml", "bury_siblings: false\n");
        }
        home
    }

    /// The screen before the answer and with it.
    fn drawn(&self, size: (u16, u16), colour: bool) -> [(String, String); 2] {
        let home = self.home();
        let terminal = Terminal::of(&home).size(size);
        let terminal = if colour { terminal } else { terminal.env("NO_COLOR", "1") };
        let mut screen = terminal.run(&["review"]);
        screen.shows(self.asked);
        let asked = (screen.text(), screen.looks());
        screen.types(self.typed).keys("Enter").shows(self.answer);
        let answered = (screen.text(), screen.looks());
        quits(&mut screen);
        [asked, answered]
    }

    /// Colour is what the snapshots have; without it the same is said in the same places.
    fn looks_as_ever(&self) {
        for (rows, columns) in [(24, 80), (40, 120), (12, 40)] {
            let size = format!("{columns}x{rows}");
            let coloured = self.drawn((rows, columns), true);
            let plain = self.drawn((rows, columns), false);
            for ((text, _), (plain, looks)) in coloured.iter().zip(&plain) {
                assert_eq!(text, plain, "{size}");
                assert!(!looks.contains(" fg=") && !looks.contains(" bg="), "{looks}");
            }
            let [(_, asked), (_, answered)] = coloured;
            insta::assert_snapshot!(
                format!("{}_{size}", self.name),
                format!("{asked}\n-- answered --\n{answered}")
            );
        }
    }
}

fn kind(name: &str) -> &'static Kind {
    KINDS.iter().find(|kind| kind.name == name).unwrap()
}

#[test]
fn a_basic_card_looks_as_ever() {
    kind("basic").looks_as_ever();
}

#[test]
fn a_reverse_card_looks_as_ever() {
    kind("reverse").looks_as_ever();
}

#[test]
fn a_cloze_looks_as_ever() {
    kind("cloze").looks_as_ever();
}

#[test]
fn a_list_looks_as_ever() {
    kind("list").looks_as_ever();
}

#[test]
fn a_set_looks_as_ever() {
    kind("set").looks_as_ever();
}

#[test]
fn a_typed_card_looks_as_ever() {
    kind("typed").looks_as_ever();
}

#[test]
fn the_summary_tells_what_was_done() {
    let home = Home::with_notes(2);
    let mut screen = review(&home);
    answers(&mut screen, 1, "4");
    answers(&mut screen, 2, "4");
    screen.shows(SUMMARY);
    insta::assert_snapshot!(screen.looks());
    screen.keys("q");
    screen.ends_as_it_began(0);
}

#[test]
fn nothing_to_ask_needs_no_screen() {
    let home = Home::new();
    let mut screen = Terminal::of(&home).run(&["review"]);
    screen.ends_as_it_began(0);
    assert!(screen.text().contains("Nothing to ask now."), "{}", screen.text());
}

#[test]
fn help_names_the_keys_and_goes_with_the_next() {
    let home = Home::with_notes(1);
    let mut screen = review(&home);
    let before = screen.text();
    screen.keys("?").changes(&before);
    insta::assert_snapshot!(screen.text());
    screen.keys("Esc").is(&before);
    quits(&mut screen);
}

#[test]
fn a_card_of_100_kilobytes_is_scrolled_and_graded() {
    let words = "Lorem ipsum dolor sit amet. ".repeat(100_000 / 28);
    let home = with_deck(&format!(
        "deck: d\ncards:\n  - {{front: 'question 1. {words}', back: 'answer 1. {words} The end.'}}\n"
    ));
    let mut screen = review(&home);
    for key in ["PageDown", "PageDown", "Down", "Up", "PageUp"] {
        let before = screen.text();
        screen.keys(key).changes(&before);
    }
    screen.keys("Space").shows("answer 1").keys("4").shows(SUMMARY);
    screen.keys("q");
    screen.ends_as_it_began(0);
    assert_eq!(super::grades(&home), [4]);
}

#[test]
fn the_item_that_is_asked_is_seen_in_a_list_of_200() {
    let items: String = (1..=200).map(|n| format!("      - item {n}.\n")).collect();
    let home = with_deck(&format!("deck: d\ncards:\n  - front: steps\n    list:\n{items}"));
    let cards = home.kata(&["cards", "--json"]).json();
    let ids = cards["cards"].as_array().unwrap().iter().map(|card| card["card"].as_str().unwrap());
    let first: Vec<&str> = ids.take(150).collect();
    home.kata(&[&["suspend"], &first[..]].concat()).ok();
    let mut screen = Terminal::of(&home).run(&["review"]);
    screen.shows("item 150.").keys("Space").shows("item 151.");
    quits(&mut screen);
}

#[test]
fn a_table_wider_than_the_screen_keeps_to_it() {
    let row = |word: &str| {
        (1..=9).map(|n| format!("| {word} {n} of several words ")).collect::<String>() + "|"
    };
    let rule = "|---".repeat(9) + "|";
    let table = format!("{}\n      {rule}\n      {}", row("head"), row("cell"));
    let home = with_deck(&format!(
        "deck: d\ncards:\n  - front: question 1\n    back: |\n      answer 1\n\n      {table}\n"
    ));
    let mut screen = Terminal::of(&home).size((24, 40)).run(&["review"]);
    screen.shows("question 1").keys("Space").shows("answer 1").shows("head");
    insta::assert_snapshot!(screen.looks());
    quits(&mut screen);
}

#[test]
fn a_terminal_that_is_resized_shows_the_same_card() {
    let home = Home::with_notes(2);
    let mut screen = review(&home);
    screen.keys("Space").shows("answer 1");
    let before = screen.text();
    for size in [(12, 40), (40, 120), (5, 20)] {
        screen.resize(size).until(|shown| shown != before && shown.contains("answer 1"));
    }
    screen.resize((2, 7)).resize(USUAL).is(&before);
    screen.keys("4").shows("question 2");
    quits(&mut screen);
}
