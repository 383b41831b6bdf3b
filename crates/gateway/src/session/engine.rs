use std::collections::VecDeque;

use crate::{
    protocol::Protocol,
    session::{Action, Input, Moment, SavedSession, SessionConfig, SessionStatus, State},
};

/// One session of a gateway.
pub struct Session<P> {
    actions: VecDeque<Action>,
    protocol: P,
    status: SessionStatus,
}

impl<P: Protocol> Session<P> {
    /// A session that has not started; it takes up `saved` if that fits. `seed` decides its jitter.
    #[must_use]
    pub fn new(
        protocol: P,
        _config: SessionConfig,
        _saved: Option<SavedSession>,
        _seed: u64,
    ) -> Self {
        Self {
            actions: VecDeque::new(),
            protocol,
            status: SessionStatus::default(),
        }
    }

    /// Takes an input. Drain [`Session::poll`] afterwards.
    pub fn handle(&mut self, _now: Moment, _input: Input<'_>) {
        let _ = &self.protocol;
    }

    /// The next thing to do.
    pub fn poll(&mut self) -> Option<Action> {
        self.actions.pop_front()
    }

    /// When to call [`Session::handle`] with [`Input::Timeout`].
    #[must_use]
    pub const fn deadline(&self) -> Option<Moment> {
        None
    }

    /// What the session is doing.
    #[must_use]
    pub const fn state(&self) -> State {
        self.status.state
    }

    /// A snapshot.
    #[must_use]
    pub fn status(&self) -> SessionStatus {
        self.status.clone()
    }
}
