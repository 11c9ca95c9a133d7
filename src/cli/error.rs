//! How a command ends.

use crate::model::text::visible;
use std::fmt::Write as _;
use thiserror::Error;

/// The exit status of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exit {
    /// It is done.
    Done,
    /// It failed, or a file had errors.
    Failed,
    /// The command line was wrong.
    Usage,
    /// `--exit-code`, and nothing is due.
    NothingDue,
    /// Ctrl-C.
    Interrupted,
}

impl Exit {
    pub(super) fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Failed => 1,
            Exit::Usage => 2,
            Exit::NothingDue => 3,
            Exit::Interrupted => 130,
        }
    }
}

/// A command line that cannot be meant.
#[derive(Debug, Error)]
#[error("{0}")]
pub(super) struct WrongUsage(pub(super) String);

/// Ctrl-C in a session.
#[derive(Debug, Error)]
#[error("interrupted")]
pub(super) struct Interrupted;

/// Tells an error on stderr, with its causes; a pipe closed by its reader is none.
pub(super) fn report(error: &anyhow::Error) -> Exit {
    if error.is::<Interrupted>() {
        return Exit::Interrupted;
    }
    let pipe = error.chain().filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    if pipe.into_iter().any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe) {
        return Exit::Done;
    }
    let message = told(error);
    // Where stderr is gone too there is nobody to tell.
    let _ = std::io::Write::write_fmt(
        &mut std::io::stderr(),
        format_args!("kata: {}\n", visible(&message)),
    );
    if error.is::<WrongUsage>() { Exit::Usage } else { Exit::Failed }
}

/// An error with its causes, those left out that it quotes already.
pub(super) fn told(error: &anyhow::Error) -> String {
    let mut message = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        if !message.contains(&cause) {
            let _ = write!(message, ": {cause}");
        }
    }
    message
}
