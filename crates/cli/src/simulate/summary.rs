//! What was seen, at the end.

use std::{
    io::{self, Write},
    time::Duration,
};

use polycord_simulator::Counts;

pub(super) fn tell(out: &mut dyn Write, ran: Duration, counts: Counts) -> io::Result<()> {
    writeln!(
        out,
        "ran for {}.{} s",
        ran.as_secs(),
        ran.subsec_millis() / 100
    )?;
    let rows = [
        (
            counts.connected,
            "connections",
            Some((counts.closed, "closed by the simulator")),
        ),
        (
            counts.identified,
            "sessions started",
            Some((counts.identify_refused, "refused")),
        ),
        (
            counts.resumed,
            "sessions resumed",
            Some((counts.resume_refused, "refused")),
        ),
        (counts.dispatches, "events", None),
        (counts.frames_sent, "frames sent", None),
        (counts.frames_received, "frames received", None),
        (
            counts.requests,
            "requests",
            Some((counts.refused, "refused")),
        ),
        (counts.faults, "faults", None),
    ];
    for (count, what, detail) in rows {
        write!(out, "{count:>10} {what}")?;
        match detail {
            Some((count, what)) if count > 0 => writeln!(out, ", {count} {what}")?,
            _ => writeln!(out)?,
        }
    }
    Ok(())
}
