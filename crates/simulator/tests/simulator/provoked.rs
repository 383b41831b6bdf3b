//! Every event that Discord documents, provoked: by people, by requests of the bot, by what it asks on
//! the gateway. Each is read by its model, which has to know every field.

use std::time::Duration;

use polycord_simulator::{CommandOption, Simulator, SkuKind, VoiceFlag, World};
use polycord_types::id::{ChannelId, GuildId, SoundId, UserId};
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::bot::{ask, known};
use crate::client::{ALL, Client, QUERY, greeted, ready, resume};

/// What may be received as a dispatch, in the documentation's order.
const DOCUMENTED: [&str; 79] = [
    "READY",
    "RESUMED",
    "RATE_LIMITED",
    "APPLICATION_COMMAND_PERMISSIONS_UPDATE",
    "AUTO_MODERATION_RULE_CREATE",
    "AUTO_MODERATION_RULE_UPDATE",
    "AUTO_MODERATION_RULE_DELETE",
    "AUTO_MODERATION_ACTION_EXECUTION",
    "CHANNEL_CREATE",
    "CHANNEL_UPDATE",
    "CHANNEL_DELETE",
    "CHANNEL_INFO",
    "CHANNEL_PINS_UPDATE",
    "THREAD_CREATE",
    "THREAD_UPDATE",
    "THREAD_DELETE",
    "THREAD_LIST_SYNC",
    "THREAD_MEMBER_UPDATE",
    "THREAD_MEMBERS_UPDATE",
    "ENTITLEMENT_CREATE",
    "ENTITLEMENT_UPDATE",
    "ENTITLEMENT_DELETE",
    "GUILD_CREATE",
    "GUILD_UPDATE",
    "GUILD_DELETE",
    "GUILD_AUDIT_LOG_ENTRY_CREATE",
    "GUILD_BAN_ADD",
    "GUILD_BAN_REMOVE",
    "GUILD_EMOJIS_UPDATE",
    "GUILD_STICKERS_UPDATE",
    "GUILD_INTEGRATIONS_UPDATE",
    "GUILD_MEMBER_ADD",
    "GUILD_MEMBER_REMOVE",
    "GUILD_MEMBER_UPDATE",
    "GUILD_MEMBERS_CHUNK",
    "GUILD_ROLE_CREATE",
    "GUILD_ROLE_UPDATE",
    "GUILD_ROLE_DELETE",
    "GUILD_SCHEDULED_EVENT_CREATE",
    "GUILD_SCHEDULED_EVENT_UPDATE",
    "GUILD_SCHEDULED_EVENT_DELETE",
    "GUILD_SCHEDULED_EVENT_USER_ADD",
    "GUILD_SCHEDULED_EVENT_USER_REMOVE",
    "GUILD_SOUNDBOARD_SOUND_CREATE",
    "GUILD_SOUNDBOARD_SOUND_UPDATE",
    "GUILD_SOUNDBOARD_SOUND_DELETE",
    "GUILD_SOUNDBOARD_SOUNDS_UPDATE",
    "SOUNDBOARD_SOUNDS",
    "INTEGRATION_CREATE",
    "INTEGRATION_UPDATE",
    "INTEGRATION_DELETE",
    "INTERACTION_CREATE",
    "INVITE_CREATE",
    "INVITE_DELETE",
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "MESSAGE_REACTION_ADD",
    "MESSAGE_REACTION_REMOVE",
    "MESSAGE_REACTION_REMOVE_ALL",
    "MESSAGE_REACTION_REMOVE_EMOJI",
    "PRESENCE_UPDATE",
    "STAGE_INSTANCE_CREATE",
    "STAGE_INSTANCE_UPDATE",
    "STAGE_INSTANCE_DELETE",
    "SUBSCRIPTION_CREATE",
    "SUBSCRIPTION_UPDATE",
    "SUBSCRIPTION_DELETE",
    "TYPING_START",
    "USER_UPDATE",
    "VOICE_CHANNEL_EFFECT_SEND",
    "VOICE_CHANNEL_START_TIME_UPDATE",
    "VOICE_CHANNEL_STATUS_UPDATE",
    "VOICE_STATE_UPDATE",
    "VOICE_SERVER_UPDATE",
    "WEBHOOKS_UPDATE",
    "MESSAGE_POLL_VOTE_ADD",
    "MESSAGE_POLL_VOTE_REMOVE",
];

