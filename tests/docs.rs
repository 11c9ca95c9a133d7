//! What the documentation says of deck files, and what the program does with them.

use crate::home::{Home, Run, shipped};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

/// The reference of deck files.
const FORMAT: &str = "docs/deck-format.md";

/// A block between fences of a page.
struct Block {
    /// What stands after the opening fence: the language, and a word for these tests.
    info: String,
    text: String,
    /// Where it is, for messages.
    place: String,
}

fn page(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The blocks of a page, in order.
fn blocks(path: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (line, number) in page(path).lines().zip(1..) {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                let place = format!("{path}:{number}");
                open = Some(Block { info: info.to_owned(), text: String::new(), place });
            }
            (Some(_), Some("")) => blocks.extend(open.take()),
            (Some(block), _) => block.text += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{path}: a block that does not end");
    blocks
}

impl Block {
    /// The deck file that it shows, or that its entries of `cards` make; `None` if it shows neither.
    fn deck(&self) -> Option<String> {
        if self.info.split(' ').next() != Some("yaml") {
            None
        } else if self.text.lines().any(|line| line.starts_with("cards:")) {
            Some(self.text.clone())
        } else if self.text.starts_with("- ") {
            Some(format!("deck: d\ncards:\n{}", self.text))
        } else {
            None
        }
    }
}

/// Runs `kata check` on a file of this content, in a home of its own.
fn check(content: impl AsRef<[u8]>, options: &[&str]) -> Run {
    let home = Home::new();
    home.write("deck.yaml", content);
    home.kata(&[&["check", "deck.yaml"], options].concat())
}

#[test]
fn every_deck_file_that_is_shown_is_one() {
    for path in [FORMAT, "README.md"] {
        let mut shown = 0;
        for block in blocks(path) {
            let Some(deck) = block.deck().filter(|_| block.info == "yaml") else { continue };
            let run = check(deck, &["--strict"]);
            assert_eq!(run.code, Some(0), "{}: {}", block.place, run.stderr);
            shown += 1;
        }
        assert!(shown > 0, "{path} shows a deck file");
    }
}

#[test]
fn a_deck_file_that_is_shown_as_faulty_is_told_as_the_page_says() {
    let blocks = blocks(FORMAT);
    let mut shown = 0;
    for (block, after) in blocks.iter().zip(&blocks[1..]) {
        let code = match block.info.as_str() {
            "yaml faulty" => 1,
            "yaml warned" => 0,
            _ => continue,
        };
        let run = check(&block.text, &[]);
        assert_eq!((run.code, after.info.as_str()), (Some(code), "text"), "{}", block.place);
        assert_eq!(run.stderr.trim_end(), after.text.trim_end(), "{}", block.place);
        shown += 1;
    }
    assert!(shown >= 3);
}

#[test]
fn notes_ask_what_the_page_says() {
    let blocks = blocks(FORMAT);
    let mut shown = 0;
    for (block, after) in blocks.iter().zip(&blocks[1..]) {
        let Some(deck) = block.deck().filter(|_| block.text.starts_with("- ")) else { continue };
        if after.info == "text" && block.info == "yaml" {
            assert_eq!(asked(&deck), told(&after.text), "{}", block.place);
            shown += 1;
        }
    }
    assert!(shown >= 8);
}

/// The questions and answers of a deck file, as the program has them.
fn asked(deck: &str) -> Vec<(String, String)> {
    let home = Home::new();
    home.write("deck.yaml", deck);
    home.kata(&["import", "deck.yaml"]).ok();
    let cards = home.kata(&["cards", "--json"]).json();
    let cards = cards["cards"].as_array().unwrap().iter();
    let sheets = cards.map(|card| {
        let sheet = home.kata(&["show", card["card"].as_str().unwrap(), "--json"]).json();
        let text = |key: &str| sheet[key].as_str().unwrap().to_owned();
        (text("question"), text("answer"))
    });
    sheets.collect()
}

/// The questions and answers that a block tells: an answer has an arrow and ends at an empty line.
fn told(text: &str) -> Vec<(String, String)> {
    let mut told = Vec::new();
    let mut question: Vec<&str> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match line.strip_prefix("→ ") {
            Some(answer) => {
                let more = lines.by_ref().take_while(|line| !line.is_empty());
                let answer: Vec<&str> = std::iter::once(answer).chain(more).collect();
                told.push((question.join("\n"), answer.join("\n")));
                question.clear();
            }
            None => question.push(line),
        }
    }
    told
}

