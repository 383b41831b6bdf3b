//! What people do with the settings of their guilds.

use std::fmt;

use bytes::Bytes;
use http::{Request, header};
use polycord_types::id::UserId;
use serde_json::Value;

use crate::core::{Core, State};
use crate::rest::reply::Failure;
use crate::simulator::Simulator;

/// A person was refused what they asked for, as the bot would have been.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Refusal {
    /// The status.
    pub status: u16,
    /// What stands beside it: `code`, `message`, and `errors` of a form.
    pub body: Value,
}

impl Refusal {
    /// Discord's own number for it, 0 if it has none.
    #[must_use]
    pub fn code(&self) -> u64 {
        self.body["code"].as_u64().unwrap_or(0)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused with {}: {}", self.status, self.body)
    }
}

impl std::error::Error for Refusal {}

impl Simulator {
    /// A person changes something that has no actor of its own, by the request that the bot would make
    /// for it, below `/api/v10`: the client people use makes the same ones. Permissions are theirs, so
    /// are the names in the audit log. Gives the answer's body; `null` where there is none.
    ///
    /// ```
    /// # use polycord_simulator::Simulator;
    /// # fn rename(sim: &Simulator) -> Result<(), Box<dyn std::error::Error>> {
    /// let path = format!("/channels/{}", sim.channel("general"));
    /// sim.request_as(sim.user("owner"), "PATCH", &path, &serde_json::json!({ "name": "lobby" }))?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// What the bot would be told, too: 403 without the permission, 501 for what is not simulated.
    ///
    /// # Panics
    ///
    /// If the method or the path cannot stand in a request.
    #[track_caller]
    pub fn request_as(
        &self,
        user: UserId,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Result<Value, Refusal> {
        self.act(|core, state| core.request_as(state, user.get(), method, path, body))
    }
}

impl Core {
    /// What a person does without the detour of a request, with their permissions.
    pub(super) fn act_as<R>(
        &self,
        state: &mut State,
        user: UserId,
        act: impl FnOnce(&Self, &mut State) -> Result<R, Failure>,
    ) -> Result<R, Refusal> {
        state.acting = Some(user.get());
        let done = act(self, state);
        state.acting = None;
        done.map_err(|failure| {
            let (status, body) = failure.into_parts();
            Refusal { status, body }
        })
    }

    /// As [`Simulator::request_as`].
    #[track_caller]
    pub(super) fn request_as(
        &self,
        state: &mut State,
        user: u64,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Result<Value, Refusal> {
        let text = if body.is_null() {
            Bytes::new()
        } else {
            Bytes::from(body.to_string())
        };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::CONTENT_TYPE, "application/json")
            .body(text);
        let Ok(request) = request else {
            panic!("{method} {path} is no request: the path starts with a slash")
        };
        let response = self.answer_for(state, user, &request);
        let body = serde_json::from_slice(response.body()).unwrap_or(Value::Null);
        let status = response.status().as_u16();
        if response.status().is_success() {
            Ok(body)
        } else {
            Err(Refusal { status, body })
        }
    }
}
