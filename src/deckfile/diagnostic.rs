//! What is wrong with a deck file, where, and what would be right.

use serde::Serialize;

/// A place in a text: line and column count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

/// A stretch of text, from a place up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Its first character.
    pub start: Place,
    /// The place after its last character.
    pub end: Place,
}

impl Span {
    /// The stretch of so many characters of one line.
    pub fn of_length(start: Place, length: usize) -> Self {
        Span { start, end: Place { line: start.line, column: start.column + length } }
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file is no deck file as it stands; it is not imported.
    Error,
    /// The file can be imported, but hardly means what it says.
    Warning,
}

/// One problem of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where; `None` if it is about the file as a whole.
    pub span: Option<Span>,
    /// Another place that has to do with it.
    pub related: Option<Related>,
    /// What would be right.
    pub help: Option<String>,
}

/// Another place that has to do with a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The file it is in; `None` if it is the same.
    pub path: Option<String>,
    /// Where in that file, if that is known.
    pub span: Option<Span>,
    /// What is there.
    pub label: String,
}

/// A diagnostic as `--json` shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report<'a> {
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    related: Option<RelatedReport<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct RelatedReport<'a> {
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    message: &'a str,
}

impl Diagnostic {
    /// An error.
    pub fn error(span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        let message = message.into();
        let span = span.into();
        Diagnostic { severity: Severity::Error, message, span, related: None, help: None }
    }

    /// A warning.
    pub fn warning(span: impl Into<Option<Span>>, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(span, message) }
    }

    /// The same with what would be right.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        Diagnostic { help: Some(help.into()), ..self }
    }

    /// The same with another place of the same file.
    #[must_use]
    pub fn related(self, span: Span, label: impl Into<String>) -> Self {
        let related = Related { path: None, span: Some(span), label: label.into() };
        Diagnostic { related: Some(related), ..self }
    }

    /// Whether the file cannot be imported because of it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Where it is, if it is not about the file as a whole.
    pub fn place(&self) -> Option<Place> {
        self.span.map(|span| span.start)
    }

    /// The form for programs, for a file of this path.
    pub fn report<'a>(&'a self, path: &'a str) -> Report<'a> {
        let place = self.place();
        Report {
            path,
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            severity: self.severity,
            message: &self.message,
            help: self.help.as_deref(),
            related: self.related.as_ref().map(|related| RelatedReport {
                path: related.path.as_deref().unwrap_or(path),
                line: related.span.map(|span| span.start.line),
                column: related.span.map(|span| span.start.column),
                message: &related.label,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_get_path_place_and_severity() {
        let at = Span::of_length(Place { line: 7, column: 5 }, 4);
        let first = Span::of_length(Place { line: 3, column: 5 }, 1);
        let diagnostic = Diagnostic::error(at, "wrong").help("do this").related(first, "there");
        insta::assert_json_snapshot!(diagnostic.report("a.yaml"), @r#"
        {
          "path": "a.yaml",
          "line": 7,
          "column": 5,
          "severity": "error",
          "message": "wrong",
          "help": "do this",
          "related": {
            "path": "a.yaml",
            "line": 3,
            "column": 5,
            "message": "there"
          }
        }
        "#);
    }
}
