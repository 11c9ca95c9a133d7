//! `kata add`: cards from flags, an editor or the standard input into a deck file.

use crate::home::{Home, Run};
use rexpect::session::{PtySession, spawn_command};
use serde_json::Value;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Stdio;

/// A deck file with all that is easily lost.
const DECK: &str = "\
# Of the learner

deck: d   # a name
title: 'T'
cards:
  # First things
  - id: port
    front:  Which port does HTTPS listen on?
    back: \"443\"  # not 80

  - front: What is Kaizen?
    back: |
      Continuous
      improvement
    # to be reworded

# The end
";

/// What one more card in it is.
const MORE: &str = "
  - front: What is muda?
    back: Waste
";

/// A home with that deck, imported.
fn with_deck() -> Home {
    let home = Home::new();
    home.write("decks/a.yaml", DECK);
    home.kata(&["import", "decks"]).ok();
    home
}

fn text(home: &Home, name: &str) -> String {
    fs::read_to_string(home.path(name)).unwrap()
}

/// The deck with something before its last comment.
fn deck_with(more: &str) -> String {
    DECK.replace("\n# The end", &format!("{more}\n# The end"))
}

/// Adds a card that the deck has not.
fn add_muda(home: &Home, target: &str) -> Run {
    home.kata(&["add", target, "--front", "What is muda?", "--back", "Waste"])
}

/// It fails with this in its message, and the deck file is as it was.
#[track_caller]
fn refused(home: &Home, run: Run, code: i32, what: &str) {
    let run = run.exits(code);
    assert!(run.stderr.contains(what), "{}", run.stderr);
    assert_eq!(run.stdout, "");
    assert_eq!(text(home, "decks/a.yaml"), DECK);
}

fn questions(home: &Home) -> Vec<String> {
    let cards = home.kata(&["cards", "--json"]).json();
    let cards = cards["cards"].as_array().unwrap().clone();
    cards.iter().map(|card| card["question"].as_str().unwrap().to_owned()).collect()
}

fn notes(home: &Home) -> Vec<Value> {
    home.export()["notes"].as_array().unwrap().clone()
}

#[test]
fn a_card_goes_into_the_deck_file_and_nothing_else_in_it_changes() {
    let home = with_deck();
    let run = add_muda(&home, "d").ok();
    assert_eq!(text(&home, "decks/a.yaml"), deck_with(MORE));
    let card = home.kata(&["cards", "muda", "--json"]).json()["cards"][0]["card"].clone();
    let card = &card.as_str().unwrap()[..8];
    assert_eq!(run.stdout, format!("Added to decks/a.yaml, line 17: card {card}.\n"));
    assert_eq!(run.stderr, "");
    home.kata(&["check", "--strict", "decks"]).ok();
}

#[test]
fn other_cards_keep_their_schedule_and_the_new_one_is_asked() {
    let home = with_deck();
    home.review(&[]).grade_all(4);
    let before = home.export();
    add_muda(&home, "d").ok();
    let after = home.export();
    assert_eq!(after["reviews"], before["reviews"]);
    let both = before["cards"].as_array().unwrap();
    assert!(both.iter().all(|card| after["cards"].as_array().unwrap().contains(card)));
    assert_eq!(home.review(&[]).grade_all(4), ["What is muda?"]);
    // Nothing is left to import.
    assert_eq!(home.kata(&["import", "decks"]).ok().stdout, "3 unchanged\n");
}