#[test]
fn every_rule_is_told_in_the_words_of_the_page() {
    let mut rows = 0;
    let mut severity = None;
    for line in page(FORMAT).lines() {
        severity = match line {
            "| written | error |" => Some("error"),
            "| written | warning |" => Some("warning"),
            "| --- | --- |" => severity,
            _ => match (severity, line.strip_prefix("| ")) {
                (Some(severity), Some(row)) => {
                    let (written, message) = row.split_once(" | ").unwrap();
                    holds(&code(written), severity, &code(message.strip_suffix(" |").unwrap()));
                    rows += 1;
                    Some(severity)
                }
                _ => None,
            },
        };
    }
    assert!(rows > 60, "{rows} rows");
}

/// What a code span says.
fn code(span: &str) -> String {
    let ticks = &span[..span.len() - span.trim_start_matches('`').len()];
    let inner = span.strip_prefix(ticks).and_then(|inner| inner.strip_suffix(ticks)).unwrap();
    let padded = inner.strip_prefix(' ').and_then(|inner| inner.strip_suffix(' '));
    padded.unwrap_or(inner).to_owned()
}

/// Holds a row of the page against the program.
#[track_caller]
fn holds(written: &str, severity: &str, message: &str) {
    let written = written.replace('⏎', "\n").replace('⇥', "\t");
    let content = if written.starts_with(['{', '#']) || written.starts_with("---") {
        written.clone()
    } else if written.starts_with('-') {
        format!("deck: d\ncards:\n{written}\n")
    } else if written.starts_with("deck:") {
        format!("{written}\ncards: [{{front: x, back: y}}]\n")
    } else if written.starts_with("cards:") {
        format!("deck: d\n{written}\n")
    } else {
        format!("deck: d\n{written}\ncards: [{{front: x, back: y}}]\n")
    };
    is_told(&content, &format!("{severity}: {message}"));
}

#[track_caller]
fn is_told(content: impl AsRef<[u8]>, title: &str) {
    let run = check(content, &["--strict"]).exits(1);
    assert!(run.stderr.lines().any(|line| line == title), "{title}\n{}", run.stderr);
}

#[test]
fn faults_of_whole_files_are_told_in_the_words_of_the_page() {
    let page = page(FORMAT);
    let note = "cards: [{front: a, back: b}]\n";
    let many = "[".repeat(100);
    let aliases: String = (0..9)
        .map(|n| format!("x{}: &x{} [{}]\n", n + 1, n + 1, vec![format!("*x{n}"); 20].join(", ")))
        .collect();
    let files: [(Vec<u8>, &str); 7] = [
        (format!("deck: d\n#{}", "x".repeat(64 << 20)).into(), "the file is over 64 MiB"),
        (b"\xff\xfed\0".into(), "this is UTF-16"),
        (b"deck: caf\xe9\ncards: []\n".into(), "this is not UTF-8: byte 0xE9"),
        (b"deck: \x07\ncards: []\n".into(), "the character U+0007 may not stand here"),
        (b"deck: \0\ncards: []\n".into(), "the character NUL, U+0000 may not stand here"),
        (format!("deck: d\ncards: {many}").into(), "this is nested deeper than 64 levels"),
        (
            format!("deck: d\n{note}x0: &x0 text\n{aliases}").into(),
            "aliases expand to over 10 times this file",
        ),
    ];
    for (content, message) in files {
        assert!(page.contains(&format!("| `{message}` |")), "{message}");
        is_told(content, &format!("error: {message}"));
    }
    let long = format!("deck: {}\n{note}", "x".repeat(201));
    assert!(check(long, &[]).exits(1).stderr.contains("it has over 200 characters\n"));
    assert!(page.contains("`it has over 200 characters`"));
    let long = format!("deck: d\ncards:\n- front: a\n  back: {}", "x".repeat(501));
    assert!(page.contains("`this answer has 501 characters`"));
    is_told(long, "warning: this answer has 501 characters");
}