#[test]
fn every_documented_event_is_provoked_here() {
    let tests = include_str!("provoked.rs");
    for name in DOCUMENTED {
        let provoked = tests.contains(&format!("sees(\"{name}\")"));
        assert!(provoked, "nothing provokes {name}");
    }
}

struct Stage {
    sim: Simulator,
    client: Client,
    session: String,
    guild: GuildId,
    general: ChannelId,
    attic: ChannelId,
    ada: UserId,
    grace: UserId,
    owner: UserId,
}

/// A bot with every intent, in a guild with a little of everything.
async fn stage() -> Stage {
    let world = World::new().guild("tea house", |g| {
        g.channel("general")
            .voice_channel("attic")
            .role("hosts")
            .sound("gong")
            .member("ada")
            .member("grace")
    });
    let sim = Simulator::builder().world(world).in_memory();
    let sim = sim.start().await.unwrap();
    let (client, ready) = ready(&sim, ALL).await;
    Stage {
        session: ready["d"]["session_id"].as_str().unwrap().to_owned(),
        client,
        guild: sim.guild("tea house"),
        general: sim.channel("general"),
        attic: sim.channel("attic"),
        ada: sim.user("ada"),
        grace: sim.user("grace"),
        owner: sim.user("owner"),
        sim,
    }
}

impl Stage {
    /// The next event of that name; those before it are known to their models, too.
    async fn sees(&mut self, name: &str) -> Value {
        let within = Duration::from_secs(5);
        let seen = timeout(within, async {
            loop {
                let frame = self.client.next().await.unwrap();
                if frame["op"] == 0 {
                    known(&frame);
                }
                if frame["t"] == name {
                    return frame["d"].clone();
                }
            }
        });
        let seen = seen.await;
        seen.unwrap_or_else(|_| panic!("{name} did not come:\n{}", self.sim.journal()))
    }

    /// A request of the bot.
    async fn asks(&self, method: &str, path: &str, body: Value) -> Value {
        ask(&self.sim, method, path, body).await
    }

    /// A request of the owner, below the guild.
    fn owner(&self, method: &str, below: &str, body: &Value) -> Value {
        let path = format!("/guilds/{}{below}", self.guild);
        self.owner_at(method, &path, body)
    }

    fn owner_at(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.sim.request_as(self.owner, method, path, body);
        answer.unwrap_or_else(|refusal| panic!("{method} {path}: {refusal}"))
    }

    async fn sends(&mut self, op: u64, d: Value) {
        self.client.send(json!({ "op": op, "d": d })).await;
    }
}

/// The `id` of what was made, as it stands in a path.
fn id(made: &Value) -> String {
    made["id"].as_str().unwrap().to_owned()
}

#[tokio::test(start_paused = true)]
async fn a_session_begins_and_goes_on() {
    let sim = Simulator::builder().in_memory().start().await.unwrap();
    let mut client = greeted(&sim, QUERY).await;
    client
        .send(crate::client::identify(&sim, ALL, [0, 1]))
        .await;
    let (guild, general, ada) = (
        sim.guild("polycord"),
        sim.channel("general"),
        sim.user("ada"),
    );
    let mut stage = Stage {
        client,
        session: String::new(),
        guild,
        general,
        attic: sim.channel("lounge"),
        ada,
        grace: sim.user("grace"),
        owner: sim.user("owner"),
        sim,
    };
    let ready = stage.sees("READY").await;
    stage.session = ready["session_id"].as_str().unwrap().to_owned();
    stage.sees("GUILD_CREATE").await;
    stage.sim.cut(0);
    stage.client = greeted(&stage.sim, QUERY).await;
    let again = resume(&stage.sim, &stage.session, 1);
    stage.client.send(again).await;
    stage.sees("GUILD_CREATE").await;
    stage.sees("RESUMED").await;
}

