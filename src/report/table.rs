//! The one table of the house: quiet headings, no lines, text to the left and numbers to the
//! right, two spaces between columns.

use crate::report::words::one_line;
use crate::report::{Style, Tone};
use comfy_table::presets::NOTHING;
use comfy_table::{Attribute, CellAlignment, Color, ColumnConstraint, Row, Width};
use unicode_width::UnicodeWidthStr;

/// Spaces between columns.
const GAP: u16 = 2;

/// Long text is not cut to fewer columns than these.
const LEAST: usize = 8;

/// A column's heading, and how its cells stand.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    heading: &'static str,
    alignment: CellAlignment,
    /// Whether its text may be cut, and by how much narrower it counts when columns are cut.
    spared: Option<usize>,
}

impl Column {
    /// Text, to the left.
    pub fn text(heading: &'static str) -> Self {
        Column { heading, alignment: CellAlignment::Left, spared: None }
    }

    /// Text that ends in `…` where the terminal is too narrow for it.
    pub fn long_text(heading: &'static str) -> Self {
        Column { spared: Some(0), ..Self::text(heading) }
    }

    /// Text that a person types again, as a deck's name: cut later than other long text.
    pub fn name(heading: &'static str) -> Self {
        Column { spared: Some(10), ..Self::text(heading) }
    }

    /// Numbers, to the right.
    pub fn number(heading: &'static str) -> Self {
        Column { alignment: CellAlignment::Right, ..Self::text(heading) }
    }
}

/// What stands in one place of a table: one line, in which nothing is left that a terminal
/// obeys.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    text: String,
    tone: Tone,
}

impl Cell {
    /// A text in a tone.
    pub fn toned(tone: Tone, text: impl AsRef<str>) -> Self {
        Cell { text: one_line(text.as_ref()), tone }
    }

    /// A number; 0 stands back.
    pub fn count(number: u64) -> Self {
        Cell::toned(if number == 0 { Tone::Dim } else { Tone::Normal }, number.to_string())
    }

    /// A dash, where there is nothing to say.
    pub fn none() -> Self {
        Cell::toned(Tone::Dim, "–")
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Self {
        Cell::toned(Tone::Normal, text)
    }
}

/// Rows under headings.
#[derive(Debug)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    /// A table without rows.
    pub fn new(columns: impl Into<Vec<Column>>) -> Self {
        Table { columns: columns.into(), rows: Vec::new() }
    }

    /// Adds a row, a cell for each column.
    pub fn row(&mut self, cells: impl Into<Vec<Cell>>) {
        self.rows.push(cells.into());
    }

    /// The table as lines, each with its line feed; at most `width` columns wide where the long
    /// texts, cut, allow for it.
    pub fn render(self, style: Style, width: Option<usize>) -> String {
        let mut layout = Layout::new(self.columns);
        self.rows.iter().for_each(|cells| layout.measure(cells));
        let layout = layout.within(width);
        layout.heading(style) + &layout.lines(self.rows, style)
    }
}

/// Columns as wide as the cells that were measured: of a table that is too long to be held, the
/// cells are measured first and then laid out, some at a time.
#[derive(Debug)]
pub struct Layout {
    columns: Vec<Column>,
    widths: Vec<usize>,
}

impl Layout {
    /// Columns as wide as their headings.
    pub fn new(columns: impl Into<Vec<Column>>) -> Self {
        let columns = columns.into();
        let widths = columns.iter().map(|column| column.heading.width()).collect();
        Layout { columns, widths }
    }

    /// Makes room for a row, a cell for each column.
    pub fn measure(&mut self, cells: &[Cell]) {
        for (width, cell) in self.widths.iter_mut().zip(cells) {
            *width = (*width).max(cell.text.width());
        }
    }

