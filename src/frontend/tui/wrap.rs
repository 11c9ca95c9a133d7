//! Lines of a width.
//!
//! The unit is the grapheme cluster, which a terminal shows in one place: an emoji with its
//! joiners, a letter with its accents. Where a line may break between words is Unicode's line
//! breaking algorithm (UAX 14).

use super::page::Page;
use super::prose::{Look, Prose};
use ratatui::buffer::CellWidth;
use ratatui::text::{Line, Span};
use std::borrow::Cow;
use std::ops::Range;
use textwrap::core::Fragment;
use textwrap::word_splitters::split_words;
use textwrap::wrap_algorithms::wrap_first_fit;
use textwrap::{WordSeparator, WordSplitter};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Where a line that is too long breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Break {
    /// Between words; within one that has no room on a line of its own.
    AtWords,
    /// At the edge, with all its spaces.
    AtEdge,
}

/// A line that has its width.
#[derive(Debug, Clone, Default)]
pub(super) struct Wrapped {
    pub(super) spans: Vec<Span<'static>>,
    /// In columns.
    pub(super) width: usize,
    /// The columns of links, and which of the text's they are.
    pub(super) links: Vec<(Range<usize>, usize)>,
    pub(super) is_asked: bool,
}

impl Wrapped {
    pub(super) fn of(text: &str, look: Look) -> Self {
        let mut line = Wrapped::default();
        line.push(text, look);
        line
    }

    /// Adds text at the end.
    pub(super) fn push(&mut self, text: &str, look: Look) {
        let start = self.width;
        self.width += width(text);
        self.is_asked |= look.is_asked;
        match self.spans.last_mut() {
            Some(last) if last.style == look.style => last.content.to_mut().push_str(text),
            _ => self.spans.push(Span::styled(text.to_owned(), look.style)),
        }
        if let Some(link) = look.link {
            match self.links.last_mut() {
                Some((columns, last)) if *last == link && columns.end == start => {
                    columns.end = self.width;
                }
                _ => self.links.push((start..self.width, link)),
            }
        }
    }

    /// Adds a line at the end.
    pub(super) fn append(&mut self, other: Wrapped) {
        let right = |columns: Range<usize>| columns.start + self.width..columns.end + self.width;
        self.links.extend(other.links.into_iter().map(|(columns, link)| (right(columns), link)));
        self.spans.extend(other.spans);
        self.width += other.width;
        self.is_asked |= other.is_asked;
    }
}

/// A text as lines none of which is wider than the room. A line feed is the end of a line.
pub(super) fn lines(prose: &Prose, room: usize, breaks: Break) -> Vec<Wrapped> {
    let mut looks = prose.looks();
    let mut lines = Vec::new();
    let mut start = 0;
    for line in prose.text().split('\n') {
        for piece in pieces(line, room, breaks) {
            let mut wrapped = Wrapped::default();
            for (at, cluster) in line[piece.clone()].grapheme_indices(true) {
                wrapped.push(cluster, looks(start + piece.start + at));
            }
            lines.push(wrapped);
        }
        start += line.len() + 1;
    }
    lines
}

/// A line as a page of so many columns.
pub(super) fn page(line: &Line<'_>, columns: usize) -> Page {
    let mut prose = Prose::default();
    line.spans.iter().for_each(|span| prose.push(&span.content, Look::of(span.style)));
    let lines = lines(&prose, columns, Break::AtWords).into_iter();
    Page { lines: lines.map(|line| Line::from(line.spans)).collect(), ..Page::default() }
}

/// How many columns a text takes on one line.
pub(super) fn width(text: &str) -> usize {
    match text.is_ascii() {
        true => text.len(),
        false => text.graphemes(true).map(cluster_width).sum(),
    }
}

/// Whether terminals differ in how wide they show it: emoji that are joined, or have a colour of
/// skin or a style, and flags. What was drawn there may leave traces.
pub(super) fn is_disputed(text: &str) -> bool {
    text.chars().any(|c| {
        matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{1f1e6}'..='\u{1f1ff}' | '\u{1f3fb}'..='\u{1f3ff}')
    })
}

/// The text, or what of it has room before an ellipsis.
pub(super) fn cut(text: &str, room: usize) -> Cow<'_, str> {
    if width(text) <= room {
        return Cow::Borrowed(text);
    }
    let mut taken = 0;
    let fits = |(_, cluster): &(usize, &str)| {
        taken += cluster_width(cluster);
        taken < room
    };
    let end = clusters(text, room).take_while(fits).last();
    let end = end.map_or(0, |(at, cluster)| at + cluster.len());
    Cow::Owned(text[..end].to_owned() + "…")
}

/// The larger of what Unicode says and what the screen makes of it.
fn cluster_width(cluster: &str) -> usize {
    match cluster.len() {
        1 => 1,
        _ => cluster.width().max(cluster.cell_width().into()),
    }
}

/// The grapheme clusters of a text, with their places. One that has no room on a line, as an
/// endless Hangul syllable, is its characters.
fn clusters(text: &str, room: usize) -> impl Iterator<Item = (usize, &str)> {
    text.grapheme_indices(true).flat_map(move |(at, cluster)| {
        let (whole, characters) = match cluster_width(cluster) <= room {
            true => (Some((at, cluster)), ""),
            false => (None, cluster),
        };
        let one = move |(i, c): (usize, char)| (at + i, &characters[i..i + c.len_utf8()]);
        whole.into_iter().chain(characters.char_indices().map(one))
    })
}

