//! Diagnostics as a person reads them: under `PATH:LINE:COLUMN`, the line with a caret.

use super::diagnostic::{Diagnostic, Severity, Span};
use super::lines::Lines;
use crate::model::text::{is_unseen, visible_line};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::borrow::Cow;

/// Columns a rendered line may take; of a longer line, the part around the caret is shown.
const WIDTH: usize = 120;

/// A file whose diagnostics are rendered.
pub struct Source<'a> {
    path: Cow<'a, str>,
    text: Cow<'a, str>,
    lines: Lines,
}

impl<'a> Source<'a> {
    /// A file by its path and content, whatever that is.
    pub fn new(path: &'a str, bytes: &'a [u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = String::from_utf8_lossy(bytes);
        Source { path: visible_line(path), lines: Lines::of(&text), text }
    }

    /// The diagnostic in several lines, without an end of line after the last. What a terminal
    /// could obey is replaced, one character for one, so that the caret stays where it belongs.
    pub fn render(&self, diagnostic: &Diagnostic, color: bool) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(visible_line(&diagnostic.message));
        let mut group = Group::with_title(title);
        group = match diagnostic.span {
            Some(span) => group.element(self.snippet(diagnostic, span)),
            None => group.element(Origin::path(self.path.as_ref())),
        };
        if let Some(related) = &diagnostic.related
            && let Some(path) = &related.path
        {
            let place = related.span.map(|s| format!(":{}:{}", s.start.line, s.start.column));
            let place = place.unwrap_or_default();
            let note = format!("{}: {}{place}", related.label, visible_line(path));
            group = group.element(Level::NOTE.message(note));
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(visible_line(help)));
        }
        let renderer = match color {
            true => Renderer::styled(),
            false => Renderer::plain(),
        };
        renderer.term_width(WIDTH).render(&[group])
    }

    /// The lines of the diagnostic's places in this file, with both marked.
    fn snippet(&self, diagnostic: &'a Diagnostic, span: Span) -> Snippet<'a, Annotation<'a>> {
        let here = diagnostic.related.as_ref().filter(|related| related.path.is_none());
        let other = here.and_then(|related| Some((related.span?, related.label.as_str())));
        let first =
            other.map_or(span.start.line, |(other, _)| other.start.line.min(span.start.line));
        let last =
            other.map_or(span.start.line, |(other, _)| other.start.line.max(span.start.line));
        let mut shown = String::new();
        let mut starts = Vec::new();
        for number in first..=last {
            starts.push(shown.len());
            shown.extend(self.lines.line(&self.text, number).chars().map(seen));
            shown.push('\n');
        }
        let range = |span: Span| {
            let start = starts.get(span.start.line - first).copied().unwrap_or(shown.len());
            let line = shown[start..].lines().next().unwrap_or_default();
            let end_column = match span.end.line == span.start.line {
                true => span.end.column,
                false => usize::MAX,
            };
            let byte = |column: usize| {
                line.char_indices().nth(column - 1).map_or(line.len(), |(byte, _)| byte)
            };
            let (from, to) = (byte(span.start.column), byte(end_column.max(span.start.column + 1)));
            start + from..start + to.max(from)
        };
        let primary = AnnotationKind::Primary.span(range(span));
        let context =
            other.map(|(other, label)| AnnotationKind::Context.span(range(other)).label(label));
        Snippet::source(shown)
            .path(self.path.clone().into_owned())
            .line_start(first)
            .annotation(primary)
            .annotations(context)
    }
}

/// The character, or one that is seen in its place.
fn seen(c: char) -> char {
    match u32::from(c) {
        0x9 => ' ',
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        // Line ends for some programs, not for YAML 1.2.
        0x2028 | 0x2029 => '\u{fffd}',
        _ if is_unseen(c) => '\u{fffd}',
        _ => c,
    }
}
