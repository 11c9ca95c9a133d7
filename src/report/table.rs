//! The one table of the house: a bold heading, no lines, text to the left and numbers to the
//! right, two spaces between columns.

use crate::report::words::one_line;
use crate::report::{Style, Tone};
use comfy_table::presets::NOTHING;
use comfy_table::{Attribute, CellAlignment, Color, ColumnConstraint, ContentArrangement, Row};

/// A column's heading, and how its cells stand.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    heading: &'static str,
    alignment: CellAlignment,
    is_long: bool,
}

impl Column {
    /// Text, to the left.
    pub fn text(heading: &'static str) -> Self {
        Column { heading, alignment: CellAlignment::Left, is_long: false }
    }

    /// Text that ends in `…` where the terminal is too narrow for it.
    pub fn long_text(heading: &'static str) -> Self {
        Column { is_long: true, ..Self::text(heading) }
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
        let mut table = comfy_table::Table::new();
        table.load_style(NOTHING).force_no_tty().style_text_only();
        if style == Style::Coloured {
            table.enforce_styling();
        }
        if let Some(width) = width {
            table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
            table.set_content_arrangement(ContentArrangement::Dynamic);
        }
        let headings = self.columns.iter().map(|column| {
            let cell = comfy_table::Cell::new(column.heading).add_attribute(Attribute::Bold);
            cell.set_alignment(column.alignment)
        });
        table.set_header(Row::from(headings.collect::<Vec<_>>()));
        for cells in self.rows {
            let cells = cells.into_iter().zip(&self.columns);
            let cells = cells.map(|(cell, column)| cell.laid_out(column));
            let mut row = Row::from(cells.collect::<Vec<_>>());
            row.max_height(1);
            table.add_row(row);
        }
        let last = self.columns.len().saturating_sub(1);
        for (column, (place, shape)) in table.column_iter_mut().zip(self.columns.iter().enumerate())
        {
            column.set_padding((0, if place == last { 0 } else { 2 }));
            if !shape.is_long {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
        table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
    }
}

impl Cell {
    fn laid_out(self, column: &Column) -> comfy_table::Cell {
        let cell = comfy_table::Cell::new_owned(self.text).set_alignment(column.alignment);
        match self.tone {
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
    use unicode_width::UnicodeWidthStr;

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
        assert!(page.contains("\u{1b}[1mInterval\u{1b}[0m"));
        assert!(page.contains("       \u{1b}[2m–\u{1b}[0m  a b\n"));
    }
}
