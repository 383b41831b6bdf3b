//! What a model says it has on the heap is what the allocator gave out.

use std::{any::type_name, collections::BTreeMap, sync::Arc};

use allocation_counter::measure;
use polycord_types::{
    HeapSize, ImageHash, Secret, Text,
    activity::Activity,
    application_command::ApplicationCommand,
    audit_log::AuditLog,
    auto_moderation::AutoModerationRule,
    channel::Channel,
    component::Component,
    decode::{Decode, from_str},
    emoji::Emoji,
    gateway::{Event, EventKind},
    guild::Guild,
    id::UserId,
    integration::Integration,
    interaction::Interaction,
    invite::Invite,
    member::Member,
    message::{Embed, Message},
    poll::Poll,
    presence::Presence,
    role::Role,
    scheduled_event::ScheduledEvent,
    soundboard::SoundboardSound,
    stage::StageInstance,
    sticker::Sticker,
    user::User,
    voice::VoiceState,
    webhook_event::WebhookPayload,
};
use serde_json::{Value, json};

/// The payloads of the fixtures, every structure with all its fields, and the same with more in them.
fn payloads() -> Vec<String> {
    let lines = [
        (include_str!("fixtures/structures.jsonl"), "payload"),
        (include_str!("fixtures/events.jsonl"), "data"),
    ];
    let mut payloads = Vec::new();
    for (lines, key) in lines {
        for line in lines.lines() {
            let Ok(mut line) = serde_json::from_str::<Value>(line) else {
                panic!("no JSON: {line}")
            };
            let payload = line[key].take();
            payloads.extend([payload.to_string(), swollen(&payload).to_string()]);
        }
    }
    payloads
}

/// Longer texts, unknown values of enums and lists that grew.
fn swollen(value: &Value) -> Value {
    match value {
        Value::String(text) if text.parse::<u64>().is_err() => {
            format!("{text}, which is much longer than what stands inside of a value").into()
        }
        Value::Array(list) => {
            let several = if list.len() == 1 { 5 } else { 1 };
            let again = std::iter::repeat_n(list, several).flatten();
            again.map(swollen).collect::<Vec<_>>().into()
        }
        Value::Object(map) => {
            let entries = map.iter().map(|(key, value)| (key.clone(), swollen(value)));
            Value::Object(entries.collect())
        }
        other => other.clone(),
    }
}

/// What a value says it has, and the bytes that are still there after it was made.
fn counted<T: HeapSize>(make: impl FnOnce() -> T) -> [u64; 2] {
    let mut value = None;
    let info = measure(|| value = Some(make()));
    let said = value.as_ref().map_or(0, HeapSize::heap_size) as u64;
    // Below zero it would differ as well.
    [said, info.bytes_current.unsigned_abs()]
}

#[track_caller]
fn exact<T: HeapSize>(what: &str, make: impl FnOnce() -> T) -> u64 {
    let [said, there] = counted(make);
    assert_eq!(said, there, "{what}");
    there
}

/// Decodes every payload that can be read as this, and compares; gives the most that one of them had.
fn most<T: Decode + HeapSize>(payloads: &[String]) -> u64 {
    most_of(payloads, |json| from_str::<T>(json).ok())
}

#[track_caller]
fn most_of<T: HeapSize>(payloads: &[String], decode: impl Fn(&str) -> Option<T>) -> u64 {
    let mut most = 0;
    for payload in payloads {
        let [said, there] = counted(|| decode(payload));
        assert_eq!(said, there, "{} of {payload}", type_name::<T>());
        most = most.max(there);
    }
    most
}

/// What is kept raw may be a map of more than one node.
fn most_of_components(payloads: &[String]) -> u64 {
    let known = |component: &Component| !matches!(component, Component::Unknown(_));
    most_of(payloads, |json| from_str(json).ok().filter(known))
}

/// Exact to the byte, with all fields as well as with few, with short texts as well as with long ones.
#[test]
fn an_event_has_on_the_heap_what_it_says() {
    let payloads = payloads();
    for kind in EventKind::ALL {
        let most = most_of(&payloads, |json| Event::decode(kind.name(), json).ok());
        assert!(most > 0, "no payload was read as {kind}");
    }
}

