use polycord_types::{
    application_command::{
        CommandOption, CreateCommand, EditCommand, EditCommandPermissions, OverwriteCommand,
    },
    interaction::InteractionResponse,
    validate::{Validate, ValidationErrorKind},
};
use serde_json::{Value, json};

use super::{accepted, edge, faults, letters, list, merge, read, refused, text};

const SUBCOMMAND: u32 = 1;
const GROUP: u32 = 2;
const STRING: u32 = 3;
const INTEGER: u32 = 4;
const BOOLEAN: u32 = 5;
const CHANNEL: u32 = 7;
const NUMBER: u32 = 10;
const ATTACHMENT: u32 = 11;

/// A command for the chat, with other fields.
fn command(fields: Value) -> Value {
    merge(json!({"name": "n", "description": "d"}), fields)
}

fn option(kind: u32, fields: Value) -> Value {
    merge(
        json!({"type": kind, "name": "n", "description": "d"}),
        fields,
    )
}

/// Options with names of their own.
fn options(count: i64) -> Vec<Value> {
    (0..count)
        .map(|n| option(STRING, json!({"name": format!("n{n}")})))
        .collect()
}

#[test]
fn a_command_keeps_to_its_limits() {
    edge::<CreateCommand>("name", 1..=32, |n| command(json!({"name": letters(n)})));
    edge::<CreateCommand>("description", 1..=100, |n| {
        command(json!({"description": text(n)}))
    });
    edge::<CreateCommand>("options", 0..=25, |n| {
        command(json!({"options": options(n)}))
    });
    edge::<CreateCommand>("name_localizations.de", 1..=32, |n| {
        command(json!({"name_localizations": {"de": letters(n)}}))
    });
    edge::<CreateCommand>("description_localizations.pt-BR", 1..=100, |n| {
        command(json!({"description_localizations": {"pt-BR": text(n)}}))
    });
    edge::<OverwriteCommand>("name", 1..=32, |n| {
        command(json!({"id": "1", "name": letters(n)}))
    });
    edge::<EditCommand>("name", 1..=32, |n| json!({"name": letters(n)}));
    edge::<EditCommand>("description", 0..=100, |n| json!({"description": text(n)}));
    edge::<EditCommand>("options", 0..=25, |n| json!({"options": options(n)}));
    let permission = json!({"id": "1", "type": 1, "permission": true});
    edge::<EditCommandPermissions>(
        "permissions",
        0..=100,
        |n| json!({"permissions": list(&permission, n)}),
    );
}

#[test]
fn names_have_lower_case_letters_digits_and_three_marks() {
    for name in ["a", "über-1_'x", "日本語", "คำสั่ง", "हिन्दी", "ß"] {
        accepted::<CreateCommand>(command(json!({"name": name})));
        accepted::<CommandOption>(option(STRING, json!({"name": name})));
    }
    for name in ["A", "Über", "a b", "a.b", "a/b", "🦀", "ÀB"] {
        for body in [
            command(json!({"name": name})),
            command(json!({"name_localizations": {"de": name}})),
        ] {
            let path = if body["name"] == name {
                "name"
            } else {
                "name_localizations.de"
            };
            let kind = refused::<CreateCommand>(path, body);
            assert!(
                matches!(kind, ValidationErrorKind::Malformed(_)),
                "{name}: {kind:?}"
            );
        }
        refused::<CommandOption>("name", option(STRING, json!({"name": name})));
        // Where it is not for the chat, a name is any text.
        accepted::<CreateCommand>(json!({"type": 2, "name": name}));
    }
}

#[test]
fn only_a_command_for_the_chat_has_description_and_options() {
    refused::<CreateCommand>("description", json!({"name": "n"}));
    for kind in [2, 3] {
        accepted::<CreateCommand>(json!({"type": kind, "name": "Do It", "description": ""}));
        refused::<CreateCommand>(
            "description",
            json!({"type": kind, "name": "n", "description": "d"}),
        );
        refused::<CreateCommand>(
            "options",
            json!({"type": kind, "name": "n", "options": options(1)}),
        );
    }
}

