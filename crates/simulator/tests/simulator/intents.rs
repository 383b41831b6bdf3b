//! Every intent: with it its events come, without it they do not.

use std::collections::BTreeSet;
use std::time::Duration;

use polycord_simulator::{Simulator, World};
use polycord_types::gateway::Intents;
use polycord_types::id::{ChannelId, GuildId, UserId};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::bot::ask;
use crate::call::call;
use crate::client::{ALL, Client, ready};

const MESSAGES: u64 = 1 << 9;
const CONTENT: u64 = 1 << 15;
/// An image of one pixel.
const PIXEL: &str = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// An intent's bit, what makes its events, and which these are.
type Case = (u32, fn(&Scene), &'static [&'static str]);

/// Every intent that lets events through; `MESSAGE_CONTENT` (15) fills them.
const CASES: [Case; 20] = [
    (
        0,
        Scene::a_role_and_a_channel,
        &["GUILD_ROLE_CREATE", "CHANNEL_CREATE"],
    ),
    (
        1,
        Scene::a_member,
        &[
            "GUILD_MEMBER_ADD",
            "GUILD_MEMBER_UPDATE",
            "GUILD_MEMBER_REMOVE",
        ],
    ),
    (
        2,
        Scene::a_ban,
        &["GUILD_BAN_ADD", "GUILD_AUDIT_LOG_ENTRY_CREATE"],
    ),
    (
        3,
        Scene::expressions,
        &["GUILD_EMOJIS_UPDATE", "GUILD_STICKERS_UPDATE"],
    ),
    (
        4,
        Scene::an_integration,
        &["INTEGRATION_CREATE", "GUILD_INTEGRATIONS_UPDATE"],
    ),
    (5, Scene::a_webhook, &["WEBHOOKS_UPDATE"]),
    (6, Scene::an_invite, &["INVITE_CREATE", "INVITE_DELETE"]),
    (7, Scene::voice, &["VOICE_STATE_UPDATE"]),
    (8, Scene::a_presence, &["PRESENCE_UPDATE"]),
    (
        9,
        Scene::talk,
        &["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"],
    ),
    (
        10,
        Scene::reactions,
        &["MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"],
    ),
    (11, Scene::typing, &["TYPING_START"]),
    (
        12,
        Scene::private_talk,
        &["MESSAGE_CREATE", "MESSAGE_UPDATE", "MESSAGE_DELETE"],
    ),
    (
        13,
        Scene::private_reactions,
        &["MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"],
    ),
    (14, Scene::private_typing, &["TYPING_START"]),
    (
        16,
        Scene::an_event,
        &[
            "GUILD_SCHEDULED_EVENT_CREATE",
            "GUILD_SCHEDULED_EVENT_USER_ADD",
        ],
    ),
    (20, Scene::a_rule, &["AUTO_MODERATION_RULE_CREATE"]),
    (21, Scene::a_breach, &["AUTO_MODERATION_ACTION_EXECUTION"]),
    (
        24,
        Scene::a_poll,
        &["MESSAGE_POLL_VOTE_ADD", "MESSAGE_POLL_VOTE_REMOVE"],
    ),
    (
        25,
        Scene::a_private_poll,
        &["MESSAGE_POLL_VOTE_ADD", "MESSAGE_POLL_VOTE_REMOVE"],
    ),
];

struct Scene {
    sim: Simulator,
    guild: GuildId,
    general: ChannelId,
    ada: UserId,
    grace: UserId,
    owner: UserId,
}

impl Scene {
    async fn start() -> Self {
        let world = World::new().guild("tea house", |g| {
            g.channel("general")
                .voice_channel("attic")
                .member("ada")
                .member("grace")
        });
        let sim = Simulator::builder().world(world).in_memory();
        let sim = sim.start().await.unwrap();
        Self {
            guild: sim.guild("tea house"),
            general: sim.channel("general"),
            ada: sim.user("ada"),
            grace: sim.user("grace"),
            owner: sim.user("owner"),
            sim,
        }
    }

