//! The full screen of a terminal, which is left as it was whatever happens.

use crate::frontend::signals::leave_on_signals;
use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::queue;
use crossterm::style::ResetColor;
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::SIGCONT;
use signal_hook::iterator::Signals;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::Duration;

/// The terminal while its full screen is on. Beside stdout, which a session has locked: a signal
/// or a panic in any thread has to reach it.
static ON: Mutex<Option<File>> = Mutex::new(None);

/// The full screen of the terminal, without a cursor; keys come one by one, and what is pasted
/// comes as one. It is left when this goes, by a panic, and by a signal that ends the program.
#[derive(Debug)]
pub struct FullScreen(());

impl FullScreen {
    /// Enters it.
    ///
    /// # Errors
    /// If stdout is no terminal, or it is gone.
    pub fn enter() -> io::Result<Self> {
        leave_on_signals()?;
        leave_before_a_panic_is_told();
        // It is left again if it is entered by half.
        let screen = FullScreen(());
        enter()?;
        Ok(screen)
    }

    /// What is drawn on, as often as it is wanted.
    pub fn canvas(&self) -> Canvas {
        Canvas { drawn: Vec::new() }
    }

    /// Leaves it while another program has the terminal, and enters it again. What was drawn is
    /// gone then.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn lend<T>(&self, program: impl FnOnce() -> T) -> io::Result<T> {
        leave()?;
        let ended = program();
        enter()?;
        Ok(ended)
    }

    /// Stops the program as Ctrl-Z does, with the terminal as it was, and enters the screen again
    /// when it goes on. What was drawn is gone then.
    ///
    /// # Errors
    /// If the terminal is gone.
    pub fn stop(&self) -> io::Result<()> {
        self.lend(stop_and_go_on)?
    }
}

impl Drop for FullScreen {
    fn drop(&mut self) {
        let _ = leave();
    }
}

/// Takes what is drawn and puts it on the full screen at once when it is flushed; nowhere, if that
/// was left.
#[derive(Debug)]
pub struct Canvas {
    drawn: Vec<u8>,
}

impl Write for Canvas {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.drawn.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let put = on().as_mut().map_or(Ok(()), |terminal| terminal.write_all(&self.drawn));
        self.drawn.clear();
        put
    }
}

