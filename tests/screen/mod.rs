//! The program on a terminal: a pseudo-terminal of its own, and the screen that a person would see.
//!
//! A wait ends when the screen shows what is waited for; one that lasts too long fails the test with
//! what is shown instead. The terminal answers no queries: a program has to do without.

mod keys;
mod looks;
mod modes;
mod picture;
mod shapes;
mod terminal;
mod tests;

pub use picture::picture;
pub use terminal::Terminal;

use crate::home::Home;
use portable_pty::{MasterPty, PtySize, SlavePty};
use std::io::Write;
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How long a person waits before they think that a program hangs.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program that draws no more for so long has drawn what it wanted to.
const QUIET: Duration = Duration::from_millis(300);

/// What comes from a terminal.
enum Heard {
    Bytes(Vec<u8>),
    /// The program has ended; with this status, if no signal killed it.
    Ended(Option<i32>),
    /// Nobody holds the other end of the terminal any more.
    Closed,
}

/// A program on a terminal.
pub struct Screen {
    grid: vt100::Parser,
    raw: Vec<u8>,
    heard: Receiver<Heard>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    /// Held until the program has ended: the modes that it leaves could not be read after.
    slave: Option<Box<dyn SlavePty + Send>>,
    /// Tells the reader to let go of the terminal.
    leave: Arc<AtomicBool>,
    process: u32,
    /// The modes of the line before the program began and after it ended.
    modes: Vec<String>,
    status: Option<Option<i32>>,
    closed: bool,
}

impl Screen {
    /// The program on a terminal of so many rows and columns.
    pub fn of(home: &Home, size: (u16, u16), arguments: &[&str]) -> Screen {
        Terminal::of(home).size(size).run(arguments)
    }

