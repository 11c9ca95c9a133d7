//! The pieces of a text that are asked, between marks.

use super::{CLOSES, OPENS};
use crate::model::text::visible;
use std::borrow::Cow;
use std::ops::Range;

/// Markdown without its marks, and where they were.
///
/// The marks go before the Markdown is read: to its rules they would be letters, and `_x_` within
/// them no emphasis. Those stay that keep the piece itself from being read as something else.
#[derive(Debug)]
pub(super) struct Marked {
    pub(super) text: String,
    /// In order, apart, none empty.
    asked: Vec<Range<usize>>,
}

impl Marked {
    /// Takes out the marks. One without its other half marks nothing.
    pub(super) fn of(text: &str) -> Self {
        let mut marked = Marked { text: String::with_capacity(text.len()), asked: Vec::new() };
        let mut opened = None;
        let mut rest = text;
        while let Some(at) = rest.find([OPENS, CLOSES]) {
            let opens = rest[at..].starts_with(OPENS);
            marked.text.push_str(&rest[..at]);
            rest = &rest[at + OPENS.len_utf8()..];
            match opened {
                None if opens => {
                    if rest.split_once(CLOSES).is_some_and(|(piece, _)| is_sign(piece)) {
                        marked.text.push(OPENS);
                    }
                    opened = Some(marked.text.len());
                }
                Some(start) if !opens => {
                    opened = None;
                    let piece = start..marked.text.len();
                    marked.asked.extend(Some(piece).filter(|piece| !piece.is_empty()));
                    if is_label(&marked.text, rest) {
                        marked.text.push(CLOSES);
                    }
                }
                _ => {}
            }
        }
        marked.text.push_str(rest);
        marked
    }

    /// Whether something of a range of the text is asked.
    pub(super) fn is_asked(&self, range: &Range<usize>) -> bool {
        let first = self.asked.partition_point(|piece| piece.end <= range.start);
        self.asked.get(first).is_some_and(|piece| piece.start < range.end)
    }

    /// What is shown of a range of the text, cut where it starts and ceases to be asked. If other
    /// characters are shown than stand there, it is asked as a whole.
    pub(super) fn cut<'t>(&self, shown: &'t str, range: Range<usize>) -> Vec<(&'t str, bool)> {
        let is_as_written = self.text.get(range.clone()) == Some(shown);
        if !is_as_written || !self.is_asked(&range) {
            return vec![(shown, self.is_asked(&range))];
        }
        let mut pieces = Vec::new();
        let mut at = range.start;
        let mut cut = |to: usize, is_asked: bool| {
            let to = to.clamp(at, range.end);
            if to > at {
                pieces.push((&shown[at - range.start..to - range.start], is_asked));
            }
            at = to;
        };
        let first = self.asked.partition_point(|piece| piece.end <= range.start);
        for piece in self.asked[first..].iter().take_while(|piece| piece.start < range.end) {
            cut(piece.start, false);
            cut(piece.end, true);
        }
        cut(range.end, false);
        pieces
    }

    /// Where the text within a code span stands, without its backticks.
    pub(super) fn within_backticks(&self, shown: &str, range: Range<usize>) -> Range<usize> {
        let span = &self.text[range.clone()];
        let ticks = span.len() - span.trim_start_matches('`').len();
        let (start, end) = (range.start + ticks, range.end.saturating_sub(ticks));
        match end.checked_sub(start) {
            // A space on either side keeps backticks apart and is not shown.
            Some(length) if length == shown.len() + 2 => start + 1..end - 1,
            Some(_) => start..end,
            None => range,
        }
    }
}

/// A text as it may be shown: without marks, and nothing unseen in it but line feeds.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    if text.contains([OPENS, CLOSES]) {
        return Cow::Owned(visible(&text.replace([OPENS, CLOSES], "")).into_owned());
    }
    visible(text)
}

/// Whether a piece of one word, as `1969.` or `>`, would start a list, a quote or the like.
fn is_sign(piece: &str) -> bool {
    let starts = piece.starts_with(|c: char| c.is_ascii_digit() || "#>+-=".contains(c));
    let is_fence = !piece.is_empty() && piece.chars().all(|c| "*_`~".contains(c));
    (starts || is_fence) && !piece.contains(char::is_whitespace)
}

/// Whether a piece in brackets, as `[…]`, would be the text of a link or its definition.
fn is_label(before: &str, after: &str) -> bool {
    before.ends_with(']') && after.starts_with(['(', '[', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> Marked {
        Marked::of(&text.replace('{', "\u{fdd0}").replace('}', "\u{fdd1}"))
    }

    #[test]
    fn marks_go_and_their_places_stay() {
        let marked = marked("a {b} c {_d_}");
        assert_eq!(marked.text, "a b c _d_");
        assert_eq!(marked.asked, [2..3, 6..9]);
        assert_eq!(marked.cut("a b c ", 0..6), [("a ", false), ("b", true), (" c ", false)]);
        assert_eq!(marked.cut("d", 7..8), [("d", true)]);
    }

    #[test]
    fn a_mark_without_its_other_half_marks_nothing() {
        for text in ["a{b", "a}b", "{}ab", "a}b{"] {
            let marked = marked(text);
            assert_eq!(marked.text, "ab");
            assert!(marked.asked.is_empty(), "{text}");
        }
        assert_eq!(marked("a{b{c}d}e").asked.first(), Some(&(1..3)));
    }

    #[test]
    fn a_piece_that_shows_other_characters_is_asked_as_a_whole() {
        assert_eq!(marked("{a&amp;}b").cut("&", 1..6), [("&", true)]);
    }

    #[test]
    fn a_mark_stays_where_without_it_the_piece_would_be_read_as_something_else() {
        for text in ["{1969}. A year", "{>} redirects", "{[…]}: a term", "{[…]}(s)"] {
            let marked = marked(text);
            assert!(marked.text.contains([OPENS, CLOSES]), "{text}");
            assert!(!shown(&marked.text).contains([OPENS, CLOSES]));
        }
    }
}
