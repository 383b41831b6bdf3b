use polycord_types_derive::Model;

use crate::Text;

/// Where to connect to, and how many sessions may be started: the answer of `GET /gateway/bot`.
///
/// See [get gateway bot](https://docs.discord.com/developers/events/gateway#get-gateway-bot).
#[derive(Clone, Debug, PartialEq, Eq, Model)]
pub struct GatewayBot {
    /// The URL to connect to, without query.
    #[model(key)]
    pub url: Text,
    /// The recommended number of shards.
    pub shards: u32,
    /// How many sessions may still be started.
    pub session_start_limit: SessionStartLimit,
}

/// How many sessions may be started.
///
/// See [session start limit](https://docs.discord.com/developers/events/gateway#session-start-limit-object).
#[derive(Clone, Debug, Default, PartialEq, Eq, Model)]
pub struct SessionStartLimit {
    /// How many sessions may be started in 24 hours.
    pub total: u32,
    /// How many of them are left.
    pub remaining: u32,
    /// Milliseconds until `remaining` is `total` again.
    pub reset_after: u64,
    /// How many sessions may be started within 5 seconds.
    pub max_concurrency: u32,
}
