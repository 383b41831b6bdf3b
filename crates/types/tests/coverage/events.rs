//! Every event, by its name.

use polycord_types::{
    catalog,
    gateway::{Event, EventKind},
};

use crate::{facts::Facts, findings::Findings, models::models};

#[test]
fn every_event_has_a_model_that_reads_its_documented_data() {
    let Some(facts) = Facts::load() else { return };
    let mut findings = Findings::default();
    let (models, _) = models(&facts);
    let mut known = 0;
    for (name, structure) in &facts.events {
        if EventKind::from_name(name) == EventKind::Unknown {
            findings.note(name, "no such kind");
            continue;
        }
        let Some(event) = catalog::events()
            .iter()
            .find(|one| one.documented() == name)
        else {
            findings.note(name, "no line in `catalog`");
            continue;
        };
        known += 1;
        let Some(structure) = structure else {
            // The documentation gives its data no shape.
            findings.check(
                Event::decode(name, "null").is_ok(),
                name,
                "no data is no event",
            );
            continue;
        };
        let Some(model) = models.iter().find(|model| model.key == structure) else {
            findings.note(name, format_args!("no model of {structure}"));
            continue;
        };
        for payload in model.payloads(&facts) {
            let json = payload.value.to_string();
            match Event::decode_reporting(name, &json) {
                Ok((Event::Raw(_), _)) => findings.note(name, "it is raw"),
                Ok((decoded, report)) => {
                    findings.check(decoded.name() == name, name, "it has another name");
                    for unknown in &report.unknown_fields {
                        findings.note(name, unknown);
                    }
                    for deviation in &report.deviations {
                        findings.note(name, deviation);
                    }
                }
                Err(error) => findings.note(name, error),
            }
            if let Err(error) = event.inspect(&json) {
                findings.note(name, error);
            }
        }
    }
    for kind in EventKind::ALL {
        findings.check(
            facts.events.iter().any(|(name, _)| name == kind.name()),
            kind,
            "the documentation has no such event",
        );
    }
    println!("{known} of {} events", facts.events.len());
    findings.finish();
}
