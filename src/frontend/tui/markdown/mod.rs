//! Markdown on a screen.
//!
//! A text goes from hand to hand: [`asked`] takes out the marks of what is asked, [`blocks`] reads
//! the blocks and [`inline`] what stands within one, and [`paper`] sets the lines, which [`wrap`](super::wrap)
//! has broken, behind their bars and bullets.

mod asked;
mod blocks;
mod code;
mod image;
mod inline;
mod link;
mod paper;
#[cfg(any(test, fuzzing))]
pub(crate) mod promises;
mod syntax;
mod table;
#[cfg(test)]
mod tests;

use super::page::Page;
use super::theme::{Role, Theme};

/// Opens a piece that is asked. A noncharacter: no text has it for itself.
pub(super) const OPENS: char = '\u{fdd0}';
/// Closes a piece that is asked.
pub(super) const CLOSES: char = '\u{fdd1}';

/// What a text is written on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sheet {
    /// How wide a line may be. Fewer columns than 10 are taken for 10.
    pub(super) columns: usize,
    pub(super) theme: Theme,
    pub(super) addresses: Addresses,
}

/// Where the address of a link is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Addresses {
    /// Behind the link's text: the terminal shows links.
    Behind,
    /// After the link's text, in brackets.
    After,
}

/// A text of Markdown as lines. The pieces between [`OPENS`] and [`CLOSES`] have the looks of the
/// role `asked`, and are the page's focus.
///
/// A line feed that its author typed stays one. No line is wider than the sheet, and no character
/// of a line, an address or a path is [unseen](crate::model::text::is_unseen).
pub(super) fn markdown(text: &str, asked: Role, sheet: Sheet) -> Page {
    let sheet = Sheet { columns: sheet.columns.max(NARROWEST), ..sheet };
    blocks::page(&asked::Marked::of(text), asked, sheet)
}

/// Half of it still has room for the widest character.
const NARROWEST: usize = 10;
