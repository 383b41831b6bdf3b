//! The same without the documentation at hand: a payload of each structure, with all its fields.

use std::{collections::BTreeSet, env, fmt::Write as _, fs, path::Path};

use polycord_types::{
    catalog::{self, Structure},
    decode::{DeviationKind, FieldSchema, Presence},
};
use serde_json::{Value, json};

use crate::{
    allowed, difference, facts::Facts, findings::Findings, models::models, payload::PLANTED,
};

const FIXTURES: &str = include_str!("../fixtures/structures.jsonl");

/// The variable that has the fixtures written anew, where the documentation is at hand.
const WRITE: &str = "POLYCORD_WRITE_FIXTURES";

/// A line of the fixtures.
struct Fixture {
    structure: &'static Structure,
    payload: Value,
}

fn fixtures(findings: &mut Findings) -> Vec<Fixture> {
    let mut fixtures = Vec::new();
    for line in FIXTURES.lines() {
        let mut line = serde_json::from_str::<Value>(line).unwrap_or_default();
        let name = line["structure"].as_str().unwrap_or_default();
        match catalog::structures()
            .iter()
            .find(|structure| structure.documented() == name)
        {
            Some(structure) => fixtures.push(Fixture {
                structure,
                payload: line["payload"].take(),
            }),
            None => findings.note(name, "no such structure"),
        }
    }
    fixtures
}

#[test]
fn every_structure_of_the_fixtures_is_written_as_it_was_read() {
    let mut findings = Findings::default();
    let mut shown = BTreeSet::new();
    for Fixture { structure, payload } in fixtures(&mut findings) {
        let name = structure.documented();
        shown.insert(name);
        match structure.inspect(&payload.to_string()) {
            Ok(inspected) => {
                findings.check(
                    inspected.report.is_empty(),
                    name,
                    format_args!("{:?}", inspected.report),
                );
                match serde_json::from_str(&inspected.reserialized) {
                    Ok(written) => difference::note(&mut findings, name, &payload, &written),
                    Err(error) => findings.note(name, error),
                }
            }
            Err(error) => findings.note(name, error),
        }
    }
    for structure in catalog::structures() {
        findings.check(
            shown.contains(structure.documented()),
            structure.documented(),
            format_args!("no line in structures.jsonl: run this with {WRITE}=1"),
        );
    }
    println!("{} structures in the fixtures", shown.len());
    findings.finish();
}

#[test]
fn a_field_of_the_fixtures_that_is_missing_is_reported_where_the_model_says_so() {
    let mut findings = Findings::default();
    let mut changes = 0;
    for Fixture { structure, payload } in fixtures(&mut findings) {
        let fields = structure
            .schema()
            .into_iter()
            .flat_map(|schema| schema.all_fields().map(move |field| (schema.name, field)));
        for (model, field) in fields {
            let name = format!("{model}.{}", field.key);
            let is_free = allowed::FREE_JSON.iter().any(|(free, _)| *free == name);
            let is_told = allowed::DISCRIMINATORS.contains(&(structure.documented(), field.key));
            if payload.get(field.key).is_none() || is_free || is_told {
                continue;
            }
            let (may_be_absent, may_be_null) = match field.presence {
                Presence::Nullable => (false, true),
                Presence::Optional => (true, false),
                Presence::OptionalNullable | Presence::Flag => (true, true),
                _ => (false, false),
            };
            for (value, expected) in [
                (None, (!may_be_absent).then_some(DeviationKind::Absent)),
                (
                    Some(Value::Null),
                    (!may_be_null).then_some(DeviationKind::Null),
                ),
            ] {
                changes += 1;
                missing(&mut findings, structure, &payload, field, value, expected);
            }
        }
    }
    println!("{changes} changes to the fixtures");
    findings.finish();
}

/// Takes a field out, or puts something in its place.
fn missing(
    findings: &mut Findings,
    structure: &Structure,
    payload: &Value,
    field: &FieldSchema,
    value: Option<Value>,
    expected: Option<DeviationKind>,
) {
    let place = format!("{}.{} as {value:?}", structure.documented(), field.key);
    let mut changed = payload.clone();
    if let Some(object) = changed.as_object_mut() {
        object.remove(field.key);
        object.extend(value.map(|value| (field.key.to_owned(), value)));
    }
    let reported = match structure.inspect(&changed.to_string()) {
        Ok(inspected) => inspected.report.deviations,
        Err(error) => {
            return findings.check(field.identifies, place, error);
        }
    };
    let kinds = reported
        .iter()
        .map(|deviation| (deviation.path.as_str(), deviation.kind))
        .collect::<Vec<_>>();
    let fits = match kinds[..] {
        [] => expected.is_none(),
        // A member of a union without what identifies it, or a union that is `null`, is kept.
        [(_, DeviationKind::KeptRaw)] => field.identifies || expected.is_some(),
        [(path, kind)] => path == field.key && Some(kind) == expected && !field.identifies,
        _ => false,
    };
    findings.check(fits, place, format_args!("reported are {kinds:?}"));
}

#[test]
fn an_unknown_key_in_the_fixtures_is_reported() {
    let mut findings = Findings::default();
    for Fixture {
        structure,
        mut payload,
    } in fixtures(&mut findings)
    {
        // Of a map no key is unknown.
        if structure.rust() == "lobby::ModerationMetadata" {
            continue;
        }
        payload[PLANTED] = json!({"a": [1, {"b": null}]});
        let reported = structure
            .inspect(&payload.to_string())
            .map(|inspected| inspected.report.unknown_fields);
        match reported.as_deref() {
            Ok([unknown]) if unknown.path == PLANTED => {}
            other => findings.note(structure.documented(), format_args!("{other:?}")),
        }
    }
    findings.finish();
}

#[test]
fn the_fixtures_are_those_of_the_documentation() {
    let Some(facts) = Facts::load() else { return };
    let mut lines = String::new();
    for model in models(&facts).0 {
        for payload in model.payloads_of_depth(&facts, 0) {
            let line = json!({"structure": model.key, "payload": payload.value});
            writeln!(lines, "{line}").unwrap();
        }
    }
    if env::var_os(WRITE).is_some() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/structures.jsonl");
        fs::write(path, lines).unwrap();
    } else {
        assert!(
            lines == FIXTURES,
            "structures.jsonl is out of date: run this with {WRITE}=1"
        );
    }
}
