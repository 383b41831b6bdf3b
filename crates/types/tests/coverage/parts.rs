//! Models of structures that are there in part.

use polycord_types::decode::Schema;
use serde_json::Value;

use crate::{
    difference,
    facts::Facts,
    findings::Findings,
    models::{Modelled, parts},
};

#[test]
fn what_a_part_knows_is_written_as_it_was_read_and_may_be_left_out() {
    let Some(facts) = Facts::load() else { return };
    let mut findings = Findings::default();
    let parts = parts(&facts);
    for part in &parts {
        let place = format!("{} as {}", part.key, part.model.rust());
        for payload in part.payloads_in_part(&facts) {
            let Some(fields) = payload.value.as_object() else {
                findings.note(&place, "the payload is no object");
                continue;
            };
            findings.check(fields.len() > 1, &place, "it knows hardly any field");
            if let Some(written) = read(&mut findings, &place, part, &payload.value) {
                difference::note(&mut findings, &place, &payload.value, &written);
            }
            for field in fields.keys().filter(|field| !identifies(part, field)) {
                let place = format!("{place} without `{field}`");
                let mut without = payload.value.clone();
                if let Some(object) = without.as_object_mut() {
                    object.remove(field);
                }
                if let Err(error) = part.model.inspect(&without.to_string()) {
                    findings.note(&place, error);
                }
            }
        }
    }
    println!("{} models of parts", parts.len());
    findings.finish();
}

/// Reads a payload in which nothing is odd, and writes it again.
fn read(
    findings: &mut Findings,
    place: &str,
    part: &Modelled<'_>,
    payload: &Value,
) -> Option<Value> {
    match part.model.inspect(&payload.to_string()) {
        Ok(inspected) => {
            for deviation in &inspected.report.deviations {
                findings.note(place, deviation);
            }
            for unknown in &inspected.report.unknown_fields {
                findings.note(place, unknown);
            }
            serde_json::from_str(&inspected.reserialized).ok()
        }
        Err(error) => {
            findings.note(place, error);
            None
        }
    }
}

fn identifies(part: &Modelled<'_>, field: &str) -> bool {
    let mut fields = part.model.schema().into_iter().flat_map(Schema::all_fields);
    fields.any(|known| known.key == field && known.identifies)
}
