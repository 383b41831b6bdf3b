use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

/// Nothing is shown before, so that short work stays quiet.
const PATIENCE: Duration = Duration::from_secs(1);
const INTERVAL: Duration = Duration::from_millis(200);

/// Shows on a terminal how far long work is.
#[derive(Debug)]
pub(super) struct Progress {
    enabled: bool,
    next: Instant,
    shown: bool,
}

impl Progress {
    /// It stays out of the way of what is printed on the same terminal.
    pub(super) fn new(prints_each: bool) -> Self {
        let shares = prints_each && io::stdout().is_terminal();
        Self {
            enabled: io::stderr().is_terminal() && !shares,
            next: Instant::now() + PATIENCE,
            shown: false,
        }
    }

    /// Shows the state now and then; `total` is the size of the file, where it has one.
    pub(super) fn update(&mut self, file: &str, read: u64, total: Option<u64>, inputs: u64) {
        if !self.enabled || Instant::now() < self.next {
            return;
        }
        self.next = Instant::now() + INTERVAL;
        self.shown = true;
        let of = total.map_or_else(String::new, |total| format!(" of {}", megabytes(total)));
        // A progress that cannot be written is no reason to stop.
        let _ = write!(
            io::stderr(),
            "\r\u{1b}[K{file}: {}{of} MB, {inputs} objects",
            megabytes(read)
        );
    }

    /// Takes it off the screen.
    pub(super) fn clear(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
            self.shown = false;
        }
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{}", bytes / 1_000_000, bytes / 100_000 % 10)
}