#[test]
fn a_model_has_on_the_heap_what_it_says() {
    type Most = fn(&[String]) -> u64;
    let models: [(&str, Most); 23] = [
        ("AuditLog", most::<AuditLog>),
        ("AutoModerationRule", most::<AutoModerationRule>),
        ("Channel", most::<Channel>),
        ("ApplicationCommand", most::<ApplicationCommand>),
        ("Component", most_of_components),
        ("Embed", most::<Embed>),
        ("Emoji", most::<Emoji>),
        ("Guild", most::<Guild>),
        ("Integration", most::<Integration>),
        ("Interaction", most::<Interaction>),
        ("Invite", most::<Invite>),
        ("Member", most::<Member>),
        ("Message", most::<Message>),
        ("Poll", most::<Poll>),
        ("Presence", most::<Presence>),
        ("Role", most::<Role>),
        ("ScheduledEvent", most::<ScheduledEvent>),
        ("SoundboardSound", most::<SoundboardSound>),
        ("StageInstance", most::<StageInstance>),
        ("Sticker", most::<Sticker>),
        ("User", most::<User>),
        ("VoiceState", most::<VoiceState>),
        ("WebhookPayload", most::<WebhookPayload>),
    ];
    let payloads = payloads();
    for (name, most) in models {
        assert!(most(&payloads) > 0, "no {name} has anything on the heap");
    }
}

#[test]
fn the_capacity_of_a_list_counts() {
    let bytes = exact("a list", || {
        let mut list = Vec::with_capacity(100);
        list.push(UserId::new(1));
        list
    });
    assert_eq!(bytes, 800);
}

/// Most lists of what is large are short.
#[test]
fn a_list_of_one_large_element_leaves_no_room_for_three_more() {
    let json = r#"[{"name": "chess", "type": 0}]"#;
    let bytes = exact("a list", || from_str::<Vec<Activity>>(json).ok());
    assert!(bytes <= 768, "{bytes}");
    let ids = exact("ids", || from_str::<Vec<UserId>>(r#"["1"]"#).ok());
    assert_eq!(ids, 64);
}

#[test]
fn what_stands_inside_of_a_value_does_not_count() {
    let inside = "twenty-three bytes long";
    assert_eq!(exact("a short text", || Text::new(inside)), 0);
    let digest = "a_0342729096ea3675442027381ff50dfe";
    assert_eq!(exact("a hash", || ImageHash::new(digest)), 0);
    assert_eq!(exact("no secret", || None::<Secret>), 0);
    for more in 1..20 {
        let text = format!("{inside}{}", "!".repeat(more));
        assert!(exact("a long text", || Text::new(&text)) > text.len() as u64);
        exact("a string", || text.clone());
        exact("a boxed text", || Box::<str>::from(text.as_str()));
        exact("a shared text", || Arc::<str>::from(text.as_str()));
        exact("a secret", || Secret::new(&text));
        exact("an odd hash", || ImageHash::new(&text));
    }
}

#[test]
fn what_is_shared_counts_for_every_holder() {
    let shared = Arc::new([Text::new("a"), Text::new("b")]);
    assert_eq!(exact("an arc", || Arc::new((*shared).clone())), 64);
    assert_eq!([Arc::clone(&shared), shared].heap_size(), 2 * 64);
}

#[test]
fn a_map_of_one_node_is_exact_and_a_larger_one_is_estimated() {
    for len in 0..=11_u64 {
        exact("a map", || {
            let entries = (0..len).map(|key| (key, true));
            entries.collect::<BTreeMap<_, _>>()
        });
    }
    for len in [100, 1_000, 10_000_u64] {
        for step in [1_u64, 0x9E37_79B9_7F4A_7C15] {
            let [said, there] = counted(|| {
                let mut map = BTreeMap::new();
                for key in 0..len {
                    map.insert(key.wrapping_mul(step), [0_u64; 2]);
                }
                map
            });
            let off = said.abs_diff(there);
            assert!(5 * off < there, "{said} for {there} bytes of {len} entries");
        }
    }
}

#[test]
fn a_value_of_any_shape_has_on_the_heap_what_it_says() {
    let value =
        json!({"a": [1, "two", {"three": null}, [[]]], "b": {"c": "d".repeat(100)}, "e": 1.5});
    let text = value.to_string();
    assert!(exact("a value", || serde_json::from_str::<Value>(&text).unwrap()) > 500);
}
