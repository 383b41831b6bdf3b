//! Frames as a gateway sends them.

use crate::{
    guild,
    json::{Id, Json, NULL, Object},
    world::World,
};

/// The same frames in every run.
const SEED: u64 = 0x706f_6c79_636f_7264;

/// A list of frames with a name.
pub struct Workload {
    pub name: &'static str,
    pub frames: Vec<String>,
}

impl Workload {
    fn of(name: &'static str, count: usize, mut frame: impl FnMut(&mut Source) -> Frame) -> Self {
        let mut source = Source::new();
        let frames = (0..count).map(|_| {
            let next = frame(&mut source);
            source.envelope(next)
        });
        let frames = frames.collect();
        Self { name, frames }
    }

    pub fn bytes(&self) -> usize {
        self.frames.iter().map(String::len).sum()
    }

    /// What a bot with all intents gets in the midst of a day.
    pub fn mix() -> Self {
        Self::of("mix", 2_000, Source::any)
    }

    /// The mix, the payload written before the header as other servers do.
    pub fn header_last() -> Self {
        let frames = Self::mix().frames.into_iter().map(|frame| {
            let (header, data) = frame
                .split_once(r#","d":"#)
                .expect("the header comes first");
            let (header, data) = (&header[1..], &data[..data.len() - 1]);
            format!(r#"{{"d":{data},{header}}}"#)
        });
        Self {
            name: "payload, header",
            frames: frames.collect(),
        }
    }

    /// One workload for each of the kinds that make up most of the traffic.
    pub fn kinds() -> Vec<Self> {
        vec![
            Self::of("PRESENCE_UPDATE", 500, Source::presence_update),
            Self::of("MESSAGE_CREATE", 500, Source::message_create),
            Self::of("TYPING_START", 500, Source::typing_start),
            Self::of("MESSAGE_REACTION_*", 500, Source::reaction),
            Self::of("GUILD_MEMBER_*", 500, Source::member),
            Self::of("VOICE_STATE_UPDATE", 500, Source::voice_state_update),
            Self::of("INTERACTION_CREATE", 500, Source::interaction_create),
        ]
    }

    /// A guild with a thousand members, as it comes after READY.
    pub fn guild_create() -> Self {
        Self::of("GUILD_CREATE (1,000)", 1, |source| {
            ("GUILD_CREATE", guild::create(&mut source.world, 1_000))
        })
    }
}

/// The name of an event and its data.
type Frame = (&'static str, Json);

struct Source {
    world: World,
    seq: u64,
}

impl Source {
    fn new() -> Self {
        Self {
            world: World::new(SEED),
            seq: 40_000,
        }
    }

    /// The members in Discord's order.
    fn envelope(&mut self, (name, data): Frame) -> String {
        self.seq += 1;
        Object::new()
            .with("t", name)
            .with("s", self.seq)
            .with("op", 0_u64)
            .with("d", data)
            .end()
            .text()
    }

    fn any(&mut self) -> Frame {
        match self.world.random.below(100) {
            0..=54 => self.presence_update(),
            55..=72 => self.message_create(),
            73..=80 => self.typing_start(),
            81..=86 => self.reaction(),
            87..=91 => self.member(),
            92 => self.voice_state_update(),
            93..=94 => self.message_update(),
            95..=96 => self.message_delete(),
            97 => self.channel_update(),
            98 => self.interaction_create(),
            _ => match self.world.random.below(3) {
                0 => self.role_update(),
                1 => self.thread_create(),
                _ => self.thread_delete(),
            },
        }
    }

    fn presence_update(&mut self) -> Frame {
        let guild = self.world.guild_id();
        let presence = self.world.presence().with("guild_id", guild);
        ("PRESENCE_UPDATE", presence.end())
    }

    fn message_create(&mut self) -> Frame {
        ("MESSAGE_CREATE", self.message())
    }

    fn message_update(&mut self) -> Frame {
        ("MESSAGE_UPDATE", self.message())
    }

    fn message(&mut self) -> Json {
        let world = &mut self.world;
        let (id, author, channel, guild) = (
            world.id(),
            world.user_id(),
            world.channel_id(),
            world.guild_id(),
        );
        let member = world.member().end();
        let reply = world.random.chance(18);
        let message = world
            .message(id, author, if reply { 19 } else { 0 })
            .with("nonce", Id(id.0 ^ 0x3fff))
            .with("member", member);
        let message = if reply {
            let (id, author) = (world.id(), world.user_id());
            let answered = world
                .message(id, author, 0)
                .with("channel_id", channel)
                .end();
            let reference = Object::new()
                .with("type", 0_u64)
                .with("message_id", id)
                .with("guild_id", guild)
                .with("channel_id", channel);
            message
                .with("referenced_message", answered)
                .with("message_reference", reference.end())
        } else {
            message
        };
        message
            .with("channel_type", 0_u64)
            .with("channel_id", channel)
            .with("guild_id", guild)
            .end()
    }

    fn message_delete(&mut self) -> Frame {
        let world = &mut self.world;
        let data = Object::new()
            .with("id", world.id())
            .with("channel_id", world.channel_id())
            .with("guild_id", world.guild_id());
        ("MESSAGE_DELETE", data.end())
    }

    fn typing_start(&mut self) -> Frame {
        let world = &mut self.world;
        let user = world.user_id();
        let data = Object::new()
            .with("user_id", user)
            .with("timestamp", world.millis() / 1000)
            .with("member", world.member_with_user(user))
            .with("channel_id", world.channel_id())
            .with("guild_id", world.guild_id());
        ("TYPING_START", data.end())
    }

    fn reaction(&mut self) -> Frame {
        let world = &mut self.world;
        let user = world.user_id();
        let added = world.random.chance(80);
        let data = Object::new()
            .with("user_id", user)
            .with("type", 0_u64)
            .with("message_id", world.id());
        let data = if added {
            data.with("message_author_id", world.user_id())
                .with("member", world.member_with_user(user))
        } else {
            data
        };
        let data = data
            .with("emoji", world.emoji())
            .with("channel_id", world.channel_id())
            .with("burst", false)
            .with("guild_id", world.guild_id());
        let name = if added {
            "MESSAGE_REACTION_ADD"
        } else {
            "MESSAGE_REACTION_REMOVE"
        };
        (name, data.end())
    }

    fn member(&mut self) -> Frame {
        let world = &mut self.world;
        let user = world.user().end();
        let guild = world.guild_id();
        match world.random.below(10) {
            0..=6 => {
                let data = world.member().with("user", user).with("guild_id", guild);
                ("GUILD_MEMBER_UPDATE", data.end())
            }
            7..=8 => {
                let data = world.member().with("user", user).with("guild_id", guild);
                ("GUILD_MEMBER_ADD", data.end())
            }
            _ => {
                let data = Object::new().with("user", user).with("guild_id", guild);
                ("GUILD_MEMBER_REMOVE", data.end())
            }
        }
    }

    fn voice_state_update(&mut self) -> Frame {
        let world = &mut self.world;
        let user = world.user_id();
        let channel = world.maybe(80, World::channel_id);
        let member = world.member_with_user(user);
        let data = world
            .voice_state(user, channel)
            .with("member", member)
            .with("guild_id", world.guild_id());
        ("VOICE_STATE_UPDATE", data.end())
    }

    fn channel_update(&mut self) -> Frame {
        let world = &mut self.world;
        let (id, guild) = (world.channel_id(), world.guild_id());
        let data = guild::channel(world, id, 0).with("guild_id", guild);
        ("CHANNEL_UPDATE", data.end())
    }

    fn role_update(&mut self) -> Frame {
        let world = &mut self.world;
        let id = world.id();
        let data = Object::new()
            .with("role", guild::role(world, id))
            .with("guild_id", world.guild_id());
        ("GUILD_ROLE_UPDATE", data.end())
    }

    fn thread_create(&mut self) -> Frame {
        let world = &mut self.world;
        let guild = world.guild_id();
        let thread = guild::thread(world)
            .with("newly_created", true)
            .with("guild_id", guild);
        ("THREAD_CREATE", thread.end())
    }

    fn thread_delete(&mut self) -> Frame {
        let world = &mut self.world;
        let data = Object::new()
            .with("type", 11_u64)
            .with("parent_id", world.channel_id())
            .with("id", world.id())
            .with("guild_id", world.guild_id());
        ("THREAD_DELETE", data.end())
    }

    fn interaction_create(&mut self) -> Frame {
        let world = &mut self.world;
        let (user, guild, channel) = (world.user_id(), world.guild_id(), world.channel_id());
        let user = world.user_with(user).end();
        let member = world
            .member()
            .with("user", user)
            .with("unusual_dm_activity_until", NULL)
            .with("permissions", "2251799813685247")
            .end();
        let option = Object::new()
            .with("value", world.random.words(3))
            .with("type", 3_u64)
            .with("name", "query");
        let data = Object::new()
            .with("type", 1_u64)
            .with("options", vec![option.end()])
            .with("name", "play")
            .with("id", world.id());
        let owners = Object::new().with("0", guild).end();
        let channel_data = guild::channel(world, channel, 0)
            .with("permissions", "2251799813685247")
            .with("guild_id", guild);
        let interaction = Object::new()
            .with("version", 1_u64)
            .with("type", 2_u64)
            .with("token", world.random.hex(180))
            .with("member", member)
            .with("locale", "en-US")
            .with("id", world.id())
            .with("guild_locale", "en-US")
            .with("guild_id", guild)
            .with(
                "guild",
                Object::new()
                    .with("locale", "en-US")
                    .with("id", guild)
                    .with("features", vec!["COMMUNITY", "NEWS"])
                    .end(),
            )
            .with("entitlements", Vec::<bool>::new())
            .with("data", data.end())
            .with("context", 0_u64)
            .with("channel_id", channel)
            .with("channel", channel_data.end())
            .with("authorizing_integration_owners", owners)
            .with("attachment_size_limit", 10_485_760_u64)
            .with("application_id", Id(1_080_000_000_000_000_001))
            .with("app_permissions", "562949953601536");
        ("INTERACTION_CREATE", interaction.end())
    }
}
