//! `kata import`: what it tells, and what stays through edits of the files.

use crate::home::Home;
use serde_json::Value;

const DECK: &str = "deck: d\ntitle: Old\ncards:\n  - {front: Which port does HTTPS lisen on?, back: \"443\"}\n  - {front: What is Kaizen?, back: Continuous improvement}\n";

/// A home whose two cards were learned.
fn learned() -> Home {
    let home = Home::new();
    home.write("decks/a.yaml", DECK);
    assert_eq!(home.kata(&["import", "decks"]).ok().stdout, "2 new\n");
    home.review(&[]).grade_all(4);
    home
}

fn card(home: &Home, query: &str) -> Value {
    let cards = home.kata(&["cards", query, "--json"]).json();
    assert_eq!(cards["cards"].as_array().unwrap().len(), 1, "{query}");
    cards["cards"][0].clone()
}

#[test]
fn importing_twice_changes_nothing() {
    let home = learned();
    let before = home.export();
    assert_eq!(home.kata(&["import", "decks"]).ok().stdout, "2 unchanged\n");
    // Also where the file was written anew, or has another comment.
    home.write("decks/a.yaml", DECK);
    assert_eq!(home.kata(&["import", "decks"]).ok().stdout, "2 unchanged\n");
    home.write("decks/a.yaml", format!("# a comment\n{DECK}"));
    assert_eq!(home.kata(&["import", "decks"]).ok().stdout, "2 unchanged\n");
    assert_eq!(home.export(), before);
}

#[test]
fn an_edited_question_keeps_its_schedule() {
    let home = learned();
    let before = card(&home, "lisen");
    home.write("decks/a.yaml", DECK.replace("lisen", "listen"));
    let run = home.kata(&["import", "--dry-run", "-v", "decks"]).ok();
    assert!(run.stdout.contains("edited   d: Which port does HTTPS listen on?"), "{}", run.stdout);
    assert_eq!(card(&home, "lisen")["card"], before["card"], "a dry run changes nothing");
    assert_eq!(home.kata(&["import", "decks"]).ok().stdout, "1 edited, 1 unchanged\n");
    let after = card(&home, "listen");
    assert_eq!((&after["card"], &after["due"]), (&before["card"], &before["due"]));
    assert_eq!(after["repetitions"], 1);
}

#[test]
fn a_renamed_file_keeps_its_cards_and_rules_its_deck() {
    let home = learned();
    let before = card(&home, "Kaizen");
    std::fs::remove_file(home.path("decks/a.yaml")).unwrap();
    let renamed = DECK.replace("title: Old", "title: New\noptions: {new_per_day: 3}");
    home.write("decks/b.yaml", renamed);
    assert_eq!(home.kata(&["import", "decks/b.yaml"]).ok().stdout, "2 moved\n");
    assert_eq!(card(&home, "Kaizen")["card"], before["card"]);
    assert_eq!(home.kata(&["decks", "--json"]).json()["decks"][0]["title"], "New");
}

#[test]
fn a_note_that_goes_is_retired_and_one_that_comes_back_has_its_history() {
    let home = learned();
    let before = card(&home, "Kaizen");
    let without = DECK.lines().filter(|line| !line.contains("Kaizen")).collect::<Vec<_>>();
    home.write("decks/a.yaml", without.join("\n"));
    assert_eq!(home.kata(&["import", "decks"]).ok().stdout, "1 retired, 1 unchanged\n");
    assert_eq!(card(&home, "Kaizen is:retired")["card"], before["card"]);
    home.write("decks/a.yaml", DECK);
    assert_eq!(home.kata(&["import", "decks"]).ok().stdout, "1 revived, 1 unchanged\n");
    assert_eq!(card(&home, "Kaizen"), before);
}

#[test]
fn a_file_that_is_gone_retires_its_notes_only_below_a_folder_that_is_imported() {
    let home = learned();
    home.write("other/c.yaml", "deck: c\ncards:\n  - {front: q, back: a}\n");
    std::fs::remove_file(home.path("decks/a.yaml")).unwrap();
    assert_eq!(home.kata(&["import", "other"]).ok().stdout, "1 new\n");
    home.write("decks/e.yaml", "deck: e\ncards:\n  - {front: r, back: a}\n");
    assert_eq!(home.kata(&["import", "decks"]).ok().stdout, "1 new, 2 retired\n");
}

#[test]
fn a_broken_file_gives_up_no_notes() {
    let home = learned();
    for broken in ["deck: d\ncards: [", "notes: none\n"] {
        home.write("decks/a.yaml", broken);
        home.kata(&["import", "decks"]).exits(1);
        assert_eq!(card(&home, "Kaizen")["retired"], false, "{broken}");
    }
}

#[test]
fn a_note_that_moves_to_another_deck_keeps_its_history() {
    let home = learned();
    let before = card(&home, "Kaizen");
    let (rest, kaizen): (Vec<_>, Vec<_>) = DECK.lines().partition(|line| !line.contains("Kaizen"));
    home.write("decks/a.yaml", rest.join("\n"));
    home.write("decks/lean.yaml", format!("deck: lean\ncards:\n{}\n", kaizen.join("\n")));
    assert_eq!(home.kata(&["import", "decks"]).ok().stdout, "1 moved, 1 unchanged\n");
    let after = card(&home, "Kaizen");
    assert_eq!((&after["card"], &after["deck"]), (&before["card"], &"lean".into()));
}

#[test]
fn the_same_question_in_two_files_of_a_deck_is_told_with_both_places() {
    let home = learned();
    home.write("decks/b.yaml", "deck: d\ncards:\n  - {front: What is Kaizen?, back: other}\n");
    let run = home.kata(&["import", "decks/b.yaml"]).exits(1);
    assert!(run.stderr.contains("b.yaml:3") && run.stderr.contains("a.yaml:5"), "{}", run.stderr);
    home.write(
        "decks/b.yaml",
        "deck: d\noptions: {new_per_day: 1}\ncards:\n  - {front: x, back: y}\n",
    );
    home.kata(&["import", "decks/b.yaml"]).ok();
    home.write(
        "decks/c.yaml",
        "deck: d\noptions: {new_per_day: 2}\ncards:\n  - {front: z, back: y}\n",
    );
    home.kata(&["import", "decks/c.yaml"]).exits(1);
}

#[test]
fn imports_at_once_do_not_get_in_each_others_way() {
    let home = Home::new();
    let notes: String = (0..3000).map(|n| format!("  - {{front: q {n}, back: a {n}}}\n")).collect();
    home.write("a.yaml", format!("deck: d\ncards:\n{notes}"));
    let imports: Vec<_> = (0..4)
        .map(|_| {
            let mut command = home.command(&["import", "a.yaml"]);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    for import in imports {
        let output = import.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(home.export()["notes"].as_array().unwrap().len(), 3000);
}

#[test]
fn an_export_goes_through_a_link_and_never_onto_the_database() {
    let home = learned();
    home.write("real.json", "old");
    std::os::unix::fs::symlink(home.path("real.json"), home.path("link.json")).unwrap();
    home.kata(&["export", "--format", "json", "-o", "link.json"]).ok();
    assert!(std::fs::read_to_string(home.path("real.json")).unwrap().contains("Kaizen"));
    assert!(std::fs::symlink_metadata(home.path("link.json")).unwrap().is_symlink());
    let database = home.database();
    home.kata(&["export", "--format", "json", "-o", database.to_str().unwrap()]).exits(2);
    home.kata(&["due"]).ok();
}
