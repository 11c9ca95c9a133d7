//! The lines of a text as YAML counts them: ended by LF, CR LF or CR.

use super::diagnostic::Place;

/// Where each line of a text starts.
#[derive(Debug)]
pub(super) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// The lines of a text; the other functions are to be given the same.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        Lines { starts: std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect() }
    }

    /// How many lines there are, the one after the last line end included.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// A line, counted from 1, without its end; empty if there is none.
    pub fn line<'t>(&self, text: &'t str, number: usize) -> &'t str {
        let Some(&start) = self.starts.get(number.wrapping_sub(1)) else { return "" };
        let end = self.starts.get(number).copied().unwrap_or(text.len());
        text[start..end].trim_end_matches(['\n', '\r'])
    }

    /// The byte at which a place is; the line's end, if it has not so many characters.
    pub fn byte(&self, text: &str, place: Place) -> usize {
        let Some(&start) = self.starts.get(place.line.wrapping_sub(1)) else { return text.len() };
        let line = self.line(text, place.line);
        let mut columns = line.char_indices().skip(place.column.saturating_sub(1));
        start + columns.next().map_or(line.len(), |(byte, _)| byte)
    }

    /// The text from a place on.
    pub fn from<'t>(&self, text: &'t str, place: Place) -> &'t str {
        &text[self.byte(text, place)..]
    }

    /// The place of a byte.
    pub fn place(&self, text: &str, byte: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= byte).max(1);
        let start = self.starts[line - 1];
        let before = text.get(start..byte.min(text.len())).unwrap_or_default();
        Place { line, column: before.chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_line_end_ends_a_line() {
        let text = "ä\r\nb\rc\n\nd";
        let lines = Lines::of(text);
        let all: Vec<_> = (1..=lines.count()).map(|number| lines.line(text, number)).collect();
        assert_eq!(all, ["ä", "b", "c", "", "d"]);
        assert_eq!(lines.line(text, 6), "");
        assert_eq!(lines.place(text, 4), Place { line: 2, column: 1 });
        assert_eq!(lines.place(text, 2), Place { line: 1, column: 2 });
        assert_eq!(lines.from(text, Place { line: 3, column: 1 }), "c\n\nd");
        assert_eq!(lines.from(text, Place { line: 1, column: 9 }), "\r\nb\rc\n\nd");
    }
}
