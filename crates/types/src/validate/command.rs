use std::collections::{BTreeMap, HashSet};

use super::{Check, Validate, component, limits};
use crate::{
    Text,
    application_command::{
        CommandChoice, CommandNumber, CommandOption, CommandOptionType, CommandType, CommandValue,
        CreateCommand, EditCommand, EditCommandPermissions, OverwriteCommand,
    },
    command_name,
    locale::Locale,
};

impl Validate for CreateCommand {
    fn check(&self, check: &mut Check) {
        let kind = self.kind.unwrap_or(CommandType::ChatInput);
        let is_chat_input = kind == CommandType::ChatInput;
        let name = |check: &mut Check, field, name: &Text| {
            if is_chat_input {
                lower_case_name(check, field, name);
            } else {
                check.chars(field, name, limits::COMMAND_NAME);
            }
        };
        name(check, "name", &self.name);
        check.each_value(
            "name_localizations",
            self.name_localizations.as_ref(),
            |check, text| {
                name(check, "", text);
            },
        );
        let description = self.description.as_deref().unwrap_or_default();
        match kind {
            CommandType::ChatInput if self.description.is_none() => {
                check.missing("description", "a command for the chat has one");
            }
            CommandType::ChatInput => {
                check.chars("description", description, limits::COMMAND_DESCRIPTION);
            }
            CommandType::User | CommandType::Message if !description.is_empty() => {
                check.not_allowed("description", "only a command for the chat has one");
            }
            _ => check.chars(
                "description",
                description,
                *limits::COMMAND_DESCRIPTION.end(),
            ),
        }
        descriptions(check, self.description_localizations.as_ref());
        let options = self.options.as_deref().unwrap_or_default();
        if is_chat_input {
            check_options(check, options, Level::Command);
        } else if !options.is_empty() {
            check.not_allowed("options", "only a command for the chat has them");
        }
        if self.handler.is_some() && kind.is_known() && kind != CommandType::PrimaryEntryPoint {
            check.not_allowed("handler", "only an entry point has one");
        }
        let own = longest(&self.name, self.name_localizations.as_ref())
            + longest(description, self.description_localizations.as_ref());
        check.length("", own + total(options), limits::COMMAND_TOTAL);
    }
}

impl Validate for OverwriteCommand {
    fn check(&self, check: &mut Check) {
        self.command.check(check);
    }
}

impl Validate for EditCommand {
    /// The kind of the command is not known here: its name may have any form.
    fn check(&self, check: &mut Check) {
        check.chars("name", self.name.as_ref(), limits::COMMAND_NAME);
        let names = self.name_localizations.as_ref().and_then(Option::as_ref);
        check.each_value("name_localizations", names, |check, text| {
            check.chars("", text, limits::COMMAND_NAME);
        });
        let description = self.description.as_ref();
        check.chars(
            "description",
            description,
            *limits::COMMAND_DESCRIPTION.end(),
        );
        let translated = self.description_localizations.as_ref();
        descriptions(check, translated.and_then(Option::as_ref));
        let options = self.options.as_deref().unwrap_or_default();
        check_options(check, options, Level::Command);
        check.length("options", total(options), limits::COMMAND_TOTAL);
    }
}

impl Validate for EditCommandPermissions {
    fn check(&self, check: &mut Check) {
        check.count(
            "permissions",
            self.permissions.len(),
            limits::COMMAND_PERMISSIONS,
        );
    }
}

impl Validate for CommandOption {
    fn check(&self, check: &mut Check) {
        check_option(check, self, Level::Command);
    }
}

impl Validate for CommandChoice {
    fn check(&self, check: &mut Check) {
        check.chars("name", &self.name, limits::COMMAND_CHOICE_NAME);
        check.each_value(
            "name_localizations",
            self.name_localizations.as_ref(),
            |check, text| {
                check.chars("", text, limits::COMMAND_CHOICE_NAME);
            },
        );
        match &self.value {
            CommandValue::String(text) => {
                check.chars("value", text, limits::COMMAND_CHOICE_VALUE);
            }
            CommandValue::Integer(number) => {
                check.number("value", Some(*number), limits::COMMAND_INTEGER);
            }
            CommandValue::Number(_) => {}
            CommandValue::Boolean(_) => {
                check.malformed("value", "a choice is a text or a number");
            }
        }
    }
}