#[test]
fn all_characters_of_a_command_count_together() {
    // Each option: a name of 3, a description of 97, and 10 choices of 50 and 50: 1100.
    let choices = list(&json!({"name": letters(50), "value": letters(50)}), 10);
    let option = |n: i64| {
        option(
            STRING,
            json!({"name": format!("n{n:02}"), "description": letters(97), "choices": choices}),
        )
    };
    let command = |last: i64| {
        let mut options: Vec<_> = (0..7).map(option).collect();
        options.push(merge(
            option(8),
            json!({"choices": [], "description": letters(last)}),
        ));
        let sub = json!({"type": 1, "name": "sub", "description": letters(97), "options": options});
        // 100 of its own, 100 of the subcommand, 7700 of seven options, 3 and the rest of the last.
        let fields = json!({"name": "abc", "description": letters(97), "options": [sub],
            // Of translations the longest counts, here none.
            "name_localizations": {"de": "ab", "fr": "abc"}});
        merge(json!({}), fields)
    };
    accepted::<CreateCommand>(command(97));
    let errors = read::<CreateCommand>(command(98)).validate().unwrap_err();
    assert_eq!(
        errors.to_string(),
        "it has 8001 characters, at most 8000 are allowed"
    );
    let mut longer = command(97);
    longer["name_localizations"]["fr"] = json!("abcd");
    assert_eq!(faults::<CreateCommand>(longer), [""]);
}

#[test]
fn required_options_come_first_and_names_are_there_once() {
    let named =
        |name: &str, required: bool| option(STRING, json!({"name": name, "required": required}));
    accepted::<CreateCommand>(command(
        json!({"options": [named("a", true), named("b", true), named("c", false)]}),
    ));
    refused::<CreateCommand>(
        "options[1].required",
        command(json!({"options": [named("a", false), named("b", true)]})),
    );
    refused::<CreateCommand>(
        "options[1].name",
        command(json!({"options": [named("a", true), named("a", true)]})),
    );
}

#[test]
fn subcommands_stand_in_commands_and_groups_only() {
    let inner = |kind: u32, options: Vec<Value>| option(kind, json!({"options": options}));
    let leaf = || option(STRING, json!({}));
    let sub = || inner(SUBCOMMAND, vec![leaf()]);
    accepted::<CreateCommand>(command(json!({"options": [sub()]})));
    accepted::<CreateCommand>(command(json!({"options": [inner(GROUP, vec![sub()])]})));
    for (path, options) in [
        (
            "options[0].options[0].type",
            vec![inner(GROUP, vec![leaf()])],
        ),
        (
            "options[0].options[0].type",
            vec![inner(GROUP, vec![inner(GROUP, vec![])])],
        ),
        (
            "options[0].options[0].type",
            vec![inner(SUBCOMMAND, vec![sub()])],
        ),
        ("options[0].options", vec![inner(STRING, vec![leaf()])]),
        (
            "options[1].type",
            vec![sub(), merge(leaf(), json!({"name": "m"}))],
        ),
    ] {
        let kind = refused::<CreateCommand>(path, command(json!({"options": options})));
        assert!(
            matches!(kind, ValidationErrorKind::NotAllowed(_)),
            "{kind:?}"
        );
    }
    edge::<CreateCommand>("options[0].options", 0..=25, |n| {
        command(json!({"options": [inner(SUBCOMMAND, options(n))]}))
    });
}

#[test]
fn an_option_keeps_to_its_limits() {
    edge::<CommandOption>("name", 1..=32, |n| {
        option(STRING, json!({"name": letters(n)}))
    });
    edge::<CommandOption>("description", 1..=100, |n| {
        option(STRING, json!({"description": text(n)}))
    });
    let choice = json!({"name": "c", "value": "v"});
    edge::<CommandOption>("choices", 0..=25, |n| {
        option(STRING, json!({"choices": list(&choice, n)}))
    });
    edge::<CommandOption>("choices[0].name", 1..=100, |n| {
        option(
            STRING,
            json!({"choices": [{"name": text(n), "value": "v"}]}),
        )
    });
    edge::<CommandOption>("choices[0].name_localizations.de", 1..=100, |n| {
        option(
            STRING,
            json!({"choices": [{"name": "c", "name_localizations": {"de": text(n)}, "value": "v"}]}),
        )
    });
    edge::<CommandOption>("choices[1].value", 0..=100, |n| {
        option(
            STRING,
            json!({"choices": [choice, {"name": "c", "value": text(n)}]}),
        )
    });
    edge::<CommandOption>("min_length", 0..=6000, |n| {
        option(STRING, json!({"min_length": n}))
    });
    edge::<CommandOption>("max_length", 1..=6000, |n| {
        option(STRING, json!({"max_length": n}))
    });
    let largest = 9_007_199_254_740_991;
    edge::<CommandOption>("max_value", 0..=largest, |n| {
        option(INTEGER, json!({"max_value": n}))
    });
    edge::<CommandOption>("choices[0].value", 0..=largest, |n| {
        option(INTEGER, json!({"choices": [{"name": "c", "value": n}]}))
    });
    refused::<CommandOption>(
        "min_value",
        option(INTEGER, json!({"min_value": -largest - 1})),
    );
    edge::<CommandOption>("file_types", 0..=10, |n| {
        option(ATTACHMENT, json!({"file_types": list(&json!(".pdf"), n)}))
    });
    edge::<InteractionResponse>(
        "data.choices",
        0..=25,
        |n| json!({"type": 8, "data": {"choices": list(&choice, n)}}),
    );
}

