//! Tables of the page: those of their own, and those under each chart.

use crate::model::text::visible_line;

/// A cell of what there is none of.
pub(super) const NONE: &str = "–";

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Words of kata's.
    Words,
    /// Numbers, which stand below each other by their last digit.
    Numbers,
    /// Text of a deck file, in whatever script.
    DeckText,
}

/// A column: its heading, with the unit, and what it holds.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) text: &'static str,
    pub(super) holds: Holds,
}

/// A table. The first column names the rows.
#[derive(Debug, Clone)]
pub(super) struct DataTable {
    pub(super) title: String,
    pub(super) columns: Vec<Heading>,
    rows: Vec<Vec<String>>,
}

/// One cell, as the template shows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell<'a> {
    pub(super) text: &'a str,
    pub(super) holds: Holds,
    pub(super) names_the_row: bool,
}

impl DataTable {
    /// A table without rows.
    pub(super) fn new(
        title: &str,
        columns: impl IntoIterator<Item = (&'static str, Holds)>,
    ) -> Self {
        let columns = columns.into_iter().map(|(text, holds)| Heading { text, holds }).collect();
        DataTable { title: title.to_owned(), columns, rows: Vec::new() }
    }

    /// Adds a row, of as many cells as there are columns. What cannot be seen is made visible.
    pub(super) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let cells = cells.into_iter().map(|cell| visible_line(cell.as_ref()).into_owned());
        self.rows.push(cells.collect());
    }

    /// The same with these rows.
    pub(super) fn with<const COLUMNS: usize>(
        mut self,
        rows: impl IntoIterator<Item = [String; COLUMNS]>,
    ) -> Self {
        rows.into_iter().for_each(|row| self.row(row));
        self
    }

    /// Whether it has no rows.
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, cell by cell.
    pub(super) fn cells(&self) -> impl Iterator<Item = Vec<Cell<'_>>> {
        self.rows.iter().map(|row| {
            let cells = row.iter().zip(&self.columns).enumerate();
            cells
                .map(|(n, (text, column))| Cell {
                    text,
                    holds: column.holds,
                    names_the_row: n == 0,
                })
                .collect()
        })
    }
}
