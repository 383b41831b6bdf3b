//! IDENTIFY: what is checked, and the session it makes.

use serde_json::{Value, json};

use super::dispatch::guild_create;
use super::limits::Verdict;
use super::session::Session;
use crate::core::{Core, State};
use crate::faults::{Fault, Place};
use crate::intents;
use crate::journal::EntryKind;
use crate::world::objects;

/// What the connection has to do.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// Carry this session.
    Session(String),
    /// The same, after a while.
    Later(String, std::time::Duration),
    /// Op 9 with this `d`.
    Invalid(bool),
    /// Close with this code and reason.
    Close(u16, &'static str),
    /// Drop the connection.
    Cut,
}

struct Asked {
    shard: (u32, u32),
    intents: u64,
    large_threshold: u64,
    presence: Value,
}

impl Core {
    pub(crate) fn identify(&self, connection: u64, resume_url: bool, d: &Value) -> Outcome {
        let mut state = self.lock();
        let asked = match self.check(d) {
            Ok(asked) => asked,
            Err((code, reason)) => {
                self.note(
                    &mut state,
                    Some(connection),
                    EntryKind::IdentifyRefused { reason },
                );
                return Outcome::Close(code, reason);
            }
        };
        if let Some(live) = state.connections.get_mut(&connection) {
            live.shard = Some(asked.shard);
        }
        let refused = |state: &mut State, reason, outcome| {
            self.note(
                state,
                Some(connection),
                EntryKind::IdentifyRefused { reason },
            );
            outcome
        };
        let verdict = state.identify.identify(asked.shard.0);
        match verdict {
            Verdict::Fine => {}
            Verdict::TooSoon => {
                let reason = "two IDENTIFYs of one bucket within 5 s";
                return refused(&mut state, reason, Outcome::Invalid(false));
            }
            Verdict::BudgetSpent => {
                let reason = "no session starts left today: Discord would reset the token";
                state.sessions.clear();
                for live in state.connections.values() {
                    // A full queue means that it is being closed already.
                    let _ = live.control.try_send(crate::core::Control::Close(4004));
                }
                return refused(
                    &mut state,
                    reason,
                    Outcome::Close(4004, "Authentication failed."),
                );
            }
        }
        let place = Place {
            shard: Some(asked.shard.0),
            resume_url,
        };
        let fault = self.fault(&mut state, Some(connection), place, |fault| {
            matches!(
                fault,
                Fault::InvalidSessionOnIdentify | Fault::CloseOnIdentify(_)
            )
        });
        match fault {
            Some(Fault::InvalidSessionOnIdentify) => {
                return refused(&mut state, "scripted", Outcome::Invalid(false));
            }
            Some(Fault::CloseOnIdentify(code)) => {
                return refused(&mut state, "scripted", Outcome::Close(code, "Scripted."));
            }
            _ => {}
        }
        let id = self.make_session(&mut state, connection, &asked);
        let delay = self.fault(&mut state, Some(connection), place, |fault| {
            matches!(fault, Fault::DelayReady(_))
        });
        if let Some(Fault::DelayReady(delay)) = delay {
            Outcome::Later(id, delay)
        } else {
            self.welcome(&mut state, &id);
            Outcome::Session(id)
        }
    }

    fn check(&self, d: &Value) -> Result<Asked, (u16, &'static str)> {
        let malformed = (4002, "Error while decoding payload.");
        let token = d["token"].as_str().ok_or(malformed)?;
        if token != self.options.token {
            return Err((4004, "Authentication failed."));
        }
        if !d["properties"].is_object() {
            return Err(malformed);
        }
        let intents = d["intents"].as_u64().ok_or((4013, "Invalid intent(s)."))?;
        if intents & !intents::KNOWN != 0 {
            return Err((4013, "Invalid intent(s)."));
        }
        if intents & self.options.disallowed != 0 {
            return Err((4014, "Disallowed intent(s)."));
        }
        let shard = match &d["shard"] {
            Value::Null => (0, 1),
            Value::Array(pair) => {
                let part = |at: usize| {
                    let number = pair.get(at).and_then(Value::as_u64);
                    number
                        .and_then(|n| u32::try_from(n).ok())
                        .ok_or((4010, "Invalid shard."))
                };
                (part(0)?, part(1)?)
            }
            _ => return Err((4010, "Invalid shard.")),
        };
        if shard.0 >= shard.1 {
            return Err((4010, "Invalid shard."));
        }
        if self.options.require_sharding && shard.1 < self.options.shards {
            return Err((4011, "Sharding required."));
        }
        let large_threshold = match &d["large_threshold"] {
            Value::Null => 50,
            value => value
                .as_u64()
                .filter(|n| (50..=250).contains(n))
                .ok_or(malformed)?,
        };
        let presence = match &d["presence"] {
            Value::Null => objects::presence("online", &json!([])),
            presence => self.own_presence(presence)?,
        };
        Ok(Asked {
            shard,
            intents,
            large_threshold,
            presence,
        })
    }

    fn make_session(&self, state: &mut State, connection: u64, asked: &Asked) -> String {
        state.sessions_made += 1;
        // As long and as opaque as Discord's; the number keeps a journal readable.
        let id = format!("{:032x}", u128::from(state.sessions_made) | 0x5e55 << 112);
        let session = Session::new(
            id.clone(),
            asked.shard,
            asked.intents,
            asked.large_threshold,
            self.options.replay_limit,
            connection,
        );
        state.sessions.insert(id.clone(), session);
        let bot = state.world.bot;
        for (guild, found) in &mut state.world.guilds {
            if objects::shard_of(*guild, asked.shard.1) == asked.shard.0 {
                found.presences.insert(bot, asked.presence.clone());
            }
        }
        if let Some(live) = state.connections.get_mut(&connection) {
            live.session = Some(id.clone());
        }
        let made = EntryKind::Identified {
            session: id.clone(),
            intents: asked.intents,
        };
        self.note(state, Some(connection), made);
        id
    }

    /// READY and the guilds: what a new session begins with.
    pub(crate) fn welcome(&self, state: &mut State, id: &str) {
        let Some(session) = state.sessions.get_mut(id) else {
            return;
        };
        session.welcomed = true;
        let (shard, intents) = (session.shard, session.intents);
        let guilds: Vec<u64> = state
            .world
            .guilds
            .keys()
            .copied()
            .filter(|guild| objects::shard_of(*guild, shard.1) == shard.0)
            .collect();
        let stubs: Vec<Value> = guilds
            .iter()
            .map(|guild| json!({ "id": guild.to_string(), "unavailable": true }))
            .collect();
        let bot = state.world.user(state.world.bot).map(objects::current_user);
        let application = state.world.application.to_string();
        let ready = json!({
            "v": 10,
            "user": bot,
            "guilds": stubs,
            "session_id": id,
            "resume_gateway_url": format!("{}/resume/{}", self.gateway_url, shard.0),
            "shard": [shard.0, shard.1],
            "application": { "id": application, "flags": objects::APPLICATION_FLAGS },
        });
        self.dispatch_to(state, id, "READY", &ready.to_string());
        if intents & 1 == 0 {
            return;
        }
        for guild in guilds {
            let available = state.world.guilds.get(&guild).is_some_and(|g| g.available);
            let data = guild_create(state, guild, id).filter(|_| available);
            if let Some(data) = data {
                self.dispatch_to(state, id, "GUILD_CREATE", &data.to_string());
            }
        }
    }
}
