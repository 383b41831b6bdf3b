//! Bodies of webhook events: the envelope, and the data that belongs to the type of the event.

use polycord_types::{
    decode::{self, DeviationKind},
    webhook_event::{WebhookEvent, WebhookEventData, WebhookEventType, WebhookPayload},
};

use super::reading::{Class, Reading};

/// The documented name of the envelope.
pub(super) const PAYLOAD: &str = "events/webhook-events#Webhook Event Payload Structure";

pub(super) fn read(json: &str) -> Reading {
    let (payload, report) = match decode::from_str_reporting::<WebhookPayload>(json) {
        Ok(decoded) => decoded,
        Err(error) => {
            let mut reading = Reading::of(PAYLOAD);
            reading.note_error(&error, "");
            return reading;
        }
    };
    let mut reading = Reading::of(match &payload.event {
        Some(event) => event.kind.value(),
        None => "PING",
    });
    reading.note_all(report, "");
    if payload.event.as_ref().is_some_and(is_unread) {
        // The envelope survives without its data, but the data is what is inspected.
        let kept_raw = Class::Deviation(DeviationKind::KeptRaw.name());
        let mut findings = reading.findings.iter_mut();
        let data = findings
            .find(|finding| finding.class == kept_raw && finding.path.starts_with("event.data"));
        if let Some(data) = data {
            data.class = Class::Failure;
        }
    }
    reading
}

/// Whether the data was kept raw though there is a model for it.
fn is_unread(event: &WebhookEvent) -> bool {
    let has_model = !matches!(
        event.kind,
        WebhookEventType::QuestUserEnrollment | WebhookEventType::Unknown(_)
    );
    has_model && matches!(event.data, Some(WebhookEventData::Raw(_)))
}
