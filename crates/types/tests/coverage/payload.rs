//! Payloads that show every documented field, made from the facts.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::{
    allowed,
    facts::{Enum, Facts, Field, Structure, Ty},
    invented,
};

/// A payload, and where its structures stand.
pub(crate) struct Payload {
    pub(crate) value: Value,
    /// The path of every structure in it, the payload's own first, as a report writes paths.
    pub(crate) objects: Vec<String>,
    /// The path of every structure in it of which only some fields are there; which, nobody says.
    pub(crate) parts: BTreeSet<String>,
}

/// The key that no structure has.
pub(crate) const PLANTED: &str = "planted_by_the_test";

/// Makes payloads.
pub(crate) struct Maker<'a> {
    facts: &'a Facts,
    /// How deep structures within structures are shown in full.
    depth: usize,
    /// Which of several alternatives is taken.
    choice: usize,
    /// The structures around the one that is being made.
    around: Vec<String>,
    path: Vec<String>,
    objects: Vec<String>,
    parts: BTreeSet<String>,
    count: u64,
}

/// The structure whose data is told by the event's name, which the tables do not say.
const WEBHOOK_EVENT: &str = "events/webhook-events#Event Body Object";

impl<'a> Maker<'a> {
    pub(crate) fn new(facts: &'a Facts, depth: usize) -> Self {
        Self {
            facts,
            depth,
            choice: 0,
            around: Vec::new(),
            path: Vec::new(),
            objects: Vec::new(),
            parts: BTreeSet::new(),
            count: 0,
        }
    }

    /// A payload for each alternative that the structure has.
    pub(crate) fn payloads(&mut self, key: &str) -> Vec<Payload> {
        (0..self.alternatives(key))
            .map(|choice| self.payload(key, choice))
            .collect()
    }

    fn payload(&mut self, key: &str, choice: usize) -> Payload {
        self.choice = choice;
        self.count = 0;
        let value = self.structure(key, false).unwrap_or(Value::Null);
        Payload {
            value,
            objects: std::mem::take(&mut self.objects),
            parts: std::mem::take(&mut self.parts),
        }
    }

    /// How many payloads it takes to show each alternative of a structure.
    fn alternatives(&self, key: &str) -> usize {
        if key == WEBHOOK_EVENT {
            return self.facts.webhook_events.len();
        }
        let structure = &self.facts.structures[key];
        let fields = self.facts.fields(key);
        let of_fields = fields.iter().map(|field| self.of_type(&field.ty));
        of_fields
            .chain([structure.variants.len()])
            .max()
            .unwrap_or(1)
            .max(1)
    }

    fn of_type(&self, ty: &Ty) -> usize {
        match ty {
            Ty::OneOf(types) => types.len(),
            Ty::Array(inner) => match &**inner {
                Ty::OneOf(types) => types.len(),
                _ => 1,
            },
            Ty::Ref(key) => self.facts.structures[key].variants.len(),
            _ => 1,
        }
    }

    /// An object of the structure, or one of the union; `None` where the union has nothing to choose.
    fn structure(&mut self, key: &str, partial: bool) -> Option<Value> {
        let structure = &self.facts.structures[key];
        if structure.kind == "union" {
            let variants = self.open_variants(structure);
            let variant = variants.get(self.choice % variants.len().max(1))?.clone();
            return self.structure(&variant, false);
        }
        let full =
            self.around.len() <= self.depth && !self.around.iter().any(|around| around == key);
        let path = self.path.concat();
        if partial {
            self.parts.insert(path.clone());
        }
        // Of one with any keys none is unknown.
        if structure.fields.iter().all(|field| field.name != "*") {
            self.objects.push(path);
        }
        self.around.push(key.to_owned());
        let mut object = Map::new();
        let fields = self.facts.fields(key);
        for field in &fields {
            let is_shown = !field.is_form_part() || allowed::shown(key, &field.name).is_some();
            if is_shown && (full || !field.optional || field.constant.is_some()) {
                self.field(key, field, &mut object);
            }
        }
        // One without fields would be no other than none at all.
        if object.is_empty()
            && let Some(field) = fields.iter().find(|field| field.ty.is_scalar())
        {
            self.field(key, field, &mut object);
        }
        self.around.pop();
        Some(Value::Object(object))
    }

    /// The members of a union that are not already around.
    fn open_variants(&self, union: &Structure) -> Vec<String> {
        union
            .variants
            .iter()
            .filter_map(|(_, key)| key.clone())
            .filter(|key| !self.around.contains(key))
            .collect()
    }

