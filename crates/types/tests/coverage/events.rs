//! Every event, by its name.

use polycord_types::{
    catalog,
    gateway::{Event, EventKind, OpCode},
    webhook_event::{WebhookEvent, WebhookEventData, WebhookEventType},
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

#[test]
fn every_opcode_is_known_and_what_it_carries_has_a_model() {
    let Some(facts) = Facts::load() else { return };
    let mut findings = Findings::default();
    for (name, opcode, structure) in &facts.opcodes {
        findings.check(
            OpCode::from_value(*opcode).is_known(),
            name,
            format_args!("the opcode {opcode} has no name"),
        );
        if let Some(structure) = structure {
            findings.check(
                catalog::structure(structure).is_some(),
                name,
                format_args!("no model of {structure}"),
            );
        }
    }
    println!("{} payloads of other opcodes", facts.opcodes.len());
    findings.finish();
}

#[test]
fn every_webhook_event_has_its_data() {
    let Some(facts) = Facts::load() else { return };
    let mut findings = Findings::default();
    let (models, _) = models(&facts);
    let body = models
        .iter()
        .find(|model| model.key == "events/webhook-events#Event Body Object");
    let payloads = body.map(|body| body.payloads(&facts)).unwrap_or_default();
    findings.check(
        payloads.len() == facts.webhook_events.len(),
        "webhook events",
        "not each has a payload",
    );
    for ((name, structure), payload) in facts.webhook_events.iter().zip(payloads) {
        let event = serde_json::from_value::<WebhookEvent>(payload.value);
        let Ok(event) = event.map_err(|error| findings.note(name, error)) else {
            continue;
        };
        findings.check(
            event.kind == WebhookEventType::from_value(name) && event.kind.is_known(),
            name,
            "its kind has no name",
        );
        let typed = !matches!(event.data, None | Some(WebhookEventData::Raw(_)));
        findings.check(
            typed == structure.is_some(),
            name,
            format_args!("its data is {:?}", event.data),
        );
    }
    println!("{} payloads of webhook events", facts.webhook_events.len());
    findings.finish();
}
