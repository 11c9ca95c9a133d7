//! What the keys do.

use crate::frontend::GradeScale;
use crate::model::Grade;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key and what it does, as the help tells it.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The key, or several that do the same.
    pub key: &'static str,
    /// What it does.
    pub does: &'static str,
}

const fn key(key: &'static str, does: &'static str) -> Key {
    Key { key, does }
}

/// The keys of the review screen, beside those that grade.
pub const KEYS: [Key; 21] = [
    key(
        "Space, Enter",
        "show the answer; then give the usual pass, or what a typed answer suggests",
    ),
    key("u", "undo the last answer or mark, as often as you like"),
    key("h", "show the hint"),
    key("e", "edit the card in its deck file, in your editor"),
    key("i", "what happened to the card, and why it comes when it comes"),
    key("b", "bury the card until tomorrow"),
    key("s", "suspend the card: not asked until it is resumed"),
    key("f", "flag the card, 0 (none) to 7"),
    key("n", "skip: the card comes again at the end of the session"),
    key("r", "only the drills that are left, then stop; again: go on with all"),
    key("o", "open the card's image in the system's viewer"),
    key("Up, Down, k, j", "scroll by a line"),
    key("PgUp, PgDn", "scroll by a screen"),
    key("Home, End", "scroll to the start, to the end"),
    key("Esc", "where the answer is typed: the keys act as above; again: type on"),
    key("?", "all keys"),
    key("q", "quit; what you graded is stored already"),
    key("Ctrl-D", "quit"),
    key("Ctrl-C", "quit, with the exit status of an interrupted program"),
    key("Ctrl-Z", "stop kata; `fg` goes on"),
    key("Ctrl-L", "draw the screen anew"),
];

/// What a person wants of the review screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Show the answer, or give the usual pass.
    Onward,
    Grade(Grade),
    Undo,
    Hint,
    Edit,
    Story,
    Bury,
    Suspend,
    Flag,
    Skip,
    OnlyDrills,
    OpenImage,
    Scroll(Scroll),
    Escape,
    Help,
    Quit,
    Interrupt,
    Stop,
    Redraw,
}

/// How far to scroll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scroll {
    Up,
    Down,
    PageUp,
    PageDown,
    Start,
    End,
}

/// What a key means on a card; `None` if nothing.
pub(super) fn wish(key: KeyEvent, scale: GradeScale) -> Option<Wish> {
    if let Some(wish) = always(key) {
        return Some(wish);
    }
    let letter = match key.code {
        KeyCode::Enter => return Some(Wish::Onward),
        KeyCode::Char(letter) if plain(key.modifiers) => letter,
        _ => return None,
    };
    Some(match letter.to_ascii_lowercase() {
        ' ' => Wish::Onward,
        'u' => Wish::Undo,
        'h' => Wish::Hint,
        'e' => Wish::Edit,
        'i' => Wish::Story,
        'b' => Wish::Bury,
        's' => Wish::Suspend,
        'f' => Wish::Flag,
        'n' => Wish::Skip,
        'r' => Wish::OnlyDrills,
        'o' => Wish::OpenImage,
        'k' => Wish::Scroll(Scroll::Up),
        'j' => Wish::Scroll(Scroll::Down),
        '?' => Wish::Help,
        'q' => Wish::Quit,
        digit => return scale.grade(digit).map(Wish::Grade),
    })
}

/// What a key means also while an answer is typed.
pub(super) fn always(key: KeyEvent) -> Option<Wish> {
    Some(match key.code {
        KeyCode::Char(letter) if key.modifiers.contains(KeyModifiers::CONTROL) => {
            match letter.to_ascii_lowercase() {
                'c' => Wish::Interrupt,
                'd' => Wish::Quit,
                'z' => Wish::Stop,
                'l' => Wish::Redraw,
                _ => return None,
            }
        }
        KeyCode::Esc => Wish::Escape,
        code => Wish::Scroll(scroll(code)?),
    })
}

fn scroll(code: KeyCode) -> Option<Scroll> {
    Some(match code {
        KeyCode::Up => Scroll::Up,
        KeyCode::Down => Scroll::Down,
        KeyCode::PageUp => Scroll::PageUp,
        KeyCode::PageDown => Scroll::PageDown,
        KeyCode::Home => Scroll::Start,
        KeyCode::End => Scroll::End,
        _ => return None,
    })
}

fn plain(modifiers: KeyModifiers) -> bool {
    !modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SUPER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(code: KeyCode, modifiers: KeyModifiers) -> Option<Wish> {
        wish(KeyEvent::new(code, modifiers), GradeScale::Four)
    }

    #[test]
    fn digits_are_grades_of_the_persons_scale() {
        let digit = |digit| of(KeyCode::Char(digit), KeyModifiers::NONE);
        assert_eq!(digit('3'), Some(Wish::Grade(Grade::ALL[4])));
        assert_eq!(digit('5'), None);
    }

    #[test]
    fn a_letter_with_a_modifier_is_another_key() {
        assert_eq!(of(KeyCode::Char('u'), KeyModifiers::NONE), Some(Wish::Undo));
        assert_eq!(of(KeyCode::Char('U'), KeyModifiers::SHIFT), Some(Wish::Undo));
        assert_eq!(of(KeyCode::Char('u'), KeyModifiers::CONTROL), None);
        assert_eq!(of(KeyCode::Char('s'), KeyModifiers::ALT), None);
        assert_eq!(of(KeyCode::Char('c'), KeyModifiers::CONTROL), Some(Wish::Interrupt));
    }

    #[test]
    fn every_letter_of_the_help_does_something() {
        for Key { key, .. } in KEYS {
            for name in key.split(", ").filter(|name| name.len() == 1) {
                let letter = name.chars().next().unwrap();
                assert!(of(KeyCode::Char(letter), KeyModifiers::NONE).is_some(), "{name}");
            }
        }
    }
}
