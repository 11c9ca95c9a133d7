//! Text that is not wrapped yet, with the looks of its pieces.

use ratatui::style::Style;

/// The looks of a piece of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) style: Style,
    /// Which of the text's links it belongs to.
    pub(super) link: Option<usize>,
    pub(super) is_asked: bool,
}

impl Look {
    pub(super) fn of(style: Style) -> Self {
        Look { style, ..Look::default() }
    }
}

/// A text, each of its bytes with a look.
#[derive(Debug, Clone, Default)]
pub(super) struct Prose {
    text: String,
    /// Up to which byte, and the look of the piece that ends there.
    pieces: Vec<(usize, Look)>,
}

impl Prose {
    pub(super) fn of(text: &str, look: Look) -> Self {
        let mut prose = Prose::default();
        prose.push(text, look);
        prose
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn push(&mut self, text: &str, look: Look) {
        self.text.push_str(text);
        match self.pieces.last_mut() {
            Some((end, last)) if *last == look => *end = self.text.len(),
            _ if text.is_empty() => {}
            _ => self.pieces.push((self.text.len(), look)),
        }
    }

    pub(super) fn append(&mut self, other: &Prose) {
        let mut start = 0;
        for (end, look) in &other.pieces {
            self.push(&other.text[start..*end], *look);
            start = *end;
        }
    }

    /// The same without blank lines at its start and end, and without spaces at its end.
    pub(super) fn trimmed(self) -> Self {
        let text = self.text.trim_start_matches([' ', '\n']);
        let blank = self.text[..self.text.len() - text.len()].rfind('\n').map_or(0, |at| at + 1);
        let end = blank.max(self.text.trim_end_matches([' ', '\n']).len());
        let text = self.text[blank..end].to_owned();
        let moved = |(to, look): (usize, Look)| (to.clamp(blank, end) - blank, look);
        let mut pieces: Vec<_> = self.pieces.into_iter().map(moved).collect();
        pieces.dedup_by_key(|(to, _)| *to);
        pieces.retain(|(to, _)| *to > 0);
        Prose { text, pieces }
    }

    /// The same with styles below those that it has, each up to a byte. They cover it.
    pub(super) fn over(self, styles: impl IntoIterator<Item = (usize, Style)>) -> Self {
        let mut prose = Prose::default();
        let mut pieces = self.pieces.iter().peekable();
        for (end, below) in styles {
            while prose.text.len() < end {
                let Some((piece, look)) = pieces.peek() else { break };
                let to = end.min(*piece);
                let style = below.patch(look.style);
                prose.push(&self.text[prose.text.len()..to], Look { style, ..*look });
                pieces.next_if(|(piece, _)| *piece == to);
            }
        }
        prose
    }

    /// Finds looks at bytes that ascend.
    pub(super) fn looks(&self) -> impl FnMut(usize) -> Look + '_ {
        let mut pieces = self.pieces.iter().peekable();
        move |at| {
            while pieces.next_if(|(end, _)| *end <= at).is_some() {}
            pieces.peek().map(|(_, look)| *look).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Color;

    #[test]
    fn trimmed_text_keeps_its_looks_and_the_indent_of_its_first_line() {
        let (first, second) = (Look::default(), Look { link: Some(1), ..Look::default() });
        let mut prose = Prose::of(" \n", first);
        for (text, look) in [("  a", second), ("b \n", first), (" ", second)] {
            prose.push(text, look);
        }
        let prose = prose.trimmed();
        assert_eq!(prose.text(), "  ab");
        assert_eq!(prose.pieces, [(3, second), (4, first)]);
        assert!(Prose::of(" \n \n", first).trimmed().is_empty());
    }

    #[test]
    fn styles_below_leave_those_above() {
        let asked = Look { is_asked: true, ..Look::of(Style::new().fg(Color::Yellow)) };
        let mut prose = Prose::of("let ", Look::default());
        prose.push("x", asked);
        prose.push(" = 1", Look::default());
        let below = |colour| Style::new().fg(colour);
        let prose =
            prose.over([(3, below(Color::Red)), (7, Style::new()), (9, below(Color::Blue))]);
        assert_eq!(prose.text(), "let x = 1");
        let mut looks = prose.looks();
        assert_eq!(looks(0).style.fg, Some(Color::Red));
        assert_eq!(looks(3).style.fg, None);
        assert_eq!(looks(4), asked);
        assert_eq!(looks(8).style.fg, Some(Color::Blue));
    }
}
