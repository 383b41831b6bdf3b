//! Components: which may stand where in a message, and what each has to have.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::embeds::check_url;
use crate::rest::form::Wrong;
use crate::world::objects;

/// Components of a message, the nested ones counted.
const MAX: usize = 40;
/// Action rows of a message whose components are of the first kind.
const MAX_ROWS: usize = 5;
/// Characters of all texts of a message together.
const MAX_TEXT: usize = 4_000;

const ROW: u64 = 1;
const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const CHANNEL_SELECT: u64 = 8;
const SECTION: u64 = 9;
const TEXT: u64 = 10;
const THUMBNAIL: u64 = 11;
const GALLERY: u64 = 12;
const FILE: u64 = 13;
const SEPARATOR: u64 = 14;
const CONTAINER: u64 = 17;

const TOP: &[u64] = &[ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER];
const IN_ROW: &[u64] = &[BUTTON, STRING_SELECT, 5, 6, 7, CHANNEL_SELECT];
const IN_CONTAINER: &[u64] = &[ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR];

/// The components of a body, checked, with an `id` each. `second` says whether the message has
/// `IS_COMPONENTS_V2`.
pub(super) fn read(components: &Value, second: bool, wrong: &mut Wrong) -> Value {
    let Some(list) = components.as_array() else {
        if !components.is_null() {
            let message = "Only iterables may be used in a ListType";
            wrong.note("components", "LIST_TYPE_CONVERT", message);
        }
        return Value::Array(Vec::new());
    };
    let mut reader = Reader {
        wrong,
        custom_ids: BTreeSet::new(),
        ids: BTreeSet::new(),
        count: 0,
        text: 0,
    };
    let (among, most): (&[u64], _) = if second {
        (TOP, MAX)
    } else {
        (&[ROW], MAX_ROWS)
    };
    if list.len() > most {
        let message = format!("Must be between 1 and {most} in length.");
        reader
            .wrong
            .note("components", "BASE_TYPE_BAD_LENGTH", &message);
        return Value::Array(Vec::new());
    }
    let read = reader.list(list, "components", among);
    if reader.count > MAX {
        let message = "The total number of components exceeds the maximum of 40";
        reader.wrong.note(
            "components",
            "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
            message,
        );
    }
    if reader.text > MAX_TEXT {
        let message = "The total length of displayable text exceeds the maximum of 4000";
        let code = "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED";
        reader.wrong.note("components", code, message);
    }
    let mut read = Value::Array(read);
    number(&mut read, &mut reader.ids, &mut 0);
    read
}

/// Every text that components show, for the mentions in it.
pub(super) fn texts(components: &Value, found: &mut String) {
    for component in components.as_array().into_iter().flatten() {
        if component["type"] == TEXT
            && let Some(text) = component["content"].as_str()
        {
            found.push('\n');
            found.push_str(text);
        }
        texts(&component["components"], found);
    }
}

struct Reader<'a> {
    wrong: &'a mut Wrong,
    custom_ids: BTreeSet<String>,
    ids: BTreeSet<u64>,
    count: usize,
    text: usize,
}

