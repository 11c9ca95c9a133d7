//! Text from decks is data: what a terminal could obey, or what reorders a line, is made visible.
//! Trimmed text, and numbers with their nouns.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a terminal may obey the character, or show other characters in another order because
/// of it: the C0 and C1 controls, DEL, and the bidirectional controls. LRM, RLM and ZWJ are text.
pub fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text without white space around it: the same if there is none.
pub fn trimmed(text: String) -> String {
    match text.trim() {
        inner if inner.len() == text.len() => text,
        inner => inner.to_owned(),
    }
}

/// The text as a terminal may show it on several lines: line feeds stay, a tab is spaces,
/// every other [unseen](is_unseen) character is a mark that can be seen.
pub fn visible(text: &str) -> Cow<'_, str> {
    replace(text, |c, out| match c {
        '\n' => out.push('\n'),
        '\t' => out.push_str("    "),
        _ => push_mark(c, out),
    })
}

/// The text as a terminal may show it on one line: line breaks are spaces.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    replace(text.trim_end(), |c, out| match c {
        '\n' | '\t' => out.push(' '),
        _ => push_mark(c, out),
    })
}

/// JSON with every [unseen](is_unseen) character as `\uXXXX`. JSON has such characters only
/// inside of strings, where the escape means the same; line feeds between values stay.
pub fn escaped_json(json: &str) -> Cow<'_, str> {
    replace(json, |c, out| match c {
        '\n' => out.push('\n'),
        _ => {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        }
    })
}

/// A number with its noun: `1 card`, `2 cards`.
pub fn counted(number: u64, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// Control pictures for C0 and DEL (`␛`), the code point in brackets for the rest (`⟨U+202E⟩`).
fn push_mark(c: char, out: &mut String) {
    match u32::from(c) {
        code @ 0..=0x1f => out.extend(char::from_u32(0x2400 + code)),
        0x7f => out.push('\u{2421}'),
        code => {
            let _ = write!(out, "⟨U+{code:04X}⟩");
        }
    }
}

fn replace(text: &str, mut put: impl FnMut(char, &mut String)) -> Cow<'_, str> {
    if !text.chars().any(is_unseen) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_unseen(c) {
            true => put(c, &mut out),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escape_sequences_and_bidirectional_controls_become_marks() {
        assert_eq!(visible("a\u{1b}[2Jb\u{7f}"), "a␛[2Jb␡");
        assert_eq!(visible("x\u{202e}y\u{9b}z"), "x⟨U+202E⟩y⟨U+009B⟩z");
        assert_eq!(visible("one\ntwo\tthree"), "one\ntwo    three");
        assert_eq!(visible_line("one\ntwo"), "one two");
    }

    #[test]
    fn marks_that_belong_to_writing_stay() {
        let text = "👩\u{200d}🔬 \u{200e}a\u{200f}";
        assert_eq!(visible(text), text);
    }

    #[test]
    fn json_escapes_mean_the_same_text() {
        let text = "a\u{1b}\u{9b}\u{202e}\u{7f}\nb";
        let json = serde_json::to_string(text).unwrap();
        let escaped = escaped_json(&json);
        assert_eq!(escaped, r#""a\u001b\u009b\u202e\u007f\nb""#);
        assert_eq!(serde_json::from_str::<String>(&escaped).unwrap(), text);
    }

    proptest! {
        #[test]
        fn nothing_unseen_passes(text: String) {
            let shown = visible(&text);
            prop_assert!(!shown.chars().any(|c| c != '\n' && is_unseen(c)));
            prop_assert!(!visible_line(&text).chars().any(is_unseen));
        }
    }
}
