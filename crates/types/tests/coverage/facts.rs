//! What the documentation says, as data.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

use serde_json::Value;

use crate::allowed;

/// The structures and enums of the documentation.
pub(crate) struct Facts {
    pub(crate) structures: BTreeMap<String, Structure>,
    pub(crate) enums: BTreeMap<String, Enum>,
    /// The event of each structure that only adds to another one, and that other one.
    pub(crate) extras: BTreeMap<String, String>,
    /// The data of each dispatch; `None` where it has no structure.
    pub(crate) events: Vec<(String, Option<String>)>,
    /// What comes and goes with other opcodes: its name, the opcode and the structure that it carries.
    pub(crate) opcodes: Vec<(String, u64, Option<String>)>,
    /// The structure of the data of each webhook event; `None` where it has none.
    pub(crate) webhook_events: Vec<(String, Option<String>)>,
    /// What is none of this crate, and how many structures that are.
    pub(crate) left_out: BTreeMap<&'static str, usize>,
    /// The structures that a key of their own tells apart: the key, and its value.
    tags: BTreeMap<String, (String, Value)>,
}

pub(crate) struct Structure {
    pub(crate) kind: String,
    pub(crate) fields: Vec<Field>,
    /// Fields that other sources know beside.
    pub(crate) undocumented: BTreeSet<String>,
    /// Of a union: where its discriminator stands, and what it may be, with the discriminator's value where
    /// that is documented.
    pub(crate) discriminator: Option<String>,
    pub(crate) variants: Vec<(Option<String>, Option<String>)>,
}

#[derive(Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    /// The same as it is written.
    pub(crate) documented: String,
    /// What each element has as its `member` beside its own fields, in part.
    pub(crate) with_member: Option<String>,
    /// The enum whose values it takes.
    pub(crate) values: Option<String>,
    /// Its only value.
    pub(crate) constant: Option<Value>,
    pub(crate) optional: bool,
    pub(crate) nullable: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Ty {
    Any,
    Array(Box<Self>),
    Boolean,
    Enum(String),
    Float,
    Integer,
    Map(Box<Self>, Box<Self>),
    NullFlag,
    Object,
    OneOf(Vec<Self>),
    Partial(String),
    Ref(String),
    Snowflake,
    String,
    Timestamp,
    Tuple(Vec<Self>),
    Upload,
}

pub(crate) struct Enum {
    pub(crate) kind: String,
    /// The documented name of each value, and the value.
    pub(crate) values: Vec<(String, Value)>,
    /// What other sources know beside.
    pub(crate) undocumented: BTreeSet<String>,
}

