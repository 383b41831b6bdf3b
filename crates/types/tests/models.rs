//! Resources through the public API: what comes in goes out again, and nothing unknown is lost.

use polycord_types::{
    application_command::CreateCommand,
    component::{Button, ButtonStyle, Component, ComponentType},
    id::UserId,
    interaction::{Interaction, InteractionData, InteractionResponse, SubmittedComponent},
    message::{AllowedMentions, CreateMessage, EditMessage, Message, MessageFlags, MessageType},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// Decodes, and checks that every key of the input is written again with its value.
fn kept<T: DeserializeOwned + Serialize>(input: &Value) -> T {
    fn contains(whole: &Value, part: &Value, path: &str) {
        match (whole, part) {
            (Value::Object(whole), Value::Object(part)) => {
                for (key, value) in part {
                    contains(&whole[key], value, &format!("{path}.{key}"));
                }
            }
            (Value::Array(whole), Value::Array(part)) => {
                assert_eq!(whole.len(), part.len(), "{path}");
                for (whole, part) in whole.iter().zip(part) {
                    contains(whole, part, path);
                }
            }
            _ => assert_eq!(whole, part, "{path}"),
        }
    }
    let model = serde_json::from_str::<T>(&input.to_string())
        .unwrap_or_else(|error| panic!("{input}: {error}"));
    let written = serde_json::to_value(&model).unwrap_or_default();
    contains(&written, input, "");
    model
}

fn ann() -> Value {
    json!({"id": "3", "username": "ann", "discriminator": "0", "global_name": "Ann", "avatar": null})
}

#[test]
fn a_message_keeps_all_that_hangs_on_it() {
    let message = kept::<Message>(&json!({
        "id": "10", "channel_id": "2", "author": ann(), "content": "hello", "type": 19,
        "timestamp": "2026-08-06T11:31:01+00:00", "edited_timestamp": null, "flags": 32836,
        "mentions": [{"id": "4", "username": "bob"}], "nonce": 12,
        "embeds": [{"title": "t", "color": 255, "fields": [{"name": "n", "value": "v"}]}],
        "reactions": [{"count": 2, "emoji": {"id": null, "name": "x"}}],
        "referenced_message": null, "message_reference": {"type": 7, "message_id": "9"},
        "interaction_metadata": {"id": "5", "type": 2, "user": ann(),
            "authorizing_integration_owners": {"0": "0", "1": "3"}},
        "poll": {"question": {"text": "?"}, "answers": [{"answer_id": 1, "poll_media": {"text": "a"}}]}
    }));
    assert_eq!(message.kind, MessageType::Reply);
    assert_eq!(message.referenced_message, Some(None));
    assert!(message.mentions_user(UserId::new(4)));
    assert_eq!(message.author.display_name(), "Ann");
    assert_eq!(
        message.link(None).to_string(),
        "https://discord.com/channels/@me/2/10"
    );
}

#[test]
fn a_number_of_what_is_kept_raw_is_the_same_when_written_and_read_again() {
    // Read by the fast way, one of these is off by its last bit.
    for number in [
        "118446744073709551616",
        "0.1",
        "5e-324",
        "1.7976931348623157e308",
    ] {
        let json = format!(r#"{{"type":99,"new":{number}}}"#);
        let component: Component = serde_json::from_str(&json).unwrap();
        let written = serde_json::to_string(&component).unwrap();
        let Component::Unknown(raw) = &component else {
            panic!("{component:?}")
        };
        assert_eq!(raw["new"].as_f64(), number.parse().ok(), "{written}");
        assert_eq!(
            serde_json::from_str::<Component>(&written).unwrap(),
            component
        );
    }
}

#[test]
fn components_nest_and_unknown_ones_are_kept() {
    let component = kept::<Component>(&json!({
        "type": 17, "accent_color": 1, "components": [
            {"type": 1, "components": [{"type": 2, "style": 5, "label": "l", "url": "https://e.org"}]},
            {"type": 9, "components": [{"type": 10, "content": "c"}],
             "accessory": {"type": 11, "media": {"url": "attachment://a.png"}}},
            {"type": 99, "new": {"deep": [1, 2.5]}}
        ]
    }));
    let Component::Container(container) = component else {
        panic!("a container")
    };
    assert_eq!(container.components[2].kind(), ComponentType::Unknown(99));
}

#[test]
fn groups_of_boxes_keep_every_choice() {
    let choices =
        json!([{"value": "a", "label": "A"}, {"value": "b", "label": "B", "default": true}]);
    let radio = kept(&json!({"type": 21, "custom_id": "r", "options": choices}));
    let Component::RadioGroup(radio) = radio else {
        panic!("a radio group")
    };
    assert_eq!(radio.options[1].label, "B");
    let checkbox = kept(&json!({"type": 22, "custom_id": "c", "options": choices}));
    let Component::CheckboxGroup(checkbox) = checkbox else {
        panic!("a checkbox group")
    };
    assert_eq!(checkbox.options, radio.options);
}

#[test]
fn a_subcommand_gives_its_options_by_name() {
    let interaction = kept::<Interaction>(&json!({
        "id": "1", "application_id": "2", "token": "t", "user": ann(), "type": 2,
        "data": {"id": "8", "name": "role", "type": 1, "version": "9", "options": [
            {"name": "member", "type": 2, "options": [{"name": "add", "type": 1, "options": [
                {"name": "who", "type": 6, "value": "4"}, {"name": "days", "type": 4, "value": 7}
            ]}]}
        ]}
    }));
    assert_eq!(interaction.command_name(), Some("role"));
    assert_eq!(
        interaction.command().unwrap().subcommands(),
        ["member", "add"]
    );
    let who = interaction.option("who").unwrap();
    assert_eq!(who.as_user_id(), Some(UserId::new(4)));
    assert_eq!(interaction.option("days").unwrap().as_i64(), Some(7));
    assert_eq!(interaction.user().unwrap().mention().to_string(), "<@3>");
}

#[test]
fn the_data_of_an_interaction_is_typed_by_its_kind() {
    let of = |kind: u8, data: Value| {
        kept::<Interaction>(&json!({
            "data": data, "id": "1", "application_id": "2", "token": "t", "type": kind
        }))
    };
    let button = of(3, json!({"custom_id": "b", "component_type": 2}));
    assert_eq!(button.component().unwrap().custom_id, "b");
    let modal = of(
        5,
        json!({"custom_id": "m", "components": [
        {"type": 18, "id": 1, "component": {"type": 4, "id": 2, "custom_id": "c", "value": "v"}}]}),
    );
    let components = &modal.modal().unwrap().components;
    assert!(matches!(components[0], SubmittedComponent::Label(_)));
    let unknown = of(6, json!({"something": "new"}));
    assert!(matches!(unknown.data, Some(InteractionData::Unknown(_))));
}

#[test]
fn built_bodies_are_what_discord_expects() {
    let message = CreateMessage::new("hi")
        .allowed_mentions(AllowedMentions::none())
        .component(Button::new(ButtonStyle::Primary, "id", "Press"))
        .flags(MessageFlags::SUPPRESS_EMBEDS);
    assert_eq!(
        serde_json::to_value(&message).unwrap(),
        json!({"content": "hi", "allowed_mentions": {"parse": []}, "flags": 4,
            "components": [{"type": 2, "style": 1, "label": "Press", "custom_id": "id"}]})
    );
    let edit = EditMessage {
        content: Some(None),
        ..EditMessage::new()
    };
    assert_eq!(
        serde_json::to_value(&edit).unwrap(),
        json!({"content": null})
    );
    let deferred = InteractionResponse::defer().ephemeral();
    assert_eq!(
        serde_json::to_value(&deferred).unwrap(),
        json!({"type": 5, "data": {"flags": 64}})
    );
    let command = CreateCommand::chat_input("ping", "Says pong");
    assert_eq!(
        serde_json::to_value(&command).unwrap(),
        json!({"name": "ping", "description": "Says pong", "type": 1})
    );
}
