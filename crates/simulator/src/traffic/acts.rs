use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::{Act, Mix};
use crate::core::{Core, State};
use crate::gateway::dispatch::Happening;
use crate::world::permissions::{CONNECT, SEND_MESSAGES, VIEW_CHANNEL};
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
/// Acts after which the crowd looks again who and what is there, or as many as there are people.
const LOOK_AGAIN: u64 = 50_000;
/// How many guests there are at most: with no more leaving than joining, nobody else joins.
const GUESTS: usize = 10_000;
/// Types of messages that their authors can edit: plain ones, and replies.
const EDITABLE: [u64; 2] = [0, 19];
/// How often an act that cannot be done is tried with somebody else.
const TRIES: usize = 4;

/// Those who act.
#[derive(Debug)]
pub(super) struct Crowd {
    mix: Mix,
    rng: Rng,
    guilds: Vec<Place>,
    /// The guilds of everybody who is in more than one.
    shared: BTreeMap<u64, Vec<u64>>,
    /// Those who joined, and may leave again: guild and user.
    guests: Vec<(u64, u64)>,
    /// Those who left, and may join again.
    gone: Vec<u64>,
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
    /// Without bots.
    people: Vec<u64>,
}

impl Crowd {
    pub(super) fn new(mix: Mix, seed: u64) -> Self {
        Self {
            mix,
            rng: Rng::with_seed(seed),
            guilds: Vec::new(),
            shared: BTreeMap::new(),
            guests: Vec::new(),
            gone: Vec::new(),
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
        let users = &state.world.users;
        let is_person = |user: &u64| users.get(user).is_some_and(|it| !it.bot);
        let guilds = state.world.guilds.iter();
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
                people: guild.members.keys().copied().filter(is_person).collect(),
            }
        });
        self.guilds = guilds.collect();
        let everybody = self.guilds.iter();
        let mut everybody: Vec<(u64, u64)> = everybody
            .flat_map(|place| place.people.iter().map(|user| (*user, place.id)))
            .collect();
        everybody.sort_unstable();
        let several = everybody.chunk_by(|one, other| one.0 == other.0);
        let several = several.filter(|guilds| guilds.len() > 1);
        self.shared = several
            .filter_map(|of_one| {
                let (user, _) = of_one.first()?;
                Some((*user, of_one.iter().map(|(_, guild)| *guild).collect()))
            })
            .collect();
        self.fresh = LOOK_AGAIN.max(everybody.len() as u64);
    }

    /// Does it with somebody, somewhere; `None` if that was not possible.
    fn try_act(&mut self, core: &Core, state: &mut State, act: Act) -> Option<()> {
        let place = self.rng.choice(&self.guilds)?;
        let guild = place.id;
        let user = *self.rng.choice(&place.people)?;
        let found = state.world.guilds.get(&guild)?;
        // Nobody sees what happens where there is an outage; and some have left since.
        if !found.available || !found.members.contains_key(&user) {
            return None;
        }
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
                let presence = Presence::new(status, []);
                // They are who they are everywhere.
                let everywhere = self.shared.get(&user);
                let everywhere = everywhere.map_or(&[][..], Vec::as_slice);
                let others = everywhere.iter().filter(|other| **other != guild);
                for guild in [guild].iter().chain(others) {
                    core.set_presence(state, *guild, user, &presence);
                }
            }
            Act::Voice => {
                let channel = *self.rng.choice(&place.voices)?;
                let now = state.world.voice_channel(guild, user);
                let next = Some(channel).filter(|channel| now != Some(*channel));
                // Out of a channel they may always go.
                let needed = VIEW_CHANNEL | CONNECT;
                if next.is_some() && state.world.permissions_in(channel, user) & needed != needed {
                    return None;
                }
                core.move_voice(state, guild, user, next, (false, false));
            }
            Act::Join => return self.join(core, state, guild),
            Act::Leave => {
                let at = self.rng.usize(..self.guests.len().max(1));
                let _ = self.guests.get(at)?;
                let (guild, user) = self.guests.swap_remove(at);
                self.gone.push(user);
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
        let last = state.world.messages.of(channel).next_back();
        let last = last.map(objects::id);
        // Who has left does nothing with what they wrote, and bots speak for themselves.
        let theirs = |state: &State| {
            let message = state.world.messages.of(channel).next_back()?;
            let author = objects::id(&message["author"]);
            let person = state.world.users.get(&author).is_some_and(|it| !it.bot);
            let kind = message["type"].as_u64()?;
            let allowed = state.world.permissions_in(channel, author);
            (person && EDITABLE.contains(&kind) && allowed & needed == needed)
                .then(|| objects::id(message))
        };
        match act {
            Act::Message => {
                let text = self.sentence();
                core.post(state, channel, user, &text, Map::new());
            }
            Act::Type => core.start_typing(state, channel, user),
            Act::React => {
                let message = last?;
                let emoji = json!({ "id": null, "name": self.rng.choice(EMOJIS)? });
                let on = self.rng.u8(..4) != 0;
                core.set_reaction(state, (channel, message), user, &emoji, on)
                    .then_some(())?;
            }
            Act::Edit => {
                let message = theirs(state)?;
                let body = json!({ "content": self.sentence() });
                core.change_message(state, channel, message, &body)?;
            }
            _ => {
                let message = theirs(state)?;
                core.remove_message(state, channel, message).then_some(())?;
            }
        }
        Some(())
    }

    fn join(&mut self, core: &Core, state: &mut State, guild: u64) -> Option<()> {
        if self.guests.len() >= GUESTS {
            return None;
        }
        let user = self.gone.pop().unwrap_or_else(|| {
            self.joined += 1;
            let name = format!("guest{}", self.joined);
            let user = core.next_id(state);
            let guest = User::new(&name, Some(&name), false);
            state.world.users.insert(user, guest);
            user
        });
        let joined = core.clock.now_ms();
        let found = state.world.guilds.get(&guild)?;
        if found.bans.contains_key(&user) || found.members.contains_key(&user) {
            self.gone.insert(0, user);
            return None;
        }
        state.world.add_member(guild, user, Member::new(joined, []));
        let mut data = state.world.member(guild, user).unwrap_or_default();
        data["guild_id"] = Value::from(guild.to_string());
        core.dispatch(
            state,
            &Happening::new("GUILD_MEMBER_ADD", Some(guild), data),
        );
        self.guests.push((guild, user));
        Some(())
    }

    fn sentence(&mut self) -> String {
        let length = self.rng.usize(1..12);
        let words = (0..length).filter_map(|_| self.rng.choice(WORDS));
        words.collect::<Vec<_>>().join(" ")
    }
}
