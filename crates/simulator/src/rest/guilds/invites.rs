//! Invites: a guild's, and by their codes.

use serde_json::{Value, json};

use super::guild;
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::ids;
use crate::rest::audit::{Action, By, Entry};
use crate::rest::reply::{Failure, Outcome, Reply};
use crate::rest::route::{Call, Route};
use crate::world::objects;
use crate::world::permissions::{MANAGE_CHANNELS, MANAGE_GUILD, VIEW_AUDIT_LOG};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/guilds/{guild_id}/invites", Core::list_guild_invites),
    Route::get("/invites/{code}", Core::get_invite).open(),
    Route::delete("/invites/{code}", Core::drop_invite),
];

/// What only those see of an invite who manage them.
const METADATA: [&str; 5] = ["uses", "max_uses", "max_age", "temporary", "created_at"];

const AUDITED: &[&str] = &[
    "code",
    "channel_id",
    "inviter_id",
    "uses",
    "max_uses",
    "max_age",
    "temporary",
    "flags",
];

impl Core {
    fn list_guild_invites(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let id = call.guild(state)?;
        self.may_in_guild(state, id, MANAGE_GUILD)
            .or_else(|_| self.may_in_guild(state, id, VIEW_AUDIT_LOG))?;
        let metadata = self.may_in_guild(state, id, MANAGE_GUILD).is_ok();
        let invites = guild(state, id)?.invites.values();
        let live = invites.filter(|invite| self.is_live(invite)).cloned();
        let shown = live.map(|invite| {
            if metadata {
                invite
            } else {
                without_metadata(invite)
            }
        });
        Ok(Reply::ok(shown.collect()))
    }

    /// For everybody who has the code.
    fn get_invite(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, invite) = self.live_invite(state, call.text("code"))?;
        let mut invite = without_metadata(invite);
        let found = guild(state, id)?;
        if call.flag("with_counts") {
            invite["approximate_member_count"] = Value::from(found.members.len());
            invite["approximate_presence_count"] = Value::from(found.presences.len());
        }
        if let Some(event) = call.parameter_id("guild_scheduled_event_id")?
            && let Some(event) = found.scheduled_events.get(&event)
        {
            invite["guild_scheduled_event"] = event.clone();
        }
        Ok(Reply::ok(invite))
    }

    fn drop_invite(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let (id, invite) = self.live_invite(state, call.text("code"))?;
        let channel = objects::id(&invite["channel"]);
        self.may(state, channel, MANAGE_CHANNELS)
            .or_else(|refused| {
                self.may_in_guild(state, id, MANAGE_GUILD)
                    .map_err(|_| refused)
            })?;
        let by = call.by(state);
        self.delete_invite(state, &by, call.text("code"));
        Ok(Reply::ok(without_metadata(invite)))
    }

    pub(super) fn live_invite(&self, state: &State, code: &str) -> Result<(u64, Value), Failure> {
        let invite = state.world.invite(code);
        let invite = invite.filter(|(_, invite)| self.is_live(invite));
        let invite = invite.map(|(guild, invite)| (guild, invite.clone()));
        invite.ok_or_else(|| Failure::new(404, 10_006, "Unknown Invite"))
    }

    pub(crate) fn is_live(&self, invite: &Value) -> bool {
        let ends = invite["expires_at"].as_str().and_then(ids::read_iso);
        let used = invite["uses"].as_u64().unwrap_or(0);
        let most = invite["max_uses"].as_u64().unwrap_or(0);
        ends.is_none_or(|ends| ends > self.clock.now_ms()) && (most == 0 || used < most)
    }

    /// Takes an invite away: `INVITE_DELETE`. Whether it was there.
    pub(crate) fn delete_invite(&self, state: &mut State, by: &By, code: &str) -> bool {
        let Some(guild) = state.world.invite(code).map(|(guild, _)| guild) else {
            return false;
        };
        let found = state.world.guilds.get_mut(&guild);
        let Some(found) = found else {
            return false;
        };
        let Some(old) = found.invites.remove(code) else {
            return false;
        };
        found.invite_targets.remove(code);
        let data = json!({
            "channel_id": old["channel"]["id"],
            "guild_id": guild.to_string(),
            "code": code,
        });
        // Told to those who manage the channel.
        let channel = objects::id(&old["channel"]);
        let held = state.world.permissions_in(channel, state.world.bot);
        if held & MANAGE_CHANNELS != 0 {
            self.dispatch(state, &Happening::new("INVITE_DELETE", Some(guild), data));
        }
        self.audit_invite(state, guild, by, &old, &Value::Null);
        true
    }

    /// Writes that an invite was made (`old` is `null`) or taken away (`new` is).
    pub(crate) fn audit_invite(
        &self,
        state: &mut State,
        guild: u64,
        by: &By,
        old: &Value,
        new: &Value,
    ) {
        // Its channel and its maker stand there by their ids, and it has none itself.
        let flat = |invite: &Value| {
            let mut flat = invite.clone();
            if invite.is_object() {
                flat["channel_id"] = invite["channel"]["id"].clone();
                flat["inviter_id"] = invite["inviter"]["id"].clone();
            }
            flat
        };
        let action = if old.is_null() {
            Action::InviteCreate
        } else {
            Action::InviteDelete
        };
        let entry = Entry::changed(0, &flat(old), &flat(new), AUDITED).untargeted();
        self.audit(state, guild, by, action, entry);
    }
}

fn without_metadata(mut invite: Value) -> Value {
    if let Some(fields) = invite.as_object_mut() {
        for field in METADATA {
            fields.remove(field);
        }
    }
    invite
}
