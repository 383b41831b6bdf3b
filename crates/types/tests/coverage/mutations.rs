//! One field at a time: taken away, nulled, of another kind, of a value that nobody knows.

use polycord_types::{
    catalog::{Inspected, Structure},
    decode::{DecodeError, DeviationKind, Report},
};
use serde_json::{Value, json};

use crate::{
    allowed,
    facts::{Enum, Facts, Field, Ty},
    findings::Findings,
    models::{Modelled, models},
};

/// A field of a structure, and the payload that it is changed in.
struct Case<'a> {
    facts: &'a Facts,
    model: &'a Modelled<'a>,
    field: &'a Field,
    whole: &'a Value,
    /// Without it the object does not decode.
    identifies: bool,
    /// What the structure is, or what stands beside it, depends on it.
    discriminates: bool,
}

/// What ought to be reported.
#[derive(Clone, Copy)]
enum Expected {
    Nothing,
    /// One deviation of this kind at the field.
    Deviation(DeviationKind),
    /// One unknown value at the field.
    UnknownValue,
}

#[test]
fn no_field_fails_the_decode_but_one_that_identifies_the_object() {
    let Some(facts) = Facts::load() else { return };
    let mut findings = Findings::default();
    let (mut fields, mut changes) = (0, 0);
    let (models, _) = models(&facts);
    for model in &models {
        let payloads = model.payloads_of_depth(&facts, 1);
        for field in facts.fields(model.key) {
            let Some(payload) = payloads
                .iter()
                .find(|payload| payload.value.get(&field.name).is_some())
            else {
                findings.check(
                    field.is_form_part(),
                    format_args!("{}.{}", model.key, field.name),
                    "no payload shows it",
                );
                continue;
            };
            // A field that stands for any key.
            if field.name == "*" {
                continue;
            }
            fields += 1;
            let schema = model.model.schema();
            let known =
                schema.and_then(|schema| schema.all_fields().find(|known| known.key == field.name));
            let case = Case {
                facts: &facts,
                model,
                field: &field,
                whole: &payload.value,
                identifies: known.is_some_and(|known| known.identifies),
                discriminates: allowed::DISCRIMINATORS.contains(&(model.key, &field.name)),
            };
            changes += case.run(&mut findings);
        }
    }
    println!("{changes} changes to {fields} fields");
    findings.finish();
}

