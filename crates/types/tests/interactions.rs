//! Interactions and responses: what users did is read by its kind, and answers are what Discord expects.

use polycord_types::{
    component::{ActionRow, Button, Label, TextDisplay, TextInput},
    id::{AttachmentId, ChannelId, GenericId, InteractionId, MessageId, RoleId, UserId},
    interaction::{
        CommandData, CommandDataOption, GuildOwner, Interaction, InteractionCallbackResponse,
        InteractionData, InteractionResponse, InteractionResponseData, InteractionResponseType,
        InteractionType, Modal, ModalData, ResolvedData, ResponseMessage, SubmittedComponent,
    },
    message::{AllowedMentions, AttachmentRequest, Embed, MessageFlags, MessageInteraction},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// Decodes, and checks that it is written again as it came.
fn kept<T: DeserializeOwned + Serialize>(input: &Value) -> T {
    let model = serde_json::from_str::<T>(&input.to_string())
        .unwrap_or_else(|error| panic!("{input}: {error}"));
    assert_eq!(&written(&model), input);
    model
}

fn written(model: impl Serialize) -> Value {
    serde_json::to_value(model).unwrap_or_default()
}

/// An interaction of a kind with its data, beside which it has what every one has.
fn interaction(kind: u8, data: &Value) -> Interaction {
    let interaction = kept::<Interaction>(&json!({
        "id": "1", "application_id": "2", "type": kind, "data": data, "guild_id": "3", "channel_id": "4",
        "token": "secret", "version": 1, "app_permissions": "2048", "locale": "de", "guild_locale": "en-US",
        "entitlements": [], "authorizing_integration_owners": {"0": "3", "1": "5"}, "context": 0,
        "attachment_size_limit": 10_485_760
    }));
    assert_eq!(interaction.kind, InteractionType::from_value(kind.into()));
    interaction
}

fn modal(components: &Value) -> ModalData {
    let data = json!({"custom_id": "m", "components": components});
    let interaction = interaction(5, &data);
    interaction.modal().cloned().unwrap_or_default()
}

#[test]
fn a_ping_has_no_data() {
    let ping: Interaction = serde_json::from_value(json!({
        "id": "1", "application_id": "2", "type": 1, "token": "t", "version": 1
    }))
    .expect("a ping");
    assert_eq!(ping.kind, InteractionType::Ping);
    assert_eq!(ping.data, None);
}

#[test]
fn options_of_a_command_are_read_by_their_kind() {
    let command = interaction(
        2,
        &json!({"id": "8", "name": "all", "type": 1, "guild_id": "3", "options": [
            {"name": "string", "type": 3, "value": "text"}, {"name": "integer", "type": 4, "value": -7},
            {"name": "boolean", "type": 5, "value": true}, {"name": "user", "type": 6, "value": "11"},
            {"name": "channel", "type": 7, "value": "12"}, {"name": "role", "type": 8, "value": "13"},
            {"name": "mentionable", "type": 9, "value": "14"}, {"name": "number", "type": 10, "value": 0.5},
            {"name": "attachment", "type": 11, "value": "15"}, {"name": "new", "type": 99, "value": "?"}
        ]}),
    );
    let option = |name: &str| {
        command
            .option(name)
            .unwrap_or_else(|| panic!("no option {name}"))
    };
    assert_eq!(option("string").as_str(), Some("text"));
    assert_eq!(option("integer").as_i64(), Some(-7));
    assert_eq!(option("integer").as_f64(), Some(-7.0));
    assert_eq!(option("boolean").as_bool(), Some(true));
    assert_eq!(option("user").as_user_id(), Some(UserId::new(11)));
    assert_eq!(option("channel").as_channel_id(), Some(ChannelId::new(12)));
    assert_eq!(option("role").as_role_id(), Some(RoleId::new(13)));
    assert_eq!(
        option("mentionable").as_mentionable_id(),
        Some(GenericId::new(14))
    );
    assert_eq!(option("number").as_f64(), Some(0.5));
    assert_eq!(
        option("attachment").as_attachment_id(),
        Some(AttachmentId::new(15))
    );
    assert!(!option("new").kind.is_known());
    assert!(command.option("absent").is_none());
}

#[test]
fn a_subcommand_in_a_group_gives_the_path_and_its_arguments() {
    let command = interaction(
        2,
        &json!({"id": "8", "name": "role", "type": 1, "options": [
            {"name": "member", "type": 2, "options": [
                {"name": "add", "type": 1, "options": [{"name": "who", "type": 6, "value": "4"}]}]}]}),
    );
    let data = command.command().expect("a command was run");
    assert_eq!(data.subcommands(), ["member", "add"]);
    assert_eq!(data.arguments().len(), 1);
    assert_eq!(
        command
            .option("who")
            .and_then(CommandDataOption::as_user_id),
        Some(UserId::new(4))
    );
}

#[test]
fn the_target_of_a_menu_is_found_among_the_resolved() {
    let data = json!({
        "id": "8", "name": "Wave", "type": 2, "target_id": "5",
        "resolved": {"users": {"5": {"id": "5", "username": "ann"}}, "members": {"5": {}}, "roles": null}
    });
    let interaction: Interaction = serde_json::from_value(json!({
        "id": "1", "application_id": "2", "type": 2, "data": data
    }))
    .expect("an interaction");
    let command = interaction.command().expect("a command was run");
    assert_eq!(
        command.target_user().map(|user| user.username.as_str()),
        Some("ann")
    );
    assert!(command.target_message().is_none());
    let resolved = command.resolved.as_deref().expect("resolved objects");
    assert!(resolved.members.contains_key(&UserId::new(5)));
    assert!(resolved.roles.is_empty());
}

#[test]
fn autocomplete_says_what_the_user_types_into() {
    let typing = interaction(
        4,
        &json!({"id": "8", "name": "find", "type": 1, "options": [
            {"name": "in", "type": 3, "value": "books"},
            {"name": "title", "type": 3, "value": "the gr", "focused": true}]}),
    );
    let focused = typing.command().and_then(CommandData::focused);
    assert_eq!(focused.map(|option| option.name.as_str()), Some("title"));
    assert_eq!(focused.and_then(CommandDataOption::as_str), Some("the gr"));
}

#[test]
fn a_component_gives_its_id_and_what_was_chosen() {
    let button = interaction(
        3,
        &json!({"id": 2, "custom_id": "press", "component_type": 2}),
    );
    let pressed = button.component().expect("a component was used");
    assert_eq!(pressed.custom_id, "press");
    assert!(pressed.values.is_empty());
    let menu = interaction(
        3,
        &json!({"id": 3, "custom_id": "who", "component_type": 5, "values": ["11", "12"]}),
    );
    let chosen = menu.component().expect("a menu was used");
    assert_eq!(chosen.values, ["11", "12"]);
    let users: Vec<_> = chosen.user_ids().collect();
    assert_eq!(users, [UserId::new(11), UserId::new(12)]);
}

#[test]
fn a_modal_keeps_every_kind_of_field() {
    let label = |component: Value| json!({"type": 18, "id": 1, "component": component});
    let fields = json!([
        label(json!({"type": 3, "id": 2, "custom_id": "texts", "values": ["a", "b"]})),
        label(json!({"type": 4, "id": 3, "custom_id": "text", "value": "hello"})),
        label(json!({"type": 5, "id": 4, "custom_id": "users", "values": ["11"]})),
        label(json!({"type": 6, "id": 5, "custom_id": "roles", "values": ["12"]})),
        label(json!({"type": 7, "id": 6, "custom_id": "mentionables", "values": ["13"]})),
        label(json!({"type": 8, "id": 7, "custom_id": "channels", "values": ["14"]})),
        {"type": 10, "id": 8},
        label(json!({"type": 19, "id": 9, "custom_id": "files", "values": ["15"]})),
        label(json!({"type": 21, "id": 10, "custom_id": "one", "value": "x"})),
        label(json!({"type": 21, "id": 11, "custom_id": "none", "value": null})),
        label(json!({"type": 22, "id": 12, "custom_id": "some", "values": ["y", "z"]})),
        label(json!({"type": 23, "id": 13, "custom_id": "yes", "value": true})),
        label(json!({"type": 99, "id": 14, "custom_id": "new", "value": {"deep": 1}})),
    ]);
    let modal = modal(&fields);
    assert_eq!(modal.fields().count(), 13);
    assert_eq!(modal.text("text"), Some("hello"));
    assert_eq!(modal.text("one"), Some("x"));
    assert_eq!(modal.text("none"), None);
    assert_eq!(modal.choices("texts"), ["a", "b"]);
    assert_eq!(modal.choices("some"), ["y", "z"]);
    assert!(modal.is_checked("yes"));
    assert!(modal.choices("absent").is_empty() && !modal.is_checked("absent"));
    let Some(SubmittedComponent::UserSelect(users)) = modal.field("users") else {
        panic!("a menu of users")
    };
    assert_eq!(users.values, [UserId::new(11)]);
    let Some(SubmittedComponent::FileUpload(files)) = modal.field("files") else {
        panic!("a file upload")
    };
    assert_eq!(files.values, [AttachmentId::new(15)]);
    let unknown = modal
        .fields()
        .filter(|field| matches!(field, SubmittedComponent::Unknown(_)));
    assert_eq!(unknown.count(), 1);
}

#[test]
fn a_modal_of_the_old_form_is_read_through_its_rows() {
    let modal = modal(&json!([
        {"type": 1, "id": 1, "components": [{"type": 4, "id": 2, "custom_id": "text", "value": "v"}]}
    ]));
    assert_eq!(modal.text("text"), Some("v"));
}

#[test]
fn everything_around_the_data_is_kept() {
    let user = json!({
        "id": "5", "username": "ann", "discriminator": "0", "global_name": null, "avatar": null
    });
    let input = json!({
        "id": "1", "application_id": "2", "type": 3, "data": {"custom_id": "c", "component_type": 2},
        "guild": {"id": "3", "features": ["COMMUNITY"], "locale": "en-US"}, "guild_id": "3",
        "channel": {"id": "4", "type": 0, "name": "general"}, "channel_id": "4",
        "member": {"user": user, "roles": ["6"], "joined_at": "2026-08-06T11:31:01+00:00", "permissions": "8"},
        "user": user, "token": "secret", "version": 1,
        "message": {"id": "7", "channel_id": "4", "author": user, "content": "press"},
        "app_permissions": "2048", "locale": "de", "guild_locale": "en-US",
        "entitlements": [{"id": "8", "sku_id": "9", "application_id": "2", "type": 8}],
        "authorizing_integration_owners": {"0": "3", "1": "5"}, "context": 0, "attachment_size_limit": 1024
    });
    let interaction: Interaction = serde_json::from_value(input.clone()).expect("an interaction");
    let written = written(&interaction);
    for (key, value) in input.as_object().expect("an object") {
        match value {
            Value::Object(fields) => {
                for (field, value) in fields {
                    assert_eq!(&written[key][field], value, "{key}.{field}");
                }
            }
            Value::Array(list) => assert_eq!(written[key][0]["sku_id"], list[0]["sku_id"]),
            _ => assert_eq!(&written[key], value, "{key}"),
        }
    }
    assert_eq!(interaction.user().map(|user| user.id), Some(UserId::new(5)));
}

#[test]
fn the_objects_behind_ids_are_found_by_their_id() {
    let resolved: ResolvedData = serde_json::from_value(json!({
        "users": {"1": {"id": "1", "username": "ann"}}, "members": {"1": {"roles": ["2"]}},
        "roles": {"2": {"id": "2", "name": "helpers"}}, "channels": {"3": {"id": "3", "type": 0}},
        "messages": {"4": {"id": "4", "channel_id": "3", "author": {"id": "1"}}},
        "attachments": {"5": {"id": "5", "filename": "a.png"}}
    }))
    .expect("resolved data");
    assert_eq!(resolved.users[&UserId::new(1)].username, "ann");
    assert_eq!(resolved.members[&UserId::new(1)].roles, [RoleId::new(2)]);
    assert_eq!(resolved.roles[&RoleId::new(2)].name, "helpers");
    assert!(resolved.channels.contains_key(&ChannelId::new(3)));
    assert!(resolved.messages.contains_key(&MessageId::new(4)));
    assert_eq!(
        resolved.attachments[&AttachmentId::new(5)].filename,
        "a.png"
    );
    assert_eq!(kept::<ResolvedData>(&json!({})), ResolvedData::default());
}

#[test]
fn a_menu_carries_its_kind_twice_when_a_message_had_it() {
    for kind in [5, 6, 7, 8] {
        let input = json!({
            "type": kind, "component_type": kind, "id": 1, "custom_id": "c", "values": ["9"], "resolved": {}
        });
        let menu = kept::<SubmittedComponent>(&input);
        assert_eq!(menu.custom_id(), Some("c"));
        assert_eq!(menu.kind().value(), kind);
    }
    kept::<SubmittedComponent>(&json!({
        "type": 3, "component_type": 3, "id": 1, "custom_id": "c", "values": ["a"]
    }));
}

#[test]
fn the_old_form_of_where_a_message_came_from_is_kept() {
    let interaction = kept::<MessageInteraction>(&json!({
        "id": "1", "type": 2, "name": "role add", "user": {
            "id": "5", "username": "ann", "discriminator": "0", "global_name": null, "avatar": null}
    }));
    assert_eq!(interaction.name, "role add");
    let user = interaction.user.expect("who caused it");
    assert_eq!(user.id, UserId::new(5));
}

#[test]
fn data_of_an_unknown_shape_is_kept() {
    let unknown = interaction(9, &json!({"something": ["new"]}));
    assert!(matches!(unknown.data, Some(InteractionData::Unknown(_))));
}

#[test]
fn the_guild_of_a_direct_message_with_the_bot_is_0() {
    let interaction = kept::<Interaction>(&json!({
        "id": "1", "application_id": "2", "type": 2, "token": "t", "version": 1, "app_permissions": "0",
        "entitlements": [], "authorizing_integration_owners": {"0": "0"}, "context": 1,
        "attachment_size_limit": 0
    }));
    assert_eq!(
        interaction.authorizing_integration_owners.guild,
        Some(GuildOwner::BotDm)
    );
}

#[test]
fn responses_without_data_have_their_kind_only() {
    for (response, kind) in [
        (InteractionResponse::pong(), 1),
        (InteractionResponse::defer(), 5),
        (InteractionResponse::defer_update(), 6),
        (InteractionResponse::launch_activity(), 12),
    ] {
        assert_eq!(written(&response), json!({"type": kind}));
        assert_eq!(
            kept::<InteractionResponse>(&json!({"type": kind})),
            response
        );
    }
    // Nothing is shown that could be ephemeral.
    let update = InteractionResponse::defer_update().ephemeral();
    assert_eq!(written(update), json!({"type": 6}));
}

#[test]
fn a_message_responds_with_all_that_it_can_have() {
    let message = ResponseMessage::new("Sure?")
        .tts(true)
        .embed(Embed::new().title("t"))
        .allowed_mentions(AllowedMentions::none())
        .component(ActionRow::new([Button::danger("y", "Yes")]))
        .attachment(AttachmentRequest::upload(0))
        .flags(MessageFlags::SUPPRESS_EMBEDS)
        .ephemeral();
    let data = json!({
        "tts": true, "content": "Sure?", "embeds": [{"title": "t"}], "allowed_mentions": {"parse": []},
        "flags": 68, "attachments": [{"id": 0}], "components": [
            {"type": 1, "components": [{"type": 2, "style": 4, "label": "Yes", "custom_id": "y"}]}]
    });
    assert_eq!(written(&message), data);
    let response = InteractionResponse::from(message.clone());
    assert_eq!(
        kept::<InteractionResponse>(&json!({"type": 4, "data": data})),
        response
    );
    assert_eq!(written(InteractionResponse::update(message))["type"], 7);
}

#[test]
fn a_text_or_an_embed_is_enough_for_a_response() {
    let of = |data: Value| json!({"type": 4, "data": data});
    assert_eq!(
        written(InteractionResponse::from("hi")),
        of(json!({"content": "hi"}))
    );
    assert_eq!(
        written(InteractionResponse::message(Embed::new().title("t"))),
        of(json!({"embeds": [{"title": "t"}]}))
    );
    assert_eq!(
        written(InteractionResponse::defer().ephemeral()),
        json!({"type": 5, "data": {"flags": 64}})
    );
}

#[test]
fn a_message_of_components_says_so() {
    let message = ResponseMessage::components_v2([TextDisplay::new("hi")]);
    assert_eq!(
        written(message),
        json!({"flags": 32768, "components": [{"type": 10, "content": "hi"}]})
    );
}

#[test]
fn proposals_are_choices() {
    let response = InteractionResponse::autocomplete([("One", 1), ("Two", 2)]);
    let expected = json!({"type": 8, "data": {"choices": [
        {"name": "One", "value": 1}, {"name": "Two", "value": 2}]}});
    assert_eq!(written(&response), expected);
    assert_eq!(kept::<InteractionResponse>(&expected), response);
}

#[test]
fn a_modal_is_built_of_labels_and_texts() {
    let modal = Modal::new("m", "Title")
        .component(TextDisplay::new("Fill in"))
        .label("Name", TextInput::short("name"))
        .component(Label::new("Story", TextInput::paragraph("story")).description("long"));
    let expected = json!({"type": 9, "data": {"custom_id": "m", "title": "Title", "components": [
        {"type": 10, "content": "Fill in"},
        {"type": 18, "label": "Name", "component": {"type": 4, "custom_id": "name", "style": 1}},
        {"type": 18, "label": "Story", "description": "long",
         "component": {"type": 4, "custom_id": "story", "style": 2}}]}});
    let response = InteractionResponse::from(modal);
    assert_eq!(written(&response), expected);
    assert_eq!(kept::<InteractionResponse>(&expected), response);
}

#[test]
fn an_unknown_kind_of_response_is_kept() {
    let response = kept::<InteractionResponse>(&json!({"type": 99, "data": {"content": "c"}}));
    assert_eq!(response.kind, InteractionResponseType::Unknown(99));
    assert!(matches!(
        response.data,
        Some(InteractionResponseData::Message(_))
    ));
}

#[test]
fn the_result_of_a_response_is_written_as_it_came() {
    let result = kept::<InteractionCallbackResponse>(&json!({
        "interaction": {
            "id": "1", "type": 2, "activity_instance_id": "i-1", "response_message_id": "9",
            "response_message_loading": false, "response_message_ephemeral": true
        },
        "resource": {"type": 12, "activity_instance": {"id": "i-1"}}
    }));
    assert_eq!(result.interaction.id, InteractionId::new(1));
    assert_eq!(
        result.interaction.response_message_id,
        Some(MessageId::new(9))
    );
    let resource = result.resource.expect("something was made");
    assert_eq!(resource.kind, InteractionResponseType::LaunchActivity);
}
