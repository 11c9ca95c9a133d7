//! From bytes to a text that a YAML reader may be given: UTF-8, no larger than is sensible, and
//! without characters that have no place in a text file.

use super::diagnostic::{Diagnostic, Place, Span};
use super::lines::Lines;

/// The largest deck file that is read, in bytes.
pub const LARGEST: usize = 64 << 20;

/// What some programs put before UTF-8.
pub(super) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The text of a file, without its byte order mark.
///
/// # Errors
/// Why there is no text.
pub(super) fn text(bytes: &[u8]) -> Result<&str, Box<Diagnostic>> {
    if bytes.len() > LARGEST {
        let message = format!("the file is over {} MiB", LARGEST >> 20);
        return Err(Diagnostic::error(None, message).help("split it into several files").into());
    }
    if is_utf_16(bytes) {
        let start = Span::of_length(Place { line: 1, column: 1 }, 1);
        return Err(Diagnostic::error(start, "this is UTF-16").help("save it as UTF-8").into());
    }
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|fault| {
        let valid = std::str::from_utf8(&bytes[..fault.valid_up_to()]).unwrap_or_default();
        let message = format!("this is not UTF-8: byte 0x{:02X}", bytes[fault.valid_up_to()]);
        let span = Span::of_length(Lines::of(valid).place(valid, valid.len()), 1);
        Diagnostic::error(span, message).help("save the file as UTF-8").into()
    })
}

fn is_utf_16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff])
}

/// Whether a character may not stand in a deck file: control characters, and line ends that
/// YAML 1.1 knows and YAML 1.2 does not, so that readers disagree on them.
pub(super) fn is_foreign(c: char) -> bool {
    match c {
        '\t' | '\n' | '\r' => false,
        '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => c.is_control(),
    }
}

/// A fault for each run of characters that may not stand in a deck file.
pub(super) fn foreign_characters(text: &str) -> Vec<Diagnostic> {
    // Bytes first: every such character has one of these, few texts have any.
    let suspect = |b: u8| matches!(b, 0..=8 | 0xb | 0xc | 0xe..=0x1f | 0x7f | 0xc2 | 0xe2 | 0xef);
    if !text.bytes().any(suspect) || !text.chars().any(is_foreign) {
        return Vec::new();
    }
    let mut faults = Vec::new();
    let lines = Lines::of(text);
    for number in 1..=lines.count() {
        let mut before = false;
        for (c, column) in lines.line(text, number).chars().zip(1..) {
            if is_foreign(c) && !before {
                let name = if c == '\0' { "NUL, " } else { "" };
                let message =
                    format!("the character {name}U+{:04X} may not stand here", u32::from(c));
                let span = Span::of_length(Place { line: number, column }, 1);
                let help = match c {
                    '\0' => "is this a text file?".to_owned(),
                    _ => {
                        let code = u32::from(c);
                        format!("delete it, or write it as \"\\u{code:04x}\" in double quotes")
                    }
                };
                faults.push(Diagnostic::error(span, message).help(help));
            }
            before = is_foreign(c);
        }
    }
    faults
}

/// The text with those characters replaced, so that the rest can be read.
pub(super) fn without_foreign(text: &str) -> String {
    text.chars().map(|c| if is_foreign(c) { '\u{fffd}' } else { c }).collect()
}

/// Deepest nesting of a file that is read; a deck file has five levels.
pub(super) const DEEPEST: usize = 64;

/// Whether the text may have anchors or tags, which types do not see, or so many open brackets
/// that reading them takes long. Never says no where there is an anchor or a tag.
pub(super) fn wants_a_closer_look(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut depth = 0_usize;
    // The last byte of this line that is no space or tab.
    let mut before = b'\n';
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            b' ' | b'\t' => {
                // A block entry ends every bracket.
                if before == b'-' && depth > 0 && starts_line(&bytes[..at - 1]) {
                    depth = 0;
                }
                continue;
            }
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'&' | b'!' if b"\n\r:-,[{?".contains(&before) => return true,
            _ => {}
        }
        if depth > DEEPEST {
            return true;
        }
        before = byte;
    }
    false
}

/// Whether the last line has nothing but spaces.
fn starts_line(before: &[u8]) -> bool {
    before.iter().rev().find(|b| **b != b' ').is_none_or(|b| matches!(b, b'\n' | b'\r'))
}

/// Whether a line of the file begins as a deck file's does; for files that cannot be parsed.
pub(super) fn looks_like_a_deck(bytes: &[u8]) -> bool {
    if is_utf_16(bytes) {
        let ascii: Vec<u8> = bytes[2..].iter().copied().filter(|byte| *byte != 0).collect();
        return looks_like_a_deck(&ascii);
    }
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    bytes.split(|b| matches!(b, b'\n' | b'\r')).any(|line| {
        let start = line.trim_ascii_start();
        let start = start.strip_prefix(b"{").unwrap_or(start).trim_ascii_start();
        let unquoted = start.strip_prefix(b"\"").or(start.strip_prefix(b"'")).unwrap_or(start);
        let after = unquoted.strip_prefix(b"deck").or(unquoted.strip_prefix(b"cards"));
        let after = after.map(|a| a.strip_prefix(b"\"").or(a.strip_prefix(b"'")).unwrap_or(a));
        // An indented key is not a file's own, unless the file is one pair of braces.
        let own = line.len() == start.len() || line.trim_ascii_start().starts_with(b"{");
        own && after.is_some_and(|after| after.trim_ascii_start().starts_with(b":"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closer_look_is_for_anchors_tags_and_many_open_brackets() {
        for text in ["a: &b c", "- !x y", "&a b", "a:   !!binary x", "[&a b]", "a:\r\n  &x b"] {
            assert!(wants_a_closer_look(text), "{text}");
        }
        assert!(wants_a_closer_look(&"[".repeat(65)));
        assert!(wants_a_closer_look(&"{a:\n ".repeat(65)));
        for text in ["a: R & D, AT&T", "a: Oui ! Non !", "a: [b, {c: d}]", "a: x != y"] {
            assert!(!wants_a_closer_look(text), "{text}");
        }
        assert!(!wants_a_closer_look(&"- front: half open [0, 1)\n".repeat(100)));
    }

    #[test]
    fn a_file_that_cannot_be_parsed_may_still_look_like_a_deck() {
        for text in ["# x\ndeck: a", "'cards' : [", "{\"deck\": \"a", "\u{feff}deck: ["] {
            assert!(looks_like_a_deck(text.as_bytes()), "{text}");
        }
        assert!(looks_like_a_deck(b"\xff\xfed\0e\0c\0k\0:\0"));
        for text in ["name: x\n  deck: y", "decks: a", "see deck: a", ""] {
            assert!(!looks_like_a_deck(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn only_text_files_are_read() {
        let fault = |bytes: &[u8]| {
            let fault = text(bytes).unwrap_err();
            (fault.message, fault.span.map(|s| (s.start.line, s.start.column)))
        };
        assert_eq!(fault(b"a\r\nb\xff"), ("this is not UTF-8: byte 0xFF".to_owned(), Some((2, 2))));
        assert_eq!(fault(b"\xff\xfed\0").0, "this is UTF-16");
        assert_eq!(fault(&vec![b' '; LARGEST + 1]), ("the file is over 64 MiB".to_owned(), None));
        assert_eq!(text("\u{feff}deck".as_bytes()).unwrap(), "deck");
    }
}
