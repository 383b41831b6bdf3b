//! Which event goes to which session, and how it looks there.

use std::sync::Arc;

use serde_json::{Value, json};

use super::session::Event;
use crate::content::without_content;
use crate::core::{Core, State};
use crate::faults::{Fault, Place, alter};
use crate::ids::iso8601;
use crate::intents;
use crate::journal::EntryKind;
use crate::world::{Guild, WorldState};

/// Something that happened in the world.
#[derive(Clone, Debug)]
pub(crate) struct Happening<'a> {
    pub(crate) name: &'a str,
    pub(crate) guild: Option<u64>,
    pub(crate) data: Value,
    /// For the current user's own member: no intent needed.
    pub(crate) always: bool,
    /// Told whatever the bot may see.
    pub(crate) anywhere: bool,
}

impl<'a> Happening<'a> {
    pub(crate) fn new(name: &'a str, guild: Option<u64>, data: Value) -> Self {
        Self {
            name,
            guild,
            data,
            always: false,
            anywhere: false,
        }
    }

    /// Whatever the bot may see.
    pub(crate) fn anywhere(mut self) -> Self {
        self.anywhere = true;
        self
    }
}

impl Core {
    /// Makes a dispatch for every session that is to have the event.
    pub(crate) fn dispatch(&self, state: &mut State, happening: &Happening<'_>) {
        if self.webhook_event(state, happening.name, &happening.data) {
            return;
        }
        state.sessions.forget_older_than(self.options.resume_window);
        let bot = state.world.bot;
        let needed = happening.intents(bot);
        let concerned = state.sessions.concerned(happening.guild);
        let takers: Vec<(Arc<str>, u64)> = concerned
            .filter(|session| {
                let let_through = needed.is_none_or(|bits| session.intents & bits != 0);
                session.welcomed && (happening.always || let_through)
            })
            .map(|session| (Arc::clone(&session.id), session.intents))
            .collect();
        if takers.is_empty() || !happening.reaches(&state.world) {
            return;
        }
        let readers = |granted: u64| granted & intents::CONTENT != 0;
        let quotes = CONTENT_EVENTS.contains(&happening.name)
            && takers.iter().any(|(_, granted)| !readers(*granted));
        let name = state.names.of(happening.name);
        let emptied = quotes
            .then(|| without_content(&happening.data, bot, happening.guild.is_some()))
            .flatten()
            .map(|data| Event::json(Arc::clone(&name), &data));
        let mut full = None;
        for (id, granted) in takers {
            let event = match &emptied {
                Some(emptied) if !readers(granted) => emptied,
                _ => full.get_or_insert_with(|| Event::json(Arc::clone(&name), &happening.data)),
            };
            self.dispatch_event(state, &id, event.clone());
        }
    }

    /// Makes one dispatch for one session.
    pub(crate) fn dispatch_to(&self, state: &mut State, session: &str, name: &str, data: &str) {
        let name = state.names.of(name);
        self.dispatch_event(state, session, Event::new(name, data));
    }

    fn dispatch_event(&self, state: &mut State, session: &str, mut event: Event) {
        let Some(found) = state.sessions.get(session) else {
            return;
        };
        let (shard, connection) = (found.shard, found.connection);
        let (mut withheld, mut skipped) = (false, 0);
        if !state.scripts.is_empty() {
            let place = Place {
                shard: Some(shard.0),
                resume_url: false,
            };
            let name = &*event.name;
            let fault = self.fault(state, connection, place, |fault| match fault {
                Fault::DropEvent(None) => !matches!(name, "READY" | "RESUMED"),
                Fault::DropEvent(Some(wanted)) => wanted == name,
                _ => false,
            });
            withheld = fault.is_some();
            let altered = self.altered(state, connection, place, name, &event.data);
            if let Some(data) = altered {
                event.data = data.into();
            }
            let skip = self.fault(state, connection, place, |fault| {
                matches!(fault, Fault::SkipSequence(_))
            });
            if let Some(Fault::SkipSequence(numbers)) = skip {
                skipped = numbers;
            }
        }
        let Some(found) = state.sessions.get_mut(session) else {
            return;
        };
        for _ in 0..skipped {
            found.push(Event::new("".into(), "null"), true);
        }
        let kind = EntryKind::Dispatch {
            session: Arc::clone(&found.id),
            name: Arc::clone(&event.name),
            seq: found.push(event, withheld),
        };
        self.log(state, connection, Some(shard), kind);
    }

