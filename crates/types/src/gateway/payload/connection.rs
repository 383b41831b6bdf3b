use polycord_types_derive::Model;
use serde::{Serialize, Serializer};
use serde_json::Value;

use crate::{
    Text,
    application::PartialApplication,
    decode::{self, Decode, Fault, Reader},
    gateway::OpCode,
    guild::UnavailableGuild,
    id::GuildId,
    reference::ApiVersion,
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
    pub v: ApiVersion,
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

/// What a refused frame was about. Only requests for members are told about; anything else is kept as it came.
///
/// See [rate limit metadata](https://docs.discord.com/developers/events/gateway-events#rate-limited-rate-limit-metadata-for-opcode-structure).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RateLimitMetadata {
    /// A request for members.
    RequestGuildMembers(RequestGuildMembersRateLimit),
    /// Something that has no model here.
    Unknown(Value),
}

/// Which request for members was refused.
///
/// See [the documentation](https://docs.discord.com/developers/events/gateway-events#request-guild-member-rate-limit-metadata-structure).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct RequestGuildMembersRateLimit {
    /// The guild whose members were asked for.
    #[model(key)]
    pub guild_id: GuildId,
    /// The nonce of the request.
    pub nonce: Option<Text>,
}

impl RateLimitMetadata {
    /// The guild that the frame was about.
    #[must_use]
    pub const fn guild_id(&self) -> Option<GuildId> {
        match self {
            Self::RequestGuildMembers(request) => Some(request.guild_id),
            Self::Unknown(_) => None,
        }
    }
}

impl Default for RateLimitMetadata {
    fn default() -> Self {
        Self::Unknown(Value::Null)
    }
}

impl Decode for RateLimitMetadata {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, Fault> {
        decode::member(reader, None, Self::RequestGuildMembers, Self::Unknown)
    }
}

deserialize!(RateLimitMetadata);
heap_size!(RateLimitMetadata: RequestGuildMembers Unknown);

impl Serialize for RateLimitMetadata {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::RequestGuildMembers(request) => request.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}
