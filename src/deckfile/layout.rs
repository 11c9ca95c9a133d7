//! Where notes go into the text of a deck file, and in which manner.

use super::diagnostic::Place;
use super::entry::{Block, Braces, in_braces, in_lines};
use super::lines::Lines;
use super::tree::{Id, Tree, Value};
use crate::model::Note;

/// The byte before which notes go into a text, and what goes there; `None` if there is no telling.
pub(super) fn insertion(text: &str, notes: &[Note]) -> Option<(usize, String)> {
    let text = readable(text);
    let layout = Layout::of(&text)?;
    let cards =
        |key: Id| matches!(layout.tree.value(key), Value::Text { text, .. } if text == "cards");
    let &(key, value) = layout.keys().iter().find(|(key, _)| cards(*key))?;
    let value = value.filter(|value| !layout.tree.is_alias(*value))?;
    match layout.tree.value(value) {
        Value::List(items) if layout.tree.closed(value).is_some() => {
            layout.in_brackets(value, items, notes)
        }
        Value::List(items) => layout.after_items(key, value, items, notes),
        Value::Text { text, plain: true } if text.is_empty() => Some(layout.below(key, notes)),
        _ => None,
    }
}

/// The byte before which the key `cards` goes into a text that lacks it, and that key.
pub(super) fn key_insertion(text: &str) -> Option<(usize, String)> {
    let text = readable(text);
    let layout = Layout::of(&text)?;
    if layout.tree.closed(layout.root).is_some() {
        return None;
    }
    let (first, _) = layout.keys().first()?;
    let column = layout.tree.span(*first).start.column;
    let at = layout.end_below(layout.last_line(layout.root), column);
    let key = [layout.lead(at), &" ".repeat(column - 1), "cards:", layout.line_end(at)].concat();
    Some((at, key))
}

/// The same text for the reader that knows places: it refuses a tab between a key and its text,
/// which is YAML.
fn readable(text: &str) -> String {
    text.replace(":\t", ": ")
}

/// A text that was read as YAML, whose keys are those of a deck file.
struct Layout<'t> {
    text: &'t str,
    lines: Lines,
    tree: Tree<'t>,
    root: Id,
}

impl<'t> Layout<'t> {
    fn of(text: &'t str) -> Option<Self> {
        let lines = Lines::of(text);
        let tree = Tree::read(text, &lines);
        let root = tree.root.filter(|_| tree.ended)?;
        matches!(tree.value(root), Value::Map(_)).then_some(Layout { text, lines, tree, root })
    }

    fn keys(&self) -> &[(Id, Option<Id>)] {
        match self.tree.value(self.root) {
            Value::Map(keys) => keys,
            _ => &[],
        }
    }

    /// Below a key that has no value.
    fn below(&self, key: Id, notes: &[Note]) -> (usize, String) {
        let key = self.tree.span(key).start;
        let dash = key.column - 1 + INDENT;
        let at = self.end_below(key.line, key.column);
        let line_end = self.line_end(at);
        let block = Block { dash, keys: dash + 2, items: INDENT, line_end };
        (at, self.lead(at).to_owned() + &in_a_row(notes, block, ""))
    }

    /// After the items of a list that are lines with a dash.
    fn after_items(
        &self,
        key: Id,
        list: Id,
        items: &[Id],
        notes: &[Note],
    ) -> Option<(usize, String)> {
        let key = self.tree.span(key).start;
        let dash = self.dash(list)?;
        let last_line = self.last_line(list);
        let at = self.end_below(last_line, key.column);
        let line_end = self.line_end(at);
        let keys = dash + self.dash_and_spaces(dash, *items.last()?);
        let block = Block { dash, keys, items: dash.checked_sub(key.column - 1)?, line_end };
        let between = if self.are_set_apart(items) { line_end } else { "" };
        // Blank lines that belong to a text set apart already.
        let is_set_apart = self.text[..at].ends_with(&[line_end, line_end].concat());
        let apart = if is_set_apart { "" } else { between };
        Some((at, [self.lead(at), apart, &in_a_row(notes, block, between)].concat()))
    }

    /// Spaces before the dashes of a list's items.
    fn dash(&self, list: Id) -> Option<usize> {
        // Of items at the column of their key, this is the place after the dash.
        let line = self.lines.line(self.text, self.tree.span(list).end.line);
        let unindented = line.trim_start_matches(' ');
        unindented.starts_with('-').then_some(line.len() - unindented.len())
    }

    /// The characters from an item's dash to its first key, if they stand on one line.
    fn dash_and_spaces(&self, dash: usize, item: Id) -> usize {
        let start = self.tree.span(item).start;
        let line = self.lines.line(self.text, start.line);
        let after = line.get(dash..).and_then(|line| line.strip_prefix('-')).unwrap_or_default();
        let spaces = after.len() - after.trim_start_matches(' ').len();
        if spaces > 0 && start.column == dash + 1 + spaces + 1 { 1 + spaces } else { 2 }
    }

    /// Whether most items have a blank line before them, or before the comment above them.
    fn are_set_apart(&self, items: &[Id]) -> bool {
        let apart = |item: &&Id| {
            let first = self.tree.span(**item).start.line;
            let above = (1..first).rev().map(|number| self.lines.line(self.text, number).trim());
            above.into_iter().find(|line| !line.starts_with('#')).is_some_and(str::is_empty)
        };
        let gaps = items.get(1..).unwrap_or_default();
        gaps.iter().filter(apart).count() * 2 > gaps.len()
    }

