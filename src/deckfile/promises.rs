//! What reading a deck file keeps to, whatever its bytes.

use super::{Diagnostic, Reading, Source, append, check, own_note, places, read, read_notes};
use crate::model::Fields;
use crate::model::text::is_unseen;

/// Any bytes are read or refused, a refusal says why, no diagnostic has what a terminal obeys, and
/// a note that is appended is read back behind those that were there.
pub(crate) fn any_bytes_are_read_or_refused(bytes: &[u8]) {
    let (reading, warnings) = check(bytes);
    assert_eq!(reading, read(bytes));
    assert!(warnings.iter().all(|warning| !warning.is_error()));
    assert_are_harmless(bytes, &warnings);
    places(bytes);
    match read_notes(bytes) {
        Ok(entries) => assert_are_harmless(bytes, &entries.warnings),
        Err(why) => assert_are_harmless(bytes, &why),
    }
    match reading {
        Reading::Deck(before) => {
            let fields = r#"{"front":"kept: \"as it is\" ","back":"- one\n# two\u001b"}"#;
            let fields: Fields = serde_json::from_str(fields).expect("these are fields");
            let note = own_note(fields, None, Vec::new(), None).expect("these make a note");
            let Ok(appended) = append(bytes, std::slice::from_ref(&note)) else { return };
            let Reading::Deck(after) = read(&appended.bytes) else {
                panic!("what was appended to is no deck file");
            };
            let (last, others) = after.notes.split_last().expect("a note was appended");
            assert_eq!(others, before.notes);
            assert_eq!(last.body, note.body);
        }
        Reading::NotADeck(why) | Reading::Faulty(why) => {
            assert!(!why.is_empty());
            assert!(why.iter().all(Diagnostic::is_error));
            assert_are_harmless(bytes, &why);
        }
    }
}

fn assert_are_harmless(bytes: &[u8], found: &[Diagnostic]) {
    let source = Source::new("deck.yaml", bytes);
    for diagnostic in found {
        let shown = source.render(diagnostic, false);
        assert!(!shown.contains(|c| c != '\n' && is_unseen(c)), "{shown:?}");
        source.render(diagnostic, true);
    }
}