#[tokio::test(start_paused = true)]
async fn what_is_asked_on_the_gateway_is_answered() {
    let mut stage = stage().await;
    let guild = stage.guild.to_string();
    let all = json!({ "guild_id": guild, "query": "", "limit": 0, "presences": true });
    stage.sends(8, all.clone()).await;
    let chunk = stage.sees("GUILD_MEMBERS_CHUNK").await;
    assert_eq!(chunk["members"].as_array().unwrap().len(), 4);
    stage.sends(31, json!({ "guild_ids": [guild] })).await;
    let sounds = stage.sees("SOUNDBOARD_SOUNDS").await;
    assert_eq!(sounds["soundboard_sounds"][0]["name"], "gong");
    let fields = json!({ "guild_id": guild, "fields": ["status", "voice_start_time"] });
    stage.sends(43, fields).await;
    stage.sees("CHANNEL_INFO").await;
    stage.sends(8, all).await;
    let told = stage.sees("RATE_LIMITED").await;
    assert_eq!(told["opcode"], 8);
}

#[tokio::test(start_paused = true)]
async fn messages_come_change_and_go() {
    let mut stage = stage().await;
    let (general, ada) = (stage.general, stage.ada);
    let message = stage.sim.say(general, ada, "hello");
    assert_eq!(stage.sees("MESSAGE_CREATE").await["content"], "hello");
    stage.sim.edit(general, message, "hello, hello");
    let edited = stage.sees("MESSAGE_UPDATE").await;
    assert_eq!(edited["content"], "hello, hello");
    assert!(edited["edited_timestamp"].is_string());
    stage.sim.delete_message(general, message);
    assert_eq!(
        stage.sees("MESSAGE_DELETE").await["id"],
        message.to_string()
    );
    let both = ["one", "two"].map(|text| stage.sim.say(general, ada, text).to_string());
    let path = format!("/channels/{general}/messages/bulk-delete");
    stage.asks("POST", &path, json!({ "messages": both })).await;
    assert_eq!(stage.sees("MESSAGE_DELETE_BULK").await["ids"], json!(both));
    stage.sim.typing(general, ada);
    let typing = stage.sees("TYPING_START").await;
    assert_eq!(typing["member"]["user"]["username"], "ada");
}

#[tokio::test(start_paused = true)]
async fn reactions_come_and_go() {
    let mut stage = stage().await;
    let (general, ada, grace) = (stage.general, stage.ada, stage.grace);
    let message = stage.sim.say(general, ada, "hello");
    stage.sim.react(general, message, grace, "🎉");
    let added = stage.sees("MESSAGE_REACTION_ADD").await;
    assert_eq!(added["message_author_id"], ada.to_string());
    stage.sim.unreact(general, message, grace, "🎉");
    stage.sees("MESSAGE_REACTION_REMOVE").await;
    stage.sim.react(general, message, grace, "🎉");
    stage.sim.react(general, message, ada, "👍");
    let reactions = format!("/channels/{general}/messages/{message}/reactions");
    let one = format!("{reactions}/%F0%9F%8E%89");
    stage.asks("DELETE", &one, Value::Null).await;
    let removed = stage.sees("MESSAGE_REACTION_REMOVE_EMOJI").await;
    assert_eq!(removed["emoji"]["name"], "🎉");
    // Reactions have a limit of their own: one in a quarter of a second.
    tokio::time::sleep(Duration::from_secs(1)).await;
    stage.asks("DELETE", &reactions, Value::Null).await;
    stage.sees("MESSAGE_REACTION_REMOVE_ALL").await;
}

#[tokio::test(start_paused = true)]
async fn a_message_is_pinned() {
    let mut stage = stage().await;
    let message = stage.sim.say(stage.general, stage.ada, "rules");
    let path = format!("/channels/{}/messages/pins/{message}", stage.general);
    stage.asks("PUT", &path, Value::Null).await;
    let pins = stage.sees("CHANNEL_PINS_UPDATE").await;
    assert!(pins["last_pin_timestamp"].is_string());
}

#[tokio::test(start_paused = true)]
async fn people_vote_and_think_again() {
    let mut stage = stage().await;
    let (general, grace) = (stage.general, stage.grace);
    let poll = stage
        .sim
        .start_poll(general, stage.ada, "Tea?", &["yes", "no"]);
    let asked = stage.sees("MESSAGE_CREATE").await;
    assert_eq!(asked["poll"]["answers"][1]["answer_id"], 2);
    stage.sim.vote(general, poll, grace, 1);
    let vote = stage.sees("MESSAGE_POLL_VOTE_ADD").await;
    assert_eq!(vote["answer_id"], 1);
    stage.sim.vote(general, poll, grace, 2);
    let back = stage.sees("MESSAGE_POLL_VOTE_REMOVE").await;
    assert_eq!(back["answer_id"], 1, "one answer for everybody");
    assert_eq!(stage.sees("MESSAGE_POLL_VOTE_ADD").await["answer_id"], 2);
    let path = format!("/channels/{general}/messages/{poll}");
    let kept = stage.asks("GET", &path, Value::Null).await;
    let counts = json!([{ "id": 2, "count": 1, "me_voted": false }]);
    assert_eq!(kept["poll"]["results"]["answer_counts"], counts);
    stage.sim.end_poll(general, poll).unwrap();
    let ended = stage.sees("MESSAGE_UPDATE").await;
    assert_eq!(ended["poll"]["results"]["is_finalized"], true);
}

