//! Application commands: what is registered, what comes back, and how users' arguments are read.

use polycord_types::{
    Permissions,
    application::InstallationType,
    application_command::{
        ApplicationCommand, CommandChoice, CommandOption, CommandOptionType, CommandPermission,
        CommandPermissionType, CommandPermissions, CommandType, CommandValue, CreateCommand,
        EditCommand, EditCommandPermissions, EntryPointHandler, OverwriteCommand,
    },
    channel::ChannelType,
    id::{ChannelId, CommandId, GuildId, RoleId, UserId},
    interaction::InteractionContext,
    locale::Locale,
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

#[test]
fn a_registered_command_is_written_as_it_came() {
    let command = kept::<ApplicationCommand>(&json!({
        "id": "1", "type": 1, "application_id": "2", "guild_id": "3", "name": "echo",
        "name_localizations": {"de": "sag", "xx-new": "?"}, "name_localized": "sag",
        "description": "Says it again", "description_localizations": {"fr": "Répète"},
        "description_localized": "Says it again",
        "options": [{"type": 3, "name": "text", "description": "What"}],
        "default_member_permissions": "2048", "dm_permission": false, "default_permission": true,
        "nsfw": true, "integration_types": [0, 1], "contexts": [0, 1, 2], "version": "4", "handler": 2
    }));
    assert_eq!(command.kind, Some(CommandType::ChatInput));
    assert_eq!(
        command.default_member_permissions,
        Some(Permissions::SEND_MESSAGES)
    );
    let names = command.name_localizations.expect("names");
    assert_eq!(names[&Locale::German], "sag");
    assert_eq!(names[&Locale::from_value("xx-new")], "?");
    assert_eq!(
        command.handler,
        Some(EntryPointHandler::DiscordLaunchActivity)
    );
}

#[test]
fn what_discord_sends_as_null_is_no_fault() {
    let command: ApplicationCommand = serde_json::from_value(json!({
        "id": "1", "application_id": "2", "name": "n", "name_localizations": null, "description": "",
        "description_localizations": null, "default_member_permissions": null, "default_permission": null,
        "contexts": null, "version": "4"
    }))
    .expect("a command");
    assert_eq!(command.kind, None);
    assert_eq!(
        written(command),
        json!({
            "id": "1", "application_id": "2", "name": "n", "description": "",
            "default_member_permissions": null, "version": "4"
        })
    );
}

#[test]
fn every_kind_of_option_is_written_as_it_came() {
    let option = |kind: u8, own: Value| {
        let mut option = json!({
            "type": kind, "name": "o", "name_localizations": {"de": "ö"}, "description": "d",
            "description_localizations": {"de": "D"}
        });
        for (key, value) in own.as_object().expect("an object") {
            option[key] = value.clone();
        }
        option
    };
    let choices = json!([{"name": "One", "name_localizations": {"de": "Eins"}, "value": "1"}]);
    let inner = json!({"type": 5, "name": "b", "description": "d", "required": true});
    let options = [
        option(1, json!({"options": [inner]})),
        option(
            2,
            json!({"options": [{"type": 1, "name": "s", "description": "d", "options": [inner]}]}),
        ),
        option(
            3,
            json!({"choices": choices, "min_length": 0, "max_length": 6000, "autocomplete": false}),
        ),
        option(
            4,
            json!({"min_value": -5, "max_value": 9_007_199_254_740_991_i64, "required": true,
            "choices": [{"name": "One", "value": 1}]}),
        ),
        option(5, json!({"required": false})),
        option(6, json!({})),
        option(7, json!({"channel_types": [0, 2, 99]})),
        option(8, json!({})),
        option(9, json!({})),
        option(
            10,
            json!({"min_value": -0.5, "max_value": 1, "autocomplete": true,
            "choices": [{"name": "Half", "value": 0.5}]}),
        ),
        option(11, json!({"file_types": ["image", ".pdf"]})),
        option(77, json!({})),
    ];
    for input in options {
        let option = kept::<CommandOption>(&input);
        assert_eq!(u64::from(option.kind.value()), input["type"]);
        assert_eq!(option.kind.is_known(), input["type"] != 77);
    }
}

#[test]
fn a_slash_command_is_built_with_all_that_it_can_have() {
    let command = CreateCommand::chat_input("paint", "Paints a picture")
        .name_localization(Locale::German, "male")
        .description_localization(Locale::German, "Malt ein Bild")
        .option(
            CommandOption::string("colour", "Of what colour")
                .required(true)
                .name_localization(Locale::EnglishUs, "color")
                .description_localization(Locale::German, "Welche Farbe")
                .choice("Red", "r")
                .min_length(1)
                .max_length(1),
        )
        .option(
            CommandOption::number("size", "How large")
                .min_value(0.5)
                .max_value(2),
        )
        .option(CommandOption::channel("where", "Where").channel_types([ChannelType::GuildText]))
        .option(CommandOption::attachment("model", "Of what").file_types([".png"]))
        .default_member_permissions(Permissions::ATTACH_FILES)
        .integration_types([InstallationType::GuildInstall])
        .contexts([InteractionContext::Guild, InteractionContext::BotDm])
        .nsfw(false);
    assert_eq!(
        written(command),
        json!({
            "name": "paint", "name_localizations": {"de": "male"}, "description": "Paints a picture",
            "description_localizations": {"de": "Malt ein Bild"}, "type": 1, "nsfw": false,
            "default_member_permissions": "32768", "integration_types": [0], "contexts": [0, 1],
            "options": [
                {"type": 3, "name": "colour", "name_localizations": {"en-US": "color"},
                 "description": "Of what colour", "description_localizations": {"de": "Welche Farbe"},
                 "required": true, "choices": [{"name": "Red", "value": "r"}], "min_length": 1, "max_length": 1},
                {"type": 10, "name": "size", "description": "How large", "min_value": 0.5, "max_value": 2},
                {"type": 7, "name": "where", "description": "Where", "channel_types": [0]},
                {"type": 11, "name": "model", "description": "Of what", "file_types": [".png"]}
            ]
        })
    );
}

#[test]
fn every_kind_of_option_has_a_constructor() {
    let built = [
        CommandOption::sub_command("n", "d"),
        CommandOption::sub_command_group("n", "d"),
        CommandOption::string("n", "d"),
        CommandOption::integer("n", "d"),
        CommandOption::boolean("n", "d"),
        CommandOption::user("n", "d"),
        CommandOption::channel("n", "d"),
        CommandOption::role("n", "d"),
        CommandOption::mentionable("n", "d"),
        CommandOption::number("n", "d"),
        CommandOption::attachment("n", "d"),
    ];
    for (option, kind) in built.into_iter().zip(1..) {
        assert_eq!(
            written(&option),
            json!({"type": kind, "name": "n", "description": "d"})
        );
        assert!(option.kind.is_known());
    }
}

#[test]
fn subcommands_stand_in_groups() {
    let set = CommandOption::sub_command("set", "Sets it")
        .option(CommandOption::integer("to", "A number").autocomplete(true));
    let command = CreateCommand::chat_input("level", "About levels")
        .option(CommandOption::sub_command_group("my", "Your own").option(set));
    assert_eq!(
        written(command),
        json!({"name": "level", "description": "About levels", "type": 1, "options": [
            {"type": 2, "name": "my", "description": "Your own", "options": [
                {"type": 1, "name": "set", "description": "Sets it", "options": [
                    {"type": 4, "name": "to", "description": "A number", "autocomplete": true}
                ]}
            ]}
        ]})
    );
}

#[test]
fn commands_of_menus_and_the_entry_point_have_no_description() {
    assert_eq!(
        written(CreateCommand::user("Wave")),
        json!({"name": "Wave", "type": 2})
    );
    assert_eq!(
        written(CreateCommand::message("Pin")),
        json!({"name": "Pin", "type": 3})
    );
    let play = CreateCommand::primary_entry_point("play", EntryPointHandler::AppHandler);
    assert_eq!(
        written(play),
        json!({"name": "play", "type": 4, "handler": 1})
    );
}

#[test]
fn a_command_that_overwrites_may_name_the_one_it_replaces() {
    let input = json!({
        "id": "8", "name": "echo", "name_localizations": {"de": "sag"}, "description": "d",
        "description_localizations": {"de": "D"}, "options": [], "default_member_permissions": "0",
        "dm_permission": true, "default_permission": true, "integration_types": [1], "contexts": [2], "type": 1
    });
    let command = kept::<OverwriteCommand>(&input);
    assert_eq!(command.id, Some(CommandId::new(8)));
    assert_eq!(
        command.default_member_permissions,
        Some(Permissions::empty())
    );
    let built = OverwriteCommand::from(CreateCommand::user("Wave")).id(CommandId::new(8));
    assert_eq!(
        written(built),
        json!({"id": "8", "name": "Wave", "type": 2})
    );
}

#[test]
fn an_edit_tells_clearing_from_leaving() {
    assert_eq!(written(EditCommand::new()), json!({}));
    let edit = EditCommand::new()
        .name("n")
        .name_localizations(None)
        .options([CommandOption::user("u", "d")])
        .default_member_permissions(Permissions::empty())
        .contexts([InteractionContext::Guild]);
    let expected = json!({
        "name": "n", "name_localizations": null, "default_member_permissions": "0", "contexts": [0],
        "options": [{"type": 6, "name": "u", "description": "d"}]
    });
    assert_eq!(written(&edit), expected);
    assert_eq!(kept::<EditCommand>(&expected), edit);
    let cleared = json!({"dm_permission": null, "description_localizations": null, "handler": 1});
    assert_eq!(kept::<EditCommand>(&cleared).dm_permission, Some(None));
}

#[test]
fn choices_hold_texts_and_numbers() {
    for (choice, value) in [
        (CommandChoice::new("n", "text"), json!("text")),
        (CommandChoice::new("n", 5), json!(5)),
        (CommandChoice::new("n", 2.5), json!(2.5)),
        (
            CommandChoice::from(("n", CommandValue::Integer(-1))),
            json!(-1),
        ),
    ] {
        let expected = json!({"name": "n", "value": value});
        assert_eq!(written(&choice), expected);
        assert_eq!(kept::<CommandChoice>(&expected), choice);
    }
}

#[test]
fn permissions_of_commands_name_everybody_and_all_channels_by_the_guild() {
    let guild = GuildId::new(100);
    let edit = EditCommandPermissions::new([
        CommandPermission::everyone(guild, false),
        CommandPermission::all_channels(guild, true),
        CommandPermission::role(RoleId::new(1), true),
        CommandPermission::user(UserId::new(2), true),
        CommandPermission::channel(ChannelId::new(3), false),
    ]);
    let permissions = json!([
        {"id": "100", "type": 1, "permission": false}, {"id": "99", "type": 3, "permission": true},
        {"id": "1", "type": 1, "permission": true}, {"id": "2", "type": 2, "permission": true},
        {"id": "3", "type": 3, "permission": false}
    ]);
    assert_eq!(written(edit), json!({"permissions": permissions}));
    let whole = kept::<CommandPermissions>(&json!({
        "id": "7", "application_id": "8", "guild_id": "100", "permissions": permissions
    }));
    assert_eq!(whole.permissions[3].kind, CommandPermissionType::User);
}

#[test]
fn kinds_of_options_keep_unknown_values() {
    assert_eq!(
        CommandOptionType::from_value(12),
        CommandOptionType::Unknown(12)
    );
    assert_eq!(CommandOptionType::Unknown(12).value(), 12);
}

#[test]
#[should_panic(expected = "an id is never 0")]
fn a_guild_of_the_number_1_has_no_id_for_all_its_channels() {
    let _ = CommandPermission::all_channels(GuildId::new(1), true);
}
