//! `kata retire`: for notes whose deck file is gone.

use crate::home::Home;

const LIST: &str = "deck: d/list\ncards:\n  - {front: The first letters, list: [a, b, c]}\n  - {front: What is Kaizen?, back: Continuous improvement}\n";

/// A home with two decks below `d`, of which one has lost its file.
fn with_a_lost_file() -> Home {
    let home = Home::new();
    home.write("decks/list.yaml", LIST);
    home.write("decks/kept.yaml", "deck: d/kept\ncards: [{front: Kept?, back: Here}]\n");
    home.kata(&["import", "decks"]).ok();
    home.review(&[]).grade_all(4);
    std::fs::remove_file(home.path("decks/list.yaml")).unwrap();
    home
}

fn cards(home: &Home, query: &[&str]) -> usize {
    let all = [&["cards", "--json"], query].concat();
    home.kata(&all).json()["cards"].as_array().unwrap().len()
}

#[test]
fn notes_of_a_file_that_is_gone_are_asked_no_more_and_their_history_stays() {
    let home = with_a_lost_file();
    let reviews = home.export()["reviews"].clone();
    let run = home.kata(&["retire", "--dry-run", "d/list"]).ok();
    assert_eq!(run.stdout, "Would retire 2 notes.\n");
    assert_eq!(cards(&home, &[]), 5);
    assert_eq!(
        home.kata(&["retire", "d/list"]).ok().stdout,
        "Retired 2 notes; the history stays.\n"
    );
    assert_eq!((cards(&home, &[]), cards(&home, &["is:retired"])), (1, 4));
    assert_eq!(home.export()["reviews"], reviews);
    let run = home.kata(&["retire", "is:retired"]).ok();
    assert!(run.stdout.contains("retired already"), "{}", run.stdout);
    let run = home.kata(&["retire", "d/list"]).exits(1);
    assert!(run.stderr.contains("no card is found"), "{}", run.stderr);
}

#[test]
fn a_card_is_retired_with_its_whole_note() {
    let home = with_a_lost_file();
    assert_eq!(
        home.kata(&["retire", "letters", "interval=1"]).ok().stdout,
        "Retired 1 note; the history stays.\n"
    );
    assert_eq!(cards(&home, &["is:retired"]), 3);
}

#[test]
fn a_file_that_has_them_again_revives_them_with_their_schedule() {
    let home = with_a_lost_file();
    let before = home.kata(&["cards", "Kaizen", "--json"]).json();
    home.kata(&["retire", "d/list"]).ok();
    home.write("decks/again.yaml", LIST);
    assert_eq!(home.kata(&["import", "decks/again.yaml"]).ok().stdout, "2 revived\n");
    assert_eq!(home.kata(&["cards", "Kaizen", "--json"]).json(), before);
}

#[test]
fn nothing_is_retired_while_a_file_of_it_is_there() {
    let home = with_a_lost_file();
    let run = home.kata(&["retire", "d"]).exits(1);
    assert!(
        run.stderr.contains("kept.yaml is still there: delete the notes in it"),
        "{}",
        run.stderr
    );
    assert_eq!(cards(&home, &[]), 5);
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let home = Home::new();
    home.kata(&["retire", "d"]).exits(1);
    assert!(!home.path("data").exists());
}

#[test]
fn what_is_in_the_place_of_a_file_is_no_file() {
    let home = with_a_lost_file();
    std::fs::create_dir(home.path("decks/list.yaml")).unwrap();
    home.kata(&["retire", "d/list"]).ok();
}

#[test]
fn an_empty_query_is_no_way_to_say_every_card() {
    let home = with_a_lost_file();
    for command in ["retire", "suspend", "reset"] {
        let run = home.kata(&[command, ""]).exits(2);
        assert!(run.stderr.contains("name cards, decks or a query"), "{}", run.stderr);
    }
}
