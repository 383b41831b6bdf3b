//! The options of a slash command: a tree of at most three levels.

use std::collections::HashSet;

use serde_json::Value;

use super::fields::{Style, below, boolean, description, longest, name};
use crate::rest::form::Wrong;

const SUBCOMMAND: u64 = 1;
const GROUP: u64 = 2;
const TEXT: u64 = 3;
const INTEGER: u64 = 4;
const CHANNEL: u64 = 7;
const NUMBER: u64 = 10;
const LAST: u64 = 11;

/// Options an option or a command has, and choices an option has, at most.
const MOST: usize = 25;
/// Characters a text option may ask for.
const MOST_LENGTH: i64 = 6_000;
/// Integers that a double holds exactly; numbers go one further.
const SAFE: i64 = (1 << 53) - 1;
const CHANNEL_TYPES: [u64; 12] = [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 15, 16];

/// What the options stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Command,
    Group,
    Subcommand,
}

/// Everything that is wrong with the options of a command.
pub(super) fn check(command: &Value, at: &str, wrong: &mut Wrong) {
    check_list(&command["options"], at, Within::Command, wrong);
}

/// How many of the 8,000 characters the options of `object` take.
pub(super) fn characters(object: &Value) -> usize {
    let options = object["options"].as_array().into_iter().flatten();
    options
        .map(|option| {
            let choices = option["choices"].as_array().into_iter().flatten();
            let choices = choices.map(|choice| {
                let value = choice["value"]
                    .as_str()
                    .map_or(0, |text| text.chars().count());
                longest(choice, "name") + value
            });
            longest(option, "name")
                + longest(option, "description")
                + choices.sum::<usize>()
                + characters(option)
        })
        .sum()
}

fn check_list(options: &Value, at: &str, within: Within, wrong: &mut Wrong) {
    let at = below(at, "options");
    let Some(options) = list(options, &at, wrong) else {
        return;
    };
    let mut names = HashSet::new();
    let mut optional = false;
    let parents = |option: &Value| matches!(option["type"].as_u64(), Some(SUBCOMMAND | GROUP));
    let mixed = options.iter().any(parents) && !options.iter().all(parents);
    for (index, option) in options.iter().enumerate() {
        let at = below(&at, index);
        if !option.is_object() {
            let message = "Only dictionaries may be used in a ModelType";
            wrong.note(&at, "MODEL_TYPE_CONVERT", message);
            continue;
        }
        if let Some(name) = option["name"].as_str()
            && !names.insert(name)
        {
            let (code, message) = (
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                "Option name already exists",
            );
            wrong.note(&below(&at, "name"), code, message);
        }
        let required = option["required"] == true;
        if required && optional {
            let code = "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID";
            let message = "Required options must be placed before non-required options";
            wrong.note(&at, code, message);
        }
        optional |= !required;
        if mixed && within == Within::Command {
            let message = "Sub-command and sub-command group option types are mutually exclusive to all other types";
            wrong.note(&below(&at, "type"), TYPE_INVALID, message);
        }
        check_option(option, &at, within, wrong);
    }
}

const TYPE_INVALID: &str = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID";

fn check_option(option: &Value, at: &str, within: Within, wrong: &mut Wrong) {
    name(option, at, Style::Slash, 32, wrong);
    description(option, at, wrong);
    for field in ["required", "autocomplete"] {
        boolean(option, at, field, wrong);
    }
    let path = below(at, "type");
    let kind = match &option["type"] {
        Value::Null => return wrong.note(&path, "BASE_TYPE_REQUIRED", "This field is required"),
        kind => kind
            .as_u64()
            .filter(|kind| (SUBCOMMAND..=LAST).contains(kind)),
    };
    let Some(kind) = kind else {
        let message = "Value must be one of {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}.";
        return wrong.note(&path, "BASE_TYPE_CHOICES", message);
    };
    let misplaced = match within {
        Within::Command => false,
        Within::Group => kind != SUBCOMMAND,
        Within::Subcommand => matches!(kind, SUBCOMMAND | GROUP),
    };
    if misplaced {
        let message = "This type of option cannot be nested here";
        wrong.note(&path, TYPE_INVALID, message);
        return;
    }
    match kind {
        SUBCOMMAND => check_list(&option["options"], at, Within::Subcommand, wrong),
        GROUP => check_list(&option["options"], at, Within::Group, wrong),
        _ => check_value(option, kind, at, wrong),
    }
}