    /// The payload with everything altered that is to be, if anything is.
    fn altered(
        &self,
        state: &mut State,
        connection: Option<u64>,
        place: Place,
        name: &str,
        data: &str,
    ) -> Option<String> {
        let faults = self.faults(
            state,
            connection,
            place,
            |fault| matches!(fault, Fault::Alter { event, .. } if event == name),
        );
        let mut altered = None;
        for fault in faults {
            if let Fault::Alter { field, to, .. } = fault {
                altered = Some(alter(altered.as_deref().unwrap_or(data), &field, &to));
            }
        }
        altered
    }
}

/// `GUILD_CREATE` as this session is to see it.
pub(crate) fn guild_create(state: &State, id: u64, session: &str) -> Option<Value> {
    let guild = state.world.guilds.get(&id)?;
    let session = state.sessions.get(session)?;
    if !guild.available {
        return Some(json!({ "id": id.to_string(), "unavailable": true }));
    }
    let large = guild.members.len() as u64 > session.large_threshold;
    let presences = session.intents & intents::PRESENCES != 0;
    let listed = presences && guild.members.len() <= LISTED_MEMBERS;
    let shown: Vec<u64> = guild
        .members
        .keys()
        .copied()
        .filter(|user| {
            let here = *user == state.world.bot || guild.voice_states.contains_key(user);
            here || listed && (!large || is_distinguished(guild, *user))
        })
        .collect();
    let mut data = guild.render();
    let bot = guild.members.get(&state.world.bot)?;
    data["joined_at"] = Value::from(iso8601(bot.joined_at));
    data["large"] = Value::Bool(large);
    data["unavailable"] = Value::Bool(false);
    data["member_count"] = Value::from(guild.members.len());
    data["voice_states"] = guild
        .voice_states
        .values()
        .map(|voice| {
            let mut voice = voice.clone();
            if let Some(fields) = voice.as_object_mut() {
                fields.remove("guild_id");
            }
            voice
        })
        .collect();
    data["members"] = shown
        .iter()
        .filter_map(|user| state.world.member(id, *user))
        .collect();
    data["channels"] = guild
        .channels
        .values()
        .cloned()
        .map(without_guild)
        .collect();
    data["threads"] = threads(&state.world, guild);
    data["presences"] = if presences {
        guild
            .presences
            .iter()
            .map(|(user, presence)| presence.render(id, *user))
            .collect()
    } else {
        json!([])
    };
    data["stage_instances"] = guild.stage_instances.values().cloned().collect();
    data["guild_scheduled_events"] = guild.scheduled_events.values().cloned().collect();
    data["soundboard_sounds"] = guild.sounds.values().cloned().collect();
    Some(data)
}

/// Whether a member of a large guild is in its `GUILD_CREATE`: who is online, has a role or a nickname.
fn is_distinguished(guild: &Guild, user: u64) -> bool {
    let member = guild.members.get(&user);
    guild.presences.contains_key(&user)
        || member.is_some_and(|member| member.nick.is_some() || !member.roles.is_empty())
}

/// The active threads that the bot sees, with its own member where it is in one.
fn threads(world: &WorldState, guild: &Guild) -> Value {
    let bot = world.bot;
    let active = guild.threads.iter();
    let active = active.filter(|(_, thread)| thread["thread_metadata"]["archived"] != true);
    let active = active.filter(|(id, _)| world.can_see(**id, bot));
    let shown = active.map(|(id, thread)| {
        let mut thread = thread.clone();
        let own = guild.thread_members.get(id).and_then(|all| all.get(&bot));
        if let Some(own) = own {
            thread["member"] = own.clone();
        }
        thread
    });
    shown.collect()
}

/// Channels inside `GUILD_CREATE` do not repeat the guild.
fn without_guild(mut channel: Value) -> Value {
    if let Some(fields) = channel.as_object_mut() {
        fields.remove("guild_id");
    }
    channel
}

const CONTENT_EVENTS: [&str; 3] = [
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "AUTO_MODERATION_ACTION_EXECUTION",
];

/// Members above which none is in `GUILD_CREATE` but those in voice and the bot.
const LISTED_MEMBERS: usize = 75_000;
