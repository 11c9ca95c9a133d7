//! Faults of YAML as such, in words for someone who writes decks and no parsers.

use super::diagnostic::{Diagnostic, Place, Span};
use super::lines::Lines;
use super::rules::{DECK_KEYS, NOTE_KEYS};
use super::warnings;
use saphyr_parser::ScanError;

/// A fault of the reader that knows places, given where its last event ended and the
/// innermost collection that was open then.
pub(super) fn fault(
    text: &str,
    lines: &Lines,
    fault: &ScanError,
    end: Place,
    open: Option<Span>,
) -> Diagnostic {
    let marker = fault.marker();
    let at = Place { line: marker.line(), column: marker.col() + 1 };
    unclosed(text, lines, at, end, open).unwrap_or_else(|| {
        // Where a key lacks its colon, the reader has gone on to the next colon.
        let at =
            if fault.info().contains("expect ':'") { next_token(text, lines, end) } else { at };
        told(text, lines, at, fault.info())
    })
}

/// A fault of the fast pass's reader, where the other one met none.
pub(super) fn reader_fault(text: &str, lines: &Lines, fault: &serde_yaml::Error) -> Diagnostic {
    let message = fault.to_string();
    match fault.location() {
        Some(location) => {
            let message = message.split(" at line ").next().unwrap_or_default();
            told(text, lines, lines.place(text, location.index()), message)
        }
        None if message.contains("more than one document") => {
            Diagnostic::error(None, "this file has more than one document")
        }
        None => Diagnostic::error(None, message),
    }
}

/// A quote or bracket that opens before the fault and has not been closed where it should be.
fn unclosed(
    text: &str,
    lines: &Lines,
    at: Place,
    end: Place,
    open: Option<Span>,
) -> Option<Diagnostic> {
    let next = next_token(text, lines, end);
    // The scalar that the reader was in, or had just read but not told yet.
    let scalar = if next <= at { lines.from(text, next) } else { "" };
    let quote = scalar.chars().next().filter(|c| matches!(c, '"' | '\''));
    if let Some(quote) = quote {
        let start = lines.byte(text, next);
        let end = closing(scalar, quote).map(|length| lines.place(text, start + length));
        let message = match end {
            None => Some("this quote is not closed".to_owned()),
            Some(end) if end.line > next.line => {
                Some(format!("this quote is not closed before line {}", end.line))
            }
            Some(_) => None,
        };
        if let Some(message) = message {
            let fault = Diagnostic::error(Span::of_length(next, 1), message);
            return Some(fault.help(format!("write {quote} where the text ends")));
        }
    }
    let bracket = |place: Place| lines.from(text, place).chars().next();
    let flow = |place: &Place| matches!(bracket(*place), Some('[' | '{'));
    // The span of a collection ends after its bracket, if it has one.
    let innermost = open.filter(|span| span.start != span.end);
    let innermost = innermost.map(|span| Place { column: span.end.column - 1, ..span.end });
    let start = Some(next).filter(|next| next < &at).filter(flow).or(innermost.filter(flow))?;
    if start.line == at.line {
        return None;
    }
    let (opening, closing) = if bracket(start) == Some('[') { ('[', ']') } else { ('{', '}') };
    let message = format!("this `{opening}` is not closed");
    let fault = Diagnostic::error(Span::of_length(start, 1), message);
    Some(fault.help(format!("write `{closing}` where it ends, or put the text in quotes")))
}

/// The length of the quoted scalar at the start of a text, its closing quote included.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut rest = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = rest.next() {
        match c {
            '\\' if quote == '"' => {
                rest.next();
            }
            _ if c == quote => match rest.peek() {
                Some((_, '\'')) if quote == '\'' => {
                    rest.next();
                }
                _ => return Some(at + 1),
            },
            _ => {}
        }
    }
    None
}

