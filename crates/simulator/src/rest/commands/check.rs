//! Whether something is a command.

use serde_json::Value;

use super::fields::{Style, below, boolean, description, longest, name};
use super::options;
use crate::rest::form::Wrong;
use crate::world::objects;

/// Types of commands: slash, on a user, on a message, the start of an activity.
pub(super) const SLASH: u64 = 1;
pub(super) const ENTRY_POINT: u64 = 4;

/// Characters that name, description, options and choices of a command have together.
const CHARACTERS: usize = 8_000;

/// What the application may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowed {
    /// Whether it has an activity to start.
    pub(super) entry_point: bool,
    /// Whether users can install it.
    pub(super) user_install: bool,
    /// Whether the command is to be in one guild.
    pub(super) in_guild: bool,
}

/// Everything that is wrong with a command at this path of the body.
pub(super) fn check(command: &Value, at: &str, allowed: Allowed, wrong: &mut Wrong) {
    if !command.is_object() {
        let message = "Only dictionaries may be used in a ModelType";
        return wrong.note(at, "MODEL_TYPE_CONVERT", message);
    }
    let Some(kind) = kind(command).filter(|kind| {
        (SLASH..ENTRY_POINT).contains(kind)
            || *kind == ENTRY_POINT && allowed.entry_point && !allowed.in_guild
    }) else {
        let message = "Value must be one of {1, 2, 3}.";
        return wrong.note(&below(at, "type"), "BASE_TYPE_CHOICES", message);
    };
    let style = if kind == SLASH {
        Style::Slash
    } else {
        Style::Free
    };
    name(command, at, style, 32, wrong);
    for field in ["nsfw", "dm_permission", "default_permission"] {
        boolean(command, at, field, wrong);
    }
    if kind == SLASH {
        description(command, at, wrong);
        options::check(command, at, wrong);
        let all = longest(command, "name") + longest(command, "description");
        if all + options::characters(command) > CHARACTERS {
            let message = "Command exceeds maximum size (8000)";
            wrong.note(at, "APPLICATION_COMMAND_TOO_LARGE", message);
        }
    } else {
        check_menu(command, at, wrong);
    }
    let permissions = &command["default_member_permissions"];
    if !permissions.is_null() && objects::snowflake(permissions).is_none() {
        let message = format!("Value \"{permissions}\" is not int.");
        let path = below(at, "default_member_permissions");
        wrong.note(&path, "NUMBER_TYPE_COERCE", &message);
    }
    let installs: &[u64] = if allowed.user_install { &[0, 1] } else { &[0] };
    check_contexts(command, at, "integration_types", installs, wrong);
    check_contexts(command, at, "contexts", &[0, 1, 2], wrong);
}

/// The type, which may be left out; `None` for what is no type.
pub(super) fn kind(command: &Value) -> Option<u64> {
    match &command["type"] {
        Value::Null => Some(SLASH),
        kind => kind.as_u64(),
    }
}

/// Commands of a context menu have a name and nothing to say.
fn check_menu(command: &Value, at: &str, wrong: &mut Wrong) {
    let entry_point = kind(command) == Some(ENTRY_POINT);
    let described = command["description"]
        .as_str()
        .is_some_and(|text| !text.is_empty());
    if described && !entry_point {
        let code = "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID";
        let message = "Context menu commands cannot have description";
        wrong.note(&below(at, "description"), code, message);
    }
    if command["options"]
        .as_array()
        .is_some_and(|list| !list.is_empty())
    {
        let code = "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID";
        let message = "Context menu commands cannot have options";
        wrong.note(&below(at, "options"), code, message);
    }
}

/// Where a command can be installed or used: numbers, each once.
fn check_contexts(command: &Value, at: &str, field: &str, known: &[u64], wrong: &mut Wrong) {
    let (value, path) = (&command[field], below(at, field));
    if value.is_null() {
        return;
    }
    let Some(given) = value.as_array() else {
        let message = "Only iterables may be used in a ListType";
        return wrong.note(&path, "LIST_TYPE_CONVERT", message);
    };
    for (index, context) in given.iter().enumerate() {
        let listed = context
            .as_u64()
            .is_some_and(|context| known.contains(&context));
        let again = given.iter().take(index).any(|before| before == context);
        if !listed || again {
            let names: Vec<String> = known.iter().map(u64::to_string).collect();
            let message = format!("Value must be one of {{{}}}, once.", names.join(", "));
            wrong.note(&below(&path, index), "BASE_TYPE_CHOICES", &message);
        }
    }
}
