//! How a command speaks: results on stdout, everything else on stderr.

use crate::cli::error::told;
use crate::frontend::Depth;
use crate::model::text::visible;
use crate::report::Style;
use clap::ValueEnum;
use std::cell::RefCell;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::rc::Rc;

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

/// Where results and messages go.
#[derive(Debug, Clone)]
pub(super) struct Output {
    /// Whether results are in colour.
    pub(super) colour: bool,
    /// Whether messages are in colour.
    pub(super) colour_of_messages: bool,
    quiet: bool,
    messages: Messages,
}

/// Where messages go.
#[derive(Debug, Clone)]
enum Messages {
    ToStderr,
    Kept(Rc<RefCell<String>>),
}

/// Messages that were kept from stderr.
#[derive(Debug)]
pub(super) struct Kept(Rc<RefCell<String>>);

impl Kept {
    /// All of them, as lines.
    pub(super) fn text(&self) -> String {
        self.0.borrow().trim_end().to_owned()
    }
}

/// A result that is written piece by piece. After a piece that could not be written none is tried.
pub(super) struct Pieces {
    stdout: BufWriter<StdoutLock<'static>>,
    written: io::Result<()>,
}

impl Pieces {
    pub(super) fn write(&mut self, text: &str) {
        if self.written.is_ok() {
            self.written = self.stdout.write_all(text.as_bytes());
        }
    }

    /// Ends it, and tells if some of it could not be written. A reader that closed the pipe has enough:
    /// the command ends as it would have.
    pub(super) fn end(mut self) -> io::Result<()> {
        match self.written.and_then(|()| self.stdout.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written.map_err(|error| {
                let told = format!("cannot write to the standard output: {error}");
                io::Error::new(error.kind(), told)
            }),
        }
    }
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
            messages: Messages::ToStderr,
        }
    }

    /// The same with messages kept, without colour, instead of on stderr.
    pub(super) fn keeping_messages(&self) -> (Self, Kept) {
        let kept = Rc::new(RefCell::new(String::new()));
        let messages = Messages::Kept(Rc::clone(&kept));
        (Output { colour_of_messages: false, messages, ..self.clone() }, Kept(kept))
    }

    /// Whether a question may be put to the person: somebody sees it and can answer by a key.
    pub(super) fn may_ask(&self) -> bool {
        let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
        terminal && !self.quiet && !is_dumb()
    }

    /// The style of pages and tables.
    pub(super) fn style(&self) -> Style {
        if self.colour { Style::Coloured } else { Style::Plain }
    }

    /// The colours of the terminal that results go to.
    pub(super) fn depth(&self) -> Depth {
        let said = |name| std::env::var(name).unwrap_or_default();
        match self.colour {
            true => Depth::of(&said("TERM"), &said("COLORTERM")),
            false => Depth::None,
        }
    }

    /// Columns of the terminal; `None` if it does not know, or results go elsewhere.
    pub(super) fn width(&self) -> Option<usize> {
        let terminal = io::stdout().is_terminal();
        let size = terminal.then(crossterm::terminal::size).and_then(Result::ok);
        size.map(|(columns, _)| usize::from(columns)).filter(|columns| *columns > 0)
    }

    /// Writes a result as it is: it has been made harmless where it was made.
    pub(super) fn result(&self, text: &str) -> io::Result<()> {
        let mut list = self.list();
        list.write(text);
        list.end()
    }

    /// Begins a result that is written piece by piece.
    pub(super) fn list(&self) -> Pieces {
        Pieces { stdout: BufWriter::with_capacity(1 << 16, io::stdout().lock()), written: Ok(()) }
    }

    /// Says what was done, unless told to be quiet.
    pub(super) fn said(&self, text: &str) -> io::Result<()> {
        if self.quiet { Ok(()) } else { self.result(&format!("{}\n", visible(text))) }
    }

    /// Says something beside the result, as a message, unless told to be quiet.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            self.diagnostics(&format!("{}\n", visible(text)));
        }
    }

    /// Tells a fault that does not end the command, as a message, quiet or not.
    pub(super) fn error(&self, error: &anyhow::Error) {
        let who = match self.messages {
            Messages::ToStderr => "kata: ",
            Messages::Kept(_) => "",
        };
        self.diagnostics(&format!("{who}{}\n", visible(&told(error))));
    }

    /// Writes diagnostics as messages, quiet or not. They have been made harmless.
    pub(super) fn diagnostics(&self, text: &str) {
        match &self.messages {
            // Where stderr is gone there is nobody to tell.
            Messages::ToStderr => _ = io::stderr().write_all(text.as_bytes()),
            Messages::Kept(kept) => kept.borrow_mut().push_str(text),
        }
    }
}