#[tokio::test(start_paused = true)]
async fn channels_come_change_and_go() {
    let mut stage = stage().await;
    let made = stage.owner("POST", "/channels", &json!({ "name": "garden", "type": 0 }));
    assert_eq!(stage.sees("CHANNEL_CREATE").await["name"], "garden");
    let path = format!("/channels/{}", id(&made));
    stage.owner_at("PATCH", &path, &json!({ "name": "orchard" }));
    assert_eq!(stage.sees("CHANNEL_UPDATE").await["name"], "orchard");
    stage.owner_at(
        "POST",
        &format!("{path}/webhooks"),
        &json!({ "name": "bell" }),
    );
    let told = stage.sees("WEBHOOKS_UPDATE").await;
    assert_eq!(told["channel_id"], made["id"]);
    let invite = stage.owner_at("POST", &format!("{path}/invites"), &json!({}));
    let told = stage.sees("INVITE_CREATE").await;
    assert_eq!(told["code"], invite["code"]);
    let code = invite["code"].as_str().unwrap();
    stage.owner_at("DELETE", &format!("/invites/{code}"), &Value::Null);
    assert_eq!(stage.sees("INVITE_DELETE").await["code"], code);
    stage.owner_at("DELETE", &path, &Value::Null);
    assert_eq!(stage.sees("CHANNEL_DELETE").await["id"], made["id"]);
}

#[tokio::test(start_paused = true)]
async fn threads_begin_change_and_end() {
    let mut stage = stage().await;
    let path = format!("/channels/{}/threads", stage.general);
    let body = json!({ "name": "scones", "type": 11 });
    let thread = stage.sim.request_as(stage.ada, "POST", &path, &body);
    let thread = thread.unwrap();
    let created = stage.sees("THREAD_CREATE").await;
    assert_eq!(created["name"], "scones");
    assert_eq!(created["owner_id"], stage.ada.to_string());
    let path = format!("/channels/{}", id(&thread));
    let renamed = json!({ "name": "scones and jam" });
    let renamed = stage.sim.request_as(stage.ada, "PATCH", &path, &renamed);
    renamed.unwrap();
    assert_eq!(stage.sees("THREAD_UPDATE").await["name"], "scones and jam");
    let grace = stage.grace.to_string();
    let inside = format!("{path}/thread-members/{grace}");
    let invited = stage
        .sim
        .request_as(stage.ada, "PUT", &inside, &Value::Null);
    invited.unwrap();
    let added = stage.sees("THREAD_MEMBERS_UPDATE").await;
    assert_eq!(added["added_members"][0]["user_id"], grace);
    stage.owner_at("DELETE", &path, &Value::Null);
    assert_eq!(stage.sees("THREAD_DELETE").await["id"], thread["id"]);
}

/// Of these Discord's own doing is the cause: a bot that is let into a channel, settings of its own
/// membership of a thread.
#[tokio::test(start_paused = true)]
async fn threads_that_come_into_view_are_emitted() {
    let mut stage = stage().await;
    let guild = stage.guild.to_string();
    let sync = json!({ "guild_id": guild, "threads": [], "members": [] });
    stage.sim.emit("THREAD_LIST_SYNC", sync, Some(stage.guild));
    stage.sees("THREAD_LIST_SYNC").await;
    let member = json!({
        "id": stage.general.to_string(), "user_id": stage.sim.world().bot.to_string(),
        "join_timestamp": "2026-01-01T00:00:00.000000+00:00", "flags": 1, "guild_id": guild,
    });
    stage
        .sim
        .emit("THREAD_MEMBER_UPDATE", member, Some(stage.guild));
    stage.sees("THREAD_MEMBER_UPDATE").await;
}