    /// A session with these intents, once another may begin.
    async fn session(&self, intents: u64) -> (Client, String) {
        sleep(Duration::from_secs(6)).await;
        let (client, ready) = ready(&self.sim, intents).await;
        let session = ready["d"]["session_id"].as_str().unwrap();
        (client, session.to_owned())
    }

    /// The names of what was made for a session.
    fn told(&self, session: &str) -> BTreeSet<String> {
        let all = self.sim.sent_dispatches().into_iter();
        let own = all.filter(|dispatch| *dispatch.session == *session);
        own.map(|dispatch| dispatch.name).collect()
    }

    fn owner(&self, below: &str, body: &Value) {
        self.owner_at("POST", &format!("/guilds/{}{below}", self.guild), body);
    }

    fn owner_at(&self, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.sim.request_as(self.owner, method, path, body);
        answer.unwrap_or_else(|refusal| panic!("{method} {path}: {refusal}"))
    }

    fn emit(&self, name: &str, data: Value) {
        self.sim.emit(name, data, Some(self.guild));
    }

    fn a_role_and_a_channel(&self) {
        self.owner("/roles", &json!({ "name": "hosts" }));
        self.owner("/channels", &json!({ "name": "garden" }));
    }

    fn a_member(&self) {
        let new = self.sim.join(self.guild, "newcomer");
        self.sim.set_nick(self.guild, new, Some("newest"));
        self.sim.leave(self.guild, new);
    }

    fn a_ban(&self) {
        self.sim.ban(self.guild, self.grace).unwrap();
    }

    fn expressions(&self) {
        self.owner("/emojis", &json!({ "name": "cup", "image": PIXEL }));
        // A sticker is made with a file, which only the bot's own requests carry.
        let none = json!({ "guild_id": self.guild.to_string(), "stickers": [] });
        self.emit("GUILD_STICKERS_UPDATE", none);
    }

    fn an_integration(&self) {
        self.sim
            .connect_integration(self.guild, "twitch", "ada live");
    }

    fn a_webhook(&self) {
        let (guild, channel) = (self.guild.to_string(), self.general.to_string());
        self.emit(
            "WEBHOOKS_UPDATE",
            json!({ "guild_id": guild, "channel_id": channel }),
        );
    }

    fn an_invite(&self) {
        let path = format!("/channels/{}/invites", self.general);
        let invite = self.owner_at("POST", &path, &json!({}));
        let code = invite["code"].as_str().unwrap();
        self.owner_at("DELETE", &format!("/invites/{code}"), &Value::Null);
    }

    fn voice(&self) {
        self.sim
            .voice(self.guild, self.ada, Some(self.sim.channel("attic")));
    }

    fn a_presence(&self) {
        self.sim.presence(self.ada, "dnd");
    }

    fn talk(&self) {
        self.talk_in(self.general);
    }

    fn private_talk(&self) {
        self.talk_in(self.sim.say_privately(self.ada, "psst").0);
    }

    fn talk_in(&self, channel: ChannelId) {
        let message = self.sim.say(channel, self.ada, "hello");
        self.sim.edit(channel, message, "hello, hello");
        self.sim.delete_message(channel, message);
    }

    fn reactions(&self) {
        let message = self.sim.say(self.general, self.ada, "hello");
        self.sim.react(self.general, message, self.grace, "🎉");
        self.sim.unreact(self.general, message, self.grace, "🎉");
    }

    fn private_reactions(&self) {
        let (channel, message) = self.sim.say_privately(self.ada, "psst");
        self.sim.react(channel, message, self.ada, "🎉");
        self.sim.unreact(channel, message, self.ada, "🎉");
    }

    fn typing(&self) {
        self.sim.typing(self.general, self.ada);
    }

    fn private_typing(&self) {
        let (channel, _) = self.sim.say_privately(self.ada, "psst");
        self.sim.typing(channel, self.ada);
    }