impl Case<'_> {
    fn run(&self, findings: &mut Findings) -> usize {
        let is_free = self.field.ty == Ty::Any || self.is_free_json();
        let is_flag = self.field.ty == Ty::NullFlag;
        let (optional, nullable) = allowed::presence(self.model.key, self.field);
        let optional = optional && !self.model.is_tag(self.facts, self.field);
        let mut changes = 0;
        let mut change = |what: &str, value: Option<&Value>, expected: Expected| {
            changes += 1;
            self.change(findings, what, value, expected);
        };

        change(
            "absent",
            None,
            if optional {
                Expected::Nothing
            } else {
                Expected::Deviation(DeviationKind::Absent)
            },
        );
        if !is_free {
            change(
                "null",
                Some(&Value::Null),
                if nullable || is_flag {
                    Expected::Nothing
                } else {
                    Expected::Deviation(DeviationKind::Null)
                },
            );
            change(
                "of another kind",
                Some(&self.of_another_kind()),
                Expected::Deviation(DeviationKind::WrongKind),
            );
        }
        if let Some(value) = self.unknown_value() {
            change("of an unknown value", Some(&value), Expected::UnknownValue);
        }
        if self.field.ty == Ty::Snowflake {
            changes += 1;
            self.as_number(findings);
        }
        changes
    }

    fn change(
        &self,
        findings: &mut Findings,
        what: &str,
        value: Option<&Value>,
        expected: Expected,
    ) {
        let place = format!("{}.{} {what}", self.model.key, self.field.name);
        let mut changed = self.whole.clone();
        let Some(object) = changed.as_object_mut() else {
            return findings.note(place, "the payload is no object");
        };
        match value {
            Some(value) => object.insert(self.field.name.clone(), value.clone()),
            None => object.remove(&self.field.name),
        };
        let unknown = matches!(expected, Expected::UnknownValue);
        if self.identifies && !unknown {
            return self.fails(
                findings,
                &place,
                self.model.model.inspect(&changed.to_string()),
            );
        }
        let inspected = match self.model.model.inspect(&changed.to_string()) {
            Ok(inspected) => inspected,
            Err(error) => {
                return findings.note(place, format_args!("it fails the decode: {error}"));
            }
        };
        if self.discriminates {
            let silent = inspected.report.is_empty();
            return findings.check(
                !silent || matches!(expected, Expected::Nothing),
                place,
                "it is not reported",
            );
        }
        self.reported(findings, &place, &inspected.report, expected);
        let Ok(written) = serde_json::from_str::<Value>(&inspected.reserialized) else {
            return findings.note(place, "what is written is no JSON");
        };
        if unknown {
            findings.check(
                written == changed,
                &place,
                format_args!(
                    "the unknown value {} is written as {}",
                    changed[&self.field.name], written[&self.field.name]
                ),
            );
        } else {
            self.cost_no_sibling(findings, &place, &written);
        }
    }

    /// An object without what identifies it fails, a member of a union is kept as it came.
    fn fails(
        &self,
        findings: &mut Findings,
        place: &str,
        inspected: Result<Inspected, DecodeError>,
    ) {
        match inspected {
            Err(error) => findings.check(
                self.is_here(error.path()) || error.path().is_empty(),
                place,
                format_args!("the failure is at `{}`", error.path()),
            ),
            Ok(inspected) => {
                let kept = inspected
                    .report
                    .deviations
                    .iter()
                    .any(|deviation| deviation.kind == DeviationKind::KeptRaw);
                findings.check(
                    kept,
                    place,
                    "it identifies the object, but does not fail it",
                );
            }
        }
    }

    fn reported(&self, findings: &mut Findings, place: &str, report: &Report, expected: Expected) {
        let deviations = &report.deviations;
        match expected {
            Expected::Nothing => {
                for deviation in deviations {
                    findings.note(
                        place,
                        format_args!("it is documented, but reported: {deviation}"),
                    );
                }
            }
            Expected::Deviation(kind) => {
                let matching = |found: DeviationKind| {
                    found == kind
                        || (kind == DeviationKind::Null && found == DeviationKind::KeptRaw)
                        || (kind == DeviationKind::WrongKind
                            && matches!(found, DeviationKind::BadElement | DeviationKind::KeptRaw))
                };
                let fits = deviations.len() == 1
                    && self.is_here(&deviations[0].path)
                    && matching(deviations[0].kind);
                findings.check(
                    fits,
                    place,
                    format_args!(
                        "expected one deviation ({kind:?}), reported are {:?}",
                        deviations
                            .iter()
                            .map(|deviation| (&deviation.path, deviation.kind))
                            .collect::<Vec<_>>()
                    ),
                );
            }
            Expected::UnknownValue => {
                let values = &report.unknown_values;
                findings.check(
                    values.len() == 1 && self.is_here(&values[0].path) && deviations.is_empty(),
                    place,
                    format_args!(
                        "expected one unknown value, reported are {:?} and {:?}",
                        values.iter().map(|value| &value.path).collect::<Vec<_>>(),
                        deviations
                            .iter()
                            .map(|deviation| &deviation.path)
                            .collect::<Vec<_>>()
                    ),
                );
            }
        }
    }

    fn is_here(&self, path: &str) -> bool {
        path.strip_prefix(self.field.name.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }

    /// All other fields are written as in the whole payload.
    fn cost_no_sibling(&self, findings: &mut Findings, place: &str, written: &Value) {
        let without = |value: &Value| {
            let mut value = value.clone();
            if let Some(object) = value.as_object_mut() {
                object.remove(&self.field.name);
            }
            value
        };
        findings.check(
            without(written) == without(self.whole),
            place,
            "other fields changed with it",
        );
    }

    /// Whether the model keeps any value in it.
    fn is_free_json(&self) -> bool {
        let schema = self.model.model.schema();
        schema.is_some_and(|schema| {
            let name = format!("{}.{}", schema.name, self.field.name);
            allowed::FREE_JSON.iter().any(|(field, _)| *field == name)
        })
    }

    /// An id may be a number.
    fn as_number(&self, findings: &mut Findings) {
        let place = format!("{}.{} as a number", self.model.key, self.field.name);
        let mut changed = self.whole.clone();
        let id = &mut changed[&self.field.name];
        let Some(number) = id.as_str().and_then(|id| id.parse::<u64>().ok()) else {
            return findings.note(place, "the payload has no id there");
        };
        *id = number.into();
        match inspect(self.model.model, &changed) {
            Some(written) => findings.check(
                written == *self.whole,
                place,
                format_args!("it is written as {}", written[&self.field.name]),
            ),
            None => findings.note(place, "it fails the decode"),
        }
    }

    fn of_another_kind(&self) -> Value {
        fn takes_list(ty: &Ty) -> bool {
            match ty {
                Ty::Array(_) | Ty::Tuple(_) => true,
                Ty::OneOf(types) => types.iter().any(takes_list),
                _ => false,
            }
        }
        if takes_list(&self.field.ty) {
            json!({"wrong": 1})
        } else {
            json!(["wrong"])
        }
    }

    /// Of an enum, or of a list of values of one.
    fn unknown_value(&self) -> Option<Value> {
        let mut ty = &self.field.ty;
        let mut is_list = false;
        if let Ty::Array(inner) = ty {
            (ty, is_list) = (inner, true);
        }
        let title = match ty {
            Ty::Enum(title) => title,
            _ => self.field.values.as_ref()?,
        };
        let value = self.facts.enums[title].unknown(*ty == Ty::String);
        Some(if is_list { json!([value]) } else { value })
    }
}

impl Enum {
    /// A value without a name; of flags a bit.
    pub(crate) fn unknown(&self, as_text: bool) -> Value {
        match self.kind.as_str() {
            "flags" => {
                let known = self
                    .values
                    .iter()
                    .filter_map(|(_, value)| value.as_u64())
                    .fold(0, |known, bit| known | bit);
                let bit = (0..63)
                    .rev()
                    .map(|bit| 1_u64 << bit)
                    .filter(|bit| as_text || *bit < 1 << 31)
                    .find(|bit| known & bit == 0)
                    .unwrap_or_default();
                if as_text {
                    bit.to_string().into()
                } else {
                    bit.into()
                }
            }
            "enum" => 199.into(),
            _ => "never_documented".into(),
        }
    }
}

fn inspect(model: &Structure, value: &Value) -> Option<Value> {
    let inspected = model.inspect(&value.to_string()).ok()?;
    serde_json::from_str(&inspected.reserialized).ok()
}