#[tokio::test(start_paused = true)]
async fn guilds_come_change_and_go() {
    let mut stage = stage().await;
    let new = stage
        .sim
        .add_guild("library", |g| g.channel("quiet").member("ada"));
    let created = stage.sees("GUILD_CREATE").await;
    assert_eq!(created["name"], "library");
    assert_eq!(created["channels"][0]["name"], "quiet");
    assert!(stage.sim.boost(stage.guild, stage.ada, true));
    let boosted = stage.sees("GUILD_UPDATE").await;
    assert_eq!(boosted["premium_subscription_count"], 1);
    stage.sim.outage(new, true);
    assert_eq!(stage.sees("GUILD_DELETE").await["unavailable"], true);
    stage.sim.outage(new, false);
    assert_eq!(stage.sees("GUILD_CREATE").await["id"], new.to_string());
    stage.sim.leave(new, stage.sim.world().bot);
    assert!(
        stage
            .sees("GUILD_DELETE")
            .await
            .get("unavailable")
            .is_none()
    );
    assert!(stage.sim.world().guild("library").is_none());
}

#[tokio::test(start_paused = true)]
async fn roles_come_change_and_go() {
    let mut stage = stage().await;
    let role = stage.owner("POST", "/roles", &json!({ "name": "gardeners" }));
    assert_eq!(
        stage.sees("GUILD_ROLE_CREATE").await["role"]["name"],
        "gardeners"
    );
    let below = format!("/roles/{}", id(&role));
    stage.owner("PATCH", &below, &json!({ "name": "florists" }));
    assert_eq!(
        stage.sees("GUILD_ROLE_UPDATE").await["role"]["name"],
        "florists"
    );
    stage.owner("DELETE", &below, &Value::Null);
    assert_eq!(stage.sees("GUILD_ROLE_DELETE").await["role_id"], role["id"]);
    let entry = stage.sees("GUILD_AUDIT_LOG_ENTRY_CREATE").await;
    assert_eq!(entry["user_id"], stage.owner.to_string());
}

#[tokio::test(start_paused = true)]
async fn members_come_change_and_go() {
    let mut stage = stage().await;
    let guild = stage.guild;
    let new = stage.sim.join(guild, "newcomer");
    assert_eq!(
        stage.sees("GUILD_MEMBER_ADD").await["user"]["username"],
        "newcomer"
    );
    stage.sim.set_nick(guild, new, Some("newest"));
    assert_eq!(stage.sees("GUILD_MEMBER_UPDATE").await["nick"], "newest");
    stage.sim.time_out(guild, new, 60).unwrap();
    let silenced = stage.sees("GUILD_MEMBER_UPDATE").await;
    assert!(silenced["communication_disabled_until"].is_string());
    stage.sim.ban(guild, new).unwrap();
    assert_eq!(
        stage.sees("GUILD_MEMBER_REMOVE").await["user"]["id"],
        new.to_string()
    );
    stage.sim.unban(guild, new).unwrap();
    assert_eq!(
        stage.sees("GUILD_BAN_REMOVE").await["user"]["id"],
        new.to_string()
    );
    stage.sim.ban(guild, new).unwrap();
    assert_eq!(
        stage.sees("GUILD_BAN_ADD").await["user"]["id"],
        new.to_string()
    );
    stage.sim.kick(guild, stage.grace).unwrap();
    let kicked = stage.sees("GUILD_MEMBER_REMOVE").await;
    assert_eq!(kicked["user"]["id"], stage.grace.to_string());
}

/// An image of one pixel.
const PIXEL: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

#[tokio::test(start_paused = true)]
async fn emojis_and_stickers_change() {
    let mut stage = stage().await;
    stage.owner("POST", "/emojis", &json!({ "name": "cup", "image": PIXEL }));
    assert_eq!(
        stage.sees("GUILD_EMOJIS_UPDATE").await["emojis"][0]["name"],
        "cup"
    );
    let stickers = json!({ "guild_id": stage.guild.to_string(), "stickers": [] });
    stage
        .sim
        .emit("GUILD_STICKERS_UPDATE", stickers, Some(stage.guild));
    stage.sees("GUILD_STICKERS_UPDATE").await;
}