impl Facts {
    /// Reads them where `POLYCORD_SPEC` names their folder.
    pub(crate) fn load() -> Option<Self> {
        let Some(folder) = env::var_os("POLYCORD_SPEC") else {
            println!(
                "skipped: POLYCORD_SPEC does not name a folder with the documentation's facts"
            );
            return None;
        };
        let read = |name: &str| json(&Path::new(&folder).join(name));
        let crosscheck = read("discord-crosscheck.json");
        let documented = read("discord-structures.json");
        let mut left_out = BTreeMap::new();
        let structures = entries(&documented)
            .filter(
                |(key, value)| match out_of_scope(key, &text(&value["kind"])) {
                    Some(reason) => {
                        *left_out.entry(reason).or_default() += 1;
                        false
                    }
                    None => true,
                },
            )
            .map(|(key, value)| {
                let seen = &crosscheck["structures"][key]["fields"];
                (key.clone(), Structure::read(key, value, seen))
            })
            .collect::<BTreeMap<_, _>>();
        let enums = entries(&read("discord-enums.json"))
            .map(|(title, value)| {
                (
                    title.clone(),
                    Enum::read(value, &crosscheck["enums"][title]),
                )
            })
            .collect();
        let gateway = read("discord-gateway-events.json");
        let webhook = read("discord-webhook-events.json");

        let mut extras = BTreeMap::new();
        let mut events = Vec::new();
        for event in items(&gateway["receive"]) {
            let payload = &event["payload"];
            let base = [&payload["base"], &payload["one_of"][0]["base"]]
                .into_iter()
                .find_map(Value::as_str);
            let extra = [&payload["extra"], &payload["one_of"][0]["extra"]]
                .into_iter()
                .find_map(Value::as_str);
            if let (Some(base), Some(extra)) = (base, extra) {
                extras.insert(extra.to_owned(), base.to_owned());
            }
            if event["dispatch"] == true {
                let whole = extra.or(base).map(ToOwned::to_owned);
                events.push((text(&event["name"]), whole));
            }
        }
        let both = items(&gateway["receive"]).chain(items(&gateway["send"]));
        let mut opcodes = Vec::new();
        for payload in both.filter(|payload| payload["dispatch"] == false) {
            opcodes.push((
                text(&payload["name"]),
                payload["opcode"].as_u64().unwrap_or(u64::MAX),
                payload["payload"]["base"].as_str().map(ToOwned::to_owned),
            ));
        }
        let mut webhook_events = Vec::new();
        for event in items(&webhook["events"]) {
            let alternatives = items(&event["data"]["one_of"]).chain([&event["data"]]);
            for data in alternatives {
                let structure = data["extra"].as_str().or_else(|| data["base"].as_str());
                if structure.is_some() || data.get("one_of").is_none() {
                    let structure = structure.map(ToOwned::to_owned);
                    webhook_events.push((text(&event["type"]), structure));
                }
            }
            let whole = &event["data"]["one_of"][0];
            if let (Some(base), Some(extra)) = (whole["base"].as_str(), whole["extra"].as_str()) {
                extras.insert(extra.to_owned(), base.to_owned());
            }
        }
        for (_, value) in entries(&documented) {
            for field in items(&value["fields"]) {
                let base = field["ty"]
                    .as_str()
                    .and_then(|ty| ty.strip_prefix("array<ref:")?.strip_suffix('>'));
                if let (Some(base), Some(extra)) = (base, field["item_extra"].as_str()) {
                    extras.insert(extra.to_owned(), base.to_owned());
                }
            }
        }

        let tags = tags(&structures);
        Some(Self {
            structures,
            enums,
            extras,
            events,
            opcodes,
            webhook_events,
            left_out,
            tags,
        })
    }

    /// The fields of a structure, with those of the structure that it adds to.
    pub(crate) fn fields(&self, key: &str) -> Vec<Field> {
        let own = &self.structures[key].fields;
        let mut fields = own.clone();
        if let Some(base) = self.extras.get(key) {
            let inherited = &self.structures[base].fields;
            fields.extend(
                inherited
                    .iter()
                    .filter(|field| own.iter().all(|own| own.name != field.name))
                    .cloned(),
            );
        }
        fields
    }

    /// The key that tells a structure from its siblings, and its value.
    pub(crate) fn tag(&self, key: &str) -> Option<&(String, Value)> {
        self.tags.get(key)
    }
}

impl Structure {
    fn read(key: &str, value: &Value, crosscheck: &Value) -> Self {
        let variants = match &value["variants"] {
            Value::Object(by_value) => by_value
                .iter()
                .map(|(tag, key)| (Some(tag.clone()), key.as_str().map(ToOwned::to_owned)))
                .collect(),
            list => items(list).map(|key| (None, Some(text(key)))).collect(),
        };
        Self {
            kind: text(&value["kind"]),
            fields: items(&value["fields"])
                .map(|field| Field::read(key, field, &crosscheck[text(&field["name"])]))
                .collect(),
            undocumented: entries(crosscheck)
                .filter(|(_, seen)| seen["docs"] == "missing")
                .map(|(name, _)| name.clone())
                .collect(),
            discriminator: value["discriminator"].as_str().map(ToOwned::to_owned),
            variants,
        }
    }
}

impl Field {
    /// `seen` is how other sources have it: a decoder must take what any of them allows.
    fn read(key: &str, value: &Value, seen: &Value) -> Self {
        let seen = seen["decode_as"].as_str().unwrap_or_default();
        // An element that has more than its structure says is of the structure that adds to it.
        let documented = value["item_extra"]
            .as_str()
            .map(|extra| format!("array<ref:{extra}>"))
            .or_else(|| Some(allowed::refined(key, &text(&value["name"]))?.to_owned()))
            .unwrap_or_else(|| text(&value["ty"]));
        let with_member = value["also"][0].as_str();
        Self {
            name: text(&value["name"]),
            ty: Ty::parse(&documented),
            documented,
            with_member: with_member
                .and_then(|ty| ty.strip_prefix("ref:"))
                .map(ToOwned::to_owned),
            values: value["enum"].as_str().map(ToOwned::to_owned),
            constant: value.get("const").cloned(),
            optional: value["optional"] == true || seen.starts_with("optional/"),
            nullable: value["nullable"] == true || seen.ends_with("/null"),
        }
    }