    fn field(&mut self, key: &str, field: &Field, object: &mut Map<String, Value>) {
        if let Some((tag, value)) = self.facts.tag(key)
            && *tag == field.name
        {
            object.insert(field.name.clone(), value.clone());
            return;
        }
        if let Some(constant) = &field.constant {
            object.insert(field.name.clone(), constant.clone());
            return;
        }
        let path = if self.path.is_empty() { "" } else { "." };
        self.path.push(format!("{path}{}", field.name));
        if let Some(shown) = allowed::shown(key, &field.name) {
            self.path.pop();
            object.insert(field.name.clone(), shown);
            return;
        }
        if key == WEBHOOK_EVENT && field.name == "data" {
            let events = &self.facts.webhook_events;
            let (name, data) = events[self.choice % events.len()].clone();
            let data = match data {
                Some(structure) => self.structure(&structure, false),
                None => Some(invented::anything(self.count)),
            };
            self.path.pop();
            object.insert("type".to_owned(), name.into());
            object.extend(data.map(|data| (field.name.clone(), data)));
            return;
        }
        let value = match self.by_sibling(field) {
            Some((sibling, tag, variant)) => {
                object.insert(sibling, tag);
                variant.and_then(|variant| self.structure(&variant, false))
            }
            None => self.value(&field.ty, field),
        };
        self.path.pop();
        if let Some(value) = value {
            // What the field beside it has said about it stays.
            object.entry(field.name.clone()).or_insert(value);
        } else if !field.optional && field.nullable {
            object.insert(field.name.clone(), Value::Null);
        }
    }

    /// Of a union that a key beside it tells apart: that key, its value, and the structure.
    fn by_sibling(&self, field: &Field) -> Option<(String, Value, Option<String>)> {
        let (Ty::Ref(key) | Ty::Partial(key)) = &field.ty else {
            return None;
        };
        let union = &self.facts.structures[key];
        let (_, sibling) = union.discriminator.as_deref()?.rsplit_once('.')?;
        let (tag, variant) = union
            .variants
            .get(self.choice % union.variants.len().max(1))?;
        let tag = tag.as_ref()?.parse::<u64>().ok()?;
        Some((sibling.to_owned(), tag.into(), variant.clone()))
    }

    fn value(&mut self, ty: &Ty, field: &Field) -> Option<Value> {
        self.count += 1;
        let count = self.count;
        Some(match ty {
            Ty::Any | Ty::Object => invented::anything(count),
            Ty::Array(inner) => Value::Array(self.list(inner, field)),
            Ty::Boolean => true.into(),
            Ty::Enum(title) => self.facts.enums[title].pick(count),
            Ty::Float => json!(1.5),
            Ty::Integer | Ty::String if field.values.is_some() => {
                let values = &self.facts.enums[field.values.as_ref()?];
                match values.pick(count) {
                    // Of some flag sets the bits are a text.
                    Value::Number(number) if *ty == Ty::String => number.to_string().into(),
                    value => value,
                }
            }
            Ty::Integer => invented::integer(&field.name, count),
            Ty::Map(key, value) => {
                let mut map = Map::new();
                for _ in 0..2 {
                    let key = match self.value(key, field)? {
                        Value::String(key) => key,
                        key => key.to_string(),
                    };
                    if map.contains_key(&key) {
                        continue;
                    }
                    self.path.push(format!(".{key}"));
                    let value = self.value(value, field);
                    self.path.pop();
                    map.insert(key, value?);
                }
                map.into()
            }
            Ty::NullFlag => Value::Null,
            Ty::OneOf(types) => {
                let ty = &types[self.choice % types.len()];
                return self.value(ty, field);
            }
            Ty::Partial(key) => return self.structure(key, true),
            Ty::Ref(key) => return self.structure(key, false),
            Ty::Snowflake => invented::snowflake(count),
            Ty::String => invented::text(&field.name, count),
            Ty::Timestamp => invented::timestamp(count),
            Ty::Tuple(types) => types
                .iter()
                .map(|ty| self.value(ty, field))
                .collect::<Option<_>>()?,
            Ty::Upload => invented::upload(),
        })
    }

    /// One element, or of a union one of each member.
    fn list(&mut self, inner: &Ty, field: &Field) -> Vec<Value> {
        if let Ty::Ref(key) = inner
            && self.facts.structures[key].kind == "union"
            && self.around.len() <= 1
        {
            let variants = self.open_variants(&self.facts.structures[key]);
            return variants
                .iter()
                .enumerate()
                .filter_map(|(index, variant)| {
                    self.element(index, |this| this.structure(variant, false))
                })
                .collect();
        }
        self.element(0, |this| {
            let mut element = this.value(inner, field)?;
            if let (Some(key), Some(element)) = (&field.with_member, element.as_object_mut()) {
                this.path.push(".member".to_owned());
                element.insert("member".to_owned(), this.structure(key, true)?);
                this.path.pop();
            }
            Some(element)
        })
        .into_iter()
        .collect()
    }

    fn element(
        &mut self,
        index: usize,
        make: impl FnOnce(&mut Self) -> Option<Value>,
    ) -> Option<Value> {
        self.path.push(format!("[{index}]"));
        let value = make(self);
        self.path.pop();
        value
    }
}

impl Enum {
    /// One of the values; of flags two at once. Never the default, which may be left out.
    fn pick(&self, count: u64) -> Value {
        let values = self
            .values
            .iter()
            .map(|(_, value)| value)
            .filter(|value| **value != json!(0))
            .collect::<Vec<_>>();
        let at = |offset: u64| {
            let length = u64::try_from(values.len()).unwrap_or(1).max(1);
            usize::try_from((count + offset) % length).unwrap_or_default()
        };
        if self.kind == "flags" {
            let bits = |offset| values[at(offset)].as_u64().unwrap_or_default();
            return (bits(0) | bits(1)).into();
        }
        values
            .get(at(0))
            .map_or_else(|| json!(0), |value| (*value).clone())
    }
}
