//! What happened: the lines of the journal, and what the server saw.

use std::time::Duration;

use polycord_gateway::{
    CommandError, CommandId, DisconnectCause, LossReason, Moment, Protocol, SessionEvent,
    StopReason,
};
use serde_json::Value;

use crate::rig::Rig;

/// One line of the journal.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Entry {
    Acquire,
    Close(Option<u16>),
    Connect {
        url: String,
        resuming: bool,
    },
    Dispatch {
        seq: Option<u64>,
        name: String,
        data: String,
        replayed: bool,
    },
    Event(SessionEvent),
    Failed(Option<CommandId>, CommandError),
    Return,
    Sent {
        op: u64,
        data: Value,
        command: Option<CommandId>,
    },
    Spend,
    Stopped(StopReason),
}

impl<P: Protocol> Rig<P> {
    pub(crate) fn sent(&self, op: u64) -> Vec<(Moment, Value)> {
        let of = |(at, entry): &(Moment, Entry)| match entry {
            Entry::Sent { op: sent, data, .. } if *sent == op => Some((*at, data.clone())),
            _ => None,
        };
        self.journal.iter().filter_map(of).collect()
    }

    /// When the server was told this, and what.
    pub(crate) fn heard(&self, op: u64) -> Vec<(Moment, Value)> {
        let of =
            |(at, heard, data): &(Moment, u64, Value)| (*heard == op).then(|| (*at, data.clone()));
        self.peer.heard.iter().filter_map(of).collect()
    }

    /// The IDENTIFYs that the server saw.
    pub(crate) fn identifies(&self) -> usize {
        self.heard(self.peer.words.identify).len()
    }

    /// The RESUMEs that the server saw.
    pub(crate) fn resumes(&self) -> usize {
        self.heard(self.peer.words.resume).len()
    }

    /// RESUMEs and IDENTIFYs that the server saw.
    pub(crate) fn asked(&self) -> (usize, usize) {
        (self.resumes(), self.identifies())
    }

    /// How the server saw the client leave.
    pub(crate) fn left(&self) -> Vec<Option<u16>> {
        self.peer.left.iter().map(|(_, code)| *code).collect()
    }

    /// How the dialect leaves a session that it wants back.
    pub(crate) fn resumably(&self) -> Option<u16> {
        self.session.protocol().rules().leave_resumably.code()
    }

    /// Of the events of the server's session, those from `first` on were handed on, each once and in order.
    pub(crate) fn assert_complete_from(&self, first: u64) {
        let repeated =
            |name: &str| self.peer.words.resumed_repeats && name == self.peer.words.resumed;
        let of = |(_, entry): &(Moment, Entry)| match entry {
            Entry::Dispatch {
                seq: Some(seq),
                name,
                ..
            } if !repeated(name) => Some((*seq, name.clone())),
            _ => None,
        };
        let handed_on: Vec<_> = self.journal.iter().filter_map(of).collect();
        let sent: Vec<_> = (1..)
            .zip(&self.peer.log)
            .filter(|(seq, _)| *seq >= first)
            .map(|(seq, name)| (seq, name.clone()))
            .collect();
        assert_eq!(handed_on.len(), sent.len(), "events handed on and sent");
        assert!(handed_on == sent, "the events are those that were sent");
    }

    pub(crate) fn count(&self, of: impl Fn(&Entry) -> bool) -> usize {
        self.journal.iter().filter(|(_, entry)| of(entry)).count()
    }

    pub(crate) fn dials(&self) -> Vec<(Moment, String, bool)> {
        let of = |(at, entry): &(Moment, Entry)| match entry {
            Entry::Connect { url, resuming } => Some((*at, url.clone(), *resuming)),
            _ => None,
        };
        self.journal.iter().filter_map(of).collect()
    }

    /// Where the last dial went.
    pub(crate) fn last_url(&self) -> String {
        self.dials().pop().expect("it dialled").1
    }

    pub(crate) fn closes(&self) -> Vec<Option<u16>> {
        let of = |(_, entry): &(Moment, Entry)| match entry {
            Entry::Close(code) => Some(*code),
            _ => None,
        };
        self.journal.iter().filter_map(of).collect()
    }

    /// Sequence number and `replayed` of each event that was handed on.
    pub(crate) fn handed_on(&self) -> Vec<(u64, bool)> {
        let of = |(_, entry): &(Moment, Entry)| match entry {
            Entry::Dispatch { seq, replayed, .. } => Some((seq.unwrap_or_default(), *replayed)),
            _ => None,
        };
        self.journal.iter().filter_map(of).collect()
    }

    pub(crate) fn reconnects(&self) -> Vec<(u32, Duration, DisconnectCause)> {
        let of = |(_, entry): &(Moment, Entry)| match entry {
            Entry::Event(SessionEvent::Reconnecting {
                attempt,
                delay,
                cause,
                ..
            }) => Some((*attempt, *delay, cause.clone())),
            _ => None,
        };
        self.journal.iter().filter_map(of).collect()
    }

    pub(crate) fn losses(&self) -> Vec<LossReason> {
        let of = |(_, entry): &(Moment, Entry)| match entry {
            Entry::Event(SessionEvent::SessionLost { reason, .. }) => Some(reason.clone()),
            _ => None,
        };
        self.journal.iter().filter_map(of).collect()
    }

    pub(crate) fn stopped(&self) -> Option<StopReason> {
        match self.journal.last() {
            Some((_, Entry::Stopped(reason))) => Some(reason.clone()),
            _ => None,
        }
    }
}
