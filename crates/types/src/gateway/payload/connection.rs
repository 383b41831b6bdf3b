use polycord_types_derive::Model;

use crate::{
    Text, application::PartialApplication, gateway::OpCode, guild::UnavailableGuild, id::GuildId,
    user::User,
};

/// The greeting: how often to send a heartbeat.
///
/// See [hello](https://docs.discord.com/developers/events/gateway-events#hello).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct Hello {
    /// Milliseconds between two heartbeats.
    #[model(key)]
    pub heartbeat_interval: u64,
}

/// A session has begun.
///
/// See [ready](https://docs.discord.com/developers/events/gateway-events#ready).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct Ready {
    /// The version of the API.
    pub v: u32,
    /// The bot's user.
    #[model(key)]
    pub user: User,
    /// The bot's guilds in this shard; each one's `GUILD_CREATE` follows.
    pub guilds: Vec<UnavailableGuild>,
    /// The name of the session, for RESUME.
    #[model(key)]
    pub session_id: Text,
    /// Where to connect to for RESUME.
    pub resume_gateway_url: Text,
    /// The shard's number and how many there are, if IDENTIFY named them.
    pub shard: Option<[u32; 2]>,
    /// The application: its id and flags.
    #[model(always)]
    pub application: Option<PartialApplication>,
}

/// A session goes on: everything missed has been sent again.
///
/// See [resumed](https://docs.discord.com/developers/events/gateway-events#resumed).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Model)]
pub struct Resumed {}

/// A frame was refused because too many of its kind were sent.
///
/// See [rate limited](https://docs.discord.com/developers/events/gateway-events#rate-limited).
#[derive(Clone, Debug, PartialEq, Model)]
pub struct RateLimited {
    /// The opcode of the refused frame.
    pub opcode: OpCode,
    /// Seconds to wait before sending it again.
    pub retry_after: f64,
    /// What the frame was about.
    pub meta: RateLimitMetadata,
}

/// What a refused frame was about: here, a request for members.
///
/// See [rate limit metadata](https://docs.discord.com/developers/events/gateway-events#request-guild-member-rate-limit-metadata-structure).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct RateLimitMetadata {
    /// The guild whose members were asked for.
    pub guild_id: Option<GuildId>,
    /// The nonce of the request.
    pub nonce: Option<Text>,
}
