//! Waiting for another process to finish writing.

use rusqlite::Connection;
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

/// How long a wait lasts at most.
pub(in crate::store) const PATIENCE: Duration = Duration::from_secs(5);

/// How long one lasts before a person is told what is waited for.
const SILENCE: Duration = Duration::from_secs(1);

/// From one try to the next.
const STEP: Duration = Duration::from_millis(10);

/// SQLite takes a function that knows nothing but how often it was called.
static TELL: OnceLock<Box<dyn Fn() + Send + Sync>> = OnceLock::new();

/// From now on this is called once in each wait for another process that is not over in a second.
/// To call it again changes nothing.
pub fn tell_of_waits(tell: impl Fn() + Send + Sync + 'static) {
    let _ = TELL.set(Box::new(tell));
}

/// Has a connection wait for other processes, and tell of it.
pub(super) fn be_patient(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_handler(Some(wait))
}

/// Waits a little, after so many tries; whether to try again.
fn wait(tries: i32) -> bool {
    let waited = STEP * u32::try_from(tries).unwrap_or(u32::MAX);
    if waited == SILENCE
        && let Some(tell) = TELL.get()
    {
        tell();
    }
    let goes_on = waited < PATIENCE;
    if goes_on {
        sleep(STEP);
    }
    goes_on
}