    fn an_event(&self) {
        let event = self
            .sim
            .schedule_event(self.guild, self.owner, "Tasting", "outside");
        self.sim
            .set_interest(self.guild, event.unwrap(), self.ada, true);
    }

    fn a_rule(&self) {
        self.owner(
            "/auto-moderation/rules",
            &json!({
                "name": "no coffee", "event_type": 1, "trigger_type": 1, "enabled": true,
                "trigger_metadata": { "keyword_filter": ["coffee"] },
                "actions": [{ "type": 1 }],
            }),
        );
    }

    fn a_breach(&self) {
        self.a_rule();
        let refused = self
            .sim
            .try_say(self.general, self.ada, "coffee")
            .unwrap_err();
        assert_eq!(refused.code(), 200_000);
    }

    fn a_poll(&self) {
        self.poll_in(self.general);
    }

    fn a_private_poll(&self) {
        self.poll_in(self.sim.say_privately(self.ada, "psst").0);
    }

    fn poll_in(&self, channel: ChannelId) {
        let poll = self
            .sim
            .start_poll(channel, self.ada, "Tea?", &["yes", "no"]);
        self.sim.vote(channel, poll, self.ada, 1);
        self.sim.unvote(channel, poll, self.ada, 1);
    }
}

#[tokio::test(start_paused = true)]
async fn an_intent_lets_its_events_through_and_no_other_does() {
    for (bit, act, names) in CASES {
        let scene = Scene::start().await;
        let (_client, with) = scene.session(1 << bit).await;
        let (_other, without) = scene.session(ALL & !(1 << bit)).await;
        act(&scene);
        let (with, without) = (scene.told(&with), scene.told(&without));
        for name in names {
            assert!(with.contains(*name), "intent {bit}: {name} did not come");
            assert!(!without.contains(*name), "{name} came without intent {bit}");
        }
    }
}

#[test]
fn every_intent_has_its_case() {
    let cases = CASES
        .iter()
        .fold(CONTENT, |bits, (bit, ..)| bits | 1 << bit);
    assert_eq!(cases, ALL);
}

/// Every field that has content: `content` aside, they are there whatever is in them.
fn content_of(message: &Value) -> Value {
    json!([
        message["content"],
        message["embeds"],
        message["attachments"],
        message["components"],
        message["poll"]["question"],
        message["message_snapshots"][0]["message"]["content"],
    ])
}

/// Someone's message that has everything that a message of a person cannot have: as an application's.
fn of_another_bot(scene: &Scene) -> Value {
    json!({
        "id": "2000", "channel_id": scene.general.to_string(),
        "guild_id": scene.guild.to_string(),
        "author": { "id": scene.ada.to_string(), "username": "ada", "discriminator": "0", "avatar": null },
        "content": "secret", "timestamp": "2026-01-01T00:00:00.000000+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [],
        "mention_roles": [], "pinned": false, "type": 0, "channel_type": 0,
        "embeds": [{ "type": "rich", "title": "secret" }],
        "attachments": [{ "id": "1", "filename": "secret.txt", "size": 1, "url": "", "proxy_url": "" }],
        "components": [{ "type": 1, "components": [] }],
        "poll": { "question": { "text": "secret?" }, "answers": [] },
        "message_snapshots": [{ "message": { "content": "secret" } }],
    })
}

const NOTHING: [Value; 6] = [
    Value::String(String::new()),
    Value::Array(Vec::new()),
    Value::Array(Vec::new()),
    Value::Array(Vec::new()),
    Value::Null,
    Value::String(String::new()),
];

#[tokio::test(start_paused = true)]
async fn all_that_is_content_is_empty_without_the_intent() {
    let scene = Scene::start().await;
    let (mut client, _) = scene.session(MESSAGES).await;
    let (mut reader, _) = scene.session(MESSAGES | CONTENT).await;
    let message = of_another_bot(&scene);
    for name in ["MESSAGE_CREATE", "MESSAGE_UPDATE"] {
        scene.emit(name, message.clone());
        assert_eq!(reader.dispatch(name).await["d"], message);
        let emptied = &client.dispatch(name).await["d"];
        assert_eq!(content_of(emptied), json!(NOTHING));
        assert_eq!(emptied["author"], message["author"]);
    }
}

