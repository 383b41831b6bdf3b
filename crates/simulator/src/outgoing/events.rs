//! Webhook events: told until the application says that it heard.

use std::time::Duration;

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use super::client::Signature;
use super::{Endpoint, Parcel, status};
use crate::core::{Core, State};
use crate::rest::application::WEBHOOK_EVENTS;

/// How long an event is told again.
const TOLD_FOR: Duration = Duration::from_secs(10 * 60);
/// The wait before the second time; it doubles.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// So many events that nobody heard in a row, and no more are told.
const GIVEN_UP: u32 = 5;
/// `event_webhooks_status` when Discord stopped.
const DISABLED_BY_DISCORD: u64 = 3;

impl Core {
    /// Tells the application's URL of an event, if it asked for it. Whether the event is one that only
    /// goes there.
    pub(crate) fn webhook_event(&self, state: &mut State, name: &str, data: &Value) -> bool {
        if !WEBHOOK_EVENTS.contains(&name) {
            return false;
        }
        if state.application.wants(name) {
            // As Discord writes it here: UTC, and no offset that says so.
            let timestamp = self.clock.now_iso();
            let body = json!({
                "version": 1,
                "application_id": state.world.application.to_string(),
                "type": 1,
                "event": {
                    "type": name,
                    "timestamp": timestamp.trim_end_matches("+00:00"),
                    "data": data,
                },
            });
            self.send(state, Endpoint::Events, name, None, &body);
        }
        !name.starts_with("ENTITLEMENT_")
    }

    pub(super) async fn deliver_event(&self, parcel: &Parcel) {
        let (end, mut wait) = (Instant::now() + TOLD_FOR, FIRST_WAIT);
        // An application that went elsewhere, or lost its URL, is not told there any more.
        while self.is_told_at(parcel) {
            let (agent, body) = (parcel.to.agent(), parcel.body.clone());
            let answer = self
                .post_out(&parcel.url, agent, body, Signature::Good)
                .await;
            let last = Instant::now() + wait > end;
            if self.note_event(parcel, answer.as_ref(), last) || last {
                return;
            }
            sleep(wait).await;
            wait *= 2;
        }
    }

    fn is_told_at(&self, parcel: &Parcel) -> bool {
        let state = self.lock();
        state.application.text(parcel.to.setting()) == Some(&*parcel.url)
    }

    /// What became of telling an event; whether it was heard.
    fn note_event(&self, parcel: &Parcel, answer: Option<&Response<Bytes>>, last: bool) -> bool {
        let heard = answer.is_some_and(|answer| answer.status() == StatusCode::NO_CONTENT);
        let mut state = self.lock();
        self.note_delivery(&mut state, parcel, status(answer));
        if heard {
            state.application.heard();
        } else if last && state.application.unheard() >= GIVEN_UP {
            let stopped = Value::from(DISABLED_BY_DISCORD);
            state.application.set("event_webhooks_status", stopped);
        }
        drop(state);
        self.changed.notify_waiters();
        heard
    }
}