    /// Presses keys, by names: `Enter`, `Space`, `Esc`, `PageDown`, `Ctrl-c`, or single characters,
    /// with blanks between.
    #[track_caller]
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.types(&keys::sequence(keys))
    }

    /// Sends this text as it is.
    #[track_caller]
    pub fn types(&mut self, text: &str) -> &mut Self {
        let writer = self.writer.as_mut().unwrap();
        writer.write_all(text.as_bytes()).and_then(|()| writer.flush()).unwrap();
        self
    }

    /// Pastes a text, as a terminal does: marked as such where the program has asked for that.
    #[track_caller]
    pub fn pastes(&mut self, text: &str) -> &mut Self {
        match self.grid.screen().bracketed_paste() {
            true => self.types(&format!("\u{1b}[200~{text}\u{1b}[201~")),
            false => self.types(text),
        }
    }

    /// Waits until the screen shows this; blanks at its end cannot be told.
    #[track_caller]
    pub fn shows(&mut self, text: &str) -> &mut Self {
        let text = text.trim_end();
        self.wait(&format!("{text:?} to show"), |shown| shown.contains(text))
    }

    /// Waits until the screen does not show this.
    #[track_caller]
    pub fn is_gone(&mut self, text: &str) -> &mut Self {
        let text = text.trim_end();
        self.wait(&format!("{text:?} to go"), |shown| !shown.contains(text))
    }

    /// Waits until this is so of the text that the screen shows.
    #[track_caller]
    pub fn until(&mut self, is_so: impl Fn(&str) -> bool) -> &mut Self {
        self.wait("what the test looks for", is_so)
    }

    /// Waits until the screen shows something else than before.
    #[track_caller]
    pub fn changes(&mut self, before: &str) -> &mut Self {
        self.wait("another screen", |shown| shown != before)
    }

    /// Waits until the screen shows this text and no other.
    #[track_caller]
    pub fn is(&mut self, text: &str) -> &mut Self {
        self.wait(&format!("this screen:\n{text}\n"), |shown| shown == text)
    }

    /// Another program writes this over the screen.
    pub fn is_scribbled_over(&mut self, text: &str) -> &mut Self {
        self.grid.process(text.as_bytes());
        self
    }

    /// The text on the screen; without the blanks at the ends of lines, and the empty lines at its
    /// own end.
    pub fn text(&self) -> String {
        let columns = self.size().1;
        let rows: Vec<String> = self.grid.screen().rows(0, columns).collect();
        let lines: Vec<&str> = rows.iter().map(|row| row.trim_end()).collect();
        lines.join("\n").trim_end().to_owned()
    }

    /// The text on the screen, and below it how it looks: `ROW: FIRST-LAST looks "text"`, from 1.
    pub fn looks(&self) -> String {
        looks::told(&self.text(), self.grid.screen())
    }

    /// All that the program has sent.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// What the terminal has been told: its cells, cursor and modes.
    pub fn state(&self) -> &vt100::Screen {
        self.grid.screen()
    }

    /// Gives the terminal another size, and tells the program.
    pub fn resize(&mut self, (rows, columns): (u16, u16)) -> &mut Self {
        let (tall, wide) = (NonZeroU16::new(rows).unwrap(), NonZeroU16::new(columns).unwrap());
        self.grid.screen_mut().set_size(tall, wide);
        self.master.as_ref().unwrap().resize(pty_size((rows, columns))).unwrap();
        self
    }

    /// Sends the program a signal, as `TERM`.
    pub fn signal(&mut self, name: &str) -> &mut Self {
        let process = self.process.to_string();
        let kill = Command::new("kill").args(["-s", name, &process]).status();
        assert!(kill.unwrap().success());
        self
    }

    /// Waits for the end of the program; its status, if no signal killed it.
    #[track_caller]
    pub fn end(&mut self) -> Option<i32> {
        let deadline = Instant::now() + PATIENCE;
        while !self.closed {
            if self.hear(deadline).is_err() {
                self.give_up("the end of the program");
            }
        }
        self.status.unwrap()
    }

    /// Waits for the end of the program, which must have this status and leave the terminal as it
    /// was before it began.
    #[track_caller]
    pub fn ends_as_it_began(&mut self, status: i32) {
        assert_eq!(self.end(), Some(status), "{}", self.text());
        assert_eq!(self.modes[0], self.modes[1], "the modes of the terminal");
        assert_eq!(modes::left_on(&self.raw), Vec::<String>::new(), "what is left on");
        let fresh = vt100::Parser::default();
        let attributes = self.grid.screen().attributes_formatted();
        assert_eq!(attributes, fresh.screen().attributes_formatted());
    }

    /// The terminal vanishes, as when its window is closed. The status of the program.
    #[track_caller]
    pub fn hang_up(mut self) -> Option<i32> {
        self.leave.store(true, Ordering::Release);
        let master = self.master.take().unwrap();
        let tty = master.tty_name().unwrap();
        // Else the writer would type the key that ends an input, which quits, when it goes.
        let no_end = Command::new("stty").arg("-F").arg(&tty).args(["eof", "undef"]).status();
        assert!(no_end.unwrap().success());
        self.writer.take();
        drop(master);
        // The reader holds the terminal, too: one byte more, and it sees that it is to leave. If it
        // has left already there is no terminal to write to.
        let _ = std::fs::write(tty, "\0");
        let deadline = Instant::now() + PATIENCE;
        while self.status.is_none() {
            if self.hear(deadline).is_err() {
                self.give_up("the end of the program without a terminal");
            }
        }
        self.status.unwrap()
    }

    fn size(&self) -> (u16, u16) {
        let (rows, columns) = self.grid.screen().size();
        (rows.get(), columns.get())
    }

    #[track_caller]
    fn wait(&mut self, what: &str, is_so: impl Fn(&str) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // What has come is read first: the screen that counts is the newest.
            while self.hear(Instant::now()).is_ok() {}
            let so = is_so(&self.text());
            if so && (self.is_whole() || self.status.is_some()) {
                return self;
            }
            let until = if so { deadline.min(Instant::now() + QUIET) } else { deadline };
            match self.hear(until) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) if so => return self,
                Err(_) => self.give_up(what),
            }
        }
    }

    /// Whether a drawing is at its end. A full screen ends each with the cursor, which it hides or
    /// puts in its place.
    fn is_whole(&self) -> bool {
        if !self.grid.screen().alternate_screen() {
            return true;
        }
        let mut sequences = self.raw.rsplit(|byte| *byte == 0x1b).peekable();
        sequences.next_if(|last| last == b"[?2026l");
        match sequences.next() {
            Some(b"[?25l" | b"[?25h") => true,
            Some(place) => place.ends_with(b"H") && sequences.next() == Some(b"[?25h"),
            None => false,
        }
    }

    /// Takes what the terminal says next.
    fn hear(&mut self, deadline: Instant) -> Result<(), RecvTimeoutError> {
        let left = deadline.saturating_duration_since(Instant::now());
        match self.heard.recv_timeout(left)? {
            Heard::Bytes(bytes) => {
                self.grid.process(&bytes);
                self.raw.extend(bytes);
            }
            Heard::Ended(status) => {
                self.status = Some(status);
                self.modes.extend(self.master.as_deref().map(modes::of));
                self.slave.take();
            }
            Heard::Closed => self.closed = true,
        }
        Ok(())
    }

    #[track_caller]
    fn give_up(&self, waited_for: &str) -> ! {
        let ended = match self.status {
            Some(status) => format!(" and the program ended with {status:?}"),
            None => String::new(),
        };
        panic!("waited for {waited_for}{ended}; the screen shows:\n{}\n", self.text());
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if self.status.is_none() {
            // The terminal goes with it, so the threads that listen end, too.
            let _ = Command::new("kill").args(["-KILL", &self.process.to_string()]).status();
        }
    }
}

fn pty_size((rows, cols): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}