#[test]
fn faults_between_files_are_told_in_the_words_of_the_page() {
    let home = Home::new();
    home.write("a.yaml", "deck: d\noptions: {new_per_day: 1}\ncards: [{id: k, front: a, back: b}]");
    home.write("b.yaml", "deck: d\noptions: {new_per_day: 2}\ncards: [{id: k, front: a, back: c}]");
    let run = home.kata(&["check", "."]).exits(1);
    for message in [
        "the id \"k\" twice in the deck `d`",
        "the same question twice in the deck `d`",
        "the deck `d` has other options elsewhere",
    ] {
        assert!(page(FORMAT).contains(message), "{message}");
        assert!(run.stderr.contains(&format!("error: {message}\n")), "{}", run.stderr);
    }
}

#[test]
fn every_key_of_the_reader_is_shown_and_explained() {
    let schema = fs::read_to_string(shipped().join("deck.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let page = page(FORMAT);
    let shown: String =
        blocks(FORMAT).iter().filter(|block| block.info == "yaml").map(|b| &*b.text).collect();
    // The reader's keys are the schema's: a test of the reader sees to that.
    for (place, explained) in [
        ("/properties", "### "),
        ("/properties/options/properties", "| "),
        ("/definitions/note/properties", "### "),
    ] {
        for key in schema.pointer(place).unwrap().as_object().unwrap().keys() {
            let is_shown = shown.lines().any(|line| {
                let line = line.trim_start_matches([' ', '-', '{']);
                line.starts_with(&format!("{key}:")) || line.contains(&format!(", {key}: "))
            });
            assert!(is_shown, "no example has the key {key}");
            let mut lines = page.lines().filter(|line| line.starts_with(explained));
            assert!(lines.any(|line| line.contains(&format!("`{key}`"))), "{key} is not explained");
        }
    }
}

#[test]
fn links_within_the_documentation_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let pages = docs.chain(["README.md", "CONTRIBUTING.md"].map(|name| root.join(name)));
    for page in pages.filter(|page| page.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(&page).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.contains("://") {
                continue;
            }
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file: PathBuf = match file {
                "" => page.clone(),
                file => page.parent().unwrap().join(file),
            };
            assert!(file.exists(), "{}: {target}", page.display());
            let found = anchor.is_empty() || {
                let text = fs::read_to_string(&file).unwrap();
                text.lines().filter(|line| line.starts_with('#')).any(|line| slug(line) == anchor)
            };
            assert!(found, "{}: {target}", page.display());
        }
    }
}

/// What a heading is linked by.
fn slug(heading: &str) -> String {
    let words = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn the_page_on_keys_has_every_key_as_the_screen_has_it() {
    let rows: Vec<String> = page("docs/keys.md")
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| ---"))
        .skip(2)
        .map(str::to_owned)
        .collect();
    let keys = kata::frontend::tui::KEYS.iter();
    let wanted: Vec<String> = keys.map(|key| format!("| {} | {} |", key.key, key.does)).collect();
    assert_eq!(rows, wanted);
    let help = Home::new().kata(&["review", "--help"]).ok().stdout;
    for key in kata::frontend::tui::KEYS {
        assert!(help.contains(&format!("  {}  ", key.key)), "{}: {help}", key.key);
    }
}
