//! Links that a terminal follows: OSC 8, as in
//! <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>.
//!
//! Each cell below a link opens and closes it for itself. So a cell with a link differs from the
//! same cell without one, and is drawn anew when the text on it changes: no link stays behind.

use super::page::Page;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::layout::Rect;
use std::num::NonZeroU16;

/// What a terminal is asked to open. Other schemes start programs that expect no stranger's text.
const SCHEMES: [&str; 3] = ["http", "https", "mailto"];

/// The most bytes of an address: terminals stop at about this many.
const LONGEST: usize = 2_000;

/// What RFC 3986 has no place for, and the semicolon, at which some terminals end an address.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b';')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Whether the terminal follows links, by its variables. `FORCE_HYPERLINK` is what its owner says.
pub(super) fn are_followed() -> bool {
    let term = std::env::var("TERM").unwrap_or_default();
    // These show the address, whatever variables the terminal around them has left.
    !matches!(term.as_str(), "linux" | "dumb")
        && supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout)
}

/// Makes links of a page's links, on cells that hold the page from its line `from` on.
pub(super) fn lay(page: &Page, from: usize, area: Rect, buffer: &mut Buffer) {
    for link in &page.links {
        let Some(row) = link.line.checked_sub(from).and_then(|row| u16::try_from(row).ok()) else {
            continue;
        };
        if row >= area.height {
            continue;
        }
        let Some(address) = address(&link.target) else { continue };
        // The lines of a link that is broken are one link to the terminal.
        let id = page.links.iter().position(|l| l.target == link.target).unwrap_or_default();
        let mut column = link.columns.start;
        while column < link.columns.end.min(area.width) {
            let Some(cell) = buffer.cell_mut((area.x + column, area.y + row)) else { break };
            let width = cell.cell_width().max(1);
            wrap(cell, width, id, &address);
            column += width;
        }
    }
}

fn wrap(cell: &mut Cell, width: u16, id: usize, address: &str) {
    // What is drawn by other means is no text to follow.
    let (CellDiffOption::None, Some(width)) = (cell.diff_option, NonZeroU16::new(width)) else {
        return;
    };
    let text = cell.symbol();
    let linked = format!("\x1b]8;id={id};{address}\x1b\\{text}\x1b]8;;\x1b\\");
    cell.set_symbol(&linked).set_diff_option(CellDiffOption::ForcedWidth(width));
}

