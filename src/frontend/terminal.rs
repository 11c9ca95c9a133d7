//! The terminal: single keys where there is one, and left as it was whatever happens.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io;

/// Exit status of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// What a person said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// A line, or a key.
    Text(String),
    /// The end of the input.
    End,
    /// Ctrl-C.
    Interrupt,
}

/// Waits for one key. Enter and space are texts of their own: `"\n"` and `" "`.
pub(super) fn key() -> io::Result<Said> {
    // Raw only while it waits: whatever prints, or ends the program, finds the terminal as it was.
    struct Raw;
    impl Drop for Raw {
        fn drop(&mut self) {
            let _ = disable_raw_mode();
        }
    }
    enable_raw_mode()?;
    let _raw = Raw;
    loop {
        let Event::Key(KeyEvent { code, modifiers, kind, .. }) = crossterm::event::read()? else {
            continue;
        };
        if kind == KeyEventKind::Release {
            continue;
        }
        let control = modifiers.contains(KeyModifiers::CONTROL);
        return Ok(match code {
            KeyCode::Char('c') if control => Said::Interrupt,
            KeyCode::Char('d') if control => Said::End,
            KeyCode::Char(c) if !control => Said::Text(c.to_string()),
            KeyCode::Enter => Said::Text("\n".to_owned()),
            _ => continue,
        });
    }
}

/// From now on an interrupt, a termination or a hang-up ends the program with the terminal as it
/// was. Nothing graded is lost: each answer is on disk, and a write that is cut off is undone by
/// the database.
///
/// # Errors
/// If the system refuses.
pub fn leave_on_signals() -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP])?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            let _ = disable_raw_mode();
            std::process::exit(INTERRUPTED);
        }
    });
    Ok(())
}
