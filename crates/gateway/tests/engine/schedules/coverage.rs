//! Which opcode and which close code came in which state.

use std::collections::BTreeSet;

use polycord_gateway::State;

/// Something that a server may say at any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum What {
    Op(u64),
    Close(Option<u16>),
}

/// Those of Discord; the other dialect has fewer and the same numbers.
const OPS: std::ops::Range<u64> = 0..14;

pub(crate) const CLOSE_CODES: &[Option<u16>] = &[
    None,
    Some(1000),
    Some(1001),
    Some(1006),
    Some(1011),
    Some(4000),
    Some(4001),
    Some(4002),
    Some(4003),
    Some(4005),
    Some(4006),
    Some(4007),
    Some(4008),
    Some(4009),
    Some(4999),
];

/// Nothing comes after these.
pub(crate) const FATAL_CLOSE_CODES: &[Option<u16>] = &[
    Some(4004),
    Some(4010),
    Some(4011),
    Some(4012),
    Some(4013),
    Some(4014),
];

/// Those in which a connection is open.
const STATES: &[State] = &[
    State::AwaitingHello,
    State::AwaitingPermit,
    State::Identifying,
    State::Resuming,
    State::Ready,
    State::Closing,
];

/// The faults that were played, by the state they met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coverage(BTreeSet<(&'static str, What)>);

impl Coverage {
    pub(crate) fn note(&mut self, state: State, what: What) {
        if STATES.contains(&state) {
            self.0.insert((state.name(), what));
        }
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.0.extend(&other.0);
    }

    pub(crate) fn seen(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn unseen(&self) -> Vec<(&'static str, What)> {
        let mut pairs = Self::pairs();
        pairs.retain(|pair| !self.0.contains(pair));
        pairs
    }

    pub(crate) fn pairs() -> Vec<(&'static str, What)> {
        let closes = CLOSE_CODES.iter().chain(FATAL_CLOSE_CODES);
        let what: Vec<_> = OPS
            .map(What::Op)
            .chain(closes.map(|code| What::Close(*code)))
            .collect();
        STATES
            .iter()
            .flat_map(|state| what.iter().map(|what| (state.name(), *what)))
            .collect()
    }
}