#[test]
fn every_kind_of_card_has_its_flags() {
    let home = with_deck();
    for flags in [
        &["--front", "a", "--back", "- b", "--reverse", "--typed", "--hint", "h: i"][..],
        &["--cloze", "{{lead}} and {{cycle}}", "--extra", "e", "--source", "s", "--id", "times"],
        &["--front", "c", "--list", "x", "--list", "-y", "--tag", "t", "--tag", "u, v"],
        &["--front", "e", "--set", "x", "--set", "1.10"],
    ] {
        home.kata(&[&["add", "d"], flags].concat()).ok();
    }
    let more = "
  - front: a
    back: \"- b\"
    reverse: true
    typed: true
    hint: \"h: i\"

  - id: times
    cloze: \"{{lead}} and {{cycle}}\"
    extra: e
    source: s

  - front: c
    list:
      - x
      - \"-y\"
    tags: [t, \"u, v\"]

  - front: e
    set:
      - x
      - 1.10
";
    assert_eq!(text(&home, "decks/a.yaml"), deck_with(more));
    assert_eq!(questions(&home).len(), 2 + 2 + 2 + 2 + 2);
}

#[test]
fn flags_that_describe_no_card_are_wrong_usage() {
    let home = with_deck();
    for (flags, what) in [
        (&["--front", "a"][..], "--front with --back"),
        (&["--front", "a", "--back", "b", "--cloze", "{{c}}"], "--cloze alone"),
        (&["--front", "a", "--set", "b"], "two items or more"),
        (&["--cloze", "a"], "no deletion"),
        (&["--front", "", "--back", "b"], "front is empty"),
        (&["--tag", "t"], "--front with --back"),
    ] {
        let run = home.kata(&[&["add", "d"], flags].concat());
        refused(&home, run, 2, what);
    }
    home.kata(&["add"]).exits(2);
}

#[test]
fn programs_get_file_line_deck_and_cards() {
    let home = with_deck();
    let added = home.kata(&["add", "d", "--cloze", "{{a}} {{b}}", "--json"]).json();
    let file = fs::canonicalize(home.path("decks/a.yaml")).unwrap();
    assert_eq!(added["file"], file.to_str().unwrap());
    assert_eq!((&added["line"], &added["deck"]), (&17.into(), &"d".into()));
    let cards = added["cards"].as_array().unwrap();
    assert_eq!(cards.len(), 2);
    for (card, front) in cards.iter().zip(["[…] b", "a […]"]) {
        let shown = home.kata(&["show", card.as_str().unwrap(), "--json"]).json();
        assert_eq!(shown["question"], front);
    }
    let quiet = home.kata(&["add", "-q", "d", "--front", "a", "--back", "b"]).ok();
    assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
}

#[test]
fn a_file_may_be_named_that_was_never_imported() {
    let home = Home::new();
    home.write("decks/a.yaml", DECK);
    assert!(!home.path("data").exists());
    add_muda(&home, "decks/a.yaml").ok();
    assert_eq!(text(&home, "decks/a.yaml"), deck_with(MORE));
    assert_eq!(questions(&home).len(), 3);
}

#[test]
fn of_a_deck_of_several_files_one_is_to_be_named() {
    let home = with_deck();
    home.write("decks/b.yaml", "deck: d\ncards:\n- {front: b, back: c}\n");
    home.kata(&["import", "decks"]).ok();
    let run = add_muda(&home, "d");
    assert!(run.stderr.contains("\n  decks/a.yaml\n  decks/b.yaml\n"), "{}", run.stderr);
    refused(&home, run, 2, "several files");
    // What one file asks the other does not.
    let run = home.kata(&["add", "decks/b.yaml", "--front", " What  is Kaizen?", "--back", "x"]);
    refused(&home, run, 1, "the deck has this question already: decks/a.yaml, line 11");
    let run = home.kata(&["add", "decks/b.yaml", "--front", "x", "--back", "y", "--id", "port"]);
    refused(&home, run, 1, "the deck has the id \"port\" already: decks/a.yaml, line 7");
    let run = add_muda(&home, "decks/b.yaml").ok();
    assert!(run.stdout.starts_with("Added to decks/b.yaml, line 4: card "), "{}", run.stdout);
    assert_eq!(text(&home, "decks/a.yaml"), DECK);
}

#[test]
fn a_question_that_the_file_has_is_refused_before_anything_is_written() {
    let home = with_deck();
    let run = home.kata(&["add", "d", "--front", "What is Kaizen?", "--back", "x"]);
    refused(&home, run, 1, "this question already: decks/a.yaml, line 11");
}

#[test]
fn a_deck_that_is_not_there_is_told_with_the_nearest_and_can_be_begun() {
    let home = with_deck();
    home.write("decks/ways.yaml", "deck: devops/three-ways\ncards:\n");
    home.kata(&["import", "decks"]).ok();
    let run = add_muda(&home, "devops/three-wasy");
    assert!(run.stderr.contains("add devops/three-wasy --file PATH"), "{}", run.stderr);
    refused(&home, run, 2, "did you mean devops/three-ways?");
    refused(&home, add_muda(&home, "nowhere.yaml"), 1, "kata add DECK --file nowhere.yaml");
    refused(&home, add_muda(&home, "decks"), 2, "is a folder");
    refused(&home, add_muda(&home, "-x"), 2, "");
    refused(&home, add_muda(&home, ""), 2, "");

    let begin = ["add", "lean/muda", "--file", "decks/new.yaml", "--front", "a", "--back", "b"];
    assert!(home.kata(&begin).ok().stdout.starts_with("Added to decks/new.yaml, line 3: card "));
    let begun = "deck: lean/muda\ncards:\n  - front: a\n    back: b\n";
    assert_eq!(text(&home, "decks/new.yaml"), begun);
    let mode = fs::metadata(home.path("decks/new.yaml")).unwrap().mode();
    assert_eq!(mode, fs::metadata(home.path("decks/a.yaml")).unwrap().mode());
    // By its name from now on.
    home.kata(&["add", "lean/muda", "--cloze", "{{c}}"]).ok();
    assert_eq!(text(&home, "decks/new.yaml"), format!("{begun}  - cloze: \"{{{{c}}}}\"\n"));

    let other = home.kata(&["add", "d", "--file", "decks/new.yaml", "--front", "x", "--back", "y"]);
    refused(&home, other, 1, "decks/new.yaml is of the deck lean/muda, not of d");
    let run = home.kata(&["add", "x", "--file", "nowhere/b.yaml", "--front", "x", "--back", "y"]);
    refused(&home, run, 1, "cannot begin nowhere/b.yaml");
}

#[test]
fn a_deck_whose_file_is_gone_is_told() {
    let home = with_deck();
    fs::remove_file(home.path("decks/a.yaml")).unwrap();
    let run = add_muda(&home, "d").exits(1);
    assert!(run.stderr.contains("decks/a.yaml"), "{}", run.stderr);
    home.kata(&["import", "decks"]);
    home.kata(&["retire", "d"]);
    let run = add_muda(&home, "d").exits(2);
    assert!(run.stderr.contains("no file"), "{}", run.stderr);
}

#[test]
fn a_deck_file_with_errors_is_told_and_left_as_it_is() {
    let home = with_deck();
    let broken = DECK.replace("back: |", "bakc: |");
    home.write("decks/a.yaml", &broken);
    for target in ["d", "decks/a.yaml"] {
        let run = add_muda(&home, target).exits(1);
        assert!(run.stderr.contains("decks/a.yaml:12:5"), "{}", run.stderr);
        assert!(run.stderr.contains("did you mean \"back\"?"), "{}", run.stderr);
        assert_eq!(text(&home, "decks/a.yaml"), broken);
    }
    home.write("decks/a.yaml", DECK);
    home.write("decks/b.yaml", "deck: d\ncards:\n- {front: What is Kaizen?, back: c}\n");
    let run = add_muda(&home, "decks/b.yaml").exits(1);
    assert!(run.stderr.contains("decks/b.yaml:3:3"), "{}", run.stderr);
    assert!(!text(&home, "decks/b.yaml").contains("muda"));
}

#[test]
fn what_may_not_be_written_to_is_told_and_left_as_it_is() {
    let home = with_deck();
    home.give_to_everybody();
    // The database is its owner's alone.
    for folder in ["data", "data/kata"] {
        fs::set_permissions(home.path(folder), fs::Permissions::from_mode(0o777)).unwrap();
    }
    fs::set_permissions(home.database(), fs::Permissions::from_mode(0o666)).unwrap();
    let add = ["add", "decks/a.yaml", "--front", "What is muda?", "--back", "Waste"];
    let allow = |name: &str, mode: u32| {
        fs::set_permissions(home.path(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    allow("decks/a.yaml", 0o444);
    refused(&home, home.kata_as_nobody(&add), 1, "cannot write to decks/a.yaml: Permission denied");
    allow("decks/a.yaml", 0o666);
    allow("decks", 0o555);
    refused(&home, home.kata_as_nobody(&add), 1, "cannot write to decks/a.yaml: Permission denied");
    let begin = ["add", "n", "--file", "decks/new.yaml", "--front", "a", "--back", "b"];
    refused(&home, home.kata_as_nobody(&begin), 1, "cannot write to decks/new.yaml");
    assert_eq!(fs::read_dir(home.path("decks")).unwrap().count(), 1, "nothing is left beside it");
}

#[test]
fn permissions_and_links_stay() {
    let home = with_deck();
    let file = home.path("decks/a.yaml");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&file, home.path("link.yaml")).unwrap();
    let run = add_muda(&home, "link.yaml").ok();
    assert!(run.stdout.starts_with("Added to link.yaml, line 17"), "{}", run.stdout);
    assert!(fs::symlink_metadata(home.path("link.yaml")).unwrap().is_symlink());
    assert_eq!(text(&home, "decks/a.yaml"), deck_with(MORE));
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o640);
    assert_eq!(home.kata(&["import", "decks"]).ok().stdout, "3 unchanged\n");
}

#[test]
fn windows_line_ends_stay() {
    let home = Home::new();
    home.write("a.yaml", format!("\u{feff}{}", DECK.replace('\n', "\r\n")));
    add_muda(&home, "a.yaml").ok();
    let expected = format!("\u{feff}{}", deck_with(MORE).replace('\n', "\r\n"));
    assert_eq!(text(&home, "a.yaml"), expected);
}

#[test]
fn any_text_arrives_as_it_was_given() {
    let home = with_deck();
    let texts = [
        "- a",
        "# b",
        "c: d",
        "e #f",
        "{{g}}",
        "\"h\" 'i' \\",
        "1.10",
        "null",
        "~",
        "日本 👩\u{200d}🔬",
        "\u{1b}[2J\u{202e}\u{9b}31m\u{7}",
        "j\n\n  k\n\tl",
        "m\r\nn",
        "%o",
        "@p",
        "|",
        "---",
        "--reverse",
        "q\u{2028}\u{feff}r",
        "<<: r",
        "[s, t]",
        "é\u{301}",
    ];
    for (number, text) in texts.iter().enumerate() {
        let front = format!("question {number}");
        let run = home
            .kata(&["add", "d", "--front", &front, "--back", text, "--hint", text, "--tag", text]);
        let run = run.ok();
        assert!(!run.stdout.contains('\u{1b}'));
    }
    let notes = notes(&home);
    for (number, text) in texts.iter().enumerate() {
        let fields = &notes[2 + number]["fields"];
        assert_eq!(fields["front"], format!("question {number}"));
        assert_eq!((&fields["back"], &fields["hint"]), (&Value::from(*text), &Value::from(*text)));
        assert_eq!(notes[2 + number]["tags"][0], *text);
    }
    let raw = self::text(&home, "decks/a.yaml");
    assert!(!raw.chars().any(|c| (c.is_control() && !matches!(c, '\n' | '\t')) || c == '\u{202e}'));
    assert_eq!(home.kata(&["check", "decks"]).code, Some(0));
}

#[test]
fn a_hostile_name_of_a_file_is_shown_harmlessly() {
    let home = Home::new();
    home.write("\u{1b}[31m.yaml", DECK);
    let run = add_muda(&home, "\u{1b}[31m.yaml").ok();
    assert!(run.stdout.contains("␛[31m.yaml"), "{}", run.stdout);
    let run = add_muda(&home, "\u{1b}[31m").exits(2);
    assert!(!run.stderr.contains('\u{1b}'));
}

#[test]
fn cards_that_are_added_at_once_are_all_there() {
    let home = with_deck();
    let adds: Vec<_> = (0..8)
        .map(|n| {
            let (front, back) = (format!("q {n}"), format!("a {n}"));
            let mut command = home.command(&["add", "d", "--front", &front, "--back", &back]);
            command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
        })
        .collect();
    for add in adds {
        let output = add.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(notes(&home).len(), 10);
    assert_eq!(text(&home, "decks/a.yaml").matches("front: q ").count(), 8);
}

#[test]
fn cards_are_read_from_the_standard_input() {
    let home = with_deck();
    let run = home.kata_reading(&["add", "d"], "# x\nfront: What is muda?\nback: Waste # y\n").ok();
    assert!(run.stdout.starts_with("Added to decks/a.yaml, line 17: card "), "{}", run.stdout);
    assert_eq!(text(&home, "decks/a.yaml"), deck_with(MORE));
    let two = "- cloze: '{{a}}'\n  tags: [t]\n- {front: l, list: [m, n]}\n";
    let run = home.kata_reading(&["add", "d", "--json"], two).json();
    assert_eq!(run["cards"].as_array().unwrap().len(), 3);
    assert_eq!(notes(&home)[3]["tags"], serde_json::json!(["t"]));
    // What hardly means what it says is taken, and warned of.
    let run = home.kata_reading(&["add", "d"], "front: same\nback: same\n").ok();
    assert!(run.stderr.contains("warning: the back is the same"), "{}", run.stderr);
    assert!(run.stderr.contains("standard input:2:7"), "{}", run.stderr);
}

#[test]
fn what_is_wrong_on_the_standard_input_is_told_in_its_place() {
    let home = with_deck();
    for (input, what) in [
        ("- front: a\n  bakc: b\n", "standard input:2:3"),
        ("- {front: a, back: b}\n- {front: What is Kaizen?, back: c}\n", "standard input:2:3"),
        ("- {front: a, back: b}\n- {front: What is Kaizen?, back: c}\n", "decks/a.yaml:11:5"),
        ("- front: \"a\n", "not closed"),
        ("- front: a\u{1b}[31m\n  back: b\0\n", "NUL"),
        ("deck: d\ncards: []\n", "unknown key"),
        ("", "no card was written"),
        ("# - front: a\n", "no card was written"),
        ("- front:\n  back:\n", "no card was written"),
    ] {
        let run = home.kata_reading(&["add", "d"], input);
        assert!(!run.stderr.contains('\u{1b}'), "{}", run.stderr);
        refused(&home, run, 1, what);
    }
}

const PATIENCE: Option<u64> = Some(20_000);

/// `kata add d` on a terminal of its own, with this editor.
fn edited_by(home: &Home, editor: &str) -> PtySession {
    let mut command = home.command(&["add", "d"]);
    command.env("EDITOR", editor).env("TMPDIR", home.write("tmp/.keep", "").parent().unwrap());
    command.env("PATH", "/usr/bin:/bin");
    spawn_command(command, PATIENCE).unwrap()
}

/// An editor that writes this; `$1` is the file.
fn editor(home: &Home, name: &str, script: &str) -> String {
    let path = home.write(name, format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

/// What an editor left in the temporary folder.
fn left_over(home: &Home) -> Vec<PathBuf> {
    let entries = fs::read_dir(home.path("tmp")).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.extension().is_some_and(|e| e == "yaml")).collect()
}

#[track_caller]
fn ends(terminal: &mut PtySession, status: i32) -> String {
    let rest = terminal.exp_eof().unwrap();
    let ended = format!("{:?}", terminal.process().wait().unwrap());
    assert!(ended.ends_with(&format!(", {status})")), "{ended}: {rest}");
    rest
}

#[test]
fn a_form_is_filled_in_with_an_editor() {
    let home = with_deck();
    let script =
        "cp \"$1\" seen; sed -i 's/^- front: $/&What is muda?/; s/^  back: $/&Waste/' \"$1\"";
    let mut terminal = edited_by(&home, &editor(&home, "my editor", script).replace(' ', "\\ "));
    let said = ends(&mut terminal, 0);
    assert!(said.contains("Added to decks/a.yaml, line 17: card "), "{said}");
    assert_eq!(text(&home, "decks/a.yaml"), deck_with(MORE));
    let seen = text(&home, "seen");
    assert!(seen.starts_with("- front: \n  back: \n\n# A card for the deck d, in decks/a.yaml"));
    assert!(left_over(&home).is_empty());
}

#[test]
fn the_examples_of_the_form_are_cards_without_their_marks() {
    let home = with_deck();
    let script = "sed -i 's/^# \\(- \\|  list\\|  set\\)/\\1/' \"$1\"";
    let said = ends(&mut edited_by(&home, &editor(&home, "edit", script)), 0);
    assert!(said.contains("Added to decks/a.yaml"), "{said}");
    assert_eq!(notes(&home).len(), 5);
}

#[test]
fn an_editor_is_words_in_quotes_and_no_shell() {
    let home = with_deck();
    let script = r#"printf "%s: %s\n" "- front" "$1" "  back" "$2" > "$3""#;
    let words = format!("sh -c '{script}' sh \"What is muda?\" Waste");
    ends(&mut edited_by(&home, &words), 0);
    assert_eq!(text(&home, "decks/a.yaml"), deck_with(MORE));
    let said = ends(&mut edited_by(&home, "true; touch here"), 1);
    assert!(said.contains("true;") && !home.path("here").exists(), "{said}");
}

#[test]
fn the_setting_wins_over_visual_and_that_over_editor() {
    let home = with_deck();
    let fill = |word: &str| {
        let script = format!("printf '%s\\n' '- front: {word}' '  back: x' > \"$1\"");
        editor(&home, word, &script)
    };
    let (setting, visual, other) = (fill("setting"), fill("visual"), fill("editor"));
    let run = |visual: &str| {
        let mut command = home.command(&["add", "d"]);
        command.env("EDITOR", &other).env("VISUAL", visual).env("PATH", "/usr/bin:/bin");
        ends(&mut spawn_command(command, PATIENCE).unwrap(), 0);
        questions(&home).pop().unwrap()
    };
    assert_eq!(run(""), "editor");
    assert_eq!(run(&visual), "visual");
    home.write("config/kata/config.yaml", format!("editor: {setting}\n"));
    assert_eq!(run(&visual), "setting");
}

#[test]
fn without_a_word_nothing_is_added() {
    let home = with_deck();
    for script in ["true", ": > \"$1\"", "sed -i '/^[^#]/d' \"$1\"", "echo '# only this' > \"$1\""]
    {
        let said = ends(&mut edited_by(&home, &editor(&home, "edit", script)), 1);
        assert!(said.contains("nothing is added: no card was written"), "{said}");
        assert_eq!(text(&home, "decks/a.yaml"), DECK);
        assert!(left_over(&home).is_empty());
    }
}

#[test]
fn an_editor_that_is_missing_or_fails_is_told() {
    let home = with_deck();
    let said = ends(&mut edited_by(&home, "/no/such/editor -w"), 1);
    assert!(said.contains("/no/such/editor ($EDITOR) cannot be started"), "{said}");
    let said = ends(&mut edited_by(&home, "vim 'x"), 1);
    assert!(said.contains("a quote without an end"), "{said}");
    let said = ends(&mut edited_by(&home, "false"), 1);
    assert!(said.contains("the editor false failed: exit status 1") && !said.contains("kept"));
    assert!(left_over(&home).is_empty());
    // What was typed before it failed is kept.
    let script = "echo '- front: typed' > \"$1\"; exit 3";
    let said = ends(&mut edited_by(&home, &editor(&home, "edit", script)), 1);
    let kept = left_over(&home).pop().unwrap();
    let name = kept.file_name().unwrap().to_str().unwrap();
    assert!(
        said.contains("exit status 3; what you wrote is kept in") && said.contains(name),
        "{said}"
    );
    assert_eq!(fs::read_to_string(kept).unwrap(), "- front: typed\n");
    assert_eq!(text(&home, "decks/a.yaml"), DECK);
}

/// An editor that writes a broken card, and mends it the next time.
const BROKEN_THEN_MENDED: &str = "\
if [ -e again ]; then sed -i 's/bakc/back/' \"$1\"; else
printf '%s\\n' '- front: What is muda?' '  bakc: Waste' > \"$1\"; fi; touch again";

#[test]
fn a_broken_card_can_be_edited_again() {
    let home = with_deck();
    let mut terminal = edited_by(&home, &editor(&home, "edit", BROKEN_THEN_MENDED));
    let said = terminal.exp_string("[e]dit again, or [d]rop it? ").unwrap();
    assert!(said.contains(".yaml:2:3") && said.contains("did you mean"), "{said}");
    assert_eq!(text(&home, "decks/a.yaml"), DECK);
    terminal.send_line("what?").unwrap();
    terminal.exp_string("[e]dit again, or [d]rop it? ").unwrap();
    terminal.send_line("e").unwrap();
    let said = ends(&mut terminal, 0);
    assert!(said.contains("Added to decks/a.yaml, line 17"), "{said}");
    assert_eq!(text(&home, "decks/a.yaml"), deck_with(MORE));
    assert!(left_over(&home).is_empty());
}

#[test]
fn a_broken_card_is_dropped_only_on_demand() {
    let home = with_deck();
    let editor = editor(&home, "edit", "echo '- front: What is Kaizen?' > \"$1\"");
    let mut terminal = edited_by(&home, &editor);
    terminal.exp_string("[d]rop it? ").unwrap();
    terminal.send_line("d").unwrap();
    let said = ends(&mut terminal, 1);
    assert!(said.contains("nothing is added"), "{said}");
    let before = left_over(&home).len();
    let mut terminal = edited_by(&home, &editor);
    terminal.exp_string("[d]rop it? ").unwrap();
    terminal.send_control('d').unwrap();
    let said = ends(&mut terminal, 1);
    assert!(said.contains("what you wrote is kept in"), "{said}");
    assert_eq!(left_over(&home).len(), before + 1);
    assert_eq!(text(&home, "decks/a.yaml"), DECK);
}

#[test]
fn where_nobody_can_be_asked_a_broken_card_is_kept() {
    let home = with_deck();
    let editor = editor(&home, "edit", BROKEN_THEN_MENDED);
    let mut shell = std::process::Command::new("sh");
    let kata = home.command(&[]);
    let program = kata.get_program().to_str().unwrap();
    shell.arg("-c").arg(format!("{program} add d 2> told; echo status $?"));
    shell.current_dir(kata.get_current_dir().unwrap()).env_clear();
    shell.envs(kata.get_envs().filter_map(|(key, value)| Some((key, value?))));
    shell.env("EDITOR", editor).env("PATH", "/usr/bin:/bin");
    shell.env("TMPDIR", home.write("tmp/.keep", "").parent().unwrap());
    let said = spawn_command(shell, PATIENCE).unwrap().exp_eof().unwrap();
    assert!(said.contains("status 1"), "{said}");
    let told = text(&home, "told");
    let kept = left_over(&home).pop().unwrap();
    assert!(told.contains(&format!("kept in {}", kept.display())), "{told}");
    // It can be mended and added yet.
    let mended = fs::read_to_string(kept).unwrap().replace("bakc", "back");
    home.kata_reading(&["add", "d"], &mended).ok();
    assert_eq!(text(&home, "decks/a.yaml"), deck_with(MORE));
}

#[test]
fn what_becomes_of_the_deck_file_meanwhile_stays() {
    let home = with_deck();
    let fill = "printf '%s\\n' '- front: What is muda?' '  back: Waste' > \"$1\"";
    let script = format!("{fill}; sed -i 's/Of the learner/Of mine/' decks/a.yaml");
    ends(&mut edited_by(&home, &editor(&home, "edit", &script)), 0);
    let edited = deck_with(MORE).replace("Of the learner", "Of mine");
    assert_eq!(text(&home, "decks/a.yaml"), edited);
    // If it is broken meanwhile, it is left so, and what was typed is kept.
    let fill = fill.replace("muda", "mura");
    let script = format!("{fill}; sed -i 's/back: |/bakc: |/' decks/a.yaml");
    let said = ends(&mut edited_by(&home, &editor(&home, "edit", &script)), 1);
    assert!(said.contains("decks/a.yaml:12:5") && said.contains("is kept in"), "{said}");
    assert_eq!(text(&home, "decks/a.yaml"), edited.replace("back: |", "bakc: |"));
    assert_eq!(left_over(&home).len(), 1);
}