#[test]
fn what_an_option_has_follows_from_its_type() {
    let choice = |value: Value| json!([{"name": "c", "value": value}]);
    for (kind, fields) in [
        (
            STRING,
            json!({"choices": choice(json!("v")), "min_length": 1, "max_length": 1}),
        ),
        (STRING, json!({"autocomplete": true})),
        (
            INTEGER,
            json!({"choices": choice(json!(1)), "min_value": 1, "max_value": 1}),
        ),
        (
            NUMBER,
            json!({"choices": choice(json!(0.5)), "min_value": 0.25, "max_value": 1}),
        ),
        (NUMBER, json!({"choices": choice(json!(1))})),
        (CHANNEL, json!({"channel_types": [0]})),
        (
            77,
            json!({"channel_types": [0], "min_value": 1, "choices": choice(json!("v"))}),
        ),
    ] {
        accepted::<CommandOption>(option(kind, fields));
    }
    for (path, kind, fields) in [
        ("choices", BOOLEAN, json!({"choices": choice(json!("v"))})),
        ("autocomplete", CHANNEL, json!({"autocomplete": true})),
        (
            "choices",
            STRING,
            json!({"autocomplete": true, "choices": choice(json!("v"))}),
        ),
        (
            "choices[0].value",
            STRING,
            json!({"choices": choice(json!(1))}),
        ),
        (
            "choices[0].value",
            INTEGER,
            json!({"choices": choice(json!("v"))}),
        ),
        (
            "choices[0].value",
            INTEGER,
            json!({"choices": choice(json!(0.5))}),
        ),
        (
            "choices[0].value",
            STRING,
            json!({"choices": choice(json!(true))}),
        ),
        ("min_value", STRING, json!({"min_value": 1})),
        ("max_value", BOOLEAN, json!({"max_value": 1})),
        ("min_value", INTEGER, json!({"min_value": 0.5})),
        (
            "min_value",
            INTEGER,
            json!({"min_value": 2, "max_value": 1}),
        ),
        (
            "min_value",
            NUMBER,
            json!({"min_value": 0.5, "max_value": 0.25}),
        ),
        ("min_length", INTEGER, json!({"min_length": 1})),
        ("max_length", INTEGER, json!({"max_length": 1})),
        (
            "min_length",
            STRING,
            json!({"min_length": 2, "max_length": 1}),
        ),
        ("channel_types", STRING, json!({"channel_types": [0]})),
        ("file_types", STRING, json!({"file_types": [".pdf"]})),
    ] {
        refused::<CommandOption>(path, option(kind, fields));
    }
}

#[test]
fn a_subcommand_is_never_required() {
    for kind in [1, 2] {
        let sub = option(kind, json!({"required": true}));
        refused::<CommandOption>("required", sub);
        accepted::<CommandOption>(option(kind, json!({"required": false})));
    }
}

#[test]
fn only_an_entry_point_has_a_handler() {
    let handled = |kind: u32| json!({"type": kind, "name": "launch", "handler": 1});
    accepted::<CreateCommand>(handled(4));
    for kind in [2, 3] {
        refused::<CreateCommand>("handler", handled(kind));
    }
    refused::<CreateCommand>("handler", command(json!({"handler": 1})));
}

#[test]
fn the_files_of_an_option_are_a_group_or_an_extension() {
    let files = |kind: &str| option(ATTACHMENT, json!({"file_types": [kind]}));
    accepted::<CommandOption>(files("image"));
    accepted::<CommandOption>(files(".png"));
    refused::<CommandOption>("file_types[0]", files("image/png"));
}
