//! What the fields of commands have in common: names, texts, localizations.

use serde_json::Value;

use crate::rest::form::Wrong;

/// The languages a text may be given in.
pub(super) const LOCALES: [&str; 32] = [
    "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
    "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
    "zh-CN", "ja", "zh-TW", "ko",
];

/// How a name may look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Lower case without spaces: slash commands and options.
    Slash,
    /// Anything: context menus and choices.
    Free,
}

/// The path of a field within `at`, which is empty for the body itself.
pub(super) fn below(at: &str, field: impl std::fmt::Display) -> String {
    if at.is_empty() {
        field.to_string()
    } else {
        format!("{at}.{field}")
    }
}

/// `name` and its localizations.
pub(super) fn name(object: &Value, at: &str, style: Style, most: usize, wrong: &mut Wrong) {
    let path = below(at, "name");
    text(&object["name"], &path, most, wrong, |name, path, wrong| {
        named(name, path, style, wrong);
    });
    localizations(object, at, "name", most, wrong, |name, path, wrong| {
        named(name, path, style, wrong);
    });
}

/// `description` and its localizations.
pub(super) fn description(object: &Value, at: &str, wrong: &mut Wrong) {
    let path = below(at, "description");
    text(&object["description"], &path, 100, wrong, |_, _, _| {});
    localizations(object, at, "description", 100, wrong, |_, _, _| {});
}

/// A boolean that may be missing.
pub(super) fn boolean(object: &Value, at: &str, field: &str, wrong: &mut Wrong) {
    if !object[field].is_null() && !object[field].is_boolean() {
        let message = "Must be either true or false.";
        wrong.note(&below(at, field), "BOOLEAN_TYPE_CONVERT", message);
    }
}

/// How much of the 8,000 characters a text takes: its longest localization.
pub(super) fn longest(object: &Value, field: &str) -> usize {
    let length = |text: &Value| text.as_str().map_or(0, |text| text.chars().count());
    let localized = object[format!("{field}_localizations")].as_object();
    let localized = localized
        .into_iter()
        .flatten()
        .map(|(_, text)| length(text));
    localized.fold(length(&object[field]), usize::max)
}

fn text(
    value: &Value,
    path: &str,
    most: usize,
    wrong: &mut Wrong,
    further: impl Fn(&str, &str, &mut Wrong),
) {
    match value {
        Value::Null => wrong.note(path, "BASE_TYPE_REQUIRED", "This field is required"),
        Value::String(text) if !(1..=most).contains(&text.chars().count()) => {
            let message = format!("Must be between 1 and {most} in length.");
            wrong.note(path, "BASE_TYPE_BAD_LENGTH", &message);
        }
        Value::String(text) => further(text, path, wrong),
        other => {
            let message = format!("Could not interpret \"{other}\" as string.");
            wrong.note(path, "STRING_TYPE_CONVERT", &message);
        }
    }
}

fn localizations(
    object: &Value,
    at: &str,
    field: &str,
    most: usize,
    wrong: &mut Wrong,
    further: impl Fn(&str, &str, &mut Wrong),
) {
    let field = format!("{field}_localizations");
    let path = below(at, &field);
    let texts = match &object[&field] {
        Value::Null => return,
        Value::Object(texts) => texts,
        _ => {
            let message = "Only dictionaries may be used in a DictType";
            return wrong.note(&path, "DICT_TYPE_CONVERT", message);
        }
    };
    for (locale, localized) in texts {
        let path = below(&path, locale);
        if !LOCALES.contains(&locale.as_str()) {
            let message = format!("Value must be one of {{{}}}.", LOCALES.join(", "));
            wrong.note(&path, "BASE_TYPE_CHOICES", &message);
        } else if !localized.is_null() {
            text(localized, &path, most, wrong, &further);
        }
    }
}

fn named(name: &str, path: &str, style: Style, wrong: &mut Wrong) {
    if style == Style::Slash && !name.chars().all(fits) {
        let message = "Command name is invalid";
        wrong.note(path, "APPLICATION_COMMAND_INVALID_NAME", message);
    }
}

/// Letters and numbers of any script in their lower case, `-`, `_`, `'`, and the marks of Devanagari
/// and Thai.
fn fits(c: char) -> bool {
    let lower = c.to_lowercase().eq([c]);
    let marks = matches!(c, '\u{900}'..='\u{963}' | '\u{966}'..='\u{97f}' | '\u{a8e0}'..='\u{a8ff}' | '\u{e01}'..='\u{e3a}' | '\u{e40}'..='\u{e5b}');
    c.is_alphanumeric() && lower || marks || matches!(c, '-' | '_' | '\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_of_any_script_and_in_lower_case() {
        for good in [
            "ping",
            "größe",
            "日本語",
            "สวัสดี",
            "नमस्ते",
            "a-b_c'd",
            "привет2",
        ] {
            assert!(good.chars().all(fits), "{good}");
        }
        for bad in ["Ping", "a b", "Ñandú", "a.b", "a/b", "🎉", "ДА"] {
            assert!(!bad.chars().all(fits), "{bad}");
        }
    }
}
