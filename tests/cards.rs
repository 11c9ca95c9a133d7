//! `kata cards`: queries.

use crate::home::Home;

fn home() -> Home {
    let home = Home::new();
    home.write(
        "decks/my deck.yaml",
        "deck: my deck\ncards:\n  - {front: What is the lead time?, back: All of it, tags: [value stream]}\n  - {front: Time to lead?, back: Now}\n",
    );
    home.kata(&["import", "decks"]).ok();
    home
}

fn found(home: &Home, query: &[&str]) -> usize {
    let all = [&["cards", "--json"], query].concat();
    home.kata(&all).ok().json()["cards"].as_array().unwrap().len()
}

#[test]
fn names_of_several_words_are_found_in_quotes() {
    let home = home();
    assert_eq!(found(&home, &["lead time"]), 2);
    assert_eq!(found(&home, &["\"lead time\""]), 1);
    assert_eq!(found(&home, &["tag:\"value stream\" is:new"]), 1);
    assert_eq!(found(&home, &["deck:\"my deck\"", "time"]), 2);
}

#[test]
fn a_deck_that_there_is_not_is_told_with_the_nearest_name() {
    let home = home();
    let run = home.kata(&["cards", "deck:\"my dekc\""]).exits(2);
    assert_eq!(run.stderr, "kata: there is no deck my dekc: did you mean my deck?\n");
    let run = home.kata(&["suspend", "tags:lean"]).exits(2);
    assert_eq!(
        run.stderr,
        "kata: query \"tags:lean\": did you mean tag:lean? As a word it is written in double quotes\n"
    );
}
