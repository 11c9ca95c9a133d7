//! `kata review` and `kata` look at the known deck files first, and import those that changed.

use crate::home::Home;

const DECK: &str = "deck: d\ncards:\n  - {front: Which port does HTTPS lisen on?, back: \"443\"}\n  - {front: What is Kaizen?, back: Continuous improvement}\n";

/// A home whose two cards were learned yesterday.
fn learned_yesterday() -> Home {
    let mut home = Home::new();
    home.on("2026-11-22").write("decks/a.yaml", DECK);
    home.kata(&["import", "decks"]).ok();
    home.review(&[]).grade_all(4);
    home.on("2026-11-23");
    home
}

/// The fronts that a review asks now.
fn asked(home: &Home) -> Vec<String> {
    let mut session = home.review(&[]);
    let cards = session.expect("hello")["remaining"]["review"].as_u64().unwrap();
    let fronts = (0..cards).map(|_| {
        let card = session.expect("card");
        session.say(r#"{"do":"skip"}"#);
        session.expect("skipped");
        card["front"].as_str().unwrap().to_owned()
    });
    let mut fronts: Vec<String> = fronts.collect();
    fronts.sort();
    fronts
}

#[test]
fn a_review_asks_the_text_as_it_was_edited_and_keeps_its_schedule() {
    let home = learned_yesterday();
    home.write("decks/a.yaml", DECK.replace("lisen", "listen"));
    let run = home.kata(&["review", "--plain"]).ok();
    assert_eq!(run.stderr, "Imported: 1 edited, 1 unchanged.\n");
    assert!(run.stdout.contains("0 new, 2 to review"), "{}", run.stdout);
    assert_eq!(asked(&home), ["What is Kaizen?", "Which port does HTTPS listen on?"]);
}

#[test]
fn kata_alone_imports_what_changed_and_due_never_does() {
    let home = learned_yesterday();
    let edited = format!("{DECK}  - {{front: What is muda?, back: Waste}}\n");
    home.write("decks/a.yaml", edited);
    assert_eq!(home.kata(&["due", "--count"]).ok().stdout, "2\n");
    let run = home.kata(&[]).ok();
    assert_eq!(run.stderr, "Imported: 1 new, 2 unchanged.\n");
    assert!(run.stdout.contains("3 cards to ask: 2 due and 1 new."), "{}", run.stdout);
    assert_eq!(home.kata(&["due", "--count"]).ok().stdout, "3\n");
    assert_eq!(home.kata(&[]).ok().stderr, "", "it is imported once");
}

#[test]
fn a_broken_file_gives_its_diagnostic_and_the_stored_text_is_asked() {
    let home = learned_yesterday();
    home.write("decks/a.yaml", DECK.replace("back: Continuous", "bakc: Continuous"));
    let run = home.kata(&["review", "--plain"]).ok();
    assert!(run.stderr.contains("decks/a.yaml:4:"), "{}", run.stderr);
    assert!(run.stderr.contains("did you mean \"back\"?"), "{}", run.stderr);
    assert!(run.stdout.contains("0 new, 2 to review"), "{}", run.stdout);
    assert!(home.kata(&[]).ok().stdout.contains("2 cards to ask"));
    // Who names it is told by the exit status, too.
    home.kata(&["review", "--plain", "decks/a.yaml"]).exits(1);
}

#[test]
fn a_file_that_is_gone_leaves_its_cards() {
    let home = learned_yesterday();
    std::fs::remove_file(home.path("decks/a.yaml")).unwrap();
    let run = home.kata(&["review", "--plain"]).ok();
    assert_eq!(run.stderr, "");
    assert!(run.stdout.contains("0 new, 2 to review"), "{}", run.stdout);
}

#[test]
fn a_note_moves_from_a_changed_file_to_the_file_that_is_reviewed() {
    let home = learned_yesterday();
    let (first, second) = DECK.split_at(DECK.find("  - {front: What is Kaizen?").unwrap());
    home.write("decks/a.yaml", first);
    home.write("decks/b.yaml", format!("deck: lean\ncards:\n{second}"));
    let run = home.kata(&["review", "--plain", "decks/b.yaml"]).ok();
    assert_eq!(run.stderr, "Imported: 1 moved, 1 unchanged.\n");
    assert!(run.stdout.contains("lean, review, 1 to go"), "{}", run.stdout);
    assert_eq!(home.kata(&["due", "--count"]).ok().stdout, "2\n");
}

#[test]
fn a_deck_that_a_changed_file_brings_can_be_named() {
    let home = learned_yesterday();
    home.write("decks/a.yaml", DECK.replace("deck: d", "deck: lean/basics"));
    let run = home.kata(&["review", "--plain", "lean/basics"]).ok();
    assert!(run.stdout.contains("0 new, 2 to review"), "{}", run.stdout);
    let run = home.kata(&["review", "--plain", "lean/basic"]).exits(2);
    assert_eq!(run.stderr, "kata: there is no deck lean/basic: did you mean lean/basics?\n");
}

#[test]
fn it_can_be_turned_off() {
    let home = learned_yesterday();
    home.write("config/kata/config.yaml", "auto_import: false\n");
    home.write("decks/a.yaml", DECK.replace("lisen", "listen"));
    assert_eq!(home.kata(&["review", "--plain"]).ok().stderr, "");
    assert_eq!(home.kata(&[]).ok().stderr, "");
    assert_eq!(asked(&home), ["What is Kaizen?", "Which port does HTTPS lisen on?"]);
}

#[test]
fn a_note_of_a_file_that_is_gone_moves_to_a_changed_file_of_another_deck() {
    let home = learned_yesterday();
    home.write("decks/b.yaml", "deck: other\ncards:\n  - {front: What is muda?, back: Waste}\n");
    home.kata(&["import", "decks"]).ok();
    let lines: String = DECK.lines().skip(2).map(|line| format!("{line}\n")).collect();
    let both = format!("deck: other\ncards:\n  - {{front: What is muda?, back: Waste}}\n{lines}");
    home.write("decks/b.yaml", both);
    std::fs::remove_file(home.path("decks/a.yaml")).unwrap();
    assert_eq!(home.kata(&[]).ok().stderr, "Imported: 2 moved, 1 unchanged.\n");
    assert_eq!(home.kata(&["import", "decks"]).ok().stdout, "3 unchanged\n");
    assert_eq!(home.kata(&["due", "--count"]).ok().stdout, "3\n", "two due, one new");
}

#[test]
fn a_note_does_not_start_anew_while_the_file_it_comes_from_is_broken() {
    let home = learned_yesterday();
    home.write("decks/b.yaml", "deck: d\ncards:\n  - {front: What is muda?, back: Waste}\n");
    home.kata(&["import", "decks"]).ok();
    // A note goes from one file to the other, and a typo comes into what stays.
    let (first, second) = DECK.split_at(DECK.find("  - {front: What is Kaizen?").unwrap());
    home.write("decks/a.yaml", first.replace("back", "bakc"));
    home.write(
        "decks/b.yaml",
        format!("deck: d\ncards:\n  - {{front: What is muda?, back: Waste}}\n{second}"),
    );
    let run = home.kata(&[]).ok();
    assert!(
        run.stderr.contains(
            "decks/b.yaml: left out: \"What is Kaizen?\" was in decks/a.yaml, which has errors"
        ),
        "{}",
        run.stderr
    );
    home.write("decks/a.yaml", first);
    assert_eq!(home.kata(&[]).ok().stderr, "Imported: 1 moved, 2 unchanged.\n");
}
