//! The two passes agree: the second explains every refusal of the first, and finds no fault where
//! the first finds none.

use super::*;
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Pieces that a deck file is made of, whole or broken.
pub(super) const PIECES: &[&str] = &[
    "deck: d\n",
    "title: T\n",
    "source: s\n",
    "tags: [a, b]\n",
    "options: {new_per_day: 10}\n",
    "options:\n  bury_siblings: true\n  leech_threshold: 0x10\n",
    "cards:\n",
    "cards: []\n",
    "- front: a\n  back: b\n",
    "- front: 'q'\n  list: [x, y]\n",
    "- front: s\n  set:\n  - 1\n  - 2\n",
    "- cloze: '{{a}} b'\n",
    "- cloze: \"{{c1::x::y}} {{\"\n",
    "- {front: f, back: 007}\n",
    "- id: k\n  front: z\n  back: |\n    text\n    more\n",
    "  hint: h\n",
    "  reverse: true\n",
    "  typed: yes\n",
    "  tags: [t]\n",
    "  extra: >\n    folded\n    text\n",
    "- ",
    "  ",
    "\n",
    "\r\n",
    "\t",
    ": ",
    ":",
    "#",
    " # comment\n",
    "'",
    "\"",
    "[",
    "]",
    "{",
    "}",
    "{{",
    "}}",
    ",",
    "&x ",
    "*x",
    "!",
    "!t ",
    "!!str ",
    "|",
    ">",
    "%",
    "@",
    "`",
    "?",
    "? ",
    "<<: ",
    "---\n",
    "...\n",
    "~",
    "null",
    "\\",
    "\\n",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "\0",
    "\u{1b}",
    "é",
    "front",
    "back: ",
    "b",
    "10",
];

const VALID: &str = "\
# a comment
deck: devops/three-ways
title: The Three Ways
source: Introduction
tags: [devops]
options: {new_per_day: 10, bury_siblings: false}
cards:
  - front: Which of the ways?
    back: The **First Way** (flow).
  - id: kaizen
    front: Kaizen
    back: |
      Continuous
      improvement
    reverse: true
    tags: [lean]
  - cloze: \"{{Lead time}} starts; {{cycle time::which?}} starts when.\"
  - front: 'The five steps'
    list: [Identify, 'Exploit', \"Subordinate\"]
  - front: Signals
    set:
      - Latency
      - Traffic
    typed: true
";

/// What the fast pass alone says.
fn fast_pass_accepts(text: &str) -> bool {
    yaml::parse(text).is_ok_and(|raw| rules::deck_file(raw).is_ok())
}

fn agree(text: &str) -> Result<(), TestCaseError> {
    let (reading, warnings) = check(text.as_bytes());
    let content = bytes::text(text.as_bytes()).expect("a text is UTF-8");
    prop_assert!(warnings.iter().all(|warning| !warning.is_error()));
    match &reading {
        Reading::Deck(file) => {
            let accepted = fast_pass_accepts(content);
            prop_assert!(accepted);
            let findings = Findings::of(content, Form::Deck);
            prop_assert!(!findings.has_errors(), "{:?}", findings.diagnostics);
            if findings.syntax.is_none() {
                prop_assert_eq!(findings.notes.len(), file.notes.len());
            }
        }
        Reading::NotADeck(why) | Reading::Faulty(why) => {
            prop_assert!(!why.is_empty());
            prop_assert!(why.iter().all(Diagnostic::is_error));
            let source = Source::new("x", text.as_bytes());
            for found in why {
                let shown = source.render(found, false);
                prop_assert!(!shown.chars().any(|c| c != '\n' && crate::model::text::is_unseen(c)));
                // Only the second pass knows places.
                let about_all = ["the file is empty", "this file has more than one document"];
                let is_explained = found.place().is_some()
                    || about_all.iter().any(|message| found.message.starts_with(message));
                prop_assert!(is_explained, "{}\n{text}", found.message);
                if let Some(place) = found.place() {
                    prop_assert!(
                        shown.contains(&format!("x:{}:{}", place.line, place.column)),
                        "{shown}"
                    );
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn on_arbitrary_text(text: String) {
        agree(&text)?;
    }

    #[test]
    fn on_files_put_together_from_pieces(pieces in prop::collection::vec(select(PIECES), 0..30)) {
        agree(&pieces.concat())?;
        agree(&format!("deck: d\ncards:\n{}", pieces.concat()))?;
    }

    #[test]
    fn on_valid_files_with_edits(
        edits in prop::collection::vec((any::<Index>(), 0..12_usize, select(PIECES)), 1..5),
    ) {
        let mut text: Vec<char> = VALID.chars().collect();
        for (at, removed, piece) in edits {
            let at = at.index(text.len() + 1);
            let end = (at + removed).min(text.len());
            text.splice(at..end, piece.chars());
        }
        agree(&text.iter().collect::<String>())?;
    }

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes: Vec<u8>) {
        let (reading, _) = check(&bytes);
        let source = Source::new("x", &bytes);
        if let Reading::NotADeck(why) | Reading::Faulty(why) = reading {
            why.iter().for_each(|found| drop(source.render(found, true)));
        }
        places(&bytes);
    }
}

#[test]
fn on_a_valid_file() {
    assert!(matches!(read(VALID.as_bytes()), Reading::Deck(_)));
    agree(VALID).unwrap();
}
