//! A session on a screen. Each front end shows one [`Session`](crate::session::Session) and holds
//! no logic of its own.

mod depth;
mod errands;
mod full_screen;
pub mod json;
pub mod plain;
mod scale;
mod signals;
mod terminal;
pub mod tui;
mod words;

pub use depth::{Depth, Tone};
pub use errands::{Edited, Errands};
pub use full_screen::{Canvas, FullScreen, is_full_screen};
pub use scale::GradeScale;
pub use signals::{leave_on_signals, leaving_interrupts_to, take_file_limits_for_errors};
pub use terminal::is_enter_pressed;

use crate::model::Now;
use thiserror::Error;

/// The clock of a session: read anew for each answer.
pub type Clock<'a> = &'a dyn Fn() -> Now;

/// Why a session ended before its end. What was graded is on disk.
#[derive(Debug, Error)]
pub enum Ended<E> {
    /// The collection could not be read or written.
    #[error(transparent)]
    Journal(#[from] E),
    /// The screen or the input is gone.
    #[error("the terminal or pipe of this session is gone: {0}")]
    Screen(std::io::Error),
    /// Ctrl-C.
    #[error("interrupted")]
    Interrupted,
}

/// A result of talking to a screen.
fn screen<T, E>(result: std::io::Result<T>) -> Result<T, Ended<E>> {
    result.map_err(Ended::Screen)
}
