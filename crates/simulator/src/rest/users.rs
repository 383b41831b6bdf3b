//! Users, the bot's application, direct messages.

use super::reply::{Failure, Outcome, Reply};
use super::route::{Call, Route};
use crate::core::{Core, State};
use crate::world::{Direct, objects};

pub(super) const ROUTES: &[Route] = &[
    Route::get("/users/@me", Core::current_user),
    Route::get("/users/{user_id}", Core::get_user),
    Route::post("/users/@me/channels", Core::create_direct),
];

impl Core {
    fn current_user(&self, state: &mut State, _: &Call<'_>) -> Outcome {
        let bot = state.world.user(state.world.bot).map(objects::current_user);
        bot.map(Reply::ok).ok_or_else(Failure::unknown_user)
    }

    fn get_user(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let user = state.world.user(call.id("user_id")?);
        user.map(Reply::ok).ok_or_else(Failure::unknown_user)
    }

    fn create_direct(&self, state: &mut State, call: &Call<'_>) -> Outcome {
        let user = call.body_id("recipient_id")?;
        let channel = self
            .direct_channel(state, user)
            .ok_or_else(Failure::unknown_user)?;
        let channel = state.world.channel(channel).cloned();
        Ok(Reply::ok(channel.unwrap_or_default()))
    }

    /// The channel between the bot and a user, made if there is none.
    pub(crate) fn direct_channel(&self, state: &mut State, user: u64) -> Option<u64> {
        let known = state
            .world
            .directs
            .iter()
            .find(|(_, direct)| direct.user == user);
        if let Some((id, _)) = known {
            return Some(*id);
        }
        let recipient = state.world.user(user)?;
        let id = self.next_id(state);
        let object = objects::direct(id, &recipient);
        state.world.directs.insert(id, Direct { user, object });
        Some(id)
    }
}
