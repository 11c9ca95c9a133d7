//! What holds for any input from outside, whatever it is: no panic, no endless loop, and what each
//! room says of its own in its `promises`. The fuzz targets in `fuzz/` and the tests hold the same
//! promises: the tests over generated texts, and over all that the fuzzers found worth keeping.

use crate::cli::query_promises::any_query_is_read_or_refused;
use crate::deckfile::promises::any_bytes_are_read_or_refused;
use crate::frontend::json::promises::any_requests_are_answered;
use crate::frontend::tui::markdown_promises::any_text_keeps_to_its_sheet;
use crate::store::promises::any_export_is_loaded_or_refused;

/// A deck file: read, checked, its diagnostics shown, a note appended.
pub fn deck_file(bytes: &[u8]) {
    any_bytes_are_read_or_refused(bytes);
}

/// Markdown, set for screens of several widths.
pub fn markdown(bytes: &[u8]) {
    any_text_keeps_to_its_sheet(&String::from_utf8_lossy(bytes));
}

/// Lines of requests to a session.
pub fn protocol(bytes: &[u8]) {
    any_requests_are_answered(bytes);
}

/// A query, read, asked and written anew.
pub fn query(bytes: &[u8]) {
    any_query_is_read_or_refused(&String::from_utf8_lossy(bytes));
}

/// An export that is taken back.
pub fn export(bytes: &[u8]) {
    any_export_is_loaded_or_refused(bytes);
}

#[cfg(test)]
mod tests;
