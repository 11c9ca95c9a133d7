//! Diagnostics as a person reads them: under `PATH:LINE:COLUMN`, the line with a caret.

use super::bytes::BYTE_ORDER_MARK;
use super::diagnostic::{Diagnostic, Related, Severity, Span};
use super::lines::Lines;
use crate::model::text::{is_unseen, visible_line};
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::borrow::Cow;

/// Columns a rendered line may take; of a longer line, the part around the caret is shown.
const WIDTH: usize = 120;

/// Places of one problem that are more lines apart are shown apart.
const APART: usize = 8;

/// A file whose diagnostics are rendered.
pub struct Source<'a> {
    path: Cow<'a, str>,
    text: Cow<'a, str>,
    lines: Lines,
}

impl<'a> Source<'a> {
    /// A file by its path and content, whatever that is.
    pub fn new(path: &'a str, bytes: &'a [u8]) -> Self {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
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
        let primary = diagnostic.span.map(|span| (AnnotationKind::Primary, span, None));
        let related = diagnostic.related.as_ref();
        let here = related.filter(|related| related.path.is_none());
        let context = here.and_then(|related| {
            Some((AnnotationKind::Context, related.span?, Some(related.label.as_str())))
        });
        group = match (primary, context) {
            (None, _) => group.element(Origin::path(self.path.as_ref())),
            (Some(primary), None) => group.element(self.snippet(&[primary])),
            (Some(primary), Some(context)) => {
                match primary.1.start.line.abs_diff(context.1.start.line) > APART {
                    true => {
                        let first = self.snippet(&[primary]);
                        group.element(first).element(self.snippet(&[context]))
                    }
                    false => group.element(self.snippet(&[primary, context])),
                }
            }
        };
        if let Some(Related { path: Some(path), span, label }) = related {
            let place = span.map(|s| format!(":{}:{}", s.start.line, s.start.column));
            let place = place.unwrap_or_default();
            let note = format!("{label}: {}{place}", visible_line(path));
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

    /// The lines from the first mark to the last, with the marks.
    fn snippet(&self, marks: &[Mark<'a>]) -> Snippet<'a, Annotation<'a>> {
        let numbers = marks.iter().map(|(_, span, _)| span.start.line);
        let first = numbers.clone().min().unwrap_or(1);
        let mut shown = String::new();
        let mut starts = Vec::new();
        for number in first..=numbers.max().unwrap_or(first) {
            starts.push(shown.len());
            shown.extend(self.lines.line(&self.text, number).chars().map(seen));
            shown.push('\n');
        }
        let annotations: Vec<_> = marks
            .iter()
            .map(|(kind, span, label)| {
                let start = starts[span.start.line - first];
                let line = shown[start..].lines().next().unwrap_or_default();
                let byte = |column: usize| {
                    line.char_indices().nth(column - 1).map_or(line.len(), |(byte, _)| byte)
                };
                let end = match span.end.line == span.start.line {
                    true => byte(span.end.column.max(span.start.column + 1)),
                    false => line.len(),
                };
                let from = byte(span.start.column);
                kind.span(start + from..start + end.max(from)).label(*label)
            })
            .collect();
        let path = self.path.clone().into_owned();
        Snippet::source(shown).path(path).line_start(first).annotations(annotations)
    }
}

/// A stretch to underline, and what to write there.
type Mark<'a> = (AnnotationKind, Span, Option<&'a str>);

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
