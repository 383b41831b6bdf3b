//! What Discord answers when requests come too fast.
//!
//! See [rate limits](https://docs.discord.com/developers/topics/rate-limits).

use polycord_types_derive::Model;

use crate::Text;

/// The body of an answer with status 429.
///
/// See [the documentation](https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit-rate-limit-response-structure).
#[derive(Clone, Debug, Default, PartialEq, Model)]
pub struct RateLimitResponse {
    /// Says so in words.
    pub message: Text,
    /// Seconds to wait before the next request.
    pub retry_after: f64,
    /// Whether all requests have to wait.
    pub global: bool,
    /// The error code of some limits.
    pub code: Option<u32>,
}

open_enum! {
    /// Who shares a rate limit, as the header `X-RateLimit-Scope` says.
    ///
    /// See [the documentation](https://docs.discord.com/developers/topics/rate-limits#header-format).
    pub enum RateLimitScope: str {
        /// The bot's or user's own limit for one route.
        User = "user",
        /// The bot's or user's own limit for all routes.
        Global = "global",
        /// A limit of the resource, for all who use it.
        Shared = "shared",
    }
}