    /// Fits it in a terminal of this width, if it is in one: the widest long texts give way first.
    #[must_use]
    pub fn within(mut self, width: Option<usize>) -> Self {
        let Some(width) = width else { return self };
        let widths = &mut self.widths;
        widths.iter_mut().for_each(|needed| *needed = width.min(*needed));
        let gaps = usize::from(GAP) * self.columns.len().saturating_sub(1);
        let mut excess = (widths.iter().sum::<usize>() + gaps).saturating_sub(width);
        while excess > 0 {
            let cut =
                self.columns.iter().zip(widths.iter_mut()).filter(|(_, width)| **width > LEAST);
            let cut = cut.filter_map(|(column, width)| Some((column.spared?, width)));
            match cut.max_by_key(|(spared, width)| width.saturating_sub(*spared)) {
                Some((_, widest)) => *widest -= 1,
                None => break,
            }
            excess -= 1;
        }
        self
    }

    /// The line of the headings, with its line feed.
    pub fn heading(&self, style: Style) -> String {
        let cells = self.columns.iter().map(|column| Cell::toned(Tone::Dim, column.heading));
        self.lines(vec![cells.collect()], style)
    }

    /// Rows as lines, each with its line feed; what is wider than was measured is cut.
    pub fn lines(&self, rows: Vec<Vec<Cell>>, style: Style) -> String {
        let mut table = comfy_table::Table::new();
        table.load_style(NOTHING).force_no_tty().style_text_only();
        if style == Style::Coloured {
            table.enforce_styling();
        }
        for cells in rows {
            table.add_row(laid_out(cells, &self.columns));
        }
        let last = self.columns.len().saturating_sub(1);
        for ((place, column), &width) in table.column_iter_mut().enumerate().zip(&self.widths) {
            let gap = if place == last { 0 } else { GAP };
            column.set_padding((0, gap));
            let width = u16::try_from(width).unwrap_or(u16::MAX).saturating_add(gap);
            column.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width)));
        }
        table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
    }
}

/// A row of one line.
fn laid_out(cells: Vec<Cell>, columns: &[Column]) -> Row {
    let cells = cells.into_iter().zip(columns);
    let mut row = Row::from(cells.map(|(cell, column)| cell.laid_out(column)).collect::<Vec<_>>());
    row.max_height(1);
    row
}

impl Cell {
    /// The cell as comfy-table takes it. A tone on no text would be an empty escape sequence.
    fn laid_out(self, column: &Column) -> comfy_table::Cell {
        let tone = if self.text.is_empty() { Tone::Normal } else { self.tone };
        let cell = comfy_table::Cell::new_owned(self.text).set_alignment(column.alignment);
        match tone {
            Tone::Normal => cell,
            Tone::Bold => cell.add_attribute(Attribute::Bold),
            Tone::Dim => cell.add_attribute(Attribute::Dim),
            Tone::Good => cell.fg(Color::DarkGreen),
            Tone::Warning => cell.fg(Color::DarkYellow),
            Tone::Bad => cell.fg(Color::DarkRed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new([
            Column::text("Card"),
            Column::number("Interval"),
            Column::long_text("Question"),
        ]);
        table.row(["k7m2q9xd".into(), Cell::count(6), "Which of the Three Ways is flow?".into()]);
        table.row(["p2c4e6g8".into(), Cell::count(120), "改善とは何か、そして誰のためか".into()]);
        table.row(["x\u{1b}[2J".into(), Cell::none(), "a\nb".into()]);
        table
    }

    #[test]
    fn text_stands_left_and_numbers_right() {
        insta::assert_snapshot!(table().render(Style::Plain, None), @"
        Card      Interval  Question
        k7m2q9xd         6  Which of the Three Ways is flow?
        p2c4e6g8       120  改善とは何か、そして誰のためか
        x␛[2J            –  a b
        ");
    }

    #[test]
    fn long_text_is_cut_to_the_terminal_by_display_width() {
        let page = table().render(Style::Plain, Some(40));
        insta::assert_snapshot!(page, @"
        Card      Interval  Question
        k7m2q9xd         6  Which of the Three…
        p2c4e6g8       120  改善とは何か、そし…
        x␛[2J            –  a b
        ");
        assert!(page.lines().all(|line| line.width() <= 40));
    }

    #[test]
    fn colour_changes_no_width() {
        crossterm::style::force_color_output(true);
        let page = table().render(Style::Coloured, Some(40));
        assert!(page.contains("\u{1b}[2mInterval\u{1b}[0m"));
        assert!(page.contains("       \u{1b}[2m–\u{1b}[0m  a b\n"));
    }
}
