//! What the objects may be.

use serde_json::{Value, json};

use crate::program::{inspect, json, json_of};

const DELETED: &str = r#"{"id":"3","channel_id":"2","guild_id":"1"}"#;

#[test]
fn a_dispatch_is_read_as_its_event_and_paths_lead_from_the_frame() {
    let frame = r#"{"op":0,"s":1,"t":"MESSAGE_DELETE","d":{"id":"3","channel_id":"2","new":{"x":1}},"extra":null}"#;
    let input = json_of(&[], frame);
    assert_eq!(input["kind"], "MESSAGE_DELETE");
    assert_eq!(input["status"], "findings");
    assert_eq!(input["unknown_fields"], json!(["d.new", "extra"]));
}

#[test]
fn a_dispatch_needs_no_opcode() {
    let input = json_of(&[], &format!(r#"{{"t":"MESSAGE_DELETE","d":{DELETED}}}"#));
    assert_eq!(
        (&input["kind"], &input["status"]),
        (&json!("MESSAGE_DELETE"), &json!("clean"))
    );
}

#[test]
fn an_event_without_a_model_is_an_unknown_value() {
    let input = json_of(&[], r#"{"op":0,"t":"BRAND_NEW","d":{"id":"1"}}"#);
    assert_eq!(input["kind"], "BRAND_NEW");
    assert_eq!(
        input["unknown_values"],
        json!([{"path": "t", "type": "EventKind", "value": "BRAND_NEW"}])
    );
}

#[test]
fn every_other_frame_has_a_name() {
    let frames = [
        (r#"{"op":1,"d":251}"#, "HEARTBEAT"),
        (
            r#"{"op":2,"d":{"token":"t","properties":{"os":"a","browser":"b","device":"c"},"intents":513}}"#,
            "IDENTIFY",
        ),
        (
            r#"{"op":3,"d":{"since":null,"activities":[],"status":"idle","afk":false}}"#,
            "UPDATE_PRESENCE",
        ),
        (
            r#"{"op":4,"d":{"guild_id":"1","channel_id":null,"self_mute":false,"self_deaf":false}}"#,
            "UPDATE_VOICE_STATE",
        ),
        (
            r#"{"op":6,"d":{"token":"t","session_id":"s","seq":5}}"#,
            "RESUME",
        ),
        (r#"{"op":7,"d":null}"#, "RECONNECT"),
        (
            r#"{"op":8,"d":{"guild_id":"1","query":"","limit":0}}"#,
            "REQUEST_GUILD_MEMBERS",
        ),
        (r#"{"op":9,"d":false}"#, "INVALID_SESSION"),
        (r#"{"op":10,"d":{"heartbeat_interval":45000}}"#, "HELLO"),
        (r#"{"op":11}"#, "HEARTBEAT_ACK"),
        (
            r#"{"op":31,"d":{"guild_ids":["1"]}}"#,
            "REQUEST_SOUNDBOARD_SOUNDS",
        ),
        (
            r#"{"op":43,"d":{"guild_id":"1","fields":["status"]}}"#,
            "REQUEST_CHANNEL_INFO",
        ),
        (r#"{"op":0,"t":"RESUMED","d":null}"#, "RESUMED"),
    ];
    for (frame, name) in frames {
        let input = json_of(&[], frame);
        assert_eq!(
            (&input["kind"], &input["status"]),
            (&json!(name), &json!("clean")),
            "{input}"
        );
    }
    let input = json_of(&[], r#"{"op":99,"d":{}}"#);
    assert_eq!(input["kind"], "OPCODE_99");
    assert_eq!(
        input["unknown_values"],
        json!([{"path": "op", "type": "OpCode", "value": 99}])
    );
}

#[test]
fn what_is_no_frame_says_how_to_tell_what_it_is() {
    let run = inspect(&[], DELETED);
    assert_eq!(run.status, 1);
    assert!(
        run.out
            .contains("no frame: `op` is not in it; say what it is with --event"),
        "{}",
        run.out
    );
    let input = json_of(&[], r#"{"op":0,"d":{}}"#);
    assert_eq!(input["failures"][0]["path"], "t");
}

#[test]
fn the_data_of_an_event_is_read_by_the_name_that_is_given() {
    for name in ["MESSAGE_DELETE", "message_delete", "MessageDelete"] {
        let input = json_of(&["--event", name], DELETED);
        assert_eq!(
            (&input["kind"], &input["status"]),
            (&json!("MESSAGE_DELETE"), &json!("clean"))
        );
    }
    let input = json_of(
        &["--event", "MESSAGE_DELETE"],
        r#"{"id":"x","channel_id":"2"}"#,
    );
    assert_eq!(
        (&input["status"], &input["failures"][0]["path"]),
        (&json!("failed"), &json!("id"))
    );
}

#[test]
fn structures_are_read_by_any_of_their_names() {
    for name in ["User", "user structure", "resources/user#User Structure"] {
        let input = json_of(
            &["--as", name],
            r#"{"id":"1","username":"ann","brand_new":1}"#,
        );
        assert_eq!(input["kind"], "resources/user#User Structure");
        assert_eq!(input["unknown_fields"], json!(["brand_new"]));
    }
}

#[test]
fn findings_deep_in_an_object_have_exact_paths() {
    let data = json!({
        "id": "3", "channel_id": "2", "content": null, "type": 99,
        "author": {"id": "4", "username": "ann", "alien": 1, "public_flags": 4_194_305},
        "embeds": [{}, {"fields": [{"name": "n", "value": "v", "alien": [1]}], "color": "red"}],
        "attachments": [{"filename": "no id"}],
        "components": [
            {"type": 1, "components": [{"type": 2, "style": 77, "alien": {}}, {"type": 55}]}
        ]
    });
    let frame = json!({"op": 0, "t": "MESSAGE_CREATE", "s": 1, "d": data});
    let input = json_of(&[], &frame.to_string());
    assert_eq!(input["failures"], json!([]));
    assert_eq!(
        paths(&input["unknown_fields"]),
        [
            "d.author.alien",
            "d.components[0].components[0].alien",
            "d.embeds[1].fields[0].alien"
        ]
    );
    assert_eq!(
        paths(&input["unknown_values"]),
        [
            "d.author.public_flags",
            "d.components[0].components[0].style",
            "d.components[0].components[1].type",
            "d.type"
        ]
    );
    let value = |path: &str| &entry(&input["unknown_values"], path)["value"];
    assert_eq!(value("d.type"), 99);
    assert_eq!(
        entry(&input["unknown_values"], "d.type")["type"],
        "MessageType"
    );
    assert_eq!(
        value("d.author.public_flags"),
        4_194_304,
        "the known bit is not told"
    );
    let kind = |path: &str| &entry(&input["deviations"], path)["kind"];
    assert_eq!(kind("d.content"), "null");
    assert_eq!(kind("d.embeds[1].color"), "wrong_kind");
    assert_eq!(kind("d.attachments[0]"), "bad_element");
    assert_eq!(kind("d.pinned"), "absent");
}

fn paths(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    let mut paths: Vec<_> = list
        .filter_map(|entry| entry.as_str().or_else(|| entry["path"].as_str()))
        .collect();
    paths.sort_unstable();
    paths
}

fn entry<'a>(list: &'a Value, path: &str) -> &'a Value {
    let mut entries = list.as_array().unwrap().iter();
    entries
        .find(|entry| entry["path"] == path)
        .unwrap_or_else(|| panic!("{path} is not in {list}"))
}

#[test]
fn a_webhook_event_is_read_in_its_envelope() {
    let body = |event: &Value| {
        json!({"version": 1, "application_id": "5", "type": 1, "event": event}).to_string()
    };
    let event = json!({
        "type": "LOBBY_MESSAGE_DELETE", "timestamp": "2025-08-05T21:44:09.412957",
        "data": {"id": "1", "lobby_id": "2", "alien": 0}
    });
    let input = json_of(&["--webhook"], &body(&event));
    assert_eq!(input["kind"], "LOBBY_MESSAGE_DELETE");
    assert_eq!(input["unknown_fields"], json!(["event.data.alien"]));

    let broken = json!({"type": "LOBBY_MESSAGE_DELETE", "timestamp": "2025-08-05T21:44:09", "data": {"id": []}});
    let input = json_of(&["--webhook"], &body(&broken));
    assert_eq!(
        (&input["status"], &input["failures"][0]["path"]),
        (&json!("failed"), &json!("event.data.id"))
    );

    let input = json_of(
        &["--webhook"],
        r#"{"version":1,"application_id":"5","type":0}"#,
    );
    assert_eq!(
        (&input["kind"], &input["status"]),
        (&json!("PING"), &json!("clean"))
    );
}

#[test]
fn both_shapes_of_a_game_message_are_told_apart() {
    let body = |data: Value| {
        let event = json!({"type": "GAME_DIRECT_MESSAGE_CREATE", "timestamp": "2025-08-05T21:44:09", "data": data});
        json!({"version": 1, "application_id": "5", "type": 1, "event": event}).to_string()
    };
    let user = json!({"id": "4", "username": "ann"});
    let message =
        json!({"id": "1", "channel_id": "2", "author": user, "content": "", "pinned": false});
    let player = json!({"id": "1", "type": 0, "content": "", "channel_id": "2", "recipient_id": "3", "author": user});
    for data in [message, player] {
        let input = json_of(&["--webhook"], &body(data));
        assert_eq!(
            (&input["failures"], &input["unknown_fields"]),
            (&json!([]), &json!([])),
            "{input}"
        );
    }
}

#[test]
fn an_interaction_is_read_with_its_data() {
    let interaction = json!({
        "id": "1", "application_id": "2", "type": 2, "token": "t", "version": 1,
        "data": {"id": "3", "name": "ping", "type": 1, "alien": true}
    });
    let input = json_of(&["--interaction"], &interaction.to_string());
    assert_eq!(
        input["kind"],
        "interactions/receiving-and-responding#Interaction Structure"
    );
    assert_eq!(input["unknown_fields"], json!(["data.alien"]));
}

#[test]
fn all_names_are_listed() {
    let run = inspect(&["--list"], "");
    assert_eq!(run.status, 0);
    for line in [
        "  MESSAGE_CREATE",
        "  resources/user#User Structure  (user::User)",
    ] {
        assert!(run.out.lines().any(|other| other == line), "{line}");
    }
}

#[test]
fn each_object_of_an_array_is_read() {
    let (inputs, _) = json(
        &["--event", "MESSAGE_DELETE"],
        &format!("[\n  {DELETED},\n  {DELETED}\n]"),
    );
    let lines: Vec<_> = inputs.iter().map(|input| &input["line"]).collect();
    assert_eq!(lines, [2, 3]);
}

#[test]
fn a_line_of_a_tap_is_read_as_its_frame_and_paths_lead_from_the_line() {
    let line = |frame: &str| {
        format!(r#"{{"time":1.125,"dir":"in","shard":"0/1","connection":1,"bytes":9,{frame}}}"#)
    };
    let input = json_of(
        &[],
        &line(r#""frame":{"op":0,"t":"MESSAGE_DELETE","d":{"id":"3","channel_id":"2","new":1}}"#),
    );
    assert_eq!(input["kind"], "MESSAGE_DELETE");
    assert_eq!(input["unknown_fields"], json!(["frame.d.new"]));
    let input = json_of(
        &[],
        &line(r#""frame":{"op":10,"d":{"heartbeat_interval":41250}}"#),
    );
    assert_eq!(
        (&input["kind"], &input["status"]),
        (&json!("HELLO"), &json!("clean"))
    );
    let input = json_of(&[], &line(r#""frame":{"op":0,"d":{}}"#));
    assert_eq!(input["failures"][0]["path"], "frame.t");
    let input = json_of(&[], &line(r#""omitted":"too large""#));
    assert_eq!(
        (&input["kind"], &input["status"]),
        (&json!("omitted"), &json!("clean"))
    );
    // An envelope in an envelope is none, nor is one without a direction.
    for other in [
        line(&format!(r#""frame":{}"#, line(r#""frame":{"op":11}"#))),
        r#"{"frame":{"op":11}}"#.to_owned(),
    ] {
        assert_eq!(json_of(&[], &other)["status"], "failed", "{other}");
    }
}
