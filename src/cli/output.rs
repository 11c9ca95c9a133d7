//! How a command speaks: results on stdout, everything else on stderr.

use crate::cli::error::told;
use crate::model::text::visible;
use crate::report::Style;
use clap::ValueEnum;
use std::io::{self, IsTerminal, Write};

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless NO_COLOR is set or TERM is dumb
    #[default]
    Auto,
    /// Into files and pipes, too
    Always,
    /// Nowhere
    Never,
}

impl Colour {
    fn on(self, terminal: bool) -> bool {
        match self {
            Colour::Always => true,
            Colour::Never => false,
            Colour::Auto => {
                let asked_not = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                terminal && !asked_not && !is_dumb()
            }
        }
    }
}

/// Whether the terminal says that it can do nothing but lines.
pub(super) fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// Where results go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Output {
    /// Whether results are in colour.
    pub(super) colour: bool,
    /// Whether messages on stderr are in colour.
    pub(super) colour_of_messages: bool,
    quiet: bool,
    silent: bool,
}

impl Output {
    pub(super) fn new(colour: Colour, quiet: bool) -> Self {
        if colour == Colour::Always {
            // Else NO_COLOR would still have the last word.
            crossterm::style::force_color_output(true);
        }
        Output {
            colour: colour.on(io::stdout().is_terminal()),
            colour_of_messages: colour.on(io::stderr().is_terminal()),
            quiet,
            silent: false,
        }
    }

    /// The same without a word on stderr.
    pub(super) fn silent(self) -> Self {
        Output { silent: true, ..self }
    }

    /// The style of pages and tables.
    pub(super) fn style(self) -> Style {
        if self.colour { Style::Coloured } else { Style::Plain }
    }

    /// Columns of the terminal; `None` if results go elsewhere.
    pub(super) fn width(self) -> Option<usize> {
        let terminal = io::stdout().is_terminal();
        let size = terminal.then(crossterm::terminal::size).and_then(Result::ok);
        size.map(|(columns, _)| usize::from(columns))
    }

    /// Writes a result as it is: it has been made harmless where it was made.
    pub(super) fn result(self, text: &str) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
        written.map_err(|error| {
            io::Error::new(error.kind(), format!("cannot write to the standard output: {error}"))
        })
    }

    /// Says what was done, unless told to be quiet.
    pub(super) fn said(self, text: &str) -> io::Result<()> {
        if self.quiet { Ok(()) } else { self.result(&format!("{}\n", visible(text))) }
    }

    /// Says something beside the result, on stderr, unless told to be quiet.
    pub(super) fn note(self, text: &str) {
        if !self.quiet {
            // Where stderr is gone there is nobody to tell.
            let _ = writeln!(io::stderr(), "{}", visible(text));
        }
    }

    /// Tells a fault that does not end the command, on stderr, quiet or not.
    pub(super) fn error(self, error: &anyhow::Error) {
        self.diagnostics(&format!("kata: {}\n", visible(&told(error))));
    }

    /// Writes diagnostics to stderr, quiet or not. They have been made harmless.
    pub(super) fn diagnostics(self, text: &str) {
        if !self.silent {
            let _ = io::stderr().write_all(text.as_bytes());
        }
    }
}