/// What only options that carry a value have.
fn check_value(option: &Value, kind: u64, at: &str, wrong: &mut Wrong) {
    for (field, kinds) in [
        ("options", &[][..]),
        ("choices", &[TEXT, INTEGER, NUMBER]),
        ("channel_types", &[CHANNEL]),
        ("min_value", &[INTEGER, NUMBER]),
        ("max_value", &[INTEGER, NUMBER]),
        ("min_length", &[TEXT]),
        ("max_length", &[TEXT]),
        ("autocomplete", &[TEXT, INTEGER, NUMBER]),
    ] {
        let value = &option[field];
        let nothing =
            value.is_null() || value == false || value.as_array().is_some_and(Vec::is_empty);
        if !nothing && !kinds.contains(&kind) {
            let message = format!("Options of type {kind} have no {field}");
            wrong.note(&below(at, field), TYPE_INVALID, &message);
        }
    }
    check_choices(option, kind, at, wrong);
    if kind == CHANNEL {
        check_channel_types(option, at, wrong);
    }
    if matches!(kind, INTEGER | NUMBER) {
        check_values(option, kind, at, wrong);
    }
    if kind == TEXT {
        check_lengths(option, at, wrong);
    }
}

fn check_choices(option: &Value, kind: u64, at: &str, wrong: &mut Wrong) {
    let path = below(at, "choices");
    let Some(choices) = list(&option["choices"], &path, wrong) else {
        return;
    };
    if option["autocomplete"] == true && !choices.is_empty() {
        let message = "Choices and autocomplete are mutually exclusive";
        wrong.note(&below(at, "autocomplete"), TYPE_INVALID, message);
    }
    check_choice_list(choices, kind, &path, wrong);
}

/// Choices for an option of this type, of a command or of an autocompletion.
pub(in crate::rest) fn check_choice_list(
    choices: &[Value],
    kind: u64,
    at: &str,
    wrong: &mut Wrong,
) {
    let mut names = HashSet::new();
    for (index, choice) in choices.iter().enumerate() {
        let at = below(at, index);
        name(choice, &at, Style::Free, 100, wrong);
        if let Some(name) = choice["name"].as_str()
            && !names.insert(name)
        {
            let code = "APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS";
            wrong.note(
                &below(&at, "name"),
                code,
                "Option choice name already exists",
            );
        }
        check_choice(&choice["value"], kind, &below(&at, "value"), wrong);
    }
}

fn check_choice(value: &Value, kind: u64, path: &str, wrong: &mut Wrong) {
    if value.is_null() {
        return wrong.note(path, "BASE_TYPE_REQUIRED", "This field is required");
    }
    match kind {
        TEXT => match value.as_str() {
            None => {
                let message = format!("Could not interpret \"{value}\" as string.");
                wrong.note(path, "STRING_TYPE_CONVERT", &message);
            }
            Some(text) if text.chars().count() > 100 => {
                let message = "Must be 100 or fewer in length.";
                wrong.note(path, "BASE_TYPE_MAX_LENGTH", message);
            }
            Some(_) => {}
        },
        INTEGER => drop(integer(value, path, (-SAFE, SAFE), wrong)),
        NUMBER => drop(double(value, path, wrong)),
        _ => {}
    }
}

