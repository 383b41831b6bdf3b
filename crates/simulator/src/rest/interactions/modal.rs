//! Whether something is a modal.

use std::collections::HashSet;

use serde_json::Value;

use crate::rest::form::Wrong;
use crate::rest::reply::Failure;

const ACTION_ROW: u64 = 1;
const STRING_SELECT: u64 = 3;
const TEXT_INPUT: u64 = 4;
const TEXT_DISPLAY: u64 = 10;
const LABEL: u64 = 18;
const FILE_UPLOAD: u64 = 19;
const RADIO_GROUP: u64 = 21;
const CHECKBOX_GROUP: u64 = 22;
const CHECKBOX: u64 = 23;

/// What a label may hold: inputs, selects of all kinds, files, boxes.
const IN_LABEL: [u64; 10] = [
    STRING_SELECT,
    TEXT_INPUT,
    5,
    6,
    7,
    8,
    FILE_UPLOAD,
    RADIO_GROUP,
    CHECKBOX_GROUP,
    CHECKBOX,
];

/// Whether `data` is a modal: a title, an id, and one to five components.
pub(super) fn check(data: &Value) -> Result<(), Failure> {
    let mut modal = Modal::default();
    modal.text(data, "custom_id", "custom_id", 1..=100, true);
    modal.text(data, "title", "title", 1..=45, true);
    match data["components"].as_array() {
        None => modal.required("components"),
        Some(list) if !(1..=5).contains(&list.len()) => {
            let message = "Must be between 1 and 5 in length.";
            modal
                .wrong
                .note("components", "BASE_TYPE_BAD_LENGTH", message);
        }
        Some(list) => {
            for (index, component) in list.iter().enumerate() {
                modal.top_level(component, &format!("components.{index}"));
            }
        }
    }
    modal.wrong.refuse()
}

#[derive(Default)]
struct Modal {
    wrong: Wrong,
    /// Ids so far: each stands for one component.
    ids: HashSet<String>,
}

impl Modal {
    fn top_level(&mut self, component: &Value, at: &str) {
        match component["type"].as_u64() {
            Some(ACTION_ROW) => self.row(component, at),
            Some(LABEL) => self.label(component, at),
            Some(TEXT_DISPLAY) => {
                self.text(
                    component,
                    "content",
                    &format!("{at}.content"),
                    1..=4_000,
                    true,
                );
            }
            _ => self.not_one_of(at, &[ACTION_ROW, TEXT_DISPLAY, LABEL]),
        }
    }

    /// The older way: a row with one text input, which has a label of its own.
    fn row(&mut self, row: &Value, at: &str) {
        let at = format!("{at}.components");
        match row["components"].as_array().map(Vec::as_slice) {
            None => self.required(&at),
            Some([input]) if input["type"] == TEXT_INPUT => {
                let at = format!("{at}.0");
                self.text(input, "label", &format!("{at}.label"), 1..=45, true);
                self.component(input, TEXT_INPUT, &at);
            }
            Some([_]) => self.not_one_of(&format!("{at}.0"), &[TEXT_INPUT]),
            Some(_) => {
                let message = "Must be between 1 and 1 in length.";
                self.wrong.note(&at, "BASE_TYPE_BAD_LENGTH", message);
            }
        }
    }

    fn label(&mut self, label: &Value, at: &str) {
        self.text(label, "label", &format!("{at}.label"), 1..=45, true);
        self.text(
            label,
            "description",
            &format!("{at}.description"),
            0..=100,
            false,
        );
        let (inner, at) = (&label["component"], format!("{at}.component"));
        match inner["type"].as_u64() {
            _ if inner.is_null() => self.required(&at),
            Some(kind) if IN_LABEL.contains(&kind) => self.component(inner, kind, &at),
            _ => self.not_one_of(&at, &IN_LABEL),
        }
    }

    fn component(&mut self, component: &Value, kind: u64, at: &str) {
        let path = |field: &str| format!("{at}.{field}");
        self.text(component, "custom_id", &path("custom_id"), 1..=100, true);
        if let Some(id) = component["custom_id"].as_str()
            && !self.ids.insert(id.to_owned())
        {
            let code = "COMPONENT_CUSTOM_ID_DUPLICATED";
            let message = "Component custom id cannot be duplicated";
            self.wrong.note(&path("custom_id"), code, message);
        }
        let required = &component["required"];
        if !required.is_null() && !required.is_boolean() {
            let message = "Must be either true or false.";
            self.wrong
                .note(&path("required"), "BOOLEAN_TYPE_CONVERT", message);
        }
        match kind {
            TEXT_INPUT => self.text_input(component, at),
            STRING_SELECT => self.options(component, at, 1..=25),
            RADIO_GROUP => self.options(component, at, 2..=10),
            CHECKBOX_GROUP => self.options(component, at, 1..=10),
            _ => {}
        }
        let most = match kind {
            CHECKBOX_GROUP | FILE_UPLOAD => 10,
            TEXT_INPUT | RADIO_GROUP | CHECKBOX => return,
            _ => 25,
        };
        if kind != FILE_UPLOAD && kind != CHECKBOX_GROUP {
            self.text(
                component,
                "placeholder",
                &path("placeholder"),
                0..=150,
                false,
            );
        }
        self.bounds(
            component,
            at,
            ("min_values", 0..=most),
            ("max_values", 1..=most),
        );
    }