#[tokio::test(start_paused = true)]
async fn sounds_come_change_and_go() {
    let mut stage = stage().await;
    let sound = "data:audio/ogg;base64,T2dnUwACAAAAAAAAAAA=";
    let body = json!({ "name": "bell", "sound": sound });
    let made = stage.owner("POST", "/soundboard-sounds", &body);
    assert_eq!(
        stage.sees("GUILD_SOUNDBOARD_SOUND_CREATE").await["name"],
        "bell"
    );
    let below = format!("/soundboard-sounds/{}", made["sound_id"].as_str().unwrap());
    stage.owner("PATCH", &below, &json!({ "name": "chime" }));
    assert_eq!(
        stage.sees("GUILD_SOUNDBOARD_SOUND_UPDATE").await["name"],
        "chime"
    );
    stage.owner("DELETE", &below, &Value::Null);
    stage.sees("GUILD_SOUNDBOARD_SOUND_DELETE").await;
    // Several at once: when boosts are lost, which no request does.
    let sounds = json!({ "guild_id": stage.guild.to_string(), "soundboard_sounds": [] });
    stage
        .sim
        .emit("GUILD_SOUNDBOARD_SOUNDS_UPDATE", sounds, Some(stage.guild));
    stage.sees("GUILD_SOUNDBOARD_SOUNDS_UPDATE").await;
}

#[tokio::test(start_paused = true)]
async fn integrations_come_change_and_go() {
    let mut stage = stage().await;
    let guild = stage.guild;
    let stream = stage.sim.connect_integration(guild, "twitch", "ada live");
    assert_eq!(stage.sees("INTEGRATION_CREATE").await["name"], "ada live");
    stage.sees("GUILD_INTEGRATIONS_UPDATE").await;
    assert!(stage.sim.enable_integration(guild, stream, false));
    assert_eq!(stage.sees("INTEGRATION_UPDATE").await["enabled"], false);
    assert!(stage.sim.disconnect_integration(guild, stream));
    assert_eq!(
        stage.sees("INTEGRATION_DELETE").await["id"],
        stream.to_string()
    );
    assert!(!stage.sim.disconnect_integration(guild, stream));
}

#[tokio::test(start_paused = true)]
async fn events_are_scheduled_and_people_interested() {
    let mut stage = stage().await;
    let (guild, owner, ada) = (stage.guild, stage.owner, stage.ada);
    let event = stage
        .sim
        .schedule_event(guild, owner, "Tasting", "the garden")
        .unwrap();
    assert_eq!(
        stage.sees("GUILD_SCHEDULED_EVENT_CREATE").await["name"],
        "Tasting"
    );
    assert!(stage.sim.set_interest(guild, event, ada, true));
    let added = stage.sees("GUILD_SCHEDULED_EVENT_USER_ADD").await;
    assert_eq!(added["user_id"], ada.to_string());
    assert!(stage.sim.set_interest(guild, event, ada, false));
    assert!(!stage.sim.set_interest(guild, event, ada, false));
    stage.sees("GUILD_SCHEDULED_EVENT_USER_REMOVE").await;
    let change = json!({ "description": "of green tea" });
    stage
        .sim
        .change_event(guild, event, owner, &change)
        .unwrap();
    let changed = stage.sees("GUILD_SCHEDULED_EVENT_UPDATE").await;
    assert_eq!(changed["description"], "of green tea");
    stage.sim.delete_event(guild, event, owner).unwrap();
    stage.sees("GUILD_SCHEDULED_EVENT_DELETE").await;
}

#[tokio::test(start_paused = true)]
async fn a_stage_begins_changes_and_ends() {
    let mut stage = stage().await;
    let owner = stage.owner;
    let made = stage.owner("POST", "/channels", &json!({ "name": "salon", "type": 13 }));
    let salon = ChannelId::new(id(&made).parse().unwrap());
    stage.sim.start_stage(salon, owner, "poems").unwrap();
    assert_eq!(stage.sees("STAGE_INSTANCE_CREATE").await["topic"], "poems");
    stage.sim.voice(stage.guild, stage.ada, Some(salon));
    let listens = stage.sees("VOICE_STATE_UPDATE").await;
    assert_eq!(listens["suppress"], true);
    stage.sim.request_to_speak(stage.guild, stage.ada, true);
    let asks = stage.sees("VOICE_STATE_UPDATE").await;
    assert!(asks["request_to_speak_timestamp"].is_string());
    stage.sim.change_stage(salon, owner, "songs").unwrap();
    assert_eq!(stage.sees("STAGE_INSTANCE_UPDATE").await["topic"], "songs");
    stage.sim.end_stage(salon, owner).unwrap();
    stage.sees("STAGE_INSTANCE_DELETE").await;
}

