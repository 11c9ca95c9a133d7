//! Tables.
//!
//! Cells keep their looks and links, so that what is asked may be a cell: libraries for tables
//! take plain text.

use crate::frontend::tui::prose::{Look, Prose};
use crate::frontend::tui::wrap::{Break, Wrapped, cut, lines, width};
use pulldown_cmark::Alignment;

/// A table while it is read, and then.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// The first one is its head.
    rows: Vec<Vec<Prose>>,
}

/// A column is not made narrower, unless it is.
const NARROWEST: usize = 6;

impl Table {
    pub(super) fn new(alignments: Vec<Alignment>) -> Self {
        Table { alignments, rows: Vec::new() }
    }

    pub(super) fn begin_row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Adds a cell to the last row.
    pub(super) fn cell(&mut self, cell: Prose) {
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }

    /// The table with its columns beside one another, if there is room, else its rows as records.
    pub(super) fn lines(&self, room: usize, edges: Look) -> Vec<Wrapped> {
        // A bar before each column and after the last, a space on either side of a cell.
        let between = 3 * self.alignments.len() + 1;
        let widths = room.checked_sub(between).and_then(|room| fitted(&self.widths(), room));
        match widths {
            Some(widths) => Grid { table: self, widths, edges }.lines(),
            None => self.records(room),
        }
    }

    /// How wide the columns are that have all the room they want.
    fn widths(&self) -> Vec<usize> {
        let mut widths = vec![1; self.alignments.len()];
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                let cell = cell.text().split('\n').map(width).max();
                *widest = (*widest).max(cell.unwrap_or_default());
            }
        }
        widths
    }

    /// One row after another, each cell behind the head of its column.
    fn records(&self, room: usize) -> Vec<Wrapped> {
        let Some((head, rows)) = self.rows.split_first() else { return Vec::new() };
        if rows.is_empty() {
            return head.iter().flat_map(|cell| lines(cell, room, Break::AtWords)).collect();
        }
        let mut records = Vec::new();
        for row in rows {
            let cells = row.iter().zip(head).filter(|(cell, _)| !cell.is_empty());
            let record = cells
                .flat_map(|(cell, head)| lines(&field(head, cell, room), room, Break::AtWords));
            let record: Vec<_> = record.collect();
            if !records.is_empty() && !record.is_empty() {
                records.push(Wrapped::default());
            }
            records.extend(record);
        }
        records
    }
}

/// A cell behind the head of its column, which is cut to a line: each record repeats it.
fn field(head: &Prose, cell: &Prose, room: usize) -> Prose {
    let mut field = match width(head.text()) <= room {
        true => head.clone(),
        false => Prose::of(&cut(head.text(), room), head.looks()(0)),
    };
    if !head.is_empty() {
        field.push(": ", head.looks()(0));
    }
    field.append(cell);
    field
}

/// The columns with what they want or an equal share of what is left, whatever is less. `None` if
/// one would be too narrow.
fn fitted(wanted: &[usize], room: usize) -> Option<Vec<usize>> {
    let mut narrowest_first: Vec<_> = (0..wanted.len()).collect();
    narrowest_first.sort_by_key(|column| wanted[*column]);
    let mut widths = vec![0; wanted.len()];
    let mut left = room;
    for (column, columns) in narrowest_first.into_iter().zip((1..=wanted.len()).rev()) {
        let width = wanted[column].min(left / columns);
        if width < wanted[column].min(NARROWEST) {
            return None;
        }
        widths[column] = width;
        left -= width;
    }
    Some(widths)
}

/// A table whose columns have their widths.
struct Grid<'t> {
    table: &'t Table,
    widths: Vec<usize>,
    edges: Look,
}

impl Grid<'_> {
    fn lines(&self) -> Vec<Wrapped> {
        let rows: Vec<_> = self.table.rows.iter().map(|row| self.row(row)).collect();
        // Rows of one line each are told apart without rules.
        let is_ruled = rows.iter().skip(1).any(|row| row.len() > 1);
        let mut lines = vec![self.rule(["┌", "┬", "┐"])];
        for (row, at) in rows.into_iter().zip(0..) {
            if at == 1 || at > 1 && is_ruled {
                lines.push(self.rule(["├", "┼", "┤"]));
            }
            lines.extend(row);
        }
        lines.push(self.rule(["└", "┴", "┘"]));
        lines
    }

    fn rule(&self, [first, between, last]: [&str; 3]) -> Wrapped {
        let columns: Vec<_> = self.widths.iter().map(|width| "─".repeat(width + 2)).collect();
        Wrapped::of(&[first, &columns.join(between), last].concat(), self.edges)
    }

    fn row(&self, row: &[Prose]) -> Vec<Wrapped> {
        let cells = row.iter().zip(&self.widths);
        let mut cells: Vec<_> =
            cells.map(|(cell, width)| lines(cell, *width, Break::AtWords).into_iter()).collect();
        let height = cells.iter().map(ExactSizeIterator::len).max().unwrap_or_default();
        let line = |_| {
            let mut line = Wrapped::of("│", self.edges);
            for ((cell, width), alignment) in
                cells.iter_mut().zip(&self.widths).zip(&self.table.alignments)
            {
                self.append(&mut line, cell.next().unwrap_or_default(), *width, *alignment);
            }
            line
        };
        (0..height).map(line).collect()
    }

    /// Adds a line of a cell, and the edge after it.
    fn append(&self, line: &mut Wrapped, cell: Wrapped, width: usize, alignment: Alignment) {
        let spare = width.saturating_sub(cell.width);
        let before = match alignment {
            Alignment::Right => spare,
            Alignment::Center => spare / 2,
            Alignment::Left | Alignment::None => 0,
        };
        line.push(&" ".repeat(before + 1), self.edges);
        line.append(cell);
        line.push(&(" ".repeat(spare - before + 1) + "│"), self.edges);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_share_the_room_that_is_left_by_narrow_ones() {
        assert_eq!(fitted(&[3, 40, 10], 60), Some(vec![3, 40, 10]));
        assert_eq!(fitted(&[3, 40, 40], 41), Some(vec![3, 19, 19]));
        assert_eq!(fitted(&[3, 40, 12], 25), Some(vec![3, 11, 11]));
        assert_eq!(fitted(&[40, 40], 11), None);
        assert_eq!(fitted(&[2, 2], 4), Some(vec![2, 2]));
    }
}
