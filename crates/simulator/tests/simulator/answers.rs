//! Answers to interactions: which there may be, and what comes of them.

use std::time::Duration;

use polycord_simulator::{CommandOption, Simulator};
use polycord_types::id::{InteractionId, MessageId};
use serde_json::{Value, json};

use crate::call::{AGENT, call, error_at, start};
use crate::client::{Client, ready};

/// A simulator with a bot, and the interactions somebody starts.
struct Place {
    sim: Simulator,
    client: Client,
}

impl Place {
    async fn new() -> Self {
        let sim = start().await;
        let (client, _) = ready(&sim, 0).await;
        Self { sim, client }
    }

    /// A slash command: its id and token.
    async fn command(&mut self) -> (InteractionId, String) {
        let (general, ada) = (self.sim.channel("general"), self.sim.user("ada"));
        let id = self.sim.run_command(general, ada, "ask", []);
        (id, self.token().await)
    }

    async fn token(&mut self) -> String {
        let event = self.client.dispatch("INTERACTION_CREATE").await;
        event["d"]["token"].as_str().unwrap().to_owned()
    }

    /// A press of the button of this message.
    async fn press(&mut self, message: MessageId) -> (InteractionId, String) {
        let (general, ada) = (self.sim.channel("general"), self.sim.user("ada"));
        let id = self.sim.press(general, message, ada, "yes");
        (id, self.token().await)
    }

    async fn callback(&self, (id, token): &(InteractionId, String), body: Value) -> (u16, Value) {
        let path = format!("/interactions/{id}/{token}/callback?with_response=true");
        call(&self.sim, "POST", &path, body).await
    }

    async fn webhook(&self, token: &str, method: &str, rest: &str, body: Value) -> (u16, Value) {
        let path = format!("/webhooks/{}/{token}{rest}", self.sim.world().application);
        call(&self.sim, method, &path, body).await
    }
}

fn button() -> Value {
    json!([{ "type": 1, "components": [
        { "type": 2, "style": 1, "label": "Yes", "custom_id": "yes" },
    ] }])
}

fn id_of(message: &Value) -> MessageId {
    MessageId::new(message["id"].as_str().unwrap().parse().unwrap())
}

fn modal() -> Value {
    json!({ "custom_id": "m", "title": "Who?", "components": [
        { "type": 18, "label": "Name", "component":
            { "type": 4, "custom_id": "name", "style": 1, "min_length": 1 } },
    ] })
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_given_once_and_described() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    let body = json!({ "type": 4, "data": { "content": "here", "flags": 64 } });
    let (status, told) = place.callback(&asked, body.clone()).await;
    assert_eq!(status, 200);
    let interaction = &told["interaction"];
    assert_eq!(interaction["id"], asked.0.to_string());
    assert_eq!(interaction["response_message_ephemeral"], true);
    assert_eq!(interaction["response_message_loading"], false);
    assert_eq!(told["resource"]["type"], 4);
    assert_eq!(told["resource"]["message"]["content"], "here");
    assert_eq!(told["resource"]["message"]["type"], 20);
    let (status, again) = place.callback(&asked, body).await;
    assert_eq!((status, &again["code"]), (400, &json!(40_060)));
}

#[tokio::test(start_paused = true)]
async fn each_kind_of_interaction_has_answers_of_its_own() {
    let mut place = Place::new().await;
    let command = place.command().await;
    for kind in [1, 2, 3, 6, 7, 8, 10, 12, 13] {
        let (status, body) = place
            .callback(&command, json!({ "type": kind, "data": {} }))
            .await;
        assert_eq!(status, 400, "{kind}");
        assert_eq!(error_at(&body, "/type"), "BASE_TYPE_CHOICES", "{kind}");
    }
    let (_, body) = place.callback(&command, json!({})).await;
    assert_eq!(error_at(&body, "/type"), "BASE_TYPE_REQUIRED");
    // What was refused was no answer.
    let body = json!({ "type": 9, "data": modal() });
    assert_eq!(place.callback(&command, body).await.0, 200);
}

