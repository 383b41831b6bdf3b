//! Every documented field at once.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    difference,
    facts::Facts,
    findings::Findings,
    models::{at, models},
    payload::PLANTED,
};

/// Nothing in a payload of documented fields is odd, and all of it is written again.
#[test]
fn a_payload_with_every_documented_field_is_written_as_it_was_read() {
    let Some(facts) = Facts::load() else { return };
    let mut findings = Findings::default();
    let (models, _) = models(&facts);
    for model in &models {
        for payload in model.payloads(&facts) {
            let place = model.key;
            let inspected = match model.model.inspect(&payload.value.to_string()) {
                Ok(inspected) => inspected,
                Err(error) => {
                    findings.note(place, error);
                    continue;
                }
            };
            let report = &inspected.report;
            for deviation in &report.deviations {
                findings.note(place, format_args!("a deviation at {deviation}"));
            }
            for unknown in &report.unknown_fields {
                findings.note(place, format_args!("{unknown}: add it to the model"));
            }
            for unknown in &report.unknown_values {
                findings.note(place, format_args!("{unknown}: add it to the enum"));
            }
            match serde_json::from_str::<Value>(&inspected.reserialized) {
                Ok(written) => difference::note(&mut findings, place, &payload.value, &written),
                Err(error) => findings.note(place, error),
            }
        }
    }
    findings.finish();
}

/// An unknown key is reported at every depth, and nothing else is.
#[test]
fn an_unknown_key_in_any_structure_is_reported() {
    let Some(facts) = Facts::load() else { return };
    let mut findings = Findings::default();
    let (mut planted, mut structures) = (0, 0);
    let (models, _) = models(&facts);
    for model in &models {
        for mut payload in model.payloads(&facts) {
            let mut expected = BTreeSet::new();
            for object in &payload.objects {
                let Some(Value::Object(object_there)) = at(&mut payload.value, object) else {
                    findings.note(model.key, format_args!("no structure at `{object}`"));
                    continue;
                };
                object_there.insert(
                    PLANTED.to_owned(),
                    serde_json::json!({"a": [1, {"b": null}]}),
                );
                let separator = if object.is_empty() { "" } else { "." };
                expected.insert(format!("{object}{separator}{PLANTED}"));
            }
            planted += expected.len();
            structures += 1;
            let Ok(inspected) = model.model.inspect(&payload.value.to_string()) else {
                findings.note(model.key, "it does not decode with an unknown key");
                continue;
            };
            let reported = inspected
                .report
                .unknown_fields
                .iter()
                .map(|unknown| unknown.path.clone())
                .collect::<Vec<_>>();
            for path in &expected {
                let times = reported.iter().filter(|reported| *reported == path).count();
                findings.check(
                    times == 1,
                    model.key,
                    format_args!("`{path}` is reported {times} times"),
                );
            }
            for path in reported.iter().filter(|path| !expected.contains(*path)) {
                findings.note(model.key, format_args!("`{path}` is reported as unknown"));
            }
        }
    }
    println!("{planted} unknown keys planted in {structures} payloads");
    findings.finish();
}