fn check_channel_types(option: &Value, at: &str, wrong: &mut Wrong) {
    let path = below(at, "channel_types");
    let Some(types) = list(&option["channel_types"], &path, wrong) else {
        return;
    };
    for (index, kind) in types.iter().enumerate() {
        if !kind
            .as_u64()
            .is_some_and(|kind| CHANNEL_TYPES.contains(&kind))
        {
            let known = CHANNEL_TYPES.map(|kind| kind.to_string()).join(", ");
            let message = format!("Value must be one of {{{known}}}.");
            wrong.note(&below(&path, index), "BASE_TYPE_CHOICES", &message);
        }
    }
}

fn check_values(option: &Value, kind: u64, at: &str, wrong: &mut Wrong) {
    let mut read = |field: &str| -> Option<f64> {
        let (value, path) = (&option[field], below(at, field));
        if value.is_null() {
            return None;
        }
        if kind == INTEGER {
            integer(value, &path, (-SAFE, SAFE), wrong)?;
        }
        double(value, &path, wrong)
    };
    let (least, most) = (read("min_value"), read("max_value"));
    if let (Some(least), Some(most)) = (least, most)
        && least > most
    {
        let message = "min_value must not be greater than max_value";
        wrong.note(&below(at, "max_value"), "NUMBER_TYPE_MIN", message);
    }
}

fn check_lengths(option: &Value, at: &str, wrong: &mut Wrong) {
    let mut read = |field: &str, least: i64| -> Option<i64> {
        let (value, path) = (&option[field], below(at, field));
        (!value.is_null()).then_some(())?;
        integer(value, &path, (least, MOST_LENGTH), wrong)
    };
    let (least, most) = (read("min_length", 0), read("max_length", 1));
    if let (Some(least), Some(most)) = (least, most)
        && least > most
    {
        let message = "min_length must not be greater than max_length";
        wrong.note(&below(at, "max_length"), "NUMBER_TYPE_MIN", message);
    }
}

fn integer(value: &Value, path: &str, within: (i64, i64), wrong: &mut Wrong) -> Option<i64> {
    let Some(number) = value.as_i64() else {
        let message = format!("Value \"{value}\" is not int.");
        wrong.note(path, "NUMBER_TYPE_COERCE", &message);
        return None;
    };
    if number < within.0 {
        let message = format!("int value should be greater than or equal to {}.", within.0);
        wrong.note(path, "NUMBER_TYPE_MIN", &message);
        return None;
    }
    if number > within.1 {
        let message = format!("int value should be less than or equal to {}.", within.1);
        wrong.note(path, "NUMBER_TYPE_MAX", &message);
        return None;
    }
    Some(number)
}

/// A number between -2^53 and 2^53.
fn double(value: &Value, path: &str, wrong: &mut Wrong) -> Option<f64> {
    const MOST: f64 = 9_007_199_254_740_992.0;
    let Some(number) = value.as_f64() else {
        let message = format!("Value \"{value}\" is not float.");
        wrong.note(path, "NUMBER_TYPE_COERCE", &message);
        return None;
    };
    if number.abs() > MOST {
        let (code, least) = if number < 0.0 {
            ("NUMBER_TYPE_MIN", "greater than or equal to -")
        } else {
            ("NUMBER_TYPE_MAX", "less than or equal to ")
        };
        let message = format!("float value should be {least}{MOST}.");
        wrong.note(path, code, &message);
        return None;
    }
    Some(number)
}

/// An array of at most 25; `None` when it is missing or none.
fn list<'a>(value: &'a Value, path: &str, wrong: &mut Wrong) -> Option<&'a [Value]> {
    match value {
        Value::Null => None,
        Value::Array(items) if items.len() > MOST => {
            let message = format!("Must be {MOST} or fewer in length.");
            wrong.note(path, "BASE_TYPE_MAX_LENGTH", &message);
            None
        }
        Value::Array(items) => Some(items),
        _ => {
            let message = "Only iterables may be used in a ListType";
            wrong.note(path, "LIST_TYPE_CONVERT", message);
            None
        }
    }
}
