//! Single keys of a terminal.

use crate::frontend::signals::leave_on_signals;
use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use std::io;

/// Waits for one key, and tells whether it is Enter.
///
/// # Errors
/// If the terminal is gone.
pub fn is_enter_pressed() -> io::Result<bool> {
    leave_on_signals()?;
    Ok(press()?.code == KeyCode::Enter)
}

/// Waits for any key.
fn press() -> io::Result<KeyEvent> {
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
        match crossterm::event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => return Ok(key),
            _ => {}
        }
    }
}