/// The first place from `end` on that is no space, comment or indicator.
fn next_token(text: &str, lines: &Lines, end: Place) -> Place {
    let start = lines.byte(text, end);
    let mut comment = false;
    let mut space = true;
    for (offset, c) in text[start..].char_indices() {
        match c {
            '\n' | '\r' => comment = false,
            _ if comment => {}
            '#' if space => comment = true,
            ' ' | '\t' | ':' | '-' | ',' | '?' => {}
            _ => return lines.place(text, start + offset),
        }
        space = matches!(c, ' ' | '\t' | '\n' | '\r');
    }
    lines.place(text, text.len())
}

/// A reader's message in our own words, as far as they are known.
fn told(text: &str, lines: &Lines, at: Place, info: &str) -> Diagnostic {
    let line = lines.line(text, at.line);
    // A tab may be told at the scalar that it ends.
    for number in at.line..=at.line + 1 {
        let line = lines.line(text, number);
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t')
            && (number == at.line || info.contains("tab"))
        {
            let place = Place { line: number, column: tab + 1 };
            let fault = Diagnostic::error(Span::of_length(place, 1), "a tab indents this line");
            return fault.help("YAML is indented with spaces");
        }
    }
    let c = lines.from(text, at).chars().next().unwrap_or('\n');
    let span = Span::of_length(at, 1);
    let fault = |message: &str| Diagnostic::error(span, message);
    let has = |part: &str| info.contains(part);
    let is_sign = match c {
        '@' | '`' | '%' | '*' | '&' | '!' => !has("trailing content"),
        '?' | ',' | ']' | '}' => ["mapping keys", "node content", "misplaced"].into_iter().any(has),
        _ => false,
    };
    if is_sign {
        return fault(&format!("text cannot start with `{c}`")).help("put the text in quotes");
    }
    let before: String = line.chars().take(at.column - 1).collect();
    if has("mapping values are not allowed") || has("illegal placement of ':'") {
        let fault = fault("a `:` cannot stand here");
        let key = before.trim().trim_start_matches("- ");
        return match DECK_KEYS.iter().chain(&NOTE_KEYS).find(|known| **known == key) {
            Some(key) => fault.help(format!(
                "`{key}` goes on with the text above: keys stand below each other, each with a \
                 colon and a space"
            )),
            None => fault.help("put text that has a `:` before a space in quotes"),
        };
    }
    if has("comment intercepting") {
        return fault("a comment cannot stand inside of a text").help(warnings::HASH_IN_TEXT);
    }
    if has("expect ':'") || has("expected ':'") {
        return fault("here a key and a `:` are expected")
            .help("a key is followed by a colon and a space; text goes on with more indentation");
    }
    if has("trailing content") {
        let quote = line.chars().take(at.column - 1).filter(|c| matches!(c, '"' | '\'')).last();
        let help = match quote {
            Some('\'') => "inside of single quotes, a single quote is written ''",
            _ => "inside of double quotes, a double quote is written \\\"",
        };
        return fault("text goes on after its closing quote").help(help);
    }
    if has("escape") || has("hexadecimal") {
        return fault("this text has a backslash with an unknown meaning")
            .help("in double quotes a backslash is written \\\\, in single quotes \\");
    }
    if before.trim_end().ends_with([']', '}']) {
        return fault("text goes on after its closing bracket")
            .help("put text that starts with `[` or `{` in quotes");
    }
    if has("expected key") || has("'-' indicator") || has("invalid indentation") {
        return fault("this is not indented as its neighbours are")
            .help("the keys of a note stand below each other, and every note starts with `- `");
    }
    if has("block sequence entries") || has("\"-\" is only valid") {
        return fault("a `- ` cannot stand here")
            .help("start a list on a line of its own, or put the text in quotes");
    }
    if has("block scalar") {
        return fault("this is no start of a text block")
            .help("put text that starts with `|` or `>` in quotes");
    }
    fault(&format!("this is not YAML: {info}"))
}
