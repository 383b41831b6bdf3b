//! What holds for every input of the decoder, tried on mutations of real payloads.

// The helpers are part of the tests.
#![allow(clippy::unwrap_used)]

use std::fmt::Debug;

use polycord_types::{
    activity::Activity,
    component::Component,
    decode::{self, Decode, DecodeErrorKind, DeviationKind, Report, UnknownValueKind},
    gateway::{
        Event, Frame,
        payload::{GuildCreate, MessageCreate},
    },
    interaction::Interaction,
    message::Message,
    presence::Presence,
    webhook_event::WebhookPayload,
};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Value, json};

/// Picks of a fixed sequence.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound.max(1) as u64).unwrap()
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

fn user() -> Value {
    json!({"id": "3", "username": "ann", "discriminator": "0", "global_name": "Ann \u{1f600}", "avatar":
        "a_0342729096ea3675442027381ff50dfe", "public_flags": 64, "bot": false, "primary_guild": null})
}

fn message() -> Value {
    json!({
        "id": "1142054210432319649", "channel_id": "2", "author": user(), "content": "he said \"hi\"\n",
        "timestamp": "2026-08-06T11:31:01.250000+00:00", "edited_timestamp": null, "tts": false,
        "mention_everyone": false, "mentions": [user()], "mention_roles": ["4"], "pinned": true, "type": 19,
        "attachments": [{"id": "5", "filename": "a.png", "size": 12, "url": "https://e.org/a", "proxy_url": ""}],
        "embeds": [{"title": "t", "color": 255, "fields": [{"name": "n", "value": "v", "inline": true}]}],
        "reactions": [{"count": 2, "me": false, "emoji": {"id": null, "name": "x"}}], "nonce": 12, "flags": 4,
        "message_reference": {"type": 0, "message_id": "9"},
        "referenced_message": {"id": "9", "channel_id": "2", "author": user(), "content": ""},
        "components": [{"type": 1, "components": [
            {"type": 2, "style": 1, "label": "l", "custom_id": "c", "emoji": {"name": "x"}},
            {"custom_id": "s", "options": [{"label": "a", "value": "b"}], "type": 3}
        ]}, {"type": 99, "new": [1, 2.5]}]
    })
}

fn guild() -> Value {
    json!({
        "id": "1", "name": "g", "owner_id": "3", "features": ["COMMUNITY"], "large": true,
        "roles": [{"id": "1", "name": "everyone", "permissions": "104324673", "position": 0, "color": 0}],
        "channels": [{"id": "2", "type": 0, "name": "c", "permission_overwrites":
            [{"id": "1", "type": 0, "allow": "0", "deny": "1024"}]}],
        "members": [{"user": user(), "roles": ["1"], "joined_at": "2024-01-01T00:00:00+00:00", "deaf": false,
            "mute": false, "flags": 0}],
        "presences": [presence()], "voice_states": [], "threads": [], "emojis": [{"id": "7", "name": "e"}]
    })
}

