//! Where the gateway is.

use serde_json::json;

use super::reply::{Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/gateway", Core::gateway).open(),
    Route::get("/gateway/bot", Core::gateway_bot),
];

impl Core {
    fn gateway(&self, _: &mut State, _: &Call<'_>) -> Outcome {
        Ok(Reply::ok(json!({ "url": self.gateway_url })))
    }

    fn gateway_bot(&self, state: &mut State, _: &Call<'_>) -> Outcome {
        Ok(Reply::ok(json!({
            "url": self.gateway_url,
            "shards": self.options.shards,
            "session_start_limit": state.identify.describe(),
        })))
    }
}
