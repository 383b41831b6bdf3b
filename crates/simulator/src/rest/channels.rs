//! Channels.

use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};

pub(super) const ROUTES: &[Route] = &[Route::get("/channels/{channel_id}", Core::get_channel)];

impl Core {
    fn get_channel(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let channel = state.world.channel(call.id("channel_id")?).cloned();
        channel.map(Reply::ok).ok_or_else(Failure::unknown_channel)
    }
}