impl Reader<'_> {
    fn list(&mut self, list: &[Value], path: &str, among: &[u64]) -> Vec<Value> {
        let numbered = list.iter().enumerate();
        numbered
            .map(|(index, component)| {
                self.component(component, &format!("{path}.{index}"), among);
                component.clone()
            })
            .collect()
    }

    fn component(&mut self, component: &Value, path: &str, among: &[u64]) {
        let Some(fields) = component.as_object() else {
            let message = "Only dictionaries may be used in a ModelType";
            return self.wrong.note(path, "MODEL_TYPE_CONVERT", message);
        };
        let Some(kind) = component["type"].as_u64() else {
            return self.required(path, "type");
        };
        if !among.contains(&kind) {
            let among: Vec<String> = among.iter().map(u64::to_string).collect();
            let among = among.join(", ");
            let message = format!("Value of field \"type\" must be one of ({among}).");
            return self
                .wrong
                .note(&format!("{path}.type"), "UNION_TYPE_CHOICES", &message);
        }
        self.count += 1;
        // Nothing is gained by going through more than there may be.
        if self.count > MAX {
            return;
        }
        if let Some(id) = component["id"].as_u64().filter(|id| *id != 0)
            && !self.ids.insert(id)
        {
            let message = "Component id cannot be duplicated";
            self.wrong
                .note(&format!("{path}.id"), "COMPONENT_ID_DUPLICATED", message);
        }
        match kind {
            ROW => self.row(fields, path),
            BUTTON => self.button(fields, path),
            SECTION => {
                self.children(fields, path, &[TEXT], 3);
                match fields.get("accessory") {
                    Some(accessory) if !accessory.is_null() => {
                        let path = format!("{path}.accessory");
                        self.component(accessory, &path, &[BUTTON, THUMBNAIL]);
                    }
                    _ => self.required(path, "accessory"),
                }
            }
            TEXT => {
                self.text += component["content"]
                    .as_str()
                    .map_or(0, |text| text.chars().count());
                self.length(fields, path, "content", 1, MAX_TEXT, true);
            }
            THUMBNAIL => {
                self.media(component.get("media"), &format!("{path}.media"), true);
                self.length(fields, path, "description", 0, 1_024, false);
            }
            GALLERY => self.gallery(fields, path),
            FILE => self.media(component.get("file"), &format!("{path}.file"), false),
            SEPARATOR => self.choice(fields, path, "spacing", 1..=2),
            CONTAINER => {
                self.children(fields, path, IN_CONTAINER, MAX);
                self.choice(fields, path, "accent_color", 0..=0xff_ffff);
            }
            _ => self.select(fields, path, kind),
        }
    }

    fn row(&mut self, fields: &Map<String, Value>, path: &str) {
        let children = fields.get("components").and_then(Value::as_array);
        // A select is as wide as five buttons.
        let width = |child: &Value| if child["type"] == BUTTON { 1 } else { 5 };
        let wide: usize = children.into_iter().flatten().map(width).sum();
        let count = children.map_or(0, Vec::len);
        let fits = children.is_some_and(|children| {
            let mut kinds = children.iter().filter_map(|child| child["type"].as_u64());
            kinds.all(|kind| IN_ROW.contains(&kind))
        });
        if fits && wide > 5 && count <= 5 {
            let message = "The specified component exceeds the maximum width";
            let path = format!("{path}.components.{}", count.saturating_sub(1));
            self.wrong
                .note(&path, "COMPONENT_LAYOUT_WIDTH_EXCEEDED", message);
            return;
        }
        self.children(fields, path, IN_ROW, 5);
    }

    fn children(&mut self, fields: &Map<String, Value>, path: &str, among: &[u64], most: usize) {
        let path = format!("{path}.components");
        let Some(children) = fields.get("components").and_then(Value::as_array) else {
            return self
                .wrong
                .note(&path, "BASE_TYPE_REQUIRED", "This field is required");
        };
        if !(1..=most).contains(&children.len()) {
            let message = format!("Must be between 1 and {most} in length.");
            return self.wrong.note(&path, "BASE_TYPE_BAD_LENGTH", &message);
        }
        self.list(children, &path, among);
    }

    fn button(&mut self, fields: &Map<String, Value>, path: &str) {
        let style = fields.get("style").and_then(Value::as_u64);
        self.length(fields, path, "label", 0, 80, false);
        let shown = |name| {
            fields
                .get(name)
                .is_some_and(|value| !value.is_null() && *value != "")
        };
        match style {
            Some(1..=4) => {
                self.custom_id(fields, path);
                if shown("url") {
                    let message = "A custom id and url cannot both be specified";
                    self.wrong.note(
                        path,
                        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                        message,
                    );
                }
            }
            Some(5) => {
                if shown("custom_id") {
                    let message = "A custom id and url cannot both be specified";
                    self.wrong.note(
                        path,
                        "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE",
                        message,
                    );
                }
                match fields.get("url").and_then(Value::as_str) {
                    Some(url) => {
                        self.length(fields, path, "url", 1, 512, true);
                        check_url(url, false, &format!("{path}.url"), self.wrong);
                    }
                    None => self.required(path, "url"),
                }
            }
            Some(6)
                if objects::snowflake(fields.get("sku_id").unwrap_or(&Value::Null)).is_none() =>
            {
                return self.required(path, "sku_id");
            }
            Some(6) => return,
            Some(_) => {
                let message = "Value must be one of {1, 2, 3, 4, 5, 6}.";
                self.wrong
                    .note(&format!("{path}.style"), "BASE_TYPE_CHOICES", message);
            }
            None => self.required(path, "style"),
        }
        if !shown("label") && !shown("emoji") {
            self.required(path, "label");
        }
    }

    fn select(&mut self, fields: &Map<String, Value>, path: &str, kind: u64) {
        self.custom_id(fields, path);
        self.length(fields, path, "placeholder", 0, 150, false);
        self.choice(fields, path, "min_values", 0..=25);
        self.choice(fields, path, "max_values", 1..=25);
        let bound = |name, default| fields.get(name).and_then(Value::as_u64).unwrap_or(default);
        let (least, most) = (bound("min_values", 1), bound("max_values", 1));
        if least > most {
            let message =
                format!("Value of field \"min_values\" must be less than or equal to {most}.");
            self.wrong
                .note(&format!("{path}.min_values"), "NUMBER_TYPE_MAX", &message);
        }
        if kind == STRING_SELECT {
            self.options(fields, path);
        } else if fields
            .get("options")
            .and_then(Value::as_array)
            .is_some_and(|o| !o.is_empty())
        {
            let message = "Options are only for string selects";
            self.wrong
                .note(&format!("{path}.options"), "BASE_TYPE_BAD_LENGTH", message);
        }
        if let Some(defaults) = fields.get("default_values").and_then(Value::as_array)
            && defaults.len() as u64 > most
        {
            let message = format!("Must be {most} or fewer in length.");
            self.wrong.note(
                &format!("{path}.default_values"),
                "BASE_TYPE_MAX_LENGTH",
                &message,
            );
        }
    }

    fn options(&mut self, fields: &Map<String, Value>, path: &str) {
        let path = format!("{path}.options");
        let Some(options) = fields.get("options").and_then(Value::as_array) else {
            return self
                .wrong
                .note(&path, "BASE_TYPE_REQUIRED", "This field is required");
        };
        if !(1..=25).contains(&options.len()) {
            let message = "Must be between 1 and 25 in length.";
            return self.wrong.note(&path, "BASE_TYPE_BAD_LENGTH", message);
        }
        let mut values = BTreeSet::new();
        for (index, option) in options.iter().enumerate() {
            let path = format!("{path}.{index}");
            let Some(fields) = option.as_object() else {
                let message = "Only dictionaries may be used in a ModelType";
                self.wrong.note(&path, "MODEL_TYPE_CONVERT", message);
                continue;
            };
            self.length(fields, &path, "label", 1, 100, true);
            self.length(fields, &path, "value", 1, 100, true);
            self.length(fields, &path, "description", 0, 100, false);
            if let Some(value) = option["value"].as_str()
                && !values.insert(value)
            {
                let message = "The specified option value is already used";
                let code = "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED";
                self.wrong.note(&format!("{path}.value"), code, message);
            }
        }
    }

    fn gallery(&mut self, fields: &Map<String, Value>, path: &str) {
        let path = format!("{path}.items");
        let items = fields.get("items").and_then(Value::as_array);
        let Some(items) = items.filter(|items| (1..=10).contains(&items.len())) else {
            let message = "Must be between 1 and 10 in length.";
            return self.wrong.note(&path, "BASE_TYPE_BAD_LENGTH", message);
        };
        for (index, item) in items.iter().enumerate() {
            let path = format!("{path}.{index}");
            self.media(item.get("media"), &format!("{path}.media"), true);
            if let Some(fields) = item.as_object() {
                self.length(fields, &path, "description", 0, 1_024, false);
            }
        }
    }

    /// A media item: a URL, or an upload of the message; `anywhere` says whether it may be the former.
    fn media(&mut self, media: Option<&Value>, path: &str, anywhere: bool) {
        let path = format!("{path}.url");
        match media.and_then(|media| media["url"].as_str()) {
            Some(url) if anywhere || url.starts_with("attachment://") => {
                check_url(url, true, &path, self.wrong);
            }
            Some(_) => {
                let message = "Only the attachment:// scheme is supported";
                self.wrong.note(&path, "URL_TYPE_INVALID_SCHEME", message);
            }
            None => self
                .wrong
                .note(&path, "BASE_TYPE_REQUIRED", "This field is required"),
        }
    }

    fn custom_id(&mut self, fields: &Map<String, Value>, path: &str) {
        self.length(fields, path, "custom_id", 1, 100, true);
        if let Some(id) = fields.get("custom_id").and_then(Value::as_str)
            && !self.custom_ids.insert(id.to_owned())
        {
            let message = "Component custom id cannot be duplicated";
            let path = format!("{path}.custom_id");
            self.wrong
                .note(&path, "COMPONENT_CUSTOM_ID_DUPLICATED", message);
        }
    }

    fn length(
        &mut self,
        fields: &Map<String, Value>,
        path: &str,
        name: &str,
        least: usize,
        most: usize,
        required: bool,
    ) {
        let path = format!("{path}.{name}");
        let value = fields.get(name).filter(|value| !value.is_null());
        let Some(value) = value else {
            if required {
                self.wrong
                    .note(&path, "BASE_TYPE_REQUIRED", "This field is required");
            }
            return;
        };
        let Some(text) = value.as_str() else {
            let message = format!("Could not interpret \"{name}\" as string.");
            return self.wrong.note(&path, "STRING_TYPE_CONVERT", &message);
        };
        if !(least..=most).contains(&text.chars().count()) {
            let (code, message) = if least == 0 {
                (
                    "BASE_TYPE_MAX_LENGTH",
                    format!("Must be {most} or fewer in length."),
                )
            } else {
                let message = format!("Must be between {least} and {most} in length.");
                ("BASE_TYPE_BAD_LENGTH", message)
            };
            self.wrong.note(&path, code, &message);
        }
    }

    fn choice(
        &mut self,
        fields: &Map<String, Value>,
        path: &str,
        name: &str,
        within: std::ops::RangeInclusive<u64>,
    ) {
        let value = fields.get(name).filter(|value| !value.is_null());
        let fits = value.is_none_or(|value| value.as_u64().is_some_and(|n| within.contains(&n)));
        if !fits {
            let (least, most) = within.into_inner();
            let message = format!("int value should be between {least} and {most}.");
            self.wrong
                .note(&format!("{path}.{name}"), "NUMBER_TYPE_MAX", &message);
        }
    }

    fn required(&mut self, path: &str, name: &str) {
        let path = format!("{path}.{name}");
        self.wrong
            .note(&path, "BASE_TYPE_REQUIRED", "This field is required");
    }
}

/// Gives every component without an `id` the next free one, from the outside in.
fn number(components: &mut Value, taken: &mut BTreeSet<u64>, last: &mut u64) {
    let mut name = |component: &mut Value, taken: &mut BTreeSet<u64>| {
        if component.is_object() && component["id"].as_u64().is_none_or(|id| id == 0) {
            *last += 1;
            while taken.contains(last) {
                *last += 1;
            }
            taken.insert(*last);
            component["id"] = Value::from(*last);
        }
    };
    let mut below = Vec::new();
    for component in components.as_array_mut().into_iter().flatten() {
        name(component, taken);
        if component.get("accessory").is_some_and(Value::is_object) {
            name(&mut component["accessory"], taken);
        }
        if component.get("components").is_some_and(Value::is_array) {
            below.push(&mut component["components"]);
        }
    }
    for components in below {
        number(components, taken, last);
    }
}
