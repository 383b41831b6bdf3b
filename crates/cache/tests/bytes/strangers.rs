//! A guild in which somebody new says something every moment, and nobody ever leaves.

use std::time::Duration;

use allocation_counter::measure;
use polycord_cache::{Cache, CacheBuilder, Kind};
use polycord_types::gateway::Event;
use serde_json::{Value, json};

const GUILD: &str = "100";
const CHANNEL: &str = "200";
const TIME: &str = "2026-01-01T00:00:00.123456+00:00";
/// What passes between two strangers.
const PACE: Duration = Duration::from_millis(500);
/// So many strangers fill everything that has a bound.
const FEW: usize = 600;
const MANY: u64 = 1_800;
const TTL: Duration = Duration::from_secs(60);
const MOST: usize = 100;

fn guild() -> Event {
    let data = json!({"id": GUILD, "name": "guild", "owner_id": "1", "joined_at": TIME, "large": true,
        "unavailable": false, "member_count": 100_000, "features": [], "emojis": [], "stickers": [],
        "roles": [{"id": GUILD, "name": "@everyone", "permissions": "0", "position": 0, "color": 0, "hoist": false,
            "managed": false, "mentionable": false, "flags": 0, "colors": {"primary_color": 0}}],
        "channels": [{"id": CHANNEL, "type": 0, "name": "general", "position": 0, "permission_overwrites": []}],
        "threads": [], "members": [], "presences": [], "voice_states": [], "soundboard_sounds": [],
        "stage_instances": [], "guild_scheduled_events": []});
    decoded("GUILD_CREATE", &data)
}

/// All that a stranger does.
fn stranger(number: u64) -> [Event; 6] {
    let id = (1_000_000 + number).to_string();
    let message = (10_000_000 + number).to_string();
    let user = json!({"id": id, "username": format!("stranger{number}"), "discriminator": "0",
        "global_name": null, "avatar": null});
    let member = json!({"roles": [], "nick": null, "joined_at": TIME, "deaf": false, "mute": false, "flags": 0});
    let mut whole = member.clone();
    whole["user"] = user.clone();
    let presence = |status: &str| {
        json!({"user": {"id": id}, "guild_id": GUILD, "status": status,
        "client_status": {}, "activities": []})
    };
    let events: [(&str, Value); 6] = [
        ("PRESENCE_UPDATE", presence("online")),
        (
            "TYPING_START",
            json!({"channel_id": CHANNEL, "guild_id": GUILD, "user_id": id, "timestamp": 1,
            "member": whole}),
        ),
        (
            "MESSAGE_CREATE",
            json!({"id": message, "channel_id": CHANNEL, "guild_id": GUILD, "author": user,
            "member": member, "content": "hello", "timestamp": TIME, "edited_timestamp": null, "tts": false,
            "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
            "pinned": false, "type": 0}),
        ),
        (
            "MESSAGE_REACTION_ADD",
            json!({"user_id": id, "channel_id": CHANNEL, "message_id": message,
            "guild_id": GUILD, "member": whole, "emoji": {"id": null, "name": "👍"}, "burst": false, "type": 0}),
        ),
        (
            "VOICE_STATE_UPDATE",
            json!({"guild_id": GUILD, "channel_id": null, "user_id": id, "member": whole,
            "session_id": "a", "deaf": false, "mute": false, "self_deaf": false, "self_mute": false,
            "self_video": false, "suppress": false, "request_to_speak_timestamp": null}),
        ),
        ("PRESENCE_UPDATE", presence("offline")),
    ];
    events.map(|(name, data)| decoded(name, &data))
}

fn decoded(name: &str, data: &Value) -> Event {
    let event = Event::decode(name, &data.to_string());
    event.unwrap_or_else(|error| panic!("{name}: {error}: {data}"))
}

fn without(kinds: &[Kind]) -> CacheBuilder {
    let builder = Cache::builder().messages_per_channel(5);
    kinds.iter().copied().fold(builder, CacheBuilder::disable)
}

/// Bounds what strangers bring, one way or the other.
fn bounded(
    builder: CacheBuilder,
    bound: impl Fn(CacheBuilder, Kind) -> CacheBuilder,
) -> CacheBuilder {
    [Kind::Member, Kind::User, Kind::Presence]
        .into_iter()
        .fold(builder, bound)
}

#[test]
fn strangers_without_end_take_no_more_than_the_bounds() {
    let by_time = |builder: CacheBuilder, kind| builder.ttl(kind, TTL);
    let by_number = |builder: CacheBuilder, kind| builder.max_entries(kind, MOST);
    let strangers: Vec<_> = (0..MANY).map(stranger).collect();
    let (few, others) = strangers.split_at(FEW);
    let mut grown = Vec::new();
    for (what, kinds) in [
        ("all kinds", &[][..]),
        ("no members", &[Kind::Member]),
        ("no users", &[Kind::User]),
        ("no presences", &[Kind::Presence]),
        ("presences alone", &[Kind::Member, Kind::User]),
        ("members alone", &[Kind::User, Kind::Presence]),
        ("users alone", &[Kind::Member, Kind::Presence]),
    ] {
        let time = bounded(without(kinds), by_time);
        let number = bounded(without(kinds), by_number);
        let refusing = number.clone().admit_members(|_| false);
        for (how, builder) in [
            ("for a minute", time),
            ("up to a number", number),
            ("members refused", refusing),
        ] {
            let cache = builder.build();
            drop(cache.apply(&guild(), Duration::ZERO));
            let mut now = Duration::ZERO;
            let mut grows_by = |strangers: &[[Event; 6]]| {
                let taken = measure(|| {
                    for stranger in strangers {
                        now += PACE;
                        for event in stranger {
                            drop(cache.apply(event, now));
                        }
                    }
                });
                taken.bytes_current
            };
            let few = grows_by(few);
            let more = grows_by(others);
            if more * 10 > few.max(50_000) {
                grown.push(format!("{what}, {how}: {few} bytes, and {more} more"));
            }
        }
    }
    assert!(grown.is_empty(), "{grown:#?}");
}
