//! Interactions over HTTP: the answer stands in the response, or comes later.

use http::StatusCode;
use serde_json::Value;

use super::client::Signature;
use super::{Endpoint, Parcel, status};
use crate::core::{Core, State};
use crate::rest::body;
use crate::rest::reply::Failure;

impl Core {
    /// Sends an interaction to the application's URL. Whether it has one.
    pub(crate) fn send_interaction(&self, state: &mut State, id: u64, told: &Value) -> bool {
        self.send(
            state,
            Endpoint::Interactions,
            "INTERACTION_CREATE",
            Some(id),
            told,
        )
    }

    pub(super) async fn deliver_interaction(&self, parcel: &Parcel) {
        let (agent, body) = (parcel.to.agent(), parcel.body.clone());
        let answer = self
            .post_out(&parcel.url, agent, body, Signature::Good)
            .await;
        let mut state = self.lock();
        self.note_delivery(&mut state, parcel, status(answer.as_ref()));
        // 202 says that the callback comes by itself.
        let answer = answer.filter(|answer| answer.status() == StatusCode::OK);
        if let (Some(answer), Some(id)) = (answer, parcel.interaction) {
            // The same may stand in it as in a callback, files included.
            let read = body::read(answer.headers(), answer.body());
            let answered = read
                .map_err(Failure::into_text)
                .and_then(|(body, files)| self.answer_inline(&mut state, id, &body, &files));
            if let Err(refused) = answered {
                self.note_refused_answer(&mut state, parcel, refused);
            }
        }
        drop(state);
        self.changed.notify_waiters();
    }

    fn note_refused_answer(&self, state: &mut State, parcel: &Parcel, reason: String) {
        let kind = crate::journal::EntryKind::AnswerRefused {
            what: std::sync::Arc::clone(&parcel.what),
            reason: reason.into(),
        };
        self.note(state, None, kind);
    }
}
