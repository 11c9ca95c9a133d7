//! A text over the card: help, a card's history, what is wrong with a file.

use crate::frontend::tui::keys::Scroll;
use crate::frontend::tui::theme::{Role, Theme};
use crate::frontend::tui::wrap::cut;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Clear, Widget};

/// A titled text that scrolls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Panel {
    title: String,
    lines: Vec<Line<'static>>,
    /// What its keys are, below it.
    keys: &'static str,
    top: usize,
}

impl Panel {
    /// A panel of lines that are harmless to a terminal.
    pub(super) fn new(title: &str, lines: Vec<Line<'static>>, keys: &'static str) -> Self {
        Panel { title: title.to_owned(), lines, keys, top: 0 }
    }

    /// A panel of a text that is harmless to a terminal.
    pub(super) fn of(title: &str, text: &str, keys: &'static str) -> Self {
        let lines = text.lines().map(|line| Line::from(line.to_owned())).collect();
        Panel::new(title, lines, keys)
    }

    /// How many columns a text in a panel has.
    pub(super) fn columns(screen: Rect) -> usize {
        usize::from(inner(area(screen)).width)
    }

    pub(super) fn scroll(&mut self, scroll: Scroll, screen: Rect) {
        let rows = usize::from(inner(area(screen)).height);
        self.top = scrolled(self.top, scroll, self.lines.len(), rows);
    }

    pub(super) fn draw(&self, screen: Rect, buffer: &mut Buffer, theme: Theme) {
        let area = area(screen);
        Clear.render(area, buffer);
        let quiet = theme.style(Role::Quiet);
        let columns = usize::from(area.width.saturating_sub(6));
        let title =
            Span::styled(format!(" {} ", cut(&self.title, columns)), theme.style(Role::Heading));
        let rows = usize::from(inner(area).height);
        let top = self.top.min(self.lines.len().saturating_sub(rows));
        let below = self.lines.len().saturating_sub(top + rows);
        let more = if below > 0 { format!("↓ {below} more   ") } else { String::new() };
        let bottom = format!("{more}{}", self.keys);
        let bottom = cut(&bottom, columns);
        let block = Block::bordered().border_style(quiet).title_top(title);
        block.title_bottom(Span::styled(format!(" {bottom} "), quiet)).render(area, buffer);
        let inner = inner(area);
        for (line, y) in self.lines.iter().skip(top).zip(inner.y..inner.bottom()) {
            buffer.set_line(inner.x, y, line, inner.width);
        }
    }
}

/// Where a panel is on a screen.
fn area(screen: Rect) -> Rect {
    let (across, down) = match (screen.width, screen.height) {
        (97.., 16..) => ((screen.width - 92) / 2, 1),
        _ => (0, 0),
    };
    Rect {
        x: screen.x + across,
        y: screen.y + down,
        width: screen.width - 2 * across,
        height: screen.height - 2 * down,
    }
}

/// Where its text is: within the border and a column beside it.
fn inner(area: Rect) -> Rect {
    Rect {
        x: area.x + 2,
        y: area.y + 1,
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(2),
    }
}

/// The first line shown after a scroll, of so many on so many rows.
pub(super) fn scrolled(top: usize, scroll: Scroll, lines: usize, rows: usize) -> usize {
    let last = lines.saturating_sub(rows);
    // A line of the screen before stays to hold on to.
    let page = rows.saturating_sub(1).max(1);
    match scroll {
        Scroll::Up => top.saturating_sub(1),
        Scroll::Down => top + 1,
        Scroll::PageUp => top.saturating_sub(page),
        Scroll::PageDown => top + page,
        Scroll::Start => 0,
        Scroll::End => last,
    }
    .min(last)
}