#[tokio::test(start_paused = true)]
async fn what_is_wrong_with_a_message_is_told_below_data() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    let body = json!({ "type": 4, "data": { "content": "x".repeat(2_001) } });
    let (_, body) = place.callback(&asked, body).await;
    assert_eq!(error_at(&body, "/data/content"), "BASE_TYPE_MAX_LENGTH");
    let (_, body) = place.callback(&asked, json!({ "type": 4 })).await;
    assert_eq!(error_at(&body, "/data"), "BASE_TYPE_REQUIRED");
    let body = json!({ "type": 5, "data": { "flags": 1 << 15 } });
    let (_, body) = place.callback(&asked, body).await;
    assert_eq!(error_at(&body, "/data/flags"), "MESSAGE_FLAGS_INVALID");
}

#[tokio::test(start_paused = true)]
async fn a_button_updates_its_own_message() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    let body = json!({ "type": 4, "data": { "content": "sure?", "components": button() } });
    let (_, told) = place.callback(&asked, body).await;
    let message = id_of(&told["resource"]["message"]);

    let pressed = place.press(message).await;
    let body = json!({ "type": 7, "data": { "content": "done", "components": [] } });
    let (status, told) = place.callback(&pressed, body).await;
    assert_eq!(status, 200, "{told}");
    assert_eq!(
        told["interaction"]["response_message_id"],
        message.to_string()
    );
    assert_eq!(told["resource"]["message"]["content"], "done");
    let general = place.sim.channel("general");
    let seen = place.sim.messages(general);
    assert_eq!((seen.len(), &*seen[0].content), (1, "done"));
}

#[tokio::test(start_paused = true)]
async fn a_button_that_only_one_user_sees_is_updated_for_them() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    let body =
        json!({ "type": 4, "data": { "content": "sure?", "components": button(), "flags": 64 } });
    let (_, told) = place.callback(&asked, body).await;
    let pressed = place.press(id_of(&told["resource"]["message"])).await;
    assert_eq!(place.callback(&pressed, json!({ "type": 6 })).await.0, 200);
    let body = json!({ "content": "done" });
    let (status, edited) = place
        .webhook(&pressed.1, "PATCH", "/messages/@original", body)
        .await;
    assert_eq!((status, &edited["content"]), (200, &json!("done")));
    let (_, original) = place
        .webhook(&asked.1, "GET", "/messages/@original", Value::Null)
        .await;
    assert_eq!(original["content"], "done");
    assert!(place.sim.messages(place.sim.channel("general")).is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_answer_to_a_button_refers_to_its_message() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    let body = json!({ "type": 4, "data": { "content": "sure?", "components": button() } });
    let (_, told) = place.callback(&asked, body).await;
    let message = id_of(&told["resource"]["message"]);
    let pressed = place.press(message).await;
    let body = json!({ "type": 4, "data": { "content": "noted" } });
    let (_, told) = place.callback(&pressed, body).await;
    let answer = &told["resource"]["message"];
    assert_eq!(answer["type"], 19);
    assert_eq!(
        answer["message_reference"]["message_id"],
        message.to_string()
    );
    assert_eq!(
        answer["interaction_metadata"]["interacted_message_id"],
        message.to_string()
    );
    assert!(answer.get("interaction").is_none());
}

#[tokio::test(start_paused = true)]
async fn the_first_followup_fills_a_deferred_message() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    let (_, told) = place.callback(&asked, json!({ "type": 5 })).await;
    assert_eq!(told["interaction"]["response_message_loading"], true);
    let first = json!({ "content": "first" });
    let (_, first) = place.webhook(&asked.1, "POST", "", first).await;
    assert_eq!(first["id"], told["interaction"]["response_message_id"]);
    assert_eq!(first["flags"], 0);
    let second = json!({ "content": "second" });
    let (_, second) = place.webhook(&asked.1, "POST", "", second).await;
    assert_ne!(second["id"], first["id"]);
    assert_eq!(second["message_reference"]["message_id"], first["id"]);
    let metadata = &second["interaction_metadata"];
    assert_eq!(metadata["original_response_message_id"], first["id"]);
}