#[tokio::test(start_paused = true)]
async fn content_is_for_whom_it_concerns() {
    let scene = Scene::start().await;
    let (mut client, _) = scene.session(MESSAGES | 1 << 12).await;
    let bot = scene.sim.world().bot;
    let text = async |client: &mut Client| {
        let told = client.dispatch("MESSAGE_CREATE").await;
        told["d"]["content"].as_str().unwrap().to_owned()
    };
    let secret = scene.sim.say(scene.general, scene.ada, "secret");
    assert_eq!(text(&mut client).await, "");
    let named = format!("<@{bot}> tea");
    scene.sim.say(scene.general, scene.ada, &named);
    assert_eq!(text(&mut client).await, named);
    scene.sim.say_privately(scene.ada, "psst");
    assert_eq!(text(&mut client).await, "psst");
    let path = format!("/channels/{}/messages", scene.general);
    let answer = json!({
        "content": "mine",
        "message_reference": { "message_id": secret.to_string() },
    });
    ask(&scene.sim, "POST", &path, answer).await;
    let own = client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(own["d"]["content"], "mine");
    // What it answers is still not for it to read.
    assert_eq!(own["d"]["referenced_message"]["content"], "");
    let reply = json!({
        "content": "theirs",
        "message_reference": { "message_id": own["d"]["id"] },
        "allowed_mentions": { "replied_user": false },
    });
    scene.owner_at("POST", &path, &reply);
    let reply = client.dispatch("MESSAGE_CREATE").await;
    assert_eq!(reply["d"]["content"], "");
    assert_eq!(reply["d"]["referenced_message"]["content"], "mine");
    // It was used on this message, so it is for the bot.
    scene
        .sim
        .run_message_command(scene.general, scene.ada, "translate", secret);
    let asked = client.dispatch("INTERACTION_CREATE").await;
    let resolved = &asked["d"]["data"]["resolved"]["messages"];
    assert_eq!(resolved[secret.to_string()]["content"], "secret");
}

#[tokio::test(start_paused = true)]
async fn requests_show_less_to_an_application_without_the_intents() {
    for allowed in [true, false] {
        let mut builder = Simulator::builder().in_memory();
        if !allowed {
            builder = builder.disallow_intents(Intents::MESSAGE_CONTENT | Intents::GUILD_MEMBERS);
        }
        let sim = builder.start().await.unwrap();
        let (general, ada) = (sim.channel("general"), sim.user("ada"));
        let message = sim.say(general, ada, "secret");
        let messages = format!("/channels/{general}/messages");
        let one = format!("{messages}/{message}");
        let pins = format!("{messages}/pins");
        let pin = format!("{pins}/{message}");
        sim.request_as(sim.user("owner"), "PUT", &pin, &Value::Null)
            .unwrap();
        let shown = if allowed { "secret" } else { "" };
        let alone = ask(&sim, "GET", &one, Value::Null).await;
        assert_eq!(alone["content"], shown);
        let listed = ask(&sim, "GET", &messages, Value::Null).await;
        let listed = listed.as_array().unwrap().last().unwrap();
        assert_eq!(listed["content"], shown);
        let pinned = ask(&sim, "GET", &pins, Value::Null).await;
        assert_eq!(pinned["items"][0]["message"]["content"], shown);
        // People see what they always see.
        let theirs = sim.request_as(ada, "GET", &one, &Value::Null).unwrap();
        assert_eq!(theirs["content"], "secret");
        let members = format!("/guilds/{}/members", sim.guild("polycord"));
        let (status, told) = call(&sim, "GET", &members, Value::Null).await;
        let expected = if allowed { 200 } else { 403 };
        assert_eq!(status, expected, "{told}");
    }
}
