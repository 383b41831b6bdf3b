//! Guilds with their members, from a seed. Nothing is kept: whatever is asked for is made again, the same every time.

use polycord_workload::{
    guild,
    json::{Id, Json, NULL, Object},
    random::Random,
    world::World,
};

use crate::{distribution::Distribution, people};

const CHANNELS: u64 = 30;
const EMOJIS: u64 = 20;
const STICKERS: u64 = 2;
const THREADS: u64 = 4;
/// How many of a hundred memberships are of somebody who has another guild, too.
const SHARED: u64 = 15;
const IN_VOICE: u64 = 2;

/// What an id or a choice is made of, so that no two of them have the same.
#[derive(Clone, Copy)]
enum Of {
    Guild = 1,
    Channel,
    Role,
    RoleSet,
    User,
    Shared,
    Create,
    Person,
    Member,
}

/// So many guilds with so many members each.
///
/// A member is known by a place: the number of the guild, and the number in the guild.
#[derive(Clone, Copy, Debug)]
pub struct Town {
    pub distribution: Distribution,
    pub seed: u64,
    pub guilds: u64,
    pub members: u64,
}

impl Town {
    /// The frame that brings a guild, as it comes after READY.
    pub fn guild_create(&self, guild: u64) -> String {
        envelope("GUILD_CREATE", guild + 2, self.guild(guild))
    }

    pub fn all_members(&self) -> u64 {
        self.guilds * self.members
    }

    pub fn guild_id(&self, guild: u64) -> Id {
        self.id(Of::Guild, guild, 0)
    }

    pub fn channel_ids(&self, guild: u64) -> Vec<Id> {
        let ids = (0..CHANNELS).map(|number| self.id(Of::Channel, guild, number));
        ids.collect()
    }

    pub fn text_channel(&self, guild: u64, random: &mut Random) -> Id {
        let number = random.below(CHANNELS);
        let number = if is_voice(number) { number + 1 } else { number };
        self.id(Of::Channel, guild, number)
    }

    pub fn voice_channel(&self, guild: u64, random: &mut Random) -> Id {
        let number = random.below(CHANNELS / 5) * 5;
        self.id(Of::Channel, guild, number)
    }

    /// A number of the person in a place; who is in two guilds has one number.
    pub fn person(&self, guild: u64, member: u64) -> u64 {
        let is_shared = |guild| self.random(Of::Shared, guild, member).chance(SHARED);
        if self.guilds < 2 || !is_shared(guild) {
            return guild * self.members + member;
        }
        let mut random = self.random(Of::Shared, guild, self.members + member);
        let away = 1 + random.below(self.guilds - 1);
        // In somebody's own place, so that this is the second guild that they are in.
        let mut homes = (0..self.guilds).map(|step| (guild + away + step) % self.guilds);
        let home = homes.find(|home| !is_shared(*home)).unwrap_or(guild);
        home * self.members + member
    }

    pub fn user_id(&self, person: u64) -> Id {
        self.id(Of::User, person, 0)
    }

    pub fn user(&self, person: u64) -> Object {
        let random = self.random(Of::Person, person, 0);
        people::user(self.user_id(person), self.distribution, random)
    }

    /// A member as it was after so many updates, without the user.
    pub fn member(&self, guild: u64, member: u64, updates: u64) -> Object {
        let person = self.person(guild, member);
        // What stays comes from a source of its own.
        let random = self.random(Of::Member, guild, member);
        let mut changing = self.random(Of::Member, guild ^ (updates << 32), member);
        let roles = self.role_set(guild, self.distribution.role_set(&mut changing));
        let name = self.random(Of::Person, person, 0);
        people::member(self.distribution, name, random, changing, roles)
    }

    pub fn member_with_user(&self, guild: u64, member: u64, updates: u64) -> Json {
        let user = self.user(self.person(guild, member)).end();
        self.member(guild, member, updates).with("user", user).end()
    }

    /// What the parts of frames that have no place of their own are made with.
    pub fn world(&self, guild: u64) -> World {
        let ids = |ids: Vec<Id>| ids.into_iter().map(|id| id.0).collect();
        let some = self.members.min(50);
        World {
            random: self.random(Of::Create, guild, 0),
            users: (0..some)
                .map(|member| self.user_id(self.person(guild, member)).0)
                .collect(),
            guilds: vec![self.guild_id(guild).0],
            channels: ids(self.channel_ids(guild)),
            roles: (0..self.distribution.roles())
                .map(|role| self.id(Of::Role, guild, role).0)
                .collect(),
        }
    }

