//! Text of decks is data: no command puts out raw what a terminal could obey.

use crate::home::Home;

/// What deck text may not do: clear a screen, set a title, ring, overwrite, reorder.
const HOSTILE: &str = r"\e[2J\e]0;owned\a\x08\x7f\x9b31m\u202Etxt\u2066x";

pub fn hostile_home() -> Home {
    let home = Home::new();
    let text = |name: &str| format!("\"{name} {HOSTILE}\"");
    home.write(
        "decks/evil.yaml",
        format!(
            "deck: evil\ntitle: {}\nsource: {}\ntags: [{}]\ncards:\n  - front: {}\n    back: {}\n    reverse: true\n    hint: {}\n    extra: {}\n    source: {}\n    tags: [{}]\n  - cloze: \"a {{{{{HOSTILE} deleted::{HOSTILE} hinted}}}} b\"\n  - front: {}\n    list: [{}, {}]\n  - front: {}\n    set: [{}, {}]\n",
            text("title"), text("source"), text("tag"), text("front"), text("back"), text("hint"),
            text("extra"), text("own source"), text("own tag"), text("list"), text("item"),
            text("other item"), text("set"), text("member"), text("other member"),
        ),
    );
    home
}

#[track_caller]
fn harmless(what: &str, text: &str) {
    let raw = text.chars().find(|&c| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert_eq!(raw, None, "{what} puts out {raw:?} raw: {text:?}");
}

#[test]
fn no_command_puts_out_control_characters_or_bidirectional_controls() {
    let home = hostile_home();
    let import = home.kata(&["import", "-v", "decks"]).ok();
    harmless("import", &import.stdout);
    let id =
        home.kata(&["cards", "--json"]).json()["cards"][0]["card"].as_str().unwrap().to_owned();
    let answers = "?\nh\n\n4\n\n3\nu\n\n4\n\n4\n\n4\n\n4\n\n4\n\n4\n";
    for arguments in [
        vec!["review", "--plain", "--new", "9"],
        vec![],
        vec!["due"],
        vec!["due", "--json"],
        vec!["decks"],
        vec!["decks", "--json"],
        vec!["cards"],
        vec!["cards", "--json"],
        vec!["show", &id],
        vec!["show", &id, "--json"],
        vec!["history", &id],
        vec!["history", &id, "--json"],
        vec!["why", &id],
        vec!["why", &id, "--json"],
        vec!["stats"],
        vec!["stats", "--json"],
        vec!["stats", "--html", "-"],
        vec!["check", "decks"],
        vec!["check", "--json", "decks"],
        vec!["export", "--format", "json"],
        vec!["suspend", "\u{1b}[31m"],
        vec!["review", "\u{1b}[31m.yaml"],
        vec!["show", "\u{1b}[31m"],
    ] {
        let run = home.kata_reading(&arguments, answers);
        let what = arguments.join(" ");
        harmless(&what, &run.stdout);
        harmless(&what, &run.stderr);
    }
}

#[test]
fn the_json_protocol_escapes_them_and_means_the_same_text() {
    let home = hostile_home();
    home.kata(&["import", "decks"]).ok();
    let requests = "{\"do\":\"reveal\"}\n{\"do\":\"grade\",\"grade\":4}\n".repeat(6);
    let run = home.kata_reading(&["review", "--json"], &requests).ok();
    harmless("review --json", &run.stdout);
    let card: serde_json::Value = serde_json::from_str(run.stdout.lines().nth(1).unwrap()).unwrap();
    assert!(card["front"].as_str().unwrap().contains("\u{1b}[2J"), "{card}");
    assert!(run.stdout.contains(r"\u001b[2J") && run.stdout.contains(r"\u202e"));
}

#[test]
fn diagnostics_show_hostile_lines_harmlessly() {
    let home = Home::new();
    home.write("bad.yaml", format!("deck: d\ncards:\n  - frnt: \"{HOSTILE}\"\n"));
    home.write("raw.yaml", "deck: d\ncards:\n  - frnt: \u{202e}raw\u{9b} \u{85}x\n");
    for file in ["bad.yaml", "raw.yaml"] {
        let run = home.kata(&["check", file]).exits(1);
        harmless("check", &run.stdout);
        harmless("check", &run.stderr);
    }
}
