use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{Act, Mix};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::permissions::{SEND_MESSAGES, VIEW_CHANNEL};
use crate::world::{Member, Presence, Status, User, objects};

/// What people say.
const WORDS: [&str; 16] = [
    "tea",
    "or",
    "coffee",
    "ship",
    "it",
    "naïve",
    "日本語",
    "🎉",
    "maybe",
    "later",
    "works",
    "here",
    "ça",
    "va",
    "Привет",
    "ok",
];
const EMOJIS: [&str; 4] = ["🎉", "👍", "👀", "❤️"];
const STATUSES: [Status; 4] = [Status::Online, Status::Idle, Status::Dnd, Status::Offline];
/// Acts after which the crowd looks again who and what is there.
const LOOK_AGAIN: u64 = 50_000;
/// How often an act that cannot be done is tried with somebody else.
const TRIES: usize = 4;

/// Those who act.
#[derive(Debug)]
pub(super) struct Crowd {
    mix: Mix,
    rng: Rng,
    guilds: Vec<Place>,
    /// Those who joined, and may leave again: guild and user.
    guests: Vec<(u64, u64)>,
    joined: u64,
    /// Acts until it looks again.
    fresh: u64,
}

/// A guild, as far as it is acted in.
#[derive(Debug)]
struct Place {
    id: u64,
    texts: Vec<u64>,
    voices: Vec<u64>,
    /// Without the bot.
    people: Vec<u64>,
}

impl Crowd {
    pub(super) fn new(mix: Mix, seed: u64) -> Self {
        Self {
            mix,
            rng: Rng::with_seed(seed),
            guilds: Vec::new(),
            guests: Vec::new(),
            joined: 0,
            fresh: 0,
        }
    }

    /// Does so much, and says what was done.
    pub(super) fn act(&mut self, core: &Core, count: u64) -> Vec<Act> {
        let mut state = core.lock();
        if self.fresh < count {
            self.look(&state);
        }
        self.fresh = self.fresh.saturating_sub(count);
        let mut done = Vec::new();
        for _ in 0..count {
            let Some(act) = self.mix.pick(&mut self.rng) else {
                break;
            };
            if (0..TRIES).any(|_| self.try_act(core, &mut state, act).is_some()) {
                done.push(act);
            }
        }
        done
    }

    fn look(&mut self, state: &State) {
        let bot = state.world.bot;
        let guilds = state.world.guilds.iter().filter(|(_, it)| it.available);
        let guilds = guilds.map(|(id, guild)| {
            let of = |kinds: &[u64]| -> Vec<u64> {
                let channels = guild.channels.iter();
                let channels = channels
                    .filter(|(_, it)| it["type"].as_u64().is_some_and(|it| kinds.contains(&it)));
                channels.map(|(id, _)| *id).collect()
            };
            Place {
                id: *id,
                texts: of(&[0, 5]),
                voices: of(&[2]),
                people: guild
                    .members
                    .keys()
                    .copied()
                    .filter(|it| *it != bot)
                    .collect(),
            }
        });
        self.guilds = guilds.collect();
        self.fresh = LOOK_AGAIN;
    }

    /// Does it with somebody, somewhere; `None` if that was not possible.
    fn try_act(&mut self, core: &Core, state: &mut State, act: Act) -> Option<()> {
        let place = self.rng.choice(&self.guilds)?;
        let guild = place.id;
        let user = *self.rng.choice(&place.people)?;
        state.world.guilds.get(&guild)?.members.get(&user)?;
        match act {
            Act::Message | Act::Type | Act::React | Act::Edit | Act::Delete => {
                let channel = *self.rng.choice(&place.texts)?;
                return self.talk(core, state, act, (channel, user));
            }
            Act::Nick => {
                let number = self.rng.u16(..);
                state.world.update_member(guild, user, |member| {
                    member.nick = Some(format!("nick {number}").into());
                })?;
                core.tell_member(state, guild, user);
            }
            Act::Presence => {
                let status = self.rng.choice(STATUSES)?;
                core.set_presence(state, guild, user, &Presence::new(status, []));
            }
            Act::Voice => {
                let channel = *self.rng.choice(&place.voices)?;
                let found = state.world.guilds.get(&guild)?;
                let now = found.voice_states.get(&user);
                let now = now.and_then(|voice| objects::snowflake(&voice["channel_id"]));
                let next = Some(channel).filter(|channel| now != Some(*channel));
                if next.is_none() && now.is_none() {
                    return None;
                }
                core.move_voice(state, guild, user, next, (false, false));
            }
            Act::Join => self.join(core, state, guild),
            Act::Leave => {
                let at = self.rng.usize(..self.guests.len().max(1));
                let _ = self.guests.get(at)?;
                let (guild, user) = self.guests.swap_remove(at);
                core.remove_member(state, guild, user).then_some(())?;
            }
        }
        Some(())
    }

    fn talk(
        &mut self,
        core: &Core,
        state: &mut State,
        act: Act,
        (channel, user): (u64, u64),
    ) -> Option<()> {
        let needed = VIEW_CHANNEL | SEND_MESSAGES;
        if state.world.permissions_in(channel, user) & needed != needed {
            return None;
        }
        let bot = state.world.bot;
        let last = state.world.messages.of(channel).next_back();
        let last = last.map(|message| (objects::id(message), objects::id(&message["author"])));
        match act {
            Act::Message => {
                let text = self.sentence();
                core.post(state, channel, user, &text, Map::new());
            }
            Act::Type => core.start_typing(state, channel, user),
            Act::React => {
                let (message, _) = last?;
                let emoji = json!({ "id": null, "name": self.rng.choice(EMOJIS)? });
                let on = self.rng.u8(..4) != 0;
                core.set_reaction(state, (channel, message), user, &emoji, on);
            }
            Act::Edit => {
                let (message, _) = last.filter(|(_, author)| *author != bot)?;
                let body = json!({ "content": self.sentence() });
                core.change_message(state, channel, message, &body)?;
            }
            _ => {
                let (message, _) = last?;
                core.remove_message(state, channel, message).then_some(())?;
            }
        }
        Some(())
    }

    fn join(&mut self, core: &Core, state: &mut State, guild: u64) {
        self.joined += 1;
        let name = format!("guest{}", self.joined);
        let user = core.next_id(state);
        state
            .world
            .users
            .insert(user, User::new(&name, Some(&name), false));
        let joined = core.clock.now_ms();
        if let Some(found) = state.world.guilds.get_mut(&guild) {
            found.members.insert(user, Member::new(joined, []));
        }
        let mut data = state.world.member(guild, user).unwrap_or_default();
        data["guild_id"] = Value::from(guild.to_string());
        core.dispatch(
            state,
            &Happening::new("GUILD_MEMBER_ADD", Some(guild), data),
        );
        self.guests.push((guild, user));
    }

    fn sentence(&mut self) -> String {
        let length = self.rng.usize(1..12);
        let words = (0..length).filter_map(|_| self.rng.choice(WORDS));
        words.collect::<Vec<_>>().join(" ")
    }
}
