//! One small payload of each typed event, through the public API.

use polycord_types::{
    component::Component,
    decode::{DecodeErrorKind, DeviationKind},
    gateway::{Event, EventKind},
    id::{ChannelId, GuildId, UserId},
};
use serde_json::{Value, json};

/// One payload, and the guild, channel and user that it belongs to.
struct Case {
    kind: EventKind,
    data: Value,
    guild: Option<u64>,
    channel: Option<u64>,
    user: Option<u64>,
}

fn cases() -> Vec<Case> {
    let case = |line: &str| {
        let Ok(mut line) = serde_json::from_str::<Value>(line) else {
            panic!("no JSON: {line}")
        };
        Case {
            kind: EventKind::from_name(line["event"].as_str().unwrap_or_default()),
            guild: line["guild"].as_u64(),
            channel: line["channel"].as_u64(),
            user: line["user"].as_u64(),
            data: line["data"].take(),
        }
    };
    include_str!("fixtures/events.jsonl")
        .lines()
        .map(case)
        .collect()
}

#[test]
fn every_event_decodes_from_what_identifies_it_and_survives_writing() {
    for Case {
        kind,
        data,
        guild,
        channel,
        user,
    } in cases()
    {
        let event = Event::decode(kind.name(), &data.to_string())
            .unwrap_or_else(|error| panic!("{kind}: {error}"));
        assert!(!matches!(event, Event::Raw(_)), "{kind} is typed");
        assert_eq!((event.kind(), event.name()), (kind, kind.name()));
        assert_eq!(event.guild_id().map(GuildId::get), guild, "{kind}");
        assert_eq!(event.channel_id().map(ChannelId::get), channel, "{kind}");
        assert_eq!(event.user_id().map(UserId::get), user, "{kind}");
        let written = serde_json::to_string(&event).unwrap();
        let again = Event::decode(kind.name(), &written).unwrap();
        assert_eq!(again, event, "{kind}: {written}");
    }
}

#[test]
fn every_field_may_be_null_that_does_not_identify_the_event() {
    for Case { kind, data, .. } in cases() {
        let event = Event::decode(kind.name(), &data.to_string()).unwrap();
        let full = serde_json::to_value(&event).unwrap();
        let Value::Object(fields) = &full else {
            panic!("{kind} is an object")
        };
        for key in fields.keys().filter(|key| data.get(*key).is_none()) {
            let mut nulled = full.clone();
            nulled[key] = Value::Null;
            let decoded = Event::decode(kind.name(), &nulled.to_string());
            assert_eq!(decoded.unwrap(), event, "{kind}: {key}");
        }
    }
}

#[test]
fn every_kind_has_a_case_or_is_raw() {
    let cases = cases();
    for kind in EventKind::ALL {
        let typed = !matches!(Event::decode(kind.name(), "null"), Ok(Event::Raw(_)));
        let tested = cases.iter().any(|case| case.kind == *kind);
        assert_eq!(typed, tested, "{kind}");
    }
}

#[test]
fn a_value_of_the_wrong_kind_is_reported_and_fails_no_event() {
    let (mut replaced, mut total) = (0, 0);
    for Case { kind, data, .. } in cases() {
        let event = Event::decode(kind.name(), &data.to_string()).unwrap();
        let mut full = serde_json::to_value(&event).unwrap();
        let Value::Object(fields) = &mut full else {
            panic!("{kind} is an object")
        };
        for (key, value) in data.as_object().unwrap() {
            fields.entry(key.clone()).or_insert_with(|| value.clone());
        }
        for key in fields.keys().cloned().collect::<Vec<_>>() {
            total += 1;
            let mut removed = full.clone();
            removed.as_object_mut().unwrap().remove(&key);
            let Ok(without) = Event::decode(kind.name(), &removed.to_string()) else {
                continue; // It identifies the event.
            };
            replaced += 1;
            let wrong = match &full[&key] {
                Value::Array(_) => json!({"wrong": 1}),
                _ => json!(["wrong"]),
            };
            let mut bad = full.clone();
            bad[&key] = wrong;
            let (decoded, report) = Event::decode_reporting(kind.name(), &bad.to_string())
                .unwrap_or_else(|error| panic!("{kind}: {key}: {error}"));
            // It is read without looking at it.
            if kind == EventKind::Resumed {
                continue;
            }
            let paths = report
                .deviations
                .iter()
                .map(|at| at.path.as_str())
                .collect::<Vec<_>>();
            // Where the right kind is a list that is absent here, it is the element that deviates.
            assert_eq!(paths.len(), 1, "{kind}: {key}: {paths:?}");
            assert_eq!(paths[0].trim_end_matches("[0]"), key, "{kind}");
            if full[&key].is_null() {
                continue;
            }
            // A flag is there whatever its value, and a union keeps what it cannot read.
            if key != "data" && key != "meta" {
                assert_eq!(decoded, without, "{kind}: {key}");
            }
        }
    }
    println!("{replaced} of {total} fields replaced; the others identify their event");
    assert!(replaced > 300, "{replaced} of {total}");
}

