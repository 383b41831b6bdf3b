//! RESUME: which session goes on, and from where.

use super::identify::{Line, Outcome};
use crate::core::{Core, State};
use crate::faults::{Fault, Place};
use crate::journal::EntryKind;
use crate::world::objects;
use serde_json::Value;

impl Core {
    /// Answers a RESUME; the sequence to go on from comes with a session.
    pub(crate) fn resume(&self, line: Line, d: &Value) -> (Outcome, u64) {
        let connection = line.connection;
        let (Some(token), Some(id), Some(seq)) = (
            d["token"].as_str(),
            d["session_id"].as_str(),
            d["seq"].as_u64(),
        ) else {
            return (Outcome::Close(4002, "Error while decoding payload."), 0);
        };
        let mut state = self.lock();
        let outcome = if self.is_token(&state, token) {
            self.resume_session(&mut state, line, id, seq)
        } else {
            Outcome::Close(4004, "Authentication failed.")
        };
        let accepted = matches!(outcome, Outcome::Session(_));
        let asked = EntryKind::ResumeAsked {
            session: id.to_owned(),
            seq,
            accepted,
        };
        self.note(&mut state, Some(connection), asked);
        if accepted {
            self.dispatch_to(&mut state, id, "RESUMED", "{}");
        }
        let place = Place {
            shard: state
                .connections
                .get(&connection)
                .and_then(|c| Some(c.shard?.0)),
            resume_url: line.resume_url,
        };
        let again = self.fault(&mut state, Some(connection), place, |fault| {
            accepted && matches!(fault, Fault::ReplayAgain(_))
        });
        let back = if let Some(Fault::ReplayAgain(frames)) = again {
            frames
        } else {
            0
        };
        (outcome, seq.saturating_sub(back))
    }

    fn resume_session(&self, state: &mut State, line: Line, id: &str, seq: u64) -> Outcome {
        let connection = line.connection;
        let window = self.options.resume_window;
        let Some(session) = state.sessions.get(id) else {
            return Outcome::Invalid(false);
        };
        let (shard, old) = (session.shard, session.connection);
        // A session goes on in the version it began with; with another, it cannot be found.
        if session.version != line.version {
            return Outcome::Invalid(false);
        }
        if session
            .detached
            .is_some_and(|since| since.elapsed() > window)
        {
            end_session(state, id);
            return Outcome::Invalid(false);
        }
        if let Some(live) = state.connections.get_mut(&connection) {
            live.shard = Some(shard);
        }
        let place = Place {
            shard: Some(shard.0),
            resume_url: line.resume_url,
        };
        let fault = self.fault(state, Some(connection), place, |fault| {
            matches!(
                fault,
                Fault::RefuseResumeWith4007
                    | Fault::InvalidSessionOnResume { .. }
                    | Fault::CloseOnResume(_)
            )
        });
        match fault {
            Some(Fault::RefuseResumeWith4007) => {
                end_session(state, id);
                return Outcome::Close(4007, "Invalid seq.");
            }
            Some(Fault::InvalidSessionOnResume { resumable }) => {
                if !resumable {
                    end_session(state, id);
                }
                return Outcome::Invalid(resumable);
            }
            Some(Fault::CloseOnResume(Some(code))) => return Outcome::Close(code, "Scripted."),
            Some(Fault::CloseOnResume(None)) => return Outcome::Cut,
            _ => {}
        }
        let Some(session) = state.sessions.get_mut(id) else {
            return Outcome::Invalid(false);
        };
        if seq > session.seq {
            end_session(state, id);
            return Outcome::Close(4007, "Invalid seq.");
        }
        if !session.reaches_back_to(seq) {
            end_session(state, id);
            return Outcome::Invalid(false);
        }
        session.connection = Some(connection);
        session.detached = None;
        // The new connection takes over; an old one that is half dead goes.
        if let Some(old) = old.and_then(|old| state.connections.get_mut(&old)) {
            old.session = None;
            old.cut.notify_one();
        }
        if let Some(live) = state.connections.get_mut(&connection) {
            live.session = Some(id.to_owned());
        }
        Outcome::Session(id.to_owned())
    }

    /// The connection is over: its session waits, or ends if the client said goodbye.
    pub(crate) fn detach(&self, connection: u64, goodbye: bool) {
        let mut state = self.lock();
        let Some(session) = state
            .connections
            .remove(&connection)
            .and_then(|c| c.session)
        else {
            return;
        };
        if goodbye {
            state.sessions.remove(&session);
        } else if state
            .sessions
            .get(&session)
            .is_some_and(|session| session.connection == Some(connection))
        {
            state.sessions.detach(&session);
        }
    }

    /// The live connection of a shard, if any: the newest.
    pub(crate) fn connection_of(state: &State, shard: u32) -> Option<u64> {
        let of_shard = |(id, live): (&u64, &crate::core::Live)| {
            (live.shard?.0 == shard && live.session.is_some()).then_some(*id)
        };
        state.connections.iter().filter_map(of_shard).max()
    }

    /// Ids of guilds as numbers, for requests that name one or several.
    pub(crate) fn snowflakes(value: &Value) -> Vec<u64> {
        match value {
            Value::Array(list) => list.iter().filter_map(objects::snowflake).collect(),
            one => objects::snowflake(one).into_iter().collect(),
        }
    }
}

/// Ends a session whose RESUME was refused for good. A connection that still carries it has nothing
/// to say any more.
fn end_session(state: &mut State, id: &str) {
    let carrier = state.sessions.remove(id).and_then(|ended| ended.connection);
    if let Some(live) = carrier.and_then(|carrier| state.connections.get_mut(&carrier)) {
        live.session = None;
        live.cut.notify_one();
    }
}
