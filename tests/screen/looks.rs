//! How a screen looks, in words: for snapshots that can be read.

use std::fmt;
use vt100::{Cell, Color};

/// How a cell looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    pub front: Color,
    pub ground: Color,
    pub bold: bool,
    pub dim: bool,
    pub italic: bool,
    pub underline: bool,
    pub inverse: bool,
}

/// Cells side by side that look alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub row: u16,
    pub column: u16,
    /// How many columns it takes.
    pub width: u16,
    pub look: Look,
    pub text: String,
}

impl Run {
    /// Adds what is right of it, if that looks the same and no more than so many blanks lie between.
    fn join(&mut self, right: &Run, blanks: u16) -> bool {
        let end = self.column + self.width;
        let between = if self.look.shows_on_blanks() { 0 } else { blanks };
        if right.row != self.row || right.look != self.look || right.column - end > between {
            return false;
        }
        self.text += &" ".repeat((right.column - end).into());
        self.text += &right.text;
        self.width = right.column + right.width - self.column;
        true
    }
}

impl Look {
    pub fn of(cell: &Cell) -> Self {
        Look {
            front: cell.fgcolor(),
            ground: cell.bgcolor(),
            bold: cell.bold(),
            dim: cell.dim(),
            italic: cell.italic(),
            underline: cell.underline(),
            inverse: cell.inverse(),
        }
    }

    /// Whether it can be seen where there is no letter.
    pub fn shows_on_blanks(self) -> bool {
        self.ground != Color::Default || self.underline || self.inverse
    }
}

/// The cells in which something can be seen.
pub fn cells(screen: &vt100::Screen) -> Vec<Run> {
    let (rows, columns) = screen.size();
    let places =
        (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    let cells = places.filter_map(|(row, column)| {
        let cell = screen.cell(row, column)?;
        let look = Look::of(cell);
        let text = if cell.has_contents() { cell.contents() } else { " " };
        let seen = text != " " || look.shows_on_blanks();
        let width = if cell.is_wide() { 2 } else { 1 };
        let run = Run { row, column, width, look, text: text.to_owned() };
        (seen && !cell.is_wide_continuation()).then_some(run)
    });
    cells.collect()
}

/// The same with neighbours put together that look alike, and have so many blanks between at most.
pub fn joined(cells: Vec<Run>, blanks: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for cell in cells {
        if !runs.last_mut().is_some_and(|last| last.join(&cell, blanks)) {
            runs.push(cell);
        }
    }
    runs
}

/// The text of a screen and, below it, the looks that are not the usual one.
pub fn told(text: &str, screen: &vt100::Screen) -> String {
    let mut told = format!("{text}\n\n");
    for run in joined(cells(screen), u16::MAX).iter().filter(|run| run.look != Look::default()) {
        let (first, last) = (run.column + 1, run.column + run.width);
        told += &format!("{}: {first}-{last}{} {:?}\n", run.row + 1, run.look, run.text);
    }
    told
}

impl fmt::Display for Look {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = [
            (self.bold, " bold"),
            (self.dim, " dim"),
            (self.italic, " italic"),
            (self.underline, " underline"),
            (self.inverse, " inverse"),
        ];
        for (_, word) in words.iter().filter(|(is_so, _)| *is_so) {
            f.write_str(word)?;
        }
        for (what, colour) in [("fg", self.front), ("bg", self.ground)] {
            match colour {
                Color::Default => {}
                Color::Idx(number) => match NAMES.get(usize::from(number)) {
                    Some(name) => write!(f, " {what}={name}")?,
                    None => write!(f, " {what}={number}")?,
                },
                Color::Rgb(r, g, b) => write!(f, " {what}=#{r:02x}{g:02x}{b:02x}")?,
            }
        }
        Ok(())
    }
}

const NAMES: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];
