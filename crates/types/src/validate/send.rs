//! What is sent to the gateway.

use super::{Check, Validate, limits};
use crate::gateway::send::{Identify, RequestGuildMembers};

impl Validate for Identify {
    fn check(&self, check: &mut Check) {
        if self.token.expose().is_empty() {
            check.missing("token", "a session needs the bot's token");
        }
        let threshold = self.large_threshold;
        check.number(
            "large_threshold",
            threshold,
            limits::IDENTIFY_LARGE_THRESHOLD,
        );
        if self.shard.is_some_and(|[number, total]| number >= total) {
            check.malformed("shard", "the number of a shard is below how many there are");
        }
        check.inside("presence", self.presence.as_ref());
    }
}

impl Validate for RequestGuildMembers {
    fn check(&self, check: &mut Check) {
        match (&self.query, &self.user_ids) {
            (None, None) => {
                check.missing("query", "either `query` or `user_ids` says who is meant");
            }
            (Some(_), Some(_)) => {
                check.not_allowed("user_ids", "`query` says already who is meant");
            }
            (Some(query), None) => match self.limit {
                None => check.missing("limit", "a request by name says how many it wants"),
                Some(0) if !query.is_empty() => {
                    check.number(
                        "limit",
                        Some(0_u32),
                        1..=*limits::REQUEST_MEMBERS_LIMIT.end(),
                    );
                }
                limit => check.number("limit", limit, limits::REQUEST_MEMBERS_LIMIT),
            },
            (None, Some(users)) => {
                check.count("user_ids", users.len(), 1..=limits::REQUEST_MEMBERS_USERS);
            }
        }
        let nonce = self.nonce.as_ref().map_or(0, |nonce| nonce.len());
        check.bytes("nonce", nonce, limits::REQUEST_MEMBERS_NONCE_BYTES);
    }
}
