//! The line on which an answer is typed.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use tui_input::{Input, InputRequest};

/// The longest answer that is taken, in characters.
const LONGEST: usize = 10_000;

/// Does what a key does on a line; false if it does nothing there.
pub(super) fn press(input: &mut Input, key: KeyEvent) -> bool {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    let alt = key.modifiers.contains(KeyModifiers::ALT);
    let request = match key.code {
        KeyCode::Char(letter) if control && !alt => match letter {
            'a' => InputRequest::GoToStart,
            'e' => InputRequest::GoToEnd,
            'b' => InputRequest::GoToPrevChar,
            'f' => InputRequest::GoToNextChar,
            'h' => InputRequest::DeletePrevChar,
            'w' => InputRequest::DeletePrevWord,
            'u' => InputRequest::DeleteLine,
            'k' => InputRequest::DeleteTillEnd,
            _ => return false,
        },
        // A terminal tells AltGr as both.
        KeyCode::Char(letter) if control == alt => {
            type_in(input, &letter.to_string());
            return true;
        }
        KeyCode::Backspace if alt || control => InputRequest::DeletePrevWord,
        KeyCode::Backspace => InputRequest::DeletePrevChar,
        KeyCode::Delete => InputRequest::DeleteNextChar,
        KeyCode::Left if control || alt => InputRequest::GoToPrevWord,
        KeyCode::Left => InputRequest::GoToPrevChar,
        KeyCode::Right if control || alt => InputRequest::GoToNextWord,
        KeyCode::Right => InputRequest::GoToNextChar,
        KeyCode::Home => InputRequest::GoToStart,
        KeyCode::End => InputRequest::GoToEnd,
        _ => return false,
    };
    input.handle(request);
    true
}

/// Types or pastes a text. Line breaks are spaces; what cannot be seen is left out.
pub(super) fn type_in(input: &mut Input, text: &str) {
    let room = LONGEST.saturating_sub(input.value().chars().count());
    for letter in text.chars().take(room) {
        match letter {
            '\n' | '\r' | '\t' => input.handle(InputRequest::InsertChar(' ')),
            letter if crate::model::text::is_unseen(letter) => None,
            letter => input.handle(InputRequest::InsertChar(letter)),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_edited_as_in_a_shell() {
        let mut input = Input::default();
        type_in(&mut input, "mean  tiem\nto\u{1b}");
        assert_eq!(input.value(), "mean  tiem to");
        for key in ['w', 'w'] {
            assert!(press(&mut input, KeyEvent::new(KeyCode::Char(key), KeyModifiers::CONTROL)));
        }
        assert_eq!(input.value().trim_end(), "mean");
        press(&mut input, KeyEvent::from(KeyCode::Home));
        press(&mut input, KeyEvent::from(KeyCode::Char('ä')));
        assert!(input.value().starts_with("ämean"));
        assert!(!press(&mut input, KeyEvent::from(KeyCode::Up)));
    }

    #[test]
    fn no_more_is_taken_than_an_answer_has() {
        let mut input = Input::default();
        type_in(&mut input, &"a".repeat(2 * LONGEST));
        assert_eq!(input.value().len(), LONGEST);
    }
}
