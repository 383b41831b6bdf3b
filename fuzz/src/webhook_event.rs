use polycord_types::{decode, webhook_event::WebhookPayload};

use crate::survives_both_ways;

/// The body of a webhook event.
///
/// What decodes is written as something that decodes to the same, through `serde` as well.
pub fn webhook_event(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    if let Ok((payload, _)) = decode::from_str_reporting::<WebhookPayload>(text) {
        survives_both_ways(text, &payload);
    }
}
