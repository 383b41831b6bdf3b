//! One small payload of each typed event, through the public API.

use polycord_types::{ChannelId, Event, EventKind, GuildId, UserId};
use serde_json::Value;

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
fn an_event_points_at_the_object_that_lacks_its_id() {
    let data = r#"{"id":"1","members":[],"channels":[{"id":"2"},{"name":"x"}],"roles":[]}"#;
    let error = Event::decode("GUILD_CREATE", data).unwrap_err();
    assert_eq!(
        (error.event(), error.path()),
        ("GUILD_CREATE", "channels[1]")
    );
    assert!(
        error
            .to_string()
            .contains("`Channel` without its identifying field `id`"),
        "{error}"
    );
}