/// A target as a terminal takes it, if it is one that it is to open.
fn address(target: &str) -> Option<String> {
    let (scheme, _) = target.split_once(':')?;
    let is_opened = SCHEMES.iter().any(|s| s.eq_ignore_ascii_case(scheme));
    let address = utf8_percent_encode(target, UNSAFE).to_string();
    (is_opened && address.len() <= LONGEST).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::super::page::Link;
    use super::*;
    use ratatui::backend::CrosstermBackend;
    use ratatui::text::Line;
    use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
    use std::cell::RefCell;
    use std::io;
    use std::rc::Rc;

    fn page(lines: &[&'static str], links: Vec<Link>) -> Page {
        let lines = lines.iter().map(|l| Line::from(*l)).collect();
        Page { lines, links, ..Page::default() }
    }

    fn link(line: usize, columns: std::ops::Range<u16>, target: &str) -> Link {
        Link { line, columns, target: target.to_owned() }
    }

    /// What was written to a terminal.
    #[derive(Clone, Default)]
    struct Wire(Rc<RefCell<Vec<u8>>>);

    impl io::Write for Wire {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.borrow_mut().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// What a terminal gets for each of some pages, each from a line on.
    fn sent(pages: &[(&Page, usize)]) -> Vec<String> {
        let area = Rect::new(0, 0, 20, 2);
        let options = TerminalOptions { viewport: Viewport::Fixed(area) };
        let wire = Wire::default();
        let backend = CrosstermBackend::new(wire.clone());
        let mut terminal = Terminal::with_options(backend, options).unwrap();
        let drawn = pages.iter().map(|(page, from)| {
            let draw = |frame: &mut Frame<'_>| {
                for (line, y) in page.lines.iter().skip(*from).zip(0..area.height) {
                    frame.buffer_mut().set_line(0, y, line, area.width);
                }
                lay(page, *from, area, frame.buffer_mut());
            };
            terminal.draw(draw).unwrap();
            String::from_utf8(wire.0.take()).unwrap()
        });
        drawn.collect()
    }

    #[test]
    fn the_text_of_a_link_is_between_its_marks() {
        let page = page(&["see_it_there"], vec![link(0, 4..6, "https://a.b/?q=1")]);
        let sent = &sent(&[(&page, 0)])[0];
        let open = "\x1b]8;id=0;https://a.b/?q=1\x1b\\";
        let close = "\x1b]8;;\x1b\\";
        assert!(sent.contains(&format!("{open}i{close}{open}t{close}")), "{sent:?}");
        assert_eq!(sent.matches("\x1b]8;").count(), 4);
    }

    #[test]
    fn a_link_that_goes_on_in_the_next_line_is_one_link_and_another_is_another() {
        let links = vec![
            link(0, 0..1, "https://a.b"),
            link(1, 0..1, "https://a.b"),
            link(1, 2..3, "https://c.d"),
        ];
        let sent = &sent(&[(&page(&["x", "y z"], links), 0)])[0];
        assert_eq!(sent.matches("id=0;https://a.b").count(), 2);
        assert_eq!(sent.matches("id=2;https://c.d").count(), 1);
    }

    #[test]
    fn no_link_stays_on_the_same_text_once_it_is_none() {
        let before = page(&["here"], vec![link(0, 0..4, "https://a.b")]);
        let after = page(&["here"], vec![]);
        let sent = sent(&[(&before, 0), (&after, 0)]);
        assert!(sent[1].contains("here") && !sent[1].contains("\x1b]8"), "{:?}", sent[1]);
    }

    #[test]
    fn what_is_unchanged_is_not_drawn_again() {
        let page = page(&["here"], vec![link(0, 0..4, "https://a.b")]);
        let sent = sent(&[(&page, 0), (&page, 0)]);
        assert!(!sent[1].contains("a.b"), "{:?}", sent[1]);
    }

    #[test]
    fn a_link_scrolls_with_its_line() {
        let page = page(&["zero", "one", "two"], vec![link(1, 0..3, "https://a.b")]);
        let sent = sent(&[(&page, 0), (&page, 1), (&page, 2)]);
        assert_eq!(sent[1].matches("id=0").count(), 3);
        assert_eq!(sent[2].matches("id=0").count(), 0);
    }

    #[test]
    fn wide_characters_keep_their_width() {
        let page = page(&["a漢字b"], vec![link(0, 1..5, "https://a.b")]);
        let sent = &sent(&[(&page, 0)])[0];
        assert_eq!(sent.matches("id=0").count(), 2);
        assert!(sent.contains("字\x1b]8;;\x1b\\") && sent.contains('b'), "{sent:?}");
    }

    #[test]
    fn an_address_holds_nothing_that_a_terminal_obeys() {
        assert_eq!(
            address("https://a.b/ä b;c\u{1b}\\\u{7}\u{202e}").unwrap(),
            "https://a.b/%C3%A4%20b%3Bc%1B%5C%07%E2%80%AE"
        );
        assert_eq!(address("https://a.b/100%25").unwrap(), "https://a.b/100%25");
    }

    #[test]
    fn only_addresses_of_the_web_and_mail_are_opened_and_no_endless_ones() {
        assert!(address("HTTPS://a.b").is_some() && address("mailto:a@b.c").is_some());
        for target in ["javascript:alert(1)", "file:///etc/passwd", "notes.md", "#up", ""] {
            assert_eq!(address(target), None, "{target}");
        }
        assert_eq!(address(&format!("https://a.b/{}", "x".repeat(2_000))), None);
    }
}
