//! The terminal that is drawn on, and what happens at it.

use crate::frontend::FullScreen;
use crate::frontend::full_screen::Canvas;
use crossterm::event::{Event, KeyEvent, KeyEventKind};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use std::io;
use std::time::Duration;

/// A full screen with what stands on it.
pub(super) struct Stage {
    screen: FullScreen,
    terminal: Terminal<CrosstermBackend<Canvas>>,
}

/// What a person does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Happening {
    Key(KeyEvent),
    Paste(String),
    /// The screen has another size, or what stands on it is to be drawn anew.
    Resize,
}

impl Stage {
    /// Enters the full screen. It is left when the stage goes.
    pub(super) fn enter() -> io::Result<Self> {
        let screen = FullScreen::enter()?;
        let terminal = Terminal::new(CrosstermBackend::new(screen.canvas()))?;
        Ok(Stage { screen, terminal })
    }

    /// How large it is.
    pub(super) fn area(&mut self) -> io::Result<Rect> {
        Ok(self.terminal.get_frame().area())
    }

    /// Draws; only what differs from what stands there is sent.
    pub(super) fn draw(
        &mut self,
        draw: impl FnOnce(Rect, &mut Buffer) -> Option<Position>,
    ) -> io::Result<()> {
        self.terminal.draw(|frame| {
            let cursor = draw(frame.area(), frame.buffer_mut());
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        })?;
        Ok(())
    }

    /// Whether something has happened already that nobody has heard of.
    pub(super) fn is_waiting(&self) -> io::Result<bool> {
        // With no time at all it does not look.
        crossterm::event::poll(Duration::from_millis(1))
    }

    /// Waits for what happens next.
    pub(super) fn next(&mut self) -> io::Result<Happening> {
        loop {
            return Ok(match crossterm::event::read()? {
                Event::Key(key) if key.kind != KeyEventKind::Release => Happening::Key(key),
                Event::Paste(text) => Happening::Paste(text),
                Event::Resize(..) => {
                    // A terminal may have cut off what stood there, and have its old size again.
                    self.forget()?;
                    Happening::Resize
                }
                _ => continue,
            });
        }
    }

    /// Lends the terminal to another program.
    pub(super) fn lend<T>(&mut self, program: impl FnOnce() -> T) -> io::Result<T> {
        let ended = self.screen.lend(program)?;
        self.forget()?;
        Ok(ended)
    }

    /// Stops kata, as Ctrl-Z does, until it is continued.
    pub(super) fn stop(&mut self) -> io::Result<()> {
        self.screen.stop()?;
        self.forget()
    }

    /// Draws all of it anew the next time.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        // Unlike `clear` it does not ask the terminal where the cursor is: that would wait for an
        // answer, and take keys for one.
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::from((Position::ORIGIN, size)))
    }
}