/// The places of a line's pieces that have room, without the spaces at which it breaks.
fn pieces(line: &str, room: usize, breaks: Break) -> Vec<Range<usize>> {
    let words = words(line, room, breaks);
    let place = |words: &[Word]| {
        let (first, last) = (words.first()?, words.last()?);
        Some(first.start..last.end.max(first.start))
    };
    let lines = wrap_first_fit(&words, &[room as f64]);
    lines.into_iter().map(|words| place(words).unwrap_or_default()).collect()
}

/// What stays on one line, and the spaces after it.
#[derive(Debug, Default)]
struct Word {
    start: usize,
    /// Without the spaces.
    end: usize,
    width: usize,
    spaces: usize,
}

impl Word {
    fn at(start: usize) -> Self {
        Word { start, end: start, ..Word::default() }
    }
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        self.width as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.spaces as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

fn words(line: &str, room: usize, breaks: Break) -> Vec<Word> {
    let mut ends = ends(line, breaks).into_iter().peekable();
    let mut words = Vec::new();
    let mut word = Word::default();
    for (at, cluster) in clusters(line, room) {
        let end = at + cluster.len();
        if cluster == " " && breaks == Break::AtWords {
            word.spaces += 1;
        } else {
            let width = cluster_width(cluster);
            if word.width + word.spaces + width > room && at > word.start {
                words.push(std::mem::replace(&mut word, Word::at(at)));
            }
            word.width += std::mem::take(&mut word.spaces) + width;
            word.end = end;
        }
        // A break within a cluster is none.
        while ends.next_if(|place| *place < end).is_some() {}
        if ends.next_if_eq(&end).is_some() {
            words.push(std::mem::replace(&mut word, Word::at(end)));
        }
    }
    if word.start < line.len() || words.is_empty() {
        words.push(word);
    }
    words
}

/// After which bytes a line may break.
fn ends(line: &str, breaks: Break) -> Vec<usize> {
    if breaks == Break::AtEdge {
        return Vec::new();
    }
    let words = WordSeparator::UnicodeBreakProperties.find_words(line);
    let words = split_words(words, &WordSplitter::HyphenSplitter);
    let mut end = 0;
    let ends = words.map(|word| {
        end += word.word.len() + word.whitespace.len();
        end
    });
    ends.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::style::Modifier;

    fn wrapped(text: &str, room: usize, breaks: Break) -> Vec<String> {
        let prose = Prose::of(text, Look::default());
        let text = |line: Wrapped| line.spans.iter().map(|span| &*span.content).collect();
        lines(&prose, room, breaks).into_iter().map(text).collect()
    }

    #[test]
    fn a_line_breaks_between_words() {
        let text = "mean time  to recovery";
        assert_eq!(wrapped(text, 9, Break::AtWords), ["mean time", "to", "recovery"]);
        assert_eq!(wrapped("pre-production", 10, Break::AtWords), ["pre-", "production"]);
        assert_eq!(wrapped("a\n\nb", 9, Break::AtWords), ["a", "", "b"]);
        assert_eq!(wrapped("recovery  \ntime", 8, Break::AtWords), ["recovery", "time"]);
    }

    #[test]
    fn a_word_without_room_breaks_where_the_line_ends() {
        assert_eq!(
            wrapped("go incomprehensible", 8, Break::AtWords),
            ["go", "incompre", "hensible"]
        );
    }

    #[test]
    fn ideographs_break_between_each_other_but_not_before_a_full_stop() {
        assert_eq!(wrapped("改善は毎日する。", 8, Break::AtWords), ["改善は毎", "日する。"]);
        assert_eq!(wrapped("改善は毎日。", 10, Break::AtWords), ["改善は毎", "日。"]);
    }

    #[test]
    fn what_a_terminal_shows_in_one_place_stays_together() {
        let family = "👨\u{200d}👩\u{200d}👧";
        assert_eq!(
            wrapped(&family.repeat(3), 4, Break::AtWords),
            [family.repeat(2), family.into()]
        );
        let accented = "e\u{301}";
        assert_eq!(
            wrapped(&accented.repeat(4), 3, Break::AtWords),
            [accented.repeat(3), accented.into()]
        );
    }

    #[test]
    fn code_breaks_at_the_edge_and_keeps_its_spaces() {
        assert_eq!(wrapped("a  =  bcd", 4, Break::AtEdge), ["a  =", "  bc", "d"]);
    }

    #[test]
    fn a_look_ends_with_its_text_on_whatever_line() {
        let bold = Look { link: Some(7), ..Look::of(Modifier::BOLD.into()) };
        let mut prose = Prose::of("one ", Look::default());
        prose.push("two three", bold);
        prose.push(" four", Look::default());
        let lines = lines(&prose, 7, Break::AtWords);
        let styles: Vec<Vec<(&str, bool)>> = lines
            .iter()
            .map(|line| line.spans.iter().map(|s| (&*s.content, s.style == bold.style)).collect())
            .collect();
        assert_eq!(
            styles,
            [vec![("one ", false), ("two", true)], vec![("three", true)], vec![("four", false)]]
        );
        assert_eq!(lines[0].links, [(4..7, 7)]);
        assert_eq!(lines[1].links, [(0..5, 7)]);
    }

    #[test]
    fn a_cut_text_ends_in_an_ellipsis() {
        assert_eq!(cut("Kanban", 6), "Kanban");
        assert_eq!(cut("Kanban", 5), "Kanb…");
        assert_eq!(cut("改善改善", 5), "改善…");
    }

    proptest! {
        #[test]
        fn nothing_but_spaces_is_lost(text in "[a 改-]{0,40}", room in 3_usize..9) {
            let without = |text: &str| text.replace(' ', "");
            prop_assert_eq!(without(&wrapped(&text, room, Break::AtWords).concat()), without(&text));
            prop_assert_eq!(wrapped(&text, room, Break::AtEdge).concat(), text);
        }
    }
}
