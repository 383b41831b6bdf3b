//! Requests that nobody would send on purpose: whatever a client sends is answered, and never by a panic.
//!
//! A failure prints its seed; `POLYCORD_SEED` plays that one alone, `POLYCORD_REQUESTS` says how many requests
//! a seed sends.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;

use bytes::Bytes;
use fastrand::Rng;
use futures_util::FutureExt;
use http::Request;
use polycord_simulator::{Simulator, World};
use serde_json::{Map, Value, json};

use crate::client::{ALL, ready};

/// `METHOD /path` a line.
const ROUTES: &str = include_str!("../../src/rest/documented.txt");
/// More than this makes no request stranger.
const DEEP: usize = 4;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// A body that is right, by the last word of the path.
fn sound(word: &str, sim: &Simulator) -> Value {
    let id = |name: &str| sim.channel(name).to_string();
    let role = sim.role("host").to_string();
    match word {
        "messages" | "callback" | "webhooks" | "crosspost" => json!({
            "content": "tea", "tts": false, "nonce": 1, "type": 4, "flags": 64,
            "embeds": [{ "title": "t", "fields": [{ "name": "n", "value": "v" }], "color": 1 }],
            "allowed_mentions": { "parse": ["users"], "roles": [role] },
            "message_reference": { "message_id": "1", "type": 1, "channel_id": id("general") },
            "components": [{ "type": 1, "components": [
                { "type": 2, "style": 1, "label": "l", "custom_id": "c", "emoji": { "name": "🍵" } },
                { "type": 3, "custom_id": "s", "options": [{ "label": "a", "value": "b" }] },
            ] }, { "type": 17, "components": [{ "type": 9, "components": [], "accessory": {} }] }],
            "attachments": [{ "id": 0, "filename": "f.txt" }], "sticker_ids": ["1"],
            "poll": { "question": { "text": "q" }, "answers": [{ "poll_media": { "text": "a" } }],
                "duration": 24, "allow_multiselect": true },
            "data": { "content": "x", "choices": [{ "name": "a", "value": 1 }], "title": "t",
                "custom_id": "c", "components": [] },
            "name": "hook", "username": "u", "avatar": "data:image/png;base64,iVBORw0KGgo=",
            "thread_name": "t", "applied_tags": ["1"],
        }),
        "commands" => json!({
            "name": "tea", "description": "d", "type": 1, "name_localizations": { "de": "tee" },
            "options": [{ "type": 1, "name": "sub", "description": "d", "options": [
                { "type": 3, "name": "o", "description": "d", "choices": [{ "name": "a", "value": "b" }],
                    "min_length": 1, "max_length": 2, "required": true },
            ] }],
            "default_member_permissions": "8", "contexts": [0], "integration_types": [0],
        }),
        "channels" | "threads" => json!({
            "name": "new", "type": 15, "topic": "t", "parent_id": id("general"), "position": 1,
            "permission_overwrites": [{ "id": role, "type": 0, "allow": "1", "deny": "2" }],
            "available_tags": [{ "name": "tag", "emoji_name": "🍵" }], "flags": 16,
            "default_reaction_emoji": { "emoji_name": "🍵" }, "rate_limit_per_user": 5,
            "auto_archive_duration": 60, "archived": true, "applied_tags": ["1"],
            "message": { "content": "post", "embeds": [], "components": [] }, "lock_permissions": true,
            "id": id("general"), "bitrate": 64_000, "user_limit": 5, "nsfw": true,
        }),
        "rules" => json!({
            "name": "no durian", "event_type": 1, "trigger_type": 1, "enabled": true,
            "trigger_metadata": { "keyword_filter": ["durian"], "regex_patterns": ["d+"], "presets": [1] },
            "actions": [{ "type": 2, "metadata": { "channel_id": id("general") } }],
            "exempt_roles": [role], "exempt_channels": [id("general")],
        }),
        "scheduled-events" => json!({
            "name": "tea", "privacy_level": 2, "entity_type": 3, "status": 2,
            "scheduled_start_time": "2121-06-01T00:00:00Z", "scheduled_end_time": "2121-06-02T00:00:00Z",
            "entity_metadata": { "location": "here" }, "channel_id": id("lounge"),
            "recurrence_rule": { "start": "2121-06-01T00:00:00Z", "frequency": 3, "interval": 1,
                "by_weekday": [0, 1, 2, 3, 4], "by_n_weekday": [{ "n": 1, "day": 2 }] },
        }),
        "onboarding" | "welcome-screen" => json!({
            "enabled": true, "mode": 0, "description": "d", "default_channel_ids": [id("general")],
            "welcome_channels": [{ "channel_id": id("general"), "description": "d", "emoji_name": "🍵" }],
            "prompts": [{ "id": "1", "title": "t", "type": 0, "single_select": true, "required": true,
                "in_onboarding": true, "options": [{ "title": "o", "channel_ids": [id("general")],
                "role_ids": [role], "emoji_name": "🍵" }] }],
        }),
        "roles" | "guilds" | "members" | "emojis" | "stickers" | "soundboard-sounds" => json!({
            "name": "new", "permissions": "8", "color": 5, "colors": { "primary_color": 1 }, "hoist": true,
            "icon": "data:image/png;base64,iVBORw0KGgo=", "unicode_emoji": "🍵", "position": 1, "id": role,
            "nick": "n", "roles": [role], "mute": true, "channel_id": id("lounge"),
            "communication_disabled_until": "2121-06-01T00:00:00Z", "flags": 0, "access_token": "t",
            "image": "data:image/png;base64,iVBORw0KGgo=", "sound": "data:audio/ogg;base64,T2dnUw==",
            "volume": 0.5, "emoji_name": "🍵", "features": ["COMMUNITY"], "tags": "t", "description": "d",
            "system_channel_id": id("general"), "afk_channel_id": id("lounge"), "afk_timeout": 60,
        }),
        _ => json!({
            "user_ids": ["1"], "delete_message_seconds": 60, "messages": ["1", "2"], "days": 7,
            "include_roles": [role], "compute_prune_count": true, "permissions":
                [{ "id": role, "type": 1, "permission": true }], "allow": "1", "deny": "1", "type": 0,
            "recipient_id": sim.user("ada").to_string(), "webhook_channel_id": id("general"),
            "max_age": 60, "max_uses": 1, "target_type": 1, "target_user_id": "1", "sku_id": "1",
            "owner_id": "1", "owner_type": 1, "topic": "t", "privacy_level": 2, "status": "s",
            "channel_id": id("general"), "suppress": true, "enabled": true, "sound_id": "1",
            "request_to_speak_timestamp": "2121-06-01T00:00:00Z", "username": "u", "avatar": null,
            "invites_disabled_until": "2021-06-02T00:00:00Z", "platform_name": "p", "metadata": { "a": 1 },
            "interactions_endpoint_url": null, "description": "d", "tags": ["t"], "name": "n",
            "key": "k", "name_localizations": {}, "install_params": { "scopes": ["bot"], "permissions": "8" },
        }),
    }
}