#[tokio::test(start_paused = true)]
async fn auto_moderation_blocks_alarms_and_silences() {
    let mut stage = stage().await;
    let (general, ada) = (stage.general, stage.ada);
    let rule = stage.owner(
        "POST",
        "/auto-moderation/rules",
        &json!({
            "name": "no coffee", "event_type": 1, "trigger_type": 1, "enabled": true,
            "trigger_metadata": { "keyword_filter": ["coffee*"], "allow_list": ["coffee table"] },
            "actions": [
                { "type": 1, "metadata": { "custom_message": "tea only" } },
                { "type": 2, "metadata": { "channel_id": general.to_string() } },
                { "type": 3, "metadata": { "duration_seconds": 60 } },
            ],
        }),
    );
    stage.sees("AUTO_MODERATION_RULE_CREATE").await;
    stage.sim.try_say(general, ada, "a coffee table").unwrap();
    let refused = stage.sim.try_say(general, ada, "Coffees!").unwrap_err();
    assert_eq!(refused.code(), 200_000);
    let blocked = stage.sees("AUTO_MODERATION_ACTION_EXECUTION").await;
    assert_eq!(blocked["action"]["type"], 1);
    assert_eq!(blocked["matched_keyword"], "coffee*");
    assert_eq!(blocked["matched_content"], "coffee");
    assert!(blocked.get("message_id").is_none());
    let alarm = stage.sees("AUTO_MODERATION_ACTION_EXECUTION").await;
    let messages = stage.sim.messages(general);
    let told = messages.last().unwrap();
    assert_eq!(alarm["alert_system_message_id"], told.id.to_string());
    assert_eq!(told.json["type"], 24);
    stage.sees("AUTO_MODERATION_ACTION_EXECUTION").await;
    let path = format!("/guilds/{}/members/{ada}", stage.guild);
    let member = stage.asks("GET", &path, Value::Null).await;
    assert!(member["communication_disabled_until"].is_string());
    // The owner is above it.
    stage.sim.try_say(general, stage.owner, "coffee").unwrap();
    let below = format!("/auto-moderation/rules/{}", id(&rule));
    stage.owner("PATCH", &below, &json!({ "enabled": false }));
    stage.sees("AUTO_MODERATION_RULE_UPDATE").await;
    stage.sim.try_say(general, stage.grace, "coffee").unwrap();
    stage.owner("DELETE", &below, &Value::Null);
    stage.sees("AUTO_MODERATION_RULE_DELETE").await;
}

#[tokio::test(start_paused = true)]
async fn people_talk_in_voice() {
    let mut stage = stage().await;
    let (guild, attic, ada) = (stage.guild, stage.attic, stage.ada);
    let join = json!({
        "guild_id": guild.to_string(), "channel_id": attic.to_string(),
        "self_mute": false, "self_deaf": false,
    });
    stage.sends(4, join).await;
    stage.sees("VOICE_STATE_UPDATE").await;
    stage.sees("VOICE_CHANNEL_START_TIME_UPDATE").await;
    stage.sees("VOICE_SERVER_UPDATE").await;
    stage.sim.voice(guild, ada, Some(attic));
    stage.sees("VOICE_STATE_UPDATE").await;
    stage.sim.set_voice_flag(guild, ada, VoiceFlag::Mute, true);
    assert_eq!(stage.sees("VOICE_STATE_UPDATE").await["mute"], true);
    assert_eq!(stage.sees("GUILD_MEMBER_UPDATE").await["mute"], true);
    stage.sim.send_effect(attic, ada, "🎉");
    let effect = stage.sees("VOICE_CHANNEL_EFFECT_SEND").await;
    assert_eq!(effect["emoji"]["name"], "🎉");
    let path = format!("/guilds/{guild}/soundboard-sounds");
    let sounds = stage.asks("GET", &path, Value::Null).await;
    let gong = sounds["items"][0]["sound_id"].as_str().unwrap();
    stage
        .sim
        .play_sound(attic, ada, SoundId::new(gong.parse().unwrap()));
    assert_eq!(
        stage.sees("VOICE_CHANNEL_EFFECT_SEND").await["sound_id"],
        gong
    );
    stage.sim.set_voice_status(attic, Some("reading"));
    assert_eq!(
        stage.sees("VOICE_CHANNEL_STATUS_UPDATE").await["status"],
        "reading"
    );
}