#[tokio::test(start_paused = true)]
async fn a_followup_is_read_edited_and_deleted_until_the_token_is_dead() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    // Before the answer there is nothing to follow.
    let (_, early) = place
        .webhook(&asked.1, "POST", "", json!({ "content": "x" }))
        .await;
    assert_eq!(early["code"], 10_015);
    place
        .callback(&asked, json!({ "type": 4, "data": { "content": "one" } }))
        .await;
    let (_, made) = place
        .webhook(&asked.1, "POST", "", json!({ "content": "two" }))
        .await;
    let one = format!("/messages/{}", id_of(&made));
    let (_, edited) = place
        .webhook(&asked.1, "PATCH", &one, json!({ "content": "2" }))
        .await;
    assert_eq!(edited["content"], "2");
    assert_eq!(
        place.webhook(&asked.1, "DELETE", &one, Value::Null).await.0,
        204
    );
    let (_, gone) = place.webhook(&asked.1, "GET", &one, Value::Null).await;
    assert_eq!(gone["code"], 10_008);
    tokio::time::advance(Duration::from_secs(15 * 60 + 1)).await;
    let (status, dead) = place
        .webhook(&asked.1, "POST", "", json!({ "content": "x" }))
        .await;
    assert_eq!((status, &dead["code"]), (401, &json!(50_027)));
}

#[tokio::test(start_paused = true)]
async fn an_autocompletion_is_answered_with_choices_alone() {
    let mut place = Place::new().await;
    let command = json!({ "name": "find", "description": "x", "options": [
        { "type": 3, "name": "what", "description": "x", "autocomplete": true },
    ] });
    let path = format!("/applications/{}/commands", place.sim.world().application);
    assert_eq!(call(&place.sim, "POST", &path, command).await.0, 201);
    let (general, ada) = (place.sim.channel("general"), place.sim.user("ada"));
    let options = [CommandOption::string("what", "te").focused()];
    let id = place.sim.type_option(general, ada, "find", options);
    let asked = (id, place.token().await);
    let (status, _) = place
        .callback(&asked, json!({ "type": 4, "data": { "content": "x" } }))
        .await;
    assert_eq!(status, 400);
    let many: Vec<Value> = (0..26)
        .map(|n| json!({ "name": format!("n{n}"), "value": "v" }))
        .collect();
    let (_, body) = place
        .callback(&asked, json!({ "type": 8, "data": { "choices": many } }))
        .await;
    assert_eq!(error_at(&body, "/data/choices"), "BASE_TYPE_MAX_LENGTH");
    let long = json!([{ "name": "x".repeat(101), "value": "v" }]);
    let (_, body) = place
        .callback(&asked, json!({ "type": 8, "data": { "choices": long } }))
        .await;
    assert_eq!(
        error_at(&body, "/data/choices/0/name"),
        "BASE_TYPE_BAD_LENGTH"
    );
    let fine = json!({ "type": 8, "data": { "choices": [{ "name": "Tea", "value": "tea" }] } });
    assert_eq!(place.callback(&asked, fine).await.0, 200);
}

