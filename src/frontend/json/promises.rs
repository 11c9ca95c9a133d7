//! What a session over JSON keeps to, whatever the other side sends.

use super::run;
use crate::frontend::{Edited, Errands};
use crate::model::text::is_unseen;
use crate::model::{CardId, DeckOptions, StudyDay};
use crate::session::desk::{Desk, TODAY, now_at};
use std::cell::Cell;
use std::path::Path;

/// Any lines are answered, each with one line of JSON that says what it is, and the session says
/// how it ended.
pub(crate) fn any_requests_are_answered(lines: &[u8]) {
    let desk = Desk::default();
    let deck = desk.deck("deck", DeckOptions::default());
    desk.pair(deck);
    desk.note(deck, r#"{"cloze":"{{one}} and {{two}}\u001b"}"#);
    desk.note(deck, r#"{"front":"q","set":["x","y"]}"#);
    let due = desk.basic(deck, 2);
    desk.schedule(due[0], TODAY - 2, 9);

    let mut session = desk.session(TODAY);
    let (second, mut input, mut output) = (Cell::new(0), lines, Vec::new());
    let clock = || {
        second.set(second.get() + 1);
        now_at(TODAY, second.get())
    };
    run(&mut session, now_at(TODAY, 0).day, &clock, &mut input, &mut output)
        .expect("memory does not fail");

    let output = String::from_utf8(output).expect("JSON is UTF-8");
    let mut kinds = Vec::new();
    for line in output.lines() {
        assert!(!line.contains(is_unseen), "{line:?}");
        let message: serde_json::Value = serde_json::from_str(line).expect("a line is JSON");
        kinds.push(message["type"].as_str().expect("a message says its type").to_owned());
    }
    assert_eq!(kinds.first().map(String::as_str), Some("hello"));
    assert_eq!(kinds.last().map(String::as_str), Some("done"));
    let asked = lines.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    let replies = kinds.iter().filter(|kind| !matches!(kind.as_str(), "hello" | "card" | "done"));
    assert!(replies.count() <= asked.count(), "{output}");
}

impl Errands for Desk {
    fn edit(&mut self, _: CardId) -> Edited {
        Edited::AsItWas
    }

    fn import(&mut self, card: CardId) -> Edited {
        Desk::edit(self, card, "edited");
        Edited::Imported("1 note changed".to_owned())
    }

    fn drop_edit(&mut self) -> Result<(), String> {
        Ok(())
    }

    fn story(&mut self, _: CardId, _: usize) -> Result<String, String> {
        Ok(String::new())
    }

    fn day(&mut self, _: StudyDay) -> Result<String, String> {
        Ok(String::new())
    }

    fn view(&mut self, _: &Path) -> Result<(), String> {
        Ok(())
    }
}