/// Something that may stand where anything else stood.
fn anything(rng: &mut Rng, ids: &[String], deep: usize) -> Value {
    match rng.u8(0..if deep < DEEP { 16 } else { 13 }) {
        0 => Value::Null,
        1 => Value::Bool(rng.bool()),
        2 => Value::from(rng.u64(0..20)),
        3 => Value::from(u64::MAX),
        4 => Value::from(i64::MIN),
        5 => Value::from(-0.5e300),
        6 => Value::from(""),
        7 => Value::from("0"),
        8 => Value::from(u64::MAX.to_string()),
        9 => Value::from("9999-12-31T23:59:59.999999+23:59"),
        10 => Value::from("é\u{0}🍵<@&1> <#2> @everyone data:;base64,%"),
        11 => Value::from("x".repeat(rng.usize(0..5_000))),
        12 => rng
            .choice(ids)
            .map_or(Value::Null, |id| Value::from(id.as_str())),
        13 => (0..rng.usize(0..4))
            .map(|_| anything(rng, ids, deep + 1))
            .collect(),
        14 => (0..rng.usize(90..130)).map(Value::from).collect(),
        _ => {
            let names = [
                "id",
                "type",
                "name",
                "components",
                "options",
                "data",
                "_errors",
                "0",
            ];
            let fields = names
                .iter()
                .filter(|_| rng.bool())
                .copied()
                .collect::<Vec<_>>();
            let fields = fields.into_iter();
            let fields = fields.map(|it| (it.to_owned(), anything(rng, ids, deep + 1)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
    }
}

/// Changes something somewhere in `value`.
fn spoil(rng: &mut Rng, ids: &[String], value: &mut Value) {
    let stay = rng.u8(0..4) == 0;
    match value {
        Value::Object(fields) if !stay && !fields.is_empty() => {
            let at = rng.usize(0..fields.len());
            let Some(name) = fields.keys().nth(at).cloned() else {
                return;
            };
            if rng.u8(0..6) == 0 {
                fields.remove(&name);
            } else if let Some(inner) = fields.get_mut(&name) {
                spoil(rng, ids, inner);
            }
        }
        Value::Array(list) if !stay && !list.is_empty() => {
            let at = rng.usize(0..list.len());
            if rng.u8(0..6) == 0 {
                let again = list[at].clone();
                list.extend(std::iter::repeat_n(again, rng.usize(1..30)));
            } else {
                spoil(rng, ids, &mut list[at]);
            }
        }
        _ => *value = anything(rng, ids, 0),
    }
}

/// What there is to be named in a path, by the name of the parameter.
type Known = BTreeMap<&'static str, Vec<String>>;

/// What the world has now.
fn look(sim: &Simulator, known: &mut Known) {
    let world = sim.world();
    known.insert("application_id", vec![world.application.to_string()]);
    let (mut channels, mut messages) = (Vec::new(), Vec::new());
    for guild in &world.guilds {
        known.insert("guild_id", vec![guild.id.to_string()]);
        for channel in guild.channels.iter().chain(&guild.threads) {
            channels.push(channel.id.to_string());
            // Most messages are there.
            if channel.name == "general" {
                channels.extend(std::iter::repeat_n(channel.id.to_string(), 4));
            }
            messages.extend(sim.messages(channel.id).iter().map(|it| it.id.to_string()));
        }
        let roles = guild.roles.iter().map(|it| it.id.to_string());
        known.insert("role_id", roles.collect());
        let emojis = guild.emojis.iter().map(|it| it.id.to_string());
        known.insert("emoji_id", emojis.collect());
        let members = guild.members.iter().map(|it| it.id.to_string());
        known.insert("user_id", members.collect());
    }
    known.insert("channel_id", channels);
    known.insert("message_id", messages);
    known.insert("emoji_name", vec!["%F0%9F%8D%B5".to_owned()]);
}

/// Takes note of what was made, to be changed and deleted later.
fn remember(known: &mut Known, path: &str, made: &Value) {
    let named = [
        ("rules", "rule_id", "id"),
        ("scheduled-events", "guild_scheduled_event_id", "id"),
        ("commands", "command_id", "id"),
        ("webhooks", "webhook_id", "id"),
        ("webhooks", "webhook_token", "token"),
        ("soundboard-sounds", "sound_id", "id"),
        ("stickers", "sticker_id", "id"),
        ("invites", "code", "code"),
        ("templates", "code", "code"),
    ];
    for (word, parameter, field) in named {
        let text = made[field].as_str().filter(|_| path.ends_with(word));
        known
            .entry(parameter)
            .or_default()
            .extend(text.map(str::to_owned));
    }
}

/// A path with its parameters filled in: mostly with what there is.
fn fill(rng: &mut Rng, known: &Known, path: &str) -> String {
    let odd = [
        "0",
        "-1",
        "18446744073709551616",
        "@me",
        "%F0%9F%8D%B5",
        "%",
        "a:1",
        "x",
    ];
    let words = path.split('/').skip(1).map(|word| {
        let Some(name) = word.strip_prefix('{').and_then(|it| it.strip_suffix('}')) else {
            return word;
        };
        let there = known.get(name).filter(|_| rng.u8(0..12) != 0);
        let there = there.and_then(|it| rng.choice(it)).map(String::as_str);
        there.or_else(|| rng.choice(odd)).unwrap_or_default()
    });
    let words: Vec<&str> = words.collect();
    let query = [
        "?limit=3&after=0",
        "?limit=-1&before=x",
        "?wait=true&with_response=1&thread_id=1",
        "?query=%&around=1&with_counts=true",
        "?include_roles=1,2,,x&days=99999999999999999999",
    ];
    let query = rng.choice(query).filter(|_| rng.u8(0..4) == 0);
    format!("/api/v10/{}{}", words.join("/"), query.unwrap_or_default())
}

async fn begin() -> Simulator {
    let world = World::new().guild("tea house", |it| {
        let it = it
            .channel("general")
            .forum_channel("posts", &["green"])
            .voice_channel("lounge");
        let it = it
            .stage_channel("readings")
            .role("host")
            .emoji("teapot")
            .sticker("leaf");
        it.thread("general", "talk")
            .member_with_roles("ada", &["host"])
            .member("bob")
    });
    let builder = Simulator::builder().in_memory().world(world);
    let sim = builder.rate_limits(false).start().await.unwrap();
    let (general, ada) = (sim.channel("general"), sim.user("ada"));
    sim.say(general, ada, "tea?");
    sim.start_poll(general, ada, "which?", &["green", "black"]);
    sim.voice(sim.guild("tea house"), ada, Some(sim.channel("readings")));
    sim
}

/// How many were accepted.
async fn play(seed: u64, requests: u64) -> u64 {
    let rng = &mut Rng::with_seed(seed);
    let routes: Vec<(&str, &str)> = ROUTES.lines().filter_map(|it| it.split_once(' ')).collect();
    let sim = begin().await;
    let (_client, _) = ready(&sim, ALL).await;
    let (mut known, mut accepted) = (Known::new(), 0);
    for _ in 0..requests {
        let Some((method, path)) = rng.choice(&routes).copied() else {
            return 0;
        };
        // What takes the world away would be the end of all that follows.
        if matches!(
            (method, path),
            (
                "DELETE",
                "/guilds/{guild_id}" | "/users/@me/guilds/{guild_id}"
            )
        ) {
            continue;
        }
        let words = path.rsplit('/').find(|it| !it.starts_with(['{', '@']));
        let needed = ["general", "lounge"].iter().all(|name| {
            let world = sim.world();
            world
                .guilds
                .iter()
                .any(|it| it.channel(name).is_some() && it.role("host").is_some())
        });
        let mut body = if needed {
            sound(words.unwrap_or_default(), &sim)
        } else {
            json!({})
        };
        look(&sim, &mut known);
        let ids: Vec<String> = known.values().flatten().cloned().collect();
        for _ in 0..rng.u8(0..4) {
            spoil(rng, &ids, &mut body);
        }
        if rng.u8(0..8) == 0 {
            body = Value::Array(vec![body]);
        }
        let uri = fill(rng, &known, path);
        let request = Request::builder()
            .method(method)
            .uri(&uri)
            .header("authorization", format!("Bot {}", sim.token()))
            .header("user-agent", "DiscordBot (https://example.org, 1)")
            .header("content-type", "application/json")
            .body(Bytes::from(body.to_string()));
        let Ok(request) = request else { continue };
        let answer = AssertUnwindSafe(sim.handle(request)).catch_unwind().await;
        let Ok(answer) = answer else {
            panic!("POLYCORD_SEED={seed}: {method} {uri} panicked on {body}")
        };
        let status = answer.status().as_u16();
        assert!(
            status < 500 || status == 501,
            "POLYCORD_SEED={seed}: {status} {method} {uri} {body}"
        );
        accepted += u64::from(status < 300);
        if method == "POST" && status < 300 {
            let made = serde_json::from_slice(answer.body()).unwrap_or_default();
            remember(&mut known, path, &made);
        }
    }
    accepted
}

#[tokio::test(start_paused = true)]
async fn whatever_is_asked_is_answered() {
    let requests = number("POLYCORD_REQUESTS").unwrap_or(300);
    let seeds = number("POLYCORD_SEED").map_or(0..10, |seed| seed..seed + 1);
    let (mut asked, mut accepted) = (0, 0);
    for seed in seeds {
        accepted += play(seed, requests).await;
        asked += requests;
    }
    // Refusals alone would prove little.
    assert!(
        accepted * 5 > asked,
        "only {accepted} of {asked} were accepted"
    );
}
