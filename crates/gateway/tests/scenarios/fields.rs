//! Payloads that are not as documented.

use std::time::Duration;

use polycord_gateway::Dispatch;
use polycord_simulator::{Altered, Fault, Scenario};
use polycord_types::gateway::Event;
use serde_json::{Value, json};

use crate::rig::{Rig, TRANSPORTS, minutes};

const A_MOMENT: Duration = Duration::from_millis(10);
/// What may become of a field.
const DAMAGES: [Altered; 3] = [Altered::Missing, Altered::Null, Altered::Retyped];

fn alter(event: &str, field: &str, to: &Altered) -> Fault {
    Fault::Alter {
        event: event.to_owned(),
        field: field.to_owned(),
        to: to.clone(),
    }
}

/// JSON pointers to the fields of a payload, and to those of the first item of each list in it.
fn fields(payload: &Value) -> Vec<String> {
    let mut fields = Vec::new();
    for (key, value) in payload.as_object().unwrap() {
        fields.push(format!("/{key}"));
        let nested = match value {
            Value::Object(_) => Some((format!("/{key}"), value)),
            Value::Array(items) => items.first().map(|item| (format!("/{key}/0"), item)),
            _ => None,
        };
        if let Some((place, Value::Object(inner))) = nested {
            fields.extend(inner.keys().map(|key| format!("{place}/{key}")));
        }
    }
    fields
}

