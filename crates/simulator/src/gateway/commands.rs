//! What a client asks of its session, and how its presence changes.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::dispatch::Happening;
use crate::core::{Core, State};
use crate::faults::{Fault, Place, RequestFault};
use crate::journal::EntryKind;
use crate::world::{Presence, Status, objects};

/// The close code and the reason for a command that Discord does not put up with.
pub(crate) type Refusal = (u16, &'static str);
pub(super) const MALFORMED: Refusal = (4002, "Error while decoding payload.");
/// Bytes of a nonce; a longer one is ignored.
const NONCE: usize = 32;

/// Changes of presence that a session has in how long; what is more is not seen by anybody.
const PRESENCE_UPDATES: usize = 5;
const PRESENCE_WINDOW: Duration = Duration::from_secs(20);

/// Who sent a command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sender<'a> {
    pub(crate) connection: u64,
    pub(crate) session: &'a str,
    pub(crate) place: Place,
}

impl Core {
    /// Does what an authenticated client asked for.
    pub(crate) fn command(&self, from: Sender<'_>, op: u64, d: &Value) -> Result<(), Refusal> {
        let mut state = self.lock();
        let fault = self.request_fault(&mut state, from, |fault| match fault {
            RequestFault::Ignore(ignored) => *ignored == op,
            RequestFault::RateLimit { op: limited, .. } => *limited == op,
            _ => false,
        });
        match fault {
            Some(RequestFault::RateLimit { retry_after, .. }) => {
                self.tell_too_soon(&mut state, from.session, op, d, retry_after);
                return Ok(());
            }
            Some(_) => return Ok(()),
            None => {}
        }
        match op {
            3 => self.update_presence(&mut state, from, d),
            4 => self.update_voice(&mut state, from, d),
            8 => self.request_members(&mut state, from, d),
            31 => self.request_sounds(&mut state, from, d),
            _ => self.request_channel_info(&mut state, from, d),
        }
    }

    /// Writes down that a command led to nothing, as at Discord.
    pub(super) fn ignore(&self, state: &mut State, from: Sender<'_>, reason: &'static str) {
        self.note(state, Some(from.connection), EntryKind::Ignored { reason });
    }

    /// Whether a guild can be asked about in this session.
    pub(super) fn is_served(&self, state: &mut State, from: Sender<'_>, guild: u64) -> bool {
        let Some((number, total)) = state.sessions.get(from.session).map(|found| found.shard)
        else {
            return false;
        };
        let known = state.world.guilds.get(&guild).map(|found| found.available);
        let reason = match known {
            None => "an unknown guild was asked about",
            Some(false) => "a guild that is unavailable was asked about",
            Some(true) if objects::shard_of(guild, total) != number => {
                "a guild of another shard was asked about"
            }
            Some(true) => return true,
        };
        self.ignore(state, from, reason);
        false
    }

    /// `RATE_LIMITED` for a command.
    pub(super) fn tell_too_soon(
        &self,
        state: &mut State,
        session: &str,
        op: u64,
        d: &Value,
        wait: Duration,
    ) {
        let mut meta = json!({});
        // Only for op 8 does Discord say what it was about.
        if op == 8 {
            meta["guild_id"] = d["guild_id"].clone();
            if let Some(nonce) = nonce(d) {
                meta["nonce"] = Value::from(nonce);
            }
        }
        let told = json!({ "opcode": op, "retry_after": wait.as_secs_f64(), "meta": meta });
        self.dispatch_to(state, session, "RATE_LIMITED", &told.to_string());
    }

    /// A scripted fault of the answer to a command.
    pub(super) fn request_fault(
        &self,
        state: &mut State,
        from: Sender<'_>,
        bites: impl Fn(&RequestFault) -> bool,
    ) -> Option<RequestFault> {
        let fault = self.fault(
            state,
            Some(from.connection),
            from.place,
            |fault| matches!(fault, Fault::Request(fault) if bites(fault)),
        );
        match fault {
            Some(Fault::Request(fault)) => Some(fault),
            _ => None,
        }
    }

    fn update_presence(
        &self,
        state: &mut State,
        from: Sender<'_>,
        d: &Value,
    ) -> Result<(), Refusal> {
        let new = self.own_presence(d)?;
        let Some(session) = state.sessions.get_mut(from.session) else {
            return Ok(());
        };
        let now = Instant::now();
        let updates = &mut session.presence_updates;
        updates.retain(|at| now.duration_since(*at) < PRESENCE_WINDOW);
        if updates.len() >= PRESENCE_UPDATES {
            self.ignore(state, from, "more than 5 presence updates in 20 s");
            return Ok(());
        }
        updates.push_back(now);
        let bot = state.world.bot;
        let guilds: Vec<u64> = state.world.guilds.keys().copied().collect();
        for guild in guilds {
            self.set_presence(state, guild, bot, &new);
        }
        Ok(())
    }

    /// What others see of the bot that sent this presence.
    pub(super) fn own_presence(&self, d: &Value) -> Result<Presence, Refusal> {
        let status = d["status"].as_str().and_then(Status::named);
        let status = status.ok_or(MALFORMED)?;
        let activities = d["activities"].as_array().ok_or(MALFORMED)?;
        if !d["afk"].is_boolean() {
            return Err(MALFORMED);
        }
        let mut activities = activities.clone();
        for activity in &mut activities {
            if activity.is_object() {
                activity["created_at"] = Value::from(self.clock.now_ms());
            }
        }
        Ok(Presence::new(status, activities))
    }

    /// Changes a member's presence and tells it.
    pub(crate) fn set_presence(&self, state: &mut State, guild: u64, user: u64, new: &Presence) {
        let Some(found) = state.world.guilds.get_mut(&guild) else {
            return;
        };
        if !found.members.contains_key(&user) {
            return;
        }
        if new.status == Status::Offline {
            found.presences.remove(&user);
        } else {
            found.presences.insert(user, new.clone());
        }
        let data = new.render(guild, user);
        self.dispatch(state, &Happening::new("PRESENCE_UPDATE", Some(guild), data));
    }
}

/// The nonce of a request, unless Discord ignores it.
pub(super) fn nonce(d: &Value) -> Option<&str> {
    d["nonce"].as_str().filter(|nonce| nonce.len() <= NONCE)
}