/// What has options.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Command,
    Group,
    Subcommand,
}

fn check_options(check: &mut Check, options: &[CommandOption], level: Level) {
    check.count("options", options.len(), limits::COMMAND_OPTIONS);
    let is_sub = |option: &CommandOption| {
        let kind = option.kind;
        matches!(
            kind,
            CommandOptionType::SubCommand | CommandOptionType::SubCommandGroup
        )
    };
    let has_sub = options.iter().any(is_sub);
    let (mut names, mut is_optional) = (HashSet::new(), false);
    check.each("options", options, |check, option| {
        if !names.insert(option.name.as_str()) {
            check.duplicate("name", "among the options");
        }
        if has_sub && !is_sub(option) {
            check.not_allowed(
                "type",
                "beside a subcommand or a group stand only their like",
            );
        }
        if option.required == Some(true) {
            if is_optional {
                check.not_allowed("required", "required options come before the others");
            }
        } else if !is_sub(option) {
            is_optional = true;
        }
        check_option(check, option, level);
    });
}

fn check_option(check: &mut Check, option: &CommandOption, level: Level) {
    use CommandOptionType as Type;
    lower_case_name(check, "name", &option.name);
    check.each_value(
        "name_localizations",
        option.name_localizations.as_ref(),
        |check, text| {
            lower_case_name(check, "", text);
        },
    );
    check.chars(
        "description",
        &option.description,
        limits::COMMAND_DESCRIPTION,
    );
    descriptions(check, option.description_localizations.as_ref());

    let kind = option.kind;
    let inner = option.options.as_deref().unwrap_or_default();
    match (kind, level) {
        (Type::SubCommandGroup, Level::Command) => check_options(check, inner, Level::Group),
        (Type::SubCommand, Level::Command | Level::Group) => {
            check_options(check, inner, Level::Subcommand);
        }
        // What is in the wrong place is not gone into: so the depth has an end.
        (Type::SubCommandGroup, _) => check.not_allowed("type", "a group stands in a command only"),
        (Type::SubCommand, _) => check.not_allowed("type", "a subcommand has no subcommands"),
        (_, Level::Group) => check.not_allowed("type", "a group has subcommands only"),
        (_, _) if !inner.is_empty() => {
            check.not_allowed("options", "only subcommands and groups have them");
        }
        _ => {}
    }

    fields(check, option);
    choices(check, option);
    bounds(check, option);
    component::file_types(check, option.file_types.as_deref());
}

/// Notes what options of this type do not have.
fn fields(check: &mut Check, option: &CommandOption) {
    use CommandOptionType as Type;
    let kind = option.kind;
    let takes_numbers = matches!(kind, Type::Integer | Type::Number);
    let takes_choices = takes_numbers || kind == Type::String;
    let is_sub = matches!(kind, Type::SubCommand | Type::SubCommandGroup);
    for (there, takes, field, why) in [
        (
            option.required == Some(true),
            !is_sub,
            "required",
            "a subcommand or a group is chosen, not given",
        ),
        (
            option
                .choices
                .as_ref()
                .is_some_and(|choices| !choices.is_empty()),
            takes_choices,
            "choices",
            "only texts and numbers are chosen among some",
        ),
        (
            option.autocomplete == Some(true),
            takes_choices,
            "autocomplete",
            "only texts and numbers are completed",
        ),
        (
            option.min_value.is_some(),
            takes_numbers,
            "min_value",
            "only numbers have bounds",
        ),
        (
            option.max_value.is_some(),
            takes_numbers,
            "max_value",
            "only numbers have bounds",
        ),
        (
            option.min_length.is_some(),
            kind == Type::String,
            "min_length",
            "only a text has a length",
        ),
        (
            option.max_length.is_some(),
            kind == Type::String,
            "max_length",
            "only a text has a length",
        ),
        (
            option
                .channel_types
                .as_ref()
                .is_some_and(|types| !types.is_empty()),
            kind == Type::Channel,
            "channel_types",
            "only a channel has a kind",
        ),
        (
            option
                .file_types
                .as_ref()
                .is_some_and(|types| !types.is_empty()),
            kind == Type::Attachment,
            "file_types",
            "only a file has a type",
        ),
    ] {
        // What a new type of option takes is not known here.
        if there && !takes && kind.is_known() {
            check.not_allowed(field, why);
        }
    }
}