fn presence() -> Value {
    json!({
        "user": {"id": "3"}, "status": "dnd", "client_status": {"desktop": "dnd"}, "guild_id": "1",
        "activities": [{"name": "Game", "type": 0, "created_at": 1_700_000_000_000_u64, "party": {"id": "p", "size": [1, 4]},
            "timestamps": {"start": 1}, "assets": {"large_image": "mp:external/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}]
    })
}

fn interaction() -> Value {
    json!({
        "id": "1", "application_id": "2", "token": "t", "version": 1, "type": 2, "user": user(),
        "data": {"id": "8", "name": "role", "type": 1, "resolved": {"users": {"3": user()}}, "options": [
            {"name": "who", "type": 6, "value": "3"}, {"name": "days", "type": 4, "value": 7},
            {"name": "x", "type": 10, "value": 1.5}
        ]},
        "authorizing_integration_owners": {"0": "0"}, "locale": "de", "entitlements": []
    })
}

fn webhook() -> Value {
    json!({"version": 1, "application_id": "1", "type": 1, "event": {
        "type": "APPLICATION_AUTHORIZED", "timestamp": "2024-10-18T14:42:53.064834", "data": {
            "integration_type": 1, "scopes": ["bot"], "user": user()}}})
}

/// What one way of decoding and the others must agree on.
type Check = fn(&Value);

fn subjects() -> [(Value, Check); 7] {
    [
        (message(), agree::<Message>),
        (message(), agree::<MessageCreate>),
        (guild(), agree::<GuildCreate>),
        (presence(), agree::<Presence>),
        (interaction(), agree::<Interaction>),
        (webhook(), agree::<WebhookPayload>),
        (message()["components"][0].clone(), agree::<Component>),
    ]
}

fn agree<T: Decode + DeserializeOwned + PartialEq + Debug>(value: &Value) {
    let text = value.to_string();
    let decoded = decode::from_str::<T>(&text);
    let from_text = serde_json::from_str::<T>(&text);
    let from_tree = serde_json::from_value::<T>(value.clone());
    match decode::from_str_reporting::<T>(&text) {
        Ok((reported, report)) => {
            assert_eq!(decoded.unwrap(), reported, "{text}");
            assert_eq!(from_text.unwrap(), reported, "{text}");
            assert_eq!(from_tree.unwrap(), reported, "{text}");
            paths_lead_somewhere(value, &report);
        }
        Err(error) => {
            assert_eq!(error.kind(), DecodeErrorKind::Mismatch, "{text}");
            assert_eq!(decoded.unwrap_err().path(), error.path(), "{text}");
            assert!(at(value, error.path()).is_some(), "{error}: {text}");
            let [text, tree] = [from_text, from_tree].map(|read| read.unwrap_err().to_string());
            assert!(
                text.contains(error.problem()) && tree.contains(error.problem()),
                "{text}"
            );
        }
    }
}

fn paths_lead_somewhere(value: &Value, report: &Report) {
    for deviation in &report.deviations {
        let there = at(value, &deviation.path);
        match deviation.kind {
            DeviationKind::Absent => assert!(there.is_none(), "{deviation}"),
            DeviationKind::Null => assert_eq!(there, Some(&Value::Null), "{deviation}"),
            _ => assert!(there.is_some() && deviation.raw.is_some(), "{deviation}"),
        }
    }
    for field in &report.unknown_fields {
        assert!(at(value, &field.path).is_some(), "{field}");
    }
    for unknown in &report.unknown_values {
        assert!(at(value, &unknown.path).is_some(), "{unknown}");
    }
}

/// The value at a path.
fn at<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let mut steps = path.split(['.', '[']).filter(|step| !step.is_empty());
    steps.try_fold(value, |value, step| match step.strip_suffix(']') {
        Some(index) => value.get(index.parse::<usize>().ok()?),
        None => value.get(step),
    })
}

/// Changes one value somewhere inside.
fn mutate(value: &mut Value, random: &mut Random) {
    let inside = match value {
        Value::Array(list) => list.len(),
        Value::Object(map) => map.len(),
        _ => 0,
    };
    if inside > 0 && random.below(8) > 0 {
        let chosen = random.below(inside);
        match value {
            Value::Array(list) if random.below(12) == 0 => drop(list.remove(chosen)),
            Value::Array(list) => mutate(&mut list[chosen], random),
            Value::Object(map) => {
                let key = map.keys().nth(chosen).unwrap().clone();
                match random.below(12) {
                    0 => drop(map.remove(&key)),
                    1 => drop(map.insert("brand_new".to_owned(), json!({"id": [1]}))),
                    _ => mutate(&mut map[&key], random),
                }
            }
            _ => {}
        }
        return;
    }
    *value = match random.below(14) {
        0 => Value::Null,
        1 => true.into(),
        2 => 0.into(),
        3 => (-1).into(),
        4 => u64::MAX.into(),
        5 => json!(2.0),
        6 => json!(1.25e30),
        7 => "".into(),
        8 => "7".into(),
        9 => "2026-01-01T00:00:00Z".into(),
        10 => json!([]),
        11 => json!({}),
        12 => json!([value.take()]),
        _ => json!({"id": value.take(), "type": 5}),
    };
}

#[test]
fn serde_from_text_and_from_a_tree_reads_what_the_decoder_reads() {
    let mut random = Random(0x5eed_0001);
    for (subject, check) in subjects() {
        check(&subject);
        for _ in 0..300 {
            let mut value = subject.clone();
            for _ in 0..=random.below(3) {
                mutate(&mut value, &mut random);
            }
            check(&value);
        }
    }
}

#[test]
fn no_bytes_panic_and_malformed_is_what_serde_json_calls_so() {
    const BYTES: &[u8] = b"{}[]\",:\\u0d8ntf1-+.e \n\x01\xc3\xa9";
    let mut random = Random(0x5eed_0002);
    let fixtures = include_str!("fixtures/events.jsonl").lines().map(|line| {
        let line = serde_json::from_str::<Value>(line).unwrap();
        let name = line["event"].as_str().unwrap().to_owned();
        (name, line["data"].to_string(), 30)
    });
    let rich = [
        ("MESSAGE_CREATE", message()),
        ("GUILD_CREATE", guild()),
        ("PRESENCE_UPDATE", presence()),
        ("INTERACTION_CREATE", interaction()),
    ]
    .map(|(name, data)| (name.to_owned(), data.to_string(), 400));
    for (name, data, times) in fixtures.chain(rich).filter(|(name, ..)| name != "RESUMED") {
        for _ in 0..times {
            let mut bytes = data.clone().into_bytes();
            for _ in 0..=random.below(2) {
                let place = random.below(bytes.len());
                match random.below(5) {
                    0 => bytes.truncate(place),
                    1 => drop(bytes.remove(place)),
                    2 => bytes.insert(place, random.of(BYTES)),
                    3 => bytes[place] = random.of(BYTES),
                    _ => {
                        let end = (place + random.below(12)).min(bytes.len());
                        bytes.extend_from_within(place..end);
                    }
                }
                if bytes.is_empty() {
                    break;
                }
            }
            let text = String::from_utf8_lossy(&bytes);
            let is_json = serde_json::from_str::<IgnoredAny>(&text).is_ok();
            let decoded = Event::decode(&name, &text);
            let reported = Event::decode_reporting(&name, &text);
            match (&decoded, &reported) {
                (Ok(event), Ok((again, _))) => assert_eq!(event, again, "{text}"),
                (Err(error), Err(again)) => {
                    assert_eq!(error.to_string(), again.to_string(), "{text}");
                    assert!(error.offset() <= text.len());
                }
                _ => panic!("{name}: only one of two passes reads {text}"),
            }
            let malformed = decoded.is_err_and(|error| error.kind() == DecodeErrorKind::Malformed);
            assert_eq!(malformed, !is_json, "{name}: {text}");
        }
    }
}

#[test]
fn the_end_of_the_data_in_a_frame_is_found_while_it_is_decoded() {
    let data = message().to_string();
    let whole = Event::decode("MESSAGE_CREATE", &data).unwrap();
    for frame in [
        format!(r#"{{"t":"MESSAGE_CREATE","s":1,"op":0,"d":{data}}}"#),
        format!(r#"{{"t":"MESSAGE_CREATE","s":1,"op":0,"d": {data} , "x":[1] }}"#),
        format!(r#"{{"d":{data},"t":"MESSAGE_CREATE","s":1,"op":0}}"#),
    ] {
        let event = Frame::parse(&frame).unwrap().event().unwrap().unwrap();
        assert_eq!(event, whole, "{frame}");
    }
    let frame = format!(r#"{{"t":"MESSAGE_CREATE","s":1,"op":0,"d":{data}]}}"#);
    assert!(Frame::parse(&frame).unwrap().event().unwrap().is_err());
}

#[test]
fn a_million_levels_are_got_over_wherever_they_are() {
    const DEPTH: usize = 1_000_000;
    let lists = "[".repeat(DEPTH) + &"]".repeat(DEPTH);
    let objects = "{\"a\":".repeat(DEPTH) + "1" + &"}".repeat(DEPTH);
    for deep in [&lists, &objects] {
        for key in ["brand_new", "content", "components"] {
            let data =
                format!(r#"{{"{key}":{deep},"id":"1","channel_id":"2","author":{{"id":"3"}}}}"#);
            let (event, report) = Event::decode_reporting("MESSAGE_CREATE", &data).unwrap();
            assert!(matches!(event, Event::MessageCreate(_)));
            let unknown = usize::from(key == "brand_new");
            assert!(report.unknown_fields.len() >= unknown, "{key}");
        }
        assert!(decode::from_str::<Message>(deep).is_err());
        let (_, report) = decode::from_str_reporting::<Value>(deep).unwrap();
        assert_eq!(report.deviations.len(), 1);
        assert!(report.deviations[0].problem.contains("less nesting"));
    }
    assert!(decode::from_str::<Message>(&lists[..DEPTH]).is_err());
}

#[test]
fn models_within_models_end_at_a_bound_and_cost_no_event() {
    let shell = r#""id":"1","channel_id":"2","author":{"id":"3"}"#;
    let nested =
        format!(r#"{{{shell},"referenced_message":"#).repeat(3_000) + "null" + &"}".repeat(3_000);
    let (message, report) = decode::from_str_reporting::<Message>(&nested).unwrap();
    let mut levels = 0;
    let mut next = Some(&message);
    while let Some(message) = next {
        levels += 1;
        next = message
            .referenced_message
            .as_ref()
            .and_then(|inner| inner.as_deref());
    }
    assert!((16..=64).contains(&levels), "{levels}");
    let too_deep = report
        .deviations
        .iter()
        .find(|at| at.problem.contains("less nesting"));
    assert!(too_deep.is_some());

    let rows = r#"{"components":["#.repeat(3_000) + &r#"],"type":1}"#.repeat(3_000);
    let (_, report) = decode::from_str_reporting::<Component>(&rows).unwrap();
    let mut left_out = report.deviations.iter();
    assert!(left_out.any(|at| at.kind == DeviationKind::BadElement));
}

#[test]
fn the_last_of_equal_keys_counts_and_keys_may_hold_escapes() {
    let json = r#"{"name":"a","n\u0061me":"b","typ\u0065":2,"brand\"new":1}"#;
    let (activity, report) = decode::from_str_reporting::<Activity>(json).unwrap();
    assert_eq!(activity.name, "b");
    assert_eq!(u32::from(activity.kind), 2);
    assert_eq!(report.unknown_fields.len(), 1);
}

#[test]
fn a_report_has_exact_paths_in_the_order_of_the_text() {
    let json = r#"{
        "id": 1, "channel_id": "2", "author": {"id": "3", "username": 4, "flags": 1125899906842624, "pet": {}},
        "content": null, "mentions": [{"id": "5"}, {"username": "no id"}, 6],
        "type": 999, "flags": "8", "brand_new": [{"id": "7"}], "edited_timestamp": "yesterday",
        "components": [{"components": [{"type": 2, "style": 77}], "type": 1, "what": 0}, {"type": 1000, "x": {}}],
        "application": {"name": "no id"}, "nonce": null
    }"#;
    let (_, report) = decode::from_str_reporting::<Message>(json).unwrap();
    let deviations = report
        .deviations
        .iter()
        .filter(|at| at.kind != DeviationKind::Absent)
        .map(|at| (at.path.as_str(), at.kind))
        .collect::<Vec<_>>();
    assert_eq!(
        deviations,
        [
            ("author.username", DeviationKind::Converted),
            ("content", DeviationKind::Null),
            ("mentions[1]", DeviationKind::BadElement),
            ("mentions[2]", DeviationKind::BadElement),
            ("flags", DeviationKind::Converted),
            ("edited_timestamp", DeviationKind::WrongKind),
            ("application", DeviationKind::WrongKind),
            ("nonce", DeviationKind::Null),
        ]
    );
    let absent = |path: &str| {
        let found = report.deviations.iter().find(|at| at.path == path);
        found.is_some_and(|at| at.kind == DeviationKind::Absent)
    };
    assert!(absent("timestamp") && absent("mentions[0].username") && absent("author.avatar"));
    let raw = report.deviations.iter().find(|at| at.path == "mentions[1]");
    let raw = raw.and_then(|at| at.raw.as_deref()).unwrap();
    assert_eq!(raw.get(), r#"{"username": "no id"}"#);

    let fields = report.unknown_fields.iter().map(|at| at.path.as_str());
    assert_eq!(
        fields.collect::<Vec<_>>(),
        ["author.pet", "brand_new", "components[0].what"]
    );
    let values = report
        .unknown_values
        .iter()
        .map(|at| (at.path.as_str(), at.kind, at.type_name, at.value.clone()))
        .collect::<Vec<_>>();
    assert_eq!(
        values,
        [
            (
                "author.flags",
                UnknownValueKind::Flags,
                "UserFlags",
                json!(1_125_899_906_842_624_u64)
            ),
            ("type", UnknownValueKind::Enum, "MessageType", json!(999)),
            (
                "components[0].components[0].style",
                UnknownValueKind::Enum,
                "ButtonStyle",
                json!(77)
            ),
            (
                "components[1].type",
                UnknownValueKind::Tag,
                "ComponentType",
                json!(1000)
            ),
        ]
    );
}
