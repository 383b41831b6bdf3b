//! The ends that nothing follows.

use crate::{
    protocol::Protocol,
    session::{
        Action, CommandError, Moment, SavedSession, Session, State, StopReason,
        saved_session::hash_of,
        step::{Step, Then},
    },
};

impl<P: Protocol> Session<P> {
    pub(super) fn shutdown(&mut self, now: Moment, resumable: bool) {
        let saved = resumable.then(|| self.saved_session()).flatten();
        let reason = StopReason::Shutdown { saved };
        match &mut self.step {
            Step::Idle | Step::BackingOff { .. } | Step::AwaitingBudget { .. } => self.stop(reason),
            Step::Connecting { .. } => self.leave_with(now, false, None, Then::Stop(reason)),
            Step::Closing { then, .. } => {
                if !matches!(then, Then::Stop(_)) {
                    *then = Then::Stop(reason);
                }
            }
            _ => {
                self.return_permit();
                let rules = self.protocol.rules();
                let leave = if resumable {
                    rules.leave_resumably
                } else {
                    rules.leave_for_good
                };
                self.leave_with(now, false, leave.code(), Then::Stop(reason));
            }
        }
    }

    /// The dialect has no other way to say that the token is wrong.
    pub(super) fn refuse_token(&mut self, now: Moment) {
        self.leave(now, false, Then::Stop(StopReason::AuthenticationFailed));
    }

    pub(super) fn stop(&mut self, reason: StopReason) {
        self.heartbeat = None;
        while let Some(command) = self.outbox.pop_presence().or_else(|| self.outbox.pop()) {
            self.fail_command(command.id, CommandError::Stopped);
        }
        self.enter(Step::Done(match reason {
            StopReason::AttemptsExhausted { .. } => State::AttemptsExhausted,
            StopReason::Shutdown { .. } => State::Stopped,
            _ => State::Fatal,
        }));
        self.act(Action::Stopped(reason));
    }

    /// The session as it is now, if there is one to resume: for whoever may lose the engine.
    #[must_use]
    pub fn saved_session(&self) -> Option<SavedSession> {
        let session = self.live.as_ref()?;
        Some(SavedSession {
            shard: self.config.shard,
            session_id: session.id.clone(),
            resume_url: session.resume_url.clone(),
            user_id: session.user_id,
            seq: self.sequence.last()?,
            dialect: self.protocol.dialect().into(),
            intents_hash: hash_of(self.protocol.intents()),
            age: None,
        })
    }
}