#[test]
fn a_bad_element_costs_no_sibling() {
    let data = json!({
        "id": "1", "owner_id": "9", "name": 5, "features": ["A", 1, "B"],
        "roles": [{"id": "1"}, {"name": "no id"}, {"id": "3", "name": {}}],
        "channels": [{"id": "2"}, 7, {"id": "x"}],
        "members": [{"user": {"id": "3"}, "roles": ["4", [], 6]}]
    });
    let (event, report) = Event::decode_reporting("GUILD_CREATE", &data.to_string()).unwrap();
    let Event::GuildCreate(guild) = event else {
        panic!("a guild")
    };
    assert_eq!((guild.roles.len(), guild.channels.len()), (2, 1));
    assert_eq!(guild.members[0].roles.len(), 2);
    assert_eq!((guild.features[1].value(), guild.name.as_str()), ("1", "5"));
    let paths = report
        .deviations
        .iter()
        .filter(|at| at.kind != DeviationKind::Absent)
        .map(|at| at.path.as_str())
        .collect::<Vec<_>>();
    assert_eq!(
        paths,
        [
            "channels[1]",
            "channels[2].id",
            "features[1]",
            "members[0].roles[1]",
            "name",
            "roles[1]",
            "roles[2].name"
        ]
    );
}

#[test]
fn what_stands_inside_a_union_deviates_alone() {
    let data = json!({
        "id": "1", "channel_id": "2", "author": {"id": "3"},
        "components": [{"type": 1, "components": [
            {"type": 2, "label": ["wrong"], "custom_id": "b", "style": 1}, {"type": 99}
        ]}]
    });
    let (event, report) = Event::decode_reporting("MESSAGE_CREATE", &data.to_string()).unwrap();
    let Event::MessageCreate(message) = event else {
        panic!("a message")
    };
    let Some([Component::ActionRow(row)]) = message.components.as_deref() else {
        panic!("a row")
    };
    let Component::Button(button) = &row.components[0] else {
        panic!("a button")
    };
    assert_eq!(button.custom_id.as_deref(), Some("b"));
    let wrong = report
        .deviations
        .iter()
        .find(|at| at.kind == DeviationKind::WrongKind)
        .unwrap();
    assert_eq!(wrong.path, "components[0].components[0].label");
    assert_eq!(wrong.problem, "expected a text, found a list");
    assert_eq!(wrong.raw.as_ref().unwrap().get(), r#"["wrong"]"#);
    let unknown = &report.unknown_values;
    assert_eq!(unknown.len(), 1);
    assert_eq!(unknown[0].path, "components[0].components[1].type");
}

#[test]
fn the_failure_of_an_identifying_field_has_its_path_past_what_merely_deviates() {
    let data = r#"{"guild_id":[],"id":"1","channel_id":"2","author":{"id":"x"}}"#;
    let error = Event::decode("MESSAGE_CREATE", data).unwrap_err();
    assert_eq!(error.path(), "author.id");
    let error = Event::decode("MESSAGE_CREATE", "{").unwrap_err();
    assert_eq!(error.kind(), DecodeErrorKind::Malformed);
}

#[test]
fn depth_is_bounded() {
    let deep = format!(r#"{{"id":"1","x":{}"#, "[".repeat(100_000));
    assert!(Event::decode("CHANNEL_CREATE", &deep).is_err());
}
