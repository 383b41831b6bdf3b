//! Stages, and scheduled events.

use polycord_types::id::{ChannelId, GuildId, ScheduledEventId, UserId};
use serde_json::{Value, json};

use super::{Refusal, member_must_exist};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::simulator::Simulator;
use crate::world::objects;

impl Simulator {
    /// A user starts a stage in a stage channel: `STAGE_INSTANCE_CREATE`.
    ///
    /// # Errors
    ///
    /// As the bot is refused: no stage channel, one that has started already, no permission.
    pub fn start_stage(
        &self,
        channel: ChannelId,
        user: UserId,
        topic: &str,
    ) -> Result<(), Refusal> {
        let body = json!({ "channel_id": channel.to_string(), "topic": topic });
        self.request_as(user, "POST", "/stage-instances", &body)
            .map(drop)
    }

    /// A user changes what a stage is about: `STAGE_INSTANCE_UPDATE`.
    ///
    /// # Errors
    ///
    /// As the bot is refused: it has not started, no permission.
    pub fn change_stage(
        &self,
        channel: ChannelId,
        user: UserId,
        topic: &str,
    ) -> Result<(), Refusal> {
        let path = format!("/stage-instances/{channel}");
        self.request_as(user, "PATCH", &path, &json!({ "topic": topic }))
            .map(drop)
    }

    /// A user ends a stage: `STAGE_INSTANCE_DELETE`.
    ///
    /// # Errors
    ///
    /// As the bot is refused: it has not started, no permission.
    pub fn end_stage(&self, channel: ChannelId, user: UserId) -> Result<(), Refusal> {
        let path = format!("/stage-instances/{channel}");
        self.request_as(user, "DELETE", &path, &Value::Null)
            .map(drop)
    }

    /// A user announces an event somewhere outside, for an hour from tomorrow:
    /// `GUILD_SCHEDULED_EVENT_CREATE`. Other kinds are made with [`request_as`](Self::request_as).
    ///
    /// # Errors
    ///
    /// As the bot is refused: no permission, no such guild.
    pub fn schedule_event(
        &self,
        guild: GuildId,
        user: UserId,
        name: &str,
        location: &str,
    ) -> Result<ScheduledEventId, Refusal> {
        const HOUR: u64 = 60 * 60 * 1000;
        let start = self.core.clock.now_ms().saturating_add(24 * HOUR);
        let body = json!({
            "name": name,
            "privacy_level": 2,
            "entity_type": 3,
            "entity_metadata": { "location": location },
            "scheduled_start_time": crate::ids::iso8601(start),
            "scheduled_end_time": crate::ids::iso8601(start.saturating_add(HOUR)),
        });
        let path = format!("/guilds/{guild}/scheduled-events");
        let event = self.request_as(user, "POST", &path, &body)?;
        Ok(ScheduledEventId::new(objects::id(&event).max(1)))
    }

    /// A user changes an event: fields as in the request. `GUILD_SCHEDULED_EVENT_UPDATE`; status 2
    /// starts it, 3 ends it, 4 cancels it.
    ///
    /// # Errors
    ///
    /// As the bot is refused.
    pub fn change_event(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        user: UserId,
        change: &Value,
    ) -> Result<(), Refusal> {
        let path = format!("/guilds/{guild}/scheduled-events/{event}");
        self.request_as(user, "PATCH", &path, change).map(drop)
    }

    /// A user takes an event off the list: `GUILD_SCHEDULED_EVENT_DELETE`.
    ///
    /// # Errors
    ///
    /// As the bot is refused.
    pub fn delete_event(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        user: UserId,
    ) -> Result<(), Refusal> {
        let path = format!("/guilds/{guild}/scheduled-events/{event}");
        self.request_as(user, "DELETE", &path, &Value::Null)
            .map(drop)
    }

    /// A user is interested in an event, or no longer: `GUILD_SCHEDULED_EVENT_USER_ADD` or `_REMOVE`.
    /// Whether that changed anything.
    ///
    /// # Panics
    ///
    /// If there is no such event, or if the user is not in the guild.
    #[track_caller]
    pub fn set_interest(
        &self,
        guild: GuildId,
        event: ScheduledEventId,
        user: UserId,
        interested: bool,
    ) -> bool {
        self.act(|core, state| {
            member_must_exist(state, guild, user);
            core.set_interest(state, guild, event, user, interested)
        })
    }
}

impl Core {
    #[track_caller]
    fn set_interest(
        &self,
        state: &mut State,
        guild: GuildId,
        event: ScheduledEventId,
        user: UserId,
        interested: bool,
    ) -> bool {
        let found = state.world.guilds.get_mut(&guild.get());
        let found = found.filter(|found| found.scheduled_events.contains_key(&event.get()));
        let Some(found) = found else {
            panic!("there is no event {event} in guild {guild}")
        };
        let users = found.event_users.entry(event.get()).or_default();
        let (name, changed) = if interested {
            ("GUILD_SCHEDULED_EVENT_USER_ADD", users.insert(user.get()))
        } else {
            (
                "GUILD_SCHEDULED_EVENT_USER_REMOVE",
                users.remove(&user.get()),
            )
        };
        if changed {
            let data = json!({
                "guild_scheduled_event_id": event.to_string(),
                "user_id": user.to_string(),
                "guild_id": guild.to_string(),
            });
            self.dispatch(state, &Happening::new(name, Some(guild.get()), data));
        }
        changed
    }
}
