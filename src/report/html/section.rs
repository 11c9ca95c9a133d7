//! What a page is made of.

use crate::report::html::drawing::Drawing;
use crate::report::html::table::DataTable;

/// A part of the page under one heading.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) sentences: Vec<String>,
    pub(super) figures: Vec<Figure>,
    pub(super) listings: Vec<Listing>,
}

/// A chart with its numbers as a table, whose title is its own.
#[derive(Debug)]
pub(super) struct Figure {
    pub(super) id: &'static str,
    /// How to read it.
    pub(super) note: String,
    pub(super) drawing: Drawing,
    pub(super) table: DataTable,
    pub(super) is_wide: bool,
}

/// A table that stands for itself.
#[derive(Debug)]
pub(super) struct Listing {
    pub(super) id: &'static str,
    pub(super) note: String,
    pub(super) table: DataTable,
}
