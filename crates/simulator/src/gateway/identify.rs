//! IDENTIFY: what is checked, and the session it makes.

use serde_json::{Value, json};

use super::commands::{MALFORMED, Refusal};
use super::dispatch::guild_create;
use super::limits::Verdict;
use super::session::Session;
use crate::core::{Core, State};
use crate::faults::{Fault, Place};
use crate::intents;
use crate::journal::EntryKind;
use crate::world::{Presence, Status, objects};

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

/// The connection an IDENTIFY or RESUME came on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) connection: u64,
    pub(crate) resume_url: bool,
    /// The version it was dialled with.
    pub(crate) version: u8,
}

struct Asked {
    /// Whether packets may be compressed one by one.
    compress: bool,
    shard: (u32, u32),
    /// Whether the shard was said, or is what stands for none.
    sharded: bool,
    intents: u64,
    large_threshold: u64,
    presence: Presence,
}

/// Guilds that one shard can bear: more get close code 4011.
pub(crate) const GUILDS_PER_SHARD: usize = 2_500;

impl Core {
    pub(crate) fn identify(&self, line: Line, d: &Value) -> Outcome {
        let connection = line.connection;
        let mut state = self.lock();
        let asked = match self.check(&state, d) {
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
                let reason = "no session starts left today: Discord resets the token";
                state.token_reset = true;
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
            resume_url: line.resume_url,
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
        let id = self.make_session(&mut state, line, &asked);
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

    fn check(&self, state: &State, d: &Value) -> Result<Asked, Refusal> {
        let malformed = MALFORMED;
        let token = d["token"].as_str().ok_or(malformed)?;
        if !self.is_token(state, token) {
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
        let shard = asked_shard(&d["shard"])?;
        let sharded = shard.is_some();
        let shard = shard.unwrap_or((0, 1));
        if self.options.shard_multiple && !shard.1.is_multiple_of(self.options.shards) {
            return Err((4010, "Invalid shard."));
        }
        let crowded = self.options.require_sharding && shard.1 < self.options.shards;
        if crowded || guilds_of(state, shard).count() > GUILDS_PER_SHARD {
            return Err((4011, "Sharding required."));
        }
        let compress = match &d["compress"] {
            Value::Null => false,
            asked => asked.as_bool().ok_or(malformed)?,
        };
        let large_threshold = match &d["large_threshold"] {
            Value::Null => 50,
            value => value
                .as_u64()
                .filter(|n| (50..=250).contains(n))
                .ok_or(malformed)?,
        };
        let presence = match &d["presence"] {
            Value::Null => Presence::new(Status::Online, []),
            presence => self.own_presence(presence)?,
        };
        Ok(Asked {
            compress,
            shard,
            sharded,
            intents,
            large_threshold,
            presence,
        })
    }

    fn make_session(&self, state: &mut State, line: Line, asked: &Asked) -> String {
        let connection = line.connection;
        state.sessions_made += 1;
        let id = session_id(state.sessions_made);
        let mut session = Session::new(
            id.as_str().into(),
            asked.shard,
            asked.intents,
            asked.large_threshold,
            self.options.replay_limit,
            self.options.replay_bytes,
            connection,
        );
        session.compress = asked.compress;
        session.sharded = asked.sharded;
        session.version = line.version;
        state.sessions.insert(session);
        let bot = state.world.bot;
        for (guild, found) in &mut state.world.guilds {
            if objects::shard_of(*guild, asked.shard.1) != asked.shard.0 {
                continue;
            }
            if asked.presence.status == Status::Offline {
                found.presences.remove(&bot);
            } else {
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
        let (sharded, version) = (session.sharded, session.version);
        let guilds: Vec<u64> = guilds_of(state, shard).collect();
        let stubs: Vec<Value> = guilds
            .iter()
            .map(|guild| json!({ "id": guild.to_string(), "unavailable": true }))
            .collect();
        let bot = state.world.user(state.world.bot).map(objects::current_user);
        let application = state.world.application.to_string();
        let flags = intents::application_flags(self.options.disallowed);
        let mut ready = json!({
            "v": version,
            "user": bot,
            "guilds": stubs,
            "session_id": id,
            "resume_gateway_url": format!("{}/resume/{}", self.gateway_url, shard.0),
            "application": { "id": application, "flags": flags },
        });
        if sharded {
            ready["shard"] = json!([shard.0, shard.1]);
        }
        self.dispatch_to(state, id, "READY", &ready.to_string());
        let troubled = self.trouble_others(state, id, shard.0);
        let shown = if intents & 1 == 0 { Vec::new() } else { guilds };
        for (at, guild) in shown.into_iter().enumerate() {
            match troubled.as_ref().filter(|_| at == 0) {
                Some(Fault::WithholdGuild) => {
                    if let Some(found) = state.world.guilds.get_mut(&guild) {
                        found.available = false;
                    }
                }
                Some(_) => {
                    let gone = json!({ "id": guild.to_string(), "unavailable": true }).to_string();
                    for _ in 0..2 {
                        self.dispatch_to(state, id, "GUILD_DELETE", &gone);
                    }
                }
                None => {}
            }
            let available = state.world.guilds.get(&guild).is_some_and(|g| g.available);
            let data = guild_create(state, guild, id).filter(|_| available);
            if let Some(data) = data {
                self.dispatch_to(state, id, "GUILD_CREATE", &data.to_string());
            }
        }
        if let Some(session) = state.sessions.get_mut(id) {
            session.greeting = session.seq;
        }
    }

    /// Plays what is scripted for the READY of a shard: with another shard's connection, and with the
    /// shard's own first guild, which is given back.
    fn trouble_others(&self, state: &mut State, id: &str, shard: u32) -> Option<Fault> {
        let connection = state.sessions.get(id).and_then(|found| found.connection);
        let place = Place {
            shard: Some(shard),
            resume_url: false,
        };
        let cut = self.fault(
            state,
            connection,
            place,
            |fault| matches!(fault, Fault::CutByReadyOfAnother(one) if *one != shard),
        );
        if let Some(Fault::CutByReadyOfAnother(one)) = cut
            && let Some(other) = Self::connection_of(state, one)
            && let Some(live) = state.connections.get(&other)
        {
            live.cut.notify_one();
        }
        self.fault(state, connection, place, |fault| {
            matches!(fault, Fault::WithholdGuild | Fault::RepeatOutage)
        })
    }
}

/// The shard of an IDENTIFY, if it names one: two numbers, of which the first is the smaller.
fn asked_shard(asked: &Value) -> Result<Option<(u32, u32)>, Refusal> {
    let invalid = (4010, "Invalid shard.");
    if asked.is_null() {
        return Ok(None);
    }
    let number = |value: &Value| value.as_u64().and_then(|n| u32::try_from(n).ok());
    let pair = match asked.as_array().map(Vec::as_slice) {
        Some([number_of, total]) => number(number_of).zip(number(total)),
        _ => None,
    };
    match pair {
        Some((number, total)) if number < total => Ok(Some((number, total))),
        _ => Err(invalid),
    }
}

/// The guilds of a shard, available or not.
fn guilds_of(state: &State, shard: (u32, u32)) -> impl Iterator<Item = u64> + '_ {
    let guilds = state.world.guilds.keys().copied();
    guilds.filter(move |guild| objects::shard_of(*guild, shard.1) == shard.0)
}

/// As long and as opaque as Discord's, and with no beginning in common: whoever shortens two of
/// them still tells them apart. The same in every run.
fn session_id(number: u64) -> String {
    let mut random = fastrand::Rng::with_seed(number);
    format!("{:016x}{:016x}", random.u64(..), random.u64(..))
}