#[tokio::test(start_paused = true)]
async fn people_and_the_bot_show_themselves_otherwise() {
    let mut stage = stage().await;
    let ada = stage.ada;
    stage.sim.presence(ada, "dnd");
    assert_eq!(stage.sees("PRESENCE_UPDATE").await["status"], "dnd");
    stage.sim.play_game(ada, "chess");
    let plays = stage.sees("PRESENCE_UPDATE").await;
    assert_eq!(plays["status"], "dnd");
    assert_eq!(plays["activities"][0]["name"], "chess");
    stage.sim.rename_user(ada, "Countess");
    let renamed = stage.sees("GUILD_MEMBER_UPDATE").await;
    assert_eq!(renamed["user"]["global_name"], "Countess");
    stage.sim.set_avatar(
        stage.sim.world().bot,
        Some("0123456789abcdef0123456789abcdef"),
    );
    let own = stage.sees("USER_UPDATE").await;
    assert_eq!(own["avatar"], "0123456789abcdef0123456789abcdef");
}

#[tokio::test(start_paused = true)]
async fn people_buy_subscribe_and_are_paid_back() {
    let mut stage = stage().await;
    let ada = stage.ada;
    let hat = stage.sim.add_sku("Hat", SkuKind::Durable);
    let bought = stage.sim.buy(ada, hat, None);
    let given = stage.sees("ENTITLEMENT_CREATE").await;
    assert_eq!(given["sku_id"], hat.to_string());
    stage.sim.run_command(stage.general, ada, "wear", []);
    let asked = stage.sees("INTERACTION_CREATE").await;
    assert_eq!(asked["entitlements"][0]["id"], bought.to_string());
    assert!(stage.sim.refund(bought));
    assert_eq!(stage.sees("ENTITLEMENT_DELETE").await["deleted"], true);
    let club = stage.sim.add_sku("Club", SkuKind::Subscription);
    let month = stage.sim.subscribe(ada, club);
    stage.sees("ENTITLEMENT_CREATE").await;
    assert_eq!(stage.sees("SUBSCRIPTION_CREATE").await["status"], 0);
    assert!(stage.sim.cancel_subscription(month));
    assert_eq!(stage.sees("SUBSCRIPTION_UPDATE").await["status"], 1);
    assert!(stage.sim.end_subscription(month));
    assert_eq!(stage.sees("SUBSCRIPTION_UPDATE").await["status"], 2);
    assert!(stage.sees("ENTITLEMENT_UPDATE").await["ends_at"].is_string());
    stage.sim.run_command(stage.general, ada, "wear", []);
    let asked = stage.sees("INTERACTION_CREATE").await;
    assert_eq!(
        asked["entitlements"],
        json!([]),
        "what is over gives nothing"
    );
    assert!(stage.sim.delete_subscription(month));
    stage.sees("SUBSCRIPTION_DELETE").await;
}

#[tokio::test(start_paused = true)]
async fn commands_are_run_and_their_permissions_changed() {
    let mut stage = stage().await;
    let application = stage.sim.world().application;
    let path = format!("/applications/{application}/commands");
    let command = json!({ "name": "tea", "description": "make some" });
    let command = stage.asks("POST", &path, command).await;
    stage
        .sim
        .run_command(stage.general, stage.ada, "tea", Vec::<CommandOption>::new());
    let asked = stage.sees("INTERACTION_CREATE").await;
    assert_eq!(asked["data"]["id"], command["id"]);
    let path = format!(
        "/applications/{application}/guilds/{}/commands/{}/permissions",
        stage.guild,
        id(&command)
    );
    let permissions = json!([{ "id": stage.ada.to_string(), "type": 2, "permission": true }]);
    stage.owner_at("PUT", &path, &json!({ "permissions": permissions }));
    let told = stage.sees("APPLICATION_COMMAND_PERMISSIONS_UPDATE").await;
    assert_eq!(told["permissions"], permissions);
}
