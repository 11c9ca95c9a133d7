//! How a text is written so that it reads back as itself: plain where YAML allows it, else in
//! double quotes; several lines as a block that keeps them.

use super::bytes::is_foreign;
use crate::model::text::is_unseen;
use std::fmt::Write;

/// A text on one line, inside of brackets or not.
pub(super) fn on_one_line(text: &str, in_brackets: bool) -> String {
    if is_plain(text, in_brackets) { text.to_owned() } else { quoted(text) }
}

/// A text as a value in a block: `indent` is the column at which further lines of it start.
pub(super) fn in_a_block(text: &str, indent: usize, line_end: &str) -> String {
    if !fits_a_block(text) {
        return on_one_line(text, false);
    }
    let mut written = "|-".to_owned();
    for line in text.split('\n') {
        written.push_str(line_end);
        if !line.is_empty() {
            written.extend(std::iter::repeat_n(' ', indent));
            written.push_str(line);
        }
    }
    written
}

/// A text in double quotes, as YAML and JSON read it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // All of them are in the first plane.
            _ if is_hidden(c) => drop(write!(out, "\\u{:04x}", u32::from(c))),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether a character has to be escaped: it may not stand in a deck file, or is not seen there.
fn is_hidden(c: char) -> bool {
    is_foreign(c) || (is_unseen(c) && !matches!(c, '\n' | '\r' | '\t'))
}

/// Whether a text is itself to YAML without quotes. Text that YAML could take for a number or a
/// truth value is: to a deck file all is text as it is written.
fn is_plain(text: &str, in_brackets: bool) -> bool {
    let sign = |c: char| "-?:,[]{}#&*!|>'\"%@`".contains(c);
    let sign_in_brackets = |c: char| ":?,[]{}".contains(c);
    !text.is_empty()
        && text.trim() == text
        && !text.starts_with(sign)
        && !text.ends_with(':')
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(|c| is_hidden(c) || matches!(c, '\n' | '\r' | '\t'))
        && !(in_brackets && (text.contains(sign_in_brackets) || text.contains(" -")))
}

/// Whether a text has several lines, all of which a block keeps as they are.
fn fits_a_block(text: &str) -> bool {
    text.contains('\n') && text.trim() == text && !text.chars().any(|c| is_hidden(c) || c == '\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_text_needs_no_quotes() {
        for text in [
            "1.10",
            "007",
            "no",
            "null",
            "~",
            "true",
            "2026-11-23",
            "C#",
            "a:b",
            "http://a.b/c",
            "it's",
            "say \"x\"",
            "a, b [c] {d}",
            "a - b",
            "50 %",
            "R & D",
            "naïve 日本 👩\u{200d}🔬",
            "a {{b}} c",
            "a\\b",
            "<<",
            "=",
            ".5",
            "(x)",
        ] {
            assert_eq!(on_one_line(text, false), text);
        }
    }

    #[test]
    fn what_yaml_would_read_otherwise_is_quoted() {
        for (text, written) in [
            ("- a", r#""- a""#),
            ("-1", r#""-1""#),
            ("---", r#""---""#),
            ("? a", r#""? a""#),
            ("# a", r##""# a""##),
            ("a # b", r##""a # b""##),
            ("a: b", r#""a: b""#),
            ("a:", r#""a:""#),
            ("{{a}} b", r#""{{a}} b""#),
            ("[a]", r#""[a]""#),
            ("&a", r#""&a""#),
            ("*a", r#""*a""#),
            ("!a", r#""!a""#),
            ("| a", r#""| a""#),
            ("> a", r#""> a""#),
            ("'a'", r#""'a'""#),
            ("\"a\" \\", r#""\"a\" \\""#),
            ("%a", r#""%a""#),
            ("@a", r#""@a""#),
            ("`a`", r#""`a`""#),
            ("a\tb", r#""a\tb""#),
            ("a\r\nb", r#""a\r\nb""#),
            ("\u{1b}[2J\u{202e}\u{2028}\u{feff}\u{85}", r#""\u001b[2J\u202e\u2028\ufeff\u0085""#),
        ] {
            assert_eq!(on_one_line(text, false), written);
        }
    }

    #[test]
    fn inside_of_brackets_commas_and_brackets_are_quoted() {
        assert_eq!(on_one_line("a, b", true), r#""a, b""#);
        assert_eq!(on_one_line("a [b]", true), r#""a [b]""#);
        assert_eq!(on_one_line("a b: c", true), r#""a b: c""#);
        assert_eq!(on_one_line("a b", true), "a b");
        // Before a bracket a dash of its own is taken for an item by one reader.
        assert_eq!(on_one_line("0 -", true), r#""0 -""#);
        assert_eq!(on_one_line("dark-launch", true), "dark-launch");
    }

    #[test]
    fn lines_are_kept_in_a_block() {
        assert_eq!(in_a_block("a\n\n  # b: c", 4, "\n"), "|-\n    a\n\n      # b: c");
        assert_eq!(in_a_block("a\nb", 2, "\r\n"), "|-\r\n  a\r\n  b");
        assert_eq!(in_a_block("a\nb\u{1b}", 2, "\n"), r#""a\nb\u001b""#);
        assert_eq!(in_a_block("a: b", 2, "\n"), r#""a: b""#);
    }

    fn read(yaml: &str) -> Vec<String> {
        serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}: {yaml}"))
    }

    proptest! {
        #[test]
        fn any_text_reads_back_as_itself(
            text in prop_oneof![any::<String>(), r##"[-?:,\[\]{}#&*!|>'"%@` \t\n\r\\a~0.\u{85}\u{2028}\u{feff}\u{202e}é]{1,12}"##],
        ) {
            let text = text.trim().replace('\0', "");
            for yaml in [
                format!("- {}\n- x\n", in_a_block(&text, 2, "\n")),
                format!("- {}", in_a_block(&text, 3, "\r\n")),
                format!("- {}\n", on_one_line(&text, false)),
                format!("[{}, x]", on_one_line(&text, true)),
                format!("[{}]", quoted(&text)),
            ] {
                prop_assert_eq!(&read(&yaml)[0], &text, "{}", yaml);
            }
            prop_assert_eq!(serde_json::from_str::<String>(&quoted(&text)).unwrap(), text);
        }
    }
}
