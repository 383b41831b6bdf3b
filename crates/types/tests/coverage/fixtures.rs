//! The same payloads without the documentation at hand: one line for each structure.

use std::{collections::BTreeSet, env, fmt::Write as _, fs, path::Path};

use polycord_types::catalog;
use serde_json::{Value, json};

use crate::{difference, facts::Facts, findings::Findings, models::models};

const FIXTURES: &str = include_str!("../fixtures/structures.jsonl");

/// The variable that has the fixtures written anew, where the documentation is at hand.
const WRITE: &str = "POLYCORD_WRITE_FIXTURES";

#[test]
fn every_structure_of_the_fixtures_is_written_as_it_was_read() {
    let mut findings = Findings::default();
    let mut shown = BTreeSet::new();
    for line in FIXTURES.lines() {
        let fixture = match serde_json::from_str::<Value>(line) {
            Ok(fixture) => fixture,
            Err(error) => {
                findings.note(line, error);
                continue;
            }
        };
        let name = fixture["structure"].as_str().unwrap_or_default();
        let Some(structure) = catalog::structures()
            .iter()
            .find(|structure| structure.documented() == name)
        else {
            findings.note(name, "no such structure");
            continue;
        };
        shown.insert(name.to_owned());
        let payload = &fixture["payload"];
        match structure.inspect(&payload.to_string()) {
            Ok(inspected) => {
                findings.check(
                    inspected.report.is_empty(),
                    name,
                    format_args!("{:?}", inspected.report),
                );
                match serde_json::from_str(&inspected.reserialized) {
                    Ok(written) => difference::note(&mut findings, name, payload, &written),
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
    findings.finish();
}

#[test]
fn the_fixtures_can_be_written_anew() {
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
        assert_eq!(
            lines.lines().count(),
            FIXTURES.lines().count(),
            "structures.jsonl is out of date: run this with {WRITE}=1"
        );
    }
}