fn choices(check: &mut Check, option: &CommandOption) {
    use CommandOptionType as Type;
    let kind = option.kind;
    let choices = option.choices.as_deref().unwrap_or_default();
    if option.autocomplete == Some(true) && !choices.is_empty() {
        check.not_allowed("choices", "an option that is completed has none");
    }
    check.list("choices", choices, limits::COMMAND_CHOICES);
    check.each("choices", choices, |check, choice| {
        let fits = !matches!(kind, Type::String | Type::Integer | Type::Number)
            || match choice.value {
                CommandValue::String(_) => kind == Type::String,
                CommandValue::Integer(_) => kind != Type::String,
                CommandValue::Number(_) => kind == Type::Number,
                CommandValue::Boolean(_) => true,
            };
        if !fits {
            check.malformed("value", "it has the type of the option");
        }
    });
}

fn bounds(check: &mut Check, option: &CommandOption) {
    for (field, bound) in [
        ("min_value", option.min_value.as_ref()),
        ("max_value", option.max_value.as_ref()),
    ] {
        match bound {
            Some(CommandNumber::Integer(number)) => {
                check.number(field, Some(*number), limits::COMMAND_INTEGER);
            }
            Some(CommandNumber::Number(_)) if option.kind == CommandOptionType::Integer => {
                check.malformed(field, "the bound of a whole number is one");
            }
            _ => {}
        }
    }
    if let (Some(min), Some(max)) = (&option.min_value, &option.max_value)
        && float(min) > float(max)
    {
        check.malformed("min_value", "it is at most `max_value`");
    }
    let (min, max) = (option.min_length, option.max_length);
    check.number("min_length", min, limits::COMMAND_OPTION_MIN_LENGTH);
    check.number("max_length", max, limits::COMMAND_OPTION_MAX_LENGTH);
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        check.malformed("min_length", "it is at most `max_length`");
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "within the limits every whole number is exact"
)]
const fn float(number: &CommandNumber) -> f64 {
    match number {
        CommandNumber::Integer(number) => *number as f64,
        CommandNumber::Number(number) => *number,
    }
}

/// The name of a command for the chat, or of an option.
fn lower_case_name(check: &mut Check, field: &'static str, name: &str) {
    let before = check.faults();
    check.chars(field, name, limits::COMMAND_NAME);
    if check.faults() > before {
        return;
    }
    if !command_name::is_valid(name) {
        check.malformed(field, "a name has letters, digits, and - _ ' only");
    } else if name.chars().flat_map(char::to_lowercase).ne(name.chars()) {
        check.malformed(field, "a name is in lower case");
    }
}

fn descriptions(check: &mut Check, translations: Option<&BTreeMap<Locale, Text>>) {
    check.each_value("description_localizations", translations, |check, text| {
        check.chars("", text, limits::COMMAND_DESCRIPTION);
    });
}

/// The characters of options that count for the limit of the whole command.
fn total(options: &[CommandOption]) -> usize {
    let one = |option: &CommandOption| {
        let choices = option.choices.iter().flatten().map(|choice| {
            let value = match &choice.value {
                CommandValue::String(text) => text.chars().count(),
                _ => 0,
            };
            longest(&choice.name, choice.name_localizations.as_ref()) + value
        });
        longest(&option.name, option.name_localizations.as_ref())
            + longest(
                &option.description,
                option.description_localizations.as_ref(),
            )
            + choices.sum::<usize>()
            + option.options.as_deref().map_or(0, total)
    };
    options.iter().map(one).sum()
}

/// Of a text and its translations, only the longest counts.
fn longest(text: &str, translations: Option<&BTreeMap<Locale, Text>>) -> usize {
    let translated = translations
        .into_iter()
        .flatten()
        .map(|(_, text)| text.chars().count());
    translated.fold(text.chars().count(), usize::max)
}
