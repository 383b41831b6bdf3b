//! Guilds and what belongs to them.

use crate::{
    json::{Id, Json, NULL, Object},
    world::World,
};

/// A guild as GUILD_CREATE brings it.
pub fn create(world: &mut World, members: u64) -> Json {
    let id = world.guild_id();
    let ids: Vec<Id> = world.some(members, World::id);
    let presences = ids.iter().filter(|user| user.0 % 3 == 0).count() as u64;
    let in_voice: Vec<_> = ids
        .iter()
        .copied()
        .filter(|user| user.0 % 25 == 0)
        .collect();

    let role_ids: Vec<_> = world.roles.iter().take(40).map(|id| Id(*id)).collect();
    let roles: Vec<_> = [id]
        .into_iter()
        .chain(role_ids)
        .map(|id| role(world, id))
        .collect();
    let channels = (0..60)
        .map(|index| {
            let id = world.channel_id();
            channel(world, id, if index % 5 == 0 { 2 } else { 0 }).end()
        })
        .collect::<Vec<_>>();
    let members = ids
        .iter()
        .map(|user| world.member_with_user(*user))
        .collect::<Vec<_>>();
    let presences = world.some(presences, |world| world.presence().end());
    let voice_states = in_voice
        .into_iter()
        .map(|user| {
            let channel = Some(world.channel_id());
            world.voice_state(user, channel).end()
        })
        .collect::<Vec<_>>();
    let threads = world.some(8, |world| thread(world).end());
    let emojis = world.some(50, |world| {
        Object::new()
            .with("version", 0_u64)
            .with("roles", Vec::<bool>::new())
            .with("require_colons", true)
            .with("name", "blob_wave")
            .with("managed", false)
            .with("id", world.id())
            .with("available", true)
            .with("animated", world.random.chance(30))
            .end()
    });
    let stickers = world.some(5, |world| {
        Object::new()
            .with("type", 2_u64)
            .with("tags", "wave")
            .with("name", "hello there")
            .with("id", world.id())
            .with("guild_id", id)
            .with("format_type", 1_u64)
            .with("description", world.random.words(5))
            .with("available", true)
            .with("asset", "")
            .end()
    });

    let owner = world.user_id();
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
        .with("incidents_data", NULL)
        .with("rules_channel_id", world.channel_id())
        .with("roles", roles)
        .with("region", "deprecated")
        .with("public_updates_channel_id", NULL)
        .with("presences", presences)
        .with("premium_tier", 2_u64)
        .with("premium_subscription_count", 9_u64)
        .with("premium_progress_bar_enabled", true)
        .with("preferred_locale", "en-US")
        .with("owner_id", owner)
        .with("nsfw_level", 0_u64)
        .with("nsfw", false)
        .with("name", "The Rust Corner")
        .with("mfa_level", 1_u64)
        .with("members", members)
        .with("member_count", ids.len() as u64)
        .with("max_video_channel_users", 25_u64)
        .with("max_stage_video_channel_users", 150_u64)
        .with("max_members", 500_000_u64)
        .with("lazy", true)
        .with("large", true)
        .with("joined_at", world.timestamp())
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

/// A text (0) or voice (2) channel, without its guild.
pub fn channel(world: &mut World, id: Id, kind: u64) -> Object {
    let overwrites = world.random.below(6);
    let overwrites = world.some(overwrites, |world| {
        Object::new()
            .with("type", world.random.below(2))
            .with("id", world.id())
            .with("deny", "1024")
            .with("allow", "2251799813685248")
            .end()
    });
    let parent = world.maybe(80, World::channel_id);
    let topic = world.maybe(40, |world| world.random.words(8));
    let name = world.random.words(2).replace(' ', "-");
    let channel = Object::new()
        .with("version", 1_690_000_000_000_u64)
        .with("type", kind);
    let channel = if kind == 2 {
        channel
            .with("user_limit", 0_u64)
            .with("rtc_region", NULL)
            .with("bitrate", 64_000_u64)
    } else {
        channel.with("topic", topic)
    };
    channel
        .with("rate_limit_per_user", 0_u64)
        .with("position", world.random.below(60))
        .with("permission_overwrites", overwrites)
        .with("parent_id", parent)
        .with("nsfw", false)
        .with("name", name)
        .with("last_message_id", world.id())
        .with("id", id)
        .with("flags", 0_u64)
}

/// An active public thread, without its guild.
pub fn thread(world: &mut World) -> Object {
    let created = world.timestamp();
    let metadata = Object::new()
        .with("locked", false)
        .with("create_timestamp", created.clone())
        .with("auto_archive_duration", 4320_u64)
        .with("archived", false)
        .with("archive_timestamp", created);
    Object::new()
        .with("type", 11_u64)
        .with("total_message_sent", world.random.below(90))
        .with("thread_metadata", metadata.end())
        .with("rate_limit_per_user", 0_u64)
        .with("parent_id", world.channel_id())
        .with("owner_id", world.user_id())
        .with("name", world.random.words(4))
        .with("message_count", world.random.below(50))
        .with("member_count", 1 + world.random.below(49))
        .with("last_message_id", world.id())
        .with("id", world.id())
        .with("flags", 0_u64)
}

/// A role.
pub fn role(world: &mut World, id: Id) -> Json {
    let color = world.random.below(0xff_ffff);
    let colors = Object::new()
        .with("tertiary_color", NULL)
        .with("secondary_color", NULL)
        .with("primary_color", color);
    let tags = if world.random.chance(15) {
        Object::new().with("bot_id", world.user_id())
    } else {
        Object::new()
    };
    Object::new()
        .with("version", 1_690_000_000_000_u64)
        .with("unicode_emoji", NULL)
        .with("tags", tags.end())
        .with("position", world.random.below(40))
        .with("permissions", world.random.below(1 << 50).to_string())
        .with("name", world.random.words(2))
        .with("mentionable", world.random.chance(30))
        .with("managed", false)
        .with("id", id)
        .with("icon", NULL)
        .with("hoist", world.random.chance(40))
        .with("flags", 0_u64)
        .with("colors", colors.end())
        .with("color", color)
        .end()
}