/// Stops the program and waits until it goes on.
fn stop_and_go_on() -> io::Result<()> {
    let mut goes_on = Signals::new([SIGCONT])?;
    // The whole group, as the terminal would: a script that waits for kata stops with it.
    kill_current_process_group(Signal::TSTP)?;
    // If another thread takes the signal this one runs on for a moment. Where there is no shell to
    // have the program go on, it is not stopped at all.
    for _ in 0..20 {
        if goes_on.pending().next().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok(())
}

/// Whether it is there: what is written to stderr would spoil it.
pub fn is_full_screen() -> bool {
    on().is_some()
}

fn on() -> MutexGuard<'static, Option<File>> {
    ON.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Enters the full screen; if it is on, nothing.
fn enter() -> io::Result<()> {
    let mut on = on();
    if on.is_some() {
        return Ok(());
    }
    let terminal = File::from(io::stdout().as_fd().try_clone_to_owned()?);
    let mut words = Vec::new();
    queue!(words, EnterAlternateScreen, EnableBracketedPaste, Hide)?;
    queue!(words, Clear(ClearType::All), MoveTo(0, 0))?;
    enable_raw_mode()?;
    on.insert(terminal).write_all(&words)
}

/// Leaves the full screen; if it is not on, nothing.
fn leave() -> io::Result<()> {
    leave_it(&mut on())
}

fn leave_it(on: &mut Option<File>) -> io::Result<()> {
    let Some(mut terminal) = on.take() else { return Ok(()) };
    let mut words = Vec::new();
    queue!(words, ResetColor, DisableBracketedPaste, LeaveAlternateScreen, Show)?;
    terminal.write_all(&words).and(disable_raw_mode())
}

/// Leaves the full screen, if it is on, for a program that ends at once: it is not entered or
/// drawn on again.
pub(super) fn leave_for_good() {
    let mut on = on();
    let _ = leave_it(&mut on);
    // Held to the end.
    std::mem::forget(on);
}

/// Has a panic leave the full screen before its message is told.
fn leave_before_a_panic_is_told() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let tell = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let _ = leave();
            tell(panic);
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frontend::leaving_interrupts_to;
    use rexpect::session::{PtySession, spawn_command};
    use std::process::Command;

    const ENTERED: &str = "\x1b[?1049h";
    const LEFT: &str = "\x1b[?1049l\x1b[?25h";

    /// A shell on a terminal of its own that runs this file's `a_session` and says how it ended,
    /// and whether the terminal's modes are those that it had before.
    fn shell(options: &str, session: &str, then: &str) -> PtySession {
        let mut shell = Command::new("sh");
        shell.args(options.split_whitespace()).arg("-c").arg(format!(
            "trap : INT; modes=$(stty -g); {} --ignored --exact --nocapture --test-threads=1 \
             frontend::full_screen::tests::a_session; echo \"status $?\"; {then} \
             [ \"$(stty -g)\" = \"$modes\" ] && echo as before",
            std::env::current_exe().unwrap().to_str().unwrap()
        ));
        shell.env("SESSION", session);
        spawn_command(shell, Some(20_000)).unwrap()
    }

    #[test]
    #[ignore = "the other tests run it on a terminal"]
    fn a_session() {
        let session = std::env::var("SESSION").unwrap();
        let _locked = io::stdout().lock();
        let screen = FullScreen::enter().unwrap();
        let mut canvas = screen.canvas();
        let mut draw = |text: &str| {
            canvas.write_all(text.as_bytes()).unwrap();
            canvas.flush().unwrap();
        };
        draw(&format!("pid {}.", std::process::id()));
        match session.as_str() {
            "panic" => panic!("oh no"),
            "lend" => {
                let editor = || {
                    draw("not to be seen");
                    let mut editor = Command::new("sh");
                    editor.args(["-c", "echo editor; read a"]);
                    leaving_interrupts_to(|| editor.status())
                };
                assert!(!screen.lend(editor).unwrap().unwrap().success());
                draw("again");
            }
            "stop" => {
                screen.stop().unwrap();
                draw("again");
            }
            "wait" => std::thread::sleep(Duration::from_secs(20)),
            _ => {}
        }
    }

    fn send(signal: &str, process: &str) {
        assert!(Command::new("kill").args([signal, process]).status().unwrap().success());
    }

    fn pid(terminal: &mut PtySession) -> String {
        terminal.exp_string("pid ").unwrap();
        terminal.exp_string(".").unwrap()
    }

    #[test]
    fn the_terminal_is_as_before_when_it_is_left() {
        let mut terminal = shell("", "short", "");
        terminal.exp_string(ENTERED).unwrap();
        pid(&mut terminal);
        terminal.exp_string(LEFT).unwrap();
        let rest = terminal.exp_eof().unwrap();
        assert!(rest.contains("status 0") && rest.contains("as before"), "{rest}");
    }

    #[test]
    fn a_panic_is_told_after_it_is_left() {
        let mut terminal = shell("", "panic", "");
        terminal.exp_string(LEFT).unwrap();
        terminal.exp_string("oh no").unwrap();
        let rest = terminal.exp_eof().unwrap();
        assert!(rest.contains("as before") && !rest.contains(LEFT), "{rest}");
    }

    #[test]
    fn a_signal_leaves_it_while_stdout_is_locked() {
        for signal in ["-TERM", "-HUP", "-INT", "-QUIT"] {
            let mut terminal = shell("", "wait", "");
            let process = pid(&mut terminal);
            send(signal, &process);
            terminal.exp_string(LEFT).unwrap();
            let rest = terminal.exp_eof().unwrap();
            assert!(rest.contains("status 130") && rest.contains("as before"), "{rest}");
        }
    }

    #[test]
    fn a_program_that_it_is_lent_to_has_the_interrupts() {
        let mut terminal = shell("", "lend", "");
        terminal.exp_string(LEFT).unwrap();
        terminal.exp_string("editor").unwrap();
        terminal.send_control('c').unwrap();
        let seen = terminal.exp_string("again").unwrap();
        assert!(seen.contains(ENTERED) && !seen.contains("not to be seen"), "{seen}");
        let rest = terminal.exp_eof().unwrap();
        assert!(rest.contains("as before"), "{rest}");
    }

    #[test]
    fn it_is_left_while_the_program_is_stopped_and_entered_again_when_it_goes_on() {
        let mut terminal = shell("-m", "stop", "echo stopped; fg; ");
        terminal.exp_string(LEFT).unwrap();
        terminal.exp_string("stopped").unwrap();
        terminal.exp_string(ENTERED).unwrap();
        terminal.exp_string("again").unwrap();
        terminal.exp_string(LEFT).unwrap();
        let rest = terminal.exp_eof().unwrap();
        assert!(rest.contains("as before"), "{rest}");
    }
}
