//! The log of a test, which has the process to itself meanwhile.

use tokio::sync::Mutex;
use tracing::{Level, subscriber::DefaultGuard};

use crate::lines::Lines;

/// Held by a test from its first line of log to its last.
///
/// Whether a line is wanted is asked once in a process, and while there is one subscriber, only of the thread
/// that comes to the line first: a test that does not listen yet would switch it off for one that does.
pub(crate) static TURN: Mutex<()> = Mutex::const_new(());

/// Writes what this thread logs from now on, until the guard is dropped.
pub(crate) fn listen(lines: &Lines, level: Level) -> DefaultGuard {
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_ansi(false)
        .without_time()
        .with_writer(move || writer.clone())
        .finish();
    tracing::subscriber::set_default(subscriber)
}
