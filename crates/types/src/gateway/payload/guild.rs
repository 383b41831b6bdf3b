use polycord_types_derive::Model;

use crate::{
    Timestamp, channel::Channel, emoji::Emoji, guild::Guild, id::GuildId, member::Member,
    presence::Presence, scheduled_event::ScheduledEvent, soundboard::SoundboardSound,
    stage::StageInstance, sticker::Sticker, user::User, voice::VoiceState,
};

/// A guild became available, or the bot joined one.
///
/// Intent `GUILDS`; `members` and `presences` are complete only with `GUILD_MEMBERS` and
/// `GUILD_PRESENCES`. During an outage only `id` and `unavailable` are sent; everything else is then
/// empty. See [guild create](https://docs.discord.com/developers/events/gateway-events#guild-create).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildCreate {
    /// The guild itself; its fields can be read directly.
    #[model(flatten, deref)]
    pub guild: Guild,
    /// When the bot joined.
    pub joined_at: Timestamp,
    /// Whether the guild is large, so that offline members are left out.
    pub large: bool,
    /// Whether an outage keeps the guild away.
    pub unavailable: Option<bool>,
    /// How many members there are.
    pub member_count: u64,
    /// Who is in a voice channel; without `guild_id`.
    pub voice_states: Vec<VoiceState>,
    /// The members, or some of them.
    pub members: Vec<Member>,
    /// The channels.
    pub channels: Vec<Channel>,
    /// The active threads that the bot may see.
    pub threads: Vec<Channel>,
    /// The presences of the members; without `guild_id`.
    pub presences: Vec<Presence>,
    /// The stages that are live.
    pub stage_instances: Vec<StageInstance>,
    /// The scheduled events.
    pub guild_scheduled_events: Vec<ScheduledEvent>,
    /// The soundboard sounds.
    pub soundboard_sounds: Vec<SoundboardSound>,
}

/// A guild became unavailable, or the bot is no longer in it.
///
/// Intent `GUILDS`. See
/// [guild delete](https://docs.discord.com/developers/events/gateway-events#guild-delete).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct GuildDelete {
    /// The guild.
    #[model(key)]
    pub id: GuildId,
    /// True in an outage; absent if the bot was removed or has left.
    pub unavailable: Option<bool>,
}

/// A user was banned.
///
/// Intent `GUILD_MODERATION`. See
/// [guild ban add](https://docs.discord.com/developers/events/gateway-events#guild-ban-add).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildBanAdd {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The user.
    #[model(key)]
    pub user: User,
}

/// A ban was lifted.
///
/// Intent `GUILD_MODERATION`. See
/// [guild ban remove](https://docs.discord.com/developers/events/gateway-events#guild-ban-remove).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildBanRemove {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// The user.
    #[model(key)]
    pub user: User,
}

/// The custom emojis of a guild changed.
///
/// Intent `GUILD_EXPRESSIONS`. See
/// [guild emojis update](https://docs.discord.com/developers/events/gateway-events#guild-emojis-update).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildEmojisUpdate {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// All its emojis.
    pub emojis: Vec<Emoji>,
}

/// The stickers of a guild changed.
///
/// Intent `GUILD_EXPRESSIONS`. See
/// [guild stickers update](https://docs.discord.com/developers/events/gateway-events#guild-stickers-update).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct GuildStickersUpdate {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
    /// All its stickers.
    pub stickers: Vec<Sticker>,
}

/// An integration of a guild changed.
///
/// Intent `GUILD_INTEGRATIONS`. See
/// [guild integrations update](https://docs.discord.com/developers/events/gateway-events#guild-integrations-update).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct GuildIntegrationsUpdate {
    /// The guild.
    #[model(key)]
    pub guild_id: GuildId,
}
