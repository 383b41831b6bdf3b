//! What is going on, in one line.

use std::{
    fmt::Write as _,
    io::{self, IsTerminal, Write},
    time::Duration,
};

use polycord_simulator::Counts;

/// A line that is written over and over on a terminal, and a new one now and then elsewhere.
#[derive(Debug)]
pub(super) struct Line {
    is_terminal: bool,
    before: Counts,
    told: Duration,
}

/// How often a line is written where lines stay.
const SELDOM: Duration = Duration::from_secs(10);

impl Line {
    pub(super) fn new() -> Self {
        Self {
            is_terminal: io::stderr().is_terminal(),
            before: Counts::default(),
            told: Duration::ZERO,
        }
    }

    /// Tells how it goes; `ran` is how long the simulator has been running.
    pub(super) fn update(&mut self, ran: Duration, connections: usize, now: Counts) {
        let since = ran.saturating_sub(self.told);
        if !self.is_terminal && since < SELDOM {
            return;
        }
        let text = line(ran, connections, per_second(&self.before, &now, since), now);
        (self.before, self.told) = (now, ran);
        // A line that cannot be written is no reason to stop.
        let _ = if self.is_terminal {
            write!(io::stderr(), "\r\u{1b}[K{text}")
        } else {
            writeln!(io::stderr(), "{text}")
        };
    }

    /// Takes the line off the screen.
    pub(super) fn clear(&self) {
        if self.is_terminal {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

fn per_second(before: &Counts, now: &Counts, since: Duration) -> u64 {
    let events = u128::from(now.dispatches - before.dispatches.min(now.dispatches));
    let per_second = events * 1_000 / since.as_millis().max(1);
    u64::try_from(per_second).unwrap_or(u64::MAX)
}

fn line(ran: Duration, connections: usize, per_second: u64, counts: Counts) -> String {
    let seconds = ran.as_secs();
    let plural = if connections == 1 { "" } else { "s" };
    let mut text = format!(
        "{:02}:{:02}:{:02}  {connections} connection{plural}  {per_second} events/s  {} requests",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60,
        counts.requests
    );
    let others = [
        ("refused", counts.refused),
        ("resumes", counts.resumed),
        ("faults", counts.faults),
    ];
    for (what, count) in others.into_iter().filter(|(_, count)| *count > 0) {
        // A string takes everything.
        let _ = write!(text, "  {count} {what}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_many_events_there_were_since_the_last() {
        let mut counts = Counts::default();
        counts.dispatches = 5_000;
        counts.faults = 3;
        let second = Duration::from_secs(2);
        assert_eq!(per_second(&Counts::default(), &counts, second), 2_500);
        let text = line(Duration::from_secs(3_725), 1, 2_500, counts);
        assert_eq!(
            text,
            "01:02:05  1 connection  2500 events/s  0 requests  3 faults"
        );
    }
}