#[tokio::test(start_paused = true)]
async fn a_modal_is_checked_to_its_last_field() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    let input = |more: Value| {
        let mut input = json!({ "type": 4, "custom_id": "a", "style": 1 });
        for (field, value) in more.as_object().unwrap() {
            input[field] = value.clone();
        }
        input
    };
    let label = |component: Value| json!({ "type": 18, "label": "L", "component": component });
    let one =
        |component: Value| json!({ "custom_id": "m", "title": "t", "components": [component] });
    let six: Vec<Value> = (0..6)
        .map(|n| label(input(json!({ "custom_id": format!("{n}") }))))
        .collect();
    for (data, path, code) in [
        (
            json!({ "title": "t", "components": [label(input(json!({})))] }),
            "/data/custom_id",
            "BASE_TYPE_REQUIRED",
        ),
        (
            json!({ "custom_id": "m", "title": "x".repeat(46), "components": [label(input(json!({})))] }),
            "/data/title",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!({ "custom_id": "m", "title": "t", "components": [] }),
            "/data/components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            json!({ "custom_id": "m", "title": "t", "components": six }),
            "/data/components",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            one(json!({ "type": 2, "custom_id": "b" })),
            "/data/components/0/type",
            "UNION_TYPE_CHOICES",
        ),
        (
            one(label(json!({ "type": 2, "custom_id": "b" }))),
            "/data/components/0/component/type",
            "UNION_TYPE_CHOICES",
        ),
        (
            one(label(input(json!({ "style": 3 })))),
            "/data/components/0/component/style",
            "BASE_TYPE_CHOICES",
        ),
        (
            one(label(input(json!({ "min_length": 5, "max_length": 4 })))),
            "/data/components/0/component/max_length",
            "NUMBER_TYPE_MIN",
        ),
        (
            one(label(json!({ "type": 3, "custom_id": "s", "options": [] }))),
            "/data/components/0/component/options",
            "BASE_TYPE_BAD_LENGTH",
        ),
        (
            one(json!({ "type": 1, "components": [input(json!({}))] })),
            "/data/components/0/components/0/label",
            "BASE_TYPE_REQUIRED",
        ),
        (
            json!({ "custom_id": "m", "title": "t", "components": [label(input(json!({}))), label(input(json!({})))] }),
            "/data/components/1/component/custom_id",
            "COMPONENT_CUSTOM_ID_DUPLICATED",
        ),
    ] {
        let (status, body) = place
            .callback(&asked, json!({ "type": 9, "data": data }))
            .await;
        assert_eq!(status, 400, "{path}");
        assert_eq!(error_at(&body, path), code, "{body}");
    }
    let (status, told) = place
        .callback(&asked, json!({ "type": 9, "data": modal() }))
        .await;
    assert_eq!((status, told["resource"].get("message")), (200, None));
}

#[tokio::test(start_paused = true)]
async fn an_activity_is_launched_where_there_is_one() {
    let sim = Simulator::builder()
        .in_memory()
        .activity(true)
        .start()
        .await
        .unwrap();
    let (client, _) = ready(&sim, 0).await;
    let mut place = Place { sim, client };
    let asked = place.command().await;
    let (status, told) = place.callback(&asked, json!({ "type": 12 })).await;
    assert_eq!(status, 200);
    let instance = told["resource"]["activity_instance"]["id"]
        .as_str()
        .unwrap();
    let application = place.sim.world().application;
    let path = format!("/applications/{application}/activity-instances/{instance}");
    let (status, found) = call(&place.sim, "GET", &path, Value::Null).await;
    assert_eq!((status, &found["location"]["kind"]), (200, &json!("gc")));
}

#[tokio::test(start_paused = true)]
async fn an_answer_brings_files_along() {
    let mut place = Place::new().await;
    let (id, token) = place.command().await;
    let form = json!({ "type": 4, "data": {
        "content": "look", "attachments": [{ "id": 0, "description": "a cup" }],
    } });
    let body = format!(
        "--b\r\ncontent-disposition: form-data; name=\"payload_json\"\r\n\r\n{form}\r\n\
         --b\r\ncontent-disposition: form-data; name=\"files[0]\"; filename=\"cup.txt\"\r\n\r\ntea\r\n--b--\r\n"
    );
    let request = http::Request::post(format!(
        "/api/v10/interactions/{id}/{token}/callback?with_response=1"
    ))
    .header("user-agent", AGENT)
    .header("content-type", "multipart/form-data; boundary=b")
    .body(bytes::Bytes::from(body))
    .unwrap();
    let response = place.sim.handle(request).await;
    let told: Value = serde_json::from_slice(response.body()).unwrap();
    let attached = &told["resource"]["message"]["attachments"][0];
    assert_eq!(attached["filename"], "cup.txt", "{told}");
    assert_eq!(attached["description"], "a cup");
    assert_eq!(attached["size"], 3);
}

