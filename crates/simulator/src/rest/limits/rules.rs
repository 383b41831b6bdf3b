//! How much each route takes.
//!
//! Discord does not document the numbers, and tells clients not to know them: these are what it was
//! seen to answer with, so that a client meets buckets of every kind.

use std::time::Duration;

use crate::builder::Options;
use crate::rest::route::Route;

const SECOND: Duration = Duration::from_secs(1);
/// Every route that has no limit of its own.
const OTHER: Limit = (50, SECOND);

/// So many requests in so long.
pub(crate) type Limit = (u32, Duration);

/// Routes that share a bucket.
struct Rule {
    /// Method and path; an empty method stands for all.
    routes: &'static [(&'static str, &'static str)],
    limit: Limit,
}

const fn rule(routes: &'static [(&'static str, &'static str)], many: u32, millis: u64) -> Rule {
    Rule {
        routes,
        limit: (many, Duration::from_millis(millis)),
    }
}

const RULES: &[Rule] = &[
    rule(&[("GET", "/gateway/bot")], 2, 5_000),
    rule(&[("PATCH", "/users/@me")], 2, 3_600_000),
    rule(&[("POST", "/channels/{channel_id}/typing")], 5, 5_000),
    rule(&[("PATCH", "/channels/{channel_id}")], 5, 15_000),
    rule(
        &[("PATCH", "/channels/{channel_id}/messages/{message_id}")],
        5,
        5_000,
    ),
    rule(
        &[("DELETE", "/channels/{channel_id}/messages/{message_id}")],
        5,
        1_000,
    ),
    rule(
        &[("POST", "/channels/{channel_id}/messages/bulk-delete")],
        1,
        1_000,
    ),
    // One bucket for all that changes reactions.
    rule(
        &[
            (
                "PUT",
                "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
            ),
            (
                "DELETE",
                "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me",
            ),
            (
                "DELETE",
                "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}",
            ),
            (
                "DELETE",
                "/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}",
            ),
            (
                "DELETE",
                "/channels/{channel_id}/messages/{message_id}/reactions",
            ),
        ],
        1,
        250,
    ),
    rule(&[("GET", "/guilds/{guild_id}/members")], 10, 10_000),
    rule(&[("GET", "/guilds/{guild_id}/members/search")], 10, 10_000),
    rule(
        &[("PATCH", "/guilds/{guild_id}/members/{user_id}")],
        10,
        10_000,
    ),
    rule(
        &[
            (
                "PUT",
                "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
            ),
            (
                "DELETE",
                "/guilds/{guild_id}/members/{user_id}/roles/{role_id}",
            ),
        ],
        10,
        10_000,
    ),
    // Webhooks, and interactions, which are webhooks: by id and token.
    rule(
        &[("POST", "/webhooks/{webhook_id}/{webhook_token}")],
        5,
        2_000,
    ),
    rule(
        &[
            (
                "",
                "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}",
            ),
            (
                "",
                "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
            ),
        ],
        5,
        2_000,
    ),
    rule(
        &[
            ("POST", "/applications/{application_id}/commands"),
            (
                "POST",
                "/applications/{application_id}/guilds/{guild_id}/commands",
            ),
        ],
        5,
        20_000,
    ),
];

/// The bucket of a route, as an opaque name, and what it takes.
pub(super) fn bucket(options: &Options, route: &Route) -> (u64, Limit) {
    let of = |rule: &&Rule| {
        let mut routes = rule.routes.iter();
        routes.any(|(method, path)| {
            (method.is_empty() || *method == route.method) && *path == route.path
        })
    };
    let rule = RULES.iter().find(of);
    let named = rule.and_then(|rule| rule.routes.first());
    let (method, path) = named.copied().unwrap_or((route.method, route.path));
    let own = |set: &&(String, String, Limit)| set.0 == route.method && set.1 == route.path;
    let limit = match (route.method, route.path) {
        ("POST", "/channels/{channel_id}/messages") => options.message_limit,
        _ => rule.map_or(OTHER, |rule| rule.limit),
    };
    let limit = options
        .route_limits
        .iter()
        .rfind(own)
        .map_or(limit, |set| set.2);
    (hash(method, path), limit)
}

/// FNV-1a, so that a name is the same in every run.
fn hash(method: &str, path: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    method
        .bytes()
        .chain(path.bytes())
        .fold(0xcbf2_9ce4_8422_2325, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_about_documented_routes() {
        let documented = include_str!("../documented.txt");
        for (method, path) in RULES.iter().flat_map(|rule| rule.routes) {
            let known = documented
                .lines()
                .any(|line| line.starts_with(method) && line.ends_with(path));
            assert!(known, "{method} {path}");
        }
    }
}