    fn guild(&self, guild: u64) -> Json {
        let id = self.guild_id(guild);
        let mut world = self.world(guild);
        let world = &mut world;

        let members: Vec<_> = (0..self.members)
            .map(|member| self.member_with_user(guild, member, 0))
            .collect();
        let present: Vec<_> = self.some(world, self.distribution.present());
        let presences: Vec<_> = present
            .into_iter()
            .map(|member| {
                let user = self.user_id(self.person(guild, member));
                people::presence(world, user, false).end()
            })
            .collect();
        let talking: Vec<_> = self.some(world, IN_VOICE);
        let voice_states: Vec<_> = talking
            .into_iter()
            .map(|member| {
                let user = self.user_id(self.person(guild, member));
                let channel = self.voice_channel(guild, &mut world.random);
                world.voice_state(user, Some(channel)).end()
            })
            .collect();
        let channels: Vec<_> = self
            .channel_ids(guild)
            .into_iter()
            .zip(0..)
            .map(|(id, number)| {
                guild::channel(world, id, if is_voice(number) { 2 } else { 0 }).end()
            })
            .collect();
        let roles: Vec<_> = [id]
            .into_iter()
            .chain((0..self.distribution.roles()).map(|role| self.id(Of::Role, guild, role)))
            .map(|id| guild::role(world, id))
            .collect();
        let threads = world.some(THREADS, |world| guild::thread(world).end());
        let emojis = world.some(EMOJIS, emoji);
        let stickers = world.some(STICKERS, |world| sticker(world, id));

        Object::new()
            .with("voice_states", voice_states)
            .with("verification_level", 2_u64)
            .with("vanity_url_code", NULL)
            .with("unavailable", false)
            .with("threads", threads)
            .with("system_channel_id", world.channel_id())
            .with("system_channel_flags", 0_u64)
            .with("stickers", stickers)
            .with("stage_instances", Vec::<bool>::new())
            .with("splash", NULL)
            .with("soundboard_sounds", Vec::<bool>::new())
            .with("safety_alerts_channel_id", NULL)
            .with("rules_channel_id", world.channel_id())
            .with("roles", roles)
            .with("region", "deprecated")
            .with("public_updates_channel_id", NULL)
            .with("presences", presences)
            .with("premium_tier", 2_u64)
            .with("premium_subscription_count", 9_u64)
            .with("premium_progress_bar_enabled", true)
            .with("preferred_locale", "en-US")
            .with("owner_id", self.user_id(self.person(guild, 0)))
            .with("nsfw_level", 0_u64)
            .with("nsfw", false)
            .with("name", world.random.words(3))
            .with("mfa_level", 1_u64)
            .with("members", members)
            .with("member_count", self.members)
            .with("max_video_channel_users", 25_u64)
            .with("max_stage_video_channel_users", 150_u64)
            .with("max_members", 500_000_u64)
            .with("lazy", true)
            .with("large", true)
            .with("joined_at", world.timestamp())
            .with("incidents_data", NULL)
            .with("id", id)
            .with("icon", world.random.hex(32))
            .with("hub_type", NULL)
            .with("home_header", NULL)
            .with("guild_scheduled_events", Vec::<bool>::new())
            .with(
                "features",
                vec!["COMMUNITY", "NEWS", "ANIMATED_ICON", "INVITE_SPLASH"],
            )
            .with("explicit_content_filter", 2_u64)
            .with("emojis", emojis)
            .with("embedded_activities", Vec::<bool>::new())
            .with("discovery_splash", NULL)
            .with("description", NULL)
            .with("default_message_notifications", 1_u64)
            .with("channels", channels)
            .with("banner", NULL)
            .with("application_id", NULL)
            .with("afk_timeout", 300_u64)
            .with("afk_channel_id", NULL)
            .end()
    }

    /// So many of a hundred members.
    fn some(&self, world: &mut World, percent: u64) -> Vec<u64> {
        let members = 0..self.members;
        members.filter(|_| world.random.chance(percent)).collect()
    }

    fn role_set(&self, guild: u64, set: u64) -> Vec<Id> {
        let mut random = self.random(Of::RoleSet, guild, set);
        let count = random.below(9);
        let all = self.distribution.roles();
        let first = random.below(all);
        let step = self.distribution.role_step(&mut random);
        let roles = (0..count).map(|number| (first + step * number) % (all + 1));
        roles
            .filter(|role| *role < all)
            .map(|role| self.id(Of::Role, guild, role))
            .collect()
    }

    /// A snowflake as Discord makes them: milliseconds of ten years, a worker, a process, and a counter that is small.
    fn id(&self, of: Of, one: u64, other: u64) -> Id {
        let mut random = self.random(of, one, other);
        let millis = random.below(315_360_000_000);
        let (worker, process, counter) = (random.below(32), random.below(2), random.below(64));
        Id(millis << 22 | worker << 17 | process << 12 | counter)
    }

    fn random(&self, of: Of, one: u64, other: u64) -> Random {
        let mut seed = self.seed;
        for part in [of as u64, one, other] {
            seed = Random::new(seed ^ part).number();
        }
        Random::new(seed)
    }
}

/// A frame, the members in Discord's order.
pub fn envelope(name: &str, seq: u64, data: Json) -> String {
    Object::new()
        .with("t", name)
        .with("s", seq)
        .with("op", 0_u64)
        .with("d", data)
        .end()
        .text()
}

/// Every fifth channel; never the last.
fn is_voice(number: u64) -> bool {
    number.is_multiple_of(5)
}

fn emoji(world: &mut World) -> Json {
    Object::new()
        .with("version", 0_u64)
        .with("roles", Vec::<bool>::new())
        .with("require_colons", true)
        .with("name", world.random.words(2).replace([' ', '\''], "_"))
        .with("managed", false)
        .with("id", world.id())
        .with("available", true)
        .with("animated", world.random.chance(30))
        .end()
}

fn sticker(world: &mut World, guild: Id) -> Json {
    Object::new()
        .with("type", 2_u64)
        .with("tags", "wave")
        .with("name", world.random.words(2))
        .with("id", world.id())
        .with("guild_id", guild)
        .with("format_type", 1_u64)
        .with("description", world.random.words(5))
        .with("available", true)
        .with("asset", "")
        .end()
}
