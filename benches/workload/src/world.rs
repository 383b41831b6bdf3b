//! A made-up Discord that the frames talk about: users, members, messages, guilds.

use crate::{
    json::{Escaped, Id, Json, NULL, Object},
    random::Random,
};

const NAMES: &[&str] = &[
    "lena",
    "mr.otter",
    "kurogane",
    "j0sh",
    "pixelpirate",
    "sakura_99",
    "the.real.dan",
    "nova",
    "vex",
    "hollow_knight_fan",
    "äpfelchen",
    "tom",
    "bluejay",
    "zoë",
    "grimm",
    "xX_sniper_Xx",
];
const EMOJI: &[&str] = &["🔥", "👍", "😂", "❤️", "🎉", "👀", "✨"];
const GAMES: &[(&str, u64)] = &[
    ("VALORANT", 700_136_079_562_375_258),
    ("Visual Studio Code", 383_226_320_970_055_681),
    ("League of Legends", 401_518_684_763_586_560),
    ("Minecraft", 356_875_570_916_753_438),
    ("Baldur's Gate 3", 1_137_125_502_985_961_543),
    ("ELDEN RING", 946_609_449_014_005_801),
];
const NOW: u64 = 1_760_000_000_000;

pub struct World {
    pub random: Random,
    pub users: Vec<u64>,
    pub guilds: Vec<u64>,
    pub channels: Vec<u64>,
    pub roles: Vec<u64>,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let mut world = Self {
            random: Random::new(seed),
            users: Vec::new(),
            guilds: Vec::new(),
            channels: Vec::new(),
            roles: Vec::new(),
        };
        world.users = (0..2_000).map(|_| world.id().0).collect();
        world.guilds = (0..40).map(|_| world.id().0).collect();
        world.channels = (0..600).map(|_| world.id().0).collect();
        world.roles = (0..300).map(|_| world.id().0).collect();
        world
    }

    /// A new snowflake of the last ten years.
    pub fn id(&mut self) -> Id {
        const TEN_YEARS: u64 = 315_360_000_000;
        Id((self.random.below(TEN_YEARS) << 22) | self.random.below(1 << 22))
    }

    pub fn user_id(&mut self) -> Id {
        Id(self.random.pick(&self.users))
    }

    pub fn guild_id(&mut self) -> Id {
        Id(self.random.pick(&self.guilds))
    }

    pub fn channel_id(&mut self) -> Id {
        Id(self.random.pick(&self.channels))
    }

    pub fn millis(&mut self) -> u64 {
        NOW + self.random.below(86_400_000)
    }

    pub fn timestamp(&mut self) -> String {
        let random = &mut self.random;
        format!(
            "{}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}000+00:00",
            2016 + random.below(10),
            1 + random.below(12),
            1 + random.below(28),
            random.below(24),
            random.below(60),
            random.below(60),
            random.below(1000),
        )
    }

    /// An optional part, which is there in so many percent of the cases.
    pub fn maybe<T>(&mut self, percent: u64, part: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.random.chance(percent).then(|| part(self))
    }

    pub fn some<T>(&mut self, count: u64, mut part: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..count).map(|_| part(self)).collect()
    }

    pub fn role_ids(&mut self, up_to: u64) -> Vec<Id> {
        let count = self.random.below(up_to + 1);
        self.some(count, |world| Id(world.random.pick(&world.roles)))
    }

    fn hash(&mut self, len: usize) -> String {
        let hash = self.random.hex(len);
        if self.random.chance(15) {
            return format!("a_{hash}");
        }
        hash
    }

    fn name(&mut self) -> String {
        let name = self.random.pick(NAMES);
        if self.random.chance(60) {
            return format!("{name}{}", self.random.below(1000));
        }
        name.into()
    }

    pub fn user(&mut self) -> Object {
        let id = self.user_id();
        self.user_with(id)
    }

    pub fn user_with(&mut self, id: Id) -> Object {
        let name = self.name();
        let avatar = self.maybe(85, |world| world.hash(32));
        let decoration = self.maybe(20, |world| {
            Object::new()
                .with("sku_id", world.id())
                .with("asset", format!("a_{}", world.random.hex(32)))
                .end()
        });
        let clan = self.maybe(15, |world| {
            Object::new()
                .with("tag", "WOLF")
                .with("identity_guild_id", world.guild_id())
                .with("identity_enabled", true)
                .with("badge", world.random.hex(32))
                .end()
        });
        let global_name = self.maybe(75, Self::name);
        Object::new()
            .with("username", name)
            .with(
                "public_flags",
                self.random.pick(&[0_u64, 0, 64, 256, 4_194_304]),
            )
            .with("primary_guild", clan)
            .with("id", id)
            .with("global_name", global_name)
            .with("discriminator", "0")
            .with("avatar_decoration_data", decoration)
            .with("avatar", avatar)
    }

    /// A member; the user is added where the place asks for it.
    pub fn member(&mut self) -> Object {
        let boosts = self.maybe(10, Self::timestamp);
        let nick = self.maybe(30, Self::name);
        let roles = self.role_ids(8);
        Object::new()
            .with("roles", roles)
            .with("premium_since", boosts)
            .with("pending", false)
            .with("nick", nick)
            .with("mute", false)
            .with("joined_at", self.timestamp())
            .with("flags", self.random.pick(&[0_u64, 0, 2, 10]))
            .with("deaf", false)
            .with("communication_disabled_until", NULL)
            .with("banner", NULL)
            .with("avatar", NULL)
    }

    pub fn member_with_user(&mut self, user: Id) -> Json {
        let user = self.user_with(user).end();
        self.member().with("user", user).end()
    }

    pub fn emoji(&mut self) -> Json {
        if self.random.chance(60) {
            return Object::new()
                .with("name", self.random.pick(EMOJI))
                .with("id", NULL)
                .end();
        }
        let animated = self.random.chance(30);
        Object::new()
            .with("name", "pepe_laugh")
            .with("id", self.id())
            .with("animated", animated)
            .end()
    }

    pub fn activity(&mut self) -> Json {
        match self.random.below(10) {
            0..=3 => self.custom_status(),
            4..=5 => self.song(),
            _ => self.game(),
        }
    }

    fn custom_status(&mut self) -> Json {
        let emoji = self.maybe(50, |world| {
            Object::new().with("name", world.random.pick(EMOJI)).end()
        });
        let words = 1 + self.random.below(6);
        let state = self.random.words(words);
        Object::new()
            .with("type", 4_u64)
            .with("state", state)
            .with("name", "Custom Status")
            .with("id", "custom")
            .maybe("emoji", emoji)
            .with("created_at", self.millis())
            .end()
    }

    fn song(&mut self) -> Json {
        let start = self.millis();
        let user = self.user_id();
        let timestamps = Object::new()
            .with("start", start)
            .with("end", start + 215_000);
        let (artist, title, album) = (
            self.random.words(2),
            self.random.words(3),
            self.random.words(3),
        );
        let assets = Object::new()
            .with("large_text", album)
            .with("large_image", format!("spotify:{}", self.random.hex(40)));
        Object::new()
            .with("type", 2_u64)
            .with("timestamps", timestamps.end())
            .with("sync_id", self.random.hex(22))
            .with("state", artist)
            .with("session_id", self.random.hex(32))
            .with(
                "party",
                Object::new()
                    .with("id", format!("spotify:{}", user.0))
                    .end(),
            )
            .with("name", "Spotify")
            .with("id", "spotify:1")
            .with("flags", 48_u64)
            .with("details", title)
            .with("created_at", start)
            .with("assets", assets.end())
            .end()
    }

    fn game(&mut self) -> Json {
        let (name, application) = self.random.pick(GAMES);
        let since = self.millis();
        let timestamps = Object::new().with("start", since).end();
        let activity = Object::new()
            .with("type", 0_u64)
            .with("timestamps", timestamps);
        if self.random.chance(45) {
            return activity
                .with("name", name)
                .with("id", self.random.hex(16))
                .with("created_at", since + 17)
                .with("application_id", Id(application))
                .end();
        }
        let party = self.maybe(40, |world| {
            Object::new()
                .with("size", vec![1 + world.random.below(5), 5])
                .with("id", world.random.hex(32))
                .end()
        });
        let assets = Object::new()
            .with("small_text", "Diamond 2")
            .with("small_image", self.id())
            .with("large_text", self.random.words(3))
            .with("large_image", self.id());
        let buttons = self.maybe(10, |_| vec!["Watch", "Join the server"]);
        activity
            .with("state", self.random.words(3))
            .with("session_id", self.random.hex(32))
            .maybe("party", party)
            .with("name", name)
            .with("id", self.random.hex(16))
            .with("details", self.random.words(4))
            .with("created_at", since + 17)
            .maybe("buttons", buttons)
            .with("assets", assets.end())
            .with("application_id", Id(application))
            .end()
    }

    pub fn presence(&mut self) -> Object {
        let user = self.user_id();
        let status = self
            .random
            .pick(&["online", "online", "idle", "dnd", "offline"]);
        let activities = match (status, self.random.below(10)) {
            ("offline", _) | (_, 0) => 0,
            (_, 1..=4) => 1,
            (_, 5..=8) => 2,
            _ => 3,
        };
        let activities = self.some(activities, Self::activity);
        let mut client = Object::new();
        if status != "offline" {
            client = client.with("desktop", status);
            if self.random.chance(30) {
                client = client.with("mobile", status);
            }
        }
        Object::new()
            .with("user", Object::new().with("id", user).end())
            .with("status", status)
            .with("client_status", client.end())
            .with("broadcast", NULL)
            .with("activities", activities)
    }

    pub fn voice_state(&mut self, user: Id, channel: Option<Id>) -> Object {
        Object::new()
            .with("user_id", user)
            .with("suppress", false)
            .with("session_id", self.random.hex(32))
            .with("self_video", false)
            .with("self_mute", self.random.chance(40))
            .with("self_deaf", self.random.chance(20))
            .with("request_to_speak_timestamp", NULL)
            .with("mute", false)
            .with("deaf", false)
            .with("channel_id", channel)
    }

    pub fn content(&mut self) -> String {
        let words = 1 + self.random.below(22);
        let mut content = self.random.words(words);
        match self.random.below(12) {
            0 => content += "\n\n> quoted \"text\"\n",
            1 => content += " \\o/ C:\\temp",
            2..=4 => {
                content.push(' ');
                content += self.random.pick(EMOJI);
            }
            5 => content += " https://example.com/watch?v=dQw4w9WgXcQ&t=42s",
            _ => {}
        }
        content
    }

    pub fn attachment(&mut self) -> Json {
        let id = self.id();
        let channel = self.channel_id();
        let path = format!(
            "attachments/{}/{}/image.png?ex={}&is={}&hm={}&",
            channel.0,
            id.0,
            self.random.hex(8),
            self.random.hex(8),
            self.random.hex(64),
        );
        Object::new()
            .with("width", 1920_u64)
            .with("url", format!("https://cdn.discordapp.com/{path}"))
            .with("size", 10_000 + self.random.below(4_000_000))
            .with("proxy_url", format!("https://media.discordapp.net/{path}"))
            .with("placeholder_version", 1_u64)
            .with("placeholder", "3vcRDYJ3eHl/h4eHd4iIZ3eAiPgI")
            .with("id", id)
            .with("height", 1080_u64)
            .with("filename", "image.png")
            .with("content_type", "image/png")
            .end()
    }

    pub fn embed(&mut self) -> Json {
        let description = self.random.words(24);
        let field = |world: &mut Self| {
            Object::new()
                .with("value", world.random.words(5))
                .with("name", world.random.words(2))
                .with("inline", true)
                .end()
        };
        let fields = self.random.below(4);
        let fields = self.some(fields, field);
        let thumbnail = self.maybe(50, |world| {
            let image = format!("https://example.com/{}.jpg", world.random.hex(12));
            Object::new()
                .with("width", 480_u64)
                .with("url", image.as_str())
                .with(
                    "proxy_url",
                    format!("https://images-ext-1.discordapp.net/external/{image}"),
                )
                .with("height", 360_u64)
                .end()
        });
        let footer = self.maybe(40, |world| {
            Object::new().with("text", world.random.words(4)).end()
        });
        let timestamp = self.maybe(30, Self::timestamp);
        Object::new()
            .with("type", "rich")
            .with("title", self.random.words(5))
            .maybe("timestamp", timestamp)
            .maybe("thumbnail", thumbnail)
            .maybe("footer", footer)
            .with("fields", fields)
            .with("description", description)
            .with("color", self.random.below(0xff_ffff))
            .end()
    }

    /// A message as REST gives it: without the guild, and without the member.
    pub fn message(&mut self, id: Id, author: Id, kind: u64) -> Object {
        let author = self.user_with(author);
        let is_bot = self.random.chance(12);
        let author = if is_bot {
            author.with("bot", true)
        } else {
            author
        };
        let content = self.content();
        let embeds = if is_bot || self.random.chance(5) {
            1
        } else {
            0
        };
        let embeds = self.some(embeds, Self::embed);
        let attachments = u64::from(self.random.chance(8));
        let attachments = self.some(attachments, Self::attachment);
        let mentions = u64::from(kind == 19 || self.random.chance(6));
        let mentions = self.some(mentions, |world| {
            let member = world.member().end();
            world.user().with("member", member).end()
        });
        let message = Object::new()
            .with("type", kind)
            .with("tts", false)
            .with("timestamp", self.timestamp())
            .with("pinned", false)
            .with("mentions", mentions)
            .with(
                "mention_roles",
                self.maybe(2, |world| world.role_ids(2)).unwrap_or_default(),
            )
            .with("mention_everyone", false)
            .with("id", id)
            .with("flags", 0_u64)
            .with("embeds", embeds)
            .with("edited_timestamp", NULL);
        let message = if self.random.chance(30) {
            message.with("content", Escaped(&content))
        } else {
            message.with("content", content)
        };
        message
            .with("components", Vec::<bool>::new())
            .with("author", author.end())
            .with("attachments", attachments)
    }
}
