//! Text broken to the width of the screen, that scrolls.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::ops::Range;

/// Lines of a width, and what is in them beside text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// The lines. None is wider than the page.
    pub(super) lines: Vec<Line<'static>>,
    /// Where a link leads.
    pub(super) links: Vec<Link>,
    /// Images, in order of place.
    pub(super) images: Vec<Image>,
    /// The lines that are to be seen first: what is asked.
    pub(super) focus: Option<Range<usize>>,
}

/// A piece of a line that leads elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) line: usize,
    pub(super) columns: Range<u16>,
    /// An address without control characters.
    pub(super) target: String,
}

/// An image that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Image {
    /// The lines that are its own. A page as it was written has one, with the alternative text.
    pub(super) lines: Range<usize>,
    /// Its path, as it is written.
    pub(super) source: String,
    /// What it shows, in words.
    pub(super) alt: String,
}

impl Page {
    /// Puts another page below this one.
    pub(super) fn append(&mut self, below: Page) {
        let at = self.lines.len();
        let down = |lines: Range<usize>| lines.start + at..lines.end + at;
        self.lines.extend(below.lines);
        self.links.extend(below.links.into_iter().map(|l| Link { line: l.line + at, ..l }));
        let images = below.images.into_iter();
        self.images.extend(images.map(|i| Image { lines: down(i.lines.clone()), ..i }));
        self.focus = self.focus.take().or(below.focus.map(down));
    }

    /// Puts something in front of each line: `first` of the first, `rest` of the others.
    /// Both are of the same width.
    pub(super) fn behind(mut self, first: &Span<'static>, rest: &Span<'static>) -> Self {
        let by = u16::try_from(rest.width()).unwrap_or(u16::MAX);
        for (line, at) in self.lines.iter_mut().zip(0..) {
            let before = if at == 0 { first } else { rest };
            line.spans.insert(0, before.clone());
        }
        for link in &mut self.links {
            let right = |column: u16| column.saturating_add(by);
            link.columns = right(link.columns.start)..right(link.columns.end);
        }
        self
    }

    /// Gives all of it a look, over which that of its pieces stays.
    pub(super) fn looks_like(&mut self, style: Style) {
        for line in &mut self.lines {
            line.style = line.style.patch(style);
        }
    }

    /// The first line to show on so many rows: the one wanted, but no emptiness below the last.
    pub(super) fn top(&self, wanted: usize, rows: usize) -> usize {
        wanted.min(self.lines.len().saturating_sub(rows))
    }

    /// The first line to show on so many rows for the focus to be seen with what is above it.
    pub(super) fn top_for_focus(&self, rows: usize) -> usize {
        let Some(focus) = &self.focus else { return 0 };
        self.top(focus.end.saturating_sub(rows).min(focus.start), rows)
    }

    /// Adds a line.
    pub(super) fn push(&mut self, line: impl Into<Line<'static>>) {
        self.lines.push(line.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: usize, focus: Range<usize>) -> Page {
        let lines = (0..lines).map(|n| Line::from(n.to_string())).collect();
        Page { lines, focus: Some(focus), ..Page::default() }
    }

    #[test]
    fn the_focus_is_seen_and_with_it_as_much_above_as_fits() {
        assert_eq!(page(5, 2..3).top_for_focus(10), 0);
        assert_eq!(page(50, 20..22).top_for_focus(10), 12);
        assert_eq!(page(50, 20..45).top_for_focus(10), 20, "its start where all is too much");
        assert_eq!(page(50, 48..50).top_for_focus(10), 40);
    }

    #[test]
    fn nothing_is_shown_below_the_end() {
        assert_eq!(page(50, 0..1).top(49, 10), 40);
        assert_eq!(page(5, 0..1).top(3, 10), 0);
    }
}
