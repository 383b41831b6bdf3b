//! What the server saw: the evidence that assertions are made from.

use std::{collections::BTreeSet, time::Duration};

use polycord_simulator::{Entry, EntryKind};

use crate::{
    recorder::Handled,
    rig::{Rig, resumable},
};

impl Rig {
    /// What `pick` takes from the entries of the journal.
    pub(crate) fn journal<T>(&self, pick: impl Fn(&Entry) -> Option<T>) -> Vec<T> {
        self.sim.journal().iter().filter_map(pick).collect()
    }

    /// Path and query of every connection made.
    pub(crate) fn dialled(&self) -> Vec<String> {
        self.journal(|entry| match &entry.kind {
            EntryKind::Connected { path } => Some(path.clone()),
            _ => None,
        })
    }

    /// The times at which connections were opened.
    pub(crate) fn opened(&self) -> Vec<Duration> {
        self.journal(|entry| match &entry.kind {
            EntryKind::Connected { .. } => Some(entry.at),
            _ => None,
        })
    }

    /// The times at which upgrades were refused.
    pub(crate) fn refused(&self) -> Vec<Duration> {
        self.journal(|entry| match &entry.kind {
            EntryKind::UpgradeRefused { .. } => Some(entry.at),
            _ => None,
        })
    }

    /// The close frames of the client: when, and with which code.
    pub(crate) fn client_closes(&self) -> Vec<(Duration, Option<u16>)> {
        self.journal(|entry| match &entry.kind {
            EntryKind::ClientClosed { code } => Some((entry.at, *code)),
            _ => None,
        })
    }

    /// The close frames of the server: when, and with which code.
    pub(crate) fn server_closes(&self) -> Vec<(Duration, u16)> {
        self.journal(|entry| match &entry.kind {
            EntryKind::ServerClosed { code, .. } => Some((entry.at, *code)),
            _ => None,
        })
    }

    /// The times at which the client sent frames with this opcode.
    pub(crate) fn client_frames(&self, opcode: u64) -> Vec<Duration> {
        self.journal(|entry| match &entry.kind {
            EntryKind::ClientFrame { op: Some(op), .. } if *op == opcode => Some(entry.at),
            _ => None,
        })
    }

    /// The opcodes of what the client sent on a connection, counted from 1.
    pub(crate) fn frames_on(&self, connection: u64) -> Vec<u64> {
        self.journal(|entry| match &entry.kind {
            EntryKind::ClientFrame { op, .. } if entry.connection == Some(connection) => *op,
            _ => None,
        })
    }

    /// The times at which the server sent frames with this opcode.
    pub(crate) fn server_frames(&self, opcode: u64) -> Vec<Duration> {
        self.journal(|entry| match &entry.kind {
            EntryKind::ServerFrame { op, .. } if *op == opcode => Some(entry.at),
            _ => None,
        })
    }

    /// The sessions made, in order.
    pub(crate) fn sessions(&self) -> Vec<String> {
        self.journal(|entry| match &entry.kind {
            EntryKind::Identified { session, .. } => Some(session.clone()),
            _ => None,
        })
    }

    /// Session and sequence number of every RESUME.
    pub(crate) fn resumes_asked(&self) -> Vec<(String, u64)> {
        self.journal(|entry| match &entry.kind {
            EntryKind::ResumeAsked { session, seq, .. } => Some((session.clone(), *seq)),
            _ => None,
        })
    }

    /// Asserts how many IDENTIFYs and RESUMEs the server saw, and that the client has ended no session
    /// by closing.
    #[track_caller]
    pub(crate) fn assert_starts(&self, identifies: usize, resumes: usize) {
        let saw = (self.sim.identifies(), self.sim.resumes());
        assert_eq!(saw, (identifies, resumes), "{}", self.sim.journal());
        let closes = self.client_closes();
        assert!(
            closes.iter().all(|(_, code)| resumable(*code)),
            "{closes:?}"
        );
    }

    /// Waits until everything the simulator made for its sessions has been handled, and asserts that
    /// each was handled once, in order, and could be decoded.
    pub(crate) async fn assert_nothing_lost(&self) {
        let last = self.sim.sent_dispatches().len() as u64;
        self.wait(|status| status.counters.dispatches >= last).await;
        // The recorder's task runs before time can pass.
        self.pass(Duration::from_millis(1)).await;
        let handled = self.seen.handled();
        self.assert_all_in(&handled);
        let unreadable: Vec<_> = handled.iter().filter(|it| !it.decoded).collect();
        assert!(unreadable.is_empty(), "{unreadable:?}");
    }

    /// Asserts that what was handled is everything that the simulator made, each once and in order.
    #[track_caller]
    pub(crate) fn assert_all_in(&self, handled: &[Handled]) {
        let keys: Vec<_> = handled
            .iter()
            .map(|it| (it.session.clone(), it.seq))
            .collect();
        let unique: BTreeSet<_> = keys.iter().cloned().collect();
        assert_eq!(keys.len(), unique.len(), "an event was handled twice");
        for pair in keys.windows(2) {
            let ((before, first), (after, second)) = (&pair[0], &pair[1]);
            assert!(
                before != after || first < second,
                "out of order: {first}, {second}"
            );
        }
        for sent in self.sim.sent_dispatches() {
            assert!(
                unique.contains(&(sent.session.clone(), sent.seq)),
                "{sent:?} was lost; the journal:\n{}",
                self.sim.journal()
            );
        }
    }
}
