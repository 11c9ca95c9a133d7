//! Signals: they end kata with the terminal as it was.

use crate::frontend::full_screen;
use crossterm::terminal::disable_raw_mode;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXFSZ};
use signal_hook::iterator::{Handle, Signals};
use std::io;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// Exit status of a program that was interrupted.
const INTERRUPTED: i32 = 130;

/// How long a terminal has to take the last words: one that takes nothing keeps nobody alive.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// What ends kata by now.
static LISTENERS: Mutex<Listeners> = Mutex::new(Listeners { ends: None, interrupts: None });

struct Listeners {
    /// A termination or a hang-up.
    ends: Option<Listener>,
    /// What a person types: Ctrl-C and Ctrl-\.
    interrupts: Option<Listener>,
}

/// From now on an interrupt, a termination or a hang-up ends the program with the terminal as it
/// was. Nothing graded is lost: each answer is on disk, and a write that is cut off is undone by
/// the database. To call it again changes nothing.
///
/// # Errors
/// If the system refuses.
pub fn leave_on_signals() -> io::Result<()> {
    let mut listeners = listeners();
    if listeners.ends.is_none() {
        listeners.ends = Some(Listener::to(&[SIGTERM, SIGHUP])?);
    }
    if listeners.interrupts.is_none() {
        listeners.interrupts = Some(Listener::to(&[SIGINT, SIGQUIT])?);
    }
    Ok(())
}

/// From now on a write beyond the largest file that is allowed (`ulimit -f`) is an error, as on a full
/// disk, and does not end the program.
pub fn take_file_limits_for_errors() {
    #[cfg(unix)]
    let _ = signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
}

/// Waits for a program that has the terminal: Ctrl-C and Ctrl-\ there are its own and do not end
/// kata. A termination or a hang-up does.
///
/// # Errors
/// If the system refuses, or what the program came to.
pub fn leaving_interrupts_to<T>(program: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    leave_on_signals()?;
    // Nobody listens meanwhile: what comes late, when the program has ended by it, is lost too.
    let interrupts = listeners().interrupts.take();
    interrupts.into_iter().for_each(Listener::end);
    let ended = program();
    leave_on_signals()?;
    ended
}

fn listeners() -> MutexGuard<'static, Listeners> {
    LISTENERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A thread that ends the program when one of some signals comes.
struct Listener {
    handle: Handle,
    thread: JoinHandle<()>,
}

impl Listener {
    fn to(signals: &[i32]) -> io::Result<Self> {
        let mut signals = Signals::new(signals)?;
        let handle = signals.handle();
        let listen = move || {
            if signals.forever().next().is_some() {
                leave();
            }
        };
        Ok(Listener { handle, thread: thread::Builder::new().spawn(listen)? })
    }

    /// Stops listening. The signals do nothing from now on.
    fn end(self) {
        self.handle.close();
        let _ = self.thread.join();
    }
}

/// Ends the program with the terminal as it was.
fn leave() -> ! {
    // The modes first: that never has to wait.
    let _ = disable_raw_mode();
    let (left, is_left) = mpsc::channel();
    thread::spawn(move || {
        full_screen::leave_for_good();
        let _ = left.send(());
    });
    let _ = is_left.recv_timeout(LAST_WORDS);
    std::process::exit(INTERRUPTED)
}