#[tokio::test(start_paused = true)]
async fn what_was_put_off_may_be_a_poll_and_counts_as_said_first() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    let put_off = json!({ "type": 5, "data": { "flags": 64 } });
    assert_eq!(place.callback(&asked, put_off).await.0, 200);
    let poll = json!({ "question": { "text": "Tea?" }, "answers": [
        { "poll_media": { "text": "yes" } }, { "poll_media": { "text": "no" } },
    ] });
    let original = "/messages/@original";
    let nothing = json!({ "content": "", "embeds": [] });
    let (_, empty) = place.webhook(&asked.1, "PATCH", original, nothing).await;
    assert_eq!(empty["code"], 50_006);
    let body = json!({ "poll": poll, "flags": 1 << 7 });
    let (status, filled) = place.webhook(&asked.1, "PATCH", original, body).await;
    assert_eq!(status, 200, "{filled}");
    assert_eq!(filled["poll"]["question"]["text"], "Tea?");
    assert_eq!(filled["edited_timestamp"], Value::Null);
    // Who sees it stays as it was; it loads no more.
    assert_eq!(filled["flags"], 64);
    // From now on it is a message that is edited, and polls are not.
    let body = json!({ "content": "changed" });
    let (_, refused) = place.webhook(&asked.1, "PATCH", original, body).await;
    assert_eq!(refused["code"], 520_003);
}

#[tokio::test(start_paused = true)]
async fn an_edit_of_what_one_user_sees_is_as_any_other() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    let hello = json!({ "type": 4, "data": { "content": "hello", "flags": 64 } });
    place.callback(&asked, hello).await;
    let ada = place.sim.user("ada");
    let body = json!({ "content": format!("<@{ada}>"), "components": button() });
    let original = "/messages/@original";
    let (_, edited) = place.webhook(&asked.1, "PATCH", original, body).await;
    assert_eq!(edited["mentions"][0]["id"], ada.to_string(), "{edited}");
    assert!(edited["edited_timestamp"].is_string());
    let (_, read) = place.webhook(&asked.1, "GET", original, Value::Null).await;
    assert_eq!(read, edited);
}

#[tokio::test(start_paused = true)]
async fn what_only_messages_of_bots_have_is_not_heard_in_an_answer() {
    let mut place = Place::new().await;
    let said = place.sim.say(
        place.sim.channel("general"),
        place.sim.user("ada"),
        "reply to me",
    );
    let asked = place.command().await;
    let reference = json!({ "message_id": said.to_string() });
    // Nothing is left of it.
    let body =
        json!({ "type": 4, "data": { "message_reference": reference, "sticker_ids": ["1"] } });
    let (status, empty) = place.callback(&asked, body).await;
    assert_eq!((status, &empty["code"]), (400, &json!(50_006)));
    let body = json!({ "type": 4, "data": {
        "content": "hi", "message_reference": reference, "nonce": "n",
    } });
    let (_, told) = place.callback(&asked, body).await;
    let answer = &told["resource"]["message"];
    assert_eq!(answer.get("message_reference"), None, "{answer}");
    assert_eq!(answer.get("nonce"), None);
    // Nor can a followup be somebody else's, or elsewhere.
    let path = format!("?thread_id={said}&wait=false");
    let body = json!({ "content": "more", "username": "Ada", "avatar_url": "http://x" });
    let (status, more) = place.webhook(&asked.1, "POST", &path, body).await;
    assert_eq!(status, 200);
    assert_eq!(more["channel_id"], answer["channel_id"]);
    assert_eq!(more["author"], answer["author"]);
}

#[tokio::test(start_paused = true)]
async fn a_modal_of_a_command_is_closed_by_an_update_of_nothing() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    let body = json!({ "type": 9, "data": modal() });
    assert_eq!(place.callback(&asked, body).await.0, 200);
    let id = place.sim.submit_modal(asked.0, [("name", "Ada")]);
    let submitted = (id, place.token().await);
    for kind in [7, 9] {
        let body = json!({ "type": kind, "data": modal() });
        let (status, refused) = place.callback(&submitted, body).await;
        assert_eq!(
            (status, error_at(&refused, "/type")),
            (400, "BASE_TYPE_CHOICES")
        );
    }
    let (status, told) = place.callback(&submitted, json!({ "type": 6 })).await;
    assert_eq!(status, 200);
    assert_eq!(told["interaction"].get("response_message_id"), None);
    let (_, none) = place
        .webhook(&submitted.1, "GET", "/messages/@original", Value::Null)
        .await;
    assert_eq!(none["code"], 10_008);
    let body = json!({ "content": "thanks" });
    assert_eq!(place.webhook(&submitted.1, "POST", "", body).await.0, 200);
}