fn payload(dispatch: &Dispatch) -> Value {
    serde_json::from_str(dispatch.data()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn t46_a_channel_of_a_new_type_does_not_cost_its_guild() {
    for &transport in TRANSPORTS {
        let rig = Rig::ready_over(transport).await;
        rig.play(Scenario::T46NewChannelType);
        rig.pass(A_MOMENT).await;
        let Ok(Event::GuildCreate(guild)) = rig.seen.last("GUILD_CREATE").unwrap().decode() else {
            panic!("the guild was not decoded");
        };
        let told = serde_json::to_value(&guild.channels[0]).unwrap();
        assert_eq!(told["type"], 99);
        assert!(guild.channels.len() > 1, "the other channels are there");
    }
}

#[tokio::test(start_paused = true)]
async fn t47_a_guild_with_fields_missing_null_or_of_another_kind_is_delivered_and_says_where() {
    for scenario in [
        Scenario::T47FieldsMissing,
        Scenario::T47FieldsNull,
        Scenario::T47FieldsRetyped,
    ] {
        let rig = Rig::ready().await;
        rig.play(scenario);
        rig.pass(A_MOMENT).await;
        let guild = rig.seen.last("GUILD_CREATE").unwrap();
        let (event, report) = Event::decode_reporting(guild.name(), guild.data()).unwrap();
        assert!(matches!(event, Event::GuildCreate(_)));
        let paths: Vec<_> = report.deviations.iter().map(|it| &*it.path).collect();
        assert_eq!(paths.len(), 3, "{scenario}: {report:?}");
        for field in ["channels", "name", "roles"] {
            assert!(paths.contains(&field), "{scenario}: {paths:?}");
        }
    }
}

/// Whatever field of whatever the simulator's world can tell is damaged in whatever way: the event is
/// delivered as it came, the numbers go on, and the typed decode misses that field at the most.
#[tokio::test(start_paused = true)]
async fn t47_each_field_of_each_event_may_be_missing_null_or_of_another_kind() {
    let rig = Rig::ready().await;
    let guild = rig.sim.guild("polycord");
    let (channel, ada) = (rig.sim.channel("general"), rig.sim.user("ada"));
    let message = rig.say("hello");
    rig.sim.edit(channel, message, "hello!");
    rig.sim.react(channel, message, ada, "👍");
    rig.sim.typing(channel, ada);
    rig.sim.presence(ada, "idle");
    rig.sim.delete_message(channel, message);
    let eve = rig.sim.join(guild, "eve");
    rig.sim.leave(guild, eve);
    rig.pass(A_MOMENT).await;

    let handled = rig.seen.handled();
    let mut names: Vec<_> = handled.iter().map(|it| it.name.as_str()).collect();
    names.retain(|name| *name != "READY");
    names.sort_unstable();
    names.dedup();
    assert!(names.len() >= 8, "{names:?}");
    let mut refused = Vec::new();
    let mut played = 0;
    for name in names {
        let whole = payload(&rig.seen.last(name).unwrap());
        for field in fields(&whole) {
            for damage in &DAMAGES {
                let before = rig.shard.status().seq.unwrap();
                rig.sim.script(0, alter(name, &field, damage));
                rig.sim.emit(name, whole.clone(), None);
                rig.pass(A_MOMENT).await;
                assert_eq!(rig.shard.status().seq, Some(before + 1), "{name}{field}");
                let damaged = rig.seen.last(name).unwrap();
                assert_eq!(damaged.seq(), Some(before + 1), "{name}{field}");
                assert!(Event::raw(name, damaged.data()).is_ok());
                match Event::decode_reporting(name, damaged.data()) {
                    Ok((event, _)) => assert!(!matches!(event, Event::Raw(_)), "{name}{field}"),
                    Err(error) => {
                        let told = error.to_string();
                        assert!(told.contains(field.rsplit('/').next().unwrap()), "{told}");
                        refused.push(format!("{name}{field}"));
                    }
                }
                played += 1;
            }
        }
    }
    refused.dedup();
    // Only what identifies the objects of an event may cost the typed event.
    let identifies = |field: &&String| {
        let name = field.rsplit('/').next().unwrap();
        name.ends_with("id") || ["author", "user"].contains(&name)
    };
    assert!(
        refused.iter().all(|field| identifies(&field)),
        "{refused:?}"
    );
    assert!(played > 200, "{played}");
    assert_eq!(rig.sim.connections_opened(), 1);
}

#[tokio::test(start_paused = true)]
async fn t47_ready_needs_nothing_but_the_session_its_url_and_the_user() {
    let whole = {
        let rig = Rig::ready().await;
        payload(&rig.seen.last("READY").unwrap())
    };
    let needed = ["/session_id", "/resume_gateway_url", "/user", "/user/id"];
    for field in fields(&whole) {
        if needed.contains(&field.as_str()) {
            continue;
        }
        for damage in &DAMAGES {
            let rig = Rig::start(|sim| sim.script_any(alter("READY", &field, damage))).await;
            rig.wait_ready(1).await;
            rig.pass(A_MOMENT).await;
            let ready = rig.seen.last("READY").unwrap();
            let event = ready.decode();
            assert!(matches!(event, Ok(Event::Ready(_))), "{field}: {event:?}");
            rig.sim.cut(0);
            rig.wait_resumed(1).await;
            rig.assert_starts(1, 1);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn t47_a_ready_without_what_it_needs_is_no_loop_and_no_panic() {
    for field in ["/session_id", "/resume_gateway_url", "/user", "/user/id"] {
        for damage in &DAMAGES {
            let rig = Rig::start(|sim| sim.script_any(alter("READY", field, damage))).await;
            rig.pass(minutes(1)).await;
            rig.say("on it goes");
            rig.pass(A_MOMENT).await;
            assert!(rig.seen.last("MESSAGE_CREATE").is_some(), "{field}");
            assert_eq!(rig.sim.identifies(), 1, "{field}");
            // Without a URL of its own it is resumed at the main one; without a name not at all.
            rig.sim.cut(0);
            rig.pass(minutes(1)).await;
            let named = field != "/session_id";
            let starts = (rig.sim.identifies(), rig.sim.resumes());
            assert_eq!(starts, if named { (1, 1) } else { (2, 0) }, "{field}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn t47_without_what_identifies_it_there_is_no_message_and_still_an_event() {
    let rig = Rig::ready().await;
    rig.sim
        .emit("MESSAGE_CREATE", json!({"content": "whose?"}), None);
    rig.pass(A_MOMENT).await;
    let nameless = rig.seen.last("MESSAGE_CREATE").unwrap();
    let error = nameless.decode().unwrap_err();
    assert!(error.to_string().contains("id"), "{error}");
    assert_eq!(nameless.data(), r#"{"content":"whose?"}"#);
}

#[tokio::test(start_paused = true)]
async fn t48_an_unavailable_guild_is_delivered_as_one() {
    for &transport in TRANSPORTS {
        let rig = Rig::ready_over(transport).await;
        rig.play(Scenario::T48UnavailableGuild);
        rig.pass(A_MOMENT).await;
        let Ok(Event::GuildCreate(guild)) = rig.seen.last("GUILD_CREATE").unwrap().decode() else {
            panic!("the guild was not decoded");
        };
        assert_eq!(guild.unavailable, Some(true));
        rig.assert_nothing_lost().await;
    }
}

#[tokio::test(start_paused = true)]
async fn t70_a_ready_without_application_and_with_guilds_of_unknown_shapes_starts_the_shard() {
    for &transport in TRANSPORTS {
        let rig = Rig::ready_over(transport).await;
        rig.play(Scenario::T70ReadyWithoutApplication);
        rig.wait_ready(2).await;
        rig.say("and it hears");
        rig.pass(A_MOMENT).await;
        let ready = rig.seen.last("READY").unwrap();
        assert!(payload(&ready).get("application").is_none());
        assert!(matches!(ready.decode(), Ok(Event::Ready(_))));
        rig.assert_starts(2, 0);
        rig.assert_nothing_lost().await;
    }
}
