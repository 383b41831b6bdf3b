use std::iter;

use polycord_types::{
    catalog::{self, Structure},
    decode::{DeviationKind, Schema},
};
use serde_json::{Map, Value, json};

use super::{
    frame, names,
    reading::{Class, Reading, join},
    webhook,
};

/// What objects are read as.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    /// A message of the gateway.
    Frame,
    /// A message of the gateway that carries this.
    FrameOf(String),
    /// The body of a webhook event.
    Webhook,
    /// A structure of the documentation, or the data of an event.
    Structure(&'static Structure),
    /// A structure of which even what identifies it may be left out.
    Partial(&'static Structure),
    /// The fields of several structures in one object.
    Sum(Vec<&'static Structure>),
    /// Something under a key.
    Under(String, Box<Self>),
    /// Something without a model.
    Unknown(String),
}

impl Subject {
    /// The interaction, as it comes over HTTP.
    pub(super) fn interaction() -> Self {
        Self::named("interactions/receiving-and-responding#Interaction Structure")
    }

    /// A structure, or the data of an event. In an envelope that it stands for, what is inside is read too.
    pub(super) fn of(structure: &'static Structure) -> Self {
        if structure.documented() == webhook::PAYLOAD {
            Self::Webhook
        } else {
            Self::Structure(structure)
        }
    }

    /// What a name of an index stands for: `A`, `A + B` or `{key: A}`.
    pub(super) fn named(name: &str) -> Self {
        let inner = name
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
            .and_then(|inner| inner.split_once(':'));
        if let Some((key, name)) = inner {
            return Self::Under(key.trim().to_owned(), Box::new(Self::named(name.trim())));
        }
        let parts = name.split(" + ").map(|part| find(part.trim()));
        match parts.collect::<Option<Vec<_>>>().as_deref() {
            Some([structure]) => Self::of(structure),
            Some(structures) => Self::Sum(structures.to_vec()),
            None => Self::Unknown(name.to_owned()),
        }
    }

    /// The same, of which parts may be left out.
    pub(super) fn partial(self) -> Self {
        match self {
            Self::Structure(structure) => Self::Partial(structure),
            other => other,
        }
    }

    /// What an object is, before anything is read.
    fn name(&self) -> &str {
        match self {
            Self::Frame => "a frame",
            Self::Webhook => webhook::PAYLOAD,
            Self::Structure(structure) | Self::Partial(structure) => structure.documented(),
            Self::Sum(structures) => structures.first().map_or("", |one| one.documented()),
            Self::Under(_, subject) => subject.name(),
            Self::FrameOf(name) | Self::Unknown(name) => name,
        }
    }

    /// Reads an object.
    pub(super) fn read(&self, json: &str) -> Reading {
        match self {
            Self::Frame => frame::read(json),
            Self::FrameOf(name) => frame_of(name, json),
            Self::Webhook => webhook::read(json),
            Self::Structure(structure) => structure_at(structure, json, ""),
            Self::Partial(structure) => partial(structure, json),
            Self::Sum(structures) => sum(structures, json),
            Self::Under(key, subject) => under(key, subject, json),
            Self::Unknown(name) => Reading::failed(name, "", "no model stands for it"),
        }
    }
}

/// An event or a structure.
fn find(name: &str) -> Option<&'static Structure> {
    names::find_event(name).or_else(|| catalog::structure(name))
}

fn structure_at(structure: &Structure, json: &str, at: &str) -> Reading {
    let mut reading = Reading::of(structure.documented());
    reading.inspect(structure, json, at);
    reading
}

fn frame_of(name: &str, json: &str) -> Reading {
    let mut reading = frame::read(json);
    if reading.kind != name && !reading.has_failed() {
        reading.note(Class::Failure, "", format!("expected {name}"));
    }
    reading
}

/// Reads what may be incomplete: as the first of the models for it that can. What is absent is nothing to
/// tell about.
fn partial(structure: &'static Structure, json: &str) -> Reading {
    let models = catalog::structures()
        .iter()
        .filter(|other| other.documented() == structure.documented());
    let readings = iter::once(structure)
        .chain(models)
        .map(|model| structure_at(model, json, ""))
        .chain(iter::once_with(|| {
            structure_at(structure, &identified(structure, json), "")
        }));
    let mut failed = None;
    for mut reading in readings {
        if !reading.has_failed() {
            let absent = Class::Deviation(DeviationKind::Absent.name());
            reading.findings.retain(|finding| finding.class != absent);
            return reading;
        }
        failed.get_or_insert(reading);
    }
    failed.unwrap_or_default()
}

/// The object, with a stand-in for what identifies it where that is left out.
fn identified(structure: &Structure, json: &str) -> String {
    let mut object = serde_json::from_str::<Map<String, Value>>(json).unwrap_or_default();
    let fields = structure.schema().into_iter().flat_map(Schema::all_fields);
    for field in fields.filter(|field| field.identifies) {
        let is_id = field.rust_type.ends_with("Id");
        let stand_in = if is_id {
            json!("1")
        } else {
            json!({"id": "1"})
        };
        object.entry(field.key).or_insert(stand_in);
    }
    Value::Object(object).to_string()
}

/// Reads an object as each of the structures. Only what none of them knows is unknown; it has failed if
/// each of them has, because an example may leave out the part that identifies the other.
fn sum(structures: &[&'static Structure], json: &str) -> Reading {
    let names: Vec<_> = structures.iter().map(|one| one.documented()).collect();
    let mut sum = Reading::of(names.join(" + "));
    let (mut readings, failed): (Vec<_>, Vec<_>) = structures
        .iter()
        .map(|one| structure_at(one, json, ""))
        .partition(|reading| !reading.has_failed());
    if readings.is_empty() {
        readings = failed;
    }
    let is_known = |path: &str| {
        readings.iter().any(|reading| {
            let mut unknown = reading.of_class(|class| class == Class::UnknownField);
            unknown.all(|field| field.path != path)
        })
    };
    for finding in readings.iter().flat_map(|reading| &reading.findings) {
        let hidden = finding.class == Class::UnknownField && is_known(&finding.path);
        if !hidden && !sum.findings.contains(finding) {
            sum.findings.push(finding.clone());
        }
    }
    sum
}

/// Reads what stands under a key. What stands beside it is unknown.
fn under(key: &str, subject: &Subject, json: &str) -> Reading {
    let mut found = None;
    let mut beside = Vec::new();
    for member in polycord_frame::members(json) {
        match member {
            Ok((name, value)) if name == key => found = json.get(value),
            Ok((name, _)) => beside.push(name.into_owned()),
            Err(error) => return Reading::failed(subject.name(), "", error.to_string()),
        }
    }
    let Some(value) = found else {
        return Reading::failed(subject.name(), "", format!("there is no `{key}` in it"));
    };
    let mut reading = subject.read(value);
    for finding in &mut reading.findings {
        finding.path = join(key, &finding.path);
    }
    for name in beside {
        reading.note(Class::UnknownField, name, "");
    }
    reading
}
