//! Notes that a person writes: in an editor, or on the standard input.

use crate::cli::deckfiles::tell;
use crate::cli::editor::Editor;
use crate::cli::error::told;
use crate::cli::{Setting, limited};
use crate::deckfile::{self, Diagnostic, LARGEST};
use crate::model::Note;
use anyhow::{Context, Result, anyhow};
use std::io::{self, BufRead, IsTerminal, Read, Write};
use tempfile::TempPath;

/// Why notes are not taken.
#[derive(Debug)]
pub(super) enum Refused {
    /// What is wrong with which of them.
    Notes(Vec<(usize, Diagnostic)>),
    /// What else went wrong.
    Failed(anyhow::Error),
}

impl<E: Into<anyhow::Error>> From<E> for Refused {
    fn from(error: E) -> Self {
        Refused::Failed(error.into())
    }
}

/// Takes notes that were written.
pub(super) type Take<'a, T> = &'a dyn Fn(&[Note]) -> Result<T, Refused>;

/// How it ends where what is wrong has been told.
const NOTHING: &str = "nothing is added";

/// Takes the notes that an editor left of a template. What is wrong with them is told, and on a
/// terminal they can be edited again. `None` if none was written, or they were dropped.
///
/// # Errors
/// If the editor fails, or the notes are not taken: what was written stays in a file, which the
/// error names.
pub(super) fn in_editor<T>(
    setting: &Setting,
    template: &str,
    take: Take<'_, T>,
) -> Result<Option<T>> {
    let editor = Editor::of(setting)?;
    let draft = Draft::new(template)?;
    let mut line = None;
    loop {
        let edited = draft.edited(&editor, line);
        match edited.and_then(|text| judged(setting, &draft.shown(), &text, take)) {
            Ok(Judged::Taken(taken)) => return Ok(Some(taken)),
            Ok(Judged::Nothing) => return Ok(None),
            Ok(Judged::Faulty { first }) => line = first,
            Err(error) => return Err(draft.kept(&error)),
        }
        match what_now(setting) {
            WhatNow::Edit => {}
            WhatNow::Drop => return Err(anyhow!(NOTHING)),
            WhatNow::Keep => return Err(draft.kept(&anyhow!(NOTHING))),
        }
    }
}

/// Takes the notes on the standard input; `None` if there are none.
///
/// # Errors
/// If something is wrong with them, which is told, or they are not taken.
pub(super) fn on_standard_input<T>(setting: &Setting, take: Take<'_, T>) -> Result<Option<T>> {
    let mut text = Vec::new();
    let input = io::stdin().lock().take(LARGEST as u64 + 1).read_to_end(&mut text);
    input.context("cannot read the standard input")?;
    match judged(setting, "standard input", &text, take)? {
        Judged::Taken(taken) => Ok(Some(taken)),
        Judged::Nothing => Ok(None),
        Judged::Faulty { .. } => Err(anyhow!(NOTHING)),
    }
}

/// What became of a text.
enum Judged<T> {
    /// Its notes were taken.
    Taken(T),
    /// It has none.
    Nothing,
    /// Something is wrong with it, which has been told, and in which line first.
    Faulty { first: Option<usize> },
}

fn judged<T>(setting: &Setting, shown: &str, text: &[u8], take: Take<'_, T>) -> Result<Judged<T>> {
    let entries = deckfile::read_notes(text);
    let faults = match &entries {
        Ok(entries) if entries.notes.is_empty() => return Ok(Judged::Nothing),
        Ok(entries) => match take(&entries.notes) {
            Ok(taken) => {
                tell(&setting.output, shown, text, &entries.warnings);
                return Ok(Judged::Taken(taken));
            }
            Err(Refused::Failed(error)) => return Err(error),
            Err(Refused::Notes(faults)) => {
                let placed = faults.into_iter().map(|(number, fault)| {
                    let span = fault.span.or(entries.places.get(number).copied());
                    Diagnostic { span, ..fault }
                });
                placed.collect()
            }
        },
        Err(faults) => faults.clone(),
    };
    tell(&setting.output, shown, text, &faults);
    let first = faults.iter().find_map(Diagnostic::place).map(|place| place.line);
    Ok(Judged::Faulty { first })
}

/// A file for an editor. It goes when nothing in it is worth keeping.
struct Draft {
    path: TempPath,
    template: String,
}

impl Draft {
    fn new(template: &str) -> Result<Self> {
        let write = || -> io::Result<TempPath> {
            let mut file = tempfile::Builder::new().prefix("kata-").suffix(".yaml").tempfile()?;
            file.write_all(template.as_bytes())?;
            Ok(file.into_temp_path())
        };
        let path = write().context("cannot make a file for the editor")?;
        Ok(Draft { path, template: template.to_owned() })
    }

    fn shown(&self) -> String {
        self.path.display().to_string()
    }

    /// What is in it after an editor was on it.
    fn edited(&self, editor: &Editor, line: Option<usize>) -> Result<Vec<u8>> {
        editor.open(&self.path, line)?;
        // By its name: an editor may have put another file there.
        limited::read(&self.path, LARGEST as u64)
            .with_context(|| format!("cannot read {}", self.shown()))
    }

    /// The error; if something was written, that is kept, and the error says where.
    fn kept(self, error: &anyhow::Error) -> anyhow::Error {
        let error = told(error);
        let is_written = match limited::read(&self.path, LARGEST as u64) {
            Ok(text) => text != self.template.as_bytes(),
            Err(error) => error.kind() == io::ErrorKind::FileTooLarge,
        };
        if !is_written {
            return anyhow!(error);
        }
        match self.path.keep() {
            Ok(path) => anyhow!("{error}; what you wrote is kept in {}", path.display()),
            Err(keeping) => anyhow!("{error}; what you wrote cannot be kept: {keeping}"),
        }
    }
}

/// How much of a line is read for an answer, in bytes; what comes after it is asked for again.
const LONGEST_ANSWER: u64 = 1 << 10;

/// What to do with a text that has errors.
enum WhatNow {
    Edit,
    Drop,
    Keep,
}

/// Asks, if there is somebody to ask; without an answer the text is kept.
fn what_now(setting: &Setting) -> WhatNow {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return WhatNow::Keep;
    }
    loop {
        setting.output.diagnostics("[e]dit again, or [d]rop it? ");
        let mut answer = String::new();
        match io::stdin().lock().take(LONGEST_ANSWER).read_line(&mut answer) {
            Ok(0) | Err(_) => {
                setting.output.diagnostics("\n");
                return WhatNow::Keep;
            }
            Ok(_) => match answer.trim().to_lowercase().as_str() {
                "" | "e" | "edit" => return WhatNow::Edit,
                "d" | "drop" => return WhatNow::Drop,
                _ => {}
            },
        }
    }
}
