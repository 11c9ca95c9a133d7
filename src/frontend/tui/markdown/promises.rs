//! What a page of Markdown keeps to, whatever the text.

use super::super::page::Page;
use super::super::theme::{Role, Theme};
use super::super::wrap;
use super::{Addresses, CLOSES, OPENS, Sheet, markdown};
use crate::frontend::{Depth, Tone};
use crate::model::text::is_unseen;
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

/// Any text keeps to its sheet, on screens of several widths.
pub(crate) fn any_text_keeps_to_its_sheet(text: &str) {
    for (columns, addresses, depth) in [
        (10, Addresses::After, Depth::None),
        (33, Addresses::Behind, Depth::Sixteen),
        (120, Addresses::After, Depth::Sixteen),
    ] {
        let sheet = Sheet { columns, theme: Theme { tone: Tone::Dark, depth }, addresses };
        assert_keeps_its_promises(&markdown(text, Role::Asked, sheet), columns);
    }
}

/// The page is as it is promised to be.
pub(super) fn assert_keeps_its_promises(page: &Page, columns: usize) {
    let width = |line: &Line| line.spans.iter().map(|span| wrap::width(&span.content)).sum();
    for line in &page.lines {
        let read = line.to_string();
        let widest = line.width().max(width(line)).max(read.width());
        assert!(widest <= columns, "{widest} columns: {read:?}");
        assert!(!read.contains(|c| is_unseen(c) || c == OPENS || c == CLOSES), "{read:?}");
    }
    for link in &page.links {
        assert!(link.columns.start <= link.columns.end);
        assert!(usize::from(link.columns.end) <= width(&page.lines[link.line]));
        assert!(link.target.bytes().all(|byte| byte.is_ascii_graphic()), "{}", link.target);
    }
    for image in &page.images {
        assert_eq!(image.lines.len(), 1);
        assert!(image.lines.end <= page.lines.len());
        assert!(![&image.source, &image.alt].iter().any(|text| text.contains(is_unseen)));
    }
    if let Some(focus) = &page.focus {
        assert!(focus.start < focus.end && focus.end <= page.lines.len());
    }
    for line in page.lines.first().into_iter().chain(page.lines.last()) {
        assert_ne!(line.to_string(), "");
    }
}
