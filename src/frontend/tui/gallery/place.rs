//! The place of an image on a page.

use super::super::page::{Image, Page};
use ratatui::text::{Line, Span};
use std::ops::Range;

/// How a page as it was written begins the words that stand for an image.
const MARK: &str = "[image:";

/// A place: what is left of it, and the words that stand in it.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// What is left of the first line: the bar of a quotation, the sign of an item.
    first: Vec<Span<'static>>,
    /// What is left of the other lines. It is as wide.
    rest: Vec<Span<'static>>,
    /// The words that stand for the image.
    pub(super) words: Line<'static>,
}

impl Place {
    /// The place of an image on a page as it was written.
    pub(super) fn of(page: &Page, image: &Image) -> Self {
        let Some(line) = page.lines.get(image.lines.start) else { return Place::default() };
        let at = line.spans.iter().position(|span| span.content.starts_with(MARK));
        let (first, words) = line.spans.split_at(at.unwrap_or_default());
        let rest = first.iter().map(|span| Span::styled(bars(&span.content), span.style));
        Place {
            first: first.to_vec(),
            rest: rest.collect(),
            words: Line { spans: words.to_vec(), ..line.clone() },
        }
    }

    /// How many columns are left of it.
    pub(super) fn margin(&self) -> u16 {
        let width = self.first.iter().map(Span::width).sum::<usize>();
        u16::try_from(width).unwrap_or(u16::MAX)
    }

    /// Puts lines into it, and moves what is below.
    pub(super) fn put(&self, page: &mut Page, index: usize, lines: Vec<Line<'static>>) {
        let Some(image) = page.images.get(index) else { return };
        let old = image.lines.clone();
        if old.start > old.end || old.end > page.lines.len() || lines.is_empty() {
            return;
        }
        let new = old.start..old.start + lines.len();
        let beside = lines.into_iter().enumerate().map(|(row, mut line)| {
            let left = if row == 0 { &self.first } else { &self.rest };
            line.spans.splice(0..0, left.iter().cloned());
            line
        });
        page.lines.splice(old.clone(), beside);

        let moved = |line: usize| if line >= old.end { line - old.end + new.end } else { line };
        let both = |lines: &Range<usize>| moved(lines.start)..moved(lines.end);
        for link in &mut page.links {
            link.line = moved(link.line);
        }
        for image in page.images.iter_mut().skip(index + 1) {
            image.lines = both(&image.lines);
        }
        page.focus = page.focus.as_ref().map(both);
        if let Some(image) = page.images.get_mut(index) {
            image.lines = new;
        }
    }
}

/// Bars go on in the lines below, other signs do not.
fn bars(left: &str) -> String {
    let columns = left.chars().flat_map(|c| {
        let width = unicode_width::UnicodeWidthChar::width(c).unwrap_or_default();
        let goes_on = matches!(c, '\u{2500}'..='\u{259f}');
        std::iter::repeat_n(if goes_on { c } else { ' ' }, width)
    });
    columns.collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::page::Link;
    use super::*;

    fn image(line: usize) -> Image {
        Image { lines: line..line + 1, source: "a.png".to_owned(), alt: "a".to_owned() }
    }

    fn text(page: &Page) -> Vec<String> {
        page.lines.iter().map(Line::to_string).collect()
    }

    #[test]
    fn lines_go_between_those_above_and_below_which_keep_their_links_and_focus() {
        let link = |line| Link { line, columns: 0..1, target: "https://a.b".to_owned() };
        let mut page = Page {
            lines: ["above", "[image: a]", "between", "[image: b]", "below"].map(Line::from).into(),
            links: vec![link(0), link(4)],
            images: vec![image(1), image(3)],
            focus: Some(2..5),
        };
        for (index, lines) in [(0, vec!["1", "2", "3"]), (1, vec!["4"])] {
            let place = Place::of(&page, &page.images[index]);
            place.put(&mut page, index, lines.into_iter().map(Line::from).collect());
        }
        assert_eq!(text(&page), ["above", "1", "2", "3", "between", "4", "below"]);
        assert_eq!(page.images.iter().map(|i| i.lines.clone()).collect::<Vec<_>>(), [1..4, 5..6]);
        assert_eq!(page.links.iter().map(|l| l.line).collect::<Vec<_>>(), [0, 6]);
        assert_eq!(page.focus, Some(4..7));
    }

    #[test]
    fn an_image_in_a_quotation_or_a_list_stays_in_it() {
        let left = ["│ ".into(), "• ".into(), "[image: a]".into()];
        let mut page = Page {
            lines: vec![Line::from(left.to_vec())],
            images: vec![image(0)],
            ..Page::default()
        };
        let place = Place::of(&page, &page.images[0]);
        assert_eq!((place.margin(), place.words.to_string()), (4, "[image: a]".to_owned()));
        place.put(&mut page, 0, vec!["x".into(), "y".into()]);
        assert_eq!(text(&page), ["│ • x", "│   y"]);
    }

    #[test]
    fn a_focus_that_ends_with_an_image_takes_all_of_it_in() {
        let mut page = Page {
            lines: ["a", "[image: a]"].map(Line::from).into(),
            images: vec![image(1)],
            focus: Some(0..2),
            ..Page::default()
        };
        let place = Place::of(&page, &page.images[0]);
        place.put(&mut page, 0, vec!["x".into(), "y".into(), "z".into()]);
        assert_eq!(page.focus, Some(0..4));
    }
}
