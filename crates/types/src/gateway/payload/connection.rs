use polycord_types_derive::Model;

use crate::{GuildId, gateway::OpCode};

/// The greeting: how often to send a heartbeat.
///
/// See [hello](https://docs.discord.com/developers/events/gateway-events#hello).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct Hello {
    /// Milliseconds between two heartbeats.
    #[model(key)]
    pub heartbeat_interval: u64,
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
    pub nonce: Option<String>,
}
