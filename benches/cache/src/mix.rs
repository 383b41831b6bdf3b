//! What happens in a town: a stream of frames without an end, about members, channels and messages that there are.

use std::collections::VecDeque;

use polycord_workload::{
    guild,
    json::{Id, Json, Object},
    random::Random,
    world::World,
};

use crate::{
    distribution::Distribution,
    people,
    town::{Town, envelope},
};

/// How many of the newest messages are changed, reacted to and deleted.
const RECENT: usize = 2_000;
/// Milliseconds since Discord's epoch at which the first message is written: in 2025.
const FIRST: u64 = 340_000_000_000;

/// A town's frames. Two of the same town and seed give the same.
pub struct Mix {
    town: Town,
    world: World,
    seq: u64,
    recent: VecDeque<Message>,
    /// How often each member was updated.
    updates: Vec<u16>,
    /// Who came and has not left again. They have places behind those of the members.
    visitors: VecDeque<(u64, u64)>,
}

#[derive(Clone, Copy)]
struct Message {
    id: Id,
    channel: Id,
    guild: u64,
    member: u64,
}

type Frame = (&'static str, Json);

impl Mix {
    pub fn new(town: Town, seed: u64) -> Self {
        let mut world = town.world(0);
        world.random = Random::new(seed);
        Self {
            town,
            world,
            seq: town.guilds + 2,
            recent: VecDeque::new(),
            updates: vec![0; town.all_members() as usize],
            visitors: VecDeque::new(),
        }
    }

    /// The next frames.
    pub fn take(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| self.frame()).collect()
    }

    /// The next frame: 55 % presences, 18 % messages, 8 % typing, 6 % reactions, and less of the others.
    pub fn frame(&mut self) -> String {
        self.seq += 1;
        let (guild, member) = self.anybody();
        let (name, data) = match self.world.random.below(100) {
            0..=54 => self.presence_update(guild, member),
            55..=72 => self.message_create(guild, member),
            73..=80 => self.typing_start(guild, member),
            81..=86 => self.reaction(guild, member),
            87..=90 => self.member_update(guild, member),
            91 => self.visit(guild),
            92..=94 => self.voice_state_update(guild, member),
            95..=96 => self.message_update(),
            97..=98 => self.message_delete(),
            _ => self.channel_update(guild),
        };
        envelope(name, self.seq, data)
    }

    /// One message, in the channel with this number of all there are.
    pub fn message_in(&mut self, number: usize) -> String {
        self.seq += 1;
        let channels: Vec<_> = (0..self.town.guilds)
            .flat_map(|guild| {
                self.town
                    .channel_ids(guild)
                    .into_iter()
                    .map(move |id| (guild, id))
            })
            .collect();
        let (guild, channel) = channels[number % channels.len()];
        let member = self.world.random.below(self.town.members);
        let (name, data) = self.message(guild, member, channel);
        envelope(name, self.seq, data)
    }

    /// One reaction to the newest message.
    pub fn reaction_to_newest(&mut self) -> Option<String> {
        self.seq += 1;
        let message = *self.recent.back()?;
        let member = self.world.random.below(self.town.members);
        let (name, data) = self.reaction_to(message, member, true);
        Some(envelope(name, self.seq, data))
    }

    /// An update that changes the member, each time to something else.
    pub fn update_of(&mut self, guild: u64, member: u64) -> String {
        self.seq += 1;
        let (name, data) = self.member_update(guild, member);
        envelope(name, self.seq, data)
    }

    fn anybody(&mut self) -> (u64, u64) {
        let guild = self.world.random.below(self.town.guilds);
        (guild, self.world.random.below(self.town.members))
    }

    fn user(&self, guild: u64, member: u64) -> Id {
        self.town.user_id(self.town.person(guild, member))
    }

    fn updates(&self, guild: u64, member: u64) -> u64 {
        self.updates[(guild * self.town.members + member) as usize].into()
    }

    fn member_with_user(&self, guild: u64, member: u64) -> Json {
        let updates = self.updates(guild, member);
        self.town.member_with_user(guild, member, updates)
    }

    fn presence_update(&mut self, guild: u64, member: u64) -> Frame {
        let user = self.user(guild, member);
        let presence = people::presence(&mut self.world, user, true);
        let presence = presence.with("guild_id", self.town.guild_id(guild));
        ("PRESENCE_UPDATE", presence.end())
    }

    fn message_create(&mut self, guild: u64, member: u64) -> Frame {
        let channel = self.town.text_channel(guild, &mut self.world.random);
        self.message(guild, member, channel)
    }

    fn message(&mut self, guild: u64, member: u64, channel: Id) -> Frame {
        let millis = FIRST + self.seq;
        let message = Message {
            id: Id(millis << 22 | self.world.random.below(1 << 12)),
            channel,
            guild,
            member,
        };
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(message);
        ("MESSAGE_CREATE", self.written(message, false))
    }

    fn message_update(&mut self) -> Frame {
        match self.any_message() {
            Some(message) => ("MESSAGE_UPDATE", self.written(message, true)),
            None => self.message_create(0, 0),
        }
    }

    fn written(&mut self, message: Message, is_edited: bool) -> Json {
        let Message {
            id,
            channel,
            guild,
            member,
        } = message;
        let updates = self.updates(guild, member);
        let author = self.town.user(self.town.person(guild, member));
        let member = self.town.member(guild, member, updates);
        let world = &mut self.world;
        let content = content(world, self.town.distribution);
        let embeds = u64::from(world.random.chance(12));
        let embeds = world.some(embeds, World::embed);
        let attachments = u64::from(world.random.chance(8));
        let attachments = world.some(attachments, World::attachment);
        let edited = is_edited.then(|| world.timestamp());
        Object::new()
            .with("type", 0_u64)
            .with("tts", false)
            .with("timestamp", world.timestamp())
            .with("pinned", false)
            .with("nonce", Id(id.0 ^ 0x3fff))
            .with("mentions", Vec::<bool>::new())
            .with("mention_roles", Vec::<bool>::new())
            .with("mention_everyone", false)
            .with("member", member.end())
            .with("id", id)
            .with("flags", 0_u64)
            .with("embeds", embeds)
            .with("edited_timestamp", edited)
            .with("content", content)
            .with("components", Vec::<bool>::new())
            .with("channel_type", 0_u64)
            .with("channel_id", channel)
            .with("author", author.end())
            .with("attachments", attachments)
            .with("guild_id", self.town.guild_id(guild))
            .end()
    }

    fn message_delete(&mut self) -> Frame {
        let newest = self.recent.len().saturating_sub(1);
        let place = self.world.random.below(newest as u64 + 1) as usize;
        let Some(message) = self.recent.remove(place) else {
            return self.message_create(0, 0);
        };
        let data = Object::new()
            .with("id", message.id)
            .with("channel_id", message.channel)
            .with("guild_id", self.town.guild_id(message.guild));
        ("MESSAGE_DELETE", data.end())
    }

    fn any_message(&mut self) -> Option<Message> {
        let count = self.recent.len();
        let place = (count > 0).then(|| self.world.random.below(count as u64))?;
        self.recent.get(place as usize).copied()
    }

    fn typing_start(&mut self, guild: u64, member: u64) -> Frame {
        let data = Object::new()
            .with("user_id", self.user(guild, member))
            .with("timestamp", self.world.millis() / 1000)
            .with("member", self.member_with_user(guild, member))
            .with(
                "channel_id",
                self.town.text_channel(guild, &mut self.world.random),
            )
            .with("guild_id", self.town.guild_id(guild));
        ("TYPING_START", data.end())
    }

    fn reaction(&mut self, guild: u64, member: u64) -> Frame {
        let added = self.world.random.chance(80);
        match self.any_message() {
            // By somebody who is in the message's guild.
            Some(message) => self.reaction_to(message, member, added),
            None => self.message_create(guild, member),
        }
    }

    fn reaction_to(&mut self, message: Message, member: u64, added: bool) -> Frame {
        let Message { guild, .. } = message;
        let data = Object::new()
            .with("user_id", self.user(guild, member))
            .with("type", 0_u64)
            .with("message_id", message.id);
        let data = if added {
            data.with("message_author_id", self.user(guild, message.member))
                .with("member", self.member_with_user(guild, member))
        } else {
            data
        };
        let data = data
            .with("emoji", self.world.emoji())
            .with("channel_id", message.channel)
            .with("burst", false)
            .with("guild_id", self.town.guild_id(guild));
        let name = if added {
            "MESSAGE_REACTION_ADD"
        } else {
            "MESSAGE_REACTION_REMOVE"
        };
        (name, data.end())
    }

    fn member_update(&mut self, guild: u64, member: u64) -> Frame {
        let updates = &mut self.updates[(guild * self.town.members + member) as usize];
        *updates = updates.wrapping_add(1);
        let updates = (*updates).into();
        let user = self.town.user(self.town.person(guild, member)).end();
        let data = self.town.member(guild, member, updates);
        let data = data
            .with("user", user)
            .with("guild_id", self.town.guild_id(guild));
        ("GUILD_MEMBER_UPDATE", data.end())
    }

    /// Somebody comes, or who came first leaves.
    fn visit(&mut self, guild: u64) -> Frame {
        let leaves = self.world.random.chance(50);
        if leaves && let Some((guild, member)) = self.visitors.pop_front() {
            let user = self.town.user(self.visitor(member)).end();
            let data = Object::new()
                .with("user", user)
                .with("guild_id", self.town.guild_id(guild));
            return ("GUILD_MEMBER_REMOVE", data.end());
        }
        let visit = (guild, self.town.members + self.seq);
        self.visitors.push_back(visit);
        let (guild, member) = visit;
        let user = self.town.user(self.visitor(member)).end();
        let data = self.town.member(guild, member, 0);
        let data = data
            .with("user", user)
            .with("guild_id", self.town.guild_id(guild));
        ("GUILD_MEMBER_ADD", data.end())
    }

    /// Everybody who comes has a number of their own, behind those of the members.
    fn visitor(&self, member: u64) -> u64 {
        self.town.all_members() + member
    }

    fn voice_state_update(&mut self, guild: u64, member: u64) -> Frame {
        let user = self.user(guild, member);
        let is_there = self.world.random.chance(70);
        let channel = self.town.voice_channel(guild, &mut self.world.random);
        let data = self
            .world
            .voice_state(user, is_there.then_some(channel))
            .with("member", self.member_with_user(guild, member))
            .with("guild_id", self.town.guild_id(guild));
        ("VOICE_STATE_UPDATE", data.end())
    }

    fn channel_update(&mut self, guild: u64) -> Frame {
        let id = self.town.text_channel(guild, &mut self.world.random);
        let channel = guild::channel(&mut self.world, id, 0);
        let channel = channel.with("guild_id", self.town.guild_id(guild));
        ("CHANNEL_UPDATE", channel.end())
    }
}

/// 5 to 200 characters, the short ones more often.
fn content(world: &mut World, distribution: Distribution) -> String {
    let length = 5 + world.random.below(196).min(world.random.below(196));
    let mut text = world.content();
    while (text.chars().count() as u64) < length {
        text.push(' ');
        text += &distribution.words(&mut world.random);
    }
    text.chars().take(length as usize).collect()
}