    fn text_input(&mut self, input: &Value, at: &str) {
        if !matches!(input["style"].as_u64(), Some(1 | 2)) {
            let message = "Value must be one of {1, 2}.";
            self.wrong
                .note(&format!("{at}.style"), "BASE_TYPE_CHOICES", message);
        }
        self.text(
            input,
            "placeholder",
            &format!("{at}.placeholder"),
            0..=100,
            false,
        );
        self.text(input, "value", &format!("{at}.value"), 0..=4_000, false);
        self.bounds(
            input,
            at,
            ("min_length", 0..=4_000),
            ("max_length", 1..=4_000),
        );
    }

    fn options(&mut self, component: &Value, at: &str, many: std::ops::RangeInclusive<usize>) {
        let at = format!("{at}.options");
        let Some(options) = component["options"].as_array() else {
            return self.required(&at);
        };
        if !many.contains(&options.len()) {
            let message = format!(
                "Must be between {} and {} in length.",
                many.start(),
                many.end()
            );
            self.wrong.note(&at, "BASE_TYPE_BAD_LENGTH", &message);
        }
        let mut values = HashSet::new();
        for (index, option) in options.iter().enumerate() {
            let path = |field: &str| format!("{at}.{index}.{field}");
            self.text(option, "label", &path("label"), 1..=100, true);
            self.text(option, "value", &path("value"), 1..=100, true);
            self.text(option, "description", &path("description"), 0..=100, false);
            if option["value"]
                .as_str()
                .is_some_and(|value| !values.insert(value))
            {
                let code = "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED";
                let message = "The specified option value is already used";
                self.wrong.note(&path("value"), code, message);
            }
        }
    }

    /// Two whole numbers, the first not above the second.
    fn bounds(
        &mut self,
        object: &Value,
        at: &str,
        least: (&str, std::ops::RangeInclusive<u64>),
        most: (&str, std::ops::RangeInclusive<u64>),
    ) {
        let mut read = |(field, within): (&str, std::ops::RangeInclusive<u64>)| {
            let value = &object[field];
            let number = value.as_u64().filter(|number| within.contains(number));
            if number.is_none() && !value.is_null() {
                let (least, most) = (within.start(), within.end());
                let message = format!("int value should be between {least} and {most}.");
                self.wrong
                    .note(&format!("{at}.{field}"), "NUMBER_TYPE_MAX", &message);
            }
            number
        };
        let field = most.0;
        if let (Some(low), Some(high)) = (read(least), read(most))
            && low > high
        {
            let message = format!("int value should be greater than or equal to {low}.");
            self.wrong
                .note(&format!("{at}.{field}"), "NUMBER_TYPE_MIN", &message);
        }
    }

    fn text(
        &mut self,
        object: &Value,
        field: &str,
        path: &str,
        length: std::ops::RangeInclusive<usize>,
        required: bool,
    ) {
        match &object[field] {
            Value::Null if required => self.required(path),
            Value::Null => {}
            Value::String(text) if length.contains(&text.chars().count()) => {}
            Value::String(text) if text.is_empty() => self.required(path),
            Value::String(_) => {
                let (least, most) = (length.start(), length.end());
                let message = format!("Must be between {least} and {most} in length.");
                self.wrong.note(path, "BASE_TYPE_BAD_LENGTH", &message);
            }
            other => {
                let message = format!("Could not interpret \"{other}\" as string.");
                self.wrong.note(path, "STRING_TYPE_CONVERT", &message);
            }
        }
    }

    fn required(&mut self, path: &str) {
        self.wrong
            .note(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    fn not_one_of(&mut self, at: &str, kinds: &[u64]) {
        let kinds: Vec<String> = kinds.iter().map(u64::to_string).collect();
        let message = format!(
            "Value of field \"type\" must be one of ({}).",
            kinds.join(", ")
        );
        self.wrong
            .note(&format!("{at}.type"), "UNION_TYPE_CHOICES", &message);
    }
}
