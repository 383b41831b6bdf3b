use crate::journal::EntryKind;
use crate::simulator::Simulator;

/// How often things happened since the start: what [`Simulator::counts`] gives. Unlike the journal it
/// forgets nothing, and is cheap to ask for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Counts {
    /// Gateway connections opened.
    pub connected: u64,
    /// Sessions made by IDENTIFY.
    pub identified: u64,
    /// IDENTIFYs refused.
    pub identify_refused: u64,
    /// Sessions resumed.
    pub resumed: u64,
    /// RESUMEs refused.
    pub resume_refused: u64,
    /// Events made for sessions, whether or not a connection was there to carry them.
    pub dispatches: u64,
    /// Frames written to clients, without those that a test gave as they are.
    pub frames_sent: u64,
    /// Frames that clients sent.
    pub frames_received: u64,
    /// Connections closed by the simulator with a close frame.
    pub closed: u64,
    /// HTTP requests answered.
    pub requests: u64,
    /// HTTP requests that were refused: answered with 400 or more.
    pub refused: u64,
    /// Scripted faults that took effect.
    pub faults: u64,
}

impl Counts {
    pub(crate) fn note(&mut self, kind: &EntryKind) {
        let count = match kind {
            EntryKind::Connected { .. } => &mut self.connected,
            EntryKind::Identified { .. } => &mut self.identified,
            EntryKind::IdentifyRefused { .. } => &mut self.identify_refused,
            EntryKind::ResumeAsked { accepted: true, .. } => &mut self.resumed,
            EntryKind::ResumeAsked { .. } => &mut self.resume_refused,
            EntryKind::Dispatch { .. } => &mut self.dispatches,
            EntryKind::ServerFrame { .. } => &mut self.frames_sent,
            EntryKind::ClientFrame { .. } => &mut self.frames_received,
            EntryKind::ServerClosed { .. } => &mut self.closed,
            EntryKind::FaultPlayed { .. } => &mut self.faults,
            EntryKind::Http { status, .. } => {
                self.refused += u64::from(*status >= 400);
                &mut self.requests
            }
            _ => return,
        };
        *count += 1;
    }
}

impl Simulator {
    /// How often things happened so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.core.lock().journal.counts()
    }
}