    /// Whether it is a part of a form beside the JSON.
    pub(crate) fn is_form_part(&self) -> bool {
        self.name == "payload_json" || self.documented == "file"
    }
}

impl Ty {
    /// Whether it holds no other value.
    pub(crate) fn is_scalar(&self) -> bool {
        matches!(
            self,
            Self::Boolean
                | Self::Enum(_)
                | Self::Float
                | Self::Integer
                | Self::Snowflake
                | Self::String
                | Self::Timestamp
        )
    }

    pub(crate) fn parse(text: &str) -> Self {
        if let Some((name, rest)) = text.split_once('<')
            && let Some(inner) = rest.strip_suffix('>')
            && !name.contains(':')
        {
            let mut arguments = split(inner).into_iter().map(Self::parse);
            let mut next = || Box::new(arguments.next().unwrap_or(Self::Any));
            return match name {
                "array" => Self::Array(next()),
                "map" => Self::Map(next(), next()),
                "tuple" => Self::Tuple(arguments.collect()),
                "one_of" => Self::OneOf(arguments.collect()),
                _ => panic!("no such type: {text}"),
            };
        }
        if let Some((kind, key)) = text.split_once(':') {
            let key = key.to_owned();
            return match kind {
                "ref" => Self::Ref(key),
                "partial" => Self::Partial(key),
                "enum" => Self::Enum(key),
                _ => panic!("no such type: {text}"),
            };
        }
        match text {
            "any" => Self::Any,
            "boolean" => Self::Boolean,
            "data_uri" | "file" | "image_data" => Self::Upload,
            "float" => Self::Float,
            "integer" => Self::Integer,
            "null_flag" => Self::NullFlag,
            "object" => Self::Object,
            "snowflake" => Self::Snowflake,
            "string" => Self::String,
            "timestamp" => Self::Timestamp,
            _ => panic!("no such type: {text}"),
        }
    }
}

impl Enum {
    fn read(value: &Value, crosscheck: &Value) -> Self {
        let values = items(&value["values"]).map(|value| {
            let name = value["ident"]
                .as_str()
                .map_or_else(|| text(&value["name"]), ToOwned::to_owned);
            (name, value["value"].clone())
        });
        Self {
            kind: text(&value["kind"]),
            values: values.collect(),
            undocumented: entries(&crosscheck["undocumented"])
                .map(|(value, _)| value.clone())
                .collect(),
        }
    }
}

/// Why a structure is none of this crate.
fn out_of_scope(key: &str, kind: &str) -> Option<&'static str> {
    if kind == "rpc" || key.starts_with("topics/rpc#") {
        Some("the local protocol of the desktop client")
    } else if kind == "query" {
        Some("query strings, which are no JSON and part of `polycord-rest`")
    } else {
        None
    }
}

/// The members of unions that carry their tag themselves.
fn tags(structures: &BTreeMap<String, Structure>) -> BTreeMap<String, (String, Value)> {
    let mut tags = BTreeMap::new();
    for union in structures.values() {
        let Some(key) = union
            .discriminator
            .as_ref()
            .filter(|key| !key.contains([' ', '.']))
        else {
            continue;
        };
        for (tag, structure) in &union.variants {
            if let (Some(tag), Some(structure)) = (tag, structure) {
                let tag = tag
                    .parse::<u64>()
                    .map_or_else(|_| Value::from(tag.as_str()), Value::from);
                tags.insert(structure.clone(), (key.clone(), tag));
            }
        }
    }
    tags
}

/// Splits at the commas that stand in no inner brackets.
fn split(text: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'<' => depth += 1,
            b'>' => depth -= 1,
            b',' if depth == 0 => {
                parts.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&text[start..]);
    parts
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn json(path: &Path) -> Value {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