    /// The line with which a node's text ends.
    fn last_line(&self, id: Id) -> usize {
        let last = self.tree.last(id);
        let span = self.tree.span(last);
        let end = self.tree.closed(last).unwrap_or(span.end);
        let before = self.lines.line(self.text, end.line).chars().take(end.column - 1);
        if end.line == span.start.line || !before.into_iter().all(char::is_whitespace) {
            return end.line;
        }
        // A block of lines, which ends where something else starts. Blank lines at its end are no
        // text of it, unless it keeps them.
        let keeps =
            matches!(self.tree.value(last), Value::Text { text, .. } if text.ends_with("\n\n"));
        let is_blank = |line: &usize| self.lines.line(self.text, *line).trim().is_empty();
        let mut above = (span.start.line..end.line).rev();
        above.find(|line| keeps || !is_blank(line)).unwrap_or(span.start.line)
    }

    /// The byte after a line and the comments below it that are indented deeper than a column.
    fn end_below(&self, line: usize, column: usize) -> usize {
        let mut end = line;
        for number in line + 1..=self.lines.count() {
            let line = self.lines.line(self.text, number);
            let unindented = line.trim_start_matches(' ');
            let is_comment = unindented.starts_with('#');
            if is_comment && line.len() - unindented.len() >= column {
                end = number;
            } else if !line.trim_matches([' ', '\t']).is_empty() {
                break;
            }
        }
        self.lines.byte(self.text, Place { line: end + 1, column: 1 })
    }

    /// What ends the lines before a byte.
    fn line_end(&self, at: usize) -> &'static str {
        let whole = self.text[..at].trim_end_matches(|c| !matches!(c, '\n' | '\r'));
        let ends = ["\r\n", "\n", "\r"];
        ends.into_iter().find(|end| whole.ends_with(end)).unwrap_or("\n")
    }

    /// What ends the line before a byte, if nothing does yet.
    fn lead(&self, at: usize) -> &'static str {
        if self.text[..at].ends_with(['\n', '\r']) { "" } else { self.line_end(at) }
    }

    /// Before the bracket that closes a list.
    fn in_brackets(&self, list: Id, items: &[Id], notes: &[Note]) -> Option<(usize, String)> {
        let braces = match self.tree.closed(self.root) {
            Some(_) => Braces::Json,
            None => Braces::Yaml,
        };
        let entries: Vec<String> = notes.iter().map(|note| in_braces(note, braces)).collect();
        let Some(&item) = items.last() else {
            let start = self.lines.byte(self.text, self.tree.span(list).start);
            let bracket = start + self.text[start..].find('[')?;
            return Some((bracket + 1, entries.join(", ")));
        };
        self.after_item_in_brackets(list, item, &entries)
    }

    /// After the last item of a list in brackets, with the comma that it needs.
    fn after_item_in_brackets(
        &self,
        list: Id,
        item: Id,
        entries: &[String],
    ) -> Option<(usize, String)> {
        let byte = |place: Place| self.lines.byte(self.text, place);
        let last = self.tree.last(item);
        let end = byte(self.tree.closed(last).unwrap_or(self.tree.span(last).end));
        let bracket = byte(self.tree.closed(list)?) - 1;
        let rest = self.text.get(end..bracket)?;
        let start = self.tree.span(item).start;
        let line = self.lines.line(self.text, start.line);
        let indent = &line[..line.len() - line.trim_start().len()];
        let is_first = start.column == indent.chars().count() + 1;
        let line_end = self.line_end(bracket);
        let has_comment = rest.contains('#');
        let each = |before: &str, after: &str| -> String {
            entries.iter().map(|entry| [before, entry, after].concat()).collect()
        };
        Some(match comma(rest) {
            None if has_comment => {
                // The comma cannot come before the comment.
                let comment = rest.trim_end_matches([' ', '\t']).strip_suffix(line_end)?;
                (end + comment.len(), each(&[line_end, indent, ", "].concat(), ""))
            }
            None if is_first => (end, each(&[",", line_end, indent].concat(), "")),
            None => (end, each(", ", "")),
            Some(comma) if is_first || has_comment => {
                let after = end + comma + 1;
                let at = self.text[after..bracket].find(['\n', '\r']).map_or(after, |i| after + i);
                (at, each(&[line_end, indent].concat(), ","))
            }
            Some(comma) => (end + comma + 1, format!(" {}", entries.join(", "))),
        })
    }
}

/// How much deeper than their key items stand where none are yet.
const INDENT: usize = 2;

/// Entries of lines, one after another.
fn in_a_row(notes: &[Note], block: Block<'_>, between: &str) -> String {
    notes.iter().map(|note| in_lines(note, block)).collect::<Vec<_>>().join(between)
}

/// Where in a text of spaces, comments and a comma the comma is.
fn comma(text: &str) -> Option<usize> {
    let mut comment = false;
    text.char_indices().find_map(|(at, c)| {
        comment = (comment || c == '#') && !matches!(c, '\n' | '\r');
        (!comment && c == ',').then_some(at)
    })
}
