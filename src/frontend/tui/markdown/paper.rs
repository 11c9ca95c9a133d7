//! A page while it is written: lines behind the bars and bullets of what they stand in.

use crate::frontend::tui::page::{Image, Link, Page};
use crate::frontend::tui::wrap::Wrapped;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::ops::Range;

/// How deep quotes and lists are indented.
const DEEPEST: usize = 16;

/// A page, and what its next lines stand in.
#[derive(Debug)]
pub(super) struct Paper {
    page: Page,
    columns: usize,
    margins: Vec<Margin>,
    /// How many margins there are beyond those that are shown.
    beyond: usize,
    /// A blank line comes before the next one.
    gap: bool,
    /// How many of the margins the last line had, too.
    shared: usize,
}

/// What stands in front of lines.
#[derive(Debug)]
struct Margin {
    /// In front of the first line, until there is one.
    first: Option<Span<'static>>,
    rest: Span<'static>,
}

impl Paper {
    pub(super) fn new(columns: usize) -> Self {
        let (page, margins) = (Page::default(), Vec::new());
        Paper { page, columns, margins, beyond: 0, gap: false, shared: 0 }
    }

    pub(super) fn page(self) -> Page {
        self.page
    }

    /// The columns that a line has within its margins: half of the page's or more.
    pub(super) fn room(&self) -> usize {
        self.columns - self.indent()
    }

    fn indent(&self) -> usize {
        self.margins.iter().map(|margin| margin.rest.width()).sum()
    }

    /// Starts something with a bar beside it, or indented.
    pub(super) fn indent_by(&mut self, front: &'static str, style: Style) {
        self.begin(Margin { first: None, rest: Span::styled(front, style) });
    }

    /// Starts an item behind its bullet or number. Whether that could be: too deep, there is no
    /// room for it.
    pub(super) fn item(&mut self, bullet: &str, style: Style) -> bool {
        let rest = Span::raw(" ".repeat(Span::raw(bullet).width()));
        self.begin(Margin { first: Some(Span::styled(bullet.to_owned(), style)), rest })
    }

    fn begin(&mut self, margin: Margin) -> bool {
        let has_room = (self.indent() + margin.rest.width()) * 2 <= self.columns;
        // Margins end in the reverse order, so none is shown within one that is not.
        if self.beyond > 0 || self.margins.len() == DEEPEST || !has_room {
            self.beyond += 1;
            return false;
        }
        self.margins.push(margin);
        true
    }

    /// Ends the innermost margin. A bullet that had no line gets one.
    pub(super) fn end(&mut self) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        if self.margins.last().is_some_and(|margin| margin.first.is_some()) {
            self.write(vec![Wrapped::default()], &[]);
        }
        self.margins.pop();
        self.shared = self.shared.min(self.margins.len());
    }

    /// Sets what follows apart by a blank line.
    pub(super) fn set_apart(&mut self) {
        self.gap = true;
    }

    /// Lets what follows stand close.
    pub(super) fn close_up(&mut self) {
        self.gap = false;
    }

    /// Writes lines, whose links lead to these addresses, and tells which lines of the page they are.
    pub(super) fn write(&mut self, lines: Vec<Wrapped>, targets: &[String]) -> Range<usize> {
        if !lines.is_empty() {
            self.write_gap();
        }
        let start = self.page.lines.len();
        for line in lines {
            self.line(line, targets);
        }
        start..self.page.lines.len()
    }

    /// Writes the line of an image.
    pub(super) fn write_image(&mut self, line: Wrapped, image: Image, targets: &[String]) {
        let lines = self.write(vec![line], targets);
        self.page.images.push(Image { lines, ..image });
    }

    /// The blank line before what is set apart, if there is something above.
    fn write_gap(&mut self) {
        if std::mem::take(&mut self.gap) && !self.page.lines.is_empty() {
            let shared = &self.margins[..self.shared];
            let line = blank(shared.iter().map(|margin| margin.rest.clone()).collect());
            self.page.push(line);
        }
    }

    fn line(&mut self, line: Wrapped, targets: &[String]) {
        let at = self.page.lines.len();
        let by = self.indent();
        let column = |column: usize| u16::try_from(by + column).unwrap_or(u16::MAX);
        for (columns, link) in line.links {
            let columns = column(columns.start)..column(columns.end);
            let target = targets.get(link).cloned().unwrap_or_default();
            self.page.links.push(Link { line: at, columns, target });
        }
        if line.is_asked {
            let first = self.page.focus.take().map_or(at, |focus| focus.start);
            self.page.focus = Some(first..at + 1);
        }
        let fronts = self.margins.iter_mut();
        let mut spans: Vec<_> = fronts
            .map(|margin| margin.first.take().unwrap_or_else(|| margin.rest.clone()))
            .collect();
        if line.spans.is_empty() {
            self.page.push(blank(spans));
        } else {
            spans.extend(line.spans);
            self.page.push(spans);
        }
        self.shared = self.margins.len();
    }
}

/// What stands in front of nothing, without spaces at its end.
fn blank(mut front: Vec<Span<'static>>) -> Line<'static> {
    while let Some(last) = front.pop() {
        let text = last.content.trim_end();
        if !text.is_empty() {
            front.push(Span::styled(text.to_owned(), last.style));
            break;
        }
    }
    Line::from(front)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::tui::prose::Look;

    fn write(paper: &mut Paper, text: &str) {
        paper.write(vec![Wrapped::of(text, Look::default())], &[]);
    }

    fn text(paper: Paper) -> Vec<String> {
        paper.page().lines.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_gap_has_only_the_bars_of_what_goes_on_around_it() {
        let mut paper = Paper::new(40);
        for quote in ["one", "two"] {
            paper.indent_by("│ ", Style::new());
            for line in [quote, "more"] {
                write(&mut paper, line);
                paper.set_apart();
            }
            paper.end();
        }
        let lines = ["│ one", "│", "│ more", "", "│ two", "│", "│ more"];
        assert_eq!(text(paper), lines);
    }

    #[test]
    fn an_item_without_text_has_a_bullet() {
        let mut paper = Paper::new(40);
        paper.item("• ", Style::new());
        paper.item("1. ", Style::new());
        paper.end();
        paper.end();
        assert_eq!(text(paper), ["• 1."]);
    }

    #[test]
    fn margins_leave_half_of_the_columns() {
        let mut paper = Paper::new(15);
        let shown = (0..10_000).filter(|_| paper.item("• ", Style::new())).count();
        assert_eq!((shown, paper.room()), (3, 9));
        (0..10_000).for_each(|_| paper.end());
        assert_eq!(paper.room(), 15);
    }
}