#[tokio::test(start_paused = true)]
async fn choices_are_of_the_type_of_what_is_typed() {
    let mut place = Place::new().await;
    let (general, ada) = (place.sim.channel("general"), place.sim.user("ada"));
    for (option, good, bad) in [
        (CommandOption::string("what", "1"), json!("1"), json!(1)),
        (CommandOption::integer("what", 1), json!(1), json!("1")),
        (CommandOption::integer("what", 1), json!(2), json!(1.5)),
        (CommandOption::number("what", 1.0), json!(1.5), json!("1.5")),
        (CommandOption::number("what", 1.0), json!(2), json!(1e17)),
    ] {
        let id = place
            .sim
            .type_option(general, ada, "find", [option.focused()]);
        let asked = (id, place.token().await);
        let with = |value: Value| json!({ "type": 8, "data": { "choices": [{ "name": "one", "value": value }] } });
        let (status, refused) = place.callback(&asked, with(bad)).await;
        assert_eq!(status, 400);
        error_at(&refused, "/data/choices/0/value");
        assert_eq!(place.callback(&asked, with(good)).await.0, 200);
    }
}

#[tokio::test(start_paused = true)]
async fn an_upgrade_is_asked_for_where_something_is_sold() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    assert_eq!(place.callback(&asked, json!({ "type": 10 })).await.0, 400);
    place
        .sim
        .add_sku("Premium", polycord_simulator::SkuKind::Subscription);
    let (status, told) = place.callback(&asked, json!({ "type": 10 })).await;
    assert_eq!((status, &told["resource"]), (200, &json!({ "type": 10 })));
}

#[tokio::test(start_paused = true)]
async fn an_answer_after_three_seconds_is_too_late() {
    let mut place = Place::new().await;
    let (in_time, late) = (place.command().await, place.command().await);
    tokio::time::advance(Duration::from_secs(3)).await;
    let body = json!({ "type": 4, "data": { "content": "x" } });
    assert_eq!(place.callback(&in_time, body.clone()).await.0, 200);
    tokio::time::advance(Duration::from_millis(1)).await;
    let (status, refused) = place.callback(&late, body.clone()).await;
    assert_eq!((status, &refused["code"]), (404, &json!(10_062)));
    // The token is worth nothing any more, neither is a wrong one.
    let (_, refused) = place
        .webhook(&late.1, "POST", "", json!({ "content": "x" }))
        .await;
    assert_eq!(refused["code"], 10_015);
    let wrong = (in_time.0, "wrong".to_owned());
    let (status, refused) = place.callback(&wrong, body).await;
    assert_eq!((status, &refused["code"]), (404, &json!(10_062)));
}

#[tokio::test(start_paused = true)]
async fn a_button_may_change_nothing_of_its_message() {
    let mut place = Place::new().await;
    let asked = place.command().await;
    let body = json!({ "type": 4, "data": { "content": "sure?", "components": button() } });
    let (_, told) = place.callback(&asked, body).await;
    let message = id_of(&told["resource"]["message"]);
    let pressed = place.press(message).await;
    let (status, told) = place.callback(&pressed, json!({ "type": 7 })).await;
    assert_eq!(status, 200, "{told}");
    assert_eq!(told["resource"]["message"]["content"], "sure?");
    // Deleted, it can be updated no more.
    let pressed = place.press(message).await;
    let original = "/messages/@original";
    assert_eq!(
        place
            .webhook(&asked.1, "DELETE", original, Value::Null)
            .await
            .0,
        204
    );
    let body = json!({ "type": 7, "data": { "content": "x" } });
    let (status, gone) = place.callback(&pressed, body).await;
    assert_eq!((status, &gone["code"]), (404, &json!(10_008)));
    assert_eq!(place.callback(&pressed, json!({ "type": 6 })).await.0, 200);
}
